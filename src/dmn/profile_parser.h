#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "dmn/profile_syntax.h"

namespace dmn::profile {

struct SyntaxError {
  std::size_t at = 0;
  std::string sv, en;
};

/// One expression of the rule-set profile of FEEL (rules-engine, section 3).
tl::expected<Node, SyntaxError> parse_expression(std::string_view text);
/// A cell of a decision table: -, null, literals, comparisons, intervals, and lists of these.
tl::expected<Node, SyntaxError> parse_cell(std::string_view text);

}  // namespace dmn::profile
