#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "app/answers.h"
#include "app/month.h"
#include "app/outside.h"
#include "app/watch.h"
#include "web/chart.h"
#include "web/gate.h"
#include "web/pages.h"

namespace horisont::web {
namespace {

std::string month_words(const Visit& visit, Month month) {
  return visit.t(("web.month." + std::to_string(month.month())).c_str(), {std::to_string(month.year())});
}

// Where the work of a step is done, and what the button says.
struct Work {
  std::string_view step;
  const char *path, *button;
};
constexpr Work works[] = {{"participants", "/inlasningar", "web.do.import"},
                          {"attendance", "/inlasningar", "web.do.import"},
                          {"staff-time", "/inlasningar", "web.do.import"},
                          {"results", "/deltagare", "web.do.see"},
                          {"drafts", "/inlasningar", "web.do.continue"},
                          {"problems", "/problem", "web.do.see"},
                          {"verdicts", "/deltagare?verdict=undecided", "web.do.see"},
                          {"reports", "/rapporter/ny?mall=scb-month&period=", "web.do.make"},
                          {"attest", "/manad/", "web.do.attest"},
                          {"filed", "/manad/", "web.do.file"},
                          {"closed", "/manad/", "web.do.close"},
                          {"claim", "/rapporter/ny?mall=payment-claim&period=", "web.do.make"}};

Html steps_html(const Visit& visit, const MonthEnd& end) {
  Html items;
  bool next = visit.today > end.month.last();  // attest, filed, closed: only the first that is left has a form
  for (const MonthStep& step : end.steps) {
    static constexpr const char *states[] = {"month-state.done", "month-state.look", "month-state.left"},
                                *looks[] = {"good", "look", "note"};
    const auto state = static_cast<std::size_t>(step.state);
    const std::string name = visit.say({"month-step." + std::string(step.key), {}});
    Html button;
    for (const Work& work : works)
      if (work.step == step.key && step.state != MonthStep::State::Done) {
        std::string to = visit.base() + work.path;
        if (const bool by_form = to.ends_with("/manad/"); by_form || to.ends_with("period=")) {
          to += end.month.iso();
          if (by_form && !std::exchange(next, false)) continue;
          if (by_form) to += "#steg";
        }
        button = el("a", {{"href", to}, {"class", "button small"}, {"aria-label", visit.t(work.button) + ": " + name}},
                    visit.t(work.button));
      }
    items.add(el("li", el("span", {{"class", "step"}}, name),
                 el("span", {{"class", std::string("mark ") + looks[state]}}, visit.t(states[state])),
                 el("span", {{"class", "fact"}}, visit.say(step.fact)), el("span", {{"class", "act"}}, button)));
  }
  return el("ol", {{"class", "steps"}}, items);
}

Html figure(const std::string& label, const std::string& value, const std::string& to) {
  return el("div", {{"class", "figure"}}, el("dt", label), el("dd", link(to, value)));
}

Html month_html(const Visit& visit, const MonthEnd& end) {
  const std::string month = end.month.iso(), hours = visit.base() + "/timmar?manad=" + month;
  const auto count = [&](std::int64_t number) { return count_words(number, visit.language); };
  const auto minutes = [&](std::int64_t number) { return hours_words(number, visit.language); };
  Html due;
  for (const MonthEnd::Due& one : end.due)
    due.add(el("li",
               visit.t(one.duty == "scb_month" ? "web.due.scb"
                       : one.duty == "claim"   ? "web.due.claim"
                                               : "web.due.other",
                       {one.on.iso(), one.duty}),
               one.cited.confidence == Confidence::UnverifiedDefault
                   ? el("span", {{"class", "mark look"}}, visit.t("web.unverified"))
                   : Html()));
  return el("section", {{"class", "card"}},
            el("h2", visit.t("web.month.title",
                             {month_words(visit, end.month), std::to_string(end.done()), std::to_string(end.steps.size())})),
            due.empty() ? Html() : el("ul", {{"class", "inline due"}}, due), steps_html(visit, end)) +
         el("dl", {{"class", "figures"}},
            figure(visit.t("web.figure.people"), count(end.participants), visit.base() + "/deltagare"),
            figure(visit.t("web.figure.eligible"), count(end.eligible), visit.base() + "/deltagare?verdict=eligible"),
            figure(visit.t("web.figure.undecided"), count(end.undecided), visit.base() + "/deltagare?verdict=undecided"),
            figure(visit.t("web.figure.accepted"), minutes(end.accepted), hours),
            figure(visit.t("web.figure.refused"), minutes(end.refused), hours + "&per=reason"));
}

// How many take part beside how many the newest grant decision planned.
Table participants_plan(const Snapshot::Known& known) {
  const ProjectState& state = known.state;
  const PeopleCounts& people = known.counts;
  Table table{.schema = "participants-plan"};
  table.columns = {{"what", {"Deltagare", "Participants"}}, {"number", {"Antal", "Number"}, Table::Column::Kind::Count}};
  std::optional<int> planned;
  for (const GrantDecision& grant : state.project->grants)
    if (grant.planned_participants) planned = grant.planned_participants;
  const auto add = [&](const char* what, std::int64_t number) { table.rows.push_back({Message{what, {}}, number}); };
  if (planned) add("plan-people.planned", *planned);
  add("plan-people.begun", people.begun());
  add("plan-people.eligible", known.eligible());
  add("plan-people.going-on", people.begun() - people.left());
  add("plan-people.left", people.left());
  return table;
}

// What a project manager asks first: are we on plan? Participants and money beside what was decided.
Html outlook_html(const Visit& visit) {
  const ProjectState& state = visit.state();
  const auto of = visit.snapshot->derived<Outlook>("outlook", [&] {
    const std::int64_t begun = visit.snapshot->counts().begun();
    return state.project->participant_time_is_cofinancing.value_or(false) ? outlook_of(*visit.snapshot->whole(), begun) : outlook_of(state, begun);
  });
  const auto count = [&](std::optional<std::int64_t> number) { return number ? count_words(*number, visit.language) : std::string(); };
  const auto kronor = [&](std::optional<std::int64_t> ore) { return ore ? kronor_words(*ore, visit.language) : std::string(); };
  const std::string money = visit.base() + "/ekonomi";
  const Html cost = visit.t(of->cost ? "web.overview.outlook.cost" : "web.overview.outlook.no-cost",
                            {kronor(of->cost), kronor(of->budget), kronor(of->cost_at_end)});
  return el("section", {{"class", "card outlook"}}, el("h2", link(money, visit.t("web.overview.outlook"))),
            el("p", visit.t("web.overview.outlook.people", {count(of->people), count(of->planned), count(of->people_at_end)})), el("p", cost));
}

std::shared_ptr<const Table> hours_by_month(const Visit& visit) {
  return visit.snapshot->derived<Table>(
      "hours month", [&] { return hours_by(visit, "month", {*Date::of(1, 1, 1), std::nullopt}, {}); });
}

}  // namespace

Workspace workspace_to_write(const SiteOptions& options) {
  auto workspace = open_workspace(options.home, options.share);
  if (!workspace) throw std::runtime_error("the configuration was sound when the pages were started");
  return std::move(*workspace);
}

OwnFolder::OwnFolder() : path(std::filesystem::temp_directory_path() / ("horisont-" + random_secret())) {
  std::filesystem::create_directory(path);
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}
OwnFolder::~OwnFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::optional<std::string> bytes_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::string person_address(const Visit& visit, const Table::Value& reference) {
  const auto* text = std::get_if<std::string>(&reference);
  return text && person_of_reference(*text) ? visit.base() + "/deltagare/" + *text : "";
}

Html month_choice(const Visit& visit, const std::string& name, const std::string& chosen, bool every_month) {
  Html choices;
  if (every_month) choices.add(el("option", {{"value", ""}}, visit.t("web.every-month")));
  for (const Month month : months_so_far(visit.state()))
    choices.add(el("option", {{"value", month.iso()}, {"selected", "", month.iso() == chosen}}, month_words(visit, month)));
  return el("select", {{"name", name}, {"id", name}}, choices);
}

Html hours_chart(const Visit& visit, const Table& by_month) {
  struct Bar {
    std::string month;
    std::int64_t accepted, refused;
  };
  std::vector<Bar> bars;
  std::int64_t most = 1;
  for (const auto& row : by_month.rows) {
    const auto* month = std::get_if<std::string>(&row[0]);
    if (!month) continue;
    bars.push_back({*month, std::get<std::int64_t>(row[2]), std::get<std::int64_t>(row[3])});
    most = std::max(most, bars.back().accepted + bars.back().refused);
  }
  if (bars.size() < 2) return {};
  constexpr std::size_t newest = 24;
  if (bars.size() > newest) bars.erase(bars.begin(), bars.end() - newest);
  constexpr std::int64_t height = 120, width = 18, left = 62, label = 60;
  const std::int64_t step = bars.size() <= 8 ? label : 30;
  const auto high = [&](std::int64_t minutes) { return minutes * height / most; };
  const auto n = [](std::int64_t number) { return std::to_string(number); };
  Html inside;
  // Few months do not become larger than many.
  const std::string right = n(std::max<std::int64_t>(left + static_cast<std::int64_t>(bars.size()) * step + 24, 480));
  for (const std::int64_t share : {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}}) {
    const std::string y = n(8 + height - height * share / 2);
    inside.add(el("line", {{"x1", n(left - 4)}, {"x2", right}, {"y1", y}, {"y2", y}, {"class", "axis"}}));
    inside.add(el("text", {{"x", n(left - 8)}, {"y", n(12 + height - height * share / 2)}, {"text-anchor", "end"}},
                  count_words(most * share / 2 / 60, visit.language)));
  }
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const std::int64_t x = left + static_cast<std::int64_t>(i) * step + (step - width) / 2, top = high(bars[i].accepted),
                       more = high(bars[i].refused);
    inside.add(
        el("rect", {{"x", n(x)}, {"y", n(8 + height - top)}, {"width", n(width)}, {"height", n(top)}, {"class", "accepted"}}));
    if (more > 0)
      inside.add(
          el("rect",
             {{"x", n(x)}, {"y", n(8 + height - top - more)}, {"width", n(width)}, {"height", n(more)}, {"class", "refused"}}));
    if (static_cast<std::int64_t>(i) * step % label == 0) inside.add(el("text", {{"x", n(x)}, {"y", n(height + 24)}}, bars[i].month));
  }
  const auto largest =
      std::max_element(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.accepted < b.accepted; });
  const std::string title = visit.t("web.chart.title");
  const std::string text =
      visit.t("web.chart.text",
              {bars.front().month, bars.back().month, largest->month,
               in_both(hours_words(largest->accepted, Language::Swedish), hours_words(largest->accepted, Language::English))});
  return el("figure", el("figcaption", title),
            el("svg",
               {{"role", "img"},
                {"aria-labelledby", "chart-title chart-text"},
                {"class", "chart"},
                {"viewBox", "0 0 " + right + " " + n(height + 32)}},
               el("title", {{"id", "chart-title"}}, title), el("desc", {{"id", "chart-text"}}, text), inside),
            el("p", {{"class", "legend"}}, el("span", {{"class", "key accepted"}, {"aria-hidden", "true"}}),
               visit.t("web.chart.accepted"), " ", el("span", {{"class", "key refused"}, {"aria-hidden", "true"}}),
               visit.t("web.chart.refused")));
}

Response projects_page(Visit& visit) {
  List list;
  list.table = std::make_shared<const Table>(projects_table(visit.workspace().configuration));
  list.caption = visit.t("web.projects");
  list.facets = {"programme"};
  list.says["programme"] = [&](const Table::Value& key) {
    const auto& programmes = visit.workspace().configuration.programmes;
    const auto found = programmes.find(word_of(key));
    return found == programmes.end() ? word_of(key) : found->second.name.in(visit.language);
  };
  const auto to_project = [](const Table::Value& key) { return "/p/" + std::get<std::string>(key); };
  list.links["project"] = to_project;
  return list_page(visit, visit.t("web.projects"), el("p", {{"class", "lead"}}, visit.t("web.projects.lead")), list);
}

Response overview_page(Visit& visit) {
  const auto newest = visit.snapshot->derived<Month>("latest month", [&] { return latest_month(visit.state()); });
  const auto by_month = hours_by_month(visit);
  Html main = month_html(visit, month_end(*visit.snapshot, *newest)) + outlook_html(visit);
  main.add(el("section", el("h2", visit.t("web.overview.hours")), hours_chart(visit, *by_month),
              el("details", el("summary", visit.t("web.overview.as-table")),
                 plain_table(visit, *by_month, visit.t("web.hours.by-month"), {{"month", [&](const Table::Value& month) {
                                                                                  return visit.base() + "/manad/" +
                                                                                         std::get<std::string>(month);
                                                                                }}}))));
  const auto plan = visit.snapshot->derived<Table>("participants plan",
                                                   [&] { return participants_plan(*visit.snapshot->known); });
  const Html people_chart = bar_chart(
      visit, *plan, {.id = "people", .title = visit.t("web.overview.people"), .labels = {"what"}, .values = {"number"}});
  main.add(el("section", el("h2", visit.t("web.overview.people")), people_chart,
              plain_table(visit, *plan, visit.t("web.overview.people"))));
  Html months;
  std::size_t shown_months = 0;
  for (const Month month : months_so_far(visit.state())) {
    if (++shown_months > 12) break;
    months.add(el("li", link(visit.base() + "/manad/" + month.iso(), month_words(visit, month))));
  }
  months.add(el("li", link(visit.base() + "/manader", visit.t("web.months.all"))));
  main.add(el("section", el("h2", visit.t("web.overview.months")), el("ul", {{"class", "inline"}}, months)));
  return page(visit, visit.t("web.nav.overview"), main);
}

Response month_page(Visit& visit) {
  const auto month = Month::parse(visit.parts.front());
  if (!month)
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.t("web.month.none", {visit.parts.front()}),
                        visit.base());
  // No steps for a month that the project does not have; what stands outside it is on the page of hours.
  if (const auto outside = outside_project(*visit.state().project, *month))
    return message_page(visit, 404, visit.t("web.not-found.title"), visit.say(*outside), visit.base());
  const MonthEnd end = month_end(*visit.snapshot, *month);
  if (visit.form != Visit::Form::Page && visit.request.query("tabell").empty()) {
    List list;
    list.table = std::make_shared<const Table>(month_table(end));
    return list_page(visit, "", {}, list);
  }
  return month_response(visit, *month,
                        visit.request.query("klar").empty()
                            ? Html()
                            : el("p", {{"class", "box good"}, {"role", "status"}}, visit.t("web.month.done")));
}

Response month_response(const Visit& visit, Month month, const Html& first, int status) {
  return page(visit, month_words(visit, month),
              first + month_html(visit, month_end(*visit.snapshot, month)) + month_forms(visit, month), status);
}

Response quit_page(Visit& visit) {
  Response response = message_page(visit, 200, visit.t("web.quit"), visit.t("web.quit.done"), "/");
  if (visit.site.options.stop) visit.site.options.stop();
  return response;
}

}  // namespace horisont::web
