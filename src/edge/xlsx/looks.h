#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

namespace horisont {

/// What a cell is for; ten meanings and no others, so that all workbooks look alike. Good, Bad and Note never stand alone:
/// the word is in the cell.
enum class Style : std::uint8_t { Title, Subtitle, Label, Heading, Body, Number, Total, Note, Good, Bad };
enum class Side : std::uint8_t { Left, Right };

/// The formats of one workbook: a style with a number format, made when first needed, so the same report makes the same
/// formats in the same order.
class Looks {
 public:
  explicit Looks(lxw_workbook* workbook) : workbook_(workbook) {}
  lxw_format* of(Style, const std::string& number_format = "", Side = Side::Left, bool wrap = false);
  /// Number format alone, for files that a funder's system reads.
  lxw_format* bare(const std::string& number_format);

 private:
  lxw_workbook* workbook_;
  std::map<std::tuple<Style, std::string, Side, bool>, lxw_format*> made_;
  std::map<std::string, lxw_format*> bare_;
};

/// The colours of the ten styles, for charts and for the test of their contrast.
struct Colours {
  std::uint32_t ink, paper;
};
Colours colours(Style);
constexpr std::uint32_t chart_colours[] = {0x1F5A6B, 0xC98B2B, 0x7A9E7E, 0xA65A4E, 0x8091A8, 0x5B4B7A};

}  // namespace horisont
