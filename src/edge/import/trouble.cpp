#include "edge/import/trouble.h"

#include "core/values/column_letters.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace horisont {
namespace {

enum class Scope : std::uint8_t { Cell, Column, Sheet };

struct Rule {
  std::string_view code;
  Level level;
  Scope scope;
};

// Everything that is not an error told cell by cell.
constexpr Rule rules[] = {
    {"cell.needed-missing", Level::Warning, Scope::Cell},
    {"cell.unknown", Level::Notice, Scope::Column},
    {"cell.without-heading", Level::Notice, Scope::Column},
    {"choice.similar", Level::Warning, Scope::Cell},
    {"staff.absence-hours", Level::Notice, Scope::Column},
    {"staff.times-of-whole-day", Level::Notice, Scope::Column},
    {"attendance.absent-with-hours", Level::Warning, Scope::Cell},
    {"attendance.maybe-absent", Level::Warning, Scope::Cell},
    {"attendance.several-amounts", Level::Warning, Scope::Cell},
    {"attendance.unmarked", Level::Error, Scope::Column},
    {"attendance.unmarked-taken", Level::Notice, Scope::Column},
    {"hours.absence-beside", Level::Error, Scope::Column},
    {"hours.minutes-beside", Level::Error, Scope::Column},
    {"staff.day-away", Level::Notice, Scope::Sheet},
    {"hours.absence-taken-off", Level::Warning, Scope::Column},
    {"header.numbers-beside-times", Level::Warning, Scope::Cell},
    {"header.numbers-beside-hours", Level::Warning, Scope::Cell},
    {"header.dates-beside-start", Level::Warning, Scope::Cell},
    {"header.says-state", Level::Warning, Scope::Cell},
    {"header.day-between", Level::Warning, Scope::Cell},
    {"row.maybe-no-participant", Level::Warning, Scope::Cell},
    {"part.row-skipped", Level::Notice, Scope::Sheet},
    {"part.sheet-skipped", Level::Notice, Scope::Cell},
    {"attendance.after-exit", Level::Warning, Scope::Cell},
    {"attendance.before-entry", Level::Warning, Scope::Cell},
    {"attendance.outside-project", Level::Warning, Scope::Cell},
    {"attendance.over-day-limit", Level::Warning, Scope::Cell},
    {"attendance.overlap", Level::Warning, Scope::Cell},
    {"activity.none", Level::Warning, Scope::Cell},
    {"cell.fixed", Level::Notice, Scope::Cell},
    {"cell.fixed-private", Level::Notice, Scope::Cell},
    {"cell.fix-in-file", Level::Notice, Scope::Cell},
    {"cell.fix-overtaken", Level::Warning, Scope::Cell},
    {"date.order-ambiguous", Level::Error, Scope::Column},
    {"date.serial-without-format", Level::Notice, Scope::Column},
    {"date.time-dropped", Level::Notice, Scope::Column},
    {"date.ongoing", Level::Notice, Scope::Column},
    {"date.year-assumed", Level::Notice, Scope::Column},
    {"date.year-of-sheet", Level::Notice, Scope::Column},
    {"date.other-weekday", Level::Warning, Scope::Cell},
    {"day.codes-absent", Level::Warning, Scope::Cell},
    {"day.codes-excused", Level::Warning, Scope::Cell},
    {"day.codes-not-excused", Level::Warning, Scope::Cell},
    {"day.weekend", Level::Notice, Scope::Sheet},
    {"email.form", Level::Warning, Scope::Cell},
    {"evidence.after-entry", Level::Warning, Scope::Cell},
    {"evidence.expired", Level::Warning, Scope::Cell},
    {"file.name-and-content-differ", Level::Notice, Scope::Cell},
    {"header.gone", Level::Warning, Scope::Cell},
    {"header.maybe-person", Level::Warning, Scope::Cell},
    {"header.new", Level::Warning, Scope::Cell},
    {"header.hidden", Level::Notice, Scope::Cell},
    {"header.bare", Level::Warning, Scope::Cell},
    {"header.day-halves", Level::Notice, Scope::Cell},
    {"header.day-merged", Level::Warning, Scope::Cell},
    {"header.not-with-days", Level::Warning, Scope::Cell},
    {"header.of-project", Level::Notice, Scope::Cell},
    {"header.joined", Level::Notice, Scope::Cell},
    {"header.time-as-columns", Level::Notice, Scope::Cell},
    {"header.people-as-columns", Level::Notice, Scope::Cell},
    {"header.not-collected", Level::Notice, Scope::Cell},
    {"header.not-read", Level::Notice, Scope::Cell},
    {"header.similar", Level::Warning, Scope::Cell},
    {"hours.dot-ambiguous", Level::Error, Scope::Column},
    {"hours.implausible", Level::Warning, Scope::Cell},
    {"hours.maybe-hours-and-minutes", Level::Warning, Scope::Cell},
    {"hours.maybe-clock", Level::Warning, Scope::Cell},
    {"hours.minutes-of-title", Level::Warning, Scope::Cell},
    {"hours.break-said", Level::Warning, Scope::Cell},
    {"month.of-digits", Level::Warning, Scope::Cell},
    {"hours.monthly", Level::Notice, Scope::Column},
    {"hours.from-interval", Level::Notice, Scope::Column},
    {"hours.weekly", Level::Notice, Scope::Column},
    {"hours.split-midnight", Level::Warning, Scope::Cell},
    {"hours.rounded-to-minute", Level::Notice, Scope::Column},
    {"hours.ones-unclear", Level::Error, Scope::Sheet},
    {"hours.halves-unclear", Level::Error, Scope::Sheet},
    {"hours.unit-unclear", Level::Error, Scope::Column},
    {"hours.day-fraction", Level::Error, Scope::Column},
    {"name.differs", Level::Warning, Scope::Cell},
    {"person.by-name", Level::Notice, Scope::Column},
    {"person.by-name-asked", Level::Error, Scope::Column},
    {"phone.form", Level::Warning, Scope::Cell},
    {"phone.of-another", Level::Warning, Scope::Cell},
    {"phone.zero-restored", Level::Notice, Scope::Column},
    {"place.not-valid-then", Level::Warning, Scope::Cell},
    {"pnr.birth-date-differs", Level::Warning, Scope::Cell},
    {"pnr.birth-date-incomplete", Level::Warning, Scope::Cell},
    {"pnr.century-assumed", Level::Notice, Scope::Column},
    {"pnr.changed", Level::Warning, Scope::Cell},
    {"pnr.cleaned", Level::Notice, Scope::Column},
    {"pnr.gender-differs", Level::Warning, Scope::Cell},
    {"pnr.maybe-same", Level::Warning, Scope::Cell},
    {"pnr.maybe-same-coordination", Level::Warning, Scope::Cell},
    {"pnr.maybe-same-no-number", Level::Warning, Scope::Cell},
    {"pnr.maybe-same-swapped", Level::Warning, Scope::Cell},
    {"pnr.protected", Level::Warning, Scope::Cell},
    {"pnr.temporary", Level::Warning, Scope::Cell},
    {"pnr.zero-restored", Level::Notice, Scope::Cell},
    {"result.exit-future", Level::Warning, Scope::Cell},
    {"result.future", Level::Warning, Scope::Cell},
    {"result.other-exit", Level::Warning, Scope::Cell},
    {"result.six-months-contradiction", Level::Warning, Scope::Cell},
    {"result.six-months-early", Level::Warning, Scope::Cell},
    {"result.six-months-without-day", Level::Warning, Scope::Cell},
    {"result.status-before-exit", Level::Warning, Scope::Cell},
    {"result.status-without-day", Level::Warning, Scope::Cell},
    {"row.activity", Level::Notice, Scope::Cell},
    {"row.person-above", Level::Notice, Scope::Column},
    {"row.day-without-time", Level::Notice, Scope::Sheet},
    {"row.after-gap", Level::Warning, Scope::Cell},
    {"row.filtered", Level::Notice, Scope::Sheet},
    {"row.hidden", Level::Notice, Scope::Sheet},
    {"row.hidden-skipped", Level::Notice, Scope::Sheet},
    {"row.left-out", Level::Notice, Scope::Cell},
    {"row.left-out-with", Level::Notice, Scope::Cell},
    {"row.counts", Level::Notice, Scope::Cell},
    {"row.example", Level::Warning, Scope::Cell},
    {"row.maybe-example", Level::Warning, Scope::Cell},
    {"row.legend", Level::Notice, Scope::Cell},
    {"row.nameless", Level::Warning, Scope::Cell},
    {"row.weekdays", Level::Notice, Scope::Cell},
    {"row.note", Level::Notice, Scope::Cell},
    {"row.name-alone", Level::Warning, Scope::Cell},
    {"row.repeated-header", Level::Notice, Scope::Cell},
    {"row.sum", Level::Notice, Scope::Cell},
    {"sheet.empty", Level::Notice, Scope::Cell},
    {"sheet.hidden", Level::Notice, Scope::Cell},
    {"sheet.form", Level::Notice, Scope::Cell},
    {"form.other-text", Level::Notice, Scope::Cell},
    {"form.of-another", Level::Warning, Scope::Cell},
    {"sheet.no-time", Level::Warning, Scope::Cell},
    {"sheet.day-of-title", Level::Warning, Scope::Cell},
    {"sheet.label", Level::Notice, Scope::Cell},
    {"sheet.person", Level::Notice, Scope::Cell},
    {"sheet.not-read", Level::Notice, Scope::Cell},
    {"sheet.several-alike", Level::Notice, Scope::Cell},
    {"status.contradiction", Level::Warning, Scope::Cell},
    {"text.hidden-characters", Level::Notice, Scope::Column},
};

Rule rule_of(std::string_view code) {
  for (const Rule& rule : rules)
    if (rule.code == code) return rule;
  return {code, Level::Error, Scope::Cell};
}

}  // namespace

std::string cell_name(std::uint32_t row, std::size_t column) {
  return column_letters(column) + std::to_string(row);
}

void Trouble::add(Finding finding, Mark mark) {
  draft_.findings.push_back(std::move(finding));
  marks_.push_back(mark);
}

std::string Trouble::cell_of(std::uint32_t row, std::size_t column) const {
  const auto above = elsewhere_.find(column);
  return above == elsewhere_.end() ? cell_name(row, column) : cell_name(above->second.first, above->second.second);
}

void Trouble::at(std::string_view code, std::uint32_t row, std::size_t column, std::string given,
                 std::vector<std::string> values, std::string participant, std::optional<Level> instead) {
  Rule rule = rule_of(code);
  if (instead) rule.level = *instead;
  // A sum that is off says that something is wrong, not which row.
  if (rule.level == Level::Error && code != "sum.mismatch") row_failed = true;
  const bool counted = rule.scope != Scope::Cell;
  if (counted) {
    // Codes are literals, so their views outlive the map.
    const auto key = std::tuple(rule.code, sheet_, rule.scope == Scope::Column ? column : std::size_t{0});
    const auto [known, fresh] = once_.emplace(key, draft_.findings.size());
    if (!fresh) {
      ++marks_[known->second].count;
      return;
    }
    values.insert(values.begin(), "1");
  }
  Place place;
  place.row = row;
  if (sheet_ < draft_.sheets.size()) place.sheet = draft_.sheets[sheet_];
  if (const auto above = elsewhere_.find(column); above != elsewhere_.end())
    place.row = above->second.first, place.cell = cell_name(above->second.first, above->second.second);
  else if (column > 0 && row > 0)
    place.cell = cell_name(row, column);
  if (column > 0 && sheet_ < draft_.columns.size() && column <= draft_.columns[sheet_].size())
    place.heading = draft_.columns[sheet_][column - 1];
  place.file = file_;
  add({std::string(code), rule.level, std::move(place), std::move(participant), std::move(given), std::move(values)},
      {sheet_, row, column, 1, counted});
}

void Trouble::about_file(std::string_view code, std::vector<std::string> values) {
  add({std::string(code), rule_of(code).level, {file_, {}, {}, {}, 0}, {}, {}, std::move(values)}, {0, 0, 0, 1, false});
}

void Trouble::passed_on(Finding finding) {
  finding.place.file = file_;
  const std::uint32_t row = finding.place.row;
  add(std::move(finding), {sheet_, row, 0, 1, false});
}

void Trouble::back_to(const State& before) {
  draft_.findings.resize(before.findings);
  marks_.resize(before.findings);
  once_ = before.once;  // counts of earlier sheets cannot have changed: codes are told once for each sheet or column
}

void Trouble::finish() {
  assert(marks_.size() == draft_.findings.size());
  for (std::size_t i = 0; i < marks_.size(); ++i)
    if (marks_[i].counted) draft_.findings[i].values[0] = std::to_string(marks_[i].count);
  std::vector<std::size_t> order(marks_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(marks_[a].sheet, marks_[a].row, marks_[a].column) <
           std::tuple(marks_[b].sheet, marks_[b].row, marks_[b].column);
  });
  std::vector<Finding> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) sorted.push_back(std::move(draft_.findings[i]));
  draft_.findings = std::move(sorted);
  marks_.clear();
  once_.clear();
}

}  // namespace horisont
