#include "app/remake.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "app/report.h"
#include "core/reports/behind.h"
#include "core/reports/cells.h"
#include "core/values/both.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/form.h"
#include "edge/xlsx/parts.h"
#include "edge/xlsx/seen.h"
#include "edge/xlsx/render.h"

namespace horisont {
namespace {

using Cells = std::map<std::pair<std::uint32_t, std::uint32_t>, CellView>;

Cells cells_of(const SheetView& sheet) {
  Cells cells;
  for (const RowView& row : sheet.rows)
    for (std::uint32_t i = 0; i < row.cells.size(); ++i)
      if (row.cells[i].kind != CellView::Kind::Empty || row.cells[i].without_value) cells[{row.number, i + 1}] = row.cells[i];
  return cells;
}

std::optional<double> number_in(const CellView& cell) {
  double number = 0;
  const char* end = cell.text.data() + cell.text.size();
  const auto [stop, error] = std::from_chars(cell.text.data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

// Programs write the same number with fifteen to seventeen digits.
bool same_value(const CellView& a, const CellView& b) {
  const bool text = a.kind == CellView::Kind::Text, other_text = b.kind == CellView::Kind::Text;
  if (a.text == b.text && text == other_text) return true;
  if (text || other_text) return false;
  const auto x = number_in(a), y = number_in(b);
  return x && y && std::abs(*x - *y) <= 1e-12 * std::max(std::abs(*x), std::abs(*y));
}

const SheetView* named(const Workbook& book, const std::string& name) {
  for (const SheetView& sheet : book.sheets())
    if (sheet.name == name) return &sheet;
  return nullptr;
}

std::string address(const SheetView& sheet, const std::pair<std::uint32_t, std::uint32_t>& at) {
  return sheet.name + "!" + cell_name({.row = at.first, .column = static_cast<std::uint16_t>(at.second)});
}

// "yyyy\\-mm\\-dd" is "yyyy-mm-dd".
std::string plain_format(std::string_view format) {
  std::string plain;
  std::copy_if(format.begin(), format.end(), std::back_inserter(plain), [](char c) { return c != '\\'; });
  return plain == "General" ? "" : plain;
}

// Words in both languages with something before and behind them.
std::string around(const std::string& before, const std::string& both, const std::string& behind) {
  const auto halves = halves_of(both);
  return halves ? in_both(before + halves->first + behind, before + halves->second + behind) : before + both + behind;
}
// "Rader!C14 (formel)"
std::string kind_at(const std::string& place, const std::string& kind) { return around(place.empty() ? "(" : place + " (", kind, ")"); }

// What is told of something that is seen, and what of it where it has no text of its own.
std::pair<std::string, std::string> words_of(Seen::Kind kind) {
  switch (kind) {
    case Seen::Kind::Name:
      return {in_both("namn", "name"), {}};
    case Seen::Kind::Comment:
      return {in_both("kommentar", "comment"), {}};
    case Seen::Kind::Chart:
      return {in_both("diagram", "chart"), {}};
    case Seen::Kind::ChartText:
      return {in_both("text i diagram", "text in a chart"), {}};
    case Seen::Kind::Drawn:
      return {in_both("över cellerna", "over the cells"), in_both("figur, bild eller textruta", "shape, picture or text box")};
    case Seen::Kind::Conditional:
      return {in_both("villkorsstyrd formatering", "conditional format"), {}};
    case Seen::Kind::Validation:
      return {in_both("dataverifiering", "data validation"), {}};
    case Seen::Kind::Merged:
      return {in_both("sammanslagna celler", "merged cells"), {}};
    case Seen::Kind::Faint:
      return {in_both("oläsligt", "cannot be read"), in_both("text i bakgrundens färg eller mycket liten", "text in the colour of what is behind it, or very small")};
    case Seen::Kind::Narrow:
      return {in_both("syns inte", "is not seen"), in_both("för smal eller låg", "too narrow or too low")};
    case Seen::Kind::Part:
      return {in_both("annat innehåll", "other content"), in_both("makron, länkar eller inbäddade filer", "macros, links or embedded files")};
  }
  return {};
}

// Whether a formula reads the cells that a name stands for.
bool reads_name(const std::string& formula, const std::string& name) {
  const auto in_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80; };
  const std::string text = plain_formula(formula), word = plain_formula(name);
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if ((at == 0 || !in_name(text[at - 1])) && (at + word.size() == text.size() || !in_name(text[at + word.size()]))) return true;
  return false;
}

}  // namespace

bool RemadeReport::same() const {
  return std::all_of(files.begin(), files.end(), [](const File& file) { return file.same(); });
}

Result<RemadeReport> remake_report(const Workspace& workspace, const std::string& project, const std::string& report,
                                   const std::filesystem::path& folder, bool keep_differing) {
  auto known = workspace.store.reports(project);
  const auto stored = std::find_if(known.begin(), known.end(), [&](const StoredReport& one) { return one.id == report; });
  if (stored == known.end()) return problem("trace.no-report", report, project);
  const auto behind = workspace.store.behind(project, report);
  if (!behind) return problem("trace.nothing-kept", report, stored->program_version);
  const auto bytes = workspace.store.kept(stored->template_sha256);
  const auto frozen = thaw(stored->sheets_text, *behind);
  if (!bytes || !frozen || sha256_of(stored->sheets_text) != stored->fingerprint) return problem("trace.damaged", report);

  const TemporaryFolder work;
  write_file(work.path() / "template.toml", *bytes);
  const auto layout = load_report_template(
      work.path() / "template.toml", [&](const std::string& sha256) { return workspace.store.kept(sha256); });
  if (!layout) return problem("remake.template", report, stored->template_sha256.substr(0, 16), stored->program_version);
  RemadeReport made{.report = report,
                    .made_by = stored->program_version,
                    .now = program_version(),
                    .template_sha256 = stored->template_sha256,
                    .files = {}};
  const auto paths = render(frozen->report, **layout, work.path(),
                            {.language = stored->language == "en" ? Language::English : Language::Swedish,
                             .created = stored->at,
                             .fingerprint = [&] { return stored->fingerprint; },
                             .called = [&](std::size_t file, const std::string& name) {
                               return file < stored->files.size() ? stored->files[file].name : name;
                             }});
  for (const auto& path : paths) {
    const std::string name = path.filename().string();
    const auto then = std::find_if(stored->files.begin(), stored->files.end(), [&](const auto& f) { return f.name == name; });
    made.files.push_back({name, sha256_of_file(path), then == stored->files.end() ? "" : then->sha256, folder / name});
  }
  if (!made.same() && !keep_differing) return made;
  make_private_folder(folder);
  std::error_code error;
  for (const auto& file : made.files)
    if (std::filesystem::exists(file.path, error)) return problem("remake.exists", file.path.string());
  for (std::size_t i = 0; i < paths.size(); ++i) write_file(made.files[i].path, read_file(paths[i]), Readers::Owner);
  return made;
}

Table remade_table(const RemadeReport& made) {
  Table table{.schema = "remade"};
  table.facts = {{"report", made.report},
                 {"made_by", made.made_by},
                 {"now", made.now},
                 {"template", made.template_sha256},
                 {"same", made.same() ? "yes" : "no"}};
  table.columns = {{"file", {"Fil", "File"}},
                   {"same", {"Samma byte", "Same bytes"}},
                   {"sha256", {"SHA-256", "SHA-256"}},
                   {"sha256_made", {"SHA-256 när den skapades", "SHA-256 when made"}}};
  for (const auto& file : made.files)
    table.rows.push_back(
        {file.name, Message{file.same() ? "yesno.yes" : "yesno.no", {}}, file.sha256, file.sha256_made});
  return table;
}

WorkbookDifferences workbook_differences(const std::filesystem::path& made, const std::filesystem::path& found, bool as_made,
                                         std::size_t most) {
  WorkbookDifferences both_ways;
  std::vector<CellDifference>& all = both_ways.altered;
  if (!is_sound_workbook(made) || !is_sound_workbook(found)) return both_ways;
  const auto then = read_workbook(made), now = read_workbook(found);
  const auto read_then = form_of(made), read_now = form_of(found);
  const auto seen_then = seen_in(made), seen_now = seen_in(found);
  if (!then || !now || !read_then || !read_now || !seen_then || !seen_now) return both_ways;
  both_ways.whole = true;
  const WorkbookForm &form_then = *read_then, &form_now = *read_now;
  const auto tell = [&](std::string where, std::string was, std::string is) {
    if (all.size() < most) all.push_back({std::move(where), std::move(was), std::move(is)});
  };
  const auto hidden = [](bool is) { return is ? in_both("(dolt)", "(hidden)") : in_both("(synligt)", "(in sight)"); };
  const auto text_in = [](const std::map<std::string, std::string>& texts, const std::string& key) {
    const auto found_text = texts.find(key);
    return found_text == texts.end() ? std::string() : found_text->second;
  };
  // What is between the parts of a page's header counts; blanks do not, nor how a break of line is written.
  const auto without_blanks = [](std::string text) {
    for (const std::string_view written : {"_x000a_", "_x000A_", "_x000d_", "_x000D_"})
      for (std::size_t at = text.find(written); at != text.npos; at = text.find(written, at)) text.erase(at, written.size());
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
    return text;
  };
  bool calendar_told = false;
  for (const SheetView& sheet : then->sheets()) {
    const SheetView* other = named(*now, sheet.name);
    if (!other) {
      tell(sheet.name, sheet.name, "");
      continue;
    }
    if (sheet.hidden != other->hidden) tell(sheet.name, hidden(sheet.hidden), hidden(other->hidden));
    if (sheet.date1904 != other->date1904 && !std::exchange(calendar_told, true)) {
      const auto from = [](bool is1904) {
        return is1904 ? in_both("(dagar räknas från 1904)", "(days count from 1904)") : in_both("(dagar räknas från 1900)", "(days count from 1900)");
      };
      tell(in_both("Datumsystem", "Date system"), from(sheet.date1904), from(other->date1904));
    }
    for (const auto& [what, of_then, of_now] : {std::tuple(in_both("sidhuvud", "page header"), &form_then.headers, &form_now.headers),
                                                std::tuple(in_both("sidfot", "page footer"), &form_then.footers, &form_now.footers)}) {
      const std::string was = text_in(*of_then, sheet.name), is = text_in(*of_now, sheet.name);
      if (without_blanks(was) != without_blanks(is)) tell(kind_at(sheet.name, what), was, is);
    }
    std::map<std::uint32_t, std::pair<bool, bool>> rows;  // hidden: then, now
    for (const RowView& row : sheet.rows) rows[row.number].first = row.hidden;
    for (const RowView& row : other->rows) rows[row.number].second = row.hidden;
    for (const auto& [number, is_hidden] : rows)
      if (is_hidden.first != is_hidden.second)
        tell(kind_at(sheet.name + "!" + std::to_string(number) + ":" + std::to_string(number), in_both("rad", "row")),
             hidden(is_hidden.first), hidden(is_hidden.second));
    const Cells before = cells_of(sheet), after = cells_of(*other);
    std::uint32_t last_column = 0;
    for (const Cells* cells : {&before, &after})
      for (const auto& [at, cell] : *cells) last_column = std::max(last_column, at.second);
    for (std::uint32_t column = 1; column <= last_column; ++column) {
      const auto is_in = [&](const SheetView& one) {
        return std::find(one.hidden_columns.begin(), one.hidden_columns.end(), column) != one.hidden_columns.end();
      };
      if (is_in(sheet) == is_in(*other)) continue;
      std::string name = cell_name({.row = 1, .column = static_cast<std::uint16_t>(column)});
      name.pop_back();
      tell(kind_at(sheet.name + "!" + name + ":" + name, in_both("kolumn", "column")), hidden(is_in(sheet)), hidden(is_in(*other)));
    }
    Cells both = before;
    both.insert(after.begin(), after.end());
    for (const auto& [at, either] : both) {
      const auto old_cell = before.find(at), new_cell = after.find(at);
      const CellView was = old_cell == before.end() ? CellView{} : old_cell->second;
      const CellView is = new_cell == after.end() ? CellView{} : new_cell->second;
      const std::string cell = address(sheet, at);
      const std::string formula = text_in(form_then.formulas, cell), other_formula = text_in(form_now.formulas, cell);
      const bool both_formulas = was.formula && is.formula, same_formula = both_formulas && plain_formula(formula) == plain_formula(other_formula);
      // The same number under a format with words or digits of its own shows another.
      if (was.format != is.format && old_cell != before.end() && new_cell != after.end() &&
          (is.kind == CellView::Kind::Text ? hides_text(is.format) : hides_digits(was.format, is.format)))
        tell(kind_at(cell, in_both("talformat", "number format")), std::string(was.format), std::string(is.format));
      const bool same = same_value(was, is) || (is.without_value && same_formula);
      if (same && was.formula == is.formula && (!both_formulas || same_formula)) continue;
      if (all.size() == most) return both_ways;
      // A formula is told by its text: the value beside it may be what the earlier one gave.
      if (both_formulas && !same_formula) {
        tell(kind_at(cell, in_both("formel", "formula")), "=" + formula, "=" + other_formula);
        if (same || is.without_value) continue;
      }
      const bool only_kind = was.text == is.text && was.formula == is.formula;
      const auto shown = [&](const CellView& one) {
        if (!only_kind) return std::string(one.text);
        const bool text = one.kind == CellView::Kind::Text;
        return in_both(std::string(one.text) + (text ? " (text)" : " (tal)"), std::string(one.text) + (text ? " (text)" : " (number)"));
      };
      const auto with_formula = [&](const CellView& one, const std::string& text) {
        return one.formula && !both_formulas ? "=" + text : shown(one);
      };
      tell(cell, with_formula(was, formula), with_formula(is, other_formula));
    }
  }
  for (const SheetView& sheet : now->sheets())
    if (!named(*then, sheet.name)) tell(sheet.name, "", sheet.name);
  const auto place = [](const Seen& one) { return kind_at(one.where, words_of(one.kind).first); };
  const auto what = [](const Seen& one) {
    const std::string is = words_of(one.kind).second;
    return is.empty() || one.what.empty() ? is + one.what : around("", is, ": " + one.what);
  };
  for (const auto& [one, was] : seen_otherwise(*seen_then, *seen_now)) tell(place(one), was, what(one));
  const std::vector<std::string> by_hand = as_made ? parts_changed_by_hand(made, found) : std::vector<std::string>{};
  for (const auto& [one, from_what_stays] : seen_missing(*seen_then, *seen_now)) {
    const bool read = one.kind == Seen::Kind::Name && std::any_of(form_now.formulas.begin(), form_now.formulas.end(), [&](const auto& cell) {
      return reads_name(cell.second, one.where);
    });
    const CellDifference gone{place(one), what(one), in_both("(saknas)", "(missing)")};
    if (from_what_stays || read || !by_hand.empty())
      tell(gone.cell, gone.made, gone.found);
    else if (both_ways.missing.size() < most)
      both_ways.missing.push_back(gone);
  }
  // What has no name of its own: fonts, directions, ranges of tables, axes and whatever else programs show.
  if (all.empty())
    for (const std::string& part : by_hand)
      tell(kind_at(part, in_both("del av filen", "part of the file")), "", in_both("ändrad för hand", "changed by hand"));
  return both_ways;
}

std::vector<FormDifference> form_differences(const std::filesystem::path& made, const std::filesystem::path& found) {
  std::vector<FormDifference> all;
  const auto then = read_workbook(made), now = read_workbook(found);
  if (!then || !now) return all;
  std::int64_t without_then = 0, without_now = 0, formats = 0;
  for (const SheetView& sheet : then->sheets()) {
    const SheetView* other = named(*now, sheet.name);
    if (!other) continue;
    const Cells before = cells_of(sheet), after = cells_of(*other);
    for (const auto& [at, was] : before) without_then += was.without_value;
    for (const auto& [at, is] : after) {
      without_now += is.without_value;
      const auto was = before.find(at);
      if (was != before.end() && is.kind != CellView::Kind::Text && !is.without_value)
        formats += plain_format(was->second.format) != plain_format(is.format);
    }
  }
  const auto add = [&](const char* id, std::int64_t was, std::int64_t is) {
    if (was != is) all.push_back({{id, {}}, was, is});
  };
  add("report-check.form.without-result", without_then, without_now);
  add("report-check.form.formats", 0, formats);
  const auto form_then = form_of(made), form_now = form_of(found);
  if (!form_then || !form_now) return all;
  const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  std::int64_t rewritten = 0;
  for (const auto& [cell, text] : form_now->formulas) {
    const auto was = form_then->formulas.find(cell);
    rewritten += was != form_then->formulas.end() && was->second != text && plain_formula(was->second) == plain_formula(text);
  }
  add("report-check.form.rewritten", 0, rewritten);
  add("report-check.form.charts", count(form_then->charts), count(form_now->charts));
  add("report-check.form.comments", count(form_then->comments), count(form_now->comments));
  add("report-check.form.tables", count(form_then->tables), count(form_now->tables));
  add("report-check.form.names", count(form_then->names), count(form_now->names));
  add("report-check.form.properties", count(then->properties().size()), count(now->properties().size()));
  return all;
}

Likeness likeness(const std::filesystem::path& a, const std::filesystem::path& b) {
  const auto one = read_workbook(a), other = read_workbook(b);
  if (!one || !other) return {};
  std::map<std::string, std::int64_t> cells;
  const auto count = [&](const Workbook& book, int step) {
    std::size_t all = 0;
    for (const SheetView& sheet : book.sheets())
      for (const auto& [at, cell] : cells_of(sheet)) {
        cells[sheet.name + "\t" + std::to_string(at.second) + "\t" + std::string(cell.text)] += step;
        ++all;
      }
    return all;
  };
  const std::size_t of_one = count(*one, 1), of_other = count(*other, -1);
  std::size_t only_one = 0;
  for (const auto& [cell, more] : cells) only_one += more > 0 ? static_cast<std::size_t>(more) : 0;
  return {of_one - only_one, std::max(of_one, of_other)};
}

}  // namespace horisont
