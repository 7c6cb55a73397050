#include "app/answers.h"
#include "app/correct.h"
#include "app/follow_up.h"
#include "app/months.h"
#include "app/watch.h"
#include "cli/commands.h"

namespace horisont {
namespace {

// Opens a filed or closed month only for somebody who has seen what that does.
bool may_reopen(const Command& command, const Workspace& workspace, const MonthRequest& asked) {
  if (command.said_yes() || !is_reason(asked.reason)) return true;
  const ProjectState state = project_state(workspace, asked.project, asked.today, Explain::No);
  const std::vector<MonthStanding> all = standings_of(state);
  // What cannot be done at all says why when it is done.
  if (!may_become(MonthEvent::Kind::Reopened, asked.month, all, asked.today)) return true;
  std::vector<Month> sent;
  std::string is;
  for (const MonthStanding& one : all) {
    if (one.month == asked.month) is = name_of(one.state);
    if (one.filed && one.month >= asked.month) sent.push_back(one.month);
  }
  const Message state_word{"month-state." + is, {}};
  command.say({sent.empty() ? "cli.reopen-does" : "cli.reopen-does-filed",
               {asked.month.iso(), in_both(words(state_word, Language::Swedish), words(state_word, Language::English)), listed(sent)}});
  return command.confirmed({"cli.reopen-ask", {asked.month.iso()}});
}

int month_command(const Command& command, const std::string& what, const std::string& month, const std::string& reason) {
  const auto asked_month = command.month(month, "MONTH");
  if (!asked_month) throw Stop{WrongUsage, {"cli.month", {"MONTH", month}}};
  Workspace workspace = command.open();
  const MonthRequest asked{.project = command.project(workspace),
                           .month = *asked_month,
                           .reason = reason,
                           .today = command.today(),
                           .actor = command.actor(),
                           .now = command.now()};
  if (what == "reopen" && !may_reopen(command, workspace, asked)) throw Stop{Refused, {"cli.reopen-needs-yes", {asked.month.iso()}}};
  const auto done = what == "attest"  ? attest_month(workspace, asked)
                    : what == "close" ? close_month(workspace, asked)
                                      : reopen_month(workspace, asked);
  if (!done) throw Stop{Refused, done.error().message};
  print_month(command, workspace, asked.project, *asked_month);
  if (what == "attest" && done->attested && done->attested->same_person) command.say({"month.same-person", {}});
  return Done;
}

}  // namespace

void print_month(const Command& command, const Workspace& workspace, const std::string& project, Month month) {
  ProjectState state = project_state(workspace, project, command.today(), Explain::No);
  std::erase_if(state.months, [&](const MonthStanding& one) { return one.month != month; });
  command.print(months_table(state, {state.participations, state.today}));
}

void add_months(Menu& menu) {
  const Command& command = menu.command();
  auto& month_word = menu.keep<std::string>();
  auto& month_reason = menu.keep<std::string>();
  menu.answers(menu.sub("months"), [&] {
    const Workspace workspace = command.open();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    command.print(months_table(state, {state.participations, state.today}));
    return Done;
  });
  CLI::App* month_group = menu.group("month");
  for (const char* what : {"attest", "close", "reopen"}) {
    CLI::App* made = menu.sub(month_group, what);
    made->add_option("MONTH", month_word, menu.text("cli.o.month-of"))->required();
    if (std::string_view(what) != "close") {
      CLI::Option* why = made->add_option("--reason", month_reason, menu.text("cli.o.reason"));
      if (std::string_view(what) == "reopen") why->required();
    }
    menu.does(made, [&, what] { return month_command(command, what, month_word, month_reason); });
  }
  menu.answers(menu.sub("plan"), [&] {
    const Workspace workspace = command.open();
    const Table plan =
        plan_table(project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at()));
    command.print(plan);
    return plan.rows.empty() ? Done : DoneWithRemarks;
  });
  auto& months_ahead = menu.keep<int>(3);
  CLI::App* calendar = menu.sub("calendar");
  calendar->add_option("--months", months_ahead, menu.text("cli.o.months-ahead"))->check(CLI::Range(1, 120));
  menu.answers(calendar, [&] {
    const Workspace workspace = command.open();
    Month last = Month::containing(command.today());
    for (int i = 0; i < months_ahead; ++i) last = last.next();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    command.print(calendar_table(state, last.last()), {},
                  {watch_table(state, watch_list(state, last.last())), outlook_table(state)});
    return Done;
  });
  CLI::App* follow_up = menu.sub("follow-up");
  follow_up->add_option("--months", months_ahead, menu.text("cli.o.months-ahead"))->check(CLI::Range(1, 120));
  menu.answers(follow_up, [&] {
    const Workspace workspace = command.open();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    const Date to = months_after(command.today(), months_ahead);
    const Table table = follow_up_table(state, to);
    // Whom somebody should look for who has not left: what else there is to watch.
    auto watched = watch_list(state, to);
    std::erase_if(watched, [](const Watched& one) { return one.kind == "exit-without-result" || one.kind == "six-months"; });
    command.print(table, {}, {watch_table(state, watched)});
    return table.rows.empty() ? Done : DoneWithRemarks;
  });
}

}  // namespace horisont
