#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/cell_view.h"
#include "core/values/finding.h"
#include "core/values/result.h"

namespace horisont {

struct CsvOptions {
  std::optional<char> separator;        ///< otherwise found (intake 2.3)
  std::optional<std::string> encoding;  ///< "utf-8", "utf-16le", "utf-16be", "windows-1252"; otherwise found
};

/// Lines that stand in the file as they are meant: UTF-8, without quotes, marks of Excel and control characters. The views are valid
/// until the reader gives something else.
struct PlainLines {
  std::uint64_t offset = 0;  ///< of the text in the file
  std::string_view text;     ///< each line with its line end
  std::string_view sizes;    ///< as sizes.h has them
  std::uint32_t last = 0;    ///< the number of the last line
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
  /// The lines from the next one on that are plain, as many as are at hand; nothing when `next` has to give it.
  std::optional<PlainLines> plain_lines();

  char separator() const;
  /// UTF-8, too, as long as nothing but ASCII has been read and no other was told; then it is not certain.
  const std::string& encoding() const;
  bool encoding_is_certain() const;
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

/// Whether a spreadsheet would take a text for a formula: it begins with a sign of one, seen or unseen marks before it, and is no
/// negative number (hostile-input.md). An apostrophe in front defuses it.
bool taken_for_formula(std::string_view text);

/// One line of CSV for Swedish Excel, with its line end: `;`, quotes where needed, formulas defused (hostile-input.md).
std::string csv_line(const std::vector<std::string>& cells, char separator = ';');

}  // namespace horisont
