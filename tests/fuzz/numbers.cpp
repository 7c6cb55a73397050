// Any text as a number, an amount of hours and a number format: a value within its bounds or a sentence that says what is
// wrong; whole numbers come back from their digits.

#include <cstdlib>

#include "core/values/message.h"
#include "edge/import/values.h"
#include "edge/spreadsheet/number_format.h"

using namespace horisont;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto decimal = decimal_of(text)) {
    must(text.size() <= 40);
    must(decimal->mantissa > -1'000'000'000'000'000 && decimal->mantissa < 1'000'000'000'000'000);
    if (const auto whole = whole_of(*decimal)) {
      const auto again = decimal_of(std::to_string(*whole));
      must(!again || whole_of(*again) == whole || std::abs(*whole) >= 1'000'000'000'000'000);
    }
    for (const std::int64_t factor : {1, 60, 100, 1440}) {
      bool exact = false;
      const auto value = scaled(*decimal, factor, exact);
      if (value && exact && factor == 1) must(whole_of(*decimal) == value);
    }
  }
  for (const auto kind : {CellView::Kind::Text, CellView::Kind::Number, CellView::Kind::Duration, CellView::Kind::Date}) {
    const CellView cell{.kind = kind, .text = text};
    for (const auto unit : {HoursUnit::Unknown, HoursUnit::Decimal, HoursUnit::HoursMinutes, HoursUnit::Minutes})
      for (const bool dot : {false, true}) {
        ColumnFacts facts;
        facts.hours_unit = unit, facts.decimal_dot = dot;
        const auto hours = read_hours(cell, facts);
        must(hours.error.empty() ? hours.value >= 0 : text_of(std::string(hours.error)) != nullptr);
        must(hours.remark.empty() || text_of(std::string(hours.remark)));
      }
    const int comma = comma_evidence(cell);
    must(static_cast<std::size_t>(dot_form(cell)) < dot_forms && comma >= 0 && comma <= 2);
    text_of_cell(cell, false);
  }
  const auto kind = kind_of_format(text);
  must(kind == CellView::Kind::Number || kind == CellView::Kind::Date || kind == CellView::Kind::Duration);
  yes_or_no(text, {});
  return 0;
}
