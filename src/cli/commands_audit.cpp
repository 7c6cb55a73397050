#include <algorithm>

#include "app/audit_pack.h"
#include "app/evidence.h"
#include "app/history.h"
#include "app/manual.h"
#include "app/watch.h"
#include "cli/commands.h"

namespace horisont {
namespace {

struct AuditArguments {
  std::string sample, file, reason, approver, recipient, folder, manifest;
  bool names = false;
};

int audit_pack_command(const Command& command, const AuditArguments& arguments) {
  const std::string receipt = std::filesystem::path(arguments.file).replace_extension(".kvitto.txt").string();
  must_be_new(arguments.file);
  must_be_new(receipt);
  must_have_folder(arguments.file);
  Workspace workspace = command.open();
  const auto made = make_pack(workspace,
                              {.project = command.project(workspace),
                               .sample = arguments.sample,
                               .names = arguments.names,
                               .reason = arguments.reason,
                               .approved_by = arguments.approver,
                               .recipient = arguments.recipient,
                               .receipt = receipt,
                               .language = command.language(),
                               .today = command.today(),
                               .actor = command.actor(),
                               .now = command.now()},
                              arguments.file, command.progress(arguments.file));
  if (!made) throw Stop{made.error().message.id == "audit.reason-unasked" ? WrongUsage : Refused, made.error().message};
  command.done("audit-pack",
               {{"file", arguments.file},
                {"files", static_cast<std::int64_t>(made->files)},
                {"persons", static_cast<std::int64_t>(made->persons)},
                {"left_out", static_cast<std::int64_t>(made->left_out)},
                {"manifest", made->manifest_sha256},
                {"entry", made->entry},
                {"receipt", receipt}},
               {"audit.made",
                {arguments.file, std::to_string(made->files), std::to_string(made->persons), made->manifest_sha256, made->entry,
                 receipt}});
  if (made->left_out > 0) command.say({"audit.protected", {std::to_string(made->left_out)}});
  return Done;
}

int audit_open_command(const Command& command, const AuditArguments& arguments) {
  std::filesystem::path folder = arguments.folder;
  if (folder.empty()) folder = std::filesystem::path(arguments.file).replace_extension();
  must_have_folder(folder.string());
  const auto opened = open_pack(arguments.file, folder, command.here().share, arguments.manifest);
  if (!opened) {
    const bool refused = opened.error().message.id == "audit.folder-exists";
    throw Stop{opened.error().altered ? Disagreement : refused ? Refused : Unreadable, opened.error().message};
  }
  Table unproved{.schema = "audit-unproved"};
  unproved.columns = {{"what", {"Vilar på paketets egen lista", "Rests on the pack's own list alone"}}};
  for (const Message& one : opened->unproved) unproved.rows.push_back({one});
  command.print(opened->table, opened->findings, {unproved});
  command.say(opened->findings, Level::Warning);
  command.say({"audit.opened", {opened->folder.string()}});
  return opened->agrees() ? Done : Disagreement;
}

int evidence_command(const Command& command, const std::string& reference, const std::string& criterion, bool wanting) {
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  std::optional<std::uint32_t> person;
  if (!reference.empty()) person = command.person(state, reference);
  const ReportInput input = state.input();
  std::vector<EvidenceRow> rows = evidence_register(input);
  const auto is_wanting = [](const EvidenceRow& row) { return row.needed && row.state != EvidenceRow::State::OnFile; };
  std::erase_if(rows, [&](const EvidenceRow& row) {
    return (person && row.person->person != *person) || (!criterion.empty() && row.criterion != criterion) || (wanting && !is_wanting(row));
  });
  // What runs out within the next months stands beside, also of what is on file today.
  auto watched = watch_list(state, months_after(state.today, 3));
  std::erase_if(watched, [&](const Watched& one) {
    return one.kind != "evidence-expires" || (!criterion.empty() && one.what != criterion) ||
           (!reference.empty() && one.who != reference);
  });
  command.print(evidence_table(state, rows, command.language()), {}, {watch_table(state, watched)});
  return std::any_of(rows.begin(), rows.end(), is_wanting) ? DoneWithRemarks : Done;
}

struct OverrideArguments {
  std::string whom, reason, approver, evidence;
  std::vector<std::string> codes;
  bool not_met = false, withdraw = false;
};

int override_command(const Command& command, const OverrideArguments& arguments) {
  if (arguments.withdraw != arguments.codes.empty()) throw Stop{WrongUsage, {"cli.needed", {"CODE"}}};
  Workspace workspace = command.open();
  const ManualRequest asked{.project = command.project(workspace),
                            .participant = arguments.whom,
                            .codes = arguments.codes,
                            .met = !arguments.not_met,
                            .reason = arguments.reason,
                            .evidence = arguments.evidence,
                            .approved_by = arguments.approver,
                            .today = command.today(),
                            .actor = command.actor(),
                            .now = command.now()};
  const auto make = [&] {
    return arguments.withdraw ? withdraw_manual(workspace, arguments.whom, asked) : decide_by_hand(workspace, asked);
  };
  const auto stop = stopped_at_filed(command, workspace, asked.project, [&]() -> Result<bool> {
    const auto tried = make();
    if (!tried) return tl::make_unexpected(tried.error());
    return true;
  });
  if (stop) return *stop;
  const auto made = make();
  if (!made) throw Stop{Refused, made.error().message};
  const ManualDecision& manual = made->decision;
  const auto verdict = [&](Verdict of) { return words({"verdict." + std::string(name_of(of)), {}}, command.language()); };
  command.done("override",
               {{"decision", manual.id()},
                {"participant", participant_reference(manual.person)},
                {"before", std::string(name_of(manual.before))},
                {"after", std::string(name_of(manual.after))}},
               {manual.before == manual.after ? "cli.override-same" : "cli.override-done",
                {manual.id(), participant_reference(manual.person), verdict(manual.before), verdict(manual.after)}});
  say_reopened(command, made->reopened);
  return Done;
}

}  // namespace

void add_audit(Menu& menu) {
  const Command& command = menu.command();
  auto& arguments = menu.keep<AuditArguments>();
  CLI::App* audit = menu.group("audit");
  CLI::App* pack = menu.sub(audit, "pack");
  pack->add_option("--sample", arguments.sample, menu.text("cli.o.audit-sample"))->required();
  pack->add_option("-o,--output", arguments.file, menu.text("cli.o.audit-file"))->required();
  pack->add_flag("--names", arguments.names, menu.text("cli.o.audit-names"));
  pack->add_option("--reason", arguments.reason, menu.text("cli.o.audit-reason"));
  pack->add_option("--approved-by", arguments.approver, menu.text("cli.o.audit-approver"));
  pack->add_option("--recipient", arguments.recipient, menu.text("cli.o.audit-recipient"));
  menu.does(pack, [&] { return audit_pack_command(command, arguments); });
  CLI::App* open = menu.sub(audit, "open");
  open->add_option("PACK", arguments.file, menu.text("cli.o.audit-pack"))->required();
  open->add_option("--folder", arguments.folder, menu.text("cli.o.audit-folder"));
  open->add_option("--manifest", arguments.manifest, menu.text("cli.o.audit-manifest"));
  menu.does(open, [&] { return audit_open_command(command, arguments); });

  auto& reference = menu.keep<std::string>();
  auto& criterion = menu.keep<std::string>();
  auto& wanting = menu.keep<bool>(false);
  CLI::App* evidence = menu.group("evidence");
  CLI::App* list = menu.sub(evidence, "list");
  list->add_option("--criterion", criterion, menu.text("cli.o.evidence-criterion"));
  list->add_flag("--missing", wanting, menu.text("cli.o.evidence-missing"));
  menu.answers(list, [&] { return evidence_command(command, "", criterion, wanting); });
  CLI::App* show = menu.sub(evidence, "show");
  show->add_option("ID", reference, menu.text("cli.o.id"))->required();
  menu.answers(show, [&] { return evidence_command(command, reference, "", false); });

  auto& over = menu.keep<OverrideArguments>();
  CLI::App* by_hand = menu.sub("override");
  by_hand->add_option("ID", over.whom, menu.text("cli.o.override-person"))->required();
  by_hand->add_option("CODE", over.codes, menu.text("cli.o.override-codes"));
  by_hand->add_option("--reason", over.reason, menu.text("cli.o.reason"))->required();
  by_hand->add_option("--approved-by", over.approver, menu.text("cli.o.audit-approver"));
  by_hand->add_option("--evidence", over.evidence, menu.text("cli.o.override-evidence"));
  by_hand->add_flag("--not-met", over.not_met, menu.text("cli.o.override-not-met"));
  by_hand->add_flag("--withdraw", over.withdraw, menu.text("cli.o.override-withdraw"));
  menu.does(by_hand, [&] { return override_command(command, over); });
  menu.answers(menu.sub("overrides"), [&] {
    const Workspace workspace = command.open();
    const std::string project = command.project(workspace);
    const ProjectState state = project_state(workspace, project, command.today(), Explain::No, command.known_at());
    command.print(manual_table(state, workspace.store.manual_decisions(project, command.known_at())));
    return Done;
  });
  CLI::App* history = menu.sub("history");
  history->add_option("ID", reference, menu.text("cli.o.id"))->required();
  menu.answers(history, [&] {
    const Workspace workspace = command.open();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    command.print(history_table(workspace, state.project->key, command.person(state, reference), command.language(),
                                command.known_at()));
    return Done;
  });
}

}  // namespace horisont
