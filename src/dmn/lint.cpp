#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

#include "dmn/compiled.h"
#include "dmn/feel_parser.h"

// What can be wrong with a rule set although every cell can be read: gaps, overlaps, rows that never hit, missing facts that
// nobody asks about. Days and scaled numbers are whole, so every interval is a closed one and the answers are exact.
namespace dmn {
namespace {

// The values for which a cell is true; symbolic when a name stands in it.
struct Values {
  bool all = false, null = false, symbolic = false;
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;
  std::set<std::string> words;

  bool empty() const { return !all && !null && !symbolic && spans.empty() && words.empty(); }
};

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min() / 2,
                       highest = std::numeric_limits<std::int64_t>::max() / 2;

std::int64_t whole(const Value& v) {
  const Day* day = std::get_if<Day>(&v);
  return day ? day->days : std::get<std::int64_t>(v);
}
bool is_whole(const Value& v) { return std::holds_alternative<Day>(v) || std::holds_alternative<std::int64_t>(v); }

Values values_of(const Compiled& c, const Node& test) {
  Values values;
  const auto constant = [&](const Node& n) -> const Value* {
    if (n.slot < 0 || c.symbol(n).is != Symbol::Is::Constant) return nullptr;
    return &c.symbol(n).constant;
  };
  const auto span = [&](std::int64_t from, std::int64_t to) {
    if (from <= to) values.spans.emplace_back(from, to);
  };
  if (test.kind == Kind::Anything) {
    values.all = true;
  } else if (test.kind == Kind::Tests) {
    for (const Node& one : test.children) {
      Values part = values_of(c, one);
      values.null = values.null || part.null, values.symbolic = values.symbolic || part.symbolic;
      values.spans.insert(values.spans.end(), part.spans.begin(), part.spans.end());
      values.words.merge(part.words);
    }
  } else if (test.kind == Kind::Null) {
    values.null = true;
  } else if (test.kind == Kind::Compare) {
    const Value* limit = constant(test.children[0]);
    if (!limit)
      values.symbolic = true;
    else if (test.text == "<")
      span(lowest, whole(*limit) - 1);
    else if (test.text == "<=")
      span(lowest, whole(*limit));
    else if (test.text == ">")
      span(whole(*limit) + 1, highest);
    else
      span(whole(*limit), highest);
  } else if (test.kind == Kind::Range) {
    const Value *from = constant(test.children[0]), *to = constant(test.children[1]);
    if (!from || !to)
      values.symbolic = true;
    else
      span(whole(*from) + (test.open_start ? 1 : 0), whole(*to) - (test.open_end ? 1 : 0));
  } else if (const Value* value = constant(test)) {
    if (is_whole(*value))
      span(whole(*value), whole(*value));
    else
      values.words.insert(text_of(*value, {}));
  } else {
    values.symbolic = true;
  }
  return values;
}

bool meet(const Values& a, const Values& b) {
  if (a.all || b.all) return true;
  if (a.symbolic || b.symbolic) return false;  // cannot be said: not a fault that is certain
  if (a.null && b.null) return true;
  for (const auto& x : a.spans)
    for (const auto& y : b.spans)
      if (x.first <= y.second && y.first <= x.second) return true;
  return std::any_of(a.words.begin(), a.words.end(), [&](const std::string& w) { return b.words.count(w) > 0; });
}

bool within(const Values& a, const Values& b) {
  if (b.all) return true;
  if (a.all || a.symbolic || b.symbolic || (a.null && !b.null)) return false;
  const bool spans = std::all_of(a.spans.begin(), a.spans.end(), [&](const auto& x) {
    return std::any_of(b.spans.begin(), b.spans.end(),
                       [&](const auto& y) { return y.first <= x.first && x.second <= y.second; });
  });
  return spans && std::includes(b.words.begin(), b.words.end(), a.words.begin(), a.words.end());
}

bool same_tree(const Node& a, const Node& b) {
  return a.kind == b.kind && a.text == b.text && a.open_start == b.open_start && a.open_end == b.open_end &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), same_tree);
}

// A number or day near a literal, or null: what a sweep puts into one input.
struct Corners {
  std::set<std::int64_t> wholes;
  std::set<std::string> words;
};

class Linter {
 public:
  Linter(const Compiled& compiled, std::vector<Complaint>& complaints) : c_(compiled), complaints_(complaints) {}

  void run() {
    gaps();
    overlaps();
    unreachable();
    null_coverage();
    messages();
    closing();
    if (!complaints_.empty()) return;
    find_corners();
    never_hit();
    null_sweep();
  }

 private:
  void complain(const char* id, const std::string& table, const std::string& cell, int row, int line, std::string sv,
                std::string en) {
    add_complaint(complaints_, {id, table, cell, std::move(sv), std::move(en), row, line});
  }
  int line_of(std::size_t row) const { return cell_of(row).empty() ? 0 : cell_of(row)[0].line; }
  const FindingTable& table_of(std::size_t row) const {
    return *std::find_if(c_.tables.begin(), c_.tables.end(),
                         [&](const FindingTable& t) { return row < t.first_row + t.rows.size(); });
  }
  const std::vector<Cell>& cell_of(std::size_t row) const {
    const FindingTable& table = table_of(row);
    return table.rows[row - table.first_row];
  }

  // L05
  void gaps() {
    std::vector<LimitsRow> rows(c_.limits);
    std::sort(rows.begin(), rows.end(),
              [](const LimitsRow& a, const LimitsRow& b) { return std::tie(a.key, a.from) < std::tie(b.key, b.from); });
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const LimitsRow &before = rows[i - 1], &after = rows[i];
      if (before.key != after.key || after.from.days <= before.to.days + 1) continue;
      const std::string from = iso_of(Day{before.to.days + 1}), to = iso_of(Day{after.from.days - 1});
      complain("L05", "limits", "", after.row, 0,
               "För " + after.key + " gäller inga gränser " + from + "–" + to + ". Låt raderna mötas.",
               "For " + after.key + " no limits hold from " + from + " to " + to + ". Let the rows meet.");
    }
  }

  // L06; a row without any value is L07.
  void overlaps() {
    for (const Lookup& lookup : c_.lookups) {
      std::vector<std::vector<Values>> rows;
      for (std::size_t r = 0; r < lookup.rows.size(); ++r) {
        std::vector<Values> row;
        for (std::size_t i = 0; i < lookup.columns.size(); ++i) {
          row.push_back(values_of(c_, lookup.rows[r].cells[i].test.tree));
          if (row.back().empty()) empty_cell(lookup.name, lookup.columns[i], static_cast<int>(r + 1), lookup.rows[r].cells[i]);
        }
        rows.push_back(std::move(row));
      }
      for (std::size_t a = 0; a < rows.size(); ++a)
        for (std::size_t b = a + 1; b < rows.size(); ++b)
          if (std::equal(rows[a].begin(), rows[a].end(), rows[b].begin(), meet))
            complain(
                "L06", lookup.name, "", static_cast<int>(b + 1), lookup.rows[b].line,
                "Rad " + std::to_string(a + 1) + " och rad " + std::to_string(b + 1) + " träffar samma fall. Ändra den ena.",
                "Row " + std::to_string(a + 1) + " and row " + std::to_string(b + 1) +
                    " hit the same case. Change one of them.");
    }
  }

  void empty_cell(const std::string& table, const Column& column, int row, const Cell& cell) {
    complain("L07", table, column.label, row, cell.line,
             "Inget värde uppfyller ”" + beginning(cell.test.source) + "”. Rätta cellen.",
             "No value meets \"" + beginning(cell.test.source) + "\". Correct the cell.");
  }

  // L07
  void unreachable() {
    for (const FindingTable& table : c_.tables) {
      std::vector<std::vector<Values>> rows;
      for (std::size_t r = 0; r < table.rows.size(); ++r) {
        std::vector<Values> row;
        const int number = static_cast<int>(r + 1);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          const Cell& cell = table.rows[r][i];
          row.push_back(values_of(c_, cell.test.tree));
          bool nothing = row.back().empty();
          if (cell.test.tree.kind == Kind::Tests)
            for (const Node& one : cell.test.tree.children) nothing = nothing || values_of(c_, one).empty();
          if (nothing) empty_cell(table.name, table.columns[i], number, cell);
          for (std::size_t other = 0; other < i; ++other)
            if (table.columns[other].expression.source == table.columns[i].expression.source && !row[other].symbolic &&
                !row[i].symbolic && !meet(row[other], row[i]))
              complain("L07", table.name, table.columns[i].label, number, cell.line,
                       "Två celler i raden kan inte vara sanna på en gång. Rätta den ena.",
                       "Two cells of the row cannot be true at once. Correct one of them.");
        }
        rows.push_back(std::move(row));
      }
      const auto inside = [&](std::size_t a, std::size_t b) {
        for (std::size_t i = 0; i < table.columns.size(); ++i)
          if (!same_tree(table.rows[a][i].test.tree, table.rows[b][i].test.tree) && !dmn::within(rows[a][i], rows[b][i]))
            return false;
        return true;
      };
      for (std::size_t a = 0; a < rows.size(); ++a)
        for (std::size_t b = 0; b < rows.size(); ++b) {
          if (a == b || !inside(a, b)) continue;
          const FindingRow &inner = c_.rows[table.first_row + a], &outer = c_.rows[table.first_row + b];
          const bool same = inside(b, a);
          if ((same && a < b) || (!same && inner.code != outer.code)) continue;
          const std::string one = std::to_string(a + 1), other = std::to_string(b + 1);
          const int line = table.rows[a].empty() ? 0 : table.rows[a][0].line;
          if (inner.outcome != outer.outcome)
            complain("L07", table.name, "outcome", static_cast<int>(a + 1), line,
                     "Rad " + one + " ryms i rad " + other + ", men den ena svarar FAIL och den andra UNKNOWN på samma fall. " +
                         "Ändra villkoren så att de skiljs åt, eller ta bort den ena.",
                     "Row " + one + " is contained in row " + other +
                         ", but one answers FAIL and the other UNKNOWN to the same " +
                         "case. Change the conditions so that they part, or remove one.");
          else
            complain("L07", table.name, "", static_cast<int>(a + 1), line,
                     "Rad " + one + " ryms i rad " + other + " med samma utfall. Ta bort eller ändra den.",
                     "Row " + one + " is contained in row " + other + " with the same outcome. Remove or change it.");
        }
    }
  }

  // L08
  void null_coverage() {
    std::uint64_t covered = 0;
    for (std::size_t r = 0; r < c_.rows.size(); ++r) {
      if (c_.rows[r].outcome != RowOutcome::Unknown || c_.rows[r].severity != Severity::Blocking) continue;
      const FindingTable& table = table_of(r);
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        for (const Node& test : cell_of(r)[i].test.tree.children)
          if (test.kind == Kind::Null) covered |= depends_on(c_, table.columns[i].expression.tree);
    }
    for (std::size_t r = 0; r < c_.rows.size(); ++r) {
      const FindingRow& row = c_.rows[r];
      if (row.outcome != RowOutcome::Fail || row.severity != Severity::Blocking) continue;
      for (std::size_t i = 0; i < c_.inputs.size(); ++i) {
        if (!(row.depends_on >> i & 1)) continue;
        for (const std::string& name : may_hide(i))
          if (!(covered >> index_of(name) & 1))
            complain("L08", row.table, name, row.row, line_of(r),
                     "Raden (" + row.code + ") läser ”" + c_.inputs[i].name +
                         "”, men ingen blockerande UNKNOWN-rad frågar om ”" + name + "” saknas. Lägg till en.",
                     "The row (" + row.code + ") reads \"" + c_.inputs[i].name +
                         "\", but no blocking UNKNOWN row asks whether \"" + name + "\" is missing. Add one.");
      }
    }
  }
  std::size_t index_of(const std::string& name) const {
    return static_cast<std::size_t>(
        std::find_if(c_.inputs.begin(), c_.inputs.end(), [&](const InputName& i) { return i.name == name; }) -
        c_.inputs.begin());
  }
  // The inputs whose absence makes this one null.
  std::vector<std::string> may_hide(std::size_t i) const {
    const InputName& input = c_.inputs[i];
    if (input.need == Need::MayBeMissing) return {input.name};
    return input.need == Need::MissingOnlyWith ? input.missing_only_with : std::vector<std::string>{};
  }

  // L07: a row that no record hits, whatever is missing: cells that exclude each other through derived values, or that ask for
  // what the declared needs rule out. First records at random, which most rows are soon hit by; then every record of the values
  // beside the limits, for the rows that are left. Where these are too many nothing is said.
  void never_hit() {
    std::uint64_t left = c_.rows.size() >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << c_.rows.size()) - 1;
    std::vector<std::vector<InputValue>> choices;
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) choices.push_back(choices_of(i));
    std::vector<InputValue> record(c_.inputs.size());
    std::uint64_t random = 0x2545F4914F6CDD1Du;
    for (int n = 0; n < 3000 && left != 0; ++n) {
      for (std::size_t i = 0; i < record.size(); ++i) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        record[i] = choices[i][(random >> 33) % choices[i].size()];
      }
      if (make_possible(record, choices, random >> 40)) left &= ~hit_by(record, left);
    }
    // Two inputs that are compared with each other may have no values in common that stand on both sides of the limit.
    std::set<std::int64_t> days, numbers;
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) {
      if (c_.inputs[i].type == InputType::Date) days.insert(corners_[i].wholes.begin(), corners_[i].wholes.end());
      if (c_.inputs[i].type == InputType::Number) numbers.insert(corners_[i].wholes.begin(), corners_[i].wholes.end());
    }
    for (std::size_t r = 0; r < c_.rows.size(); ++r)
      if (left >> r & 1) search(r, days, numbers);
  }

  std::uint64_t hit_by(std::span<const InputValue> record, std::uint64_t asked) const {
    const RowState state(c_, record);
    std::uint64_t hits = 0;
    for (std::size_t r = 0; r < c_.rows.size(); ++r)
      if (asked >> r & 1) {
        const FindingTable& table = table_of(r);
        if (state.row(table, r - table.first_row).standard == true) hits |= std::uint64_t{1} << r;
      }
    return hits;
  }

  // Lets computed inputs be missing exactly when one of their causes is. False when there is no value to put in.
  bool make_possible(std::vector<InputValue>& record, const std::vector<std::vector<InputValue>>& choices,
                     std::uint64_t random) const {
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (c_.inputs[i].need != Need::MissingOnlyWith) continue;
      if (lacks_cause(record, i))
        record[i] = std::monostate{};
      else if (std::holds_alternative<std::monostate>(record[i]) && choices[i].size() > 1)
        record[i] = choices[i][random % (choices[i].size() - 1)];  // the last choice is the missing one
      else if (std::holds_alternative<std::monostate>(record[i]))
        return false;
    }
    return true;
  }
  bool lacks_cause(std::span<const InputValue> record, std::size_t i) const {
    const auto& causes = c_.inputs[i].missing_only_with;
    return std::any_of(causes.begin(), causes.end(),
                       [&](const std::string& name) { return std::holds_alternative<std::monostate>(record[index_of(name)]); });
  }

  static bool adds(const Node& n) {
    return n.kind == Kind::Add || n.kind == Kind::Subtract || std::any_of(n.children.begin(), n.children.end(), adds);
  }

  void search(std::size_t r, const std::set<std::int64_t>& days, const std::set<std::int64_t>& numbers) {
    constexpr std::size_t most = 100'000;
    std::uint64_t read = c_.rows[r].depends_on;
    for (std::size_t i = 0; i < c_.inputs.size(); ++i)
      if (read >> i & 1)
        for (const std::string& name : c_.inputs[i].missing_only_with) read |= std::uint64_t{1} << index_of(name);
    for (const Derived& derived : c_.derived)
      if ((derived.depends_on & read) != 0 && adds(derived.expression.tree)) return;  // a sum may hit between the corners
    std::vector<std::size_t> dials;
    std::vector<std::vector<InputValue>> choices(c_.inputs.size());
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) {
      choices[i] = choices_of(i);
      if (!(read >> i & 1)) continue;
      if (c_.inputs[i].type == InputType::Date)
        for (const std::int64_t day : days) choices[i].emplace_back(Day{static_cast<std::int32_t>(day)});
      if (c_.inputs[i].type == InputType::Number)
        for (const std::int64_t number : numbers) choices[i].emplace_back(number);
      std::sort(choices[i].begin(), choices[i].end());
      choices[i].erase(std::unique(choices[i].begin(), choices[i].end()), choices[i].end());
      dials.push_back(i);
      if (combinations > most / choices[i].size()) return;
      combinations *= choices[i].size();
    }
    std::vector<InputValue> record(c_.inputs.size());
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) record[i] = choices[i].back();
    for (std::size_t n = 0; n < combinations; ++n) {
      std::size_t rest = n;
      bool possible = true;
      for (const std::size_t i : dials) record[i] = choices[i][rest % choices[i].size()], rest /= choices[i].size();
      for (const std::size_t i : dials)
        if (c_.inputs[i].need == Need::MissingOnlyWith)
          possible = possible && lacks_cause(record, i) == std::holds_alternative<std::monostate>(record[i]);
      if (possible && hit_by(record, std::uint64_t{1} << r) != 0) return;
    }
    std::string cells;
    const FindingTable& table = table_of(r);
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (cell_of(r)[i].test.tree.kind != Kind::Anything)
        cells += (cells.empty() ? "" : ", ") + beginning(table.columns[i].expression.source) + " " +
                 beginning(cell_of(r)[i].test.source);
    complain("L07", table.name, "", c_.rows[r].row, line_of(r),
             "Raden kan aldrig träffa: inga uppgifter uppfyller alla dess celler (" + cells +
                 "). Rätta en cell, eller ta bort raden.",
             "The row can never hit: no facts meet all of its cells (" + cells + "). Correct a cell, or remove the row.");
  }

  // L09: every pattern of missing inputs over corner values; rows that read the same inputs are swept together.
  void null_sweep() {
    std::map<std::uint64_t, std::vector<std::size_t>> groups;
    for (std::size_t r = 0; r < c_.rows.size(); ++r) {
      if (c_.rows[r].severity != Severity::Blocking) continue;
      std::uint64_t swept = c_.rows[r].depends_on;
      for (std::size_t i = 0; i < c_.inputs.size(); ++i)
        if (c_.rows[r].depends_on >> i & 1)
          for (const std::string& name : c_.inputs[i].missing_only_with) swept |= std::uint64_t{1} << index_of(name);
      groups[swept].push_back(r);
    }
    std::set<std::size_t> told;
    for (const auto& [swept, rows] : groups) sweep(swept, rows, told);
  }

  void sweep(std::uint64_t swept, const std::vector<std::size_t>& rows, std::set<std::size_t>& told) {
    constexpr std::size_t most = 2048;
    std::vector<std::size_t> dials;  // inputs that vary by themselves
    std::vector<std::vector<InputValue>> choices(c_.inputs.size());
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) {
      choices[i] = choices_of(i);
      if (!(swept >> i & 1)) continue;
      dials.push_back(i);
      combinations = combinations > most ? combinations : combinations * choices[i].size();
    }
    std::vector<InputValue> record(c_.inputs.size());
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) record[i] = choices[i][0];
    // All combinations where they are few, otherwise a fixed sample that is the same on every machine.
    const bool every = combinations <= most;
    std::uint64_t random = 0x9E3779B97F4A7C15u;
    for (std::size_t n = 0; n < (every ? combinations : most); ++n) {
      std::size_t rest = n;
      for (const std::size_t i : dials) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const std::size_t size = choices[i].size();
        record[i] = choices[i][every ? rest % size : (random >> 33) % size];
        rest /= size;
      }
      bool missing = false, possible = true;
      for (const std::size_t i : dials) {
        const InputName& input = c_.inputs[i];
        const bool empty = std::holds_alternative<std::monostate>(record[i]);
        if (input.need == Need::MissingOnlyWith) {
          const bool cause = std::any_of(
              input.missing_only_with.begin(), input.missing_only_with.end(),
              [&](const std::string& name) { return std::holds_alternative<std::monostate>(record[index_of(name)]); });
          if (!every && cause)
            record[i] = std::monostate{};
          else if (cause != empty)
            possible = false;
        }
        missing = missing || (empty && input.need != Need::Optional);
      }
      // With nothing missing a row is open only for want of a row of limits. That these span the whole project is checked where
      // the project's days are known.
      if (possible && missing) judge(record, swept, rows, told);
    }
  }

  void judge(std::span<const InputValue> record, std::uint64_t swept, const std::vector<std::size_t>& rows,
             std::set<std::size_t>& told) {
    const RowState state(c_, record);
    const auto truth = [&](std::size_t r) {
      const FindingTable& table = table_of(r);
      return state.row(table, r - table.first_row);
    };
    for (const std::size_t r : rows) {
      const FindingTable& table = table_of(r);
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Node& tested = table.columns[i].expression.tree;
        if (cell_of(r)[i].test.tree.kind == Kind::Anything || c_.symbol(tested).is != Symbol::Is::Derived) continue;
        const std::uint32_t derived = c_.symbol(tested).index;
        const JudgedValue& value = state.derived(derived);
        if (!value.standard || value.known || !told_derived_.insert(derived).second) continue;
        complain("L09", c_.derived[derived].name, "", 0, c_.derived[derived].line,
                 "När " + missing_in(record, swept) + " saknas ger uttrycket ändå ”" +
                     text_of(*value.standard, c_.derived[derived].type) + "”. Låt det ge null.",
                 "When " + missing_in(record, swept) + " is missing the expression still gives \"" +
                     text_of(*value.standard, c_.derived[derived].type) + "\". Let it give null.");
      }
      const Truth hit = truth(r);
      if ((hit.known && hit.standard) || told.count(r)) continue;
      bool said = false;
      for (std::size_t u = 0; u < c_.rows.size() && !said; ++u)
        said = u != r && c_.rows[u].severity == Severity::Blocking && (c_.rows[u].depends_on & ~swept) == 0 &&
               truth(u).standard == true;
      if (said) continue;
      told.insert(r);
      complain("L09", c_.rows[r].table, c_.rows[r].code, c_.rows[r].row, line_of(r),
               "När " + missing_in(record, swept) +
                   " saknas kan raden inte avgöras, och ingen blockerande UNKNOWN-rad säger det. Lägg till en.",
               "When " + missing_in(record, swept) +
                   " is missing the row cannot be told, and no blocking UNKNOWN row says so. Add one.");
    }
  }

  std::string missing_in(std::span<const InputValue> record, std::uint64_t swept) const {
    std::string names;
    for (std::size_t i = 0; i < record.size(); ++i)
      if ((swept >> i & 1) && std::holds_alternative<std::monostate>(record[i]) && c_.inputs[i].need != Need::Optional)
        names += (names.empty() ? "" : ", ") + c_.inputs[i].name;
    return names;
  }

  // Corner values: at, just below and just above every literal and limit that an input is compared with.

  void find_corners() {
    corners_.assign(c_.inputs.size(), {});
    for (const Lookup& lookup : c_.lookups)
      for (const Lookup::Row& row : lookup.rows)
        for (std::size_t i = 0; i < lookup.columns.size(); ++i)
          beside(lookup.columns[i].expression.tree, row.cells[i].test.tree);
    for (const FindingTable& table : c_.tables)
      for (const auto& row : table.rows)
        for (std::size_t i = 0; i < table.columns.size(); ++i) beside(table.columns[i].expression.tree, row[i].test.tree);
    for (const Derived& derived : c_.derived) comparisons(derived.expression.tree);
  }
  void comparisons(const Node& n) {
    if (n.slot >= 0) return;
    switch (n.kind) {
      case Kind::Equal:
      case Kind::NotEqual:
      case Kind::Less:
      case Kind::LessEqual:
      case Kind::Greater:
      case Kind::GreaterEqual:
      case Kind::In:
        beside(n.children[0], n.children[1]), beside(n.children[1], n.children[0]);
        break;
      case Kind::Call:
        if (n.children.size() == 3) beside(n.children[2], n.children[1]);
        break;
      default:
        break;
    }
    for (const Node& child : n.children) comparisons(child);
  }
  // Whatever `other` can be is a corner of each input behind `tested`.
  void beside(const Node& tested, const Node& other) {
    const std::uint64_t inputs = depends_on(c_, tested);
    const Type::Is type = tested.slot >= 0 ? c_.symbol(tested).type.is : Type::Is::Number;
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) {
      if (!(inputs >> i & 1)) continue;
      constexpr std::array types{Type::Is::Boolean, Type::Is::Number, Type::Is::Date, Type::Is::String};
      if (types[static_cast<std::size_t>(c_.inputs[i].type)] == type) collect(other, corners_[i]);
    }
  }
  void collect(const Node& n, Corners& out) const {
    const auto add = [&](const Value& v) {
      if (is_whole(v))
        out.wholes.insert({whole(v) - 1, whole(v), whole(v) + 1});
      else if (const auto* text = std::get_if<std::string_view>(&v))
        out.words.emplace(*text);
      else if (const auto* list = std::get_if<const std::vector<std::string>*>(&v)) {
        if (!(*list)->empty()) out.words.insert((*list)->front()), out.words.insert((*list)->back());
      }
    };
    if (n.slot >= 0) {
      const Symbol& symbol = c_.symbol(n);
      if (symbol.is == Symbol::Is::Constant) add(symbol.constant);
      if (symbol.is == Symbol::Is::Member)
        for (const Lookup::Row& row : c_.lookups[symbol.index].rows)
          if (row.values[symbol.member]) add(*row.values[symbol.member]);
      return;
    }
    for (const Node& child : n.children) collect(child, out);
  }

  std::vector<InputValue> choices_of(std::size_t i) const {
    const InputName& input = c_.inputs[i];
    std::vector<InputValue> choices;
    switch (input.type) {
      case InputType::Boolean:
        choices = {true, false};
        break;
      case InputType::Number:
        for (const std::int64_t n : corners_[i].wholes) choices.emplace_back(n);
        if (choices.empty()) choices.emplace_back(std::int64_t{0});
        break;
      case InputType::Date:
        for (const std::int64_t n : corners_[i].wholes) choices.emplace_back(Day{static_cast<std::int32_t>(n)});
        if (choices.empty())
          for (const int n : {16000, 17000, 18000}) choices.emplace_back(Day{n});
        break;
      case InputType::String:
        for (const std::string& word : corners_[i].words) choices.emplace_back(word);
        choices.emplace_back(std::string("–"));
        break;
    }
    if (input.need != Need::Required) choices.emplace_back(std::monostate{});
    return choices;
  }

  // L11
  void messages() {
    for (std::size_t r = 0; r < c_.rows.size(); ++r) {
      const FindingRow& row = c_.rows[r];
      const auto sv = placeholders(row.message_sv), en = placeholders(row.message_en);
      if (sv != en)
        complain("L11", row.table, "message_en", row.row, line_of(r),
                 "De två språkens meddelanden nämner olika värden. Nämn samma.",
                 "The messages of the two languages name different values. Name the same.");
      for (const auto& [names, cell] : {std::pair(sv, "message_sv"), std::pair(en, "message_en")})
        for (const std::string& name : names)
          if (!c_.slots.count(name))
            complain("L11", row.table, cell, row.row, line_of(r),
                     "Meddelandet nämner {" + name + "}, som inte finns. Rätta namnet.",
                     "The message names {" + name + "}, which does not exist. Correct the name.");
    }
  }

  // L12
  void closing() {
    std::string tables;
    for (const FindingTable& table : c_.tables) tables += (tables.empty() ? "" : ", ") + table.name;
    closing("findings", "flatten([" + tables + "])[item != null]");
    closing("verdict",
            "if count(findings[severity = \"blocking\" and outcome = \"FAIL\"]) > 0 then \"not-eligible\" "
            "else if count(findings[severity = \"blocking\" and outcome = \"UNKNOWN\"]) > 0 then \"undecided\" "
            "else if count(findings) > 0 then \"eligible-with-remarks\" else \"eligible\"");
  }
  void closing(const std::string& name, const std::string& standard) {
    const auto decision =
        std::find_if(c_.model.decisions.begin(), c_.model.decisions.end(), [&](const Decision& d) { return d.name == name; });
    if (decision != c_.model.decisions.end() && decision->expression && decision->expression->form == Boxed::Form::Literal) {
      const auto given = parse_expression(decision->expression->text), wanted = parse_expression(standard);
      if (given && wanted && same_tree(given->tree, wanted->tree)) return;
    }
    complain("L12", name, "", 0, decision == c_.model.decisions.end() ? 0 : decision->line,
             "Avslutningsbeslutet " + name + " är inte det vanliga. Skriv: " + standard,
             "The closing decision " + name + " is not the standard one. Write: " + standard);
  }

  const Compiled& c_;
  std::vector<Complaint>& complaints_;
  std::vector<Corners> corners_;
  std::set<std::uint32_t> told_derived_;
};

}  // namespace

void lint(const Compiled& compiled, std::vector<Complaint>& complaints) { Linter(compiled, complaints).run(); }

}  // namespace dmn
