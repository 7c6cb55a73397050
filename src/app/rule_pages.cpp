#include <algorithm>
#include <map>

#include "app/rules.h"
#include "core/values/both.h"
#include "dmn/words.h"
#include "edge/files/files.h"

namespace horisont {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : std::string(1, c);
  return out;
}
std::string iso(dmn::Day day) { return Date::of_days(day.days).iso(); }

// Pages for people who have neither the program nor a DMN editor: plain HTML, nothing from elsewhere.
class Pages {
 public:
  Pages(const LoadedRuleSet& loaded, std::span<const RuleExample> examples, const RuleHits& hits, Language language)
      : loaded_(loaded), rules_(loaded.rules), examples_(examples), hits_(hits), language_(language) {}

  std::string index() const {
    std::string rows;
    for (const dmn::RuleText& text : rules_.texts())
      rows += "<tr><td><a href=\"" + escaped(text.code) + ".html\">" + escaped(text.code) + "</a></td>" + cell(question(text)) +
              cell(basis(text.code)) + cell(count(text.code)) + "</tr>\n";
    return page(rules_.name(), identity() + "<table>\n<tr>" + head("rule") + head("question") + head("basis") + head("hits") +
                                   "</tr>\n" + rows + "</table>\n");
  }

  std::string rule(const dmn::RuleText& text) const {
    const std::string fix = language_ == Language::Swedish ? text.fix_sv : text.fix_en;
    std::string body = "<p><a href=\"index.html\">" + escaped(rules_.name()) + "</a></p>\n" + fact("what-to-do", fix) +
                       fact("hits", count(text.code));
    body += "<table>\n<tr>" + head("when") + head("answer") + head("text") + head("basis") + "</tr>\n";
    const auto conditions = dmn::conditions(rules_);
    bool limited = false;
    for (std::size_t i = 0; i < rules_.rows().size(); ++i) {
      const dmn::FindingRow& row = rules_.rows()[i];
      if (row.code != text.code) continue;
      std::string when, named = row.message_sv;
      for (const dmn::Sentence& one : conditions[i]) {
        when += (when.empty() ? "" : ", ") + (language_ == Language::Swedish ? one.sv : one.en);
        named += " " + one.en;
      }
      limited = limited || named.find("limits") != std::string::npos;
      const std::string then = std::string("rules.then-") + (row.outcome == dmn::RowOutcome::Fail ? "fail" : "unknown") +
                               (row.severity == dmn::Severity::Blocking ? "" : "-remark");
      body += "<tr>" + cell(when) + cell(words({then, {}}, language_)) +
              cell(language_ == Language::Swedish ? row.message_sv : row.message_en) +
              cell(half_of_both(row.legal_basis, language_)) + "</tr>\n";
    }
    body += "</table>\n";
    // A derived value rests on the limits too, so all of them stand on every page, marked where the rule names them itself.
    body += "<h2>" + word(limited ? "limits-named" : "limits") + "</h2>\n<table>\n";
    for (const dmn::LimitsRow& row : rules_.limits()) {
      std::string values;
      for (const auto& [name, value] : row.values) values += (values.empty() ? "" : "; ") + name + " " + value;
      body += "<tr>" + cell(row.key) + cell(iso(row.from) + "–" + iso(row.to)) + cell(values) + cell(row.citation) + "</tr>\n";
    }
    body += "</table>\n";
    std::string shown;
    for (const RuleExample& example : examples_) {
      const auto named = [&](const std::string& code) { return code == text.code || code == text.code + "?"; };
      if (std::none_of(example.codes.begin(), example.codes.end(), named)) continue;
      std::string codes;
      for (const std::string& code : example.codes) codes += (codes.empty() ? "" : " ") + code;
      shown += "<tr>" + cell(example.what.in(language_)) +
               cell(words({"verdict." + std::string(name_of(example.verdict)), {}}, language_)) + cell(codes) + "</tr>\n";
    }
    if (!shown.empty()) body += "<h2>" + word("examples") + "</h2>\n<table>\n" + shown + "</table>\n";
    return page(text.code + " " + question(text), body + identity());
  }

 private:
  std::string word(const char* name) const { return escaped(words({std::string("rules.page-") + name, {}}, language_)); }
  std::string head(const char* name) const { return "<th>" + word(name) + "</th>"; }
  static std::string cell(const std::string& text) { return "<td>" + escaped(text) + "</td>"; }
  std::string fact(const char* name, const std::string& value) const {
    return "<p>" + word(name) + ": " + escaped(value) + "</p>\n";
  }
  std::string question(const dmn::RuleText& text) const {
    return language_ == Language::Swedish ? text.question_sv : text.question_en;
  }
  std::string basis(const std::string& code) const {
    std::vector<std::string> all;
    for (const dmn::FindingRow& row : rules_.rows())
      if (row.code == code && std::find(all.begin(), all.end(), row.legal_basis) == all.end()) all.push_back(row.legal_basis);
    std::string text;
    for (const std::string& one : all) text += (text.empty() ? "" : "; ") + half_of_both(one, language_);
    return text;
  }
  // Of the newest assessment of each project under this rule set; a dash where there is none.
  std::string count(const std::string& code) const {
    if (hits_.decisions == 0) return "–";
    const auto found = hits_.by_code.find(code);
    return std::to_string(found == hits_.by_code.end() ? 0 : found->second) + " / " + std::to_string(hits_.decisions);
  }
  std::string identity() const {
    const dmn::RuleSetFacts& facts = rules_.facts();
    return fact("version", facts.version) + fact("valid", iso(facts.valid_from) + "–" + iso(facts.valid_to)) +
           fact("approved", half_of_both(facts.approved_by, language_) + ", " + iso(facts.approved_on)) +
           fact("sha256", loaded_.sha256) + "<p>" + word("mark") + "</p>\n";
  }
  std::string page(const std::string& title, const std::string& body) const {
    return std::string("<!DOCTYPE html>\n<html lang=\"") + (language_ == Language::Swedish ? "sv" : "en") +
           "\">\n<head><meta charset=\"utf-8\"><title>" + escaped(title) +
           "</title><style>body{font-family:sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:"
           "collapse}td,th{border:1px solid #999;padding:.3rem "
           ".5rem;text-align:left;vertical-align:top}</style></head>\n<body>\n"
           "<h1>" +
           escaped(title) + "</h1>\n" + body + "</body>\n</html>\n";
  }

  const LoadedRuleSet& loaded_;
  const dmn::RuleSet& rules_;
  std::span<const RuleExample> examples_;
  const RuleHits& hits_;
  Language language_;
};

}  // namespace

RuleHits rule_hits(const Workspace& workspace, const LoadedRuleSet& loaded) {
  RuleHits hits;
  for (const auto& [key, terms] : workspace.configuration.projects) {
    const auto runs = workspace.store.runs(key);
    const auto newest =
        std::find_if(runs.rbegin(), runs.rend(), [&](const StoredRun& run) { return run.rule_set_sha256 == loaded.sha256; });
    if (newest == runs.rend()) continue;
    for (const Decision& decision : workspace.store.decisions_of(newest->id)) {
      ++hits.decisions;
      std::map<std::string, bool> of_these;  // a code counts once a person, whichever row hit
      for (std::size_t i = 0; i < loaded.rules.rows().size(); ++i)
        if (decision.hit >> i & 1) of_these[loaded.rules.rows()[i].code] = true;
      for (const auto& [code, hit] : of_these) ++hits.by_code[code];
    }
  }
  return hits;
}

std::vector<std::pair<std::string, std::string>> rule_pages(const LoadedRuleSet& loaded, std::span<const RuleExample> examples,
                                                            const RuleHits& hits) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const Language language : {Language::Swedish, Language::English}) {
    const std::string folder = language == Language::Swedish ? "sv/" : "en/";
    const Pages pages(loaded, examples, hits, language);
    files.emplace_back(folder + "index.html", pages.index());
    for (const dmn::RuleText& text : loaded.rules.texts()) files.emplace_back(folder + text.code + ".html", pages.rule(text));
  }
  return files;
}

}  // namespace horisont
