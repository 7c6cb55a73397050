#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cases/record.h"
#include "core/values/result.h"
#include "edge/import/units.h"

namespace horisont {

struct ImportSchemas;

/// How one office's files are read: the answers that were given once (intake, section 6). Written and read as TOML.
struct ImportProfile {
  std::string name;
  int version = 0;  ///< given by the store
  std::optional<RecordKind> record;
  std::string sheet;                                         ///< empty: found
  std::vector<std::pair<std::string, std::string>> columns;  ///< field → heading as written
  std::vector<std::string> not_read;                         ///< headings
  bool by_name = false;                                      ///< people stand by name alone, and are taken by it
  bool carry_person = false;                                 ///< a row that names nobody is about the person of the row above
  bool attended = false;                                     ///< the time is attendance, whatever a title says of plans or absence
  bool skip_nameless = false;                                ///< rows with values that name nobody are left out
  bool skip_hidden = false;                                  ///< rows that are hidden, by hand or by a filter, are left out
  HoursUnit hours = HoursUnit::Unknown;
  std::uint8_t date_order = DateAnyOrder;  ///< one bit once it is settled, or that of years first and another: an answer for each form
  /// What a code in a day cell means: present with so many minutes, absent, or nothing.
  struct DayCode {
    std::string written;
    enum class Means { Present, Excused, NotExcused, Empty } means = Means::Empty;
    std::int64_t minutes = 0;
  };
  std::vector<DayCode> day_codes;
  struct Spelling {
    std::string field, written, word;
  };
  std::vector<Spelling> values;  ///< spellings of choices and activities

  const DayCode* day_code(const std::string& key) const;  ///< by normal form
  /// The word that was said of a spelling of a field; null where nothing was. Beside fields with a list these are
  ///   part: a part of a file by its words (skip, keep); present, "unmarked": rows without a mark in a column of presence where
  ///   others have one (absent, present, left-out); absence_hours, "beside": of hours of absence beside other hours (within, apart);
  ///   minutes, "beside": of minutes beside hours (added, same).
  const std::string* said(std::string_view field, std::string_view written) const;
  /// Whether a spelling is one of those that have no list, and its word one that it may have.
  static bool is_said_apart(const Spelling&);
};

/// A Problem names what is wrong and the line: "profile.unknown-key", "profile.value", "toml.syntax" …
Result<ImportProfile> read_profile(std::string_view toml);
std::string text_of(const ImportProfile&);

/// One answer given on the command line, laid into a profile: `decimal`, `minutes`, `hours.minutes`, `ymd`, `dmy`, `mdy`,
/// `by-name`, `carry-person`, `attended`, `no-person=skip`, `hidden=skip`, `hidden=keep`, `Heading=field`, `Heading=not-read` or `field:value=word`. "profile.answer" when it is none of these.
Result<bool> answer(ImportProfile&, const std::string& word);
/// Gives each column of a profile the key of its field, which may have been said by a heading that only one field has; a Problem
/// names the word that is no field, and those that are.
Result<bool> name_fields(ImportProfile&, const ImportSchemas&);
/// The answers that a profile holds, in those words.
std::vector<std::string> answers_in(const ImportProfile&);

}  // namespace horisont
