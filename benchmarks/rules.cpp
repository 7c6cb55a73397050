// The youth rule set over many records on one thread: the column engine beside a loop written by hand and the same rules as
// SQL in SQLite. `rules-benchmark [RECORDS [ROUNDS]]`, in the root of the repository.

#include "core/rules/rules.h"

#include <sqlite3.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

#include "dmn/columns.h"
#include "dmn/sql.h"
#include "edge/rulesets/rulesets.h"
#include "rules_by_hand.h"
#include "support/random_records.h"

namespace {
std::atomic<std::uint64_t> allocations{0};
}

void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace dmn;

double seconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
  };
  const double before = now();
  work();
  return now() - before;
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

class Database {
 public:
  explicit Database(const RuleSet& rules, const std::vector<std::vector<InputValue>>& records) {
    sqlite3* opened = nullptr;
    if (sqlite3_open(":memory:", &opened) != SQLITE_OK) throw std::runtime_error("no SQLite");
    db_.reset(opened);
    run(facts_table(rules));
    run("BEGIN");
    for (std::size_t n = 0; n < records.size(); ++n) {
      std::string insert = "INSERT INTO facts VALUES ('" + std::to_string(n) + "'";
      for (const InputValue& value : records[n]) {
        insert += ", ";
        if (const bool* b = std::get_if<bool>(&value))
          insert += *b ? "1" : "0";
        else if (const auto* number = std::get_if<std::int64_t>(&value))
          insert += std::to_string(*number);
        else if (const Day* day = std::get_if<Day>(&value))
          insert += "'" + horisont::Date::of_days(day->days).iso() + "'";
        else if (const auto* text = std::get_if<std::string>(&value))
          insert += "'" + *text + "'";
        else
          insert += "NULL";
      }
      run(insert + ")");
    }
    run("COMMIT");
    run(to_sql(rules));
  }
  std::vector<std::int64_t> verdicts() {
    std::vector<std::int64_t> counts;
    sqlite3_exec(
        db_.get(), "SELECT count(*) FROM verdicts GROUP BY verdict ORDER BY verdict",
        [](void* to, int, char** values, char**) {
          static_cast<std::vector<std::int64_t>*>(to)->push_back(std::atoll(values[0]));
          return 0;
        },
        &counts, nullptr);
    return counts;
  }

 private:
  void run(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_.get()));
  }
  std::unique_ptr<sqlite3, decltype(&sqlite3_close)> db_{nullptr, &sqlite3_close};
};

// Verdicts in the order of their names: eligible, eligible-with-remarks, not-eligible, undecided.
std::vector<std::int64_t> counted(const horisont::VerdictMasks& masks, std::span<const Answers> answers) {
  std::vector<std::int64_t> counts(4);
  for (const Answers& one : answers) ++counts[static_cast<std::size_t>(masks.verdict(one))];
  return counts;
}

}  // namespace

int main(int count, char** words) {
  const std::size_t size = count > 1 ? static_cast<std::size_t>(std::atoll(words[1])) : 1'000'000;
  const int rounds = count > 2 ? std::atoi(words[2]) : 7;
  const auto file = "config/rules/youth.dmn";
  const auto loaded = horisont::load_rule_set(file);
  if (!loaded) return std::fprintf(stderr, "%s cannot be loaded\n", file), 3;
  const RuleSet& rules = loaded->rules;
  const horisont::VerdictMasks masks(rules.rows());

  std::mt19937_64 random(20'170'301);
  const ColumnProgram program(rules);
  Words dictionary = program.words();
  const auto limits = hand_limits(rules, dictionary);
  Columns columns;
  std::vector<std::vector<InputValue>> some;  // for SQLite and the row interpreter, which take longer
  for (std::size_t i = 0; i < size; ++i) {
    auto record = random_record(rules, random, 5);
    ColumnProgram::append(record, dictionary, columns);
    if (i < size / 10) some.push_back(std::move(record));
  }
  Database database(rules, some);

  std::vector<Answers> by_columns(size), by_hand(size);
  program.answer(columns, 0, by_columns);
  answer_by_hand(rules, limits, columns, by_hand);
  for (std::size_t i = 0; i < size; ++i)
    if (by_columns[i] != by_hand[i]) return std::fprintf(stderr, "record %zu: the loop by hand differs\n", i), 1;
  if (counted(masks, std::span(by_columns).first(some.size())) != database.verdicts())
    return std::fprintf(stderr, "SQLite's verdicts differ\n"), 1;

  std::vector<double> load, column, hand, sqlite, row;
  std::vector<std::int64_t> kept(4);
  std::uint64_t allocated = 0;
  for (int i = 0; i < rounds; ++i) {
    load.push_back(seconds([&] { (void)horisont::load_rule_set(file).value(); }));
    hand.push_back(seconds([&] {
      answer_by_hand(rules, limits, columns, by_hand);
      kept = counted(masks, by_hand);
    }));
    const std::uint64_t before = allocations;
    column.push_back(seconds([&] { program.answer(columns, 0, by_columns); }));
    allocated = allocations - before;
    column.back() += seconds([&] { kept = counted(masks, by_columns); });
    row.push_back(seconds([&] {
      for (std::size_t n = 0; n < some.size(); ++n) by_columns[n] = rules.answer(some[n]);
      kept = counted(masks, std::span(by_columns).first(some.size()));
    }));
    sqlite.push_back(seconds([&] { kept = database.verdicts(); }));
  }
  const double n = static_cast<double>(size), part = static_cast<double>(some.size());
  const double columns_rate = n / median(column), hand_rate = n / median(hand), sqlite_rate = part / median(sqlite);
  std::printf("%zu records, %d rounds, one thread, medians of CPU time\n", size, rounds);
  std::printf("%-34s %12.0f records/s\n", "loop written by hand", hand_rate);
  std::printf("%-34s %12.0f records/s  %.2f of the loop by hand\n", "column engine", columns_rate, columns_rate / hand_rate);
  std::printf("%-34s %12.0f records/s  (%zu records)\n", "row interpreter", part / median(row), some.size());
  std::printf("%-34s %12.0f records/s  columns are %.1f times as fast (%zu records)\n", "SQLite, days as text", sqlite_rate,
              columns_rate / sqlite_rate, some.size());
  std::printf("%-34s %12llu in one pass over all records\n", "allocations of the column engine",
              static_cast<unsigned long long>(allocated));
  std::printf("%-34s %12.1f ms\n", "load and lint the rule set", median(load) * 1000);
  return 0;
}
