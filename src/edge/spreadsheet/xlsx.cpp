#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "edge/spreadsheet/number_format.h"
#include "edge/spreadsheet/state.h"

namespace horisont {
namespace {

using Kind = CellView::Kind;
using Attributes = XmlHandler::Attributes;

constexpr std::uint32_t last_row = 1'048'576, last_column = 16'384;
constexpr std::size_t shared_string_limit = 2'000'000, style_limit = 65'536;

bool is_main(std::string_view space) {
  return space == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" ||
         space == "http://purl.oclc.org/ooxml/spreadsheetml/main";
}

std::string_view relationship_id(const Attributes& attributes) {
  const auto transitional = attribute(attributes, "http://schemas.openxmlformats.org/officeDocument/2006/relationships id");
  return !transitional.empty() ? transitional
                               : attribute(attributes, "http://purl.oclc.org/ooxml/officeDocument/relationships id");
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Cell {
  std::uint32_t row = 0, column = 0;
};

// "E17", also with $; nothing for anything else and for places outside the sheet.
std::optional<Cell> parse_reference(std::string_view text) {
  Cell cell;
  std::size_t i = 0;
  const auto skip_dollar = [&] { i += i < text.size() && text[i] == '$'; };
  skip_dollar();
  for (; i < text.size() && cell.column <= last_column; ++i) {
    const char letter = static_cast<char>(text[i] & ~0x20);
    if (letter < 'A' || letter > 'Z') break;
    cell.column = cell.column * 26 + static_cast<std::uint32_t>(letter - 'A' + 1);
  }
  skip_dollar();
  const auto row = number(text.substr(i));
  if (!row || *row == 0 || *row > last_row || cell.column == 0 || cell.column > last_column) return std::nullopt;
  cell.row = *row;
  return cell;
}

// "A1:C5", or one cell.
std::optional<SheetView::Merge> parse_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto from = parse_reference(text.substr(0, colon));
  const auto to = colon == text.npos ? from : parse_reference(text.substr(colon + 1));
  if (!from || !to || from->row > to->row || from->column > to->column) return std::nullopt;
  return SheetView::Merge{from->row, from->column, to->row, to->column};
}

struct Relationship {
  std::string type;    // the last part of its address: "worksheet"
  std::string target;  // the part's name, resolved
};

// The name of a part as a relationship of `source` gives it, without ever leaving the archive.
std::string resolve(std::string_view source, std::string_view target) {
  std::string path;
  if (!target.starts_with('/')) {
    const std::size_t folder = source.rfind('/');
    if (folder != source.npos) path = source.substr(0, folder);
  }
  for (std::size_t begin = 0; begin < target.size();) {
    const std::size_t end = std::min(target.find('/', begin), target.size());
    const std::string_view step = target.substr(begin, end - begin);
    begin = end + 1;
    if (step == "..") {
      const std::size_t up = path.rfind('/');
      path.resize(up == path.npos ? 0 : up);
    } else if (!step.empty() && step != ".") {
      if (!path.empty()) path += '/';
      path += step;
    }
  }
  return path;
}

// One reading of one workbook.
class Reader {
 public:
  explicit Reader(const Zip& zip) : zip_(zip) {}

  std::shared_ptr<Workbook::State> read() {
    read_package();
    read_workbook_part();
    read_styles();
    read_shared_strings();
    read_sheets();
    if (macros_) note("file.has-macros");
    if (external_) note("file.external-links");
    return state_;
  }

 private:
  struct Sheet {
    std::string name, id;
    bool hidden = false;
  };
  struct Style {
    std::string_view format;
    Kind kind = Kind::Number;
    bool struck = false;
  };

  void note(const char* code, const std::string& sheet = "") {
    state_->findings.push_back({.code = code, .level = Level::Notice, .place = {.sheet = sheet}});
  }

  std::map<std::string, Relationship> relationships(const std::string& source) {
    const std::size_t slash = source.rfind('/');
    const std::string folder = slash == source.npos ? "" : source.substr(0, slash + 1);
    const ZipEntry* entry = zip_.find(folder + "_rels/" + source.substr(folder.size()) + ".rels");
    std::map<std::string, Relationship> found;
    if (!entry) return found;
    read_part(zip_, *entry, {.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
                if (name != "Relationship") return;
                const std::string_view type = attribute(attributes, "Type");
                const std::string last(type.substr(type.rfind('/') + 1));
                if (last == "externalLink") external_ = true;
                if (last == "vbaProject" || last == "xlMacrosheet") macros_ = true;
                if (attribute(attributes, "TargetMode") == "External") return;  // nothing outside is ever opened
                found[std::string(attribute(attributes, "Id"))] = {last, resolve(source, attribute(attributes, "Target"))};
              }});
    return found;
  }

  static const std::string* target(const std::map<std::string, Relationship>& all, std::string_view type) {
    for (const auto& [id, relationship] : all)
      if (relationship.type == type) return &relationship.target;
    return nullptr;
  }

  const ZipEntry& must_have(const std::string& name) {
    const ZipEntry* entry = zip_.find(name);
    if (!entry) stop("file.damaged", name + " ?");
    return *entry;
  }

  void read_package() {
    const auto package = relationships("");
    const std::string* main = target(package, "officeDocument");
    if (!main) stop("file.damaged", "_rels/.rels");
    workbook_ = *main;
    state_->format = "xlsx";
    if (const ZipEntry* types = zip_.find("[Content_Types].xml")) {
      read_part(zip_, *types, {.start = [&](std::string_view, std::string_view, const Attributes& attributes, int) {
                  if (attribute(attributes, "ContentType").find(".macroEnabled.main+xml") != std::string_view::npos)
                    state_->format = "xlsm";
                }});
    }
    if (const std::string* custom = target(package, "custom-properties"))
      if (const ZipEntry* entry = zip_.find(*custom)) read_properties(*entry);
  }

  void read_properties(const ZipEntry& entry) {
    bool inside = false;
    read_part(zip_, entry,
              {.start =
                   [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
                     if (name != "property") return;
                     state_->properties.emplace_back(attribute(attributes, "name"), "");
                     inside = true;
                   },
               .end = [&](std::string_view, std::string_view name) { inside = inside && name != "property"; },
               .text =
                   [&](std::string_view text) {
                     if (!inside) return;
                     std::string& value = state_->properties.back().second;
                     if (value.size() + text.size() <= cell_limit) value += text;
                   }});
  }

  void read_workbook_part() {
    read_part(zip_, must_have(workbook_),
              {.start = [&](std::string_view space, std::string_view name, const Attributes& attributes, int) {
                if (!is_main(space)) return;
                if (name == "workbookPr") date1904_ = is_true(attribute(attributes, "date1904"));
                if (name != "sheet") return;
                if (sheets_.size() == sheet_limit) stop("file.too-many-sheets", std::to_string(sheet_limit));
                const auto visibility = attribute(attributes, "state");
                sheets_.push_back({std::string(attribute(attributes, "name")), std::string(relationship_id(attributes)),
                                   visibility == "hidden" || visibility == "veryHidden"});
              }});
    parts_ = relationships(workbook_);
  }

  void read_styles() {
    const std::string* name = target(parts_, "styles");
    const ZipEntry* entry = name ? zip_.find(*name) : nullptr;
    if (!entry) return;
    std::map<std::uint32_t, std::string_view> codes;
    std::vector<bool> struck;  // by font
    bool in_cells = false, in_fonts = false;
    read_part(zip_, *entry,
              {.start =
                   [&](std::string_view space, std::string_view element, const Attributes& attributes, int) {
                     if (!is_main(space)) return;
                     if (element == "cellXfs") in_cells = true;
                     if (element == "fonts") in_fonts = true;
                     if (in_fonts && element == "font" && struck.size() < style_limit) struck.push_back(false);
                     if (in_fonts && element == "strike" && !struck.empty()) struck.back() = attribute(attributes, "val").empty() || is_true(attribute(attributes, "val"));
                     const auto id = number(attribute(attributes, "numFmtId"));
                     if (element == "numFmt" && id) {
                       if (codes.size() == style_limit) stop("file.too-many", std::to_string(style_limit), "numFmt");
                       const auto code = attribute(attributes, "formatCode");
                       if (code.size() <= 1024) codes[*id] = state_->texts.keep(code);
                     }
                     if (element != "xf" || !in_cells) return;
                     if (styles_.size() == style_limit) stop("file.too-many", std::to_string(style_limit), "xf");
                     const auto own = codes.find(id.value_or(0));
                     if (own != codes.end()) {
                       styles_.push_back({own->second == "General" ? "" : own->second, kind_of_format(own->second)});
                     } else {
                       const BuiltInFormat format = built_in_format(id.value_or(0));
                       styles_.push_back({format.code, format.kind});
                     }
                     const auto font = number(attribute(attributes, "fontId"));
                     styles_.back().struck = font && *font < struck.size() && struck[*font];
                   },
               .end =
                   [&](std::string_view space, std::string_view element) {
                     if (is_main(space) && element == "cellXfs") in_cells = false;
                     if (is_main(space) && element == "fonts") in_fonts = false;
                   }});
  }

  // Text of a string item or an inline string: the runs joined, without the phonetic guide.
  struct Runs {
    std::string text;
    bool in_text = false;
    int phonetic = 0;

    void start(std::string_view name) {
      if (name == "rPh") ++phonetic;
      if (name == "t" && phonetic == 0) in_text = true;
    }
    void end(std::string_view name) {
      if (name == "rPh") --phonetic;
      if (name == "t") in_text = false;
    }
    void add(std::string_view more, std::string_view where) {
      if (!in_text) return;
      text += more;
      if (text.size() > 7 * cell_limit)
        stop("sheet.cell-too-long", where, std::to_string(cell_limit));  // _xHHHH_ is the longest way
    }
  };

  void read_shared_strings() {
    const std::string* name = target(parts_, "sharedStrings");
    const ZipEntry* entry = name ? zip_.find(*name) : nullptr;
    if (!entry) return;
    Runs runs;
    const std::string where = *name;
    read_part(zip_, *entry,
              {.start =
                   [&](std::string_view space, std::string_view element, const Attributes&, int) {
                     if (is_main(space)) runs.start(element);
                   },
               .end =
                   [&](std::string_view space, std::string_view element) {
                     if (!is_main(space)) return;
                     runs.end(element);
                     if (element != "si") return;
                     if (strings_.size() == shared_string_limit)
                       stop("file.too-many", std::to_string(shared_string_limit), "si");
                     strings_.push_back(state_->number_of(text_cell(text_of(runs.text, [&] { return where; }))));
                     runs.text.clear();
                   },
               .text = [&](std::string_view text) { runs.add(text, where); }});
  }

  // `_x000D_` stands for the character with that number. Control characters stay as they are written.
  static void decode_escapes(std::string& text) {
    std::string decoded;
    std::size_t taken = 0;
    for (std::size_t at = text.find("_x"); at != text.npos && at + 7 <= text.size(); at = text.find("_x", at)) {
      unsigned code = 0;
      const char* const digits = text.data() + at + 2;
      const auto [end, error] = std::from_chars(digits, digits + 4, code, 16);
      const bool written = error == std::errc() && end == digits + 4 && text[at + 6] == '_';
      const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
      if (!written || control || (code >= 0xD800 && code < 0xE000) || code >= 0xFFFE) {
        at += 2;
        continue;
      }
      decoded.append(text, taken, at - taken);
      if (code < 0x80) {
        decoded += static_cast<char>(code);
      } else if (code < 0x800) {
        decoded += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
      } else {
        decoded += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
                    static_cast<char>(0x80 | (code & 0x3F))};
      }
      taken = at += 7;
    }
    if (taken > 0) text = std::move(decoded.append(text, taken));
  }

  // `where` names the place and is asked only for a text that is too long: most cells need no name.
  template <class Where>
  static std::string_view text_of(std::string& text, const Where& where) {
    decode_escapes(text);
    if (text.size() > cell_limit) check_cell_text(text, where());
    return text;
  }

  static CellView text_cell(std::string_view text) { return {.kind = text.empty() ? Kind::Empty : Kind::Text, .text = text}; }

  void read_sheets() {
    for (const Sheet& sheet : sheets_) {
      const auto part = parts_.find(sheet.id);
      // Charts, dialogs and macro sheets have no table of cells.
      if (part == parts_.end() || part->second.type != "worksheet") continue;
      read_sheet(sheet, part->second.target);
      if (sheet.hidden) note("sheet.hidden", sheet.name);
    }
  }

  void read_sheet(const Sheet& sheet, const std::string& part) {
    SheetView view{.name = sheet.name, .hidden = sheet.hidden, .date1904 = date1904_};
    view.rows.stock = &state_->stock;
    std::vector<SheetView::Merge> filters;
    std::array<bool, column_limit + 1> hidden{};  // by column; ranges may repeat and overlap without end
    bool tables = false;
    std::optional<SheetView::Merge> filter;

    std::vector<std::uint32_t> row;
    SheetRows::Row about;
    Cell at;                  // the row and cell that are being read
    std::string type, value;  // of the cell
    unsigned style = 0;
    Runs runs;
    bool in_rows = false, in_row = false, in_cell = false, in_value = false, has_value = false, formula = false;
    std::size_t filled = 0, struck = 0;  // cells of the row
    std::vector<std::uint32_t> struck_rows;
    const auto here = [&] { return sheet.name + "!" + cell_name(at.row, at.column); };
    const auto backwards = [&] { stop("file.damaged", part + ", " + here()); };

    const auto start_row = [&](const Attributes& attributes) {
      const auto r = attribute(attributes, "r");
      const auto given = r.empty() ? std::optional(at.row + 1) : number(r);
      if (!given || *given <= at.row || *given > last_row) backwards();
      at = {*given, 0};
      about = {.number = *given, .hidden = is_true(attribute(attributes, "hidden"))};
      row.clear();
      filled = struck = 0;
      in_row = true;
    };
    const auto start_cell = [&](const Attributes& attributes) {
      const auto r = attribute(attributes, "r");
      const auto given = r.empty() ? std::optional(Cell{at.row, at.column + 1}) : parse_reference(r);
      if (!given || given->row != at.row || given->column <= at.column || given->column > last_column) backwards();
      at.column = given->column;
      type = attribute(attributes, "t");
      style = number(attribute(attributes, "s")).value_or(0);
      value.clear(), runs.text.clear();
      has_value = formula = false;
      in_cell = true;
    };
    const auto end_cell = [&] {
      in_cell = false;
      CellView cell{.formula = formula, .without_value = formula && !has_value};
      const auto set_text = [&](std::string_view text) { cell.text = text, cell.kind = text_cell(text).kind; };
      bool text_stays = false;
      if (type == "inlineStr") {
        set_text(text_of(runs.text, here));
        cell.without_value = false;
      } else if (type == "str") {
        set_text(text_of(value, here));
      } else {
        const std::size_t first = std::min(value.find_first_not_of(" \t\r\n"), value.size());
        value.erase(value.find_last_not_of(" \t\r\n") + 1).erase(0, std::min(first, value.size()));
        if (value.empty()) {
          cell.without_value = formula;
        } else if (type == "s") {
          const auto index = number(value);
          if (!index || *index >= strings_.size()) stop("file.damaged", part + ", " + here());
          set_text(state_->stock.at(strings_[*index]).text);
          text_stays = true;
        } else if (type == "b") {
          cell.kind = Kind::Boolean;
          cell.text = is_true(value) ? "1" : "0";
        } else if (type == "e") {
          cell.kind = Kind::Error;
          cell.text = text_of(value, here);
        } else if (type == "d") {
          cell.kind = Kind::Date;
          cell.text = text_of(value, here);
        } else {
          const Style look = style < styles_.size() ? styles_[style] : Style{};
          cell.kind = look.kind;
          cell.format = look.format;
          cell.text = text_of(value, here);
        }
      }
      if (cell.kind == Kind::Empty && !cell.formula) return;
      if (at.column > column_limit) stop("sheet.too-many-columns", here(), std::to_string(column_limit));
      ++filled, struck += style < styles_.size() && styles_[style].struck;
      row.resize(at.column);
      row.back() = state_->number_of(cell, text_stays);
    };
    const auto end_row = [&] {
      in_row = false;
      about.cells = state_->keep(row);
      if (about.cells.empty()) return;
      if (view.rows.size() == row_limit) stop("sheet.too-many-rows", sheet.name, std::to_string(row_limit));
      view.rows.held.push_back(about);
      if (2 * struck >= filled) struck_rows.push_back(about.number);
    };

    read_part(zip_, must_have(part),
              {.start =
                   [&](std::string_view space, std::string_view name, const Attributes& attributes, int) {
                     if (!is_main(space)) return;
                     if (in_cell) {
                       if (name == "v") in_value = has_value = true;
                       if (name == "f") formula = true;
                       runs.start(name);
                     } else if (name == "c" && in_row) {
                       start_cell(attributes);
                     } else if (name == "row" && in_rows) {
                       start_row(attributes);
                     } else if (name == "sheetData") {
                       in_rows = true;
                     } else if (name == "col" && is_true(attribute(attributes, "hidden"))) {
                       const auto min = number(attribute(attributes, "min")), max = number(attribute(attributes, "max"));
                       if (!min || !max || *min == 0) return;
                       if (*min <= *max && *min <= column_limit)
                         std::fill(hidden.begin() + *min, hidden.begin() + std::min(*max, column_limit) + 1, true);
                     } else if (name == "mergeCell") {
                       if (view.merges.size() == row_limit) stop("file.too-many", std::to_string(row_limit), "mergeCell");
                       if (const auto range = parse_range(attribute(attributes, "ref"))) view.merges.push_back(*range);
                     } else if (name == "autoFilter") {
                       filter = parse_range(attribute(attributes, "ref"));
                     } else if (name == "filterColumn" && filter) {
                       filters.push_back(*std::exchange(filter, std::nullopt));
                     } else if (name == "tablePart") {
                       tables = true;
                     }
                   },
               .end =
                   [&](std::string_view space, std::string_view name) {
                     if (!is_main(space)) return;
                     if (in_cell) {
                       if (name == "c") return end_cell();
                       if (name == "v") in_value = false;
                       runs.end(name);
                     } else if (name == "row" && in_row) {
                       end_row();
                     } else if (name == "sheetData") {
                       in_rows = false;
                     }
                   },
               .text =
                   [&](std::string_view text) {
                     if (!in_cell) return;
                     if (in_value) {
                       value += text;
                       if (value.size() > 7 * cell_limit) stop("sheet.cell-too-long", here(), std::to_string(cell_limit));
                     } else {
                       runs.add(text, sheet.name);
                     }
                   }});

    if (tables) add_table_filters(part, filters);
    // Rows and filters in one pass, both from the top: how far down the filters reach that begin above the row.
    std::sort(filters.begin(), filters.end(), [](const auto& a, const auto& b) { return a.row1 < b.row1; });
    std::uint32_t reach = 0;
    auto below = filters.begin();
    for (SheetRows::Row& r : view.rows.held) {
      for (; below != filters.end() && below->row1 < r.number; ++below) reach = std::max(reach, below->row2);
      r.filtered = r.hidden && r.number <= reach;
    }
    for (std::uint32_t c = 1; c <= column_limit; ++c)
      if (hidden[c]) view.hidden_columns.push_back(c);
    if (!struck_rows.empty()) tell_of_struck(*state_, sheet.name, struck_rows);
    state_->sheets.push_back(std::move(view));
  }

  // A table of the sheet may have a filter of its own.
  void add_table_filters(const std::string& sheet, std::vector<SheetView::Merge>& filters) {
    for (const auto& [id, relationship] : relationships(sheet)) {
      const ZipEntry* entry = relationship.type == "table" ? zip_.find(relationship.target) : nullptr;
      if (!entry) continue;
      std::optional<SheetView::Merge> filter;
      read_part(zip_, *entry, {.start = [&](std::string_view space, std::string_view name, const Attributes& attributes, int) {
                  if (!is_main(space)) return;
                  if (name == "autoFilter") filter = parse_range(attribute(attributes, "ref"));
                  if (name == "filterColumn" && filter) filters.push_back(*std::exchange(filter, std::nullopt));
                }});
    }
  }

  const Zip& zip_;
  std::shared_ptr<Workbook::State> state_ = std::make_shared<Workbook::State>();
  std::string workbook_;
  std::vector<Sheet> sheets_;
  std::map<std::string, Relationship> parts_;
  std::vector<Style> styles_;
  std::vector<std::uint32_t> strings_;  // their numbers in the stock of cells
  bool date1904_ = false, macros_ = false, external_ = false;
};

}  // namespace

std::shared_ptr<Workbook::State> read_xlsx(const Zip& zip) { return Reader(zip).read(); }

}  // namespace horisont
