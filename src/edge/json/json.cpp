#include "edge/json/json.h"

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Handler.h>
#include <Poco/JSON/Parser.h>

#include <limits>

namespace horisont {

JsonValue JsonValue::array(std::vector<JsonValue> items) {
  JsonValue value;
  value.kind = Kind::Array;
  value.items = std::move(items);
  return value;
}

JsonValue JsonValue::object(std::vector<Member> members) {
  JsonValue value;
  value.kind = Kind::Object;
  value.members = std::move(members);
  return value;
}

JsonValue& JsonValue::add(JsonValue item) { return items.emplace_back(std::move(item)); }

JsonValue& JsonValue::add(std::string key, JsonValue value) {
  return members.emplace_back(std::move(key), std::move(value)).second;
}

const JsonValue* JsonValue::find(std::string_view key) const {
  for (const auto& [name, value] : members)
    if (name == key) return &value;
  return nullptr;
}

namespace {

// How many bytes the UTF-8 character at the start has; 0 when it is none (overlong forms and surrogates included).
std::size_t character_length(std::string_view rest) {
  const auto byte = [&](std::size_t at) { return at < rest.size() ? static_cast<unsigned char>(rest[at]) : 0u; };
  const auto follows = [&](std::size_t at, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(at) >= low && byte(at) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF)
    return follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  if (lead >= 0xF0 && lead <= 0xF4)
    return follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
  return 0;
}

void write_text(std::string_view text, std::string& out) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const char c = text[0];
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (length == 1 && static_cast<unsigned char>(c) < 0x20) {
      out += {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  out += '"';
}

void write(const JsonValue& value, bool indented, std::size_t depth, std::string& out) {
  const auto line = [&](std::size_t level) {
    if (indented) out.append(1, '\n').append(2 * level, ' ');
  };
  const auto list = [&](char open, char close, const auto& parts, const auto& write_part) {
    out += open;
    bool first = true;
    for (const auto& part : parts) {
      if (!first) out += ',';
      first = false;
      line(depth + 1);
      write_part(part);
    }
    if (!first) line(depth);
    out += close;
  };
  switch (value.kind) {
    case JsonValue::Kind::Null:
      out += "null";
      break;
    case JsonValue::Kind::Boolean:
      out += value.boolean ? "true" : "false";
      break;
    case JsonValue::Kind::Integer:
      out += std::to_string(value.integer);
      break;
    case JsonValue::Kind::Text:
      write_text(value.text, out);
      break;
    case JsonValue::Kind::Array:
      list('[', ']', value.items, [&](const JsonValue& item) { write(item, indented, depth + 1, out); });
      break;
    case JsonValue::Kind::Object:
      list('{', '}', value.members, [&](const JsonValue::Member& member) {
        write_text(member.first, out);
        out += indented ? ": " : ":";
        write(member.second, indented, depth + 1, out);
      });
      break;
  }
}

// Poco's parser calls us for each part; we keep the path of open arrays and objects.
class TreeBuilder : public Poco::JSON::Handler {
 public:
  JsonValue root;

  void reset() override { root = {}, open_.clear(); }
  void startObject() override { begin(JsonValue::object()); }
  void endObject() override { open_.pop_back(); }
  void startArray() override { begin(JsonValue::array()); }
  void endArray() override { open_.pop_back(); }
  void key(const std::string& name) override {
    if (open_.back()->find(name)) throw Poco::JSON::JSONException("key twice: " + name);
    key_ = name;
  }
  void null() override { put({}); }
  void value(int number) override { put(number); }
  void value(unsigned number) override { put(number); }
#if defined(POCO_HAVE_INT64)
  void value(Poco::Int64 number) override { put(number); }
  void value(Poco::UInt64) override { throw Poco::JSON::JSONException("number too large"); }
#endif
  void value(const std::string& text) override { put(text); }
  void value(double) override { throw Poco::JSON::JSONException("number with decimals or too large"); }
  void value(bool truth) override { put(truth); }

 private:
  JsonValue* put(JsonValue value) {
    if (open_.empty()) return &(root = std::move(value));
    JsonValue& parent = *open_.back();
    return &(parent.kind == JsonValue::Kind::Array ? parent.add(std::move(value)) : parent.add(key_, std::move(value)));
  }
  // A parent does not grow while a child is open, so the pointers stay good.
  void begin(JsonValue value) { open_.push_back(put(std::move(value))); }

  std::vector<JsonValue*> open_;
  std::string key_;
};

}  // namespace

std::string write_json(const JsonValue& value, bool indented) {
  std::string out;
  write(value, indented, 0, out);
  return out;
}

Result<JsonValue> parse_json(std::string_view bytes) {
  // The library speaks in exceptions; this is the one function that turns them into a Result.
  try {
    Poco::SharedPtr<TreeBuilder> tree = new TreeBuilder;
    Poco::JSON::Parser parser(tree);
    parser.setDepth(64);
    parser.parse(std::string(bytes));
    return std::move(tree->root);
  } catch (const Poco::Exception& error) {
    return problem("json.syntax", error.message());
  }
}

}  // namespace horisont
