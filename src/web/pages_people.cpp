#include <algorithm>

#include "app/answers.h"
#include "app/assess.h"
#include "app/correct.h"
#include "app/effect_on_some.h"
#include "app/reveal.h"
#include "app/rules.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

std::optional<Participation> person_in(const Visit& visit) {
  const auto number = person_of_reference(visit.parts.front());
  const auto place = number ? visit.snapshot->people().place_of(*number) : std::nullopt;
  return place ? std::optional(visit.snapshot->people()[*place]) : std::nullopt;
}

Response nobody(const Visit& visit) {
  return message_page(visit, 404, visit.t("web.not-found.title"),
                      visit.t("cli.participant-unknown", {visit.parts.front(), visit.project}), visit.base() + "/deltagare");
}

const Decision& decision_of(const Visit& visit, const Participation& person) {
  return visit.snapshot->known->decisions[*visit.snapshot->people().place_of(person.person)];
}

Html verdict_mark(const Visit& visit, Verdict verdict) {
  static constexpr const char *looks[] = {"good", "look", "bad", "look"}, *signs[] = {"✔", "✔!", "✘", "?"};
  const auto i = static_cast<std::size_t>(verdict);
  return el("span", {{"class", std::string("mark large ") + looks[i]}},
            el("span", {{"aria-hidden", "true"}}, std::string(signs[i]) + " "),
            visit.say({"verdict." + std::string(name_of(verdict)), {}}));
}

Html reveal_form(const Visit& visit, const Participation& person) {
  if (person.protected_identity) return el("p", {{"class", "box"}}, visit.t("reveal.protected", {person.reference}));
  return form_to(visit, visit.base() + "/deltagare/" + person.reference + "/visa",
                 field("syfte", visit.t("web.person.purpose"),
                       el("input", {{"id", "syfte"},
                                    {"name", "syfte"},
                                    {"required", ""},
                                    {"minlength", "10"},
                                    {"maxlength", "200"},
                                    {"autocomplete", "off"},
                                    {"aria-describedby", "syfte-hint"}}),
                       visit.t("web.person.purpose.hint")) +
                     el("button", visit.t("web.person.show")));
}

Html correct_form(const Visit& visit, const Participation& person) {
  Html choices;
  for (const char* key : {"entry_date", "exit_date", "birth_date", "home_municipality", "employment_status", "in_education",
                          "upper_secondary_complete", "kaa_registered", "information_given_on"})
    choices.add(el("option", {{"value", key}}, field_word(*visit.workspace().schemas, RecordKind::Participants, key).shown.in(visit.language)));
  return form_to(visit, visit.base() + "/deltagare/" + person.reference + "/ratta",
                 field("falt", visit.t("web.correct.field"), el("select", {{"id", "falt"}, {"name", "falt"}}, choices)) +
                     field("varde", visit.t("web.correct.value"),
                           el("input", {{"id", "varde"},
                                        {"name", "varde"},
                                        {"maxlength", "200"},
                                        {"autocomplete", "off"},
                                        {"aria-describedby", "varde-hint"}}),
                           visit.t("web.correct.value.hint")) +
                     field("skal", visit.t("web.correct.reason"),
                           el("input", {{"id", "skal"},
                                        {"name", "skal"},
                                        {"required", ""},
                                        {"minlength", "10"},
                                        {"maxlength", "500"},
                                        {"autocomplete", "off"},
                                        {"aria-describedby", "skal-hint"}}),
                           visit.t("web.correct.reason.hint")) +
                     el("button", {{"name", "steg"}, {"value", "visa"}}, visit.t("web.correct.preview")));
}

Response person_response(const Visit& visit, const Participation& person, const Html& first, int status = 200) {
  const Decision& decision = decision_of(visit, person);
  const std::string here = visit.base() + "/deltagare/" + person.reference;
  Html spells;
  for (const Period& spell : person.spells)
    spells.add(el("li", spell.first.iso() + " – " + (spell.last ? spell.last->iso() : visit.t("web.person.going-on"))));
  Html main = first;
  main.add(el("div", {{"class", "row lead"}}, verdict_mark(visit, decision.verdict),
              el("a", {{"href", here + "/bedomning"}, {"class", "button small"}}, visit.t("web.person.why")),
              el("a", {{"href", here + "/historik"}, {"class", "button small"}}, visit.t("web.history.title")),
              el("a", {{"href", visit.base() + "/underlag?participant=" + person.reference}, {"class", "button small"}},
                 visit.t("web.evidence.title"))));
  if (!spells.empty()) main.add(el("ul", {{"class", "inline"}}, spells));
  main.add(el(
      "section", el("h2", visit.t("web.person.facts")),
      el("div", {{"class", "stack"}}, plain_table(visit, person_table(*visit.workspace().schemas, visit.state(), person, visit.language),
                                                  visit.t("web.person.facts")))));
  const Period always{*Date::of(1, 1, 1), std::nullopt};
  const std::string key = "person|" + person.reference;  // soon made again
  const auto months = visit.snapshot->derived<Table>(
      key + " month", [&] { return hours_table(visit.snapshot->hours(person.person), "month", always, person.person); });
  const auto reasons = visit.snapshot->derived<Table>(
      key + " reason", [&] { return hours_table(visit.snapshot->hours(person.person), "reason", always, person.person); });
  main.add(el("section", el("h2", visit.t("web.nav.hours")),
              el("div", {{"class", "columns"}},
                 plain_table(visit, *months, visit.t("web.overview.hours"),
                             {{"month",
                               [&](const Table::Value& month) {
                                 return visit.base() + "/timmar?per=day&manad=" + std::get<std::string>(month) +
                                        "&deltagare=" + person.reference;
                               }}}),
                 plain_table(visit, *reasons, visit.t("web.hours.by-reason")))));
  main.add(el("div", {{"class", "columns"}},
              el("section", {{"class", "card"}}, el("h2", visit.t("web.person.identity")), reveal_form(visit, person)),
              el("section", {{"class", "card"}}, el("h2", visit.t("web.correct")), el("p", visit.t("web.correct.lead")),
                 correct_form(visit, person))));
  return page(visit, person.reference, main, status);
}

}  // namespace

Response participants_page(Visit& visit) {
  List list;
  list.key = "participants";
  list.keep_by_person(visit, [](const ProjectState& state) { return participants_table(state, {}); });
  list.caption = visit.t("web.nav.people");
  list.facets = {"verdict", "subproject", "rules"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  Html lead = el("p", {{"class", "lead"}}, visit.t("web.people.lead"));
  if (!visit.snapshot->people().empty() && visit.state().rule_set)
    lead.add(form_to(visit, visit.base() + "/bedom",
                     el("button", {{"class", "quiet"}}, visit.t("web.people.record")) +
                         el("span", {{"class", "hint"}}, visit.t("web.people.record.hint"))));
  return list_page(visit, visit.t("web.nav.people"), lead, list);
}

Response assess_page(Visit& visit) {
  Workspace workspace = workspace_to_write(visit);
  const ProjectState state = project_state(workspace, visit.project, visit.today, Explain::No);
  const Assessment assessment = assess(workspace, state, true, visit.actor(), visit.now);
  return see_other(visit.base() + "/deltagare?bedomda=" + std::to_string(assessment.run));
}

Response person_page(Visit& visit) {
  const auto person = person_in(visit);
  if (!person) return nobody(visit);
  if (visit.form != Visit::Form::Page && visit.request.query("tabell").empty()) {
    List list;
    list.table = std::make_shared<const Table>(person_table(*visit.workspace().schemas, visit.state(), *person, visit.language));
    return list_page(visit, "", {}, list);
  }
  const Html done = visit.request.query("rattat").empty()
                        ? Html()
                        : el("p", {{"class", "box good"}, {"role", "status"}}, visit.t("cli.corrected", {person->reference}));
  return person_response(visit, *person, done);
}

Response reveal_page(Visit& visit) {
  const auto person = person_in(visit);
  if (!person) return nobody(visit);
  const auto seen = reveal(visit.workspace(), *person,
                           {.project = visit.project,
                            .purpose = visit.request.field("syfte"),
                            .actor = visit.actor(),
                            .now = visit.now});
  if (!seen) return person_response(visit, *person, error_box(visit, visit.say(seen.error().message)), 422);
  std::string number = seen->number;
  if (number.size() == 12) number.insert(8, "-");
  const Html box = el("div", {{"class", "box"}, {"role", "status"}},
                      el("dl", {{"class", "facts"}}, el("dt", visit.t("web.person.number")), el("dd", number),
                         el("dt", visit.t("web.person.name")), el("dd", seen->name)),
                      el("p", {{"class", "small"}}, visit.t("web.person.logged", {visit.now.swedish()})));
  return person_response(visit, *person, box);
}

namespace {

// A mark of all that is stored of a person, to see whether it has changed; compared by this program alone.
std::string person_said(const Workspace& workspace, const std::string& project, std::uint32_t person) {
  std::string said;
  for (const Record& record : workspace.store.records(project, {}, {}, Store::Wanted{.persons = {&person, 1}})) {
    if (record.person != person) continue;
    said += std::string(name_of(record.kind)) + "\n";
    for (const FieldValue& value : record.values) said += value.field + "\t" + value.value + "\n";
  }
  return std::to_string(std::hash<std::string>{}(said));
}

}  // namespace

Response correct_page(Visit& visit) {
  const auto person = person_in(visit);
  if (!person) return nobody(visit);
  const CorrectionRequest asked{.project = visit.project,
                                .participant = person->reference,
                                .changes = {{visit.request.field("falt"), visit.request.field("varde")}},
                                .reason = visit.request.field("skal"),
                                .today = visit.today,
                                .actor = visit.actor(),
                                .now = visit.now};
  Workspace workspace = workspace_to_write(visit);
  // What the form was shown with: another tab may have corrected the same field since.
  const std::string& seen = visit.request.field("sett");
  const std::string now = person_said(workspace, visit.project, person->person);
  const bool overtaken = visit.request.field("steg") == "spara" && !seen.empty() && seen != now;
  if (visit.request.field("steg") == "spara" && !overtaken) {
    if (const auto done = correct(workspace, asked); !done)
      return person_response(visit, *person, error_box(visit, visit.say(done.error().message)), 422);
    return see_other(visit.base() + "/deltagare/" + person->reference + "?rattat=1");
  }
  std::optional<Message> wrong;
  std::vector<Finding> doubts;
  const Preview shown_first = preview(workspace, *visit.snapshot, {person->person}, [&] {
    if (const auto done = correct(workspace, asked); !done)
      wrong = done.error().message;
    else
      doubts = against_the_number(workspace, asked);
  });
  if (wrong) return person_response(visit, *person, error_box(visit, visit.say(*wrong)), 422);
  const std::string here = visit.base() + "/deltagare/" + person->reference;
  Html main;
  if (overtaken) main.add(error_box(visit, visit.t("web.correct.overtaken")));
  main.add(el("p", {{"class", "lead"}}, visit.t("web.correct.effect")));
  for (const Finding& doubt : doubts)
    main.add(el("div", {{"class", "box look"}}, el("p", el("strong", visit.told(doubt))), el("p", visit.advice(doubt))));
  if (!shown_first.filed.empty())
    main.add(el("p", {{"class", "box look"}}, visit.t("web.month.will-reopen", {listed(shown_first.filed)})));
  main.add(el("h2", visit.t("web.import.difference")) +
           plain_table(visit, difference_table(workspace, visit.project, shown_first, 100), visit.t("web.import.difference")));
  main.add(el("div", {{"class", "columns"}},
              plain_table(visit, verdict_changes_table(shown_first.effect), visit.t("web.import.verdicts")),
              plain_table(visit, month_changes_table(shown_first.effect), visit.t("web.import.months")) +
                  money_changes(visit, shown_first.effect)));
  main.add(el(
      "div", {{"class", "row actions"}},
      form_to(visit, here + "/ratta",
              hidden("falt", asked.changes[0].field) + hidden("varde", asked.changes[0].text) + hidden("skal", asked.reason) +
                  hidden("sett", now) +
                  el("button", {{"name", "steg"}, {"value", "spara"}, {"class", "primary"}}, visit.t("web.correct.save"))),
      el("a", {{"href", here}, {"class", "button"}}, visit.t("web.cancel"))));
  Response shown = page(visit, visit.t("web.correct.title", {person->reference}), main);
  if (overtaken) shown.status = 409;
  return shown;
}

Response assessment_page(Visit& visit) {
  const auto person = person_in(visit);
  if (!person) return nobody(visit);
  const ProjectState& state = visit.state();
  if (!state.rule_set)
    return message_page(visit, 404, person->reference, visit.t("web.assessment.no-rules"),
                        visit.base() + "/deltagare/" + person->reference);
  Explanation explanation = explain(*person, *state.project, *state.programme, *state.rule_set);
  for (const ManualDecision& manual : state.manual)
    if (manual.person == person->person) apply(manual, decision_of(visit, *person), explanation);
  List list;
  list.table = std::make_shared<const Table>(explanation_table(state, explanation, person->person, visit.language,
                                                               visit.workspace().schemas.get()));
  list.caption = visit.t("web.assessment.rules");
  list.facets = {"outcome"};
  const std::string rules = rule_set_address(*state.rule_set);
  list.links["rule"] = [&](const Table::Value& code) {
    return rules + "?rule=" + percent_encoded(std::get<std::string>(code));
  };
  Html before = el("div", {{"class", "row lead"}}, verdict_mark(visit, explanation.verdict),
                   el("span", visit.t("web.assessment.on", {state.today.iso()})));
  before.add(el("p", visit.t("web.assessment.by"), " ", link(rules, explanation.rule_set), " ",
                el("code", "SHA-256 " + explanation.rule_set_sha256.substr(0, 16))));
  Html ways;
  for (const std::string& way :
       other_verdicts(what_would_change(*person, *state.project, *state.programme, *state.rule_set), visit.language))
    ways.add(el("li", way));
  Html after;
  if (!ways.empty())
    after = el("section", {{"class", "card"}}, el("h2", visit.t("web.assessment.other")),
               el("p", visit.t("web.assessment.other.lead")), el("ul", ways));
  after.add(
      el("p", link(visit.base() + "/deltagare/" + person->reference, visit.t("web.assessment.back", {person->reference}))));
  return list_page(visit, visit.t("web.assessment.title", {person->reference}), before, list, after);
}

}  // namespace horisont::web
