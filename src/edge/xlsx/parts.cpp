#include "edge/xlsx/parts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "edge/files/files.h"
#include "edge/xlsx/package.h"
#include "edge/xml/xml.h"
#include "edge/zip/zip.h"

namespace horisont {
namespace {

constexpr std::size_t largest_part = 150u << 20;

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::string attribute(const XmlHandler::Attributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes)
    if (key == name) return std::string(value);
  return {};
}

bool is_xml(const std::string& part) { return part.ends_with(".xml") || part.ends_with(".rels") || part.ends_with(".vml"); }

// Elements, attributes by name, texts: what a program reads. Blanks between elements, prefixes and the order of attributes are none of it.
std::string as_read(const std::string& xml) {
  std::string out, text;
  std::string_view open;
  const auto put_text = [&] {
    if (open == "t" || text.find_first_not_of(" \t\r\n") != text.npos) out += text;
    text.clear();
  };
  XmlHandler handler;
  handler.start = [&](std::string_view space, std::string_view name, const XmlHandler::Attributes& attributes, int) {
    put_text();
    (((out += "\x01") += space) += ' ') += name;
    std::map<std::string_view, std::string_view> sorted(attributes.begin(), attributes.end());
    for (const auto& [key, value] : sorted) (((out += "\x02") += key) += '=') += value;
    out += '\x03';
    open = name == "t" ? "t" : "";
  };
  handler.end = [&](std::string_view, std::string_view) {
    put_text();
    out += '\x04';
    open = {};
  };
  handler.text = [&](std::string_view piece) { text += piece; };
  return read_xml(xml, handler) ? out : xml;
}

// What records keepers and signers add without opening the workbook; nothing of it is shown but by a link from within, which is seen.
bool is_beside(const std::string& part) { return !part.starts_with("xl/"); }

// What no program leaves as it was when it saves.
bool is_always_written(const std::string& part) {
  return part == "xl/workbook.xml" || part == "xl/styles.xml" || part == "xl/sharedstrings.xml" || part.starts_with("xl/worksheets/sheet");
}

// Kinds of the parts of the workbook itself, as the list of types says.
std::string types_within(const std::string& xml) {
  std::set<std::string> all;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const XmlHandler::Attributes& attributes, int) {
    const std::string part = small(attribute(attributes, "PartName"));
    if (name == "Override" && part.starts_with("/xl/")) all.insert(part + " " + attribute(attributes, "ContentType"));
  };
  if (!read_xml(xml, handler)) return xml;
  std::string out;
  for (const std::string& one : all) out += one + "\n";
  return out;
}

struct Link {
  std::string type, target;
};
// Nothing where an id or, of what there is one of, a type stands twice.
std::optional<std::vector<Link>> links_in(const Zip& zip, const ZipEntry& entry) {
  const auto xml = zip.text(entry, largest_part);
  if (!xml) return std::nullopt;
  std::string from = entry.name;  // "xl/_rels/workbook.xml.rels" is of "xl/workbook.xml"
  from.resize(from.size() - 5);
  if (const std::size_t at = from.rfind("_rels/"); at != from.npos) from.erase(at, 6);
  std::vector<Link> links;
  std::set<std::string> ids, alone;
  bool sound = true;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const XmlHandler::Attributes& attributes, int) {
    if (name != "Relationship") return;
    std::string type = attribute(attributes, "Type");
    type = type.substr(type.rfind('/') + 1);
    sound = sound && ids.insert(attribute(attributes, "Id")).second;
    for (const char* one : {"officeDocument", "styles", "sharedStrings", "theme"}) sound = sound && (type != one || alone.insert(type).second);
    links.push_back({type, attribute(attributes, "TargetMode") == "External" ? "" : target_of(from, attribute(attributes, "Target"))});
  };
  if (!read_xml(*xml, handler) || !sound) return std::nullopt;
  return links;
}

}  // namespace

bool is_sound_workbook(const std::filesystem::path& path) {
  const auto zip = Zip::open(read_file(path));
  if (!zip) return false;
  static const std::map<std::string, std::string> places{{"officeDocument", "xl/workbook.xml"},
                                                         {"styles", "xl/styles.xml"},
                                                         {"sharedStrings", "xl/sharedStrings.xml"},
                                                         {"theme", "xl/theme/theme1.xml"}};
  std::set<std::string> names, linked;
  for (const ZipEntry& entry : zip->entries()) {
    const std::string name = small(entry.name);
    if (!names.insert(name).second) return false;
    if (!is_xml(name)) continue;
    const auto xml = zip->text(entry, largest_part);
    // The old form of drawings is not always XML: its programs wrote "<br>".
    if (!xml || (!name.ends_with(".vml") && !read_xml(*xml, {}))) return false;
    if (!name.ends_with(".rels")) continue;
    const auto links = links_in(*zip, entry);
    if (!links) return false;
    for (const auto& [type, target] : *links) {
      const bool of_book = name == "_rels/.rels" || name == "xl/_rels/workbook.xml.rels";
      if (const auto place = places.find(type); place != places.end() && of_book && target != place->second) return false;
      if (of_book) linked.insert(type);
      if (of_book && type == "worksheet" && (!zip->find(target) || !is_xml(target))) return false;
    }
  }
  const ZipEntry* book = zip->find("xl/workbook.xml");
  if (!book || !linked.contains("officeDocument") || !linked.contains("worksheet")) return false;
  std::set<std::string> sheets;
  bool once = true;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const XmlHandler::Attributes& attributes, int) {
    if (name == "sheet") once = once && sheets.insert(small(attribute(attributes, "name"))).second;
  };
  return read_whole(*zip, *book, handler) && once && !sheets.empty();
}

std::vector<std::string> parts_changed_by_hand(const std::filesystem::path& made, const std::filesystem::path& found) {
  const auto then = Zip::open(read_file(made)), now = Zip::open(read_file(found));
  if (!then || !now) return {};
  std::vector<std::string> changed;
  bool kept = false;  // something that every program writes anew is as it was
  for (const ZipEntry& entry : then->entries()) {
    const std::string name = small(entry.name);
    const bool types = name == "[content_types].xml";
    if (is_beside(name) && !types) continue;
    const ZipEntry* other = now->find(entry.name);
    const auto was = then->text(entry, largest_part);
    const auto is = other ? now->text(*other, largest_part) : was;
    if (!was || !is || !other)
      changed.push_back(entry.name);
    else if (types ? types_within(*was) != types_within(*is) : *was != *is && (!is_xml(name) || as_read(*was) != as_read(*is)))
      changed.push_back(entry.name);
    else
      kept = kept || is_always_written(name);
  }
  for (const ZipEntry& entry : now->entries())
    if (!is_beside(small(entry.name)) && !then->find(entry.name)) changed.push_back(entry.name);
  return kept ? changed : std::vector<std::string>{};
}

}  // namespace horisont
