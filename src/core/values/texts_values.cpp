#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_values() {
  static constexpr Text texts[] = {
      {"date.form", "\"{0}\" är inte ett datum i formen ÅÅÅÅ-MM-DD", "\"{0}\" is not a date in the form YYYY-MM-DD"},
      {"date.not-in-calendar", "Dagen {0} finns inte i kalendern", "The day {0} does not exist in the calendar"},
      {"month.form", "\"{0}\" är inte en månad i formen ÅÅÅÅ-MM", "\"{0}\" is not a month in the form YYYY-MM"},
      {"moment.form", "\"{0}\" är inte en tidpunkt i formen ÅÅÅÅ-MM-DDTtt:mm:ssZ",
       "\"{0}\" is not a moment in the form YYYY-MM-DDThh:mm:ssZ"},
  };
  return texts;
}

}  // namespace horisont
