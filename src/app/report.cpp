#include "app/report.h"

#include <algorithm>
#include <future>
#include <set>

#include "app/answers.h"
#include "app/assess.h"
#include "app/sample.h"
#include "core/reports/behind.h"
#include "core/reports/said.h"
#include "edge/files/files.h"
#include "edge/files/in_place.h"
#include "edge/files/lock.h"
#include "edge/xlsx/render.h"
#include "log/note.h"

namespace horisont {
namespace {

constexpr ReportKind kinds[] = {
    {"scb-month", ReportKind::Period::Month, false},
    {"attendance-certificate", ReportKind::Period::Month, false},
    {"hours-summary", ReportKind::Period::FromTo, false},
    {"eligibility-log", ReportKind::Period::ToDate, true},
    {"findings", ReportKind::Period::ToDate, true},
    {"project-outcome", ReportKind::Period::ToDate, false},
    {"good-practice", ReportKind::Period::ToDate, false},
    {"staff-time", ReportKind::Period::FromTo, false},
    {"payment-claim", ReportKind::Period::Month, false, true},
    {"annex-xvii", ReportKind::Period::ToDate, false},
    {"long-term-sample", ReportKind::Period::ToDate, false, true},
    {"indicators-esf-2014", ReportKind::Period::ToDate, false},
    {"indicators-yei", ReportKind::Period::ToDate, false},
    {"indicators-esf-plus", ReportKind::Period::ToDate, false},
};

// The report of each framework's indicators, in the order of Framework.
constexpr std::string_view indicator_kinds[] = {"indicators-esf-2014", "indicators-yei", "indicators-esf-plus"};

bool reports(Framework framework, std::string_view programme) {
  const auto programmes = programmes_of(framework);
  return std::find(programmes.begin(), programmes.end(), programme) != programmes.end();
}

// Everything that stops a claim, with what to do about it, as one sentence's value.
std::string in_both_languages(const std::vector<Finding>& faults) {
  std::vector<Message> sentences;
  for (const Finding& fault : faults)
    for (const std::string& id : {fault.code, fault.code + ".do"}) sentences.push_back({id, fault.values});
  return said_in_both(sentences);
}

// Renders into a private folder of the target, so that no half-made file ever has its final name; the folder goes with the
// object, whatever happened. Who makes reports into the same folder waits: names are free until the files have them.
class PartFolder {
 public:
  explicit PartFolder(const std::filesystem::path& target) : path_(target / ".horisont-part") {
    make_private_folder(path_);
    alone_.emplace(target);
    make_private_folder(path_);  // whoever went before took it away
  }
  ~PartFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  PartFolder(const PartFolder&) = delete;
  PartFolder& operator=(const PartFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::optional<FolderLock> alone_;
};

// A report whose workbooks are written, but not in their place yet.
struct ReadyReport {
  StoredReport stored;
  std::string template_bytes;
  std::pair<std::string, std::string> workbook;  // that the template fills: digest and bytes
  std::vector<std::filesystem::path> files;
  MadeReport told;
};

// A workbook that was made before, and perhaps sent, stays where it is: the new one gets its report's id, too. It is registered, and
// named on the control sheet beside it, as it lies in the folder.
std::string free_name(const std::filesystem::path& folder, const std::string& wanted, const std::string& id,
                      std::set<std::string>& taken) {
  std::error_code ignored;
  const std::filesystem::path name = wanted;
  std::string free = wanted;
  for (int n = 1; taken.contains(free) || std::filesystem::exists(folder / free, ignored); ++n)
    free = name.stem().string() + "_" + id + (n > 1 ? "-" + std::to_string(n) : "") + name.extension().string();
  taken.insert(free);
  return free;
}

struct FaultyTemplate {
  std::vector<Finding> findings;
};

ReadyReport write(const Workspace& workspace, const ProjectState& state, Report report, Language language,
                  const std::filesystem::path& part, std::set<std::string>& taken, const Actor& actor, Moment now,
                  std::span<const ProjectState* const> joint, const std::optional<LogHead>& log) {
  const auto file = template_file(workspace, report.kind);
  const auto layout = load_report_template(file);
  if (!layout) throw FaultyTemplate{layout.error()};
  // A report on several projects stands in the register of the first: its number is taken there.
  ReadyReport made{.stored = {.id = report.id, .kind = report.kind, .project = state.project->key, .period = report.period},
                   .template_bytes = read_file(file),
                   .workbook = workbook_of(**layout),
                   .files = {},
                   .told = {report.id, report.kind, {}, all_agree(report), report.remaining.empty(), why_draft(report), {}}};
  for (const Report::Remaining& one : report.remaining) made.told.remaining.emplace_back(one.what, one.number);
  StoredReport& stored = made.stored;
  stored.language = language == Language::Swedish ? "sv" : "en";
  stored.template_sha256 = sha256_of(made.template_bytes);
  stored.rule_set_sha256 = state.rule_set ? state.rule_set->sha256 : "";
  stored.programme_sha256 = state.programme->sha256;
  stored.project_sha256 = state.project->sha256;
  stored.program_version = program_version();
  const auto say = [&](const char* label, std::string value) {
    const auto found =
        std::find_if(report.control.begin(), report.control.end(), [&](const auto& line) { return line.first == label; });
    if (found != report.control.end())
      found->second = std::move(value);
    else
      report.control.emplace_back(label, std::move(value));
  };
  say("control.report", report.id);
  say("control.template", words({"report." + report.kind, {}}, language) + ", SHA-256 " + stored.template_sha256.substr(0, 16));
  say("control.produced", now.iso());
  say("control.role", words({"role." + actor.role, {}}, language));
  // Whoever is given the workbook holds the log to what it was before the report.
  if (const auto note = log ? tlog::checkpoint_note_from(log->note) : std::nullopt) {
    say("control.checkpoint", words({"control.checkpoint.words", {std::to_string(log->size), tlog::hex(note->checkpoint.root),
                                                                  tlog::short_code(note->checkpoint)}}, language));
    say("control.verifier_key", log->key);
    say("control.anchor", words(log->anchors.empty() ? Message{"log.no-anchor", {}} : anchor_words(log->anchors.back()), language));
    say("control.checkpoint_table", log->note);
  }

  // The canonical text and its digest are worked out while the sheets are written.
  const std::shared_future<std::string> fingerprint = std::async(std::launch::async, [&] {
    stored.sheets_text = to_text(report);
    return sha256_of(stored.sheets_text);
  });
  auto behind = std::async(std::launch::async, [&] {
    std::vector<ReportInput> inputs;
    if (joint.empty()) inputs.push_back(state.input());
    for (const ProjectState* one : joint) inputs.push_back(one->input());
    std::vector<const ReportInput*> projects;
    for (const ReportInput& input : inputs) projects.push_back(&input);
    return freeze(report, projects);
  });
  made.files = render(report, **layout, part,
                      {.language = language,
                       .created = now,
                       .fingerprint = [&] { return fingerprint.get(); },
                       .called = [&](std::size_t, const std::string& name) {
                         return free_name(part.parent_path(), name, report.id, taken);
                       }});
  stored.fingerprint = fingerprint.get();
  stored.behind = behind.get();
  for (const auto& path : made.files) stored.files.push_back({path.filename().string(), sha256_of_file(path)});
  return made;
}

}  // namespace

std::filesystem::path template_file(const Workspace& workspace, const std::string& kind) {
  const auto own = workspace.home / "report-templates" / kind / "template.toml";
  return std::filesystem::exists(own) ? own : workspace.share / "report-templates" / kind / "template.toml";
}

bool all_agree(const Report& report) {
  return std::all_of(report.checks.begin(), report.checks.end(), [](const Report::Check& check) { return check.agrees(); });
}

std::span<const ReportKind> report_kinds() { return kinds; }

bool report_fits(std::string_view kind, std::string_view programme) {
  for (std::size_t i = 0; i < std::size(indicator_kinds); ++i)
    if (indicator_kinds[i] == kind) return reports(static_cast<Framework>(i), programme);
  if (kind == "annex-xvii") return reports(Framework::EsfPlus, programme);  // the regulation of its period
  return true;
}

Framework framework_of(std::string_view programme) {
  return reports(Framework::EsfPlus, programme) ? Framework::EsfPlus : reports(Framework::Yei, programme) ? Framework::Yei : Framework::Esf2014;
}

const ReportKind* report_kind(std::string_view kind) {
  const auto found = std::find_if(std::begin(kinds), std::end(kinds), [&](const ReportKind& k) { return k.kind == kind; });
  return found == std::end(kinds) ? nullptr : found;
}

Result<Report> build_report(const Workspace& workspace, const ProjectState& state, const ReportRequest& asked) {
  const ReportInput input = state.input();
  const Period operation = state.project->operation();
  const Date last = operation.last ? std::min(*operation.last, state.today) : state.today;
  if (!report_fits(asked.kind, state.programme->key))
    return problem("report.other-programme", asked.kind, state.programme->key);
  if (asked.kind == "scb-month" || asked.kind == "attendance-certificate") {
    if (!asked.month) return problem("report.needs-month", asked.kind);
    if (!operation.touches({asked.month->first(), asked.month->last()}))
      return problem("report.outside-project", asked.month->iso(), operation.first.iso(),
                     operation.last ? operation.last->iso() : "");
    return asked.kind == "scb-month" ? scb_month(input, *asked.month) : attendance_certificate(input, *asked.month);
  }
  if (asked.kind == "payment-claim") {
    if (!asked.month) return problem("report.needs-month", asked.kind);
    if (auto claim = payment_claim(input, *asked.month))
      return *std::move(claim);
    else
      return problem("claim.stopped", in_both_languages(claim.error()));
  }
  if (asked.kind == "hours-summary" || asked.kind == "staff-time") {
    ReportPeriod period{operation.first, std::max(operation.first, last)};
    if (asked.month)
      period = {asked.month->first(), asked.month->last()};
    else if (asked.period)
      period = {asked.period->first, asked.period->last.value_or(last)};
    return asked.kind == "hours-summary" ? hours_summary(input, period) : staff_time_report(input, period);
  }
  if (asked.kind == "eligibility-log") return eligibility_log(input);
  if (asked.kind == "findings") return findings_report(input);
  if (asked.kind == "annex-xvii") return annex_xvii(input, state.today);
  if (asked.kind == "project-outcome") return project_outcome(input, state.today);
  if (asked.kind == "good-practice") {
    const ProjectState* const only[] = {&state};
    return build_good_practice(workspace, only, state.today);
  }
  if (asked.kind == "long-term-sample") {
    const auto sample = newest_leavers(workspace, state.project->key);
    if (!sample) return tl::make_unexpected(sample.error());
    if (!*sample) return problem("report.needs-sample", state.project->key);
    return long_term_sample(input, framework_of(state.programme->key), **sample);
  }
  for (std::size_t i = 0; i < std::size(indicator_kinds); ++i)
    if (asked.kind == indicator_kinds[i]) return indicators_report(input, static_cast<Framework>(i), state.today);
  return problem("report.unknown", asked.kind);
}

Report build_good_practice(const Workspace& workspace, std::span<const ProjectState* const> states, Date as_of) {
  std::vector<ReportInput> inputs;
  inputs.reserve(states.size());
  for (const ProjectState* state : states) inputs.push_back(state->input());
  std::vector<const ReportInput*> pointers;
  for (const ReportInput& input : inputs) pointers.push_back(&input);
  return good_practice(pointers, workspace.configuration.good_practice, as_of);
}

void record_first(Workspace& workspace, ProjectState& state, const Actor& actor, Moment now) {
  workspace.store.at_once([&] { record_new_decisions(workspace, state, actor, now); });
  reread_log(workspace, state);
}

tl::expected<std::vector<MadeReport>, std::vector<Finding>> make_reports(Workspace& workspace, const ProjectState& state,
                                                                         const std::function<std::vector<Report>()>& build,
                                                                         Language language, const std::filesystem::path& folder,
                                                                         const Actor& actor, Moment now,
                                                                         std::span<const ProjectState* const> joint) {
  const PartFolder part{folder};
  std::set<std::string> taken;  // names of files that are not in their place yet
  std::vector<ReadyReport> all;
  try {
    workspace.store.at_once([&] {
      ReportNumbers numbers = workspace.store.report_numbers(state.project->key);
      const auto log = workspace.store.log_head(state.project->key);
      // No report rests on decisions that are not on record. Another thread records them, the only one that touches the store
      // meanwhile, while the sheets are built and written here.
      auto recording = std::async(std::launch::async, [&] { record_new_decisions(workspace, state, actor, now); });
      // The disk takes the workbooks while the reports are stored. No report is on record before they are safe.
      std::vector<std::future<void>> syncing;
      for (Report& report : build()) {
        report.id = numbers.next(report.period);
        all.push_back(write(workspace, state, std::move(report), language, part.path(), taken, actor, now, joint, log));
        syncing.push_back(std::async(std::launch::async, [files = all.back().files] {
          for (const auto& file : files) sync_file(file);
        }));
      }
      recording.get();
      for (const ReadyReport& one : all) {
        workspace.store.keep("template", one.stored.template_sha256, one.template_bytes, now);
        if (!one.workbook.first.empty()) workspace.store.keep("workbook", one.workbook.first, one.workbook.second, now);
        workspace.store.add(one.stored, actor, now);
      }
      for (auto& one : syncing) one.get();
    });
  } catch (const FaultyTemplate& faulty) {
    return tl::make_unexpected(faulty.findings);
  }
  // The commit comes first: a workbook that got lost in between can be made again from what is frozen, but one that exists
  // without its record could not be told from a forgery.
  std::vector<MadeReport> made;
  for (const ReadyReport& one : all) {
    made.push_back(one.told);
    for (const auto& path : one.files) {
      const auto target = folder / path.filename();
      put_in_place(path, target);
      made.back().files.push_back(target);
    }
  }
  sync_folder(folder);
  return made;
}

tl::expected<MadeReport, std::vector<Finding>> make_report(Workspace& workspace, const ProjectState& state, Report report,
                                                           Language language, const std::filesystem::path& folder,
                                                           const Actor& actor, Moment now,
                                                           std::span<const ProjectState* const> joint) {
  auto made = make_reports(
      workspace, state,
      [&] {
        std::vector<Report> only;
        only.push_back(std::move(report));
        return only;
      },
      language, folder, actor, now, joint);
  if (!made) return tl::make_unexpected(made.error());
  return std::move(made->front());
}

}  // namespace horisont
