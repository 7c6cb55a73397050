#include "edge/import/schemas.h"

#include <algorithm>
#include <utility>

#include "edge/files/files.h"
#include "edge/text/text.h"
#include "edge/toml/toml.h"

namespace horisont {
namespace {

constexpr std::pair<std::string_view, FieldType> type_names[] = {
    {"code", FieldType::Code},
    {"text", FieldType::Text},
    {"identity", FieldType::Identity},
    {"reference", FieldType::Reference},
    {"yes/no", FieldType::YesNo},
    {"yes/no/unknown", FieldType::YesNoUnknown},
    {"yes/no/not disclosed", FieldType::YesNoUndisclosed},
    {"date", FieldType::Date},
    {"month", FieldType::Month},
    {"time", FieldType::Time},
    {"hours", FieldType::Hours},
    {"integer", FieldType::Integer},
    {"percent", FieldType::Percent},
    {"choice", FieldType::Choice},
    {"municipality", FieldType::Municipality},
    {"organisation number", FieldType::OrganisationNumber},
    {"e-mail", FieldType::Email},
    {"phone", FieldType::Phone},
    {"hex", FieldType::Hex},
};
constexpr std::pair<std::string_view, Need> need_names[] = {
    {"must", Need::Must}, {"one-of", Need::OneOf}, {"for", Need::For}, {"may", Need::May}, {"off", Need::Off}};

template <class T, std::size_t N>
std::optional<T> named(const std::pair<std::string_view, T> (&names)[N], std::string_view name) {
  for (const auto& [known, value] : names)
    if (known == name) return value;
  return std::nullopt;
}

// One definition file being read; every fault is noted and reading goes on.
struct DefinitionFile {
  std::string name;
  std::vector<Finding>& faults;

  void fault(const char* code, int line, std::vector<std::string> values) const {
    faults.push_back(
        {code, Level::Error, {name, {}, {}, {}, static_cast<std::uint32_t>(std::max(line, 0))}, {}, {}, std::move(values)});
  }
  std::string text(const TomlNode& table, std::string_view key, bool must = true) const {
    const TomlNode* node = table.find(key);
    if (node && node->kind == TomlNode::Kind::Text) return node->text;
    if (node) fault("schema.wrong-type", node->line, {std::string(key)});
    if (!node && must) fault("schema.missing", table.line, {std::string(key)});
    return {};
  }
  std::int64_t integer(const TomlNode& table, std::string_view key, bool must) const {
    const TomlNode* node = table.find(key);
    if (node && node->kind == TomlNode::Kind::Integer) return node->integer;
    if (node) fault("schema.wrong-type", node->line, {std::string(key)});
    if (!node && must) fault("schema.missing", table.line, {std::string(key)});
    return 0;
  }
  std::vector<std::string> texts(const TomlNode& table, std::string_view key, bool must) const {
    const TomlNode* node = table.find(key);
    if (!node) {
      if (must) fault("schema.missing", table.line, {std::string(key)});
      return {};
    }
    std::vector<std::string> out;
    for (const TomlNode& item : node->items)
      if (item.kind == TomlNode::Kind::Text) out.push_back(item.text);
    if (node->kind != TomlNode::Kind::Array || out.size() != node->items.size())
      fault("schema.wrong-type", node->line, {std::string(key)});
    return out;
  }
  void only(const TomlNode& table, std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, node] : table.members)
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) fault("schema.unknown-key", node.line, {key});
  }
};

std::optional<TomlNode> parsed(const std::filesystem::path& path, const DefinitionFile& file) {
  auto document = parse_toml(read_file(path));
  if (document) return std::move(*document);
  const Message& message = document.error().message;
  file.faults.push_back({message.id, Level::Error, {file.name, {}, {}, {}, 0}, {}, {}, message.values});
  return std::nullopt;
}

void read_lists(const TomlNode& document, const DefinitionFile& file, std::map<std::string, ChoiceList, std::less<>>& lists) {
  file.only(document, {"list"});
  const TomlNode* all = document.find("list");
  if (!all) return file.fault("schema.missing", 0, {"list"});
  for (const auto& [name, table] : all->members) {
    ChoiceList list;
    list.name = name;
    std::map<std::string, int> seen;  // normal form → line
    const auto add = [&](const std::string& spelling, int line, auto& into, std::size_t value) {
      const std::string key = heading_key(spelling);
      const auto [before, fresh] = seen.emplace(key, line);
      // The machine word may well be one of the spellings; the same spelling of two values is a fault.
      const auto own = into.find(key);
      if (!fresh && (own == into.end() || own->second != value))
        file.fault("schema.spelling-twice", line, {spelling, name, std::to_string(before->second)});
      into.emplace(key, value);
    };
    for (const auto& [word, node] : table.members) {
      file.only(node, {"sv", "en", "ask"});
      const auto sv = file.texts(node, "sv", true), en = file.texts(node, "en", true);
      const std::size_t index = list.choices.size();
      std::string spaced = word;
      std::replace(spaced.begin(), spaced.end(), '_', ' ');
      // A machine word is English, but a code ("isced2", "1780") is nobody's word: its first spelling is, or a place's own name.
      const bool code = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
      const std::string& swedish = sv.empty() ? spaced : sv.front();
      list.choices.push_back({word, {swedish, !code ? spaced : en.empty() ? swedish : en.front()}, file.texts(node, "ask", false)});
      add(word, node.line, list.by_key, index);
      for (const auto& spelling : sv) add(spelling, node.line, list.by_key, index);
      for (const auto& spelling : en) add(spelling, node.line, list.by_key, index);
      for (const auto& spelling : list.choices.back().asked) add(spelling, node.line, list.asked_keys, index);
    }
    if (list.choices.empty()) file.fault("schema.missing", table.line, {name});
    lists.emplace(name, std::move(list));
  }
}

ImportField read_field(const TomlNode& node, const DefinitionFile& file,
                       const std::map<std::string, ChoiceList, std::less<>>& lists) {
  file.only(node,
            {"key", "type", "need", "purpose", "when", "group", "with", "list", "max", "class", "heading", "example", "help"});
  ImportField field;
  field.line = node.line;
  field.key = file.text(node, "key");
  const std::string type = file.text(node, "type"), need = file.text(node, "need");
  if (const auto known = named(type_names, type))
    field.type = *known;
  else if (!type.empty())
    file.fault("schema.unknown-word", node.line, {"type", type});
  if (const auto known = named(need_names, need))
    field.need = *known;
  else if (!need.empty())
    file.fault("schema.unknown-word", node.line, {"need", need});
  field.purposes = file.texts(node, "purpose", field.need == Need::For);
  field.when = file.text(node, "when", false);
  field.group = file.text(node, "group", field.need == Need::OneOf);
  field.with = file.text(node, "with", false);
  field.max = file.integer(node, "max", false);
  field.example = file.text(node, "example", false);
  if (const std::string list = file.text(node, "list", field.type == FieldType::Municipality); !list.empty()) {
    const auto found = lists.find(list);
    if (found == lists.end())
      file.fault("schema.unknown-word", node.line, {"list", list});
    else
      field.list = &found->second;
  }
  if (const TomlNode* heading = node.find("heading"); heading && heading->kind == TomlNode::Kind::Table) {
    field.headings_sv = file.texts(*heading, "sv", true);
    field.headings_en = file.texts(*heading, "en", true);
  }
  if (field.headings_sv.empty() || field.headings_en.empty()) {
    file.fault("schema.missing", node.line, {"heading"});
    field.headings_sv.insert(field.headings_sv.end(), field.key);
  }
  return field;
}

void read_schema(const TomlNode& document, const DefinitionFile& file,
                 const std::map<std::string, ChoiceList, std::less<>>& lists, ImportSchema& schema) {
  file.only(document, {"record", "version", "sheet", "key", "group", "field"});
  if (const std::string record = file.text(document, "record"); record != name_of(schema.kind))
    file.fault("schema.unknown-word", document.find("record") ? document.find("record")->line : 0, {"record", record});
  schema.version = static_cast<int>(file.integer(document, "version", true));
  schema.key = file.texts(document, "key", true);
  if (const TomlNode* sheet = document.find("sheet"))
    schema.sheet = {file.text(*sheet, "sv"), file.text(*sheet, "en")};
  else
    file.fault("schema.missing", 0, {"sheet"});

  if (const TomlNode* fields = document.find("field"))
    for (const TomlNode& node : fields->items) schema.fields.push_back(read_field(node, file, lists));
  if (schema.fields.empty()) file.fault("schema.missing", 0, {"field"});

  for (std::size_t i = 0; i < schema.fields.size(); ++i) {
    const ImportField& field = schema.fields[i];
    const auto add = [&](const std::string& heading) {
      const std::string key = heading_key(heading);
      const auto [before, fresh] = schema.by_heading.emplace(key, i);
      if (!fresh && before->second != i)
        file.fault("schema.heading-twice", field.line,
                   {heading, schema.fields[before->second].key, std::to_string(schema.fields[before->second].line)});
      schema.by_plain.emplace(plain_key(key), i);
    };
    // The key itself is always a heading; where it is another field's heading too, that field has the better right.
    for (const auto& heading : field.headings_sv) add(heading);
    for (const auto& heading : field.headings_en) add(heading);
    add(field.key);
  }
  if (const TomlNode* groups = document.find("group"))
    for (const TomlNode& node : groups->items) {
      file.only(node, {"name", "need", "fields"});
      FieldGroup group{file.text(node, "name"), file.texts(node, "fields", true)};
      for (const std::string& key : group.fields)
        if (!schema.field(key)) file.fault("schema.unknown-word", node.line, {"fields", key});
      schema.groups.push_back(std::move(group));
    }
}

}  // namespace

bool ImportField::is_for(std::string_view purpose) const {
  return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
}

std::optional<std::size_t> ImportSchema::field(std::string_view wanted) const {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].key == wanted) return i;
  return std::nullopt;
}

tl::expected<std::shared_ptr<const ImportSchemas>, std::vector<Finding>> load_import_schemas(
    const std::filesystem::path& folder) {
  std::vector<Finding> faults;
  const auto out = std::make_shared<ImportSchemas>();
  const DefinitionFile choices{"choices.toml", faults};
  if (const auto document = parsed(folder / choices.name, choices)) read_lists(*document, choices, out->lists);
  for (std::size_t i = 0; i < out->schemas.size(); ++i) {
    out->schemas[i].kind = static_cast<RecordKind>(i);
    const DefinitionFile file{std::string(name_of(out->schemas[i].kind)) + ".toml", faults};
    if (const auto document = parsed(folder / file.name, file)) read_schema(*document, file, out->lists, out->schemas[i]);
  }
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));
  return out;
}

}  // namespace horisont
