#include "edge/xlsx/looks.h"

namespace horisont {
namespace {

constexpr std::uint32_t white = 0xFFFFFF, hairline = 0xD5DEE2, rule = 0x1F5A6B;

}  // namespace

Colours colours(Style style) {
  switch (style) {
    case Style::Title:
      return {0x17414E, white};
    case Style::Subtitle:
      return {0x4A5960, white};
    case Style::Label:
      return {0x17414E, white};
    case Style::Heading:
      return {white, 0x1F5A6B};
    case Style::Body:
    case Style::Number:
      return {0x1B2428, white};
    case Style::Total:
      return {0x1B2428, 0xE8F0F2};
    case Style::Note:
      return {0x6B4700, 0xFFF3D6};
    case Style::Good:
      return {0x1B5530, 0xE4F2E7};
    case Style::Bad:
      return {0x8A1C12, 0xFBE5E2};
  }
  return {0, white};
}

lxw_format* Looks::of(Style style, const std::string& number_format, Side side, bool wrap) {
  lxw_format*& format = made_[{style, number_format, side, wrap}];
  if (format) return format;
  format = workbook_add_format(workbook_);
  const auto [ink, paper] = colours(style);
  format_set_font_color(format, ink);
  if (paper != white) {
    format_set_pattern(format, LXW_PATTERN_SOLID);
    format_set_bg_color(format, paper);
  }
  if (!number_format.empty()) format_set_num_format(format, number_format.c_str());
  format_set_align(format, side == Side::Right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
  format_set_align(format, style == Style::Heading ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
  if (wrap) format_set_text_wrap(format);
  // Air between a number and the text beside it; a heading to the right keeps clear of the filter's button.
  if (style != Style::Title && style != Style::Subtitle)
    format_set_indent(format, style == Style::Heading && side == Side::Right ? 2 : 1);
  switch (style) {
    case Style::Title:
      format_set_bold(format);
      format_set_font_size(format, 16);
      break;
    case Style::Subtitle:
      break;
    case Style::Label:
      format_set_bold(format);
      break;
    case Style::Heading:
      format_set_bold(format);
      break;
    case Style::Total:
      format_set_bold(format);
      format_set_top(format, LXW_BORDER_THIN);
      format_set_top_color(format, rule);
      format_set_bottom(format, LXW_BORDER_THIN);
      format_set_bottom_color(format, rule);
      break;
    case Style::Body:
    case Style::Number:
    case Style::Note:
    case Style::Good:
    case Style::Bad:
      format_set_bottom(format, LXW_BORDER_THIN);
      format_set_bottom_color(format, hairline);
      break;
  }
  return format;
}

lxw_format* Looks::bare(const std::string& number_format) {
  if (number_format.empty()) return nullptr;
  lxw_format*& format = bare_[number_format];
  if (!format) {
    format = workbook_add_format(workbook_);
    format_set_num_format(format, number_format.c_str());
  }
  return format;
}

}  // namespace horisont
