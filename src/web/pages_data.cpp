#include <algorithm>

#include "app/answers.h"
#include "app/evidence.h"
#include "app/month.h"
#include "web/pages.h"

namespace horisont::web {

Response problems_page(Visit& visit) {
  List list;
  list.key = "problems";
  list.keep(visit, [&] {
    // The worst first.
    auto findings = open_problems(*visit.snapshot->whole());
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) { return a.level < b.level; });
    return findings_table(findings);
  });
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
  const auto month = Month::parse(visit.request.query("manad"));
  const Period period = month ? Period{month->first(), month->last()} : Period{*Date::of(1, 1, 1), std::nullopt};
  const std::string& asked = visit.request.query("per");
  const auto person = person_of_reference(visit.request.query("deltagare"));
  std::string by = month ? "activity" : "month-activity";
  for (const char* known : {"activity", "participant", "day", "reason", "month"})
    if (asked == known) by = known;
  List list;
  list.key = "hours " + by + " " + (month ? month->iso() : "") + (person ? " " + visit.request.query("deltagare") : "");
  list.keep(visit, [&] {
    const ProjectState hours = visit.snapshot->hours(person);
    return by == "month-activity" ? month_activities_table(hours) : hours_table(hours, by, period, person);
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
  if (person)
    before.add(el("p", visit.t("web.hours.of"), " ",
                  link(visit.base() + "/deltagare/" + visit.request.query("deltagare"), visit.request.query("deltagare"))));
  Html after;
  if (by != "reason" && !person) {
    const auto reasons = visit.snapshot->derived<Table>("hours reason " + (month ? month->iso() : ""),
                                                        [&] { return hours_table(visit.snapshot->hours(), "reason", period); });
    after = el("section", el("h2", visit.t("web.hours.why")), plain_table(visit, *reasons, visit.t("web.hours.by-reason")));
  }
  return list_page(visit, visit.t("web.nav.hours"), before, list, after);
}

Html money_changes(const Visit& visit, const Effect& effect) {
  Html out;
  if (!effect.claims.empty()) out.add(plain_table(visit, claim_changes_table(effect), visit.t("web.import.claims")));
  if (!effect.indicators.empty()) out.add(plain_table(visit, indicator_changes_table(effect), visit.t("web.import.indicators")));
  return out;
}

}  // namespace horisont::web
