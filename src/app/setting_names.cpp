#include "app/setting_names.h"

#include <algorithm>
#include <set>

#include "core/values/both.h"

namespace horisont {
namespace {

std::string both(const Message& message) { return in_both(words(message, Language::Swedish), words(message, Language::English)); }

// "unit_cost[3]" by the names of a list: "Enhetskostnad 3", or without its number where it is the only one.
std::string part_name(std::string_view list, std::string_view part, bool alone) {
  const std::size_t bracket = part.find('[');
  const std::string word(part.substr(0, bracket)), id = std::string(list) + word;
  const std::string name = text_of(id) ? both({id, {}}) : word;
  if (bracket == part.npos || alone) return name;
  return both({"setting.numbered", {name, std::string(part.substr(bracket + 1, part.size() - bracket - 2))}});
}

}  // namespace

Message setting_name(std::string_view key, bool alone) {
  const std::size_t first = key.find('.'), second = first == key.npos ? first : key.find('.', first + 1);
  const std::string name = part_name("setting.", key.substr(0, first), alone);
  if (first == key.npos) return {"table.text", {name}};
  const std::string part = part_name("setting-part.", key.substr(first + 1, second == key.npos ? second : second - first - 1), false);
  if (second == key.npos) return {"setting.part", {name, part}};
  return {"setting.part-of-part", {name, part, part_name("setting-part.", key.substr(second + 1), false)}};
}

Table settings_in_words(const Table& settings) {
  Table table = settings;
  std::rotate(table.columns.begin(), table.columns.begin() + 1, table.columns.end());
  table.columns.insert(table.columns.begin(), {"setting", {"Inställning", "Setting"}});
  // What changes with time stands once for each time; with one value there is no number to tell.
  std::set<std::string> several;
  const auto of_file = [](const std::vector<Table::Value>& row, std::string_view key) {
    return std::get<std::string>(row[6]) + " " + std::string(key.substr(0, key.find('[')));
  };
  for (const auto& row : settings.rows)
    if (const std::string& key = std::get<std::string>(row.front()); key.find("[2]") == key.find('[') && key.find('[') != key.npos)
      several.insert(of_file(row, key));
  for (auto& row : table.rows) {
    const bool alone = !several.contains(of_file(row, std::get<std::string>(row.front())));
    const std::string key_of_row = std::get<std::string>(row.front());
    std::rotate(row.begin(), row.begin() + 1, row.end());
    if (const auto* value = std::get_if<std::string>(&row.front()); value && text_of("setting-value." + *value))
      row.front() = Message{"setting-value." + *value, {}};
    row.insert(row.begin(), setting_name(key_of_row, alone));
  }
  return table;
}

}  // namespace horisont
