#include "dmn/sql.h"

#include <algorithm>
#include <map>

#include "dmn/compiled.h"

namespace dmn {
namespace {

std::string sql_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}
std::string identifier(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string literal(const Value& v) {
  if (const bool* b = std::get_if<bool>(&v)) return *b ? "1" : "0";
  if (const auto* n = std::get_if<std::int64_t>(&v)) return std::to_string(*n);
  if (const Day* d = std::get_if<Day>(&v)) return sql_text(iso_of(*d));
  if (const auto* s = std::get_if<std::string_view>(&v)) return sql_text(*s);
  return "1";  // a list: that there is one; its items stand in a table of their own
}

std::string facts_table_of(const Compiled& c) {
  std::string text = "CREATE TABLE facts (reference TEXT PRIMARY KEY";
  for (const InputName& input : c.inputs)
    text += ", " + identifier(input.name) +
            (input.type == InputType::Boolean || input.type == InputType::Number ? " INTEGER" : " TEXT");
  return text + ");\n";
}

// Every expression is put in brackets, so precedence is the tree's.
class Writer {
 public:
  explicit Writer(const Compiled& compiled) : c_(compiled) {}

  std::string script() {
    out_ = "-- " + one_line(c_.name) + ", version " + one_line(c_.facts.version) +
           "\n-- 1: hit, 0: no hit, NULL: cannot tell. It expects a table facts:\n-- " + facts_table_of(c_) + "\n";
    std::string from = "facts";
    for (const Lookup& lookup : c_.lookups) {
      tables(lookup);
      const std::string step = "with_" + lookup.name, row = identifier(lookup.name + ".row");
      out_ += "CREATE VIEW " + identifier(step) + " AS SELECT f.*, t.* FROM (SELECT *, " + row_number(lookup) + " AS " + row +
              " FROM " + identifier(from) + ") AS f LEFT JOIN " + identifier(lookup.name) + " AS t ON t." +
              identifier(lookup.name + ".number") + " = f." + row + ";\n\n";
      from = step;
    }
    for (const Derived& derived : c_.derived) {
      const std::string step = "with_" + derived.name;
      out_ += "-- " + derived.name + " = " + one_line(derived.expression.source) + "\nCREATE VIEW " + identifier(step) +
              " AS SELECT *, " + expression(derived.expression.tree) + " AS " + identifier(derived.name) + " FROM " +
              identifier(from) + ";\n\n";
      from = step;
    }
    answers(from);
    verdicts();
    return std::move(out_);
  }

 private:
  static std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
  }

  void tables(const Lookup& lookup) {
    out_ += "CREATE TABLE " + identifier(lookup.name) + " (" + identifier(lookup.name + ".number") + " INTEGER PRIMARY KEY";
    for (const std::string& member : lookup.members) out_ += ", " + identifier(lookup.name + "." + member);
    out_ += ");\n";
    for (std::size_t m = 0; m < lookup.members.size(); ++m)
      if (lookup.member_types[m].is == Type::Is::Strings)
        out_ += "CREATE TABLE " + identifier(lookup.name + "_" + lookup.members[m]) + " (number INTEGER, item TEXT);\n";
    for (std::size_t r = 0; r < lookup.rows.size(); ++r) {
      const std::string number = std::to_string(r + 1);
      out_ += "INSERT INTO " + identifier(lookup.name) + " VALUES (" + number;
      std::string items;
      for (std::size_t m = 0; m < lookup.members.size(); ++m) {
        const auto& value = lookup.rows[r].values[m];
        out_ += ", " + (value ? literal(*value) : "NULL");
        if (!value || lookup.member_types[m].is != Type::Is::Strings) continue;
        for (const std::string& item : *std::get<const std::vector<std::string>*>(*value))
          items += "INSERT INTO " + identifier(lookup.name + "_" + lookup.members[m]) + " VALUES (" + number + ", " +
                   sql_text(item) + ");\n";
      }
      out_ += ");\n" + items;
    }
    out_ += "\n";
  }

  std::string row_number(const Lookup& lookup) {
    std::string text = "CASE";
    for (std::size_t r = 0; r < lookup.rows.size(); ++r)
      text += " WHEN " + row(lookup.columns, lookup.rows[r].cells) + " THEN " + std::to_string(r + 1);
    return text + " END";
  }

  std::string row(const std::vector<Column>& columns, const std::vector<Cell>& cells) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (cells[i].test.tree.kind != Kind::Anything)
        text += (text.empty() ? "" : " AND ") + cell(columns[i], cells[i].test.tree);
    return text.empty() ? "1" : "(" + text + ")";
  }

  std::string cell(const Column& column, const Node& tests) {
    std::string any;
    for (const Node& test : tests.children) {
      const std::string tested = expression(column.expression.tree);
      std::string one;
      if (test.kind == Kind::Null) {
        one = "(" + tested + " IS NULL)";
      } else {
        if (test.kind == Kind::Compare)
          one = "(" + tested + " " + test.text + " " + expression(test.children[0]) + ")";
        else if (test.kind == Kind::Range)
          one = range(tested, test);
        else
          one = "(" + tested + " = " + expression(test) + ")";
        std::string guard = guard_of(column.expression.tree) + guard_of(test);
        for (const Node& operand : test.children) guard += guard_of(operand);
        if (!guard.empty()) one = "(" + guard + one + ")";
      }
      any += (any.empty() ? "" : " OR ") + one;
    }
    return tests.children.size() == 1 ? any : "(" + any + ")";
  }
  // An optional input that is empty answers no.
  std::string guard_of(const Node& n) {
    if (n.slot < 0 || c_.symbol(n).is != Symbol::Is::Input || c_.inputs[c_.symbol(n).index].need != Need::Optional) return "";
    return expression(n) + " IS NOT NULL AND ";
  }

  std::string range(const std::string& tested, const Node& n) {
    return "(" + tested + (n.open_start ? " > " : " >= ") + expression(n.children[0]) + " AND " + tested +
           (n.open_end ? " < " : " <= ") + expression(n.children[1]) + ")";
  }

  std::string expression(const Node& n) {
    if (n.slot >= 0) {
      const Symbol& symbol = c_.symbol(n);
      switch (symbol.is) {
        case Symbol::Is::Constant:
          return literal(symbol.constant);
        case Symbol::Is::Input:
          return identifier(c_.inputs[symbol.index].name);
        case Symbol::Is::Lookup:
          return identifier(c_.lookups[symbol.index].name + ".row");
        case Symbol::Is::Member:
          return identifier(c_.lookups[symbol.index].name + "." + c_.lookups[symbol.index].members[symbol.member]);
        case Symbol::Is::Derived:
          return identifier(c_.derived[symbol.index].name);
      }
    }
    const auto binary = [&](const char* sign) {
      return "(" + expression(n.children[0]) + sign + expression(n.children[1]) + ")";
    };
    switch (n.kind) {
      case Kind::Null:
        return "NULL";
      case Kind::And:
        return binary(" AND ");
      case Kind::Or:
        return binary(" OR ");
      case Kind::Add:
        return binary(" + ");
      case Kind::Subtract:
        return binary(" - ");
      case Kind::Less:
        return binary(" < ");
      case Kind::LessEqual:
        return binary(" <= ");
      case Kind::Greater:
        return binary(" > ");
      case Kind::GreaterEqual:
        return binary(" >= ");
      case Kind::Equal:
      case Kind::NotEqual: {
        const bool same = n.kind == Kind::Equal;
        const bool null_left = n.children[0].kind == Kind::Null, null_right = n.children[1].kind == Kind::Null;
        if (!null_left && !null_right) return binary(same ? " = " : " <> ");
        return "(" + expression(n.children[null_right ? 0 : 1]) + (same ? " IS NULL)" : " IS NOT NULL)");
      }
      case Kind::In:
        return range(expression(n.children[0]), n.children[1].children[0]);
      case Kind::If: {
        const std::string condition = expression(n.children[0]);
        return "CASE WHEN " + condition + " THEN " + expression(n.children[1]) + " WHEN NOT " + condition + " THEN " +
               expression(n.children[2]) + " END";
      }
      case Kind::Call: {
        if (n.children.size() == 2) return "(NOT " + expression(n.children[1]) + ")";
        const Symbol& list = c_.symbol(n.children[1]);
        const Lookup& lookup = c_.lookups[list.index];
        const std::string element = expression(n.children[2]);
        return "CASE WHEN " + expression(n.children[1]) + " IS NOT NULL AND " + element +
               " IS NOT NULL THEN EXISTS (SELECT 1 FROM " + identifier(lookup.name + "_" + lookup.members[list.member]) +
               " AS items WHERE items.number = " + identifier(lookup.name + ".row") + " AND items.item = " + element + ") END";
      }
      default:
        return "NULL";
    }
  }

  void answers(const std::string& from) {
    out_ += "CREATE VIEW answers AS SELECT reference";
    std::map<std::string, int> used;
    for (const FindingTable& table : c_.tables)
      for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const FindingRow& row_facts = c_.rows[table.first_row + r];
        std::string name = row_facts.code + (row_facts.outcome == RowOutcome::Fail ? "_fail" : "_unknown");
        if (const int times = ++used[name]; times > 1) name += "_" + std::to_string(times);
        out_ += ",\n  " + row(table.columns, table.rows[r]) + " AS " + identifier(name);
        names_.push_back(name);
      }
    out_ += "\nFROM " + identifier(from) + ";\n\n";
  }

  void verdicts() {
    const auto any = [&](auto chosen, const char* test) {
      std::string text;
      for (std::size_t i = 0; i < names_.size(); ++i)
        if (chosen(c_.rows[i])) text += (text.empty() ? "" : " OR ") + identifier(names_[i]) + test;
      return text.empty() ? std::string("0") : text;
    };
    const auto blocking = [](const FindingRow& r) { return r.severity == Severity::Blocking; };
    const auto fail = [&](const FindingRow& r) { return blocking(r) && r.outcome == RowOutcome::Fail; };
    const auto unknown = [&](const FindingRow& r) { return blocking(r) && r.outcome == RowOutcome::Unknown; };
    const auto all = [](const FindingRow&) { return true; };
    out_ += "CREATE VIEW verdicts AS SELECT reference, CASE\n  WHEN " + any(fail, " IS 1") + " THEN 'not-eligible'\n  WHEN " +
            any(unknown, " IS 1") + " OR " + any(blocking, " IS NULL") + " THEN 'undecided'\n  WHEN " + any(all, " IS NOT 0") +
            " THEN 'eligible-with-remarks'\n  ELSE 'eligible' END AS verdict\nFROM answers;\n";
  }

  const Compiled& c_;
  std::string out_;
  std::vector<std::string> names_;
};

}  // namespace

std::string to_sql(const RuleSet& rules) { return Writer(rules.compiled()).script(); }

std::string facts_table(const RuleSet& rules) { return facts_table_of(rules.compiled()); }

}  // namespace dmn
