#include "app/answers.h"
#include "app/rules.h"
#include "cli/commands.h"

namespace horisont {
namespace {

LoadedRuleSet rule_set(const Command& command, const std::string& word) {
  auto found = find_rule_set(command.home(), command.here().share, word);
  if (!found) throw Command::Unusable{found.error()};
  return std::move(*found);
}

}  // namespace

void add_rules(Menu& menu) {
  const Command& command = menu.command();
  auto& files = menu.keep<std::vector<std::string>>();
  auto& from = menu.keep<std::string>();
  auto& to = menu.keep<std::string>();
  CLI::App* rules = menu.group("rules");
  CLI::App* rules_check = menu.sub(rules, "check");
  rules_check->add_option("FILE", files, menu.text("cli.o.rule-file"))->required();
  menu.does(rules_check, [&] {
    const auto findings = check_rule_files(files);
    command.print(findings_table(findings), findings);
    command.say(findings, Level::Notice);
    return findings.empty() ? Done : Unreadable;
  });

  auto& rule_word = menu.keep<std::string>();
  auto& rule_other = menu.keep<std::string>();
  auto& sql_file = menu.keep<std::string>();
  const auto rule_option = [&](CLI::App* on) { on->add_option("RULES", rule_word, menu.text("cli.o.rule-set"))->required(); };
  menu.does(menu.sub(rules, "list"), [&] {
    std::vector<Finding> findings;
    const Table table = rule_sets_table(command.home(), command.here().share, findings);
    command.print(table, findings);
    command.say(findings, Level::Notice);
    return findings.empty() ? Done : Unreadable;
  });
  CLI::App* rules_show = menu.sub(rules, "show");
  rule_option(rules_show);
  menu.does(rules_show, [&] {
    const LoadedRuleSet found = rule_set(command, rule_word);
    const auto schemas = load_import_schemas(command.here().share / "schemas" / "import");
    command.print(rules_table(found, command.language()), {}, {schemas ? limits_table(found, **schemas) : limits_table(found)});
    return Done;
  });
  CLI::App* rules_sql = menu.sub(rules, "sql");
  rule_option(rules_sql);
  rules_sql->add_option("-o,--output", sql_file, menu.text("cli.o.sql-output"));
  menu.does(rules_sql, [&] {
    const std::string sql = rules_as_sql(rule_set(command, rule_word));
    if (sql_file.empty()) {
      command.text("sql", "sql", sql);
      return Done;
    }
    must_be_new(sql_file);
    write_text_file(sql_file, sql);
    command.done("sql-written", {{"file", sql_file}}, {"cli.sql-written", {sql_file}});
    return Done;
  });
  CLI::App* rules_publish = menu.sub(rules, "publish");
  rule_option(rules_publish);
  rules_publish->add_option("-o,--output", sql_file, menu.text("cli.o.pages-output"))->required();
  menu.does(rules_publish, [&] {
    const LoadedRuleSet found = rule_set(command, rule_word);
    const std::filesystem::path folder = sql_file;
    if (std::filesystem::exists(folder)) throw Stop{Refused, {"cli.file-exists", {sql_file}}};
    RuleHits hits;
    if (std::filesystem::exists(command.home() / "data" / "horisont.db")) hits = rule_hits(command.open(), found);
    const auto pages = rule_pages(found, examples_beside(command.home(), command.here().share, rule_word, found), hits);
    Table written{.schema = "rule-pages"};
    written.columns = {{"file", {"Fil", "File"}}};
    for (const auto& [name, html] : pages) {
      std::filesystem::create_directories((folder / name).parent_path());
      write_text_file(folder / name, html);
      written.rows.push_back({(folder / name).string()});
    }
    if (command.form() != Form::Text) command.print(written);
    command.say({"cli.rules-published", {std::to_string(pages.size()), sql_file, (folder / "sv" / "index.html").string()}});
    return Done;
  });
  CLI::App* rules_diff = menu.sub(rules, "diff");
  rule_option(rules_diff);
  rules_diff->add_option("NEW", rule_other, menu.text("cli.o.rule-set-new"))->required();
  menu.does(rules_diff, [&] {
    const Table table = changes_table(rule_set(command, rule_word), rule_set(command, rule_other), command.language());
    command.print(table);
    return table.rows.empty() ? Done : DoneWithRemarks;
  });
  CLI::App* rules_impact = menu.sub(rules, "impact");
  rule_option(rules_impact);
  menu.answers(rules_impact, [&] {
    const LoadedRuleSet found = rule_set(command, rule_word);
    const Workspace workspace = command.open();
    const std::string only = command.named_project(workspace);
    const Table table = impact_table(workspace, found, only, command.today(), command.known_at());
    command.print(table);
    return table.rows.empty() ? Done : DoneWithRemarks;
  });
  CLI::App* rules_replay = menu.sub(rules, "replay");
  rules_replay->add_option("--from", from, menu.text("cli.o.replay-from"));
  rules_replay->add_option("--to", to, menu.text("cli.o.replay-to"));
  menu.does(rules_replay, [&] {
    std::optional<Date> first, last;
    if (!from.empty()) first = command.date(from, "--from");
    if (!to.empty()) last = command.date(to, "--to");
    if (first && last && *last < *first) throw Stop{WrongUsage, {"cli.replay-turned", {from, to}}};
    Workspace workspace = command.open();
    const Replay made = replay(workspace, command.named_project(workspace), first, last);
    command.print(made.table, made.findings);
    command.say(made.findings, Level::Notice);
    if (made.differing) return Disagreement;
    command.say({"cli.replay-agrees", {std::to_string(made.decisions)}});
    return Done;
  });
  CLI::App* rules_test = menu.sub(rules, "test");
  rules_test->add_option("RULES", rule_word, menu.text("cli.o.rule-set"));
  menu.does(rules_test, [&] {
    std::size_t failed = 0;
    const auto table = run_rule_examples(command.home(), command.here().share, rule_word, command.language(), failed);
    if (!table) throw Command::Unusable{table.error()};
    command.print(*table);
    return failed == 0 ? Done : DoneWithRemarks;
  });
}

}  // namespace horisont
