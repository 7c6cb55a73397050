#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/values/result.h"

namespace horisont {

/// One problem on its way back into the user's own workbook. Texts are in the language of the copy.
struct Mark {
  std::string id;                                                       ///< "U-3.2"
  bool error = true;                                                    ///< fel; otherwise varning
  std::string level, cause, sheet, cell, heading, given, what, advice;  ///< cause: the code; cell "E17" or a row number
};

/// The words of the sheet that lists the problems.
struct MarkUpWords {
  std::string sheet;                  ///< "Problem"
  std::vector<std::string> headings;  ///< nr, level, sheet, cell, heading, value, what, what to do
  std::string title;
};

/// The parts of a workbook (without the leading slash) that a marked-up copy changes or adds, from a function that gives a
/// part's text. Each problem gets a fill, a border and a comment in its cell, and a line in a new last sheet, grouped by
/// cause; what was there stays. Custom properties `horisont.marked_up` and `horisont.source` say what the copy is. A Problem
/// ("markup.cannot") when the workbook is built in a way that cannot be patched safely.
Result<std::map<std::string, std::string>> marked_up_parts(const std::vector<std::string>& names,
                                                           const std::map<std::string, std::string>& parts,
                                                           const std::vector<Mark>& marks, const MarkUpWords& words,
                                                           const std::string& id, const std::string& source_sha256);

}  // namespace horisont
