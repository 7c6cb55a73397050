#pragma once

#include <map>
#include <string>
#include <vector>

#include "dmn/rule_set.h"
#include "dmn/profile_syntax.h"

namespace dmn::profile {

/// A decision table as read: expressions of the inputs, names of the outputs, and the cells of each row as trees.
struct Table {
  std::string hit_policy;
  struct In {
    std::string text;
    Node expression;
  };
  std::vector<In> inputs;
  std::vector<std::string> outputs;
  struct Row {
    std::vector<std::string> cell_texts, output_texts;
    std::vector<Node> cells, out;
    int line = 0;
  };
  std::vector<Row> rows;
};

struct DecisionModel {
  std::string name;
  enum class Kind { Expression, Unique, Findings, Texts, Closing } kind = Kind::Expression;
  std::string text;
  Node expression;
  Table table;
  int line = 0;
};

struct Rules {
  std::string name, version, input_name = "p";
  std::vector<InputName> inputs;
  std::map<std::string, std::size_t, std::less<>> input_index, decision_index;
  std::vector<DecisionModel> decisions;  ///< in the order of the file
  std::vector<FindingRow> rows;
  struct Place {
    std::size_t decision, row;
  };
  std::vector<Place> places;  ///< of each finding row
  std::vector<RuleText> texts;
};

}  // namespace dmn::profile

namespace dmn {

/// What a loaded rule set holds.
struct Compiled : profile::Rules {};

}  // namespace dmn
