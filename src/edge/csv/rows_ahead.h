#pragma once

#include <cstdint>
#include <memory>

#include "edge/csv/csv.h"

namespace horisont {

/// The rows of a text file, cut into cells by another thread ahead of whoever reads them: the same rows in the same order as
/// `CsvReader::next` gives, from the row where the reader stands. Worth it for files of more than a few thousand lines.
class RowsAhead {
 public:
  explicit RowsAhead(CsvReader reader);
  ~RowsAhead();  ///< stops the other thread, wherever it is
  RowsAhead(const RowsAhead&) = delete;
  RowsAhead& operator=(const RowsAhead&) = delete;

  /// As CsvReader::next: valid until the next call, null at the end, a Problem that ends the file. Throws FileError.
  Result<const RowView*> next();
  /// How far the rows that were given reach, in bytes of the file.
  std::uint64_t bytes_read() const;
  std::uint64_t bytes_total() const;
  /// What the reader had to say of the rows that were cut; ends the reading.
  const std::vector<Finding>& findings();
  /// Of all rows that were cut; after `findings`.
  const std::string& encoding() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace horisont
