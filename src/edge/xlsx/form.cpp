#include "edge/xlsx/form.h"

#include <algorithm>
#include <vector>

#include "edge/files/files.h"
#include "edge/xlsx/package.h"
#include "edge/xml/xml.h"
#include "edge/zip/zip.h"

namespace horisont {
namespace {

using Attributes = XmlHandler::Attributes;

std::string attribute(const Attributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes)
    if (key == name) return std::string(value);
  return {};
}

bool read(const Zip& zip, const ZipEntry& entry, const XmlHandler& handler) {
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

struct Formula {
  std::string cell, text;
};

bool read_formulas(const Zip& zip, const ZipEntry& entry, std::vector<Formula>& formulas) {
  std::string cell;
  bool inside = false;
  XmlHandler handler;
  handler.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "c") cell = attribute(attributes, "r");
    if (name == "f") inside = true, formulas.push_back({cell, {}});
  };
  handler.end = [&](std::string_view, std::string_view name) {
    if (name == "f") inside = false;
  };
  handler.text = [&](std::string_view text) {
    if (inside)
      std::copy_if(text.begin(), text.end(), std::back_inserter(formulas.back().text), [](char c) { return c != ' '; });
  };
  return read(zip, entry, handler);
}

}  // namespace

std::optional<WorkbookForm> form_of(const std::filesystem::path& path) {
  const auto zip = Zip::open(read_file(path));
  if (!zip) return std::nullopt;
  const std::string book = "xl/workbook.xml";
  const ZipEntry *workbook = zip->find(book), *links = zip->find(relations_of(book));
  if (!workbook || !links) return std::nullopt;
  WorkbookForm form;
  std::map<std::string, std::string> parts;  // by relationship
  XmlHandler of_links;
  of_links.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    if (name == "Relationship") parts[attribute(attributes, "Id")] = target_of(book, attribute(attributes, "Target"));
  };
  std::vector<std::pair<std::string, std::string>> sheets;  // name, relationship
  XmlHandler of_book;
  of_book.start = [&](std::string_view, std::string_view name, const Attributes& attributes, int) {
    // Those that begin so are the program's own: what is printed, what is filtered.
    if (name == "definedName" && !attribute(attributes, "name").starts_with("_xlnm.")) ++form.names;
    if (name != "sheet") return;
    std::string link;
    for (const auto& [key, value] : attributes)
      if (key.ends_with("relationships id")) link = value;
    sheets.emplace_back(attribute(attributes, "name"), std::move(link));
  };
  if (!read(*zip, *links, of_links) || !read(*zip, *workbook, of_book)) return std::nullopt;
  for (const auto& [name, link] : sheets) {
    const ZipEntry* part = zip->find(parts[link]);
    std::vector<Formula> formulas;
    if (!part || !read_formulas(*zip, *part, formulas)) return std::nullopt;
    for (Formula& one : formulas) form.formulas[name + "!" + one.cell] = std::move(one.text);
  }
  for (const ZipEntry& entry : zip->entries()) {
    if (!entry.name.ends_with(".xml")) continue;
    form.charts += entry.name.starts_with("xl/charts/chart");
    form.tables += entry.name.starts_with("xl/tables/");
    if (!entry.name.starts_with("xl/comments")) continue;
    XmlHandler of_comments;
    of_comments.start = [&](std::string_view, std::string_view name, const Attributes&, int) {
      form.comments += name == "comment";
    };
    if (!read(*zip, entry, of_comments)) return std::nullopt;
  }
  return form;
}

}  // namespace horisont
