#include "edge/rulesets/rulesets.h"

#include "dmn/words.h"
#include "edge/files/files.h"

namespace horisont {
namespace {

constexpr std::size_t largest_file = 4 * 1024 * 1024;  // hostile-input.md, section 2

Finding finding_of(const dmn::Complaint& complaint, const std::string& file) {
  Finding finding;
  finding.code = "rules." + complaint.id;
  finding.level = Level::Error;
  finding.place.file = file, finding.place.sheet = complaint.table, finding.place.heading = complaint.cell;
  finding.place.row = static_cast<std::uint32_t>(complaint.row > 0 ? complaint.row : 0);
  const std::string line = std::to_string(complaint.line);
  finding.values = {complaint.line > 0 ? in_both(complaint.sv + " (filens rad " + line + ")",
                                                 complaint.en + " (line " + line + " of the file)")
                                       : in_both(complaint.sv, complaint.en)};
  return finding;
}

}  // namespace

tl::expected<LoadedRuleSet, std::vector<Finding>> load_rule_set(const std::filesystem::path& path) {
  return read_rule_set(read_file(path), path.filename().string());
}

tl::expected<LoadedRuleSet, std::vector<Finding>> read_rule_set(std::string_view bytes, const std::string& file) {
  const auto refuse = [&](std::string code, std::vector<std::string> values) {
    Finding finding;
    finding.code = std::move(code), finding.place.file = file, finding.values = std::move(values);
    return tl::make_unexpected(std::vector{std::move(finding)});
  };
  if (bytes.size() > largest_file) return refuse("rules.too-large", {std::to_string(bytes.size() / 1024)});
  auto document = read_dmn(bytes);
  if (!document)
    return refuse("rules.not-xml", {in_both(words(document.error().message, Language::Swedish),
                                            words(document.error().message, Language::English))});
  auto rules = dmn::RuleSet::load(*document, eligibility_facts());
  if (!rules) {
    std::vector<Finding> findings;
    for (const dmn::Complaint& complaint : rules.error()) findings.push_back(finding_of(complaint, file));
    return tl::make_unexpected(std::move(findings));
  }
  std::string logic = sha256_of(dmn::logic_text(*rules));
  return LoadedRuleSet{std::move(*rules), file, sha256_of(bytes), std::move(logic)};
}

}  // namespace horisont
