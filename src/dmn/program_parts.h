#pragma once

#include <deque>
#include <map>
#include <set>
#include <unordered_map>

#include "dmn/feel/machine.h"
#include "dmn/feel_parser.h"
#include "dmn/program.h"

// Inside of program.cpp (loading) and execute.cpp (evaluating).
namespace dmn {

struct Unit;

/// What a reference leads to, and in which model.
struct Target {
  const Unit* unit = nullptr;
  const InputData* input = nullptr;
  const Decision* decision = nullptr;
  const KnowledgeModel* knowledge = nullptr;
  const DecisionService* service = nullptr;
};

/// One model with what its texts and type names mean.
struct Unit {
  Model model;
  std::map<std::string, const Unit*> imports;  ///< by the name that this model gives them
  std::map<std::string, Target, std::less<>> by_id;
  feel::TypeNames types;
  std::deque<feel::Type> definitions;

  /// Every text, found by where it stands in the model. A text that cannot be read is absent.
  std::unordered_map<const std::string*, Feel> expressions, cells;

  const Feel* expression(const std::string& text) const { return found(expressions, text); }
  const Feel* cell(const std::string& text) const { return found(cells, text); }

 private:
  static const Feel* found(const std::unordered_map<const std::string*, Feel>& all, const std::string& text) {
    const auto at = all.find(&text);
    return at == all.end() ? nullptr : &at->second;
  }
};

struct Program::Parts {
  std::deque<Unit> units;  ///< the first is the one that is asked
  std::vector<Complaint> faults;

  Target find(const Unit& from, const std::string& href) const;
  Target named(std::string_view name) const;  ///< in the first unit
};

/// A decision table over what its scope sees (tables.cpp).
feel::Value decide(feel::Machine& machine, const Unit& unit, const DecisionTable& table, const feel::ScopePtr& scope);

}  // namespace dmn
