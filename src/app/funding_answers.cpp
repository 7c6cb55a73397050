#include "app/funding_answers.h"

#include <map>

#include "core/reports/staff_cells.h"
#include "edge/import/values.h"

namespace horisont {
namespace {

using Kind = Table::Column::Kind;

// A share of employment: programs get hundredths of a per cent.
Table::Value percent(std::optional<int> hundredths) {
  if (!hundredths) return std::string();
  const auto words = [&](char mark) {
    std::string said = std::to_string(*hundredths / 100);
    if (const int rest = *hundredths % 100; rest) said += mark + std::string(rest < 10 ? "0" : "") + std::to_string(rest);
    return said;
  };
  return Table::Number{*hundredths, {words(','), words('.')}};
}

}  // namespace

Table staff_time_table(const ProjectState& state, Period period) {
  const auto reasons = staff_reasons(state.staff_hours, state.staff);
  Table table{.schema = "staff-time"};
  table.facts = {{"project", state.project->key}, {"today", state.today.iso()}};
  table.columns = {{"staff", {"Anst.nr", "Staff no."}},
                   {"employer", {"Arbetsgivare", "Employer"}},
                   {"month", {"Månad", "Month"}},
                   {"reported_min", {"Rapporterade", "Reported"}, Kind::Hours},
                   {"accepted_min", {"Godkända", "Accepted"}, Kind::Hours},
                   {"refused_min", {"Ej godkända", "Refused"}, Kind::Hours},
                   {"whole_hours", {"Hela timmar", "Whole hours"}, Kind::Count},
                   {"signed_on", {"Underskrivet", "Signed on"}},
                   {"reasons", {"Orsaker", "Reasons"}}};
  table.when_empty = {"Ingen personaltid", "No staff time"};
  std::int64_t reported = 0, accepted = 0, refused = 0, whole = 0;
  for (const StaffMonth& month : state.staff_hours.months) {
    if (!period.touches({month.month.first(), month.month.last()})) continue;
    const auto why = reasons.find({month.member, month.month});
    table.rows.push_back({month.member.staff_id, month.member.employer, month.month.iso(), month.reported, month.accepted,
                          month.refused, month.whole_hours, month.signed_on ? month.signed_on->iso() : std::string(),
                          why == reasons.end() ? Table::Value(std::string()) : Table::Word{codes_of(why->second), words_of(why->second)}});
    reported += month.reported, accepted += month.accepted, refused += month.refused, whole += month.whole_hours;
  }
  if (!table.rows.empty())
    table.rows.push_back({Message{"table.total", {}}, std::string(), std::string(), reported, accepted, refused, whole,
                          std::string(), std::string()});
  return table;
}

std::vector<Finding> staff_findings(const ProjectState& state, Period period) {
  std::vector<Finding> found;
  const auto within = [&](Date day) { return period.touches({day, day}); };
  const auto clock = [](int minute) { return (minute < 600 ? "0" : "") + hours_text(minute); };
  for (const StaffTwoPlaces& both : state.staff_hours.two_places) {
    const StaffTime& time = state.staff[both.record];
    const Date day = Date::of_days(time.day);
    if (!within(day)) continue;
    const std::string until = time.end >= 0 ? clock(time.end) : std::string();
    found.push_back({.code = "staff.two-places",
                     .level = Level::Warning,
                     .values = {time.staff_id, day.iso(), clock(time.start) + "–" + until, both.with, hours_text(both.minutes)}});
  }
  std::map<StaffMember, std::pair<std::int64_t, Date>> untold;  // how many days, and the first
  for (const StaffDayUntold& one : state.staff_hours.untold)
    if (within(one.day)) ++untold.try_emplace(one.member, 0, one.day).first->second.first;
  for (const auto& [member, days] : untold)
    found.push_back({.code = "staff.overlap-untold",
                     .level = Level::Notice,
                     .values = {member.staff_id, std::to_string(days.first), days.second.iso()}});
  return found;
}

Table staff_caps_table(const ProjectState& state, Period period) {
  Table table{.schema = "staff-caps"};
  table.columns = {{"staff", {"Anst.nr", "Staff no."}},
                   {"year", {"År", "Year"}},
                   {"employment_hundredths", {"Tjänstgöring %", "Employed %"}},
                   {"cap_min", {"Årsgräns", "Cap"}, Kind::Hours},
                   {"here_min", {"Rapporterat här", "Reported here"}, Kind::Hours},
                   {"accepted_min", {"Godkänt här", "Accepted here"}, Kind::Hours},
                   {"other_projects_min", {"Godkänt i andra projekt", "Accepted in other projects"}, Kind::Hours},
                   {"other_eu_min", {"Andra EU-projekt", "Other EU projects"}, Kind::Hours},
                   {"left_min", {"Kvar", "Left"}, Kind::Hours},
                   {"over_min", {"Över", "Over"}, Kind::Hours}};
  table.when_empty = {"Ingen personaltid", "No staff time"};
  for (const StaffYear& year : state.staff_hours.years) {
    if (!period.touches({*Date::of(year.year, 1, 1), *Date::of(year.year, 12, 31)})) continue;
    const auto known = [&](std::int64_t minutes) { return year.cap ? Table::Value{minutes} : Table::Value{std::string()}; };
    table.rows.push_back({year.member.staff_id, std::to_string(year.year), percent(year.employment_share),
                          known(year.cap.value_or(Minutes{}).count()), year.here, year.accepted,
                          year.accepted_elsewhere, year.other_eu, known(year.left()), known(year.over)});
  }
  return table;
}

}  // namespace horisont
