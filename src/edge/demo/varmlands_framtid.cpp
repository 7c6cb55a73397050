// Värmlands framtid: 571 participants in 16 municipalities by 4 April 2017, of whom 269 had completed: 67 in employment and
// 78 in studies (counts that give the published shares of 25 % and 29 %; reconstructed, not published). Each municipality
// keeps its own register in its own way.

#include <algorithm>
#include <array>

#include "edge/demo/attendance.h"
#include "edge/demo/projects.h"
#include "edge/demo/records.h"
#include "edge/demo/registers.h"

namespace horisont::demo {
namespace {

const std::string key = "varmlands-framtid";
constexpr std::size_t completed_count = 269, employed_count = 67, studies_count = 78, dropped_out_count = 62;
constexpr int first_entry_year = 2015;

struct Office {
  const char* name;
  int people;
};
constexpr std::array<Office, 16> offices{{{"Karlstad", 130},
                                          {"Kristinehamn", 55},
                                          {"Arvika", 55},
                                          {"Säffle", 40},
                                          {"Torsby", 35},
                                          {"Hagfors", 35},
                                          {"Filipstad", 38},
                                          {"Sunne", 30},
                                          {"Hammarö", 28},
                                          {"Forshaga", 26},
                                          {"Kil", 24},
                                          {"Grums", 22},
                                          {"Årjäng", 18},
                                          {"Eda", 17},
                                          {"Munkfors", 10},
                                          {"Storfors", 8}}};

Day as_of() { return day_of(2017, 4, 4); }

// Who has left by the day of the published figures, and with what result. People with a story of their own stay.
void settle_outcomes(std::vector<Participant>& people, Lottery& lottery) {
  std::vector<Participant*> early;
  for (Participant& person : people)
    if (person.why.empty() && person.entry <= day_of(2016, 10, 31)) early.push_back(&person);
  lottery.shuffle(early);
  const Day last = day_of(2017, 3, 31);
  for (std::size_t i = 0; i < completed_count + dropped_out_count; ++i) {
    Participant& person = *early[i];
    Outcome& after = person.outcome;
    person.exit = std::min(working_day_from(person.entry + lottery.between(90, 420)), last);
    after.completed = i < completed_count;
    after.status_after = "arbetslös", after.studies_after = "nej", after.reason = "fullföljt";
    if (i < employed_count) {
      after.status_after = i % 20 == 7 ? "eget företag" : "anställd", after.reason = "arbete";
    } else if (i < employed_count + studies_count) {
      after.status_after = "ej i arbetskraften", after.studies_after = "ja", after.reason = "studier";
      after.qualification = i % 9 == 0 ? "ja" : "nej";
    } else if (i < completed_count) {
      const std::size_t rest = i - employed_count - studies_count;
      if (rest % 4 == 1) after.offer = "ja";
      if (rest % 4 == 2) after.status_after = "okänt", after.studies_after = "vet ej";
    } else {
      // Left without completing: work or studies of theirs count in no share.
      after.reason = i % 3 == 0 ? "avbrott" : i % 3 == 1 ? "flyttat" : "annan insats";
      if (i % 6 == 1) after.status_after = "anställd";
    }
  }
}

void plant_stories(std::vector<Participant>& people, Registry& registry, const Participant& elsewhere) {
  const auto story = [&](std::size_t at, Day entry, Day born) -> Participant& {
    Participant& old = people[at];
    Participant person = registry.born_on(born);
    person.home = old.home, person.unit = old.unit;
    person.entry = entry;
    old = std::move(person);
    return old;
  };
  // All stand in the register of Karlstad; born in years that the lottery leaves free.
  story(9, day_of(2016, 2, 1), day_of(1991, 2, 1)).plant("not-eligible", {"P04"}, "25 on the day of entry");
  Participant& away = story(24, day_of(2016, 3, 7), day_of(1991, 5, 3));
  away.home = "Åmål";
  away.plant("not-eligible", {"P05"}, "lives outside Värmland");
  Participant& works = story(39, day_of(2016, 4, 4), day_of(1991, 6, 8));
  works.status = "anställd";
  works.plant("not-eligible", {"P06"}, "is employed");
  Participant& unsure = story(54, day_of(2016, 5, 2), day_of(1991, 7, 14));
  unsure.studies = "vet ej";
  unsure.plant("undecided", {"P06?"}, "whether the person studies is not known");
  Participant& bare = story(69, day_of(2016, 6, 7), day_of(1991, 8, 20));
  bare.evidence = false;
  bare.plant("undecided", {"P12?"}, "no evidence on file");
  Participant& late = story(84, day_of(2016, 8, 15), day_of(1991, 9, 26));
  late.evidence_days = 45;
  late.plant("not-eligible", {"P13"}, "evidence dated 45 days after the entry");
  // The same person as in the other project.
  Participant& twice = people[99];
  twice.number = elsewhere.number, twice.born = elsewhere.born, twice.woman = elsewhere.woman;
  twice.given = elsewhere.given, twice.family = elsewhere.family;
  twice.entry = day_of(2016, 11, 7);
  twice.plant("not-eligible", {"P11"}, in_two_projects);
}

RegisterHabits habits_of(std::size_t office, const std::string& name) {
  static constexpr std::array numbers{NumberForm::TwelveHyphen, NumberForm::TenHyphen, NumberForm::TwelveAsNumber,
                                      NumberForm::TenAsNumber,  NumberForm::TenAsText, NumberForm::Twelve};
  static constexpr std::array excel_dates{DateForm::Cell, DateForm::Worded, DateForm::Serial, DateForm::Iso};
  static constexpr std::array text_dates{DateForm::Iso, DateForm::Slashed, DateForm::Compact};
  RegisterHabits habits;
  const bool excel = office % 3 != 1;
  habits.file = "Deltagare " + name;
  habits.form = excel ? FileForm::Excel : office % 2 == 0 ? FileForm::Utf8 : FileForm::Windows1252;
  habits.numbers = numbers[office % numbers.size()];
  if (!excel && habits.numbers == NumberForm::TwelveAsNumber) habits.numbers = NumberForm::Twelve;
  if (!excel && habits.numbers == NumberForm::TenAsNumber) habits.numbers = NumberForm::TenHyphen;
  habits.dates = excel ? excel_dates[office % excel_dates.size()] : text_dates[office / 3 % text_dates.size()];
  habits.title = office % 2 == 0 ? "Värmlands framtid – deltagare i " + name : "";
  habits.sheet = office % 4 == 0 ? "Deltagare" : office % 4 == 2 ? "Blad1" : "Register";
  habits.heading_in_two_rows = excel && office % 5 == 0;
  habits.municipality_as_code = office % 4 == 3;
  habits.repeated_heading = office == 1;
  habits.hidden_rows = office == 2 ? 3 : 0;
  habits.note = office == 5 ? "Tre deltagare väntar på inskrivning." : "";
  switch (office % 3) {
    case 0:
      habits.columns = {{Field::Number, "Personnummer"},     {Field::Family, "Efternamn"},
                        {Field::Given, "Förnamn"},           {Field::Gender, "Kön"},
                        {Field::Unit, "Delprojekt"},         {Field::Home, "Hemkommun"},
                        {Field::Entry, "Inskrivningsdatum"}, {Field::Status, "Sysselsättning vid start"},
                        {Field::Studies, "Studerar"},        {Field::Training, "Praktik vid start"},
                        {Field::Education, "Utbildning"},    {Field::UpperSecondary, "Slutbetyg"},
                        {Field::Kaa, "Aktivitetsansvar"},    {Field::Informed, "GDPR-information"},
                    {Field::Jobless, "Arbetslöst hushåll"},
                    {Field::JoblessChildren, "Hushåll utan arbete med barn"},
                    {Field::SingleAdult, "Ensamstående med barn"}};
      break;
    case 1:
      habits.columns = {{Field::Unit, "Enhet"},
                        {Field::Name, "Deltagarens namn"},
                        {Field::Number, "Pers.nr"},
                        {Field::Home, "Bostadskommun"},
                        {Field::Entry, "Fr.o.m."},
                        {Field::Exit, "T.o.m."},
                        {Field::Status, "Status vid inskrivning"},
                        {Field::Studies, "I studier"},
                        {Field::Training, "I annan utbildning eller praktik"},
                        {Field::Education, "Högsta avslutade utbildning"},
                        {Field::UpperSecondary, "Gymnasium klart"},
                        {Field::Kaa, "KAA"},
                        {Field::ReferredBy, "Remitterad av"},
                        {Field::Informed, "Informerad"},
                    {Field::Jobless, "Arbetslöst hushåll"},
                    {Field::JoblessChildren, "Hushåll utan arbete med barn"},
                    {Field::SingleAdult, "Ensamstående med barn"}};
      break;
    default:
      habits.columns = {{Field::Name, "Namn"},
                        {Field::Nothing, ""},
                        {Field::Number, "Person-id"},
                        {Field::Unit, "Delprojektkommun"},
                        {Field::Home, "Folkbokförd i"},
                        {Field::Entry, "Start"},
                        {Field::Status, "Arbetsmarknadsstatus"},
                        {Field::Studies, "Studerar vid start"},
                        {Field::Training, "I arbetsmarknadsutbildning"},
                        {Field::Education, "Utbildningsnivå"},
                        {Field::UpperSecondary, "Fullständiga gymnasiebetyg"},
                        {Field::Kaa, "Registrerad i KAA"},
                        {Field::Informed, "Information om personuppgifter lämnad"},
                    {Field::Jobless, "Arbetslöst hushåll"},
                    {Field::JoblessChildren, "Hushåll utan arbete med barn"},
                    {Field::SingleAdult, "Ensamstående med barn"}};
  }
  static const std::array<std::vector<RowFault>, 16> faults{{{RowFault::CheckDigit, RowFault::EntryWithoutDay},
                                                             {RowFault::ExitBeforeEntry},
                                                             {RowFault::SerialZero, RowFault::NoPerson},
                                                             {RowFault::EntryMissing},
                                                             {},
                                                             {RowFault::UnknownMunicipality},
                                                             {RowFault::DigitsLost},
                                                             {RowFault::UnknownChoice},
                                                             {RowFault::NotInCalendar},
                                                             {RowFault::NumberForm},
                                                             {RowFault::EntryNotInCalendar},
                                                             {},
                                                             {RowFault::CheckDigit},
                                                             {},
                                                             {RowFault::EntryMissing},
                                                             {}}};
  habits.faults = faults[office];
  return habits;
}

}  // namespace

std::vector<Participant> make_varmlands_framtid(Workshop& shop, const Participant& elsewhere) {
  Lottery& lottery = shop.lottery;
  shop.registry.joins(elsewhere);
  std::vector<Participant> people;
  for (const Office& office : offices)
    for (int i = 0; i < office.people; ++i) {
      const Day entry = working_day_from(lottery.between(day_of(first_entry_year, 6, 1), day_of(2017, 3, 24)));
      Participant person =
          shop.registry.someone(std::max(entry - 8700, day_of(1992, 1, 1)), std::min(entry - 5600, day_of(2001, 12, 31)));
      person.entry = entry;
      person.home = person.unit = office.name;
      person.status = lottery.chance(70) ? "arbetslös" : "ej i arbetskraften";
      person.kaa = age_on(entry, person.born) < 20 ? "ja" : "nej";
      if (lottery.chance(15)) person.upper_secondary = "ja", person.education = "gymnasieexamen";
      person.referred_by = lottery.one_of(std::vector<std::string>{"AF", "socialtjänsten", "KAA", "egen ansökan"});
      people.push_back(std::move(person));
    }
  plant_stories(people, shop.registry, elsewhere);
  settle_outcomes(people, lottery);

  std::uint32_t next = 0;
  std::size_t at = 0;
  for (std::size_t office = 0; office < offices.size(); ++office) {
    std::vector<Participant*> own;
    for (int i = 0; i < offices[office].people; ++i) own.push_back(&people[at++]);
    sort_by_entry(own);
    const RegisterHabits habits = habits_of(office, offices[office].name);
    write_register(shop.folder, shop.manifest, shop.registry, key, habits, own, next);
    shop.written(key, "participants", habits.file, habits.form == FileForm::Excel);
  }

  const std::vector<const Participant*> all = pointers(people);
  for (int year = 2015; year <= 2017; ++year) {
    std::vector<const Participant*> leavers;
    for (const Participant* person : all)
      if (person->exit >= 0 && ymd(person->exit).year == year) leavers.push_back(person);
    const bool excel = year != 2015;
    const ResultHabits results{.file = "Resultat " + std::to_string(year),
                               .title = excel ? "Avslutade deltagare " + std::to_string(year) : "",
                               .made_on = as_of(),
                               .form = excel ? FileForm::Excel : FileForm::Windows1252,
                               .numbers = excel ? NumberForm::TwelveHyphen : NumberForm::Twelve,
                               .dates = excel ? DateForm::Cell : DateForm::Iso,
                               .health = year == 2016,
                               .faults = year == 2016
                                             ? std::vector<ResultFault>{ResultFault::UnknownPerson, ResultFault::NotInCalendar}
                                             : std::vector<ResultFault>{}};
    write_results(shop.folder, shop.manifest, shop.registry, key, results, leavers);
    shop.written(key, "results", results.file, excel);
  }

  // Karlstad keeps a sheet a month whose name is only a running number; four offices send a list each quarter; the rest
  // share a workbook each half-year.
  std::vector<const Participant*> karlstad, west, rest;
  for (const Participant* person : all) {
    const bool of_west =
        person->unit == "Kristinehamn" || person->unit == "Arvika" || person->unit == "Säffle" || person->unit == "Torsby";
    (person->unit == "Karlstad" ? karlstad : of_west ? west : rest).push_back(person);
  }
  const auto of_month = [](const std::vector<Visit>& from, Day first, Day last) {
    std::vector<Visit> out;
    for (const Visit& visit : from)
      if (visit.day >= first && visit.day <= last) out.push_back(visit);
    return out;
  };
  const std::vector<Visit> in_karlstad = visits(lottery, karlstad, day_of(2015, 10, 1), day_of(2017, 3, 31), 3, 5);
  for (int running = 0; running < 18; ++running) {
    const int year = 2015 + (9 + running) / 12, month = (9 + running) % 12 + 1;
    if (month == 7) continue;  // closed
    WideHabits wide{.file = "Närvaro Karlstad nr " + std::to_string(running + 1), .sheet = "Blad1"};
    wide.hours = running % 2 == 0 ? HoursForm::Number : HoursForm::Duration;
    wide.numbers = running % 4 == 3 ? NumberForm::TwelveAsNumber : NumberForm::TenHyphen;
    wide.formulas = running % 3 != 0;
    wide.absences = running % 3 == 1;
    wide.groups_above = running % 5 == 2;
    if (running == 6) wide.faults = {WideFault::Over24, WideFault::SumOff};
    if (running == 10) wide.faults = {WideFault::Negative, WideFault::BeforeEntry};
    if (running == 14) wide.faults = {WideFault::UnknownPerson, WideFault::AfterExit};
    const Day first = day_of(year, month, 1);
    write_wide(shop.folder, shop.manifest, shop.registry, lottery, key, wide, year, month,
               of_month(in_karlstad, first, first + length_of_month(year, month) - 1), karlstad);
    shop.written(key, "attendance", wide.file, true, iso(first).substr(0, 7));
  }
  const std::vector<Visit> in_west = visits(lottery, west, day_of(2015, 10, 1), day_of(2017, 3, 31), 2, 4);
  for (int quarter = 0; quarter < 6; ++quarter) {
    const int year = 2015 + (quarter + 3) / 4, month = (quarter + 3) % 4 * 3 + 1;
    ListHabits list{.file = "Närvaro väst " + std::to_string(year) + " kv " + std::to_string((month + 2) / 3),
                    .form = quarter % 2 == 0 ? FileForm::Windows1252 : FileForm::Utf8,
                    .dates = DateForm::Iso,
                    .hours = HoursForm::Comma};
    list.numbers = quarter % 3 == 0   ? NumberForm::TwelveHyphen
                   : quarter % 3 == 1 ? NumberForm::TenAsText
                                      : NumberForm::TenHyphen;
    list.hours = quarter == 3 ? HoursForm::Clock : quarter == 4 ? HoursForm::Words : HoursForm::Comma;
    list.dates = quarter == 2 ? DateForm::Slashed : quarter == 5 ? DateForm::Worded : DateForm::Iso;
    list.sum = quarter == 1;
    list.repeated_heading = quarter == 4;
    if (quarter == 1) list.faults = {ListFault::Over24, ListFault::UnknownPerson};
    if (quarter == 2) list.faults = {ListFault::NotInCalendar, ListFault::UnknownActivity};
    if (quarter == 4) list.faults = {ListFault::AfterExit, ListFault::Implausible};
    write_list(shop.folder, shop.manifest, shop.registry, lottery, key, list,
               of_month(in_west, day_of(year, month, 1), day_of(year, month + 2, length_of_month(year, month + 2))), west);
    shop.written(key, "attendance", list.file, false);
  }
  const std::vector<Visit> elsewhere_in_the_county = visits(lottery, rest, day_of(2015, 8, 1), day_of(2017, 3, 31), 2, 4);
  for (int half = 0; half < 4; ++half) {
    const int year = 2015 + (half + 1) / 2;
    const bool spring = half % 2 == 1;
    ListHabits list{.file = "Närvaro övriga " + std::string(spring ? "vår " : "höst ") + std::to_string(year),
                    .title = half == 2 ? "" : "Närvaro övriga kommuner"};
    list.numbers = half == 0 ? NumberForm::TwelveHyphen : half == 1 ? NumberForm::TenHyphen : NumberForm::Twelve;
    list.dates = half == 3 ? DateForm::Serial : half == 1 ? DateForm::Iso : DateForm::Cell;
    list.hours = half == 1 ? HoursForm::Duration : HoursForm::Number;
    list.sum = half == 0 || half == 1;
    list.clock = half == 2;
    if (half == 1) list.faults = {ListFault::Over24, ListFault::CheckDigit};
    if (half == 2) list.faults = {ListFault::Overlap, ListFault::Twice, ListFault::BeforeEntry};
    write_list(
        shop.folder, shop.manifest, shop.registry, lottery, key, list,
        of_month(elsewhere_in_the_county, day_of(year, spring ? 1 : 7, 1), day_of(year, spring ? 6 : 12, spring ? 30 : 31)),
        rest);
    shop.written(key, "attendance", list.file, true);
  }

  for (int year = 2015; year <= 2017; ++year) {
    const StaffHabits staff{
        .file = "Personaltid " + std::to_string(year),
        .title = year == 2016 ? "Personal i Värmlands framtid" : "",
        .form = year == 2015 ? FileForm::Windows1252 : FileForm::Excel,
        .dates = year == 2015 ? DateForm::Iso : DateForm::Cell,
        .hours = year == 2015 ? HoursForm::Comma : HoursForm::Number,
        .first = day_of(year, year == 2015 ? 8 : 1, 7),
        .last = year == 2017 ? day_of(2017, 3, 31) : day_of(year, 12, 31),
        .first_staff_number = 20110,
        .people = 6,
        .faults = year == 2015 ? std::vector<StaffFault>{StaffFault::NotInCalendar} : std::vector<StaffFault>{}};
    write_staff(shop.folder, shop.manifest, lottery, key, staff);
    shop.written(key, "staff-time", staff.file, year != 2015);
  }
  for (int year = 2015; year <= 2017; ++year) {
    std::vector<const Participant*> entered;
    for (const Participant* person : all)
      if (ymd(person->entry).year == year) entered.push_back(person);
    const bool excel = year == 2016;
    const EvidenceHabits evidence{
        .file = "Underlag " + std::to_string(year),
        .title = excel ? "Underlag, inskrivna " + std::to_string(year) : "",
        .made_on = as_of(),
        .form = excel          ? FileForm::Excel
                : year == 2015 ? FileForm::Windows1252
                               : FileForm::Utf8,
        .numbers = excel ? NumberForm::TenHyphen : NumberForm::TwelveHyphen,
        .dates = excel ? DateForm::Cell : DateForm::Iso,
        .status_from = "Arbetsförmedlingen",
        .held_by = "Region Värmland",
        .faults = year == 2016 ? std::vector<EvidenceFault>{EvidenceFault::DateMissing, EvidenceFault::UnknownPerson}
                               : std::vector<EvidenceFault>{}};
    write_evidence(shop.folder, shop.manifest, shop.registry, key, evidence, entered);
    shop.written(key, "evidence", evidence.file, excel);
  }
  shop.manifest.project(key, people);
  shop.manifest.outcome(key, as_of(),
                        {{"participants", static_cast<std::int64_t>(people.size())},
                         {"completed", static_cast<std::int64_t>(completed_count)},
                         {"completed_employed", static_cast<std::int64_t>(employed_count)},
                         {"completed_in_studies", static_cast<std::int64_t>(studies_count)}});
  return people;
}

}  // namespace horisont::demo
