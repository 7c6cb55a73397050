#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "edge/demo/calendar.h"
#include "edge/demo/lottery.h"

namespace horisont::demo {

/// What became of somebody who has left.
struct Outcome {
  bool completed = false;
  std::string reason;                                        ///< as in the choice list "exit_reason", Swedish
  std::string status_after;                                  ///< as in "employment_status", Swedish
  std::string studies_after, grades_after, programme_after;  ///< ja, nej, vet ej
  std::string offer = "nej", qualification = "nej";
  bool health_improved = false;
};

/// A made-up person in one project, with what is true of him or her. Serials 980 to 999 are given to nobody alive.
struct Participant {
  std::string number;  ///< twelve digits
  std::string local_id, family, given;
  Day born = 0, entry = 0, exit = -1;  ///< exit −1: still taking part
  bool woman = false;
  std::string home, school_municipality, unit;  ///< names of municipalities; unit: the subproject
  std::string status = "arbetslös", studies = "nej", training = "nej", education = "grundskola", upper_secondary = "nej",
              kaa = "ja", at_risk, stage, school, referred_by = "kommunen";
  Outcome outcome;
  bool evidence = true;
  int evidence_days = 0;  ///< days from entry to the date on the documents
  std::string verdict = "eligible";
  std::vector<std::string> codes;  ///< "P03", or "P06?" where something is not known
  std::string why;                 ///< planted cases only: the story
  std::uint32_t index = 0;         ///< place in the order in which the registers are read in

  /// The day that the status after leaving is of: within three weeks, and before the list is made.
  Day status_on(Day list_made) const { return std::min(exit + born % 21, list_made); }
  std::string name() const { return given + " " + family; }
  std::string listed_name() const { return family + ", " + given; }
  std::string ten_digits() const { return number.substr(2); }
  void plant(std::string the_verdict, std::vector<std::string> the_codes, std::string the_story) {
    verdict = std::move(the_verdict), codes = std::move(the_codes), why = std::move(the_story);
  }
};

/// The tenth digit for nine digits.
char check_digit(const std::string& nine);

/// Makes people of whom no two share a birth date within the project, and no two numbers in all projects differ only by
/// two swapped digits: else a careful reader would ask whether they are the same person.
class Registry {
 public:
  explicit Registry(Lottery& lottery) : lottery_(lottery) {}
  void new_project() { births_.clear(); }
  /// Somebody from another project comes too.
  void joins(const Participant& person) { births_.insert(person.born); }
  /// Somebody born between the days.
  Participant someone(Day earliest, Day latest);
  /// Somebody born on the day, which must be free.
  Participant born_on(Day day);
  /// Ten digits' worth of date with a valid serial and check digit: for numbers that are wrong in another way.
  std::string number_for(const std::string& yyyymmdd, bool woman);

 private:
  Lottery& lottery_;
  std::set<Day> births_;
  std::set<std::string> numbers_;
};

}  // namespace horisont::demo
