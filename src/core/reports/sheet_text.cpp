#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "core/reports/sheet.h"

namespace horisont {
namespace {

// Everything is appended in place: a large report has millions of cells.
// `slash` too where "/" separates the parts of a cell.
void add_escaped(std::string& out, std::string_view text, bool slash = false) {
  for (const char c : text) switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '/':
        out += slash ? "\\/" : "/";
        break;
      default:
        out += c;
    }
}

void add_number(std::string& out, std::int64_t number) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void add_two_digits(std::string& out, int n) {
  if (n < 10) out += '0';
  add_number(out, n);
}

struct CellText {
  std::string& out;

  void operator()(std::monostate) const { out += "e:"; }
  void operator()(const std::string& text) const { plain(text); }
  void operator()(std::int64_t number) const { counted("i:", number); }
  void operator()(Minutes minutes) const { counted("m:", minutes.count()); }
  void operator()(Money money) const { counted("c:SEK:", money.ore()); }
  void operator()(Date day) const { (out += "d:") += day.iso(); }
  void operator()(Month month) const { (out += "d:") += month.iso(); }
  void operator()(Clock clock) const {
    out += "t:";
    add_two_digits(out, clock.minute / 60);
    out += ':';
    add_two_digits(out, clock.minute % 60);
  }
  void operator()(Ratio ratio) const {
    counted("r:", ratio.numerator);
    counted("/", ratio.denominator);
  }
  void operator()(const Reference& reference) const { plain(reference.text); }
  void operator()(const Identity& identity) const { plain(identity.digits); }
  void operator()(const Choice& choice) const {
    part("k:", choice.list);
    part("/", choice.word);
  }
  void operator()(const Hash& hash) const { plain(hash.hex); }
  void operator()(YesNo answer) const { out += answer == YesNo::Yes ? "y:yes" : answer == YesNo::No ? "y:no" : "y:unknown"; }
  void operator()(Verdict verdict) const { (out += "v:") += name_of(verdict); }
  void operator()(const Message& message) const {
    part("x:", message.id);
    for (const std::string& value : message.values) part("/", value);
  }
  void operator()(const Bilingual& text) const {
    part("b:", text.sv);
    part("/", text.en);
  }

 private:
  void plain(std::string_view text) const {
    out += "s:";
    add_escaped(out, text);
  }
  void part(const char* before, std::string_view text) const {
    out += before;
    add_escaped(out, text, true);
  }
  void counted(const char* before, std::int64_t number) const {
    out += before;
    add_number(out, number);
  }
};

constexpr std::array<std::string_view, 9> role_names = {"title",    "subtitle", "label", "heading", "body",
                                                        "subtotal", "total",    "note",  "control"};
std::string_view name_of(Role role) { return role_names[static_cast<std::size_t>(role)]; }

void add_line(std::string& text, Role role, const std::vector<Cell>& cells) {
  text += name_of(role);
  for (const Cell& cell : cells) {
    text += '\t';
    std::visit(CellText{text}, cell.value);
  }
  text += '\n';
}

// The parts of a text between separators, their escapes undone.
std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == separator) {
      parts.emplace_back();
    } else if (text[i] == '\\' && i + 1 < text.size()) {
      const char escaped = text[++i];
      parts.back() += escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped;
    } else {
      parts.back() += text[i];
    }
  }
  return parts;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<Cell::Value> value_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view kind = text.substr(0, colon);
  std::string_view rest = text.substr(colon + 1);
  const auto number = [&](auto&& make) -> std::optional<Cell::Value> {
    if (const auto value = number_in(rest)) return make(*value);
    return std::nullopt;
  };
  if (kind == "e") return Cell::Value{};
  if (kind == "s") return Cell::Value{parts_of(rest, '\0').front()};
  if (kind == "i") return number([](std::int64_t n) { return Cell::Value{n}; });
  if (kind == "m") return number([](std::int64_t n) { return Cell::Value{Minutes{n}}; });
  if (kind == "c") {
    if (!rest.starts_with("SEK:")) return std::nullopt;
    rest.remove_prefix(4);
    return number([](std::int64_t n) { return Cell::Value{Money::of_ore(n)}; });
  }
  if (kind == "d") {
    if (const auto day = Date::parse(rest)) return Cell::Value{*day};
    if (const auto month = Month::parse(rest)) return Cell::Value{*month};
    return std::nullopt;
  }
  if (kind == "t") {
    const auto hour = number_in(rest.substr(0, 2)), minute = rest.size() == 5 ? number_in(rest.substr(3)) : std::nullopt;
    if (!hour || !minute) return std::nullopt;
    return Cell::Value{Clock{static_cast<std::int16_t>(*hour * 60 + *minute)}};
  }
  if (kind == "r") {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const auto above = number_in(rest.substr(0, slash)), below = number_in(rest.substr(std::min(slash + 1, rest.size())));
    if (!above || !below) return std::nullopt;
    return Cell::Value{Ratio{*above, *below}};
  }
  if (kind == "y")
    return Cell::Value{rest == "yes" ? YesNo::Yes : rest == "no" ? YesNo::No : YesNo::Unknown};
  if (kind == "v") {
    for (const Verdict verdict : {Verdict::Eligible, Verdict::EligibleWithRemarks, Verdict::NotEligible, Verdict::Undecided})
      if (name_of(verdict) == rest) return Cell::Value{verdict};
    return std::nullopt;
  }
  std::vector<std::string> parts = parts_of(rest, '/');
  if (kind == "k" && parts.size() == 2) return Cell::Value{Choice{std::move(parts[0]), std::move(parts[1])}};
  if (kind == "b" && parts.size() == 2) return Cell::Value{Bilingual{std::move(parts[0]), std::move(parts[1])}};
  if (kind == "x") {
    Message message{std::move(parts.front()), {}};
    message.values.assign(std::make_move_iterator(parts.begin() + 1), std::make_move_iterator(parts.end()));
    return Cell::Value{std::move(message)};
  }
  return std::nullopt;
}

// Cuts the piece before the next `separator` off the front of `rest`.
std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), end + 1));
  return piece;
}

}  // namespace

std::string to_text(const Sheet& sheet) {
  std::string text = "sheet\t";
  add_escaped(text, sheet.id);
  text += "\nheading";
  for (const std::string& field : sheet.fields) {
    text += "\ts:";
    add_escaped(text, field);
  }
  text += '\n';
  std::size_t row = 0;
  each_row(sheet, [&](const std::vector<Cell>& cells) { add_line(text, role_of(sheet, row++), cells); });
  if (!sheet.totals.empty()) add_line(text, Role::Total, sheet.totals);
  return text;
}

std::string to_text(const Report& report) {
  std::string text = "horisont-sheet-text/1\n";
  for (const Sheet& sheet : report.sheets) text += to_text(sheet);
  return text + "end\n";
}

std::optional<std::vector<Sheet>> sheets_of(std::string_view text) {
  std::vector<Sheet> sheets;
  if (cut(text, '\n') != "horisont-sheet-text/1") return std::nullopt;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    if (line == "end") return text.empty() ? std::optional(std::move(sheets)) : std::nullopt;
    const std::string_view word = cut(line, '\t');
    if (word == "sheet") {
      sheets.emplace_back().id = parts_of(line, '\0').front();
      std::string_view heading = cut(text, '\n');
      if (cut(heading, '\t') != "heading") return std::nullopt;
      while (!heading.empty()) {
        const auto field = value_of(cut(heading, '\t'));
        if (!field || !std::holds_alternative<std::string>(*field)) return std::nullopt;
        sheets.back().fields.push_back(std::get<std::string>(*field));
      }
      continue;
    }
    if (sheets.empty()) return std::nullopt;
    Sheet& sheet = sheets.back();
    std::vector<Cell> row;
    row.reserve(sheet.fields.size());
    while (!line.empty()) {
      auto value = value_of(cut(line, '\t'));
      if (!value) return std::nullopt;
      row.push_back({std::move(*value), {}, Cell::Counted::None});
    }
    const auto role = std::find(std::begin(role_names), std::end(role_names), word);
    if (role == std::end(role_names) || row.size() != sheet.fields.size()) return std::nullopt;
    const auto of_row = static_cast<Role>(role - std::begin(role_names));
    if (of_row != Role::Body && sheet.roles.empty()) sheet.roles.assign(sheet.rows.size(), Role::Body);
    if (of_row != Role::Body || !sheet.roles.empty()) sheet.roles.push_back(of_row);
    sheet.rows.push_back(std::move(row));
  }
  return std::nullopt;
}

}  // namespace horisont
