#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace horisont::web {

/// Who has opened the pages with a one-time address. Kept in memory only: a new start asks for a new address.
class Sessions {
 public:
  using Clock = std::chrono::steady_clock;

  /// A code that opens `path` once, before its time is out.
  std::string new_code(std::string path, std::chrono::seconds valid, Clock::time_point now);
  struct Opened {
    std::string cookie, path;
  };
  std::optional<Opened> use_code(const std::string& code, Clock::time_point now);
  /// The secret that the forms of a session carry; nothing when the cookie opens nothing.
  std::optional<std::string> form_token(const std::string& cookie) const;

 private:
  struct Code {
    std::string path;
    Clock::time_point until;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Code> codes_;
  std::map<std::string, std::string> tokens_;  // by cookie
};

}  // namespace horisont::web
