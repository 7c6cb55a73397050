#include "dmn/model.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace dmn {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> versions{{
    {"http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"},
    {"https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"},
    {"https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"},
    {"https://www.omg.org/spec/DMN/20230324/MODEL/", "1.5"},
}};

// Elements that say something to people or editors and decide nothing.
bool is_silent(std::string_view name) {
  static constexpr std::array names{"description",
                                    "extensionElements",
                                    "question",
                                    "allowedAnswers",
                                    "authorityRequirement",
                                    "knowledgeSource",
                                    "supportedObjective",
                                    "impactedPerformanceIndicator",
                                    "decisionMaker",
                                    "decisionOwner",
                                    "usingProcess",
                                    "usingTask",
                                    "businessContextElement",
                                    "performanceIndicator",
                                    "organizationUnit",
                                    "textAnnotation",
                                    "association",
                                    "group",
                                    "elementCollection",
                                    "artifact",
                                    "annotation",
                                    "annotationEntry",
                                    "DMNDI"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string trimmed(std::string_view s) {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!s.empty() && space(s.front())) s.remove_prefix(1);
  while (!s.empty() && space(s.back())) s.remove_suffix(1);
  return std::string(s);
}

std::string value_of(const Element& e, std::string_view attribute) {
  const std::string* value = e.attribute(attribute);
  return value ? *value : std::string();
}

class Reader {
 public:
  explicit Reader(std::vector<Complaint>& complaints) : complaints_(complaints) {}

  Model model(const Element& e) {
    Model m;
    const auto version = std::find_if(versions.begin(), versions.end(), [&](const auto& v) { return v.first == e.space; });
    if (e.name != "definitions" || version == versions.end()) {
      complain(e.line,
               "Filen är ingen DMN-fil som kan läsas: rotelementet ”" + e.name + "” i ”" + e.space +
                   "” är inte DMN 1.2–1.5. Spara om den som DMN 1.3.",
               "The file is no DMN file that can be read: its root \"" + e.name + "\" in \"" + e.space +
                   "\" is not DMN 1.2 to 1.5. Save it again as DMN 1.3.");
      return m;
    }
    space_ = version->first;
    m.version = version->second;
    m.id = id(e), m.name = value_of(e, "name"), m.space = value_of(e, "namespace");
    for (const Element& c : e.children) {
      if (c.space == space_ && c.name == "extensionElements") {
        for (const Element& extension : c.children)
          if (extension.space != space_) m.extensions.push_back(extension);
      } else if (skip(c)) {
        if (c.space == space_) ids_below(c);
      } else if (c.name == "import") {
        m.imports.push_back(
            {value_of(c, "name"), value_of(c, "namespace"), value_of(c, "locationURI"), value_of(c, "importType"), c.line});
      } else if (c.name == "itemDefinition") {
        m.items.push_back(item(c));
      } else if (c.name == "inputData") {
        InputData input{id(c), value_of(c, "name"), {}, c.line};
        for (const Element& part : c.children)
          if (part.name == "variable" && part.space == space_)
            input.variable = variable(part);
          else if (!skip(part))
            unknown(part, c);
        if (input.variable.name.empty()) input.variable.name = input.name;
        m.inputs.push_back(std::move(input));
      } else if (c.name == "decision") {
        m.decisions.push_back(decision(c));
      } else if (c.name == "businessKnowledgeModel") {
        m.knowledge.push_back(knowledge(c));
      } else if (c.name == "decisionService") {
        m.services.push_back(service(c));
      } else {
        unknown(c, e);
      }
    }
    check_references(m);
    return m;
  }

 private:
  void complain(int line, std::string sv, std::string en) {
    add_complaint(complaints_, {"L01", table_, "", std::move(sv), std::move(en), row_, line});
  }
  // While it lives, complaints name this decision or type; rows say their number while they are read.
  class Within {
   public:
    Within(Reader& reader, std::string table) : reader_(reader), before_(std::exchange(reader.table_, std::move(table))) {}
    ~Within() { reader_.table_ = before_; }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

   private:
    Reader& reader_;
    std::string before_;
  };
  void unknown(const Element& e, const Element& parent) {
    complain(e.line, "Elementet ”" + e.name + "” i ”" + parent.name + "” är okänt. Ta bort det.",
             "The element \"" + e.name + "\" in \"" + parent.name + "\" is not known. Remove it.");
  }
  // Other namespaces are the business of other tools.
  bool skip(const Element& e) const { return e.space != space_ || is_silent(e.name); }

  std::string id(const Element& e) {
    const std::string* given = e.attribute("id");
    if (given && !ids_.insert(*given).second)
      complain(e.line, "Id ”" + *given + "” finns två gånger. Ge det ena ett annat id.",
               "The id \"" + *given + "\" occurs twice. Give one of them another id.");
    return given ? *given : std::string();
  }
  void ids_below(const Element& e) {
    id(e);
    for (const Element& c : e.children)
      if (c.space == space_) ids_below(c);
  }

  Variable variable(const Element& e) {
    id(e);
    return {value_of(e, "name"), type_of(e)};
  }
  // Before 1.3 some tools wrote a prefix; the name is what counts.
  std::string type_of(const Element& e) const { return value_of(e, "typeRef"); }

  std::string text_in(const Element& e, std::string_view child) const {
    const Element* c = e.child(child);
    const Element* text = c ? c->child("text") : nullptr;
    return text ? trimmed(text->text) : std::string();
  }

  ItemDefinition item(const Element& e) {
    ItemDefinition d;
    const Within here(*this, table_.empty() ? value_of(e, "name") : table_);
    id(e);
    d.name = value_of(e, "name"), d.line = e.line;
    d.collection = value_of(e, "isCollection") == "true";
    for (const Element::Attribute& a : e.attributes)
      if (a.name == "scale" && !a.space.empty() && a.space != space_ && a.value.size() == 1 && a.value[0] >= '0' &&
          a.value[0] <= '9')
        d.scale = a.value[0] - '0';
    for (const Element& c : e.children) {
      if (skip(c)) continue;
      if (c.name == "typeRef")
        d.type = trimmed(c.text);
      else if (c.name == "allowedValues" || c.name == "typeConstraint") {
        const Element* text = c.child("text");
        (c.name == "allowedValues" ? d.allowed_values : d.constraint) = text ? trimmed(text->text) : "";
      } else if (c.name == "itemComponent")
        d.components.push_back(item(c));
      else if (c.name == "functionItem") {
        d.function = true, d.result = value_of(c, "outputTypeRef");
        for (const Element& parameter : c.children)
          if (parameter.name == "parameters") {
            ItemDefinition p;
            p.name = value_of(parameter, "name"), p.type = type_of(parameter), p.line = parameter.line;
            d.components.push_back(std::move(p));
          }
      } else
        unknown(c, e);
    }
    return d;
  }

  void requirement(const Element& e, std::vector<Requirement>& out) {
    id(e);
    for (const Element& c : e.children) {
      if (skip(c)) continue;
      const std::string href = value_of(c, "href");
      if (c.name == "requiredInput")
        out.push_back({Requirement::Of::Input, href, c.line});
      else if (c.name == "requiredDecision")
        out.push_back({Requirement::Of::Decision, href, c.line});
      else if (c.name == "requiredKnowledge")
        out.push_back({Requirement::Of::Knowledge, href, c.line});
      else
        unknown(c, e);
    }
  }

  Decision decision(const Element& e) {
    const Within here(*this, value_of(e, "name"));
    Decision d{id(e), value_of(e, "name"), {}, {}, {}, e.line};
    for (const Element& c : e.children) {
      if (skip(c)) continue;
      if (c.name == "variable")
        d.variable = variable(c);
      else if (c.name == "informationRequirement" || c.name == "knowledgeRequirement")
        requirement(c, d.requirements);
      else if (auto boxed = expression(c))
        d.expression = std::move(*boxed);
      else
        unknown(c, e);
    }
    if (d.variable.name.empty()) d.variable.name = d.name;
    return d;
  }

  KnowledgeModel knowledge(const Element& e) {
    const Within here(*this, value_of(e, "name"));
    KnowledgeModel k{id(e), value_of(e, "name"), {}, {}, {}, e.line};
    for (const Element& c : e.children) {
      if (skip(c)) continue;
      if (c.name == "variable")
        k.variable = variable(c);
      else if (c.name == "encapsulatedLogic")
        k.function = function(c);
      else if (c.name == "knowledgeRequirement")
        requirement(c, k.requirements);
      else
        unknown(c, e);
    }
    if (k.variable.name.empty()) k.variable.name = k.name;
    return k;
  }

  DecisionService service(const Element& e) {
    const Within here(*this, value_of(e, "name"));
    DecisionService s;
    s.id = id(e), s.name = value_of(e, "name"), s.line = e.line;
    for (const Element& c : e.children) {
      if (skip(c)) continue;
      const std::string href = value_of(c, "href");
      if (c.name == "variable")
        s.variable = variable(c);
      else if (c.name == "outputDecision")
        s.output_decisions.push_back(href);
      else if (c.name == "encapsulatedDecision")
        s.encapsulated_decisions.push_back(href);
      else if (c.name == "inputDecision")
        s.input_decisions.push_back(href);
      else if (c.name == "inputData")
        s.input_data.push_back(href);
      else
        unknown(c, e);
    }
    if (s.variable.name.empty()) s.variable.name = s.name;
    return s;
  }

  // Nothing when the element is no expression.
  std::optional<Boxed> expression(const Element& e) {
    using Form = Boxed::Form;
    static const std::map<std::string_view, Form> forms{{"literalExpression", Form::Literal},
                                                        {"decisionTable", Form::Table},
                                                        {"context", Form::Context},
                                                        {"invocation", Form::Invocation},
                                                        {"list", Form::List},
                                                        {"relation", Form::Relation},
                                                        {"functionDefinition", Form::Function},
                                                        {"conditional", Form::Conditional},
                                                        {"filter", Form::Filter},
                                                        {"for", Form::For},
                                                        {"some", Form::Some},
                                                        {"every", Form::Every}};
    const auto form = forms.find(e.name);
    if (e.space != space_ || form == forms.end()) return std::nullopt;
    if (form->second == Form::Function) return function(e);
    Boxed b;
    b.form = form->second, b.line = e.line, b.type = type_of(e);
    id(e);
    switch (b.form) {
      case Form::Literal:
        for (const Element& c : e.children)
          if (c.name == "text")
            b.text = trimmed(c.text);
          else if (!skip(c))
            unknown(c, e);  // importedValues too: nothing is fetched from elsewhere
        break;
      case Form::Table:
        b.table = table(e);
        break;
      case Form::Context:
        for (const Element& c : e.children)
          if (!skip(c)) named(c, e, "contextEntry", "variable", b);
        break;
      case Form::Invocation:
        for (const Element& c : e.children) {
          if (skip(c)) continue;
          if (auto called = expression(c))
            b.children.insert(b.children.begin(), std::move(*called));
          else
            named(c, e, "binding", "parameter", b);
        }
        break;
      case Form::List:
        all_expressions(e, b);
        break;
      case Form::Relation:
        for (const Element& c : e.children) {
          if (skip(c)) continue;
          if (c.name == "column")
            b.columns.push_back(variable(c));
          else if (c.name == "row") {
            Boxed row;
            row.form = Form::List, row.line = c.line;
            id(c);
            all_expressions(c, row);
            b.children.push_back(std::move(row));
          } else
            unknown(c, e);
        }
        break;
      case Form::Conditional:
        parts(e, {"if", "then", "else"}, b);
        break;
      case Form::Filter:
        parts(e, {"in", "match"}, b);
        break;
      case Form::For:
        parts(e, {"in", "return"}, b);
        break;
      case Form::Some:
      case Form::Every:
        parts(e, {"in", "satisfies"}, b);
        break;
      case Form::Function:
        break;
    }
    b.iterator = value_of(e, "iteratorVariable");
    return b;
  }

  void all_expressions(const Element& e, Boxed& out) {
    for (const Element& c : e.children) {
      if (auto item = expression(c))
        out.children.push_back(std::move(*item));
      else if (!skip(c))
        unknown(c, e);
    }
  }

  // <contextEntry><variable/>expression</contextEntry>, and bindings alike.
  void named(const Element& c, const Element& parent, std::string_view element, std::string_view naming, Boxed& out) {
    if (c.name != element) return unknown(c, parent);
    id(c);
    Boxed entry;
    bool found = false;
    Variable name;
    for (const Element& part : c.children) {
      if (part.space == space_ && part.name == naming)
        name = variable(part);
      else if (auto value = expression(part))
        entry = std::move(*value), found = true;
      else if (!skip(part))
        unknown(part, c);
    }
    if (!found) entry.line = c.line, entry.text = "null";
    entry.variable = std::move(name);
    out.children.push_back(std::move(entry));
  }

  // Each part wraps one expression: <if>expression</if>.
  void parts(const Element& e, std::initializer_list<std::string_view> names, Boxed& out) {
    for (const std::string_view name : names) {
      const Element* part = e.child(name);
      std::optional<Boxed> found;
      if (part) {
        id(*part);
        for (const Element& c : part->children)
          if (auto inner = expression(c)) found = std::move(inner);
      }
      if (!found) {
        complain(e.line, "I ”" + e.name + "” saknas uttrycket ”" + std::string(name) + "”.",
                 "In \"" + e.name + "\" the expression \"" + std::string(name) + "\" is missing.");
        found.emplace();
      }
      out.children.push_back(std::move(*found));
    }
  }

  Boxed function(const Element& e) {
    Boxed b;
    b.form = Boxed::Form::Function, b.line = e.line, b.type = type_of(e);
    b.text = e.attribute("kind") ? value_of(e, "kind") : "FEEL";
    id(e);
    for (const Element& c : e.children) {
      if (skip(c)) continue;
      if (c.name == "formalParameter")
        b.parameters.push_back(variable(c));
      else if (auto body = expression(c))
        b.children.push_back(std::move(*body));
      else
        unknown(c, e);
    }
    return b;
  }

  DecisionTable table(const Element& e) {
    DecisionTable t;
    t.line = e.line;
    if (const std::string* policy = e.attribute("hitPolicy")) t.hit_policy = *policy;
    t.aggregation = value_of(e, "aggregation"), t.output_label = value_of(e, "outputLabel");
    for (const Element& c : e.children) {
      if (skip(c)) continue;
      if (c.name == "rule") row_ = static_cast<int>(t.rules.size() + 1);
      id(c);
      if (c.name == "input") {
        DecisionTable::Input input;
        input.line = c.line, input.label = value_of(c, "label"), input.expression = text_in(c, "inputExpression");
        if (const Element* x = c.child("inputExpression")) input.type = type_of(*x), id(*x);
        input.allowed_values = text_in(c, "inputValues");
        t.inputs.push_back(std::move(input));
      } else if (c.name == "output") {
        t.outputs.push_back(
            {value_of(c, "name"), type_of(c), text_in(c, "outputValues"), text_in(c, "defaultOutputEntry"), c.line});
      } else if (c.name == "rule") {
        DecisionTable::Rule rule;
        rule.line = c.line;
        std::vector<int> output_lines;
        for (const Element& cell : c.children) {
          if (skip(cell)) continue;
          id(cell);
          const Element* text = cell.child("text");
          if (cell.name == "inputEntry")
            rule.inputs.push_back(text ? trimmed(text->text) : ""), rule.lines.push_back(cell.line);
          else if (cell.name == "outputEntry")
            rule.outputs.push_back(text ? trimmed(text->text) : ""), output_lines.push_back(cell.line);
          else
            unknown(cell, c);
        }
        rule.lines.insert(rule.lines.end(), output_lines.begin(), output_lines.end());
        t.rules.push_back(std::move(rule)), row_ = 0;
      } else {
        unknown(c, e);
      }
    }
    for (const DecisionTable::Rule& rule : t.rules) {
      ++row_;
      const auto count = [](std::size_t a, std::size_t b) { return std::to_string(a) + " + " + std::to_string(b); };
      const std::string cells = count(rule.inputs.size(), rule.outputs.size()),
                        columns = count(t.inputs.size(), t.outputs.size());
      if (cells != columns)
        complain(
            rule.line,
            "Raden har " + cells + " celler (in + ut) men tabellen " + columns + " kolumner. Lägg till eller ta bort celler.",
            "The row has " + cells + " cells (in + out) but the table " + columns + " columns. Add or remove cells.");
    }
    row_ = 0;
    return t;
  }

  void check_references(const Model& m) {
    std::map<std::string, const Decision*> decisions;
    std::set<std::string> known;
    for (const InputData& i : m.inputs) known.insert(i.id);
    for (const KnowledgeModel& k : m.knowledge) known.insert(k.id);
    for (const DecisionService& s : m.services) known.insert(s.id);
    for (const Decision& d : m.decisions) known.insert(d.id), decisions[d.id] = &d;
    std::map<std::string, std::vector<std::string>> needs;
    const auto check = [&](const std::string& from, const std::vector<Requirement>& requirements) {
      for (const Requirement& r : requirements) {
        const std::size_t hash = r.href.find('#');
        const std::string space = r.href.substr(0, std::min(hash, r.href.size()));
        if (!space.empty() && space != m.space) continue;  // of an import: whoever joins the files checks it
        const std::string target = hash == std::string::npos ? "" : r.href.substr(hash + 1);
        if (!known.count(target))
          complain(r.line, "Hänvisningen ”" + r.href + "” leder ingenstans. Rätta href.",
                   "The reference \"" + r.href + "\" leads nowhere. Correct the href.");
        else
          needs[from].push_back(target);
      }
    };
    for (const Decision& d : m.decisions) {
      const Within here(*this, d.name);
      check(d.id, d.requirements);
    }
    // A knowledge model may call itself, as any function may; how deep is bounded when it runs.
    for (const KnowledgeModel& k : m.knowledge) {
      const Within here(*this, k.name);
      check("", k.requirements);
    }
    needs.erase("");
    // A cycle is what is left when everything is taken away that needs nothing (any more).
    std::map<std::string, std::vector<std::string>> needed_by;
    std::map<std::string, std::size_t> open;
    std::vector<std::string> ready;
    for (const auto& [from, to] : needs) {
      for (const std::string& target : to)
        if (needs.count(target)) needed_by[target].push_back(from), ++open[from];
      if (!open.count(from)) ready.push_back(from);
    }
    while (!ready.empty()) {
      const std::string done = std::move(ready.back());
      ready.pop_back();
      needs.erase(done);
      for (const std::string& waiting : needed_by[done])
        if (--open[waiting] == 0) ready.push_back(waiting);
    }
    if (needs.empty()) return;
    // What only waits for a circle leads to one: along what is needed, until a decision comes back.
    std::string at = needs.begin()->first;
    for (std::set<std::string> seen; seen.insert(at).second;) {
      const auto& to = needs.at(at);
      at = *std::find_if(to.begin(), to.end(), [&](const std::string& target) { return needs.count(target) > 0; });
    }
    const auto d = decisions.find(at);
    const Within here(*this, d == decisions.end() ? "" : d->second->name);
    complain(d == decisions.end() ? 0 : d->second->line,
             "Beslutet ”" + at + "” beror i sista hand på sig självt. Bryt kretsen.",
             "The decision \"" + at + "\" depends on itself in the end. Break the circle.");
  }

  std::vector<Complaint>& complaints_;
  std::string_view space_;
  std::set<std::string> ids_;
  std::string table_;  // what is being read
  int row_ = 0;
};

}  // namespace

tl::expected<Model, std::vector<Complaint>> read(const Element& definitions) {
  std::vector<Complaint> complaints;
  Model model = Reader(complaints).model(definitions);
  if (!complaints.empty()) return tl::make_unexpected(std::move(complaints));
  return model;
}

}  // namespace dmn
