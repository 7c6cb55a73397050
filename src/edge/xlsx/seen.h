#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace horisont {

/// Something that a reader of a workbook sees, or does not, whatever the values of its cells are.
struct Seen {
  enum class Kind {
    Name,        ///< what a defined name stands for; of the programs' own only the area that is printed
    Comment,     ///< the text of a comment
    Chart,       ///< the numbers or texts that a chart has kept of cells
    ChartText,   ///< a title, or another text of a chart's own
    Drawn,       ///< a text box, a shape, a picture or a control that lies over the cells
    Conditional, ///< a condition on data that changes how cells look
    Validation,  ///< a rule on what may be typed, which may show a text of its own
    Merged,      ///< cells that became one
    Faint,       ///< letters that are too small, or too like what is behind them, to be read
    Narrow,      ///< a column or row that is too narrow to be read; zeros that are not shown
    Part         ///< macros, links to other files and the like
  } kind = Kind::Name;
  std::string where;  ///< "Rader!C14", "Rader!C:C", the name, the cells that a chart shows; empty where there is no place
  std::string what;
  std::size_t chart = 0;  ///< Chart, ChartText: which of the workbook's, from 1
};

/// Everything of those kinds; nothing where the file is no such workbook (.xlsx, .xlsm), or is damaged. Throws FileError.
std::optional<std::vector<Seen>> seen_in(const std::filesystem::path&);

/// What `found` shows that `made` does not, or otherwise: each with what `made` has in its place, if anything. What is missing (programs
/// leave out what they cannot keep when they save a workbook anew) is none of it.
struct SeenOtherwise {
  Seen found;
  std::string made;
};
std::vector<SeenOtherwise> seen_otherwise(const std::vector<Seen>& made, const std::vector<Seen>& found);

/// What `made` shows and `found` has nothing of in its place. Letters, columns and rows that can be read again are not missing.
struct SeenMissing {
  Seen made;
  bool from_what_stays = false;  ///< Chart: other parts of the same chart are still there, so it shows other figures
};
std::vector<SeenMissing> seen_missing(const std::vector<Seen>& made, const std::vector<Seen>& found);

/// Whether a number format lets a value look like another than with the format that it was made with: digits or words of its own, fewer
/// decimals, thousands left out, nothing at all. The same format in another program's spelling does not.
bool hides_digits(std::string_view made, std::string_view found);
/// Whether a number format shows something else than a cell's text.
bool hides_text(std::string_view found);

}  // namespace horisont
