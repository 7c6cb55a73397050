#pragma once

#include <cstdint>
#include <optional>
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
    bool sentences = false;  ///< programs get both languages of each message, also of those without values
  };
  /// A word of the program's own that is no sentence: said to people, a key to programs.
  struct Word {
    std::string key;
    Bilingual shown;
  };
  /// A number whose unit is its row's and not its column's: the words for people, minutes, öre or a count to programs.
  struct Number {
    std::int64_t value;
    Bilingual shown;
  };
  /// A text that is a moment in ISO form is shown to people by their own clocks, to programs as it is.
  using Value = std::variant<std::string, std::int64_t, Message, Word, Number>;
  /// What is said once: a text, or a number that programs get as one.
  class Fact {
   public:
    Fact(std::string said) : text(std::move(said)) {}
    Fact(const char* said) : text(said) {}
    Fact(std::int64_t said) : text(std::to_string(said)), number(said) {}
    std::string text;
    std::optional<std::int64_t> number;
  };
  std::string schema;                               ///< "hours" gives "horisont/hours/1"
  std::vector<std::pair<std::string, Fact>> facts;  ///< project, today …
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows;
  Bilingual when_empty;
};

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
