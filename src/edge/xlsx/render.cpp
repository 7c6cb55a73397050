#include "edge/xlsx/render.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <memory>

#include "edge/xlsx/rendering.h"

namespace horisont {
namespace {

constexpr std::size_t most_rows_of_a_table = 20'000;  // beyond it a workbook is written in order, without tables
constexpr std::size_t most_rows_of_a_sheet = LXW_ROW_MAX - 10;

// A template column with its field of the sheet; one for each field where the template's key ends in `*`.
struct Column {
  const TemplateColumn* layout = nullptr;
  std::size_t field = 0, instead = std::string::npos;
  std::string heading;
  bool right = false;
  lxw_col_t at = 0;
};

bool offered_by_name(const Report& report, const Sheet& sheet, const std::string& field) {
  for (const SheetOffer& offer : report_fields())
    if (offer.report == report.kind && offer.sheet == sheet.id)
      return std::any_of(offer.fields.begin(), offer.fields.end(), [&](const FieldOffer& f) { return f.key == field; });
  return false;
}

std::size_t place_of(const Sheet& sheet, const std::string& field) {
  const auto found = std::find(sheet.fields.begin(), sheet.fields.end(), field);
  if (found == sheet.fields.end()) throw std::logic_error("sheet " + sheet.id + " has no field " + field);
  return static_cast<std::size_t>(found - sheet.fields.begin());
}

// What `{{*}}` stands for: a month, a rule's code, or a name that the report knows.
std::string word_of_key(const std::string& key, const Rendering& r) {
  for (const auto& [known, name] : r.report.names)
    if (known == key) return name.in(r.options.language);
  return key;
}

std::string heading_of(const TemplateColumn& column, const std::string& key, const Rendering& r) {
  std::string heading = filled(column.heading.in(r.options.language), r);
  if (const auto star = heading.find("{{*}}"); star != std::string::npos) heading.replace(star, 5, word_of_key(key, r));
  // What a table's heading may not hold; only a project's name could bring it here.
  std::replace_if(
      heading.begin(), heading.end(),
      [](char c) { return c == '[' || c == ']' || c == '#' || c == '\'' || (c >= 0 && c < ' '); }, ' ');
  return cell_text(heading, 200);
}

std::vector<Column> place_columns(const Sheet& sheet, const TemplateSheet& layout, const Rendering& r) {
  std::vector<Column> columns;
  std::vector<std::string> seen;
  const auto add = [&](const TemplateColumn& spec, std::size_t field, const std::string& key) {
    Column column{.layout = &spec, .field = field, .heading = heading_of(spec, key, r), .right = shown_right(spec.as)};
    if (!spec.instead.empty()) column.instead = place_of(sheet, spec.instead);
    column.at = static_cast<lxw_col_t>(layout.start_column + columns.size());
    // Two projects may bear one name.
    const std::string plain = column.heading;
    for (int n = 2; std::find(seen.begin(), seen.end(), column.heading) != seen.end() && layout.header; ++n)
      column.heading = plain + " (" + std::to_string(n) + ")";
    seen.push_back(column.heading);
    columns.push_back(std::move(column));
  };
  for (const TemplateColumn& spec : layout.columns) {
    if (!spec.field.ends_with('*')) {
      add(spec, place_of(sheet, spec.field), "");
      continue;
    }
    for (std::size_t i = 0; i < sheet.fields.size(); ++i)
      if (stands_for(spec.field, sheet.fields[i]) && !offered_by_name(r.report, sheet, sheet.fields[i]))
        add(spec, i, sheet.fields[i].substr(spec.field.size() - 1));
  }
  return columns;
}

Style highlight(const TemplateColumn& column, const Cell& cell, Style otherwise) {
  if (column.highlights.empty()) return otherwise;
  const std::string_view word = machine_word(cell.value);
  for (const auto& [equals, look] : column.highlights)
    if (equals == word) return look == Look::Good ? Style::Good : look == Look::Bad ? Style::Bad : Style::Note;
  return otherwise;
}

// Lines that a heading needs in its column, with room for the filter's button.
int lines_of(const std::string& heading, double width) {
  const auto room = static_cast<std::size_t>(std::max(4.0, width - 3));
  int lines = 1;
  std::size_t used = 0, word = 0;
  const auto end_word = [&] {
    if (used > 0 && used + 1 + word > room)
      ++lines, used = word;
    else
      used += (used > 0 ? 1 : 0) + word;
    word = 0;
  };
  for (const char c : heading) {
    if (c == ' ')
      end_word();
    else if ((c & 0xC0) != 0x80)
      ++word;
  }
  end_word();
  return std::min(lines, 6);
}

void write_headings(lxw_worksheet* out, const TemplateSheet& layout, const std::vector<Column>& columns, Rendering& r) {
  int lines = 1;
  for (const Column& column : columns) lines = std::max(lines, lines_of(column.heading, column.layout->width));
  must(worksheet_set_row(out, layout.start_row, 16.0 * lines + 8, nullptr));
  for (const Column& column : columns) {
    put_text(out, layout.start_row, column.at, column.heading,
             r.looks.of(Style::Heading, "", column.right ? Side::Right : Side::Left, true));
    if (column.layout->note.empty()) continue;
    const std::string note = cell_text(words({"def." + column.layout->note, {}}, r.options.language), 2000);
    const auto note_lines = static_cast<std::uint16_t>(note.size() / 42 + 2);
    char author[] = "Horisont";
    lxw_comment_options comment{};
    comment.author = author;
    comment.width = 300;
    comment.height = static_cast<std::uint16_t>(18 * note_lines + 8);
    must(worksheet_write_comment_opt(out, layout.start_row, column.at, note.c_str(), &comment));
  }
}

// Writes cells of one sheet; the formats of a column are looked up once.
class Cells {
 public:
  Cells(lxw_worksheet* out, const TemplateSheet& layout, Rendering& r) : out_(out), layout_(layout), r_(r) {}

  void write(lxw_row_t row, const Column& column, const Cell& cell, Style style) {
    const Written value = written(cell.value, column.layout->as, r_.options.language);
    if (layout_.layout == Layout::Block) {
      if (value.kind != Written::Kind::Blank) put(out_, row, column.at, value, r_.looks.bare(value.format));
      return;
    }
    const bool right = column.right && value.kind != Written::Kind::Text;
    put(out_, row, column.at, value, format(style, value.format, right ? Side::Right : Side::Left, column.layout->wrap));
  }

 private:
  lxw_format* format(Style style, const char* number_format, Side side, bool wrap) {
    for (const Known& known : known_)
      if (known.style == style && known.number_format == number_format && known.side == side && known.wrap == wrap)
        return known.format;
    known_.push_back({style, number_format, side, wrap, r_.looks.of(style, number_format, side, wrap)});
    return known_.back().format;
  }

  struct Known {
    Style style;
    const char* number_format;
    Side side;
    bool wrap;
    lxw_format* format;
  };
  lxw_worksheet* out_;
  const TemplateSheet& layout_;
  Rendering& r_;
  std::vector<Known> known_;
};

struct Totals {
  std::vector<std::uint8_t> function;  ///< of each column; 0: none
  std::vector<Written> values;
  std::size_t label = std::string::npos;  ///< the column that says "Total"
  bool any() const {
    return std::any_of(function.begin(), function.end(), [](std::uint8_t f) { return f != 0; });
  }
};

Totals totals_of(const Sheet& sheet, const std::vector<Column>& columns, const Rendering& r) {
  Totals totals{std::vector<std::uint8_t>(columns.size()), std::vector<Written>(columns.size())};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& [layout, field] = std::pair(columns[i].layout, columns[i].field);
    if (layout->total == Total::Count) {
      const auto filled_cells = std::count_if(sheet.rows.begin(), sheet.rows.end(), [&, at = field](const auto& row) {
        return written(row[at].value, layout->as, r.options.language).kind != Written::Kind::Blank;
      });
      totals.function[i] = LXW_TABLE_FUNCTION_COUNT;
      totals.values[i] = written(std::int64_t{filled_cells}, As::Integer, r.options.language);
    } else if (layout->total == Total::Sum && !sheet.totals.empty()) {
      Written value = written(sheet.totals[field].value, layout->as, r.options.language);
      if (value.kind != Written::Kind::Number) continue;
      totals.function[i] = LXW_TABLE_FUNCTION_SUM;
      totals.values[i] = std::move(value);
    } else if (totals.label == std::string::npos && i == 0) {
      totals.label = 0;
    }
  }
  return totals;
}

std::string quoted(const std::string& sheet_name) { return "'" + sheet_name + "'"; }

std::int64_t whole_number(const Cell& cell) {
  if (const auto* minutes = std::get_if<Minutes>(&cell.value)) return minutes->count();
  if (const auto* money = std::get_if<Money>(&cell.value)) return money->ore();
  if (const auto* number = std::get_if<std::int64_t>(&cell.value)) return *number;
  return 0;
}

void write_totals(lxw_worksheet* out, const TemplateSheet& layout, const Sheet& sheet, const std::vector<Column>& columns,
                  const Totals& totals, Rendering& r) {
  const std::string& sheet_name = layout.name.in(r.options.language);
  const lxw_row_t first = layout.start_row + 1, last = first + static_cast<lxw_row_t>(sheet.rows.size()) - 1, row = last + 1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    const std::string body = cell_address(first, column.at) + ":" + cell_address(last, column.at);
    if (totals.function[i] == 0) {
      const std::string label = i == totals.label ? words({"xlsx.total", {}}, r.options.language) : "";
      put_text(out, row, column.at, label, r.looks.of(Style::Total));
      continue;
    }
    const std::string function = std::to_string(totals.function[i]);
    const std::string formula =
        r.in_order ? "=SUBTOTAL(" + function + "," + body + ")" : "=SUBTOTAL(" + function + ",[" + column.heading + "])";
    must(worksheet_write_formula_num(out, row, column.at, formula.c_str(),
                                     r.looks.of(Style::Total, totals.values[i].format, Side::Right), totals.values[i].number));
    if (!column.layout->name.empty()) {
      const std::string target = "=" + quoted(sheet_name) + "!" + cell_address(row, column.at, true);
      must(workbook_define_name(*r.book, column.layout->name.c_str(), target.c_str()));
    }
    if (!column.layout->check.empty() && column.layout->total == Total::Sum)
      r.sources[column.layout->check] = {"SUM(" + quoted(sheet_name) + "!" + body + ")",
                                         whole_number(sheet.totals[column.field])};
  }
}

void add_table(lxw_worksheet* out, const TemplateSheet& layout, const Sheet& sheet, const std::vector<Column>& columns,
               const Totals& totals, const Rendering& r) {
  std::deque<std::string> texts;  // the library wants pointers that may be written through
  std::vector<lxw_table_column> specs(columns.size());
  std::vector<lxw_table_column*> pointers;
  const auto keep = [&](std::string text) { return texts.emplace_back(std::move(text)).data(); };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    specs[i] = {};
    specs[i].header = keep(columns[i].heading);
    if (totals.function[i] != 0) {
      specs[i].total_function = totals.function[i];
      specs[i].total_value = totals.values[i].number;
    } else if (i == totals.label && totals.any()) {
      specs[i].total_string = keep(words({"xlsx.total", {}}, r.options.language));
    }
    pointers.push_back(&specs[i]);
  }
  pointers.push_back(nullptr);
  lxw_table_options options{};
  options.name = keep(layout.table);
  options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
  options.style_type_number = layout.style;
  options.total_row = totals.any() ? LXW_TRUE : LXW_FALSE;
  options.columns = pointers.data();
  const lxw_row_t last = layout.start_row + static_cast<lxw_row_t>(sheet.rows.size()) + (totals.any() ? 1 : 0);
  must(worksheet_add_table(out, layout.start_row, columns.front().at, last, columns.back().at, &options));
}

lxw_chart_type chart_type(ChartKind kind) {
  switch (kind) {
    case ChartKind::Column:
      return LXW_CHART_COLUMN;
    case ChartKind::StackedColumn:
      return LXW_CHART_COLUMN_STACKED;
    case ChartKind::Bar:
      return LXW_CHART_BAR;
    case ChartKind::Line:
      return LXW_CHART_LINE;
  }
  return LXW_CHART_COLUMN;
}

void insert_charts(lxw_worksheet* out, const TemplateSheet& layout, const Sheet& sheet, const std::vector<Column>& columns,
                   Rendering& r) {
  const lxw_row_t first = layout.start_row + 1, last = layout.start_row + static_cast<lxw_row_t>(sheet.rows.size());
  lxw_row_t below = last + 3;
  const std::string sheet_name = quoted(layout.name.in(r.options.language));
  const auto column_of = [&](const std::string& field) {
    return std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.layout->field == field; });
  };
  const auto range = [&](const Column& c) {
    return "=" + sheet_name + "!" + cell_address(first, c.at, true) + ":" + cell_address(last, c.at, true);
  };
  for (const TemplateChart& spec : layout.charts) {
    const auto category = column_of(spec.category);
    if (category == columns.end()) continue;
    lxw_chart* chart = workbook_add_chart(*r.book, static_cast<std::uint8_t>(chart_type(spec.kind)));
    std::size_t n = 0;
    for (const std::string& field : spec.series) {
      const auto values = column_of(field);
      if (values == columns.end()) continue;
      lxw_chart_series* series = chart_add_series(chart, range(*category).c_str(), range(*values).c_str());
      chart_series_set_name(series, ("=" + sheet_name + "!" + cell_address(layout.start_row, values->at, true)).c_str());
      const std::uint32_t colour = chart_colours[n++ % std::size(chart_colours)];
      if (spec.kind == ChartKind::Line) {
        lxw_chart_line line{};
        line.color = colour;
        line.width = 2.25;
        chart_series_set_line(series, &line);
      } else {
        lxw_chart_fill fill{};
        fill.color = colour;
        chart_series_set_fill(series, &fill);
      }
    }
    chart_title_set_name(chart, filled(spec.title.in(r.options.language), r).c_str());
    lxw_chart_font title_font{};
    title_font.size = 12;
    title_font.bold = LXW_TRUE;
    title_font.color = colours(Style::Title).ink;
    chart_title_set_name_font(chart, &title_font);
    if (category->layout->as == As::Month) chart_axis_set_num_format(chart->x_axis, "yyyy-mm");
    lxw_chart_line grid{};
    grid.color = 0xD5DEE2;
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
    if (n > 1)
      chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    else
      chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    std::string alt = cell_text(filled(spec.alt.in(r.options.language), r), 1000);
    lxw_chart_options options{};
    options.description = alt.data();
    if (spec.width > 0) options.x_scale = spec.width / 480.0;
    if (spec.height > 0) options.y_scale = spec.height / 288.0;
    const lxw_row_t row = spec.below ? below : spec.row;
    must(worksheet_insert_chart_opt(out, row, spec.below ? columns.front().at : spec.column, chart, &options));
    if (spec.below) below += (spec.height > 0 ? spec.height : 288) / 20 + 2;
  }
}

// Text that looks like a number is meant as text: no green triangles.
void ignore_text_numbers(lxw_worksheet* out, lxw_row_t first, lxw_row_t last, const std::vector<Column>& columns) {
  std::string range;
  for (const Column& column : columns)
    if (column.layout->as == As::Text || column.layout->as == As::Any)
      range += (range.empty() ? "" : " ") + cell_address(first, column.at) + ":" + cell_address(last, column.at);
  if (!range.empty()) must(worksheet_ignore_errors(out, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.c_str()));
}

Style style_of(Role role) {
  switch (role) {
    case Role::Title:
    case Role::Heading:
      return Style::Heading;
    case Role::Label:
    case Role::Subtotal:
    case Role::Total:
      return Style::Total;
    case Role::Note:
      return Style::Note;
    default:
      return Style::Body;
  }
}

void write_rows(lxw_worksheet* out, const TemplateSheet& layout, const Sheet& sheet, const std::vector<Column>& columns,
                Rendering& r) {
  Cells cells(out, layout, r);
  lxw_row_t row = layout.start_row + (layout.header ? 1 : 0);
  for (std::size_t i = 0; i < sheet.rows.size(); ++i, ++row) {
    const Role role = sheet.roles.empty() ? Role::Body : sheet.roles[i];
    const bool form_heading = layout.layout == Layout::Form && (role == Role::Heading || role == Role::Title);
    if (form_heading) must(worksheet_set_row(out, row, 22, nullptr));
    for (const Column& column : columns) {
      const Cell& cell = sheet.rows[i][column.field];
      Style style = role == Role::Body ? highlight(*column.layout, cell, Style::Body) : style_of(role);
      if (layout.layout == Layout::Form && role == Role::Body && &column == &columns.front()) style = Style::Label;
      const bool empty = std::holds_alternative<std::monostate>(cell.value);
      if (empty && column.instead != std::string::npos && role == Role::Body) {
        const Cell& instead = sheet.rows[i][column.instead];
        cells.write(row, column, instead, std::holds_alternative<std::monostate>(instead.value) ? style : Style::Note);
      } else {
        cells.write(row, column, cell, style);
      }
    }
  }
}

std::string subtitle(const Rendering& r) {
  const Language language = r.options.language;
  std::string text = r.report.draft ? words({"xlsx.draft", {}}, language) : "";
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : " · ") + part;
  };
  add(r.report.project_name.in(language));
  add(r.report.record_number);
  add(r.report.period_words.in(language));
  for (const Message& note : r.report.notes) add(words(note, language));
  return text;
}

// Title, subtitle, headings, rows, total row: in the order of the rows, as large sheets demand.
void write_sheet(const Sheet& sheet, const TemplateSheet& layout, Rendering& r) {
  const Language language = r.options.language;
  const std::vector<Column> columns = place_columns(sheet, layout, r);
  lxw_worksheet* out = r.book.add_sheet(layout.name.in(language));
  for (const Column& column : columns) must(worksheet_set_column(out, column.at, column.at, column.layout->width, nullptr));

  if (layout.layout == Layout::Block) {
    if (layout.header)
      for (const Column& column : columns) put_text(out, layout.start_row, column.at, column.heading, nullptr);
    write_rows(out, layout, sheet, columns, r);
    if (!sheet.rows.empty())
      ignore_text_numbers(out, layout.start_row, layout.start_row + static_cast<lxw_row_t>(sheet.rows.size()), columns);
    return;
  }

  const bool table = layout.layout == Layout::Table;
  const bool empty = sheet.rows.empty();
  const Totals totals = table && !empty ? totals_of(sheet, columns, r) : Totals{std::vector<std::uint8_t>(columns.size()), {}};
  if (table && !empty && !r.in_order) add_table(out, layout, sheet, columns, totals, r);
  must(worksheet_set_row(out, 0, 24, nullptr));
  const std::string title = layout.title.in(language).empty() ? layout.name.in(language) : filled(layout.title.in(language), r);
  put_text(out, 0, 0, title, r.looks.of(Style::Title));
  put_text(out, 1, 0, subtitle(r), r.looks.of(r.report.draft ? Style::Bad : Style::Subtitle));
  if (layout.header) write_headings(out, layout, columns, r);
  if (empty) {
    const std::string words_for_empty =
        layout.empty.in(language).empty() ? words({"xlsx.empty", {}}, language) : layout.empty.in(language);
    put_text(out, layout.start_row + (layout.header ? 1 : 0), layout.start_column, words_for_empty,
             r.looks.of(Style::Subtitle));
  }
  const lxw_row_t last = layout.start_row + static_cast<lxw_row_t>(sheet.rows.size());
  if (table && r.in_order && !empty)
    must(worksheet_autofilter(out, layout.start_row, columns.front().at, last, columns.back().at));
  write_rows(out, layout, sheet, columns, r);
  if (!empty) {
    if (totals.any()) write_totals(out, layout, sheet, columns, totals, r);
    ignore_text_numbers(out, layout.start_row + 1, last, columns);
    insert_charts(out, layout, sheet, columns, r);
  }
  if (layout.freeze_rows > 0 || layout.freeze_columns > 0)
    worksheet_freeze_panes(out, layout.freeze_rows, layout.freeze_columns);
  set_page(out, r, layout.header ? &layout.start_row : nullptr);
}

void set_properties(Rendering& r) {
  const Language language = r.options.language;
  std::string title = filled(r.layout.title.in(language), r);
  if (r.report.draft) title = words({"xlsx.draft", {}}, language) + " – " + title;
  lxw_doc_properties properties{};
  properties.created = document_time(r.options.created);
  std::string title_text = cell_text(title, 250), subject_text = cell_text(r.report.record_number, 250),
              author_text = cell_text(r.report.organisation, 250), keyword_text = cell_text(r.report.id, 250);
  properties.title = title_text.data();
  // A file for a funder's system carries nothing of ours.
  if (r.file.stamp != Stamp::None) {
    properties.subject = subject_text.data();
    properties.author = author_text.data();
    properties.keywords = keyword_text.data();
  }
  must(workbook_set_properties(*r.book, &properties));
  if (r.file.stamp != Stamp::ControlSheet) return;
  const auto custom = [&](const char* name, const std::string& value) {
    if (!value.empty()) must(workbook_set_custom_property_string(*r.book, name, cell_text(value, 250).c_str()));
  };
  custom("Horisont report", r.report.id);
  custom("Horisont template", r.layout.id + " " + std::to_string(r.layout.version));
  for (const auto& [label, value] : r.report.control)
    if (label == "control.rule_set")
      custom("Horisont rule set", value);
    else if (label == "control.checkpoint")
      custom("Horisont checkpoint", value);
  custom("Horisont fingerprint", sha256_of(to_text(r.report)));
}

// Letters, digits, "-", "_" and "."; Swedish letters lose their marks, so that the name survives mail and zip.
std::string file_name(std::string_view text) {
  static constexpr std::pair<std::string_view, char> plain[] = {{"å", 'a'}, {"ä", 'a'}, {"ö", 'o'}, {"é", 'e'}, {"ü", 'u'},
                                                                {"Å", 'A'}, {"Ä", 'A'}, {"Ö", 'O'}, {"É", 'E'}, {"Ü", 'U'}};
  std::string name;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const auto letter =
        std::find_if(std::begin(plain), std::end(plain), [&](const auto& p) { return text.substr(i).starts_with(p.first); });
    if (letter != std::end(plain)) {
      name += letter->second;
      i += letter->first.size();
      continue;
    }
    const bool kept =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (kept)
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
    ++i;
  }
  while (name.starts_with('.') || name.starts_with('-')) name.erase(0, 1);
  return name;
}

const Sheet* sheet_of(const Report& report, const std::string& id) {
  for (const Sheet& sheet : report.sheets)
    if (sheet.id == id) return &sheet;
  return nullptr;
}

}  // namespace

std::vector<std::filesystem::path> render(const Report& report, const ReportTemplate& layout,
                                          const std::filesystem::path& folder, const RenderOptions& options) {
  if (report.kind != layout.report) throw std::logic_error("template " + layout.id + " is not for report " + report.kind);
  const PointAsDecimalSign point;
  const std::size_t n = layout.files.size();
  std::vector<std::unique_ptr<Book>> books(n);
  std::vector<std::pair<std::string, std::string>> others;

  const auto write = [&](std::size_t i) {
    const TemplateFile& file = layout.files[i];
    std::size_t longest = 0;
    for (const TemplateSheet& sheet : file.sheets)
      if (const Sheet* typed = sheet_of(report, sheet.id)) longest = std::max(longest, typed->rows.size());
    if (longest > most_rows_of_a_sheet)
      throw FileError(Message{"xlsx.too-many-rows", {std::to_string(longest), std::to_string(most_rows_of_a_sheet)}},
                      FileError::Fault::Unreadable);

    std::string name = file_name(filled(file.name.in(options.language), report, layout, options.language));
    if (report.draft)
      name.insert(name.ends_with(".xlsx") ? name.size() - 5 : name.size(),
                  "-" + file_name(words({"xlsx.draft", {}}, options.language)));
    const bool in_order = longest > most_rows_of_a_table;
    books[i] = std::make_unique<Book>(folder / name, in_order);
    Rendering r{report, layout, file, options, *books[i], Looks(**books[i]), in_order, {}};
    for (const TemplateSheet& sheet : file.sheets)
      if (const Sheet* typed = sheet_of(report, sheet.id)) write_sheet(*typed, sheet, r);
    if (file.stamp == Stamp::ControlSheet) write_control_sheet(r, others);
    set_properties(r);
    const auto& finished = books[i]->finish();
    if (file.stamp != Stamp::ControlSheet) others.emplace_back(name, sha256_of_file(finished));
  };
  // The control sheet names the SHA-256 of the other files, so they come first.
  for (std::size_t i = 0; i < n; ++i)
    if (layout.files[i].stamp != Stamp::ControlSheet) write(i);
  for (std::size_t i = 0; i < n; ++i)
    if (layout.files[i].stamp == Stamp::ControlSheet) write(i);

  std::vector<std::filesystem::path> paths;
  for (const auto& book : books) {
    book->commit();
    paths.push_back(book->target());
  }
  return paths;
}

std::string filled(std::string_view text, const Report& report, const ReportTemplate& layout, Language language) {
  const bool in_month = Month::parse(report.period).has_value();
  const auto value = [&](std::string_view name) -> std::string {
    if (name == "project.name") return report.project_name.in(language);
    if (name == "project.short_name") return report.project;
    if (name == "project.record_number") return report.record_number;
    if (name == "organisation") return report.organisation;
    if (name == "period") return report.period;
    if (name == "period.words") return report.period_words.in(language);
    if (name == "year") return report.period.substr(0, 4);
    // "maj 2016" begins with the month's name.
    if (name == "month_name")
      return in_month ? report.period_words.in(language).substr(0, report.period_words.in(language).rfind(' ')) : "";
    if (name == "report.id") return report.id;
    if (name == "fund_text") return report.fund_text.in(language);
    if (name == "version") return std::to_string(layout.version);
    return "{{" + std::string(name) + "}}";  // "{{*}}" of a heading
  };
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find("{{"), close = text.find("}}", open);
    if (open == std::string_view::npos || close == std::string_view::npos) return out += text;
    out += text.substr(0, open);
    out += value(text.substr(open + 2, close - open - 2));
    text.remove_prefix(close + 2);
  }
  return out;
}

void put_text(lxw_worksheet* out, lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format* format) {
  if (text.empty()) {
    if (format) must(worksheet_write_blank(out, row, column, format));
    return;
  }
  const bool plain = text.size() < 32'000 && std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127; });
  must(worksheet_write_string(out, row, column, plain ? std::string(text).c_str() : cell_text(text).c_str(), format));
}

void put(lxw_worksheet* out, lxw_row_t row, lxw_col_t column, const Written& value, lxw_format* format) {
  switch (value.kind) {
    case Written::Kind::Blank:
      if (format) must(worksheet_write_blank(out, row, column, format));
      return;
    case Written::Kind::Number:
      if (!std::isfinite(value.number)) throw std::logic_error("a number that is none");
      must(worksheet_write_number(out, row, column, value.number, format));
      return;
    case Written::Kind::Text:
      put_text(out, row, column, value.text, format);
  }
}

void set_page(lxw_worksheet* out, const Rendering& r, const lxw_row_t* repeated) {
  const Language language = r.options.language;
  worksheet_set_paper(out, 9);  // A4
  if (r.file.page.landscape) worksheet_set_landscape(out);
  worksheet_set_margins(out, 0.5, 0.5, 0.8, 0.7);
  worksheet_fit_to_pages(out, 1, 0);
  if (repeated) must(worksheet_repeat_rows(out, *repeated, *repeated));
  const auto line = [&](const std::string(&texts)[3], const std::string& centre) {
    std::string whole;
    for (std::size_t i = 0; i < 3; ++i) {
      std::string text = cell_text(filled(texts[i], r), 75);
      if (i == 1 && text.empty()) text = centre;
      if (text.empty()) continue;
      // "&" begins a code in headers; a user's own is doubled. Ours come ready from the texts.
      std::string escaped;
      for (const char c : text) escaped += c == '&' && text != centre ? "&&" : std::string(1, c);
      whole += std::string("&") + "LCR"[i] + "&9 " + escaped;
    }
    return whole;
  };
  must(worksheet_set_header(out, line(r.file.page.header, r.report.draft ? words({"xlsx.draft", {}}, language) : "").c_str()));
  must(worksheet_set_footer(out, line(r.file.page.footer, words({"xlsx.page", {"&P", "&N"}}, language)).c_str()));
}

std::string cell_address(lxw_row_t row, lxw_col_t column, bool fixed) {
  char letters[LXW_MAX_COL_NAME_LENGTH];
  lxw_col_to_name(letters, column, fixed ? 1 : 0);
  return letters + std::string(fixed ? "$" : "") + std::to_string(row + 1);
}

}  // namespace horisont
