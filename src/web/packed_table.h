#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/table.h"

namespace horisont::web {

/// A table kept small: of each column the distinct values, and by row the number of one. What is taken out is what was put in.
class PackedTable {
 public:
  explicit PackedTable(Table&&);
  const Table& head() const { return head_; }  ///< all but the rows
  std::size_t size() const { return rows_; }
  Table::Value at(std::size_t row, std::size_t column) const;
  std::vector<Table::Value> row(std::size_t row) const;

 private:
  struct Column {
    std::string texts;                ///< the distinct texts, one after the other
    std::vector<std::uint32_t> ends;  ///< of each of them
    std::vector<Table::Value> others;
    std::vector<std::uint32_t> which;   ///< the number of a text, or of another value with the highest bit set
    std::vector<std::int32_t> numbers;  ///< instead of all of these, where all values are numbers that fit
  };
  Table head_;
  std::size_t rows_;
  std::vector<Column> columns_;
};

}  // namespace horisont::web
