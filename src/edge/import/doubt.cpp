#include "edge/import/doubt.h"

#include "edge/import/day_cell.h"
#include "edge/text/text.h"

namespace horisont {

void HoursInDoubt::First::seen(const RowView& of, std::size_t at, const CellView& cell) {
  if (cells++ > 0) return;
  row = of.number, column = at, text = std::string(cell.text);
}

std::string_view doubt_of_number(const CellView& cell, const ColumnFacts& facts, bool surveyed, bool of_a_day) {
  if (facts.hours_unit != HoursUnit::Unknown) return {};
  const NumberForm form = number_form(cell);
  const bool plain = cell.kind == CellView::Kind::Number || cell.kind == CellView::Kind::Text;
  const auto value = plain ? decimal_of(cell.text) : std::nullopt;
  const std::int64_t whole = value ? whole_of(*value).value_or(0) : 0;
  if (!surveyed) {
    const bool many = of_a_day && whole > 12 && whole <= 24;
    return form == NumberForm::MinutesBehind || form == NumberForm::DayFraction || many ? "?" : std::string_view{};
  }
  if (facts.day_fractions && cell.kind == CellView::Kind::Number && form != NumberForm::None) return "hours.day-fraction";
  if (facts.minutes_behind && form == NumberForm::MinutesBehind) return "hours.dot-ambiguous";
  if (of_a_day && facts.few_minutes && whole > 0) return "hours.unit-unclear";
  return {};
}

void DatesInDoubt::look(const RowView& row, std::size_t column, const CellView& cell, std::int32_t day) {
  const Date date = Date::of_days(day);
  const bool is_text = cell.kind == CellView::Kind::Text;
  if (is_text && (cell.text.size() < 6 || cell.text.find('/') == cell.text.npos)) return;
  if (!is_text && cell.kind != CellView::Kind::Date) return;
  clear_ = clear_ || is_text == (date.day() <= 12);
  if (is_text) {
    if (texts_++ == 0) text_ = std::string(cell.text);
    return;
  }
  if (dates_++ == 0) row_ = row.number, column_ = column, date_ = date.iso();
  months_.insert(date.year() * 12 + date.month()), days_.insert(date.day());
}

void DatesInDoubt::tell(ImportJob& job) const {
  if (told_facts(job.options).date_order_told || clear_ || texts_ == 0 || months_.size() < 3) return;
  if (days_.size() > 1 && days_.size() * 2 > months_.size()) return;
  job.draft.refused = true;
  job.trouble.at("date.maybe-turned", row_, column_ + 1, date_, {std::to_string(dates_), date_, text_});
}

void HoursInDoubt::look(const RowView& row, std::size_t column, const CellView& cell, std::string_view heading) {
  if (number_form(cell) == NumberForm::MinutesBehind) number_.seen(row, column, cell);
  if (cell.kind == CellView::Kind::Number && (number_form(cell) == NumberForm::Other || number_form(cell) == NumberForm::DayFraction)) other_fractions_ = true;
  if (cell.kind != CellView::Kind::Text) return;
  const std::size_t colon = cell.text.find(':');
  if (colon == std::string_view::npos) {
    const int evidence = comma_evidence(cell);
    if (evidence == 2) other_fractions_ = true;
    if (evidence == 1) quarter_.seen(row, column, cell);
    return;
  }
  ++colons_;
  if (heading != "tid" && heading != "time" && heading != "klockslag" && heading != "kl") return;
  // "7:30" is how hours and minutes are written; "09:00" and "13:15" are how the clock is.
  const auto clock = read_clock(cell);
  const std::string text = tidy(cell.text).text;
  const bool as_a_clock = clock.error.empty() && text.find(':') == 2 && text.size() == 5;
  if (as_a_clock && clock.value >= 6 * 60)
    clock_.seen(row, column, cell);
  else
    ++durations_;
}

void HoursInDoubt::tell(ImportJob& job) const {
  if (told_facts(job.options).hours_unit != HoursUnit::Unknown) return;
  if (!other_fractions_ && (quarter_.cells >= 2 || (quarter_.cells == 1 && colons_ > 0)))
    job.trouble.at("hours.maybe-hours-and-minutes", quarter_.row, quarter_.column + 1, quarter_.text);
  // More of them are asked about when the column is surveyed.
  else if (!other_fractions_ && number_.cells > 0)
    job.trouble.at("hours.maybe-hours-and-minutes", number_.row, number_.column + 1, number_.text);
  if (clock_.cells > 0 && durations_ == 0) job.trouble.at("hours.maybe-clock", clock_.row, clock_.column + 1, clock_.text, {std::to_string(clock_.cells), clock_.text});
}

void ClocksInDoubt::look(const RowView& row, std::size_t column, const CellView& cell, std::int64_t minutes) {
  if (minutes == 0) return;
  const auto clock = clock_like(cell);
  if (!clock) {
    ++others_;
    return;
  }
  if (clocks_++ == 0) row_ = row.number, column_ = column, text_ = hours_text(*clock);
  mornings_ += *clock >= 6 * 60 && *clock <= 10 * 60;
  afternoons_ += *clock >= 12 * 60 && *clock <= 18 * 60;
}

bool ClocksInDoubt::tell(ImportJob& job) const {
  constexpr std::uint32_t fewest = 3;
  if (others_ > 0 || clocks_ < fewest || (mornings_ != clocks_ && afternoons_ != clocks_)) return false;
  if (told_facts(job.options).hours_unit != HoursUnit::Unknown) return false;
  job.trouble.at("hours.maybe-arrival", row_, column_ + 1, text_, {std::to_string(clocks_), text_});
  return true;
}

void CodesTaken::look(const RowView& row, std::size_t column, const std::string& code, std::string_view absence) {
  Kind& kind = kinds_.try_emplace(std::string(absence)).first->second;
  if (kind.cells++ == 0) kind.row = row.number, kind.column = column;
  ++kind.codes[code];
}

void CodesTaken::tell(ImportJob& job) const {
  for (const auto& [absence, kind] : kinds_) {
    std::string codes;
    for (const auto& [code, cells] : kind.codes) codes += (codes.empty() ? "" : ", ") + code + " (" + std::to_string(cells) + ")";
    const std::string_view told = absence == "excused" ? "day.codes-excused" : absence == "not_excused" ? "day.codes-not-excused" : "day.codes-absent";
    job.trouble.at(told, kind.row, kind.column + 1, {}, {std::to_string(kind.cells), codes});
  }
}

}  // namespace horisont
