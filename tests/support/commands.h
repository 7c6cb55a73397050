#pragma once

#include <string_view>

namespace horisont::test {

/// Whether a text tells to type something: an option ("--reason"), a command ("horisont plan"), or the word itself. The program's own
/// names (horisont-verify) are none.
inline bool names_a_command(std::string_view text) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::size_t at = 0; (at = text.find("--", at)) != text.npos; at += 2)
    if (at + 2 < text.size() && letter(text[at + 2]) && (at == 0 || text[at - 1] != '-')) return true;
  constexpr std::string_view name = "horisont ";
  for (std::size_t at = 0; (at = text.find(name, at)) != text.npos; at += name.size()) {
    const bool begins = at == 0 || (!letter(text[at - 1]) && text[at - 1] != '-');
    if (begins && at + name.size() < text.size() && letter(text[at + name.size()])) return true;
  }
  return text.find("ommandorad") != text.npos || text.find("ommandot") != text.npos || text.find("ommand line") != text.npos ||
         text.find("the command") != text.npos;
}

}  // namespace horisont::test
