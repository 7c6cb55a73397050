#pragma once

#include <string>
#include <vector>

#include "edge/import/file_table.h"

namespace horisont {

/// Looks at the columns of a register that are not read:
///   header.maybe-exit: days, none of them before the start, in a register that has no day of leaving. The file is refused until
///     somebody says what the column is.
///   header.dates-beside-start (warning): other days than those.
///   header.says-state (warning): the heading says that not everybody may take part ("Status", "Beslut"), and the words below are
///     not known.
/// Columns that it tells of are marked as told.
void judge_beside_people(ImportJob& job, const FileTable& table, HeadingGuess& guess);

/// The columns, from 0, whose heading says whether somebody takes part: "Status", "Beslut", "Antagen".
std::vector<std::size_t> state_columns(const ImportSchema&, const HeadingGuess&);

/// What a word in such a column says of somebody. `exits`: the register has a day of leaving, so that who has left is one of them.
enum class State : std::uint8_t { TakesPart, TakesNoPart, Unknown };
State state_said(const std::string& text, bool exits);

/// The name of a part of a register whose rows all say the word: "Väntelista", or "Antagen nej" where the word alone says little.
std::string part_of_state(const std::string& heading, const std::string& text);

}  // namespace horisont
