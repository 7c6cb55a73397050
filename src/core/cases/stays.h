#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cases/participation.h"
#include "core/cases/record.h"

namespace horisont {

/// One time in a project, while the rows that speak of it are put together (see fold()).
struct Stay {
  Fact<Date> entered, left, left_by_results;
  std::vector<const Record*> rows, results;  ///< of participants and of results, in the order they became known
  /// What a person has corrected holds; else the results know the exit better than the register.
  Fact<Date> exit() const {
    const bool corrected = left && left->origin.correction != 0;
    return left_by_results && !corrected ? left_by_results : left;
  }
};

/// The order in which records became known: by import (not yet stored ones last), sheet and row. The rows of one register
/// come by entry date, so that their order in the file decides nothing.
bool known_before(const Record&, const Record&);

/// Everything but staff time, by person and in the order of known_before; persons from `people` on are passed over.
std::vector<const Record*> by_person(std::span<const Record>, std::size_t people);

/// The stays of one person, by entry. The records are in the order of known_before; other kinds than participants and results
/// are passed over. None without a row of participants.
std::vector<Stay> stays_of(std::span<const Record* const>);

/// The stays (they look at entry_date and exit_date alone) of everybody with a row of participants, by person; persons from
/// `people` on are passed over.
std::vector<std::pair<std::uint32_t, std::vector<Stay>>> stays(std::span<const Record>, std::size_t people);

/// The times of one person in the project, by entry: stays without an entry are none.
std::vector<Period> periods_of(const std::vector<Stay>&);

/// The row that a correction of a field lies over: for entry and exit dates a row of the last stay, for other facts on entry
/// one of the first, for what concerns the person any; of these the newest that states the field, else the newest that states
/// the entry, else the newest. With `entered_on` a row of the stay begun then. Null: there is no such row.
const Record* row_to_correct(std::span<const Record* const> of_person, std::string_view field, std::optional<Date> entered_on);

/// Facts of the person, which rows of every stay state; all other participants' fields are facts on entry.
bool is_of_the_person(std::string_view field);

}  // namespace horisont
