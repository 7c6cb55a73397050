// Any text as a day, a month and a clock: a value within its bounds or a sentence that says what is wrong, never both; a day
// that was read reads as itself when it is written as yyyy-mm-dd.

#include <cstdlib>

#include "core/values/message.h"
#include "edge/import/values.h"

using namespace horisont;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

template <class T>
bool told(const Reading<T>& read) {
  must(read.error.empty() || text_of(std::string(read.error)));
  must(read.remark.empty() || text_of(std::string(read.remark)));
  return !read.error.empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::int32_t today = Date::of(2026, 4, 10)->days();
  const DateFrame frames[] = {{Date::of(1900, 1, 1)->days(), Date::of(2029, 12, 31)->days(), 2026, false},
                              {Date::of(1900, 1, 1)->days(), today, 2026, true}};
  for (const auto kind : {CellView::Kind::Text, CellView::Kind::Number, CellView::Kind::Date, CellView::Kind::Duration}) {
    const CellView cell{.kind = kind, .text = text};
    for (const bool date1904 : {false, true})
      for (const DateFrame& frame : frames) {
        const std::uint8_t orders = possible_orders(cell, frame);
        must(orders != 0 && orders <= DateAnyOrder);
        for (const std::uint8_t order : {DateAnyOrder, DateYmd, DateDmy, DateMdy}) {
          ColumnFacts facts;
          facts.date_orders = order;
          const auto day = read_day(cell, date1904, facts, frame);
          if (told(day)) continue;
          must(day.value >= frame.earliest && day.value <= frame.latest);
          const std::string iso = Date::of_days(day.value).iso();
          const auto again = read_day({.kind = CellView::Kind::Text, .text = iso}, date1904, facts, frame);
          must(again.error.empty() && again.value == day.value);
        }
        const auto month = read_month(cell, date1904, frame);
        if (!told(month)) must(Date::of_days(month.value).day() == 1);
      }
    const auto clock = read_clock(cell);
    if (!told(clock)) must(clock.value >= 0 && clock.value <= 1440);
    shown(cell, true);
  }
  if (const auto mention = month_in(text)) must(mention->month >= 1 && mention->month <= 12);
  return 0;
}
