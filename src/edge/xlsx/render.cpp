#include "edge/xlsx/render.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "edge/files/in_place.h"
#include "edge/xlsx/fast_deflate.h"
#include "edge/xlsx/fill.h"
#include "edge/xlsx/placed.h"
#include "edge/xlsx/rendering.h"

namespace horisont {
namespace {

constexpr std::size_t most_rows_of_a_table = 5'000;        // beyond it a workbook is written in order, without tables
constexpr std::size_t most_cells_written_small = 100'000;  // beyond it time counts for more than bytes
constexpr std::size_t most_rows_of_a_sheet = LXW_ROW_MAX - 10;

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
  custom("Horisont fingerprint", r.fingerprint);
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
    else if (c == '/')
      name += '_';
    else if (!name.empty() && name.back() != '-')
      name += '-';
    ++i;
  }
  while (name.starts_with('.') || name.starts_with('-')) name.erase(0, 1);
  return name;
}

std::string file_name_of(const TemplateFile& file, const Report& report, const ReportTemplate& layout, Language language) {
  std::string name = file_name(filled(file.name.in(language), report, layout, language));
  if (report.draft)
    name.insert(std::min(name.rfind('.'), name.size()), "-" + file_name(words({"xlsx.draft", {}}, language)));
  return name;
}

const Sheet* sheet_of(const Report& report, const std::string& id) {
  for (const Sheet& sheet : report.sheets)
    if (sheet.id == id) return &sheet;
  return nullptr;
}

// "{{organisation}} · {{project.record_number}}" of a project of which one, or neither, is known.
std::string without_lone_dots(std::string text) {
  static constexpr std::string_view dot = "·";
  const auto trim = [&] {
    while (text.starts_with(' ')) text.erase(0, 1);
    while (text.ends_with(' ')) text.pop_back();
  };
  for (trim(); text.starts_with(dot); trim()) text.erase(0, dot.size());
  for (; text.ends_with(dot); trim()) text.erase(text.size() - dot.size());
  return text;
}

// What a template puts into a workbook of somebody else's.
Filling filling_of(const TemplateFill& fill, const Report& report, const ReportTemplate& layout, Language language) {
  Filling filling{.write_locked = layout.write_locked};
  const auto value_of = [&](const TemplateFill::Value& put) {
    Filling::Value value{{put.sheet, put.at, put.name}, {}};
    const Sheet* sheet = put.source.empty() ? nullptr : sheet_of(report, put.source);
    if (put.source.empty()) {
      value.value = written(filled("{{" + put.field + "}}", report, layout, language), put.as, language);
    } else if (put.field == "count") {
      value.value = written(static_cast<std::int64_t>(sheet ? row_count(*sheet) : 0), put.as, language);
    } else if (sheet && !sheet->totals.empty()) {
      const auto field = std::find(sheet->fields.begin(), sheet->fields.end(), put.field.substr(6));
      if (field != sheet->fields.end())
        value.value =
            written(sheet->totals[static_cast<std::size_t>(field - sheet->fields.begin())].value, put.as, language);
    }
    return value;
  };
  for (const auto& put : fill.values) filling.values.push_back(value_of(put));
  for (const auto& result : fill.results) filling.results.push_back(value_of(result));
  for (const auto& expected : fill.expected) filling.expected.push_back({expected.sheet, expected.at, expected.text});
  for (const TemplateFill::Table& table : fill.tables) {
    const Sheet* sheet = sheet_of(report, table.source);
    const std::size_t rows = sheet ? row_count(*sheet) : 0;
    if (rows > table.most_rows)
      throw FileError(Message{"fill.too-many", {table.sheet, std::to_string(rows), std::to_string(table.most_rows)}},
                      FileError::Fault::Unreadable);
    for (const auto& column : table.columns) {
      std::size_t field = 0;
      while (sheet && field < sheet->fields.size() && sheet->fields[field] != column.field) ++field;
      for (std::uint32_t row = 0; row < (table.clear ? table.most_rows : rows); ++row) {
        Filling::Value cell{{table.sheet, cell_address(table.first_row + row, column.at), {}}, {}};
        if (row < rows && field < sheet->fields.size())
          cell.value = written(cell_at(*sheet, row, field).value, column.as, language);
        filling.values.push_back(std::move(cell));
      }
    }
  }
  return filling;
}

}  // namespace

std::vector<std::filesystem::path> render(const Report& report, const ReportTemplate& layout,
                                          const std::filesystem::path& folder, const RenderOptions& options) {
  if (report.kind != layout.report) throw std::logic_error("template " + layout.id + " is not for report " + report.kind);
  const PointAsDecimalSign point;
  const std::size_t n = layout.files.size();
  std::vector<std::unique_ptr<Book>> books(n);
  std::vector<std::string> fillings(n);
  std::vector<std::pair<std::string, std::string>> others;
  std::vector<CutText> cut;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < n; ++i) {
    names.push_back(file_name_of(layout.files[i], report, layout, options.language));
    if (options.called) names.back() = options.called(i, names.back());
  }

  const auto write = [&](std::size_t i) {
    const TemplateFile& file = layout.files[i];
    const std::string& name = names[i];
    if (file.fill.any()) {
      const Filling filling = filling_of(file.fill, report, layout, options.language);
      for (const Filling::Value& value : filling.values)
        if (value.value.text.size() > most_units_of_a_cell && utf16_units(value.value.text) > most_units_of_a_cell)
          cut.push_back({value.at.name.empty() ? value.at.sheet + "!" + value.at.cell : value.at.name, utf16_units(value.value.text)});
      auto bytes = filled_workbook(layout.workbook_bytes, filling);
      if (!bytes) throw FileError(bytes.error().message, FileError::Fault::Unreadable);
      others.emplace_back(name, sha256_of(*bytes));
      fillings[i] = *std::move(bytes);
      return;
    }
    std::size_t longest = 0, cells = 0;
    const std::vector<LaidOut> sheets = laid_out(file, report);
    for (const LaidOut& one : sheets) {
      longest = std::max(longest, row_count(*one.sheet));
      cells += row_count(*one.sheet) * one.sheet->fields.size();
    }
    if (longest > most_rows_of_a_sheet)
      throw FileError(Message{"xlsx.too-many-rows", {std::to_string(longest), std::to_string(most_rows_of_a_sheet)}},
                      FileError::Fault::Unreadable);

    // The size decides, so that one report always gives one file.
    const bool in_order = longest > most_rows_of_a_table, large = cells > most_cells_written_small;
    books[i] = std::make_unique<Book>(folder / name, in_order);
    Rendering r{report, layout, file, options, *books[i], Looks(**books[i]), in_order, large, {}, cut, {}};
    for (const LaidOut& one : sheets) write_sheet(*one.sheet, one.layout, r);
    if (file.stamp == Stamp::ControlSheet) {
      r.fingerprint = options.fingerprint ? options.fingerprint() : sha256_of(to_text(report));
      write_control_sheet(r, others);
    }
    set_properties(r);
    const FastDeflate fast(r.large);
    const auto& finished = books[i]->finish();
    if (file.stamp != Stamp::ControlSheet) others.emplace_back(name, sha256_of_file(finished));
  };
  // The control sheet names the SHA-256 of the other files, so they come first.
  for (std::size_t i = 0; i < n; ++i)
    if (layout.files[i].stamp != Stamp::ControlSheet) write(i);
  for (std::size_t i = 0; i < n; ++i)
    if (layout.files[i].stamp == Stamp::ControlSheet) write(i);

  std::vector<std::filesystem::path> paths;
  for (std::size_t i = 0; i < n; ++i) {
    if (books[i]) {
      put_in_place(books[i]->finish(), books[i]->target());
      paths.push_back(books[i]->target());
    } else {
      paths.push_back(folder / names[i]);
      write_file(paths.back(), fillings[i], Readers::Owner);
    }
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
    if (name == "month_name" || name == "month_name.sv") {
      const std::string& words = report.period_words.in(name == "month_name" ? language : Language::Swedish);
      return in_month ? words.substr(0, words.rfind(' ')) : "";
    }
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

void note_cut(std::vector<CutText>& cut, std::string_view sheet, lxw_row_t row, lxw_col_t column, const Written& value) {
  if (value.text.size() <= most_units_of_a_cell) return;  // bytes are never fewer than units
  if (const std::size_t units = utf16_units(value.text); units > most_units_of_a_cell)
    cut.push_back({std::string(sheet) + "!" + cell_address(row, column), units});
}

int lines_of(std::string_view text, double letters) {
  const auto room = static_cast<std::size_t>(std::max(3.0, letters));
  int lines = 1;
  std::size_t used = 0, word = 0;
  const auto end_word = [&] {
    if (word > room) {  // broken where the line ends
      lines += static_cast<int>((word - 1) / room) + (used > 0 ? 1 : 0);
      used = word % room;
    } else if (used > 0 && used + 1 + word > room) {
      ++lines, used = word;
    } else {
      used += (used > 0 ? 1 : 0) + word;
    }
    word = 0;
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n')
      end_word();
    else if ((c & 0xC0) != 0x80)
      ++word;
    if (c == '\n') ++lines, used = 0;
  }
  end_word();
  return lines;
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

std::uint16_t pages_across(double width) {
  return static_cast<std::uint16_t>(width <= most_characters_of_a_page ? 1 : std::ceil(width / (0.9 * most_characters_of_a_page)));
}

void set_page(lxw_worksheet* out, const Rendering& r, const lxw_row_t* repeated, double width, lxw_col_t frozen, bool one_leaf) {
  const Language language = r.options.language;
  worksheet_set_paper(out, 9);  // A4
  if (r.file.page.landscape) worksheet_set_landscape(out);
  worksheet_set_margins(out, 0.5, 0.5, 0.8, 0.7);
  const std::uint16_t pages = pages_across(width);  // each with the frozen columns
  // Of one width on paper: letters of a file are alike from sheet to sheet, and only what is wider than a page is made smaller still.
  constexpr double scale = 0.75, landscape = 105, portrait = 70;  // characters across a leaf at full size, in the widest of usual fonts
  if (!one_leaf && width * scale <= (r.file.page.landscape ? landscape : portrait))
    worksheet_set_print_scale(out, static_cast<std::uint16_t>(100 * scale));
  else
    worksheet_fit_to_pages(out, pages, one_leaf ? 1 : 0);
  if (pages > 1 && frozen > 0) must(worksheet_repeat_columns(out, 0, static_cast<lxw_col_t>(frozen - 1)));
  if (repeated) must(worksheet_repeat_rows(out, *repeated, *repeated));
  // A draft says so first of all. Side by side the texts have the width of the page; where they do not fit, the right one (what a fund
  // wants said) takes the next line, and nothing is cut but what one line cannot hold. Excel takes 255 letters with their codes.
  const auto line = [&](const std::string(&texts)[3], const std::string& centre, const std::string& before = {}) {
    std::string whole;
    // A leaf of its own may be printed larger, and then less stands beside each other.
    const std::size_t full = r.file.page.landscape ? 175 : 112, room = one_leaf ? full * 3 / 4 : full, most = r.file.page.landscape ? 105 : 95;
    const auto part = [&](std::size_t i) { return cell_text(without_lone_dots(filled(texts[i], r)), most); };
    const bool two_lines = utf16_units(part(0)) + utf16_units(part(2)) + before.size() > room;
    for (std::size_t i = 0; i < 3; ++i) {
      std::string text = part(i);
      if (i == 0 && !before.empty()) text = before + (text.empty() ? "" : " · ") + text;
      if (i == 1 && text.empty()) text = centre;
      if (text.empty()) continue;
      // "&" begins a code in headers; a user's own is doubled. Ours come ready from the texts.
      std::string escaped;
      for (const char c : text) escaped += c == '&' && text != centre ? "&&" : std::string(1, c);
      whole += std::string("&") + "LCR"[i] + "&9 " + (i == 2 && two_lines ? "\n" : "") + escaped;
    }
    return whole;
  };
  must(worksheet_set_header(out, line(r.file.page.header, "", r.report.draft ? words({"xlsx.draft", {}}, language) : "").c_str()));
  must(worksheet_set_footer(out, line(r.file.page.footer, words({"xlsx.page", {"&P", "&N"}}, language)).c_str()));
}

std::string cell_address(lxw_row_t row, lxw_col_t column, bool fixed) {
  char letters[LXW_MAX_COL_NAME_LENGTH];
  lxw_col_to_name(letters, column, fixed ? 1 : 0);
  return letters + std::string(fixed ? "$" : "") + std::to_string(row + 1);
}

}  // namespace horisont
