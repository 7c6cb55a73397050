#include "edge/xlsx/package.h"

namespace horisont {

std::string folder_of(const std::string& part) { return part.substr(0, part.find_last_of('/') + 1); }

std::string target_of(const std::string& from, std::string target) {
  if (target.starts_with("/")) return target.substr(1);
  std::string base = folder_of(from);
  while (target.starts_with("../") && !base.empty()) {
    target.erase(0, 3);
    base.pop_back();
    base = folder_of(base);
  }
  return base + target;
}

std::string relations_of(const std::string& part) {
  const std::size_t slash = part.find_last_of('/');
  const std::string folder = slash == part.npos ? "" : part.substr(0, slash + 1);
  return folder + "_rels/" + part.substr(slash == part.npos ? 0 : slash + 1) + ".rels";
}

bool read_whole(const Zip& zip, const ZipEntry& entry, const XmlHandler& handler) {
  auto part = zip.part(entry);
  if (!part) return false;
  bool sound = true;
  const auto next = [&]() -> std::string_view {
    const auto piece = part->next();
    sound = sound && piece.has_value();
    return piece ? *piece : std::string_view();
  };
  return read_xml(next, handler).has_value() && sound;
}

Address address_of(std::string_view cell) {
  Address out;
  std::size_t i = 0;
  for (; i < cell.size() && cell[i] >= 'A' && cell[i] <= 'Z' && i < 3; ++i)
    out.column = out.column * 26 + static_cast<unsigned>(cell[i] - 'A' + 1);
  for (; i < cell.size() && cell[i] >= '0' && cell[i] <= '9' && out.row < 10'000'000; ++i)
    out.row = out.row * 10 + static_cast<unsigned>(cell[i] - '0');
  if (i != cell.size()) return {};
  return out;
}

}  // namespace horisont
