#include "dmn/program.h"

#include <algorithm>

#include "dmn/program_parts.h"

namespace dmn {
namespace {

using feel::Type;

Complaint complaint(std::string id, int line, std::string sv, std::string en) {
  return {std::move(id), "", "", std::move(sv), std::move(en), 0, line};
}

// Every text of a model, expressions and cells apart.
class Texts {
 public:
  template <class Visit>
  static void of(const Model& m, const Visit& visit) {
    for (const ItemDefinition& item : m.items) types(item, visit);
    for (const Decision& d : m.decisions)
      if (d.expression) boxed(*d.expression, visit);
    for (const KnowledgeModel& k : m.knowledge)
      if (k.function) boxed(*k.function, visit);
  }

 private:
  template <class Visit>
  static void types(const ItemDefinition& item, const Visit& visit) {
    if (!item.allowed_values.empty()) visit(item.allowed_values, true, item.line);
    if (!item.constraint.empty()) visit(item.constraint, true, item.line);
    for (const ItemDefinition& component : item.components) types(component, visit);
  }
  template <class Visit>
  static void boxed(const Boxed& b, const Visit& visit) {
    if (b.form == Boxed::Form::Literal) visit(b.text, false, b.line);
    for (const Boxed& child : b.children) boxed(child, visit);
    if (!b.table) return;
    for (const DecisionTable::Input& input : b.table->inputs) {
      visit(input.expression, false, input.line);
      if (!input.allowed_values.empty()) visit(input.allowed_values, true, input.line);
    }
    for (const DecisionTable::Output& output : b.table->outputs) {
      if (!output.allowed_values.empty()) visit(output.allowed_values, true, output.line);
      if (!output.default_value.empty()) visit(output.default_value, false, output.line);
    }
    for (const DecisionTable::Rule& rule : b.table->rules) {
      for (const std::string& cell : rule.inputs) visit(cell, true, rule.line);
      for (const std::string& cell : rule.outputs)
        if (!cell.empty() && cell != "-") visit(cell, false, rule.line);
    }
  }
};

// Every name that a text of the model may hold: variables, members, parameters. Longest first is the parser's business.
class Names {
 public:
  static constexpr std::size_t most = 5'000;  // of more than one word: every text is searched for them

  explicit Names(FeelNames& names) : names_(names) {}

  void model(const Model& m) {
    for (const Import& i : m.imports) add(i.name);
    for (const ItemDefinition& i : m.items) item(i);
    for (const InputData& i : m.inputs) add(i.name), add(i.variable.name);
    for (const Decision& d : m.decisions) {
      add(d.name), add(d.variable.name);
      if (d.expression) boxed(*d.expression);
    }
    for (const KnowledgeModel& k : m.knowledge) {
      add(k.name), add(k.variable.name);
      if (k.function) boxed(*k.function);
    }
    for (const DecisionService& s : m.services) add(s.name), add(s.variable.name);
  }
  void keys(const Node& node) {
    if (node.kind == Kind::Entry) add(node.text);
    for (const Node& child : node.children) keys(child);
  }

 private:
  void add(const std::string& name) {
    if (names_.size() <= most) names_.add(name);
  }
  void item(const ItemDefinition& i) {
    add(i.name);
    for (const ItemDefinition& component : i.components) item(component);
  }
  void boxed(const Boxed& b) {
    add(b.variable.name), add(b.iterator);
    for (const Variable& v : b.parameters) add(v.name);
    for (const Variable& v : b.columns) add(v.name);
    if (b.table)
      for (const DecisionTable::Output& output : b.table->outputs) add(output.name);
    for (const Boxed& child : b.children) boxed(child);
  }

  FeelNames& names_;
};

class Loader {
 public:
  explicit Loader(Program::Parts& parts) : parts_(parts) {}

  std::vector<Complaint> load(std::vector<Model> models) {
    for (Model& m : models) parts_.units.emplace_back().model = std::move(m);
    for (Unit& unit : parts_.units) join(unit);
    if (!complaints_.empty()) return complaints_;
    for (const Unit& unit : parts_.units)
      if (std::set<const Unit*> open; imports_itself(unit, unit, open)) {
        complain(0, "Modellen ”" + unit.model.name + "” importerar i sista hand sig själv.",
                 "The model \"" + unit.model.name + "\" imports itself in the end.");
        return complaints_;
      }
    for (const Unit& unit : parts_.units) check(unit);
    if (!complaints_.empty()) return complaints_;
    // A member may be named in another model's text, or by a key that stands in a text: so all names first, and again with
    // keys.
    FeelNames names;
    for (const Unit& unit : parts_.units) Names(names).model(unit.model);
    if (names.size() > Names::most) {
      complain(0, "Modellen har för många namn (gränsen är " + std::to_string(Names::most) + "). Dela upp den.",
               "The model has too many names (the limit is " + std::to_string(Names::most) + "). Split it.");
      return complaints_;
    }
    for (const bool last : {false, true})
      for (Unit& unit : parts_.units) read(unit, names, last);
    for (Unit& unit : parts_.units) define(unit);
    for (Unit& unit : parts_.units) share(unit);
    return {};
  }

 private:
  void complain(int line, std::string sv, std::string en) {
    add_complaint(complaints_, complaint("L01", line, std::move(sv), std::move(en)));
  }

  void join(Unit& unit) {
    const auto index = [&](const auto& all, auto member) {
      for (const auto& one : all) {
        Target target{&unit};
        target.*member = &one;
        unit.by_id.emplace(one.id, target);
      }
    };
    index(unit.model.inputs, &Target::input), index(unit.model.decisions, &Target::decision);
    index(unit.model.knowledge, &Target::knowledge), index(unit.model.services, &Target::service);
    for (const Import& i : unit.model.imports) {
      if (i.type.find("/DMN/") == std::string::npos) continue;  // of another kind: PMML, XSD
      const auto found = std::find_if(parts_.units.begin(), parts_.units.end(),
                                      [&](const Unit& u) { return &u != &unit && u.model.space == i.space; });
      if (found == parts_.units.end())
        complain(i.line, "Den importerade modellen ”" + i.space + "” saknas. Lägg filen i samma mapp.",
                 "The imported model \"" + i.space + "\" is missing. Put its file into the same folder.");
      else
        unit.imports[i.name] = &*found;
    }
  }

  static bool imports_itself(const Unit& unit, const Unit& wanted, std::set<const Unit*>& seen) {
    for (const auto& [name, imported] : unit.imports) {
      if (imported == &wanted) return true;
      if (seen.insert(imported).second && imports_itself(*imported, wanted, seen)) return true;
    }
    return false;
  }

  void check(const Unit& unit) {
    const auto leads = [&](const std::string& href, int line) {
      if (!parts_.find(unit, href).unit)
        complain(line, "Hänvisningen ”" + href + "” leder ingenstans. Rätta href.",
                 "The reference \"" + href + "\" leads nowhere. Correct the href.");
    };
    const auto all = [&](const std::vector<std::string>& hrefs, int line) {
      for (const std::string& href : hrefs) leads(href, line);
    };
    for (const Decision& d : unit.model.decisions)
      for (const Requirement& r : d.requirements) leads(r.href, r.line);
    for (const KnowledgeModel& k : unit.model.knowledge)
      for (const Requirement& r : k.requirements) leads(r.href, r.line);
    for (const DecisionService& s : unit.model.services)
      all(s.output_decisions, s.line), all(s.encapsulated_decisions, s.line), all(s.input_decisions, s.line),
          all(s.input_data, s.line);
  }

  void read(Unit& unit, FeelNames& names, bool last) {
    std::vector<const Node*> read_now;
    Texts::of(unit.model, [&](const std::string& text, bool is_cell, int line) {
      auto feel = is_cell ? parse_cell(text, names) : parse_expression(text, names);
      if (!feel) {
        if (last) parts_.faults.push_back(complaint("L02", line, std::move(feel.error().sv), std::move(feel.error().en)));
        return;
      }
      if (!last) Names(names).keys(feel->tree);
      (is_cell ? unit.cells : unit.expressions).insert_or_assign(&text, std::move(*feel));
    });
  }

  // The definitions first, so that they may name each other in any order.
  static void define(Unit& unit) {
    for (const ItemDefinition& item : unit.model.items) unit.types.emplace(item.name, &unit.definitions.emplace_back());
  }
  void share(Unit& unit) {
    for (const auto& [prefix, imported] : unit.imports)
      for (const ItemDefinition& item : imported->model.items)
        unit.types.emplace(prefix.empty() ? item.name : prefix + "." + item.name, imported->types.find(item.name)->second);
    for (std::size_t i = 0, d = 0; i < unit.model.items.size(); ++i) unit.definitions[d++] = type(unit, unit.model.items[i]);
  }

  static Type passing(Type type, const Feel* cell) {
    if (!cell) return type;
    Type out;
    out.is = Type::Is::Item, out.allowed = cell;
    out.parts.push_back(std::move(type));
    return out;
  }

  static Type type(const Unit& unit, const ItemDefinition& item) {
    Type out;
    if (item.function) {
      out.is = Type::Is::Function;
      for (const ItemDefinition& p : item.components) out.parts.push_back(named(unit, p.type));
      out.parts.push_back(named(unit, item.result));
    } else if (!item.components.empty()) {
      out.is = Type::Is::Context;
      for (const ItemDefinition& component : item.components)
        out.names.push_back(component.name), out.parts.push_back(type(unit, component));
    } else {
      out = named(unit, item.type);
    }
    out = passing(std::move(out), unit.cell(item.allowed_values));
    if (item.collection) {
      Type list;
      list.is = Type::Is::List;
      list.parts.push_back(std::move(out));
      out = std::move(list);
    }
    return passing(std::move(out), unit.cell(item.constraint));
  }
  static Type named(const Unit& unit, const std::string& name) {
    return name.empty() ? Type() : feel::type_named(name, &unit.types);
  }

  Program::Parts& parts_;
  std::vector<Complaint> complaints_;
};

}  // namespace

Target Program::Parts::find(const Unit& from, const std::string& href) const {
  const std::size_t hash = href.find('#');
  if (hash == std::string::npos) return {};
  const std::string_view space = std::string_view(href).substr(0, hash), id = std::string_view(href).substr(hash + 1);
  const Unit* unit = nullptr;
  if (space.empty() || space == from.model.space)
    unit = &from;
  else
    for (const auto& entry : from.imports)
      if (entry.second->model.space == space) unit = entry.second;
  if (!unit) return {};
  const auto found = unit->by_id.find(id);
  return found == unit->by_id.end() ? Target{} : found->second;
}

Target Program::Parts::named(std::string_view name) const {
  Target target;
  const Unit& unit = units.front();
  const auto of = [&](const auto& all, auto& out) {
    for (const auto& one : all)
      if (!target.unit && one.name == name) out = &one, target.unit = &unit;
  };
  of(unit.model.decisions, target.decision);
  of(unit.model.services, target.service);
  of(unit.model.knowledge, target.knowledge);
  return target;
}

tl::expected<Program, std::vector<Complaint>> Program::make(std::vector<Model> models) {
  auto parts = std::make_unique<Parts>();
  auto complaints = Loader(*parts).load(std::move(models));
  if (!complaints.empty()) return tl::make_unexpected(std::move(complaints));
  return Program(std::move(parts));
}

const std::vector<Complaint>& Program::faults() const { return parts_->faults; }

Program::Program(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

}  // namespace dmn
