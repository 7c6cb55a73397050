#include <algorithm>

#include "app/answers.h"
#include "app/log.h"
#include "app/months.h"
#include "app/preview.h"
#include "app/remake.h"
#include "app/report.h"
#include "app/indicators.h"
#include "app/report_check.h"
#include "app/sheet_table.h"
#include "app/trace.h"
#include "app/traced.h"
#include "app/versions.h"
#include "cli/commands.h"
#include "core/reports/said.h"
#include "web/preview.h"

namespace horisont {
namespace {

struct ReportArguments {
  std::string kind, period, from, to, folder, sheet, format;
  std::vector<std::string> projects;  // side by side
  bool all = false;
};

ReportRequest report_request(const Command& command, const ReportArguments& arguments) {
  if (!arguments.period.empty() && !(arguments.from.empty() && arguments.to.empty()))
    throw Stop{WrongUsage, {"cli.not-together", {"--period", arguments.from.empty() ? "--to" : "--from"}}};
  ReportRequest asked{.kind = arguments.kind};
  asked.month = command.month(arguments.period, "--period");
  if (!arguments.from.empty() || !arguments.to.empty()) {
    if (arguments.from.empty() || arguments.to.empty()) throw Stop{WrongUsage, {"cli.from-to", {}}};
    const Date from = command.date(arguments.from, "--from"), to = command.date(arguments.to, "--to");
    if (to < from) throw Stop{WrongUsage, {"cli.period", {from.iso(), to.iso()}}};
    asked.period = Period{from, to};
  }
  return asked;
}

// These hold up to the day that is looked at; a period would be taken for an answer that they do not give.
void must_take_period(const ReportArguments& arguments, const ReportKind& kind) {
  if (kind.period == ReportKind::Period::ToDate && !arguments.period.empty())
    throw Stop{WrongUsage, {"report.takes-no-period", {std::string(kind.kind)}}};
}

Report built(const Workspace& workspace, const ProjectState& state, const ReportRequest& asked) {
  auto report = build_report(workspace, state, asked);
  // A claim that the facts stop is refused, as by `claim`; else the line asks for what cannot be.
  if (!report) throw Stop{report.error().message.id.starts_with("claim.") ? Refused : WrongUsage, report.error().message};
  return std::move(*report);
}

const ReportKind& known_kind(const std::string& name) {
  if (const ReportKind* kind = report_kind(name)) return *kind;
  std::vector<std::string> names;
  for (const ReportKind& kind : report_kinds()) names.emplace_back(kind.kind);
  throw Stop{WrongUsage, {"cli.report-unknown", {name, Command::joined(names)}}};
}

// The project of that key or record number, as if the line named it alone.
std::string project_named(const Command& command, const Workspace& workspace, const std::string& name) {
  Common of_that;
  of_that.project = name;
  return Command(of_that, command.here(), *command.here().messages).project(workspace);
}

// The projects that a report of several is asked of, each once, as they are on the day; without --projects the line's one.
std::vector<ProjectState> states_of(const Command& command, const Workspace& workspace, const ReportArguments& arguments,
                                    Explain explain) {
  std::vector<std::string> keys;
  if (arguments.projects.empty()) keys.push_back(command.project(workspace));
  if (!arguments.projects.empty() && !command.named_project(workspace).empty())
    throw Stop{WrongUsage, {"cli.not-together", {"--projects", "--project"}}};
  if (!arguments.projects.empty() && arguments.kind != "good-practice")
    throw Stop{WrongUsage, {"cli.projects-one-report", {arguments.all ? "--all" : arguments.kind}}};
  for (const std::string& named : arguments.projects)
    if (const std::string key = project_named(command, workspace, named);
        std::find(keys.begin(), keys.end(), key) == keys.end())
      keys.push_back(key);
  std::vector<ProjectState> states;
  for (const std::string& key : keys)
    states.push_back(project_state(workspace, key, command.today(), explain, command.known_at()));
  return states;
}

std::vector<const ProjectState*> joint_of(const std::vector<ProjectState>& states) {
  std::vector<const ProjectState*> joint;
  if (states.size() > 1)
    for (const ProjectState& state : states) joint.push_back(&state);
  return joint;
}

int report_preview_command(const Command& command, const ReportArguments& arguments) {
  const ReportKind& kind = known_kind(arguments.kind);
  const Workspace workspace = command.open();
  const auto states = states_of(command, workspace, arguments, kind.explained ? Explain::Yes : Explain::No);
  const auto joint = joint_of(states);
  const Report report = joint.empty() ? built(workspace, states.front(), report_request(command, arguments))
                                      : build_good_practice(workspace, joint, command.today());
  std::vector<std::string> sheets;
  for (const Sheet& sheet : report.sheets) sheets.push_back(sheet.id);
  if (!arguments.sheet.empty() && std::find(sheets.begin(), sheets.end(), arguments.sheet) == sheets.end())
    throw Stop{WrongUsage, {"cli.sheet-unknown", {arguments.sheet, Command::joined(sheets)}}};
  // Its mark and its line ends are for a file.
  if (arguments.format == "excel" && arguments.folder.empty()) throw Stop{WrongUsage, {"cli.excel-needs-file", {}}};
  // What a person reads on the screen is what a page shows: words for codes, and masked identity numbers.
  const bool on_screen = arguments.format.empty() && command.form() != Form::Json;
  std::vector<SheetTable> tables;
  if (on_screen || arguments.format == "html" || arguments.format == "excel")
    tables = sheet_tables(workspace, report,
                          arguments.format == "html" || arguments.folder.empty() ? Identities::Masked : Identities::Shown);
  for (std::size_t i = tables.size(); i-- > 0;)
    if (!arguments.sheet.empty() && report.sheets[i].id != arguments.sheet)
      tables.erase(tables.begin() + static_cast<std::ptrdiff_t>(i));
  const bool one_table = arguments.format == "excel" || arguments.format == "csv";
  if (one_table && arguments.sheet.empty() && sheets.size() > 1)
    throw Stop{WrongUsage, {"cli.one-sheet", {arguments.format, Command::joined(sheets)}}};
  std::string out;
  if (arguments.format == "html") {
    out = web::preview_as_html(report, tables, command.language());
  } else if (arguments.format == "excel") {
    out = as_excel_csv(tables.front().table, command.language());
  } else if (on_screen) {
    for (const SheetTable& one : tables)
      out += (out.empty() ? "" : "\n") + one.name.in(command.language()) + "\n" +
             (command.form() == Form::Plain ? as_plain(one.table, command.language()) : as_text(one.table, command.language()));
  } else if (arguments.format.empty() || arguments.format == "json") {
    out = preview_as_json(report, arguments.sheet, command.language()) + "\n";
  } else {
    for (const Sheet& sheet : report.sheets)
      if (arguments.sheet.empty() || sheet.id == arguments.sheet)
        out += arguments.format == "csv" ? as_program_csv(sheet, command.language()) : to_text(sheet);
  }
  std::error_code error;
  if (arguments.folder.empty())
    command.out() << out;
  else if (std::filesystem::exists(arguments.folder, error))
    throw Stop{Refused, {"cli.file-exists", {arguments.folder}}};
  else
    write_private_file(arguments.folder, out);
  return all_agree(report) && report.remaining.empty() ? Done : DoneWithRemarks;
}

int report_make_command(const Command& command, const ReportArguments& arguments) {
  std::vector<const ReportKind*> kinds;
  if (arguments.all && !arguments.kind.empty()) throw Stop{WrongUsage, {"cli.report-all-or-one", {arguments.kind}}};
  if (arguments.all)
    for (const ReportKind& kind : report_kinds()) kinds.push_back(&kind);
  else if (arguments.kind.empty())
    throw Stop{WrongUsage, {"cli.report-which", {}}};
  else
    kinds.push_back(&known_kind(arguments.kind));
  if (!arguments.all) must_take_period(arguments, *kinds.front());
  Workspace workspace = command.open();
  const bool explained = std::any_of(kinds.begin(), kinds.end(), [](const ReportKind* kind) { return kind->explained; });
  std::vector<ProjectState> states = states_of(command, workspace, arguments, explained ? Explain::Yes : Explain::No);
  ProjectState& state = states.front();
  const auto joint = joint_of(states);
  if (explained && !command.known_at()) record_first(workspace, state, command.actor(), command.now());
  const auto made = make_reports(
      workspace, state,
      [&] {
        std::vector<Report> reports;
        if (!joint.empty()) {
          reports.push_back(build_good_practice(workspace, joint, command.today()));
          return reports;
        }
        for (const ReportKind* kind : kinds) {
          if (arguments.all && (kind->alone || !report_fits(kind->kind, state.programme->key))) continue;
          ReportArguments one = arguments;
          one.kind = kind->kind;
          reports.push_back(built(workspace, state, report_request(command, one)));
        }
        return reports;
      },
      command.language(), arguments.folder, command.actor(), command.now(), joint);
  if (!made) return command.trouble(Unreadable, made.error());
  Table table{.schema = "made"};
  table.columns = {{"report", {"Rapport", "Report"}},
                   {"kind", {"Slag", "Kind"}},
                   {"file", {"Fil", "File"}},
                   {"agrees", {"Stämmer", "Agrees"}},
                   {"state", {"Läge", "State"}}};
  int status = Done;
  for (const MadeReport& report : *made) {
    if (!report.agrees || !report.complete || !report.draft.empty()) status = DoneWithRemarks;
    for (const auto& file : report.files)
      table.rows.push_back({report.id, Message{"report." + report.kind, {}}, file.string(),
                            Message{report.agrees ? "yesno.yes" : "yesno.no", {}},
                            Message{report.draft.empty() ? "report-state.final" : "report-state.draft", {}}});
  }
  // Why a status is not 0: to people in sentences, to programs as tables.
  Table draft{.schema = "draft"}, remaining{.schema = "remaining"};
  draft.columns = {{"report", {"Rapport", "Report"}}, {"why", {"Varför", "Why"}, Table::Column::Kind::Text, true}};
  remaining.columns = {{"report", {"Rapport", "Report"}},
                       {"what", {"Kvarstår", "Remaining"}, Table::Column::Kind::Text, true},
                       {"number", {"Antal", "Number"}, Table::Column::Kind::Count}};
  for (const MadeReport& report : *made) {
    for (const Message& why : report.draft) draft.rows.push_back({report.id, why});
    for (const auto& [what, number] : report.remaining) remaining.rows.push_back({report.id, what, number});
  }
  const bool json = command.form() == Form::Json;
  command.print(table, {}, json ? std::vector<Table>{draft, remaining} : std::vector<Table>{});
  for (const MadeReport& report : *made) {
    if (!report.draft.empty()) command.say({"report.is-draft", {report.id, said_in_both(report.draft)}});
    if (!report.agrees) command.say({"cli.report-disagrees", {report.id}});
    std::string sv, en;
    for (const auto& [what, number] : report.remaining)
      for (auto [text, language] : {std::pair(&sv, Language::Swedish), std::pair(&en, Language::English)})
        *text += (text->empty() ? "" : "; ") + words(what, language) + ": " + count_words(number, language);
    if (!sv.empty()) command.say({"cli.report-remaining", {report.id, in_both(sv, en)}});
  }
  return status;
}

int mark_filed_command(const Command& command, const FilingRequest& given, const std::string& on) {
  Workspace workspace = command.open();
  FilingRequest asked = given;
  asked.project = command.project(workspace);
  if (!on.empty()) asked.on = command.date(on, "--on");
  asked.today = command.today();
  asked.actor = command.actor();
  asked.now = command.now();
  // What is sent besides the months for SCB are the claims.
  const auto made = workspace.store.reports(asked.project);
  const auto report = std::find_if(made.begin(), made.end(), [&](const StoredReport& one) { return one.id == asked.report; });
  if (report != made.end() && report->kind == "payment-claim") {
    const auto sent = mark_claim_filed(workspace, asked);
    if (!sent) throw Stop{Refused, sent.error().message};
    const auto differs = differs_message(*sent);
    Table table{.schema = "filed"};
    table.columns = {{"report", {"Rapport", "Report"}}, {"month", {"Månad", "Month"}}, {"filed_on", {"Lämnad (uppgiven dag)", "Filed (day stated)"}},
                     {"filed_to", {"Till", "To"}}, {"reference", {"Kvittens", "Receipt"}},
                     {"total_ore", {"Kostnad kr", "Cost SEK"}, Table::Column::Kind::Money},
                     {"differs", {"Mot det lämnade", "Against what was filed"}, Table::Column::Kind::Text, true}};
    table.rows.push_back({sent->report, sent->month.iso(), sent->filed_on.iso(), sent->filed_to, sent->reference, sent->total.ore(),
                          differs ? Table::Value(*differs) : Table::Value(std::string())});
    command.print(table);
    return differs ? DoneWithRemarks : Done;
  }
  const auto done = mark_filed(workspace, asked);
  if (!done) throw Stop{Refused, done.error().message};
  print_month(command, workspace, asked.project, done->month);
  return Done;
}

// A made report by its id; "balance" as of today; the index of the pack that is open, by its sample.
Result<KeptReport> traceable(const Command& command, const Workspace& workspace, const std::string& project, const std::string& id) {
  if (id.starts_with("S-")) return kept_index(workspace, id);
  if (id != "balance") return kept_report(workspace, project, id);
  const ProjectState state = project_state(workspace, project, command.today(), Explain::No, command.known_at());
  const auto balance = balance_of(workspace, state);
  if (!balance) return tl::make_unexpected(Problem{{balance.error().front().code, balance.error().front().values}});
  return kept_balance(workspace, state, *balance);
}

// What stands behind a number of a made report.
int report_trace_command(const Command& command, const std::string& report, const std::string& address, bool all) {
  if (all == !address.empty()) throw Stop{WrongUsage, {"cli.trace-all-or-one", {report}}};
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  auto kept = traceable(command, workspace, project, report);
  if (!kept) throw Stop{Refused, kept.error().message};
  if (all) {
    const Table table = traces_table(*kept);
    command.print(table);
    const std::string& differences = table.facts.back().second.text;
    command.say({"cli.traced-all", {report, std::to_string(table.rows.size()), differences}});
    return differences == "0" ? Done : Disagreement;
  }
  auto place = number_at(*kept, address);
  if (!place) throw Stop{WrongUsage, place.error().message};
  // What another report said when it was made is asked there.
  if (const auto there = std::find_if(kept->elsewhere.begin(), kept->elsewhere.end(), [&](const auto& one) { return one.place == *place; });
      there != kept->elsewhere.end()) {
    const std::string cell = there->cell;
    kept = kept_report(workspace, project, there->report);
    if (kept) place = number_at(*kept, cell);
    if (!kept || !place) throw Stop{Refused, {"trace.damaged", {report}}};
  }
  const auto found = trace(kept->frozen, *place);
  if (!found) throw Stop{Refused, {"trace.damaged", {report}}};
  command.print(trace_table(*kept, *found, command.language()));
  command.say({"cli.traced",
               {address_of(*kept, *place), shown_value(*found, command.language()),
                in_both(words({"trace.how." + std::string(name_of(found->derivation)), {}}, Language::Swedish),
                        words({"trace.how." + std::string(name_of(found->derivation)), {}}, Language::English)),
                shown_number(*found, found->made_of, command.language()), std::to_string(found->difference)}});
  return found->difference == 0 ? Done : Disagreement;
}

// Two versions of a report cell by cell; of one, whether it still says what is known.
int report_compare_command(const Command& command, const std::string& before, const std::string& after) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const auto found = after.empty() ? compare_with_now(workspace, project, before) : compare_reports(workspace, project, before, after);
  if (!found) throw Stop{Refused, found.error().message};
  Table why{.schema = "why"};
  why.columns = {{"what", {"Ändrat sedan dess", "Changed since"}, Table::Column::Kind::Text, true}};
  for (const Message& one : found->why) why.rows.push_back({one});
  const bool json = command.form() == Form::Json;
  command.print(found->table, {}, json && after.empty() ? std::vector<Table>{why} : std::vector<Table>{});
  const std::string number = std::to_string(found->table.rows.size());
  if (after.empty())
    command.say({"cli.compared-now", {before, number}});
  else
    command.say({"cli.compared", {before, after, number}});
  if (found->table.rows.empty()) return Done;
  if (!found->why.empty()) command.say({"cli.compared-why", {before, in_one(found->why).values.front()}});
  return DoneWithRemarks;
}

// The workbooks of a made report again, byte for byte.
int report_remake_command(const Command& command, const std::string& report, const std::string& folder) {
  const Workspace workspace = command.open();
  const auto made = remake_report(workspace, command.project(workspace), report, folder);
  if (!made) throw Stop{Refused, made.error().message};
  command.print(remade_table(*made));
  if (made->same()) {
    command.say({"cli.remade", {report, std::to_string(made->files.size()), folder}});
    return Done;
  }
  command.say({"cli.remade-other", {report, made->made_by, made->now, made->template_sha256.substr(0, 16)}});
  return Disagreement;
}

// What may be sent with the workbooks: that the log holds them.
int report_receipt_command(const Command& command, const std::string& report, const std::string& folder) {
  const Workspace workspace = command.open();
  const auto written = write_receipts(workspace, command.project(workspace), report, folder);
  if (!written) throw Stop{Refused, written.error().message};
  Table table{.schema = "receipts"};
  table.columns = {{"file", {"Kvitto", "Receipt"}}, {"sha256", {"SHA-256", "SHA-256"}}};
  for (const auto& path : *written) table.rows.push_back({path.string(), sha256_of_file(path)});
  command.print(table);
  return Done;
}

// Whether a workbook is the one that was made: by its bytes, else by the report that it says it is.
int report_check_command(const Command& command, const std::string& file, const std::string& report) {
  const Workspace workspace = command.open();
  const ReportCheck check = check_report(workspace, file, command.named_project(workspace), command.today(), report);
  std::vector<Table> parts;
  if (!check.form.empty()) parts.push_back(form_differences_table(check.form));
  if (!check.missing.empty()) parts.push_back(missing_table(check.missing));
  if (check.differences) parts.push_back(cell_differences_table(*check.differences));
  command.print(report_check_table(check), {}, parts);
  switch (check.state) {
    case ReportCheck::State::Identical:
      command.say({"cli.report-identical", {check.report, check.made_at}});
      if (!check.now_other) return Done;
      command.say(
          {"cli.report-now-other",
           {check.report, in_both(words(*check.now_other, Language::Swedish), words(*check.now_other, Language::English))}});
      return DoneWithRemarks;
    case ReportCheck::State::Altered:
    case ReportCheck::State::Nearest: {
      const bool nearest = check.state == ReportCheck::State::Nearest;
      command.say({nearest ? "cli.report-is-like" : check.says_so ? "cli.report-says-it-is" : "cli.report-is-held-to",
                   {check.report, check.made_at, check.made_file}});
      if (check.why)
        command.say({check.differences ? "cli.report-other-version" : "cli.report-not-made-again",
                     {in_both(words(*check.why, Language::Swedish), words(*check.why, Language::English))}});
      if (!check.missing.empty()) command.say({"cli.report-misses", {std::to_string(check.missing.size())}});
      if (check.differences && check.differences->empty())
        return command.say({"cli.report-saved-anew", {}}), DoneWithRemarks;  // other bytes, and nothing that it says
      else if (check.differences)
        command.say({"cli.report-differs", {std::to_string(check.differences->size())}});
      return Disagreement;
    }
    case ReportCheck::State::Several:
      command.say({"cli.report-several", {file, check.report}});
      return Refused;
    case ReportCheck::State::Elsewhere:
      command.say({"cli.report-elsewhere", {file, check.report, check.project}});
      return Refused;
    case ReportCheck::State::Unlogged:
      command.say({"cli.report-unlogged", {check.report, check.project}});
      return Disagreement;
    case ReportCheck::State::Unreadable:
      command.say({"cli.report-unreadable", {file, check.report}});
      return Unreadable;
    case ReportCheck::State::Unknown:
      break;
  }
  command.say({check.report.empty() ? "cli.report-not-known" : "cli.report-not-known-id", {file, check.report}});
  return Refused;
}

struct IndicatorArguments {
  std::string programme, by;
  int year = 0;
};

int indicators_command(const Command& command, const IndicatorArguments& arguments) {
  const Workspace workspace = command.open();
  const ProjectState state = project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const auto frameworks = frameworks_of(state, arguments.programme);
  if (frameworks.empty()) throw Stop{Refused, {"cli.indicators-other", {arguments.programme, state.project->key, state.programme->key}}};
  command.print(indicators_table(state, frameworks, arguments.year > 0 ? std::optional(arguments.year) : std::nullopt,
                                 *indicators_by(arguments.by)));
  return Done;
}

}  // namespace

void add_reports(Menu& menu) {
  const Command& command = menu.command();
  auto& of_indicators = menu.keep<IndicatorArguments>();
  CLI::App* indicators = menu.sub("indicators");
  indicators->add_option("--programme", of_indicators.programme, menu.text("cli.o.programme"))
      ->check(CLI::IsMember({"esf-2014-2020", "yei", "esf-plus-2021-2027"}));
  indicators->add_option("--year", of_indicators.year, menu.text("cli.o.year"))->check(CLI::Range(2013, 2030));
  indicators->add_option("--by", of_indicators.by, menu.text("cli.o.indicators-by"))
      ->check(CLI::IsMember({"region", "municipality", "school", "subproject"}));
  menu.answers(indicators, [&] { return indicators_command(command, of_indicators); });
  CLI::App* report = menu.group("report");
  auto& asked = menu.keep<ReportArguments>();
  menu.does(menu.sub(report, "templates"), [&] {
    Table table{.schema = "templates"};
    table.columns = {{"kind", {"Mall", "Template"}}, {"name", {"Rapport", "Report"}}};
    for (const ReportKind& kind : report_kinds())
      table.rows.push_back({std::string(kind.kind), Message{"report." + std::string(kind.kind), {}}});
    command.print(table);
    return Done;
  });
  const auto report_options = [&](CLI::App* on) {
    on->add_option("--period", asked.period, menu.text("cli.o.period"));
    on->add_option("--from", asked.from, menu.text("cli.o.from"));
    on->add_option("--to", asked.to, menu.text("cli.o.to"));
    on->add_option("--projects", asked.projects, menu.text("cli.o.projects"))->delimiter(',')->allow_extra_args(false);
  };
  CLI::App* preview = menu.sub(report, "preview");
  preview->add_option("TEMPLATE", asked.kind, menu.text("cli.o.template"))->required();
  preview->add_option("--sheet", asked.sheet, menu.text("cli.o.only-sheet"));
  preview->add_option("-o,--output", asked.folder, menu.text("cli.o.preview-file"));
  preview->add_option("--format", asked.format, menu.text("cli.o.format"))
      ->check(CLI::IsMember({"text", "html", "excel", "csv", "json"}));
  report_options(preview);
  menu.answers(preview, [&] { return report_preview_command(command, asked); });
  CLI::App* make = menu.sub(report, "make");
  make->add_option("TEMPLATE", asked.kind, menu.text("cli.o.template"));
  make->add_flag("--all", asked.all, menu.text("cli.o.all"));
  make->add_option("-o,--output", asked.folder, menu.text("cli.o.output"))->required();
  report_options(make);
  menu.answers(make, [&] { return report_make_command(command, asked); });
  auto& report_file = menu.keep<std::string>();
  CLI::App* report_check = menu.sub(report, "check");
  report_check->add_option("FILE", report_file, menu.text("cli.o.report-file"))->required();
  auto& made_report = menu.keep<std::string>();
  report_check->add_option("--report", made_report, menu.text("cli.o.report-held-to"));
  menu.does(report_check, [&] { return report_check_command(command, report_file, made_report); });
  auto& address = menu.keep<std::string>();
  auto& remake_folder = menu.keep<std::string>();
  auto& every_cell = menu.keep<bool>(false);
  CLI::App* report_trace = menu.sub(report, "trace");
  report_trace->add_option("ID", made_report, menu.text("cli.o.traced-id"))->required();
  report_trace->add_option("CELL", address, menu.text("cli.o.cell"));
  report_trace->add_flag("--all", every_cell, menu.text("cli.o.every-cell"));
  menu.does(report_trace, [&] { return report_trace_command(command, made_report, address, every_cell); });
  CLI::App* remake = menu.sub(report, "remake");
  remake->add_option("ID", made_report, menu.text("cli.o.report-id"))->required();
  remake->add_option("-o,--output", remake_folder, menu.text("cli.o.output"))->required();
  menu.does(remake, [&] { return report_remake_command(command, made_report, remake_folder); });
  auto& receipt_folder = menu.keep<std::string>();
  CLI::App* receipt = menu.sub(report, "receipt");
  receipt->add_option("ID", made_report, menu.text("cli.o.report-id"))->required();
  receipt->add_option("-o,--output", receipt_folder, menu.text("cli.o.output"))->required();
  menu.does(receipt, [&] { return report_receipt_command(command, made_report, receipt_folder); });
  auto& compared_with = menu.keep<std::string>();
  CLI::App* compare = menu.sub(report, "compare");
  compare->add_option("ID", made_report, menu.text("cli.o.report-id"))->required();
  compare->add_option("AFTER", compared_with, menu.text("cli.o.report-after"));
  menu.does(compare, [&] { return report_compare_command(command, made_report, compared_with); });
  auto& only_stale = menu.keep<bool>(false);
  CLI::App* list = menu.sub(report, "list");
  list->add_flag("--stale", only_stale, menu.text("cli.o.stale"));
  menu.answers(list, [&] {
    const Workspace workspace = command.open();
    const std::string project = command.project(workspace);
    if (only_stale) {
      if (command.known_at()) throw Stop{WrongUsage, {"cli.not-together", {"--stale", "--as-of"}}};
      const Table stale = stale_table(report_standings(workspace, project));
      command.print(stale);
      return stale.rows.empty() ? Done : DoneWithRemarks;
    }
    std::vector<StoredReport> made = workspace.store.reports(project);
    const auto known = command.known_at();
    if (known) std::erase_if(made, [&](const StoredReport& one) { return *known < one.at; });
    command.print(reports_table(made, sent_reports(workspace.store.month_events(project, known), workspace.store.claim_filings(project, known))));
    return Done;
  });

  auto& filing = menu.keep<FilingRequest>();
  auto& filed_on = menu.keep<std::string>();
  CLI::App* mark = menu.sub(report, "mark-filed");
  mark->add_option("ID", filing.report, menu.text("cli.o.report-id"))->required();
  mark->add_option("--to", filing.to, menu.text("cli.o.filed-to"))->required();
  mark->add_option("--on", filed_on, menu.text("cli.o.filed-on"));
  mark->add_option("--reference", filing.reference, menu.text("cli.o.receipt"));
  mark->add_option("--reason", filing.reason, menu.text("cli.o.reason"));
  menu.does(mark, [&] { return mark_filed_command(command, filing, filed_on); });
}

}  // namespace horisont
