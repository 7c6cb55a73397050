#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/terms.h"
#include "core/reports/report_fields.h"
#include "core/values/date.h"

namespace horisont {

// A report template as values (workbooks, section 6.1). It says where cells stand and what they are called; it decides and
// computes nothing. load_report_template (render.h) checks everything that can be checked before a report is made.

enum class Layout : std::uint8_t { Table, Block, Form };
enum class As : std::uint8_t {
  Text,
  Integer,
  Thousandths,  ///< an integer of thousandths, shown with three decimals
  Hours,
  HoursMinutes,
  Minutes,
  Money,
  Date,
  Month,
  Ratio,
  Verdict,
  Choice,
  YesNo,
  Any
};
enum class Total : std::uint8_t { None, Sum, Count };
enum class Look : std::uint8_t { Good, Bad, Note };
enum class ChartKind : std::uint8_t { Column, StackedColumn, Bar, Line };
enum class Stamp : std::uint8_t { ControlSheet, Companion, None };

struct TemplateColumn {
  std::string field;  ///< may end in `*`: one column for each field of the sheet that fits
  Bilingual heading;  ///< `{{*}}` stands for the part behind `*`
  As as = As::Text;
  double width = 12;  ///< characters
  Total total = Total::None;
  bool wrap = false;
  std::string instead;  ///< field that stands here, as a note, where this one is empty
  std::string note;     ///< definition behind the heading: the text `def.<note>`
  std::string check;    ///< id of the reconciliation whose "in the report" is this column's sum
  std::string name;     ///< defined name of the total
  struct Highlight {
    std::string equals;  ///< machine word
    Look look = Look::Note;
  };
  std::vector<Highlight> highlights;
};

struct TemplateChart {
  ChartKind kind = ChartKind::Column;
  std::string category;
  std::vector<std::string> series;
  Bilingual title, alt;
  bool below = false;  ///< two rows below the table, in its first column
  std::uint32_t row = 0;
  std::uint16_t column = 0;             ///< of the upper left corner, 0-based
  std::uint32_t width = 0, height = 0;  ///< pixels; 0: the library's size
};

struct TemplateSheet {
  std::string id;
  Bilingual name;
  Layout layout = Layout::Table;
  std::uint32_t start_row = 0;
  std::uint16_t start_column = 0;  ///< of the heading row (or the first row without one), 0-based
  bool header = true;
  std::string table;       ///< name of the Excel table, T_…
  std::uint8_t style = 1;  ///< "light" style of the table; 0: none
  std::uint32_t freeze_rows = 0;
  std::uint16_t freeze_columns = 0;
  Bilingual title, empty;
  std::vector<TemplateColumn> columns;
  std::vector<TemplateChart> charts;
};

struct Page {
  bool landscape = true;
  std::string header[3], footer[3];  ///< left, centre, right, with placeholders
};

/// What goes where in a workbook of somebody else's.
struct TemplateFill {
  struct Value {
    std::string sheet, at;  ///< "Uppgifter", "C4"
    std::string name;       ///< or a name that the workbook defines
    std::string field;      ///< a placeholder; of `source` "total.minutes", or "count": how many rows
    std::string source;     ///< sheet of the report
    As as = As::Text;
  };
  std::vector<Value> values, results;  ///< results: of formulas of theirs
  struct Table {
    std::string sheet, source;
    std::uint32_t first_row = 0, most_rows = 0;  ///< 0-based
    bool clear = false;                          ///< cells below the last row, down to most_rows
    struct Column {
      std::uint16_t at = 0;
      std::string field;
      As as = As::Text;
    };
    std::vector<Column> columns;
  };
  std::vector<Table> tables;
  struct Expected {
    std::string sheet, at, text;
  };
  std::vector<Expected> expected;
  bool any() const { return !values.empty() || !tables.empty(); }
};

struct TemplateFile {
  std::string id;
  Bilingual name;
  Stamp stamp = Stamp::ControlSheet;
  Page page;
  std::vector<TemplateSheet> sheets;  ///< written by us
  TemplateFill fill;                  ///< or the template's workbook, filled
};

struct ReportTemplate {
  std::string id, report, sha256;
  std::int64_t version = 0;
  bool verified = false;
  std::optional<Month> valid_from, valid_to;
  std::vector<std::string> programmes;
  std::string period;         ///< month, quarter, year, project, date
  std::string personal_data;  ///< identified, referenced, none
  struct Source {
    std::string what, where, seen;
  };
  std::vector<Source> sources;
  Bilingual title;
  std::vector<TemplateFile> files;
  std::string workbook, workbook_sha256, workbook_bytes;  ///< of somebody else, to be filled
  bool write_locked = false;
};

/// Whether `field` is the key or one of those that a key with `*` stands for.
bool stands_for(std::string_view key, std::string_view field);

/// The keys of each table of a template file, for the loader and for the test that compares them with the schema.
struct TemplateTable {
  std::string_view table;  ///< "" the file itself, "file.sheet.column", …
  std::vector<std::string_view> required, optional;
};
std::span<const TemplateTable> template_tables();

/// Placeholders that headings, titles and file names may hold.
std::span<const std::string_view> placeholders();

}  // namespace horisont
