#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/values/date.h"

namespace horisont {

/// A blank workbook for people to fill in: an instruction sheet, a sheet with headings, checks and drop-downs, the lists.
struct BlankTemplate {
  struct Column {
    std::string heading, help, example;
    enum class Kind { Text, Identity, Date, Hours, Integer, Percent, Choice } kind = Kind::Text;
    bool needed = false;
    std::int64_t longest = 0;  ///< characters of a text, minutes of hours, largest number; 0: no limit
    std::vector<std::string> choices;
    bool narrow = false;  ///< one of many like it: as wide as a number, and told once on the first sheet, by the first of them
  };
  std::string record, version, language;  ///< custom properties horisont.template, .version, .language
  std::string sheet, instruction_sheet, lists_sheet, title;
  std::vector<std::string> instructions;
  std::string heading_heading, heading_needed, heading_help, heading_example, yes, no;
  std::string error_title, error_text;                ///< of a value that the checks refuse; {0} is the column
  Period dates{*Date::of(1990, 1, 1), std::nullopt};  ///< dates inside are accepted by the cells
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  ///< filled in from the start
};

/// Throws FileError.
void write_blank_template(const std::filesystem::path&, const BlankTemplate&);

}  // namespace horisont
