#include "edge/xlsx/blank_template.h"

#include <algorithm>

#include "core/values/column_letters.h"
#include "edge/xlsx/book.h"

namespace horisont {
namespace {

constexpr lxw_row_t last_row = 2'000;
constexpr std::size_t longest_help = 255, longest_title = 32;

struct Formats {
  lxw_format *title, *heading, *needed, *body, *text, *date, *hours, *note;
  explicit Formats(lxw_workbook* workbook) {
    const auto made = [&] {
      lxw_format* format = workbook_add_format(workbook);
      format_set_font_name(format, "Calibri");
      return format;
    };
    title = made(), format_set_bold(title), format_set_font_size(title, 16);
    heading = made(), format_set_bold(heading), format_set_bg_color(heading, 0xE6EEF2),
    format_set_border(heading, LXW_BORDER_THIN);
    needed = made(), format_set_bold(needed), format_set_bg_color(needed, 0x1F5A6B), format_set_font_color(needed, 0xFFFFFF);
    format_set_border(needed, LXW_BORDER_THIN);
    body = made(), format_set_text_wrap(body), format_set_align(body, LXW_ALIGN_VERTICAL_TOP);
    text = made(), format_set_num_format(text, "@");
    date = made(), format_set_num_format(date, "yyyy-mm-dd");
    hours = made(), format_set_num_format(hours, "0.00");
    note = made(), format_set_italic(note);
  }
};

// The column's letters, for formulas.
std::string letters(std::size_t column) { return column_letters(column + 1); }

lxw_datetime moment_of(Date day) {
  return {.year = day.year(), .month = day.month(), .day = day.day(), .hour = 0, .min = 0, .sec = 0};
}

void check_column(lxw_worksheet* sheet, const BlankTemplate& blank, std::size_t at, const std::string& list) {
  const BlankTemplate::Column& column = blank.columns[at];
  std::string title = cell_text(column.heading, longest_title), help = cell_text(column.help, longest_help);
  std::string error_title = cell_text(blank.error_title, longest_title), error = cell_text(blank.error_text, longest_help);
  std::string source = "=" + list;
  lxw_data_validation check{};
  check.input_title = title.data(), check.input_message = help.data();
  check.error_title = error_title.data(), check.error_message = error.data();
  check.show_input = LXW_VALIDATION_ON, check.show_error = LXW_VALIDATION_ON, check.ignore_blank = LXW_VALIDATION_ON;
  check.validate = LXW_VALIDATION_TYPE_ANY;
  using Kind = BlankTemplate::Column::Kind;
  switch (column.kind) {
    case Kind::Date:
      check.validate = LXW_VALIDATION_TYPE_DATE;
      check.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
      check.minimum_datetime = moment_of(blank.dates.first);
      check.maximum_datetime = moment_of(blank.dates.last.value_or(*Date::of(2099, 12, 31)));
      break;
    case Kind::Hours:
      check.validate = LXW_VALIDATION_TYPE_DECIMAL;
      check.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
      check.maximum_number = static_cast<double>(column.longest > 0 ? column.longest : 44'640) / 60;
      break;
    case Kind::Integer:
    case Kind::Percent:
      check.validate = column.kind == Kind::Percent ? LXW_VALIDATION_TYPE_DECIMAL : LXW_VALIDATION_TYPE_INTEGER;
      check.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
      check.maximum_number =
          column.kind == Kind::Percent ? 100 : static_cast<double>(column.longest > 0 ? column.longest : 1'000'000);
      break;
    case Kind::Choice:
      check.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      check.value_formula = source.data();
      check.dropdown = LXW_VALIDATION_ON;
      break;
    case Kind::Identity:
      break;
    case Kind::Text:
      if (column.longest > 0) {
        check.validate = LXW_VALIDATION_TYPE_LENGTH;
        check.criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
        check.value_number = static_cast<double>(column.longest);
      }
      break;
  }
  const auto c = static_cast<lxw_col_t>(at);
  must(worksheet_data_validation_range(sheet, 1, c, last_row - 1, c, &check));
}

}  // namespace

void write_blank_template(const std::filesystem::path& path, const BlankTemplate& blank) {
  const PointAsDecimalSign point;
  Book book(path, false);
  lxw_doc_properties properties{};
  properties.created = document_time(Moment::of_seconds(0));
  must(workbook_set_properties(*book, &properties));
  must(workbook_set_custom_property_string(*book, "horisont.template", blank.record.c_str()));
  must(workbook_set_custom_property_string(*book, "horisont.version", blank.version.c_str()));
  must(workbook_set_custom_property_string(*book, "horisont.language", blank.language.c_str()));
  Formats formats(*book);

  lxw_worksheet* instruction = book.add_sheet(blank.instruction_sheet);
  lxw_worksheet* data = book.add_sheet(blank.sheet);
  lxw_worksheet* lists = book.add_sheet(blank.lists_sheet);

  must(worksheet_set_column(instruction, 0, 0, 34, nullptr));
  must(worksheet_set_column(instruction, 1, 1, 12, nullptr));
  must(worksheet_set_column(instruction, 2, 2, 70, nullptr));
  must(worksheet_set_column(instruction, 3, 3, 26, nullptr));
  lxw_row_t row = 0;
  must(worksheet_write_string(instruction, row++, 0, cell_text(blank.title).c_str(), formats.title));
  for (const std::string& line : blank.instructions) {
    must(worksheet_merge_range(instruction, row, 0, row, 3, cell_text(line).c_str(), formats.body));
    must(worksheet_set_row(instruction, row++, line.size() > 130 ? 32 : LXW_DEF_ROW_HEIGHT, nullptr));
  }
  ++row;
  lxw_col_t at = 0;
  for (const std::string& heading : {blank.heading_heading, blank.heading_needed, blank.heading_help, blank.heading_example})
    must(worksheet_write_string(instruction, row, at++, heading.c_str(), formats.heading));
  const auto last_narrow =
      std::find_if(blank.columns.rbegin(), blank.columns.rend(), [](const auto& column) { return column.narrow; });
  bool told = false;
  for (const BlankTemplate::Column& column : blank.columns) {
    if (column.narrow && told) continue;
    told = told || column.narrow;
    ++row;
    const std::string until = column.narrow ? "–" + last_narrow->heading : std::string();
    must(worksheet_write_string(instruction, row, 0, cell_text(column.heading + until).c_str(), formats.body));
    must(worksheet_write_string(instruction, row, 1, (column.needed ? blank.yes : blank.no).c_str(), formats.body));
    must(worksheet_write_string(instruction, row, 2, cell_text(column.help).c_str(), formats.body));
    must(worksheet_write_string(instruction, row, 3, cell_text(column.example).c_str(), formats.body));
  }
  worksheet_set_landscape(instruction);
  worksheet_fit_to_pages(instruction, 1, 0);
  worksheet_set_paper(instruction, 9);

  std::size_t list_column = 0;
  using Kind = BlankTemplate::Column::Kind;
  for (std::size_t c = 0; c < blank.columns.size(); ++c) {
    const BlankTemplate::Column& column = blank.columns[c];
    lxw_format* body = column.kind == Kind::Date    ? formats.date
                       : column.kind == Kind::Hours ? formats.hours
                       : column.kind == Kind::Text || column.kind == Kind::Identity || column.kind == Kind::Choice
                           ? formats.text
                           : nullptr;
    const auto here = static_cast<lxw_col_t>(c);
    const double width = column.narrow ? 6.0 : std::clamp(static_cast<double>(column.heading.size()) + 3, 13.0, 34.0);
    must(worksheet_set_column(data, here, here, width, body));
    must(worksheet_write_string(data, 0, here, cell_text(column.heading).c_str(),
                                column.needed ? formats.needed : formats.heading));
    if (!column.help.empty()) must(worksheet_write_comment(data, 0, here, cell_text(column.help).c_str()));
    std::string name;
    if (column.kind == Kind::Choice) {
      name = "horisont_lista_" + std::to_string(list_column + 1);
      const auto list = static_cast<lxw_col_t>(list_column);
      must(worksheet_write_string(lists, 0, list, cell_text(column.heading).c_str(), formats.heading));
      for (std::size_t i = 0; i < column.choices.size(); ++i)
        must(worksheet_write_string(lists, static_cast<lxw_row_t>(i + 1), list, cell_text(column.choices[i]).c_str(), nullptr));
      const std::string of = letters(list_column);
      must(workbook_define_name(*book, name.c_str(),
                                ("='" + blank.lists_sheet + "'!$" + of + "$2:$" + of + "$" +
                                 std::to_string(std::max<std::size_t>(column.choices.size(), 1) + 1))
                                    .c_str()));
      ++list_column;
    }
    check_column(data, blank, c, name);
    if (column.kind == Kind::Identity || column.kind == Kind::Text)
      must(worksheet_ignore_errors(data, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                   ("A2:" + letters(blank.columns.size() - 1) + std::to_string(last_row)).c_str()));
  }
  for (std::size_t r = 0; r < blank.rows.size(); ++r)
    for (std::size_t c = 0; c < blank.rows[r].size() && c < blank.columns.size(); ++c)
      if (!blank.rows[r][c].empty())
        must(worksheet_write_string(data, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c),
                                    cell_text(blank.rows[r][c]).c_str(), formats.text));
  worksheet_freeze_panes(data, 1, 0);
  worksheet_repeat_rows(data, 0, 0);
  worksheet_set_landscape(data);
  worksheet_fit_to_pages(data, 1, 0);
  worksheet_set_paper(data, 9);
  worksheet_hide(lists);
  worksheet_activate(data);
  book.commit(Readers::Everyone);
}

}  // namespace horisont
