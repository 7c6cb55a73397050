#include "app/table.h"

#include <algorithm>

#include "core/values/both.h"
#include "core/values/moment.h"
#include "core/values/visible.h"
#include "edge/csv/csv.h"
#include "edge/json/json.h"

namespace horisont {
namespace {

std::string text_of_value(const Table::Value& value, Language language) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* message = std::get_if<Message>(&value)) return words(*message, language);
  if (const auto* word = std::get_if<Table::Word>(&value)) return word->shown.in(language);
  if (const auto* number = std::get_if<Table::Number>(&value)) return number->shown.in(language);
  return "";
}

// A sentence as a heading or a cell: "verdict.eligible" is said to people, "eligible" to programs.
std::string word_of_value(const Table::Value& value, Language language) {
  if (const auto* message = std::get_if<Message>(&value); message && message->values.empty())
    return message->id.substr(message->id.find('.') + 1);
  if (const auto* word = std::get_if<Table::Word>(&value)) return word->key;
  if (const auto* number = std::get_if<Table::Number>(&value)) return std::to_string(number->value);
  return text_of_value(value, language);
}

std::string level_of(Level level) { return level == Level::Error ? "error" : level == Level::Warning ? "warning" : "notice"; }

JsonValue both_languages(const std::string& sv, const std::string& en) { return JsonValue::object({{"sv", sv}, {"en", en}}); }

JsonValue json_of(const Finding& finding) {
  JsonValue out = JsonValue::object({{"code", finding.code}, {"level", level_of(finding.level)}});
  out.add("place", JsonValue::object({{"file", finding.place.file},
                                      {"sheet", finding.place.sheet},
                                      {"cell", finding.place.cell},
                                      {"row", finding.place.row},
                                      {"heading", finding.place.heading}}));
  if (!finding.participant.empty()) out.add("participant", finding.participant);
  JsonValue values = JsonValue::array();
  for (const std::string& value : finding.values) {
    if (const auto both = halves_of(value))
      values.add(both_languages(both->first, both->second));
    else
      values.add(value);
  }
  out.add("values", std::move(values));
  out.add("text", both_languages(finding_words(finding, Language::Swedish), finding_words(finding, Language::English)));
  if (const std::string sv = advice_words(finding, Language::Swedish); !sv.empty())
    out.add("do", both_languages(sv, advice_words(finding, Language::English)));
  return out;
}

JsonValue json_of(const std::vector<Finding>& findings) {
  JsonValue out = JsonValue::array();
  for (const Finding& finding : findings) out.add(json_of(finding));
  return out;
}

std::string padding(std::size_t count) { return std::string(count, ' '); }

}  // namespace

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string count_words(std::int64_t count, Language language) {
  std::string digits = std::to_string(count < 0 ? -count : count), out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    // A no-break space as Swedes group, a comma as Britons do.
    if (i != 0 && (digits.size() - i) % 3 == 0) out += language == Language::Swedish ? "\u00A0" : ",";
    out += digits[i];
  }
  return (count < 0 ? "-" : "") + out;
}

std::string hours_words(std::int64_t minutes, Language language) {
  // Hundredths of an hour for the eye; minutes are what is stored, and what programs get.
  const std::int64_t size = minutes < 0 ? -minutes : minutes, hundredths = (size % 60 * 100 + 30) / 60;
  const std::int64_t whole = size / 60 + hundredths / 100, rest = hundredths % 100;
  return (minutes < 0 ? "-" : "") + count_words(whole, language) + (language == Language::Swedish ? "," : ".") +
         (rest < 10 ? "0" : "") + std::to_string(rest);
}

std::string kronor_words(std::int64_t ore, Language language) {
  const std::int64_t size = ore < 0 ? -ore : ore, rest = size % 100;
  return (ore < 0 ? "-" : "") + count_words(size / 100, language) + (language == Language::Swedish ? "," : ".") +
         (rest < 10 ? "0" : "") + std::to_string(rest);
}

namespace {

std::string number_words(std::int64_t number, Table::Column::Kind kind, Language language) {
  return kind == Table::Column::Kind::Hours   ? hours_words(number, language)
         : kind == Table::Column::Kind::Money ? kronor_words(number, language)
                                              : count_words(number, language);
}

}  // namespace

std::string as_text(const Table& table, Language language) {
  if (table.rows.empty()) return table.when_empty.in(language) + "\n";
  std::vector<std::vector<std::string>> lines(1);
  for (const Table::Column& column : table.columns) lines[0].push_back(column.heading.in(language));
  for (const auto& row : table.rows) {
    std::vector<std::string> line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (const auto* number = std::get_if<std::int64_t>(&row[i]))
        line.push_back(number_words(*number, table.columns[i].kind, language));
      else
        line.push_back(visible_in_line(clock_words(text_of_value(row[i], language))));
    }
    lines.push_back(std::move(line));
  }
  std::vector<std::size_t> widths(table.columns.size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], count_characters(line[i]));
  std::string out;
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::size_t space = widths[i] - count_characters(line[i]);
      const bool right = table.columns[i].kind != Table::Column::Kind::Text;
      text += (i ? "  " : "") + (right ? padding(space) : "") + line[i] + (right ? "" : padding(space));
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
  return out;
}

std::string as_plain(const Table& table, Language language) {
  // Spreadsheets open it, too: what one would take for a formula is marked as in CSV (hostile-input.md, 7.1).
  const auto flat = [](std::string text) {
    if (taken_for_formula(text)) text.insert(text.begin(), '\'');
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
  };
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) out += (i ? "\t" : "") + table.columns[i].key;
  out += "\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto* number = std::get_if<std::int64_t>(&row[i]);
      out += (i ? "\t" : "") + (number ? std::to_string(*number) : flat(word_of_value(row[i], language)));
    }
    out += "\n";
  }
  return out;
}

namespace {

JsonValue rows_of(const Table& table) {
  JsonValue rows = JsonValue::array();
  for (const auto& row : table.rows) {
    JsonValue line = JsonValue::object();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      JsonValue value = word_of_value(row[i], Language::English);
      if (const auto* number = std::get_if<std::int64_t>(&row[i])) value = *number;
      if (const auto* number = std::get_if<Table::Number>(&row[i])) value = number->value;
      if (const auto* message = std::get_if<Message>(&row[i]);
          message && (!message->values.empty() || table.columns[i].sentences))
        value = JsonValue::object(
            {{"id", message->id}, {"sv", words(*message, Language::Swedish)}, {"en", words(*message, Language::English)}});
      line.add(table.columns[i].key, std::move(value));
    }
    rows.add(std::move(line));
  }
  return rows;
}

}  // namespace

std::string as_json(const Table& table, const std::vector<Finding>& problems, const std::vector<Table>& parts) {
  JsonValue out = JsonValue::object({{"schema", "horisont/" + table.schema + "/1"}});
  for (const auto& [key, fact] : table.facts) out.add(key, fact.number ? JsonValue(*fact.number) : JsonValue(fact.text));
  out.add("rows", rows_of(table));
  for (const Table& part : parts) out.add(part.schema, rows_of(part));
  out.add("problems", json_of(problems));
  return write_json(out, false);
}

std::string error_as_json(int status, const std::vector<Finding>& problems) {
  return write_json(JsonValue::object({{"schema", "horisont/error/1"}, {"status", status}, {"problems", json_of(problems)}}),
                    false);
}

std::string place_words(const Place& place, Language language) {
  std::string out = place.file;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  if (!place.sheet.empty()) add(words({"place.sheet", {place.sheet}}, language));
  if (!place.cell.empty())
    add(words({"place.cell", {place.cell}}, language));
  else if (place.row != 0)
    add(words({"place.row", {std::to_string(place.row)}}, language));
  if (!place.heading.empty()) out += " (" + place.heading + ")";
  return out;
}

std::string finding_words(const Finding& finding, Language language) { return words({finding.code, finding.values}, language); }

std::string advice_words(const Finding& finding, Language language) {
  const std::string id = finding.code + ".do";
  return text_of(id) ? words({id, finding.values}, language) : "";
}

std::string as_text(const Finding& finding, Language language) {
  std::string out = words({"level." + level_of(finding.level), {}}, language) + "  " + finding.code;
  if (!finding.participant.empty()) out += "  " + finding.participant;
  out += "\n";
  for (const std::string& line :
       {place_words(finding.place, language), finding_words(finding, language), advice_words(finding, language)})
    if (!line.empty()) out += "     " + visible_in_line(line) + "\n";
  return out;
}

}  // namespace horisont
