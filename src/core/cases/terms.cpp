#include "core/cases/terms.h"

#include <algorithm>
#include <cassert>

#include "core/cases/staff_rows.h"

namespace horisont {
namespace {

// Letters and digits only, small, so that "Studie- och yrkesvägledning" and "studie och yrkesvägledning " are one word.
// The letters of Swedish that are not ASCII stand in two bytes each, capitals 0x20 below the small ones.
std::string plain(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto byte = static_cast<unsigned char>(word[i]);
    if (byte >= 'A' && byte <= 'Z') {
      out += static_cast<char>(byte + 0x20);
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      out += static_cast<char>(byte);
    } else if (byte == 0xC3 && i + 1 < word.size()) {
      const auto letter = static_cast<unsigned char>(word[++i]);
      out += static_cast<char>(byte);
      out += static_cast<char>(letter >= 0x80 && letter <= 0x9E && letter != 0x97 ? letter + 0x20 : letter);
    } else if (byte >= 0x80 && !(byte == 0xC2 || (i > 0 && static_cast<unsigned char>(word[i - 1]) == 0xC2))) {
      out += static_cast<char>(byte);  // 0xC2 begins blanks and marks such as the non-breaking space
    }
  }
  return out;
}

}  // namespace

Period ProjectTerms::operation() const {
  assert(!grants.empty());  // the loader refuses a project without a grant decision
  Period whole = grants.front().operation;
  for (const GrantDecision& grant : grants) {
    whole.first = std::min(whole.first, grant.operation.first);
    if (!whole.last || !grant.operation.last)
      whole.last.reset();
    else
      whole.last = std::max(*whole.last, *grant.operation.last);
  }
  return whole;
}

std::optional<std::uint8_t> ProjectTerms::activity(std::string_view word) const {
  const std::string asked = plain(word);
  if (asked.empty()) return std::nullopt;
  for (std::size_t i = 0; i < activities.size(); ++i) {
    const Activity& activity = activities[i];
    if (asked == plain(activity.key) || asked == plain(activity.name.sv) || asked == plain(activity.name.en))
      return static_cast<std::uint8_t>(i);
    for (const std::string& spelling : activity.spellings)
      if (asked == plain(spelling)) return static_cast<std::uint8_t>(i);
  }
  return std::nullopt;
}

bool ProjectTerms::has_staff_activity(std::string_view word) const {
  return staff_activities.empty() || std::any_of(staff_activities.begin(), staff_activities.end(),
                                                 [&](const std::string& listed) { return same_word(listed, word); });
}

bool same_word(std::string_view a, std::string_view b) { return plain(a) == plain(b); }
std::string plain_word(std::string_view word) { return plain(word); }

}  // namespace horisont
