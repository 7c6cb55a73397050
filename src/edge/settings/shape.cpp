#include "edge/settings/shape.h"

#include <algorithm>

#include "edge/text/text.h"

namespace horisont {
namespace {

using Kind = Shape::Kind;

template <class Words, class Word>
std::string nearest(std::string_view asked, const Words& words, Word word) {
  std::string best;
  constexpr int farther_than_any = 1000;
  int least = farther_than_any;
  for (const auto& candidate : words)
    if (const int distance = edits(asked, word(candidate), least); distance < least) {
      least = distance;
      best = word(candidate);
    }
  return best;
}

std::string below(const std::string& path, const std::string& key) { return path.empty() ? key : path + "." + key; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "12,50" → 1250 with ',' or '.' before two digits; "13:30" → 810 with ':' before two digits below 60.
std::optional<std::int64_t> two_parts(std::string_view text, std::string_view marks, std::int64_t unit) {
  if (text.size() < 4 || text.size() > 15) return std::nullopt;
  const std::string_view whole = text.substr(0, text.size() - 3), part = text.substr(text.size() - 2);
  if (marks.find(text[text.size() - 3]) == std::string_view::npos || !is_digits(whole) || !is_digits(part)) return std::nullopt;
  const std::int64_t rest = std::stoll(std::string(part));
  if (rest >= unit) return std::nullopt;
  return std::stoll(std::string(whole)) * unit + rest;
}

// The code of the complaint that a value is not of its kind; empty when it is.
std::string wrong_kind(const TomlNode& node, const Shape& shape) {
  using Found = TomlNode::Kind;
  switch (shape.kind) {
    case Kind::Text:
    case Kind::Choice:
      return node.kind == Found::Text ? "" : "settings.not-text";
    case Kind::Integer:
      return node.kind == Found::Integer ? "" : "settings.not-integer";
    case Kind::Boolean:
      return node.kind == Found::Boolean ? "" : "settings.not-boolean";
    case Kind::Day:
      return node.kind == Found::Day && node.day ? "" : "settings.not-day";
    case Kind::Money:
      return ore_of(node) ? "" : "settings.not-money";
    case Kind::Hours:
      return minutes_of(node) ? "" : "settings.not-hours";
    case Kind::Texts: {
      const bool texts = std::all_of(node.items.begin(), node.items.end(),
                                     [](const TomlNode& item) { return item.kind == Found::Text && !item.text.empty(); });
      return node.kind == Found::Array && texts ? "" : "settings.not-texts";
    }
    case Kind::Table:
      return node.kind == Found::Table ? "" : "settings.not-table";
    case Kind::Tables: {
      const bool tables =
          std::all_of(node.items.begin(), node.items.end(), [](const TomlNode& item) { return item.kind == Found::Table; });
      return node.kind == Found::Array && tables ? "" : "settings.not-tables";
    }
  }
  return "";
}

std::string listed(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

// 810 minutes as "13:30", as a settings file says them.
std::string hours_of(std::int64_t minutes) {
  const std::int64_t rest = minutes % 60;
  return std::to_string(minutes / 60) + (rest < 10 ? ":0" : ":") + std::to_string(rest);
}

void check_value(const TomlNode& node, const Shape& shape, const std::string& path, FileFindings& findings) {
  if (std::string code = wrong_kind(node, shape); !code.empty()) return findings.add(std::move(code), node.line, path, {path});
  switch (shape.kind) {
    case Kind::Text:
      if (node.text.empty()) findings.add("settings.missing", node.line, path, {path});
      return;
    case Kind::Integer:
      if (node.integer < shape.least || node.integer > shape.most)
        findings.add("settings.out-of-range", node.line, path,
                     {path, std::to_string(node.integer), std::to_string(shape.least), std::to_string(shape.most)});
      return;
    case Kind::Money:
      if (*ore_of(node) < shape.least) findings.add("settings.no-amount", node.line, path, {path});
      return;
    case Kind::Hours:
      if (const auto minutes = minutes_of(node); *minutes < shape.least || *minutes > shape.most)
        findings.add("settings.hours-out-of-range", node.line, path,
                     {path, hours_of(*minutes), hours_of(shape.least), hours_of(shape.most)});
      return;
    case Kind::Choice:
      if (std::find(shape.choices.begin(), shape.choices.end(), node.text) == shape.choices.end())
        findings.add("settings.choice", node.line, path, {path, node.text, listed(shape.choices)});
      return;
    case Kind::Table:
      return check_shape(node, shape, path, findings);
    case Kind::Tables:
      for (std::size_t i = 0; i < node.items.size(); ++i)
        check_shape(node.items[i], shape, path + "[" + std::to_string(i + 1) + "]", findings);
      return;
    default:
      return;
  }
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string schema_of(const Shape& shape, const std::string& indent);

std::string object_schema(const Shape& shape, const std::string& indent) {
  const std::string inner = indent + "  ";
  std::string required, properties;
  for (const Shape& member : shape.members) {
    if (member.required) required += (required.empty() ? "" : ", ") + in_quotes(member.key);
    properties += (properties.empty() ? "" : ",") + std::string("\n") + inner + "  " + in_quotes(member.key) + ": " +
                  schema_of(member, inner + "  ");
  }
  return "\"type\": \"object\",\n" + inner + "\"additionalProperties\": false,\n" + inner + "\"required\": [" + required +
         "],\n" + inner + "\"properties\": {" + properties + "\n" + inner + "}";
}

std::string schema_of(const Shape& shape, const std::string& indent) {
  const std::string inner = indent + "  ";
  std::string body;
  switch (shape.kind) {
    case Kind::Text:
      body = "\"type\": \"string\", \"minLength\": 1";
      break;
    case Kind::Integer:
      body = "\"type\": \"integer\", \"minimum\": " + std::to_string(shape.least);
      if (shape.most != std::numeric_limits<std::int64_t>::max()) body += ", \"maximum\": " + std::to_string(shape.most);
      break;
    case Kind::Boolean:
      body = "\"type\": \"boolean\"";
      break;
    case Kind::Day:
      body = "\"type\": \"string\", \"format\": \"date\"";
      break;
    case Kind::Money:
      // The least is of whole kronor; the loader checks öre, too.
      body = "\"type\": [\"integer\", \"string\"], \"minimum\": " + std::to_string((shape.least + 99) / 100) +
             R"(, "pattern": "^[0-9]+[.,][0-9]{2}$")";
      break;
    case Kind::Hours:
      // The bounds are those of a whole number; the loader checks hours and minutes, too.
      body = "\"type\": [\"integer\", \"string\"], \"minimum\": " + std::to_string((shape.least + 59) / 60);
      if (shape.most != std::numeric_limits<std::int64_t>::max()) body += ", \"maximum\": " + std::to_string(shape.most / 60);
      body += R"(, "pattern": "^[0-9]+:[0-5][0-9]$")";
      break;
    case Kind::Choice: {
      std::string words;
      for (const std::string& choice : shape.choices) words += (words.empty() ? "" : ", ") + in_quotes(choice);
      body = "\"enum\": [" + words + "]";
      break;
    }
    case Kind::Texts:
      body = R"("type": "array", "items": {"type": "string", "minLength": 1})";
      break;
    case Kind::Table:
      body = object_schema(shape, indent);
      break;
    case Kind::Tables:
      body =
          "\"type\": \"array\",\n" + inner + "\"items\": {\n" + inner + "  " + object_schema(shape, inner) + "\n" + inner + "}";
      break;
  }
  const std::string about = shape.about.empty() ? "" : "\"description\": " + in_quotes(shape.about) + ",\n" + inner;
  return "{\n" + inner + about + body + "\n" + indent + "}";
}

}  // namespace

void FileFindings::add(std::string code, int line, std::string heading, std::vector<std::string> values) {
  Finding finding;
  finding.code = std::move(code);
  finding.place.file = file;
  finding.place.row = static_cast<std::uint32_t>(line);
  finding.place.heading = std::move(heading);
  finding.values = std::move(values);
  found.push_back(std::move(finding));
}

void check_shape(const TomlNode& table, const Shape& shape, const std::string& path, FileFindings& findings) {
  for (const auto& [key, node] : table.members) {
    const auto member = std::find_if(shape.members.begin(), shape.members.end(), [&](const Shape& m) { return m.key == key; });
    if (member == shape.members.end())
      findings.add("settings.unknown-key", node.line, below(path, key),
                   {below(path, key), nearest(key, shape.members, [](const Shape& m) { return m.key; })});
    else
      check_value(node, *member, below(path, key), findings);
  }
  for (const Shape& member : shape.members) {
    if (!member.required || table.find(member.key)) continue;
    // A value that nobody can check is as bad as a wrong one, and has a sentence of its own.
    const std::string code = member.key == "cited"        ? "settings.no-citation"
                             : member.key == "confidence" ? "settings.no-confidence"
                                                          : "settings.missing";
    const std::string of = member.key == "cited" || member.key == "confidence" ? path : below(path, member.key);
    findings.add(code, table.line, below(path, member.key), {of});
  }
}

std::optional<std::int64_t> ore_of(const TomlNode& node) {
  // Larger sums than any budget are mistyped, and would not fit into öre.
  if (node.kind == TomlNode::Kind::Integer && node.integer >= 0 && node.integer <= 1'000'000'000'000) return node.integer * 100;
  if (node.kind == TomlNode::Kind::Text) return two_parts(node.text, ".,", 100);
  return std::nullopt;
}

std::optional<std::int64_t> minutes_of(const TomlNode& node) {
  if (node.kind == TomlNode::Kind::Integer && node.integer >= 0 && node.integer <= 100'000) return node.integer * 60;
  if (node.kind == TomlNode::Kind::Text) return two_parts(node.text, ":", 60);
  return std::nullopt;
}

std::string json_schema(const Shape& shape, const std::string& title) {
  return "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": " + in_quotes(title) + ",\n  " +
         object_schema(shape, "") + "\n}\n";
}

}  // namespace horisont
