#include "app/answers.h"
#include "app/rules.h"
#include "app/setting_names.h"
#include "core/values/both.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

// A word that names a rule set of the configuration or one that decisions were taken under: never a path of the disk.
std::optional<LoadedRuleSet> rule_set_named(const Visit& visit, const std::string& word) {
  if (word.empty() || word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") != word.npos ||
      word.find("..") != word.npos)
    return std::nullopt;
  if (std::filesystem::exists(word)) return std::nullopt;
  auto found = find_rule_set(visit.site.options.home, visit.site.options.share, word);
  if (!found) return std::nullopt;
  return std::move(*found);
}

Response no_rules(const Visit& visit, const std::string& word) {
  return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.rules.none", {word}), "/regler");
}

}  // namespace

std::string rule_set_address(const LoadedRuleSet& rules) { return "/regler/" + rules.sha256; }

Response rule_sets_page(Visit& visit) {
  std::vector<Finding> findings;
  List list;
  const auto table =
      std::make_shared<const Table>(rule_sets_table(visit.site.options.home, visit.site.options.share, findings));
  list.table = table;
  list.caption = visit.t("web.nav.rules");
  list.links["file"] = [](const Table::Value& file) { return "/regler/" + std::get<std::string>(file); };
  list.says["approved"] = [&](const Table::Value& value) {
    const std::string text = word_of(value);  // who, and the day after the last comma
    const std::size_t day = text.rfind(", ");
    return day == text.npos ? half_of_both(text, visit.language)
                            : half_of_both(text.substr(0, day), visit.language) + text.substr(day);
  };
  list.says["supersedes"] = [&](const Table::Value& value) {
    return word_of(value) == "none" ? visit.t("web.rules.none-before") : word_of(value);
  };
  Html before = el("p", {{"class", "lead"}}, visit.t("web.rules.lead"));
  for (const Finding& finding : findings) before.add(error_box(visit, visit.told(finding)));
  Html after;
  if (table->rows.size() > 1) {
    const auto choice = [&](const char* name) {
      Html choices;
      for (const auto& row : table->rows) choices.add(el("option", std::get<std::string>(row[0])));
      return field(name, visit.t((std::string("web.rules.") + name).c_str()),
                   el("select", {{"name", name}, {"id", name}}, choices));
    };
    after = el("section", {{"class", "card"}}, el("h2", visit.t("web.rules.compare")),
               el("form", {{"method", "get"}, {"action", "/regler/jamfor"}, {"class", "row filter"}}, choice("fran"),
                  choice("till"), el("button", visit.t("web.rules.compare"))));
  }
  return list_page(visit, visit.t("web.nav.rules"), before, list, after);
}

Response rules_page(Visit& visit) {
  const auto rules = rule_set_named(visit, visit.parts.front());
  if (!rules) return no_rules(visit, visit.parts.front());
  List list;
  list.table = std::make_shared<const Table>(rules_table(*rules, visit.language));
  list.caption = visit.t("web.rules.rows");
  list.facets = {"rule", "then", "table"};
  Html facts;
  for (const auto& [name, fact] : list.table->facts)
    if (const std::string& value = fact.text; !value.empty())
      facts.add(el("dt", visit.t(("web.rules.fact." + name).c_str())) + el("dd", name == "supersedes" && value == "none"
                                                                                     ? visit.t("web.rules.none-before")
                                                                                     : half_of_both(value, visit.language)));
  const Html before = el("dl", {{"class", "facts digests"}}, facts);
  return list_page(visit, rules->rules.name() + " " + rules->rules.version(), before, list,
                   el("section", el("h2", visit.t("web.rules.limits")),
                      plain_table(visit, limits_table(*rules), visit.t("web.rules.limits"))));
}

Response compare_rules_page(Visit& visit) {
  const auto from = rule_set_named(visit, visit.request.query("fran")), to = rule_set_named(visit, visit.request.query("till"));
  if (!from || !to) return no_rules(visit, from ? visit.request.query("till") : visit.request.query("fran"));
  List list;
  list.table = std::make_shared<const Table>(changes_table(*from, *to, visit.language));
  list.caption = visit.t("web.rules.changes");
  return list_page(visit, visit.t("web.rules.changes"),
                   el("p", link(rule_set_address(*from), from->rules.name() + " " + from->rules.version()), " → ",
                      link(rule_set_address(*to), to->rules.name() + " " + to->rules.version())),
                   list);
}

Response terms_page(Visit& visit) {
  List list;
  list.key = "settings";
  list.table =
      visit.snapshot->derived<Table>(list.key, [&] { return settings_in_words(settings_table(visit.workspace().configuration, visit.project)); });
  list.caption = visit.t("web.terms.all");
  list.facets = {"confidence", "file"};
  // For who changes it, and for support.
  list.hidden = {"file", "line", "key"};
  list.beneath["setting"] = [&](const std::vector<Table::Value>& row) {
    const std::size_t last = row.size() - 1;
    return visit.t("web.terms.place", {word_of(row[last]), word_of(row[last - 2]), word_of(row[last - 1])});
  };
  Html digests;
  const ProjectTerms& project = *visit.state().project;
  const ProgrammeTerms& programme = visit.workspace().configuration.programmes.at(project.programme);
  for (const auto& [file, sha256] : {std::pair{"projects/" + project.key + ".toml", project.sha256},
                                     std::pair{"programmes/" + programme.key + ".toml", programme.sha256}})
    digests.add(el("dt", file) + el("dd", "SHA-256 " + sha256));
  Html before = el("p", {{"class", "lead"}}, visit.t("web.terms.lead")) + el("dl", {{"class", "facts digests small"}}, digests);
  before.add(el("h2", visit.t("web.terms.project")) + plain_table(visit, project_table(project), visit.t("web.terms.project")));
  before.add(el("h2", visit.t("web.terms.all")));
  return list_page(visit, visit.t("web.nav.terms"), before, list);
}

}  // namespace horisont::web
