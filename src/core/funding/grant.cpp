#include "core/funding/grant.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "core/funding/rounding.h"

namespace horisont {
namespace {

// "67 %", "66,7 %", "66.70%".
std::optional<std::int64_t> percent_of(std::string_view text) {
  std::int64_t whole = 0, part = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc{} || whole < 0 || whole > 100) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.empty() && (text[0] == ',' || text[0] == '.')) {
    std::size_t digits = 1;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
      part = part * 10 + (text[digits] - '0');
    if (digits != 2 && digits != 3) return std::nullopt;
    if (digits == 2) part *= 10;
    text.remove_prefix(digits);
  }
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text == "%" ? std::optional(whole * 100 + part) : std::nullopt;
}

}  // namespace

std::optional<GrantedShare> granted_share(const GrantDecision& grant, std::int64_t tolerance) {
  if (!grant.budget || grant.budget->ore() <= 0 || (!grant.granted_esf && !grant.granted_yei)) return std::nullopt;
  const Money support = grant.granted_esf.value_or(Money{}) + grant.granted_yei.value_or(Money{});
  GrantedShare share{.by_amounts = hundredths_of_percent(support.ore(), grant.budget->ore()),
                     .stated = percent_of(grant.union_rate_stated)};
  if (!share.stated) return share;
  const auto near = [&](std::int64_t percent) { return std::abs(percent - *share.stated) <= tolerance; };
  share.differs = !near(share.by_amounts);
  share.one_of_two_parts = share.differs && grant.granted_esf.has_value() != grant.granted_yei.has_value() &&
                           near(hundredths_of_percent(2 * support.ore(), grant.budget->ore()));
  return share;
}

}  // namespace horisont
