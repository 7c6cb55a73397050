#include <algorithm>
#include <set>

#include "app/answers.h"
#include "app/correct.h"
#include "app/duplicates.h"
#include "app/effect_on_some.h"
#include "app/funding_answers.h"
#include "app/identity.h"
#include "app/month.h"
#include "app/months.h"
#include "app/outside.h"
#include "app/rules.h"
#include "app/snapshot.h"
#include "app/watch.h"
#include "cli/commands.h"
#include "core/rules/what_if.h"
#include "core/values/moment.h"

namespace horisont {
namespace {

int assess_command(const Command& command, bool dry_run) {
  Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const Assessment assessment = assess(workspace, state, !dry_run, command.actor(), command.now());
  command.print(verdict_table(state, assessment));
  return assessment.verdicts[static_cast<std::size_t>(Verdict::Undecided)] ? DoneWithRemarks : Done;
}

int status_command(const Command& command, const std::string& month) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  Snapshots snapshots{std::move(workspace)};
  const auto snapshot = snapshots.of(project, command.today(), command.known_at());
  const MonthEnd end = month_end(*snapshot, command.month(month, "--month").value_or(latest_month(snapshot->state())));
  const auto state = snapshot->whole();
  command.print(month_table(end), {},
                {watch_counts_table(*state, watch_list(*state, months_after(state->today, 1))), outlook_table(*state)});
  return end.done() == static_cast<std::int64_t>(end.steps.size()) ? Done : DoneWithRemarks;
}

int explain_command(const Command& command, const std::string& reference) {
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::Yes, command.known_at());
  const std::uint32_t person = command.person(state, reference);
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    if (state.participations[i].person != person) continue;
    const Explanation& explanation = state.explanations[i];
    const auto others = other_verdicts(
        what_would_change(state.participations[i], *state.project, *state.programme, *state.rule_set), command.language());
    if (command.form() != Form::Text) {
      Table would_change{.schema = "would_change"};
      would_change.columns = {{"text", {"Ändring", "Change"}}};
      for (const std::string& other : others) would_change.rows.push_back({other});
      command.print(explanation_table(state, explanation, person, command.language()), {}, {would_change});
    } else {
      // People read sentences, not a table of seven columns.
      const Language language = command.language();
      command.out() << reference << ": " << words({"verdict." + std::string(name_of(explanation.verdict)), {}}, language)
                    << "  (" << explanation.rule_set << ", SHA-256 " << explanation.rule_set_sha256.substr(0, 16) << ")\n";
      const Table table = explanation_table(state, explanation, person, language, workspace.schemas.get());
      for (const auto& row : table.rows) {
        const auto text = [&](std::size_t column) { return clock_words(std::get<std::string>(row[column])); };
        command.out() << "\n" << text(0) << "  " << words(std::get<Message>(row[2]), language) << "  " << text(1) << '\n';
        if (!text(3).empty()) command.out() << "     " << words({"cli.explain-limit", {text(3)}}, language) << '\n';
        if (!text(4).empty()) command.out() << "     " << words({"cli.explain-read", {text(4)}}, language) << '\n';
        if (!text(5).empty()) command.out() << "     " << text(5) << '\n';
        if (!text(6).empty()) command.out() << "     " << words({"cli.explain-basis", {text(6)}}, language) << '\n';
      }
      if (!others.empty()) command.out() << '\n' << words({"cli.explain-other", {}}, language) << '\n';
      for (const std::string& other : others) command.out() << "  – " << other << '\n';
    }
    return explanation.verdict == Verdict::Undecided ? DoneWithRemarks : Done;
  }
  return Done;
}

int hours_command(const Command& command, const std::string& by, const std::string& month, const std::string& from,
                  const std::string& to) {
  if (!month.empty() && !(from.empty() && to.empty()))
    throw Stop{WrongUsage, {"cli.not-together", {"--month", from.empty() ? "--to" : "--from"}}};
  Period period{*Date::of(1, 1, 1), std::nullopt};
  if (const auto asked = command.month(month, "--month")) period = {asked->first(), asked->last()};
  if (!from.empty()) period.first = command.date(from, "--from");
  if (!to.empty()) period.last = command.date(to, "--to");
  if (period.last && *period.last < period.first)
    throw Stop{WrongUsage, {"cli.period", {period.first.iso(), period.last->iso()}}};
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  Table table = hours_table(state, by, period);
  if (const auto asked = command.month(month, "--month"); asked && table.rows.empty())
    if (const auto outside = outside_project(*state.project, *asked))
      table.when_empty = {words(*outside, Language::Swedish), words(*outside, Language::English)};
  command.print(table);
  return !table.rows.empty() && std::get<std::int64_t>(table.rows.back().back()) != 0 ? DoneWithRemarks : Done;
}

CorrectionRequest correction_of(const Command& command, const Workspace& workspace, const std::string& reference,
                                const std::vector<std::string>& changes, const std::string& reason) {
  CorrectionRequest asked{.project = command.project(workspace), .participant = reference, .changes = {}, .reason = reason};
  for (const std::string& change : changes) {
    const std::size_t equals = change.find('=');
    if (equals == std::string::npos || equals == 0) throw Stop{WrongUsage, {"cli.field-value", {change}}};
    const auto field = field_named(workspace, change.substr(0, equals));
    if (!field) throw Stop{Refused, field.error().message};
    asked.changes.push_back({*field, change.substr(equals + 1)});
  }
  std::set<std::string> fields;
  for (const auto& change : asked.changes)
    if (!fields.insert(change.field).second) throw Stop{WrongUsage, {"cli.field-twice", {change.field}}};
  asked.today = command.today();
  asked.actor = command.actor();
  asked.now = command.now();
  return asked;
}

std::vector<std::uint32_t> people_of(const CorrectionRequest& asked) {
  const auto person = person_of_reference(asked.participant);
  return person ? std::vector{*person} : std::vector<std::uint32_t>{};
}

// What a correction would do, before anything is changed: facts, verdicts, hours, money, indicators, and what would have to be
// sent again.
int effect_command(const Command& command, const std::string& reference, const std::vector<std::string>& changes) {
  Workspace workspace = command.open_to_try();
  CorrectionRequest asked =
      correction_of(command, workspace, reference, changes, words({"effect.not-done", {}}, Language::English));
  std::optional<Message> wrong;
  std::vector<Finding> doubts;
  const Preview shown = preview(workspace, asked.project, command.today(), people_of(asked), [&] {
    if (const auto done = correct(workspace, asked); !done)
      wrong = done.error().message;
    else
      doubts = against_the_number(workspace, asked);
  });
  if (wrong) throw Stop{Refused, *wrong};
  show_effect(command, workspace, asked.project, shown, doubts);
  command.say(doubts, Level::Warning);
  command.say({"cli.effect-not-done", {}});
  return shown.resend.rows.empty() ? Done : DoneWithRemarks;
}

int duplicates_command(const Command& command) {
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const auto found = double_uses(workspace, state, command.language());
  const Table answers = same_person_table(workspace, state, found);
  std::vector<Table> parts;
  if (command.form() == Form::Json || (command.form() == Form::Text && !answers.rows.empty())) parts.push_back(answers);
  command.print(double_uses_table(found), {}, parts);
  const bool open = std::any_of(found.begin(), found.end(), [](const DoubleUse& use) { return use.open(); });
  if (open) command.say({"cli.duplicates-questions", {}});
  if (std::any_of(found.begin(), found.end(), [](const DoubleUse& use) { return use.kind == DoubleUse::Kind::SamePerson && use.open(); }))
    command.say({"cli.duplicates-answer", {}});
  return open ? DoneWithRemarks : Done;
}

int same_person_command(const Command& command, const std::string& one, const std::string& other, const std::string& answer,
                        const std::string& reason) {
  const auto said = answer == "same" || answer == "samma"        ? SamePersonAnswer::Said::Same
                    : answer == "different" || answer == "olika" ? SamePersonAnswer::Said::Different
                                                                 : SamePersonAnswer::Said::Open;
  Workspace workspace = command.open();
  const auto kept = answer_same_person(workspace, {.project = command.project(workspace),
                                                   .participant = one,
                                                   .other = other,
                                                   .said = said,
                                                   .reason = reason,
                                                   .today = command.today(),
                                                   .actor = command.actor(),
                                                   .now = command.now()});
  if (!kept) throw Stop{Refused, kept.error().message};
  const std::string word(name_of(kept->said));
  command.done("same-person", {{"participant", one}, {"other", other}, {"answer", word}}, {"cli.same-person-" + word, {one, other}});
  return Done;
}

// `stopped_at_filed` with a way of its own to find out what the change does.
std::optional<int> stopped_unless_said(const Command& command, Workspace& workspace, const std::string& project,
                                       const std::function<Preview(Date, const std::function<void()>&)>& see,
                                       const std::function<Result<bool>()>& change, bool shown_always) {
  const bool show_all = command.form() == Form::Text;
  if (command.said_yes() && !show_all) return std::nullopt;
  const std::vector<MonthEvent> events = workspace.store.month_events(project);
  const bool only_shown = show_all && shown_always;
  if (events.empty() && !only_shown) return std::nullopt;
  bool possible = true;
  const Preview shown =
      see(events.empty() ? command.today() : day_of_guard(events, command.now()), [&] { possible = change().has_value(); });
  // What cannot be done at all says why when it is done.
  if (!possible || (shown.filed.empty() && !only_shown)) return std::nullopt;
  if (shown.filed.empty()) {
    show_effect(command, workspace, project, shown);
    if (command.said_yes() || !command.may_ask() || command.confirmed({"cli.correct-ask", {}})) return std::nullopt;
    command.say({"cli.correct-not-done", {}});
    return Refused;
  }
  if (show_all) show_effect(command, workspace, project, shown);
  if (command.said_yes() || command.confirmed({"month.ask-yes", {listed(shown.filed)}})) return std::nullopt;
  const std::vector<Finding> problems{needs_yes(shown.filed)};
  if (!show_all) show_effect(command, workspace, project, shown, problems);
  command.say(problems, Level::Error);
  return Refused;
}

int correct_command(const Command& command, const std::string& reference, const std::vector<std::string>& changes,
                    const std::string& reason) {
  Workspace workspace = command.open();
  const CorrectionRequest asked = correction_of(command, workspace, reference, changes, reason);
  const auto stop = stopped_unless_said(
      command, workspace, asked.project,
      [&](Date day, const auto& try_it) { return preview(workspace, asked.project, day, people_of(asked), try_it); },
      [&]() -> Result<bool> {
        const auto tried = correct(workspace, asked);
        if (!tried) return tl::make_unexpected(tried.error());
        return true;
      },
      true);
  if (stop) return *stop;
  const auto laid = correct(workspace, asked);
  if (!laid) throw Stop{Refused, laid.error().message};
  std::set<std::string> fields;
  for (const auto& change : asked.changes) fields.insert(change.field);
  std::vector<std::pair<std::string, Table::Fact>> facts{{"participant", reference}};
  for (const std::string& field : fields) facts.emplace_back("corrected." + field, "yes");
  command.done("corrected", std::move(facts), {"cli.corrected", {reference}},
               against_the_number(workspace, asked));
  say_reopened(command, *laid);
  return Done;
}

int identity_command(const Command& command, const std::string& file) {
  // A number on the line stays in the history of the shell, so it is not read from there.
  std::error_code error;
  if (names_a_person(file) && !std::filesystem::exists(file, error)) throw Stop{WrongUsage, {"cli.identity-takes-a-file", {}}};
  std::vector<IdentityCheck> checks;
  if (file == "-")
    checks = check_identities(*command.here().in, command.today());
  else
    checks = check_identities(std::filesystem::path(file), command.today());
  command.print(identity_table(checks));
  return std::any_of(checks.begin(), checks.end(), [](const IdentityCheck& check) { return !check.read; }) ? DoneWithRemarks
                                                                                                           : Done;
}

}  // namespace

void show_effect(const Command& command, const Workspace& workspace, const std::string& project, const Preview& shown,
                 const std::vector<Finding>& problems) {
  const Table facts = difference_table(workspace, project, shown, 0);
  const std::vector<Table> parts{verdict_changes_table(shown.effect), month_changes_table(shown.effect),
                                 claim_changes_table(shown.effect), indicator_changes_table(shown.effect), shown.resend};
  command.print(facts, problems, command.form() == Form::Plain ? std::vector<Table>{} : parts);
}

Finding needs_yes(const std::vector<Month>& filed) {
  return {.code = "month.needs-yes", .level = Level::Error, .values = {listed(filed)}};
}

std::optional<int> stopped_at_filed(const Command& command, Workspace& workspace, const std::string& project,
                                    const std::function<Result<bool>()>& change, bool shown_always) {
  return stopped_unless_said(
      command, workspace, project, [&](Date day, const auto& try_it) { return preview(workspace, project, day, try_it); }, change,
      shown_always);
}

void add_answers(Menu& menu) {
  const Command& command = menu.command();
  auto& reference = menu.keep<std::string>();
  auto& reason = menu.keep<std::string>();
  auto& changes = menu.keep<std::vector<std::string>>();
  CLI::App* correct = menu.sub("correct");
  correct->add_option("ID", reference, menu.text("cli.o.id"))->required();
  correct->add_option("FIELD=VALUE", changes, menu.text("cli.o.change"))->required();
  correct->add_option("--reason", reason, menu.text("cli.o.reason"))->required();
  menu.does(correct, [&] { return correct_command(command, reference, changes, reason); });
  CLI::App* effect_of = menu.sub("effect");
  effect_of->add_option("ID", reference, menu.text("cli.o.id"))->required();
  effect_of->add_option("FIELD=VALUE", changes, menu.text("cli.o.change"))->required();
  menu.does(effect_of, [&] { return effect_command(command, reference, changes); });
  menu.answers(menu.sub("duplicates"), [&] { return duplicates_command(command); });
  auto& other = menu.keep<std::string>();
  auto& said = menu.keep<std::string>();
  CLI::App* same = menu.sub("same-person");
  same->add_option("ID", reference, menu.text("cli.o.same-person-one"))->required();
  same->add_option("OTHER", other, menu.text("cli.o.same-person-other"))->required();
  same->add_option("ANSWER", said, menu.text("cli.o.same-person-answer"))
      ->required()
      ->check(CLI::IsMember({"same", "different", "open", "samma", "olika", "öppen"}));
  same->add_option("--reason", reason, menu.text("cli.o.reason"))->required();
  menu.does(same, [&] { return same_person_command(command, reference, other, said, reason); });

  // See
  auto& verdict = menu.keep<std::string>();
  CLI::App* participants = menu.sub("participants");
  participants->add_option("--verdict", verdict, menu.text("cli.o.verdict"))
      ->check(CLI::IsMember({"eligible", "eligible-with-remarks", "not-eligible", "undecided"}));
  menu.answers(participants, [&] {
    const Workspace workspace = command.open();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    std::optional<Verdict> only;
    for (int i = 0; i < 4; ++i)
      if (name_of(static_cast<Verdict>(i)) == verdict) only = static_cast<Verdict>(i);
    command.print(participants_table(state, only));
    return Done;
  });
  auto& by = menu.keep<std::string>("month");
  auto& from = menu.keep<std::string>();
  auto& to = menu.keep<std::string>();
  auto& hours_month = menu.keep<std::string>();
  CLI::App* status_app = menu.sub("status");
  status_app->add_option("--month", hours_month, menu.text("cli.o.only-month"));
  menu.answers(status_app, [&] { return status_command(command, hours_month); });
  CLI::App* hours = menu.sub("hours");
  hours->add_option("--by", by, menu.text("cli.o.by"))
      ->check(CLI::IsMember({"participant", "activity", "day", "month", "reason", "signature"}));
  hours->add_option("--month", hours_month, menu.text("cli.o.only-month"));
  hours->add_option("--from", from, menu.text("cli.o.from"));
  hours->add_option("--to", to, menu.text("cli.o.to"));
  menu.answers(hours, [&] { return hours_command(command, by, hours_month, from, to); });

  // Decide
  auto& dry_run = menu.keep<bool>(false);
  CLI::App* assess_app = menu.sub("assess");
  assess_app->add_flag("--dry-run", dry_run, menu.text("cli.o.assess-dry-run"));
  menu.answers(assess_app, [&] { return assess_command(command, dry_run); });
  CLI::App* explain_app = menu.sub("explain");
  explain_app->add_option("ID", reference, menu.text("cli.o.id"))->required();
  menu.answers(explain_app, [&] { return explain_command(command, reference); });

  // Identity
  auto& identity_file = menu.keep<std::string>();
  CLI::App* identity = menu.group("identity");
  CLI::App* check = menu.sub(identity, "check");
  check->add_option("FILE", identity_file, menu.text("cli.o.identity-file"))->required();
  menu.does(check, [&] { return identity_command(command, identity_file); });
}

}  // namespace horisont
