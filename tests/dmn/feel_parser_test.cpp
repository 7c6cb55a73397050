#include "dmn/feel_parser.h"

#include <gtest/gtest.h>

#include <array>

namespace dmn {
namespace {

// The tree in brackets: "(or a (and b c))".
std::string shape(const Node& n) {
  static constexpr std::array names{
      "null",   "",     "",        "",         "@",        "",     "list",     "context", ":",         "range", "neg",
      "+",      "-",    "*",       "/",        "**",       "and",  "or",       "=",       "!=",        "<",     "<=",
      ">",      ">=",   "between", "in",       "instance", "if",   "for",      "some",    "every",     "each",  ".",
      "filter", "call", ":=",      "function", "param",    "type", "anything", "tests",   "not-tests", "test"};
  std::string head = names[static_cast<std::size_t>(n.kind)];
  if (n.kind == Kind::String)
    head = "'" + n.text + "'";
  else if (!n.text.empty())
    head += (head.empty() ? "" : " ") + n.text;
  if (n.kind == Kind::Range) head += std::string(n.open_start ? " (" : " [") + (n.open_end ? ")" : "]");
  if (n.children.empty()) return head;
  std::string out = "(" + head;
  for (const Node& child : n.children) out += " " + shape(child);
  return out + ")";
}

struct Case {
  const char *text, *shape;
};

TEST(FeelParser, expressions_are_read_with_the_precedence_of_the_standard) {
  const Case cases[] = {
      {"1 + 2 * 3", "(+ 1 (* 2 3))"},
      {"a or b and c", "(or a (and b c))"},
      {"3 ** 4 ** 5", "(** (** 3 4) 5)"},
      {"-5 ** 2", "(** (neg 5) 2)"},
      {"5 ** -2", "(** 5 (neg 2))"},
      {"a < b + 1", "(< a (+ b 1))"},
      {"x between 1 and 10 and y", "(and (between x 1 10) y)"},
      {"if a then b else c + 1", "(if a b (+ c 1))"},
      {"p.entry_date in [p.project_start..p.project_end]",
       "(in (. entry_date p) (tests (range [] (. project_start p) (. project_end p))))"},
      {"x in (1..5]", "(in x (tests (range (] 1 5)))"},
      {"x in (< 3, > 7)", "(in x (tests (test < 3) (test > 7)))"},
      {"x in > 3", "(in x (tests (test > 3)))"},
      {"]1..3[", "(range () 1 3)"},
      {"]1..xs[1][ = y", "(= (range () 1 (filter xs 1)) y)"},
      {"(1..10].start included", "(. start included (range (] 1 10))"},
      {"(>= 10) = [10..null)", "(= (test >= 10) (range [) 10 null))"},
      {"for i in 2..4, j in xs return i * j", "(for (each i 2 4) (each j xs) (* i j))"},
      {"some x in xs satisfies x > 1", "(some (each x xs) (> x 1))"},
      {"{a b: 1, c: a b + 1}.a b", "(. a b (context (: a b 1) (: c (+ a b 1))))"},
      {"{\"a\": 1}", "(context (: a 1))"},
      {"substring(string: \"abc\", start position: 2)", "(call substring (:= string 'abc') (:= start position 2))"},
      {"list contains([1, 2], 3)", "(call list contains (list 1 2) 3)"},
      {"-(function(a) a)(10)", "(neg (call (function param a a) 10))"},
      {"(function(x: number, y) x + y)(1, 2)", "(call (function (param x type number) param y (+ x y)) 1 2)"},
      {"x instance of list<date and time>", "(instance x (type list type date and time))"},
      {"f instance of function<number, string> -> date", "(instance f (type function type number type string type date))"},
      {"x instance of context<a: string, b c: number>", "(instance x (type context (: a type string) (: b c type number)))"},
      {"@\"2020-01-01\" - @\"P1D\"", "(- @ 2020-01-01 @ P1D)"},
      {"findings[severity = \"blocking\" and outcome = \"FAIL\"]",
       "(filter findings (and (= severity 'blocking') (= outcome 'FAIL')))"},
      {"flatten([a, b])[item != null]", "(filter (call flatten (list a b)) (!= item null))"},
      {"1 /* one */ + // two\n 2", "(+ 1 2)"},
      {".5 + 1.25e-3", "(+ .5 1.25e-3)"},
      {"1..2", nullptr},
      {"\"\\u00e5 \\U01F40E \\uD83D\\uDC0E \\\\ \\\"\"", "'\xC3\xA5 \xF0\x9F\x90\x8E \xF0\x9F\x90\x8E \\ \"'"},
      {"10 - f(2)[1]", "(- 10 (filter (call f 2) 1))"},
  };
  for (const Case& c : cases) {
    const auto feel = parse_expression(c.text);
    if (c.shape) {
      ASSERT_TRUE(feel) << c.text << ": " << feel.error().en;
      EXPECT_EQ(shape(feel->tree), c.shape) << c.text;
    } else {
      EXPECT_FALSE(feel) << c.text << ": " << shape(feel->tree);
    }
  }
}

TEST(FeelParser, the_longest_declared_name_is_read) {
  FeelNames names;
  for (const char* name : {"Monthly Salary", "Monthly Salary 2", "a-b", "profit and loss"}) names.add(name);
  const Case cases[] = {
      {"12 * Monthly  Salary", "(* 12 Monthly Salary)"},
      {"Monthly Salary 2 + 1", "(+ Monthly Salary 2 1)"},
      {"a-b", "a-b"},
      {"a - b - a", "(- a-b a)"},
      {"a-bc", "(- a bc)"},
      {"profit and loss and true", "(and profit and loss true)"},
      {"x.Monthly Salary", "(. Monthly Salary x)"},
  };
  for (const Case& c : cases) {
    const auto feel = parse_expression(c.text, names);
    ASSERT_TRUE(feel) << c.text << ": " << feel.error().en;
    EXPECT_EQ(shape(feel->tree), c.shape) << c.text;
  }
}

TEST(FeelParser, cells_are_read_as_unary_tests) {
  const Case cases[] = {
      {"-", "anything"},
      {"", "anything"},
      {"  - ", "anything"},
      {"-1", "(tests (neg 1))"},
      {"null", "(tests null)"},
      {"< limits.min_age", "(tests (test < (. min_age limits)))"},
      {"\"a\", \"b\"", "(tests 'a' 'b')"},
      {"not(\"a\", < 3)", "(not-tests (tests 'a' (test < 3)))"},
      {"not(a) or b", nullptr},
      {"[1..5), > 7", "(tests (range [) 1 5) (test > 7))"},
      {"? > 5", "(tests (> ? 5))"},
      {"(1..5)", "(tests (range () 1 5))"},
      {"1,", nullptr},
      {"< ", nullptr},
  };
  for (const Case& c : cases) {
    const auto feel = parse_cell(c.text);
    if (c.shape) {
      ASSERT_TRUE(feel) << c.text << ": " << feel.error().en;
      EXPECT_EQ(shape(feel->tree), c.shape) << c.text;
    } else {
      EXPECT_FALSE(feel) << c.text << ": " << shape(feel->tree);
    }
  }
}

TEST(FeelParser, an_error_says_where_and_what_was_expected) {
  struct Error {
    const char* text;
    int line, column;
    const char* en;
  };
  const Error cases[] = {
      {"1 +", 1, 4, "The expression ends too early: a value is expected here."},
      {"if a\nthen b", 2, 7, "The expression ends too early: else is expected here."},
      {"a b", 1, 3, "\"b\" does not fit here: the end of the expression is expected."},
      {"f(1, x: 2)", 1, 1, "Arguments with and without names are mixed. Write all in the same way."},
      {"\"abc", 1, 1, "The quotation mark is never closed. Put a \" at the end of the text."},
      {"\"\\u12\"", 1, 4, "After \\u there must be four hexadecimal digits (six after \\U)."},
  };
  for (const Error& c : cases) {
    const auto feel = parse_expression(c.text);
    ASSERT_FALSE(feel) << c.text;
    EXPECT_EQ(feel.error().line, c.line) << c.text;
    EXPECT_EQ(feel.error().column, c.column) << c.text;
    EXPECT_EQ(feel.error().en, c.en) << c.text;
  }
}

TEST(FeelParser, nodes_know_the_text_they_came_from) {
  const auto feel = parse_expression("if p.age >= 20 then true else false");
  ASSERT_TRUE(feel);
  EXPECT_EQ(feel->quote(feel->tree.children[0]), "p.age >= 20");
}

TEST(FeelParser, deep_and_long_texts_are_refused_and_never_exhaust_the_stack) {
  const auto repeat = [](std::string_view piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
  };
  const std::pair<const char*, std::string> cases[] = {{"brackets", repeat("(", 100000)},
                                                       {"lists", repeat("[", 100000)},
                                                       {"contexts", repeat("{a:", 60000)},
                                                       {"minus signs", repeat("-", 100000)},
                                                       {"a chain", "1" + repeat("+1", 100000)},
                                                       {"ifs", repeat("if a then ", 20000)},
                                                       {"filters", "a" + repeat("[1]", 60000)},
                                                       {"in brackets", repeat("a in (", 30000)},
                                                       {"a megabyte", repeat("a", 1 << 20)},
                                                       {"types", "a instance of " + repeat("list<", 40000)},
                                                       {"functions", repeat("function(a) ", 15000)},
                                                       {"tests in brackets", repeat("(<", 100000)},
                                                       {"ranges in ranges", repeat("]1..", 50000)}};
  for (const auto& [what, text] : cases) {
    EXPECT_FALSE(parse_expression(text)) << what;
    EXPECT_FALSE(parse_cell(text)) << what;
  }
  EXPECT_TRUE(parse_expression(repeat("(", 200) + "1" + repeat(")", 200)));
}

}  // namespace
}  // namespace dmn
