#include <gtest/gtest.h>

#include "core/reports/trace.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

Story claimed() {
  Story story;
  const Period always{day("2014-01-01"), std::nullopt};
  const Citation table{"Enhetskostnader", Confidence::Secondary}, guess{"antaget", Confidence::UnverifiedDefault};
  story.programme.staff_year_cap.values = {{Minutes{1720 * 60}, always, table, "staff_year_cap", 40}};
  story.programme.money_rounding.values = {{Rounding::HalfUp, always, guess, "money_rounding", 60}};
  story.programme.unit_costs = {
      {.value = {"project_worker", "riket", Money::of_ore(48'200)},
       .valid = {day("2014-01-01"), day("2016-05-15")},
       .cited = table},
      {.value = {"project_worker", "riket", Money::of_ore(50'033)}, .valid = {day("2016-05-16"), std::nullopt}, .cited = guess},
      {.value = {"project_leader", "riket", Money::of_ore(59'200)}, .valid = always, .cited = table}};
  story.programme.flat_rates = {
      {.value = {"other_40", 40, false, "direct_staff", "all_other"}, .valid = always, .cited = table}};
  story.programme.deadlines = {
      {.value = {"claim", "month_end", 2, DeadlineTerms::Unit::Months, false}, .valid = always, .cited = table}};
  story.project.staff_cost_model = "function", story.project.rate_area = "riket", story.project.flat_rate = "other_40";
  story.project.cofinancing_percent = 40;
  story.project.citations["rate_area"] = guess;
  story.work("2016-04-04", 6 * 60);
  for (const char* on : {"2016-05-02", "2016-05-17", "2016-05-18"}) story.work(on, 7 * 60 + 45);
  story.work("2016-05-02", 8 * 60, "8", "project_leader");
  story.work("2016-05-03", 0, "8", "project_leader").signed_on.reset();
  story.judge_staff();
  return story;
}

TEST(PaymentClaim, has_the_lines_of_a_claim_in_order) {
  const Story story = claimed();
  const auto report = payment_claim(story.input(), month("2016-05"));
  ASSERT_TRUE(report);
  expect_golden(*report, "payment-claim");
  expect_all_agree(*report);
  EXPECT_EQ(text_at(*report, "staff", 0, "whole_hours"), "i:7") << "7 h 45 min at the first rate";
  EXPECT_EQ(text_at(*report, "staff", 1, "whole_hours"), "i:16") << "the hour that both rates make is at the second";
}

TEST(PaymentClaim, every_amount_leads_through_its_lines_to_staff_time_and_adds_up) {
  const Story story = claimed();
  const ReportInput input = story.input();
  const auto report = payment_claim(input, month("2016-05"));
  ASSERT_TRUE(report);
  const ReportInput* const inputs[] = {&input};
  const auto frozen = thaw(to_text(*report), freeze(*report, inputs));
  ASSERT_TRUE(frozen);
  const std::size_t claim = 0, staff = 1, to_date = 2;
  struct Case {
    const char* what;
    CellPlace place;
    Derivation how;
    std::size_t cells, rows_of_staff_time;
  };
  const Case cases[] = {
      {"a line of staff", {claim, 2, 3}, Derivation::Cost, 0, 2},
      {"the flat rate is of the lines of staff", {claim, 3, 3}, Derivation::Percent, 3, 4},
      {"the total is all costs", {claim, 4, 3}, Derivation::Sum, 4, 4},
      {"the co-financing is of the total", {claim, 5, 3}, Derivation::Percent, 1, 4},
      {"the support is the total less the co-financing", {claim, 6, 3}, Derivation::Less, 2, 4},
      {"what the rounding of the rows comes to", {claim, 7, 3}, Derivation::Less, 4, 4},
      {"a member's cost", {staff, 0, 7}, Derivation::Product, 2, 1},
      {"the claim's own month is its total", {to_date, 4, 2}, Derivation::Sum, 1, 4},
      {"an earlier month is its staff and its flat rate", {to_date, 3, 2}, Derivation::Sum, 2, 1},
      {"a month without staff time", {to_date, 0, 2}, Derivation::Sum, 2, 0},
      {"all months", {to_date, 0, 2, true}, Derivation::Column, 5, 5},
  };
  for (const Case& one : cases) {
    const auto found = trace(*frozen, one.place);
    ASSERT_TRUE(found) << one.what;
    EXPECT_EQ(found->derivation, one.how) << one.what << ": " << name_of(found->derivation);
    EXPECT_EQ(found->difference, 0) << one.what << ": " << found->number << " of " << found->made_of;
    EXPECT_EQ(found->cells.size(), one.cells) << one.what;
    EXPECT_EQ(found->staff.size(), one.rows_of_staff_time) << one.what;
  }
  EXPECT_EQ(trace(*frozen, {claim, 3, 3})->percent, 40);
  // An amount that was altered no longer agrees with what it is made of.
  auto altered = *frozen;
  altered.report.sheets[claim].rows[4][3].value = Money::of_ore(2'256'140);
  EXPECT_EQ(trace(altered, {claim, 4, 3})->difference, 1);
}

// Participants' time as co-financing leads to its persons, hours and rate.
TEST(PaymentClaim, what_participants_time_is_worth_leads_to_persons_hours_and_rate) {
  Story story = claimed();
  for (const char* born : {"1999-04-01", "1990-01-01"}) {
    Participation& person = story.add({});
    person.compensation = known(std::string("Aktivitetsstöd"));
    person.born_on = known(day(born));
  }
  const Period always{day("2014-01-01"), std::nullopt};
  story.programme.participant_rates = {{.value = {"aktivitetsstöd", std::nullopt, 17, Money::of_ore(4'005)}, .valid = always, .cited = {}},
                                       {.value = {"aktivitetsstöd", 18, std::nullopt, Money::of_ore(5'000)}, .valid = always, .cited = {}}};
  story.programme.leap_birthday.values = {{LeapBirthday{}, always, {}, "leap_birthday", 1}};
  story.project.participant_time_is_cofinancing = true;
  story.attend(0, "2016-05-09", 90), story.attend(0, "2016-05-10", 50), story.attend(1, "2016-05-09", 60), story.attend(1, "2016-04-11", 60);
  const ReportInput input = story.input();
  const auto report = payment_claim(input, month("2016-05"));
  ASSERT_TRUE(report) << words({report.error()[0].code, report.error()[0].values}, Language::English);
  const ReportInput* const inputs[] = {&input};
  const auto frozen = thaw(to_text(*report), freeze(*report, inputs));
  ASSERT_TRUE(frozen);
  const Sheet& lines = frozen->report.sheets[0];
  std::size_t seen = 0;
  for (std::size_t row = 0; row < lines.rows.size(); ++row) {
    const auto* message = std::get_if<Kept<Message>>(&lines.rows[row][1].value);
    if (!message || (*message)->id != "claim-line.participant_time") continue;
    const auto found = trace(*frozen, {.row = row, .field = 3});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->difference, 0) << found->number << " of " << found->made_of;
    EXPECT_EQ(found->derivation, Derivation::Product);
    EXPECT_EQ(found->cells.size(), 2u) << "the time and the amount an hour";
    std::int64_t minutes = 0;
    for (const std::uint32_t one : found->times) minutes += frozen->behind.times[one].accepted;
    EXPECT_EQ(found->number, found->times.size() == 2 ? 140 * 4'005 / 60 : 5'000) << minutes;
    EXPECT_EQ(minutes, found->times.size() == 2 ? 140 : 60);
    ++seen;
  }
  EXPECT_EQ(seen, 2u);
  const auto earlier = trace(*frozen, {.sheet = 2, .row = 3, .field = 8});
  ASSERT_TRUE(earlier);
  EXPECT_EQ(earlier->derivation, Derivation::Worth);
  EXPECT_EQ(earlier->number, 5'000);
  EXPECT_EQ(earlier->times.size(), 1u);
}

TEST(PaymentClaim, stops_with_everything_that_is_missing) {
  Story story = claimed();
  story.programme.unit_costs.pop_back();
  story.project.flat_rate = "indirect_15";
  const auto report = payment_claim(story.input(), month("2016-05"));
  ASSERT_FALSE(report);
  std::vector<std::string> codes;
  for (const Finding& finding : report.error()) codes.push_back(finding.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"claim.no-flat-rate", "claim.no-rate"}));
}

TEST(PaymentClaim, an_earlier_month_without_rate_is_named_and_counts_as_nothing_known) {
  Story story = claimed();
  story.programme.unit_costs[0].valid.first = day("2016-05-01");
  const auto report = payment_claim(story.input(), month("2016-05"));
  ASSERT_TRUE(report);
  EXPECT_EQ(text_at(*report, "to_date", 3, "total"), "e:") << "April";
  EXPECT_EQ(text_at(*report, "to_date", 3, "stops"), "x:claim.no-rate/projektmedarbetare (project_worker)\x1Fproject worker (project_worker)/Riket/2016-04-04/yei");
  ASSERT_EQ(report->remaining.size(), 1u);
  EXPECT_EQ(report->remaining[0].what.id, "remaining.claim_months");
}

TEST(PaymentClaim, is_a_draft_until_the_month_is_closed) {
  Story story = claimed();
  const auto draft = [&] { return payment_claim(story.input(), month("2016-05"))->draft; };
  EXPECT_TRUE(draft());
  story.months = {{.month = month("2016-05"), .state = MonthState::Filed}};
  EXPECT_TRUE(draft());
  story.months[0].state = MonthState::Closed;
  EXPECT_FALSE(draft());
}

TEST(PaymentClaim, a_closed_month_without_staff_is_a_draft_that_says_so_and_claims_nothing) {
  Story story = claimed();
  story.months = {{.month = month("2016-06"), .state = MonthState::Closed}};
  const auto report = payment_claim(story.input(), month("2016-06"));
  ASSERT_TRUE(report);
  expect_all_agree(*report);
  EXPECT_TRUE(report->draft);
  EXPECT_EQ(report->notes.back().id, "draft.no_staff_time");
  ASSERT_EQ(report->remaining.size(), 1u);
  EXPECT_EQ(report->remaining[0].what.id, "remaining.claim_no_staff");
  EXPECT_TRUE(sheet_of(*report, "staff").rows.empty());
  EXPECT_EQ(text_at(*report, "claim", 1, "amount"), "c:SEK:0");
}

TEST(AnnexXvii, tells_what_is_known_of_the_operation_and_that_the_rest_is_not) {
  Story story = claimed();
  story.today = day("2016-05-31");
  story.project.grants = {{.decided_on = day("2016-03-20"), .operation = {day("2016-04-01"), day("2018-06-30")},
                           .budget = Money::of_ore(100'000'00), .granted_esf = Money::of_ore(40'000'00), .cited = {"Beslut", Confidence::Verified}}};
  story.project.operation_items = {{"application_date", "2015-12-01", {"Ansökan", Confidence::UnverifiedDefault}}, {"priority", "1", {"Beslut", Confidence::Verified}}};
  story.project.targets = {{.indicator = "EECO01", .total = 10}};
  const Report report = annex_xvii(story.input(), story.today);
  expect_golden(report, "annex-xvii");
  expect_all_agree(report);
  const auto field = [&](std::string_view item, std::string_view column) {
    const Sheet& sheet = sheet_of(report, "fields");
    for (std::size_t row = 0; row < sheet.rows.size(); ++row)
      if (text_at(report, "fields", row, "item") == "x:annex-xvii." + std::string(item)) return text_at(report, "fields", row, column);
    return std::string("no row");
  };
  EXPECT_EQ(field("application_date", "value"), "d:2015-12-01");
  EXPECT_EQ(field("grant_dates", "value"), "s:2016-03-20");
  EXPECT_EQ(field("end", "value"), "d:2018-06-30");
  EXPECT_EQ(field("eligible_cost", "value"), "c:SEK:10000000");
  EXPECT_EQ(field("contractors", "value"), "e:");
  EXPECT_EQ(field("contractors", "known"), "y:no");
  // The months' claims together: 6 + 7 hours at the first rate, 15 at the second, 8 of the leader.
  const Sheet& costs = sheet_of(report, "costs");
  ASSERT_EQ(costs.rows.size(), 4u);
  EXPECT_EQ(text_at(report, "costs", 0, "whole_hours"), "i:8");
  EXPECT_EQ(text_at(report, "costs", 1, "whole_hours"), "i:13");
  EXPECT_EQ(text_at(report, "costs", 1, "amount"), "c:SEK:" + std::to_string(13 * 48'200));
  EXPECT_EQ(text_at(report, "costs", 2, "amount"), "c:SEK:" + std::to_string(16 * 50'033));
  EXPECT_EQ(words(*std::get<Kept<Message>>(cell_at(report, "costs", 3, "cost").value), Language::Swedish),
            "Schablon 40 % av personalkostnaderna, för alla andra kostnader");
}

struct Due {
  const char *month_end, *due;
};
TEST(PaymentClaim, is_due_two_months_after_the_month) {
  Story story = claimed();
  for (const auto& [end, due] : {Due{"2016-01-31", "2016-03-31"},
                                 {"2016-02-29", "2016-04-29"},
                                 {"2017-02-28", "2017-04-28"},
                                 {"2016-12-31", "2017-02-28"},
                                 {"2016-06-30", "2016-08-30"}}) {
    const auto report = payment_claim(story.input(), Month::containing(day(end)));
    ASSERT_TRUE(report) << end;
    EXPECT_EQ(report->notes[0].values[0], due) << end;
  }
}

}  // namespace
}  // namespace horisont
