#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "dmn/element.h"
#include "dmn/rule_set.h"

// A DMN document as plain values, FEEL texts still unread: all of DMN 1.2 to 1.5 that decides something.
namespace dmn {

struct Variable {
  std::string name, type;  ///< type: a typeRef, may be empty
};

struct ItemDefinition {
  std::string name, type, allowed_values;  ///< type: empty for a structure; allowed values are those of an item
  std::string constraint;                  ///< what the whole value, list or not, must pass (DMN 1.5)
  bool collection = false, function = false;
  int scale = 0;                           ///< decimals, from our own namespace
  std::vector<ItemDefinition> components;  ///< of a structure; of a function its parameters
  std::string result;                      ///< of a function
  int line = 0;
};

struct DecisionTable {
  struct Input {
    std::string expression, type, allowed_values, label;
    int line = 0;
  };
  struct Output {
    std::string name, type, allowed_values, default_value;
    int line = 0;
  };
  struct Rule {
    std::vector<std::string> inputs, outputs;  ///< cells as written
    std::vector<int> lines;                    ///< of the cells, inputs first
    int line = 0;
  };
  std::string hit_policy = "UNIQUE", aggregation, output_label;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
  int line = 0;
};

/// A boxed expression. Which members count depends on the form.
struct Boxed {
  enum class Form {
    Literal,      ///< text
    Table,        ///< table
    Context,      ///< children with `variable`; the last without a name is the result
    Invocation,   ///< children: the function, then the arguments with `variable`
    List,         ///< children
    Relation,     ///< columns; children are lists
    Function,     ///< parameters; child: the body; text: "FEEL", "Java" or "PMML"
    Conditional,  ///< children: if, then, else
    Filter,       ///< children: list, condition
    For,          ///< iterator; children: list, result
    Some,
    Every,  ///< iterator; children: list, condition
  };
  Form form = Form::Literal;
  std::string text, type, iterator;
  Variable variable;  ///< the name of this entry, argument or column
  std::vector<Variable> parameters, columns;
  std::vector<Boxed> children;
  std::optional<DecisionTable> table;
  int line = 0;
};

struct Requirement {
  enum class Of { Input, Decision, Knowledge } of = Of::Input;
  std::string href;  ///< "#id", or "namespace#id" of an import
  int line = 0;
};

struct InputData {
  std::string id, name;
  Variable variable;
  int line = 0;
};

struct Decision {
  std::string id, name;
  Variable variable;
  std::vector<Requirement> requirements;
  std::optional<Boxed> expression;
  int line = 0;
};

/// A business knowledge model: `function` is a Boxed of form Function.
struct KnowledgeModel {
  std::string id, name;
  Variable variable;
  std::vector<Requirement> requirements;
  std::optional<Boxed> function;
  int line = 0;
};

struct DecisionService {
  std::string id, name;
  Variable variable;
  std::vector<std::string> output_decisions, encapsulated_decisions, input_decisions, input_data;  ///< hrefs
  int line = 0;
};

struct Import {
  std::string name, space, location, type;
  int line = 0;
};

struct Model {
  std::string id, name, space, version;  ///< version: of DMN, "1.2" to "1.5"
  std::vector<Element> extensions;       ///< of `definitions`, other namespaces
  std::vector<Import> imports;
  std::vector<ItemDefinition> items;
  std::vector<InputData> inputs;
  std::vector<Decision> decisions;
  std::vector<KnowledgeModel> knowledge;
  std::vector<DecisionService> services;
};

/// Reads DMN 1.2 to 1.5. Refused (L01) are unknown versions and elements, double ids, hrefs of this file that lead nowhere,
/// cycles. Diagrams and texts that decide nothing are passed over.
tl::expected<Model, std::vector<Complaint>> read(const Element& definitions);

/// The model as DMN 1.3, the version that common editors open; in the order of its schema. Boxed conditionals, filters and
/// iterators came later and are written as FEEL text; where one holds a table or another box that no text can hold, and where
/// an item has a constraint on its whole value, the model cannot be said in 1.3 and the first such place is the complaint.
/// Diagrams and remarks are not in a Model, so they are not written. Our own attribute `scale` keeps its namespace.
tl::expected<Element, Complaint> write(const Model&);
/// An element and all below it as an XML document, UTF-8.
std::string xml_of(const Element&);

}  // namespace dmn
