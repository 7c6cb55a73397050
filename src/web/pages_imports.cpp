#include <algorithm>
#include <map>
#include <tuple>

#include "app/answers.h"
#include "app/blank.h"
#include "app/fix.h"
#include "app/import_file.h"
#include "app/marked_up.h"
#include "app/questions.h"
#include "web/gate.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

Html kind_choice(const Visit& visit, const std::string& name) {
  Html choices = el("option", {{"value", ""}}, visit.t("web.import.kind.found"));
  for (const char* kind : {"participants", "attendance", "staff-time", "results", "evidence"})
    choices.add(el("option", {{"value", kind}}, visit.say({std::string("record.") + kind, {}})));
  return el("select", {{"name", name}, {"id", name}}, choices);
}

Html reason_field(const Visit& visit) {
  return field("skal", visit.t("web.correct.reason"),
               el("input", {{"name", "skal"},
                            {"id", "skal"},
                            {"required", ""},
                            {"minlength", "10"},
                            {"maxlength", "500"},
                            {"autocomplete", "off"}}));
}

Html upload_form(const Visit& visit) {
  Html profiles = el("option", {{"value", ""}}, visit.t("web.import.profile.none"));
  std::vector<std::string> names;
  for (const StoredProfile& profile : visit.snapshot->profiles)
    if (!profile.text.empty() && std::find(names.begin(), names.end(), profile.name) == names.end())
      names.push_back(profile.name);
  for (const std::string& name : names) profiles.add(el("option", {{"value", name}}, name));
  return el(
      "form",
      {{"method", "post"},
       {"action", visit.base() + "/inlasningar"},
       {"enctype", "multipart/form-data"},
       {"class", "drop"},
       {"data-drop", ""}},
      hidden("token", visit.token),
      field("fil", visit.t("web.import.file"),
            el("input", {{"type", "file"},
                         {"name", "fil"},
                         {"id", "fil"},
                         {"required", ""},
                         {"accept", ".xlsx,.xlsm,.ods,.csv,.txt,.tsv"},
                         {"aria-describedby", "fil-hint"}}),
            visit.t("web.import.file.hint")),
      el("details", el("summary", visit.t("web.import.more")),
         el("div", {{"class", "row filter"}}, field("slag", visit.t("web.import.kind"), kind_choice(visit, "slag")),
            field("manad", visit.t("web.import.month"), month_choice(visit, "manad", "", true)),
            field("profil", visit.t("web.import.profile"), el("select", {{"name", "profil"}, {"id", "profil"}}, profiles)))),
      el("button", {{"class", "primary"}}, visit.t("web.import.read")));
}

// Where the outcome of a reading is seen.
std::string leads_to(const std::string& base, const ImportOutcome& outcome) {
  if (outcome.draft) return base + "/utkast/U-" + std::to_string(outcome.draft);
  if (outcome.earlier) return base + "/inlasningar/I-" + std::to_string(outcome.earlier->id) + "?redan=1";
  return base + "/inlasningar/I-" + std::to_string(outcome.stored.id) + "?klar=1";
}

// A draft's outcome is worked out by reading its file again: once for each state of the facts.
Result<std::shared_ptr<const ImportOutcome>> outcome_of(Visit& visit, std::uint32_t draft) {
  using Known = Result<std::shared_ptr<const ImportOutcome>>;
  const auto known = visit.snapshot->derived<Known>("draft " + std::to_string(draft), [&]() -> Known {
    Workspace workspace = workspace_to_write(visit);
    CommitRequest asked{.project = visit.project, .draft = draft, .actor = visit.actor(), .now = visit.now};
    asked.until = ImportRequest::Until::Check;
    auto outcome = commit_draft(workspace, asked);
    if (!outcome) return tl::make_unexpected(outcome.error());
    return std::make_shared<const ImportOutcome>(std::move(*outcome));
  });
  return *known;
}

Html problems_by_kind(const Visit& visit, const std::vector<Finding>& findings) {
  struct Group {
    const Finding* first;
    std::int64_t count;
  };
  std::vector<Group> groups;
  for (const Finding& finding : findings) {
    const auto known = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return group.first->code == finding.code && group.first->level == finding.level;
    });
    if (known == groups.end())
      groups.push_back({&finding, 1});
    else
      ++known->count;
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.first->level < b.first->level; });
  Html items;
  for (const Group& group : groups) {
    static constexpr const char *looks[] = {"bad", "look", "note"}, *ids[] = {"level.error", "level.warning", "level.notice"};
    const auto level = static_cast<std::size_t>(group.first->level);
    const std::string advice = advice_words(*group.first, visit.language);
    items.add(el("li", el("span", {{"class", std::string("mark ") + looks[level]}}, visit.t(ids[level])), " ",
                 el("strong", count_words(group.count, visit.language) + " × "), finding_words(*group.first, visit.language),
                 " ",
                 el("span", {{"class", "small"}},
                    "(" + place_words(group.first->place, visit.language) + (group.count > 1 ? " …" : "") + ")"),
                 advice.empty() ? Html() : el("p", {{"class", "advice"}}, advice)));
  }
  return items.empty() ? el("p", {{"class", "box good"}}, visit.t("web.import.no-problems"))
                       : el("ul", {{"class", "problems"}}, items);
}

// Every heading, with what it is read as to be chosen anew.
Html columns_html(const Visit& visit, const ImportOutcome& outcome) {
  const auto fields = fields_of(visit.workspace(), outcome.kind);
  Html rows;
  std::size_t number = 0;
  const auto add = [&](const std::string& heading, const std::string& field) {
    const std::string id = "falt-" + std::to_string(++number);
    Html choices = el("option", {{"value", "not-read"}, {"selected", "", field.empty()}}, visit.t("web.import.unread"));
    for (const auto& [key, name] : fields)
      choices.add(el("option", {{"value", key}, {"selected", "", key == field}}, name.in(visit.language)));
    rows.add(el("tr",
                el("th", {{"scope", "row"}}, el("label", {{"for", id}}, heading),
                   field.empty() ? Html(" ") + el("span", {{"class", "mark look"}}, visit.t("web.import.unread")) : Html()),
                el("td", hidden("rubrik-" + std::to_string(number), heading) +
                             el("select", {{"name", id}, {"id", id}}, choices))));
  };
  for (const auto& [field, heading] : outcome.mapping)
    if (!heading.empty()) add(heading, field);
  for (const std::string& heading : outcome.unread) add(heading, "");
  if (rows.empty()) return el("p", {{"class", "empty"}}, visit.t("web.import.no-columns"));
  return el("div", {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", visit.t("web.import.columns")}},
            el("table", el("caption", visit.t("web.import.columns")),
               el("thead", el("tr", el("th", {{"scope", "col"}}, visit.t("web.import.heading")),
                              el("th", {{"scope", "col"}}, visit.t("web.import.field")))),
               el("tbody", rows)));
}

// What the file leaves open: an answer holds for all its cells.
Html questions_html(const Visit& visit, const std::vector<Question>& questions) {
  Html out;
  std::size_t number = 0;
  for (const Question& question : questions) {
    const std::string id = "fraga-" + std::to_string(++number);
    Html choices = el("option", {{"value", ""}}, visit.t("web.import.question.choose"));
    for (const Question::Choice& choice : question.choices)
      choices.add(el("option", {{"value", choice.answer}}, choice.shown.in(visit.language)));
    out.add(field(id, visit.say(question.asked), el("select", {{"name", id}, {"id", id}, {"aria-describedby", id + "-hint"}}, choices),
                  visit.t("web.import.question.cells", {count_words(question.cells, visit.language), question.where})));
  }
  return out;
}

Html profile_field(const Visit& visit, const std::string& id) {
  return field(id, visit.t("web.import.save-profile"),
               el("input", {{"name", "spara"}, {"id", id}, {"maxlength", "100"}, {"autocomplete", "off"}}));
}

Html revise_form(const Visit& visit, const std::string& id, const ImportOutcome& outcome) {
  Html sheets = el("option", {{"value", ""}}, visit.t("web.import.as-found"));
  for (const std::string& sheet : outcome.sheets)
    if (!sheet.empty()) sheets.add(el("option", {{"value", sheet}}, sheet));
  return form_to(
      visit, visit.base() + "/utkast/" + id + "/las-om",
      columns_html(visit, outcome) +
          el("div", {{"class", "row filter"}},
             field("blad", visit.t("web.import.sheet"), el("select", {{"name", "blad"}, {"id", "blad"}}, sheets)),
             field("rubrik", visit.t("web.import.header"),
                   el("input", {{"name", "rubrik"}, {"id", "rubrik"}, {"maxlength", "10"}, {"autocomplete", "off"}})),
             field("slag", visit.t("web.import.kind"), kind_choice(visit, "slag")),
             field("manad", visit.t("web.import.month"), month_choice(visit, "manad", "", true)),
             profile_field(visit, "spara")) +
          el("button", visit.t("web.import.read-again")));
}

Html commit_form(const Visit& visit, const std::string& id, const ImportOutcome& outcome) {
  const bool errors = std::any_of(outcome.findings.begin(), outcome.findings.end(),
                                  [](const Finding& finding) { return finding.level == Level::Error; });
  Html fields;
  if (errors)
    fields.add(el("p", {{"class", "box look"}},
                  visit.t("web.import.good-rows.why", {count_words(outcome.rows_refused, visit.language)})) +
               hidden("rader", "good"));
  if (outcome.missing.missing_facts > 0) {
    const auto radio = [&](const char* value, const char* text, bool chosen) {
      return el("div", {{"class", "choice"}},
                el("input", {{"type", "radio"},
                             {"name", "saknas"},
                             {"id", std::string("saknas-") + value},
                             {"value", value},
                             {"checked", "", chosen}}),
                el("label", {{"for", std::string("saknas-") + value}}, visit.t(text)));
    };
    fields.add(el("fieldset",
                  el("legend", visit.t("web.import.missing", {count_words(outcome.missing.missing_facts, visit.language)})),
                  radio("keep", "web.import.missing.keep", true),
                  outcome.kind == RecordKind::Participants ? radio("end", "web.import.missing.end", false) : Html(),
                  radio("misread", "web.import.missing.misread", false),
                  el("div", {{"class", "row filter"}},
                     field("slutdag", visit.t("web.import.missing.day"),
                           el("input", {{"type", "date"}, {"name", "slutdag"}, {"id", "slutdag"}})),
                     field("skal", visit.t("web.correct.reason"),
                           el("input", {{"name", "skal"}, {"id", "skal"}, {"maxlength", "500"}, {"autocomplete", "off"}})))));
  }
  if (outcome.preview && !outcome.preview->filed.empty()) {
    fields.add(el("p", {{"class", "box look"}}, visit.t("web.month.will-reopen", {listed(outcome.preview->filed)})));
    if (outcome.missing.missing_facts == 0) fields.add(reason_field(visit));
  }
  fields.add(el("button", {{"class", "primary"}}, visit.t(errors ? "web.import.commit-good" : "web.import.commit")));
  return form_to(visit, visit.base() + "/utkast/" + id + "/las-in", fields);
}

// The answers of both forms: what was chosen of the questions, and the headings that are to be read as something else.
std::vector<std::string> answers_of(const Request& request, const ImportOutcome& shown) {
  std::vector<std::string> answers;
  for (const auto& [name, value] : request.form) {
    if (name.starts_with("fraga-") && !value.empty()) answers.push_back(value);
    if (!name.starts_with("falt-") || value.empty()) continue;
    const std::string& heading = request.field("rubrik-" + name.substr(5));
    const auto now = std::find_if(shown.mapping.begin(), shown.mapping.end(), [&](const auto& one) { return one.second == heading; });
    const std::string field = now == shown.mapping.end() ? "not-read" : now->first;
    if (!heading.empty() && value != field) answers.push_back(heading + "=" + value);
  }
  return answers;
}

Response no_draft(const Visit& visit, const Message& why) {
  return message_page(visit, 404, visit.t("web.not-found.title"), visit.say(why), visit.base() + "/inlasningar");
}

std::string fix_address(const Visit& visit, const std::string& id, const Place& place) {
  return visit.base() + "/utkast/" + id + "/ratta?cell=" + percent_encoded(cell_words(place));
}

// What another value settles: one line for all cells that say the same, those with most cells first.
Html fixable_html(const Visit& visit, const std::string& id, const ImportOutcome& outcome) {
  constexpr std::size_t most = 50;
  struct Group {
    const Finding* first;
    std::int64_t cells;
  };
  std::vector<Group> groups;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known;
  for (const Finding& finding : outcome.findings) {
    if (!can_be_fixed(finding)) continue;
    const auto field = std::find_if(outcome.mapping.begin(), outcome.mapping.end(),
                                    [&](const auto& one) { return one.second == finding.place.heading; });
    const std::string column = field == outcome.mapping.end() ? std::string() : field->first;
    const auto [at, fresh] = known.try_emplace({finding.code, column, finding.given}, groups.size());
    if (fresh)
      groups.push_back({&finding, 1});
    else
      ++groups[at->second].cells;
  }
  if (groups.empty()) return {};
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.cells > b.cells; });
  Html items;
  for (std::size_t i = 0; i < groups.size() && i < most; ++i) {
    const Finding& finding = *groups[i].first;
    const std::string given = given_words(finding);
    const std::string cell = cell_words(finding.place);
    items.add(el("li", el("a", {{"class", "button"}, {"href", fix_address(visit, id, finding.place)}},
                          visit.t("web.fix.cell", {cell})),
                 " ", el("strong", finding.place.heading + (given.empty() ? "" : ": " + given)), " ",
                 finding_words(finding, visit.language),
                 groups[i].cells > 1 ? Html(" ") + el("span", {{"class", "small"}},
                                                      visit.t("web.fix.alike-count", {count_words(groups[i].cells, visit.language)}))
                                     : Html()));
  }
  Html section = el("h3", visit.t("web.fix.title")) + el("p", visit.t("web.fix.lead")) + el("ul", {{"class", "problems fixes"}}, items);
  if (groups.size() > most)
    section.add(el("p", {{"class", "small"}},
                   visit.t("web.fix.more", {count_words(static_cast<std::int64_t>(groups.size() - most), visit.language)})));
  return section;
}

// What was fixed, each with the way back.
Html fixed_html(const Visit& visit, const std::string& id, const ImportOutcome& outcome) {
  const Table fixes = fixes_table(outcome.findings);
  if (fixes.rows.empty()) return {};
  return el("h3", visit.t("web.fix.fixed")) +
         plain_table(visit, fixes, visit.t("web.fix.fixed"), {{"cell", [&](const Table::Value& cell) {
                                                                 return visit.base() + "/utkast/" + id + "/ratta?tillbaka=1&cell=" +
                                                                        percent_encoded(std::get<std::string>(cell));
                                                               }}});
}

std::optional<std::uint32_t> draft_number(const Visit& visit) { return number_of("U-", visit.parts.front()); }

}  // namespace

Response imports_page(Visit& visit) {
  List list;
  list.table = std::make_shared<const Table>(imports_table(visit.snapshot->imports));
  list.caption = visit.t("web.import.earlier");
  list.facets = {"kind", "state"};
  list.links["import"] = [&](const Table::Value& id) { return visit.base() + "/inlasningar/" + std::get<std::string>(id); };
  Html before = el("section", {{"class", "card"}}, el("h2", visit.t("web.import.new")), upload_form(visit));
  const Table drafts = drafts_table(visit.snapshot->drafts);
  if (!drafts.rows.empty())
    before.add(el("section", el("h2", visit.t("web.import.drafts")),
                  plain_table(visit, drafts, visit.t("web.import.drafts"), {{"draft", [&](const Table::Value& id) {
                                                                               return visit.base() + "/utkast/" +
                                                                                      std::get<std::string>(id);
                                                                             }}})));
  Html blanks;
  for (const char* kind : {"participants", "attendance", "staff-time", "results", "evidence"})
    blanks.add(el("li", link(visit.base() + "/mall/" + kind, visit.say({std::string("record.") + kind, {}}))));
  before.add(el("section", el("h2", visit.t("web.import.blanks")), el("p", visit.t("web.import.blanks.lead")),
                el("ul", {{"class", "inline"}}, blanks)));
  before.add(el("h2", visit.t("web.import.earlier")));
  return list_page(visit, visit.t("web.nav.imports"), before, list);
}

Response upload_page(Visit& visit) {
  if (!visit.request.upload || visit.request.upload->size == 0)
    return message_page(visit, 422, visit.t("web.import.not-done"), visit.t("web.import.no-file"),
                        visit.base() + "/inlasningar");
  // The file outlives the request: it is taken out of the request's folder into the work's own.
  auto folder = std::make_shared<OwnFolder>();
  const auto file = folder->path / visit.request.upload->name;
  std::error_code error;
  std::filesystem::rename(visit.request.upload->file, file, error);
  if (error) std::filesystem::copy_file(visit.request.upload->file, file);
  ImportRequest asked{.project = visit.project, .file = file};
  asked.kind = record_kind(visit.request.field("slag"));
  if (const auto month = Month::parse(visit.request.field("manad"))) asked.month = *month;
  asked.until = ImportRequest::Until::Draft;
  asked.asks = true;
  asked.today = visit.today;
  asked.actor = visit.actor();
  asked.now = visit.now;
  Site& site = visit.site;
  const std::uint32_t number = site.jobs.begin(
      visit.project, {"web.job.read", {visit.request.upload->name}}, visit.base() + "/inlasningar",
      [&site, folder, asked, base = visit.base(), profile = visit.request.field("profil")](Job& job) mutable {
        const Snapshots::Writing writing{site.snapshots};
        Workspace workspace = workspace_to_write(site.options);
        auto with = profile_for(workspace, asked.project, profile, {});
        if (!with) {
          job.failed = with.error().message;
          return;
        }
        asked.profile = std::move(*with);
        asked.progress = [&job](std::uint64_t done, std::uint64_t total) { job.done = done, job.total = total; };
        const ImportOutcome outcome = import_file(workspace, asked);
        if (outcome.whole_file_refused && !outcome.draft && !outcome.findings.empty()) {
          job.failed = Message{"web.import.file-refused",
                               {in_both(finding_words(outcome.findings.front(), Language::Swedish) + " " +
                                            advice_words(outcome.findings.front(), Language::Swedish),
                                        finding_words(outcome.findings.front(), Language::English) + " " +
                                            advice_words(outcome.findings.front(), Language::English))}};
          return;
        }
        job.leads_to = leads_to(base, outcome);
      });
  return follow(visit, number);
}

Response draft_page(Visit& visit) {
  const auto number = draft_number(visit);
  const bool waits = number && std::any_of(visit.snapshot->drafts.begin(), visit.snapshot->drafts.end(),
                                           [&](const StoredDraft& draft) { return draft.id == *number; });
  if (!waits) return no_draft(visit, {"draft.unknown", {visit.parts.front(), visit.project}});
  const auto found = outcome_of(visit, *number);
  if (!found) return no_draft(visit, found.error().message);
  const ImportOutcome& outcome = **found;
  const std::string& id = visit.parts.front();
  List list;
  list.key = "draft-difference " + id;
  list.table =
      visit.snapshot->derived<Table>(list.key, [&] { return difference_table(visit.workspace(), std::vector{outcome}, 0); });
  list.caption = visit.t("web.import.difference");
  list.facets = {"change", "field"};
  list.hidden = {"file"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  const auto questions = questions_of(visit.workspace(), outcome);
  Html steps;
  for (const auto& [anchor, text] :
       {std::pair{"fil", "web.import.step.file"}, std::pair{"fragor", "web.import.step.questions"}, std::pair{"kolumner", "web.import.step.columns"},
        std::pair{"problem", "web.import.step.problems"}, std::pair{"skillnad", "web.import.step.difference"}})
    if (anchor != std::string_view("fragor") || !questions.empty())
      steps.add(el("li", link(std::string("#") + anchor, visit.t(text))));
  Html before = el("nav", {{"aria-label", visit.t("web.import.steps")}, {"class", "tabs"}}, el("ol", steps));
  if (!visit.request.query("omkort").empty())
    before.add(el("p", {{"class", "box look"}, {"role", "alert"}}, visit.t("web.import.overtaken")));
  if (!visit.request.query("fel").empty()) before.add(error_box(visit, visit.t("web.import.missing-needs")));
  const std::size_t errors = static_cast<std::size_t>(std::count_if(
      outcome.findings.begin(), outcome.findings.end(), [](const Finding& finding) { return finding.level == Level::Error; }));
  before.add(el("section", {{"id", "fil"}}, el("h2", visit.t("web.import.step.file")),
                plain_table(visit, import_table({outcome}), outcome.file_name)));
  if (!questions.empty())
    before.add(el("section", {{"id", "fragor"}, {"class", "card"}}, el("h2", visit.t("web.import.step.questions")),
                  el("p", visit.t("web.import.questions.lead")),
                  form_to(visit, visit.base() + "/utkast/" + id + "/las-om",
                          questions_html(visit, questions) + profile_field(visit, "spara-svar") +
                              el("button", {{"class", "primary"}}, visit.t("web.import.answer")))));
  before.add(el("section", {{"id", "kolumner"}}, el("h2", visit.t("web.import.step.columns")),
                el("p", visit.t("web.import.read-as", {visit.say({"record." + std::string(name_of(outcome.kind)), {}}),
                                                       std::to_string(outcome.mapping.size()),
                                                       std::to_string(outcome.unread.size())})),
                el("details", {{"open", "", outcome.whole_file_refused || outcome.rows_read == 0}},
                   el("summary", visit.t("web.import.change-reading")), revise_form(visit, id, outcome))));
  before.add(el(
      "section", {{"id", "problem"}}, el("h2", visit.t("web.import.step.problems")), problems_by_kind(visit, outcome.findings),
      fixable_html(visit, id, outcome), fixed_html(visit, id, outcome),
      outcome.findings.empty() ? Html()
                               : el("p",
                                    el("a", {{"class", "button"}, {"href", visit.base() + "/inlasningar/" + id + "/excel"}},
                                       visit.t("web.import.marked-up")),
                                    " ", el("span", {{"class", "hint"}}, visit.t("web.import.marked-up.hint")))));
  before.add(el("h2", {{"id", "skillnad"}}, visit.t("web.import.step.difference")));
  if (outcome.preview) {
    before.add(el("p", {{"class", "lead"}},
                  visit.t("web.import.sums",
                          {count_words(outcome.preview->facts.new_facts, visit.language),
                           count_words(outcome.preview->facts.changed_facts, visit.language),
                           count_words(outcome.missing.missing_facts, visit.language),
                           count_words(outcome.stored.unchanged_records + outcome.stored.unchanged_times, visit.language)})));
    before.add(el("div", {{"class", "columns"}},
                  plain_table(visit, month_changes_table(outcome.preview->effect), visit.t("web.import.months")) +
                  money_changes(visit, outcome.preview->effect)));
    if (!outcome.preview->effect.verdicts.empty())
      before.add(el(
          "details",
          el("summary", visit.t("web.import.verdicts") + " (" + std::to_string(outcome.preview->effect.verdicts.size()) + ")"),
          plain_table(visit, verdict_changes_table(outcome.preview->effect), visit.t("web.import.verdicts"))));
  }
  Html after = el("section", {{"class", "card"}}, el("h2", visit.t("web.import.decide")),
                  errors && outcome.rows_read == 0 ? el("p", {{"class", "box bad"}}, visit.t("web.import.nothing-good"))
                                                   : commit_form(visit, id, outcome),
                  form_to(visit, visit.base() + "/utkast/" + id + "/slang", el("button", visit.t("web.import.drop"))),
                  el("p", {{"class", "hint"}}, visit.t("web.import.waits", {std::to_string(draft_days)})));
  return list_page(visit, visit.t("web.import.title", {outcome.file_name}), before, list, after);
}

Response revise_page(Visit& visit) {
  const auto number = draft_number(visit);
  if (!number) return no_draft(visit, {"draft.unknown", {visit.parts.front(), visit.project}});
  ImportRequest asked{.project = visit.project};
  asked.kind = record_kind(visit.request.field("slag"));
  if (const auto month = Month::parse(visit.request.field("manad"))) asked.month = *month;
  if (!visit.request.field("blad").empty()) asked.sheet = visit.request.field("blad");
  if (const std::string& header = visit.request.field("rubrik"); !header.empty()) {
    const std::size_t dash = header.find('-');
    const auto first = number_of("", header.substr(0, dash)),
               last = dash == header.npos ? first : number_of("", header.substr(dash + 1));
    if (!first || !last || *first == 0 || *last < *first || *last - *first > 2)
      return message_page(visit, 422, visit.t("web.import.not-done"), visit.t("web.import.header.wrong", {header}),
                          visit.base() + "/utkast/" + visit.parts.front());
    asked.header = {*first, *last};
  }
  asked.save_profile = visit.request.field("spara");
  asked.today = visit.today;
  asked.actor = visit.actor();
  asked.now = visit.now;
  const auto shown = outcome_of(visit, *number);
  if (!shown) return no_draft(visit, shown.error().message);
  const std::vector<std::string> answers = answers_of(visit.request, **shown);
  Site& site = visit.site;
  const std::uint32_t job_number = site.jobs.begin(
      visit.project, {"web.job.read", {visit.parts.front()}}, visit.base() + "/utkast/U-" + std::to_string(*number),
      [&site, asked, answers, draft = *number, base = visit.base()](Job& job) mutable {
        const Snapshots::Writing writing{site.snapshots};
        Workspace workspace = workspace_to_write(site.options);
        asked.progress = [&job](std::uint64_t done, std::uint64_t total) { job.done = done, job.total = total; };
        const auto outcome = revise_draft(workspace, draft, asked, answers);
        if (!outcome)
          job.failed = outcome.error().message;
        else
          job.leads_to = outcome->draft ? leads_to(base, *outcome) : base + "/utkast/U-" + std::to_string(draft);
      });
  return follow(visit, job_number);
}

namespace {

// The form for one cell; `wrong` says why the last try did not do.
Response fix_form(Visit& visit, std::uint32_t draft, const Message* wrong) {
  const std::string id = "U-" + std::to_string(draft), here = visit.base() + "/utkast/" + id;
  const auto from = [&](const char* name) {
    const std::string& sent = visit.request.field(name);
    return sent.empty() ? visit.request.query(name) : sent;
  };
  const std::string cell = from("cell");
  FixRequest asked{.project = visit.project, .draft = draft, .cell = cell};
  asked.take_back = !from("tillbaka").empty();
  asked.only_show = true;
  Workspace workspace = workspace_to_write(visit);
  const auto one = fix_cells(workspace, asked);
  asked.alike = true;
  const auto all = fix_cells(workspace, asked);
  if (!one || !all) return message_page(visit, 422, visit.t("web.import.not-done"), visit.say(one.error().message), here);
  const Finding& finding = one->cells.front();
  const std::string given = given_words(finding), advice = advice_words(finding, visit.language);
  Html main = wrong ? error_box(visit, visit.say(*wrong)) : Html();
  main.add(el("p", {{"class", "lead"}}, finding_words(finding, visit.language)));
  if (!advice.empty() && !asked.take_back) main.add(el("p", {{"class", "advice"}}, advice));
  Html facts = el("dt", visit.t("web.import.heading")) + el("dd", finding.place.heading);
  if (!given.empty()) facts.add(el("dt", visit.t("web.fix.given")) + el("dd", given));
  main.add(el("dl", {{"class", "facts"}}, facts));
  Html fields = hidden("cell", cell_words(finding.place));
  if (asked.take_back) {
    fields.add(hidden("tillbaka", "1"));
  } else {
    fields.add(field("varde", visit.t("web.fix.value"),
                     el("input", {{"name", "varde"},
                                  {"id", "varde"},
                                  {"maxlength", "500"},
                                  {"autocomplete", "off"},
                                  {"value", visit.request.field("varde")},
                                  {"aria-describedby", "varde-hint"}}),
                     visit.t("web.fix.value.hint")) +
               field("skal", visit.t("web.correct.reason"),
                     el("input", {{"name", "skal"},
                                  {"id", "skal"},
                                  {"required", ""},
                                  {"minlength", "10"},
                                  {"maxlength", "500"},
                                  {"value", visit.request.field("skal")},
                                  {"autocomplete", "off"}})));
  }
  if (all->cells.size() > 1) {
    const bool chosen = visit.request.field("lika") == "1";
    const auto radio = [&](const char* value, const std::string& text, bool checked) {
      const std::string name = std::string("lika-") + value;
      return el("div", {{"class", "choice"}},
                el("input", {{"type", "radio"}, {"name", "lika"}, {"id", name}, {"value", value}, {"checked", "", checked}}),
                el("label", {{"for", name}}, text));
    };
    std::string cells;
    for (const Finding& other : all->cells) cells += (cells.empty() ? "" : ", ") + cell_words(other.place);
    fields.add(el("fieldset", el("legend", visit.t("web.fix.which")), radio("0", visit.t("web.fix.one", {cell_words(finding.place)}), !chosen),
                  radio("1", visit.t("web.fix.all", {count_words(static_cast<std::int64_t>(all->cells.size()), visit.language)}), chosen),
                  el("details", el("summary", visit.t("web.fix.list")), el("p", cells))));
  }
  main.add(form_to(visit, here + "/ratta",
                   fields + el("div", {{"class", "row actions"}},
                               el("button", {{"class", "primary"}}, visit.t(asked.take_back ? "web.fix.take-back" : "web.fix.save")),
                               el("a", {{"href", here + "#problem"}, {"class", "button"}}, visit.t("web.cancel")))));
  return page(visit, visit.t("web.fix.heading", {cell_words(finding.place), id}), el("section", {{"class", "card large"}}, main),
              wrong ? 422 : 200);
}

}  // namespace

Response fix_page(Visit& visit) {
  const auto number = draft_number(visit);
  const bool waits = number && std::any_of(visit.snapshot->drafts.begin(), visit.snapshot->drafts.end(),
                                           [&](const StoredDraft& draft) { return draft.id == *number; });
  if (!waits) return no_draft(visit, {"draft.unknown", {visit.parts.front(), visit.project}});
  return fix_form(visit, *number, nullptr);
}

Response save_fix_page(Visit& visit) {
  const auto number = draft_number(visit);
  Workspace workspace = workspace_to_write(visit);
  if (!number || !workspace.store.draft(visit.project, *number))
    return no_draft(visit, {"draft.unknown", {visit.parts.front(), visit.project}});
  const auto fixed = fix_cells(workspace, {.project = visit.project,
                                           .draft = *number,
                                           .cell = visit.request.field("cell"),
                                           .value = visit.request.field("varde"),
                                           .reason = visit.request.field("skal"),
                                           .alike = visit.request.field("lika") == "1",
                                           .take_back = !visit.request.field("tillbaka").empty(),
                                           .actor = visit.actor(),
                                           .now = visit.now});
  if (!fixed) return fix_form(visit, *number, &fixed.error().message);
  return see_other(visit.base() + "/utkast/U-" + std::to_string(fixed->outcome->draft) + "#problem");
}

Response commit_page(Visit& visit) {
  const auto number = draft_number(visit);
  if (!number) return no_draft(visit, {"draft.unknown", {visit.parts.front(), visit.project}});
  CommitRequest asked{.project = visit.project,
                      .draft = *number,
                      .good_rows_only = visit.request.field("rader") == "good",
                      .actor = visit.actor(),
                      .now = visit.now};
  const std::string& missing = visit.request.field("saknas");
  if (missing == "end") asked.missing.treatment = MissingFacts::Treatment::End;
  if (missing == "misread") asked.missing.treatment = MissingFacts::Treatment::Misread;
  if (const auto day = Date::parse(visit.request.field("slutdag"))) asked.missing.on = *day;
  asked.missing.reason = asked.correction = visit.request.field("skal");
  Site& site = visit.site;
  const std::uint32_t job_number =
      site.jobs.begin(visit.project, {"web.job.store", {visit.parts.front()}}, visit.base() + "/utkast/" + visit.parts.front(),
                      [&site, asked, base = visit.base()](Job& job) {
        const Snapshots::Writing writing{site.snapshots};
        Workspace workspace = workspace_to_write(site.options);
        const auto outcome = commit_draft(workspace, asked);
        const std::string draft = base + "/utkast/U-" + std::to_string(asked.draft);
        if (!outcome)
          job.failed = outcome.error().message;
        else if (outcome->state == ImportOutcome::State::Overtaken)
          job.leads_to = draft + "?omkort=1";
        else
          job.leads_to = outcome->state == ImportOutcome::State::Stored
                             ? base + "/inlasningar/I-" + std::to_string(outcome->stored.id) + "?klar=1"
                             : draft;
      });
  return follow(visit, job_number);
}

Response drop_page(Visit& visit) {
  const auto number = draft_number(visit);
  Workspace workspace = workspace_to_write(visit);
  if (!number || !workspace.store.draft(visit.project, *number))
    return no_draft(visit, {"draft.unknown", {visit.parts.front(), visit.project}});
  workspace.store.drop_draft(*number);
  return see_other(visit.base() + "/inlasningar");
}

Response import_page(Visit& visit) {
  const auto number = number_of("I-", visit.parts.front());
  std::vector<StoredImport> one;
  for (const StoredImport& import : visit.snapshot->imports)
    if (number && import.id == *number) one.push_back(import);
  if (one.empty()) return no_draft(visit, {"import.unknown", {visit.parts.front(), visit.project}});
  const StoredImport& import = one.front();
  List list;
  list.key = "problems of " + visit.parts.front();
  list.table = visit.snapshot->derived<Table>(list.key, [&] {
    return visit.site.snapshots.with_store(
        [&](const Workspace& workspace) { return findings_table(workspace.store.findings(visit.project, import.id)); });
  });
  list.caption = visit.t("web.nav.problems");
  list.facets = {"level", "code"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  Html before;
  if (!visit.request.query("klar").empty())
    before.add(el("div", {{"class", "box good"}, {"role", "status"}},
                  el("p", visit.t("web.import.done", {visit.parts.front()})),
                  el("p", link(visit.base(), visit.t("web.import.next")))));
  if (!visit.request.query("redan").empty())
    before.add(el("p", {{"class", "box look"}, {"role", "status"}},
                  visit.t("web.import.already", {import.at.iso(), import.actor, visit.parts.front()})));
  Html facts;
  const auto fact = [&](const char* label, const std::string& value) { facts.add(el("dt", visit.t(label)) + el("dd", value)); };
  fact("web.import.file", import.file_name);
  fact("web.import.kind", visit.say({"record." + std::string(name_of(import.kind)), {}}));
  fact("web.import.when", import.at.iso() + ", " + import.actor);
  fact("web.import.rows",
       count_words(import.rows_read, visit.language) + " / " + count_words(import.rows_seen, visit.language));
  fact("web.import.digest", import.sha256);
  before.add(el("dl", {{"class", "facts digests"}}, facts));
  before.add(el("p", el("a", {{"class", "button"}, {"href", visit.base() + "/inlasningar/" + visit.parts.front() + "/excel"}},
                        visit.t("web.import.marked-up"))));
  before.add(el("h2", visit.t("web.nav.problems")));
  Html after;
  if (import.withdrawn_at)
    after = el("p", {{"class", "box"}}, visit.t("web.import.undone", {import.withdrawn_at->iso()}));
  else
    after = el(
        "section", {{"class", "card"}}, el("h2", visit.t("web.import.undo")), el("p", visit.t("web.import.undo.lead")),
        form_to(visit, visit.base() + "/inlasningar/" + visit.parts.front() + "/angra",
                reason_field(visit) + el("button", {{"name", "steg"}, {"value", "visa"}}, visit.t("web.import.undo.preview"))));
  return list_page(visit, visit.parts.front() + " " + import.file_name, before, list, after);
}

Response undo_page(Visit& visit) {
  const auto number = number_of("I-", visit.parts.front());
  if (!number) return no_draft(visit, {"import.unknown", {visit.parts.front(), visit.project}});
  Workspace workspace = workspace_to_write(visit);
  const bool only_show = visit.request.field("steg") != "angra";
  const std::string here = visit.base() + "/inlasningar/" + visit.parts.front();
  const auto undone = undo_import(workspace, {.project = visit.project,
                                              .import = *number,
                                              .reason = visit.request.field("skal"),
                                              .only_show = only_show,
                                              .today = visit.today,
                                              .actor = visit.actor(),
                                              .now = visit.now});
  if (!undone) return message_page(visit, 422, visit.t("web.import.not-done"), visit.say(undone.error().message), here);
  if (!only_show) return see_other(here);
  Html main = el("p", {{"class", "lead"}}, visit.t("web.import.undo.effect"));
  main.add(el("h2", visit.t("web.import.difference")) +
           plain_table(visit, difference_table(workspace, visit.project, *undone, 100), visit.t("web.import.difference")));
  main.add(el("div", {{"class", "columns"}},
              plain_table(visit, verdict_changes_table(undone->effect), visit.t("web.import.verdicts")),
              plain_table(visit, month_changes_table(undone->effect), visit.t("web.import.months")) +
                  money_changes(visit, undone->effect)));
  main.add(
      el("div", {{"class", "row actions"}},
         form_to(visit, here + "/angra",
                 hidden("skal", visit.request.field("skal")) +
                     el("button", {{"name", "steg"}, {"value", "angra"}, {"class", "primary"}}, visit.t("web.import.undo.do"))),
         el("a", {{"href", here}, {"class", "button"}}, visit.t("web.cancel"))));
  return page(visit, visit.t("web.import.undo"), main);
}

Response marked_up_page(Visit& visit) {
  const std::string& id = visit.parts.front();
  if (!number_of("I-", id) && !number_of("U-", id)) return no_draft(visit, {"import.unknown", {id, visit.project}});
  const OwnFolder folder;
  const auto file = folder.path / (id + ".xlsx");
  Workspace workspace = workspace_to_write(visit);
  const auto done = write_marked_up(
      workspace,
      {.project = visit.project, .id = id, .file = file, .language = visit.language, .actor = visit.actor(), .now = visit.now});
  if (!done)
    return message_page(visit, 422, visit.t("web.import.not-done"), visit.say(done.error().message),
                        visit.base() + "/inlasningar");
  return download(visit.t("web.import.marked-up.name", {id}),
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes_of_file(file).value_or(""));
}

Response blank_page(Visit& visit) {
  const auto kind = record_kind(visit.parts.front());
  if (!kind)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.not-found"), visit.base() + "/inlasningar");
  const OwnFolder folder;
  const auto file = folder.path / "mall.xlsx";
  visit.site.snapshots.with_store(
      [&](const Workspace& workspace) { write_template(workspace, visit.project, *kind, false, file, visit.language); });
  return download(visit.say({"record." + visit.parts.front(), {}}) + ".xlsx",
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes_of_file(file).value_or(""));
}

}  // namespace horisont::web
