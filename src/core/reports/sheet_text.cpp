#include <array>
#include <charconv>

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

std::string_view name_of(Role role) {
  static constexpr std::array<std::string_view, 9> names = {"title",    "subtitle", "label", "heading", "body",
                                                            "subtotal", "total",    "note",  "control"};
  return names[static_cast<std::size_t>(role)];
}

void add_line(std::string& text, Role role, const std::vector<Cell>& cells) {
  text += name_of(role);
  for (const Cell& cell : cells) {
    text += '\t';
    std::visit(CellText{text}, cell.value);
  }
  text += '\n';
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
  for (std::size_t row = 0; row < sheet.rows.size(); ++row)
    add_line(text, sheet.roles.empty() ? Role::Body : sheet.roles[row], sheet.rows[row]);
  if (!sheet.totals.empty()) add_line(text, Role::Total, sheet.totals);
  return text;
}

std::string to_text(const Report& report) {
  std::string text = "horisont-sheet-text/1\n";
  for (const Sheet& sheet : report.sheets) text += to_text(sheet);
  return text + "end\n";
}

}  // namespace horisont
