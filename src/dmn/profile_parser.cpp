#include "dmn/profile_parser.h"

#include <chrono>
#include <optional>

namespace dmn::profile {
namespace {

struct Token {
  enum class Kind { End, Name, Number, String, Symbol } kind = Kind::End;
  std::string text;
  std::size_t at = 0;
};

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80);
}
bool digit(char c) { return c >= '0' && c <= '9'; }

// The parser of a recursive descent leaves at the first error; nesting is bounded, so that no file can exhaust the stack.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) { advance(); }

  Node whole_expression() {
    Node node = expression();
    if (token_.kind != Token::Kind::End) unexpected();
    return node;
  }

  Node whole_cell() {
    if (is("-") && next_is_end()) return {.kind = Node::Kind::Any};
    Node list{.kind = Node::Kind::OneOf, .at = token_.at};
    list.children.push_back(test());
    while (take(",")) list.children.push_back(test());
    if (token_.kind != Token::Kind::End) unexpected();
    return list.children.size() == 1 ? std::move(list.children[0]) : list;
  }

 private:
  static constexpr int deepest = 64;
  struct Deeper {
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest) parser_.fail("uttrycket är för djupt nästlat", "the expression is nested too deep");
    }
    ~Deeper() { --parser_.depth_; }
    Parser& parser_;
  };

  [[noreturn]] void fail(std::string sv, std::string en) { throw SyntaxError{token_.at, std::move(sv), std::move(en)}; }
  [[noreturn]] void unexpected() {
    if (token_.kind == Token::Kind::End) fail("uttrycket slutar för tidigt", "the expression ends too early");
    fail("oväntat \"" + token_.text + "\"", "unexpected \"" + token_.text + "\"");
  }

  void advance() {
    while (place_ < text_.size() &&
           (text_[place_] == ' ' || text_[place_] == '\n' || text_[place_] == '\r' || text_[place_] == '\t'))
      ++place_;
    token_ = {.at = place_};
    if (place_ == text_.size()) return;
    const char c = text_[place_];
    std::size_t end = place_ + 1;
    if (letter(c)) {
      while (end < text_.size() && (letter(text_[end]) || digit(text_[end]))) ++end;
      token_.kind = Token::Kind::Name;
    } else if (digit(c)) {
      while (end < text_.size() && digit(text_[end])) ++end;
      if (end + 1 < text_.size() && text_[end] == '.' && digit(text_[end + 1])) {
        ++end;
        while (end < text_.size() && digit(text_[end])) ++end;
      }
      token_.kind = Token::Kind::Number;
    } else if (c == '"') {
      std::string value;
      for (; end < text_.size() && text_[end] != '"'; ++end) {
        if (text_[end] == '\\' && end + 1 < text_.size()) ++end;
        value += text_[end];
      }
      if (end == text_.size()) fail("texten saknar slutcitat", "the string has no closing quote");
      token_.kind = Token::Kind::String;
      token_.text = std::move(value);
      place_ = end + 1;
      return;
    } else {
      for (const std::string_view two : {"<=", ">=", "!=", ".."})
        if (text_.substr(place_, 2) == two) end = place_ + 2;
      token_.kind = Token::Kind::Symbol;
    }
    token_.text = std::string(text_.substr(place_, end - place_));
    place_ = end;
  }

  bool is(std::string_view text) const {
    return token_.text == text && token_.kind != Token::Kind::String && token_.kind != Token::Kind::End;
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    advance();
    return true;
  }
  void expect(std::string_view text) {
    if (!take(text)) fail("här väntas \"" + std::string(text) + "\"", "\"" + std::string(text) + "\" is expected here");
  }
  bool next_is_end() const { return text_.find_first_not_of(" \t\r\n", place_) == std::string_view::npos; }

  Node expression() {
    const Deeper deeper{*this};
    if (is("if")) {
      Node node{.kind = Node::Kind::If, .at = token_.at};
      advance();
      node.children.push_back(expression());
      expect("then");
      node.children.push_back(expression());
      expect("else");
      node.children.push_back(expression());
      return node;
    }
    return disjunction();
  }
  Node disjunction() {
    Node left = conjunction();
    while (is("or")) left = join(Node::Kind::Or, std::move(left), [&] { return conjunction(); });
    return left;
  }
  Node conjunction() {
    Node left = comparison();
    while (is("and")) left = join(Node::Kind::And, std::move(left), [&] { return comparison(); });
    return left;
  }
  Node comparison() {
    Node left = sum();
    for (const std::string_view sign : {"=", "!=", "<=", ">=", "<", ">"})
      if (is(sign)) {
        left = join(Node::Kind::Compare, std::move(left), [&] { return sum(); });
        left.text = sign;
        return left;
      }
    if (is("in")) return join(Node::Kind::In, std::move(left), [&] { return interval_or_list(); });
    if (is("between")) {
      Node node{.kind = Node::Kind::Between, .at = token_.at};
      advance();
      node.children.push_back(std::move(left));
      node.children.push_back(sum());
      expect("and");
      node.children.push_back(sum());
      return node;
    }
    return left;
  }
  Node sum() {
    Node left = unary();
    for (;;) {
      if (is("+"))
        left = join(Node::Kind::Add, std::move(left), [&] { return unary(); });
      else if (is("-"))
        left = join(Node::Kind::Subtract, std::move(left), [&] { return unary(); });
      else
        return left;
    }
  }
  Node unary() {
    if (!is("-")) return postfix();
    const Deeper deeper{*this};
    Node node{.kind = Node::Kind::Negate, .at = token_.at};
    advance();
    node.children.push_back(unary());
    return node;
  }
  Node postfix() {
    Node node = primary();
    for (;;) {
      if (is(".")) {
        Node path{.kind = Node::Kind::Path, .at = token_.at};
        advance();
        if (token_.kind != Token::Kind::Name) unexpected();
        path.text = token_.text;
        advance();
        path.children.push_back(std::move(node));
        node = std::move(path);
      } else if (is("[")) {
        Node filter{.kind = Node::Kind::Filter, .at = token_.at};
        advance();
        filter.children.push_back(std::move(node));
        filter.children.push_back(expression());
        expect("]");
        node = std::move(filter);
      } else {
        return node;
      }
    }
  }
  Node primary() {
    const std::size_t at = token_.at;
    switch (token_.kind) {
      case Token::Kind::Number:
        return number();
      case Token::Kind::String: {
        Node node{.kind = Node::Kind::String, .text = token_.text, .at = at};
        advance();
        return node;
      }
      case Token::Kind::Name:
        return name_or_call();
      case Token::Kind::Symbol:
        if (take("(")) {
          Node inner = expression();
          expect(")");
          return inner;
        }
        if (is("[")) {
          Node list{.kind = Node::Kind::List, .at = at};
          advance();
          if (!is("]")) {
            list.children.push_back(expression());
            while (take(",")) list.children.push_back(expression());
          }
          expect("]");
          return list;
        }
        unexpected();
      case Token::Kind::End:
        unexpected();
    }
    unexpected();
  }
  Node number() {
    Node node{.kind = Node::Kind::Number, .text = token_.text, .at = token_.at};
    const std::size_t point = token_.text.find('.');
    const std::string whole = token_.text.substr(0, point);
    std::string decimals = point == std::string::npos ? "" : token_.text.substr(point + 1);
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    if (whole.size() > 11 || decimals.size() > static_cast<std::size_t>(number_decimals))
      fail("talet har fler siffror än regelverk använder", "the number has more digits than rule sets use");
    decimals.resize(static_cast<std::size_t>(number_decimals), '0');
    node.units = std::stoll(whole) * number_scale + std::stoll(decimals);
    advance();
    return node;
  }
  Node name_or_call() {
    Node node{.kind = Node::Kind::Name, .text = token_.text, .at = token_.at};
    advance();
    if (node.text == "null") return {.kind = Node::Kind::Null, .at = node.at};
    if (node.text == "true" || node.text == "false")
      return {.kind = Node::Kind::Boolean, .units = node.text == "true", .at = node.at};
    if (node.text == "list" && is("contains")) node.text = "list contains", advance();
    if (!is("(")) return node;
    node.kind = Node::Kind::Call;
    advance();
    if (!is(")")) {
      node.children.push_back(expression());
      while (take(",")) node.children.push_back(expression());
    }
    expect(")");
    if (node.text == "date") return date(node);
    return node;
  }
  Node date(const Node& call) {
    const auto bad = [&]() -> Node {
      throw SyntaxError{call.at, "date() ska ha en text \"åååå-mm-dd\" med en dag som finns",
                        "date() takes a text \"yyyy-mm-dd\" with a day that exists"};
    };
    if (call.children.size() != 1 || call.children[0].kind != Node::Kind::String) return bad();
    const std::string& text = call.children[0].text;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
    for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
      if (!digit(text[i])) return bad();
    const std::chrono::year_month_day day{std::chrono::year{std::stoi(text)},
                                          std::chrono::month{static_cast<unsigned>(std::stoi(text.substr(5, 2)))},
                                          std::chrono::day{static_cast<unsigned>(std::stoi(text.substr(8, 2)))}};
    if (!day.ok()) return bad();
    return {
        .kind = Node::Kind::Date, .text = text, .units = std::chrono::sys_days{day}.time_since_epoch().count(), .at = call.at};
  }
  Node interval_or_list() {
    const bool bracket = is("["), open = is("(") || is("]");
    if (!bracket && !open) return postfix();
    Node node{.kind = Node::Kind::Interval, .open_low = !bracket, .at = token_.at};
    advance();
    node.children.push_back(sum());
    if (take("..")) {
      node.children.push_back(sum());
      if (take(")") || take("["))
        node.open_high = true;
      else
        expect("]");
      return node;
    }
    node.kind = Node::Kind::List;
    while (take(",")) node.children.push_back(sum());
    expect(bracket ? "]" : ")");
    return node;
  }
  Node test() {
    const Deeper deeper{*this};
    for (const std::string_view sign : {"<=", ">=", "<", ">"})
      if (is(sign)) {
        Node node{.kind = Node::Kind::Test, .text = std::string(sign), .at = token_.at};
        advance();
        node.children.push_back(sum());
        return node;
      }
    if (is("[") || is("(") || is("]")) return interval_or_list();
    Node node{.kind = Node::Kind::Test, .text = "=", .at = token_.at};
    node.children.push_back(sum());
    return node;
  }
  template <class Right>
  Node join(Node::Kind kind, Node left, Right right) {
    Node node{.kind = kind, .at = token_.at};
    advance();
    node.children.push_back(std::move(left));
    node.children.push_back(right());
    return node;
  }

  std::string_view text_;
  std::size_t place_ = 0;
  Token token_;
  int depth_ = 0;
};

}  // namespace

tl::expected<Node, SyntaxError> parse_expression(std::string_view text) {
  try {
    return Parser{text}.whole_expression();
  } catch (const SyntaxError& error) {
    return tl::make_unexpected(error);
  }
}

tl::expected<Node, SyntaxError> parse_cell(std::string_view text) {
  try {
    return Parser{text}.whole_cell();
  } catch (const SyntaxError& error) {
    return tl::make_unexpected(error);
  }
}

}  // namespace dmn::profile
