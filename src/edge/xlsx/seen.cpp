#include "edge/xlsx/seen.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "core/values/column_letters.h"
#include "edge/files/files.h"
#include "edge/xlsx/book.h"
#include "edge/xlsx/form.h"
#include "edge/xlsx/package.h"
#include "edge/xml/xml.h"
#include "edge/zip/zip.h"

namespace horisont {
namespace {

using Attributes = XmlHandler::Attributes;

// By its local name: prefixes of namespaces are the programs' own.
std::string attribute(const Attributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes)
    if (key == name || (key.size() > name.size() && key.ends_with(name) && key[key.size() - name.size() - 1] == ' ')) return std::string(value);
  return {};
}

bool read(const Zip& zip, const std::string& name, const XmlHandler& handler) {
  const ZipEntry* entry = zip.find(name);
  return entry && read_whole(zip, *entry, handler);
}

double number_of(const std::string& text, double otherwise) {
  double number = otherwise;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? number : otherwise;
}

bool is_true(const std::string& text) { return text == "1" || text == "true"; }

// Letters without the blanks and breaks that programs add.
std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') out += c;
  for (const std::string_view written : {"_x000D_", "_x000d_", "_x000A_", "_x000a_"})
    for (std::size_t at = out.find(written); at != out.npos; at = out.find(written, at)) out.erase(at, written.size());
  return out;
}

struct Colour {
  double red = 0, green = 0, blue = 0;  // 0 to 1
};

std::optional<Colour> colour_of(std::string_view hex) {
  if (hex.size() == 8) hex.remove_prefix(2);
  if (hex.size() != 6) return std::nullopt;
  double parts[3];
  for (int i = 0; i < 3; ++i) {
    int part = 0;
    const char* from = hex.data() + 2 * i;
    if (std::from_chars(from, from + 2, part, 16).ec != std::errc{}) return std::nullopt;
    parts[i] = part / 255.0;
  }
  return Colour{parts[0], parts[1], parts[2]};
}

// WCAG 2.1: relative luminance, and the contrast of two.
double luminance(const Colour& colour) {
  const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}
double contrast(const Colour& a, const Colour& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

constexpr Colour black{0, 0, 0}, white{1, 1, 1};
constexpr double least_points = 6, least_contrast = 1.7, least_width = 1.5, least_height = 5;

// What can be told of the looks of each format of cells: empty where its letters can be read.
class Styles {
 public:
  explicit Styles(const Zip& zip) {
    read_theme(zip);
    read_styles(zip);
  }
  std::string faint(std::size_t style) const { return style < faint_.size() ? faint_[style] : std::string(); }

 private:
  void read_theme(const Zip& zip) {
    std::string within;
    static constexpr std::string_view order[] = {"lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"};
    XmlHandler handler;
    handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
      const auto known = std::find(std::begin(order), std::end(order), name);
      if (known != std::end(order)) within = *known;
      if (name != "srgbClr" && name != "sysClr") return;
      const auto place = std::find(std::begin(order), std::end(order), within);
      if (place == std::end(order)) return;
      const std::string hex = name == "srgbClr" ? attribute(attributes, "val") : attribute(attributes, "lastClr");
      const auto at = static_cast<std::size_t>(place - std::begin(order));
      if (const auto colour = colour_of(hex); colour && !theme_.contains(at)) theme_[at] = *colour;
      within.clear();
    };
    read(zip, "xl/theme/theme1.xml", handler);
    theme_.try_emplace(0, white), theme_.try_emplace(1, black);
  }

  // Nothing where it is not known.
  std::optional<Colour> colour(const Attributes& attributes) const {
    if (const std::string rgb = attribute(attributes, "rgb"); !rgb.empty()) return colour_of(rgb);
    std::optional<Colour> found;
    if (const std::string theme = attribute(attributes, "theme"); !theme.empty()) {
      const auto known = theme_.find(static_cast<std::size_t>(number_of(theme, 99)));
      if (known != theme_.end()) found = known->second;
    } else if (const std::string indexed = attribute(attributes, "indexed"); !indexed.empty()) {
      const int index = static_cast<int>(number_of(indexed, -1));
      if (index == 0 || index == 8 || index == 64) found = black;
      if (index == 1 || index == 9 || index == 65) found = white;
    }
    const double tint = number_of(attribute(attributes, "tint"), 0);
    if (found && tint != 0)
      for (double* part : {&found->red, &found->green, &found->blue}) *part = tint > 0 ? *part + (1 - *part) * tint : *part * (1 + tint);
    return found;
  }

  void read_styles(const Zip& zip) {
    struct Font {
      double points = 11;
      std::optional<Colour> colour = black;
    };
    std::vector<Font> fonts;
    std::vector<std::optional<Colour>> fills;  // behind the letters
    std::set<std::string> open;
    XmlHandler handler;
    handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
      open.emplace(name);
      const bool in_fonts = open.contains("fonts"), in_fills = open.contains("fills");
      if (in_fonts && name == "font") fonts.emplace_back();
      if (in_fonts && name == "sz" && !fonts.empty()) fonts.back().points = number_of(attribute(attributes, "val"), 11);
      if (in_fonts && name == "color" && !fonts.empty() && !is_true(attribute(attributes, "auto"))) fonts.back().colour = colour(attributes);
      if (in_fills && name == "fill") fills.emplace_back(white);
      if (in_fills && name == "fgColor" && !fills.empty() && open.contains("solid")) fills.back() = colour(attributes);
      if (in_fills && name == "patternFill" && attribute(attributes, "patternType") == "solid") open.emplace("solid");
      if (name != "xf" || !open.contains("cellXfs")) return;
      const auto at = [&](const char* key) { return static_cast<std::size_t>(std::max(0.0, number_of(attribute(attributes, key), 0))); };
      const Font font = at("fontId") < fonts.size() ? fonts[at("fontId")] : Font{};
      const std::optional<Colour> behind = at("fillId") < fills.size() ? fills[at("fillId")] : std::optional(white);
      std::string& told = faint_.emplace_back();
      if (font.points < least_points) told = std::to_string(static_cast<int>(font.points)) + " pt";
      if (font.colour && behind && contrast(*font.colour, *behind) < least_contrast) told += std::string(told.empty() ? "" : ", ") + "~ 1:1";
    };
    handler.end = [&](std::string_view, std::string_view name) {
      open.erase(std::string(name));
      if (name == "patternFill") open.erase("solid");
    };
    read(zip, "xl/styles.xml", handler);
  }

  std::map<std::size_t, Colour> theme_;
  std::vector<std::string> faint_;
};

// Relationships of a part: type's last word and target.
std::multimap<std::string, std::string> links_of(const Zip& zip, const std::string& part) {
  std::multimap<std::string, std::string> links;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name != "Relationship") return;
    const std::string type = attribute(attributes, "Type"), target = attribute(attributes, "Target");
    const bool outside = attribute(attributes, "TargetMode") == "External";
    links.emplace(type.substr(type.rfind('/') + 1), outside ? target : target_of(part, target));
  };
  read(zip, relations_of(part), handler);
  return links;
}

void read_comments(const Zip& zip, const std::string& part, const std::string& sheet, std::vector<Seen>& all) {
  std::string cell, text;
  bool inside = false, of_text = false;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "comment" || name == "threadedComment") cell = attribute(attributes, "ref"), text.clear(), inside = true;
    of_text = inside && (name == "t" || name == "text");
  };
  handler.end = [&](std::string_view, std::string_view name) {
    of_text = false;
    if (name != "comment" && name != "threadedComment") return;
    all.push_back({Seen::Kind::Comment, sheet + "!" + cell, text}), inside = false;
  };
  handler.text = [&](std::string_view piece) {
    if (of_text) text += piece;
  };
  read(zip, part, handler);
}

// What a chart has kept of the cells that it shows, and its own texts. One without a reference shows what stands in no cell.
void read_chart(const Zip& zip, const std::string& part, std::vector<Seen>& all) {
  std::size_t chart = 1;
  for (const Seen& one : all) chart = std::max(chart, one.chart + 1);
  std::string formula, values, text, place;
  bool in_formula = false, in_value = false, in_text = false, literal = false;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "pt") place = attribute(attributes, "idx");
    if (name == "numRef" || name == "strRef" || name == "multiLvlStrRef") formula.clear(), values.clear(), literal = false;
    if (name == "numLit" || name == "strLit") formula.clear(), values.clear(), literal = true;
    if (name == "f") in_formula = true;
    if (name == "v") in_value = true, values += (values.empty() ? "" : "|") + place + ":";
    if (name == "t") in_text = true, text.clear();
  };
  handler.end = [&](std::string_view, std::string_view name) {
    if (name == "f") in_formula = false;
    if (name == "v") in_value = false;
    if (name == "t") {
      in_text = false;
      if (!without_blanks(text).empty()) all.push_back({Seen::Kind::ChartText, text, text, chart});
    }
    if (name == "numRef" || name == "strRef" || name == "multiLvlStrRef" || ((name == "numLit" || name == "strLit") && literal))
      all.push_back({Seen::Kind::Chart, plain_formula(formula), values, chart});
  };
  handler.text = [&](std::string_view piece) {
    if (in_formula) formula += piece;
    if (in_value) values += piece;
    if (in_text) text += piece;
  };
  read(zip, part, handler);
}

// What lies over the cells and is no chart: each with its text.
void read_drawing(const Zip& zip, const std::string& part, const std::string& sheet, std::vector<Seen>& all) {
  static const std::set<std::string_view> over{"sp", "pic", "cxnSp", "contentPart"};
  std::string text;
  std::int64_t column = -1, row = -1;
  bool shape = false, in_text = false, in_column = false, in_row = false, from = false, chart = false, frame = false;
  const auto place = [&] {
    if (column < 0 || row < 0) return sheet;
    return sheet + "!" + column_letters(static_cast<std::uint64_t>(column + 1)) + std::to_string(row + 1);
  };
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes&, int) {
    if (name.ends_with("Anchor")) column = row = -1, text.clear(), shape = frame = chart = false;
    if (name == "from") from = true;
    in_column = from && name == "col", in_row = from && name == "row";
    shape = shape || over.contains(name), frame = frame || name == "graphicFrame";
    chart = chart || name == "chart";
    if (name == "t") in_text = true;
  };
  handler.end = [&](std::string_view, std::string_view name) {
    if (name == "from") from = false;
    if (name == "t") in_text = false;
    in_column = in_row = false;
    if (name.ends_with("Anchor") && (shape || (frame && !chart))) all.push_back({Seen::Kind::Drawn, place(), text});
  };
  handler.text = [&](std::string_view piece) {
    if (in_text) text += piece;
    if (in_column) column = static_cast<std::int64_t>(number_of(std::string(piece), -1));
    if (in_row) row = static_cast<std::int64_t>(number_of(std::string(piece), -1));
  };
  read(zip, part, handler);
  for (const auto& [type, target] : links_of(zip, part))
    if (type == "chart" || type == "chartEx") read_chart(zip, target, all);
}

// The old form of drawings holds the frames of comments; anything else lies over the cells.
void read_old_drawing(const Zip& zip, const std::string& part, const std::string& sheet, std::vector<Seen>& all) {
  bool note = false, shape = false;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "shape" || name == "rect" || name == "image") shape = true, note = false;
    if (name == "ClientData") note = attribute(attributes, "ObjectType") == "Note";
  };
  handler.end = [&](std::string_view, std::string_view name) {
    if (name != "shape" && name != "rect" && name != "image") return;
    if (shape && !note) all.push_back({Seen::Kind::Drawn, sheet, {}});
    shape = false;
  };
  read(zip, part, handler);
}

bool read_sheet(const Zip& zip, const std::string& part, const std::string& sheet, const Styles& styles, std::vector<Seen>& all) {
  const auto add = [&](Seen::Kind kind, const std::string& cells, std::string what) {
    all.push_back({kind, sheet + (cells.empty() ? "" : "!" + cells), std::move(what)});
  };
  std::string cell, faint, row_number, text, rule_cells;
  double height = 0;
  bool has_cells = false, in_rule = false;
  const auto column = [](int number) { return column_letters(static_cast<std::uint64_t>(std::max(number, 0))); };
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "c") cell = attribute(attributes, "r"), faint = styles.faint(static_cast<std::size_t>(std::max(0.0, number_of(attribute(attributes, "s"), 0))));
    if ((name == "v" || name == "is") && !cell.empty()) {
      has_cells = true;
      if (!faint.empty()) add(Seen::Kind::Faint, cell, faint);
      cell.clear();
    }
    if (name == "row") row_number = attribute(attributes, "r"), height = number_of(attribute(attributes, "ht"), 15), has_cells = false;
    if (name == "sheetFormatPr" && is_true(attribute(attributes, "zeroHeight"))) add(Seen::Kind::Narrow, "", "zeroHeight");
    if (name == "sheetView" && (attribute(attributes, "showZeros") == "0" || attribute(attributes, "showZeros") == "false"))
      add(Seen::Kind::Narrow, "", "showZeros=0");
    if (name == "sheetView" && is_true(attribute(attributes, "showFormulas"))) add(Seen::Kind::Narrow, "", "showFormulas=1");
    if (name == "col" && !is_true(attribute(attributes, "hidden")))
      if (const double width = number_of(attribute(attributes, "width"), 9); width < least_width) {
        const int first = static_cast<int>(number_of(attribute(attributes, "min"), 0)), last = static_cast<int>(number_of(attribute(attributes, "max"), 0));
        add(Seen::Kind::Narrow, column(first) + ":" + column(last), attribute(attributes, "width"));
      }
    if (name == "mergeCell") add(Seen::Kind::Merged, attribute(attributes, "ref"), attribute(attributes, "ref"));
    if (name == "conditionalFormatting") rule_cells = attribute(attributes, "sqref"), text.clear();
    if (name == "cfRule") text += (text.empty() ? "" : "; ") + attribute(attributes, "type");
    if (name == "dataValidation") {
      rule_cells = attribute(attributes, "sqref"), text.clear();
      for (const char* key : {"promptTitle", "prompt", "errorTitle", "error"})
        if (const std::string said = attribute(attributes, key); !said.empty()) text += (text.empty() ? "" : "; ") + said;
    }
    in_rule = name == "formula" || name == "formula1" || name == "formula2";
    if (name == "picture" || name == "oleObject" || name == "control") add(Seen::Kind::Drawn, "", std::string(name));
  };
  handler.end = [&](std::string_view, std::string_view name) {
    in_rule = false;
    if (name == "row" && has_cells && height < least_height) add(Seen::Kind::Narrow, row_number + ":" + row_number, std::to_string(static_cast<int>(height)));
    if (name == "conditionalFormatting") add(Seen::Kind::Conditional, rule_cells, text);
    if (name == "dataValidation") add(Seen::Kind::Validation, rule_cells, text);
  };
  handler.text = [&](std::string_view piece) {
    if (in_rule) (text += text.empty() ? "" : " ") += piece;
  };
  if (!read(zip, part, handler)) return false;
  for (const auto& [type, target] : links_of(zip, part)) {
    if (type == "comments" || type == "threadedComment") read_comments(zip, target, sheet, all);
    if (type == "drawing") read_drawing(zip, target, sheet, all);
    if (type == "vmlDrawing") read_old_drawing(zip, target, sheet, all);
  }
  return true;
}

// "0:12|2:7" by place.
std::map<std::string, std::string> points_of(std::string_view values) {
  std::map<std::string, std::string> points;
  while (!values.empty()) {
    const std::string_view one = values.substr(0, values.find('|'));
    const std::size_t colon = std::min(one.find(':'), one.size());
    points.emplace(one.substr(0, colon), one.substr(std::min(colon + 1, one.size())));
    values.remove_prefix(std::min(one.size() + 1, values.size()));
  }
  return points;
}

// A day as programs write it in words, as the number that it is.
double number_or_day(const std::string& text) {
  const auto day = Date::parse(text.size() == 7 ? text + "-01" : text);
  return day && excel_has(*day) ? excel_serial(*day) : number_of(text, NAN);
}

// Each number that is kept is the one that was made: with more digits or fewer, a day in words; an empty cell, or one of text, of which our
// own charts keep a nought, left out.
bool same_values(const std::string& made, const std::string& found) {
  const auto was = points_of(made), is = points_of(found);
  for (const auto& [place, value] : was)
    if (!without_blanks(value).empty() && number_or_day(value) != 0 && !is.contains(place)) return false;
  for (const auto& [place, value] : is) {
    const auto there = was.find(place);
    if (there == was.end()) return false;
    if (without_blanks(there->second) == without_blanks(value)) continue;
    const double p = number_or_day(there->second), q = number_or_day(value);
    if (!(std::abs(p - q) <= 1e-9 * std::max({1.0, std::abs(p), std::abs(q)}))) return false;
  }
  return true;
}

bool same(const Seen& made, const Seen& found) {
  return made.kind == Seen::Kind::Chart ? same_values(made.what, found.what) : without_blanks(made.what) == without_blanks(found.what);
}

// A section of a number format without what no program needs to write: "[$-41D]", "\-", "_)" and the like.
struct Format {
  std::vector<std::string> sections;
  bool own_words = false;  ///< quoted text, digits that are no places, a sign or a separator that is not the number's own
};
Format parts_of(std::string_view format) {
  Format parts{.sections = {""}};
  // A mark that stands for itself is harmless between the parts of a date and behind a number, not in one; nor a sign before a positive one.
  const auto stands = [&](char mark) {
    const bool in_number = parts.sections.back().find_first_of("0#?") != std::string::npos;
    if ((mark == '.' || mark == ',') && in_number) parts.own_words = true;
    if ((mark == '-' || mark == '(' || mark == '+') && parts.sections.size() == 1 && parts.sections[0].empty()) parts.own_words = true;
  };
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c == '\\' || c == '_' || c == '*') {  // the letter after it, as it is: only marks between parts of a date or number are harmless
      if (++i < format.size() && c == '\\') {
        if (std::string_view("-/.,: ()").find(format[i]) == std::string_view::npos) parts.own_words = true;
        stands(format[i]);
      }
      if (c == '*') parts.own_words = true;
      continue;
    }
    if (c == '"') {
      const std::size_t end = std::min(format.find('"', i + 1), format.size());
      const std::string_view words = format.substr(i + 1, end > i ? end - i - 1 : 0);
      if (std::any_of(words.begin(), words.end(), [](char w) { return std::string_view("-/.,: ()").find(w) == std::string_view::npos; }))
        parts.own_words = true;
      for (const char mark : words) stands(mark);
      i = end;
      continue;
    }
    if (c == '-' || c == '(' || c == '+') stands(c);
    if (c == '[') {
      const std::size_t end = std::min(format.find(']', i), format.size());
      const std::string_view inside = format.substr(i + 1, end > i ? end - i - 1 : 0);
      // Elapsed hours are another value than hours; conditions and colours are other looks.
      if (inside == "h" || inside == "hh" || inside == "H" || inside == "HH") parts.sections.back() += "E";
      else if (!inside.starts_with('$')) parts.own_words = true;
      else if (inside.size() > 1 && inside[1] != '-') parts.own_words = true;
      i = end;
      continue;
    }
    if (c == ';') {
      parts.sections.emplace_back();
      continue;
    }
    if (c >= '1' && c <= '9') parts.own_words = true;
    parts.sections.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return parts;
}

// How a section shows a number: decimals, thousands left out, per cent, the parts of a date.
std::string shows(const std::string& section) {
  const bool date = section.find_first_of("ymdhs") != section.npos && section.find_first_of("0#?") == section.npos;
  if (section == "general" || section == "@" || section.empty()) return "general";
  std::string told;
  if (date || section.starts_with("E")) {
    for (const char c : section)
      if (std::string_view("ymdhsE").find(c) != std::string_view::npos && (told.empty() || told.back() != c)) told += c;
    return told;
  }
  const std::size_t point = section.find('.');
  std::size_t decimals = 0, last = section.find_last_of("0#?");
  if (last == section.npos) return "nothing";
  if (point != section.npos)
    for (std::size_t i = point + 1; i < section.size() && std::string_view("0#?").find(section[i]) != std::string_view::npos; ++i) ++decimals;
  std::size_t scaled = 0;
  for (std::size_t i = last + 1; i < section.size() && section[i] == ','; ++i) ++scaled;
  const auto zeros = std::count(section.begin(), section.begin() + static_cast<std::ptrdiff_t>(std::min(point, section.size())), '0');
  return std::to_string(decimals) + (zeros > 1 ? " noughts" : "") + (scaled > 0 ? " thousands" : "") + (section.find('%') != section.npos ? " per cent" : "") +
         (section.find_first_of("eE/") != section.npos ? " otherwise" : "");
}

}  // namespace

std::optional<std::vector<Seen>> seen_in(const std::filesystem::path& path) {
  const auto zip = Zip::open(read_file(path));
  if (!zip) return std::nullopt;
  const std::string book = "xl/workbook.xml";
  if (!zip->find(book)) return std::nullopt;
  std::vector<Seen> all;
  std::map<std::string, std::string> parts;  // by relationship
  XmlHandler of_links;
  of_links.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "Relationship") parts[attribute(attributes, "Id")] = target_of(book, attribute(attributes, "Target"));
  };
  std::vector<std::pair<std::string, std::string>> sheets;  // name, relationship
  std::string name_of, text;
  bool in_name = false;
  XmlHandler of_book;
  of_book.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "definedName") name_of = attribute(attributes, "name"), text.clear(), in_name = true;
    if (name == "sheet") {
      std::string link;
      for (const auto& [key, value] : attributes)
        if (key.ends_with("relationships id")) link = value;
      sheets.emplace_back(attribute(attributes, "name"), std::move(link));
    }
  };
  of_book.end = [&](std::string_view, std::string_view name) {
    if (name != "definedName") return;
    in_name = false;
    if (!name_of.starts_with("_xlnm.") || name_of == "_xlnm.Print_Area") all.push_back({Seen::Kind::Name, name_of, plain_formula(text)});
  };
  of_book.text = [&](std::string_view piece) {
    if (in_name) text += piece;
  };
  if (!read(*zip, relations_of(book), of_links) || !read(*zip, book, of_book)) return std::nullopt;
  const Styles styles(*zip);
  for (const auto& [name, link] : sheets)
    if (!read_sheet(*zip, parts[link], name, styles, all)) return std::nullopt;
  for (const ZipEntry& entry : zip->entries())
    for (const std::string_view kind : {"xl/vbaProject.bin", "xl/externalLinks/externalLink", "xl/connections.xml", "xl/activeX/", "xl/embeddings/"})
      if (entry.name.starts_with(kind)) all.push_back({Seen::Kind::Part, entry.name, entry.name});
  return all;
}

std::vector<SeenOtherwise> seen_otherwise(const std::vector<Seen>& made, const std::vector<Seen>& found) {
  std::vector<SeenOtherwise> all;
  for (const Seen& one : found) {
    const Seen* there = nullptr;
    bool known = false;
    for (const Seen& other : made)
      if (other.kind == one.kind && other.where == one.where) there = &other, known = known || same(other, one);
    // A place of a chart that has kept nothing shows what is in the cells.
    if (known || (one.kind == Seen::Kind::Chart && there && one.what.empty())) continue;
    all.push_back({one, there ? there->what : std::string()});
  }
  return all;
}

std::vector<SeenMissing> seen_missing(const std::vector<Seen>& made, const std::vector<Seen>& found) {
  const auto has = [](const std::vector<Seen>& all, const Seen& one, std::size_t chart) {
    return std::any_of(all.begin(), all.end(), [&](const Seen& other) {
      return other.kind == one.kind && other.where == one.where && (chart == 0 || other.chart == chart);
    });
  };
  // Each chart of the file is the one that was made with which it has most in common; what no chart of the file is, is gone as a whole.
  std::map<std::size_t, std::map<std::size_t, int>> common;  // of the file, that was made
  for (const Seen& one : found)
    for (const Seen& other : made)
      if (one.kind == Seen::Kind::Chart && other.kind == one.kind && other.where == one.where) ++common[one.chart][other.chart];
  std::map<std::size_t, std::size_t> stays;  // that was made, of the file
  for (const auto& [chart, of_made] : common)
    stays[std::max_element(of_made.begin(), of_made.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first] = chart;
  std::vector<SeenMissing> all;
  for (const Seen& one : made) {
    if (one.kind == Seen::Kind::Faint || one.kind == Seen::Kind::Narrow) continue;
    const auto chart = stays.find(one.chart);
    const bool there = one.chart == 0 ? has(found, one, 0) : chart != stays.end() && has(found, one, chart->second);
    if (!there) all.push_back({one, one.kind == Seen::Kind::Chart && chart != stays.end()});
  }
  return all;
}

bool hides_digits(std::string_view made, std::string_view found) {
  const Format was = parts_of(made), is = parts_of(found);
  if (is.own_words && !was.own_words) return true;
  const std::string as_made = shows(was.sections.front());
  for (std::size_t i = 0; i < is.sections.size() && i < 3; ++i) {
    const std::string section = shows(is.sections[i]);
    // A number shown as it is hides nothing; a section that is empty beside others shows nothing.
    if (is.sections[i].empty() && is.sections.size() > 1) return true;
    if (section != "general" && section != as_made && !(as_made == "general" && section == "0")) return true;
  }
  return false;
}

bool hides_text(std::string_view found) {
  const Format is = parts_of(found);
  const bool of_text = is.sections.back().find('@') != std::string::npos;
  return is.sections.size() < 4 ? of_text && is.own_words : is.own_words || !of_text;
}

}  // namespace horisont
