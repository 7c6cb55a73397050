#include "app/remake.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "app/report.h"
#include "core/reports/behind.h"
#include "core/reports/cells.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
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
  if (a.text == b.text) return true;
  if (a.kind == CellView::Kind::Text || b.kind == CellView::Kind::Text) return false;
  const auto x = number_in(a), y = number_in(b);
  return x && y && std::abs(*x - *y) <= 1e-12 * std::max(std::abs(*x), std::abs(*y));
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
                             .fingerprint = [&] { return stored->fingerprint; }});
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

std::vector<CellDifference> cell_differences(const std::filesystem::path& made, const std::filesystem::path& found,
                                             std::size_t most) {
  std::vector<CellDifference> all;
  const auto then = read_workbook(made), now = read_workbook(found);
  if (!then || !now) return all;
  const auto named = [](const Workbook& book, const std::string& name) -> const SheetView* {
    for (const SheetView& sheet : book.sheets())
      if (sheet.name == name) return &sheet;
    return nullptr;
  };
  for (const SheetView& sheet : then->sheets()) {
    const SheetView* other = named(*now, sheet.name);
    if (!other) {
      all.push_back({sheet.name, sheet.name, ""});
      continue;
    }
    if (sheet.hidden != other->hidden)
      all.push_back({sheet.name, sheet.hidden ? in_both("(dolt)", "(hidden)") : in_both("(synligt)", "(in sight)"),
                     other->hidden ? in_both("(dolt)", "(hidden)") : in_both("(synligt)", "(in sight)")});
    const Cells before = cells_of(sheet), after = cells_of(*other);
    Cells both = before;
    both.insert(after.begin(), after.end());
    for (const auto& [at, either] : both) {
      const auto old_text = before.find(at), new_text = after.find(at);
      const CellView was = old_text == before.end() ? CellView{} : old_text->second;
      const CellView is = new_text == after.end() ? CellView{} : new_text->second;
      if (same_value(was, is) && was.formula == is.formula) continue;
      if (all.size() == most) return all;
      const Origin origin{.row = at.first, .column = static_cast<std::uint16_t>(at.second)};
      // A program that saves a formula without its result leaves nothing to compare.
      all.push_back({sheet.name + "!" + cell_name(origin), std::string(was.text),
                     is.without_value                ? in_both("(formel utan sparat värde)", "(formula without its result)")
                     : is.formula && !was.formula ? in_both("(en formel)", "(a formula)")
                                                  : std::string(is.text)});
    }
  }
  for (const SheetView& sheet : now->sheets())
    if (!named(*then, sheet.name) && all.size() < most) all.push_back({sheet.name, "", sheet.name});
  return all;
}

}  // namespace horisont
