#include "app/municipalities.h"

#include <algorithm>

#include "app/answers.h"

namespace horisont {

std::string municipality_names(const ImportSchemas& names, const std::string& text, Language language) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    if (end == at) {
      out += text[at++];
      continue;
    }
    std::string number = text.substr(at, end - at);
    at = end;
    const auto value = value_word(names, RecordKind::Participants, "home_municipality", number);
    const auto* word = std::get_if<Table::Word>(&value);
    out += word ? word->shown.in(language) : number;
  }
  return out;
}

}  // namespace horisont
