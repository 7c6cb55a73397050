#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <set>

#include "dmn/compiled.h"
#include "dmn/feel/text.h"
#include "dmn/feel_parser.h"

namespace dmn {

std::string_view name_of(Type::Is is) {
  switch (is) {
    case Type::Is::Null:
      return "null";
    case Type::Is::Boolean:
      return "boolean";
    case Type::Is::Number:
      return "number";
    case Type::Is::Date:
      return "date";
    case Type::Is::String:
      return "string";
    case Type::Is::Strings:
      return "list of string";
    case Type::Is::Structure:
      return "structure";
  }
  return "";
}

std::optional<Day> day_of(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = -1;
    for (const char c : iso.substr(at, length))
      if (c < '0' || c > '9') return -1;
    std::from_chars(iso.data() + at, iso.data() + at + length, value);
    return value;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  constexpr std::array lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (day > lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0)) return std::nullopt;
  const int y = month <= 2 ? year - 1 : year;  // years that begin on 1 March
  const int era = y / 400, of_era = y - era * 400, shifted = month > 2 ? month - 3 : month + 9;
  const int of_year = (153 * shifted + 2) / 5 + day - 1;
  return Day{era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468};
}

std::string iso_of(Day date) {
  const int z = date.days + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
  const int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted = (5 * of_year + 2) / 153, day = of_year - (153 * shifted + 2) / 5 + 1;
  const int month = shifted < 10 ? shifted + 3 : shifted - 9, year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const auto padded = [](int n, std::size_t width) {
    std::string digits = std::to_string(n);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
  };
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

std::string text_of(const Value& value, Type type) {
  if (const bool* b = std::get_if<bool>(&value)) return *b ? "true" : "false";
  if (const Day* d = std::get_if<Day>(&value)) return iso_of(*d);
  if (const auto* s = std::get_if<std::string_view>(&value)) return std::string(*s);
  if (const auto* n = std::get_if<std::int64_t>(&value)) {
    std::string digits = std::to_string(*n);
    if (type.scale == 0) return digits;
    const bool negative = digits[0] == '-';
    if (negative) digits.erase(0, 1);
    const auto scale = static_cast<std::size_t>(type.scale);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale, ".");
    return negative ? "-" + digits : digits;
  }
  if (const auto* list = std::get_if<const std::vector<std::string>*>(&value)) {
    std::string out = "[";
    for (const std::string& item : **list) out += (out.size() > 1 ? ", " : "") + item;
    return out + "]";
  }
  return "row " + std::to_string(std::get<LookupRow>(value).row + 1);
}

std::uint64_t depends_on(const Compiled& c, const Node& node) {
  std::uint64_t all = node.slot >= 0 ? c.symbol(node).depends_on : 0;
  if (node.slot < 0)
    for (const Node& child : node.children) all |= depends_on(c, child);
  return all;
}

std::set<std::string> placeholders(std::string_view message) {
  std::set<std::string> names;
  for (std::size_t open = message.find('{'); open != std::string_view::npos; open = message.find('{', open + 1)) {
    const std::size_t close = message.find('}', open);
    if (close != std::string_view::npos) names.emplace(message.substr(open + 1, close - open - 1));
  }
  return names;
}

std::string beginning(std::string_view text) {
  constexpr std::size_t longest = 200;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  // Not within a character of several bytes.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

namespace {

constexpr std::string_view our_space = "urn:horisont:rules:1", our_spaces = "urn:horisont:rules";
constexpr std::array finding_outputs{"code", "outcome", "severity", "message_sv", "message_en", "legal_basis"};
constexpr std::array text_outputs{"question_sv", "question_en", "fix_sv", "fix_en"};

bool ends_in_mark(std::string_view text) { return text.ends_with("°"); }

bool is_snake_case(std::string_view name) {
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\n,", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t\n,", begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    at = end;
  }
  return words;
}

// Where in the file something is being read.
struct At {
  std::string table, cell;
  int row = 0, line = 0;
};

class Compiler {
 public:
  Compiler(Compiled& compiled, std::vector<Complaint>& complaints) : c_(compiled), complaints_(complaints) {}

  void run(std::span<const InputName> known) {
    read_head();
    compare_inputs(known);
    read_items();
    for (const Import& import : c_.model.imports)
      complain("L02", {import.name, "", 0, import.line},
               "Importer (”" + import.name + "”) används inte i regelverk. Lägg allt i en fil.",
               "Imports (\"" + import.name + "\") are not used in rule sets. Put everything into one file.");
    for (const KnowledgeModel& k : c_.model.knowledge)
      complain("L02", {k.name, "", 0, k.line},
               "Regelverk har inga funktioner av eget slag (business knowledge models). Skriv ett uttryck.",
               "Rule sets have no functions of their own (business knowledge models). Write an expression.");
    for (const DecisionService& s : c_.model.services)
      complain("L02", {s.name, "", 0, s.line}, "Regelverk har inga beslutstjänster (decision services). Ta bort den.",
               "Rule sets have no decision services. Remove it.");
    read_decisions();
    finish();
  }

 private:
  void complain(std::string id, const At& at, std::string sv, std::string en) {
    add_complaint(complaints_, {std::move(id), at.table, at.cell, std::move(sv), std::move(en), at.row, at.line});
  }

  // The head

  void read_head() {
    c_.structure = "p";
    c_.name = c_.model.name;
    const Element* head = nullptr;
    const Element* inputs = nullptr;
    for (const Element& e : c_.model.extensions) {
      if (e.space != our_space) {
        // Extensions of other tools are theirs; another version of ours is not.
        if (e.space.starts_with(our_spaces))
          complain("L12", {"h:" + e.name, "xmlns:h", 0, e.line},
                   "Namnrymden ”" + e.space + "” är okänd. Skriv ”" + std::string(our_space) + "”, eller uppdatera programmet.",
                   "The namespace \"" + e.space + "\" is not known. Write \"" + std::string(our_space) +
                       "\", or update the program.");
        continue;
      }
      if (e.name == "ruleSet")
        head = &e;
      else if (e.name == "inputs")
        inputs = &e;
      else if (e.name == "retired")
        c_.retired = words_in(e.attribute("codes") ? *e.attribute("codes") : "");
      else
        complain("L12", {"h:" + e.name, "", 0, e.line}, "”" + e.name + "” är okänt i filhuvudet. Ta bort det.",
                 "\"" + e.name + "\" is not known in the head. Remove it.");
    }
    if (!head) {
      complain("L12", {"h:ruleSet", "", 0, 0},
               "Regelverket säger inte sin version (h:ruleSet saknas i extensionElements). Se docs/rules.md.",
               "The rule set does not say its version (h:ruleSet is missing in extensionElements). See docs/rules.md.");
    } else {
      read_rule_set(*head);
    }
    if (!inputs) {
      complain(
          "L03", {"h:inputs", "", 0, 0},
          "Regelverket säger inte vilka indata det läser (h:inputs saknas i extensionElements). Se docs/rules.md.",
          "The rule set does not say which inputs it reads (h:inputs is missing in extensionElements). See docs/rules.md.");
      return;
    }
    if (const std::string* structure = inputs->attribute("structure")) c_.structure = *structure;
    for (const Element& e : inputs->children)
      if (e.space == our_space && e.name == "input")
        read_input(e);
      else
        complain("L03", {"h:inputs", e.name, 0, e.line}, "”" + e.name + "” är okänt bland indata. Ta bort det.",
                 "\"" + e.name + "\" is not known among the inputs. Remove it.");
    if (c_.inputs.size() > 64) {
      complain("L13", {"h:inputs", "", 0, inputs->line},
               "Regelverket har " + std::to_string(c_.inputs.size()) + " indata; högst 64 ryms. Dela upp det.",
               "The rule set has " + std::to_string(c_.inputs.size()) + " inputs; there is room for 64. Split it.");
      c_.inputs.resize(64);
    }
    for (const InputName& i : c_.inputs)
      for (const std::string& other : i.missing_only_with)
        if (std::none_of(c_.inputs.begin(), c_.inputs.end(), [&](const InputName& x) { return x.name == other; }))
          complain(
              "L03", {"h:inputs", i.name, 0, inputs->line},
              "Indata ”" + i.name + "” hänvisar till ”" + other + "”, som inte är deklarerat. Rätta with, eller deklarera det.",
              "The input \"" + i.name + "\" refers to \"" + other + "\", which is not declared. Correct with, or declare it.");
  }

  void read_rule_set(const Element& head) {
    const auto text = [&](const char* name) {
      const std::string* value = head.attribute(name);
      if (!value || !feel::says_something(*value))
        complain("L12", {"h:ruleSet", name, 0, head.line},
                 std::string("Uppgiften ") + name + " saknas i h:ruleSet. Fyll i den.",
                 std::string(name) + " is missing in h:ruleSet. Fill it in.");
      return value ? *value : std::string();
    };
    const auto day = [&](const char* name) {
      const std::string value = text(name);
      const auto parsed = day_of(value);
      if (!value.empty() && !parsed)
        complain("L12", {"h:ruleSet", name, 0, head.line},
                 std::string(name) + "=”" + value + "” är ingen dag. Skriv ÅÅÅÅ-MM-DD; öppet slut finns inte.",
                 std::string(name) + "=\"" + value + "\" is no day. Write YYYY-MM-DD; there is no open end.");
      return parsed.value_or(Day{});
    };
    c_.facts.version = text("version");
    c_.facts.valid_from = day("validFrom"), c_.facts.valid_to = day("validTo");
    c_.facts.approved_by = text("approvedBy"), c_.facts.approved_on = day("approvedOn");
    c_.facts.supersedes = text("supersedes");
    if (c_.facts.valid_to < c_.facts.valid_from)
      complain("L12", {"h:ruleSet", "validTo", 0, head.line}, "validTo ligger före validFrom. Byt plats på dem.",
               "validTo is before validFrom. Swap them.");
    const std::string& s = c_.facts.supersedes;
    const bool digest = s.size() == 64 && s.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!s.empty() && s != "none" && !digest)
      complain("L12", {"h:ruleSet", "supersedes", 0, head.line},
               "supersedes=”" + s + "” är varken SHA-256 (64 tecken 0–9, a–f) eller none.",
               "supersedes=\"" + s + "\" is neither a SHA-256 (64 characters 0-9, a-f) nor none.");
  }

  void read_input(const Element& e) {
    const auto value = [&](const char* name) { return e.attribute(name) ? *e.attribute(name) : std::string(); };
    InputName input;
    input.name = value("name");
    const At at{"h:inputs", input.name, 0, e.line};
    const std::string type = value("type"), need = value("need"), scale = value("scale");
    input.missing_only_with = words_in(value("with"));
    input.label_sv = value("labelSv"), input.label_en = value("labelEn");
    if (type == "boolean")
      input.type = InputType::Boolean;
    else if (type == "number")
      input.type = InputType::Number;
    else if (type == "date")
      input.type = InputType::Date;
    else if (type == "string")
      input.type = InputType::String;
    else
      complain("L04", at, "Indata ”" + input.name + "” har typen ”" + type + "”. Använd boolean, number, date eller string.",
               "The input \"" + input.name + "\" has the type \"" + type + "\". Use boolean, number, date or string.");
    if (need == "required")
      input.need = Need::Required;
    else if (need == "may-be-missing")
      input.need = Need::MayBeMissing;
    else if (need == "optional")
      input.need = Need::Optional;
    else if (need == "missing-only-with")
      input.need = Need::MissingOnlyWith;
    else
      complain("L03", at, "Indata ”" + input.name + "” har need=”" + need + "”. Se docs/rules.md.",
               "The input \"" + input.name + "\" has need=\"" + need + "\". See docs/rules.md.");
    if ((input.need == Need::MissingOnlyWith) == input.missing_only_with.empty())
      complain("L03", at, "Indata ”" + input.name + "”: with hör ihop med need=\"missing-only-with\".",
               "The input \"" + input.name + "\": with belongs to need=\"missing-only-with\".");
    if (!scale.empty()) {
      if (scale.size() == 1 && scale[0] >= '0' && scale[0] <= '9' && input.type == InputType::Number)
        input.scale = scale[0] - '0';
      else
        complain("L04", at, "Indata ”" + input.name + "”: scale är 0–9 och bara för tal.",
                 "The input \"" + input.name + "\": scale is 0 to 9 and for numbers only.");
    }
    if (!is_snake_case(input.name))
      complain("L02", at, "Namnet ”" + input.name + "” är inte snake_case (a–z, 0–9 och _).",
               "The name \"" + input.name + "\" is not in snake_case (a-z, 0-9 and _).");
    if (std::any_of(c_.inputs.begin(), c_.inputs.end(), [&](const InputName& i) { return i.name == input.name; }))
      complain("L03", at, "Indata ”" + input.name + "” står två gånger.", "The input \"" + input.name + "\" stands twice.");
    else
      c_.inputs.push_back(std::move(input));
  }

  void compare_inputs(std::span<const InputName> known) {
    for (std::size_t i = 0; i < c_.inputs.size(); ++i) {
      InputName& input = c_.inputs[i];
      Symbol symbol;
      symbol.is = Symbol::Is::Input, symbol.index = static_cast<std::uint32_t>(i), symbol.depends_on = std::uint64_t{1} << i;
      constexpr std::array types{Type::Is::Boolean, Type::Is::Number, Type::Is::Date, Type::Is::String};
      symbol.type = {types[static_cast<std::size_t>(input.type)], input.scale, false};
      define(c_.structure + "." + input.name, std::move(symbol));
      if (known.empty()) continue;
      const auto match = std::find_if(known.begin(), known.end(), [&](const InputName& k) { return k.name == input.name; });
      const At at{"h:inputs", input.name, 0, 0};
      if (match == known.end()) {
        complain("L03", at, "Programmet känner inte indata ”" + input.name + "”. Rätta namnet.",
                 "The program does not know the input \"" + input.name + "\". Correct the name.");
        continue;
      }
      if (match->type != input.type || match->scale != input.scale)
        complain("L03", at, "Indata ”" + input.name + "” har en annan typ eller skala i programmet.",
                 "The input \"" + input.name + "\" has another type or scale in the program.");
      if (match->need != input.need || std::set(match->missing_only_with.begin(), match->missing_only_with.end()) !=
                                           std::set(input.missing_only_with.begin(), input.missing_only_with.end()))
        complain("L03", at, "Indata ”" + input.name + "” får saknas på ett annat sätt i programmet (need, with).",
                 "The input \"" + input.name + "\" may be missing in another way in the program (need, with).");
      if (input.label_sv.empty()) input.label_sv = match->label_sv;
      if (input.label_en.empty()) input.label_en = match->label_en;
    }
    for (InputName& input : c_.inputs) {
      if (input.label_sv.empty()) input.label_sv = input.name;
      if (input.label_en.empty()) input.label_en = input.name;
    }
  }

  std::int32_t define(const std::string& name, Symbol symbol) {
    const auto slot = static_cast<std::int32_t>(c_.symbols.size());
    c_.symbols.push_back(std::move(symbol));
    if (!name.empty()) c_.slots[name] = slot;
    return slot;
  }

  // Types

  const ItemDefinition* item(std::string_view name) const {
    for (const ItemDefinition& i : c_.model.items)
      if (i.name == name) return &i;
    return nullptr;
  }

  std::optional<Type> type_of(std::string_view ref, int scale, const At& at) {
    using Is = Type::Is;
    if (ref == "boolean") return Type{Is::Boolean, 0, false};
    if (ref == "number") return Type{Is::Number, scale, false};
    if (ref == "date") return Type{Is::Date, 0, false};
    if (ref == "string") return Type{Is::String, 0, false};
    if (const ItemDefinition* found = item(ref)) {
      if (found->collection && found->type == "string") return Type{Is::Strings, 0, false, words_of(*found)};
      if (!found->collection && found->type.empty() && !found->function) return Type{Is::Structure, 0, false};
      if (!found->collection && !found->type.empty() && found->type != ref && depth_ < 8) {
        ++depth_;
        auto type = type_of(found->type, std::max(scale, found->scale), at);
        --depth_;
        if (type && type->is == Is::String && type->words < 0) type->words = words_of(*found);
        return type;
      }
    }
    complain("L02", at,
             "Typen ”" + std::string(ref) +
                 "” används inte i regelverk. Använd boolean, number, date, string, lista av string eller en struktur.",
             "The type \"" + std::string(ref) +
                 "\" is not used in rule sets. Use boolean, number, date, string, a list of string or a structure.");
    return std::nullopt;
  }

  void read_items() {
    const auto input = std::find_if(c_.model.inputs.begin(), c_.model.inputs.end(),
                                    [&](const InputData& i) { return i.variable.name == c_.structure; });
    if (input == c_.model.inputs.end()) {
      complain("L03", {c_.structure, "", 0, 0}, "Det finns inget inputData med namnet ”" + c_.structure + "”. Lägg till det.",
               "There is no input data named \"" + c_.structure + "\". Add it.");
      return;
    }
    const ItemDefinition* structure = item(input->variable.type);
    const At at{"", c_.structure, 0, input->line};
    if (!structure) {
      complain("L04", at, "Indata ”" + c_.structure + "” saknar typ (typeRef till en itemDefinition).",
               "The input data \"" + c_.structure + "\" has no type (a typeRef to an itemDefinition).");
      return;
    }
    std::set<std::string> seen;
    for (const ItemDefinition& component : structure->components) {
      const At here{structure->name, component.name, 0, component.line};
      seen.insert(component.name);
      const auto slot = c_.slots.find(c_.structure + "." + component.name);
      if (slot == c_.slots.end()) {
        complain("L03", here, "”" + component.name + "” står i " + structure->name + " men inte i h:inputs.",
                 "\"" + component.name + "\" stands in " + structure->name + " but not in h:inputs.");
        continue;
      }
      const auto type = type_of(component.type, component.scale, here);
      const Type& declared = c_.symbols[static_cast<std::size_t>(slot->second)].type;
      if (type && (type->is != declared.is || type->scale != declared.scale))
        complain("L04", here, "”" + component.name + "” har olika typ i " + structure->name + " och h:inputs.",
                 "\"" + component.name + "\" has different types in " + structure->name + " and in h:inputs.");
    }
    for (const InputName& i : c_.inputs)
      if (!seen.count(i.name))
        complain("L03", {structure->name, i.name, 0, structure->line},
                 "”" + i.name + "” står i h:inputs men inte i " + structure->name + ".",
                 "\"" + i.name + "\" stands in h:inputs but not in " + structure->name + ".");
  }

  // Decisions

  void read_decisions() {
    std::map<std::string, const Decision*> by_id;
    std::set<std::string> names{c_.structure};
    for (const InputData& i : c_.model.inputs)
      if (i.variable.name != c_.structure && i.variable.name != "code")
        complain("L02", {i.name, "", 0, i.line}, "Bara ”" + c_.structure + "” och ”code” är indata i regelverk. Ta bort det.",
                 "Only \"" + c_.structure + "\" and \"code\" are input data of rule sets. Remove it.");
    for (const Decision& d : c_.model.decisions) {
      by_id[d.id] = &d;
      const At at{d.name, "", 0, d.line};
      if (!is_snake_case(d.name) || d.variable.name != d.name)
        complain("L02", at, "Beslutets namn ”" + d.name + "” är inte snake_case, eller variabeln heter något annat.",
                 "The decision's name \"" + d.name + "\" is not in snake_case, or its variable has another name.");
      if (!names.insert(d.name).second)
        complain("L03", at, "Två beslut eller indata heter ”" + d.name + "”.",
                 "Two decisions or inputs are called \"" + d.name + "\".");
    }
    std::vector<const Decision*> order;
    std::set<std::string> placed;
    // Requirements form no circle (L01), and their depth is bounded by the number of decisions; still no recursion.
    std::vector<const Decision*> waiting;
    for (const Decision& d : c_.model.decisions) waiting.push_back(&d);
    for (bool moved = true; moved;) {
      moved = false;
      std::vector<const Decision*> later;
      for (const Decision* d : waiting) {
        const bool ready = std::all_of(d->requirements.begin(), d->requirements.end(), [&](const Requirement& r) {
          return r.of != Requirement::Of::Decision || placed.count(target(r)) || !by_id.count(target(r));
        });
        if (ready)
          order.push_back(d), placed.insert(d->id), moved = true;
        else
          later.push_back(d);
      }
      waiting = std::move(later);
      if (c_.model.decisions.size() > 1000) break;
    }
    if (c_.model.decisions.size() > 200) {
      complain("L13", {}, "Regelverket har fler än 200 beslut. Dela upp det.",
               "The rule set has more than 200 decisions. Split it.");
      return;
    }
    for (const Decision* d : order)
      if (d->expression && (d->expression->form != Boxed::Form::Table || d->expression->table->hit_policy != "RULE ORDER"))
        read_decision(*d);
    // Finding tables in the order of the file: that is the order of the rows in every mask.
    for (const Decision& d : c_.model.decisions)
      if (d.expression && d.expression->form == Boxed::Form::Table && d.expression->table->hit_policy == "RULE ORDER")
        read_decision(d);
    for (const Decision& d : c_.model.decisions)
      if (!d.expression)
        complain("L02", {d.name, "", 0, d.line}, "Beslutet har varken tabell eller uttryck.",
                 "The decision has neither a table nor an expression.");
  }

  static std::string target(const Requirement& r) { return r.href.empty() ? "" : r.href.substr(r.href.find('#') + 1); }

  void read_decision(const Decision& d) {
    used_.clear(), mentioned_.clear();
    const Boxed& e = *d.expression;
    const At at{d.name, "", 0, d.line};
    if (e.form == Boxed::Form::Literal) {
      if (d.name == "findings" || d.name == "verdict")
        read_closing(d);
      else
        read_derived(d);
    } else if (e.form == Boxed::Form::Table) {
      const DecisionTable& t = *e.table;
      if (t.hit_policy == "RULE ORDER")
        read_finding_table(d, t);
      else if (t.hit_policy == "UNIQUE" && d.name == "rule_texts")
        read_texts(d, t);
      else if (t.hit_policy == "UNIQUE")
        read_lookup(d, t);
      else
        complain("L02", at,
                 "Träffpolicyn ”" + t.hit_policy + "” döljer vilken rad som avgjorde. Använd UNIQUE eller RULE ORDER.",
                 "The hit policy \"" + t.hit_policy + "\" hides which row decided. Use UNIQUE or RULE ORDER.");
    } else {
      complain("L02", at, "Beslutet har en form som inte används i regelverk. Använd en tabell eller ett uttryck på en rad.",
               "The decision has a form that is not used in rule sets. Use a table or an expression of one line.");
    }
    compare_requirements(d);
  }

  void compare_requirements(const Decision& d) {
    std::set<std::string> declared;
    for (const Requirement& r : d.requirements) {
      const std::string id = target(r);
      for (const InputData& i : c_.model.inputs)
        if (i.id == id) declared.insert(i.variable.name);
      for (const Decision& other : c_.model.decisions)
        if (other.id == id) declared.insert(other.name);
    }
    const At at{d.name, "", 0, d.line};
    for (const std::string& name : used_)
      if (!declared.count(name))
        complain("L03", at, "”" + name + "” används men står inte som informationRequirement. Lägg till kravet.",
                 "\"" + name + "\" is used but is no informationRequirement. Add the requirement.");
    for (const std::string& name : declared)
      if (!used_.count(name) && !mentioned_.count(name))
        complain("L03", at, "”" + name + "” står som informationRequirement men används inte. Ta bort kravet.",
                 "\"" + name + "\" is an informationRequirement but not used. Remove the requirement.");
    used_anywhere_.insert(used_.begin(), used_.end());
  }

  std::optional<Feel> parse(const std::string& text, bool cell, const At& at) {
    auto feel = cell ? parse_cell(text) : parse_expression(text);
    if (feel) return std::move(*feel);
    complain("L02", at, "”" + beginning(text) + "”, tecken " + std::to_string(feel.error().at + 1) + ": " + feel.error().sv,
             "\"" + beginning(text) + "\", character " + std::to_string(feel.error().at + 1) + ": " + feel.error().en);
    return std::nullopt;
  }

  void read_closing(const Decision& d) {
    if (d.name == "verdict") {
      used_.insert("findings");
      return;
    }
    if (auto feel = parse(d.expression->text, false, {d.name, "", 0, d.line}))
      if (feel->tree.kind == Kind::Filter && feel->tree.children[0].kind == Kind::Call &&
          feel->tree.children[0].children.size() == 2)
        for (const Node& n : feel->tree.children[0].children[1].children)
          if (n.kind == Kind::Name) used_.insert(n.text);
  }

  void read_derived(const Decision& d) {
    const At at{d.name, "", 0, d.expression->line};
    if (d.expression->text.find('\n') != std::string::npos)
      complain("L02", at, "Uttrycket står på flera rader. Skriv det på en rad, eller dela upp det i flera beslut.",
               "The expression has several lines. Write it on one, or split it into several decisions.");
    auto feel = parse(d.expression->text, false, at);
    if (!feel) return;
    Derived derived;
    derived.name = d.name, derived.line = d.expression->line;
    derived.expression = std::move(*feel);
    auto type = check(derived.expression, derived.expression.tree, at);
    const auto declared = type_of(d.variable.type, 0, at);
    if (!type || !declared) return;
    if (!assignable(derived.expression.tree, *type, *declared)) {
      mismatch(at, derived.expression.tree, derived.expression, *type, *declared);
      return;
    }
    if (declared->is == Type::Is::Structure || declared->is == Type::Is::Strings) {
      complain("L02", at, "Ett uträknat värde är boolean, number, date eller string.",
               "A derived value is a boolean, number, date or string.");
      return;
    }
    derived.type = type->is == Type::Is::Null ? *declared : *type;
    derived.type.literal = false;
    derived.depends_on = depends_on(c_, derived.expression.tree);
    Symbol symbol;
    symbol.is = Symbol::Is::Derived, symbol.index = static_cast<std::uint32_t>(c_.derived.size());
    symbol.type = derived.type, symbol.depends_on = derived.depends_on;
    define(d.name, std::move(symbol));
    c_.derived.push_back(std::move(derived));
  }

  std::vector<Column> columns(const Decision& d, const DecisionTable& t) {
    std::vector<Column> all;
    for (std::size_t i = 0; i < t.inputs.size(); ++i) {
      const DecisionTable::Input& in = t.inputs[i];
      const std::string label = in.label.empty() ? in.expression : in.label;
      const At at{d.name, label, 0, in.line};
      Column column;
      column.label = label;
      if (auto feel = parse(in.expression, false, at)) {
        column.expression = std::move(*feel);
        Node& tree = column.expression.tree;
        if (tree.kind != Kind::Name && tree.kind != Kind::Path) {
          complain("L02", at, "En kolumn läser ett namn. Gör uttrycket ”" + in.expression + "” till ett eget beslut.",
                   "A column reads a name. Make the expression \"" + in.expression + "\" a decision of its own.");
        } else if (auto type = check(column.expression, tree, at)) {
          column.type = *type;
          if (!in.type.empty()) {
            const auto declared = type_of(in.type, type->scale, at);
            if (declared && declared->is != type->is) mismatch(at, tree, column.expression, *type, *declared);
          }
          if (type->is == Type::Is::Structure || type->is == Type::Is::Strings)
            complain("L04", at, "En kolumn läser ett enda värde, inte en struktur eller lista.",
                     "A column reads a single value, not a structure or a list.");
        }
      }
      all.push_back(std::move(column));
    }
    return all;
  }

  Cell cell(const Column& column, const std::string& text, const At& at) {
    Cell out;
    out.line = at.line;
    auto feel = parse(text, true, at);
    if (!feel) return out;
    out.test = std::move(*feel);
    if (column.type.is != Type::Is::Null) check_tests(out.test, out.test.tree, column.type, at);
    return out;
  }

  void read_lookup(const Decision& d, const DecisionTable& t) {
    Lookup lookup;
    lookup.name = d.name;
    lookup.columns = columns(d, t);
    for (const Column& column : lookup.columns)
      if (column.expression.tree.slot >= 0 && c_.symbol(column.expression.tree).is != Symbol::Is::Input)
        complain("L02", {d.name, column.label, 0, t.line}, "En uppslagstabell läser bara indata (" + c_.structure + ".…).",
                 "A lookup table reads inputs only (" + c_.structure + ".…).");
    const ItemDefinition* structure = item(d.variable.type);
    for (const DecisionTable::Output& o : t.outputs) {
      const At at{d.name, o.name, 0, o.line};
      int scale = 0, words = -1;
      bool declared = false;
      if (structure)
        for (const ItemDefinition& component : structure->components)
          if (component.name == o.name) {
            scale = component.scale, declared = true;
            if (component.type == "string") words = words_of(component);
            if (!o.type.empty() && o.type != component.type)
              complain("L04", at, "Kolumnen har en annan typ än i " + structure->name + ".",
                       "The column has another type than in " + structure->name + ".");
          }
      if (!declared)
        complain("L04", at, "Kolumnen ”" + o.name + "” finns inte i tabellens struktur (variabelns typeRef).",
                 "The column \"" + o.name + "\" is not in the table's structure (the variable's typeRef).");
      lookup.members.push_back(o.name);
      Type type = type_of(o.type, scale, at).value_or(Type{});
      if (words >= 0) type.words = words;
      const bool texts = type.is == Type::Is::String || type.is == Type::Is::Strings;
      if (declared && texts && type.words < 0 && o.name != "citation")
        complain(
            "L04", at,
            "Kolumnen är text utan lista över tillåtna värden, så ett stavfel syns inte. Skriv allowedValues i typen.",
            "The column is text without a list of allowed values, so that a misspelling goes unseen. Write allowedValues in "
            "the type.");
      lookup.member_types.push_back(type);
      if (!is_snake_case(o.name))
        complain("L02", at, "Kolumnens namn ”" + o.name + "” är inte snake_case.",
                 "The column's name \"" + o.name + "\" is not in snake_case.");
      if (!o.default_value.empty())
        complain("L02", at, "Förvalda värden används inte i regelverk. Skriv en rad.",
                 "Default values are not used in rule sets. Write a row.");
    }
    for (std::size_t r = 0; r < t.rules.size(); ++r) {
      const DecisionTable::Rule& rule = t.rules[r];
      Lookup::Row row;
      row.line = rule.line;
      for (std::size_t i = 0; i < rule.inputs.size() && i < lookup.columns.size(); ++i) {
        const At at{d.name, lookup.columns[i].label, static_cast<int>(r + 1), rule.lines[i]};
        row.cells.push_back(cell(lookup.columns[i], rule.inputs[i], at));
        if (!constant_tests(row.cells.back().test.tree))
          complain("L02", at, "Cellerna i en uppslagstabell är fasta värden, inte namn eller null.",
                   "The cells of a lookup table are fixed values, not names or null.");
      }
      for (std::size_t i = 0; i < rule.outputs.size() && i < lookup.members.size(); ++i) {
        const At at{d.name, lookup.members[i], static_cast<int>(r + 1), rule.lines[rule.inputs.size() + i]};
        row.values.push_back(constant(rule.outputs[i], lookup.member_types[i], at));
        row.written.push_back(rule.outputs[i]);
      }
      lookup.rows.push_back(std::move(row));
    }
    for (const Column& column : lookup.columns) lookup.depends_on |= depends_on(c_, column.expression.tree);
    const auto index = static_cast<std::uint32_t>(c_.lookups.size());
    Symbol symbol;
    symbol.is = Symbol::Is::Lookup, symbol.index = index, symbol.depends_on = lookup.depends_on;
    symbol.type = {Type::Is::Structure, 0, false};
    define(d.name, symbol);
    symbol.is = Symbol::Is::Member;
    for (std::size_t i = 0; i < lookup.members.size(); ++i) {
      symbol.member = static_cast<std::uint32_t>(i), symbol.type = lookup.member_types[i];
      define(d.name + "." + lookup.members[i], symbol);
    }
    c_.lookups.push_back(std::move(lookup));
  }

  static bool constant_tests(const Node& n) {
    if (n.kind == Kind::Null || ((n.kind == Kind::Name || n.kind == Kind::Path) && n.slot >= 0)) return false;
    return n.slot >= 0 || std::all_of(n.children.begin(), n.children.end(), constant_tests);
  }

  // An output of a lookup table.
  std::optional<Value> constant(const std::string& text, Type type, const At& at) {
    auto feel = parse(text, false, at);
    if (!feel) return std::nullopt;
    Node& tree = feel->tree;
    if (tree.kind == Kind::Null) return std::nullopt;
    if (tree.kind == Kind::List && type.is == Type::Is::Strings) {
      auto list = std::make_unique<std::vector<std::string>>();
      for (const Node& item_node : tree.children) {
        if (item_node.kind != Kind::String)
          complain("L04", at, "Listan innehåller något annat än text i citattecken.",
                   "The list holds something else than texts in quotation marks.");
        else if (std::find(list->begin(), list->end(), item_node.text) != list->end())
          complain("L07", at, "”" + item_node.text + "” står två gånger i listan.",
                   "\"" + item_node.text + "\" stands twice in the list.");
        else if (is_word(item_node, type, *feel, at))
          list->push_back(item_node.text);
      }
      c_.lists.push_back(std::move(list));
      return Value{static_cast<const std::vector<std::string>*>(c_.lists.back().get())};
    }
    auto found = check(*feel, tree, at);
    if (!found) return std::nullopt;
    if (tree.slot < 0 || c_.symbol(tree).is != Symbol::Is::Constant) {
      complain("L02", at,
               "Ett värde i en uppslagstabell är fast: tal, text, true, false, date(\"…\"), null eller en lista av text.",
               "A value in a lookup table is fixed: a number, a text, true, false, date(\"…\"), null or a list of texts.");
      return std::nullopt;
    }
    if (!assignable(tree, *found, type)) {
      mismatch(at, tree, *feel, *found, type);
      return std::nullopt;
    }
    if (!is_word(tree, type, *feel, at)) return std::nullopt;
    return c_.symbol(tree).constant;
  }

  bool has_outputs(const Decision& d, const DecisionTable& t, std::span<const char* const> names) {
    const bool same = std::equal(t.outputs.begin(), t.outputs.end(), names.begin(), names.end(),
                                 [](const DecisionTable::Output& o, const char* n) { return o.name == n; });
    if (same) return true;
    std::string list;
    for (const char* n : names) list += (list.empty() ? "" : ", ") + std::string(n);
    complain("L10", {d.name, "", 0, t.line}, "Tabellens utkolumner ska vara, i ordning: " + list + ".",
             "The output columns of the table must be, in this order: " + list + ".");
    return false;
  }

  std::optional<std::string> string_in(const std::string& text, const At& at) {
    auto feel = parse(text, false, at);
    if (!feel) return std::nullopt;
    if (feel->tree.kind == Kind::String && feel::says_something(feel->tree.text)) return feel->tree.text;
    complain("L10", at, "Här ska det stå en text i citattecken; den får inte vara tom eller bara ha osynliga tecken.",
             "There must be a text in quotation marks here; it may not be empty or hold invisible characters only.");
    return std::nullopt;
  }

  void read_finding_table(const Decision& d, const DecisionTable& t) {
    FindingTable table;
    table.name = d.name, table.line = t.line, table.first_row = c_.rows.size();
    table.columns = columns(d, t);
    if (!has_outputs(d, t, finding_outputs)) return;
    for (std::size_t r = 0; r < t.rules.size(); ++r) {
      const DecisionTable::Rule& rule = t.rules[r];
      FindingRow row;
      row.table = d.name, row.row = static_cast<int>(r + 1);
      std::vector<Cell> cells;
      for (std::size_t i = 0; i < rule.inputs.size() && i < table.columns.size(); ++i) {
        cells.push_back(cell(table.columns[i], rule.inputs[i], {d.name, table.columns[i].label, row.row, rule.lines[i]}));
        if (cells.back().test.tree.kind != Kind::Anything)
          row.depends_on |= depends_on(c_, table.columns[i].expression.tree) | depends_on(c_, cells.back().test.tree);
      }
      std::array<std::string, 6> out;
      for (std::size_t i = 0; i < rule.outputs.size() && i < out.size(); ++i)
        out[i] =
            string_in(rule.outputs[i], {d.name, finding_outputs[i], row.row, rule.lines[rule.inputs.size() + i]}).value_or("");
      row.code = out[0], row.message_sv = out[3], row.message_en = out[4], row.legal_basis = out[5];
      for (const std::string& name : placeholders(row.message_sv)) mentioned_.insert(name.substr(0, name.find('.')));
      row.unverified = ends_in_mark(row.legal_basis);
      if (out[1] == "UNKNOWN")
        row.outcome = RowOutcome::Unknown;
      else if (out[1] != "FAIL" && !out[1].empty())
        complain("L10", {d.name, "outcome", row.row, rule.line},
                 "outcome är \"FAIL\" eller \"UNKNOWN\", inte \"" + out[1] + "\".",
                 "outcome is \"FAIL\" or \"UNKNOWN\", not \"" + out[1] + "\".");
      if (out[2] == "remark")
        row.severity = Severity::Remark;
      else if (out[2] != "blocking" && !out[2].empty())
        complain("L10", {d.name, "severity", row.row, rule.line},
                 "severity är \"blocking\" eller \"remark\", inte \"" + out[2] + "\".",
                 "severity is \"blocking\" or \"remark\", not \"" + out[2] + "\".");
      if (std::all_of(cells.begin(), cells.end(), [](const Cell& x) { return x.test.tree.kind == Kind::Anything; }))
        complain("L07", {d.name, "", row.row, rule.line}, "Raden har inget villkor och träffar alla. Skriv ett villkor.",
                 "The row has no condition and hits everybody. Write a condition.");
      lines_.push_back(rule.line);
      c_.rows.push_back(std::move(row));
      table.rows.push_back(std::move(cells));
    }
    c_.tables.push_back(std::move(table));
  }

  void read_texts(const Decision& d, const DecisionTable& t) {
    used_.insert("code");
    if (!has_outputs(d, t, text_outputs)) return;
    if (t.inputs.size() != 1 || t.inputs[0].expression != "code") {
      complain("L10", {d.name, "", 0, t.line}, "rule_texts har en enda inkolumn: code.",
               "rule_texts has a single input column: code.");
      return;
    }
    for (std::size_t r = 0; r < t.rules.size(); ++r) {
      const DecisionTable::Rule& rule = t.rules[r];
      if (rule.inputs.size() != 1 || rule.outputs.size() != 4) continue;
      RuleText text;
      const int number = static_cast<int>(r + 1);
      text.code = string_in(rule.inputs[0], {d.name, "code", number, rule.lines[0]}).value_or("");
      const std::array fields{&text.question_sv, &text.question_en, &text.fix_sv, &text.fix_en};
      for (std::size_t i = 0; i < 4; ++i)
        *fields[i] = string_in(rule.outputs[i], {d.name, text_outputs[i], number, rule.lines[i + 1]}).value_or("");
      if (std::any_of(c_.texts.begin(), c_.texts.end(), [&](const RuleText& x) { return x.code == text.code; }))
        complain("L06", {d.name, "code", number, rule.line}, "Koden " + text.code + " har två rader i rule_texts.",
                 "The code " + text.code + " has two rows in rule_texts.");
      c_.texts.push_back(std::move(text));
    }
  }

  // What can only be said when everything has been read.
  void finish() {
    std::map<std::string, std::string> table_of;
    std::vector<std::string> codes;
    std::uint64_t read = 0;
    for (std::size_t i = 0; i < c_.rows.size(); ++i) {
      const FindingRow& row = c_.rows[i];
      const At at{row.table, "code", row.row, lines_[i]};
      read |= row.depends_on;
      if (row.code.empty()) continue;
      const auto [place, fresh] = table_of.emplace(row.code, row.table);
      if (fresh)
        codes.push_back(row.code);
      else if (place->second != row.table)
        complain("L10", at, "Koden " + row.code + " står också i tabellen " + place->second + ". En kod hör hemma i en tabell.",
                 "The code " + row.code + " also stands in the table " + place->second + ". A code belongs to one table.");
      if (std::find(c_.retired.begin(), c_.retired.end(), row.code) != c_.retired.end())
        complain("L10", at, "Koden " + row.code + " är pensionerad. Ta en ny kod.",
                 "The code " + row.code + " is retired. Take a new code.");
      if (fresh && std::none_of(c_.texts.begin(), c_.texts.end(), [&](const RuleText& t) { return t.code == row.code; }))
        complain("L10", at, "Koden " + row.code + " saknar rad i rule_texts.",
                 "The code " + row.code + " has no row in rule_texts.");
    }
    for (const RuleText& t : c_.texts)
      if (!t.code.empty() && !table_of.count(t.code))
        complain("L10", {"rule_texts", "code", 0, 0}, "rule_texts har koden " + t.code + ", som ingen rad använder.",
                 "rule_texts has the code " + t.code + ", which no row uses.");
    std::stable_sort(c_.texts.begin(), c_.texts.end(), [&](const RuleText& a, const RuleText& b) {
      return std::find(codes.begin(), codes.end(), a.code) < std::find(codes.begin(), codes.end(), b.code);
    });
    if (c_.rows.size() > 64)
      complain(
          "L13", {},
          "Regelverket har " + std::to_string(c_.rows.size()) + " rader i fyndtabellerna; högst 64 ryms. Dela upp det.",
          "The rule set has " + std::to_string(c_.rows.size()) + " rows in finding tables; there is room for 64. Split it.");
    if (c_.rows.empty())
      complain("L10", {}, "Regelverket har ingen fyndtabell (hitPolicy RULE ORDER).",
               "The rule set has no finding table (hitPolicy RULE ORDER).");
    if (complaints_.empty())
      for (std::size_t i = 0; i < c_.inputs.size(); ++i)
        if (!(read >> i & 1))
          complain("L03", {"h:inputs", c_.inputs[i].name, 0, 0},
                   "Indata ”" + c_.inputs[i].name + "” är deklarerat men ingen rad läser det. Ta bort det.",
                   "The input \"" + c_.inputs[i].name + "\" is declared but no row reads it. Remove it.");
    for (const Derived& d : c_.derived)
      if (!used_anywhere_.count(d.name))
        complain("L03", {d.name, "", 0, d.line}, "Ingen använder det uträknade värdet ”" + d.name + "”. Ta bort det.",
                 "Nothing uses the derived value \"" + d.name + "\". Remove it.");
    read_limits();
  }

  // The rows of `limits` as core asks for them: key, first and last day.
  void read_limits() {
    for (const Lookup& lookup : c_.lookups) {
      if (lookup.name != "limits") continue;
      const At at{"limits", "", 0, lookup.rows.empty() ? 0 : lookup.rows[0].line};
      const bool shaped = lookup.columns.size() == 2 && lookup.columns[0].type.is == Type::Is::String &&
                          lookup.columns[1].type.is == Type::Is::Date;
      if (!shaped || std::find(lookup.members.begin(), lookup.members.end(), "citation") == lookup.members.end()) {
        complain("L10", at, "limits har två inkolumner, en text (projektet) och en dag, och en utkolumn citation.",
                 "limits has two input columns, a text (the project) and a day, and an output column citation.");
        continue;
      }
      for (std::size_t r = 0; r < lookup.rows.size(); ++r) {
        const Lookup::Row& row = lookup.rows[r];
        if (row.cells.size() != 2 || row.values.size() != lookup.members.size()) continue;
        LimitsRow limits;
        limits.row = static_cast<int>(r + 1);
        const Node &key = row.cells[0].test.tree, &days = row.cells[1].test.tree;
        const bool key_fits = key.kind == Kind::Tests && key.children.size() == 1 && key.children[0].kind == Kind::String;
        const bool days_fit = days.kind == Kind::Tests && days.children.size() == 1 && days.children[0].kind == Kind::Range &&
                              days.children[0].children[0].slot >= 0 && days.children[0].children[1].slot >= 0;
        if (!key_fits || !days_fit) {
          complain(
              "L12", {"limits", key_fits ? lookup.columns[1].label : lookup.columns[0].label, limits.row, row.line},
              "Raden i limits har inte ett projekt i citattecken och en tid [date(\"…\")..date(\"…\")]. Öppet slut finns inte.",
              "The row of limits has not one project in quotation marks and a period [date(\"…\")..date(\"…\")]. There is no "
              "open end.");
          continue;
        }
        limits.key = key.children[0].text;
        const Node& range = days.children[0];
        if (range.open_start || range.open_end)
          complain("L12", {"limits", lookup.columns[1].label, limits.row, row.cells[1].line},
                   "Tiden är ett öppet intervall, så läsaren kan ta fel på en dag. Skriv första och sista dagen: "
                   "[date(\"…\")..date(\"…\")].",
                   "The period is an open interval, so that a reader may be a day wrong. Write the first and the last day: "
                   "[date(\"…\")..date(\"…\")].");
        const Value from = c_.symbol(range.children[0]).constant, to = c_.symbol(range.children[1]).constant;
        if (!std::holds_alternative<Day>(from) || !std::holds_alternative<Day>(to)) continue;
        limits.from = Day{std::get<Day>(from).days + (range.open_start ? 1 : 0)};
        limits.to = Day{std::get<Day>(to).days - (range.open_end ? 1 : 0)};
        for (std::size_t i = 0; i < lookup.members.size(); ++i) {
          const std::string text = row.values[i] ? text_of(*row.values[i], lookup.member_types[i]) : "null";
          if (lookup.members[i] == "citation") {
            limits.citation = text, limits.unverified = ends_in_mark(text);
            if (!row.values[i] || !feel::says_something(text))
              complain("L10", {"limits", "citation", limits.row, row.line}, "Raden saknar källa (citation). Skriv den.",
                       "The row has no citation. Write it.");
          } else {
            check_limit(lookup, i, row, limits.row);
            limits.values.emplace_back(lookup.members[i], text);
          }
        }
        check_pairs(lookup, row, limits.row);
        c_.limits.push_back(std::move(limits));
      }
    }
  }

  // A limit has a value, of at least nought; lists have something in them.
  void check_limit(const Lookup& lookup, std::size_t i, const Lookup::Row& row, int number) {
    const At at{lookup.name, lookup.members[i], number, row.line};
    const auto& value = row.values[i];
    if (!value) {
      // What could not be read has its own complaint.
      if (row.written[i] == "null")
        complain("L04", at, "Gränsen är null, så ingen kan bedömas mot den. Skriv ett värde.",
                 "The limit is null, so that nobody can be judged by it. Write a value.");
      return;
    }
    const auto* units = std::get_if<std::int64_t>(&*value);
    if (units && *units < 0)
      complain("L04", at, "Gränsen " + row.written[i] + " är negativ. Rätta den.",
               "The limit " + row.written[i] + " is negative. Correct it.");
    const auto* list = std::get_if<const std::vector<std::string>*>(&*value);
    if (list && (*list)->empty())
      complain("L04", at, "Listan är tom, så ingen kan höra dit. Skriv minst ett värde.",
               "The list is empty, so that nobody can belong to it. Write one value at least.");
  }

  // min_age and max_age of one row.
  void check_pairs(const Lookup& lookup, const Lookup::Row& row, int number) {
    for (std::size_t low = 0; low < lookup.members.size(); ++low) {
      if (!lookup.members[low].starts_with("min_")) continue;
      const auto high = static_cast<std::size_t>(
          std::find(lookup.members.begin(), lookup.members.end(), "max_" + lookup.members[low].substr(4)) -
          lookup.members.begin());
      if (high == lookup.members.size() || !row.values[low] || !row.values[high]) continue;
      if (row.values[low]->index() == row.values[high]->index() && *row.values[high] < *row.values[low])
        complain("L04", {lookup.name, lookup.members[high], number, row.line},
                 lookup.members[low] + " (" + row.written[low] + ") är större än " + lookup.members[high] + " (" +
                     row.written[high] + "), så ingen uppfyller båda. Byt plats på dem.",
                 lookup.members[low] + " (" + row.written[low] + ") is larger than " + lookup.members[high] + " (" +
                     row.written[high] + "), so that nobody meets both. Swap them.");
    }
  }

  // Words

  // The values that an item definition allows, as an index; texts only.
  int words_of(const ItemDefinition& definition) {
    if (definition.allowed_values.empty()) return -1;
    const auto known = words_.find(&definition);
    if (known != words_.end()) return known->second;
    const At at{definition.name, "allowedValues", 0, definition.line};
    std::vector<std::string> words;
    if (auto feel = parse(definition.allowed_values, true, at)) {
      const bool texts = feel->tree.kind == Kind::Tests && std::all_of(feel->tree.children.begin(), feel->tree.children.end(),
                                                                       [](const Node& n) { return n.kind == Kind::String; });
      if (!texts)
        complain("L04", at, "Tillåtna värden är texter i citattecken med kommatecken emellan. Skriv dem så.",
                 "Allowed values are texts in quotation marks with commas between. Write them so.");
      else
        for (const Node& n : feel->tree.children) words.push_back(n.text);
    }
    const int index = words.empty() ? -1 : static_cast<int>(c_.allowed.size());
    if (index >= 0) c_.allowed.push_back(std::move(words));
    return words_[&definition] = index;
  }
  // A text that is written out beside one of limited words must be one of them.
  bool is_word(const Node& n, const Type& of, const Feel& feel, const At& at) {
    if (n.kind != Kind::String || of.words < 0) return true;
    const std::vector<std::string>& words = c_.allowed[static_cast<std::size_t>(of.words)];
    if (std::find(words.begin(), words.end(), n.text) != words.end()) return true;
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    const std::string given = beginning(feel.quote(n));
    complain("L04", at,
             given + " är inget av de tillåtna värdena: " + all + ". Rätta stavningen, eller lägg till värdet i allowedValues.",
             given + " is none of the allowed values: " + all + ". Correct the spelling, or add the value to allowedValues.");
    return false;
  }

  // Checking trees against the profile and its types

  void mismatch(const At& at, const Node& n, const Feel& feel, Type found, Type wanted) {
    const std::string text = beginning(feel.quote(n));
    const std::string scales = found.is == Type::Is::Number && wanted.is == Type::Is::Number
                                   ? " (" + std::to_string(found.scale) + "/" + std::to_string(wanted.scale) + ")"
                                   : "";
    complain("L04", at,
             "”" + text + "” är " + std::string(name_of(found.is)) + scales + ", men här behövs " +
                 std::string(name_of(wanted.is)) + ".",
             "\"" + text + "\" is a " + std::string(name_of(found.is)) + scales + ", but a " + std::string(name_of(wanted.is)) +
                 " is needed here.");
  }
  std::optional<Type> outside(const At& at, const Node& n, const Feel& feel, std::string why_sv = {}, std::string why_en = {}) {
    complain("L02", at, "”" + beginning(feel.quote(n)) + "” används inte i regelverk. " + why_sv,
             "\"" + beginning(feel.quote(n)) + "\" is not used in rule sets. " + why_en);
    return std::nullopt;
  }

  void constant_slot(Node& n, Value value, Type type) {
    Symbol symbol;
    symbol.constant = value, symbol.type = type;
    n.slot = define("", std::move(symbol));
  }
  std::string_view keep(std::string text) {
    c_.strings.push_back(std::make_unique<std::string>(std::move(text)));
    return *c_.strings.back();
  }

  // A literal number in units of `scale`; nothing when it has more decimals or does not fit.
  static std::optional<std::int64_t> units(std::string_view text, int scale) {
    if (text.find_first_of("eE") != std::string_view::npos) return std::nullopt;
    const std::size_t dot = text.find('.');
    std::string digits(text.substr(0, dot));
    std::string decimals(dot == std::string_view::npos ? "" : text.substr(dot + 1));
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    if (decimals.size() > static_cast<std::size_t>(scale)) return std::nullopt;
    decimals.resize(static_cast<std::size_t>(scale), '0');
    digits += decimals;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value > 1'000'000'000'000'000) return std::nullopt;
    return value;
  }

  // Gives a literal the scale of the other side.
  bool rescale(Node& n, Type& type, int scale) {
    const bool negative = n.kind == Kind::Negate;
    auto value = units(negative ? n.children[0].text : n.text, scale);
    if (!value) return false;
    type.scale = scale;
    constant_slot(n, Value{negative ? -*value : *value}, {Type::Is::Number, scale, true});
    return true;
  }

  bool assignable(Node& n, Type& found, Type wanted) {
    if (found.is == Type::Is::Null) return true;
    if (found.is != wanted.is) return false;
    if (found.is != Type::Is::Number || found.scale == wanted.scale) return true;
    return found.literal && rescale(n, found, wanted.scale);
  }

  // Both sides of an operator: the same type and scale, or one of them null.
  bool agree(const Feel& feel, Node& a, Type& ta, Node& b, Type& tb, const At& at) {
    if (ta.is == Type::Is::Null || tb.is == Type::Is::Null) return true;
    if (!is_word(a, tb, feel, at) || !is_word(b, ta, feel, at)) return false;
    if (ta.literal && tb.literal && ta.scale < tb.scale ? rescale(a, ta, tb.scale) : assignable(b, tb, ta)) return true;
    if (ta.is == tb.is && ta.literal && rescale(a, ta, tb.scale)) return true;
    mismatch(at, b, feel, tb, ta);
    return false;
  }

  std::optional<Type> check(Feel& feel, Node& n, const At& at) {
    using Is = Type::Is;
    const Type boolean{Is::Boolean, 0, false};
    switch (n.kind) {
      case Kind::Null:
        return Type{};
      case Kind::Boolean:
        constant_slot(n, Value{n.text == "true"}, boolean);
        return boolean;
      case Kind::String: {
        const Type type{Is::String, 0, false};
        constant_slot(n, Value{keep(n.text)}, type);
        return type;
      }
      case Kind::Number:
        return number(feel, n, n.text, false, at);
      case Kind::Negate:
        if (n.children[0].kind == Kind::Number) return number(feel, n, n.children[0].text, true, at);
        return outside(at, n, feel);
      case Kind::Name:
      case Kind::Path:
        return name(feel, n, at);
      case Kind::And:
      case Kind::Or: {
        bool fits = true;
        for (Node& child : n.children) fits = is_boolean(feel, child, at) && fits;
        return fits ? std::optional(boolean) : std::nullopt;
      }
      case Kind::Equal:
      case Kind::NotEqual: {
        auto a = check(feel, n.children[0], at), b = check(feel, n.children[1], at);
        if (!a || !b) return std::nullopt;
        const auto whole = [](const Type& t) { return t.is == Is::Structure || t.is == Is::Strings; };
        if ((whole(*a) || whole(*b)) && a->is != Is::Null && b->is != Is::Null)
          return outside(at, n, feel, "Listor och strukturer jämförs bara med null.",
                         "Lists and structures are compared with null only.");
        return agree(feel, n.children[0], *a, n.children[1], *b, at) ? std::optional(boolean) : std::nullopt;
      }
      case Kind::Less:
      case Kind::LessEqual:
      case Kind::Greater:
      case Kind::GreaterEqual: {
        auto a = check(feel, n.children[0], at), b = check(feel, n.children[1], at);
        if (!a || !b || !ordered(feel, n.children[0], *a, at) || !ordered(feel, n.children[1], *b, at)) return std::nullopt;
        return agree(feel, n.children[0], *a, n.children[1], *b, at) ? std::optional(boolean) : std::nullopt;
      }
      case Kind::In: {
        auto value = check(feel, n.children[0], at);
        Node& among = n.children[1];
        if (!value) return std::nullopt;
        if (among.children.size() != 1 || among.children[0].kind != Kind::Range)
          return outside(at, n, feel, "Efter in står ett intervall, [a..b].", "After in stands an interval, [a..b].");
        if (!ordered(feel, n.children[0], *value, at)) return std::nullopt;
        return range(feel, among.children[0], *value, at) ? std::optional(boolean) : std::nullopt;
      }
      case Kind::If: {
        const bool condition = is_boolean(feel, n.children[0], at);
        auto then = check(feel, n.children[1], at), otherwise = check(feel, n.children[2], at);
        if (!condition || !then || !otherwise || !agree(feel, n.children[1], *then, n.children[2], *otherwise, at))
          return std::nullopt;
        Type type = then->is == Is::Null ? *otherwise : *then;
        type.literal = false;
        if (type.words != otherwise->words && otherwise->is != Is::Null) type.words = -1;
        return type;
      }
      case Kind::Add:
      case Kind::Subtract: {
        auto a = check(feel, n.children[0], at), b = check(feel, n.children[1], at);
        if (!a || !b) return std::nullopt;
        const Type wanted{Is::Number, a->scale, false};
        if (a->is != Is::Number) return mismatch(at, n.children[0], feel, *a, wanted), std::nullopt;
        if (b->is != Is::Number) return mismatch(at, n.children[1], feel, *b, wanted), std::nullopt;
        if (!agree(feel, n.children[0], *a, n.children[1], *b, at)) return std::nullopt;
        return Type{Is::Number, a->scale, false};
      }
      case Kind::Call:
        return call(feel, n, at);
      default:
        return outside(at, n, feel);
    }
  }

  std::optional<Type> number(const Feel& feel, Node& n, std::string_view text, bool negative, const At& at) {
    const std::size_t dot = text.find('.');
    const int scale = dot == std::string_view::npos ? 0 : static_cast<int>(std::min<std::size_t>(text.size() - dot - 1, 10));
    const auto value = scale > 9 ? std::nullopt : units(text, scale);
    const Type type{Type::Is::Number, scale, true};
    if (!value) {
      complain("L04", at,
               "Talet ”" + beginning(feel.quote(n)) + "” har för många siffror, fler än nio decimaler eller en exponent.",
               "The number \"" + beginning(feel.quote(n)) + "\" has too many digits, more than nine decimals or an exponent.");
      return std::nullopt;
    }
    constant_slot(n, Value{negative ? -*value : *value}, type);
    return type;
  }

  std::optional<Type> name(const Feel& feel, Node& n, const At& at) {
    if (n.kind == Kind::Path && n.children[0].kind != Kind::Name) return outside(at, n, feel);
    const std::string root = n.kind == Kind::Path ? n.children[0].text : n.text;
    const std::string full = n.kind == Kind::Path ? root + "." + n.text : root;
    const auto found = c_.slots.find(full);
    if (found == c_.slots.end()) {
      if (full == "?" || (n.kind == Kind::Name && full == c_.structure)) return outside(at, n, feel);
      complain("L03", at, "Namnet ”" + full + "” är okänt. Rätta stavningen eller deklarera det.",
               "The name \"" + full + "\" is not known. Correct the spelling or declare it.");
      return std::nullopt;
    }
    used_.insert(root);
    n.slot = found->second;
    return c_.symbol(n).type;
  }

  bool is_boolean(Feel& feel, Node& n, const At& at) {
    const auto type = check(feel, n, at);
    if (!type) return false;
    if (type->is == Type::Is::Boolean || type->is == Type::Is::Null) return true;
    mismatch(at, n, feel, *type, {Type::Is::Boolean, 0, false});
    return false;
  }
  bool ordered(const Feel& feel, const Node& n, const Type& type, const At& at) {
    if (type.is == Type::Is::Number || type.is == Type::Is::Date) return true;
    complain(
        "L04", at,
        "”" + beginning(feel.quote(n)) + "” är " + std::string(name_of(type.is)) + "; bara tal och dagar jämförs i storlek.",
        "\"" + beginning(feel.quote(n)) + "\" is a " + std::string(name_of(type.is)) +
            "; only numbers and days are compared by size.");
    return false;
  }

  bool range(Feel& feel, Node& n, Type of, const At& at) {
    bool fits = true;
    for (Node& end : n.children) {
      auto type = check(feel, end, at);
      if (!type)
        fits = false;
      else if (type->is == Type::Is::Null)
        fits = false, outside(at, n, feel, "Ett intervall har två gränser.", "An interval has two ends.");
      else if (!assignable(end, *type, of))
        fits = false, mismatch(at, end, feel, *type, of);
    }
    if (!fits) return false;
    if (n.children[0].slot < 0 || n.children[1].slot < 0) return true;
    const Symbol &from = c_.symbol(n.children[0]), &to = c_.symbol(n.children[1]);
    if (from.is != Symbol::Is::Constant || to.is != Symbol::Is::Constant) return true;
    if (to.constant < from.constant) {
      complain("L04", at, "Intervallet ”" + beginning(feel.quote(n)) + "” har sina gränser i fel ordning. Byt plats på dem.",
               "The interval \"" + beginning(feel.quote(n)) + "\" has its ends swapped. Swap them back.");
      return false;
    }
    return true;
  }

  std::optional<Type> call(Feel& feel, Node& n, const At& at) {
    using Is = Type::Is;
    const std::string function = n.children[0].kind == Kind::Name ? n.children[0].text : "";
    const std::size_t arguments = n.children.size() - 1;
    const bool named = arguments > 0 && n.children[1].kind == Kind::NamedArgument;
    if (function == "today" || function == "now")
      return outside(at, n, feel, "Ett beslut får inte bero på klockan: gör dagen till indata.",
                     "A decision may not depend on the clock: make the day an input.");
    if (!named && function == "not" && arguments == 1) {
      if (!is_boolean(feel, n.children[1], at)) return std::nullopt;
      return Type{Is::Boolean, 0, false};
    }
    if (!named && function == "list contains" && arguments == 2) {
      auto list = check(feel, n.children[1], at), element = check(feel, n.children[2], at);
      if (!list || !element) return std::nullopt;
      if (list->is != Is::Strings) return mismatch(at, n.children[1], feel, *list, {Is::Strings, 0, false}), std::nullopt;
      if (element->is != Is::String) return mismatch(at, n.children[2], feel, *element, {Is::String, 0, false}), std::nullopt;
      if (!is_word(n.children[2], *list, feel, at)) return std::nullopt;
      return Type{Is::Boolean, 0, false};
    }
    if (!named && function == "date" && arguments == 1 && n.children[1].kind == Kind::String) {
      const auto day = day_of(n.children[1].text);
      if (!day) {
        complain("L04", at, "”" + n.children[1].text + "” finns inte i kalendern. Skriv ÅÅÅÅ-MM-DD.",
                 "\"" + n.children[1].text + "\" is not in the calendar. Write YYYY-MM-DD.");
        return std::nullopt;
      }
      constant_slot(n, Value{*day}, {Is::Date, 0, false});
      return Type{Is::Date, 0, false};
    }
    return outside(at, n, feel, "Tillåtna funktioner: not, list contains, date(\"ÅÅÅÅ-MM-DD\").",
                   "Functions that may be used: not, list contains, date(\"YYYY-MM-DD\").");
  }

  void check_tests(Feel& feel, Node& n, Type of, const At& at) {
    if (n.kind == Kind::Anything) return;
    if (n.kind == Kind::NotTests) {
      outside(at, n, feel, "Skriv upp de värden som gäller.", "List the values that apply.");
      return;
    }
    for (Node& test : n.children) {
      if (test.kind == Kind::Compare) {
        if (test.text == "=" || test.text == "!=") {
          outside(at, test, feel, "Skriv värdet självt.", "Write the value itself.");
          continue;
        }
        Node& operand = test.children[0];
        auto type = simple(operand) ? check(feel, operand, at)
                                    : outside(at, operand, feel, "En cell jämför med ett fast värde eller ett namn.",
                                              "A cell compares with a fixed value or a name.");
        if (!type) continue;
        if (!ordered(feel, test, of, at)) continue;
        if (!assignable(operand, *type, of) || type->is == Type::Is::Null) mismatch(at, operand, feel, *type, of);
      } else if (test.kind == Kind::Range) {
        if (!simple(test.children[0]) || !simple(test.children[1]))
          outside(at, test, feel, "Gränserna är fasta värden eller namn.", "The ends are fixed values or names.");
        else if (ordered(feel, test, of, at))
          range(feel, test, of, at);
      } else if (!simple(test)) {
        outside(at, test, feel, "Gör uttrycket till ett eget beslut.", "Make the expression a decision of its own.");
      } else if (auto type = check(feel, test, at)) {
        if (!assignable(test, *type, of))
          mismatch(at, test, feel, *type, of);
        else if (!is_word(test, of, feel, at))
          continue;
        else if (of.is == Type::Is::Boolean && (test.kind == Kind::Name || test.kind == Kind::Path))
          outside(at, test, feel, "En ja/nej-cell är true, false, null eller -.", "A yes/no cell is true, false, null or -.");
      }
    }
  }

  // What may stand in a cell: a literal or a name.
  static bool simple(const Node& n) {
    switch (n.kind) {
      case Kind::Null:
      case Kind::Boolean:
      case Kind::Number:
      case Kind::String:
      case Kind::Name:
      case Kind::Path:
        return true;
      case Kind::Negate:
        return n.children[0].kind == Kind::Number;
      case Kind::Call:
        return n.children[0].text == "date" || n.children[0].text == "today" || n.children[0].text == "now";
      default:
        return false;
    }
  }

  Compiled& c_;
  std::vector<Complaint>& complaints_;
  std::set<std::string> used_, used_anywhere_, mentioned_;  // mentioned: in braces in a message
  std::vector<int> lines_;                                  // of the finding rows
  std::map<const ItemDefinition*, int> words_;
  int depth_ = 0;
};

}  // namespace

Compiled compile(Model model, std::span<const InputName> known_inputs, std::vector<Complaint>& complaints) {
  Compiled compiled;
  compiled.model = std::move(model);
  Compiler(compiled, complaints).run(known_inputs);
  return compiled;
}

}  // namespace dmn
