#include "core/reports/long_term.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/audit/exact.h"
#include "core/audit/projection.h"
#include "core/indicators/six_months.h"
#include "core/reports/cells.h"
#include "core/reports/said.h"

namespace horisont {
namespace {

struct Characteristic {
  const char* name;
  std::string LongTermGroups::*of;
  std::vector<std::string> groups;
};

std::vector<Characteristic> characteristics(Framework framework) {
  const bool plus = framework == Framework::EsfPlus;
  return {{"status", &LongTermGroups::status, {"unemployed", "inactive", "employed"}},
          {"age", &LongTermGroups::age,
           plus ? std::vector<std::string>{"age-0-17", "age-18-29", "age-30-54", "age-55"}
                : std::vector<std::string>{"age-0-24", "age-25-54", "age-55"}},
          {"education", &LongTermGroups::education,
           plus ? std::vector<std::string>{"isced-0-2", "isced-3-4", "isced-5-8"}
                : std::vector<std::string>{"isced-0", "isced-1-2", "isced-3-4", "isced-5-8"}}};
}

// Who is in the frame and among those drawn, as the register knows them now.
struct One {
  const Participation* who;
  LongTermGroups groups;
  bool drawn = false, answered = false;
};

// What the person said, or why nothing: a word of the list; "not_counted" for what came too early, without a day or says nothing.
std::string_view response_of(const One& one) {
  if (!one.who->result) return {};
  const ExitResult& result = *one.who->result;
  const auto& word = result.six_month_response;
  if (one.answered) return word ? std::string_view(word->value) : "answered";
  if (gave_no_answer(result)) return word->value;
  return word || result.six_month_status || result.six_month_date ? "not_counted" : "";
}

std::vector<std::uint32_t> persons_of(const std::vector<One>& all, bool (*counts)(const One&)) {
  std::vector<std::uint32_t> persons;
  for (const One& one : all)
    if (counts(one)) persons.push_back(one.who->person);
  return persons;
}
bool any(const One&) { return true; }
bool drawn(const One& one) { return one.drawn; }
bool answered(const One& one) { return one.drawn && one.answered; }

Cell share_cell(const std::vector<std::uint32_t>& persons, std::int64_t of) {
  return counted_cell(Ratio{std::ssize(persons), of}, persons, Cell::Counted::Persons);
}
Cell group_cell(const std::string& group) { return cell(Message{"long-term.group." + group, {}}); }

// Shares with hundredths of a percentage point, kept between none and all.
Cell bound_cell(std::int64_t hundredths) { return cell(Ratio{std::clamp<std::int64_t>(hundredths, 0, 10'000), 10'000}); }

}  // namespace

std::optional<LongTermGroups> long_term_groups(const Participation& p, Framework framework, const IndicatorTerms& terms) {
  if (!had_entered(p, terms) || !exit_by(p, terms) || !missing_facts(p, framework, terms).empty()) return std::nullopt;
  const bool plus = framework == Framework::EsfPlus;
  const std::string& status = p.employment_status->value;
  const int age = *age_at_entry(p, terms);
  const char level = p.isced_level->value[5];
  LongTermGroups groups;
  groups.status = status == "self_employed" ? "employed" : status;
  groups.age = age >= 55 ? "age-55" : !plus ? (age < 25 ? "age-0-24" : "age-25-54") : age < 18 ? "age-0-17" : age < 30 ? "age-18-29" : "age-30-54";
  groups.education = level >= '5'   ? "isced-5-8"
                     : level >= '3' ? "isced-3-4"
                     : plus         ? "isced-0-2"
                     : level == '0' ? "isced-0"
                                    : "isced-1-2";
  if (groups.status != "unemployed" && groups.status != "inactive" && groups.status != "employed") return std::nullopt;
  return groups;
}

std::int64_t chi_square_thousandths(const std::vector<std::int64_t>& frame, const std::vector<std::int64_t>& sample) {
  std::int64_t all = 0, taken = 0, sum = 0;
  for (const std::int64_t group : frame) all += group;
  for (const std::int64_t group : sample) taken += group;
  if (taken == 0 || taken >= all) return 0;
  for (std::size_t i = 0; i < frame.size(); ++i) {
    if (frame[i] == 0) continue;
    const std::int64_t difference = sample[i] * all - taken * frame[i];
    const auto square = static_cast<Wide>(difference < 0 ? -difference : difference);
    // (o - e)^2 / e, with o the group's sample, e its expected one, and N / (N - n) for the finite frame.
    sum += static_cast<std::int64_t>(half_up(square * square * 1'000'000, static_cast<Wide>(taken) * static_cast<Wide>(frame[i]) *
                                                                           static_cast<Wide>(all - taken)));
  }
  return static_cast<std::int64_t>(half_up(static_cast<Wide>(sum), 1'000));
}

std::int64_t chi_square_limit(std::size_t degrees) {
  static constexpr std::array<std::int64_t, 5> five_per_cent{0, 3'841, 5'991, 7'815, 9'488};
  return five_per_cent.at(degrees);
}

std::int64_t margin_hundredths(std::int64_t population, std::int64_t answers, std::int64_t yes) {
  if (answers == 0) return 10'000;
  if (answers >= population) return 0;
  const auto N = static_cast<Wide>(population), n = static_cast<Wide>(answers), y = static_cast<Wide>(yes);
  if (yes == 0 || yes == answers) return std::min<std::int64_t>(10'000, static_cast<std::int64_t>((30'000 + n - 1) / n));
  // The smallest e with e^2 n^3 (N - 1) >= 19 600^2 y (n - y) (N - n).
  const Product square{19'600, 19'600, y, n - y, N - n};
  const auto below = [&](std::uint64_t e) { return !(square <= Product{e, e, n, n, n, N - 1}); };
  return std::min<std::int64_t>(10'000, static_cast<std::int64_t>(last_that([&](std::uint64_t e) { return e == 0 || below(e); })) + 1);
}

Report long_term_sample(const ReportInput& input, Framework framework, const LongTermSample& sample) {
  const Date as_of = input.today;
  const IndicatorTerms terms = indicator_terms(input, as_of);
  Report report = new_report("long-term-sample", input, {as_of, as_of});
  std::map<std::string_view, const Participation*> register_of;
  for (const Participation& p : input.participations) register_of.emplace(p.reference, &p);
  const std::set<std::string_view> in_draw(sample.drawn.begin(), sample.drawn.end());
  std::vector<One> all;
  for (const std::string& reference : sample.frame) {
    const auto found = register_of.find(reference);
    if (found == register_of.end()) continue;
    // A correction may have made a record incomplete since; it stays what it was drawn as only in number.
    const auto groups = long_term_groups(*found->second, framework, terms);
    if (groups) all.push_back({found->second, *groups, in_draw.contains(reference), answered_after_six_months(*found->second, terms)});
  }
  std::sort(all.begin(), all.end(), [](const One& a, const One& b) { return a.who->person < b.who->person; });
  const auto population = persons_of(all, any), taken = persons_of(all, drawn), said = persons_of(all, answered);
  const auto N = std::ssize(population), n = std::ssize(taken), answers = std::ssize(said);

  Sheet plan{.id = "plan", .fields = {"item", "value"}};
  const auto item = [&](const char* key, Cell value) {
    add_row(plan, row_of(cell(Message{std::string("long-term.plan.") + key, {}}), std::move(value)));
  };
  const auto needed = [&](std::uint32_t points) { return static_cast<std::int64_t>(answers_needed(static_cast<std::uint32_t>(N), points)); };
  item("sample", reference_cell(sample.id));
  item("population", persons_cell(population));
  item("needed_3", cell(needed(3)));
  item("needed_2", cell(needed(2)));
  item("drawn", persons_cell(taken));
  item("answered", persons_cell(said));
  item("response", share_cell(said, n));
  item("margin", bound_cell(N == 0 ? 10'000 : margin_hundredths(N, answers, answers / 2)));
  item("everybody", yes_no_cell(n == N));
  item("method", cell(Message{"sample.method." + sample.method, {}}));
  item("seed", text_cell(sample.seed));
  item("checkpoint", text_cell(sample.checkpoint));
  item("digest", hash_cell(sample.digest));
  item("drawn_at", text_cell(time_words(sample.drawn_at)));

  Sheet distribution{.id = "distribution",
                     .fields = {"characteristic", "group", "population", "population_share", "drawn", "drawn_share", "answered",
                                "answered_share"}};
  Sheet tests{.id = "tests",
              .fields = {"characteristic", "degrees", "limit", "chi_square_drawn", "drawn_stands", "chi_square_answered",
                         "answered_stands"}};
  std::int64_t in_groups = 0, not_standing = 0;
  for (const Characteristic& one : characteristics(framework)) {
    std::vector<std::int64_t> frame, of_draw, of_answers;
    const Cell name = choice_cell("long-term", one.name);
    for (const std::string& group : one.groups) {
      std::vector<One> members;
      for (const One& person : all)
        if (person.groups.*one.of == group) members.push_back(person);
      const auto whole = persons_of(members, any), part = persons_of(members, drawn), heard = persons_of(members, answered);
      frame.push_back(std::ssize(whole)), of_draw.push_back(std::ssize(part)), of_answers.push_back(std::ssize(heard));
      in_groups += std::ssize(whole);
      add_row(distribution, row_of(Cell(name), group_cell(group), persons_cell(whole), share_cell(whole, N), persons_cell(part),
                                   share_cell(part, n), persons_cell(heard), share_cell(heard, answers)));
    }
    const auto filled = std::count_if(frame.begin(), frame.end(), [](std::int64_t group) { return group > 0; });
    const auto degrees = static_cast<std::size_t>(std::max<std::int64_t>(filled, 1) - 1);
    const std::int64_t limit = chi_square_limit(degrees), by_draw = chi_square_thousandths(frame, of_draw),
                       by_answers = chi_square_thousandths(frame, of_answers);
    not_standing += answers > 0 && by_answers > limit;
    add_row(tests, row_of(Cell(name), cell(static_cast<std::int64_t>(degrees)), cell(limit), cell(by_draw), yes_no_cell(by_draw <= limit),
                          answers > 0 ? cell(by_answers) : Cell{}, answers > 0 ? yes_no_cell(by_answers <= limit) : cell(YesNo::Unknown)));
  }

  Sheet people{.id = "sample",
               .fields = {"rank", "participant", "status", "age", "education", "exit_date", "ask_from", "response"}};
  std::int64_t to_ask = 0;
  std::map<std::string_view, const One*> by_reference;
  for (const One& one : all) by_reference.emplace(one.who->reference, &one);
  for (std::size_t i = 0; i < sample.drawn.size(); ++i) {
    const auto found = by_reference.find(sample.drawn[i]);
    std::vector<Cell> row(people.fields.size());
    row[0] = cell(static_cast<std::int64_t>(i + 1)), row[1] = reference_cell(sample.drawn[i]);
    if (found != by_reference.end()) {
      const One& one = *found->second;
      const Date exit = *exit_by(*one.who, terms), ask_from = months_after(exit, terms.longer_term_months);
      const std::string_view response = response_of(one);
      row[2] = group_cell(one.groups.status), row[3] = group_cell(one.groups.age), row[4] = group_cell(one.groups.education);
      row[5] = cell(exit), row[6] = cell(ask_from);
      row[7] = response.empty() ? Cell{} : choice_cell("six_month_response", std::string(response));
      to_ask += (response.empty() || response == "not_counted") && ask_from <= as_of;
    }
    add_row(people, std::move(row));
  }

  Sheet estimates{.id = "estimates",
                  .fields = {"id", "indicator", "base", "base_persons", "answered", "yes", "share", "low", "high", "estimate"}};
  std::vector<const Indicator*> asked;
  for (const Framework part : framework == Framework::Yei ? std::vector{Framework::Yei, Framework::Esf2014} : std::vector{framework})
    for (const Indicator& one : indicators(part))
      if (one.reference == ReferenceDate::SixMonths) asked.push_back(&one);
  for (const Indicator* one : asked) {
    std::vector<std::uint32_t> base, known, yes;
    for (const One& person : all) {
      if (one->in_base(*person.who, terms) != Answer::Yes) continue;
      base.push_back(person.who->person);
      if (!person.drawn || !person.answered) continue;
      const Answer said_so = answer(*one, *person.who, terms);
      const bool due = months_after(*exit_by(*person.who, terms), terms.longer_term_months) <= as_of;
      if (!due || (said_so != Answer::Yes && said_so != Answer::No)) continue;
      known.push_back(person.who->person);
      if (said_so == Answer::Yes) yes.push_back(person.who->person);
    }
    const auto whole = std::ssize(base), of = std::ssize(known), positive = std::ssize(yes);
    std::vector<Cell> row = row_for(estimates, text_cell(one->code), cell(Message{"indicator." + std::string(one->code), {}}),
                                    text_cell(one->base == "DISADVANTAGED" ? "CO12–CO17" : one->base), persons_cell(base),
                                    persons_cell(known), persons_cell(yes), share_cell(yes, of));
    if (of == 0) {
      row.resize(estimates.fields.size());
    } else {
      const auto share = static_cast<std::int64_t>(half_up(static_cast<Wide>(positive) * 10'000, static_cast<Wide>(of)));
      const std::int64_t margin = margin_hundredths(whole, of, positive);
      row.push_back(bound_cell(share - margin)), row.push_back(bound_cell(share + margin));
      row.push_back(cell(static_cast<std::int64_t>(half_up(static_cast<Wide>(positive) * static_cast<Wide>(whole), static_cast<Wide>(of)))));
    }
    add_row(estimates, std::move(row));
  }

  report.checks = {{{"check.long_term_frame", {}}, N, std::ssize(sample.frame)},
                   {{"check.long_term_drawn", {}}, n, std::ssize(sample.drawn)},
                   {{"check.long_term_groups", {}}, in_groups, 3 * N}};
  report.sheets = {std::move(plan), std::move(distribution), std::move(tests), std::move(people), std::move(estimates)};
  if (to_ask > 0) report.remaining.push_back({{"remaining.long_term_to_ask", {}}, to_ask});
  if (not_standing > 0) report.remaining.push_back({{"remaining.long_term_not_standing", {}}, not_standing});
  report.notes.push_back({"outcome.as_of", {as_of.iso()}});
  report.unverified.push_back({"unverified.long_term_test", "χ², 5 %", "report-templates/long-term-sample/template.toml"});
  report.unverified.push_back({"unverified.long_term_points", framework == Framework::EsfPlus ? "3" : "2", "docs/formats/sample.md"});
  return report;
}

}  // namespace horisont
