#include "app/fix.h"

#include <algorithm>
#include <array>

#include "app/correct.h"
#include "app/questions.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t longest_value = 500;

bool is_fix(const Finding& finding) { return finding.code.starts_with("cell.fix"); }
bool lies_over(const Finding& finding) { return finding.code.starts_with("cell.fixed"); }

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

CellFix fix_at(const Place& place) {
  CellFix fix{.sheet = place.sheet, .row = place.row, .value = {}, .reason = {}, .by = {}};
  for (const char c : place.cell)
    if (c >= 'A' && c <= 'Z') fix.column = fix.column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
  return fix;
}

// The one cell of an address that can be fixed, or whose fix can be taken back.
Result<Finding> cell_at(const std::vector<Finding>& findings, const FixRequest& asked) {
  const Address address = address_in(asked.cell);
  const Finding* found = nullptr;
  const Finding* other = nullptr;
  for (const Finding& finding : findings) {
    if (finding.place.cell != address.cell) continue;
    if (address.sheet && lower_case(nfc(finding.place.sheet)) != *address.sheet) continue;
    if (asked.take_back ? !is_fix(finding) : !can_be_fixed(finding)) {
      if (finding.level != Level::Notice) other = &finding;
      continue;
    }
    if (found && found->place.sheet != finding.place.sheet) return problem("fix.which-sheet", address.cell);
    // Of several problems of a cell the worst is the one that has to go.
    if (!found || finding.level < found->level) found = &finding;
  }
  if (found) return *found;
  if (asked.take_back) return problem("fix.none", asked.cell);
  return other ? problem("fix.not-by-value", asked.cell) : problem("fix.no-problem", asked.cell);
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
  static constexpr std::array asked_once = {"date.order-ambiguous", "hours.ones-unclear", "hours.dot-ambiguous", "hours.unit-unclear"};
  return finding.level != Level::Notice && !finding.place.cell.empty() && finding.place.row != 0 &&
         !finding.code.starts_with("header.") && !finding.code.starts_with("month.") && !is_fix(finding) &&
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

std::string cell_words(const Place& place) { return place.sheet.empty() ? place.cell : place.sheet + "!" + place.cell; }

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
  if (!asked.take_back && !is_reason(laid.reason)) return problem("correct.reason");
  if (count_characters(laid.value) > longest_value) return problem("fix.too-long", std::to_string(longest_value));
  std::vector<CellFix> fresh;
  for (const Finding& cell : fixed.cells) {
    std::erase_if(request.fixes, [&](const CellFix& fix) { return fix.is_at(cell.place); });
    const CellFix at = fix_at(cell.place);
    laid.sheet = at.sheet, laid.row = at.row, laid.column = at.column;
    if (!asked.take_back) fresh.push_back(laid);
  }
  request.fixes.insert(request.fixes.end(), fresh.begin(), fresh.end());
  if (const ImportDraft after = read_as_asked(workspace, request); const Finding* wrong = still_wrong(after, fresh, found->code))
    return problem("fix.still-wrong", cell_words(wrong->place),
                   in_both(finding_words(*wrong, Language::Swedish), finding_words(*wrong, Language::English)));

  request.until = ImportRequest::Until::Draft;
  request.asks = true;
  request.actor = asked.actor;
  request.now = asked.now;
  fixed.outcome = import_file(workspace, request);
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
    table.rows.push_back({cell_words(finding.place), finding.place.heading, shown ? finding.values[4] : std::string("…"),
                          shown ? finding.values[3] : std::string("…"), finding.values[0], finding.values[1], finding.values[2]});
  }
  return table;
}

}  // namespace horisont
