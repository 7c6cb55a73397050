#include "edge/import/profile.h"

#include <algorithm>
#include <set>

#include "edge/import/schemas.h"
#include "edge/text/text.h"
#include "edge/toml/toml.h"

namespace horisont {
namespace {

constexpr std::pair<const char*, HoursUnit> unit_words[] = {
    {"decimal", HoursUnit::Decimal}, {"hours.minutes", HoursUnit::HoursMinutes}, {"minutes", HoursUnit::Minutes}};
constexpr std::pair<const char*, DateOrder> order_words[] = {{"ymd", DateYmd}, {"dmy", DateDmy}, {"mdy", DateMdy}};

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += '\\', out += c;
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += ' ';
    else
      out += c;
  }
  return out + "\"";
}

// A key of TOML: bare where it can be, else in quotes.
std::string key_of(const std::string& text) {
  const bool bare =
      !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == text.npos;
  return bare ? text : quoted(text);
}

// The orders that are told, as answers; none where nothing is.
std::vector<std::string> told_orders(const ImportProfile& profile) {
  std::vector<std::string> words;
  for (const auto& [word, order] : order_words)
    if (profile.date_order != DateAnyOrder && (profile.date_order & order)) words.emplace_back(word);
  return words;
}

tl::unexpected<Problem> wrong(const TomlNode& node, const std::string& what) {
  return problem("profile.value", std::to_string(node.line), what);
}

}  // namespace

const ImportProfile::DayCode* ImportProfile::day_code(const std::string& key) const {
  for (const DayCode& code : day_codes)
    // ½ and + have no letters.
    if (const std::string own = heading_key(code.written); (own.empty() ? code.written : own) == key) return &code;
  return nullptr;
}

const std::string* ImportProfile::said(std::string_view field, std::string_view written) const {
  const std::string key = heading_key(written);
  for (const Spelling& value : values)
    if (value.field == field && heading_key(value.written) == key) return &value.word;
  return nullptr;
}

bool ImportProfile::is_said_apart(const Spelling& value) {
  const std::string& word = value.word;
  if (value.field == "part") return word == "skip" || word == "keep";
  if (value.field == "present") return value.written == "unmarked" && (word == "absent" || word == "present" || word == "left-out");
  if (value.field == "minutes") return value.written == "beside" && (word == "added" || word == "same");
  return value.field == "absence_hours" && value.written == "beside" && (word == "within" || word == "apart");
}

Result<ImportProfile> read_profile(std::string_view toml) {
  const auto document = parse_toml(toml);
  if (!document) return tl::make_unexpected(document.error());
  ImportProfile profile;
  const auto is_text = [](const TomlNode& node) { return node.kind == TomlNode::Kind::Text; };
  for (const auto& [key, node] : document->members) {
    if (key == "name" || key == "record" || key == "sheet") {
      if (!is_text(node)) return wrong(node, key);
      if (key == "name") profile.name = node.text;
      if (key == "sheet") profile.sheet = node.text;
      if (key == "record" && !(profile.record = record_kind(node.text))) return wrong(node, node.text);
    } else if (key == "version") {
      continue;  // the store counts
    } else if (key == "hidden") {
      if (!is_text(node) || (node.text != "skip" && node.text != "keep")) return wrong(node, key);
      profile.skip_hidden = node.text == "skip";
    } else if (key == "carry_person" || key == "attended") {
      if (node.kind != TomlNode::Kind::Boolean) return wrong(node, key);
      (key == "attended" ? profile.attended : profile.carry_person) = node.boolean;
    } else if (key == "no_person") {
      if (!is_text(node) || node.text != "skip") return wrong(node, key);
      profile.skip_nameless = true;
    } else if (key == "people") {
      if (!is_text(node) || node.text != "by-name") return wrong(node, key);
      profile.by_name = true;
    } else if (key == "columns") {
      for (const auto& [field, heading] : node.members) {
        if (!is_text(heading)) return wrong(heading, field);
        profile.columns.emplace_back(field, heading.text);
      }
    } else if (key == "not_read") {
      for (const TomlNode& heading : node.items) {
        if (!is_text(heading)) return wrong(heading, key);
        profile.not_read.push_back(heading.text);
      }
    } else if (key == "units") {
      for (const auto& [unit, word] : node.members) {
        if (!is_text(word) || (unit != "hours" && unit != "date_order")) return wrong(word, unit);
        // "ymd dmy": of each form its own.
        const std::size_t blank = word.text.find(' ');
        if (!answer(profile, word.text.substr(0, blank)) || (blank != word.text.npos && !answer(profile, word.text.substr(blank + 1))))
          return wrong(word, unit);
      }
    } else if (key == "day_codes") {
      for (const auto& [written, meaning] : node.members) {
        ImportProfile::DayCode code{.written = written};
        if (meaning.kind == TomlNode::Kind::Integer && meaning.integer > 0 && meaning.integer <= 1440) {
          code.means = ImportProfile::DayCode::Means::Present;
          code.minutes = meaning.integer;
        } else if (is_text(meaning) && meaning.text == "excused") {
          code.means = ImportProfile::DayCode::Means::Excused;
        } else if (is_text(meaning) && meaning.text == "not_excused") {
          code.means = ImportProfile::DayCode::Means::NotExcused;
        } else if (!is_text(meaning) || meaning.text != "empty") {
          return wrong(meaning, written);
        }
        profile.day_codes.push_back(std::move(code));
      }
    } else if (key == "values") {
      for (const auto& [field, spellings] : node.members)
        for (const auto& [written, word] : spellings.members) {
          if (!is_text(word)) return wrong(word, written);
          profile.values.push_back({field, written, word.text});
        }
    } else {
      return problem("profile.unknown-key", std::to_string(node.line), key);
    }
  }
  return profile;
}

std::string text_of(const ImportProfile& profile) {
  std::string out = "name    = " + quoted(profile.name) + "\n";
  if (profile.version) out += "version = " + std::to_string(profile.version) + "\n";
  if (profile.record) out += "record  = " + quoted(std::string(name_of(*profile.record))) + "\n";
  if (!profile.sheet.empty()) out += "sheet   = " + quoted(profile.sheet) + "\n";
  if (profile.skip_hidden) out += "hidden  = \"skip\"\n";
  if (profile.carry_person) out += "carry_person = true\n";
  if (profile.attended) out += "attended = true\n";
  if (profile.skip_nameless) out += "no_person = \"skip\"\n";
  if (profile.by_name) out += "people  = \"by-name\"\n";
  if (!profile.not_read.empty()) {
    out += "not_read = [";
    for (std::size_t i = 0; i < profile.not_read.size(); ++i) out += (i ? ", " : "") + quoted(profile.not_read[i]);
    out += "]\n";
  }
  if (!profile.columns.empty()) {
    out += "\n[columns]                      # field = heading\n";
    for (const auto& [field, heading] : profile.columns) out += key_of(field) + " = " + quoted(heading) + "\n";
  }
  std::string units;
  for (const auto& [word, unit] : unit_words)
    if (profile.hours == unit) units += "hours = " + quoted(word) + "\n";
  std::string orders;
  for (const std::string& word : told_orders(profile)) orders += (orders.empty() ? "" : " ") + word;
  if (!orders.empty()) units += "date_order = \"" + orders + "\"\n";
  if (!units.empty()) out += "\n[units]\n" + units;
  if (!profile.day_codes.empty()) {
    out += "\n[day_codes]                    # minutes when present, excused, not_excused or empty\n";
    using Means = ImportProfile::DayCode::Means;
    for (const ImportProfile::DayCode& code : profile.day_codes)
      out += quoted(code.written) + " = " +
             (code.means == Means::Present      ? std::to_string(code.minutes)
              : code.means == Means::Excused    ? "\"excused\""
              : code.means == Means::NotExcused ? "\"not_excused\""
                                                : "\"empty\"") +
             "\n";
  }
  std::string field;
  for (const ImportProfile::Spelling& value : profile.values) {
    if (value.field != field) out += "\n[values." + key_of(field = value.field) + "]\n";
    out += quoted(value.written) + " = " + quoted(value.word) + "\n";
  }
  return out;
}

std::vector<std::string> answers_in(const ImportProfile& profile) {
  std::vector<std::string> answers;
  for (const auto& [word, unit] : unit_words)
    if (profile.hours == unit) answers.push_back(word);
  for (std::string& word : told_orders(profile)) answers.push_back(std::move(word));
  if (profile.skip_hidden) answers.push_back("hidden=skip");
  if (profile.carry_person) answers.push_back("carry-person");
  if (profile.attended) answers.push_back("attended");
  if (profile.skip_nameless) answers.push_back("no-person=skip");
  if (profile.by_name) answers.push_back("by-name");
  for (const auto& [field, heading] : profile.columns) answers.push_back(heading + "=" + field);
  for (const std::string& heading : profile.not_read) answers.push_back(heading + "=not-read");
  using Means = ImportProfile::DayCode::Means;
  for (const ImportProfile::DayCode& code : profile.day_codes)
    answers.push_back("day:" + code.written + "=" +
                      (code.means == Means::Present      ? std::to_string(code.minutes)
                       : code.means == Means::Excused    ? "excused"
                       : code.means == Means::NotExcused ? "not_excused"
                                                         : "empty"));
  for (const ImportProfile::Spelling& value : profile.values)
    answers.push_back(value.field + ":" + value.written + "=" + value.word);
  return answers;
}

Result<bool> answer(ImportProfile& profile, const std::string& word) {
  for (const auto& [name, unit] : unit_words)
    if (word == name) return profile.hours = unit, true;
  for (const auto& [name, order] : order_words)
    if (word == name) {
      // Years first and years last are two forms, and each has its answer; of day and month the last holds.
      const bool first = order == DateYmd, told = profile.date_order != DateAnyOrder;
      profile.date_order = static_cast<std::uint8_t>(!told ? order : first ? profile.date_order | DateYmd : (profile.date_order & DateYmd) | order);
      return true;
    }
  if (word == "carry-person") return profile.carry_person = true, true;
  if (word == "attended") return profile.attended = true, true;
  if (word == "no-person=skip") return profile.skip_nameless = true, true;
  if (word == "by-name") return profile.by_name = true, true;
  if (word == "hidden=skip" || word == "hidden=keep") return profile.skip_hidden = word.ends_with("skip"), true;
  const std::size_t equals = word.rfind('=');
  if (equals == word.npos || equals == 0 || equals + 1 == word.size()) return problem("profile.answer", word);
  const std::string left = word.substr(0, equals), right = word.substr(equals + 1);
  const std::size_t colon = left.find(':');
  if (colon != left.npos && colon > 0 && left.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == colon) {
    const std::string field = left.substr(0, colon), written = left.substr(colon + 1);
    if (field == "day") {
      ImportProfile::DayCode code{.written = written};
      using Means = ImportProfile::DayCode::Means;
      if (right == "excused" || right == "not_excused" || right == "empty")
        code.means = right == "excused" ? Means::Excused : right == "empty" ? Means::Empty : Means::NotExcused;
      else if (right.size() <= 4 && right.find_first_not_of("0123456789") == right.npos)
        code.means = Means::Present, code.minutes = std::stoi(right);
      else
        return problem("profile.answer", word);
      if (code.means == Means::Present && (code.minutes < 1 || code.minutes > 1440)) return problem("profile.answer", word);
      std::erase_if(profile.day_codes, [&](const auto& before) { return before.written == written; });
      profile.day_codes.push_back(std::move(code));
      return true;
    }
    std::erase_if(profile.values, [&](const auto& before) { return before.field == field && before.written == written; });
    profile.values.push_back({field, written, right});
    std::stable_sort(profile.values.begin(), profile.values.end(),
                     [](const auto& a, const auto& b) { return a.field < b.field; });
    return true;
  }
  // The answer that was given last holds.
  std::erase(profile.not_read, left);
  std::erase_if(profile.columns, [&](const auto& before) { return before.second == left; });
  if (right == "not-read")
    profile.not_read.push_back(left);
  else
    profile.columns.emplace_back(right, left);
  return true;
}

Result<bool> name_fields(ImportProfile& profile, const ImportSchemas& schemas) {
  std::vector<std::string> known;
  for (const ImportSchema& schema : schemas.schemas)
    for (const ImportField& field : schema.fields)
      if (std::find(known.begin(), known.end(), field.key) == known.end()) known.push_back(field.key);
  for (auto& [field, heading] : profile.columns) {
    if (std::find(known.begin(), known.end(), field) != known.end()) continue;
    // People say a field by the heading that the program itself would give it.
    std::set<std::string> meant;
    for (const ImportSchema& schema : schemas.schemas)
      for (const ImportField& one : schema.fields)
        for (const auto* headings : {&one.headings_sv, &one.headings_en})
          for (const std::string& written : *headings)
            if (heading_key(written) == heading_key(field)) meant.insert(one.key);
    if (meant.size() == 1) {
      field = *meant.begin();
      continue;
    }
    std::string near, all;
    int distance = 4;
    for (const std::string& one : meant.empty() ? known : std::vector<std::string>(meant.begin(), meant.end())) {
      if (const int away = edits(field, one, 3); away < distance) distance = away, near = one;
      all += (all.empty() ? "" : ", ") + one;
    }
    if (!near.empty() && meant.empty()) return problem("profile.answer-field-near", field, heading, near);
    return problem("profile.answer-field", field, heading, all);
  }
  return true;
}

}  // namespace horisont
