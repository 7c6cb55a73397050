#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "edge/store/store.h"

namespace horisont {

/// A connection with every setting of durability.md 3.2 in force, each one read back.
class Database {
 public:
  static constexpr int application_id = 0x484F5249;  // "HORI"

  /// Opens or creates the file and runs the migrations of `schemas` that are missing. Throws StoreError.
  Database(const std::filesystem::path& file, const std::filesystem::path& schemas);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql) const;
  /// From now on every change is refused, as StoreError::Kind::ReadOnly.
  void only_read();
  sqlite3* handle() const { return handle_; }
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_); }
  [[noreturn]] void fail(int code) const;
  std::vector<std::pair<std::string, std::string>> pragmas() const;

 private:
  void configure() const;
  void migrate(const std::filesystem::path& schemas) const;
  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
  bool only_read_ = false;
};

/// A prepared statement; values are always bound.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds all values in order, runs to the end, and makes the statement ready again.
  template <class... Values>
  void operator()(const Values&... values) {
    bind_all(values...);
    while (step()) {
    }
    reset();
  }
  /// Binds all values in order; rows follow by `step`.
  template <class... Values>
  Statement& bind_all(const Values&... values) {
    return bind_from(1, values...);
  }
  /// Binds values in order to the places from `place` on.
  template <class... Values>
  Statement& bind_from(int place, const Values&... values) {
    (bind(place++, values), ...);
    return *this;
  }
  void bind(int place, std::int64_t value) { check(sqlite3_bind_int64(statement_, place, value)); }
  void bind(int place, int value) { bind(place, std::int64_t{value}); }
  void bind(int place, std::uint32_t value) { bind(place, std::int64_t{value}); }
  void bind(int place, std::string_view text) {
    check(sqlite3_bind_text64(statement_, place, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bind(int place, const std::string& text) { bind(place, std::string_view{text}); }
  void bind(int place, const char* text) { bind(place, std::string_view{text}); }
  void bind_bytes(int place, std::string_view bytes) {
    check(sqlite3_bind_blob64(statement_, place, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT));
  }
  void bind_nothing(int place) { check(sqlite3_bind_null(statement_, place)); }

  bool step();  ///< whether there is a row
  void reset() { sqlite3_reset(statement_); }
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const { return std::string(view(column)); }
  std::string_view view(int column) const;
  bool absent(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  /// The row as bytes, whatever its columns: of each that is not NULL its name, type and value, none to be mistaken for another.
  std::string whole_row() const;
  void whole_row(const std::function<void(std::string_view)>& add) const;  ///< the same in pieces, which are copied nowhere

 private:
  void check(int code) const {
    if (code != SQLITE_OK) database_.fail(code);
  }
  const Database& database_;
  sqlite3_stmt* statement_ = nullptr;
};

/// Inserts rows, a hundred in one statement: half the time of one by one (performance, 9.1). `bind(statement, place, i)` binds
/// row i to the places from `place` on.
template <class Bind>
void insert_many(const Database& database, const std::string& into, int columns, std::size_t count, Bind&& bind) {
  constexpr std::size_t batch = 100;
  const auto sql_for = [&](std::size_t rows) {
    std::string row = "(?";
    for (int i = 1; i < columns; ++i) row += ",?";
    row += ")";
    std::string sql = into + " VALUES " + row;
    for (std::size_t i = 1; i < rows; ++i) sql += "," + row;
    return sql;
  };
  std::size_t at = 0;
  const auto insert = [&](std::size_t rows) {
    Statement statement{database, sql_for(rows)};
    for (; count - at >= rows; at += rows) {
      for (std::size_t i = 0; i < rows; ++i) bind(statement, static_cast<int>(i) * columns + 1, at + i);
      statement.step();
      statement.reset();
    }
  };
  if (count >= batch) insert(batch);
  if (at < count) insert(1);
}

/// BEGIN IMMEDIATE … COMMIT, or a savepoint within another transaction; rolled back when it goes out of scope without
/// `commit`.
class Transaction {
 public:
  explicit Transaction(const Database& database) : database_(database), inner_(sqlite3_get_autocommit(database.handle()) == 0) {
    database_.run(inner_ ? "SAVEPOINT step" : "BEGIN IMMEDIATE");
  }
  ~Transaction() {
    if (!done_ && !sqlite3_get_autocommit(database_.handle()))
      sqlite3_exec(database_.handle(), inner_ ? "ROLLBACK TO step; RELEASE step" : "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    database_.run(inner_ ? "RELEASE step" : "COMMIT");
    done_ = true;
  }

 private:
  const Database& database_;
  bool inner_, done_ = false;
};

}  // namespace horisont
