#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "dmn/syntax.h"

namespace dmn {

/// Where a FEEL text cannot be read, and why.
struct FeelError {
  std::size_t at = 0;        ///< byte of the text
  int line = 1, column = 1;  ///< 1-based, column in bytes
  std::string sv, en;
};

/// Limits for hostile texts. The depth counts brackets as well as chains of operators.
struct FeelLimits {
  std::size_t bytes = 256 * 1024;
  int depth = 250;
};

/// The declared names that are not one plain word ("Monthly Salary", "a-b"): FEEL reads the longest declared name. Names of one
/// word need no declaration. The parser always knows the built-in functions and
/// properties with spaces ("list contains").
class FeelNames {
 public:
  void add(std::string_view name);

  std::size_t size() const { return count_; }

  /// Bytes of `source` from `at` that are the longest known name, with the name as declared; 0 when none begins there.
  std::size_t match(std::string_view source, std::size_t at, std::string& name) const;

 private:
  struct Known {
    std::string name;
    std::vector<std::string> pieces;  // words and single other characters, without white space
  };
  std::map<std::string, std::vector<Known>, std::less<>> by_first_piece_;
  std::size_t count_ = 0;
};

/// An expression: `if a then b else c`. Names that the text itself declares (context entries, iterators, parameters) are known
/// from there on.
tl::expected<Feel, FeelError> parse_expression(std::string_view text, const FeelNames& names = {}, FeelLimits limits = {});

/// A cell of a decision table (unary tests): `-`, `< 5, > 10`, `not("a", "b")`. The tree is Anything, Tests or NotTests.
tl::expected<Feel, FeelError> parse_cell(std::string_view text, const FeelNames& names = {}, FeelLimits limits = {});

}  // namespace dmn
