#include "web/sessions.h"

#include "web/gate.h"

namespace horisont::web {
namespace {

constexpr std::size_t most_codes = 1000, most_sessions = 1000;

}  // namespace

std::string Sessions::new_code(std::string path, std::chrono::seconds valid, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(codes_, [&](const auto& code) { return code.second.until <= now; });
  if (codes_.size() >= most_codes) codes_.erase(codes_.begin());
  const std::string code = random_secret();
  codes_.emplace(code, Code{std::move(path), now + valid});
  return code;
}

std::optional<Sessions::Opened> Sessions::use_code(const std::string& code, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  // Every code is compared, whole, so that the time says nothing of how much of one was right.
  auto found = codes_.end();
  for (auto one = codes_.begin(); one != codes_.end(); ++one)
    if (same_secret(one->first, code)) found = one;
  if (found == codes_.end()) return std::nullopt;
  const Code used = std::move(found->second);
  codes_.erase(found);
  if (used.until <= now) return std::nullopt;
  if (tokens_.size() >= most_sessions) tokens_.erase(tokens_.begin());
  const std::string cookie = random_secret();
  tokens_.emplace(cookie, random_secret());
  return Opened{cookie, used.path};
}

std::optional<std::string> Sessions::form_token(const std::string& cookie) const {
  const std::lock_guard lock(mutex_);
  std::optional<std::string> token;
  for (const auto& [known, its] : tokens_)
    if (same_secret(known, cookie)) token = its;
  return token;
}

}  // namespace horisont::web
