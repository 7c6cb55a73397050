#include "edge/rulesets/examples.h"

#include <algorithm>

#include "edge/files/files.h"
#include "edge/toml/toml.h"

namespace horisont {
namespace {

class Reader {
 public:
  Reader(const dmn::RuleSet& rules, std::string file) : rules_(rules), file_(std::move(file)) {}

  std::vector<RuleExample> examples(const TomlNode& document) {
    std::vector<RuleExample> all;
    const TomlNode* list = document.find("example");
    if (!list || list->kind != TomlNode::Kind::Array) {
      complain(1, "example");
      return all;
    }
    for (const TomlNode& node : list->items) all.push_back(example(document, node));
    return all;
  }
  std::vector<Finding> findings;

 private:
  void complain(int line, const std::string& what) {
    Finding finding{.code = "rules.example", .values = {what}};
    finding.place.file = file_, finding.place.row = static_cast<std::uint32_t>(line);
    findings.push_back(std::move(finding));
  }

  std::string text(const TomlNode& node, const char* key) {
    const TomlNode* member = node.find(key);
    if (member && member->kind == TomlNode::Kind::Text) return member->text;
    complain(node.line, key);
    return "";
  }

  std::optional<std::size_t> index_of(const std::string& name, int line) {
    for (std::size_t i = 0; i < rules_.inputs().size(); ++i)
      if (rules_.inputs()[i].name == name) return i;
    complain(line, name);
    return std::nullopt;
  }

  void facts(const TomlNode& from, std::vector<dmn::InputValue>& record) {
    for (const auto& [name, node] : from.members) {
      const auto i = index_of(name, node.line);
      if (!i) continue;
      const dmn::InputType type = rules_.inputs()[*i].type;
      if (type == dmn::InputType::Boolean && node.kind == TomlNode::Kind::Boolean)
        record[*i] = node.boolean;
      else if (type == dmn::InputType::Number && node.kind == TomlNode::Kind::Integer)
        record[*i] = node.integer;
      else if (type == dmn::InputType::Date && node.kind == TomlNode::Kind::Day)
        record[*i] = dmn::Day{node.day->days()};
      else if (type == dmn::InputType::String && node.kind == TomlNode::Kind::Text)
        record[*i] = node.text;
      else
        complain(node.line, name);
    }
  }

  // The age follows from the two days unless it is stated, as it does for participants.
  void age(LeapBirthday leap, std::vector<dmn::InputValue>& record) {
    std::optional<Date> born, entered;
    std::optional<std::size_t> age;
    for (std::size_t i = 0; i < record.size(); ++i) {
      const std::string& name = rules_.inputs()[i].name;
      const auto* day = std::get_if<dmn::Day>(&record[i]);
      if (name == "birth_date" && day) born = Date::of_days(day->days);
      if (name == "entry_date" && day) entered = Date::of_days(day->days);
      if (name == "age_at_entry") age = i;
    }
    if (!age || !std::holds_alternative<std::monostate>(record[*age]) || !born || !entered) return;
    record[*age] = std::int64_t{*entered < *born ? -1 : age_on(*entered, *born, leap)};
  }

  RuleExample example(const TomlNode& document, const TomlNode& node) {
    RuleExample example{.what = {text(node, "sv"), text(node, "en")}};
    example.record.resize(rules_.inputs().size());
    const std::string base = text(node, "base");
    const TomlNode* bases = document.find("base");
    if (const TomlNode* facts_of_base = bases ? bases->find(base) : nullptr)
      facts(*facts_of_base, example.record);
    else
      complain(node.line, "base");
    if (const TomlNode* own = node.find("facts")) facts(*own, example.record);
    if (const TomlNode* missing = node.find("missing"))
      for (const TomlNode& name : missing->items)
        if (const auto i = index_of(name.text, name.line)) example.record[*i] = std::monostate{};
    const TomlNode* leap = node.find("leap_birthday");
    if (leap && leap->text != "mar1" && leap->text != "feb28") complain(leap->line, "leap_birthday");
    age(leap && leap->text == "mar1" ? LeapBirthday::Mar1 : LeapBirthday::Feb28, example.record);
    const std::string verdict = text(node, "verdict");
    bool known = false;
    for (int i = 0; i < 4; ++i)
      if (name_of(static_cast<Verdict>(i)) == verdict) example.verdict = static_cast<Verdict>(i), known = true;
    if (!known) complain(node.line, "verdict");
    if (const TomlNode* codes = node.find("codes"))
      for (const TomlNode& code : codes->items) example.codes.push_back(code.text);
    for (std::size_t i = 0; i < example.record.size(); ++i)
      if (rules_.inputs()[i].need == dmn::Need::Required && std::holds_alternative<std::monostate>(example.record[i]))
        complain(node.line, rules_.inputs()[i].name);
    return example;
  }

  const dmn::RuleSet& rules_;
  std::string file_;
};

}  // namespace

tl::expected<std::vector<RuleExample>, std::vector<Finding>> load_rule_examples(const std::filesystem::path& path,
                                                                                const LoadedRuleSet& loaded) {
  const std::string bytes = read_file(path);
  Reader reader(loaded.rules, path.filename().string());
  const auto document = parse_toml(bytes);
  if (!document) {
    Finding finding{.code = "rules.example", .values = {words(document.error().message, Language::English)}};
    finding.place.file = path.filename().string();
    return tl::make_unexpected(std::vector{std::move(finding)});
  }
  auto examples = reader.examples(*document);
  if (!reader.findings.empty()) return tl::make_unexpected(std::move(reader.findings));
  return examples;
}

}  // namespace horisont
