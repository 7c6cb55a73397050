#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cases/cell_view.h"
#include "core/values/finding.h"
#include "core/values/result.h"

namespace horisont {

struct CsvOptions {
  std::optional<char> separator;        ///< otherwise found (intake 2.3)
  std::optional<std::string> encoding;  ///< "utf-8", "utf-16le", "utf-16be", "windows-1252"; otherwise found
};

/// A text file as rows of cells, streamed: the views of a row are valid until the next call. Cells are Text, or Empty.
class CsvReader {
 public:
  /// A Problem says what kind of file it is instead (empty, binary, invalid encoding with line). Throws FileError.
  static Result<CsvReader> open(const std::filesystem::path&, const CsvOptions& = {});
  /// The same of a file that is open; it is closed with the reader.
  static Result<CsvReader> of_descriptor(int, const CsvOptions& = {});
  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) noexcept;
  ~CsvReader();

  /// The next line, or null at the end. A Problem ends the file (invalid encoding, NUL, line too long) with its line.
  Result<const RowView*> next();

  char separator() const;
  const std::string& encoding() const;
  /// Notices and warnings so far ("text.encoding-assumed" with three examples, lone quotes …), without file name.
  const std::vector<Finding>& findings() const;
  std::uint64_t bytes_read() const;
  std::uint64_t bytes_total() const;

 private:
  struct State;
  explicit CsvReader(std::unique_ptr<State>);
  static Result<CsvReader> opened(std::unique_ptr<State>, const CsvOptions&);
  std::unique_ptr<State> state_;
};

/// One line of CSV for Swedish Excel, with its line end: `;`, quotes where needed, formulas defused (hostile-input.md).
std::string csv_line(const std::vector<std::string>& cells, char separator = ';');

}  // namespace horisont
