#pragma once

#include <string>
#include <vector>

#include "edge/demo/paper.h"

namespace horisont::demo {

/// Somebody's time on a day.
struct Visit {
  const Participant* who = nullptr;
  Day day = 0;
  int activity = 0;  ///< index into activity_words
  std::int64_t minutes = 0;
};

/// A few visits a month for everybody who takes part, ordered by day and then by register.
std::vector<Visit> visits(Lottery&, const std::vector<const Participant*>& people, Day first, Day last, int fewest, int most);

/// Faults of attendance lists. The first group leaves its row out, the second is read in and not funded or looked at.
enum class ListFault {
  UnknownPerson,
  CheckDigit,
  Over24,
  Negative,
  UnknownActivity,
  NotInCalendar,
  Twice,
  Contradiction,
  HoursAgainstClock,
  OverMidnight,
  BeforeEntry,
  AfterExit,
  OutsideProject,
  Overlap,
  Implausible
};

/// How one office keeps a list with one row for each visit.
struct ListHabits {
  std::string file, sheet = "Närvaro", title;
  FileForm form = FileForm::Excel;
  NumberForm numbers = NumberForm::TenHyphen;
  DateForm dates = DateForm::Cell;
  HoursForm hours = HoursForm::Number;
  bool clock = false;  ///< start and end beside the hours
  bool sum = false, repeated_heading = false, rounded = false, saturday = false;
  std::vector<ListFault> faults;
  Day project_end = 0;
};
void write_list(const std::filesystem::path& folder, Manifest&, Registry&, Lottery&, const std::string& project,
                const ListHabits&, std::vector<Visit> visits, const std::vector<const Participant*>& people);

enum class WideFault { UnknownPerson, Over24, Negative, DayNotInMonth, SumOff, BeforeEntry, AfterExit };

/// How one office keeps a month's sheet with a column for each day.
struct WideHabits {
  std::string file, sheet, title;
  NumberForm numbers = NumberForm::TenHyphen;
  HoursForm hours = HoursForm::Number;
  bool local_id = false, weekdays_above = false, groups_above = false, absences = false, formulas = false;
  std::vector<WideFault> faults;
};
void write_wide(const std::filesystem::path& folder, Manifest&, Registry&, Lottery&, const std::string& project,
                const WideHabits&, int year, int month, const std::vector<Visit>& visits,
                const std::vector<const Participant*>& people);

}  // namespace horisont::demo
