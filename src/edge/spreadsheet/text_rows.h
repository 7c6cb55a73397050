#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "edge/csv/csv.h"

namespace horisont {

/// The rows of a text file, in order: cut by the reading child where one is set (apart.h), otherwise here, and those of a large
/// file ahead of whoever reads them.
class TextRows {
 public:
  /// `whole` when more than the first rows will be read. Problems are those of CsvReader and of a child that failed
  /// ("reader.too-slow", "reader.out-of-memory", "reader.crashed"). Throws FileError.
  static Result<TextRows> open(const std::filesystem::path&, const CsvOptions& = {}, bool whole = true);
  TextRows(TextRows&&) noexcept;
  TextRows& operator=(TextRows&&) noexcept;
  ~TextRows();  ///< stops the reading, wherever it is

  /// The next line, valid until the next call, or null at the end. A Problem ends the file. Throws FileError.
  Result<const RowView*> next();
  char separator() const;
  /// As of the rows so far, and at last with `findings`: UTF-8, too, as long as nothing but ASCII has come.
  const std::string& encoding() const;
  /// Before any row: whether no other encoding can turn out.
  bool encoding_is_certain() const;
  std::uint64_t bytes_read() const;
  std::uint64_t bytes_total() const;
  /// What there was to say of the rows so far; ends the reading.
  std::vector<Finding> findings();

 private:
  class Source;
  class Here;
  class Ahead;
  class Apart;
  explicit TextRows(std::unique_ptr<Source>);
  std::unique_ptr<Source> source_;
};

}  // namespace horisont
