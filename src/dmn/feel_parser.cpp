#include "dmn/feel_parser.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace dmn {
namespace {

// The code point at `at` and its length in bytes; a damaged sequence counts as one byte of no meaning.
std::pair<char32_t, std::size_t> code_point(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
  const auto tail = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3Fu); };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const char32_t b = byte(at);
  if (b < 0x80) return {b, 1};
  if ((b >> 5) == 6 && is_tail(at + 1)) return {((b & 0x1F) << 6) | tail(at + 1), 2};
  if ((b >> 4) == 14 && is_tail(at + 1) && is_tail(at + 2)) return {((b & 0xF) << 12) | (tail(at + 1) << 6) | tail(at + 2), 3};
  if ((b >> 3) == 30 && is_tail(at + 1) && is_tail(at + 2) && is_tail(at + 3))
    return {((b & 7) << 18) | (tail(at + 1) << 12) | (tail(at + 2) << 6) | tail(at + 3), 4};
  return {0xFFFD, 1};
}

bool is_space(char32_t c) {
  return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The end of the white space and comments that begin at `at`.
std::size_t skip_space(std::string_view s, std::size_t at) {
  while (at < s.size()) {
    const auto [c, length] = code_point(s, at);
    if (is_space(c)) {
      at += length;
    } else if (s.substr(at, 2) == "//") {
      at = std::min(s.find('\n', at), s.size());
    } else if (s.substr(at, 2) == "/*") {
      const std::size_t close = s.find("*/", at + 2);
      if (close == std::string_view::npos) return at;  // the parser says that / is not expected here
      at = close + 2;
    } else {
      break;
    }
  }
  return at;
}

// The end of the word that begins at `at`; `at` itself when none does.
std::size_t word_end(std::string_view s, std::size_t at) {
  const std::size_t begin = at;
  while (at < s.size()) {
    const auto [c, length] = code_point(s, at);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?' || (c >= 0x80 && !is_space(c));
    if (!letter && !(at > begin && c >= '0' && c <= '9')) break;
    at += length;
  }
  return at;
}

// Words, digit runs and single other characters.
std::size_t piece_end(std::string_view s, std::size_t at) {
  if (const std::size_t end = word_end(s, at); end > at) return end;
  std::size_t end = at;
  while (end < s.size() && is_digit(s[end])) ++end;
  return std::max(end, at + 1);
}

constexpr std::array built_in_names{"date and time",
                                    "years and months duration",
                                    "days and time duration",
                                    "string length",
                                    "upper case",
                                    "lower case",
                                    "substring before",
                                    "substring after",
                                    "starts with",
                                    "ends with",
                                    "list contains",
                                    "list replace",
                                    "insert before",
                                    "index of",
                                    "distinct values",
                                    "get value",
                                    "get entries",
                                    "context put",
                                    "context merge",
                                    "day of year",
                                    "day of week",
                                    "month of year",
                                    "week of year",
                                    "met by",
                                    "overlaps before",
                                    "overlaps after",
                                    "overlapped by",
                                    "overlapped before by",
                                    "overlapped after by",
                                    "finished by",
                                    "started by",
                                    "round up",
                                    "round down",
                                    "round half up",
                                    "round half down",
                                    "string join",
                                    "time offset",
                                    "start included",
                                    "end included"};

bool is_keyword(std::string_view word) {
  static constexpr std::array words{"true", "false",  "null", "and",   "or",        "if",      "then",     "else",    "for",
                                    "in",   "return", "some", "every", "satisfies", "between", "instance", "function"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6)), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3F)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

struct Token {
  enum class Is { End, Word, Number, String, Sign } is = Is::End;
  std::string_view text;  // of the source
  std::size_t begin = 0, end = 0;
};

// Thrown inside this file only; the two public functions turn it into a FeelError.
struct Stop {
  std::size_t at;
  std::string sv, en;
};

class Parser {
 public:
  Parser(std::string_view source, const FeelNames& built_ins, const FeelNames& names, FeelLimits limits)
      : source_(source), built_ins_(built_ins), names_(names), limits_(limits) {
    if (source.size() > limits.bytes)
      throw Stop{0, "Uttrycket är för långt (" + std::to_string(source.size()) + " byte). Dela upp det.",
                 "The expression is too long (" + std::to_string(source.size()) + " bytes). Split it."};
  }

  Node whole_expression() {
    Node node = expression();
    expect_end();
    return node;
  }

  Node whole_cell() {
    const Token first = peek();
    if (first.is == Token::Is::End) return make(Kind::Anything, 0, {});
    if (first.text == "-" && skip_space(source_, first.end) == source_.size()) {
      next();
      return make(Kind::Anything, first.begin, {});
    }
    if (first.text == "not" && sign_follows(first.end, '(')) {
      next(), next();
      Node inner = tests(")");
      expect(")");
      std::vector<Node> children;
      children.push_back(std::move(inner));
      Node node = make(Kind::NotTests, first.begin, std::move(children));
      expect_end();
      return node;
    }
    Node node = tests("");
    expect_end();
    return node;
  }

 private:
  // Reading tokens

  Token read(std::size_t at) const {
    Token token;
    token.begin = at = skip_space(source_, at);
    if (at >= source_.size()) return token.end = at, token;
    const char c = source_[at];
    const char after = at + 1 < source_.size() ? source_[at + 1] : '\0';
    if (is_digit(c) || (c == '.' && is_digit(after))) {
      token.is = Token::Is::Number;
      token.end = number_end(at);
    } else if (c == '"') {
      token.is = Token::Is::String;
      token.end = string_end(at);
    } else if (const std::size_t end = word_end(source_, at); end > at) {
      token.is = Token::Is::Word;
      token.end = end;
    } else {
      token.is = Token::Is::Sign;
      static constexpr std::array<std::string_view, 6> twos{"..", "**", "<=", ">=", "!=", "->"};
      const bool two = std::find(twos.begin(), twos.end(), source_.substr(at, 2)) != twos.end();
      token.end = at + (two ? 2 : 1);
    }
    token.text = source_.substr(token.begin, token.end - token.begin);
    return token;
  }

  std::size_t number_end(std::size_t at) const {
    const auto digits = [&](std::size_t i) {
      while (i < source_.size() && is_digit(source_[i])) ++i;
      return i;
    };
    std::size_t end = digits(at);
    if (end + 1 < source_.size() && source_[end] == '.' && is_digit(source_[end + 1])) end = digits(end + 1);
    if (end < source_.size() && (source_[end] == 'e' || source_[end] == 'E')) {
      std::size_t exponent = end + 1;
      if (exponent < source_.size() && (source_[exponent] == '+' || source_[exponent] == '-')) ++exponent;
      if (exponent < source_.size() && is_digit(source_[exponent])) end = digits(exponent);
    }
    return end;
  }

  std::size_t string_end(std::size_t at) const {
    for (std::size_t i = at + 1; i < source_.size(); ++i) {
      if (source_[i] == '\\')
        ++i;
      else if (source_[i] == '"')
        return i + 1;
    }
    throw Stop{at, "Citattecknet stängs aldrig. Sätt ett \" i slutet av texten.",
               "The quotation mark is never closed. Put a \" at the end of the text."};
  }

  const Token& peek() {
    if (!peeked_) token_ = read(at_), peeked_ = true;
    return token_;
  }
  Token next() {
    const Token token = peek();
    at_ = token.end;
    last_end_ = token.end;
    peeked_ = false;
    return token;
  }
  bool at_sign(std::string_view sign) { return peek().is == Token::Is::Sign && peek().text == sign; }
  bool at_word(std::string_view word) { return peek().is == Token::Is::Word && peek().text == word; }
  bool accept(std::string_view sign) { return at_sign(sign) && (next(), true); }
  bool accept_word(std::string_view word) { return at_word(word) && (next(), true); }
  bool sign_follows(std::size_t at, char sign) const {
    at = skip_space(source_, at);
    return at < source_.size() && source_[at] == sign;
  }

  [[noreturn]] void unexpected(std::string_view wanted_sv, std::string_view wanted_en) {
    const Token token = peek();
    const std::string found(token.text);
    if (token.is == Token::Is::End)
      throw Stop{token.begin, "Uttrycket tar slut för tidigt: här väntas " + std::string(wanted_sv) + ".",
                 "The expression ends too early: " + std::string(wanted_en) + " is expected here."};
    throw Stop{token.begin, "”" + found + "” passar inte här: det väntas " + std::string(wanted_sv) + ".",
               "\"" + found + "\" does not fit here: " + std::string(wanted_en) + " is expected."};
  }
  void expect(std::string_view sign) {
    if (!accept(sign)) unexpected(sign, sign);
  }
  void expect_word(std::string_view word) {
    if (!accept_word(word)) unexpected(word, word);
  }
  void expect_end() {
    if (peek().is != Token::Is::End) unexpected("slutet av uttrycket", "the end of the expression");
  }

  // Making nodes

  [[noreturn]] void too_deep(std::size_t at) const {
    throw Stop{
        at, "Uttrycket är för djupt eller för långt (gränsen är " + std::to_string(limits_.depth) + " nivåer). Dela upp det.",
        "The expression is too deep or too long (the limit is " + std::to_string(limits_.depth) + " levels). Split it."};
  }
  Node make(Kind kind, std::size_t begin, std::vector<Node> children, std::string text = {}) {
    Node node;
    node.kind = kind;
    node.begin = static_cast<std::uint32_t>(begin);
    node.end = static_cast<std::uint32_t>(std::max(begin, last_end_));
    node.text = std::move(text);
    for (const Node& child : children)
      node.depth = std::max<std::uint16_t>(node.depth, static_cast<std::uint16_t>(child.depth + 1));
    if (node.depth > limits_.depth) too_deep(begin);
    node.children = std::move(children);
    return node;
  }
  template <class... Children>
  Node make_of(Kind kind, std::size_t begin, Children&&... children) {
    std::vector<Node> all;
    all.reserve(sizeof...(children));
    (all.push_back(std::move(children)), ...);
    return make(kind, begin, std::move(all));
  }
  struct Nesting {
    explicit Nesting(Parser& p) : parser(p) {
      if (++parser.nesting_ > parser.limits_.depth) parser.too_deep(parser.at_);
    }
    ~Nesting() { --parser.nesting_; }
    Parser& parser;
  };

  // Cells

  // One or more tests up to (not including) `close`.
  Node tests(std::string_view close) {
    const std::size_t begin = peek().begin;
    std::vector<Node> all;
    do {
      if (!all.empty() && (peek().is == Token::Is::End || (!close.empty() && at_sign(close))))
        unexpected("ett värde", "a value");
      all.push_back(test());
    } while (accept(","));
    return make(Kind::Tests, begin, std::move(all));
  }
  bool at_comparison() {
    if (peek().is != Token::Is::Sign) return false;
    const std::string_view s = peek().text;
    return s == "<" || s == "<=" || s == ">" || s == ">=" || s == "=" || s == "!=";
  }
  Node compare() {
    const Nesting nesting(*this);
    const Token sign = next();
    Node operand = additive();
    Node node = make_of(Kind::Compare, sign.begin, operand);
    node.text = sign.text;
    return node;
  }
  Node test() { return at_comparison() ? compare() : expression(); }

  // Expressions, from the loosest operator to the tightest

  Node expression() {
    const Nesting nesting(*this);
    Node left = conjunction();
    while (accept_word("or")) {
      Node right = conjunction();
      left = make_of(Kind::Or, left.begin, left, right);
    }
    return left;
  }

  Node conjunction() {
    Node left = comparison();
    while (accept_word("and")) {
      Node right = comparison();
      left = make_of(Kind::And, left.begin, left, right);
    }
    return left;
  }

  Node comparison() {
    Node left = additive();
    while (true) {
      if (at_comparison()) {
        const Token sign = next();
        const Kind kind = sign.text == "<"    ? Kind::Less
                          : sign.text == "<=" ? Kind::LessEqual
                          : sign.text == ">"  ? Kind::Greater
                          : sign.text == ">=" ? Kind::GreaterEqual
                          : sign.text == "="  ? Kind::Equal
                                              : Kind::NotEqual;
        Node right = additive();
        left = make_of(kind, left.begin, left, right);
      } else if (accept_word("between")) {
        Node low = additive();
        expect_word("and");
        Node high = additive();
        left = make_of(Kind::Between, left.begin, left, low, high);
      } else if (at_word("in")) {
        next();
        Node among = in_tests();
        left = make_of(Kind::In, left.begin, left, among);
      } else {
        return left;
      }
    }
  }

  // After `in`: one test, or tests in brackets. `(1..5]` also begins with a bracket.
  Node in_tests() {
    const std::size_t begin = peek().begin;
    if (!at_sign("(")) {
      Node only = at_comparison() ? compare() : additive();
      return make_of(Kind::Tests, begin, only);
    }
    const Nesting nesting(*this);
    next();
    Node first = test();
    if (at_sign("..")) {
      Node range = range_rest(begin, true, std::move(first));
      return make_of(Kind::Tests, begin, range);
    }
    std::vector<Node> all;
    all.push_back(std::move(first));
    while (accept(",")) all.push_back(test());
    expect(")");
    return make(Kind::Tests, begin, std::move(all));
  }

  Node additive() {
    Node left = multiplicative();
    while (at_sign("+") || at_sign("-")) {
      const Kind kind = next().text == "+" ? Kind::Add : Kind::Subtract;
      Node right = multiplicative();
      left = make_of(kind, left.begin, left, right);
    }
    return left;
  }

  Node multiplicative() {
    Node left = power();
    while (at_sign("*") || at_sign("/")) {
      const Kind kind = next().text == "*" ? Kind::Multiply : Kind::Divide;
      Node right = power();
      left = make_of(kind, left.begin, left, right);
    }
    return left;
  }

  Node power() {
    Node left = negation();
    while (accept("**")) {
      Node right = negation();
      left = make_of(Kind::Power, left.begin, left, right);
    }
    return left;
  }

  Node negation() {
    if (!at_sign("-")) return instance_of();
    const Nesting nesting(*this);
    const std::size_t begin = next().begin;
    Node operand = negation();
    return make_of(Kind::Negate, begin, operand);
  }

  Node instance_of() {
    Node value = postfix();
    while (accept_word("instance")) {
      expect_word("of");
      Node type_node = type();
      value = make_of(Kind::InstanceOf, value.begin, value, type_node);
    }
    return value;
  }

  Node postfix() {
    Node value = primary();
    while (true) {
      if (accept(".")) {
        std::string name = member_name();
        value = make_of(Kind::Path, value.begin, value);
        value.text = std::move(name);
      } else if (at_sign("[") && !closes_range()) {
        const std::size_t outer_range = std::exchange(in_range_, 0);
        next();
        Node condition = expression();
        expect("]");
        in_range_ = outer_range;
        value = make_of(Kind::Filter, value.begin, value, condition);
      } else if (at_sign("(")) {
        value = call(std::move(value));
      } else {
        return value;
      }
    }
  }

  // `]1..10[`: the last bracket closes the range unless something that can begin a filter follows it.
  bool closes_range() {
    if (in_range_ == 0) return false;
    const Token after = read(peek().end);
    if (after.is == Token::Is::End) return true;
    if (after.is == Token::Is::Word)
      return after.text == "and" || after.text == "or" || after.text == "then" || after.text == "else" || after.text == "in" ||
             after.text == "between" || after.text == "instance" || after.text == "return" || after.text == "satisfies";
    return after.is == Token::Is::Sign && after.text != "-" && after.text != "(" && after.text != "[" && after.text != "{" &&
           after.text != "@";
  }

  std::string member_name() {
    const Token token = peek();
    std::string name;
    if (const std::size_t length = match_name(token.begin, name)) {
      take(token.begin, length);
      return name;
    }
    if (token.is != Token::Is::Word) unexpected("ett namn", "a name");
    // An undeclared member may have several words as well; two words side by side can be nothing else.
    name = next().text;
    while (peek().is == Token::Is::Word && !is_keyword(peek().text)) name += " " + std::string(next().text);
    return name;
  }

  Node call(Node function) {
    const std::size_t outer_range = std::exchange(in_range_, 0);
    expect("(");
    const std::size_t begin = function.begin;
    std::vector<Node> all;
    all.push_back(std::move(function));
    if (!at_sign(")")) {
      do {
        const Token token = peek();
        if (const std::size_t name_end = key_end(token.begin); name_end > 0) {
          std::string name = normal(source_.substr(token.begin, name_end - token.begin));
          take(token.begin, name_end - token.begin);
          expect(":");
          Node value = expression();
          Node argument = make_of(Kind::NamedArgument, token.begin, value);
          argument.text = std::move(name);
          all.push_back(std::move(argument));
        } else {
          all.push_back(expression());
        }
      } while (accept(","));
    }
    expect(")");
    in_range_ = outer_range;
    const bool named = std::any_of(all.begin() + 1, all.end(), [](const Node& n) { return n.kind == Kind::NamedArgument; });
    const bool plain = std::any_of(all.begin() + 1, all.end(), [](const Node& n) { return n.kind != Kind::NamedArgument; });
    if (named && plain)
      throw Stop{begin, "Argument med och utan namn blandas. Skriv alla på samma sätt.",
                 "Arguments with and without names are mixed. Write all in the same way."};
    return make(Kind::Call, begin, std::move(all));
  }

  // The end of the name that begins at `at` and is followed by a colon (an argument or entry), or 0. Only words, spaces and the
  // signs that a name may hold can stand before it.
  std::size_t key_end(std::size_t at) const {
    if (word_end(source_, at) == at) return 0;
    std::size_t end = at;
    while (at < source_.size()) {
      const std::size_t after = skip_space(source_, at);
      if (after < source_.size() && source_[after] == ':') return end;
      const std::size_t piece = piece_end(source_, after);
      const bool fits = after < source_.size() && (word_end(source_, after) > after || is_digit(source_[after]) ||
                                                   std::string_view("./-'+*").find(source_[after]) != std::string_view::npos);
      if (!fits) return 0;
      at = end = piece;
    }
    return 0;
  }

  static std::string normal(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size();) {
      const auto [c, length] = code_point(name, i);
      if (!is_space(c))
        out += name.substr(i, length);
      else if (!out.empty() && out.back() != ' ')
        out += ' ';
      i += length;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
  }

  std::size_t match_name(std::size_t at, std::string& name) const {
    std::size_t longest = 0;
    for (const FeelNames* names : {&built_ins_, &names_, &own_}) {
      std::string found;
      if (const std::size_t length = names->match(source_, at, found); length > longest)
        longest = length, name = std::move(found);
    }
    return longest;
  }
  void take(std::size_t begin, std::size_t length) {
    at_ = last_end_ = begin + length;
    peeked_ = false;
  }

  Node primary() {
    const Token token = peek();
    switch (token.is) {
      case Token::Is::End:
        unexpected("ett värde", "a value");
      case Token::Is::Number:
        next();
        return make(Kind::Number, token.begin, {}, std::string(token.text));
      case Token::Is::String:
        next();
        return make(Kind::String, token.begin, {}, unescaped(token));
      case Token::Is::Word:
        return word(token);
      case Token::Is::Sign:
        break;
    }
    if (token.text == "@") {
      next();
      if (peek().is != Token::Is::String) unexpected("en text i citattecken", "a text in quotation marks");
      const Token text = next();
      return make(Kind::At, token.begin, {}, unescaped(text));
    }
    if (token.text == "(") return bracketed();
    if (token.text == "[") return list_or_range();
    if (token.text == "{") return context();
    if (token.text == "]") {
      next();
      return range_rest(token.begin, true, range_end());
    }
    unexpected("ett värde", "a value");
  }

  Node word(const Token& token) {
    std::string name;
    if (const std::size_t length = match_name(token.begin, name); length > token.text.size()) {
      take(token.begin, length);
      return make(Kind::Name, token.begin, {}, std::move(name));
    }
    const std::string_view w = token.text;
    if (w == "true" || w == "false") return next(), make(Kind::Boolean, token.begin, {}, std::string(w));
    if (w == "null") return next(), make(Kind::Null, token.begin, {});
    if (w == "if") return conditional();
    if (w == "for") return iteration(Kind::For, "return");
    if (w == "some") return iteration(Kind::Some, "satisfies");
    if (w == "every") return iteration(Kind::Every, "satisfies");
    if (w == "function" && sign_follows(token.end, '(')) return function();
    if (is_keyword(w)) unexpected("ett värde", "a value");
    next();
    return make(Kind::Name, token.begin, {}, std::string(w));
  }

  Node conditional() {
    const Nesting nesting(*this);
    const std::size_t begin = next().begin;
    Node condition = expression();
    expect_word("then");
    Node then = expression();
    expect_word("else");
    Node otherwise = expression();
    return make_of(Kind::If, begin, condition, then, otherwise);
  }

  Node iteration(Kind kind, std::string_view last) {
    const Nesting nesting(*this);
    const std::size_t begin = next().begin;
    std::vector<Node> children;
    do {
      const std::size_t at = peek().begin;
      std::string name = declared_name("in");
      expect_word("in");
      Node domain = additive();
      Node iterator;
      if (accept("..")) {
        Node to = additive();
        iterator = make_of(Kind::Iterator, at, domain, to);
      } else {
        iterator = make_of(Kind::Iterator, at, domain);
      }
      own_.add(name);
      iterator.text = std::move(name);
      children.push_back(std::move(iterator));
    } while (accept(","));
    if (kind == Kind::For) own_.add("partial");
    expect_word(last);
    children.push_back(expression());
    return make(kind, begin, std::move(children));
  }

  // A name where it is declared: every word up to the one that ends it.
  std::string declared_name(std::string_view until) {
    if (peek().is != Token::Is::Word) unexpected("ett namn", "a name");
    const std::size_t begin = peek().begin;
    next();
    while (peek().is != Token::Is::End && !at_word(until) && !at_sign(":") && !at_sign(",") && !at_sign(")")) next();
    return normal(source_.substr(begin, last_end_ - begin));
  }

  Node function() {
    const Nesting nesting(*this);
    const std::size_t begin = next().begin;
    expect("(");
    std::vector<Node> children;
    if (!at_sign(")")) {
      do {
        const std::size_t at = peek().begin;
        std::string name = declared_name(":");
        Node parameter;
        if (accept(":")) {
          Node of = type();
          parameter = make_of(Kind::Parameter, at, of);
        } else {
          parameter = make(Kind::Parameter, at, {});
        }
        own_.add(name);
        parameter.text = std::move(name);
        children.push_back(std::move(parameter));
      } while (accept(","));
    }
    expect(")");
    const bool external = accept_word("external");
    children.push_back(expression());
    return make(Kind::Function, begin, std::move(children), external ? "external" : "");
  }

  Node type() {
    const Nesting nesting(*this);
    const Token token = peek();
    if (token.is == Token::Is::Word && (token.text == "list" || token.text == "range") && sign_follows(token.end, '<')) {
      next(), next();
      Node of = type();
      expect(">");
      Node node = make_of(Kind::Type, token.begin, of);
      node.text = token.text;
      return node;
    }
    if (token.text == "context" && sign_follows(token.end, '<')) {
      next(), next();
      std::vector<Node> entries;
      if (!at_sign(">")) do {
          const std::size_t at = peek().begin;
          std::string name = declared_name(":");
          expect(":");
          Node of = type();
          Node entry = make_of(Kind::Entry, at, of);
          entry.text = std::move(name);
          entries.push_back(std::move(entry));
        } while (accept(","));
      expect(">");
      return make(Kind::Type, token.begin, std::move(entries), "context");
    }
    if (token.text == "function" && sign_follows(token.end, '<')) {
      next(), next();
      std::vector<Node> all;
      if (!at_sign(">")) do
          all.push_back(type());
        while (accept(","));
      expect(">");
      expect("->");
      all.push_back(type());
      return make(Kind::Type, token.begin, std::move(all), "function");
    }
    std::string name = member_name();
    while (accept(".")) name += "." + member_name();
    return make(Kind::Type, token.begin, {}, std::move(name));
  }

  // After "(": a comparison as a range, an expression in brackets, or a range that is open at its start.
  Node bracketed() {
    const std::size_t outer_range = std::exchange(in_range_, 0);
    const std::size_t begin = next().begin;
    Node inner = test();
    if (at_sign("..") && inner.kind != Kind::Compare) {
      in_range_ = outer_range;
      return range_rest(begin, true, std::move(inner));
    }
    expect(")");
    in_range_ = outer_range;
    inner.begin = static_cast<std::uint32_t>(begin);
    inner.end = static_cast<std::uint32_t>(last_end_);
    return inner;
  }

  Node list_or_range() {
    const std::size_t outer_range = std::exchange(in_range_, 0);
    const std::size_t begin = next().begin;
    std::vector<Node> items;
    if (!at_sign("]")) {
      do {
        items.push_back(test());
        if (items.size() == 1 && at_sign("..") && items[0].kind != Kind::Compare) {
          in_range_ = outer_range;
          return range_rest(begin, false, std::move(items[0]));
        }
      } while (accept(","));
    }
    expect("]");
    in_range_ = outer_range;
    return make(Kind::List, begin, std::move(items));
  }

  Node range_end() {
    const Nesting nesting(*this);
    ++in_range_;
    Node node = additive();
    --in_range_;
    return node;
  }
  Node range_rest(std::size_t begin, bool open_start, Node from) {
    expect("..");
    Node to = range_end();
    const bool closed = accept("]");
    if (!closed && !accept(")") && !accept("[")) unexpected("] eller )", "] or )");
    Node node = make_of(Kind::Range, begin, from, to);
    node.open_start = open_start;
    node.open_end = !closed;
    return node;
  }

  Node context() {
    const std::size_t outer_range = std::exchange(in_range_, 0);
    const std::size_t begin = next().begin;
    std::vector<Node> entries;
    if (!at_sign("}")) {
      do {
        const Token key = peek();
        std::string name;
        if (key.is == Token::Is::String) {
          next();
          name = unescaped(key);
        } else if (const std::size_t end = key_end(key.begin); end > 0) {
          name = normal(source_.substr(key.begin, end - key.begin));
          take(key.begin, end - key.begin);
        } else {
          unexpected("ett namn och ett kolon", "a name and a colon");
        }
        expect(":");
        Node value = expression();
        own_.add(name);
        Node entry = make_of(Kind::Entry, key.begin, value);
        entry.text = std::move(name);
        entries.push_back(std::move(entry));
      } while (accept(","));
    }
    expect("}");
    in_range_ = outer_range;
    return make(Kind::Context, begin, std::move(entries));
  }

  std::string unescaped(const Token& token) const {
    const std::string_view s = token.text.substr(1, token.text.size() - 2);
    std::string out;
    const auto hex = [&](std::size_t at, std::size_t digits) -> char32_t {
      char32_t value = 0;
      for (std::size_t i = at; i < at + digits; ++i) {
        if (i >= s.size() || !std::isxdigit(static_cast<unsigned char>(s[i])))
          throw Stop{token.begin + 1 + at, "Efter \\u ska det stå fyra hexadecimala siffror (sex efter \\U).",
                     "After \\u there must be four hexadecimal digits (six after \\U)."};
        const char c = s[i];
        value = value * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
      }
      return value;
    };
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (s[i] != '\\') {
        out += s[i];
        continue;
      }
      switch (s[++i]) {
        case 'n':
          out += '\n';
          break;
        case 't':
          out += '\t';
          break;
        case 'r':
          out += '\r';
          break;
        case '"':
        case '\'':
        case '\\':
          out += s[i];
          break;
        case 'u': {
          char32_t c = hex(i + 1, 4);
          i += 4;
          if (c >= 0xD800 && c < 0xDC00 && s.substr(i + 1, 2) == "\\u") {
            const char32_t low = hex(i + 3, 4);
            if (low >= 0xDC00 && low < 0xE000) c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), i += 6;
          }
          append_utf8(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
          break;
        }
        case 'U': {
          const char32_t c = hex(i + 1, 6);
          i += 6;
          append_utf8(out, c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
          break;
        }
        default:
          out += '\\', out += s[i];
      }
    }
    return out;
  }

  std::string_view source_;
  const FeelNames &built_ins_, &names_;
  FeelNames own_;  // declared by the text itself
  FeelLimits limits_;
  std::size_t at_ = 0, last_end_ = 0, in_range_ = 0;
  int nesting_ = 0;
  Token token_;
  bool peeked_ = false;
};

std::vector<std::string> pieces_of(std::string_view name) {
  std::vector<std::string> pieces;
  for (std::size_t at = skip_space(name, 0); at < name.size(); at = skip_space(name, at)) {
    const std::size_t end = piece_end(name, at);
    pieces.emplace_back(name.substr(at, end - at));
    at = end;
  }
  return pieces;
}

}  // namespace

void FeelNames::add(std::string_view name) {
  auto pieces = pieces_of(name);
  if (pieces.size() < 2) return;
  std::vector<Known>& known = by_first_piece_[pieces[0]];
  for (const Known& k : known)
    if (k.pieces == pieces) return;
  known.push_back({std::string(name), std::move(pieces)});
  ++count_;
}

namespace {

const FeelNames& built_ins() {
  static const FeelNames names = [] {
    FeelNames all;
    for (const char* name : built_in_names) all.add(name);
    return all;
  }();
  return names;
}

tl::expected<Feel, FeelError> parse(std::string_view text, const FeelNames& names, FeelLimits limits, bool cell) {
  Feel feel{std::string(text), {}};
  try {
    Parser parser(feel.source, built_ins(), names, limits);
    feel.tree = cell ? parser.whole_cell() : parser.whole_expression();
    return feel;
  } catch (Stop& stop) {
    FeelError error{stop.at, 1, 1, std::move(stop.sv), std::move(stop.en)};
    for (const char c : text.substr(0, std::min(stop.at, text.size()))) {
      if (c == '\n')
        ++error.line, error.column = 1;
      else
        ++error.column;
    }
    return tl::make_unexpected(std::move(error));
  }
}

}  // namespace

std::size_t FeelNames::match(std::string_view source, std::size_t at, std::string& name) const {
  if (at >= source.size()) return 0;
  const auto found = by_first_piece_.find(source.substr(at, piece_end(source, at) - at));
  if (found == by_first_piece_.end()) return 0;
  std::size_t longest = 0;
  for (const Known& known : found->second) {
    std::size_t end = at;
    bool fits = true;
    for (const std::string& piece : known.pieces) {
      const std::size_t begin = end == at ? at : skip_space(source, end);
      if (begin >= source.size() || source.substr(begin, piece_end(source, begin) - begin) != piece) {
        fits = false;
        break;
      }
      end = begin + piece.size();
    }
    if (fits && end - at > longest) longest = end - at, name = known.name;
  }
  return longest;
}

tl::expected<Feel, FeelError> parse_expression(std::string_view text, const FeelNames& names, FeelLimits limits) {
  return parse(text, names, limits, false);
}

tl::expected<Feel, FeelError> parse_cell(std::string_view text, const FeelNames& names, FeelLimits limits) {
  return parse(text, names, limits, true);
}

}  // namespace dmn
