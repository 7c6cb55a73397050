#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/reports/sheet.h"
#include "edge/xlsx/book.h"
#include "edge/xlsx/looks.h"
#include "edge/xlsx/render.h"
#include "edge/xlsx/template.h"
#include "edge/xlsx/written.h"

namespace horisont {

/// A text that is longer than a cell may be, and was cut.
struct CutText {
  std::string cell;  ///< "Rader!C14"
  std::size_t units = 0;
};

/// One workbook of a report while it is written.
struct Rendering {
  const Report& report;
  const ReportTemplate& layout;
  const TemplateFile& file;
  const RenderOptions& options;
  Book& book;
  Looks looks;
  bool in_order;  ///< rows are written from the top and forgotten
  bool large;     ///< packed fast rather than small; empty cells of the body are not written, and have no rule below them
  std::string fingerprint;  ///< SHA-256 of the report's canonical text
  std::vector<CutText>& cut;  ///< of all files of the report so far

  /// The body of a summed column, for the control sheet to add up: the formula and what it gives.
  struct Source {
    std::string formula;
    std::int64_t value = 0;
  };
  std::map<std::string, Source> sources;  ///< by the id of the reconciliation
};

/// Text with its placeholders filled in.
std::string filled(std::string_view text, const Report&, const ReportTemplate&, Language);
inline std::string filled(std::string_view text, const Rendering& r) {
  return filled(text, r.report, r.layout, r.options.language);
}

void put_text(lxw_worksheet*, lxw_row_t, lxw_col_t, std::string_view, lxw_format*);
void put(lxw_worksheet*, lxw_row_t, lxw_col_t, const Written&, lxw_format*);

/// Notes a text that no cell can hold whole.
void note_cut(std::vector<CutText>&, std::string_view sheet, lxw_row_t, lxw_col_t, const Written&);

/// Lines that a text takes where so many letters fit into one.
int lines_of(std::string_view text, double letters);
/// Letters that fit into a column: widths count digits, which are wider, and an indent is one.
constexpr double letters_in(double width) { return (width - 1.5) * 1.1; }

/// One page wide, unless that makes print that nobody can read: then as few as do.
constexpr double most_characters_of_a_page = 240;  ///< of column widths, on landscape A4
std::uint16_t pages_across(double width);

/// A4, header, footer with page x of y; `repeated` is the heading row that each page shows, if any; `width` of all columns;
/// `frozen` columns repeat where one page is too narrow.
void set_page(lxw_worksheet*, const Rendering&, const lxw_row_t* repeated, double width = 0, lxw_col_t frozen = 0,
              bool one_leaf = false);

/// "G12", "$G$12"
std::string cell_address(lxw_row_t, lxw_col_t, bool fixed = false);

/// One sheet of the report in its layout.
void write_sheet(const Sheet&, const TemplateSheet&, Rendering&);

/// The sheet "Kontroll" / "Control" (workbooks, section 8). `others`: name and SHA-256 of the report's other files.
void write_control_sheet(Rendering&, const std::vector<std::pair<std::string, std::string>>& others);

}  // namespace horisont
