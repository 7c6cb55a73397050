#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Archives made by hand, so that every field of them can lie. A part is stored unless it says otherwise.
struct HandmadePart {
  std::string name, data;
  std::uint16_t flags = 0, method = 0;
  std::string unpacked = {};    ///< what `data` inflates to, for method 8
  std::string local_name = {};  ///< the name in the local header, when it differs
  std::uint32_t claimed = 0;    ///< the size in both headers, when it is a lie
  bool wrong_check_sum = false;
};

inline std::uint32_t crc32_of(std::string_view data) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t n = 0; n < 256; ++n) {
      made[n] = n;
      for (int i = 0; i < 8; ++i) made[n] = made[n] >> 1 ^ (0xEDB88320u & (0u - (made[n] & 1u)));
    }
    return made;
  }();
  std::uint32_t crc = ~0u;
  for (const char c : data) crc = crc >> 8 ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xFF];
  return ~crc;
}

inline std::string handmade_zip(const std::vector<HandmadePart>& parts) {
  std::string out, directory;
  const auto put = [](std::string& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xFF);
  };
  const auto size = [](const std::string& s) { return static_cast<std::uint32_t>(s.size()); };
  for (const HandmadePart& part : parts) {
    const std::string& real = part.method == 8 ? part.unpacked : part.data;
    const std::uint32_t crc = part.wrong_check_sum ? 1 : crc32_of(real), unpacked = part.claimed ? part.claimed : size(real);
    const std::string& local_name = part.local_name.empty() ? part.name : part.local_name;
    const std::uint32_t at = size(out);
    const auto common = [&](std::string& to) {
      put(to, 20, 2), put(to, part.flags, 2), put(to, part.method, 2), put(to, 0, 2), put(to, 0x21, 2);
      put(to, crc, 4), put(to, size(part.data), 4), put(to, unpacked, 4);
    };
    out += "PK\x03\x04", common(out), put(out, size(local_name), 2), put(out, 0, 2), out += local_name + part.data;
    directory += "PK\x01\x02", put(directory, 20, 2), common(directory), put(directory, size(part.name), 2);
    put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 4);
    put(directory, at, 4), directory += part.name;
  }
  const std::uint32_t at = size(out), count = static_cast<std::uint32_t>(parts.size());
  out += directory + "PK\x05\x06";
  put(out, 0, 4), put(out, count, 2), put(out, count, 2), put(out, size(directory), 4), put(out, at, 4), put(out, 0, 2);
  return out;
}
