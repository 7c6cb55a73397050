// Any bytes as a FEEL expression and as a cell: reading ends with a tree or an error with a place inside the text, evaluating
// with a value or a reason, and the same twice.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "dmn/feel/value.h"
#include "dmn/feel_parser.h"
#include "dmn/program.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const auto& read : {dmn::parse_expression(text), dmn::parse_cell(text)})
    if (!read && (read.error().at > text.size() || read.error().en.empty() || read.error().sv.empty())) std::abort();
  dmn::feel::Context variables;
  variables.put("x", dmn::feel::Number(7));
  variables.put("a list", std::vector<dmn::feel::Value>{dmn::feel::Number(1), "b", {}});
  const dmn::feel::DateTime now{{2024, 2, 29}, {12, 0, 0, 0, {}}};
  const auto one = dmn::evaluate(text, variables, now), two = dmn::evaluate(text, variables, now);
  if (one.has_value() != two.has_value()) std::abort();
  if (one && dmn::feel::text_of(*one, true) != dmn::feel::text_of(*two, true)) std::abort();
  if (!one && one.error().en.empty()) std::abort();
  return 0;
}
