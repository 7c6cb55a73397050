#include "app/marked_up.h"

#include <algorithm>

#include "app/answers.h"
#include "app/table.h"
#include "edge/spreadsheet/text_rows.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/mark_up.h"
#include "edge/xlsx/plain_workbook.h"
#include "edge/zip/rewrite.h"
#include "edge/zip/zip.h"

namespace horisont {
namespace {

constexpr std::size_t part_limit = 150u << 20;

std::vector<Mark> marks_of(const std::vector<Finding>& findings, const std::string& id, Language language) {
  std::vector<Mark> marks;
  int number = 0;
  for (const Finding& finding : findings) {
    ++number;
    if (finding.level == Level::Notice) continue;
    const bool error = finding.level == Level::Error;
    marks.push_back(
        {.id = id + "." + std::to_string(number),
         .error = error,
         .level = words({error ? "level.error" : "level.warning", {}}, language),
         .cause = finding.code,
         .sheet = finding.place.sheet,
         .cell = finding.place.cell.empty() && finding.place.row ? "A" + std::to_string(finding.place.row) : finding.place.cell,
         .heading = finding.place.heading,
         // A number in the list would stand outside the column that is protected as personal data.
         .given = finding.code.starts_with("pnr.") ? std::string() : finding.given,
         .what = finding_words(finding, language),
         .advice = advice_words(finding, language)});
  }
  return marks;
}

MarkUpWords words_of(const std::string& id, std::size_t problems, Language language) {
  MarkUpWords out;
  out.sheet = words({"markup.sheet", {}}, language);
  out.title = words({"markup.title", {id, std::to_string(problems)}}, language);
  for (const char* heading : {"markup.number", "markup.level", "markup.in-sheet", "markup.cell", "markup.heading",
                              "markup.value", "markup.what", "markup.do"})
    out.headings.push_back(words({heading, {}}, language));
  return out;
}

Result<std::string> patched(const std::string& bytes, const std::vector<Mark>& marks, const MarkUpWords& in_words,
                            const std::string& id, const std::string& sha256) {
  auto zip = Zip::open(bytes);
  if (!zip) return tl::make_unexpected(zip.error());
  std::vector<std::string> names;
  std::map<std::string, std::string> parts;
  for (const ZipEntry& entry : zip->entries()) {
    names.push_back(entry.name);
    if (!entry.name.ends_with(".xml") && !entry.name.ends_with(".rels")) continue;
    auto text = zip->text(entry, part_limit);
    if (!text) return tl::make_unexpected(text.error());
    parts[entry.name] = std::move(*text);
  }
  const auto changed = marked_up_parts(names, parts, marks, in_words, id, sha256);
  if (!changed) return tl::make_unexpected(changed.error());
  return zip_with_parts(bytes, *changed);
}

// ODS keeps durations as PT7H30M00S.
std::optional<std::int64_t> minutes_of(std::string_view text) {
  if (!text.starts_with("PT")) return std::nullopt;
  std::int64_t minutes = 0, number = 0;
  for (const char c : text.substr(2)) {
    if (c >= '0' && c <= '9' && number < 1'000'000)
      number = number * 10 + (c - '0');
    else if (c == 'H')
      minutes += number * 60, number = 0;
    else if (c == 'M')
      minutes += number, number = 0;
    else if (c != 'S' || number != 0)
      return std::nullopt;
  }
  return minutes;
}

PlainCell plain(const CellView& cell) {
  const std::string text(cell.text), format(cell.format);
  switch (cell.kind) {
    case CellView::Kind::Empty:
      return {};
    case CellView::Kind::Number:
    case CellView::Kind::Boolean:
      return {PlainCell::Number{text, format}};
    case CellView::Kind::Date:
      if (text.find('-', 1) == text.npos) return {PlainCell::Number{text, format.empty() ? "yyyy-mm-dd" : format}};
      if (const auto day = Date::parse(text.substr(0, 10))) return {*day};
      return {text};
    case CellView::Kind::Duration:
      if (const auto minutes = minutes_of(text)) return {PlainCell::Duration{*minutes}};
      return {PlainCell::Number{text, format.empty() ? "[h]:mm" : format}};
    default:
      return {text};
  }
}

void take_row(PlainSheet& sheet, const RowView& row) {
  if (row.number == 0 || row.number > 200'000) return;
  if (sheet.rows.size() < row.number) sheet.rows.resize(row.number);
  auto& cells = sheet.rows[row.number - 1];
  for (const CellView& cell : row.cells) cells.push_back(plain(cell));
  if (row.hidden) sheet.hidden_rows.push_back(row.number);
}

// A workbook with the same cells in the same places, for what cannot be patched.
std::string new_workbook(const std::filesystem::path& source, const Result<Workbook>& book) {
  std::vector<PlainSheet> sheets;
  if (is_text(source)) {
    sheets.push_back({.name = copied_text_sheet});
    if (auto rows = TextRows::open(source))
      while (true) {
        const auto row = rows->next();
        if (!row || *row == nullptr) break;
        take_row(sheets.back(), **row);
      }
  } else if (book) {
    for (const SheetView& view : book->sheets()) {
      sheets.push_back({.name = view.name});
      sheets.back().hidden = view.hidden;
      for (const RowView& row : view.rows) take_row(sheets.back(), row);
      for (const auto& merge : view.merges) sheets.back().merges.push_back({merge.row1, merge.col1, merge.row2, merge.col2});
    }
  }
  for (PlainSheet& sheet : sheets) {
    std::size_t width = 0;
    for (const auto& row : sheet.rows) width = std::max(width, row.size());
    sheet.widths.assign(std::min<std::size_t>(width, 100), 16);
  }
  if (sheets.empty()) sheets.push_back({.name = "Data"});
  const TemporaryFolder folder;
  write_plain_workbook(folder.path() / "kopia.xlsx", sheets);
  return read_file(folder.path() / "kopia.xlsx");
}

}  // namespace

MarkedUp write_marked_up(const std::filesystem::path& source, const std::vector<Finding>& findings, const std::string& id,
                         const std::string& sha256, const std::filesystem::path& file, Language language) {
  const std::vector<Mark> marks = marks_of(findings, id, language);
  const MarkUpWords in_words = words_of(id, marks.size(), language);
  MarkedUp out{marks.size(), true};
  // Only what the reading child found sound is opened here.
  const auto book = read_workbook(source);
  if (book && (book->format() == "xlsx" || book->format() == "xlsm"))
    if (const auto bytes = patched(read_file(source), marks, in_words, id, sha256)) {
      write_file(file, *bytes, Readers::Owner);
      return out;
    }
  out.own_workbook = false;
  const auto bytes = patched(new_workbook(source, book), marks, in_words, id, sha256);
  if (!bytes) throw FileError(bytes.error().message, FileError::Fault::Machine);
  write_file(file, *bytes, Readers::Owner);
  return out;
}

Result<MarkedUp> write_marked_up(Workspace& workspace, const MarkedUpRequest& asked) {
  std::string bytes, sha256, name;
  std::vector<Finding> findings;
  if (const auto draft_number = number_of("U-", asked.id)) {
    const auto draft = workspace.store.draft(asked.project, *draft_number);
    if (!draft) return problem("draft.unknown", asked.id, asked.project);
    CommitRequest again{.project = asked.project, .draft = *draft_number, .actor = asked.actor, .now = asked.now};
    again.until = ImportRequest::Until::Check;
    auto outcome = commit_draft(workspace, again);
    if (!outcome) return tl::make_unexpected(outcome.error());
    findings = std::move(outcome->findings);
    bytes = draft->draft.bytes, sha256 = draft->draft.sha256, name = draft->draft.file_name;
  } else {
    const auto import_number = number_of("I-", asked.id);
    const auto imports = workspace.store.imports(asked.project);
    const auto import = std::find_if(imports.begin(), imports.end(),
                                     [&](const StoredImport& one) { return import_number && one.id == *import_number; });
    if (import == imports.end()) return problem("import.unknown", asked.id, asked.project);
    findings = workspace.store.findings(asked.project, import->id);
    bytes = workspace.store.file_bytes(import->sha256).value_or(std::string());
    sha256 = import->sha256, name = import->file_name;
  }
  if (bytes.empty()) return problem("markup.not-kept", asked.id, name);
  const TemporaryFolder folder;
  write_file(folder.path() / name, bytes);
  return write_marked_up(folder.path() / name, findings, asked.id, sha256, asked.file, asked.language);
}

}  // namespace horisont
