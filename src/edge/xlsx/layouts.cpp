// The three layouts of a sheet: an Excel table, a block of cells for a funder's system, a form of labels and texts.

#include <algorithm>
#include <cmath>
#include <deque>
#include <stdexcept>

#include "edge/xlsx/placed.h"
#include "edge/xlsx/rendering.h"

namespace horisont {
namespace {

constexpr double most_points_of_a_row = 409;  // Excel's limit

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
    if (offer.report == report.kind && stands_for(offer.sheet, sheet.id))
      return std::any_of(offer.fields.begin(), offer.fields.end(), [&](const FieldOffer& f) { return f.key == field; });
  return false;
}

std::size_t place_of(const Sheet& sheet, const std::string& field) {
  const auto found = std::find(sheet.fields.begin(), sheet.fields.end(), field);
  if (found == sheet.fields.end()) throw std::logic_error("sheet " + sheet.id + " has no field " + field);
  return static_cast<std::size_t>(found - sheet.fields.begin());
}

// What `{{*}}` stands for: a month, a rule's code, or a name that the report knows.
std::string word_of_key(const std::string& key, const Report& report, Language language) {
  for (const auto& [known, name] : report.names)
    if (known == key) return name.in(language);
  return key;
}

std::string heading_of(const TemplateColumn& column, const std::string& key, const Report& report,
                       const ReportTemplate& layout, Language language) {
  std::string heading = filled(column.heading.in(language), report, layout, language);
  if (const auto star = heading.find("{{*}}"); star != std::string::npos)
    heading.replace(star, 5, word_of_key(key, report, language));
  // What a table's heading may not hold; only a project's name could bring it here.
  std::replace_if(
      heading.begin(), heading.end(),
      [](char c) { return c == '[' || c == ']' || c == '#' || c == '\'' || (c >= 0 && c < ' '); }, ' ');
  return cell_text(heading, 200);
}

std::vector<Column> place_columns(const Sheet& sheet, const TemplateSheet& layout, const Report& report,
                                  const ReportTemplate& whole, Language language) {
  std::vector<Column> columns;
  std::vector<std::string> seen;
  const auto add = [&](const TemplateColumn& spec, std::size_t field, const std::string& key) {
    Column column{.layout = &spec, .field = field, .heading = heading_of(spec, key, report, whole, language), .right = shown_right(spec.as)};
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
      if (stands_for(spec.field, sheet.fields[i]) && !offered_by_name(report, sheet, sheet.fields[i]))
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

// A heading that stands right keeps clear of the filter's button.
double room_of(const Column& column) { return column.layout->width - (column.right ? 4 : 2); }

void write_headings(lxw_worksheet* out, const TemplateSheet& layout, const std::vector<Column>& columns, Rendering& r) {
  int lines = 1;
  for (const Column& column : columns) lines = std::max(lines, lines_of(column.heading, room_of(column)));
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

// The formats of one sheet, found by the address of the number format: much faster than by its text, a million times.
class Formats {
 public:
  explicit Formats(Looks& looks) : looks_(looks) {}
  lxw_format* of(Style style, const char* number_format, Side side, bool wrap) {
    for (const Known& known : known_)
      if (known.style == style && known.number_format == number_format && known.side == side && known.wrap == wrap)
        return known.format;
    known_.push_back({style, number_format, side, wrap, looks_.of(style, number_format, side, wrap)});
    return known_.back().format;
  }

 private:
  struct Known {
    Style style;
    const char* number_format;
    Side side;
    bool wrap;
    lxw_format* format;
  };
  Looks& looks_;
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

Totals totals_of(const Sheet& sheet, const std::vector<Column>& columns, Language language) {
  Totals totals{std::vector<std::uint8_t>(columns.size()), std::vector<Written>(columns.size())};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& [layout, field] = std::pair(columns[i].layout, columns[i].field);
    if (layout->total == Total::Count) {
      std::int64_t filled_cells = 0;
      each_row(sheet, [&, as = layout->as, at = field](const std::vector<Cell>& row) {
        filled_cells += written(row[at].value, as, language).kind != Written::Kind::Blank;
      });
      totals.function[i] = LXW_TABLE_FUNCTION_COUNT;
      totals.values[i] = written(filled_cells, As::Integer, language);
    } else if (layout->total == Total::Sum && !sheet.totals.empty()) {
      Written value = written(sheet.totals[field].value, layout->as, language);
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
  const lxw_row_t first = layout.start_row + 1, last = first + static_cast<lxw_row_t>(row_count(sheet)) - 1, row = last + 1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    const std::string body = cell_address(first, column.at) + ":" + cell_address(last, column.at);
    if (totals.function[i] == 0) {
      const std::string label = i == totals.label ? words({"xlsx.total", {}}, r.options.language) : "";
      put_text(out, row, column.at, label, r.looks.of(Style::Total));
      continue;
    }
    const std::string function = std::to_string(totals.function[i]);
    const std::string formula = r.in_order ? "=SUBTOTAL(" + function + "," + body + ")"
                                           : "=SUBTOTAL(" + function + "," + layout.table + "[" + column.heading + "])";
    // Where the word for the sum would stand, the number itself says what it is, and is a number all the same.
    const std::string format = i == 0 ? "\"" + words({"xlsx.total", {}}, r.options.language) + ": \"" + totals.values[i].format
                                      : std::string(totals.values[i].format);
    must(worksheet_write_formula_num(out, row, column.at, formula.c_str(), r.looks.of(Style::Total, format, Side::Right),
                                     totals.values[i].number));
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
  const lxw_row_t last = layout.start_row + static_cast<lxw_row_t>(row_count(sheet)) + (totals.any() ? 1 : 0);
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

// Shares of a whole, whose axis ends there.
bool all_at_most_one(const Sheet& sheet, std::size_t field) {
  bool all = true;
  each_row(sheet, [&](const std::vector<Cell>& row) {
    if (const auto* ratio = std::get_if<Ratio>(&row[field].value)) all = all && ratio->numerator <= ratio->denominator;
  });
  return all;
}

void insert_charts(lxw_worksheet* out, const TemplateSheet& layout, const Sheet& sheet, const std::vector<Column>& columns,
                   lxw_col_t below_at, Rendering& r) {
  const lxw_row_t first = layout.start_row + 1, last = layout.start_row + static_cast<lxw_row_t>(row_count(sheet));
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
    bool shares = true;
    for (const std::string& field : spec.series) {
      const auto values = column_of(field);
      if (values == columns.end()) continue;
      lxw_chart_series* series = chart_add_series(chart, range(*category).c_str(), range(*values).c_str());
      if (values->layout->as == As::Ratio) {
        chart_axis_set_num_format(chart->y_axis, "0%");
      }
      shares = shares && values->layout->as == As::Ratio && all_at_most_one(sheet, values->field);
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
    if (shares) chart_axis_set_max(chart->y_axis, 1);
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
    must(worksheet_insert_chart_opt(out, row, spec.below ? below_at : spec.column, chart, &options));
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

void write_block(lxw_worksheet* out, const TemplateSheet& layout, const Sheet& sheet, const std::vector<Column>& columns,
                 Rendering& r) {
  lxw_row_t row = layout.start_row;
  if (layout.header)
    for (const Column& column : columns) put_text(out, row, column.at, column.heading, nullptr);
  row += layout.header ? 1 : 0;
  each_row(sheet, [&](const std::vector<Cell>& cells) {
    for (const Column& column : columns) {
      const Written value = written(cells[column.field].value, column.layout->as, r.options.language);
      note_cut(r.cut, layout.name.in(r.options.language), row, column.at, value);
      if (value.kind != Written::Kind::Blank) put(out, row, column.at, value, r.looks.bare(value.format));
    }
    ++row;
  });
}

void write_rows(lxw_worksheet* out, const TemplateSheet& layout, const Sheet& sheet, const std::vector<Column>& columns,
                Rendering& r) {
  Formats formats(r.looks);
  const bool form = layout.layout == Layout::Form;
  std::vector<Written> values(columns.size());
  std::vector<Style> styles(columns.size());
  lxw_row_t row = layout.start_row + (layout.header ? 1 : 0);
  std::size_t i = 0;
  each_row(sheet, [&](const std::vector<Cell>& cells) {
    const Role role = role_of(sheet, i++);
    int lines = 1;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const Column& column = columns[c];
      const Cell* cell = &cells[column.field];
      styles[c] = role == Role::Body ? highlight(*column.layout, *cell, Style::Body) : style_of(role);
      if (form && role == Role::Body && c == 0) styles[c] = Style::Label;
      if (column.instead != std::string::npos && role == Role::Body && std::holds_alternative<std::monostate>(cell->value)) {
        cell = &cells[column.instead];
        if (!std::holds_alternative<std::monostate>(cell->value)) styles[c] = Style::Note;
      }
      values[c] = written(cell->value, column.layout->as, r.options.language);
      note_cut(r.cut, layout.name.in(r.options.language), row, column.at, values[c]);
      if (column.layout->wrap && values[c].kind == Written::Kind::Text)
        lines = std::max(lines, lines_of(values[c].text, letters_in(column.layout->width)));
    }
    // An empty row of a form is room to write in.
    const bool room = form && role == Role::Body &&
                      std::all_of(values.begin(), values.end(), [](const Written& v) { return v.kind == Written::Kind::Blank; });
    const double height = room ? 34 : form && role != Role::Body ? 22 : form ? 15.0 * lines + 4 : 15.0 * lines;
    if (height > 15) must(worksheet_set_row(out, row, std::min(height, most_points_of_a_row), nullptr));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (r.large && values[c].kind == Written::Kind::Blank && styles[c] == Style::Body) continue;
      // In a form a column of numbers is one only where the template says of what.
      const bool right = columns[c].right && (form ? columns[c].layout->as != As::Any : values[c].kind != Written::Kind::Text);
      put(out, row, columns[c].at, values[c],
          formats.of(styles[c], values[c].format, right ? Side::Right : Side::Left, columns[c].layout->wrap));
    }
    ++row;
  });
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

}  // namespace

std::vector<LaidOut> laid_out(const TemplateFile& file, const Report& report) {
  std::vector<LaidOut> all;
  for (const TemplateSheet& spec : file.sheets)
    for (const Sheet& sheet : report.sheets) {
      if (!stands_for(spec.id, sheet.id)) continue;
      all.push_back({spec, &sheet});
      if (!spec.id.ends_with('*')) break;
      for (std::string* name : {&all.back().layout.name.sv, &all.back().layout.name.en})
        if (const auto star = name->find("{{*}}"); star != std::string::npos) name->replace(star, 5, sheet.id.substr(spec.id.size() - 1));
    }
  return all;
}

std::vector<PlacedSheet> placed_sheets(const Report& report, const ReportTemplate& layout, Language language) {
  std::vector<PlacedSheet> all;
  for (const TemplateFile& file : layout.files)
    for (const TemplateFill::Table& table : file.fill.tables) {
      const auto found = std::find_if(report.sheets.begin(), report.sheets.end(), [&](const Sheet& s) { return s.id == table.source; });
      if (found == report.sheets.end()) continue;
      PlacedSheet placed{.sheet = static_cast<std::size_t>(found - report.sheets.begin()),
                         .name = table.sheet,
                         .first_row = table.first_row,
                         .total_row = {},
                         .columns = {}};
      for (const auto& column : table.columns) {
        const std::size_t field = place_of(*found, column.field);
        if (field < found->fields.size()) placed.columns.push_back({.at = column.at, .field = field, .heading = column.field});
      }
      all.push_back(std::move(placed));
    }
  for (const TemplateFile& file : layout.files)
    for (const auto& [of_sheet, found] : laid_out(file, report)) {
      PlacedSheet placed{.sheet = static_cast<std::size_t>(found - report.sheets.data()),
                         .name = of_sheet.name.in(language),
                         .first_row = of_sheet.start_row + (of_sheet.header ? 1u : 0u),
                         .total_row = {},
                         .columns = {}};
      const std::vector<Column> columns = place_columns(*found, of_sheet, report, layout, language);
      const bool with_totals = of_sheet.layout == Layout::Table && row_count(*found) > 0;
      const Totals totals =
          with_totals ? totals_of(*found, columns, language) : Totals{std::vector<std::uint8_t>(columns.size()), {}};
      if (totals.any()) placed.total_row = placed.first_row + static_cast<std::uint32_t>(row_count(*found));
      for (std::size_t i = 0; i < columns.size(); ++i)
        placed.columns.push_back({.at = columns[i].at,
                                  .field = columns[i].field,
                                  .instead = columns[i].instead,
                                  .heading = columns[i].heading,
                                  .name = columns[i].layout->name,
                                  .total = totals.function[i] == LXW_TABLE_FUNCTION_COUNT ? Total::Count
                                           : totals.function[i] != 0                      ? Total::Sum
                                                                                          : Total::None});
      all.push_back(std::move(placed));
    }
  return all;
}

std::optional<PlacedControl> placed_control(const Report& report, const ReportTemplate& layout, Language language) {
  const auto has_it = [](const TemplateFile& file) { return file.stamp == Stamp::ControlSheet; };
  if (std::none_of(layout.files.begin(), layout.files.end(), has_it)) return std::nullopt;
  // In the order of writing: the file with the control sheet is the last.
  std::vector<PlacedControl::Cut> texts;
  for (const bool last : {false, true})
    for (const TemplateFile& file : layout.files) {
      if (has_it(file) != last) continue;
      for (const auto& [of_sheet, sheet] : laid_out(file, report)) {
        const std::vector<Column> columns = place_columns(*sheet, of_sheet, report, layout, language);
        const auto place = static_cast<std::size_t>(sheet - report.sheets.data());
        for (std::size_t row = 0; row < sheet->rows.size(); ++row)
          for (const Column& column : columns) {
            const bool other = column.instead != std::string::npos && std::holds_alternative<std::monostate>(sheet->rows[row][column.field].value);
            const std::size_t field = other ? column.instead : column.field;
            if (const auto* text = std::get_if<std::string>(&sheet->rows[row][field].value);
                text && text->size() > most_units_of_a_cell && utf16_units(*text) > most_units_of_a_cell)
              texts.push_back({place, row, field});
          }
      }
    }
  PlacedControl placed = control_rows(report, layout, language, texts.size());
  placed.texts = std::move(texts);
  return placed;
}

// Title, subtitle, headings, rows, total row: in the order of the rows, as large sheets demand.
void write_sheet(const Sheet& sheet, const TemplateSheet& layout, Rendering& r) {
  const Language language = r.options.language;
  const std::vector<Column> columns = place_columns(sheet, layout, r.report, r.layout, language);
  lxw_worksheet* out = r.book.add_sheet(layout.name.in(language));
  for (const Column& column : columns) must(worksheet_set_column(out, column.at, column.at, column.layout->width, nullptr));

  if (layout.layout == Layout::Block) {
    write_block(out, layout, sheet, columns, r);
    if (row_count(sheet) > 0)
      ignore_text_numbers(out, layout.start_row, layout.start_row + static_cast<lxw_row_t>(row_count(sheet)), columns);
    return;
  }

  const bool table = layout.layout == Layout::Table;
  const bool empty = row_count(sheet) == 0;
  const Totals totals = table && !empty ? totals_of(sheet, columns, language) : Totals{std::vector<std::uint8_t>(columns.size()), {}};
  if (table && !empty && !r.in_order) add_table(out, layout, sheet, columns, totals, r);
  must(worksheet_set_row(out, 0, 24, nullptr));
  const std::string title = layout.title.in(language).empty() ? layout.name.in(language) : filled(layout.title.in(language), r);
  put_text(out, 0, 0, title, r.looks.of(Style::Title));
  lxw_format* line_look = r.looks.of(r.report.draft ? Style::Bad : Style::Subtitle);
  const std::string line = subtitle(r);
  put_text(out, 1, 0, line, line_look);
  // The colour of a draft lies under the whole line, which runs over its neighbours.
  double under = columns.empty() ? 0 : columns.front().layout->width;
  for (std::size_t i = 1; r.report.draft && i < columns.size() && letters_in(under) < static_cast<double>(line.size()); ++i) {
    put_text(out, 1, columns[i].at, "", line_look);
    under += columns[i].layout->width;
  }
  if (layout.header) write_headings(out, layout, columns, r);
  if (empty) {
    const std::string words_for_empty =
        layout.empty.in(language).empty() ? words({"xlsx.empty", {}}, language) : layout.empty.in(language);
    put_text(out, layout.start_row + (layout.header ? 1 : 0), layout.start_column, words_for_empty,
             r.looks.of(Style::Subtitle));
  }
  const lxw_row_t last = layout.start_row + static_cast<lxw_row_t>(row_count(sheet));
  if (table && r.in_order && !empty)
    must(worksheet_autofilter(out, layout.start_row, columns.front().at, last, columns.back().at));
  write_rows(out, layout, sheet, columns, r);
  double width = 0;
  for (const Column& column : columns) width += column.layout->width;
  if (empty) width = std::min(width, most_characters_of_a_page);  // headings alone are worth one page
  if (!empty) {
    if (totals.any()) write_totals(out, layout, sheet, columns, totals, r);
    ignore_text_numbers(out, layout.start_row + 1, last, columns);
    // Frozen columns stand on each of several leaves, and with them what begins there.
    insert_charts(out, layout, sheet, columns, pages_across(width) > 1 ? std::max(columns.front().at, layout.freeze_columns) : columns.front().at, r);
  }
  if (layout.freeze_rows > 0 || layout.freeze_columns > 0)
    worksheet_freeze_panes(out, layout.freeze_rows, layout.freeze_columns);
  // One of many sheets is a leaf of its own, and so is a table with its charts, which no page may cut: as long as it can be read.
  constexpr std::size_t most_rows_of_a_leaf = 60;
  std::size_t rows = row_count(sheet);
  for (const TemplateChart& chart : layout.charts)
    if (chart.below && !empty) rows += (chart.height > 0 ? chart.height : 288) / 20 + 2;
  set_page(out, r, layout.header ? &layout.start_row : nullptr, width, layout.freeze_columns,
           (layout.id.ends_with('*') || !layout.charts.empty()) && rows <= most_rows_of_a_leaf);
}

}  // namespace horisont
