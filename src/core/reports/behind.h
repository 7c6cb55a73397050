#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/reports/report_input.h"

namespace horisont {

/// What stands behind the numbers of a made report, kept with it: the persons with what was decided of them, the records of
/// time with what became of their minutes, and the cells that they came from.
struct Behind {
  struct Person {
    std::uint32_t person = 0;  ///< as cells and records name it: counted on from one project of the report to the next
    std::uint32_t number = 0;  ///< in its project
    std::uint32_t project = 0;  ///< place in `projects`
    bool registered = false;  ///< has a participation; otherwise nothing is known of the person but the number
    Verdict verdict = Verdict::Undecided;
    std::string codes;  ///< rules not met or not told, "P03 P06?"
    Origin origin;      ///< of the day of entry, or of the row that brought the person in
    std::int64_t accepted = 0;  ///< minutes until the report's day
  };
  struct Time {
    std::uint32_t person = 0;
    std::int32_t day = 0;
    bool monthly = false;
    std::int16_t start = -1;
    std::uint16_t activity = 0;  ///< place in `activities`
    std::int64_t reported = 0, accepted = 0, refused = 0;
    Reason reason = Reason::Accepted;
    Origin origin;
  };
  struct Staff {
    std::string staff_id, employer, function;
    std::int32_t day = 0;
    bool monthly = false;
    std::int64_t reported = 0, accepted = 0, refused = 0;
    Reason reason = Reason::Accepted;
    std::optional<Money> per_hour;  ///< the unit cost of the day
    Origin origin;
  };
  struct Hours {
    std::uint32_t project = 0;
    std::int32_t month = 0;  ///< Month::number()
    Rounding rounding = Rounding::Down;
    RoundingLevel level = RoundingLevel::Month;
  };
  std::vector<Person> persons;
  std::vector<Time> times;
  std::vector<Staff> staff;
  std::vector<Hours> hours;            ///< of each project in the months of `times` and `staff`
  std::vector<Bilingual> activities;   ///< as reports name them
  std::vector<SourceFile> files;       ///< those that something above came from
  std::string rule_set;                ///< name and digest; of several projects each
  std::vector<std::string> projects;   ///< keys of those that the report counts

  const Person* of(std::uint32_t person) const;
};

/// A made report as it was kept. `counted` of its cells are places in `behind`; a counted person or record that is none is
/// `nobody`.
struct FrozenReport {
  static constexpr std::uint32_t nobody = UINT32_MAX;
  Report report;
  Behind behind;
};

/// What has to be kept beside the canonical text of a report: everything else of the report, and what stands behind it.
/// A report of several projects has an input for each, in its order.
std::string freeze(const Report&, std::span<const ReportInput* const>);
/// Both together give the report back; nothing when they are damaged or do not belong together.
std::optional<FrozenReport> thaw(std::string_view sheets_text, std::string_view frozen);
/// Report::control alone, of which the beginning of what was frozen is enough; empty when it is not there whole.
std::vector<std::pair<std::string, std::string>> control_of(std::string_view beginning);

}  // namespace horisont
