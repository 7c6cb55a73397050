#include "edge/settings/setting_values.h"

#include <algorithm>

namespace horisont {
namespace {

using Kind = TomlNode::Kind;

constexpr std::string_view of_the_value[] = {"from", "to", "cited", "confidence"};

bool is_plain(const TomlNode& node) { return node.kind != Kind::Table && node.kind != Kind::Array; }

bool is_table(const TomlNode& node) { return node.kind == Kind::Table; }

std::string text_of(const TomlNode& node, bool swedish) {
  switch (node.kind) {
    case Kind::Text: return node.text;
    case Kind::Integer: return std::to_string(node.integer);
    case Kind::Boolean: return node.boolean ? (swedish ? "ja" : "yes") : (swedish ? "nej" : "no");
    case Kind::Day: return node.day->iso();
    case Kind::Array: {
      std::string all;
      for (const TomlNode& item : node.items) all += (all.empty() ? "" : ", ") + text_of(item, swedish);
      return all;
    }
    case Kind::Table: break;
  }
  return "";
}

// sv and en, and nothing else but what holds for both.
bool is_bilingual(const TomlNode& table) {
  return table.find("sv") && table.find("en") && std::all_of(table.members.begin(), table.members.end(), [](const auto& member) {
           return member.name == "sv" || member.name == "en" ||
                  std::find(std::begin(of_the_value), std::end(of_the_value), member.name) != std::end(of_the_value);
         });
}

class Walk {
 public:
  explicit Walk(std::string file) { here_.file = std::move(file); }

  void table(const TomlNode& node, const std::string& path) {
    const SettingValue around = here_;
    for (auto [name, to] : {std::pair{"from", &SettingValue::from}, std::pair{"to", &SettingValue::to},
                            std::pair{"cited", &SettingValue::cited}, std::pair{"confidence", &SettingValue::confidence}})
      if (const TomlNode* told = node.find(name); told && is_plain(*told)) here_.*to = text_of(*told, true);
    if (is_bilingual(node)) {
      add(path, node.line ? node.line : node.find("sv")->line, text_of(*node.find("sv"), true), text_of(*node.find("en"), false));
    } else {
      // A period is a value by its days alone.
      bool any = false;
      for (const auto& [name, member] : node.members) {
        if (std::find(std::begin(of_the_value), std::end(of_the_value), name) != std::end(of_the_value)) continue;
        any = true;
        value(member, name == "value" ? path : path.empty() ? name : path + "." + name);
      }
      if (!any && node.find("from")) add(path, node.line, period(), period());
    }
    here_ = around;
  }

  std::vector<SettingValue> found;

 private:
  void value(const TomlNode& node, const std::string& path) {
    if (is_table(node)) return table(node, path);
    if (node.kind == Kind::Array && !node.items.empty() && is_table(node.items.front())) {
      for (std::size_t i = 0; i < node.items.size(); ++i) table(node.items[i], path + "[" + std::to_string(i + 1) + "]");
      return;
    }
    add(path, node.line, text_of(node, true), text_of(node, false));
  }

  void add(const std::string& path, int line, std::string sv, std::string en) {
    SettingValue value = here_;
    value.key = path, value.line = line, value.sv = std::move(sv), value.en = std::move(en);
    found.push_back(std::move(value));
  }

  std::string period() const { return here_.from + "–" + here_.to; }

  SettingValue here_;
};

}  // namespace

std::vector<SettingValue> setting_values(const TomlNode& document, const std::string& file) {
  Walk walk(file);
  walk.table(document, "");
  return std::move(walk.found);
}

}  // namespace horisont
