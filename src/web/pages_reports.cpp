#include <algorithm>
#include <memory>
#include <sstream>

#include "app/answers.h"
#include "app/month.h"
#include "app/months.h"
#include "app/remake.h"
#include "app/report.h"
#include "app/trace.h"
#include "core/reports/said.h"
#include "web/chart.h"
#include "web/gate.h"
#include "web/pages.h"
#include "web/period_words.h"

namespace horisont::web {
namespace {

std::filesystem::path report_folder(const Visit& visit, const std::string& id) {
  return visit.site.options.home / "reports" / visit.project / id;
}

const StoredReport* report_in(const Visit& visit) {
  for (const StoredReport& report : visit.snapshot->reports)
    if (report.id == visit.parts.front()) return &report;
  return nullptr;
}

// The other projects that a report of several is asked for, each once and in the order of the installation; unknown names are
// none of them.
std::vector<std::string> others_in(const Workspace& workspace, const std::string& project, const std::string& kind,
                                   const Fields& fields) {
  std::vector<std::string> others;
  if (kind != "good-practice") return others;
  for (const auto& [key, terms] : workspace.configuration.projects)
    if (key != project && std::find(fields.begin(), fields.end(), std::pair<std::string, std::string>("projekt", key)) != fields.end())
      others.push_back(key);
  return others;
}

// Which other projects stand beside this one in the report on good practice.
Html project_choice(const Visit& visit, const std::vector<std::string>& chosen) {
  Html boxes;
  for (const auto& [key, terms] : visit.workspace().configuration.projects) {
    if (key == visit.project) continue;
    const std::string id = "projekt-" + key;
    boxes.add(el("p",
                 el("input", {{"type", "checkbox"},
                              {"name", "projekt"},
                              {"id", id},
                              {"value", key},
                              {"checked", "", std::find(chosen.begin(), chosen.end(), key) != chosen.end()}}),
                 " ", el("label", {{"for", id}}, terms.name.in(visit.language))));
  }
  return boxes.empty() ? Html() : el("fieldset", el("legend", visit.t("web.report.beside")), boxes);
}

Html choice_form(const Visit& visit, const std::string& kind, const std::string& period,
                 const std::vector<std::string>& others = {}) {
  Html kinds;
  for (const ReportKind& one : report_kinds())
    kinds.add(el("option", {{"value", std::string(one.kind)}, {"selected", "", one.kind == kind}},
                 visit.say({"report." + std::string(one.kind), {}})));
  return el("form", {{"method", "get"}, {"action", visit.base() + "/rapporter/ny"}, {"class", "row filter"}},
            field("mall", visit.t("web.report.kind"), el("select", {{"name", "mall"}, {"id", "mall"}}, kinds)),
            field("period", visit.t("web.month"), month_choice(visit, "period", period, true)),
            kind == "good-practice" ? project_choice(visit, others) : Html(), el("button", visit.t("web.report.preview")));
}

// The report of a request's words, built on the facts that a page shows.
Result<Report> asked_report(const Workspace& workspace, const ProjectState& state, const std::string& kind,
                            const std::string& period) {
  ReportRequest asked{.kind = kind};
  if (!period.empty()) {
    const auto month = Month::parse(period);
    if (!month) return tl::make_unexpected(month.error());
    asked.month = *month;
  }
  return build_report(workspace, state, asked);
}

// Several projects as they are on one day: the page's own first.
class JointStates {
 public:
  JointStates(const Workspace& workspace, const ProjectState& first, const std::vector<std::string>& others) : all_{&first} {
    for (const std::string& other : others)
      others_.push_back(std::make_unique<const ProjectState>(
          project_state(workspace, other, first.today, Explain::No, first.known_at)));
    for (const auto& other : others_) all_.push_back(other.get());
  }
  std::span<const ProjectState* const> all() const { return all_; }
  Result<Report> good_practice(const Workspace& workspace, const std::string& period) const {
    // Up to the day that is looked at, as for one project.
    if (!period.empty()) return problem("report.takes-no-period", "good-practice");
    return build_good_practice(workspace, all_, all_.front()->today);
  }

 private:
  std::vector<std::unique_ptr<const ProjectState>> others_;
  std::vector<const ProjectState*> all_;
};

Html control_html(const Visit& visit, const Report& report) {
  Html rows;
  for (const Report::Check& check : report.checks) {
    const auto number = [&](std::int64_t value) {
      return check.minutes ? hours_words(value, visit.language) : count_words(value, visit.language);
    };
    rows.add(el("tr", el("th", {{"scope", "row"}}, visit.say(check.what)),
                el("td", {{"class", "number"}}, number(check.in_report)),
                el("td", {{"class", "number"}}, number(check.in_register)),
                el("td", el("span", {{"class", check.agrees() ? "mark good" : "mark bad"}},
                            visit.t(check.agrees() ? "yesno.yes" : "yesno.no")))));
  }
  Html out;
  if (report.draft) out.add(el("p", {{"class", "box look"}}, visit.t("web.report.draft")));
  Html notes;
  for (const Message& note : report.notes) notes.add(el("li", visit.say(note)));
  for (const Report::Remaining& left : report.remaining)
    notes.add(el("li", visit.say(left.what) + ": " + count_words(left.number, visit.language)));
  if (!notes.empty()) out.add(el("ul", notes));
  if (!rows.empty())
    out.add(el("div",
               {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", visit.t("web.report.controls")}},
               el("table", el("caption", visit.t("web.report.controls")),
                  el("thead", el("tr", el("th", {{"scope", "col"}}, visit.t("web.report.control")),
                                 el("th", {{"scope", "col"}, {"class", "number"}}, visit.t("web.report.in-report")),
                                 el("th", {{"scope", "col"}, {"class", "number"}}, visit.t("web.report.in-register")),
                                 el("th", {{"scope", "col"}}, visit.t("web.report.agrees")))),
                  el("tbody", rows))));
  Html defaults;
  for (const Report::Unverified& one : report.unverified) {
    const UnverifiedWords words_of = said(one, visit.language);
    defaults.add(el("li", words_of.what + (words_of.value.empty() ? "" : ": " + words_of.value) + " (" + words_of.where + ")"));
  }
  if (!defaults.empty())
    out.add(el("details", el("summary", visit.t("web.report.unverified", {std::to_string(report.unverified.size())})),
               el("ul", defaults)));
  return out;
}

// What was kept of a report, with its sheets as tables; worked out once.
struct Opened {
  KeptReport kept;
  std::vector<SheetTable> sheets;
};
std::shared_ptr<const Result<Opened>> opened(const Visit& visit, const std::string& report) {
  return visit.snapshot->derived<Result<Opened>>("kept " + report, [&]() -> Result<Opened> {
    return visit.site.snapshots.with_store([&](const Workspace& workspace) -> Result<Opened> {
      auto kept = kept_report(workspace, visit.project, report);
      if (!kept) return tl::make_unexpected(kept.error());
      auto sheets = sheet_tables(workspace, kept->frozen.report);
      return Opened{std::move(*kept), std::move(sheets)};
    });
  });
}

std::string trace_address(const Visit& visit, const std::string& report, const std::string& cell) {
  return visit.base() + "/rapporter/" + report + "/tal?cell=" + percent_encoded(cell);
}

// Without the total.
std::size_t rows_of(const Table& table) {
  const auto* last = table.rows.empty() || table.rows.back().empty() ? nullptr : std::get_if<Message>(&table.rows.back().front());
  return table.rows.size() - (last && last->id == "table.total");
}

Html sheet_tabs(const Visit& visit, const std::vector<SheetTable>& sheets, std::size_t shown, const std::string& query) {
  Html tabs;
  for (std::size_t i = 0; i < sheets.size(); ++i)
    tabs.add(el("li", el("a",
                         {{"href", visit.path + "?" + query + "blad=" + percent_encoded(sheets[i].table.schema)},
                          {"aria-current", "true", i == shown}},
                         sheets[i].name.in(visit.language), " ",
                         el("span", {{"class", "count"}},
                            count_words(static_cast<std::int64_t>(rows_of(sheets[i].table)), visit.language)))));
  return el("h2", visit.t("web.report.sheets")) +
         el("nav", {{"aria-label", visit.t("web.report.sheets")}, {"class", "tabs"}}, el("ul", tabs));
}

// The facts that a verdict waits for, by the words that the rules have for them.
void say_facts(const Visit& visit, List& list) {
  if (!visit.state().rule_set) return;
  list.says["missing"] = [&visit](const Table::Value& names) {
    std::string said;
    std::istringstream left(word_of(names));
    for (std::string name; std::getline(left >> std::ws, name, ',');) {
      for (const dmn::InputName& input : visit.state().rule_set->rules.inputs())
        if (const std::string& label = visit.language == Language::Swedish ? input.label_sv : input.label_en; input.name == name && !label.empty())
          name = label;
      said += (said.empty() ? "" : ", ") + name;
    }
    return said;
  };
}

std::size_t asked_sheet(const Visit& visit, const std::vector<SheetTable>& sheets) {
  for (std::size_t i = 0; i < sheets.size(); ++i)
    if (sheets[i].table.schema == visit.request.query("blad")) return i;
  return 0;
}

}  // namespace

Response reports_page(Visit& visit) {
  List list;
  list.table = std::make_shared<const Table>(
      reports_table(visit.snapshot->reports, sent_reports(visit.state().month_events, visit.state().claim_filings)));
  list.caption = visit.t("web.report.made");
  list.facets = {"kind"};
  list.says["period"] = [](const Table::Value& period) { return period_words(std::get<std::string>(period)); };
  list.links["report"] = [&](const Table::Value& id) { return visit.base() + "/rapporter/" + std::get<std::string>(id); };
  const auto newest = visit.snapshot->derived<Month>("latest month", [&] { return latest_month(visit.state()); });
  return list_page(
      visit, visit.t("web.nav.reports"),
      el("section", {{"class", "card"}}, el("h2", visit.t("web.report.new")), choice_form(visit, "scb-month", newest->iso())) +
          el("h2", visit.t("web.report.made")),
      list);
}

Response new_report_page(Visit& visit) {
  const std::string &kind = visit.request.query("mall"), &period = visit.request.query("period");
  const std::vector<std::string> others = others_in(visit.workspace(), visit.project, kind, visit.request.head.query);
  const Html choice = el("div", {{"class", "card"}}, choice_form(visit, kind, period, others));
  const ReportKind* known = report_kind(kind);
  if (!known) return page(visit, visit.t("web.report.new"), choice);
  const auto tables =
      [&](const ProjectState& state) -> Result<std::pair<std::shared_ptr<const Report>, std::vector<SheetTable>>> {
    auto report = asked_report(visit.workspace(), state, kind, period);
    if (!report) return tl::make_unexpected(report.error());
    auto sheets = sheet_tables(visit.workspace(), *report);
    std::vector<Sheet>().swap(report->sheets);  // the tables say the same; of everybody's report one of the two is kept
    return std::pair{std::make_shared<const Report>(std::move(*report)), std::move(sheets)};
  };
  using Built = Result<std::pair<std::shared_ptr<const Report>, std::vector<SheetTable>>>;
  // Every rule's answer for everybody is needed by some reports only, and is worked out for them alone.
  // What is kept of a project does not know when another one changes, so several are worked out each time.
  const auto side_by_side = [&]() -> Built {
    return visit.site.snapshots.with_store([&](const Workspace& workspace) -> Built {
      const auto whole = visit.snapshot->whole();
      const JointStates joint(workspace, *whole, others);
      auto report = joint.good_practice(workspace, period);
      if (!report) return tl::make_unexpected(report.error());
      auto sheets = sheet_tables(workspace, *report);
      return std::pair{std::make_shared<const Report>(std::move(*report)), std::move(sheets)};
    });
  };
  const auto alone = [&]() -> Built {
    if (!known->explained) return tables(*visit.snapshot->whole());
    return visit.site.snapshots.with_store([&](const Workspace& workspace) {
      return tables(project_state(workspace, visit.project, visit.today, Explain::Yes, visit.state().known_at));
    });
  };
  const auto built = others.empty() ? visit.snapshot->derived<Built>("report " + kind + " " + period, alone)
                                    : std::make_shared<const Built>(side_by_side());
  if (!*built) return page(visit, visit.t("web.report.new"), error_box(visit, visit.say(built->error().message)) + choice, 422);
  const auto& [report, sheets] = **built;
  const std::size_t shown_sheet = asked_sheet(visit, sheets);
  Html before = choice + control_html(visit, *report);
  Html hidden_others;
  std::string query = "mall=" + kind + "&period=" + period + "&";
  for (const std::string& other : others)
    hidden_others.add(hidden("projekt", other)), query += "projekt=" + percent_encoded(other) + "&";
  if (!visit.state().known_at)
    before.add(form_to(visit, visit.base() + "/rapporter/ny",
                       hidden("mall", kind) + hidden("period", period) + hidden_others + hidden("nyckel", random_secret()) +
                           el("button", {{"class", "primary"}}, visit.t("web.report.make"))));
  before.add(sheet_tabs(visit, sheets, shown_sheet, query));
  List list;
  if (sheets.empty()) return page(visit, visit.t("web.report.title", {visit.say({"report." + kind, {}})}), before);
  if (others.empty()) list.key = "report " + kind + " " + period + " " + sheets[shown_sheet].table.schema;
  list.table = std::shared_ptr<const Table>(built, &sheets[shown_sheet].table);
  if (visit.form == Visit::Form::Page) before.add(sheet_chart(visit, *list.table, sheets[shown_sheet].name.in(visit.language)));
  list.caption = sheets[shown_sheet].name.in(visit.language);
  say_facts(visit, list);
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  return list_page(visit, visit.t("web.report.title", {visit.say({"report." + kind, {}})}), before, list);
}

Response make_report_page(Visit& visit) {
  const ReportKind* kind = report_kind(visit.request.field("mall"));
  if (!kind)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("report.unknown", {visit.request.field("mall")}),
                        visit.base() + "/rapporter");
  const std::string address = visit.base() + "/rapporter";
  const std::string again = address + "/ny?mall=" + std::string(kind->kind) + "&period=" + percent_encoded(visit.request.field("period"));
  std::string beside;
  const std::vector<std::string> others =
      others_in(visit.workspace(), visit.project, std::string(kind->kind), visit.request.form);
  for (const std::string& other : others) beside += "&projekt=" + percent_encoded(other);
  const std::uint32_t number = visit.site.jobs.begin(
      visit.project, {"web.job.report", {visit.say({"report." + std::string(kind->kind), {}})}}, again + beside,
      [&site = visit.site, kind, project = visit.project, others, period = visit.request.field("period"), today = visit.today,
       now = visit.now, actor = visit.actor(), language = visit.language, address](Job& job) {
        Workspace workspace = workspace_to_write(site.options);
        ProjectState state = project_state(workspace, project, today, kind->explained ? Explain::Yes : Explain::No);
        if (kind->explained) record_first(workspace, state, actor, now);
        const JointStates joint(workspace, state, others);
        auto report = others.empty() ? asked_report(workspace, state, std::string(kind->kind), period)
                                     : joint.good_practice(workspace, period);
        if (!report) {
          job.failed = report.error().message;
          return;
        }
        const auto folder = site.options.home / "reports" / project;
        const auto waiting = folder / (".new-" + random_secret().substr(0, 16));
        const auto made = make_report(workspace, state, std::move(*report), language, waiting, actor, now,
                                      others.empty() ? std::span<const ProjectState* const>() : joint.all());
        if (!made) {
          std::error_code ignored;
          std::filesystem::remove_all(waiting, ignored);
          job.failed = Message{made.error().front().code, made.error().front().values};
          return;
        }
        std::filesystem::rename(waiting, folder / made->id);
        job.leads_to = address + "/" + made->id;
      },
      visit.request.field("nyckel"));
  return follow(visit, number);
}

namespace {

// Whether the report was sent, when and to whom; of a claim also whether what was sent still holds.
Html sent_html(const Visit& visit, const StoredReport& report) {
  const auto& claims = visit.state().claim_filings;
  const auto claim = std::find_if(claims.rbegin(), claims.rend(), [&](const ClaimFiling& one) { return one.report == report.id; });
  if (claim != claims.rend()) {
    const auto differs = differs_message(*claim);
    return el("p", {{"class", differs ? "box look" : "box good"}},
              visit.t("web.report.sent", {claim->filed_on.iso(), claim->filed_to}) + " " +
                  (differs ? visit.t("web.month.claim.differs", {visit.say(*differs)}) : visit.t("web.month.claim.holds")));
  }
  const auto& events = visit.state().month_events;
  const auto filed = std::find_if(events.rbegin(), events.rend(), [&](const MonthEvent& one) {
    return one.kind == MonthEvent::Kind::Filed && one.report == report.id && one.filed_on;
  });
  return filed == events.rend() ? Html() : el("p", {{"class", "box good"}}, visit.t("web.report.sent", {filed->filed_on->iso(), filed->filed_to}));
}

}  // namespace

Response report_page(Visit& visit) {
  const StoredReport* report = report_in(visit);
  if (!report)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.report.none", {visit.parts.front()}),
                        visit.base() + "/rapporter");
  Html files;
  for (const StoredReport::File& file : report->files) {
    files.add(el("li",
                 el("a",
                    {{"href", visit.base() + "/rapporter/" + report->id + "/fil/" + percent_encoded(file.name)},
                     {"class", "button small"}},
                    visit.t("web.download", {file.name})),
                 el("br"), el("code", {{"class", "small"}}, "SHA-256 " + file.sha256)));
  }
  Html facts;
  const auto fact = [&](const char* label, const std::string& value) { facts.add(el("dt", visit.t(label)) + el("dd", value)); };
  fact("web.report.kind", visit.say({"report." + report->kind, {}}));
  fact("web.report.period", period_words(report->period));
  fact("web.report.when", report->at.swedish());
  fact("web.report.fingerprint", report->fingerprint);
  fact("web.report.rules", report->rule_set_sha256);
  fact("web.report.template", report->template_sha256);
  fact("web.report.terms", report->programme_sha256 + " " + report->project_sha256);
  fact("web.report.program", report->program_version);
  const std::string preview =
      visit.base() + "/rapporter/ny?mall=" + report->kind + (report->period.size() == 7 ? "&period=" + report->period : "");
  const std::string title = visit.say({"report." + report->kind, {}}) + " · " + report->id;
  Html before = el("ul", {{"class", "files"}}, files) +
                sent_html(visit, *report) +
                el("details", el("summary", visit.t("web.report.particulars")), el("dl", {{"class", "facts digests"}}, facts)) +
                el("p", link(preview, visit.t("web.report.again"))) + el("p", {{"class", "hint"}}, visit.t("web.report.by-hand"));
  const auto found = opened(visit, report->id);
  if (!*found) return page(visit, report->id, before + el("p", {{"class", "box look"}}, visit.say(found->error().message)));
  const Opened& made = **found;
  const std::size_t sheet = asked_sheet(visit, made.sheets);
  before.add(sheet_tabs(visit, made.sheets, sheet, "") + el("p", {{"class", "hint"}}, visit.t("web.report.cells-lead")));
  if (made.sheets.empty()) return page(visit, title, before);
  List list;
  list.key = "kept " + report->id + " " + made.sheets[sheet].table.schema;
  if (visit.form == Visit::Form::Page) before.add(sheet_chart(visit, made.sheets[sheet].table, made.sheets[sheet].name.in(visit.language)));
  list.table = std::shared_ptr<const Table>(found, &made.sheets[sheet].table);
  list.caption = made.sheets[sheet].name.in(visit.language);
  say_facts(visit, list);
  list.links["participant"] = [&](const Table::Value& value) { return person_address(visit, value); };
  list.leads = [&](std::size_t row, std::size_t column) {
    const Sheet& cells = made.kept.frozen.report.sheets[sheet];
    const CellPlace place{.sheet = sheet,
                          .row = row < cells.rows.size() ? row : 0,
                          .field = made.sheets[sheet].fields[column],
                          .total = row >= cells.rows.size()};
    const auto& line = place.total ? cells.totals : cells.rows[place.row];
    if (place.field >= line.size() || !is_number(line[place.field].value)) return std::string();
    const std::string cell = address_of(made.kept, place);
    return cell.empty() ? cell : trace_address(visit, report->id, cell);
  };
  return list_page(visit, title, before, list);
}

Response trace_page(Visit& visit) {
  const StoredReport* report = report_in(visit);
  const std::string back = visit.base() + "/rapporter" + (report ? "/" + report->id : "");
  if (!report)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.report.none", {visit.parts.front()}), back);
  const auto found = opened(visit, report->id);
  if (!*found) return message_page(visit, 404, report->id, visit.say(found->error().message), back);
  const KeptReport& kept = (*found)->kept;
  const std::string& asked = visit.request.query("cell");
  const Html choice =
      el("form", {{"method", "get"}, {"action", visit.path}, {"class", "row filter"}},
         field("cell", visit.t("web.trace.cell"),
               el("input", {{"name", "cell"}, {"id", "cell"}, {"value", asked}, {"required", ""}, {"autocomplete", "off"}})),
         el("button", visit.t("web.show")));
  const auto place = number_at(kept, asked);
  const auto number = place ? trace(kept.frozen, *place) : std::nullopt;
  if (!number)
    return page(visit, report->id,
                choice + (asked.empty() ? Html() : error_box(visit, place ? asked : visit.say(place.error().message))), 422);
  const std::string how = "trace.how." + std::string(name_of(number->derivation));
  Html before = choice + el("p", {{"class", number->difference == 0 ? "box good" : "box bad"}, {"role", "status"}},
                            visit.t("cli.traced", {address_of(kept, *place), shown_value(*number, visit.language),
                                                   visit.t(how.c_str()), shown_number(*number, number->made_of, visit.language),
                                                   shown_number(*number, number->difference, visit.language)}));
  List list;
  list.key = "trace " + report->id + " " + address_of(kept, *place);
  list.table = visit.snapshot->derived<Table>(list.key, [&] { return trace_table(kept, *number, visit.language); });
  list.caption = visit.t("web.trace.parts");
  list.facets = {"part", "activity", "reason", "verdict", "file"};
  list.hidden = {"import"};
  // Columns that have nothing to say of this number are left to files and programs.
  for (std::size_t column = 0; column < list.table->columns.size(); ++column)
    if (std::all_of(list.table->rows.begin(), list.table->rows.end(),
                    [&](const auto& row) { return word_of(row[column]).empty(); }))
      list.hidden.push_back(list.table->columns[column].key);
  list.links["who"] = [&](const Table::Value& value) {
    const auto* who = std::get_if<std::string>(&value);
    if (who && who->find('!') != who->npos) return trace_address(visit, report->id, *who);
    return person_address(visit, value);
  };
  return list_page(visit, report->id + " · " + address_of(kept, *place), before, list,
                   el("p", link(back, visit.t("web.trace.back"))));
}

Response report_file_page(Visit& visit) {
  const StoredReport* report = report_in(visit);
  if (report)
    for (const StoredReport::File& file : report->files) {
      // Only names that the report has, so no path can lead out of its folder.
      if (file.name != visit.parts[1]) continue;
      auto bytes = bytes_of_file(report_folder(visit, report->id) / file.name);
      // A report whose file lies elsewhere is made again, byte for byte.
      const OwnFolder folder;
      const auto again = bytes ? std::nullopt : std::optional(remake_report(workspace_to_write(visit), visit.project, report->id, folder.path / "r"));
      if (again && !*again) return message_page(visit, 404, report->id, visit.say(again->error().message), visit.base() + "/rapporter/" + report->id);
      if (again && (*again)->same()) bytes = bytes_of_file(folder.path / "r" / file.name);
      if (!bytes)
        return message_page(visit, 404, report->id, visit.t("web.report.elsewhere"), visit.base() + "/rapporter/" + report->id);
      return download(file.name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", *bytes);
    }
  return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.report.none", {visit.parts.front()}),
                      visit.base() + "/rapporter");
}

}  // namespace horisont::web
