#include "app/rules.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "app/manual.h"
#include "app/municipalities.h"
#include "core/values/both.h"
#include "dmn/sql.h"
#include "dmn/words.h"
#include "edge/files/files.h"
#include "edge/rulesets/rulesets.h"

namespace horisont {
namespace {

using Kind = Table::Column::Kind;

Message verdict_word(Verdict verdict) { return {"verdict." + std::string(name_of(verdict)), {}}; }

std::string joined(const std::vector<std::string>& texts, const char* between = " ") {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : between) + text;
  return all;
}

std::string in(const dmn::Sentence& sentence, Language language) {
  return language == Language::Swedish ? sentence.sv : sentence.en;
}
std::string iso(dmn::Day day) { return Date::of_days(day.days).iso(); }

std::vector<std::filesystem::path> rule_files(const std::filesystem::path& home, const std::filesystem::path& share) {
  const auto own = home / "config";
  const auto folder = (std::filesystem::is_directory(own) ? own : share / "config") / "rules";
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".dmn") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

bool is_digest(const std::string& word, std::size_t least) {
  return word.size() >= least && word.size() <= 64 && word.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// For as long as it lives the workspace judges by a project's and programme's terms as they were kept.
class KeptTerms {
 public:
  KeptTerms(Workspace& workspace, const std::string& project)
      : workspace_(workspace),
        project_(project),
        before_(*workspace.project(project)),
        programme_(workspace.programme(before_)) {}
  ~KeptTerms() { put(before_, programme_); }
  KeptTerms(const KeptTerms&) = delete;
  KeptTerms& operator=(const KeptTerms&) = delete;

  // `digests`: "programme project", as runs state them. False when they are not kept or cannot be read any more.
  bool take(const std::string& digests) {
    if (digests == programme_.sha256 + " " + before_.sha256) {
      put(before_, programme_);
      return true;
    }
    const std::size_t space = digests.find(' ');
    if (space == digests.npos) return false;
    const auto programme = workspace_.store.kept(digests.substr(0, space)),
               project = workspace_.store.kept(digests.substr(space + 1));
    if (!programme || !project) return false;
    const TemporaryFolder folder;
    const auto write = [&](const char* below, const std::string& key, const std::string& bytes) {
      std::filesystem::create_directories(folder.path() / below);
      std::ofstream(folder.path() / below / (key + ".toml"), std::ios::binary) << bytes;
    };
    write("programmes", programme_.key, *programme);
    write("projects", project_, *project);
    // Terms name the files of their rule sets, which have to be there; which of them decided is said by the run.
    std::error_code error;
    std::filesystem::copy(workspace_.configuration.folder / "rules", folder.path() / "rules",
                          std::filesystem::copy_options::recursive, error);
    auto kept = load_configuration(folder.path());
    if (!kept) return false;
    const auto found = kept->projects.find(project_);
    if (found == kept->projects.end() || !kept->programmes.contains(found->second.programme)) return false;
    put(found->second, kept->programmes.at(found->second.programme));
    return true;
  }

 private:
  void put(const ProjectTerms& project, const ProgrammeTerms& programme) {
    workspace_.configuration.projects.insert_or_assign(project_, project);
    workspace_.configuration.programmes.insert_or_assign(project.programme, programme);
  }

  Workspace& workspace_;
  std::string project_;
  ProjectTerms before_;
  ProgrammeTerms programme_;
};

}  // namespace

tl::expected<LoadedRuleSet, std::vector<Finding>> find_rule_set(const std::filesystem::path& home,
                                                                const std::filesystem::path& share, const std::string& word) {
  if (std::filesystem::is_regular_file(word)) return load_rule_set(word);
  const auto files = rule_files(home, share);
  for (const auto& file : files)
    if (file.filename() == word || file.stem() == word) return load_rule_set(file);
  if (is_digest(word, 6)) {
    for (const auto& file : files)
      if (sha256_of(read_file(file)).starts_with(word)) return load_rule_set(file);
    if (word.size() == 64 && std::filesystem::exists(home / "data" / "horisont.db"))
      if (const auto bytes = Store::open(home / "data" / "horisont.db", share / "schemas" / "store").kept(word))
        return read_rule_set(*bytes, word.substr(0, 16) + ".dmn");
  }
  std::vector<std::string> names;
  for (const auto& file : files) names.push_back(file.stem().string());
  const bool folder = std::filesystem::is_directory(word);
  Finding finding{.code = folder ? "rules.folder" : "rules.unknown", .values = {word, joined(names, ", ")}};
  return tl::make_unexpected(std::vector{std::move(finding)});
}

Table rule_sets_table(const std::filesystem::path& home, const std::filesystem::path& share, std::vector<Finding>& findings) {
  Table table{.schema = "rule-sets"};
  table.columns = {{"file", {"Fil", "File"}},
                   {"name", {"Namn", "Name"}},
                   {"version", {"Version", "Version"}},
                   {"valid_from", {"Gäller från", "Valid from"}},
                   {"valid_to", {"till", "to"}},
                   {"approved", {"Godkänt", "Approved"}},
                   {"supersedes", {"Ersätter", "Supersedes"}},
                   {"rules", {"Regler", "Rules"}, Kind::Count},
                   {"rows", {"Rader", "Rows"}, Kind::Count},
                   {"sha256", {"SHA-256", "SHA-256"}},
                   {"logic", {"Logikens SHA-256", "SHA-256 of the logic"}}};
  table.when_empty = {"Inga regelverk", "No rule sets"};
  for (const auto& file : rule_files(home, share)) {
    const auto loaded = load_rule_set(file);
    if (!loaded) {
      findings.insert(findings.end(), loaded.error().begin(), loaded.error().end());
      continue;
    }
    const dmn::RuleSetFacts& facts = loaded->rules.facts();
    table.rows.push_back({loaded->file, loaded->rules.name(), facts.version, iso(facts.valid_from), iso(facts.valid_to),
                          facts.approved_by + ", " + iso(facts.approved_on), facts.supersedes.substr(0, 16),
                          static_cast<std::int64_t>(loaded->rules.texts().size()),
                          static_cast<std::int64_t>(loaded->rules.rows().size()), loaded->sha256.substr(0, 16),
                          loaded->logic_sha256.substr(0, 16)});
  }
  return table;
}

namespace {

// "limits.min_age" and "{limits.min_age}" as words; a limit that has none keeps its name, other values of the case are left
// open.
std::string limits_named(std::string text, Language language) {
  for (std::size_t at = 0; (at = text.find('{', at)) != text.npos;) {
    const std::size_t end = text.find('}', at);
    if (end == text.npos) break;
    const std::string inside = text.substr(at + 1, end - at - 1);
    // In a sentence the limit's own word stands in brackets: "tar emot från [lägsta ålder] år".
    const std::string word = inside.starts_with("limits.") ? "[" + inside + "]" : "…";
    text.replace(at, end - at + 1, word);
    at += word.size();
  }
  constexpr std::string_view before = "limits.";
  for (std::size_t at = 0; (at = text.find(before, at)) != text.npos;) {
    std::size_t end = at + before.size();
    while (end < text.size() && (text[end] == '_' || (text[end] >= 'a' && text[end] <= 'z'))) ++end;
    const std::string id = "rule-limit." + text.substr(at + before.size(), end - at - before.size());
    const std::string word = text_of(id) ? words({id, {}}, language) : text.substr(at, end - at);
    text.replace(at, end - at, word);
    at += word.size();
  }
  return text;
}

// "limits row": the source stands with the limit.
std::string basis_of(const dmn::FindingRow& row, Language language) {
  return row.legal_basis == "limits row" ? words({"rules.basis-of-limits", {}}, language)
                                         : half_of_both(row.legal_basis, language);
}

// A table of the rule set by what it is about, with its row; programs get its name in the file.
Table::Value table_said(const std::string& table, int row = 0) {
  const std::string name = table + (row > 0 ? " " + std::to_string(row) : ""), id = "rule-table." + table;
  if (!text_of(id)) return name;
  Bilingual said{words({id, {}}, Language::Swedish), words({id, {}}, Language::English)};
  if (row > 0) said.sv += ", rad " + std::to_string(row), said.en += ", row " + std::to_string(row);
  return Table::Word{name, said};
}

// "the limit max_age" by the limit's words; programs get its name.
Table::Value change_said(const dmn::Change& change, Language language) {
  const std::string what = in(change.what, language), name = what.substr(what.rfind(' ') + 1);
  if (change.table != "limits" || !text_of("rule-limit." + name)) return what;
  const auto said = [&](const std::string& text, Language of) {
    return text.substr(0, text.rfind(' ') + 1) + words({"rule-limit." + name, {}}, of);
  };
  return Table::Word{what, {said(change.what.sv, Language::Swedish), said(change.what.en, Language::English)}};
}

}  // namespace

Table rules_table(const LoadedRuleSet& loaded, Language language) {
  const dmn::RuleSet& rules = loaded.rules;
  const dmn::RuleSetFacts& facts = rules.facts();
  Table table{.schema = "rules"};
  table.facts = {{"name", rules.name()},
                 {"version", facts.version},
                 {"valid", iso(facts.valid_from) + "–" + iso(facts.valid_to)},
                 {"approved_by", facts.approved_by},
                 {"approved_on", iso(facts.approved_on)},
                 {"supersedes", facts.supersedes},
                 {"sha256", loaded.sha256},
                 {"logic_sha256", loaded.logic_sha256}};
  table.columns = {{"rule", {"Regel", "Rule"}},   {"question", {"Fråga", "Question"}}, {"when", {"När", "When"}},
                   {"then", {"Svar", "Answer"}},  {"text", {"Text", "Text"}},          {"do", {"Åtgärd", "What to do"}},
                   {"basis", {"Grund", "Basis"}}, {"table", {"Tabell", "Table"}}};
  const auto conditions = dmn::conditions(rules);
  for (std::size_t i = 0; i < rules.rows().size(); ++i) {
    const dmn::FindingRow& row = rules.rows()[i];
    std::string when;
    for (const dmn::Sentence& one : conditions[i]) when += (when.empty() ? "" : ", ") + in(one, language);
    when = limits_named(std::move(when), language);
    std::string question, fix;
    for (const dmn::RuleText& text : rules.texts())
      if (text.code == row.code) {
        question = language == Language::Swedish ? text.question_sv : text.question_en;
        fix = language == Language::Swedish ? text.fix_sv : text.fix_en;
      }
    const std::string then = std::string("rules.then-") + (row.outcome == dmn::RowOutcome::Fail ? "fail" : "unknown") +
                             (row.severity == dmn::Severity::Blocking ? "" : "-remark");
    table.rows.push_back({row.code, question, when, Message{then, {}},
                          limits_named(language == Language::Swedish ? row.message_sv : row.message_en, language), fix,
                          basis_of(row, language), table_said(row.table, row.row)});
  }
  return table;
}

namespace {

// A word of the rules as people say it; numbers and codes as they are.
Table::Value value_said(const std::string& value, const ImportSchemas* names) {
  if (names && value.starts_with('[')) {
    const std::string inside = value.substr(1, value.size() - 2);
    return Table::Word{value, {municipality_names(*names, inside, Language::Swedish), municipality_names(*names, inside, Language::English)}};
  }
  const Message said{"rule-value." + value, {}};
  if (!text_of(said.id)) return value;
  return Table::Word{value, {words(said, Language::Swedish), words(said, Language::English)}};
}

Table limits_with(const LoadedRuleSet& loaded, const ImportSchemas* names) {
  Table table{.schema = "limits"};
  table.columns = {{"project", {"Projekt", "Project"}},
                   {"from", {"Från", "From"}},
                   {"to", {"Till", "To"}},
                   {"limit", {"Gräns", "Limit"}},
                   {"value", {"Värde", "Value"}}};
  for (const dmn::LimitsRow& row : loaded.rules.limits())
    for (const auto& [name, value] : row.values) {
      const std::string id = "rule-limit." + name;
      table.rows.push_back(
          {row.key, iso(row.from), iso(row.to), text_of(id) ? Table::Value(Message{id, {}}) : Table::Value(name), value_said(value, names)});
    }
  return table;
}

}  // namespace

Table limits_table(const LoadedRuleSet& loaded) { return limits_with(loaded, nullptr); }
Table limits_table(const LoadedRuleSet& loaded, const ImportSchemas& names) { return limits_with(loaded, &names); }

std::string rules_as_sql(const LoadedRuleSet& loaded) {
  return "-- " + loaded.file + ", SHA-256 " + loaded.sha256 + "\n" + dmn::to_sql(loaded.rules);
}

Table changes_table(const LoadedRuleSet& before, const LoadedRuleSet& after, Language language) {
  Table table{.schema = "rule-changes"};
  table.facts = {{"before", before.sha256},
                 {"after", after.sha256},
                 {"same_logic", before.logic_sha256 == after.logic_sha256 ? "yes" : "no"}};
  table.columns = {{"table", {"Tabell", "Table"}},
                   {"of", {"Gäller", "Of"}},
                   {"what", {"Vad", "What"}},
                   {"before", {"Före", "Before"}},
                   {"after", {"Efter", "After"}}};
  table.when_empty = {"Inget är ändrat", "Nothing has changed"};
  for (const dmn::Change& change : dmn::changes(before.rules, after.rules))
    table.rows.push_back(
        {table_said(change.table), change.of, change_said(change, language), in(change.before, language), in(change.after, language)});
  return table;
}

Table impact_table(const Workspace& workspace, const LoadedRuleSet& other, const std::string& project, Date today,
                   std::optional<Moment> known_at) {
  Table table{.schema = "rule-impact"};
  table.columns = {{"project", {"Projekt", "Project"}},
                   {"participant", {"Deltagare", "Participant"}},
                   {"before", {"Nu", "Now"}},
                   {"after", {"Skulle bli", "Would be"}},
                   {"rules_before", {"Regler nu", "Rules now"}},
                   {"rules_after", {"Regler då", "Rules then"}}};
  table.when_empty = {"Ingens bedömning skulle ändras", "Nobody's verdict would change"};
  std::int64_t asked = 0;
  for (const auto& [key, terms] : workspace.configuration.projects) {
    if (!project.empty() && key != project) continue;
    const LoadedRuleSet* now = workspace.rule_set(terms, today);
    if (!now) continue;
    const auto participations = known_participations(workspace, key, today, known_at);
    const auto before = decide(participations, terms, workspace.programme(terms), *now);
    const auto after = decide(participations, terms, workspace.programme(terms), other);
    asked += static_cast<std::int64_t>(participations.size());
    for (std::size_t i = 0; i < participations.size(); ++i)
      if (before[i].verdict != after[i].verdict)
        table.rows.push_back({key, participations[i].reference, verdict_word(before[i].verdict), verdict_word(after[i].verdict),
                              joined(before[i].codes), joined(after[i].codes)});
  }
  table.facts = {{"rules", other.sha256}, {"today", today.iso()}, {"participants", static_cast<std::int64_t>(asked)}};
  return table;
}

Replay replay(Workspace& workspace, const std::string& project, std::optional<Date> from, std::optional<Date> to) {
  Replay replay;
  replay.table.schema = "replay";
  replay.table.columns = {{"project", {"Projekt", "Project"}},
                          {"run", {"Bedömning nr", "Assessment"}},
                          {"at", {"När", "When"}},
                          {"rules", {"Regelverk", "Rule set"}},
                          {"program", {"Program", "Program"}},
                          {"decisions", {"Beslut", "Decisions"}, Kind::Count},
                          {"differing", {"Skiljer sig", "Differ"}, Kind::Count}};
  replay.table.when_empty = {"Inga beslut är lagrade", "No decisions are stored"};
  const auto tell = [&](const char* code, const std::string& key, const StoredRun& run, std::vector<std::string> values,
                        std::string participant = {}) {
    values.insert(values.begin(), {key, std::to_string(run.id)});
    replay.findings.push_back({.code = code, .participant = std::move(participant), .values = std::move(values)});
  };
  std::vector<std::string> keys;
  for (const auto& [key, terms] : workspace.configuration.projects)
    if (project.empty() || key == project) keys.push_back(key);
  for (const std::string& key : keys) {
    KeptTerms terms(workspace, key);
    for (const StoredRun& run : workspace.store.runs(key)) {
      const Date day = Date::of_days(static_cast<std::int32_t>(run.at.seconds() / 86400));
      if ((from && day < *from) || (to && day > *to)) continue;
      const auto stored = workspace.store.decisions_of(run.id);
      const auto row = [&](std::int64_t differing) {
        replay.decisions += static_cast<std::int64_t>(stored.size()), replay.differing += differing;
        replay.table.rows.push_back({key, std::to_string(run.id), run.at.iso(), run.rule_set_sha256.substr(0, 16),
                                     run.program_version, static_cast<std::int64_t>(stored.size()), differing});
      };
      const auto bytes = workspace.store.kept(run.rule_set_sha256);
      const auto rules = bytes && sha256_of(*bytes) == run.rule_set_sha256
                             ? read_rule_set(*bytes, run.rule_set_sha256.substr(0, 16) + ".dmn")
                             : tl::expected<LoadedRuleSet, std::vector<Finding>>(tl::make_unexpected(std::vector<Finding>{}));
      if (!rules || !terms.take(run.terms_sha256)) {
        tell(rules ? "rules.replay-terms" : "rules.replay-rules", key, run, {});
        row(static_cast<std::int64_t>(stored.size()));
        continue;
      }
      const ProjectTerms& known = *workspace.project(key);
      const auto participations = known_participations(workspace, key, run.today, run.at);
      std::map<std::uint32_t, Decision> anew;
      auto decisions = decide(participations, known, workspace.programme(known), *rules);
      // A decision by hand replays as itself, as those did that the run knew.
      auto manual = workspace.store.manual_decisions(key);
      std::erase_if(manual, [&](const ManualDecision& one) { return one.run >= run.id; });
      std::vector<Finding> stale;
      lay_over(manual, participations, known, workspace.programme(known), *rules, decisions, stale);
      for (Decision& decision : decisions) anew.emplace(decision.person, std::move(decision));
      std::int64_t differing = 0;
      for (const Decision& decision : stored) {
        const auto same = anew.find(decision.person);
        if (same != anew.end() && same->second.verdict == decision.verdict && same->second.hit == decision.hit &&
            same->second.cannot_tell == decision.cannot_tell)
          continue;
        ++differing;
        const std::string before = codes_of(rules->rules, decision.hit, decision.cannot_tell);
        const auto verdict_text = [](Verdict verdict) {
          return in_both(words(verdict_word(verdict), Language::Swedish), words(verdict_word(verdict), Language::English));
        };
        if (same == anew.end())
          tell("rules.replay-gone", key, run, {verdict_text(decision.verdict)}, participant_reference(decision.person));
        else
          tell("rules.replay-differs", key, run,
               {verdict_text(decision.verdict), before, verdict_text(same->second.verdict),
                codes_of(rules->rules, same->second.hit, same->second.cannot_tell)},
               participant_reference(decision.person));
      }
      row(differing);
    }
  }
  return replay;
}

Table examples_table(const LoadedRuleSet& loaded, const std::vector<RuleExample>& examples, Language language,
                     std::size_t& failed) {
  Table table{.schema = "rule-examples"};
  table.facts = {{"rules", loaded.sha256}};
  table.columns = {{"example", {"Exempel", "Example"}},
                   {"agrees", {"Stämmer", "Agrees"}},
                   {"expected", {"Väntat", "Expected"}},
                   {"verdict", {"Bedömning", "Verdict"}},
                   {"rules", {"Regler", "Rules"}}};
  table.when_empty = {"Inga exempel", "No examples"};
  failed = 0;
  for (const RuleExample& example : examples) {
    const dmn::Answers answers = loaded.rules.answer(example.record);
    const Verdict verdict = verdict_of(answers, loaded.rules.rows());
    const std::string codes = codes_of(loaded.rules, answers.hit, 0);
    const bool agrees = verdict == example.verdict && codes == joined(example.codes);
    failed += !agrees;
    table.rows.push_back(
        {example.what.in(language), Message{agrees ? "yesno.yes" : "yesno.no", {}},
         words(verdict_word(example.verdict), language) + (example.codes.empty() ? "" : " " + joined(example.codes)),
         verdict_word(verdict), codes});
  }
  return table;
}

tl::expected<Table, std::vector<Finding>> run_rule_examples(const std::filesystem::path& home,
                                                            const std::filesystem::path& share, const std::string& word,
                                                            Language language, std::size_t& failed) {
  const auto beside = [](std::filesystem::path file) { return file.replace_extension("examples.toml"); };
  std::vector<std::filesystem::path> files;
  for (const auto& file : rule_files(home, share))
    if (word.empty() ? std::filesystem::exists(beside(file)) : file.filename() == word || file.stem() == word)
      files.push_back(file);
  if (!word.empty() && std::filesystem::is_regular_file(word)) files = {word};
  if (files.empty() && !word.empty())
    if (auto found = find_rule_set(home, share, word); !found) return tl::make_unexpected(std::move(found.error()));
  std::optional<Table> all;
  failed = 0;
  for (const auto& file : files) {
    const auto loaded = load_rule_set(file);
    if (!loaded) return tl::make_unexpected(loaded.error());
    const auto examples = load_rule_examples(beside(file), *loaded);
    if (!examples) return tl::make_unexpected(examples.error());
    std::size_t of_these = 0;
    Table table = examples_table(*loaded, *examples, language, of_these);
    failed += of_these;
    if (all)
      all->rows.insert(all->rows.end(), table.rows.begin(), table.rows.end());
    else
      all = std::move(table);
  }
  return all ? std::move(*all) : Table{.schema = "rule-examples", .when_empty = {"Inga exempel", "No examples"}};
}

std::vector<RuleExample> examples_beside(const std::filesystem::path& home, const std::filesystem::path& share,
                                         const std::string& word, const LoadedRuleSet& loaded) {
  std::vector<std::filesystem::path> files{word};
  for (const auto& file : rule_files(home, share)) files.push_back(file);
  for (std::filesystem::path file : files) {
    if (!std::filesystem::is_regular_file(file) || sha256_of(read_file(file)) != loaded.sha256) continue;
    file.replace_extension("examples.toml");
    if (!std::filesystem::exists(file)) continue;
    if (auto examples = load_rule_examples(file, loaded)) return std::move(*examples);
  }
  return {};
}

void write_text_file(const std::filesystem::path& file, const std::string& text) { write_file(file, text); }

std::vector<std::string> other_verdicts(const std::vector<OtherVerdict>& others, Language language) {
  constexpr const char* reaches[] = {"exactly", "between", "or-later", "or-earlier", "or-more",
                                     "or-less", "any-of",  "none-of",  "any",        "missing"};
  std::vector<std::string> sentences;
  for (const OtherVerdict& other : others) {
    std::string values;
    for (const OtherValue& value : other.values) {
      const auto said = [&](const std::string& text) {
        return text == "yes" || text == "no" ? words({"yesno." + text, {}}, language) : text;
      };
      const std::string label = value.label.in(language);
      const std::string now = value.from.empty() ? words({"table.missing", {}}, language) : said(value.from);
      values +=
          (values.empty() ? "" : "; ") + words({std::string("rules.other-") + reaches[static_cast<std::size_t>(value.reach)],
                                                {label.empty() ? value.name : label, said(value.to), now, value.until}},
                                               language);
    }
    sentences.push_back(words({"rules.other", {values, words(verdict_word(other.verdict), language)}}, language));
  }
  return sentences;
}

std::string codes_of(const dmn::RuleSet& rules, std::uint64_t hit, std::uint64_t cannot_tell) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < rules.rows().size(); ++i)
    if ((hit | cannot_tell) >> i & 1) {
      std::string code = rules.rows()[i].code;
      if ((cannot_tell >> i & 1) || rules.rows()[i].outcome == dmn::RowOutcome::Unknown) code += "?";
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
    }
  return joined(codes);
}

}  // namespace horisont
