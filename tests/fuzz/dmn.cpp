// Any bytes as a DMN file: it is refused with a reason, or every decision, service and knowledge model of it ends with a value
// or a reason.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/values/message.h"
#include "dmn/program.h"
#include "edge/rulesets/rulesets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto element = horisont::read_dmn({reinterpret_cast<const char*>(data), size});
  if (!element) {
    if (!horisont::text_of(element.error().message.id)) std::abort();
    return 0;
  }
  const auto model = dmn::read(*element);
  if (!model) {
    if (model.error().empty() || model.error().front().en.empty()) std::abort();
    return 0;
  }
  const auto program = dmn::Program::make({*model});
  if (!program) {
    if (program.error().empty() || program.error().front().en.empty()) std::abort();
    return 0;
  }
  const dmn::feel::DateTime now{{2024, 2, 29}, {12, 0, 0, 0, {}}};
  dmn::feel::Context inputs;
  for (const dmn::InputData& input : model->inputs) inputs.put(input.name, dmn::feel::Number(7));
  const auto ask = [&](const auto& all) {
    for (const auto& one : all)
      if (const auto value = program->evaluate(one.name, inputs, now); value)
        dmn::feel::text_of(*value);
      else if (value.error().en.empty())
        std::abort();
  };
  ask(model->decisions), ask(model->knowledge), ask(model->services);
  return 0;
}
