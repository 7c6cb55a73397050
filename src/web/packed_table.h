#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/table.h"

namespace horisont::web {

/// A table whose rows are made of one person each, ordered by person, but for the last ones, which are nobody's.
struct PersonRows {
  Table table;  ///< with a column "participant"
  std::size_t nobodys = 0;
  bool keep_nobodys = false;  ///< those there were before stay
};

/// A table kept small: of each column the distinct values, and by row the number of one. What is taken out is what was put in.
class PackedTable {
 public:
  explicit PackedTable(Table&&);
  explicit PackedTable(PersonRows&&);
  /// The same with the rows of some people (ordered) made anew, and all that are nobody's unless they stay.
  PackedTable(const PackedTable& before, std::span<const std::uint32_t> persons, PersonRows&& now);
  /// What the rows that are nobody's were made of.
  std::shared_ptr<const void> nobodys_of;
  const Table& head() const { return head_; }  ///< all but the rows
  std::size_t size() const { return rows_; }
  Table::Value at(std::size_t row, std::size_t column) const;
  std::vector<Table::Value> row(std::size_t row) const;
  /// The values of a column by number, and the number of each row's; two numbers may stand for the same value. Whole numbers have
  /// none: 0 values, and the number itself.
  std::size_t values(std::size_t column) const;
  Table::Value value(std::size_t column, std::size_t number) const;
  std::size_t number_of(std::size_t row, std::size_t column) const;
  std::int64_t whole_number(std::size_t row, std::size_t column) const { return columns_[column].numbers[row]; }

 private:
  struct Column {
    std::string texts;                ///< the distinct texts, one after the other
    std::vector<std::uint32_t> ends;  ///< of each of them
    std::vector<Table::Value> others;
    std::vector<std::uint32_t> which;   ///< the number of a text, or of another value with the highest bit set
    std::vector<std::int32_t> numbers;  ///< instead of all of these, where all values are numbers that fit
    Table::Value value(std::uint32_t number) const;
  };
  void pack(Column&, std::vector<std::vector<Table::Value>>& rows, std::size_t column) const;
  Table head_;
  std::size_t rows_;
  std::vector<Column> columns_;
  std::vector<std::uint32_t> persons_;  // whose a row is, where rows are people's
};

}  // namespace horisont::web
