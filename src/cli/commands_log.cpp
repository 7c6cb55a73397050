#include <algorithm>

#include "app/history.h"
#include "app/answers.h"
#include "app/log.h"
#include "app/rules.h"
#include "app/witness.h"
#include "cli/commands.h"

namespace horisont {
namespace {

struct LogArguments {
  std::string entry, output, file, key, state, name, watch, replaces, challenge, request, authorities, exported;
  std::vector<std::string> files;
  std::optional<std::uint64_t> since;
};

// The project's newest checkpoint.
LogHead log_head(const Workspace& workspace, const std::string& project) {
  const auto head = workspace.store.log_head(project);
  // A log that was taken away is no log that has not begun.
  if (!head && !workspace.store.check_log(project).empty()) throw Stop{Disagreement, {"log.gone", {project}}};
  if (!head) throw Stop{Refused, {"log.empty", {project}}};
  return *head;
}

int log_status_command(const Command& command) {
  const Workspace workspace = command.open();
  command.print(log_table(log_head(workspace, command.project(workspace)), command.now()));
  return Done;
}

// The note alone, as a witness or a file takes it.
int log_checkpoint_command(const Command& command, const LogArguments& arguments) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const LogHead head = log_head(workspace, project);
  must_be_new(arguments.output);
  std::string text = head.note;
  if (arguments.since) {
    const auto request = workspace.store.log_request(project, *arguments.since);
    if (!request) throw Stop{Refused, {"log.too-few", {std::to_string(*arguments.since), std::to_string(head.size)}}};
    text = *request;
  }
  if (arguments.output.empty()) {
    command.text("checkpoint", arguments.since ? "request" : "note", text);
    return Done;
  }
  write_text_file(arguments.output, text);
  command.print(log_table(head));
  return Done;
}

// The second party's side: no installation, no project.
int log_witness_command(const Command& command, const LogArguments& arguments) {
  const Witnessed done = witness(
      {arguments.file, arguments.state, arguments.key, arguments.name, arguments.watch, arguments.replaces}, command.now());
  if (done.refused) throw Stop{Refused, *done.refused};
  if (!done.answer) {
    command.done("witness", {{"vkey", done.vkey}}, {"witness.ready", {done.vkey}});
    return Done;
  }
  command.text("witness-answer", "answer", text_of(*done.answer));
  const int code = done.answer->code;
  command.say({("witness." + std::to_string(code)).c_str(), {}});
  return code == 200 ? Done : code == 400 ? Unreadable : Disagreement;
}

int log_cosign_command(const Command& command, const LogArguments& arguments) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  log_head(workspace, project);
  const auto answer = read_witness_answer(arguments.file);
  if (!answer) throw Stop{Unreadable, {"witness.no-answer", {arguments.file}}};
  if (answer->code != 200) throw Stop{Disagreement, {("witness." + std::to_string(answer->code)).c_str(), {}}};
  if (const auto why = workspace.store.add_cosignature(project, arguments.key, answer->line, command.actor(), command.now()))
    throw Stop{Refused, *why};
  command.print(log_table(log_head(workspace, project)));
  return Done;
}

// The auditor's own words, answered with an entry, its proof and a checkpoint.
int log_challenge_command(const Command& command, const LogArguments& arguments) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  log_head(workspace, project);
  if (const auto why = unfit_challenge(arguments.challenge)) throw Stop{Refused, *why};
  must_be_new(arguments.output);
  must_be_new(arguments.output + ".leaf");
  must_have_folder(arguments.output);
  const auto entry = workspace.store.add_challenge(project, arguments.challenge, command.actor(), command.now());
  prove_entry(workspace, project, std::to_string(entry), arguments.output);
  command.print(log_table(log_head(workspace, project)));
  command.say({"log.challenged", {"L-" + std::to_string(entry), arguments.output}});
  return Done;
}

// An authority's time stamp: the request goes out as a file, the reply comes in as one.
int log_timestamp_command(const Command& command, const LogArguments& arguments) {
  const bool asks = !arguments.output.empty(), takes = !arguments.file.empty();
  if (asks == takes || takes != !arguments.request.empty() || takes != !arguments.authorities.empty())
    throw Stop{WrongUsage, {"timestamp.ask-or-take", {}}};
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const LogHead head = log_head(workspace, project);
  if (asks) {
    must_be_new(arguments.output);
    write_timestamp_request(workspace, project, arguments.output);
    command.print(log_table(head));
    command.say({"timestamp.asked", {arguments.output}});
    return Done;
  }
  const TakenIn taken = take_in_timestamp(workspace, project, arguments.file, arguments.request, arguments.authorities,
                                          command.actor(), command.now());
  if (taken.refused) throw Stop{taken.unreadable ? Unreadable : taken.disagrees ? Disagreement : Refused, *taken.refused};
  command.print(log_table(log_head(workspace, project), command.now()));
  return Done;
}

// Whether the log is still the one that someone outside has a checkpoint of.
int log_compare_command(const Command& command, const LogArguments& arguments) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  if (arguments.exported.empty()) log_head(workspace, project);
  if (!arguments.output.empty()) must_be_new(arguments.output);
  // All of them are read before anything is said.
  std::vector<tlog::Answer> answers;
  for (const std::string& file : arguments.files) {
    const auto held = checkpoint_in(file);
    if (!held) throw Stop{Unreadable, {"log.no-checkpoint-in", {file}}};
    answers.push_back(compare_checkpoint(workspace, project, arguments.exported, *held, command.language(), command.now()));
  }
  const bool several = answers.size() > 1;
  Table table{.schema = "log-compare"};
  table.columns = {{"file", {"Fil", "File"}}, {"answer", {"Svar", "Answer"}, Table::Column::Kind::Text, true}};
  std::string all;
  int status = Done;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    std::string said;
    for (const std::string& line : answers[i].lines) said += line + "\n";
    table.rows.push_back({arguments.files[i], said});
    all += (several ? arguments.files[i] + "\n" : std::string()) + said;
    const bool altered = answers[i].shown == tlog::Shown::Altered;
    status = std::max<int>(status, altered ? Disagreement : answers[i].shown == tlog::Shown::Unreadable ? Unreadable : Done);
  }
  if (several && command.form() == Form::Json)
    command.print(table);
  else
    command.text("log-compare", "answer", all);
  const auto contradiction =
      std::find_if(answers.begin(), answers.end(), [](const tlog::Answer& one) { return one.contradiction.size() == 2; });
  if (!arguments.output.empty() && contradiction != answers.end())
    write_text_file(arguments.output, contradiction->contradiction[0] + "\n" + contradiction->contradiction[1]);
  return status;
}

int log_key_show_command(const Command& command) {
  const Workspace workspace = command.open();
  const LogHead head = log_head(workspace, command.project(workspace));
  command.text("log-key", "vkey", head.key + "\n");
  return Done;
}

int log_key_rotate_command(const Command& command) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  log_head(workspace, project);
  if (!command.said_yes() && !command.confirmed({"log.confirm-rotate", {}}))
    throw Stop{Refused, {"log.rotate-unconfirmed", {}}};
  const std::uint64_t entry = workspace.store.rotate_log_key(project, command.actor(), command.now());
  const LogHead head = log_head(workspace, project);
  command.print(log_table(head, command.now()));
  command.say({"log.rotated", {"L-" + std::to_string(entry), head.key}});
  return Done;
}

int log_verify_command(const Command& command) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const auto faults = workspace.store.check_log(project);
  command.print(log_check_table(log_head(workspace, project), faults, command.now()));
  return faults.empty() ? Done : Disagreement;
}

int log_export_command(const Command& command, const LogArguments& arguments) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const LogHead head = log_head(workspace, project);
  must_be_new(arguments.output);
  export_log(workspace, project, arguments.output);
  command.print(log_table(head));
  return Done;
}

int log_prove_command(const Command& command, const LogArguments& arguments) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const LogHead head = log_head(workspace, project);
  must_be_new(arguments.output);
  must_be_new(arguments.output + ".leaf");
  if (!prove_entry(workspace, project, arguments.entry, arguments.output))
    throw Stop{Refused, {"log.no-entry", {arguments.entry, std::to_string(head.size)}}};
  command.print(log_table(head));
  return Done;
}

}  // namespace

void add_log(Menu& menu) {
  const Command& command = menu.command();
  auto& of_log = menu.keep<LogArguments>();
  CLI::App* log = menu.group("log");
  menu.does(menu.sub(log, "status"), [&] { return log_status_command(command); });
  CLI::App* log_checkpoint = menu.sub(log, "checkpoint");
  log_checkpoint->add_option("--since", of_log.since, menu.text("cli.o.log-since"))->check(CLI::NonNegativeNumber);
  log_checkpoint->add_option("-o,--output", of_log.output, menu.text("cli.o.log-file"));
  menu.does(log_checkpoint, [&] { return log_checkpoint_command(command, of_log); });
  CLI::App* log_witness = menu.sub(log, "witness");
  log_witness->add_option("REQUEST", of_log.file, menu.text("cli.o.witness-request"));
  log_witness->add_option("--state", of_log.state, menu.text("cli.o.witness-state"))->required();
  log_witness->add_option("--key", of_log.key, menu.text("cli.o.witness-key"))->required();
  log_witness->add_option("--name", of_log.name, menu.text("cli.o.witness-name"));
  log_witness->add_option("--watch", of_log.watch, menu.text("cli.o.witness-watch"));
  log_witness->add_option("--replaces", of_log.replaces, menu.text("cli.o.witness-replaces"));
  menu.does(log_witness, [&] { return log_witness_command(command, of_log); });
  CLI::App* cosign = menu.sub(log, "cosign");
  cosign->add_option("ANSWER", of_log.file, menu.text("cli.o.witness-answer"))->required();
  cosign->add_option("--witness", of_log.key, menu.text("cli.o.witness-vkey"))->required();
  menu.does(cosign, [&] { return log_cosign_command(command, of_log); });
  CLI::App* challenge = menu.sub(log, "challenge");
  challenge->add_option("TEXT", of_log.challenge, menu.text("cli.o.challenge"))->required();
  challenge->add_option("-o,--output", of_log.output, menu.text("cli.o.log-file"))->required();
  menu.does(challenge, [&] { return log_challenge_command(command, of_log); });
  CLI::App* timestamp = menu.sub(log, "timestamp");
  timestamp->add_option("REPLY", of_log.file, menu.text("cli.o.timestamp-reply"));
  timestamp->add_option("--request", of_log.request, menu.text("cli.o.timestamp-request"));
  timestamp->add_option("--ca", of_log.authorities, menu.text("cli.o.timestamp-ca"));
  timestamp->add_option("-o,--output", of_log.output, menu.text("cli.o.log-file"));
  menu.does(timestamp, [&] { return log_timestamp_command(command, of_log); });
  CLI::App* compare = menu.sub(log, "compare");
  compare->add_option("CHECKPOINT", of_log.files, menu.text("cli.o.compare"))->required();
  compare->add_option("--export", of_log.exported, menu.text("cli.o.compare-export"));
  compare->add_option("-o,--output", of_log.output, menu.text("cli.o.compare-output"));
  menu.does(compare, [&] { return log_compare_command(command, of_log); });
  CLI::App* key = menu.sub(log, "key");
  key->require_subcommand(1);
  menu.does(menu.sub(key, "show"), [&] { return log_key_show_command(command); });
  menu.does(menu.sub(key, "rotate"), [&] { return log_key_rotate_command(command); });
  menu.does(menu.sub(log, "looks"), [&] {
    const Workspace workspace = command.open();
    command.print(looks_table(workspace, command.named_project(workspace)));
    return Done;
  });
  menu.does(menu.sub(log, "verify"), [&] { return log_verify_command(command); });
  CLI::App* log_export = menu.sub(log, "export");
  log_export->add_option("-o,--output", of_log.output, menu.text("cli.o.log-file"))->required();
  menu.does(log_export, [&] { return log_export_command(command, of_log); });
  CLI::App* prove = menu.sub(log, "prove");
  prove->add_option("ENTRY", of_log.entry, menu.text("cli.o.log-entry"))->required();
  prove->add_option("-o,--output", of_log.output, menu.text("cli.o.log-file"))->required();
  menu.does(prove, [&] { return log_prove_command(command, of_log); });
}

}  // namespace horisont
