// Three evaluators, one rule set: the row interpreter, the column engine and SQL say the same of every record. The number of
// records is 20,000, or HORISONT_RECORDS.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <memory>
#include <sstream>

#include "dmn/columns.h"
#include "dmn/rule_set.h"
#include "dmn/sql.h"
#include "edge/rulesets/rulesets.h"
#include "support/places.h"
#include "support/random_records.h"

namespace dmn {
namespace {

const RuleSet& youth() {
  static const RuleSet rules = [] {
    std::ifstream in(std::string(HORISONT_SOURCE_DIR) + "/config/rules/youth.dmn", std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return RuleSet::load(*horisont::read_dmn(bytes.str()), {}).value();
  }();
  return rules;
}

std::size_t record_count() {
  const char* asked = std::getenv("HORISONT_RECORDS");
  return asked ? static_cast<std::size_t>(std::strtoul(asked, nullptr, 10)) : 20'000;
}

const std::vector<std::vector<InputValue>>& records() {
  static const auto all = [] {
    std::mt19937_64 random(20'170'301);
    std::vector<std::vector<InputValue>> made;
    for (std::size_t i = 0; i < record_count(); ++i) made.push_back(random_record(youth(), random, 5));
    return made;
  }();
  return all;
}

TEST(Evaluators, rows_and_columns_agree_on_every_record) {
  const ColumnProgram program(youth());
  Words words = program.words();
  Columns columns;
  for (const auto& record : records()) ColumnProgram::append(record, words, columns);
  std::vector<Answers> answers(records().size());
  // Not at a batch's edge, so that parts begin and end anywhere.
  const std::size_t cut = answers.size() / 3 + 7;
  program.answer(columns, 0, std::span(answers).first(cut));
  program.answer(columns, cut, std::span(answers).subspan(cut));
  std::size_t hits = 0, open = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Answers row = youth().answer(records()[i]);
    ASSERT_EQ(row.hit, answers[i].hit) << i;
    ASSERT_EQ(row.cannot_tell, answers[i].cannot_tell) << i;
    hits += row.hit != 0, open += row.cannot_tell != 0;
  }
  EXPECT_GT(hits, answers.size() / 10);
  EXPECT_GT(open, answers.size() / 20);
}

// Ordinary values take 32 bits; one that takes more must not be cut, nor change its neighbours in the batch.
TEST(Evaluators, rows_and_columns_agree_on_numbers_of_more_than_thirty_two_bits) {
  const ColumnProgram program(youth());
  Words words = program.words();
  Columns columns;
  std::vector<std::vector<InputValue>> some(records().begin(), records().begin() + 3000);
  constexpr std::int64_t odd[] = {std::int64_t{1} << 32,
                                  (std::int64_t{1} << 32) + 30,
                                  -(std::int64_t{1} << 40),
                                  2'147'483'648,
                                  -2'147'483'649,
                                  std::numeric_limits<std::int64_t>::max(),
                                  std::numeric_limits<std::int64_t>::min()};
  std::size_t put = 0;
  for (std::size_t n = 1000; n < some.size(); n += 97)
    for (std::size_t i = 0; i < youth().inputs().size(); ++i)
      if (youth().inputs()[i].type == InputType::Number && !std::holds_alternative<std::monostate>(some[n][i]))
        some[n][i] = odd[put++ % std::size(odd)];
  EXPECT_GT(put, 20u);
  for (const auto& record : some) ColumnProgram::append(record, words, columns);
  std::vector<Answers> answers(some.size());
  program.answer(columns, 0, answers);
  for (std::size_t i = 0; i < answers.size(); ++i) ASSERT_EQ(youth().answer(some[i]), answers[i]) << i;
}

class Database {
 public:
  Database() {
    sqlite3* opened = nullptr;
    if (sqlite3_open(":memory:", &opened) != SQLITE_OK) throw std::runtime_error("no SQLite");
    db_.reset(opened);
  }
  void run(const std::string& sql) {
    char* why = nullptr;
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, &why) == SQLITE_OK) return;
    const std::string text = why ? why : "";
    sqlite3_free(why);
    throw std::runtime_error(text);
  }
  std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> prepare(const std::string& sql) {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(db_.get(), sql.c_str(), -1, &made, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_.get()));
    return {made, &sqlite3_finalize};
  }

 private:
  std::unique_ptr<sqlite3, decltype(&sqlite3_close)> db_{nullptr, &sqlite3_close};
};

std::string iso(Day day) {
  const std::time_t seconds = static_cast<std::time_t>(day.days) * 86'400;
  char text[11];
  std::strftime(text, sizeof text, "%Y-%m-%d", std::gmtime(&seconds));
  return text;
}

TEST(Evaluators, rows_and_sql_agree_on_every_record) {
  Database db;
  db.run(facts_table(youth()));
  db.run("BEGIN");
  std::string marks = "?";
  for (std::size_t i = 0; i < youth().inputs().size(); ++i) marks += ", ?";
  const auto insert = db.prepare("INSERT INTO facts VALUES (" + marks + ")");
  for (std::size_t n = 0; n < records().size(); ++n) {
    sqlite3_reset(insert.get());
    sqlite3_bind_int64(insert.get(), 1, static_cast<sqlite3_int64>(n));
    for (std::size_t i = 0; i < records()[n].size(); ++i) {
      const int at = static_cast<int>(i) + 2;
      const InputValue& value = records()[n][i];
      if (const bool* b = std::get_if<bool>(&value))
        sqlite3_bind_int(insert.get(), at, *b);
      else if (const auto* number = std::get_if<std::int64_t>(&value))
        sqlite3_bind_int64(insert.get(), at, *number);
      else if (const Day* d = std::get_if<Day>(&value))
        sqlite3_bind_text(insert.get(), at, iso(*d).c_str(), -1, SQLITE_TRANSIENT);
      else if (const auto* s = std::get_if<std::string>(&value))
        sqlite3_bind_text(insert.get(), at, s->c_str(), -1, SQLITE_TRANSIENT);
      else
        sqlite3_bind_null(insert.get(), at);
    }
    ASSERT_EQ(sqlite3_step(insert.get()), SQLITE_DONE);
  }
  db.run("COMMIT");
  db.run(to_sql(youth()));
  const auto select = db.prepare("SELECT * FROM answers ORDER BY CAST(reference AS INTEGER)");
  ASSERT_EQ(sqlite3_column_count(select.get()), static_cast<int>(youth().rows().size()) + 1);
  std::size_t seen = 0;
  for (; sqlite3_step(select.get()) == SQLITE_ROW; ++seen) {
    Answers sql;
    for (std::size_t i = 0; i < youth().rows().size(); ++i) {
      const int column = static_cast<int>(i) + 1;
      if (sqlite3_column_type(select.get(), column) == SQLITE_NULL)
        sql.cannot_tell |= std::uint64_t{1} << i;
      else if (sqlite3_column_int(select.get(), column) == 1)
        sql.hit |= std::uint64_t{1} << i;
    }
    const Answers row = youth().answer(records()[seen]);
    ASSERT_EQ(row.hit, sql.hit) << seen;
    ASSERT_EQ(row.cannot_tell, sql.cannot_tell) << seen;
  }
  EXPECT_EQ(seen, records().size());
  const auto verdicts = db.prepare("SELECT count(DISTINCT verdict) FROM verdicts");
  ASSERT_EQ(sqlite3_step(verdicts.get()), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(verdicts.get(), 0), 4) << "every verdict occurs";
}

}  // namespace
}  // namespace dmn
