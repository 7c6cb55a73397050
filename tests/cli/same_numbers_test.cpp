// One definition, five forms: the workbook, the HTML preview, CSV for a Swedish Excel, CSV for programs and JSON of every
// template show the same numbers, cell by cell.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <regex>

#include "app/preview.h"
#include "app/report.h"
#include "app/sheet_table.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/placed.h"
#include "edge/xlsx/render.h"
#include "edge/xlsx/sample_report.h"
#include "support/places.h"
#include "web/preview.h"

namespace horisont {
namespace {

// What a cell counts, in hours, kronor, parts of one or as it is; nothing where it counts nothing.
std::optional<double> number_of(const Cell::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  if (const auto* minutes = std::get_if<Minutes>(&value)) return static_cast<double>(minutes->count()) / 60;
  if (const auto* money = std::get_if<Money>(&value)) return static_cast<double>(money->ore()) / 100;
  if (const auto* ratio = std::get_if<Ratio>(&value); ratio && ratio->denominator != 0)
    return static_cast<double>(ratio->numerator) / static_cast<double>(ratio->denominator);
  return std::nullopt;
}

// Whether the template shows a sheet's field in thousandths of the number that programs get.
double shown_in(const ReportTemplate& layout, const std::string& sheet, const std::string& field) {
  for (const TemplateFile& file : layout.files)
    for (const TemplateSheet& one : file.sheets)
      for (const TemplateColumn& column : one.columns)
        if (one.id == sheet && column.field == field && column.as == As::Thousandths) return 1000;
  return 1;
}

// What is shown is rounded: hours to hundredths, shares to tenths of a per cent; counts and kronor not at all.
double tolerance(const Cell::Value& value) {
  return std::holds_alternative<Minutes>(value) ? 0.00501 : std::holds_alternative<Ratio>(value) ? 0.000501 : 1e-9;
}

// "1 234,50", "67,2 %": as a Swede reads it.
std::optional<double> read_swedish(std::string text) {
  bool percent = false;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\u00A0") == 0)
      ++i;
    else if (text[i] == '%')
      percent = true;
    else
      plain += text[i] == ',' ? '.' : text[i] == '.' ? '?' : text[i];
  }
  if (plain.empty() || plain.find_first_not_of("-0123456789.") != plain.npos) return std::nullopt;
  return std::stod(plain) / (percent ? 100 : 1);
}

using Lines = std::vector<std::vector<std::string>>;

Lines lines_of_csv(std::string_view csv, char separator) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  Lines lines(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
      lines.back().back() += '"', ++i;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == separator)
      lines.back().emplace_back();
    else if (!quoted && c == '\n')
      lines.push_back({""});
    else if (quoted || c != '\r')
      lines.back().back() += c;
  }
  lines.pop_back();
  return lines;
}

// The tables of the page, their headings left out.
std::vector<Lines> tables_of_html(const std::string& html) {
  std::vector<Lines> tables;
  static const std::regex cell("<td[^>]*>([^<]*)</td>");
  for (std::size_t at = html.find("<tbody>"); at != html.npos; at = html.find("<tbody>", at + 1)) {
    const std::string body = html.substr(at, html.find("</tbody>", at) - at);
    Lines lines;
    for (std::size_t row = body.find("<tr>"); row != body.npos; row = body.find("<tr>", row + 1)) {
      const std::string line = body.substr(row, body.find("</tr>", row) - row);
      lines.emplace_back();
      for (std::sregex_iterator it(line.begin(), line.end(), cell), none; it != none; ++it) lines.back().push_back((*it)[1]);
    }
    tables.push_back(std::move(lines));
  }
  return tables;
}

TEST(SameNumbers, stand_in_workbook_html_csv_for_excel_csv_for_programs_and_json_of_every_template) {
  const TemporaryFolder home;
  const auto workspace = open_workspace(home.path() / "home", HORISONT_SOURCE_DIR);
  ASSERT_TRUE(workspace);
  for (const std::string& kind : shipped_kinds()) {
    SCOPED_TRACE(kind);
    const Report report = sample_report(kind, {.rows = 9});
    const auto layout =
        load_report_template(std::filesystem::path(HORISONT_SOURCE_DIR) / "report-templates" / kind / "template.toml");
    ASSERT_TRUE(layout);
    const auto tables = sheet_tables(*workspace, report, Identities::Shown);
    const auto pages = tables_of_html(web::preview_as_html(report, sheet_tables(*workspace, report), Language::Swedish));
    ASSERT_EQ(tables.size(), report.sheets.size());
    ASSERT_EQ(pages.size(), report.sheets.size());
    const auto json = parse_json(preview_as_json(report, "", Language::Swedish));
    ASSERT_TRUE(json);

    // The workbook's numbers, by sheet and place.
    std::map<std::string, std::map<std::pair<std::uint32_t, std::size_t>, double>> in_workbook;
    for (const auto& path :
         render(report, **layout, home.path(), {.language = Language::Swedish, .created = Moment::of_seconds(1)})) {
      const auto book = read_workbook(path);
      ASSERT_TRUE(book);
      for (const SheetView& sheet : book->sheets())
        for (const RowView& row : sheet.rows)
          for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i].kind == CellView::Kind::Number || row.cells[i].kind == CellView::Kind::Duration)
              in_workbook[sheet.name][{row.number - 1, i}] =
                  std::stod(std::string(row.cells[i].text)) * (row.cells[i].format == "[h]:mm" ? 24 : 1);
    }

    std::size_t compared = 0;
    for (std::size_t s = 0; s < report.sheets.size(); ++s) {
      const Sheet& sheet = report.sheets[s];
      SCOPED_TRACE(sheet.id);
      std::vector<std::vector<Cell>> rows = sheet.rows;
      rows.push_back(sheet.totals);
      const Lines excel = lines_of_csv(as_excel_csv(tables[s].table, Language::Swedish), ';');
      const Lines program = lines_of_csv(as_program_csv(sheet, Language::Swedish), ',');
      const std::string schema = sheet.id == "rows" || sheet.id == "checks" ? "sheet_" + sheet.id : sheet.id;
      const JsonValue* document = json->find(schema);
      ASSERT_TRUE(document);
      ASSERT_EQ(excel.size(), rows.size() + 1);
      ASSERT_EQ(program.size(), rows.size() + 1);
      ASSERT_EQ(document->items.size(), rows.size());
      ASSERT_EQ(pages[s].size(), rows.size());
      for (std::size_t r = 0; r < rows.size(); ++r) {
        // To people: the columns of the template.
        for (std::size_t c = 0; c < tables[s].fields.size(); ++c) {
          const std::size_t field = tables[s].fields[c];
          const Cell::Value& value = rows[r][field].value;
          const auto number = number_of(value);
          if (!number) continue;
          const std::string what = sheet.fields[field] + " in row " + std::to_string(r);
          for (const std::string& shown : {excel[r + 1].at(c), pages[s][r].at(c)}) {
            const auto read = read_swedish(shown);
            ASSERT_TRUE(read) << what << ": " << shown;
            EXPECT_NEAR(*read * shown_in(**layout, sheet.id, sheet.fields[field]), *number, tolerance(value)) << what << ": " << shown;
          }
          ++compared;
        }
        // To programs: whole minutes and öre, shares as two numbers.
        for (std::size_t field = 0; field < sheet.fields.size(); ++field) {
          const Cell::Value& value = rows[r][field].value;
          if (!number_of(value)) continue;
          std::string exact;
          if (const auto* plain = std::get_if<std::int64_t>(&value)) exact = std::to_string(*plain);
          if (const auto* minutes = std::get_if<Minutes>(&value)) exact = std::to_string(minutes->count());
          if (const auto* money = std::get_if<Money>(&value)) exact = std::to_string(money->ore());
          if (const auto* ratio = std::get_if<Ratio>(&value))
            exact = std::to_string(ratio->numerator) + "/" + std::to_string(ratio->denominator);
          EXPECT_EQ(program[r + 1].at(field + 1), exact) << sheet.fields[field];
          const JsonValue* in_json = document->items[r].find(sheet.fields[field]);
          ASSERT_TRUE(in_json) << sheet.fields[field];
          EXPECT_EQ(in_json->kind == JsonValue::Kind::Integer ? std::to_string(in_json->integer) : in_json->text, exact)
              << sheet.fields[field];
          ++compared;
        }
      }
    }
    for (const PlacedSheet& placed : placed_sheets(report, **layout, Language::Swedish)) {
      const Sheet& sheet = report.sheets.at(placed.sheet);
      for (const auto& column : placed.columns)
        for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
          const Cell::Value& value = sheet.rows[r][column.field].value;
          const auto number = number_of(value);
          if (!number) continue;
          const auto& cells = in_workbook[placed.name];
          const auto found = cells.find({placed.first_row + static_cast<std::uint32_t>(r), column.at});
          ASSERT_NE(found, cells.end()) << placed.name << " " << column.heading;
          // Minutes may be shown as such.
          const double of_workbook = std::holds_alternative<Minutes>(value) && std::abs(found->second - *number) > 1e-6
                                         ? found->second / 60
                                         : found->second;
          EXPECT_NEAR(of_workbook * shown_in(**layout, sheet.id, sheet.fields[column.field]), *number, 1e-9 * std::max(1.0, std::abs(*number))) << placed.name << " " << column.heading;
          ++compared;
        }
    }
    EXPECT_GT(compared, 20u) << "a template without numbers shows nothing";
  }
}

}  // namespace
}  // namespace horisont
