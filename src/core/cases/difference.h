#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/record.h"

namespace horisont {

/// The identity of a row (intake, section 12): rows with the same key state the same thing anew.
std::string key_of(const Record&);

/// What identifies a person's time: rows with the same key belong together.
struct TimeKey {
  std::uint32_t person;
  std::int32_t day;
  std::int16_t start;
  std::uint8_t activity;
  bool sum = false;  ///< of a month or a week: no day's time takes its place
  friend auto operator<=>(const TimeKey&, const TimeKey&) = default;
};
TimeKey key_of(const TimeRecord&);

/// What a sum of hours (TimeMonthly) is of: a month, when it stands on its first day, or the week that begins on its day.
Period period_of_sum(const TimeRecord&);

enum class ChangeKind : std::uint8_t {
  New,      ///< the key was not known
  Changed,  ///< the key was known, something else is said of it
  Gone,     ///< known before and no longer said: a withdrawal
  Missing   ///< known, in the scope of a file, and not in the file: nothing is done about it
};
std::string_view name_of(ChangeKind);  ///< "new", "changed", "gone", "missing"

/// One fact as it was and as it will be; empty before: new, empty after: gone or missing. Of a row that comes or goes whole: hours
/// of staff, the situation after leaving, the kind of document.
struct Change {
  ChangeKind kind = ChangeKind::New;
  RecordKind record = RecordKind::Participants;
  std::uint32_t person = 0;
  std::string staff_id;                  ///< staff time instead of a person
  std::string when;                      ///< day, month or exit date that the fact is about; participants: the entry, where there are several
  std::int16_t start = -1;               ///< attendance, as in TimeRecord
  std::optional<std::uint8_t> activity;  ///< attendance
  std::string field, before, after;      ///< canonical text; attendance: "minutes"
  Origin origin;                         ///< of the new fact, or of the old one when there is none
};

/// What changes between two states of the facts of one project.
struct Difference {
  std::vector<Change> changes;  ///< ordered by person; every changed field of a record is a change of its own
  std::int64_t new_facts = 0, changed_facts = 0, gone_facts = 0, missing_facts = 0;  ///< rows, not fields
  void count(ChangeKind);
};

/// Of each key the latest record holds; participants' rows add up field by field within a spell, and spell is held against
/// spell. A last day that rows of results move is told as changed, beside the rows.
Difference difference(std::span<const Record> before, std::span<const Record> after);
/// Both ordered by person and day, as the store gives them.
Difference difference(std::span<const TimeRecord> before, std::span<const TimeRecord> after);

/// What is stored in the scope of a file and not in the file. Participants: the subprojects that the file names (all, when
/// it names none), without those who have left; attendance: the months that the file covers for each of its persons, and of them
/// the `days` that it can speak of; other
/// files never miss anything. Nothing is missed of the people `unread`: they stand in rows of the file that are not read in.
Difference missing(RecordKind kind, std::span<const Record> stored, std::span<const Record> in_file, std::span<const std::uint32_t> unread = {});
Difference missing(std::span<const TimeRecord> stored, std::span<const TimeRecord> in_file, const std::optional<Period>& days = {},
                   std::span<const std::uint32_t> unread = {});

}  // namespace horisont
