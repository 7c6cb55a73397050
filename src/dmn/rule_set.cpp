#include "dmn/rule_set.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <set>

#include "dmn/profile_compiled.h"
#include "dmn/profile_evaluate.h"
#include "dmn/profile_parser.h"

namespace dmn {
namespace {

using namespace profile;

constexpr std::string_view model_namespaces[] = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/"};

/// Our own elements inside extensionElements: what a rule set declares of itself and of its inputs.
constexpr std::string_view own_namespace = "urn:horisont:rules:1";

// The two closing decisions, word for word (rules-engine, section 13), so that any other DMN engine reaches a verdict too.
constexpr std::string_view closing_verdict =
    R"(if count(findings[severity = "blocking" and outcome = "FAIL"]) > 0 then "not-eligible" else if count(findings[severity = "blocking" and outcome = "UNKNOWN"]) > 0 then "undecided" else if count(findings) > 0 then "eligible-with-remarks" else "eligible")";

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// What an expression gives. Row: a row of a UNIQUE table. Null fits everywhere.
enum class Type { Null, Boolean, Number, Date, String, List, Row, Wrong };

Type type_of(InputType type) {
  switch (type) {
    case InputType::Boolean:
      return Type::Boolean;
    case InputType::Number:
      return Type::Number;
    case InputType::Date:
      return Type::Date;
    case InputType::String:
      return Type::String;
  }
  return Type::Wrong;
}

bool fits(Type a, Type b) { return a == b || a == Type::Null || b == Type::Null || a == Type::Wrong || b == Type::Wrong; }

class Loader {
 public:
  Loader(const Element& definitions, std::span<const InputName> known) : root_(definitions), known_(known) {}

  std::vector<Complaint> complaints;
  Compiled rules;

  bool load() {
    if (!is_model()) return false;
    own_elements();
    decisions();
    if (!complaints.empty()) return false;
    check_names_and_types();
    if (!complaints.empty()) return false;
    finding_rows();
    texts();
    closing();
    if (!complaints.empty()) return false;
    unique_tables();
    sweep();
    return complaints.empty();
  }

 private:
  void complain(std::string id, std::string table, int row, std::string cell, int line, std::string sv, std::string en) {
    complaints.push_back({std::move(id), std::move(table), std::move(cell), std::move(sv), std::move(en), row, line});
  }

  bool is_model() {
    if (root_.name == "definitions" &&
        std::find(std::begin(model_namespaces), std::end(model_namespaces), root_.space) != std::end(model_namespaces))
      return true;
    complain("L01", "", 0, "", root_.line, "Filen är inte en DMN-modell i version 1.2 till 1.5. Spara modellen som DMN 1.3.",
             "The file is not a DMN model of version 1.2 to 1.5. Save the model as DMN 1.3.");
    return false;
  }

  void own_elements() {
    if (const std::string* name = root_.attribute("name")) rules.name = *name;
    const Element* extension = root_.child("extensionElements");
    const Element* about = nullptr;
    std::set<std::string> seen;
    static const std::vector<Element> none;
    for (const Element& element : extension ? extension->children : none) {
      if (element.space != own_namespace) continue;  // of another tool: kept, not read
      if (element.name == "ruleSet") about = &element;
      if (element.name == "inputs") {
        if (const std::string* structure = element.attribute("structure")) rules.input_name = *structure;
        for (const Element& child : element.children)
          if (child.space == own_namespace && child.name == "input") input(child, seen);
      }
    }
    const auto needed = [&](const char* attribute) {
      const std::string* value = about ? about->attribute(attribute) : nullptr;
      if (!value || value->empty())
        complain("L12", "", 0, "", about ? about->line : root_.line,
                 std::string("Regelverket saknar ") + attribute + ". Skriv det i ruleSet.",
                 std::string("The rule set has no ") + attribute + ". Write it in ruleSet.");
      return value ? *value : std::string();
    };
    rules.version = needed("version");
    const std::string from = needed("validFrom"), to = needed("validTo");
    needed("approvedBy");
    needed("approvedOn");
    needed("supersedes");
    if (!from.empty() && !to.empty() && to < from)
      complain("L12", "", 0, "", about->line, "Regelverkets giltighet slutar innan den börjar.",
               "The rule set's validity ends before it begins.");
    if (rules.inputs.size() > 64)
      complain("L13", "", 0, "", root_.line, "Regelverket har fler än 64 indata.", "The rule set has more than 64 inputs.");
  }

  void input(const Element& element, std::set<std::string>& seen) {
    InputName input;
    const auto text = [&](const char* attribute) {
      const std::string* value = element.attribute(attribute);
      return value ? *value : std::string();
    };
    input.name = text("name");
    input.label_sv = text("labelSv");
    input.label_en = text("labelEn");
    const std::string type = text("type"), need = text("need"), scale = text("scale");
    bool right = true;
    if (type == "boolean")
      input.type = InputType::Boolean;
    else if (type == "number")
      input.type = InputType::Number;
    else if (type == "date")
      input.type = InputType::Date;
    else if (type == "string")
      input.type = InputType::String;
    else
      right = false;
    if (need == "required")
      input.need = Need::Required;
    else if (need == "may-be-missing")
      input.need = Need::MayBeMissing;
    else if (need == "optional")
      input.need = Need::Optional;
    else if (need == "missing-only-with")
      input.need = Need::MissingOnlyWith;
    else
      right = false;
    if (!scale.empty()) {
      if (scale.size() == 1 && scale[0] >= '0' && scale[0] <= '6')
        input.scale = scale[0] - '0';
      else
        right = false;
    }
    std::string with = text("with");
    for (std::size_t end; !with.empty(); with = end == std::string::npos ? "" : with.substr(end + 1)) {
      end = with.find(' ');
      input.missing_only_with.push_back(with.substr(0, end));
    }
    if (!right || input.name.empty()) {
      complain("L03", "", 0, input.name, element.line,
               "Indata \"" + input.name + "\" har ingen känd typ eller inget känt behov.",
               "Input \"" + input.name + "\" has no known type or need.");
      return;
    }
    if (!seen.insert(input.name).second)
      complain("L03", "", 0, input.name, element.line, "Indata \"" + input.name + "\" står två gånger.",
               "Input \"" + input.name + "\" stands twice.");
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const InputName& k) { return k.name == input.name; });
    if (known == known_.end())
      complain("L03", "", 0, input.name, element.line, "Programmet har ingen uppgift \"" + input.name + "\".",
               "The program has no fact \"" + input.name + "\".");
    else if (known->type != input.type || known->scale != input.scale || known->need != input.need)
      complain("L03", "", 0, input.name, element.line,
               "Uppgiften \"" + input.name + "\" har en annan typ eller ett annat behov i programmet.",
               "The fact \"" + input.name + "\" has another type or need in the program.");
    rules.input_index.emplace(input.name, rules.inputs.size());
    rules.inputs.push_back(std::move(input));
  }

  void decisions() {
    std::set<std::string> ids;
    for (const Element& element : root_.children) {
      if (const std::string* id = element.attribute("id"))
        if (!ids.insert(*id).second)
          complain("L01", "", 0, *id, element.line, "Id \"" + *id + "\" står två gånger.", "Id \"" + *id + "\" stands twice.");
      static const std::set<std::string> fine{"decision",          "inputData", "itemDefinition",
                                              "extensionElements", "DMNDI",     "description"};
      if (!fine.contains(element.name)) {
        complain("L02", "", 0, element.name, element.line, "\"" + element.name + "\" används inte i regelverk.",
                 "\"" + element.name + "\" is not used in rule sets.");
        continue;
      }
      if (element.name == "decision") decision(element);
    }
    for (const Element& element : root_.children) references(element, ids);
  }

  void references(const Element& element, const std::set<std::string>& ids) {
    if (element.name == "requiredDecision" || element.name == "requiredInput")
      if (const std::string* href = element.attribute("href");
          !href || href->size() < 2 || (*href)[0] != '#' || !ids.contains(href->substr(1)))
        complain("L01", "", 0, href ? *href : "", element.line, "Hänvisningen leder ingenstans.",
                 "The reference leads nowhere.");
    for (const Element& child : element.children)
      if (child.name == "informationRequirement" || child.name == "requiredDecision" || child.name == "requiredInput")
        references(child, ids);
  }

  void decision(const Element& element) {
    DecisionModel model;
    model.line = element.line;
    if (const std::string* name = element.attribute("name")) model.name = *name;
    if (const Element* table = element.child("decisionTable")) {
      read_table(*table, model);
    } else if (const Element* literal = element.child("literalExpression")) {
      model.text = literal->child("text") ? squeezed(literal->child("text")->text) : "";
      if (model.name == "findings" || model.name == "verdict") {
        model.kind = DecisionModel::Kind::Closing;
      } else {
        parse(model.text, false, model.expression, model.name, 0, literal->line);
      }
    } else {
      complain("L02", model.name, 0, "", element.line, "Beslutet har varken tabell eller uttryck.",
               "The decision has neither a table nor an expression.");
    }
    if (!rules.decision_index.emplace(model.name, rules.decisions.size()).second)
      complain("L01", model.name, 0, "", element.line, "Två beslut har samma namn.", "Two decisions have the same name.");
    rules.decisions.push_back(std::move(model));
  }

  void parse(const std::string& text, bool cell, Node& into, const std::string& table, int row, int line) {
    auto parsed = cell ? parse_cell(text) : parse_expression(text);
    if (parsed) {
      into = std::move(*parsed);
    } else {
      const std::string place = " (" + std::to_string(parsed.error().at + 1) + ")";
      complain("L02", table, row, text, line, parsed.error().sv + place, parsed.error().en + place);
    }
  }

  static std::string text_in(const Element& element) {
    return element.child("text") ? squeezed(element.child("text")->text) : "";
  }

  void read_table(const Element& element, DecisionModel& model) {
    Table& table = model.table;
    table.hit_policy = element.attribute("hitPolicy") ? *element.attribute("hitPolicy") : "UNIQUE";
    const bool unique = table.hit_policy == "UNIQUE", ordered = table.hit_policy == "RULE ORDER";
    if (!unique && !ordered)
      complain("L02", model.name, 0, table.hit_policy, element.line,
               "Träffprincipen " + table.hit_policy + " döljer vilken rad som avgjorde. Använd RULE ORDER.",
               "The hit policy " + table.hit_policy + " hides which row decided. Use RULE ORDER.");
    for (const Element& child : element.children) {
      if (child.name == "input") {
        Table::In in;
        if (const Element* expression = child.child("inputExpression")) in.text = text_in(*expression);
        table.inputs.push_back(std::move(in));
      } else if (child.name == "output") {
        table.outputs.push_back(child.attribute("name") ? *child.attribute("name") : model.name);
      }
    }
    model.kind = ordered                      ? DecisionModel::Kind::Findings
                 : model.name == "rule_texts" ? DecisionModel::Kind::Texts
                                              : DecisionModel::Kind::Unique;
    // The texts are looked up by code, which is no fact of a participation: only their cells matter here.
    const bool texts = model.kind == DecisionModel::Kind::Texts;
    if (!texts)
      for (Table::In& in : table.inputs) parse(in.text, false, in.expression, model.name, 0, element.line);
    for (const Element& child : element.children) {
      if (child.name != "rule") continue;
      Table::Row row;
      row.line = child.line;
      const int number = static_cast<int>(table.rows.size()) + 1;
      for (const Element& entry : child.children) {
        if (entry.name == "inputEntry") {
          row.cell_texts.push_back(text_in(entry));
          row.cells.emplace_back();
          parse(row.cell_texts.back(), true, row.cells.back(), model.name, number, entry.line);
        } else if (entry.name == "outputEntry") {
          row.output_texts.push_back(text_in(entry));
          row.out.emplace_back();
          parse(row.output_texts.back(), false, row.out.back(), model.name, number, entry.line);
        }
      }
      if (row.cells.size() != table.inputs.size() || row.out.size() != table.outputs.size())
        complain("L02", model.name, number, "", child.line, "Raden har inte lika många celler som tabellen har kolumner.",
                 "The row does not have as many cells as the table has columns.");
      table.rows.push_back(std::move(row));
    }
  }

  // ---- names and types ----------------------------------------------------------------------------------------------------

  void check_names_and_types() {
    used_.assign(rules.inputs.size(), false);
    for (std::size_t i = 0; i < rules.decisions.size(); ++i) {
      DecisionModel& model = rules.decisions[i];
      where_ = {model.name, 0, model.line};
      if (model.kind == DecisionModel::Kind::Expression) decision_type(i);
      if (model.kind == DecisionModel::Kind::Unique || model.kind == DecisionModel::Kind::Findings) table_types(model);
    }
    if (!complaints.empty()) return;
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i])
        complain("L03", "", 0, rules.inputs[i].name, root_.line, "Indata \"" + rules.inputs[i].name + "\" används inte.",
                 "Input \"" + rules.inputs[i].name + "\" is not used.");
  }

  Type decision_type(std::size_t index) {
    if (types_.size() < rules.decisions.size()) types_.resize(rules.decisions.size()), state_.resize(rules.decisions.size());
    if (state_[index] == 2) return types_[index];
    const DecisionModel& model = rules.decisions[index];
    if (state_[index] == 1) {
      complain("L01", model.name, 0, "", model.line, "Beslutet beror på sig självt.", "The decision depends on itself.");
      return Type::Wrong;
    }
    state_[index] = 1;
    const auto before = where_;
    where_ = {model.name, 0, model.line};
    types_[index] = model.kind == DecisionModel::Kind::Unique       ? Type::Row
                    : model.kind == DecisionModel::Kind::Expression ? type(model.expression)
                                                                    : Type::Wrong;
    where_ = before;
    state_[index] = 2;
    return types_[index];
  }

  void table_types(const DecisionModel& model) {
    std::vector<Type> inputs;
    for (const Table::In& in : model.table.inputs) inputs.push_back(type(in.expression));
    for (std::size_t r = 0; r < model.table.rows.size(); ++r) {
      const Table::Row& row = model.table.rows[r];
      where_ = {model.name, static_cast<int>(r) + 1, row.line};
      for (std::size_t c = 0; c < row.cells.size(); ++c) cell_type(row.cells[c], inputs[c], row.cell_texts[c]);
      for (const Node& out : row.out) type(out);
    }
  }

  void cell_type(const Node& cell, Type input, const std::string& text) {
    const auto clash = [&](Type found) {
      if (!fits(found, input))
        wrong(text, "Cellen har en annan typ än kolumnen.", "The cell has another type than its column.");
    };
    switch (cell.kind) {
      case Node::Kind::OneOf:
        for (const Node& one : cell.children) cell_type(one, input, text);
        break;
      case Node::Kind::Test:
        clash(type(cell.children[0]));
        break;
      case Node::Kind::Interval: {
        const Type low = type(cell.children[0]), high = type(cell.children[1]);
        clash(low), clash(high);
        const Node &a = cell.children[0], &b = cell.children[1];
        const bool literals = a.kind == b.kind && (a.kind == Node::Kind::Number || a.kind == Node::Kind::Date);
        if (literals && (a.units > b.units || (a.units == b.units && (cell.open_low || cell.open_high))))
          complain("L07", where_.table, where_.row, text, where_.line, "Intervallet är tomt: gränserna har bytt plats.",
                   "The interval is empty: its ends are swapped.");
        break;
      }
      default:
        break;
    }
  }

  void wrong(const std::string& what, std::string sv, std::string en) {
    complain("L04", where_.table, where_.row, what, where_.line, std::move(sv), std::move(en));
  }

  Type type(const Node& node) {
    using Kind = Node::Kind;
    const auto child = [&](std::size_t i) { return type(node.children[i]); };
    const auto want = [&](Type found, Type wanted, const char* what) {
      if (!fits(found, wanted)) wrong(what, std::string("Fel typ i ") + what + ".", std::string("Wrong type in ") + what + ".");
    };
    switch (node.kind) {
      case Kind::Null:
        return Type::Null;
      case Kind::Boolean:
        return Type::Boolean;
      case Kind::Number:
        return Type::Number;
      case Kind::String:
        return Type::String;
      case Kind::Date:
        return Type::Date;
      case Kind::Name: {
        const auto found = rules.decision_index.find(node.text);
        if (found == rules.decision_index.end()) {
          complain("L03", where_.table, where_.row, node.text, where_.line, "Namnet \"" + node.text + "\" finns inte.",
                   "There is no name \"" + node.text + "\".");
          return Type::Wrong;
        }
        return decision_type(found->second);
      }
      case Kind::Path: {
        const Node& of = node.children[0];
        if (of.kind == Kind::Name && of.text == rules.input_name) {
          const auto found = rules.input_index.find(node.text);
          if (found == rules.input_index.end()) {
            complain("L03", where_.table, where_.row, "p." + node.text, where_.line,
                     "Indata \"" + node.text + "\" är inte deklarerad.", "Input \"" + node.text + "\" is not declared.");
            return Type::Wrong;
          }
          used_[found->second] = true;
          return type_of(rules.inputs[found->second].type);
        }
        if (of.kind != Kind::Name || child(0) != Type::Row) {
          wrong(node.text, "Bara en rad i en tabell har fält.", "Only a row of a table has fields.");
          return Type::Wrong;
        }
        const Table& table = rules.decisions[rules.decision_index.find(of.text)->second].table;
        const auto output = std::find(table.outputs.begin(), table.outputs.end(), node.text);
        if (output == table.outputs.end()) {
          complain("L03", where_.table, where_.row, of.text + "." + node.text, where_.line,
                   "Tabellen " + of.text + " har inget fält \"" + node.text + "\".",
                   "The table " + of.text + " has no field \"" + node.text + "\".");
          return Type::Wrong;
        }
        Type all = Type::Null;
        for (const Table::Row& row : table.rows) {
          const Type one = type(row.out[static_cast<std::size_t>(output - table.outputs.begin())]);
          if (!fits(all, one))
            wrong(node.text, "Fältet har olika typ i olika rader.", "The field has different types in different rows.");
          if (all == Type::Null) all = one;
        }
        return all;
      }
      case Kind::If: {
        want(child(0), Type::Boolean, "if");
        const Type then = child(1), otherwise = child(2);
        want(then, otherwise, "then/else");
        return then == Type::Null ? otherwise : then;
      }
      case Kind::And:
      case Kind::Or:
        want(child(0), Type::Boolean, "and/or"), want(child(1), Type::Boolean, "and/or");
        return Type::Boolean;
      case Kind::Compare:
        want(child(0), child(1), node.text.c_str());
        return Type::Boolean;
      case Kind::Add:
      case Kind::Subtract:
        want(child(0), Type::Number, "+ -"), want(child(1), Type::Number, "+ -");
        return Type::Number;
      case Kind::Negate:
        want(child(0), Type::Number, "-");
        return Type::Number;
      case Kind::In: {
        const Type value = child(0);
        for (const Node& one : node.children[1].children) want(type(one), value, "in");
        return Type::Boolean;
      }
      case Kind::Between:
        want(child(1), child(0), "between"), want(child(2), child(0), "between");
        return Type::Boolean;
      case Kind::List:
        for (const Node& one : node.children) want(type(one), Type::String, "[…]");
        return Type::List;
      case Kind::Call:
        if (node.text == "not" && node.children.size() == 1) return want(child(0), Type::Boolean, "not"), Type::Boolean;
        if (node.text == "list contains" && node.children.size() == 2)
          return want(child(0), Type::List, "list contains"), want(child(1), Type::String, "list contains"), Type::Boolean;
        complain("L02", where_.table, where_.row, node.text, where_.line,
                 "Funktionen " + node.text + "() används inte i regelverk.",
                 "The function " + node.text + "() is not used in rule sets.");
        return Type::Wrong;
      default:
        complain("L02", where_.table, where_.row, "", where_.line, "Uttrycket hör inte till regelverkens FEEL.",
                 "The expression is outside the FEEL of rule sets.");
        return Type::Wrong;
    }
  }

  // ---- findings, texts, closing decisions
  // ------------------------------------------------------------------------------------

  void finding_rows() {
    std::map<std::string, std::string> code_table;
    for (std::size_t d = 0; d < rules.decisions.size(); ++d) {
      const DecisionModel& model = rules.decisions[d];
      if (model.kind != DecisionModel::Kind::Findings) continue;
      const Table& table = model.table;
      for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const Table::Row& row = table.rows[r];
        FindingRow finding;
        finding.table = model.name;
        finding.row = static_cast<int>(r) + 1;
        const auto missing = [&](const char* output) {
          complain("L10", model.name, finding.row, output, row.line, std::string("Raden saknar ") + output + ".",
                   std::string("The row has no ") + output + ".");
        };
        const auto literal = [&](const char* output) -> std::string {
          for (std::size_t i = 0; i < table.outputs.size(); ++i)
            if (table.outputs[i] == output) {
              if (row.out[i].kind == Node::Kind::String && !row.out[i].text.empty()) return row.out[i].text;
            }
          missing(output);
          return "";
        };
        finding.code = literal("code");
        finding.message_sv = literal("message_sv");
        finding.message_en = literal("message_en");
        finding.legal_basis = literal("legal_basis");
        finding.unverified = finding.legal_basis.find("°") != std::string::npos;
        const std::string outcome = literal("outcome"), severity = literal("severity");
        if (outcome == "UNKNOWN")
          finding.outcome = RowOutcome::Unknown;
        else if (outcome != "FAIL" && !outcome.empty())
          missing("outcome");
        if (severity == "remark")
          finding.severity = Severity::Remark;
        else if (severity != "blocking" && !severity.empty())
          missing("severity");
        finding.depends_on = dependencies(rules, table, r);
        const auto [known, is_new] = code_table.emplace(finding.code, model.name);
        if (!is_new && known->second != model.name)
          complain("L10", model.name, finding.row, finding.code, row.line, "Koden " + finding.code + " står i två tabeller.",
                   "The code " + finding.code + " stands in two tables.");
        rules.rows.push_back(std::move(finding));
        rules.places.push_back({d, r});
      }
    }
    if (rules.rows.empty())
      complain("L10", "", 0, "", root_.line, "Regelverket har inga regler.", "The rule set has no rules.");
    if (rules.rows.size() > 64)
      complain("L13", "", 0, "", root_.line, "Regelverket har fler än 64 rader med regler.",
               "The rule set has more than 64 rows of rules.");
  }

  void texts() {
    std::map<std::string, RuleText> by_code;
    for (const DecisionModel& model : rules.decisions) {
      if (model.kind != DecisionModel::Kind::Texts) continue;
      for (std::size_t r = 0; r < model.table.rows.size(); ++r) {
        const Table::Row& row = model.table.rows[r];
        if (row.cells.empty() || row.cells[0].kind != Node::Kind::Test || row.cells[0].children[0].kind != Node::Kind::String)
          continue;
        RuleText text{.code = row.cells[0].children[0].text};
        for (std::size_t i = 0; i < row.out.size(); ++i) {
          const std::string& name = model.table.outputs[i];
          const std::string& value = row.out[i].text;
          if (name == "question_sv") text.question_sv = value;
          if (name == "question_en") text.question_en = value;
          if (name == "fix_sv") text.fix_sv = value;
          if (name == "fix_en") text.fix_en = value;
        }
        if (text.question_sv.empty() || text.question_en.empty() || text.fix_sv.empty() || text.fix_en.empty())
          complain("L10", model.name, static_cast<int>(r) + 1, text.code, row.line, "Fråga eller råd saknas på något språk.",
                   "A question or an advice is missing in one language.");
        if (!by_code.emplace(text.code, text).second)
          complain("L06", model.name, static_cast<int>(r) + 1, text.code, row.line, "Koden har två texter.",
                   "The code has two texts.");
      }
    }
    std::set<std::string> done;
    for (const FindingRow& row : rules.rows) {
      if (row.code.empty() || !done.insert(row.code).second) continue;
      const auto found = by_code.find(row.code);
      if (found == by_code.end())
        complain("L10", row.table, row.row, row.code, 0, "Koden " + row.code + " saknar text i rule_texts.",
                 "The code " + row.code + " has no text in rule_texts.");
      else
        rules.texts.push_back(found->second);
    }
  }

  void closing() {
    std::string list;
    for (const DecisionModel& model : rules.decisions)
      if (model.kind == DecisionModel::Kind::Findings) list += (list.empty() ? "" : ", ") + model.name;
    const std::string findings = "flatten([" + list + "])[item != null]";
    for (const auto& [name, text] :
         {std::pair<std::string, std::string>{"findings", findings}, {"verdict", std::string(closing_verdict)}}) {
      const auto found = rules.decision_index.find(name);
      if (found == rules.decision_index.end() || rules.decisions[found->second].text != text)
        complain("L12", name, 0, "", found == rules.decision_index.end() ? root_.line : rules.decisions[found->second].line,
                 "Beslutet " + name + " ska lyda: " + text, "The decision " + name + " must read: " + text);
    }
  }

  // ---- what the tables do
  // --------------------------------------------------------------------------------------------------------

  // An interval of whole units that a cell of a UNIQUE table admits, or a set of words; enough to tell whether two rows meet.
  struct Admits {
    bool all = false, null = false;
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    std::vector<std::string> words;
    std::vector<bool> truths;
  };
  static Admits admits(const Node& cell) {
    Admits out;
    const auto one = [&](const Node& test, const auto& self) -> void {
      if (test.kind == Node::Kind::Any) out.all = true;
      if (test.kind == Node::Kind::OneOf)
        for (const Node& child : test.children) self(child, self);
      const auto units = [](const Node& node) { return node.units; };
      if (test.kind == Node::Kind::Interval)
        out.ranges.push_back(
            {units(test.children[0]) + (test.open_low ? 1 : 0), units(test.children[1]) - (test.open_high ? 1 : 0)});
      if (test.kind == Node::Kind::Test) {
        const Node& with = test.children[0];
        constexpr std::int64_t far = INT64_MAX / 4;
        if (with.kind == Node::Kind::Null)
          out.null = true;
        else if (with.kind == Node::Kind::String)
          out.words.push_back(with.text);
        else if (with.kind == Node::Kind::Boolean)
          out.truths.push_back(with.units != 0);
        else if (with.kind == Node::Kind::Number || with.kind == Node::Kind::Date) {
          if (test.text == "=") out.ranges.push_back({with.units, with.units});
          if (test.text == "<") out.ranges.push_back({-far, with.units - 1});
          if (test.text == "<=") out.ranges.push_back({-far, with.units});
          if (test.text == ">") out.ranges.push_back({with.units + 1, far});
          if (test.text == ">=") out.ranges.push_back({with.units, far});
        } else {
          out.all = true;  // compared with something that is not written out: may meet anything
        }
      }
    };
    one(cell, one);
    return out;
  }
  static bool meet(const Admits& a, const Admits& b) {
    if (a.all || b.all || (a.null && b.null)) return true;
    for (const auto& x : a.ranges)
      for (const auto& y : b.ranges)
        if (x.first <= y.second && y.first <= x.second) return true;
    for (const auto& x : a.words)
      if (std::find(b.words.begin(), b.words.end(), x) != b.words.end()) return true;
    for (const bool x : a.truths)
      if (std::find(b.truths.begin(), b.truths.end(), x) != b.truths.end()) return true;
    return false;
  }

  void unique_tables() {
    for (const DecisionModel& model : rules.decisions) {
      if (model.kind != DecisionModel::Kind::Unique) continue;
      const auto& rows = model.table.rows;
      for (std::size_t a = 0; a < rows.size(); ++a)
        for (std::size_t b = a + 1; b < rows.size(); ++b) {
          bool all = true;
          for (std::size_t c = 0; c < rows[a].cells.size(); ++c)
            all = all && meet(admits(rows[a].cells[c]), admits(rows[b].cells[c]));
          if (all)
            complain("L06", model.name, static_cast<int>(b) + 1, "", rows[b].line,
                     "Raden överlappar rad " + std::to_string(a + 1) + ".",
                     "The row overlaps row " + std::to_string(a + 1) + ".");
        }
    }
  }

  // Null sweep (L08, L09): for every pattern of missing inputs that a blocking row depends on, over the corner values of the
  // others, a blocking row that cannot be told must have a blocking UNKNOWN row that hits: the user reads a sentence, and
  // every other DMN engine reaches the same verdict.
  void sweep() {
    std::map<std::size_t, std::vector<InputValue>> corners;
    for (std::size_t i = 0; i < rules.inputs.size(); ++i) corners[i] = corner_values(i);
    std::set<std::pair<std::string, int>> told;
    for (std::size_t r = 0; r < rules.rows.size(); ++r) {
      const FindingRow& row = rules.rows[r];
      if (row.severity != Severity::Blocking) continue;
      std::vector<std::size_t> inputs;
      for (std::size_t i = 0; i < rules.inputs.size(); ++i)
        if (row.depends_on >> i & 1) inputs.push_back(i);
      // Random corners, the same each time: exact enough for pairs of inputs, and bounded for tables with many.
      std::uint64_t seed = 0x9E3779B97F4A7C15u + r;
      const auto next = [&] {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        return seed;
      };
      for (int attempt = 0; attempt < 1500; ++attempt) {
        std::vector<InputValue> record(rules.inputs.size());
        for (std::size_t i = 0; i < record.size(); ++i) record[i] = corners[i][next() % corners[i].size()];
        for (const std::size_t i : inputs)
          if (rules.inputs[i].need == Need::MayBeMissing && next() % 3 == 0) record[i] = std::monostate{};
        for (std::size_t i = 0; i < record.size(); ++i) {
          if (rules.inputs[i].need != Need::MissingOnlyWith) continue;
          bool gone = false;
          for (const std::string& with : rules.inputs[i].missing_only_with)
            if (const auto found = rules.input_index.find(with); found != rules.input_index.end())
              gone = gone || std::holds_alternative<std::monostate>(record[found->second]);
          if (gone) record[i] = std::monostate{};
        }
        // Without anything missing a row can be open for want of a limits row only; that limits span the whole project is
        // checked where the project's days are known.
        const bool something_missing = std::any_of(inputs.begin(), inputs.end(), [&](std::size_t i) {
          return std::holds_alternative<std::monostate>(record[i]) && rules.inputs[i].need != Need::Optional;
        });
        if (!something_missing) continue;
        Evaluator evaluator{rules, record};
        const auto& place = rules.places[r];
        const Judged judged = evaluator.row(rules.decisions[place.decision].table, place.row);
        if (judged.known && !judged.is_null()) continue;
        bool covered = false;
        for (std::size_t u = 0; u < rules.rows.size() && !covered; ++u) {
          if (rules.rows[u].outcome != RowOutcome::Unknown && rules.rows[u].severity == Severity::Blocking) {
            // A failure that is known settles the verdict too.
            const auto& other = rules.places[u];
            covered = evaluator.row(rules.decisions[other.decision].table, other.row).is_true();
          } else if (rules.rows[u].severity == Severity::Blocking) {
            const auto& other = rules.places[u];
            covered = evaluator.row(rules.decisions[other.decision].table, other.row).is_true();
          }
        }
        if (covered || !told.emplace(row.code, row.row).second) continue;
        std::string missing;
        for (const std::size_t i : inputs)
          if (std::holds_alternative<std::monostate>(record[i]) && rules.inputs[i].need != Need::Optional)
            missing += (missing.empty() ? "" : ", ") + rules.inputs[i].name;
        complain("L09", row.table, row.row, row.code, rules.decisions[place.decision].table.rows[place.row].line,
                 "När " + missing + " saknas kan raden inte avgöras, och ingen UNKNOWN-rad säger det. Lägg till en.",
                 "When " + missing + " is missing the row cannot be told, and no UNKNOWN row says so. Add one.");
      }
    }
  }

  std::vector<InputValue> corner_values(std::size_t index) {
    std::vector<InputValue> values;
    const InputName& input = rules.inputs[index];
    std::set<std::int64_t> numbers, days;
    std::set<std::string> words;
    const std::function<void(const Node&)> collect = [&](const Node& node) {
      if (node.kind == Node::Kind::Number) numbers.insert(node.units / number_scale);
      if (node.kind == Node::Kind::Date) days.insert(node.units);
      if (node.kind == Node::Kind::String && node.text.size() < 40) words.insert(node.text);
      for (const Node& child : node.children) collect(child);
    };
    for (const DecisionModel& model : rules.decisions) {
      if (model.kind == DecisionModel::Kind::Expression) collect(model.expression);
      if (model.kind != DecisionModel::Kind::Unique && model.kind != DecisionModel::Kind::Findings) continue;
      for (const Table::Row& row : model.table.rows) {
        for (const Node& cell : row.cells) collect(cell);
        if (model.kind == DecisionModel::Kind::Unique)
          for (const Node& out : row.out) collect(out);
      }
    }
    switch (input.type) {
      case InputType::Boolean:
        values = {true, false};
        break;
      case InputType::Number: {
        std::int64_t scale = 1;
        for (int i = 0; i < input.scale; ++i) scale *= 10;
        for (const std::int64_t n : numbers)
          for (const std::int64_t d : {-1, 0, 1}) values.push_back(n * scale + d);
        break;
      }
      case InputType::Date:
        for (const std::int64_t n : days)
          for (const std::int64_t d : {-1, 0, 1}) values.push_back(Day{static_cast<std::int32_t>(n + d)});
        break;
      case InputType::String:
        for (const std::string& word : words) values.push_back(word);
        break;
    }
    if (values.empty())
      values.push_back(input.type == InputType::Date     ? InputValue{Day{0}}
                       : input.type == InputType::Number ? InputValue{std::int64_t{0}}
                                                         : InputValue{std::string{}});
    if (input.need == Need::Optional) values.push_back(std::monostate{});
    return values;
  }

  const Element& root_;
  std::span<const InputName> known_;
  std::vector<bool> used_;
  std::vector<Type> types_;
  std::vector<int> state_;
  struct Where {
    std::string table;
    int row, line;
  } where_{"", 0, 0};
};

}  // namespace

tl::expected<RuleSet, std::vector<Complaint>> RuleSet::load(const Element& definitions,
                                                            std::span<const InputName> known_inputs) {
  Loader loader{definitions, known_inputs};
  if (!loader.load()) return tl::make_unexpected(std::move(loader.complaints));
  return RuleSet(std::make_shared<const Compiled>(std::move(loader.rules)));
}

const std::string& RuleSet::name() const { return compiled_->name; }
const std::string& RuleSet::version() const { return compiled_->version; }
std::span<const InputName> RuleSet::inputs() const { return compiled_->inputs; }
std::span<const FindingRow> RuleSet::rows() const { return compiled_->rows; }
std::span<const RuleText> RuleSet::texts() const { return compiled_->texts; }

Answers RuleSet::answer(std::span<const InputValue> record) const {
  Evaluator evaluator{*compiled_, record};
  Answers answers;
  for (std::size_t i = 0; i < compiled_->rows.size(); ++i) {
    const auto& place = compiled_->places[i];
    const Judged judged = evaluator.row(compiled_->decisions[place.decision].table, place.row);
    if (!judged.known || judged.is_null())
      answers.cannot_tell |= std::uint64_t{1} << i;
    else if (judged.is_true())
      answers.hit |= std::uint64_t{1} << i;
  }
  return answers;
}

Trace RuleSet::trace(std::span<const InputValue> record) const {
  const Compiled& rules = *compiled_;
  Evaluator evaluator{rules, record};
  Trace trace;
  trace.answers = answer(record);
  std::uint64_t missing = 0;
  for (std::size_t i = 0; i < record.size(); ++i)
    if (std::holds_alternative<std::monostate>(record[i]) && rules.inputs[i].need != Need::Optional)
      missing |= std::uint64_t{1} << i;
  for (std::size_t i = 0; i < rules.rows.size(); ++i) {
    const auto& place = rules.places[i];
    const Table& table = rules.decisions[place.decision].table;
    TracedRow row{.row = i};
    for (std::size_t c = 0; c < table.inputs.size(); ++c) {
      const Node& cell = table.rows[place.row].cells[c];
      if (cell.kind == Node::Kind::Any) continue;
      const Judged judged = evaluator.cell(table, place.row, c);
      TracedCell traced{.expression = table.inputs[c].text, .test = table.rows[place.row].cell_texts[c]};
      traced.value = text_of(evaluator.evaluate(table.inputs[c].expression).standard);
      if (cell.kind == Node::Kind::Test && cell.children[0].kind != Node::Kind::Null)
        traced.compared = text_of(evaluator.evaluate(cell.children[0]).standard);
      traced.is = !judged.known || judged.is_null() ? TracedCell::Is::Unknown
                  : judged.is_true()                ? TracedCell::Is::True
                                                    : TracedCell::Is::False;
      row.cells.push_back(std::move(traced));
    }
    if (trace.answers.cannot_tell >> i & 1) row.missing = rules.rows[i].depends_on & missing;
    trace.rows.push_back(std::move(row));
  }
  for (std::size_t d = 0; d < rules.decisions.size(); ++d) {
    const DecisionModel& model = rules.decisions[d];
    if (model.kind == DecisionModel::Kind::Unique) {
      const Judged judged = evaluator.decision(d);
      if (const auto* row = std::get_if<TableRow>(&judged.standard))
        for (std::size_t o = 0; o < model.table.outputs.size(); ++o) {
          const std::string text = text_of(evaluator.evaluate(model.table.rows[row->row].out[o]).standard);
          if (model.table.outputs[o] == "citation") trace.limits_cited.push_back(text);
          trace.derived.emplace_back(model.name + "." + model.table.outputs[o], text);
        }
    } else if (model.kind == DecisionModel::Kind::Expression) {
      const Judged judged = evaluator.decision(d);
      trace.derived.emplace_back(model.name, judged.is_null() ? "null" : text_of(judged.standard));
    }
  }
  return trace;
}

}  // namespace dmn
