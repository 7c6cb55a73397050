#include "edge/xlsx/fill.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "edge/xlsx/book.h"
#include "edge/xlsx/package.h"
#include "edge/xlsx/rendering.h"
#include "edge/zip/rewrite.h"
#include "edge/zip/zip.h"

namespace horisont {
namespace {

constexpr std::size_t largest_part = std::size_t{128} << 20;
constexpr unsigned days_between_calendars = 1'462;  // 1 January 1904 in the calendar that begins in 1900

struct Range {
  Address first, last;
  bool holds(Address at) const {
    return at.column >= first.column && at.column <= last.column && at.row >= first.row && at.row <= last.row;
  }
};

struct Reference {
  std::string sheet;  // empty: the one where it stands
  Range range;
};

// "$C$4", "A2:A9", "A:A"
std::optional<Range> range_in(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (c != '$') plain += c;
  const std::size_t colon = plain.find(':');
  Range range{address_of(plain.substr(0, colon)), {}};
  range.last = colon == std::string::npos ? range.first : address_of(plain.substr(colon + 1));
  if (range.first.column == 0 || range.last.column == 0) return std::nullopt;
  if (range.first.row == 0 && range.last.row == 0) range.first.row = 1, range.last.row = 1'048'576;
  return range.first.row > 0 && range.last.row >= range.first.row ? std::optional(range) : std::nullopt;
}

// "Listor!$A$1:$A$9", "'Mina listor'!A1"
std::optional<Reference> reference_in(std::string_view text) {
  Reference reference;
  if (const std::size_t mark = text.rfind('!'); mark != std::string_view::npos) {
    std::string_view sheet = text.substr(0, mark);
    text.remove_prefix(mark + 1);
    if (sheet.size() >= 2 && sheet.front() == '\'' && sheet.back() == '\'') {
      sheet = sheet.substr(1, sheet.size() - 2);
      for (std::size_t i = 0; i < sheet.size(); ++i) {
        reference.sheet += sheet[i];
        if (sheet[i] == '\'') ++i;  // it stands twice
      }
    } else {
      reference.sheet = sheet;
    }
  }
  const auto range = range_in(text);
  if (!range) return std::nullopt;
  reference.range = *range;
  return reference;
}

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string digits_of(double number) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, number);
  return {text, end};
}

bool says_word(const std::string& formula, const std::string& word) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t at = formula.find(word); at != std::string::npos; at = formula.find(word, at + 1)) {
    const bool begins = at == 0 || !letter(formula[at - 1]);
    const bool ends = at + word.size() == formula.size() || !letter(formula[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

// Carries a sentence up to where the workbook is given back.
struct Refused {
  Problem problem;
};
template <class... Values>
[[noreturn]] void refuse(const char* id, Values&&... values) {
  throw Refused{problem(id, std::forward<Values>(values)...).value()};
}

class Workbook {
 public:
  explicit Workbook(Package& package) : package_(package) {
    for (const pugi::xml_node relation : package.root("_rels/.rels", "Relationships").children()) {
      const std::string_view type = relation.attribute("Type").value();
      if (type.ends_with("/officeDocument")) part_ = target_of("", relation.attribute("Target").value());
      if (type.find("digital-signature") != std::string_view::npos) refuse("fill.signed");
    }
    root_ = package.root(part_, "workbook");
    date1904_ = root_.child("workbookPr").attribute("date1904").as_bool();
    std::map<std::string, std::string> targets;
    for (const pugi::xml_node relation : package.root(relations_of(part_), "Relationships").children()) {
      const std::string target = target_of(part_, relation.attribute("Target").value());
      targets[relation.attribute("Id").value()] = target;
      const std::string_view type = relation.attribute("Type").value();
      if (type.ends_with("/styles")) read_locks(target);
      if (type.ends_with("/sharedStrings")) read_texts(target);
    }
    for (const pugi::xml_node sheet : root_.child("sheets").children("sheet"))
      sheets_.push_back({sheet.attribute("name").value(), targets[sheet.attribute("r:id").value()]});
    for (const pugi::xml_node name : root_.child("definedNames").children("definedName"))
      names_.emplace_back(name.attribute("name").value(), name.text().get());
  }

  void expect(const Filling::Expected& expected) {
    const std::string found = text_at(sheet(expected.sheet), address_of(expected.cell));
    if (found != expected.text) refuse("fill.expected", expected.sheet + "!" + expected.cell, expected.text, found);
  }

  void put(const Filling::Value& value, bool write_locked) {
    const auto [name, cell] = place_of(value.at);
    Sheet& on = sheet(name);
    const std::string shown = name + "!" + cell;
    const Address at = address_of(cell);
    if (at.column == 0 || at.row == 0) refuse("fill.no-cell", shown);
    for (const Range& merged : on.merged)
      if (merged.holds(at) && merged.first != at) refuse("fill.merged", shown);
    const pugi::xml_node before = on.find(at);
    if (before.child("f")) refuse("fill.formula", shown);
    const unsigned style = before ? before.attribute("s").as_uint() : on.style_of(at);
    if (on.is_protected && !write_locked && locked(style)) refuse("fill.locked", shown);
    if (value.value.kind != Written::Kind::Blank) must_be_listed(on, at, shown, value.value);
    if (!before && value.value.kind == Written::Kind::Blank) return;
    write(before ? before : on.made(at, cell, style), value.value);
    on.filled = true;
  }

  // After all values: what is known of the workbook's own formulas, and what is not known any more.
  void settle(const std::vector<Filling::Value>& results) {
    std::map<std::string, std::map<Address, const Written*>> known;
    for (const Filling::Value& result : results) {
      const auto [name, cell] = place_of(result.at);
      const pugi::xml_node there = sheet(name).find(address_of(cell));
      if (!there.child("f")) refuse("fill.no-formula", name + "!" + cell);
      known[name][address_of(cell)] = &result.value;
    }
    find_stale();
    bool calculate = false;
    for (Sheet& one : sheets_) {
      if (!one.stale && !known.contains(one.name)) continue;
      for (auto& [row, cells] : load(one).rows)
        for (auto& [column, cell] : columns_of(one, row)) {
          if (!cell.child("f")) continue;
          const auto result = known[one.name].find({column, row});
          if (result != known[one.name].end()) {
            write_value(cell, *result->second, true);
            one.touched = true;
          } else if (one.stale && cell.child("v")) {
            while (cell.remove_child("v")) {
            }
            cell.remove_attribute("t");
            one.touched = calculate = true;
          }
        }
    }
    if (!calculate) return;
    pugi::xml_node settings = root_.child("calcPr");
    if (!settings) {
      pugi::xml_node after;
      for (const char* name : {"sheets", "functionGroups", "externalReferences", "definedNames"})
        if (const pugi::xml_node there = root_.child(name)) after = there;
      settings = root_.insert_child_after("calcPr", after);
    }
    if (!settings.attribute("fullCalcOnLoad")) settings.append_attribute("fullCalcOnLoad");
    settings.attribute("fullCalcOnLoad") = 1;
    workbook_touched_ = true;
  }

  std::map<std::string, std::string> changed() const {
    std::set<std::string> touched;
    if (workbook_touched_) touched.insert(part_);
    for (const Sheet& one : sheets_)
      if (one.filled || one.touched) touched.insert(one.part);
    auto parts = package_.changed();
    std::erase_if(parts, [&](const auto& part) { return !touched.contains(part.first); });
    return parts;
  }

 private:
  struct Row {
    pugi::xml_node node;
    std::map<unsigned, pugi::xml_node> cells;
    bool read = false;
  };
  struct Sheet {
    std::string name, part;
    bool loaded = false, is_protected = false, filled = false, stale = false, touched = false;
    pugi::xml_node root, data;
    std::map<unsigned, Row> rows;
    std::vector<Range> merged;
    struct Listed {
      std::vector<Range> ranges;
      std::string formula;
    };
    std::vector<Listed> lists;

    pugi::xml_node find(Address at) {
      const auto row = rows.find(at.row);
      if (row == rows.end()) return {};
      const auto& cells = columns_of(*this, at.row);
      const auto cell = cells.find(at.column);
      return cell == cells.end() ? pugi::xml_node() : cell->second;
    }
    // The look that the row, else the column, gives to a cell that is not there.
    unsigned style_of(Address at) const {
      if (const auto row = rows.find(at.row); row != rows.end() && row->second.node.attribute("customFormat").as_bool())
        return row->second.node.attribute("s").as_uint();
      for (const pugi::xml_node column : root.child("cols").children("col"))
        if (column.attribute("min").as_uint() <= at.column && at.column <= column.attribute("max").as_uint())
          return column.attribute("style").as_uint();
      return 0;
    }
    pugi::xml_node made(Address at, const std::string& cell, unsigned style) {
      auto next = rows.lower_bound(at.row);
      if (next == rows.end() || next->first != at.row) {
        Row row;
        row.node = next == rows.end() ? data.append_child("row") : data.insert_child_before("row", next->second.node);
        row.node.append_attribute("r") = at.row;
        row.read = true;
        next = rows.emplace(at.row, std::move(row)).first;
      }
      auto& cells = columns_of(*this, at.row);
      Row& row = next->second;
      const auto after = cells.lower_bound(at.column);
      pugi::xml_node node =
          after == cells.end() ? row.node.append_child("c") : row.node.insert_child_before("c", after->second);
      node.append_attribute("r") = cell.c_str();
      if (style != 0) node.append_attribute("s") = style;
      row.node.remove_attribute("spans");  // a hint, and no longer right
      cells.emplace(at.column, node);
      widen(at);
      return node;
    }
    void widen(Address at) {
      pugi::xml_attribute dimension = root.child("dimension").attribute("ref");
      auto range = range_in(dimension.value());
      if (!range || range->holds(at)) return;
      range->first = {std::min(range->first.column, at.column), std::min(range->first.row, at.row)};
      range->last = {std::max(range->last.column, at.column), std::max(range->last.row, at.row)};
      dimension = (cell_address(range->first.row - 1, static_cast<lxw_col_t>(range->first.column - 1)) + ":" +
                   cell_address(range->last.row - 1, static_cast<lxw_col_t>(range->last.column - 1)))
                      .c_str();
    }
  };

  static std::map<unsigned, pugi::xml_node>& columns_of(Sheet& sheet, unsigned number) {
    Row& row = sheet.rows.at(number);
    if (row.read) return row.cells;
    row.read = true;
    unsigned column = 0;
    for (const pugi::xml_node cell : row.node.children("c")) {
      column = cell.attribute("r") ? address_of(cell.attribute("r").value()).column : column + 1;
      row.cells.emplace(column, cell);
    }
    return row.cells;
  }

  Sheet& load(Sheet& sheet) {
    if (std::exchange(sheet.loaded, true)) return sheet;
    sheet.root = package_.root(sheet.part, "worksheet");
    sheet.data = sheet.root.child("sheetData");
    if (!sheet.data) throw Unsafe{sheet.part};
    unsigned number = 0;
    for (const pugi::xml_node row : sheet.data.children("row")) {
      number = row.attribute("r") ? row.attribute("r").as_uint() : number + 1;
      sheet.rows.emplace(number, Row{row, {}, false});
    }
    sheet.is_protected = sheet.root.child("sheetProtection").attribute("sheet").as_bool();
    for (const pugi::xml_node merged : sheet.root.child("mergeCells").children("mergeCell"))
      if (const auto range = range_in(merged.attribute("ref").value())) sheet.merged.push_back(*range);
    for (const pugi::xml_node rule : sheet.root.child("dataValidations").children("dataValidation"))
      add_list(sheet, rule.attribute("type").value(), rule.attribute("sqref").value(), rule.child("formula1").text().get());
    // Lists on another sheet stand in an extension.
    for (const pugi::xpath_node found : sheet.root.select_nodes("extLst//*[name()='x14:dataValidation']"))
      add_list(sheet, found.node().attribute("type").value(), found.node().child("xm:sqref").text().get(),
               found.node().child("x14:formula1").child("xm:f").text().get());
    return sheet;
  }

  static void add_list(Sheet& sheet, std::string_view type, std::string_view places, const char* formula) {
    if (type != "list") return;
    Sheet::Listed list{{}, formula};
    while (!places.empty()) {
      const std::size_t end = std::min(places.find(' '), places.size());
      if (const auto range = range_in(places.substr(0, end))) list.ranges.push_back(*range);
      places.remove_prefix(std::min(places.size(), end + 1));
    }
    sheet.lists.push_back(std::move(list));
  }

  Sheet& sheet(const std::string& name) {
    std::string names;
    for (Sheet& one : sheets_) {
      if (one.name == name) return load(one);
      names += (names.empty() ? "" : ", ") + one.name;
    }
    refuse("fill.no-sheet", name, names);
  }

  std::pair<std::string, std::string> place_of(const Filling::Place& place) const {
    if (place.name.empty()) return {place.sheet, place.cell};
    for (const auto& [name, text] : names_) {
      if (in_lower_case(name) != in_lower_case(place.name)) continue;
      const auto reference = reference_in(text);
      if (!reference || reference->sheet.empty()) break;
      const Address at = reference->range.first;
      return {reference->sheet, cell_address(at.row - 1, static_cast<lxw_col_t>(at.column - 1))};
    }
    refuse("fill.no-name", place.name);
  }

  // Whether each cell style is locked on a protected sheet, which is the rule unless it says otherwise.
  void read_locks(const std::string& part) {
    for (const pugi::xml_node style : package_.root(part, "styleSheet").child("cellXfs").children("xf"))
      locked_.push_back(style.child("protection").attribute("locked").as_bool(true));
  }
  bool locked(unsigned style) const { return style >= locked_.size() || locked_[style]; }

  static std::string text_in(pugi::xml_node holder) {
    std::string text = holder.child("t").text().get();
    for (const pugi::xml_node run : holder.children("r")) text += run.child("t").text().get();
    return text;
  }
  void read_texts(const std::string& part) {
    for (const pugi::xml_node one : package_.root(part, "sst").children("si")) texts_.push_back(text_in(one));
  }
  std::string text_at(Sheet& on, Address at) const {
    const pugi::xml_node cell = on.find(at);
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return text_in(cell.child("is"));
    const std::string value = cell.child("v").text().get();
    if (type != "s") return value;
    std::size_t place = texts_.size();
    std::from_chars(value.data(), value.data() + value.size(), place);
    return place < texts_.size() ? texts_[place] : std::string();
  }

  // What a list allows; nothing when that cannot be read from its formula.
  std::optional<std::vector<std::string>> words_of(const Sheet& on, std::string formula, int depth = 0) {
    if (depth > 4) return std::nullopt;
    if (formula.starts_with('=')) formula.erase(0, 1);
    std::vector<std::string> allowed;
    if (formula.size() >= 2 && formula.front() == '"' && formula.back() == '"') {
      std::string_view rest = std::string_view(formula).substr(1, formula.size() - 2);
      for (;;) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        std::string_view word = rest.substr(0, end);
        while (word.starts_with(' ')) word.remove_prefix(1);
        while (word.ends_with(' ')) word.remove_suffix(1);
        allowed.emplace_back(word);
        if (end == rest.size()) return allowed;
        rest.remove_prefix(end + 1);
      }
    }
    if (const auto reference = reference_in(formula)) {
      Sheet& from = sheet(reference->sheet.empty() ? on.name : reference->sheet);
      for (auto& [number, row] : from.rows)
        for (const auto& [column, cell] : columns_of(from, number))
          if (reference->range.holds({column, number}))
            if (std::string text = text_at(from, {column, number}); !text.empty()) allowed.push_back(std::move(text));
      return allowed;
    }
    for (const auto& [name, text] : names_)
      if (in_lower_case(name) == in_lower_case(formula)) return words_of(on, text, depth + 1);
    return std::nullopt;
  }

  void must_be_listed(Sheet& on, Address at, const std::string& shown, const Written& value) {
    const std::string text = value.kind == Written::Kind::Text ? value.text : digits_of(value.number);
    for (const Sheet::Listed& list : on.lists) {
      if (std::none_of(list.ranges.begin(), list.ranges.end(), [&](const Range& range) { return range.holds(at); })) continue;
      const auto allowed = words_of(on, list.formula);
      if (!allowed) refuse("fill.list-unreadable", shown, list.formula);
      if (std::find(allowed->begin(), allowed->end(), text) != allowed->end()) continue;
      std::string all;
      for (std::size_t i = 0; i < allowed->size() && i < 12; ++i) all += (i > 0 ? ", " : "") + (*allowed)[i];
      refuse("fill.not-listed", shown, text, all + (allowed->size() > 12 ? " …" : ""));
    }
  }

  void write(pugi::xml_node cell, const Written& value) const { write_value(cell, value, false); }
  void write_value(pugi::xml_node cell, const Written& value, bool formula) const {
    while (cell.remove_child("v") || cell.remove_child("is")) {
    }
    cell.remove_attribute("t");
    if (value.kind == Written::Kind::Number) {
      const bool day = std::string_view(value.format).find("yyyy") != std::string_view::npos;
      const double number = value.number - (day && date1904_ ? days_between_calendars : 0);
      cell.append_child("v").text() = digits_of(number).c_str();
    } else if (value.kind == Written::Kind::Text) {
      cell.append_attribute("t") = formula ? "str" : "inlineStr";
      pugi::xml_node text = formula ? cell.append_child("v") : cell.append_child("is").append_child("t");
      if (!formula) text.append_attribute("xml:space") = "preserve";
      text.text() = cell_text(value.text).c_str();
    }
  }

  // The formulas of a sheet may depend on a filled cell when it is one with filled cells, or when one of them names such a sheet,
  // a name or a table that leads there, or another sheet whose formulas may. Better too many: they are calculated anew.
  void find_stale() {
    std::vector<std::string> words{"indirect", "offset"};
    const auto taint = [&](Sheet& one) {
      one.stale = true;
      const std::string name = in_lower_case(one.name);
      std::string quoted;
      for (const char c : name) quoted += c == '\'' ? "''" : std::string(1, c);
      words.push_back(name), words.push_back(quoted);
      for (const auto& [known, text] : names_)
        if (in_lower_case(text).find(name) != std::string::npos) words.push_back(in_lower_case(known));
      const std::string relations_part = relations_of(one.part);
      if (!package_.has(relations_part)) return;
      for (const pugi::xml_node relation : package_.root(relations_part, "Relationships").children()) {
        if (!std::string_view(relation.attribute("Type").value()).ends_with("/table")) continue;
        const std::string part = target_of(one.part, relation.attribute("Target").value());
        words.push_back(in_lower_case(package_.root(part, "table").attribute("displayName").value()));
      }
    };
    for (Sheet& one : sheets_)
      if (one.filled) taint(one);
    if (words.size() == 2) return;
    for (bool more = true; std::exchange(more, false);)
      for (Sheet& one : sheets_) {
        if (one.stale || one.part.find("worksheets/") == std::string::npos || !package_.says(one.part, "<f")) continue;
        load(one);
        bool depends = false;
        for (const auto& [number, row] : one.rows)
          for (const pugi::xml_node cell : row.node.children("c")) {
            const std::string formula = in_lower_case(cell.child("f").text().get());
            depends = depends || (!formula.empty() && std::any_of(words.begin(), words.end(), [&](const std::string& word) {
                                    return says_word(formula, word);
                                  }));
          }
        if (depends) taint(one), more = true;
      }
  }

  Package& package_;
  std::string part_ = "xl/workbook.xml";
  pugi::xml_node root_;
  bool date1904_ = false, workbook_touched_ = false;
  std::vector<Sheet> sheets_;
  std::vector<std::pair<std::string, std::string>> names_;
  std::vector<bool> locked_;
  std::vector<std::string> texts_;
};

}  // namespace

Result<std::string> filled_workbook(const std::string& bytes, const Filling& filling) {
  auto zip = Zip::open(bytes);
  if (!zip) return tl::make_unexpected(zip.error());
  std::vector<std::string> names;
  std::map<std::string, std::string> parts;
  for (const ZipEntry& entry : zip->entries()) {
    names.push_back(entry.name);
    if (!entry.name.ends_with(".xml") && !entry.name.ends_with(".rels")) continue;
    auto text = zip->text(entry, largest_part);
    if (!text) return tl::make_unexpected(text.error());
    parts[entry.name] = std::move(*text);
  }
  try {
    Package package(names, parts);
    Workbook workbook(package);
    for (const Filling::Expected& expected : filling.expected) workbook.expect(expected);
    for (const Filling::Value& value : filling.values) workbook.put(value, filling.write_locked);
    workbook.settle(filling.results);
    return zip_with_parts(bytes, workbook.changed());
  } catch (const Refused& refused) {
    return tl::make_unexpected(refused.problem);
  } catch (const Unsafe& unsafe) {
    return problem("fill.cannot", unsafe.what);
  }
}

}  // namespace horisont
