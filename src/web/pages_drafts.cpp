#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/answers.h"
#include "app/fix.h"
#include "app/correct.h"
#include "app/import_file.h"
#include "app/inspect.h"
#include "app/questions.h"
#include "web/gate.h"
#include "web/import_forms.h"

namespace horisont::web {
namespace {

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
    const std::string advice = visit.advice(*group.first);
    items.add(el("li", el("span", {{"class", std::string("mark ") + looks[level]}}, visit.t(ids[level])), " ",
                 el("strong", count_words(group.count, visit.language) + " × "), visit.told(*group.first),
                 " ",
                 el("span", {{"class", "small"}},
                    "(" + place_words(group.first->place, visit.language) + (group.count > 1 ? " …" : "") + ")"),
                 advice.empty() ? Html() : el("p", {{"class", "advice"}}, advice)));
  }
  return items.empty() ? el("p", {{"class", "box good"}}, visit.t("web.import.no-problems"))
                       : el("ul", {{"class", "problems"}}, items);
}

// How a heading got its field, and what stands below it: "liknar", "Tal 41 · Text 2".
std::pair<std::string, std::string> told_of(const Visit& visit, const Inspection& found, const std::string& heading,
                                            const std::string& field) {
  const bool any_read =
      std::any_of(found.sheets.begin(), found.sheets.end(), [](const Inspection::Sheet& sheet) { return sheet.read; });
  const Table columns = inspected_columns_table(found);
  std::size_t row = 0;
  for (const Inspection::Sheet& sheet : found.sheets)
    for (const Inspection::Column& column : sheet.columns) {
      const std::size_t at = row++;
      if (column.heading != heading || (any_read && !sheet.read)) continue;
      std::string cells;
      for (std::size_t i = 6; i < columns.columns.size(); ++i)
        if (const auto count = std::get<std::int64_t>(columns.rows[at][i]))
          cells += (cells.empty() ? "" : " · ") + columns.columns[i].heading.in(visit.language) + " " +
                   count_words(count, visit.language);
      const bool by_name = column.field == field;
      const char* how = field.empty()                                               ? "web.import.how.none"
                        : by_name && column.use == Inspection::Column::Use::Similar ? "web.import.how.similar"
                        : by_name                                                   ? "web.import.how.known"
                                                                                    : "web.import.how.answered";
      return {how, cells};
    }
  return {field.empty() ? "web.import.how.none" : "web.import.how.known", ""};
}

// Every heading, with what it is read as to be chosen anew.
Html columns_html(const Visit& visit, const ImportOutcome& outcome, const Inspection& found) {
  const auto fields = fields_of(visit.workspace(), outcome.kind);
  Html rows;
  std::size_t number = 0;
  const auto add = [&](const std::string& heading, const std::string& field) {
    const std::string id = "falt-" + std::to_string(++number);
    Html choices = el("option", {{"value", "not-read"}, {"selected", "", field.empty()}}, visit.t("web.import.unread"));
    for (const auto& [key, name] : fields)
      choices.add(el("option", {{"value", key}, {"selected", "", key == field}}, name.in(visit.language)));
    const auto [how, cells] = told_of(visit, found, heading, field);
    const bool look = how == "web.import.how.similar" || how == "web.import.how.none";
    rows.add(
        el("tr", el("th", {{"scope", "row"}}, el("label", {{"for", id}}, heading)),
           el("td", hidden("rubrik-" + std::to_string(number), heading) + el("select", {{"name", id}, {"id", id}}, choices)),
           el("td", look ? el("span", {{"class", "mark look"}}, visit.t(how.c_str())) : Html(visit.t(how.c_str()))),
           el("td", cells)));
  };
  for (const auto& [field, heading] : outcome.mapping)
    if (!heading.empty()) add(heading, field);
  for (const std::string& heading : outcome.unread) add(heading, "");
  if (rows.empty()) return el("p", {{"class", "empty"}}, visit.t("web.import.no-columns"));
  const auto head = [&](const char* text) { return el("th", {{"scope", "col"}}, visit.t(text)); };
  return el("div", {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", visit.t("web.import.columns")}},
            el("table", el("caption", visit.t("web.import.columns")),
               el("thead", el("tr", head("web.import.heading"), head("web.import.field"), head("web.import.how"),
                              head("web.import.cells"))),
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
    out.add(field(id, visit.say(question.asked),
                  el("select", {{"name", id}, {"id", id}, {"aria-describedby", id + "-hint"}}, choices),
                  visit.t("web.import.question.cells", {count_words(question.cells, visit.language), question.where})));
  }
  return out;
}

Html profile_field(const Visit& visit, const std::string& id) {
  return field(id, visit.t("web.import.save-profile"),
               el("input", {{"name", "spara"}, {"id", id}, {"maxlength", "100"}, {"autocomplete", "off"}}));
}

// What the headings are read as; and, apart from it, where they stand.
Html columns_form(const Visit& visit, const std::string& id, const ImportOutcome& outcome, const Inspection& found) {
  return form_to(
      visit, visit.base() + "/utkast/" + id + "/las-om",
      columns_html(visit, outcome, found) + profile_field(visit, "spara") + el("button", visit.t("web.import.read-again")));
}

Html sheet_form(const Visit& visit, const std::string& id, const Inspection& found) {
  Html sheets = el("option", {{"value", ""}}, visit.t("web.import.as-found"));
  for (const Inspection::Sheet& sheet : found.sheets)
    if (!sheet.name.empty()) sheets.add(el("option", {{"value", sheet.name}}, sheet.name));
  return form_to(visit, visit.base() + "/utkast/" + id + "/las-om",
                 el("div", {{"class", "row filter"}},
                    field("blad", visit.t("web.import.sheet"), el("select", {{"name", "blad"}, {"id", "blad"}}, sheets)),
                    field("rubrik", visit.t("web.import.header"),
                          el("input", {{"name", "rubrik"}, {"id", "rubrik"}, {"maxlength", "10"}, {"autocomplete", "off"}})),
                    field("slag", visit.t("web.import.kind"), kind_choice(visit, "slag")),
                    field("manad", visit.t("web.import.month"), month_choice(visit, "manad", "", true))) +
                     el("button", visit.t("web.import.read-again")));
}

Html commit_form(const Visit& visit, const std::string& id, const ImportOutcome& outcome) {
  const bool errors = std::any_of(outcome.findings.begin(), outcome.findings.end(),
                                  [](const Finding& finding) { return finding.level == Level::Error; });
  Html fields = hidden("nyckel", random_secret());
  if (errors)
    fields.add(el("p", {{"class", "box look"}},
                  visit.t("web.import.good-rows.why", {count_words(outcome.rows_refused, visit.language)})) +
               hidden("rader", "good"));
  if (outcome.missing.missing_facts > 0) {
    const std::string& treatment = visit.request.field("saknas");  // of the form that was refused
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
                  radio("keep", "web.import.missing.keep", treatment != "end" && treatment != "misread"),
                  outcome.kind == RecordKind::Participants ? radio("end", "web.import.missing.end", treatment == "end") : Html(),
                  radio("misread", "web.import.missing.misread", treatment == "misread"),
                  el("div", {{"class", "row filter"}},
                     field("slutdag", visit.t("web.import.missing.day"),
                           el("input", {{"type", "date"}, {"name", "slutdag"}, {"id", "slutdag"}, {"value", visit.request.field("slutdag")}})),
                     field("skal", visit.t("web.correct.reason"),
                           el("input", {{"name", "skal"},
                                        {"id", "skal"},
                                        {"value", visit.request.field("skal")},
                                        {"maxlength", "500"},
                                        {"autocomplete", "off"},
                                        {"aria-describedby", "skal-hint"}}),
                           visit.t("web.correct.reason.length")))));
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
    const auto now =
        std::find_if(shown.mapping.begin(), shown.mapping.end(), [&](const auto& one) { return one.second == heading; });
    const std::string field = now == shown.mapping.end() ? "not-read" : now->first;
    if (!heading.empty() && value != field) answers.push_back(heading + "=" + value);
  }
  return answers;
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
    items.add(el(
        "li", el("a", {{"class", "button"}, {"href", fix_address(visit, id, finding.place)}}, visit.t("web.fix.cell", {cell})),
        " ", el("strong", finding.place.heading + (given.empty() ? "" : ": " + given)), " ",
        visit.told(finding),
        groups[i].cells > 1 ? Html(" ") + el("span", {{"class", "small"}},
                                             visit.t("web.fix.alike-count", {count_words(groups[i].cells, visit.language)}))
                            : Html()));
  }
  Html section =
      el("h2", visit.t("web.fix.title")) + el("p", visit.t("web.fix.lead")) + el("ul", {{"class", "problems fixes"}}, items);
  if (groups.size() > most)
    section.add(el("p", {{"class", "small"}},
                   visit.t("web.fix.more", {count_words(static_cast<std::int64_t>(groups.size() - most), visit.language)})));
  return section;
}

// Where rows are left out; `row` is chosen there already.
std::string rows_address(const Visit& visit, const std::string& id, const std::string& row = "") {
  return visit.base() + "/utkast/" + id + "/rader" + (row.empty() ? "" : "?rad=" + percent_encoded(row));
}

bool is_row(const std::string& address) {
  const std::string cell = address.substr(address.rfind('!') + 1);  // the whole where no sheet is named
  return !cell.empty() && cell.find_first_not_of("0123456789") == cell.npos;
}

// The rows that have an error, each with the first that it has.
std::vector<const Finding*> rows_with_errors(const std::vector<Finding>& findings) {
  std::vector<const Finding*> rows;
  std::set<std::pair<std::string, std::uint32_t>> known;
  for (const Finding& finding : findings)
    if (finding.level == Level::Error && finding.place.row != 0 && known.emplace(finding.place.sheet, finding.place.row).second)
      rows.push_back(&finding);
  return rows;
}

// What was fixed or left out, each with the way back.
Html fixed_html(const Visit& visit, const std::string& id, const ImportOutcome& outcome) {
  const Table fixes = fixes_table(outcome.findings);
  if (fixes.rows.empty()) return {};
  return el("h2", visit.t("web.fix.fixed")) +
         plain_table(visit, fixes, visit.t("web.fix.fixed"),
                     {{"cell", [&](const Table::Value& value) {
                         const std::string& cell = std::get<std::string>(value);
                         return is_row(cell) ? rows_address(visit, id)
                                             : visit.base() + "/utkast/" + id + "/ratta?tillbaka=1&cell=" + percent_encoded(cell);
                       }}});
}

std::optional<std::uint32_t> draft_number(const Visit& visit) { return number_of("U-", visit.parts.front()); }

}  // namespace

namespace {

// A draft that waits, as one step shows it.
struct Draft {
  std::uint32_t number;
  std::string id, here;  ///< "U-3", "/p/…/utkast/U-3"
  std::shared_ptr<const ImportOutcome> outcome;
  std::vector<Question> questions;

  bool has_errors() const {
    return std::any_of(outcome->findings.begin(), outcome->findings.end(),
                       [](const Finding& finding) { return finding.level == Level::Error; });
  }
  bool has_no_rows() const { return outcome->rows_read == 0; }
  // The steps that ask something, in their order.
  std::vector<std::string_view> open() const {
    std::vector<std::string_view> steps;
    if (outcome->mapping.empty() && outcome->unread.empty()) steps.push_back("blad");
    if (!questions.empty() || (outcome->whole_file_refused && steps.empty())) steps.push_back("kolumner");
    if (has_errors()) steps.push_back("problem");
    steps.push_back("skillnad");
    return steps;
  }
};

tl::expected<Draft, Response> draft_in(Visit& visit) {
  const std::string& id = visit.parts.front();
  const auto number = draft_number(visit);
  const auto waits = [&](std::uint32_t draft) {
    return std::any_of(visit.snapshot->drafts.begin(), visit.snapshot->drafts.end(),
                       [&](const StoredDraft& one) { return one.id == draft; });
  };
  if (!number || !waits(*number)) {
    // Somebody went back to what has been read anew since: the page of the draft that it became.
    const auto now = number ? visit.site.drafts.now(*number) : std::nullopt;
    if (!now || !waits(*now)) return tl::make_unexpected(no_draft(visit, {"draft.unknown", {id, visit.project}}));
    const std::string old = visit.base() + "/utkast/" + id;
    return tl::make_unexpected(see_other(visit.base() + "/utkast/U-" + std::to_string(*now) + visit.path.substr(old.size())));
  }
  const auto found = outcome_of(visit, *number);
  if (!found) return tl::make_unexpected(no_draft(visit, found.error().message));
  auto questions = questions_of(visit.workspace(), **found);
  return Draft{*number, id, visit.base() + "/utkast/" + id, *found, std::move(questions)};
}

std::shared_ptr<const Result<Inspection>> inspection_of(Visit& visit, const Draft& draft) {
  return visit.snapshot->derived<Result<Inspection>>("inspection " + draft.id, [&] {
    Workspace workspace = workspace_to_write(visit);
    return inspect_draft(workspace, visit.project, draft.number);
  });
}

Html way_on(const Visit& visit, const Draft& draft, const char* step, const char* name) {
  return el("p", {{"class", "actions"}},
            el("a", {{"class", "button"}, {"href", draft.here + "/" + step}}, visit.t("web.import.on", {visit.t(name)})));
}

Response step_page(const Visit& visit, const Draft& draft, std::string_view step, const Html& main) {
  return page(visit, visit.t("web.import.title", {draft.outcome->file_name}),
              import_steps(visit, draft.id, step, draft.open()) + main);
}

}  // namespace

// To the first step that asks something.
Response draft_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  if (visit.form != Visit::Form::Page)
    return see_other(draft->here + "/skillnad" + visit.request.head.path.substr(visit.path.size()));
  return see_other(draft->here + "/" + std::string(draft->open().front()));
}

Response draft_file_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  const ImportOutcome& outcome = *draft->outcome;
  const auto size = visit.site.snapshots.with_store([&](const Workspace& workspace) -> std::uint64_t {
    const auto stored = workspace.store.draft(visit.project, draft->number);
    std::error_code gone;
    if (!stored || !stored->draft.bytes.empty()) return stored ? stored->draft.bytes.size() : 0;
    const auto on_disk = std::filesystem::file_size(stored->draft.path, gone);
    return gone ? 0 : on_disk;
  });
  const auto number = [&](std::int64_t count) { return count_words(count, visit.language); };
  Html facts;
  const auto fact = [&](const char* label, const std::string& value) { facts.add(el("dt", visit.t(label)) + el("dd", value)); };
  fact("web.import.file", outcome.file_name);
  fact("web.import.size", visit.t("web.import.bytes", {number(static_cast<std::int64_t>(size))}));
  fact("web.import.format", outcome.format);
  fact("web.import.digest", outcome.sha256);
  fact("web.import.kind", visit.say({"record." + std::string(name_of(outcome.kind)), {}}));
  fact("web.import.rows", number(outcome.rows_read) + " / " + number(outcome.rows_seen));
  if (outcome.rows_left_out) fact("web.import.left-out", number(outcome.rows_left_out));
  for (const StoredDraft& stored : visit.snapshot->drafts)
    if (stored.id == draft->number) fact("web.import.put", stored.at.swedish() + ", " + stored.actor);
  Html main = el("dl", {{"class", "facts digests"}}, facts);
  for (const StoredImport& import : visit.snapshot->imports)
    if (import.sha256 == outcome.sha256)
      main = el("p", {{"class", "box look"}},
                visit.t("web.import.same", {import.at.iso().substr(0, 10), import.actor, "I-" + std::to_string(import.id)})) +
             main;
  main.add(way_on(visit, *draft, "blad", "web.import.step.sheet"));
  main.add(el("section", {{"class", "card"}}, form_to(visit, draft->here + "/slang", el("button", visit.t("web.import.drop"))),
              el("p", {{"class", "hint"}}, visit.t("web.import.waits", {std::to_string(draft_days)}))));
  return step_page(visit, *draft, "fil", main);
}

Response draft_sheet_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  const auto inspection = inspection_of(visit, *draft);
  if (!*inspection) return no_draft(visit, inspection->error().message);
  const Inspection& found = **inspection;
  Html main = el("p", {{"class", "lead"}}, visit.t("web.import.sheet.lead"));
  main.add(plain_table(visit, inspected_sheets_table(found), visit.t("web.import.sheets")));
  main.add(
      el("section", {{"class", "card"}}, el("h2", visit.t("web.import.change-reading")), sheet_form(visit, draft->id, found)));
  main.add(way_on(visit, *draft, "kolumner", "web.import.step.columns"));
  main.add(el("h2", visit.t("web.import.sheet.columns")) +
           plain_table(visit, inspected_columns_table(found), visit.t("web.import.sheet.columns")));
  return step_page(visit, *draft, "blad", main);
}

Response draft_columns_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  const ImportOutcome& outcome = *draft->outcome;
  const auto inspection = inspection_of(visit, *draft);
  if (!*inspection) return no_draft(visit, inspection->error().message);
  Html main =
      el("p", {{"class", "lead"}},
         visit.t("web.import.read-as", {visit.say({"record." + std::string(name_of(outcome.kind)), {}}),
                                        std::to_string(outcome.mapping.size()), std::to_string(outcome.unread.size())}));
  if (outcome.whole_file_refused)
    for (const Finding& finding : outcome.findings)
      if (finding.level == Level::Error) {
        main.add(el("p", {{"class", "box bad"}},
                    visit.told(finding) + " " + visit.advice(finding)));
        break;
      }
  if (!draft->questions.empty())
    main.add(el("section", {{"class", "card"}}, el("h2", visit.t("web.import.step.questions")),
                el("p", visit.t("web.import.questions.lead")),
                form_to(visit, draft->here + "/las-om",
                        questions_html(visit, draft->questions) + profile_field(visit, "spara-svar") +
                            el("button", {{"class", "primary"}}, visit.t("web.import.answer")))));
  main.add(el("section", el("h2", visit.t("web.import.columns")), columns_form(visit, draft->id, outcome, **inspection)));
  main.add(way_on(visit, *draft, "problem", "web.import.step.problems"));
  return step_page(visit, *draft, "kolumner", main);
}

Response draft_problems_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  const ImportOutcome& outcome = *draft->outcome;
  List list;
  list.key = "draft-problems " + draft->id;
  list.keep(visit, [&] { return findings_table(outcome.findings); });
  list.caption = visit.t("web.import.all-problems");
  list.says["code"] = [&](const Table::Value& code) { return problem_words(word_of(code), visit.language); };
  list.facets = {"level", "code", "heading"};
  list.hidden = {"file", "code"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  Html before = import_steps(visit, draft->id, "problem", draft->open());
  if (draft->has_errors())
    before.add(el("p", {{"class", "lead"}},
                  draft->has_no_rows()
                      ? visit.t("web.import.nothing-good")
                      : visit.t("web.import.good-rows.why", {count_words(outcome.rows_refused, visit.language)})));
  before.add(problems_by_kind(visit, outcome.findings));
  before.add(fixable_html(visit, draft->id, outcome));
  if (const auto rows = rows_with_errors(outcome.findings).size(); rows != 0 && !outcome.whole_file_refused)
    before.add(el("h2", visit.t("web.rows.title")) + el("p", visit.t("web.rows.lead")) +
               el("p", el("a", {{"class", "button"}, {"href", rows_address(visit, draft->id)}},
                          visit.t("web.rows.choose", {count_words(static_cast<std::int64_t>(rows), visit.language)}))));
  before.add(fixed_html(visit, draft->id, outcome));
  if (!outcome.findings.empty())
    before.add(el("section", {{"class", "card"}}, el("h2", visit.t("web.import.in-file")),
                  el("p",
                     el("a", {{"class", "button"}, {"href", visit.base() + "/inlasningar/" + draft->id + "/excel"}},
                        visit.t("web.import.marked-up")),
                     " ", el("span", {{"class", "hint"}}, visit.t("web.import.marked-up.hint"))),
                  upload_form(visit, draft->id)));
  before.add(way_on(visit, *draft, "skillnad", "web.import.step.difference"));
  if (outcome.findings.empty() && visit.form == Visit::Form::Page)
    return page(visit, visit.t("web.import.title", {outcome.file_name}), before);
  before.add(el("h2", visit.t("web.import.all-problems")));
  return list_page(visit, visit.t("web.import.title", {outcome.file_name}), before, list);
}

namespace {

// `wrong` says why it could not be read in with what was typed, which stays in the form.
Response difference_form(Visit& visit, const Draft& shown, const Message* wrong) {
  const Draft* draft = &shown;
  const ImportOutcome& outcome = *draft->outcome;
  List list;
  list.key = "draft-difference " + draft->id;
  list.keep(visit, [&] { return difference_table(visit.workspace(), std::vector{outcome}, 0); });
  list.caption = visit.t("web.import.difference");
  list.facets = {"change", "field"};
  list.hidden = {"file"};
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  Html before = import_steps(visit, draft->id, "skillnad", draft->open());
  if (wrong) before.add(error_box(visit, visit.say(*wrong)));
  if (!visit.request.query("omkort").empty())
    before.add(el("p", {{"class", "box look"}, {"role", "alert"}}, visit.t("web.import.overtaken")));
  if (!visit.request.query("fel").empty()) before.add(error_box(visit, visit.t("web.import.missing-needs")));
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
  before.add(fixed_html(visit, draft->id, outcome));
  before.add(el("h2", visit.t("web.import.difference")));
  const Html after =
      el("section", {{"class", "card"}}, el("h2", visit.t("web.import.decide")),
         draft->has_errors() && draft->has_no_rows() ? el("p", {{"class", "box bad"}}, visit.t("web.import.nothing-good"))
                                                     : commit_form(visit, draft->id, outcome),
         form_to(visit, draft->here + "/slang", el("button", visit.t("web.import.drop"))),
         el("p", {{"class", "hint"}}, visit.t("web.import.waits", {std::to_string(draft_days)})));
  Response answer = list_page(visit, visit.t("web.import.title", {outcome.file_name}), before, list, after);
  if (wrong) answer.status = 422;
  return answer;
}

// What is known to be wrong with a confirmation before anything is read: its reason, where one is needed.
std::optional<Message> wrong_reason(const Visit& visit, const ImportOutcome& outcome) {
  const std::string& reason = visit.request.field("skal");
  if (is_reason(reason)) return std::nullopt;
  const bool filed = outcome.preview && !outcome.preview->filed.empty();
  if (filed && reason.empty()) return Message{"month.filed", {listed(outcome.preview->filed)}};
  if (filed || visit.request.field("saknas") == "end" || visit.request.field("saknas") == "misread") return why_no_reason(reason).message;
  return std::nullopt;
}

}  // namespace

Response draft_difference_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  return difference_form(visit, *draft, nullptr);
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
                          visit.base() + "/utkast/" + visit.parts.front() + "/blad");
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
          site.drafts.became(draft, outcome->draft),
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
  const std::string given = given_words(finding), advice = visit.advice(finding);
  Html main = wrong ? error_box(visit, visit.say(*wrong)) : Html();
  main.add(el("p", {{"class", "lead"}}, visit.told(finding)));
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
    fields.add(el(
        "fieldset", el("legend", visit.t("web.fix.which")),
        radio("0", visit.t("web.fix.one", {cell_words(finding.place)}), !chosen),
        radio("1", visit.t("web.fix.all", {count_words(static_cast<std::int64_t>(all->cells.size()), visit.language)}), chosen),
        el("details", el("summary", visit.t("web.fix.list")), el("p", cells))));
  }
  main.add(
      form_to(visit, here + "/ratta",
              fields + el("div", {{"class", "row actions"}},
                          el("button", {{"class", "primary"}}, visit.t(asked.take_back ? "web.fix.take-back" : "web.fix.save")),
                          el("a", {{"href", here + "/problem"}, {"class", "button"}}, visit.t("web.cancel")))));
  if (!asked.take_back && finding.place.row != 0)
    main.add(el("p", link(rows_address(visit, id, row_words(finding.place)), visit.t("web.rows.instead"))));
  return page(visit, visit.t("web.fix.heading", {cell_words(finding.place), id}),
              el("section", {{"class", "card large"}}, main), wrong ? 422 : 200);
}

}  // namespace

Response fix_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  return fix_form(visit, draft->number, nullptr);
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
  visit.site.drafts.became(*number, fixed->outcome->draft);
  return see_other(visit.base() + "/utkast/U-" + std::to_string(fixed->outcome->draft) + "/problem");
}

namespace {

// The rows of a draft that can be left out, and those that are; `wrong` says why the last try did not do.
Response rows_form(Visit& visit, const Draft& draft, const Message* wrong) {
  constexpr std::size_t most = 200;
  const ImportOutcome& outcome = *draft.outcome;
  const auto sent = [&](const std::string& row) {
    const auto in = [&](const Fields& fields) {
      return std::find(fields.begin(), fields.end(), std::pair<std::string, std::string>("rad", row)) != fields.end();
    };
    return in(visit.request.form) || in(visit.request.head.query);
  };
  std::size_t boxes = 0;
  const auto box = [&](const std::string& row, const Html& about) {
    const std::string id = "rad-" + std::to_string(++boxes);
    return el("div", {{"class", "choice"}},
              el("input", {{"type", "checkbox"}, {"name", "rad"}, {"id", id}, {"value", row}, {"checked", "", sent(row)}}),
              el("label", {{"for", id}}, el("span", el("strong", visit.t("web.rows.row", {row})), " ", about)));
  };
  std::vector<const Finding*> rows = rows_with_errors(outcome.findings);
  // One that was chosen on the page of its cell comes along though it has a warning only.
  for (const Finding& finding : outcome.findings)
    if (finding.place.row != 0 && finding.level == Level::Warning && sent(row_words(finding.place)) &&
        std::none_of(rows.begin(), rows.end(), [&](const Finding* one) { return row_words(one->place) == row_words(finding.place); }))
      rows.insert(rows.begin(), &finding);
  Html choices, left;
  for (std::size_t i = 0; i < rows.size() && i < most; ++i) {
    const std::string given = given_words(*rows[i]), cell = rows[i]->place.heading + (given.empty() ? "" : " " + given);
    choices.add(box(row_words(rows[i]->place), cell + (cell.empty() ? "" : ": ") + visit.told(*rows[i])));
  }
  if (rows.size() > most)
    choices.add(el("p", {{"class", "small"}}, visit.t("web.rows.more", {count_words(static_cast<std::int64_t>(rows.size() - most), visit.language)})));
  for (const Finding& finding : outcome.findings)
    if (finding.code == "row.left-out") left.add(box(row_words(finding.place), visit.told(finding)));
  Html main = wrong ? error_box(visit, visit.say(*wrong)) : Html();
  main.add(el("p", {{"class", "lead"}}, visit.t("web.rows.lead")));
  const Html back = el("a", {{"href", draft.here + "/problem"}, {"class", "button"}}, visit.t("web.cancel"));
  if (!choices.empty())
    main.add(el("section", {{"class", "card large"}},
                form_to(visit, rows_address(visit, draft.id),
                        el("fieldset", el("legend", visit.t("web.rows.which")), choices) +
                            field("skal", visit.t("web.correct.reason"),
                                  el("input", {{"name", "skal"},
                                               {"id", "skal"},
                                               {"required", ""},
                                               {"minlength", "10"},
                                               {"maxlength", "500"},
                                               {"value", visit.request.field("skal")},
                                               {"autocomplete", "off"},
                                               {"aria-describedby", "skal-hint"}}),
                                  visit.t("web.rows.reason")) +
                            el("div", {{"class", "row actions"}}, el("button", {{"class", "primary"}}, visit.t("web.rows.leave-out")), back))));
  if (!left.empty())
    main.add(el("section", {{"class", "card large"}}, el("h2", visit.t("web.rows.left-out")),
                form_to(visit, rows_address(visit, draft.id),
                        hidden("tillbaka", "1") + el("fieldset", el("legend", visit.t("web.rows.take-back.which")), left) +
                            el("button", visit.t("web.rows.take-back")))));
  if (choices.empty() && left.empty()) main.add(el("p", {{"class", "empty"}}, visit.t("web.rows.none")) + el("p", back));
  return page(visit, visit.t("web.rows.heading", {draft.id}), main, wrong ? 422 : 200);
}

}  // namespace

Response rows_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();
  return rows_form(visit, *draft, nullptr);
}

Response leave_out_page(Visit& visit) {
  const auto draft = draft_in(visit);
  if (!draft) return draft.error();  // sent twice: what the draft became says that it is done
  std::vector<std::string> rows;
  for (const auto& [name, value] : visit.request.form)
    if (name == "rad") rows.push_back(value);
  Workspace workspace = workspace_to_write(visit);
  const auto done = leave_out_rows(workspace,
                                   {.project = visit.project,
                                    .draft = draft->number,
                                    .reason = visit.request.field("skal"),
                                    .take_back = !visit.request.field("tillbaka").empty(),
                                    .actor = visit.actor(),
                                    .now = visit.now},
                                   rows);
  if (!done) return rows_form(visit, *draft, &done.error().message);
  visit.site.drafts.became(draft->number, done->outcome->draft);
  return see_other(visit.base() + "/utkast/U-" + std::to_string(done->outcome->draft) + "/problem");
}

Response commit_page(Visit& visit) {
  const auto number = draft_number(visit);
  if (!number) return no_draft(visit, {"draft.unknown", {visit.parts.front(), visit.project}});
  if (const auto draft = draft_in(visit); draft)
    if (const auto wrong = wrong_reason(visit, *draft->outcome)) return difference_form(visit, *draft, &*wrong);
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
  const std::uint32_t job_number = site.jobs.begin(
      visit.project, {"web.job.store", {visit.parts.front()}}, visit.base() + "/utkast/" + visit.parts.front(),
      [&site, asked, base = visit.base()](Job& job) {
        const Snapshots::Writing writing{site.snapshots};
        Workspace workspace = workspace_to_write(site.options);
        const auto outcome = commit_draft(workspace, asked);
        const std::string draft = base + "/utkast/U-" + std::to_string(asked.draft);
        if (!outcome)
          job.failed = outcome.error().message;
        else if (outcome->state == ImportOutcome::State::Overtaken)
          job.leads_to = draft + "/skillnad?omkort=1";
        else if (const auto filed = std::find_if(outcome->findings.begin(), outcome->findings.end(),
                                                 [&](const Finding& finding) {
                                                   return outcome->state == ImportOutcome::State::Refused &&
                                                          finding.level == Level::Error && finding.code.starts_with("month.filed");
                                                 });
                 filed != outcome->findings.end())
          job.failed = Message{filed->code, filed->values};  // a month that is filed, and no reason to change it
        else
          job.leads_to = outcome->state == ImportOutcome::State::Stored
                             ? base + "/inlasningar/I-" + std::to_string(outcome->stored.id) + "?klar=1"
                             : draft;
      },
      visit.request.field("nyckel"));
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

}  // namespace horisont::web
