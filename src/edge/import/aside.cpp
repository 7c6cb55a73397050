#include "edge/import/aside.h"

#include <algorithm>
#include <set>

#include "edge/import/week.h"
#include "edge/import/when.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::string_view swedish[] = {"m", "t", "o", "t", "f", "l", "s"}, english[] = {"m", "t", "w", "t", "f", "s", "s"};

}  // namespace

bool is_row_of_weekdays(const RowView& row, const std::vector<ColumnPlan>& columns, std::vector<std::size_t>& weekdays) {
  constexpr std::size_t fewest = 3, fewest_letters = 5, fewest_kinds = 4;
  weekdays.clear();
  std::set<std::string> letters;
  std::size_t beside = 0;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const CellView& cell = row.cells[c];
    if (is_empty(cell)) continue;
    if (cell.kind != CellView::Kind::Text) return false;
    if (c >= columns.size() || !columns[c].is_day()) {
      if (++beside > 1 || characters(cell.text) > 12) return false;  // "Veckodag" before them
      continue;
    }
    const std::string key = heading_key(cell.text);
    if (weekday_of(key) == 0) {
      if (key.size() != 1 || std::string_view("mtowfls").find(key) == std::string_view::npos) return false;
      letters.insert(key);
    }
    weekdays.push_back(c);
  }
  // Letters alone may be codes (S, F, L): a week has at least four different ones.
  return letters.empty() ? weekdays.size() >= fewest : letters.size() >= fewest_kinds && weekdays.size() >= fewest_letters;
}

bool may_be_weekday(const CellView& cell, int weekday) {
  const std::string key = heading_key(cell.text);
  if (const int said = weekday_of(key)) return said == weekday;
  const auto at = static_cast<std::size_t>(weekday - 1);
  return key == swedish[at] || key == english[at];
}

std::string label_of_counts(const RowView& row, const std::vector<ColumnPlan>& columns) {
  std::string label;
  bool below_days = false;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const CellView& cell = row.cells[c];
    if (is_empty(cell)) continue;
    if (c < columns.size() && (columns[c].is_day() || columns[c].row_total)) {
      below_days = true;
      continue;
    }
    if (cell.kind != CellView::Kind::Text) return {};
    if (!label.empty()) return {};
    label = tidy(cell.text).text;
  }
  const std::string key = heading_key(label);
  static constexpr std::string_view alone[] = {"min", "minimum", "antal", "count"};
  static constexpr std::string_view of_counts[] = {"antalnärvarande", "antaldeltagare", "antalpersoner", "antalfrånvarande", "närvarande", "närvarodagar",
                                                   "antaldagar", "antaltim", "max", "medel", "genomsnitt", "snitt", "median", "numberpresent", "numberof",
                                                   "average", "mean", "timmarperdag", "timdag", "tidperdag", "hoursperday", "planeradetim",
                                                   "deltagareperdag"};
  const bool counts = begins_with_one_of(key, of_counts) || is_one_of(key, alone);
  return counts && below_days ? label : std::string();
}

std::size_t says_in_or_out(const RowView& row, const std::vector<ColumnPlan>& columns, int name) {
  static constexpr std::string_view words[] = {"in",   "ut",     "ankomst", "avgång",   "kom",     "gick",      "inpassering", "utpassering", "från",
                                               "till", "start",  "slut",    "starttid", "sluttid", "ankomsttid", "instämpling", "utstämpling", "klin",
                                               "klut", "tidin",  "tidut",   "out",      "arrival", "departure", "from",        "to",          "end"};
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const CellView& cell = row.cells[c];
    if (cell.kind != CellView::Kind::Text || cell.text.empty() || cell.text.size() > 20) continue;
    if (static_cast<int>(c) == name || (c < columns.size() && columns[c].is_day())) continue;
    const std::string key = heading_key(cell.text);
    if (is_one_of(key, words)) return c + 1;
  }
  return 0;
}

void tell_other_weekday(ImportJob& job, const RowView& row, std::size_t column, Date date, bool date1904) {
  job.trouble.at("date.other-weekday", row.number, column + 1, shown(cell_at(row, column), date1904), {date.iso(), weekday_words(date)});
}

}  // namespace horisont
