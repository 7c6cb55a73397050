#include "log/entry.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace tlog {

namespace {

bool lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool figure(char c) { return c >= '0' && c <= '9'; }
constexpr bool hex_figure(char c) { return figure(c) || (c >= 'a' && c <= 'f'); }
bool slug(char c) { return lower(c) || figure(c) || c == '-'; }
bool value_character(char c) {
  return lower(c) || figure(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == ':' || c == '/' || c == '@' ||
         c == '-';
}

template <class Allowed>
bool all(std::string_view text, std::size_t least, std::size_t most, Allowed allowed) {
  return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), allowed);
}
bool word(std::string_view text, std::size_t least, std::size_t most) {
  return all(text, least, most, [](char c) { return lower(c) || c == '-'; }) && lower(text[0]);
}
// Most of a log is hex figures: they are looked up, all of them, without a branch for each.
constexpr std::array<bool, 256> no_hex_figure = [] {
  std::array<bool, 256> found{};
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = !hex_figure(static_cast<char>(i));
  return found;
}();
bool hexed(std::string_view text, std::size_t size) {
  if (text.size() != size) return false;
  bool other = false;
  for (const char c : text) other |= no_hex_figure[static_cast<unsigned char>(c)];
  return !other;
}

// name=value,name=value with names ascending, or "-".
template <class Value>
bool list(std::string_view text, Value value) {
  if (text == "-") return true;
  std::string_view before;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view item = text.substr(0, comma);
    const std::size_t equals = item.find('=');
    if (equals == item.npos) return false;
    const std::string_view name = item.substr(0, equals);
    if (!all(name, 1, 31, slug) || !lower(name[0]) || name <= before || !value(item.substr(equals + 1))) return false;
    if (comma == text.npos) return true;
    before = name;
    text.remove_prefix(comma + 1);
  }
}

std::string joined(const std::vector<std::pair<std::string, std::string>>& items) {
  if (items.empty()) return "-";
  auto sorted = items;
  std::sort(sorted.begin(), sorted.end());
  std::string out;
  for (const auto& [name, value] : sorted) out += (out.empty() ? "" : ",") + name + "=" + value;
  return out;
}

constexpr std::array<std::string_view, 6> roles{"caseworker", "approver", "auditor", "reader", "administrator", "system"};

}  // namespace

std::string leaf_of(const Entry& entry) {
  return "L1 " + std::to_string(entry.seq) + " " + time_text(entry.milliseconds) + " " + entry.kind + " " + entry.actor + " " +
         entry.role + " " + entry.organisation + " " + entry.subject + " " + entry.outcome + " " + joined(entry.refs) + " " +
         joined(entry.commits);
}

std::optional<Leaf> leaf_from(std::string_view line) {
  if (line.size() < 60 || line.size() > 4096) return std::nullopt;
  std::array<std::string_view, 11> field;
  std::size_t from = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const std::size_t to = i + 1 < field.size() ? line.find(' ', from) : line.size();
    if (to == line.npos) return std::nullopt;
    field[i] = line.substr(from, to - from);
    from = to + 1;
  }
  const auto seq = number_from(field[1]);
  const auto time = time_from(field[2]);
  if (field[0] != "L1" || !seq || !time || !word(field[3], 3, 31) || !(field[4] == "system" || hexed(field[4], 16)) ||
      std::find(roles.begin(), roles.end(), field[5]) == roles.end() || !all(field[6], 1, 64, slug) ||
      !(field[7] == "-" || hexed(field[7], 32)) || !(field[8] == "-" || word(field[8], 2, 31)) ||
      !list(field[9], [](std::string_view value) { return all(value, 1, 128, value_character); }) ||
      !list(field[10], [](std::string_view value) { return hexed(value, 64); }))
    return std::nullopt;
  return Leaf{*seq, *time, field[2], field[3], field[4], field[5], field[6], field[7], field[8], field[9], field[10]};
}

std::string_view value_of(std::string_view list_text, std::string_view name) {
  while (!list_text.empty()) {
    const std::size_t comma = list_text.find(',');
    const std::string_view item = list_text.substr(0, comma);
    if (item.size() > name.size() && item.starts_with(name) && item[name.size()] == '=') return item.substr(name.size() + 1);
    if (comma == list_text.npos) break;
    list_text.remove_prefix(comma + 1);
  }
  return {};
}

std::string time_text(std::int64_t milliseconds) {
  using namespace std::chrono;
  const sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds{milliseconds}};
  const auto day = floor<days>(moment);
  const year_month_day date{day};
  const hh_mm_ss time{moment - day};
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text;
}

std::optional<std::int64_t> time_from(std::string_view text) {
  static constexpr std::string_view form = "0000-00-00T00:00:00.000Z";
  if (text.size() != form.size()) return std::nullopt;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == '0' ? !figure(text[i]) : text[i] != form[i]) return std::nullopt;
  const auto at = [&](std::size_t from, std::size_t size) {
    int number = 0;
    for (const char c : text.substr(from, size)) number = number * 10 + (c - '0');
    return number;
  };
  using namespace std::chrono;
  const year_month_day date{year{at(0, 4)}, month{static_cast<unsigned>(at(5, 2))}, day{static_cast<unsigned>(at(8, 2))}};
  if (!date.ok() || at(11, 2) > 23 || at(14, 2) > 59 || at(17, 2) > 59) return std::nullopt;
  return duration_cast<milliseconds>(
             (sys_days{date} + hours{at(11, 2)} + minutes{at(14, 2)} + seconds{at(17, 2)}).time_since_epoch())
             .count() +
         at(20, 3);
}

std::optional<std::uint64_t> number_from(std::string_view text) {
  if (!all(text, 1, 18, figure) || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : text) number = number * 10 + static_cast<std::uint64_t>(c - '0');
  return number;
}

namespace {

constexpr std::string_view base64_figures = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = (group << 8) | (i + j < bytes.size() ? static_cast<std::uint8_t>(bytes[i + j]) : 0u);
    for (std::size_t j = 0; j < 4; ++j) out += i + j > bytes.size() ? '=' : base64_figures[(group >> (18 - 6 * j)) & 63];
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4) return std::nullopt;
  std::string out;
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::size_t value = base64_figures.find(c);
    if (value == base64_figures.npos) return std::nullopt;
    group = ((group << 6) | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    if ((bits += 6) >= 8) out += static_cast<char>((group >> (bits -= 8)) & 255);
  }
  if (base64(out) != text) return std::nullopt;  // a lenient reader lets unused bits change unseen
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 || !std::all_of(text.begin(), text.end(), hex_figure)) return std::nullopt;
  const auto value = [](char c) { return figure(c) ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) out += static_cast<char>(value(text[i]) * 16 + value(text[i + 1]));
  return out;
}

std::string hex(std::string_view bytes) {
  static constexpr char figures[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes)
    text += figures[static_cast<std::uint8_t>(c) >> 4], text += figures[static_cast<std::uint8_t>(c) & 15];
  return text;
}

// ---- commitments -----------------------------------------------------------------------------------------------------

Digest commitment(std::string_view group, std::string_view salt, std::vector<CommittedField> fields) {
  std::sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  std::string bytes("horisont/commit/v1\0", 19);
  bytes.append(group).push_back('\0');
  bytes.append(salt);
  const auto length = [&](std::size_t size) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>((size >> shift) & 255);
  };
  for (const CommittedField& field : fields) {
    length(field.name.size());
    bytes += field.name;
    bytes += field.status;
    length(field.value.size());
    bytes += field.value;
  }
  return sha256(bytes);
}

std::string opening_text(const std::vector<Opening>& openings) {
  std::string out = "horisont-opening 1\n";
  for (const Opening& opening : openings) {
    out += "index " + std::to_string(opening.index) + "\ncommit " + opening.group + "\nsalt " + hex(opening.salt) + "\n";
    for (const CommittedField& field : opening.fields) {
      out += "field " + field.name + " " + field.status;
      if (field.status == 'v') {
        out += ' ';
        for (const char c : field.value) {
          if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '%') {
            out += c;
            continue;
          }
          char escaped[4];
          std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
          out += escaped;
        }
      }
      out += '\n';
    }
  }
  return out;
}

std::optional<std::vector<Opening>> openings_from(std::string_view text) {
  static constexpr std::string_view head = "horisont-opening 1\n";
  if (!text.starts_with(head) || !text.ends_with('\n')) return std::nullopt;
  text.remove_prefix(head.size());
  std::vector<Opening> found;
  std::optional<std::uint64_t> index;
  for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1)) {
    const std::string_view line = text.substr(0, end);
    const std::size_t space = line.find(' ');
    if (space == line.npos) return std::nullopt;
    const std::string_view what = line.substr(0, space), rest = line.substr(space + 1);
    if (what == "index") {
      if (!(index = number_from(rest))) return std::nullopt;
    } else if (what == "commit" && index && all(rest, 1, 31, slug)) {
      found.push_back({*index, std::string(rest), {}, {}});
    } else if (what == "salt" && !found.empty() && found.back().salt.empty() && hexed(rest, 64)) {
      found.back().salt = *from_hex(rest);
    } else if (what == "field" && !found.empty() && !found.back().salt.empty()) {
      const std::size_t second = rest.find(' ');
      if (second == rest.npos || second + 1 >= rest.size()) return std::nullopt;
      CommittedField field{std::string(rest.substr(0, second)), rest[second + 1], {}};
      const std::string_view value = rest.substr(second + 2);
      if (std::string_view("vurn").find(field.status) == std::string_view::npos) return std::nullopt;
      if ((field.status == 'v') != !value.empty() || (field.status == 'v' && value[0] != ' ')) return std::nullopt;
      for (std::size_t i = 1; i < value.size(); ++i) {
        if (value[i] != '%') {
          field.value += value[i];
          continue;
        }
        if (i + 2 >= value.size()) return std::nullopt;
        std::string digits(value.substr(i + 1, 2));
        for (char& c : digits) c = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : figure(c) ? c : 'x';
        const auto byte = from_hex(digits);
        if (!byte) return std::nullopt;
        field.value += *byte;
        i += 2;
      }
      for (const CommittedField& other : found.back().fields)
        if (other.name == field.name) return std::nullopt;
      found.back().fields.push_back(std::move(field));
    } else {
      return std::nullopt;
    }
  }
  for (const Opening& opening : found)
    if (opening.salt.empty()) return std::nullopt;
  return found;
}

}  // namespace tlog
