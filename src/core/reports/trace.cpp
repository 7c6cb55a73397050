#include "core/reports/trace.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <tuple>

#include "core/funding/rounding.h"
#include "core/funding/staff.h"
#include "core/reports/control_trace.h"

namespace horisont {
namespace {

const std::vector<Cell>* line_at(const FrozenReport& frozen, const CellPlace& place) {
  if (place.sheet >= frozen.report.sheets.size()) return nullptr;
  const Sheet& sheet = frozen.report.sheets[place.sheet];
  if (place.total) return sheet.totals.empty() ? nullptr : &sheet.totals;
  return place.row < sheet.rows.size() ? &sheet.rows[place.row] : nullptr;
}

const Cell* cell_at(const FrozenReport& frozen, const CellPlace& place) {
  const auto* line = line_at(frozen, place);
  return line && place.field < line->size() ? &(*line)[place.field] : nullptr;
}

// In the smallest unit; of a share what stands above.
std::int64_t number_of(const Cell::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* minutes = std::get_if<Minutes>(&value)) return minutes->count();
  if (const auto* money = std::get_if<Money>(&value)) return money->ore();
  if (const auto* ratio = std::get_if<Ratio>(&value)) return ratio->numerator;
  return 0;
}

void add_all(std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void each_once(std::vector<std::uint32_t>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

class Tracer {
 public:
  explicit Tracer(const FrozenReport& frozen) : frozen_(frozen), behind_(frozen.behind) {}

  std::optional<Trace> of(const CellPlace& place, int depth) const {
    if (place.filled_cells) return of_filled_cells(place);
    const Cell* cell = cell_at(frozen_, place);
    // A cell that named itself, by damage, would never end.
    if (!cell || !is_number(cell->value) || depth > 8) return std::nullopt;
    Trace found;
    found.place = place, found.value = cell->value;
    found.number = number_of(cell->value);
    if (const auto* money = std::get_if<Money>(&cell->value)) found.exact = ExactMoney::of(*money);
    switch (cell->counted_kind) {
      case Cell::Counted::None:
        found.made_of = found.number;
        break;
      case Cell::Counted::Setting:
        found.derivation = Derivation::Setting, found.made_of = found.number;
        break;
      case Cell::Counted::Persons:
        from_persons(found, cell->counted);
        break;
      case Cell::Counted::TimeRecords:
        from_times(found, cell->counted);
        break;
      case Cell::Counted::StaffRecords:
        from_staff(found, cell->counted);
        break;
      case Cell::Counted::Column:
        from_column(found, cell->counted, depth);
        break;
      case Cell::Counted::Row:
        from_row(found, cell->counted, depth);
        break;
      case Cell::Counted::StaffPercent:
        from_staff_percent(found, cell->counted);
        break;
      case Cell::Counted::Sum:
      case Cell::Counted::Less:
      case Cell::Counted::Percent:
        from_cells(found, *cell, depth);
        break;
    }
    found.difference += found.number - found.made_of;
    return found;
  }

 private:
  void from_persons(Trace& found, const std::vector<std::uint32_t>& counted) const {
    found.persons = counted;
    found.derivation = Derivation::Persons;
    found.made_of = std::ssize(counted);
    if (std::holds_alternative<Ratio>(found.value)) found.derivation = Derivation::Share;
    if (!std::holds_alternative<Minutes>(found.value)) return;
    found.derivation = Derivation::Median;
    std::vector<std::int64_t> sums;
    for (const std::uint32_t one : counted) sums.push_back(one < behind_.persons.size() ? behind_.persons[one].accepted : 0);
    std::sort(sums.begin(), sums.end());
    const std::size_t upper = sums.size() / 2;
    found.made_of = sums.empty() ? 0 : sums.size() % 2 == 1 ? sums[upper] : (sums[upper - 1] + sums[upper]) / 2;
  }

  // Which part of the records' minutes a column holds is in its key; a column that is named for none of them (minutes that a
  // problem is about) holds the first part that gives its number.
  template <class Records>
  void minutes_of(Trace& found, const Records& records, const std::vector<std::uint32_t>& counted) const {
    std::int64_t reported = 0, accepted = 0, refused = 0;
    for (const std::uint32_t one : counted) {
      if (one >= records.size()) continue;
      reported += records[one].reported, accepted += records[one].accepted, refused += records[one].refused;
    }
    const std::string& field = frozen_.report.sheets[found.place.sheet].fields[found.place.field];
    const auto is = [&](Derivation derivation, std::int64_t sum) { found.derivation = derivation, found.made_of = sum; };
    if (field.find("refused") != std::string::npos) return is(Derivation::Refused, refused);
    if (field.find("accepted") != std::string::npos) return is(Derivation::Accepted, accepted);
    is(Derivation::Reported, reported);
    if (field.find("reported") != std::string::npos || found.number == reported) return;
    if (found.number == refused) return is(Derivation::Refused, refused);
    if (found.number == accepted) return is(Derivation::Accepted, accepted);
  }

  const Behind::Hours& terms_of(std::int32_t month, std::uint32_t project) const {
    static const Behind::Hours otherwise;
    const auto known = std::find_if(behind_.hours.begin(), behind_.hours.end(), [&](const auto& h) { return h.month == month && h.project == project; });
    return known == behind_.hours.end() ? otherwise : *known;
  }

  std::uint32_t project_of(const Behind::Time& time) const {
    const Behind::Person* person = behind_.of(time.person);
    return person ? person->project : 0;
  }
  // One unit of rounding is what its key tells apart: a record, a day, a month.
  template <class Records, class Who>
  std::int64_t whole_hours_of(const Records& records, const std::vector<std::uint32_t>& counted, Who&& who) const {
    using Key = std::tuple<decltype(who(records[0])), std::int32_t, std::int32_t, std::uint32_t>;
    std::map<Key, std::pair<std::int64_t, Rounding>> units;
    for (const std::uint32_t one : counted) {
      if (one >= records.size()) continue;
      const auto& record = records[one];
      const std::int32_t month = Month::containing(Date::of_days(record.day)).number();
      const Behind::Hours& terms = terms_of(month, project_of(record));
      const bool by_day = terms.level == RoundingLevel::Day || terms.level == RoundingLevel::Row;
      auto& unit = units[{who(record), month, by_day ? record.day : 0, terms.level == RoundingLevel::Row ? one : 0}];
      unit.first += record.accepted, unit.second = terms.rounding;
    }
    std::int64_t hours = 0;
    for (const auto& [key, unit] : units) hours += reported_hours(Minutes{unit.first}, unit.second);
    return hours;
  }

  void from_times(Trace& found, const std::vector<std::uint32_t>& counted) const {
    found.times = counted;
    if (std::holds_alternative<Minutes>(found.value)) return minutes_of(found, behind_.times, counted);
    // Of a month before the claim's: each of its records had the rate of its own kind, age and day.
    if (std::holds_alternative<Money>(found.value)) {
      found.derivation = Derivation::Worth, found.made_of = found.number;
      return;
    }
    if (frozen_.report.sheets[found.place.sheet].fields[found.place.field] == "days") {
      std::set<std::pair<std::uint32_t, std::int32_t>> days;
      for (const std::uint32_t one : counted)
        if (one < behind_.times.size() && behind_.times[one].reported > 0 && !behind_.times[one].monthly)
          days.emplace(behind_.times[one].person, behind_.times[one].day);
      found.derivation = Derivation::Days, found.made_of = std::ssize(days);
      return;
    }
    found.derivation = Derivation::WholeHours;
    found.made_of = whole_hours_of(behind_.times, counted, [](const Behind::Time& time) { return time.person; });
  }

  // Of every record of staff time the whole hours that it completes in its member's function and month; worked out once.
  const std::vector<std::int64_t>& completed() const {
    if (!completed_.empty() || behind_.staff.empty()) return completed_;
    std::map<std::tuple<std::string, std::string, std::string, std::int32_t>, std::vector<std::uint32_t>> groups;
    for (std::uint32_t i = 0; i < behind_.staff.size(); ++i) {
      const Behind::Staff& record = behind_.staff[i];
      groups[{record.employer, record.staff_id, record.function, Month::containing(Date::of_days(record.day)).number()}].push_back(i);
    }
    completed_.resize(behind_.staff.size());
    for (auto& [of, records] : groups) {
      std::stable_sort(records.begin(), records.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return behind_.staff[a].day < behind_.staff[b].day; });
      std::vector<StaffPiece> pieces;
      for (const std::uint32_t one : records) pieces.push_back({behind_.staff[one].day, behind_.staff[one].accepted});
      const Behind::Hours& terms = terms_of(std::get<3>(of), 0);  // a report of staff time is of one project
      const auto hours = hours_completed(pieces, terms.rounding, terms.level);
      for (std::size_t i = 0; i < records.size(); ++i) completed_[records[i]] = hours[i];
    }
    return completed_;
  }

  // In öre: the whole hours at the rate of their day, which is what a claim multiplies.
  std::map<std::int32_t, std::int64_t> cost_by_month(std::span<const std::uint32_t> counted) const {
    std::map<std::int32_t, std::int64_t> cost;
    for (const std::uint32_t one : counted) {
      if (one >= behind_.staff.size()) continue;
      const Behind::Staff& record = behind_.staff[one];
      cost[Month::containing(Date::of_days(record.day)).number()] += completed()[one] * (record.per_hour ? record.per_hour->ore() : 0);
    }
    return cost;
  }

  // What stands before the cells or records that an amount is made of.
  static Rounding rounding_of(const std::vector<std::uint32_t>& counted) {
    return !counted.empty() && counted[0] == static_cast<std::uint32_t>(Rounding::HalfUp) ? Rounding::HalfUp : Rounding::Down;
  }
  static int percent_of(const std::vector<std::uint32_t>& counted) {
    return counted.size() > 1 ? static_cast<int>(std::min<std::uint32_t>(counted[1], 100)) : 0;
  }

  void from_staff_percent(Trace& found, const std::vector<std::uint32_t>& counted) const {
    if (counted.size() > 2) found.staff.assign(counted.begin() + 2, counted.end());
    found.derivation = Derivation::StaffPercent, found.percent = percent_of(counted);
    const auto cost = cost_by_month(found.staff);
    ExactMoney exact;
    for (const auto& [month, ore] : cost) {
      const ExactMoney part = ExactMoney::of(Money::of_ore(ore)).percent(found.percent);
      exact = exact + part;
      found.made_of += rounded(part, rounding_of(counted)).ore();
    }
    if (cost.size() == 1) found.exact = exact;  // of several months each is rounded before they are added
  }

  void from_cells(Trace& found, const Cell& cell, int depth) const {
    const std::vector<std::uint32_t>& counted = cell.counted;
    ExactMoney sum;
    for (std::size_t i = 2; i + 2 < counted.size(); i += 3) {
      const CellPlace place{.sheet = counted[i], .row = counted[i + 1] == 0 ? 0 : counted[i + 1] - 1, .field = counted[i + 2],
                            .total = counted[i + 1] == 0};
      const auto part = of(place, depth + 1);
      if (!part) continue;
      sum = sum + part->exact;
      found.made_of += cell.counted_kind == Cell::Counted::Less && i > 2 ? -part->number : part->number;
      take(found, place, *part);
    }
    each_once(found.persons), each_once(found.times), each_once(found.staff);
    if (cell.counted_kind == Cell::Counted::Less) return void(found.derivation = Derivation::Less);
    found.derivation = Derivation::Sum;
    if (cell.counted_kind == Cell::Counted::Percent) {
      found.derivation = Derivation::Percent, found.percent = percent_of(counted);
      // A percentage of a percentage of a percentage is as fine as amounts are told apart.
      if (sum.count() % 100 == 0) sum = sum.percent(found.percent);
    }
    if (sum < ExactMoney{}) return;
    found.exact = sum;
    found.made_of = rounded(sum, rounding_of(counted)).ore();
  }

  void from_staff(Trace& found, const std::vector<std::uint32_t>& counted) const {
    found.staff = counted;
    if (std::holds_alternative<Minutes>(found.value)) return minutes_of(found, behind_.staff, counted);
    if (std::holds_alternative<Money>(found.value)) {
      found.derivation = Derivation::Cost;
      for (const auto& [month, ore] : cost_by_month(counted)) found.made_of += ore;
      return;
    }
    const std::string& field = frozen_.report.sheets[found.place.sheet].fields[found.place.field];
    if (field.find("hours") == std::string::npos) {
      found.derivation = Derivation::Records;
      found.made_of = std::ssize(counted);
      return;
    }
    found.derivation = Derivation::WholeHours;
    for (const std::uint32_t one : counted)
      if (one < behind_.staff.size()) found.made_of += completed()[one];
  }

  void take(Trace& found, const CellPlace& place, const Trace& part) const {
    found.cells.push_back(place);
    found.difference += part.difference;
    add_all(found.persons, part.persons), add_all(found.times, part.times), add_all(found.staff, part.staff);
  }

  void from_column(Trace& found, const std::vector<std::uint32_t>& rows, int depth) const {
    found.derivation = Derivation::Column;
    const Sheet& sheet = frozen_.report.sheets[found.place.sheet];
    const auto add = [&](std::size_t row) {
      const CellPlace place{found.place.sheet, row, found.place.field};
      const auto part = of(place, depth + 1);
      if (!part) return;
      found.made_of += part->number;
      take(found, place, *part);
    };
    if (!rows.empty())
      for (const std::uint32_t row : rows) add(row);
    else
      for (std::size_t row = 0; row < sheet.rows.size(); ++row)
        if (sheet.roles.empty() || sheet.roles[row] == Role::Body) add(row);
    each_once(found.times), each_once(found.staff);
    // The same person may stand in several rows; who stands behind them is each of them once.
    each_once(found.persons);
  }

  void from_row(Trace& found, const std::vector<std::uint32_t>& fields, int depth) const {
    std::vector<std::int64_t> numbers;
    std::vector<Cell::Value> values;
    for (const std::uint32_t field : fields) {
      CellPlace place = found.place;
      place.field = field;
      const auto part = of(place, depth + 1);
      numbers.push_back(part ? part->number : 0);
      values.push_back(part ? part->value : Cell::Value{});
      if (part) take(found, place, *part);
    }
    each_once(found.persons), each_once(found.times), each_once(found.staff);
    const auto is = [&](Derivation derivation, std::int64_t number) { found.derivation = derivation, found.made_of = number; };
    const bool two = numbers.size() == 2;
    if (const auto* ratio = std::get_if<Ratio>(&found.value)) {
      is(Derivation::RowShare, two ? numbers[0] : 0);
      if (two) found.difference += ratio->denominator - numbers[1];
      return;
    }
    if (two && std::holds_alternative<Minutes>(found.value) && std::holds_alternative<std::int64_t>(values[1]))
      return is(Derivation::Lost, numbers[0] - 60 * numbers[1]);
    if (two && std::holds_alternative<Money>(found.value) && std::holds_alternative<std::int64_t>(values[0]))
      return is(Derivation::Product, numbers[0] * numbers[1]);
    if (two && std::holds_alternative<Money>(found.value) && std::holds_alternative<Minutes>(values[0])) {
      found.exact = ExactMoney::of(Minutes{numbers[0]}, Money::of_ore(numbers[1]));
      const std::int64_t down = rounded(found.exact, Rounding::Down).ore(), half_up = rounded(found.exact, Rounding::HalfUp).ore();
      return is(Derivation::Product, found.number == half_up ? half_up : down);
    }
    const std::string& field = frozen_.report.sheets[found.place.sheet].fields[found.place.field];
    if (two && (field.find("rounded") != std::string::npos || field.find("percent") != std::string::npos))
      return is(Derivation::PerCent, numbers[1] > 0 ? whole_percent(numbers[0], numbers[1]) : 0);
    const std::int64_t sum = std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
    is(Derivation::RowSum, sum);
    if (!two || found.number == sum) return;
    const std::int64_t less = numbers[0] - numbers[1];
    if (field.find("left") != std::string::npos) return is(Derivation::RowDifference, std::max<std::int64_t>(0, less));
    if (field.find("over") != std::string::npos) return is(Derivation::RowDifference, std::max(less, -less) * (found.number > 0));
  }

  std::optional<Trace> of_filled_cells(const CellPlace& place) const {
    if (place.sheet >= frozen_.report.sheets.size()) return std::nullopt;
    const Sheet& sheet = frozen_.report.sheets[place.sheet];
    if (place.field >= sheet.fields.size()) return std::nullopt;
    Trace found;
    found.place = place, found.derivation = Derivation::FilledCells;
    for (std::size_t row = 0; row < sheet.rows.size(); ++row)
      if (!std::holds_alternative<std::monostate>(sheet.rows[row][place.field].value))
        found.cells.push_back({place.sheet, row, place.field});
    found.number = found.made_of = std::ssize(found.cells);
    found.value = found.number;
    return found;
  }

  const FrozenReport& frozen_;
  const Behind& behind_;
  mutable std::vector<std::int64_t> completed_;
};

}  // namespace

std::string_view name_of(Derivation derivation) {
  static constexpr std::array<std::string_view, 31> names = {
      "persons", "records",    "reported", "accepted", "refused",  "whole-hours", "days", "median", "share", "cost", "column",
      "filled-cells", "row-sum", "row-difference", "lost", "row-share", "per-cent", "product", "setting",
      "sum-of-cells", "less-cells", "percent-of-cells", "percent-of-staff",
      "worth", "cells", "rows", "different", "disagreement", "letters", "register", "stated"};
  return names[static_cast<std::size_t>(derivation)];
}

bool is_number(const Cell::Value& value) {
  if (const auto* ratio = std::get_if<Ratio>(&value)) return ratio->denominator != 0;
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<Minutes>(value) ||
         std::holds_alternative<Money>(value);
}

std::optional<Trace> trace(const FrozenReport& frozen, const CellPlace& place) {
  return place.control == Control::None ? Tracer(frozen).of(place, 0) : trace_control(frozen, place);
}

}  // namespace horisont
