#include "core/funding/deadlines.h"

namespace horisont {

std::optional<Date> due_date(const ProgrammeTerms& terms, std::string_view duty, Date after) {
  for (const Dated<DeadlineTerms>& dated : terms.deadlines) {
    if (dated.value.duty != duty || !dated.valid.contains(after)) continue;
    if (dated.value.unit == DeadlineTerms::Unit::Days) return after.plus_days(dated.value.count);
    Month month = Month::containing(after);
    for (int i = 0; i < dated.value.count; ++i) month = month.next();
    const auto same = Date::of(month.year(), month.month(), after.day());
    return dated.value.end_of_month || !same ? month.last() : *same;
  }
  return std::nullopt;
}

}  // namespace horisont
