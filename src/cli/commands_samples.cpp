#include <set>

#include "app/sample.h"
#include "cli/commands.h"

namespace horisont {
namespace {

struct SampleArguments {
  std::string frame, method = "simple", strata, seed, from, to, output, id, file, book, spread, anticipated;
  std::uint64_t places = 0, least = 2;  // a stratum of one drawn unit says nothing of the spread
  std::uint32_t population = 0, points = 3, points_of_draw = 0, response = 60;
  int confidence = 90;
};

ConfidenceLevel confidence_of(int percent) {
  return percent == 60   ? ConfidenceLevel::Percent60
         : percent == 70 ? ConfidenceLevel::Percent70
         : percent == 80 ? ConfidenceLevel::Percent80
                         : ConfidenceLevel::Percent90;
}

void show_sample(const Command& command, const Workspace& workspace, const DrawnSample& sample, const std::string& file) {
  const ProjectState state = project_state(workspace, command.project(workspace), command.today(), Explain::No);
  if (!file.empty()) write_sample(workspace, state, sample, file, command.language());
  command.print(sample_table(state, sample, command.language()));
  command.say(draw_holds_if(workspace, command.project(workspace), sample));
}

void must_be_workbook(const std::string& file) {
  if (!file.empty() && !file.ends_with(".xlsx") && !file.ends_with(".XLSX"))
    throw Stop{WrongUsage, {"cli.not-xlsx", {file}}};
}

// What the line says that no sample could be drawn by, whatever is stored.
bool is_usage(const Message& message) {
  static const std::set<std::string> usage{"sample.seed",   "sample.places", "sample.no-value",        "sample.no-period",
                                           "sample.period", "sample.strata", "sample.strata-not-asked",
                                           "sample.leavers-size"};
  return usage.contains(message.id);
}

int sample_draw_command(const Command& command, const SampleArguments& arguments) {
  must_be_workbook(arguments.output);
  must_be_new(arguments.output);
  must_have_folder(arguments.output);
  Workspace workspace = command.open();
  SampleRequest asked{.project = command.project(workspace),
                      .frame = *sample_frame(arguments.frame),
                      .method = *sample_method(arguments.method),
                      .strata = arguments.strata,
                      .period = {*Date::of(1, 1, 1), std::nullopt},
                      .places = arguments.places,
                      .least = arguments.least,
                      .points = arguments.points_of_draw,
                      .response = arguments.response,
                      .seed = arguments.seed,
                      .today = command.today(),
                      .actor = command.actor(),
                      .now = command.now()};
  if (!arguments.from.empty()) asked.period.first = command.date(arguments.from, "--from");
  if (!arguments.to.empty()) asked.period.last = command.date(arguments.to, "--to");
  const auto sample = draw_sample(workspace, asked);
  if (!sample) throw Stop{is_usage(sample.error().message) ? WrongUsage : Refused, sample.error().message};
  show_sample(command, workspace, *sample, arguments.output);
  command.say({"cli.sample-drawn",
               {sample->id(), std::to_string(sample->units.size()), std::to_string(sample->frame.size()),
                sample->stored.digest.substr(0, 16)}});
  return Done;
}

int sample_show_command(const Command& command, const SampleArguments& arguments) {
  must_be_workbook(arguments.output);
  must_be_new(arguments.output);
  must_have_folder(arguments.output);
  const Workspace workspace = command.open();
  const auto sample = drawn_sample(workspace, command.project(workspace), arguments.id);
  if (!sample) throw Stop{Refused, sample.error().message};
  show_sample(command, workspace, *sample, arguments.output);
  return Done;
}

int sample_result_command(const Command& command, const SampleArguments& arguments) {
  const Workspace workspace = command.open();
  const auto sample = drawn_sample(workspace, command.project(workspace), arguments.id);
  if (!sample) throw Stop{Refused, sample.error().message};
  const auto result = sample_result(*sample, arguments.file, confidence_of(arguments.confidence));
  if (!result) throw Stop{Unreadable, result.error().message};
  command.print(sample_result_table(*result));
  command.say({"cli.sample-plan-unverified", {}});
  return result->whole.verdict == AuditVerdict::Accept ? Done : DoneWithRemarks;
}

std::int64_t amount_of(const std::string& text, const char* option, std::int64_t scale) {
  const auto amount = whole_amount(text, scale);
  if (!amount || *amount < 0) throw Stop{WrongUsage, {"cli.amount", {text, option}}};
  return *amount;
}

// How large a sample of money has to be, or of people who left.
int sample_plan_command(const Command& command, const SampleArguments& arguments) {
  Table table{.schema = "sample-plan"};
  table.columns = {{"what", {"Vad", "What"}}, {"number", {"Antal", "Number"}, Table::Column::Kind::Count}};
  if (arguments.population > 0) {
    const std::uint64_t answers = answers_needed(arguments.population, arguments.points);
    const std::uint64_t ask = people_to_ask(arguments.population, answers, arguments.response);
    table.rows.push_back({Message{"sample.plan.population", {}}, static_cast<std::int64_t>(arguments.population)});
    table.rows.push_back(
        {Message{"sample.plan.answers", {std::to_string(arguments.points)}}, static_cast<std::int64_t>(answers)});
    table.rows.push_back({Message{"sample.plan.ask", {std::to_string(arguments.response)}}, static_cast<std::int64_t>(ask)});
  } else {
    if (arguments.book.empty() || arguments.spread.empty()) throw Stop{WrongUsage, {"cli.sample-plan-what", {}}};
    const Money book = Money::of_ore(amount_of(arguments.book, "--book", 100));
    const Money anticipated =
        Money::of_ore(arguments.anticipated.empty() ? 0 : amount_of(arguments.anticipated, "--anticipated", 100));
    const auto spread = amount_of(arguments.spread, "--spread", 1'000'000);
    if (spread > 1'000'000) throw Stop{WrongUsage, {"cli.amount", {arguments.spread, "--spread"}}};
    const auto size = size_of_money_sample(book, confidence_of(arguments.confidence), static_cast<std::uint32_t>(spread),
                                           tolerable_error(book), anticipated);
    if (!size) throw Stop{Refused, size.error().message};
    table.rows.push_back({Message{"sample.plan.tolerable", {}}, tolerable_error(book).ore()});
    table.rows.push_back({Message{"sample.plan.size", {}}, static_cast<std::int64_t>(*size)});
  }
  command.print(table);
  command.say({"cli.sample-plan-unverified", {}});
  return Done;
}

}  // namespace

void add_samples(Menu& menu) {
  const Command& command = menu.command();
  auto& of_sample = menu.keep<SampleArguments>();
  CLI::App* sample = menu.group("sample");
  const auto confidence = [&](CLI::App* on) {
    on->add_option("--confidence", of_sample.confidence, menu.text("cli.o.confidence"))->check(CLI::IsMember({60, 70, 80, 90}));
  };
  CLI::App* sample_plan = menu.sub(sample, "plan");
  sample_plan->add_option("--leavers", of_sample.population, menu.text("cli.o.leavers"));
  sample_plan->add_option("--points", of_sample.points, menu.text("cli.o.points"))->check(CLI::Range(1, 20));
  sample_plan->add_option("--response", of_sample.response, menu.text("cli.o.response"))->check(CLI::Range(1, 100));
  sample_plan->add_option("--book", of_sample.book, menu.text("cli.o.book"));
  sample_plan->add_option("--spread", of_sample.spread, menu.text("cli.o.spread"));
  sample_plan->add_option("--anticipated", of_sample.anticipated, menu.text("cli.o.anticipated"));
  confidence(sample_plan);
  menu.does(sample_plan, [&] { return sample_plan_command(command, of_sample); });
  CLI::App* sample_draw = menu.sub(sample, "draw");
  sample_draw->add_option("FRAME", of_sample.frame, menu.text("cli.o.sample-frame"))
      ->required()
      ->check(CLI::IsMember({"participants", "hours", "claims", "leavers"}));
  sample_draw->add_option("--size", of_sample.places, menu.text("cli.o.sample-size"))
      ->check(CLI::Range(1, 1'000'000));
  sample_draw->add_option("--points", of_sample.points_of_draw, menu.text("cli.o.points"))->check(CLI::Range(1, 20));
  sample_draw->add_option("--response", of_sample.response, menu.text("cli.o.response"))->check(CLI::Range(1, 100));
  sample_draw->add_option("--seed", of_sample.seed, menu.text("cli.o.sample-seed"))->required();
  sample_draw->add_option("--method", of_sample.method, menu.text("cli.o.sample-method"))
      ->check(CLI::IsMember({"simple", "stratified", "monetary-unit"}));
  sample_draw->add_option("--by", of_sample.strata, menu.text("cli.o.sample-by"));
  sample_draw->add_option("--least", of_sample.least, menu.text("cli.o.sample-least"))->check(CLI::Range(0, 1'000'000));
  sample_draw->add_option("--from", of_sample.from, menu.text("cli.o.from"));
  sample_draw->add_option("--to", of_sample.to, menu.text("cli.o.to"));
  sample_draw->add_option("-o,--output", of_sample.output, menu.text("cli.o.sample-file"));
  menu.does(sample_draw, [&] { return sample_draw_command(command, of_sample); });
  menu.does(menu.sub(sample, "list"), [&] {
    const Workspace workspace = command.open();
    command.print(samples_table(workspace.store.samples(command.project(workspace))));
    return Done;
  });
  CLI::App* sample_show = menu.sub(sample, "show");
  sample_show->add_option("ID", of_sample.id, menu.text("cli.o.sample-id"))->required();
  sample_show->add_option("-o,--output", of_sample.output, menu.text("cli.o.sample-file"));
  menu.does(sample_show, [&] { return sample_show_command(command, of_sample); });
  CLI::App* sample_results = menu.sub(sample, "result");
  sample_results->add_option("ID", of_sample.id, menu.text("cli.o.sample-id"))->required();
  sample_results->add_option("FILE", of_sample.file, menu.text("cli.o.sample-filled"))->required();
  confidence(sample_results);
  menu.does(sample_results, [&] { return sample_result_command(command, of_sample); });
}

}  // namespace horisont
