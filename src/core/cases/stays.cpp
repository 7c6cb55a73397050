#include "core/cases/stays.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace horisont {
namespace {

Fact<Date> date_in(const Record& record, std::string_view field) {
  for (const FieldValue& value : record.values) {
    if (value.field != field) continue;
    const auto day = Date::parse(value.value);
    if (!day) return std::nullopt;
    return Known<Date>{*day, origin_of(record, value)};
  }
  return std::nullopt;
}

class Stays {
 public:
  explicit Stays(std::span<const Record* const> records) : records_(records) {
    for (const Record* record : records)
      if (record->kind == RecordKind::Participants) take(*record);
    if (stays_.empty()) return;
    for (const Record* record : records) {
      if (record->kind != RecordKind::Results) continue;
      const Fact<Date> left = date_in(*record, "exit_date");
      const std::size_t at = left ? begun_by(left->value) : stays_.size() - 1;
      if (left) stays_[at].left_by_results = left;
      stays_[at].results.push_back(record);
    }
  }
  std::vector<Stay> all() && { return std::move(stays_); }

 private:
  void take(const Record& record) {
    const Fact<Date> entered = date_in(record, "entry_date"), left = date_in(record, "exit_date");
    Stay& stay = stay_for(entered, left);
    if (entered) stay.entered = entered;
    if (left) stay.left = left;
    stay.rows.push_back(&record);
  }

  // The stay that a row speaks of: a new one for somebody who had left before that entry, or whose exit lies before the entry
  // that is known. Otherwise another date is the same entry stated anew.
  Stay& stay_for(const Fact<Date>& entered, const Fact<Date>& left) {
    if (stays_.empty()) return stays_.emplace_back();
    if (!entered) return stays_.back();
    const std::size_t at = begun_by(entered->value);
    const Fact<Date>& known = stays_[at].entered;
    if (!known || entered->value == known->value) return stays_[at];
    if (entered->value < known->value) {
      if (left && entered->value <= left->value && left->value < known->value) return *stays_.insert(stays_.begin(), Stay{});
      return stays_[at];
    }
    if (!ended_before(stays_[at], entered->value)) return stays_[at];
    return *stays_.insert(stays_.begin() + static_cast<std::ptrdiff_t>(at) + 1, Stay{});
  }
  bool ended_before(const Stay& stay, Date day) const {
    if (stay.left && stay.left->value < day) return true;
    return std::any_of(records_.begin(), records_.end(), [&](const Record* record) {
      if (record->kind != RecordKind::Results) return false;
      const auto exit = date_in(*record, "exit_date");
      return exit && stay.entered->value <= exit->value && exit->value < day;
    });
  }
  // The last stay that had begun by the day, else the first.
  std::size_t begun_by(Date day) const {
    std::size_t at = 0;
    for (std::size_t i = 1; i < stays_.size(); ++i)
      if (stays_[i].entered && stays_[i].entered->value <= day) at = i;
    return at;
  }

  std::span<const Record* const> records_;
  std::vector<Stay> stays_;
};

}  // namespace

bool known_before(const Record& a, const Record& b) {
  // A draft has no import number yet: it is the newest.
  const auto import = [](const Record& r) {
    return r.origin.import == 0 ? std::numeric_limits<std::uint32_t>::max() : r.origin.import;
  };
  if (import(a) != import(b)) return import(a) < import(b);
  const auto entry = [](const Record& r) {
    const std::string* day = r.kind == RecordKind::Participants ? r.find("entry_date") : nullptr;
    return day ? std::string_view(*day) : std::string_view();
  };
  if (const int order = entry(a).compare(entry(b)); order != 0) return order < 0;
  return std::tie(a.origin.sheet, a.origin.row) < std::tie(b.origin.sheet, b.origin.row);
}

std::vector<const Record*> by_person(std::span<const Record> records, std::size_t people) {
  std::vector<const Record*> ordered;
  ordered.reserve(records.size());
  for (const Record& record : records)
    if (record.kind != RecordKind::StaffTime && record.person < people) ordered.push_back(&record);
  const auto in_order = [](const Record* a, const Record* b) {
    return a->person != b->person ? a->person < b->person : known_before(*a, *b);
  };
  if (!std::is_sorted(ordered.begin(), ordered.end(), in_order)) std::stable_sort(ordered.begin(), ordered.end(), in_order);
  return ordered;
}

std::vector<Stay> stays_of(std::span<const Record* const> records) { return Stays(records).all(); }

std::vector<std::pair<std::uint32_t, std::vector<Stay>>> stays(std::span<const Record> records, std::size_t people) {
  std::vector<std::pair<std::uint32_t, std::vector<Stay>>> all;
  const std::vector<const Record*> ordered = by_person(records, people);
  for (auto from = ordered.begin(), to = from; from != ordered.end(); from = to) {
    while (to != ordered.end() && (*to)->person == (*from)->person) ++to;
    if (auto of_person = stays_of(std::span(from, to)); !of_person.empty())
      all.emplace_back((*from)->person, std::move(of_person));
  }
  return all;
}

std::vector<Period> periods_of(const std::vector<Stay>& stays) {
  std::vector<Period> periods;
  for (const Stay& stay : stays) {
    if (!stay.entered) continue;
    Period period{stay.entered->value, std::nullopt};
    if (const auto exit = stay.exit()) period.last = exit->value;
    periods.push_back(period);
  }
  return periods;
}

const Record* row_to_correct(std::span<const Record* const> of_person, std::string_view field, std::optional<Date> entered_on) {
  const std::vector<Stay> stays = stays_of(of_person);
  if (stays.empty()) return nullptr;
  std::vector<const Record*> rows;
  if (entered_on) {
    for (const Stay& stay : stays)
      if (stay.entered && stay.entered->value == *entered_on) rows = stay.rows;
  } else if (is_of_the_person(field)) {
    for (const Record* record : of_person)
      if (record->kind == RecordKind::Participants) rows.push_back(record);
  } else {
    rows = (field == "entry_date" || field == "exit_date" ? stays.back() : stays.front()).rows;
  }
  for (const std::string_view wanted : {field, std::string_view("entry_date")})
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
      if ((*row)->find(wanted)) return *row;
  return rows.empty() ? nullptr : rows.back();
}

bool is_of_the_person(std::string_view field) {
  static constexpr std::string_view fields[] = {
      "identity_number", "local_id", "protected_identity", "gender",     "birth_date", "email",
      "mobile",          "name",     "family_name",        "given_name", "participant"};
  return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
}

}  // namespace horisont
