#include "core/reports/said.h"

#include <algorithm>
#include <charconv>

namespace horisont {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

std::string replaced(std::string text, std::string_view old, std::string_view now) {
  for (std::size_t at = text.find(old); at != text.npos; at = text.find(old, at + now.size()))
    text.replace(at, old.size(), now);
  return text;
}

// "1440 min"
std::optional<std::int64_t> minutes_in(std::string_view text) {
  if (!text.ends_with(" min")) return std::nullopt;
  std::int64_t minutes = 0;
  const char* end = text.data() + text.size() - 4;
  const auto [stop, error] = std::from_chars(text.data(), end, minutes);
  return error == std::errc{} && stop == end ? std::optional(minutes) : std::nullopt;
}

// "residence, labour_status": what needs evidence, by its words.
std::string criteria_words(std::string_view list, Language language) {
  std::string said;
  while (!list.empty()) {
    const std::size_t end = list.find(", ");
    const std::string one(list.substr(0, end));
    const std::string id = "criterion." + one;
    said += (said.empty() ? "" : ", ") + (text_of(id) ? words({id, {}}, language) : one);
    list.remove_prefix(end == list.npos ? list.size() : end + 2);
  }
  return said;
}

std::string value_words(const std::string& value, Language language) {
  if (const std::string id = "unverified-value." + value; text_of(id)) return words({id, {}}, language);
  if (const auto minutes = minutes_in(value)) {
    const std::string rest = std::to_string(*minutes % 60);
    return words({"unverified-value.hours",
                  {std::to_string(*minutes / 60) + (rest == "0" ? "" : (rest.size() == 1 ? ":0" : ":") + rest)}},
                 language);
  }
  return citation_words(words({"table.text", {value}}, language)).in(language);
}

std::string where_words(const std::string& where, bool of_rule, Language language) {
  if (const std::string id = "unverified-where." + where; text_of(id)) return words({id, {}}, language);
  static constexpr std::string_view templates = "report-templates/";
  if (where.starts_with(templates)) {
    const std::string kind = where.substr(templates.size(), where.find('/', templates.size()) - templates.size());
    return words({"unverified-where.template", {text_of("report." + kind) ? words({"report." + kind, {}}, language) : kind}},
                 language);
  }
  // "yei.toml: whole_hours_rounding, 30"
  if (const std::size_t end = where.find(".toml"); end != where.npos && where.find(' ') > end) {
    const std::string file = where.substr(0, end + 5);
    std::size_t digits = where.size();
    while (digits > 0 && digit(where[digits - 1])) --digits;
    const bool line = digits < where.size() && digits >= 2 && where.compare(digits - 2, 2, ", ") == 0;
    return line ? words({"unverified-where.line", {file, where.substr(digits)}}, language)
                : words({"unverified-where.file", {file}}, language);
  }
  // A rule's basis stands behind the name of its rule set, which both languages share.
  const std::size_t name = of_rule ? where.find(": ") : where.npos;
  const std::size_t basis = name == where.npos ? 0 : name + 2;
  std::string text = where.substr(0, basis) + citation_words(std::string_view(where).substr(basis)).in(language);
  if (text.ends_with("°"))
    text.resize(text.size() - std::string_view("°").size());  // the mark of what is unverified, as all here is
  return text;
}

}  // namespace

Bilingual citation_words(std::string_view text) {
  static constexpr std::string_view between = " / ";
  const std::size_t at = text.find(between);
  if (at == text.npos || text.find(between, at + 1) != text.npos) return {std::string(text), std::string(text)};
  const std::string_view sv = text.substr(0, at), en = text.substr(at + between.size());
  // "Ingen dubbel finansiering / no double funding: förordning (EU) …": what follows belongs to both.
  const std::size_t tail = en.find(": ");
  const bool shared = tail != en.npos && sv.find(": ") == sv.npos;
  return {std::string(sv) + std::string(shared ? en.substr(tail) : ""), std::string(en)};
}

Cell cited_cell(std::string_view text) { return text.empty() ? Cell{} : Cell{citation_words(text), {}, Cell::Counted::None}; }

std::string span_text(Minutes time) {
  const std::int64_t rest = time.count() % 60;
  return std::to_string(time.count() / 60) + (rest == 0 ? "" : (rest < 10 ? ":0" : ":") + std::to_string(rest)) + " h";
}

Bilingual formula_words(std::string_view formula) {
  const std::string en = replaced(replaced(std::string(formula), " x ", " × "), ":00 h", " h");
  std::string sv = en;
  for (std::size_t i = 1; i + 1 < sv.size(); ++i)
    if (sv[i] == '.' && digit(sv[i - 1]) && digit(sv[i + 1])) sv[i] = ',';
  return {sv, en};
}

std::string time_words(std::string_view iso) {
  std::string text(iso);
  // The log counts thousandths of a second, but the program's clock whole ones.
  if (text.size() == 24 && text.ends_with(".000Z")) text.replace(19, 4, "");
  if (text.size() != 20 || text[10] != 'T' || text.back() != 'Z') return text;
  text[10] = ' ';
  text.pop_back();
  return text;
}

std::vector<Message> why_draft(const Report& report) {
  std::vector<Message> found;
  if (report.draft)
    for (const Message& note : report.notes)
      if (note.id.starts_with("draft.")) found.push_back(note);
  return found;
}

std::string said_in_both(std::span<const Message> sentences) {
  std::string sv, en;
  for (const Message& one : sentences)
    for (auto [text, language] : {std::pair(&sv, Language::Swedish), std::pair(&en, Language::English)})
      *text += (text->empty() ? "" : " ") + words(one, language);
  return in_both(sv, en);
}

Bilingual read_words(const RuleAnswer& answer) {
  Bilingual text;
  for (const InputRead& input : answer.inputs)
    for (const Language language : {Language::Swedish, Language::English}) {
      std::string& said = language == Language::Swedish ? text.sv : text.en;
      const std::string& label = input.label.in(language);
      const std::string value = input.missing                                ? "–"
                                : input.value == "yes" || input.value == "no" ? words({"yesno." + input.value, {}}, language)
                                                                              : input.value;
      said += (said.empty() ? "" : "; ") + (label.empty() ? input.name : label) + ": " + value;
    }
  return text;
}

UnverifiedWords said(const Report::Unverified& one, Language language) {
  return {text_of(one.what) ? words({one.what, {}}, language) : one.what,
          one.what == "unverified.evidence" ? criteria_words(one.value, language) : value_words(one.value, language),
          where_words(one.where, one.what == "unverified.rule", language)};
}

}  // namespace horisont
