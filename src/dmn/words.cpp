#include "dmn/words.h"

#include <algorithm>
#include <map>

#include "dmn/compiled.h"

namespace dmn {
namespace {

// FEEL anew from the tree, every operation in brackets: the same for any layout.
std::string canonical(const Node& n) {
  const auto joined = [&](std::size_t from, const char* between) {
    std::string all;
    for (std::size_t i = from; i < n.children.size(); ++i) all += (i == from ? "" : between) + canonical(n.children[i]);
    return all;
  };
  const auto binary = [&](const char* sign) { return "(" + joined(0, sign) + ")"; };
  switch (n.kind) {
    case Kind::Null:
      return "null";
    case Kind::String:
      return "\"" + n.text + "\"";
    case Kind::Path:
      return canonical(n.children[0]) + "." + n.text;
    case Kind::List:
      return "[" + joined(0, ",") + "]";
    case Kind::Range:
      return (n.open_start ? "(" : "[") + joined(0, "..") + (n.open_end ? ")" : "]");
    case Kind::Negate:
      return "(-" + joined(0, "") + ")";
    case Kind::Add:
      return binary("+");
    case Kind::Subtract:
      return binary("-");
    case Kind::And:
      return binary(" and ");
    case Kind::Or:
      return binary(" or ");
    case Kind::Equal:
      return binary("=");
    case Kind::NotEqual:
      return binary("!=");
    case Kind::Less:
      return binary("<");
    case Kind::LessEqual:
      return binary("<=");
    case Kind::Greater:
      return binary(">");
    case Kind::GreaterEqual:
      return binary(">=");
    case Kind::In:
      return binary(" in ");
    case Kind::If:
      return "if(" + joined(0, ",") + ")";
    case Kind::Call:
      return canonical(n.children[0]) + "(" + joined(1, ",") + ")";
    case Kind::Anything:
      return "-";
    case Kind::Tests:
      return joined(0, ",");
    case Kind::Compare:
      return n.text + joined(0, "");
    default:
      return n.children.empty() ? n.text : n.text + "(" + joined(0, ",") + ")";
  }
}

Sentence label_of(const Compiled& c, const Feel& feel, const Node& n) {
  if (n.slot >= 0 && c.symbol(n).is == Symbol::Is::Input) {
    const InputName& input = c.inputs[c.symbol(n).index];
    return {input.label_sv.empty() ? input.name : input.label_sv, input.label_en.empty() ? input.name : input.label_en};
  }
  const std::string quoted(feel.quote(n));
  return {quoted, quoted};
}

Sentence operand(const Compiled& c, const Feel& feel, const Node& n) {
  if (n.slot < 0 || c.symbol(n).is != Symbol::Is::Constant) return label_of(c, feel, n);
  const std::string text = text_of(c.symbol(n).constant, c.symbol(n).type);
  return {text, text};
}

Sentence test_in_words(const Compiled& c, const Column& column, const Feel& feel, const Node& test) {
  if (test.kind == Kind::Null) return {"saknas", "is missing"};
  if (test.kind == Kind::Compare) {
    const Sentence limit = operand(c, feel, test.children[0]);
    const bool day = column.type.is == Type::Is::Date;
    if (test.text == "<")
      return {(day ? "ligger före " : "är mindre än ") + limit.sv, (day ? "lies before " : "is less than ") + limit.en};
    if (test.text == "<=")
      return {(day ? "ligger senast " : "är högst ") + limit.sv, (day ? "lies no later than " : "is at most ") + limit.en};
    if (test.text == ">")
      return {(day ? "ligger efter " : "är mer än ") + limit.sv, (day ? "lies after " : "is more than ") + limit.en};
    return {(day ? "ligger tidigast " : "är minst ") + limit.sv, (day ? "lies no earlier than " : "is at least ") + limit.en};
  }
  if (test.kind == Kind::Range) {
    const Sentence from = operand(c, feel, test.children[0]), to = operand(c, feel, test.children[1]);
    return {std::string("ligger från ") + (test.open_start ? "efter " : "") + from.sv + " till " +
                (test.open_end ? "före " : "") + to.sv,
            std::string("lies from ") + (test.open_start ? "after " : "") + from.en + " to " +
                (test.open_end ? "before " : "") + to.en};
  }
  if (column.type.is == Type::Is::Boolean && test.slot >= 0 && c.symbol(test).is == Symbol::Is::Constant) {
    const bool yes = std::get<bool>(c.symbol(test).constant);
    return {yes ? "är ja" : "är nej", yes ? "is yes" : "is no"};
  }
  const Sentence value = operand(c, feel, test);
  return {"är " + value.sv, "is " + value.en};
}

Sentence cell_in_words(const Compiled& c, const Column& column, const Cell& cell) {
  Sentence all = label_of(c, column.expression, column.expression.tree);
  // What is worked out has a label in the table: "I projektets kommuner / in the area".
  const std::size_t between = column.label.find(" / ");
  const Node& n = column.expression.tree;
  if (between != column.label.npos && !(n.slot >= 0 && c.symbol(n).is == Symbol::Is::Input))
    all = {column.label.substr(0, between), column.label.substr(between + 3)};
  const char* sv = " ";
  const char* en = " ";
  for (const Node& test : cell.test.tree.children) {
    const Sentence one = test_in_words(c, column, cell.test, test);
    all.sv += sv + one.sv, all.en += en + one.en;
    sv = " eller ", en = " or ";
  }
  return all;
}

const char* outcome_of(const FindingRow& row) { return row.outcome == RowOutcome::Fail ? "FAIL" : "UNKNOWN"; }
const char* severity_of(const FindingRow& row) { return row.severity == Severity::Blocking ? "blocking" : "remark"; }
const char* need_of(Need need) {
  constexpr const char* names[] = {"required", "may-be-missing", "optional", "missing-only-with"};
  return names[static_cast<std::size_t>(need)];
}
const char* type_name(InputType type) {
  constexpr const char* names[] = {"boolean", "number", "date", "string"};
  return names[static_cast<std::size_t>(type)];
}

std::string input_text(const InputName& input) {
  std::string text = std::string(type_name(input.type)) + " " + std::to_string(input.scale) + " " + need_of(input.need);
  for (const std::string& name : input.missing_only_with) text += " " + name;
  return text;
}

Sentence both_ways(const std::string& text) { return {text, text}; }

// Everything that is compared, by a name that the two versions share; in the order of the file.
struct Item {
  std::string table, of;
  Sentence what, value;
};

std::vector<Item> items(const RuleSet& rules) {
  const Compiled& c = rules.compiled();
  std::vector<Item> all;
  const auto add = [&](const char* table, const std::string& of, const char* sv, const char* en, Sentence value) {
    all.push_back({table, of, {sv, en}, std::move(value)});
  };
  add("", "", "namn", "name", both_ways(c.name));
  add("", "", "version", "version", both_ways(c.facts.version));
  add("", "", "gäller", "valid", both_ways(iso_of(c.facts.valid_from) + "–" + iso_of(c.facts.valid_to)));
  add("", "", "godkänt", "approved", both_ways(c.facts.approved_by + ", " + iso_of(c.facts.approved_on)));
  add("", "", "ersätter", "supersedes", both_ways(c.facts.supersedes));
  for (const InputName& input : c.inputs) add("", input.name, "uppgift", "fact", both_ways(input_text(input)));
  for (const LimitsRow& row : c.limits) {
    const std::string of = row.key + " " + iso_of(row.from);
    add("limits", of, "gäller till", "holds until", both_ways(iso_of(row.to)));
    for (const auto& [name, value] : row.values)
      if (name != "citation") all.push_back({"limits", of, {"gränsen " + name, "the limit " + name}, both_ways(value)});
    add("limits", of, "källa", "citation", both_ways(row.citation));
  }
  for (const Derived& derived : c.derived)
    add("", derived.name, "uträknat värde", "derived value", both_ways(canonical(derived.expression.tree)));
  const auto words = conditions(rules);
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    const FindingRow& row = c.rows[i];
    std::string of = row.code + " " + outcome_of(row);
    if (const int times = ++seen[of]; times > 1) of += " " + std::to_string(times);
    Sentence when;
    for (const Sentence& one : words[i])
      when.sv += (when.sv.empty() ? "" : ", ") + one.sv, when.en += (when.en.empty() ? "" : ", ") + one.en;
    add(row.table.c_str(), of, "villkor", "condition", when);
    add(row.table.c_str(), of, "verkan", "effect",
        row.severity == Severity::Blocking ? Sentence{"hindrar", "blocks"} : Sentence{"anmärkning", "remark"});
    add(row.table.c_str(), of, "meddelande", "message", {row.message_sv, row.message_en});
    add(row.table.c_str(), of, "grund", "basis", both_ways(row.legal_basis));
  }
  for (const RuleText& text : c.texts) {
    add("rule_texts", text.code, "fråga", "question", {text.question_sv, text.question_en});
    add("rule_texts", text.code, "åtgärd", "what to do", {text.fix_sv, text.fix_en});
  }
  return all;
}

}  // namespace

std::vector<std::vector<Sentence>> conditions(const RuleSet& rules) {
  const Compiled& c = rules.compiled();
  std::vector<std::vector<Sentence>> all;
  for (const FindingTable& table : c.tables)
    for (const auto& row : table.rows) {
      std::vector<Sentence> one;
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (row[i].test.tree.kind != Kind::Anything) one.push_back(cell_in_words(c, table.columns[i], row[i]));
      all.push_back(std::move(one));
    }
  return all;
}

std::vector<Change> changes(const RuleSet& before, const RuleSet& after) {
  const std::vector<Item> old = items(before), now = items(after);
  const auto key = [](const Item& item) { return item.table + "\n" + item.of + "\n" + item.what.en; };
  std::map<std::string, const Item*> then, later;
  for (const Item& item : old) then.emplace(key(item), &item);
  for (const Item& item : now) later.emplace(key(item), &item);
  std::vector<Change> found;
  for (const Item& item : old)
    if (!later.contains(key(item))) found.push_back({item.table, item.of, item.what, item.value, {}});
  for (const Item& item : now) {
    const auto same = then.find(key(item));
    if (same == then.end())
      found.push_back({item.table, item.of, item.what, {}, item.value});
    else if (!(same->second->value == item.value))
      found.push_back({item.table, item.of, item.what, same->second->value, item.value});
  }
  return found;
}

std::string logic_text(const RuleSet& rules) {
  const Compiled& c = rules.compiled();
  std::string text = "horisont-logic 1\n";
  for (const InputName& input : c.inputs) text += "input " + input.name + " " + input_text(input) + "\n";
  for (const Lookup& lookup : c.lookups) {
    text += "lookup " + lookup.name;
    for (const Column& column : lookup.columns) text += " | " + canonical(column.expression.tree);
    text += "\n";
    for (const Lookup::Row& row : lookup.rows) {
      text += "row";
      for (const Cell& cell : row.cells) text += " | " + canonical(cell.test.tree);
      for (std::size_t i = 0; i < lookup.members.size(); ++i)
        if (lookup.members[i] != "citation")
          text += " | " + lookup.members[i] + " " + (row.values[i] ? text_of(*row.values[i], lookup.member_types[i]) : "null");
      text += "\n";
    }
  }
  for (const Derived& derived : c.derived) text += "derived " + derived.name + " " + canonical(derived.expression.tree) + "\n";
  for (const FindingTable& table : c.tables) {
    text += "table";
    for (const Column& column : table.columns) text += " | " + canonical(column.expression.tree);
    text += "\n";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const FindingRow& row = c.rows[table.first_row + r];
      text += "row " + row.code + " " + outcome_of(row) + " " + severity_of(row);
      for (const Cell& cell : table.rows[r]) text += " | " + canonical(cell.test.tree);
      text += "\n";
    }
  }
  return text;
}

}  // namespace dmn
