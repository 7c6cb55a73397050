#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The syntax tree of FEEL (DMN 1.5, chapter 10): the whole language. The profile of rule sets is a check on this tree, the
// interpreter, the column engine and the SQL export all walk it.
namespace dmn {

/// What a node is; in brackets its children, in order, and what `text` holds.
enum class Kind : std::uint8_t {
  // Literals
  Null,
  Boolean,  ///< text: "true" or "false"
  Number,   ///< text: as written, "1.50", ".5", "1e3"
  String,   ///< text: without quotes and escapes
  At,       ///< text: what stands after the @, without quotes
  // Names and structures
  Name,     ///< text: the name as declared; "?" is the value that a cell tests
  List,     ///< [items]
  Context,  ///< [Entry...]
  Entry,    ///< text: key [value]
  Range,    ///< [from, to]; `open_start`, `open_end`
  // Arithmetic
  Negate,  ///< [operand]
  Add,
  Subtract,
  Multiply,
  Divide,
  Power,  ///< [left, right]
  // Logic and comparison
  And,
  Or,  ///< [left, right]
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,  ///< [left, right]
  Between,       ///< [value, low, high]
  In,            ///< [value, Tests]
  InstanceOf,    ///< [value, Type]
  // Control
  If,        ///< [condition, then, else]
  For,       ///< [Iterator..., body]
  Some,      ///< [Iterator..., condition]
  Every,     ///< [Iterator..., condition]
  Iterator,  ///< text: name [domain] or [from, to] for `i in from..to`
  // Access and calls
  Path,           ///< text: member [of]
  Filter,         ///< [list, condition or index]
  Call,           ///< [function, arguments...]; arguments are expressions, or all NamedArgument
  NamedArgument,  ///< text: parameter [value]
  Function,       ///< [Parameter..., body]; text: "external" if the body is a context that names external code
  Parameter,      ///< text: name [Type] or []
  Type,  ///< text: a (qualified) type name, or "list", "range" [Type], "context" [Entry of Type...], "function" [Types...,
         ///< result]
  // Cells (unary tests); Compare also stands in brackets within expressions, as in `(< 10)`, and is a range there
  Anything,  ///< `-` or an empty cell
  Tests,     ///< [test...]: an expression or a Compare; any of them
  NotTests,  ///< [Tests]: `not(...)` around a whole cell
  Compare,   ///< text: "<", "<=", ">", ">=", "=" or "!=" [operand]
};

/// One node. A value: copying copies the tree. The parser bounds the depth (`FeelLimits`), so walks may recurse.
struct Node {
  Kind kind = Kind::Null;
  bool open_start = false, open_end = false;
  std::uint16_t depth = 1;           ///< of the tree below, itself included
  std::int32_t slot = -1;            ///< free for whoever compiles the tree: where the value of a Name or Path is found
  std::uint32_t begin = 0, end = 0;  ///< bytes of the source text that it was read from
  std::string text;
  std::vector<Node> children;
};

/// An expression or a cell with the text that it was read from, so that messages can quote it.
struct Feel {
  std::string source;
  Node tree;

  std::string_view quote(const Node& node) const { return std::string_view(source).substr(node.begin, node.end - node.begin); }
};

}  // namespace dmn
