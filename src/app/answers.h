#pragma once

#include <map>
#include <optional>

#include "app/assess.h"
#include "app/import_file.h"
#include "app/table.h"

namespace horisont {

// What commands print and pages list, as tables of values. Nobody is named but by reference.

Table import_table(const std::vector<ImportOutcome>&);
/// What the files change, one line for each new or missing fact and each changed field; attendance that is new is told by
/// person and month. `most`: no more lines than this (0: all).
Table difference_table(const Workspace&, const std::vector<ImportOutcome>&, std::size_t most);
Table difference_table(const Workspace&, const std::string& project, const Preview&, std::size_t most);
/// Verdicts and months that would be different.
Table verdict_changes_table(const Effect&);
Table month_changes_table(const Effect&);
Table staff_changes_table(const Effect&);
/// Claims whose total would be another, and indicators that would count others.
Table claim_changes_table(const Effect&);
Table indicator_changes_table(const Effect&);
Table profiles_table(const std::vector<StoredProfile>&);
/// Imports that wait to be confirmed.
Table drafts_table(const std::vector<StoredDraft>&);
Table findings_table(const std::vector<Finding>&);
Table imports_table(const std::vector<StoredImport>&);
Table verdict_table(const ProjectState&, const Assessment&);
Table participants_table(const ProjectState&, std::optional<Verdict> only);
/// Reported, accepted and refused minutes by "participant", "activity", "month", "day", "signature" or "reason" within a period, of
/// one person only where one is named. Records are counted one after the other.
class HoursCount {
 public:
  HoursCount(std::string_view by, Period period, std::optional<std::uint32_t> person = {});
  void add(const TimeRecord&, const LedgerLine&);
  Table table(const ProjectState&) const;  ///< with a total

 private:
  struct Sums {
    std::int64_t reported = 0, accepted = 0, refused = 0;
  };
  std::int64_t key_of(const TimeRecord&) const;
  Sums& at(std::int64_t key);
  enum class By : std::uint8_t { Participant, Activity, Month, Day, Signature, Reason } by_;
  Period period_;
  std::optional<std::uint32_t> person_;
  std::map<std::int64_t, Sums> sums_;
  std::int64_t last_key_ = -1;
  Sums* last_ = nullptr;
  std::int32_t last_day_ = -1;
  std::int64_t month_ = 0;  // of that day
  bool inside_ = false;     // whether that day is in the period
};
/// Of all records of the state.
Table hours_table(const ProjectState&, std::string_view by, Period period, std::optional<std::uint32_t> person = {});
/// The same by participant and no total: from the months' sums; of one month, or of all.
Table participant_hours_table(const ProjectState&, std::optional<Month>);
/// By month and activity; no total.
class MonthActivities {
 public:
  void add(const TimeRecord&, const LedgerLine&);
  Table table(const ProjectState&) const;

 private:
  std::map<std::pair<std::int32_t, std::uint8_t>, LedgerCell> sums_;
  std::int32_t last_day_ = -1, month_ = 0;
};
/// What is known of one person: field, value, where it stood. Name and number only as `printable` shows them.
Table person_table(const ImportSchemas&, const ProjectState&, const Participation&, Language);
/// Every rule's answer for one participation: question, outcome, what was read and where it stood, citation.
/// With `names`, municipalities stand by name.
Table explanation_table(const ProjectState&, const Explanation&, std::uint32_t person, Language,
                        const ImportSchemas* names = nullptr);
Table projects_table(const Configuration&);
Table project_table(const ProjectTerms&);
/// Every value of the settings with where it stands, its source and its confidence: of one project and its programme, or of all;
/// of the key that is given, or of all.
Table settings_table(const Configuration&, const std::string& project, const std::string& key = "");
/// `filed`: by report, when and to whom it was sent.
Table reports_table(const std::vector<StoredReport>&, const std::map<std::string, Message>& filed);
/// What was sent of a project's reports, as `reports_table` says it.
std::map<std::string, Message> sent_reports(const std::vector<MonthEvent>&, const std::vector<ClaimFiling>&);
/// Where a project's log stands, and what came out of a check of it.
Message anchor_words(const LogAnchor&);
/// With `now`, how old the newest outside anchor is.
Table log_table(const LogHead&, std::optional<Moment> now = {});
Table log_check_table(const LogHead&, const std::vector<Message>& faults, Moment now);
Table pragmas_table(const std::vector<std::pair<std::string, std::string>>&, const std::vector<Message>& faults);

/// A fact's value as commands and pages show it: of a number the birth date, of name and addresses only that there is one.
std::string printable(const std::string& field, const std::string& value);

/// A field by the heading that files call it by.
Table::Word field_word(const ImportSchemas&, RecordKind, const std::string& field);
/// A field's value in the words of its list, otherwise as `printable` shows it.
Table::Value value_word(const ImportSchemas&, RecordKind, const std::string& field, const std::string& value);

/// Where a value stood: "Deltagare.xlsx, blad Blad1, C7", from the imports of the project; empty when it was computed.
std::string origin_words(const ProjectState&, std::uint32_t person, const Origin&, Language);
/// "E17" of column 5, row 17.
std::string cell_address(std::uint32_t column, std::uint32_t row);

}  // namespace horisont
