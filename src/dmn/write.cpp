#include <optional>
#include <utility>

#include "dmn/model.h"

namespace dmn {
namespace {

constexpr std::string_view model_space = "https://www.omg.org/spec/DMN/20191111/MODEL/";
constexpr std::string_view own_space = "urn:horisont:rules:1";

struct CannotSay {
  int line;
  const char *sv, *en;
};

Element made(std::string_view name, std::string text = "") {
  Element e;
  e.name = name, e.space = model_space, e.text = std::move(text);
  return e;
}
void put(Element& e, std::string_view name, const std::string& value) {
  if (!value.empty()) e.attributes.push_back({std::string(name), "", value});
}
Element& add(Element& e, Element child) { return e.children.emplace_back(std::move(child)); }
Element holding(std::string_view name, const std::string& text) {
  Element e = made(name);
  add(e, made("text", text));
  return e;
}
Element pointing(std::string_view name, const std::string& href) {
  Element e = made(name);
  put(e, "href", href);
  return e;
}

// Boxes that came after 1.3, as FEEL; nothing where no text can hold what is inside.
std::optional<std::string> feel_of(const Boxed& b) {
  using Form = Boxed::Form;
  if (b.form == Form::Literal) return "(" + b.text + ")";
  std::vector<std::string> parts;
  if (b.form != Form::Conditional && b.form != Form::Filter && b.form != Form::For && b.form != Form::Some &&
      b.form != Form::Every)
    return std::nullopt;
  for (const Boxed& child : b.children) {
    auto part = feel_of(child);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
  }
  switch (b.form) {
    case Form::Conditional:
      return "(if " + parts[0] + " then " + parts[1] + " else " + parts[2] + ")";
    case Form::Filter:
      return parts[0] + "[" + parts[1] + "]";
    case Form::For:
      return "(for " + b.iterator + " in " + parts[0] + " return " + parts[1] + ")";
    case Form::Some:
      return "(some " + b.iterator + " in " + parts[0] + " satisfies " + parts[1] + ")";
    default:
      return "(every " + b.iterator + " in " + parts[0] + " satisfies " + parts[1] + ")";
  }
}

Element variable(std::string_view element, const Variable& v) {
  Element e = made(element);
  put(e, "name", v.name);
  put(e, "typeRef", v.type);
  return e;
}

Element item(const ItemDefinition& d, std::string_view element) {
  if (!d.constraint.empty())
    throw CannotSay{d.line, "Ett villkor på hela värdet finns inte i DMN 1.3.", "DMN 1.3 has no constraint on a whole value."};
  Element e = made(element);
  put(e, "name", d.name);
  if (d.collection) put(e, "isCollection", "true");
  if (d.scale > 0) e.attributes.push_back({"scale", std::string(own_space), std::to_string(d.scale)});
  if (d.function) {
    Element& function = add(e, made("functionItem"));
    put(function, "outputTypeRef", d.result);
    for (const ItemDefinition& p : d.components) add(function, variable("parameters", {p.name, p.type}));
    return e;
  }
  if (!d.type.empty()) add(e, made("typeRef", d.type));
  if (!d.allowed_values.empty()) add(e, holding("allowedValues", d.allowed_values));
  for (const ItemDefinition& component : d.components) add(e, item(component, "itemComponent"));
  return e;
}

Element table(const DecisionTable& t) {
  Element e = made("decisionTable");
  put(e, "hitPolicy", t.hit_policy);
  put(e, "aggregation", t.aggregation);
  put(e, "outputLabel", t.output_label);
  for (const DecisionTable::Input& input : t.inputs) {
    Element& column = add(e, made("input"));
    put(column, "label", input.label);
    Element& asked = add(column, holding("inputExpression", input.expression));
    put(asked, "typeRef", input.type);
    if (!input.allowed_values.empty()) add(column, holding("inputValues", input.allowed_values));
  }
  for (const DecisionTable::Output& output : t.outputs) {
    Element& column = add(e, made("output"));
    put(column, "name", output.name);
    put(column, "typeRef", output.type);
    if (!output.allowed_values.empty()) add(column, holding("outputValues", output.allowed_values));
    if (!output.default_value.empty()) add(column, holding("defaultOutputEntry", output.default_value));
  }
  for (const DecisionTable::Rule& rule : t.rules) {
    Element& row = add(e, made("rule"));
    for (const std::string& cell : rule.inputs) add(row, holding("inputEntry", cell));
    for (const std::string& cell : rule.outputs) add(row, holding("outputEntry", cell));
  }
  return e;
}

Element expression(const Boxed& b);

// The parameters and the body, in a functionDefinition or in encapsulatedLogic.
Element function(const Boxed& b, std::string_view element) {
  Element e = made(element);
  put(e, "typeRef", b.type);
  if (b.text != "FEEL") put(e, "kind", b.text);
  for (const Variable& parameter : b.parameters) add(e, variable("formalParameter", parameter));
  for (const Boxed& body : b.children) add(e, expression(body));
  return e;
}

Element expression(const Boxed& b) {
  using Form = Boxed::Form;
  Element e;
  switch (b.form) {
    case Form::Literal:
      e = holding("literalExpression", b.text);
      break;
    case Form::Table:
      e = table(*b.table);
      break;
    case Form::Context:
      e = made("context");
      for (const Boxed& child : b.children) {
        Element& entry = add(e, made("contextEntry"));
        if (!child.variable.name.empty()) add(entry, variable("variable", child.variable));
        add(entry, expression(child));
      }
      break;
    case Form::Invocation:
      e = made("invocation");
      for (const Boxed& child : b.children) {
        if (&child == &b.children.front()) {
          add(e, expression(child));
          continue;
        }
        Element& binding = add(e, made("binding"));
        add(binding, variable("parameter", child.variable));
        add(binding, expression(child));
      }
      break;
    case Form::List:
      e = made("list");
      for (const Boxed& child : b.children) add(e, expression(child));
      break;
    case Form::Relation:
      e = made("relation");
      for (const Variable& column : b.columns) add(e, variable("column", column));
      for (const Boxed& child : b.children) {
        Element& row = add(e, made("row"));
        for (const Boxed& cell : child.children) add(row, expression(cell));
      }
      break;
    case Form::Function:
      return function(b, "functionDefinition");
    case Form::Conditional:
    case Form::Filter:
    case Form::For:
    case Form::Some:
    case Form::Every: {
      const auto text = feel_of(b);
      if (!text)
        throw CannotSay{b.line, "Rutan finns inte i DMN 1.3 och innehåller något som inte går att skriva som text.",
                        "DMN 1.3 has no such box, and it holds something that cannot be written as text."};
      e = holding("literalExpression", *text);
      break;
    }
  }
  put(e, "typeRef", b.type);
  return e;
}

void requirements(Element& e, const std::vector<Requirement>& all) {
  // Information first, knowledge after it: the schema's order.
  for (const Requirement& r : all)
    if (r.of != Requirement::Of::Knowledge)
      add(add(e, made("informationRequirement")),
          pointing(r.of == Requirement::Of::Input ? "requiredInput" : "requiredDecision", r.href));
  for (const Requirement& r : all)
    if (r.of == Requirement::Of::Knowledge) add(add(e, made("knowledgeRequirement")), pointing("requiredKnowledge", r.href));
}

Element named(std::string_view element, const std::string& id, const std::string& name, const Variable& v) {
  Element e = made(element);
  put(e, "id", id);
  put(e, "name", name);
  add(e, variable("variable", v));
  return e;
}

void add_escaped(std::string& out, std::string_view text, bool attribute) {
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += attribute ? "&quot;" : "\"";
        break;
      // A reader would make a plain space of these in an attribute, and a line feed of a return anywhere.
      case '\t':
        out += attribute ? "&#9;" : "\t";
        break;
      case '\n':
        out += attribute ? "&#10;" : "\n";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
}

void add_xml(std::string& out, const Element& e, std::string_view space, std::size_t depth) {
  out.append(2 * depth, ' ');
  out += "<" + e.name;
  if (e.space != space) {
    out += " xmlns=\"";
    add_escaped(out, e.space, true);
    out += '"';
  }
  int prefixes = 0;
  for (const Element::Attribute& a : e.attributes) {
    std::string prefix;
    if (!a.space.empty()) {
      prefix = "a" + std::to_string(++prefixes);
      out += " xmlns:" + prefix + "=\"";
      add_escaped(out, a.space, true);
      out += '"';
      prefix += ':';
    }
    out += " " + prefix + a.name + "=\"";
    add_escaped(out, a.value, true);
    out += '"';
  }
  if (e.children.empty() && e.text.empty()) {
    out += "/>\n";
    return;
  }
  out += '>';
  if (e.children.empty()) {
    add_escaped(out, e.text, false);
  } else {
    // An element that has children has no text that counts.
    out += '\n';
    for (const Element& child : e.children) add_xml(out, child, e.space, depth + 1);
    out.append(2 * depth, ' ');
  }
  out += "</" + e.name + ">\n";
}

}  // namespace

tl::expected<Element, Complaint> write(const Model& model) {
  Element e = made("definitions");
  put(e, "id", model.id);
  put(e, "name", model.name);
  put(e, "namespace", model.space);
  try {
    if (!model.extensions.empty()) add(e, made("extensionElements")).children = model.extensions;
    for (const Import& import : model.imports) {
      Element& one = add(e, made("import"));
      put(one, "namespace", import.space);
      put(one, "locationURI", import.location);
      put(one, "importType", import.type);
      put(one, "name", import.name);
    }
    for (const ItemDefinition& one : model.items) add(e, item(one, "itemDefinition"));
    for (const InputData& one : model.inputs) add(e, named("inputData", one.id, one.name, one.variable));
    for (const KnowledgeModel& one : model.knowledge) {
      Element& knowledge = add(e, named("businessKnowledgeModel", one.id, one.name, one.variable));
      if (one.function) add(knowledge, function(*one.function, "encapsulatedLogic"));
      requirements(knowledge, one.requirements);
    }
    for (const Decision& one : model.decisions) {
      Element& decision = add(e, named("decision", one.id, one.name, one.variable));
      requirements(decision, one.requirements);
      if (one.expression) add(decision, expression(*one.expression));
    }
    for (const DecisionService& one : model.services) {
      Element& service = add(e, named("decisionService", one.id, one.name, one.variable));
      for (const std::string& href : one.output_decisions) add(service, pointing("outputDecision", href));
      for (const std::string& href : one.encapsulated_decisions) add(service, pointing("encapsulatedDecision", href));
      for (const std::string& href : one.input_decisions) add(service, pointing("inputDecision", href));
      for (const std::string& href : one.input_data) add(service, pointing("inputData", href));
    }
  } catch (const CannotSay& why) {
    return tl::make_unexpected(Complaint{"L01", "", "", why.sv, why.en, 0, why.line});
  }
  return e;
}

std::string xml_of(const Element& e) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  add_xml(out, e, "", 0);
  return out;
}

}  // namespace dmn
