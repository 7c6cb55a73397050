#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "edge/spreadsheet/state.h"

namespace horisont {
namespace {

using Kind = CellView::Kind;
using Attributes = XmlHandler::Attributes;

constexpr std::uint64_t last_row = 1'048'576, last_column = 16'384;

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
constexpr std::string_view office = ODF "office:1.0", table = ODF "table:1.0", text_space = ODF "text:1.0",
                           style_space = ODF "style:1.0", meta = ODF "meta:1.0";
constexpr std::string_view value_type = ODF "office:1.0 value-type", value = ODF "office:1.0 value",
                           date_value = ODF "office:1.0 date-value", time_value = ODF "office:1.0 time-value",
                           boolean_value = ODF "office:1.0 boolean-value", string_value = ODF "office:1.0 string-value",
                           columns_repeated = ODF "table:1.0 number-columns-repeated",
                           rows_repeated = ODF "table:1.0 number-rows-repeated",
                           columns_spanned = ODF "table:1.0 number-columns-spanned",
                           rows_spanned = ODF "table:1.0 number-rows-spanned", visibility = ODF "table:1.0 visibility",
                           formula = ODF "table:1.0 formula", table_name = ODF "table:1.0 name",
                           table_style = ODF "table:1.0 style-name", display = ODF "table:1.0 display",
                           style_name = ODF "style:1.0 name", parent_style = ODF "style:1.0 parent-style-name",
                           line_through = ODF "style:1.0 text-line-through-style", line_through_type = ODF "style:1.0 text-line-through-type",
                           default_cell_style = ODF "table:1.0 default-cell-style-name", blanks = ODF "text:1.0 c", meta_name = ODF "meta:1.0 name";
#undef ODF
constexpr std::string_view calc_type = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type";

// How often or how far; absent and unreadable mean once.
std::uint64_t times(std::string_view text) {
  std::uint64_t n = 1;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return std::max<std::uint64_t>(n, 1);
}

// LibreOffice keeps what formulas took from other files in tables named 'file:///folder/a.ods'#Sheet, which nobody sees. No
// sheet of a user can have such a name: it may not begin with an apostrophe.
bool is_copy_of_other_file(std::string_view name) { return name.starts_with('\'') && name.find("'#") != name.npos; }

class Reader {
 public:
  explicit Reader(const Zip& zip) : zip_(zip) {}

  std::shared_ptr<Workbook::State> read() {
    state_->format = "ods";
    if (const ZipEntry* manifest = zip_.find("META-INF/manifest.xml"))
      read_part(zip_, *manifest, {.start = [](std::string_view, std::string_view name, const Attributes&, int) {
                  if (name == "encryption-data") stop("file.encrypted");
                }});
    if (const ZipEntry* properties = zip_.find("meta.xml")) read_properties(*properties);
    // Styles with names of their own, which those of the content may come from.
    if (const ZipEntry* styles = zip_.find("styles.xml")) {
      try {
        read_part(zip_, *styles, {.start = [&](std::string_view space, std::string_view name, const Attributes& a, int) { start_style(space, name, a); }});
      } catch (const ReadingStopped& stopped) {
        // How the cells look is not needed to read them.
        if (stopped.problem.message.id != "file.damaged") throw;
      }
    }
    const ZipEntry* content = zip_.find("content.xml");
    if (!content) stop("file.damaged", "content.xml ?");
    read_part(zip_, *content,
              {.start = [&](std::string_view space, std::string_view name, const Attributes& a, int) { start(space, name, a); },
               .end = [&](std::string_view space, std::string_view name) { end(space, name); },
               .text = [&](std::string_view more) { add_text(more); }});
    const auto& parts = zip_.entries();
    const bool macros = std::any_of(parts.begin(), parts.end(), [](const ZipEntry& e) {
      return e.name.starts_with("Basic/") || e.name.starts_with("Scripts/");
    });
    if (macros) note("file.has-macros");
    if (external_) note("file.external-links");
    return state_;
  }

 private:
  void note(const char* code, const std::string& sheet = "") {
    state_->findings.push_back({.code = code, .level = Level::Notice, .place = {.sheet = sheet}});
  }

  void read_properties(const ZipEntry& entry) {
    bool inside = false;
    read_part(zip_, entry,
              {.start =
                   [&](std::string_view space, std::string_view name, const Attributes& attributes, int) {
                     if (space != meta || name != "user-defined") return;
                     state_->properties.emplace_back(attribute(attributes, meta_name), "");
                     inside = true;
                   },
               .end = [&](std::string_view, std::string_view name) { inside = inside && name != "user-defined"; },
               .text =
                   [&](std::string_view more) {
                     if (!inside) return;
                     std::string& property = state_->properties.back().second;
                     if (property.size() + more.size() <= cell_limit) property += more;
                   }});
  }

  std::string here() const {
    return sheet_.name + "!" +
           cell_name(static_cast<std::uint32_t>(std::min(row_, last_row)),
                     static_cast<std::uint32_t>(std::min(column_, last_column)));
  }

  void start_style(std::string_view space, std::string_view name, const Attributes& attributes) {
    if (space != style_space) return;
    if (name == "default-style") style_.clear();
    if (name == "style") {
      style_ = attribute(attributes, style_name);
      if (struck_styles_.contains(std::string(attribute(attributes, parent_style)))) struck_styles_.insert(style_);
    }
    if (name == "table-properties" && attribute(attributes, display) == "false") hidden_styles_.insert(style_);
    if (name != "text-properties" || style_.empty()) return;
    const std::string_view line = attribute(attributes, line_through), type = attribute(attributes, line_through_type);
    if (line == "none" || type == "none")
      struck_styles_.erase(style_);
    else if (!line.empty() || !type.empty())
      struck_styles_.insert(style_);
  }

  void start(std::string_view space, std::string_view name, const Attributes& attributes) {
    if (tables_ == 0) start_style(space, name, attributes);
    if (space == table && name == "table") {
      if (++tables_ == 1) start_sheet(attributes);
      return;
    }
    // A table inside a cell or a drawing is no sheet.
    if (tables_ != 1) return;
    if (space == table) {
      if (name == "table-source") external_ = true;
      if (name == "table-column") start_columns(attributes);
      if (name == "table-row") start_row(attributes);
      if (name == "table-cell" || name == "covered-table-cell") start_cell(attributes, name[0] == 'c');
    }
    if (!in_cell_) return;
    if (space == office && name == "annotation") ++aside_;
    if (space != text_space) return;
    if (name == "ruby-text") ++aside_;
    if (aside_ > 0) return;
    if (name == "p" || name == "h") {
      if (paragraphs_++ > 0) text_ += '\n';
      in_paragraph_ = true, blank_ = true;
    }
    if (name == "s") add(std::string(std::min<std::uint64_t>(times(attribute(attributes, blanks)), cell_limit + 1), ' '));
    if (name == "tab") add("\t");
    if (name == "line-break") add("\n");
  }

  void end(std::string_view space, std::string_view name) {
    if (space == table && name == "table" && tables_-- == 1) end_sheet();
    if (tables_ != 1) return;
    if ((space == office && name == "annotation") || (space == text_space && name == "ruby-text")) aside_ -= aside_ > 0;
    if (space == text_space && (name == "p" || name == "h") && aside_ == 0) in_paragraph_ = false;
    if (space != table) return;
    if (name == "table-cell" || name == "covered-table-cell") end_cell();
    if (name == "table-row") end_row();
  }

  void add(std::string_view more) {
    text_ += more;
    blank_ = false;
    if (text_.size() > 4 * cell_limit) stop("sheet.cell-too-long", here(), std::to_string(cell_limit));
  }

  // Runs of blanks in a paragraph are one blank, and none at its beginning; <text:s> says where more are meant.
  void add_text(std::string_view more) {
    if (!in_cell_ || !in_paragraph_ || aside_ > 0 || tables_ != 1) return;
    for (const char c : more) {
      const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (!is_blank) text_ += c;
      if (is_blank && !blank_) text_ += ' ';
      blank_ = is_blank;
    }
    if (text_.size() > 4 * cell_limit) stop("sheet.cell-too-long", here(), std::to_string(cell_limit));
  }

  void start_sheet(const Attributes& attributes) {
    if (state_->sheets.size() == sheet_limit) stop("file.too-many-sheets", std::to_string(sheet_limit));
    const bool hidden = hidden_styles_.contains(std::string(attribute(attributes, table_style)));
    sheet_ = {.name = std::string(attribute(attributes, table_name)), .hidden = hidden};
    sheet_.rows.stock = &state_->stock;
    row_ = columns_ = 0;
  }

  void end_sheet() {
    if (is_copy_of_other_file(sheet_.name)) {
      external_ = true;
    } else {
      if (sheet_.hidden) note("sheet.hidden", sheet_.name);
      if (!struck_rows_.empty()) tell_of_struck(*state_, sheet_.name, struck_rows_);
      state_->sheets.push_back(std::move(sheet_));
    }
    sheet_ = {};
    struck_rows_.clear();
  }

  void start_columns(const Attributes& attributes) {
    const std::uint64_t repeated = std::min(times(attribute(attributes, columns_repeated)), last_column);
    const auto seen = attribute(attributes, visibility);
    if (seen == "collapse" || seen == "filter")
      for (std::uint64_t c = columns_ + 1; c <= columns_ + repeated && c <= column_limit; ++c)
        sheet_.hidden_columns.push_back(static_cast<std::uint32_t>(c));
    columns_ = std::min(columns_ + repeated, last_column);
  }

  void start_row(const Attributes& attributes) {
    ++row_;
    if (std::exchange(in_row_, true)) stop("file.damaged", here());
    row_times_ = times(attribute(attributes, rows_repeated));
    const auto seen = attribute(attributes, visibility);
    about_ = {.hidden = seen == "collapse" || seen == "filter", .filtered = seen == "filter"};
    cells_.clear();
    column_ = 0;
    filled_ = struck_ = 0;
    row_style_ = attribute(attributes, default_cell_style);
  }

  // A row that stands for many holds its cells once.
  void end_row() {
    in_row_ = false;
    about_.cells = state_->keep(cells_, std::min<std::uint64_t>(row_times_, row_limit));
    if (!about_.cells.empty()) {
      if (row_times_ > row_limit || sheet_.rows.size() + row_times_ > row_limit)
        stop("sheet.too-many-rows", sheet_.name, std::to_string(row_limit));
      if (row_ + row_times_ - 1 > last_row) stop("file.damaged", here());
      for (std::uint64_t i = 0; i < row_times_; ++i) {
        about_.number = static_cast<std::uint32_t>(row_ + i);
        if (struck_ > 0 && 2 * struck_ >= filled_) struck_rows_.push_back(about_.number);
        sheet_.rows.held.push_back(about_);
      }
    }
    // Numbers beyond any sheet stay beyond it, whatever is added.
    row_ = std::min(row_, last_row + 1) + std::min(row_times_, last_row + 1) - 1;
  }

  void start_cell(const Attributes& attributes, bool covered) {
    ++column_;
    if (!in_row_ || in_cell_) stop("file.damaged", here());
    in_cell_ = true, covered_ = covered;
    cell_times_ = times(attribute(attributes, columns_repeated));
    text_.clear();
    paragraphs_ = aside_ = 0;
    in_paragraph_ = false;
    type_ = attribute(attributes, value_type);
    error_ = attribute(attributes, calc_type) == "error";
    formula_ = !attribute(attributes, formula).empty();
    const auto key = type_ == "date"      ? date_value
                     : type_ == "time"    ? time_value
                     : type_ == "boolean" ? boolean_value
                     : type_ == "string"  ? string_value
                                          : value;
    given_ = attribute(attributes, key);
    if (!struck_styles_.empty()) {
      const std::string_view style = attribute(attributes, table_style);
      struck_cell_ = struck_styles_.contains(std::string(style.empty() ? row_style_ : style));
    }
    const std::uint64_t wide = times(attribute(attributes, columns_spanned)), high = times(attribute(attributes, rows_spanned));
    if ((wide > 1 || high > 1) && row_ + high - 1 <= last_row && column_ + wide - 1 <= last_column && high <= last_row &&
        sheet_.merges.size() < row_limit)
      sheet_.merges.push_back({static_cast<std::uint32_t>(row_), static_cast<std::uint32_t>(column_),
                               static_cast<std::uint32_t>(row_ + high - 1), static_cast<std::uint32_t>(column_ + wide - 1)});
  }

  void end_cell() {
    in_cell_ = false;
    CellView cell{.formula = formula_, .without_value = formula_ && type_.empty()};
    if (error_) {
      cell.kind = Kind::Error;
      given_ = text_;
    } else if (type_ == "float" || type_ == "percentage" || type_ == "currency") {
      cell.kind = Kind::Number;
      cell.format = type_ == "percentage" ? std::string_view("0%") : format_of_words();
    } else if (type_ == "date") {
      cell.kind = Kind::Date;
    } else if (type_ == "time") {
      cell.kind = Kind::Duration;
    } else if (type_ == "boolean") {
      cell.kind = Kind::Boolean;
      given_ = is_true(given_) ? "1" : "0";
    } else {
      cell.kind = Kind::Text;
      if (given_.empty()) given_ = text_;
    }
    // What lies under a merged cell is not seen by the user.
    if (given_.empty() || covered_) cell.kind = Kind::Empty;
    const bool holds_something = cell.kind != Kind::Empty || (cell.formula && !covered_);
    if (holds_something) {
      if (cell_times_ > column_limit || column_ + cell_times_ - 1 > column_limit)
        stop("sheet.too-many-columns", here(), std::to_string(column_limit));
      if (cell.kind != Kind::Empty) {
        if (given_.size() > cell_limit) check_cell_text(given_, here());
        cell.text = given_;
      }
      filled_ += cell_times_, struck_ += struck_cell_ ? cell_times_ : 0;
      cells_.resize(static_cast<std::size_t>(column_ - 1));
      cells_.insert(cells_.end(), static_cast<std::size_t>(cell_times_), state_->number_of(cell));
    }
    column_ = std::min(column_, last_column + 1) + std::min(cell_times_, last_column + 1) - 1;
  }

  // The words that a number's style shows before and behind it ("10 min", "3 dagar"), as a format of XLSX says them; the shown text
  // is the only place where a reader need not follow styles to find them.
  std::string_view format_of_words() {
    constexpr std::size_t longest = 40, most = 1000;
    constexpr std::string_view digits = "0123456789";
    const std::size_t first = text_.find_first_of(digits), last = text_.find_last_of(digits);
    if (first == text_.npos || text_.size() > longest) return {};
    const auto words = [](const std::string& text) {
      const bool letters = std::any_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
      return letters && text.find_first_of("\"\n") == text.npos ? '"' + text + '"' : std::string();
    };
    const std::string before = words(text_.substr(0, first)), behind = words(text_.substr(last + 1));
    if ((before.empty() && behind.empty()) || state_->word_formats.size() >= most) return {};
    return *state_->word_formats.insert(before + "0" + behind).first;
  }

  const Zip& zip_;
  std::shared_ptr<Workbook::State> state_ = std::make_shared<Workbook::State>();
  std::string style_;
  std::set<std::string> hidden_styles_, struck_styles_;
  std::vector<std::uint32_t> struck_rows_;
  std::uint64_t filled_ = 0, struck_ = 0;  // cells of the row
  bool struck_cell_ = false;
  std::string row_style_;
  bool external_ = false;

  int tables_ = 0;  // how deep in tables
  SheetView sheet_;
  std::uint64_t columns_ = 0;  // described so far
  std::uint64_t row_ = 0, row_times_ = 1;
  SheetRows::Row about_;
  std::vector<std::uint32_t> cells_;
  std::uint64_t column_ = 0, cell_times_ = 1;
  bool in_row_ = false, in_cell_ = false, covered_ = false, error_ = false, formula_ = false;
  std::string type_, given_, text_;
  int paragraphs_ = 0, aside_ = 0;
  bool in_paragraph_ = false, blank_ = true;
};

}  // namespace

std::shared_ptr<Workbook::State> read_ods(const Zip& zip) { return Reader(zip).read(); }

}  // namespace horisont
