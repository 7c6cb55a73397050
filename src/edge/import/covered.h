#pragma once

#include "edge/import/file_table.h"

namespace horisont {

/// Numbers that a reading of the table would leave out though a heading that is read stands over them: a column merged into that
/// of the hours or of a day, one without a heading right behind the hours, or two columns for each day. Told (header.covers-two,
/// header.times-under-days); false when so, and the file cannot be read.
bool all_hours_have_headings(ImportJob&, const FileTable&, const HeadingGuess&);

/// Tells that days have two columns each, and that both are read.
void tell_of_halves(ImportJob&, const HeadingGuess&);

/// "Från" and "Till" under each day: told, since the columns would else be called the same field twice.
bool has_times_under_days(const HeadingGuess&);

}  // namespace horisont
