#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/report_input.h"
#include "support/given.h"

namespace horisont {

inline Month month(std::string_view iso) { return Month::parse(iso).value(); }
template <class T>
Known<T> known(T value) {
  return {std::move(value), {}};
}

/// A small project and everything a report is built from, written out by hand: decisions and accepted minutes are what the
/// story says, so that the reports are tested apart from the rules and the ledger.
struct Story {
  ProjectTerms project;
  ProgrammeTerms programme{.period = {day("2014-01-01"), std::nullopt}};
  std::vector<Participation> people;
  std::vector<Decision> decisions;
  std::vector<Explanation> explanations;
  std::vector<RuleText> rules;
  std::vector<TimeRecord> times;
  Ledger hours;
  std::vector<Finding> findings;
  std::vector<SourceFile> files;
  std::vector<LogLine> log;
  std::vector<LogCheckpoint> checkpoints;
  std::vector<StaffTime> staff;
  StaffLedger staff_hours;
  std::vector<MonthStanding> months;
  Date today = day("2016-07-01");

  Story() {
    const Citation decision{"beslut 2015-12-17", Confidence::Verified};
    const Citation guess{"antaget", Confidence::UnverifiedDefault};
    project.key = "ung-horisont";
    project.name = {"Ung Horisont", "Young Horizon"};
    project.short_name = "UngHorisont";
    project.record_number = "2015/00678";
    project.owner = "Karlstads kommun";
    project.programme = "yei";
    project.sha256 = std::string(64, 'b');
    project.grants.push_back({.decided_on = day("2015-12-17"),
                              .operation = {day("2016-01-01"), day("2018-06-30")},
                              .planned_participants = 10,
                              .cited = decision});
    project.subprojects = {{"1780", "Karlstad", "1780", 6, decision}, {"1715", "Kil", "1715", std::nullopt, decision}};
    project.activities = {
        {.key = "individual_support",
         .name = {"individuellt stöd", "individual support"},
         .report_name = {"individuellt stöd", "individual support"}},
        {.key = "cbt", .name = {"KBT", "CBT"}, .report_name = {"individuellt stöd", "individual support"}, .sensitive = true},
        {.key = "work_placement", .name = {"praktik", "work placement"}, .report_name = {"praktik", "work placement"}}};
    programme.key = "yei";
    programme.name = {"Sysselsättningsinitiativet", "Youth Employment Initiative"};
    programme.sha256 = std::string(64, 'a');
    const Period always{day("2014-01-01"), std::nullopt};
    programme.whole_hours_rounding.values = {{Rounding::Down, always, decision, "whole_hours.rounding", 12}};
    programme.whole_hours_level.values = {{RoundingLevel::Month, always, guess, "whole_hours.level", 17}};
    programme.participant_day_cap.values = {{Minutes{480}, always, decision, "participant_day_cap", 22}};
    programme.plausible_day.values = {{Minutes{480}, always, decision, "plausible_day", 26}};
    programme.scb_protected_woman.values = {{"Tf29", always, decision, "scb.protected_woman", 30}};
    programme.scb_contact_filler.values = {{"okänt", {day("2019-08-01"), std::nullopt}, decision, "scb.contact_filler", 34}};
    rules = {{"P03",
              {"förordning (EU) 1304/2013, artikel 16", "förordning (EU) 1304/2013, artikel 16"},
              {"Har fyllt 15 år?", "Has turned 15?"},
              {"Rätta födelsedatumet.", "Correct the date of birth."},
              true,
              false},
             {"P05",
              {"beslut 2015/00678 °", "beslut 2015/00678 °"},
              {"Bor i Karlstad?", "Lives in Karlstad?"},
              {"Kontrollera kommunen.", "Check the municipality."},
              true,
              true}};
    files = {{1, "F-1", "deltagare.xlsx", "", RecordKind::Participants, {"Blad1"}, 4, 1, "2016-06-20T09:00:00Z"},
             {2, "F-2", "maj.xlsx", "", RecordKind::Attendance, {"Mars", "Maj"}, 40, 0, "2016-06-21T09:00:00Z"}};
  }

  /// Everything a test does not mention is an eligible woman or man who entered on 1 April 2016 and is still there.
  struct Given {
    std::string number = "199703012386";
    std::string entered = "2016-04-01", left = "";
    Verdict verdict = Verdict::Eligible;
    std::vector<std::string> codes = {};
    std::string gender = "woman";
    std::string municipality = "1780";
    bool protected_identity = false;
  };
  Participation& add(const Given& given) {
    Participation p;
    p.person = static_cast<std::uint32_t>(people.size());
    p.reference = "D-000" + std::to_string(people.size() + 1);
    if (!given.number.empty()) p.number = PersonalIdentityNumber::of_normal_form(given.number).value();
    if (p.number && p.number->born_on()) p.born_on = known(*p.number->born_on());
    p.gender = given.gender;
    p.name = "Namn" + std::to_string(people.size() + 1) + ", Test";
    p.email = "test" + std::to_string(people.size() + 1) + "@example.org";
    p.mobile = "070-000000" + std::to_string(people.size() + 1);
    p.protected_identity = given.protected_identity;
    if (!given.entered.empty()) p.entered_on = known(day(given.entered));
    if (!given.left.empty()) p.left_on = known(day(given.left));
    if (p.entered_on) p.spells = {{p.entered_on->value, given.left.empty() ? std::nullopt : std::optional(day(given.left))}};
    p.home_municipality = known(given.municipality);
    p.origin = {1, 0, static_cast<std::uint32_t>(people.size() + 2), 0};
    decisions.push_back({.person = p.person, .verdict = given.verdict, .codes = given.codes});
    people.push_back(std::move(p));
    return people.back();
  }

  /// Minutes on a day: accepted, or all refused for a reason.
  void attend(std::uint32_t person, std::string_view on, std::uint16_t minutes, Reason reason = Reason::Accepted,
              std::uint8_t activity = 0) {
    const bool accepted = reason == Reason::Accepted;
    attend(person, on, accepted ? minutes : std::uint16_t{0}, accepted ? std::uint16_t{0} : minutes, reason, activity);
  }
  void attend(std::uint32_t person, std::string_view on, std::uint16_t accepted, std::uint16_t refused, Reason reason,
              std::uint8_t activity = 0) {
    const auto place = static_cast<std::uint32_t>(times.size());
    const auto minutes = static_cast<std::uint16_t>(accepted + refused);
    times.push_back(
        {.person = person, .day = day(on).days(), .minutes = minutes, .activity = activity, .origin = {2, 1, place + 5, 3}});
    hours.lines.push_back({place, accepted, refused, reason});
    hours.minutes[static_cast<std::size_t>(reason)] += refused;
    hours.minutes[0] += accepted;
    const LedgerCell sum{person, Month::containing(day(on)).number(), minutes, accepted};
    const auto same = std::find_if(hours.cells.begin(), hours.cells.end(), [&](const LedgerCell& c) {
      return c.person == sum.person && c.month == sum.month;
    });
    if (same == hours.cells.end())
      hours.cells.push_back(sum);
    else
      same->reported += minutes, same->accepted += accepted;
  }

  void result(std::uint32_t person, Answer completed, std::string_view status, Answer studies) {
    ExitResult result;
    result.exit_date = people[person].left_on;
    result.completed = completed;
    if (!status.empty()) result.status_after = known(std::string(status)), result.events = {{std::string(status), std::nullopt, {}}};
    result.in_education_after = studies;
    people[person].result = result;
  }

  /// Staff time of a whole post of Karlstads kommun, signed and approved; judge_staff() lets the ledger judge all of it.
  StaffTime& work(std::string_view on, std::int64_t minutes, std::string who = "7", std::string function = "project_worker") {
    staff.push_back({.staff_id = std::move(who),
                     .employer = "Karlstads kommun",
                     .function = std::move(function),
                     .activity = "individual_support",
                     .day = day(on).days(),
                     .minutes = Minutes{minutes},
                     .employment_share = 10'000,
                     .signed_on = day(on),
                     .approved_on = day(on),
                     .origin = {2, 1, static_cast<std::uint32_t>(staff.size() + 5), 3}});
    return staff.back();
  }
  void judge_staff() { staff_hours = staff_ledger({project, programme, staff}, {}); }

  ReportInput input() const {
    return {.project = project,
            .programme = programme,
            .participations = people,
            .decisions = decisions,
            .explanations = explanations,
            .rules = rules,
            .times = times,
            .hours = hours,
            .staff = staff,
            .findings = findings,
            .files = files,
            .log = log,
            .rule_set = "yei.dmn",
            .rule_set_sha256 = std::string(64, 'c'),
            .program_version = "0.1",
            .today = today,
            .months = months,
            .staff_hours = &staff_hours,
            .checkpoints = checkpoints};
  }
};

}  // namespace horisont
