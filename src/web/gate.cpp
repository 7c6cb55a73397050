#include "web/gate.h"

#include <sys/random.h>

#include <algorithm>
#include <stdexcept>

namespace horisont::web {
namespace {

bool token_character(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

bool every_byte_allowed(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == '\r') {
      if (i + 1 < bytes.size() && bytes[i + 1] != '\n') return false;
    } else if (c == '\n') {
      if (i == 0 || bytes[i - 1] != '\r') return false;
    } else if ((c < 0x20 && c != '\t') || c > 0x7E) {
      return false;
    }
  }
  return true;
}

std::optional<Refusal> read_target(std::string_view target, Head& head) {
  if (target.size() > target_limit) return Refusal{414, "web.gate.long-address"};
  if (!target.starts_with('/')) return Refusal{400, "web.gate.address"};
  const std::size_t question = target.find('?');
  auto path = percent_decoded(target.substr(0, question), false);
  auto query = read_fields(question == target.npos ? std::string_view() : target.substr(question + 1));
  if (!path || !query) return Refusal{400, "web.gate.address"};
  const bool odd = path->find("//") != path->npos || path->find("/..") != path->npos || path->find('\\') != path->npos ||
                   std::any_of(path->begin(), path->end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (odd || target.find('#') != target.npos) return Refusal{400, "web.gate.address"};
  head.path = std::move(*path);
  head.query = std::move(*query);
  return std::nullopt;
}

std::optional<Refusal> read_request_line(std::string_view line, Head& head) {
  const std::size_t first = line.find(' ');
  const std::string_view method = line.substr(0, first);
  if (method.empty() ||
      !std::all_of(method.begin(), method.end(), [](char c) { return token_character(static_cast<unsigned char>(c)); }))
    return Refusal{400, "web.gate.request-line"};
  if (method != "GET" && method != "HEAD" && method != "POST") return Refusal{405, "web.gate.method"};
  const std::size_t second = first == line.npos ? line.npos : line.find(' ', first + 1);
  if (second == line.npos || line.substr(second + 1) != "HTTP/1.1") {
    const bool a_version = second == line.npos || line.find(' ', second + 1) == line.npos;
    return a_version ? Refusal{505, "web.gate.version"} : Refusal{400, "web.gate.request-line"};
  }
  head.method = method;
  return read_target(line.substr(first + 1, second - first - 1), head);
}

std::optional<Refusal> read_header_line(std::string_view line, Head& head) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon == 0) return Refusal{400, "web.gate.header"};
  std::string name(line.substr(0, colon));
  for (char& c : name) {
    if (!token_character(static_cast<unsigned char>(c))) return Refusal{400, "web.gate.header"};
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  }
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  for (const char* once : {"host", "content-length", "content-type", "origin", "sec-fetch-site", "sec-fetch-mode", "cookie"})
    if (name == once &&
        std::any_of(head.headers.begin(), head.headers.end(), [&](const auto& known) { return known.first == name; }))
      return Refusal{400, "web.gate.header-twice"};
  head.headers.emplace_back(std::move(name), value);
  return std::nullopt;
}

bool has(const Head& head, std::string_view name) {
  return std::any_of(head.headers.begin(), head.headers.end(), [&](const auto& header) { return header.first == name; });
}

std::optional<Refusal> judge_body(Head& head) {
  if (has(head, "transfer-encoding")) return Refusal{501, "web.gate.transfer"};
  if (has(head, "expect")) return Refusal{417, "web.gate.expect"};
  if (has(head, "upgrade")) return Refusal{501, "web.gate.upgrade"};
  if (!has(head, "content-length"))
    return head.method == "POST" ? std::optional(Refusal{411, "web.gate.length"}) : std::nullopt;
  const std::string& length = head.header("content-length");
  const bool number = !length.empty() && length.size() <= 10 && length.find_first_not_of("0123456789") == length.npos &&
                      (length == "0" || length.front() != '0');
  if (!number) return Refusal{400, "web.gate.length-form"};
  head.length = std::stoull(length);
  if (head.length != 0 && head.method != "POST") return Refusal{400, "web.gate.body-of-get"};
  return std::nullopt;
}

}  // namespace

ReadHead read_head(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  const std::string_view seen = bytes.substr(0, end == bytes.npos ? std::min(bytes.size(), head_limit) : end + 4);
  // What is wrong already is told at once, without waiting for the rest.
  if (!every_byte_allowed(seen)) return {Refusal{400, "web.gate.bytes"}};
  if (end == bytes.npos || end + 4 > head_limit) {
    if (bytes.size() < head_limit) return {Incomplete{}};
    return {bytes.find('\r') > target_limit ? Refusal{414, "web.gate.long-address"} : Refusal{431, "web.gate.long-head"}};
  }
  Head head;
  std::string_view lines = bytes.substr(0, end + 2);
  for (std::size_t number = 0; !lines.empty(); ++number) {
    const std::string_view line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(line.size() + 2);
    if (number > header_lines) return {Refusal{431, "web.gate.long-head"}};
    if (auto refused = number == 0 ? read_request_line(line, head) : read_header_line(line, head)) return {std::move(*refused)};
  }
  if (!has(head, "host")) return {Refusal{400, "web.gate.host"}};
  if (auto refused = judge_body(head)) return {std::move(*refused)};
  return {std::move(head), end + 4};
}

std::optional<Refusal> judge(const Head& head, std::span<const std::string> hosts) {
  const std::string& host = head.header("host");
  if (std::find(hosts.begin(), hosts.end(), host) == hosts.end()) return Refusal{400, "web.gate.host"};
  const std::string& site = head.header("sec-fetch-site");
  const bool ours = site == "same-origin" || site == "none";
  if (head.method == "POST") {
    // A page of another port of this computer counts as the same site, so only the same origin will do.
    if (!site.empty() && !ours) return Refusal{403, "web.gate.other-site"};
    const std::string& origin = head.header("origin");
    if (origin.empty() ? site.empty() : origin != "http://" + host) return Refusal{403, "web.gate.other-site"};
    return std::nullopt;
  }
  if (!site.empty() && !ours && head.header("sec-fetch-mode") != "navigate") return Refusal{403, "web.gate.other-site"};
  return std::nullopt;
}

Fields guarding_headers() {
  return {{"Content-Security-Policy",
           "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
           "base-uri 'none'; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          // "no-referrer" would make browsers send our own forms with the origin "null".
          {"Referrer-Policy", "same-origin"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"}};
}

bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  return difference == 0;
}

std::string random_secret() {
  unsigned char bytes[32];
  if (getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) throw std::runtime_error("no random numbers");
  std::string out;
  for (const unsigned char byte : bytes) out += {"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
  return out;
}

}  // namespace horisont::web
