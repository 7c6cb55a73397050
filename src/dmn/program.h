#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "dmn/feel/value.h"
#include "dmn/model.h"

// The whole of DMN: any model, any boxed expression, full FEEL. Rule sets have their own, narrower way (rule_set.h).
namespace dmn {

/// A model with those that it imports, its texts read once. Immutable: evaluations may run side by side.
class Program {
 public:
  /// The first model is the one that is asked; the others are found by their namespaces. Refused: an import or a reference
  /// that leads nowhere, a circle of decisions or of imports.
  static tl::expected<Program, std::vector<Complaint>> make(std::vector<Model> models);

  /// FEEL texts that cannot be read. What needs one of them is null, as the standard has it.
  const std::vector<Complaint>& faults() const;

  /// The value of a decision, a decision service or a business knowledge model, by name. `inputs` holds input data by name (and
  /// a service's input decisions, a knowledge model's parameters); what is absent is null. The clock is an argument.
  /// An unknown name, or an evaluation that grows beyond the limits of depth, steps or memory, is a complaint.
  /// Functions inside the value can be called no more.
  tl::expected<feel::Value, Complaint> evaluate(std::string_view name, const feel::Context& inputs,
                                                const feel::DateTime& now) const;

  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  struct Parts;

 private:
  explicit Program(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

/// One FEEL expression over a context of variables. FEEL's errors are null; an unreadable text or a limit is a complaint.
tl::expected<feel::Value, Complaint> evaluate(std::string_view expression, const feel::Context& variables,
                                              const feel::DateTime& now);

}  // namespace dmn
