#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dmn::profile {

/// A FEEL expression or unary test as a tree. One tree serves the linter, the strict evaluator, the SQL and the explanation.
struct Node {
  enum class Kind {
    Null,
    Boolean,
    Number,
    String,
    Date,  // literals: `units` or `text`
    Name,  // text
    Path,  // children[0].text
    Call,  // text(children…)
    If,    // children: condition, then, otherwise
    And,
    Or,       // children: two
    Compare,  // text is = != < <= > >=; children: two
    Add,
    Subtract,
    Negate,
    In,        // children: value, interval or list
    Between,   // children: value, low, high
    Interval,  // children: low, high; open_low, open_high
    List,      // children
    Filter,    // children: list, condition
    // unary tests of a table's cell; the tested value is not part of the tree
    Any,   // -
    Test,  // text is = < <= > >=; children[0]: what it is compared with
    OneOf  // children: tests, of which one suffices
  };
  Kind kind = Kind::Null;
  std::string text;
  std::int64_t units = 0;  ///< Number: millionths; Date: days since 1970-01-01; Boolean: 0 or 1
  bool open_low = false, open_high = false;
  std::size_t at = 0;  ///< place in the source text
  std::vector<Node> children;
};

/// Numbers of rule sets are integers in millionths: exact, and wide enough for whole years, days, hours and öre.
inline constexpr std::int64_t number_scale = 1'000'000;
inline constexpr int number_decimals = 6;

}  // namespace dmn::profile
