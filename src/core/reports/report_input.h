#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/months.h"
#include "core/cases/participation.h"
#include "core/funding/ledger.h"
#include "core/funding/staff.h"
#include "core/indicators/indicators.h"
#include "core/reports/sheet.h"
#include "core/rules/manual.h"
#include "core/values/finding.h"
#include "core/values/result.h"

namespace horisont {

/// A file that was read in, as reports name it.
struct SourceFile {
  std::uint32_t import = 0;
  std::string reference;  ///< F-61
  std::string name, sha256;
  RecordKind kind = RecordKind::Participants;
  std::vector<std::string> sheets;
  std::int64_t rows_read = 0, rows_refused = 0;
  std::string imported_at;  ///< Moment::iso()
};

/// One entry of the log as the eligibility log shows it; empty until the log is written.
struct LogLine {
  std::string entry, time, event, participant, outcome, rules, actor_role, reason, leaf_hash;
  std::string rule_set_sha256, source_sha256;
  std::string file;       ///< F-61 of a file that was read in or taken back, R-2016-05-002 of a report that was made
  std::string file_name;  ///< of a file that was read in or taken back; empty where it is not known, or tells of a person
};

/// A signed head of the log, as known when the report was made: what came later is not in it.
struct LogCheckpoint {
  std::int64_t size = 0;        ///< how many entries it holds: L-0 to L-(size - 1)
  std::string root, time;       ///< hex; of the newest entry that it holds
  std::string signature;        ///< the note's signature lines: the log's key and, of a change of key, the new one's
  struct Anchor {
    std::string kind, who, when;  ///< "witness" or "authority"; Moment::iso()
  };
  std::vector<Anchor> anchors;  ///< what stands outside, by time
  std::vector<std::string> reports;  ///< whose control sheet bears it
};

/// Everything known of one project on one day, from which every report is built. All spans are ordered by person.
struct ReportInput {
  const ProjectTerms& project;
  const ProgrammeTerms& programme;
  std::span<const Participation> participations;
  std::span<const Decision> decisions;        ///< same length and order as participations
  std::span<const Explanation> explanations;  ///< same, or empty where the report needs none
  std::span<const RuleText> rules;
  std::span<const TimeRecord> times;
  const Ledger& hours;
  std::span<const StaffTime> staff;
  std::span<const Finding> findings;  ///< open problems of imports, with participant reference where known
  std::span<const SourceFile> files;
  std::span<const LogLine> log;
  std::string rule_set, rule_set_sha256, program_version;
  Date today;
  std::span<const MonthStanding> months;     ///< of the whole operation; empty: nothing has happened to any month
  const StaffLedger* staff_hours = nullptr;  ///< of `staff`; null: nothing of staff is asked
  std::span<const LogCheckpoint> checkpoints = {};  ///< of `log`, oldest first; empty where nothing is asked of the log
  std::span<const ManualDecision> manual = {};      ///< those that hold: in `decisions` and `explanations` they are done
};

/// The period a report is asked for: a month, or from–to.
struct ReportPeriod {
  Date first, last;
  std::optional<Month> month() const;  ///< when it is exactly one
};

Report scb_month(const ReportInput&, Month);
/// What a month says of people and hours, as canonical text: the rows of the SCB file, what they are made of, and who is left
/// out. A month has changed when this has.
std::string month_content(const ReportInput&, Month);
/// What a month says of staff time and of what may be claimed for it, as canonical text; empty without staff time.
std::string month_claim_content(const ReportInput&, Month);
/// One certificate a participant, to be printed and signed, and the list of them.
Report attendance_certificate(const ReportInput&, Month);
Report hours_summary(const ReportInput&, ReportPeriod);
Report eligibility_log(const ReportInput&);
Report findings_report(const ReportInput&);
Report project_outcome(const ReportInput&, Date as_of);
/// The tables of a framework's common indicators with completeness, checks and definitions: "indicators-esf-2014",
/// "indicators-yei", "indicators-esf-plus".
/// What indicators are asked with, by the programme's file.
IndicatorTerms indicator_terms(const ReportInput&, Date as_of);
Report indicators_report(const ReportInput&, Framework, Date as_of);

/// Staff time with its caps over all projects, day by day refused time with its reason. Needs ReportInput::staff_hours.
Report staff_time_report(const ReportInput&, ReportPeriod);
/// What the fund's systems keep of the operation (Annex XVII of Regulation (EU) 2021/1060), on a day. Needs staff_hours for its costs.
Report annex_xvii(const ReportInput&, Date as_of);
/// What may be claimed for a month, in the order of a claim with simplified options; or everything that is missing for it.
tl::expected<Report, std::vector<Finding>> payment_claim(const ReportInput&, Month);

/// Compares the projects side by side in the spirit of the AER handbook (workbooks, 10.13). `texts` are the project's own
/// words for the free-text rows, by project key and field.
struct GoodPracticeText {
  std::string project, field;
  Bilingual text;
};
Report good_practice(std::span<const ReportInput* const> projects, std::span<const GoodPracticeText> texts, Date as_of);

}  // namespace horisont
