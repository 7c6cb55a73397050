#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "support/handmade_zip.h"

namespace horisont {

/// A workbook of one sheet, part by part, so that a test writes only the XML that it is about.
struct HandmadeWorkbook {
  std::string sheet = "<sheetData/>";  ///< inside <worksheet>
  std::string strings = "";            ///< inside <sst>
  std::string styles = "";             ///< inside <styleSheet>
  std::string workbook = "";           ///< inside <workbook>, before the sheets
  std::string sheets = R"(<sheet name="Mars" sheetId="1" r:id="rId1"/>)";
  std::string relationships = "";  ///< more of the workbook's
  std::string main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
  std::string target = "worksheets/sheet1.xml";
  std::string space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::string ids = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  std::vector<HandmadePart> more = {};  ///< more parts

  std::string bytes() const {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const auto part = [&](const std::string& element, const std::string& inside) {
      return head + "<" + element + " xmlns=\"" + space + "\" xmlns:r=\"" + ids + "\">" + inside + "</" + element + ">";
    };
    const auto relation = [&](const std::string& id, const std::string& type, const std::string& to) {
      return "<Relationship Id=\"" + id + "\" Type=\"" + ids + "/" + type + "\" Target=\"" + to + "\"/>";
    };
    const std::string package = "http://schemas.openxmlformats.org/package/2006/";
    const auto relations = [&](const std::string& inside) {
      return head + "<Relationships xmlns=\"" + package + "relationships\">" + inside + "</Relationships>";
    };
    std::vector<HandmadePart> parts{
        {"[Content_Types].xml", head + "<Types xmlns=\"" + package +
                                    "content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"" + main +
                                    "\"/></Types>"},
        {"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml") +
                                  relation("rId2", "custom-properties", "docProps/custom.xml"))},
        {"xl/workbook.xml", part("workbook", workbook + "<sheets>" + sheets + "</sheets>")},
        {"xl/_rels/workbook.xml.rels",
         relations(relation("rId1", "worksheet", target) + relation("rId2", "styles", "styles.xml") +
                   relation("rId3", "sharedStrings", "sharedStrings.xml") + relationships)},
        {"xl/worksheets/sheet1.xml", part("worksheet", sheet)},
        {"xl/styles.xml", part("styleSheet", styles)},
        {"xl/sharedStrings.xml", part("sst", strings)}};
    parts.insert(parts.end(), more.begin(), more.end());
    return handmade_zip(parts);
  }
};

/// An ODS file with this inside <office:spreadsheet> and this as automatic styles.
inline std::string handmade_ods(const std::string& tables, const std::string& styles = "",
                                std::vector<HandmadePart> more = {}) {
  const std::string odf = "urn:oasis:names:tc:opendocument:xmlns:";
  std::vector<HandmadePart> parts{
      {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
      {"content.xml", "<office:document-content xmlns:office=\"" + odf + "office:1.0\" xmlns:table=\"" + odf +
                          "table:1.0\" xmlns:text=\"" + odf + "text:1.0\" xmlns:style=\"" + odf +
                          "style:1.0\" xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\">"
                          "<office:automatic-styles>" +
                          styles + "</office:automatic-styles><office:body><office:spreadsheet>" + tables +
                          "</office:spreadsheet></office:body></office:document-content>"}};
  parts.insert(parts.end(), more.begin(), more.end());
  return handmade_zip(parts);
}

inline Result<Workbook> read_bytes(const std::string& bytes) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.bin", std::ios::binary) << bytes;
  return read_workbook(folder.path() / "a.bin");
}

inline std::string shown(const Problem& problem) {
  std::string text = problem.message.id;
  for (const std::string& value : problem.message.values) text += " " + value;
  return text;
}

/// "Number 7.5 [0.00]", "Text a formula": one cell for a test to compare.
inline std::string shown(const CellView& cell) {
  static constexpr const char* kinds[] = {"Empty", "Text", "Number", "Date", "Duration", "Boolean", "Error"};
  std::string text = kinds[static_cast<std::size_t>(cell.kind)];
  if (!cell.text.empty()) text += " " + std::string(cell.text);
  if (!cell.format.empty()) text += " [" + std::string(cell.format) + "]";
  if (cell.formula) text += " formula";
  if (cell.without_value) text += " without value";
  return text;
}

/// All rows of a sheet, "2: Text a | Empty | Number 1", and marks for hidden and filtered ones.
inline std::vector<std::string> shown(const SheetView& sheet) {
  std::vector<std::string> rows;
  for (const RowView& row : sheet.rows) {
    std::string text = std::to_string(row.number) + (row.hidden ? " hidden" : "") + (row.filtered ? " filtered" : "") + ":";
    for (const CellView& cell : row.cells) text += (&cell == row.cells.data() ? " " : " | ") + shown(cell);
    rows.push_back(text);
  }
  return rows;
}

/// The rows of the only sheet, or the problem alone.
inline std::vector<std::string> rows_of(const std::string& bytes) {
  const auto book = read_bytes(bytes);
  if (!book) return {shown(book.error())};
  return book->sheets().size() == 1 ? shown(book->sheets()[0]) : std::vector<std::string>{"not one sheet"};
}

}  // namespace horisont
