#pragma once

#include <map>
#include <optional>

#include "app/table.h"
#include "web/packed_table.h"
#include "web/site.h"

namespace horisont::web {

/// A table as pages show it: filtered, ordered and paged by what the address says, so that every state of it has one.
struct List {
  std::shared_ptr<const Table> table;
  /// Holds the rows in place of `table`, where they are many and kept: `table` is its head then.
  std::shared_ptr<const PackedTable> packed;
  std::size_t rows() const { return packed ? packed->size() : table->rows.size(); }
  Table::Value at(std::size_t row, std::size_t column) const {
    return packed ? packed->at(row, column) : table->rows[row][column];
  }
  std::vector<Table::Value> row(std::size_t row) const { return packed ? packed->row(row) : table->rows[row]; }
  /// Works the rows out once for a snapshot, under `key`.
  void keep(const Visit&, const std::function<Table()>& make);
  /// The same, where every row is made of one person alone: `make` is given some people, in the end everybody, or those of whom something
  /// was written. `nobodys` makes the rows that are nobody's and stand last; while `of` is the same object they are what they were.
  void keep_by_person(const Visit&, const std::function<Table(const ProjectState&)>& make, const std::function<Table()>& nobodys = {},
                      const std::shared_ptr<const void>& of = {});
  /// Names the table among what is derived of the snapshot, so that its orders and counts are worked out once; empty: each
  /// time.
  std::string key;
  std::string caption;
  bool worst_first = false;  ///< unless another order is asked for: by the column "level"
  std::vector<std::string> facets;  ///< columns to filter by, with counts
  /// Columns whose values lead on; an empty address leads nowhere.
  std::map<std::string, std::function<std::string(const Table::Value&)>> links;
  /// Where a cell leads that `links` does not know, by its place in the table; may be empty.
  std::function<std::string(std::size_t row, std::size_t column)> leads;
  /// Columns whose values have other words for people than for programs.
  std::map<std::string, std::function<std::string(const Table::Value&)>> says;
  std::vector<std::string> hidden;  ///< columns that only files and programs get
  /// What stands small beneath a column's values, of the whole row.
  std::map<std::string, std::function<std::string(const std::vector<Table::Value>& row)>> beneath;
};

/// The table in the form that was asked for: part of a page, or the whole as CSV, workbook or JSON.
Html list_html(const Visit&, const List&);
Response list_page(const Visit&, const std::string& title, const Html& before, const List&, const Html& after = {});
/// A table without filter, order or pages, for small ones beside others; its own address, which stands below it, has them.
Html plain_table(const Visit&, const Table&, const std::string& caption,
                 const std::map<std::string, std::function<std::string(const Table::Value&)>>& links = {});

/// What a problem of this code says, with dots for what differs: "Raden summerar till …".
std::string problem_words(const std::string& code, Language);
/// A value as people read it.
std::string shown(const Table::Column&, const Table::Value&, Language);
/// A value as addresses name it: "not-eligible", "2016-03".
std::string word_of(const Table::Value&);

}  // namespace horisont::web
