#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edge/import/values.h"

namespace horisont {

/// What a title, the name of a sheet or of a file says of when its table was.
struct SaidWhen {
  struct Mention {
    MonthMention month;
    std::string words;  ///< as written: "mars 2016"
  };
  std::vector<Mention> months;  ///< those of the table; where "avser" or "gäller" says one, only that
  std::optional<int> year;      ///< one that stands for itself, and no other year does
};

/// A day ("28 feb 2016", "2016-04-05") is no month of a table: it is when somebody saved, revised or handed it in. A period within
/// one month is that month. A month behind words of that sort ("ändrad", "utbetalning", "start", "beslut" …) is none either, nor
/// is the year of a decision or a record number. `before` is what stands to the left of the text, for such words.
SaidWhen when_said(std::string_view text, std::string_view before = {});

/// "1603" in a name: March 2016, where nothing but digits says so. The caller has to see that it is plausible.
std::optional<MonthMention> packed_month_in(std::string_view text);

/// Whether a title or name says that the time is planned or wished for, or only how such a list may look.
bool says_planned(std::string_view text);
/// Whether it says that who was away stands there; a text that says attendance too is left to the caller.
bool says_absence(std::string_view text);
bool says_attendance(std::string_view text);
/// "Närvaro i minuter", "Tid (min)": what the numbers are. "Rast 30 min" and "i timmar och minuter" say nothing of that.
bool says_minutes(std::string_view text);

}  // namespace horisont
