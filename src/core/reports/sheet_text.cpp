#include <array>

#include "core/reports/sheet.h"

namespace horisont {
namespace {

// `slash` too where "/" separates the parts of a cell.
std::string escaped(std::string_view text, bool slash = false) {
  std::string out;
  out.reserve(text.size());
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
  return out;
}

std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

struct CellText {
  std::string operator()(std::monostate) const { return "e:"; }
  std::string operator()(const std::string& text) const { return "s:" + escaped(text); }
  std::string operator()(std::int64_t number) const { return "i:" + std::to_string(number); }
  std::string operator()(Minutes minutes) const { return "m:" + std::to_string(minutes.count()); }
  std::string operator()(Money money) const { return "c:SEK:" + std::to_string(money.ore()); }
  std::string operator()(Date day) const { return "d:" + day.iso(); }
  std::string operator()(Month month) const { return "d:" + month.iso(); }
  std::string operator()(Clock clock) const {
    return "t:" + two_digits(clock.minute / 60) + ":" + two_digits(clock.minute % 60);
  }
  std::string operator()(Ratio ratio) const {
    return "r:" + std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator);
  }
  std::string operator()(const Reference& reference) const { return "s:" + escaped(reference.text); }
  std::string operator()(const Identity& identity) const { return "s:" + escaped(identity.digits); }
  std::string operator()(const Choice& choice) const {
    return "k:" + escaped(choice.list, true) + "/" + escaped(choice.word, true);
  }
  std::string operator()(const Hash& hash) const { return "s:" + escaped(hash.hex); }
  std::string operator()(YesNo answer) const {
    return answer == YesNo::Yes ? "y:yes" : answer == YesNo::No ? "y:no" : "y:unknown";
  }
  std::string operator()(Verdict verdict) const { return "v:" + std::string(name_of(verdict)); }
  std::string operator()(const Message& message) const {
    std::string text = "x:" + escaped(message.id, true);
    for (const std::string& value : message.values) text += "/" + escaped(value, true);
    return text;
  }
  std::string operator()(const Bilingual& text) const { return "b:" + escaped(text.sv, true) + "/" + escaped(text.en, true); }
};

std::string_view name_of(Role role) {
  static constexpr std::array<std::string_view, 9> names = {"title",    "subtitle", "label", "heading", "body",
                                                            "subtotal", "total",    "note",  "control"};
  return names[static_cast<std::size_t>(role)];
}

void add_line(std::string& text, Role role, const std::vector<Cell>& cells) {
  text += name_of(role);
  for (const Cell& cell : cells) text += "\t" + std::visit(CellText{}, cell.value);
  text += "\n";
}

}  // namespace

std::string to_text(const Sheet& sheet) {
  std::string text = "sheet\t" + escaped(sheet.id) + "\nheading";
  for (const std::string& field : sheet.fields) text += "\ts:" + escaped(field);
  text += "\n";
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
