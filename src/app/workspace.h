#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/cases/participation.h"
#include "core/funding/claim.h"
#include "core/funding/ledger.h"
#include "core/funding/staff.h"
#include "core/reports/report_input.h"
#include "core/rules/rules.h"
#include "core/values/finding.h"
#include "core/values/moment.h"
#include "edge/import/import.h"
#include "edge/settings/settings.h"
#include "edge/store/store.h"

namespace horisont {

/// What the program knows before it is asked anything: configuration, import definitions, rule sets, the store.
class TemporaryFolder;

struct Workspace {
  std::filesystem::path home;   ///< the installation: home/data/horisont.db, home/config when it has its own
  std::filesystem::path share;  ///< what was installed with the program: config, schemas, report-templates
  Configuration configuration;
  std::shared_ptr<const ImportSchemas> schemas;
  std::map<std::string, LoadedRuleSet> rule_sets;  ///< by file name below config/rules
  std::shared_ptr<const TemporaryFolder> copy;     ///< of an installation that cannot be written (open_workspace_to_try)
  Store store;

  const ProjectTerms* project(const std::string& key) const;  ///< null: unknown
  const ProgrammeTerms& programme(const ProjectTerms& project) const { return configuration.programmes.at(project.programme); }
  /// The rule set that assessments of a project use on a day; null when none is named for it.
  const LoadedRuleSet* rule_set(const ProjectTerms& project, Date on) const;
};

/// Opens (and where needed creates) the installation in `home`. Every fault of configuration, import definitions and rule
/// sets comes back in one pass. Throws StoreError and FileError.
tl::expected<Workspace, std::vector<Finding>> open_workspace(const std::filesystem::path& home,
                                                             const std::filesystem::path& share);

/// Whether the folder is an auditor's copy of a project (`open_pack`): it is read, never written. `open_workspace` opens a copy of
/// its database, which goes with the workspace.
bool is_pack(const std::filesystem::path& home);

/// The same to look and to try things out, for dry runs: nothing is created, and where the database is not there or may not be
/// written a private copy is opened, which goes with the workspace.
tl::expected<Workspace, std::vector<Finding>> open_workspace_to_try(const std::filesystem::path& home,
                                                                    const std::filesystem::path& share);

/// Configuration, import definitions and rule sets alone, for `config check`: what is wrong with them.
std::vector<Finding> check_configuration(const std::filesystem::path& home, const std::filesystem::path& share);

/// The configuration alone, without a store.
tl::expected<Configuration, std::vector<Finding>> read_configuration(const std::filesystem::path& home,
                                                                     const std::filesystem::path& share);

/// What is wrong with rule set files, all of them in one pass. Throws FileError.
std::vector<Finding> check_rule_files(const std::vector<std::string>& files);

/// The known word that is nearest to a mistyped one; empty when none is near.
std::string nearest_word(std::string_view word, std::span<const std::string> known);

/// A number that a file once stated for somebody who has another one now.
struct FormerNumber {
  std::uint32_t person = 0;
  PersonalIdentityNumber number;
  Origin origin;  ///< the row that stated it
};

/// Everything known of one project on one day, derived from its facts. Owns what a ReportInput points to.
struct ProjectState {
  const ProjectTerms* project = nullptr;
  const ProgrammeTerms* programme = nullptr;
  const LoadedRuleSet* rule_set = nullptr;
  Date today = Date::of_days(0);
  std::optional<Moment> known_at;  ///< as known then; absent: everything
  std::vector<Participation> participations;
  std::vector<TimeRecord> times;
  std::vector<StaffTime> staff;
  std::vector<Decision> decisions;
  std::vector<Explanation> explanations;
  std::vector<RuleText> rules;
  Ledger hours;
  StaffLedger staff_hours;  ///< of `staff`, over all projects of the installation
  std::vector<Finding> findings;
  std::vector<SourceFile> files;
  std::vector<FormerNumber> former_numbers;   ///< ordered by person, those of one oldest first
  std::vector<StoredCorrection> corrections;  ///< as known, for what is said of a value's source
  std::vector<std::pair<std::uint32_t, Finding>> fixed_cells;  ///< by import, of what is known now
  std::vector<LogLine> log;
  std::vector<LogCheckpoint> checkpoints;  ///< of `log`
  std::vector<ManualDecision> manual;  ///< those that hold; `decisions` and `explanations` are with them
  std::vector<MonthEvent> month_events;
  std::map<Month, std::string> month_contents;  ///< of each month with an event: MonthContent::text
  std::vector<ClaimFiling> claim_filings;       ///< oldest first, each with what its month's claim says now
  std::vector<MonthStanding> months;            ///< of the whole operation; empty while nothing has happened to any

  ReportInput input() const;
  ParticipantHours participant_hours() const { return {times, hours.lines, participations}; }
};

enum class Explain { No, Yes };
/// `known_at`: as known on that moment; absent: everything.
ProjectState project_state(const Workspace&, const std::string& project, Date today, Explain,
                           std::optional<Moment> known_at = {});

/// The same, but participations, decisions and hours of some people only (ordered); what is said of the whole project is whole. What
/// months say is left out, and what the files left to look at.
ProjectState state_of_persons(const Workspace&, const std::string& project, Date today, std::span<const std::uint32_t> persons,
                              std::optional<Moment> known_at = {});

/// The log anew, after something was recorded in it.
void reread_log(const Workspace&, ProjectState&);

/// What a month says now: MonthContent::text.
std::string month_digest(const ProjectState&, Month);
/// Where each month of the operation stands, up to the one that goes on; `contents` of each month with an event.
std::vector<MonthStanding> months_of(const ProjectState&, const std::map<Month, std::string>& contents);
/// Works out what the sent claims would say now; the state has everybody's hours.
void hold_against_now(std::vector<ClaimFiling>&, const ProjectState&);
/// The claim of a month that was sent last; null: none.
const ClaimFiling* sent_claim(const ProjectState&, Month);
/// The same as known in the state.
std::vector<MonthStanding> standings_of(const ProjectState&);

/// The participations alone, overlaps with the other projects found: what the rules are asked about.
std::vector<Participation> known_participations(const Workspace&, const std::string& project, Date today,
                                                std::optional<Moment> known_at = {});

/// "0.1.0"
std::string program_version();

}  // namespace horisont
