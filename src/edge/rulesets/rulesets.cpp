#include "edge/rulesets/rulesets.h"

#include "edge/files/files.h"
#include "edge/xml/xml.h"

namespace horisont {
namespace {

// The document as a tree. Children are kept by value, so the open elements are a path of indices, not of pointers.
Result<dmn::Element> element_of(std::string_view bytes) {
  dmn::Element root;
  std::vector<dmn::Element> open;
  XmlHandler handler;
  handler.start = [&](std::string_view space, std::string_view name, const XmlHandler::Attributes& attributes, int line) {
    dmn::Element element{.name = std::string(name), .space = std::string(space), .line = line};
    for (const auto& [key, value] : attributes) {
      const std::size_t blank = key.rfind(' ');
      element.attributes.push_back({std::string(blank == key.npos ? key : key.substr(blank + 1)),
                                    std::string(blank == key.npos ? std::string_view{} : key.substr(0, blank)),
                                    std::string(value)});
    }
    open.push_back(std::move(element));
  };
  handler.end = [&](std::string_view, std::string_view) {
    dmn::Element done = std::move(open.back());
    open.pop_back();
    if (open.empty())
      root = std::move(done);
    else
      open.back().children.push_back(std::move(done));
  };
  handler.text = [&](std::string_view text) { open.back().text += text; };
  if (auto read = read_xml(bytes, handler); !read) return tl::make_unexpected(read.error());
  return root;
}

Finding finding_of(const std::filesystem::path& file, const dmn::Complaint& complaint) {
  std::string where = complaint.table;
  if (complaint.row) where += (where.empty() ? "" : " ") + std::to_string(complaint.row);
  return {.code = "rules." + complaint.id,
          .level = Level::Error,
          .place = {.file = file.filename().string(),
                    .sheet = complaint.table,
                    .heading = complaint.cell,
                    .row = static_cast<std::uint32_t>(complaint.line)},
          .values = {complaint.sv, complaint.en, std::to_string(complaint.row), complaint.cell}};
}

}  // namespace

tl::expected<LoadedRuleSet, std::vector<Finding>> load_rule_set(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  const auto root = element_of(bytes);
  if (!root)
    return tl::make_unexpected(std::vector<Finding>{{.code = root.error().message.id,
                                                     .level = Level::Error,
                                                     .place = {.file = file.filename().string()},
                                                     .values = root.error().message.values}});
  auto rules = dmn::RuleSet::load(*root, eligibility_facts());
  if (!rules) {
    std::vector<Finding> findings;
    for (const dmn::Complaint& complaint : rules.error()) findings.push_back(finding_of(file, complaint));
    return tl::make_unexpected(std::move(findings));
  }
  return LoadedRuleSet{.rules = std::move(*rules), .file = file.filename().string(), .sha256 = sha256_of(bytes)};
}

}  // namespace horisont
