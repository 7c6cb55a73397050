#include "edge/xlsx/plain_workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>
#include <utility>

#include "edge/xlsx/book.h"
#include "edge/xlsx/rendering.h"
#include "edge/xlsx/written.h"

namespace horisont {
namespace {

// The formats of one workbook, made when they are first needed: the same input makes them in the same order.
class Formats {
 public:
  explicit Formats(lxw_workbook* workbook) : workbook_(workbook) {}
  lxw_format* of(bool bold, const std::string& number_format) {
    if (!bold && number_format.empty() && !wrapped_) return nullptr;
    lxw_format*& format = made_[{bold, wrapped_, number_format}];
    if (!format) {
      format = workbook_add_format(workbook_);
      if (bold) format_set_bold(format);
      if (!number_format.empty()) format_set_num_format(format, number_format.c_str());
      if (wrapped_) {
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
      }
    }
    return format;
  }
  void wrap(bool wrapped) { wrapped_ = wrapped; }  ///< of what is asked for from now on

 private:
  lxw_workbook* workbook_;
  bool wrapped_ = false;
  std::map<std::tuple<bool, bool, std::string>, lxw_format*> made_;
};

double number(const std::string& digits) {
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

void write(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const PlainCell& cell, Formats& formats) {
  struct Writer {
    lxw_worksheet* sheet;
    lxw_row_t row;
    lxw_col_t column;
    bool bold;
    Formats& formats;

    void operator()(std::monostate) const {
      if (bold) must(worksheet_write_blank(sheet, row, column, formats.of(bold, "")));
    }
    void operator()(const std::string& text) const {
      must(worksheet_write_string(sheet, row, column, cell_text(text).c_str(), formats.of(bold, "")));
    }
    void operator()(const PlainCell::Number& n) const {
      must(worksheet_write_number(sheet, row, column, number(n.digits), formats.of(bold, n.format)));
    }
    void operator()(Date day) const {
      if (!excel_has(day)) return (*this)(day.iso());
      must(worksheet_write_number(sheet, row, column, excel_serial(day), formats.of(bold, "yyyy-mm-dd")));
    }
    void operator()(const PlainCell::Duration& d) const {
      const Written time = written(Minutes(d.minutes), d.decimal ? As::Hours : As::HoursMinutes, Language::Swedish);
      must(worksheet_write_number(sheet, row, column, time.number, formats.of(bold, time.format)));
    }
    void operator()(const PlainCell::Formula& f) const {
      must(worksheet_write_formula_num(sheet, row, column, ("=" + f.formula).c_str(), formats.of(bold, ""), number(f.value)));
    }
  };
  std::visit(Writer{sheet, row, column, cell.bold, formats}, cell.value);
}

// A4, as wide as the columns, with what it is over each page and its number below.
void set_print(lxw_worksheet* out, const PlainSheet& sheet) {
  if (sheet.table) {
    worksheet_set_landscape(out);
    worksheet_gridlines(out, LXW_SHOW_ALL_GRIDLINES);  // to write in, on paper too
  }
  worksheet_set_paper(out, 9);
  worksheet_fit_to_pages(out, 1, 0);
  std::string head;
  for (const char c : sheet.head) head += c == '&' ? "&&" : std::string(1, c);
  if (!head.empty()) must(worksheet_set_header(out, ("&L" + cell_text(head, 200)).c_str()));
  must(worksheet_set_footer(out, "&R&P (&N)"));
}

// Rows of wrapped texts as high as their longest: a reader that opens the file does not work that out by itself.
void set_heights(lxw_worksheet* out, const PlainSheet& sheet) {
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    int lines = 1;
    for (std::size_t c = 0; c < std::min(sheet.rows[r].size(), sheet.widths.size()); ++c)
      if (const auto* text = std::get_if<std::string>(&sheet.rows[r][c].value))
        lines = std::max(lines, lines_of(*text, letters_in(sheet.widths[c] - (sheet.table && r == 0 ? 3 : 0))));
    if (lines > 1) must(worksheet_set_row(out, static_cast<lxw_row_t>(r), std::min(15.0 * lines, 409.0), nullptr));
  }
}

void fill(lxw_worksheet* out, const PlainSheet& sheet, Formats& formats) {
  formats.wrap(sheet.table || sheet.notes);
  for (std::size_t i = 0; i < sheet.widths.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    must(worksheet_set_column(out, column, column, sheet.widths[i], nullptr));
  }
  // A merge writes its first cell; the cell's own content comes after it.
  for (const auto& m : sheet.merges) {
    if (m.row1 == m.row2 && m.col1 == m.col2) continue;
    must(worksheet_merge_range(out, m.row1 - 1, static_cast<lxw_col_t>(m.col1 - 1), m.row2 - 1,
                               static_cast<lxw_col_t>(m.col2 - 1), "", nullptr));
  }
  for (std::size_t r = 0; r < sheet.rows.size(); ++r)
    for (std::size_t c = 0; c < sheet.rows[r].size(); ++c)
      write(out, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c), sheet.rows[r][c], formats);
  if (sheet.table && !sheet.rows.empty() && !sheet.rows.front().empty()) {
    worksheet_freeze_panes(out, 1, 0);
    const auto last = static_cast<lxw_col_t>(sheet.rows.front().size() - 1);
    must(worksheet_autofilter(out, 0, 0, static_cast<lxw_row_t>(sheet.rows.size() - 1), last));
    must(worksheet_repeat_rows(out, 0, 0));
  }
  if (sheet.table || sheet.notes) {
    set_heights(out, sheet);
    set_print(out, sheet);
  }
  lxw_row_col_options hidden{};
  hidden.hidden = LXW_TRUE;
  for (const std::uint32_t row : sheet.hidden_rows)
    must(worksheet_set_row_opt(out, row - 1, LXW_DEF_ROW_HEIGHT, nullptr, &hidden));
}

}  // namespace

void write_plain_workbook(const std::filesystem::path& path, const std::vector<PlainSheet>& sheets) {
  const PointAsDecimalSign point;
  Book book(path, false);
  lxw_doc_properties properties{};
  properties.created = document_time(Moment::of_seconds(0));
  must(workbook_set_properties(*book, &properties));
  Formats formats(*book);
  bool activated = false;
  for (const PlainSheet& sheet : sheets) {
    lxw_worksheet* out = book.add_sheet(sheet.name);
    fill(out, sheet, formats);
    if (sheet.hidden) {
      worksheet_hide(out);
    } else if (!std::exchange(activated, true)) {
      worksheet_activate(out);
      worksheet_set_first_sheet(out);
    }
  }
  book.commit();
}

}  // namespace horisont
