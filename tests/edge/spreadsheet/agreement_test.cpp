// Three programs, one meaning: what we read from every public workbook is what openpyxl and LibreOffice read from it, cell by
// cell; where they differ it is listed with the reason (tests/golden/intake-agreement.txt).

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>

#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "support/places.h"
#include "support/shared_data.h"

namespace horisont {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\\\";
    else if (c == '\t') out += "\\t";
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else out += c;
  }
  return out;
}

// A line for each sheet ("sheet", name, 1904) and each cell that holds something (row, column, kind, formula, text).
std::string cells_of(const Workbook& book) {
  static constexpr const char* kinds[] = {"empty", "text", "number", "date", "duration", "boolean", "error"};
  std::string out;
  for (const SheetView& sheet : book.sheets()) {
    out += "sheet\t" + escaped(sheet.name) + (sheet.date1904 ? "\t1904\n" : "\t1900\n");
    for (const RowView& row : sheet.rows)
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const CellView& cell = row.cells[i];
        if (cell.kind == CellView::Kind::Empty && !cell.without_value) continue;
        out += std::to_string(row.number) + "\t" + std::to_string(i + 1) + "\t" + kinds[static_cast<std::size_t>(cell.kind)] + "\t" +
               (cell.formula ? "formula" : "") + "\t" + escaped(cell.text) + "\n";
      }
  }
  return out;
}

TEST(Agreement, openpyxl_and_libreoffice_read_the_same_cells_from_every_shared_workbook) {
  NEED_SHARED_DATA(data);
  const TemporaryFolder folder;
  int read_files = 0;
  for (const char* from : {"poi", "sheetjs", "frictionless", "messytables"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data / from)) {
      const auto ending = entry.path().extension();
      if (ending != ".xlsx" && ending != ".xlsm" && ending != ".ods") continue;
      const auto book = read_workbook(entry.path());
      if (!book) continue;  // refused; verdicts_test has why
      std::string name = std::filesystem::relative(entry.path(), data).generic_string();
      std::replace(name.begin(), name.end(), '/', '_');
      std::filesystem::copy_file(entry.path(), folder.path() / name);
      write_file(folder.path() / (name + ".cells"), cells_of(*book));
      ++read_files;
    }
  EXPECT_GE(read_files, 55);
  const std::filesystem::path source = HORISONT_SOURCE_DIR;
  const std::string command = "/usr/bin/python3 " + (source / "tests/edge/spreadsheet/agreement.py").string() + " " +
                              folder.path().string() + " " + (source / "tests/golden/intake-agreement.txt").string();
  const int status = std::system(command.c_str());
  if (WIFEXITED(status) && WEXITSTATUS(status) == 77) GTEST_SKIP() << "openpyxl or LibreOffice is absent";
  EXPECT_EQ(status, 0) << "the cells above differ";
}

}  // namespace
}  // namespace horisont
