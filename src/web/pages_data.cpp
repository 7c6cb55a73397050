#include <algorithm>

#include "app/answers.h"
#include "app/evidence.h"
#include "app/month.h"
#include "app/outside.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

// What of a month, or of all, was reported and is accepted.
LedgerCell total_hours(const Visit& visit, std::optional<Month> month) {
  LedgerCell total;
  for (const LedgerCell& cell : visit.state().hours.cells)
    if (!month || cell.month == month->number()) total.reported += cell.reported, total.accepted += cell.accepted;
  return total;
}

}  // namespace

Table hours_by(const Visit& visit, std::string_view by, Period period, std::optional<std::uint32_t> person) {
  if (person) return hours_table(visit.snapshot->hours(person), by, period, person);
  HoursCount count(by, period);
  visit.snapshot->known->hours.each([&](const TimeRecord& time, const LedgerLine& line) { count.add(time, line); });
  return count.table(visit.state());
}

Response problems_page(Visit& visit) {
  List list;
  list.key = "problems";
  // What is missing of each person, then what the files left to look at.
  const auto of_person = [](const ProjectState& state) {
    auto findings = evidence_findings(state);
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
      return person_of_reference(a.participant) < person_of_reference(b.participant);
    });
    return findings_table(findings);
  };
  const std::vector<Finding>& by_hand = visit.state().findings;
  const auto& of_files = visit.snapshot->known->of_files;
  const auto nobodys = [&] {
    auto findings = by_hand;
    findings.insert(findings.end(), of_files->findings.begin(), of_files->findings.end());
    return findings_table(findings);
  };
  list.keep_by_person(visit, of_person, nobodys, by_hand.empty() ? of_files : nullptr);
  list.worst_first = true;
  list.caption = visit.t("web.nav.problems");
  list.facets = {"level", "code", "file", "heading"};
  list.hidden = {"code"};  // what it stands for is said
  list.says["code"] = [&](const Table::Value& code) { return problem_words(word_of(code), visit.language); };
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  list.links["code"] = [&](const Table::Value& code) {
    return visit.base() + "/problem?code=" + percent_encoded(std::get<std::string>(code));
  };
  Html before = el("p", {{"class", "lead"}}, visit.t("web.problems.lead"));
  // What to do is the same for all of one kind.
  if (const std::string& code = visit.request.query("code"); !code.empty() && text_of(code + ".do"))
    before.add(el("p", {{"class", "box"}}, el("strong", visit.t("web.problems.do")), " ", visit.t((code + ".do").c_str())));
  return list_page(visit, visit.t("web.nav.problems"), before, list);
}

Response hours_page(Visit& visit) {
  std::optional<Month> month;
  if (const auto parsed = Month::parse(visit.request.query("manad"))) month = *parsed;
  const Period period = month ? Period{month->first(), month->last()} : Period{*Date::of(1, 1, 1), std::nullopt};
  const std::string& asked = visit.request.query("per");
  const auto person = person_of_reference(visit.request.query("deltagare"));
  std::string by = month ? "activity" : "month-activity";
  for (const char* known : {"activity", "participant", "day", "reason", "month"})
    if (asked == known) by = known;
  // What the address asks for and is not done is said above all that is shown instead.
  Html not_done;
  if (const std::string& named = visit.request.query("manad"); !named.empty() && !month)
    not_done.add(error_box(visit, visit.t("web.month.none", {named})));
  if (month)
    if (const auto outside = outside_project(*visit.state().project, *month))
      not_done.add(el("p", {{"class", "box look"}, {"role", "status"}}, visit.say(*outside)));
  if (!asked.empty() && by != asked) not_done.add(error_box(visit, visit.t("web.hours.by-unknown", {asked})));
  List list;
  list.key = "hours " + by + " " + (month ? month->iso() : "") + (person ? " " + visit.request.query("deltagare") : "");
  if (by == "participant" && !person)
    list.keep_by_person(visit, [&](const ProjectState& state) { return participant_hours_table(state, month); },
                        [&] {
                          Table total;
                          if (const auto sum = total_hours(visit, month); sum.reported > 0)
                            total.rows.push_back({Message{"table.total", {}}, sum.reported, sum.accepted, sum.refused()});
                          return total;
                        });
  else
    list.keep(visit, [&] {
      if (by != "month-activity") return hours_by(visit, by, period, person);
      MonthActivities sums;
      visit.snapshot->known->hours.each([&](const TimeRecord& time, const LedgerLine& line) { sums.add(time, line); });
      return sums.table(visit.state());
    });
  list.caption = visit.t(("web.hours.by-" + by).c_str());
  if (by == "month-activity") list.facets = {"activity"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  list.links["month"] = [&](const Table::Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text ? visit.base() + "/timmar?manad=" + *text : std::string();
  };
  Html choices;
  for (const char* way : {"month-activity", "month", "activity", "participant", "day", "reason"})
    choices.add(
        el("option", {{"value", way}, {"selected", "", by == way}}, visit.t((std::string("web.hours.by-") + way).c_str())));
  Html fields = field("manad", visit.t("web.month"), month_choice(visit, "manad", visit.request.query("manad"), true));
  fields.add(field("per", visit.t("web.hours.by"), el("select", {{"name", "per"}, {"id", "per"}}, choices)));
  if (person) fields.add(hidden("deltagare", visit.request.query("deltagare")));
  Html before = el("form", {{"method", "get"}, {"action", visit.path}, {"class", "row filter"}, {"data-submit", ""}}, fields,
                   el("button", visit.t("web.show")));
  before = not_done + before;
  if (person)
    before.add(el("p", visit.t("web.hours.of"), " ",
                  link(visit.base() + "/deltagare/" + visit.request.query("deltagare"), visit.request.query("deltagare"))));
  Html after;
  if (by != "reason" && !person) {
    const auto reasons = visit.snapshot->derived<Table>("hours reason " + (month ? month->iso() : ""),
                                                        [&] { return hours_by(visit, "reason", period, {}); });
    after = el("section", el("h2", visit.t("web.hours.why")), plain_table(visit, *reasons, visit.t("web.hours.by-reason")));
  }
  return list_page(visit, visit.t("web.nav.hours"), before, list, after);
}

Html money_changes(const Visit& visit, const Effect& effect) {
  Html out;
  if (!effect.staff.empty()) out.add(plain_table(visit, staff_changes_table(effect), visit.t("web.import.staff")));
  if (!effect.claims.empty()) out.add(plain_table(visit, claim_changes_table(effect), visit.t("web.import.claims")));
  if (!effect.indicators.empty()) out.add(plain_table(visit, indicator_changes_table(effect), visit.t("web.import.indicators")));
  return out;
}

}  // namespace horisont::web
