#include "app/balance.h"
#include "app/funding_answers.h"
#include "app/money_answers.h"
#include "app/outside.h"
#include "cli/commands.h"

namespace horisont {
namespace {

Period staff_period(const Command& command, const std::string& year, const std::string& month) {
  if (const auto asked = command.month(month, "--month")) return {asked->first(), asked->last()};
  if (year.empty()) return {*Date::of(1, 1, 1), std::nullopt};
  const auto january = Month::parse(year + "-01");
  if (!january) throw Stop{WrongUsage, {"cli.year", {year}}};
  return {january->first(), Date::of(january->year(), 12, 31)};
}

int staff_time_command(const Command& command, const std::string& year, const std::string& month) {
  const Period period = staff_period(command, year, month);
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const Table months = staff_time_table(state, period), caps = staff_caps_table(state, period);
  const std::vector<Finding> problems = staff_findings(state, period);
  if (command.form() == Form::Json) {
    command.out() << as_json(months, problems, {caps}) << '\n';
  } else {
    command.print(months);
    if (command.form() == Form::Text && !caps.rows.empty()) {
      command.out() << '\n';
      command.print(caps);
    }
  }
  command.say(problems, Level::Notice);
  const auto& rows = months.rows;
  return !rows.empty() && std::get<std::int64_t>(rows.back()[5]) != 0 ? DoneWithRemarks : Done;
}

struct ClaimArguments {
  std::string period, from, to, other_direct, allowances, given, in_kind, in_kind_from, lump_sum, deliverable;
};

Money money_argument(const std::string& text, const char* option) {
  if (const auto amount = money_of(text)) return *amount;
  throw Stop{WrongUsage, {"cli.money", {option, text}}};
}

// The months that are meant, one after the other, all of the operation.
std::vector<Month> months_asked(const Command& command, const Workspace& workspace, const ClaimArguments& arguments) {
  if (!arguments.period.empty() && !(arguments.from.empty() && arguments.to.empty()))
    throw Stop{WrongUsage, {"cli.not-together", {"--period", arguments.from.empty() ? "--to" : "--from"}}};
  const bool one = !arguments.period.empty();
  const auto first = one ? command.month(arguments.period, "--period") : command.month(arguments.from, "--from");
  const auto last = one ? first : command.month(arguments.to, "--to");
  if (!first || !last) throw Stop{WrongUsage, {"cli.claim-which", {}}};
  if (*last < *first) throw Stop{WrongUsage, {"cli.period", {first->iso(), last->iso()}}};
  const ProjectTerms& project = *workspace.project(command.project(workspace));
  std::vector<Month> months;
  for (Month month = *first; month <= *last; month = month.next()) {
    if (const auto outside = outside_project(project, month)) throw Stop{Refused, *outside};
    months.push_back(month);
  }
  return months;
}

int claim_command(const Command& command, const ClaimArguments& arguments) {
  CostBase besides;
  if (!arguments.other_direct.empty())
    besides.other_direct = ExactMoney::of(money_argument(arguments.other_direct, "--other-direct"));
  if (!arguments.allowances.empty())
    besides.participant_allowances = ExactMoney::of(money_argument(arguments.allowances, "--allowances"));
  Given given{.from = arguments.in_kind_from};
  if (!arguments.given.empty()) given.cash = money_argument(arguments.given, "--cofinancing-given");
  if (!arguments.in_kind.empty()) given.in_kind = money_argument(arguments.in_kind, "--cofinancing-in-kind");
  std::optional<LumpSum> lump;
  if (!arguments.lump_sum.empty()) lump = LumpSum{money_argument(arguments.lump_sum, "--lump-sum"), arguments.deliverable};
  if (!lump && !arguments.deliverable.empty()) throw Stop{WrongUsage, {"cli.needed", {"--lump-sum"}}};
  const Workspace workspace = command.open();
  const std::vector<Month> months = months_asked(command, workspace, arguments);
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const auto answer = claim_answer(state, months, besides, given, lump);
  if (!answer) {
    const int status = command.trouble(Refused, answer.error());
    command.say({"claim.nothing", {}});
    return status;
  }
  command.print(answer->lines, answer->findings, {answer->sums, answer->terms});
  command.say(answer->findings, Level::Warning);
  const bool over = months.back().last() < command.today();
  if (!over) command.say({"claim.not-over", {months.back().iso()}});
  if (!answer->not_closed.empty()) command.say({"claim.not-closed", {listed(answer->not_closed)}});
  return answer->share_kept && !answer->draft ? Done : DoneWithRemarks;
}

int balance_command(const Command& command) {
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const auto balance = balance_of(workspace, state);
  if (!balance) {
    const int status = command.trouble(Refused, balance.error());
    command.say({"claim.nothing", {}});
    return status;
  }
  command.print(balance->sums, {}, {balance->months, balance->budget, balance->documents});
  return balance->as_it_should ? Done : DoneWithRemarks;
}

int hourly_rate_command(const Command& command, const std::string& annual, const std::string& share, const std::string& worked,
                        const std::string& on) {
  const Money annual_gross = money_argument(annual, "--annual-gross");
  const auto time = time_of(worked);
  if (!time) throw Stop{WrongUsage, {"cli.hours-worked", {worked}}};
  std::optional<int> employed;
  if (!share.empty()) {
    employed = share_of_work(share);
    if (!employed) throw Stop{WrongUsage, {"cli.employment", {share}}};
  }
  const Date day = on.empty() ? command.today() : command.date(on, "--on");
  const Workspace workspace = command.open();
  const auto table = hourly_rate_table(workspace.programme(*workspace.project(command.project(workspace))), day, annual_gross,
                                       *time, employed);
  if (!table) throw Stop{Refused, table.error().message};
  command.print(*table);
  return std::get<std::int64_t>(table->rows[2][2]) == 0 ? Done : DoneWithRemarks;
}

}  // namespace

void add_money(Menu& menu) {
  const Command& command = menu.command();
  auto& staff_year = menu.keep<std::string>();
  auto& staff_month = menu.keep<std::string>();
  CLI::App* staff = menu.sub("staff-time");
  staff->add_option("--year", staff_year, menu.text("cli.o.year"));
  staff->add_option("--month", staff_month, menu.text("cli.o.only-month"));
  menu.answers(staff, [&] { return staff_time_command(command, staff_year, staff_month); });

  auto& claimed = menu.keep<ClaimArguments>();
  CLI::App* claim = menu.sub("claim");
  claim->add_option("--period", claimed.period, menu.text("cli.o.claim-period"));
  claim->add_option("--from", claimed.from, menu.text("cli.o.claim-from"));
  claim->add_option("--to", claimed.to, menu.text("cli.o.claim-to"));
  claim->add_option("--other-direct", claimed.other_direct, menu.text("cli.o.other-direct"));
  claim->add_option("--allowances", claimed.allowances, menu.text("cli.o.allowances"));
  claim->add_option("--lump-sum", claimed.lump_sum, menu.text("cli.o.lump-sum"));
  claim->add_option("--deliverable", claimed.deliverable, menu.text("cli.o.deliverable"));
  claim->add_option("--cofinancing-given", claimed.given, menu.text("cli.o.cofinancing-given"));
  claim->add_option("--cofinancing-in-kind", claimed.in_kind, menu.text("cli.o.cofinancing-in-kind"));
  claim->add_option("--in-kind-from", claimed.in_kind_from, menu.text("cli.o.in-kind-from"));
  menu.answers(claim, [&] { return claim_command(command, claimed); });
  CLI::App* balance = menu.sub("balance");
  menu.answers(balance, [&] { return balance_command(command); });
  auto& annual_gross = menu.keep<std::string>();
  auto& employment = menu.keep<std::string>();
  auto& hours_worked = menu.keep<std::string>();
  auto& rate_day = menu.keep<std::string>();
  CLI::App* hourly_rate = menu.sub("hourly-rate");
  hourly_rate->add_option("--annual-gross", annual_gross, menu.text("cli.o.annual-gross"))->required();
  hourly_rate->add_option("--hours", hours_worked, menu.text("cli.o.hours-worked"))->required();
  hourly_rate->add_option("--employment", employment, menu.text("cli.o.employment"));
  hourly_rate->add_option("--on", rate_day, menu.text("cli.o.rate-day"));
  menu.does(hourly_rate, [&] { return hourly_rate_command(command, annual_gross, employment, hours_worked, rate_day); });
}

}  // namespace horisont
