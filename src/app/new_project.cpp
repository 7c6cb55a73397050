#include "app/new_project.h"

#include <algorithm>

#include "app/municipalities.h"
#include "edge/files/files.h"
#include "edge/import/import.h"
#include "edge/rulesets/limits_row.h"
#include "edge/settings/project_file.h"
#include "edge/settings/settings.h"

namespace horisont {
namespace {

namespace fs = std::filesystem;

bool is_key(const std::string& key) {
  return !key.empty() && key.size() <= 40 && key.front() >= 'a' && key.front() <= 'z' && key.back() != '-' &&
         std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

void copy_files(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    const fs::path target = to / fs::relative(entry.path(), from);
    make_private_folder(target.parent_path());
    write_file(target, read_file(entry.path()));
  }
}

// What is typed for a municipality, as SCB's code and name; each once.
Result<std::vector<Subproject>> municipalities_of(const std::vector<std::string>& typed, const ImportSchemas& schemas,
                                                  const ProjectTerms& like, Date today) {
  std::vector<Subproject> found;
  for (const std::string& one : typed) {
    const auto code = canonical_value(schemas, RecordKind::Participants, "home_municipality", one, like, today);
    if (!code) return tl::make_unexpected(code.error());
    if (std::any_of(found.begin(), found.end(), [&](const Subproject& other) { return other.municipality == *code; })) continue;
    Subproject municipality;
    municipality.key = municipality.municipality = *code;
    municipality.name = municipality_names(schemas, *code, Language::Swedish);
    found.push_back(std::move(municipality));
  }
  return found;
}

}  // namespace

tl::expected<Result<NewProjectFiles>, std::vector<Finding>> set_up_project(const Workspace& workspace, const NewProjectRequest& asked,
                                                                           Date today) {
  using Made = Result<NewProjectFiles>;
  if (!is_key(asked.key)) return Made(problem("project.key-form", asked.key));
  if (asked.to < asked.from) return Made(problem("project.period-order", asked.from.iso(), asked.to.iso()));
  if (asked.min_age && asked.max_age && *asked.max_age < *asked.min_age)
    return Made(problem("project.ages-order", std::to_string(*asked.min_age), std::to_string(*asked.max_age)));
  const Configuration& configuration = workspace.configuration;
  if (configuration.projects.contains(asked.key)) return Made(problem("project.there-already", asked.key));
  const auto like = configuration.projects.find(asked.like);
  if (like == configuration.projects.end()) {
    std::string known;
    for (const auto& [key, terms] : configuration.projects) known += (known.empty() ? "" : ", ") + key;
    return Made(problem("cli.project-unknown", asked.like, known));
  }
  auto municipalities = municipalities_of(asked.municipalities, *workspace.schemas, like->second, today);
  if (!municipalities) return Made(tl::make_unexpected(municipalities.error()));

  NewProject project{.key = asked.key, .name = asked.name, .operation = {asked.from, asked.to}};
  project.municipalities = std::move(*municipalities);
  project.owner = asked.owner, project.organisation_number = asked.organisation_number, project.record_number = asked.record_number;
  project.basis = asked.basis;
  NewLimits limits{.project = asked.key, .like = asked.like, .entered = project.operation};
  limits.min_age = asked.min_age, limits.max_age = asked.max_age;
  for (const Subproject& one : project.municipalities) limits.municipalities.push_back(one.municipality);
  // The sign ° says in every answer that nobody has read it in a decision (docs/rules.md).
  limits.citation = asked.basis.empty() ? "Angivet när projektet lades upp; inte jämfört med beslutet°" : asked.basis;

  const std::string rules_name = like->second.rule_sets.back().file;
  const auto rules = with_limits(read_file(configuration.folder / "rules" / rules_name), limits);
  if (!rules) return Made(tl::make_unexpected(rules.error()));

  // As it would be: read as a whole, beside the installation, before anything of it changes.
  const TemporaryFolder tried;
  copy_files(configuration.folder, tried.path() / "config");
  const fs::path project_name = fs::path("projects") / (asked.key + ".toml"), rules_file = fs::path("rules") / rules_name;
  const std::string text = project_file(project, like->second);
  write_file(tried.path() / "config" / rules_file, *rules);
  write_file(tried.path() / "config" / project_name, text);
  if (auto findings = check_configuration(tried.path(), workspace.share); !findings.empty()) return tl::make_unexpected(std::move(findings));

  const fs::path own = workspace.home / "config";
  if (fs::exists(own)) {
    // Limits of a project that is not there yet hurt nobody; the other way round the settings would not be sound in between.
    write_file(own / rules_file, *rules);
    write_file(own / project_name, text);
  } else {
    const fs::path part = workspace.home / "config.part";
    fs::remove_all(part);
    copy_files(tried.path() / "config", part);
    fs::rename(part, own);
  }
  return Made(NewProjectFiles{own / project_name, own / rules_file});
}

}  // namespace horisont
