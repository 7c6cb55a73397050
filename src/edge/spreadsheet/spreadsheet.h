#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/cases/cell_view.h"
#include "core/values/finding.h"
#include "core/values/result.h"

namespace horisont {

struct SheetView {
  std::string name;
  bool hidden = false;
  bool date1904 = false;      ///< serial numbers of Date cells count from 1904
  std::vector<RowView> rows;  ///< rows with at least one cell, in order
  struct Merge {
    std::uint32_t row1, col1, row2, col2;
  };  ///< 1-based, both ends inside
  std::vector<Merge> merges;
  std::vector<std::uint32_t> hidden_columns;  ///< 1-based
};

/// A workbook as typed cells with sheet and address; owns the text that the views point to.
class Workbook {
 public:
  const std::vector<SheetView>& sheets() const;
  const std::vector<Finding>& findings() const;  ///< "file.has-macros", "sheet.hidden" …, without file name
  const std::string& format() const;             ///< "xlsx", "xlsm", "ods"
  /// Custom document properties ("horisont.template", "horisont.marked_up", "horisont.report").
  const std::vector<std::pair<std::string, std::string>>& properties() const;

  struct State;
  explicit Workbook(std::shared_ptr<const State>);

 private:
  std::shared_ptr<const State> state_;
};

/// What the first bytes (and the parts inside a zip) say a file is.
enum class FileFormat { Xlsx, Xlsm, Ods, Text, OldExcel, Encrypted, Xlsb, Pdf, Word, Other, Empty };
FileFormat format_of(const std::filesystem::path&);
/// Whether the first bytes are those of a text; nothing is unpacked.
bool is_text(const std::filesystem::path&);

/// Reads XLSX, XLSM and ODS with the limits of intake 2.2. A Problem says what the file is and how to save it right.
/// Throws FileError.
Result<Workbook> read_workbook(const std::filesystem::path&);

}  // namespace horisont
