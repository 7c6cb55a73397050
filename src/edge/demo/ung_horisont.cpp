// Ung Horisont: Karlstad, 300 participants, 2016-01-01 to 2018-06-30. One register in Excel, its continuation as text;
// a sheet a month in 2016, lists in 2017.

#include <algorithm>

#include "edge/demo/attendance.h"
#include "edge/demo/projects.h"
#include "edge/demo/records.h"
#include "edge/demo/registers.h"

namespace horisont::demo {
namespace {

const std::string key = "ung-horisont";
constexpr int size = 300, in_first_register = 180;

void settle_outcome(Participant& person, Lottery& lottery) {
  Outcome& after = person.outcome;
  after.completed = lottery.chance(70);
  const int way = lottery.between(1, 100);
  if (way <= 30) {
    after.status_after = "anställd", after.studies_after = "nej", after.reason = after.completed ? "arbete" : "flyttat";
  } else if (way <= 60) {
    after.status_after = "ej i arbetskraften", after.studies_after = "ja",
    after.reason = after.completed ? "studier" : "annan insats";
  } else if (way <= 90) {
    after.status_after = "arbetslös", after.studies_after = "nej", after.reason = after.completed ? "fullföljt" : "avbrott";
    after.offer = lottery.chance(40) ? "ja" : "nej";
  } else {
    after.status_after = "okänt", after.studies_after = "vet ej", after.reason = after.completed ? "fullföljt" : "okänt";
  }
  after.qualification = lottery.chance(12) ? "ja" : "nej";
  after.health_improved = lottery.chance(60);
}

// One story for each question of the rules; the numbers are places in the register.
void plant_stories(std::vector<Participant>& people, Registry& registry) {
  const auto story = [&](std::size_t at, Day entry, Day born) -> Participant& {
    Participant& old = people[at];
    Participant person = registry.born_on(born);
    person.home = old.home;
    person.entry = entry, person.exit = -1;
    person.kaa = age_on(entry, born) < 20 ? "ja" : "nej";
    old = std::move(person);
    return old;
  };
  // Their birthdays lie in years that the lottery leaves free.
  story(12, day_of(2016, 3, 1), day_of(2001, 3, 2)).plant("not-eligible", {"P03"}, "15 the day after the entry");
  story(17, day_of(2016, 3, 1), day_of(2001, 3, 1)).plant("eligible", {}, "15 on the day of entry");
  story(22, day_of(2016, 3, 14), day_of(1991, 3, 14)).plant("not-eligible", {"P04"}, "25 on the day of entry");
  story(27, day_of(2016, 3, 14), day_of(1991, 3, 15)).plant("eligible", {}, "25 the day after the entry");
  // Whoever was found to be outside the target group did not stay long.
  const auto leaves = [](Participant& person) {
    person.exit = working_day_from(person.entry + 45);
    person.outcome = {.reason = "ej målgrupp", .status_after = person.status, .studies_after = person.studies};
  };
  Participant& away = story(33, day_of(2016, 4, 4), day_of(1991, 8, 3));
  away.home = "Hammarö";
  leaves(away);
  away.plant("not-eligible", {"P05"}, "lives outside the municipality of the project");
  Participant& nowhere = story(38, day_of(2016, 4, 11), day_of(1991, 8, 9));
  nowhere.home.clear();
  nowhere.plant("undecided", {"P05?"}, "the municipality is missing");
  Participant& works = story(44, day_of(2016, 4, 18), day_of(1991, 9, 1));
  works.status = "anställd";
  works.plant("not-eligible", {"P06"}, "is employed");
  Participant& studies = story(49, day_of(2016, 4, 25), day_of(1991, 9, 7));
  studies.studies = "ja";
  leaves(studies);
  studies.plant("not-eligible", {"P06"}, "is studying");
  Participant& unsure = story(55, day_of(2016, 5, 2), day_of(1991, 9, 13));
  unsure.status = "okänt";
  unsure.plant("undecided", {"P06?"}, "whether the person works is not known");
  Participant& grades = story(60, day_of(2016, 5, 9), day_of(1991, 9, 19));
  grades.upper_secondary = "ja", grades.education = "gymnasieexamen";
  leaves(grades);
  grades.plant("not-eligible", {"P07"}, "has complete upper secondary grades");
  Participant& no_grades = story(66, day_of(2016, 5, 16), day_of(1991, 9, 25));
  no_grades.upper_secondary = "vet ej";
  no_grades.plant("undecided", {"P07?"}, "whether the grades are complete is not known");
  story(71, day_of(2015, 12, 14), day_of(1991, 10, 1)).plant("not-eligible", {"P09"}, "came before the project began");
  story(77, day_of(2016, 9, 5), day_of(2000, 4, 12)).plant("not-eligible", {"P11"}, in_two_projects);
  Participant& bare = story(82, day_of(2016, 5, 23), day_of(1991, 10, 7));
  bare.evidence = false;
  bare.plant("undecided", {"P12?"}, "no evidence on file");
  Participant& late = story(88, day_of(2016, 5, 30), day_of(1991, 10, 13));
  late.evidence_days = 31;
  late.plant("not-eligible", {"P13"}, "evidence dated 31 days after the entry");
  Participant& just = story(93, day_of(2016, 6, 7), day_of(1991, 10, 19));
  just.evidence_days = 30;
  just.plant("eligible", {}, "evidence dated on the last day that counts");
  Participant& dayless = story(99, day_of(2016, 6, 13), day_of(2000, 5, 3));
  dayless.number = registry.number_for("19980560", dayless.woman);
  dayless.kaa = "ja";
  dayless.plant("undecided", {"P01?", "P08?"}, "a coordination number whose day of birth was never known");
}

}  // namespace

std::vector<Participant> make_ung_horisont(Workshop& shop) {
  Lottery& lottery = shop.lottery;
  std::vector<Participant> people;
  for (int i = 0; i < size; ++i) {
    const Day entry = working_day_from(i < in_first_register ? lottery.between(day_of(2016, 1, 11), day_of(2017, 1, 31))
                                                             : lottery.between(day_of(2017, 2, 1), day_of(2017, 11, 15)));
    // Between 16 and 23, well inside the limits; born 1992 to 1999 leaves other days to the stories.
    Participant person =
        shop.registry.someone(std::max(entry - 8700, day_of(1992, 1, 1)), std::min(entry - 5900, day_of(1999, 12, 31)));
    person.entry = entry;
    person.home = "Karlstad";
    person.status = lottery.chance(75) ? "arbetslös" : "ej i arbetskraften";
    person.referred_by =
        lottery.one_of(std::vector<std::string>{"KAA", "Arbetsförmedlingen", "socialtjänsten", "egen ansökan", "kommunen"});
    const bool under_20 = age_on(entry, person.born) < 20;
    person.kaa = under_20 ? "ja" : "nej";
    const Day exit = working_day_from(entry + lottery.between(180, 400));
    if (exit <= day_of(2017, 12, 29)) person.exit = exit;
    if (under_20 && lottery.chance(8)) {
      person.kaa = "nej";
      person.plant("eligible-with-remarks", {"P08"}, "under 20 and not in the KAA register");
    } else if (under_20 && lottery.chance(3)) {
      person.kaa = "vet ej";
      person.plant("eligible-with-remarks", {"P08?"}, "under 20, and nobody knows whether in the KAA register");
    }
    settle_outcome(person, lottery);
    people.push_back(std::move(person));
  }
  plant_stories(people, shop.registry);

  std::vector<Participant*> first, second;
  for (std::size_t i = 0; i < people.size(); ++i) (i < in_first_register ? first : second).push_back(&people[i]);
  int running = 0;
  for (std::vector<Participant*>* part : {&first, &second}) {
    sort_by_entry(*part);
    for (Participant* person : *part) {
      const std::string number = std::to_string(++running);
      person->local_id = "UH-" + std::string(3 - number.size(), '0') + number;
    }
  }
  std::uint32_t next = 0;
  const RegisterHabits excel{.file = "Deltagare Karlstad",
                             .title = "Ung Horisont – deltagarförteckning",
                             .numbers = NumberForm::TenHyphen,
                             .columns = {{Field::LocalId, "Löpnummer"},
                                         {Field::Number, "Personnr"},
                                         {Field::Family, "Efternamn"},
                                         {Field::Given, "Förnamn"},
                                         {Field::Gender, "Kön"},
                                         {Field::Home, "Folkbokförd i"},
                                         {Field::Entry, "Startdatum"},
                                         {Field::Exit, "Slutdatum"},
                                         {Field::Status, "Sysselsättning vid start"},
                                         {Field::UnemployedSince, "Arbetslös sedan"},
                                         {Field::Studies, "Studerar vid start"},
                                         {Field::Training, "Praktik vid start"},
                                         {Field::Education, "Högsta utbildning"},
                                         {Field::UpperSecondary, "Gymnasieexamen"},
                                         {Field::Kaa, "Omfattas av KAA"},
                                         {Field::Nothing, ""},
                                         {Field::ReferredBy, "Anvisad av"},
                                         {Field::Informed, "Informerad"},
                    {Field::Jobless, "Hushåll utan arbete"},
                    {Field::JoblessChildren, "Hushåll utan arbete med barn"},
                    {Field::SingleAdult, "Ensamstående med barn"},
                                         {Field::PhoneOfRelative, "Telefon anhörig"}},
                             .faults = {RowFault::CheckDigit, RowFault::DigitsLost, RowFault::EntryMissing,
                                        RowFault::UnknownChoice, RowFault::ExitBeforeEntry, RowFault::UnknownMunicipality},
                             .hidden_rows = 2,
                             .hidden_sheet = true,
                             .note = "Nya deltagare skrivs in längst ned. Fråga Karin vid oklarheter."};
  write_register(shop.folder, shop.manifest, shop.registry, key, excel, first, next);
  shop.written(key, "participants", excel.file, true);
  const RegisterHabits csv{
      .file = "Deltagare Karlstad 2017",
      .title = "Deltagare i Ung Horisont, del 2",
      .form = FileForm::Windows1252,
      .numbers = NumberForm::Twelve,
      .dates = DateForm::Iso,
      .columns = {{Field::LocalId, "Deltagarnummer"},
                  {Field::Number, "Pnr"},
                  {Field::Name, "Namn"},
                  {Field::Home, "Kommun"},
                  {Field::Entry, "Inskriven"},
                  {Field::Status, "Status före"},
                  {Field::Studies, "I studier"},
                  {Field::Training, "I annan utbildning eller praktik"},
                  {Field::Education, "Utbildningsnivå"},
                  {Field::UpperSecondary, "Gymnasium klart"},
                  {Field::Kaa, "KAA"},
                  {Field::ReferredBy, "Remitterad av"},
                  {Field::Informed, "Samtycke inhämtat"},
                    {Field::Jobless, "Hushåll utan arbete"},
                    {Field::JoblessChildren, "Hushåll utan arbete med barn"},
                    {Field::SingleAdult, "Ensamstående med barn"},
                  {Field::Mobile, "Mobil"}},
      .faults = {RowFault::NotInCalendar, RowFault::NoPerson, RowFault::EntryNotInCalendar, RowFault::NumberForm},
      .repeated_heading = true};
  write_register(shop.folder, shop.manifest, shop.registry, key, csv, second, next);
  shop.written(key, "participants", csv.file, false);

  const std::vector<const Participant*> all = pointers(people);
  std::vector<const Participant*> leavers;
  for (const Participant* person : all)
    if (person->exit >= 0) leavers.push_back(person);
  const ResultHabits results{.file = "Avslut Ung Horisont",
                             .title = "Avslut och resultat",
                             .made_on = day_of(2018, 1, 15),
                             .health = true,
                             .health_collected = true,
                             .register_has_exits = true,
                             .followed_up_until = day_of(2018, 1, 10),
                             .faults = {ResultFault::UnknownPerson, ResultFault::ExitBeforeEntry, ResultFault::UnknownReason}};
  write_results(shop.folder, shop.manifest, shop.registry, key, results, leavers);
  shop.written(key, "results", results.file, true);

  const std::vector<Visit> visited = visits(lottery, all, day_of(2016, 2, 1), day_of(2017, 12, 31), 3, 5);
  const auto between = [&](Day from, Day to) {
    std::vector<Visit> out;
    for (const Visit& visit : visited)
      if (visit.day >= from && visit.day <= to) out.push_back(visit);
    return out;
  };
  for (int month = 2; month <= 12; ++month) {
    const std::string number = (month < 10 ? "0" : "") + std::to_string(month);
    WideHabits wide{.file = "Närvaro 2016-" + number, .sheet = month_name(month) + " 2016"};
    wide.title = month < 7 ? "Närvarolista " + month_name(month) + " 2016" : "";
    wide.hours = month % 3 == 0 ? HoursForm::Duration : month % 3 == 1 ? HoursForm::Number : HoursForm::Comma;
    wide.numbers = month < 7 ? NumberForm::TenHyphen : NumberForm::TwelveHyphen;
    wide.local_id = month == 8;
    wide.weekdays_above = month == 3 || month == 4;
    wide.groups_above = month >= 10;
    wide.absences = month % 2 == 0;
    wide.formulas = month != 5;
    if (month == 4) wide.faults = {WideFault::Over24, WideFault::UnknownPerson, WideFault::Negative};
    if (month == 6) wide.faults = {WideFault::DayNotInMonth};
    if (month == 9) wide.faults = {WideFault::BeforeEntry, WideFault::SumOff};
    if (month == 12) wide.faults = {WideFault::AfterExit};
    write_wide(shop.folder, shop.manifest, shop.registry, lottery, key, wide, 2016, month,
               between(day_of(2016, month, 1), day_of(2016, month, length_of_month(2016, month))), all);
    shop.written(key, "attendance", wide.file, true);
  }
  for (int quarter = 1; quarter <= 2; ++quarter) {
    const ListHabits list{
        .file = "Närvaro 2017 kvartal " + std::to_string(quarter),
        .title = quarter == 1 ? "Närvaro Ung Horisont" : "",
        .form = quarter == 1 ? FileForm::Windows1252 : FileForm::Utf8,
        .numbers = quarter == 1 ? NumberForm::Twelve : NumberForm::TenAsText,
        .dates = quarter == 1 ? DateForm::Iso : DateForm::Compact,
        .hours = HoursForm::Comma,
        .sum = quarter == 1,
        .repeated_heading = quarter == 2,
        .rounded = quarter == 2,
        .saturday = quarter == 2,
        .faults = quarter == 1
                      ? std::vector<ListFault>{ListFault::UnknownPerson, ListFault::Negative, ListFault::UnknownActivity}
                      : std::vector<ListFault>{ListFault::NotInCalendar, ListFault::CheckDigit, ListFault::AfterExit}};
    write_list(shop.folder, shop.manifest, shop.registry, lottery, key, list,
               between(day_of(2017, 3 * quarter - 2, 1), day_of(2017, 3 * quarter, length_of_month(2017, 3 * quarter))), all);
    shop.written(key, "attendance", list.file, false);
  }
  const ListHabits clocked{
      .file = "Närvaro 2017 andra halvåret",
      .title = "Närvaro med klockslag, juli–december",
      .numbers = NumberForm::TwelveHyphen,
      .clock = true,
      .faults = {ListFault::BeforeEntry, ListFault::Twice, ListFault::Contradiction, ListFault::HoursAgainstClock,
                 ListFault::OverMidnight, ListFault::OutsideProject, ListFault::Overlap, ListFault::Implausible},
      .project_end = day_of(2018, 6, 30)};
  write_list(shop.folder, shop.manifest, shop.registry, lottery, key, clocked,
             between(day_of(2017, 7, 1), day_of(2017, 12, 31)), all);
  shop.written(key, "attendance", clocked.file, true);

  for (int year = 2016; year <= 2017; ++year) {
    const StaffHabits staff{.file = "Personaltid " + std::to_string(year),
                            .title = "Tidredovisning personal " + std::to_string(year),
                            .form = year == 2016 ? FileForm::Excel : FileForm::Utf8,
                            .dates = year == 2016 ? DateForm::Cell : DateForm::Iso,
                            .hours = year == 2016 ? HoursForm::Number : HoursForm::Comma,
                            .first = day_of(year, 1, 7),
                            .last = day_of(year, 12, 31),
                            .people = 5,
                            .faults = {year == 2016 ? StaffFault::Over24 : StaffFault::UnknownFunction}};
    write_staff(shop.folder, shop.manifest, lottery, key, staff);
    shop.written(key, "staff-time", staff.file, year == 2016);
  }
  const EvidenceHabits evidence{
      .file = "Underlag Ung Horisont",
      .title = "Underlag för behörighet",
      .made_on = day_of(2018, 1, 15),
      .local_id = true,
      .status_from = "Arbetsförmedlingen",
      .held_by = "Karlstads kommun",
      .faults = {EvidenceFault::UnknownPerson, EvidenceFault::HolderMissing, EvidenceFault::UnknownCriterion}};
  write_evidence(shop.folder, shop.manifest, shop.registry, key, evidence, all);
  shop.written(key, "evidence", evidence.file, true);
  shop.manifest.project(key, people);
  return people;
}

}  // namespace horisont::demo
