#include "app/answers.h"
#include "app/demo.h"
#include "app/exposed.h"
#include "app/new_project.h"
#include "cli/commands.h"
#include "web/ui.h"

namespace horisont {
namespace {

int demo_command(const Command& command, const std::string& folder) {
  const auto target = folder.empty() ? std::filesystem::path("horisont-demo") : std::filesystem::path(folder);
  const auto say = [&](const Message& message) { command.say(message); };
  // Pages that are open hold the database, and would go on writing to one that is no longer there.
  if (!page_links(target / "installation", {"/"}, false).empty()) throw Stop{Refused, {"demo.served", {target.string()}}};
  if (const auto obstacle = demo_obstacle(target))
    if (!obstacle->may_be_replaced || (!command.said_yes() && !command.confirmed(obstacle->why)))
      throw Stop{Refused, obstacle->why};
  const DemoOutcome outcome = run_demo(target, command.here().share, command.language(), command.actor(), command.now(), say);
  if (!outcome.trouble.empty()) return command.trouble(outcome.status, outcome.trouble);
  command.print(outcome.table);
  command.print(outcome.workbooks);
  if (command.form() == Form::Text)
    command.say(
        {outcome.agrees ? "demo.agrees" : "demo.differs", {outcome.summary.string(), std::to_string(outcome.differences)}});
  return outcome.agrees ? Done : Disagreement;
}

// "16-29", with a hyphen or a dash.
void take_ages(const std::string& text, NewProjectRequest& asked) {
  if (text.empty()) return;
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() <= 2 && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  std::string_view first = text, last;
  for (const std::string_view dash : {"-", "–"})
    if (const auto at = text.find(dash); at != std::string::npos)
      first = std::string_view(text).substr(0, at), last = std::string_view(text).substr(at + dash.size());
  if (!digits(first) || !digits(last)) throw Stop{WrongUsage, {"cli.ages-form", {text}}};
  asked.min_age = std::stoi(std::string(first)), asked.max_age = std::stoi(std::string(last));
}

struct NewProjectArguments {
  NewProjectRequest asked;
  std::string from, to, ages;
};

int project_new_command(const Command& command, NewProjectArguments& arguments) {
  if (is_pack(command.home())) throw Stop{Refused, {"audit.read-only", {}}};
  NewProjectRequest& asked = arguments.asked;
  asked.from = command.date(arguments.from, "--from"), asked.to = command.date(arguments.to, "--to");
  take_ages(arguments.ages, asked);
  if (asked.name.en.empty()) asked.name.en = asked.name.sv;
  auto made = set_up_project(command.create(), asked, command.today());
  if (!made) return command.trouble(Unreadable, made.error());
  if (!*made) throw Stop{Refused, made->error().message};
  const std::string project = (*made)->project.string(), rules = (*made)->rules.string();
  command.done("project", {{"key", asked.key}, {"file", project}, {"rules", rules}}, {"cli.project-made", {asked.key, project, rules}});
  return Done;
}

}  // namespace

void add_set_up(Menu& menu) {
  const Command& command = menu.command();
  menu.does(menu.sub("init"), [&] {
    if (is_pack(command.home())) throw Stop{Refused, {"audit.read-only", {}}};
    const Workspace workspace = command.create();
    // A database that stood there before may be damaged; nothing is built on that.
    if (const auto faults = workspace.store.check(); !faults.empty())
      throw Stop{Disagreement,
                 {"store.damaged", {(command.home() / "data" / "horisont.db").string(), words(faults[0], command.language())}}};
    const std::string made = command.home().string();
    command.done("init", {{"home", made}}, {"cli.init-done", {made}});
    return Done;
  });
  auto& demo_folder = menu.keep<std::string>();
  CLI::App* demo = menu.sub("demo");
  demo->add_option("DIR", demo_folder, menu.text("cli.o.demo-dir"));
  menu.does(demo, [&] { return demo_command(command, demo_folder); });
  menu.does(menu.sub("doctor"), [&] {
    const Workspace workspace = command.open();
    const auto faults = workspace.store.check(),
               exposed = is_pack(command.home()) ? std::vector<Message>{} : exposed_files(command.home());
    Table table = pragmas_table(workspace.store.pragmas(), faults);
    for (const Message& one : exposed) table.rows.push_back({Message{"doctor.rights", {}}, one});
    command.print(table);
    return !faults.empty() ? Disagreement : exposed.empty() ? Done : DoneWithRemarks;
  });
  CLI::App* config = menu.group("config");
  menu.does(menu.sub(config, "check"), [&] {
    const auto findings = check_configuration(command.home(), command.here().share);
    if (!findings.empty()) return command.trouble(Unreadable, findings);
    command.print(findings_table({}));
    command.say({"cli.config-sound", {}});
    return int{Done};
  });
  auto& setting = menu.keep<std::string>();
  CLI::App* config_show = menu.sub(config, "show");
  config_show->add_option("KEY", setting, menu.text("cli.o.setting"));
  menu.does(config_show, [&] {
    const Configuration configuration = command.configuration();
    const Table table = settings_table(configuration, command.named_project(configuration), setting);
    if (table.rows.empty()) throw Stop{Refused, {"cli.setting-unknown", {setting}}};
    command.print(table);
    return Done;
  });
  CLI::App* project = menu.group("project");
  menu.does(menu.sub(project, "list"), [&] {
    command.print(projects_table(command.configuration()));
    return Done;
  });
  auto& project_key = menu.keep<std::string>();
  CLI::App* project_show = menu.sub(project, "show");
  project_show->add_option("KEY", project_key, menu.text("cli.o.key"))->required();
  menu.does(project_show, [&] {
    const Configuration configuration = command.configuration();
    const auto found = configuration.projects.find(project_key);
    if (found == configuration.projects.end()) {
      std::vector<std::string> keys;
      for (const auto& [key, terms] : configuration.projects) keys.push_back(key);
      throw Stop{WrongUsage, {"cli.project-unknown", {project_key, Command::joined(keys)}}};
    }
    command.print(project_table(found->second));
    return Done;
  });
  auto& own = menu.keep<NewProjectArguments>();
  CLI::App* project_new = menu.sub(project, "new");
  project_new->add_option("KEY", own.asked.key, menu.text("cli.o.new-key"))->required();
  project_new->add_option("--like", own.asked.like, menu.text("cli.o.like"))->required();
  project_new->add_option("--name", own.asked.name.sv, menu.text("cli.o.name"))->required();
  project_new->add_option("--name-en", own.asked.name.en, menu.text("cli.o.name-en"));
  project_new->add_option("--from", own.from, menu.text("cli.o.operation-from"))->required();
  project_new->add_option("--to", own.to, menu.text("cli.o.operation-to"))->required();
  project_new->add_option("--municipality", own.asked.municipalities, menu.text("cli.o.municipality"))->required()->delimiter(',');
  project_new->add_option("--ages", own.ages, menu.text("cli.o.ages"));
  project_new->add_option("--owner", own.asked.owner, menu.text("cli.o.owner"));
  project_new->add_option("--organisation-number", own.asked.organisation_number, menu.text("cli.o.organisation-number"));
  project_new->add_option("--record-number", own.asked.record_number, menu.text("cli.o.record-number"));
  project_new->add_option("--basis", own.asked.basis, menu.text("cli.o.basis"));
  menu.does(project_new, [&] { return project_new_command(command, own); });

  menu.does(menu.sub("version"), [&] {
    if (command.form() == Form::Json)
      command.text("version", "version", program_version());
    else
      command.out() << "horisont " << program_version() << '\n';
    return Done;
  });
}

}  // namespace horisont
