#pragma once

#include <string>
#include <string_view>

namespace horisont {

// What words that stand in a row, or are all of it, say.

/// "Antal", "Antal deltagare: 6", "Antal st": how many there are.
bool says_count(const std::string&);

/// What is printed or signed below a list: "Sida 1 av 1", "Utskrivet av", "Antal rader: 2", "Underskrift deltagare".
bool says_foot(const std::string&);

/// Two to four words, each with a capital first: "Öberg, Åsa", "Anna-Karin Holm"; no remark that has small words or figures.
bool looks_like_a_name(std::string_view);

}  // namespace horisont
