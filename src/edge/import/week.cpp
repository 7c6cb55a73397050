#include "edge/import/week.h"

#include <vector>

#include "edge/text/text.h"

namespace horisont {
namespace {

bool is_number(std::string_view text, std::size_t fewest, std::size_t most) {
  return text.size() >= fewest && text.size() <= most && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  bool open = false;
  for (const char c : text) {
    const bool in = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80);
    if (in && !open) words.emplace_back();
    if (in) words.back() += c;
    open = in;
  }
  return words;
}

}  // namespace

std::optional<WeekMention> week_in(std::string_view text) {
  if (text.size() > 200) return std::nullopt;
  const std::vector<std::string> words = words_of(lower_case(text));
  WeekMention mention;
  std::size_t used = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool says = word == "vecka" || word == "veckan" || word == "v" || word == "week" || word == "wk" || word == "w";
    std::string_view number;
    std::size_t takes = 1;
    if (says && i + 1 < words.size() && is_number(words[i + 1], 1, 2))
      number = words[i + 1], takes = 2;
    else if (word.size() > 1 && (word[0] == 'v' || word[0] == 'w') && is_number(std::string_view(word).substr(1), 1, 2))
      number = std::string_view(word).substr(1);
    if (!number.empty()) {
      const int week = std::stoi(std::string(number));
      if (week < 1 || week > 53) return std::nullopt;
      if (mention.week != 0 && mention.week != week) return std::nullopt;  // of two weeks the text is about neither
      mention.week = week, used += takes, i += takes - 1;
    } else if (is_number(word, 4, 4) && word >= "1990" && word <= "2099" && !mention.year) {
      mention.year = std::stoi(word), ++used;
    }
  }
  if (mention.week == 0) return std::nullopt;
  mention.alone = used == words.size();
  return mention;
}

int weekday_of(std::string_view key) {
  static constexpr std::string_view names[7][7] = {{"må", "mån", "månd", "måndag", "mon", "monday", "mondays"},
                                                   {"ti", "tis", "tisd", "tisdag", "tue", "tuesday", "tues"},
                                                   {"on", "ons", "onsd", "onsdag", "wed", "wednesday", "weds"},
                                                   {"to", "tor", "tors", "torsdag", "thu", "thursday", "thurs"},
                                                   {"fr", "fre", "fred", "fredag", "fri", "friday", "fridays"},
                                                   {"lö", "lör", "lörd", "lördag", "sat", "saturday", "saturdays"},
                                                   {"sö", "sön", "sönd", "söndag", "sun", "sunday", "sundays"}};
  for (int day = 0; day < 7; ++day)
    for (const std::string_view name : names[day])
      if (key == name) return day + 1;
  return 0;
}

std::optional<Date> monday_of(int year, int week) {
  const auto first = [](int of) {
    const Date fourth = *Date::of(of, 1, 4);
    return fourth.plus_days(1 - fourth.weekday());
  };
  if (week < 1 || year < 1900 || year > 2999) return std::nullopt;
  const Date monday = first(year).plus_days(7 * (week - 1));
  if (monday >= first(year + 1)) return std::nullopt;
  return monday;
}

}  // namespace horisont
