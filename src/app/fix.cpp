#include "app/fix.h"

#include <algorithm>
#include <array>

#include "app/correct.h"
#include "app/questions.h"
#include "edge/import/trouble.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t longest_value = 500;

bool is_fix(const Finding& finding) { return finding.code.starts_with("cell.fix"); }
// A fix of another file, which is known by the address that it had there.
bool followed_nothing(const Finding& finding) { return is_fix(finding) && finding.place.cell.empty() && finding.values.size() >= 5; }
bool lies_over(const Finding& finding) { return finding.code.starts_with("cell.fixed") || finding.code == "row.left-out"; }

struct Address {
  std::optional<std::string> sheet;
  std::string cell;
};
Address address_in(std::string text) {
  Address address;
  if (const std::size_t mark = text.rfind('!'); mark != text.npos) {
    std::string sheet = text.substr(0, mark);
    if (sheet.size() >= 2 && sheet.front() == '\'' && sheet.back() == '\'') sheet = sheet.substr(1, sheet.size() - 2);
    address.sheet = lower_case(nfc(sheet));
    text = text.substr(mark + 1);
  }
  for (const char c : text)
    if (c != '$') address.cell += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return address;
}

std::string address_words(const CellFix& fix) {
  return (fix.sheet.empty() ? "" : fix.sheet + "!") + cell_name(fix.row, fix.column);
}

CellFix fix_at(const Place& place) {
  CellFix fix{.sheet = place.sheet, .row = place.row, .value = {}, .reason = {}, .by = {}};
  for (const char c : place.cell)
    if (c >= 'A' && c <= 'Z') fix.column = fix.column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
  return fix;
}

std::string cell_below(const Place& place) {
  return place.cell.substr(0, place.cell.find_first_of("0123456789")) + std::to_string(place.row + 1);
}

// The one cell of an address that can be fixed, or whose fix can be taken back.
Result<Finding> cell_at(const std::vector<Finding>& findings, const FixRequest& asked) {
  const Address address = address_in(asked.cell);
  const Finding* found = nullptr;
  const Finding* other = nullptr;
  bool fixed = false;
  for (const Finding& finding : findings) {
    if (asked.take_back && followed_nothing(finding) && address_in(finding.values[3]).cell == address.cell &&
        (!address.sheet || address_in(finding.values[3]).sheet.value_or("") == *address.sheet))
      return finding;
    if (finding.place.cell != address.cell) continue;
    if (address.sheet && lower_case(nfc(finding.place.sheet)) != *address.sheet) continue;
    if (asked.take_back ? !is_fix(finding) : !can_be_fixed(finding)) {
      fixed = fixed || (!asked.take_back && is_fix(finding));
      if (finding.level != Level::Notice) other = &finding;
      continue;
    }
    if (found && found->place.sheet != finding.place.sheet) return problem("fix.which-sheet", address.cell);
    // Of several problems of a cell the worst is the one that has to go.
    if (!found || finding.level < found->level) found = &finding;
  }
  if (found) return *found;
  if (asked.take_back) return problem("fix.none", asked.cell);
  if (fixed) return problem("fix.is-fixed", asked.cell);
  if (other) return problem("fix.not-by-value", asked.cell);
  // What two rows of one person say together ("In" and "Ut") is told in the first of them.
  for (const Finding& finding : findings)
    if (can_be_fixed(finding) && (!address.sheet || lower_case(nfc(finding.place.sheet)) == *address.sheet) &&
        address.cell == cell_below(finding.place))
      return problem("fix.problem-above", asked.cell, cell_words(finding.place));
  return problem("fix.no-problem", asked.cell);
}

// The draft with its fixes as they are now, under a new number.
ImportOutcome read_anew(Workspace& workspace, ImportRequest& request, const FixRequest& asked) {
  request.until = ImportRequest::Until::Draft;
  request.asks = true;
  request.actor = asked.actor;
  request.now = asked.now;
  return import_file(workspace, request);
}

// What is still wrong where the new value stands: a problem of the value, or the one that the row had before.
const Finding* still_wrong(const ImportDraft& read, const std::vector<CellFix>& laid, const std::string& before) {
  for (const Finding& finding : read.findings) {
    if (finding.level != Level::Error || is_fix(finding)) continue;
    const bool here = std::any_of(laid.begin(), laid.end(), [&](const CellFix& fix) { return fix.is_at(finding.place); });
    if (here && (finding.code == before || !finding.code.starts_with("row."))) return &finding;
  }
  return nullptr;
}

}  // namespace

bool can_be_fixed(const Finding& finding) {
  static constexpr std::array asked_once = {"date.order-ambiguous", "hours.ones-unclear", "hours.dot-ambiguous", "hours.unit-unclear",
                                            "person.by-name-asked", "attendance.unmarked", "hours.absence-beside"};
  return finding.level != Level::Notice && !finding.place.cell.empty() && finding.place.row != 0 &&
         !finding.code.starts_with("header.") && !finding.code.starts_with("part.") && !finding.code.starts_with("month.") && !is_fix(finding) &&
         std::find(asked_once.begin(), asked_once.end(), finding.code) == asked_once.end();
}

std::vector<Finding> alike(const std::vector<Finding>& findings, const std::vector<std::pair<std::string, std::string>>& mapping,
                           const Finding& like) {
  // Columns that are no field are the days of a month.
  const auto column_of = [&](const Finding& finding) -> std::string {
    const auto field = std::find_if(mapping.begin(), mapping.end(),
                                    [&](const auto& one) { return one.second == finding.place.heading; });
    return field == mapping.end() ? std::string() : field->second;
  };
  std::vector<Finding> found;
  for (const Finding& finding : findings)
    if (finding.code == like.code && finding.given == like.given && can_be_fixed(finding) && column_of(finding) == column_of(like))
      found.push_back(finding);
  return found;
}

std::string given_words(const Finding& finding) {
  const bool hides = finding.code.starts_with("pnr.") || finding.code.starts_with("name.") || !may_be_shown(finding.given);
  return hides ? std::string() : finding.given;
}

std::string row_words(const Place& place) {
  const std::string row = std::to_string(place.row);
  return place.sheet.empty() ? row : place.sheet + "!" + row;
}

std::string cell_words(const Place& place) {
  const std::string cell = place.cell.empty() && place.row != 0 ? std::to_string(place.row) : place.cell;
  return place.sheet.empty() ? cell : place.sheet + "!" + cell;
}

Result<Fixed> fix_cells(Workspace& workspace, const FixRequest& asked) {
  const auto opened = open_draft(workspace, asked.project, asked.draft);
  if (!opened) return tl::make_unexpected(opened.error());
  ImportRequest& request = (*opened)->request;
  const ImportDraft before = read_as_asked(workspace, request);
  const auto found = cell_at(before.findings, asked);
  if (!found) return tl::make_unexpected(found.error());
  Fixed fixed;
  if (!asked.alike) {
    fixed.cells = {*found};
  } else if (!asked.take_back) {
    fixed.cells = alike(before.findings, before.mapping, *found);
  } else {
    for (const Finding& finding : before.findings)
      if (is_fix(finding) && finding.place.heading == found->place.heading && finding.values == found->values)
        fixed.cells.push_back(finding);
  }
  if (asked.only_show) return fixed;

  CellFix laid;
  laid.value = tidy(asked.value).text, laid.reason = tidy(asked.reason).text;
  laid.by = asked.actor.account, laid.at = asked.now;
  if (!asked.take_back && !is_reason(laid.reason)) return tl::make_unexpected(why_no_reason(laid.reason));
  if (count_characters(laid.value) > longest_value) return problem("fix.too-long", std::to_string(longest_value));
  std::vector<CellFix> fresh;
  for (const Finding& cell : fixed.cells) {
    std::erase_if(request.fixes, [&](const CellFix& fix) {
      return followed_nothing(cell) ? fix.astray && address_words(fix) == cell.values[3] : fix.is_at(cell.place);
    });
    if (followed_nothing(cell)) continue;
    const CellFix at = fix_at(cell.place);
    laid.sheet = at.sheet, laid.row = at.row, laid.column = at.column;
    if (!asked.take_back) fresh.push_back(laid);
  }
  request.fixes.insert(request.fixes.end(), fresh.begin(), fresh.end());
  if (const ImportDraft after = read_as_asked(workspace, request); const Finding* wrong = still_wrong(after, fresh, found->code))
    return problem("fix.still-wrong", cell_words(wrong->place),
                   in_both(finding_words(*wrong, Language::Swedish), finding_words(*wrong, Language::English)));

  fixed.outcome = read_anew(workspace, request, asked);
  return fixed;
}

Result<Fixed> leave_out_row(Workspace& workspace, const FixRequest& asked) { return leave_out_rows(workspace, asked, {asked.cell}); }

Result<Fixed> leave_out_rows(Workspace& workspace, const FixRequest& asked, const std::vector<std::string>& rows) {
  const auto opened = open_draft(workspace, asked.project, asked.draft);
  if (!opened) return tl::make_unexpected(opened.error());
  if (rows.empty()) return problem("fix.no-rows");
  ImportRequest& request = (*opened)->request;
  CellFix laid{.sheet = {}, .column = 1, .value = {}, .reason = tidy(asked.reason).text, .by = asked.actor.account, .leaves_out = true};
  laid.at = asked.now;
  if (!asked.take_back && !is_reason(laid.reason)) return tl::make_unexpected(why_no_reason(laid.reason));
  const ImportDraft before = read_as_asked(workspace, request);
  Fixed fixed;
  for (const std::string& written : rows) {
    const Address address = address_in(written);
    if (address.cell.empty() || address.cell.size() > 7 || address.cell.find_first_not_of("0123456789") != address.cell.npos)
      return problem("fix.no-row", written);
    std::vector<std::string> sheets;
    for (const std::string& sheet : before.sheets)
      // A sheet of several tables stands there for each of them.
      if ((!address.sheet || lower_case(nfc(sheet)) == *address.sheet) && std::find(sheets.begin(), sheets.end(), sheet) == sheets.end()) sheets.push_back(sheet);
    if (sheets.size() > 1) return problem("fix.which-sheet", written);
    if (sheets.empty()) return problem("fix.no-row", written);
    laid.sheet = sheets.front(), laid.row = static_cast<std::uint32_t>(std::stoul(address.cell));
    const std::size_t known = request.fixes.size();
    std::erase_if(request.fixes, [&](const CellFix& fix) {
      return fix.leaves_out && !fix.astray && fix.sheet == laid.sheet && fix.row == laid.row;
    });
    if (asked.take_back && known == request.fixes.size()) return problem("fix.none", written);
    if (!asked.take_back) request.fixes.push_back(laid);
    Finding row{.code = "row.left-out", .level = Level::Notice};
    row.place.sheet = laid.sheet, row.place.row = laid.row;
    fixed.cells.push_back(std::move(row));
  }
  if (!asked.take_back) {
    const ImportDraft after = read_as_asked(workspace, request);
    for (std::size_t i = 0; i < request.fixes.size(); ++i) {
      const CellFix& fix = request.fixes[i];
      const bool ours = fix.leaves_out && std::any_of(fixed.cells.begin(), fixed.cells.end(), [&](const Finding& row) {
                          return row.place.sheet == fix.sheet && row.place.row == fix.row;
                        });
      if (ours && after.fixes[i].state != ImportDraft::FixUse::State::Laid) return problem("fix.no-row", row_words({.file = {}, .sheet = fix.sheet, .cell = {}, .heading = {}, .row = fix.row}));
    }
  }
  fixed.outcome = read_anew(workspace, request, asked);
  return fixed;
}

Table fixes_table(const std::vector<Finding>& findings) {
  Table table{.schema = "fixes"};
  table.columns = {{"cell", {"Cell", "Cell"}},     {"heading", {"Rubrik", "Heading"}}, {"before", {"I filen", "In the file"}},
                   {"after", {"Läses som", "Read as"}}, {"by", {"Av", "By"}},            {"at", {"När", "When"}},
                   {"reason", {"Skäl", "Reason"}}};
  table.when_empty = {"Inget är rättat", "Nothing was fixed"};
  for (const Finding& finding : findings) {
    if (!lies_over(finding) || finding.values.size() < 3) continue;
    const bool shown = finding.values.size() >= 5;
    Table::Value read_as = shown ? finding.values[3] : std::string("…");
    if (finding.code == "row.left-out") read_as = Message{"fix.left-out", {}};
    table.rows.push_back({cell_words(finding.place), finding.place.heading, shown ? finding.values[4] : std::string("…"),
                          read_as, finding.values[0], finding.values[1], finding.values[2]});
  }
  return table;
}

}  // namespace horisont
