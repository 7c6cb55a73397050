// Värmlands unga: 520 pupils in schools of eight municipalities, mostly of year 9. Whoever turns 15 during the term is
// taken in on or after that day, as the project's rule says; some were taken in too early.

#include <algorithm>
#include <array>

#include "edge/demo/attendance.h"
#include "edge/demo/projects.h"
#include "edge/demo/records.h"
#include "edge/demo/registers.h"

namespace horisont::demo {
namespace {

const std::string key = "varmlands-unga";
constexpr std::size_t too_early_count = 12;

struct Municipality {
  const char* name;
  int pupils;
};
constexpr std::array<Municipality, 8> municipalities{{{"Hagfors", 45},
                                                      {"Eda", 55},
                                                      {"Grums", 60},
                                                      {"Säffle", 85},
                                                      {"Kristinehamn", 95},
                                                      {"Torsby", 60},
                                                      {"Sunne", 60},
                                                      {"Arvika", 60}}};
constexpr int with_monthly_sheets = 4;  // the first four

Day birthday(Day born, int age) {
  const auto [year, month, day] = ymd(born);
  return day_of(year + age, month, std::min(day, length_of_month(year + age, month)));
}

RegisterHabits habits_of(std::size_t at, const std::string& name) {
  static constexpr std::array numbers{NumberForm::TenAsNumber, NumberForm::TenHyphen, NumberForm::Twelve,
                                      NumberForm::TwelveHyphen};
  RegisterHabits habits;
  const bool excel = at % 4 != 2;
  habits.file = "Elever " + name;
  habits.form = excel ? FileForm::Excel : at == 2 ? FileForm::Utf8 : FileForm::Windows1252;
  habits.numbers = numbers[at % numbers.size()];
  habits.dates = excel ? (at % 2 == 0 ? DateForm::Cell : DateForm::Worded) : DateForm::Iso;
  habits.title = at % 2 == 0 ? "Värmlands unga – elever, " + name : "";
  habits.sheet = "Elever";
  habits.heading_in_two_rows = at == 4;
  habits.hidden_rows = at == 5 ? 2 : 0;
  habits.columns = {{Field::Number, at % 2 == 0 ? "Personnummer" : "Persnr"},
                    {Field::Name, at % 2 == 0 ? "Namn" : "Deltagare"},
                    {Field::Unit, "Delprojekt"},
                    {Field::School, at % 3 == 0 ? "Skola" : "Skolenhet"},
                    {Field::SchoolMunicipality, at % 2 == 0 ? "Skolkommun" : "Skolans kommun"},
                    {Field::Home, "Hemkommun"},
                    {Field::Stage, at % 2 == 0 ? "Årskurs" : "Skolform"},
                    {Field::Entry, at % 2 == 0 ? "Startdatum" : "Från och med"},
                    {Field::AtRisk, at % 2 == 0 ? "Risk för avhopp" : "I riskzonen"},
                    {Field::Status, "Sysselsättning"},
                    {Field::Studies, "Studerar"},
                    {Field::Training, "Praktik vid start"},
                    {Field::Education, "Utbildningsnivå"},
                    {Field::Informed, "Informerad"},
                    {Field::Jobless, "Hushåll utan arbete"},
                    {Field::JoblessChildren, "Hushåll utan arbete med barn"},
                    {Field::SingleAdult, "Ensamstående med barn"}};
  static const std::array<std::vector<RowFault>, 8> faults{{{RowFault::DigitsLost},
                                                            {RowFault::EntryMissing},
                                                            {RowFault::UnknownMunicipality},
                                                            {},
                                                            {RowFault::CheckDigit, RowFault::EntryWithoutDay},
                                                            {RowFault::NotInCalendar},
                                                            {RowFault::UnknownChoice},
                                                            {RowFault::NoPerson}}};
  habits.faults = faults[at];
  return habits;
}

void plant_stories(std::vector<Participant>& people) {
  // Of those who turn 15 in the autumn some were taken in when the term began; the first too_early_count count, spread
  // over all schools.
  std::size_t early = 0;
  for (std::size_t i = 3; i < people.size() && early < too_early_count; i += 3) {
    Participant& pupil = people[i];
    if (pupil.born < day_of(2001, 9, 20) || pupil.stage != "åk 9") continue;
    pupil.entry = day_of(2016, 9, 5);
    pupil.plant("not-eligible", {"P03"}, "14 on the day of entry, turns 15 during the term");
    ++early;
  }
  std::size_t next = 5;
  const auto somebody = [&]() -> Participant& {
    while (!people[next].why.empty()) ++next;
    Participant& pupil = people[next];
    next += 90;
    return pupil;
  };
  Participant& away = somebody();
  away.school_municipality = "Karlstad";
  away.plant("not-eligible", {"P05"}, "goes to school outside the project's municipalities");
  Participant& calm = somebody();
  calm.at_risk = "nej";
  calm.plant("not-eligible", {"P06"}, "not at risk of dropping out");
  Participant& unsure = somebody();
  unsure.at_risk = "vet ej";
  unsure.plant("undecided", {"P06?"}, "whether the pupil is at risk is not known");
  Participant& bare = somebody();
  bare.evidence = false;
  bare.plant("undecided", {"P12?"}, "no evidence on file");
  Participant& late = somebody();
  late.evidence_days = 40;
  late.plant("not-eligible", {"P13"}, "evidence dated 40 days after the entry");
}

}  // namespace

std::vector<Participant> make_varmlands_unga(Workshop& shop) {
  Lottery& lottery = shop.lottery;
  std::vector<Participant> people;
  for (const Municipality& municipality : municipalities)
    for (int i = 0; i < municipality.pupils; ++i) {
      // Year 9 of the spring of 2016, year 9 of the year after, and some on introduction programmes.
      const int group = i % 9;
      const int year = group < 4 ? 2000 : group < 8 ? 2001 : lottery.between(1997, 1999);
      Participant pupil = shop.registry.someone(day_of(year, 1, 1), day_of(year, 12, 15));
      const Day from = group < 4 ? day_of(2016, 3, 7) : day_of(2016, 8, 29);
      pupil.entry = working_day_from(std::max(from + lottery.between(0, 18), birthday(pupil.born, 15)));
      pupil.home = pupil.unit = pupil.school_municipality = municipality.name;
      pupil.stage = group < 8 ? "åk 9" : "IM";
      pupil.school =
          std::string(i % 2 == 0 ? "Norra" : "Södra") + (group < 8 ? " skolan, " : " gymnasiet, ") + municipality.name;
      // Compulsory school is what pupils of year 9 have not finished.
      if (group < 8) pupil.education = "grundskola till årskurs 6";
      pupil.at_risk = "ja";
      pupil.status = "ej i arbetskraften", pupil.studies = "ja";
      pupil.referred_by = "skolan";
      // Those of the spring leave when school ends; half of the others a year later.
      if (group < 4)
        pupil.exit = day_of(2016, 6, 10);
      else if (group < 6)
        pupil.exit = day_of(2017, 6, 9);
      Outcome& after = pupil.outcome;
      after.completed = lottery.chance(85);
      after.reason = after.completed ? "fullföljt" : "flyttat";
      after.grades_after = lottery.chance(65) ? "ja" : "nej";
      after.programme_after = after.grades_after == "ja" && lottery.chance(85) ? "ja" : "nej";
      after.status_after = "ej i arbetskraften", after.studies_after = "ja";
      people.push_back(std::move(pupil));
    }
  plant_stories(people);

  std::uint32_t next = 0;
  std::size_t at = 0;
  for (std::size_t m = 0; m < municipalities.size(); ++m) {
    std::vector<Participant*> own;
    for (int i = 0; i < municipalities[m].pupils; ++i) own.push_back(&people[at++]);
    sort_by_entry(own);
    const RegisterHabits habits = habits_of(m, municipalities[m].name);
    write_register(shop.folder, shop.manifest, shop.registry, key, habits, own, next);
    shop.written(key, "participants", habits.file, habits.form == FileForm::Excel);
  }
  const std::vector<const Participant*> all = pointers(people);
  for (int year = 2016; year <= 2017; ++year) {
    std::vector<const Participant*> leavers;
    for (const Participant* pupil : all)
      if (pupil->exit >= 0 && ymd(pupil->exit).year == year) leavers.push_back(pupil);
    const bool excel = year == 2017;
    const ResultHabits results{.file = "Avslut vt " + std::to_string(year),
                               .made_on = day_of(2017, 6, 30),
                               .form = excel ? FileForm::Excel : FileForm::Windows1252,
                               .numbers = NumberForm::TwelveHyphen,
                               .dates = excel ? DateForm::Cell : DateForm::Iso,
                               .school = true,
                               .faults = {year == 2016 ? ResultFault::UnknownReason : ResultFault::ExitBeforeEntry}};
    write_results(shop.folder, shop.manifest, shop.registry, key, results, leavers);
    shop.written(key, "results", results.file, excel);
  }

  std::vector<const Participant*> monthly, by_term;
  for (const Participant* pupil : all) {
    bool sheets = false;
    for (int m = 0; m < with_monthly_sheets; ++m)
      sheets = sheets || pupil->unit == municipalities[static_cast<std::size_t>(m)].name;
    (sheets ? monthly : by_term).push_back(pupil);
  }
  const auto part = [](const std::vector<Visit>& from, Day first, Day last) {
    std::vector<Visit> out;
    for (const Visit& visit : from)
      if (visit.day >= first && visit.day <= last) out.push_back(visit);
    return out;
  };
  const std::vector<Visit> on_sheets = visits(lottery, monthly, day_of(2016, 3, 1), day_of(2017, 6, 9), 2, 4);
  for (int running = 0; running < 16; ++running) {
    const int year = 2016 + (2 + running) / 12, month = (2 + running) % 12 + 1;
    if (month == 7) continue;
    const std::string number = (month < 10 ? "0" : "") + std::to_string(month);
    WideHabits wide{.file = "Närvaro " + std::to_string(year) + "-" + number, .sheet = month_name(month)};
    wide.hours = running % 2 == 0 ? HoursForm::Comma : HoursForm::Number;
    wide.numbers = running == 1 ? NumberForm::TenAsNumber : NumberForm::TenHyphen;
    wide.formulas = true;
    wide.weekdays_above = running % 3 == 0;
    wide.absences = running % 2 == 1;
    if (running == 3) wide.faults = {WideFault::Over24};
    if (running == 6) wide.faults = {WideFault::UnknownPerson, WideFault::SumOff, WideFault::AfterExit};
    if (running == 8) wide.faults = {WideFault::DayNotInMonth};
    const Day first = day_of(year, month, 1);
    const std::vector<Visit> of_month = part(on_sheets, first, first + length_of_month(year, month) - 1);
    if (of_month.empty()) continue;
    write_wide(shop.folder, shop.manifest, shop.registry, lottery, key, wide, year, month, of_month, monthly);
    shop.written(key, "attendance", wide.file, true);
  }
  const std::vector<Visit> on_lists = visits(lottery, by_term, day_of(2016, 3, 1), day_of(2017, 6, 9), 2, 4);
  for (int term = 0; term < 3; ++term) {
    const int year = term == 2 ? 2017 : 2016;
    const bool spring = term != 1;
    ListHabits list{.file = "Närvaro öst " + std::string(spring ? "vt " : "ht ") + std::to_string(year),
                    .form = term == 1 ? FileForm::Utf8 : FileForm::Excel,
                    .numbers = NumberForm::TwelveHyphen,
                    .dates = term == 1 ? DateForm::Iso : DateForm::Cell,
                    .hours = term == 1 ? HoursForm::Comma : HoursForm::Number};
    list.sum = term == 2;
    if (term == 0) list.faults = {ListFault::UnknownActivity, ListFault::Negative};
    if (term == 1) list.faults = {ListFault::BeforeEntry, ListFault::Over24};
    write_list(shop.folder, shop.manifest, shop.registry, lottery, key, list,
               part(on_lists, day_of(year, spring ? 1 : 7, 1), day_of(year, spring ? 6 : 12, spring ? 30 : 31)), by_term);
    shop.written(key, "attendance", list.file, list.form == FileForm::Excel);
  }
  const StaffHabits staff{.file = "Personaltid läsåret 2016-2017",
                          .title = "Personal i skolorna",
                          .first = day_of(2016, 8, 15),
                          .last = day_of(2017, 6, 9),
                          .first_staff_number = 30501,
                          .people = 4,
                          .faults = {StaffFault::Over24}};
  write_staff(shop.folder, shop.manifest, lottery, key, staff);
  shop.written(key, "staff-time", staff.file, true);
  const EvidenceHabits evidence{.file = "Underlag elever",
                                .made_on = day_of(2017, 6, 30),
                                .form = FileForm::Windows1252,
                                .numbers = NumberForm::TwelveHyphen,
                                .dates = DateForm::Iso,
                                .status_from = "Skolan",
                                .held_by = "Hagfors kommun",
                                .faults = {EvidenceFault::HolderMissing, EvidenceFault::UnknownCriterion}};
  write_evidence(shop.folder, shop.manifest, shop.registry, key, evidence, all);
  shop.written(key, "evidence", evidence.file, false);
  shop.manifest.project(key, people);
  return people;
}

}  // namespace horisont::demo
