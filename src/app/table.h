#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/cases/terms.h"
#include "core/values/finding.h"
#include "core/values/minutes.h"

namespace horisont {

/// What a command prints or a page lists: columns with a key and words, rows of typed values. One value, three forms, so
/// that people, spreadsheets and programs get the same answer.
struct Table {
  struct Column {
    std::string key;  ///< of the JSON and the plain form
    Bilingual heading;
    /// Hours: minutes, Money: öre; shown as hours and kronor to people, exact to programs
    enum class Kind { Text, Count, Hours, Money } kind = Kind::Text;
    bool sentences =
        false;  ///< messages are whole sentences: programs get both languages of each, also of those without values
    std::map<std::string, Bilingual> names = {};  ///< how people read a text of this column that is a key; programs get the key
  };
  /// A word of the program's own that is no sentence: said to people, a key to programs.
  struct Word {
    std::string key;
    Bilingual shown;
  };
  /// A moment in ISO form is shown to people by their own clocks, to programs as it is.
  using Value = std::variant<std::string, std::int64_t, Message, Word>;
  std::string schema;                                      ///< "hours" gives "horisont/hours/1"
  std::vector<std::pair<std::string, std::string>> facts;  ///< said once: project, today …
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows;
  Bilingual when_empty;
};

/// A text of a column as people read it: by its name where it is a key, by their own clocks where it is a moment.
std::string text_for_people(const Table::Column&, const std::string& text, Language);
std::string as_text(const Table&, Language);   ///< aligned for a terminal; numbers as Swedes or Britons write them
std::string as_plain(const Table&, Language);  ///< header line, TAB, LF, point as decimal sign, minutes as integers
/// One object with keys in fixed order; the rows of `parts` stand under their schema names, findings under "problems".
std::string as_json(const Table&, const std::vector<Finding>& problems = {}, const std::vector<Table>& parts = {});

/// {"schema":"horisont/error/1","status":5,"problems":[…]}
std::string error_as_json(int status, const std::vector<Finding>& problems);

/// The finding as four short lines: level and code, place, what, what to do.
std::string as_text(const Finding&, Language);

/// Where a finding stands, in words: "Närvaro mars.xlsx, blad Mars, cell E17 (Timmar)".
std::string place_words(const Place&, Language);
/// What a finding says, and what to do about it (empty when its code has no advice).
std::string finding_words(const Finding&, Language);
std::string advice_words(const Finding&, Language);

/// 7 650 minutes as "127,50" or "127.50".
std::string hours_words(std::int64_t minutes, Language);
/// 765 000 öre as "7 650,00" or "7,650.00".
std::string kronor_words(std::int64_t ore, Language);
/// 11 230 with thin groups as people write them.
std::string count_words(std::int64_t count, Language);

/// Code points of a UTF-8 text: the places it takes on a terminal, for the letters that are used here.
std::size_t count_characters(std::string_view);

}  // namespace horisont
