#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reports/measures.h"
#include "core/reports/said.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

// Two ordinary participants, one who left in the month, one not eligible, one undecided, one who left before.
Story ordinary_month() {
  Story story;
  story.add({.number = "199703062381"});
  story.add({.number = "199703012386", .left = "2016-05-20", .gender = "man"});
  story.add({.number = "199703112384", .verdict = Verdict::NotEligible, .codes = {"P05"}});
  story.add({.number = "199703162389", .verdict = Verdict::Undecided, .codes = {"P03?"}});
  story.add({.number = "199703212382", .left = "2016-04-30"});
  story.attend(0, "2016-04-29", 300);
  story.attend(0, "2016-05-02", 450);
  story.attend(0, "2016-05-03", 480, 30, Reason::OverDayLimit, 1);
  story.attend(1, "2016-05-20", 119);
  story.attend(1, "2016-05-21", 60, Reason::AfterExit);
  story.attend(2, "2016-05-02", 240, Reason::NotEligible);
  story.attend(3, "2016-05-02", 120, Reason::Undecided);
  story.attend(4, "2016-05-04", 45, Reason::AfterExit);
  return story;
}

TEST(ScbMonth, an_ordinary_month) {
  const Story story = ordinary_month();
  const Report report = scb_month(story.input(), month("2016-05"));
  expect_golden(report, "scb-month");
  expect_all_agree(report);
}

TEST(ScbMonth, what_it_says_is_the_same_whether_or_not_the_log_is_read) {
  Story story = ordinary_month();
  const std::string before = month_content(story.input(), month("2016-05"));
  story.log.push_back({.entry = "L-7", .time = "2016-05-02T08:00:00Z", .event = "decision", .participant = story.people[0].reference});
  EXPECT_EQ(month_content(story.input(), month("2016-05")), before) << "or a closed month would seem to say something else";
}

TEST(ScbMonth, is_a_draft_while_someone_cannot_be_decided_or_the_month_is_not_over) {
  Story story;
  story.add({});
  story.today = day("2016-06-01");
  EXPECT_FALSE(scb_month(story.input(), month("2016-05")).draft) << "first day after the month";
  story.today = day("2016-05-31");
  EXPECT_TRUE(scb_month(story.input(), month("2016-05")).draft) << "last day of the month";
  story.today = day("2016-07-01");
  story.add({.verdict = Verdict::Undecided});
  EXPECT_TRUE(scb_month(story.input(), month("2016-05")).draft);
  EXPECT_FALSE(scb_month(story.input(), month("2016-03")).draft) << "the undecided person entered in April";
}

TEST(ScbMonth, is_no_draft_where_the_attest_answers_with_a_reason_for_those_who_cannot_be_decided) {
  Story story;
  story.add({});
  story.add({.verdict = Verdict::Undecided});
  story.today = day("2016-07-01");
  MonthStanding may{.month = month("2016-05"), .state = MonthState::Attested};
  may.attested = MonthEvent{.month = may.month, .reason = "papers come later"};
  const auto draft = [&] {
    story.months = {may};
    const Report report = scb_month(story.input(), month("2016-05"));
    EXPECT_EQ(report.remaining.size(), 1u) << "who is left out stands there in any case";
    EXPECT_EQ(why_draft(report).empty(), !report.draft) << "no draft without a word";
    return report.draft;
  };
  EXPECT_FALSE(draft());
  may.state = MonthState::Filed;
  EXPECT_FALSE(draft()) << "nor is it when it is sent once more";
  may.differs_because = {"rules"};
  EXPECT_TRUE(draft()) << "it says something else than what was answered for";
  may.differs_because.clear();
  may.attested->reason.clear();
  EXPECT_TRUE(draft()) << "attested while everybody could be decided";
  may.attested->reason = "papers come later";
  may.state = MonthState::Open;
  EXPECT_TRUE(draft()) << "the attest fell";
}

TEST(ScbMonth, without_participants_has_its_sheets_and_no_rows) {
  const Story story;
  const Report report = scb_month(story.input(), month("2016-05"));
  EXPECT_TRUE(sheet_of(report, "rows").rows.empty());
  EXPECT_TRUE(sheet_of(report, "excluded").rows.empty());
  EXPECT_EQ(sheet_of(report, "checks").rows.size(), 14u);
  EXPECT_EQ(text_of_cell(sheet_of(report, "audit_rows").totals[6]), "m:0");
  expect_all_agree(report);
}

TEST(ScbMonth, with_everybody_excluded_accounts_for_every_minute) {
  Story story;
  story.add({.verdict = Verdict::NotEligible, .codes = {"P03", "P05?"}});
  story.attend(0, "2016-05-02", 240, Reason::NotEligible);
  const Report report = scb_month(story.input(), month("2016-05"));
  EXPECT_TRUE(sheet_of(report, "rows").rows.empty());
  EXPECT_EQ(text_at(report, "excluded", 0, "why"), "k:excluded/not_eligible");
  EXPECT_EQ(text_at(report, "excluded", 0, "rule_codes"), "s:P03 P05?");
  EXPECT_EQ(text_of_cell(sheet_of(report, "excluded").totals[2]), "m:240");
  expect_all_agree(report);
}

TEST(ScbMonth, counts_who_takes_part_on_one_day_of_the_month) {
  struct Case {
    const char *sentence, *entered, *left;
    bool in;
  };
  const Case cases[] = {
      {"enters on the last day", "2016-05-31", "", true},
      {"enters on the day after", "2016-06-01", "", false},
      {"left on the first day", "2016-04-01", "2016-05-01", true},
      {"left on the day before", "2016-04-01", "2016-04-30", false},
      {"came and went within the month", "2016-05-10", "2016-05-10", true},
      {"has no entry date", "", "", false},
  };
  for (const Case& c : cases) {
    Story story;
    story.add({.entered = c.entered, .left = c.left});
    EXPECT_EQ(sheet_of(scb_month(story.input(), month("2016-05")), "rows").rows.size(), c.in ? 1u : 0u) << c.sentence;
  }
}

TEST(ScbMonth, writes_the_exit_date_only_in_its_month) {
  Story story;
  story.add({.left = "2016-06-10"});
  EXPECT_EQ(text_at(scb_month(story.input(), month("2016-05")), "rows", 0, "exit_date_in_month"), "e:");
  EXPECT_EQ(text_at(scb_month(story.input(), month("2016-06")), "rows", 0, "exit_date_in_month"), "d:2016-06-10");
}

TEST(ScbMonth, a_person_who_came_back_has_the_first_entry_date_or_the_new_one_as_the_setting_says) {
  Story story;
  story.add({.entered = "2016-01-11", .left = "2016-06-10"});
  story.people[0].spells = {{day("2016-01-11"), day("2016-02-12")}, {day("2016-05-09"), day("2016-06-10")}};
  story.attend(0, "2016-01-12", 60);
  story.attend(0, "2016-05-12", 120);
  struct Case {
    const char *month, *entry, *exit, *new_entry;
  };
  const Case cases[] = {{"2016-01", "d:2016-01-11", "e:", "d:2016-01-11"},
                        {"2016-02", "d:2016-01-11", "d:2016-02-12", "d:2016-01-11"},
                        {"2016-05", "d:2016-01-11", "e:", "d:2016-05-09"},
                        {"2016-06", "d:2016-01-11", "d:2016-06-10", "d:2016-05-09"}};
  for (const Case& c : cases) {
    story.programme.scb_reentry.values.clear();
    const Report same = scb_month(story.input(), month(c.month));
    EXPECT_EQ(text_at(same, "rows", 0, "entry_date"), c.entry) << c.month;
    EXPECT_EQ(text_at(same, "rows", 0, "exit_date_in_month"), c.exit) << c.month;
    EXPECT_EQ(text_at(same, "audit_rows", 0, "first_reported_in"), "d:2016-01") << c.month;
    EXPECT_EQ(text_at(same, "checks", 0, "result"), "y:yes") << c.month;
    story.programme.scb_reentry.values = {{"new_start_date", {day("2014-01-01"), std::nullopt}, {}, "scb_reentry", 1}};
    EXPECT_EQ(text_at(scb_month(story.input(), month(c.month)), "rows", 0, "entry_date"), c.new_entry) << c.month;
  }
  for (const char* between : {"2016-03", "2016-04"})
    EXPECT_TRUE(sheet_of(scb_month(story.input(), month(between)), "rows").rows.empty()) << between;
}

TEST(ScbMonth, keeps_or_leaves_out_a_month_without_hours_as_the_setting_says) {
  Story story;
  story.add({});
  const Report kept = scb_month(story.input(), month("2016-05"));
  EXPECT_EQ(text_at(kept, "rows", 0, "whole_hours"), "i:0") << "a stated zero, not an absent row";
  story.programme.scb_zero_hours.values = {{"leave_out", {day("2014-01-01"), std::nullopt}, {}, "scb.zero_hours", 1}};
  const Report left_out = scb_month(story.input(), month("2016-05"));
  EXPECT_TRUE(sheet_of(left_out, "rows").rows.empty());
  EXPECT_EQ(text_at(left_out, "excluded", 0, "why"), "k:excluded/without_hours");
  expect_all_agree(left_out);
}

TEST(ScbMonth, says_that_a_late_first_row_breaks_the_rule_of_the_start_month) {
  Story story;
  story.programme.scb_zero_hours.values = {{"leave_out", {day("2014-01-01"), std::nullopt}, {}, "scb.zero_hours", 1}};
  story.add({.entered = "2016-04-01"});
  story.attend(0, "2016-05-02", 60);
  const Report report = scb_month(story.input(), month("2016-05"));
  EXPECT_EQ(text_at(report, "checks", 0, "code"), "s:SC-1");
  EXPECT_EQ(text_at(report, "checks", 0, "result"), "y:no");
  EXPECT_EQ(text_at(report, "checks", 0, "rows"), "s:D-0001");
}

TEST(ScbMonth, rounds_once_a_month_or_once_a_day_as_the_programme_says) {
  struct Case {
    const char* sentence;
    RoundingLevel level;
    Rounding rounding;
    const char *hours, *lost;
  };
  // Twice 7 h 45 min: 15 h 30 min.
  const Case cases[] = {
      {"down once a month", RoundingLevel::Month, Rounding::Down, "i:15", "m:30"},
      {"down once a day", RoundingLevel::Day, Rounding::Down, "i:14", "m:90"},
      {"down once a row", RoundingLevel::Row, Rounding::Down, "i:13", "m:150"},
      {"half up once a month", RoundingLevel::Month, Rounding::HalfUp, "i:16", "m:-30"},
      {"half up once a day", RoundingLevel::Day, Rounding::HalfUp, "i:16", "m:-30"},
  };
  for (const Case& c : cases) {
    Story story;
    story.add({});
    story.attend(0, "2016-05-02", 230);
    story.attend(0, "2016-05-02", 235, Reason::Accepted, 2);
    story.attend(0, "2016-05-03", 465);
    story.programme.whole_hours_level.values[0].value = c.level;
    story.programme.whole_hours_rounding.values[0].value = c.rounding;
    const Report report = scb_month(story.input(), month("2016-05"));
    EXPECT_EQ(text_at(report, "rows", 0, "whole_hours"), c.hours) << c.sentence;
    EXPECT_EQ(text_at(report, "audit_rows", 0, "lost_minutes"), c.lost) << c.sentence;
    expect_all_agree(report);
  }
}

TEST(ScbMonth, gives_a_protected_woman_the_code_and_nothing_else) {
  Story story;
  story.add({.number = "199703012386", .protected_identity = true});
  const Report report = scb_month(story.input(), month("2016-05"));
  EXPECT_EQ(text_at(report, "rows", 0, "identity_number"), "s:19970301Tf29");
  EXPECT_EQ(text_at(report, "rows", 0, "email_or_filler"), "e:");
  EXPECT_THAT(everything(report), Not(HasSubstr("199703012386")));
  EXPECT_THAT(everything(report), Not(HasSubstr("Namn1")));
  EXPECT_THAT(everything(report), Not(HasSubstr("example.org")));
}

TEST(ScbMonth, writes_the_code_of_the_register_as_scb_prescribes_it) {
  Story story;
  story.add({.number = "19970301TF29"});
  EXPECT_EQ(text_at(scb_month(story.input(), month("2016-05")), "rows", 0, "identity_number"), "s:19970301Tf29");
}

TEST(ScbMonth, leaves_out_a_protected_man_whose_code_is_not_known_and_says_so) {
  Story story;
  story.add({.gender = "man", .protected_identity = true});
  const Report report = scb_month(story.input(), month("2016-05"));
  EXPECT_TRUE(sheet_of(report, "rows").rows.empty());
  EXPECT_EQ(text_at(report, "excluded", 0, "participant"), "s:D-0001");
  EXPECT_EQ(text_at(report, "excluded", 0, "why"), "k:excluded/protected_code_unknown");
  ASSERT_EQ(report.remaining.size(), 1u);
  EXPECT_EQ(report.remaining[0].number, 1);
  story.programme.scb_protected_man.values = {{"Tf19", {day("2014-01-01"), std::nullopt}, {}, "scb.protected_man", 31}};
  const Report with_code = scb_month(story.input(), month("2016-05"));
  EXPECT_EQ(text_at(with_code, "rows", 0, "identity_number"), "s:19970301Tf19");
  EXPECT_TRUE(std::any_of(with_code.unverified.begin(), with_code.unverified.end(),
                          [](const auto& used) { return used.what == "unverified.scb_protected"; }));
}

TEST(ScbMonth, keeps_both_when_two_have_the_same_code_and_warns) {
  Story story;
  story.add({.number = "199703012386", .protected_identity = true});
  story.add({.number = "199703012386", .protected_identity = true});
  const Report report = scb_month(story.input(), month("2016-05"));
  EXPECT_EQ(sheet_of(report, "rows").rows.size(), 2u);
  EXPECT_EQ(text_at(report, "checks", 13, "code"), "s:SC-14");
  EXPECT_EQ(text_at(report, "checks", 13, "result"), "y:no");
  EXPECT_EQ(text_at(report, "checks", 13, "number"), "i:2");
}

TEST(ScbMonth, fills_contact_fields_from_august_2019) {
  Story story;
  story.add({});
  const Report before = scb_month(story.input(), month("2019-07"));
  EXPECT_EQ(text_at(before, "rows", 0, "email_or_filler"), "s:test1@example.org");
  EXPECT_EQ(text_at(before, "checks", 11, "result"), "y:yes");
  const Report after = scb_month(story.input(), month("2019-08"));
  EXPECT_EQ(text_at(after, "rows", 0, "email_or_filler"), "s:okänt");
  EXPECT_EQ(text_at(after, "rows", 0, "mobile_or_filler"), "s:okänt");
  story.people[0].email.clear();
  EXPECT_EQ(text_at(scb_month(story.input(), month("2019-07")), "checks", 11, "result"), "y:no") << "SC-12: required before";
}

struct BrokenCheck {
  const char* code;
  std::size_t row;
  void (*break_it)(Story&);
};

TEST(ScbMonth, each_check_sees_what_breaks_it_and_is_quiet_otherwise) {
  const BrokenCheck cases[] = {
      {"SC-2", 1, [](Story& s) { s.people[0].spells[0].last = day("2016-05-01"); }},
      {"SC-3", 2, [](Story& s) { s.people[0].entered_on = known(day("2015-12-31")); }},
      {"SC-5", 4, [](Story& s) { s.people[0].spells[0].first = day("2016-05-31"), s.attend(0, "2016-05-31", 481); }},
      {"SC-7", 6, [](Story& s) { s.add({.number = "199703012386"}); }},
      {"SC-8", 7,
       [](Story& s) {
         const std::string name = s.people[0].name;
         s.add({.number = "199703012394", .gender = "man"}).name = name;
       }},
      {"SC-11", 10, [](Story& s) { s.hours.cells[0].accepted -= 1; }},
      {"SC-12", 11, [](Story& s) { s.people[0].mobile.clear(); }},
  };
  for (const BrokenCheck& c : cases) {
    Story story;
    story.add({});
    story.attend(0, "2016-05-02", 60);
    const Report sound = scb_month(story.input(), month("2016-05"));
    EXPECT_EQ(text_at(sound, "checks", c.row, "code"), "s:" + std::string(c.code));
    EXPECT_EQ(text_at(sound, "checks", c.row, "result"), "y:yes") << c.code;
    c.break_it(story);
    EXPECT_EQ(text_at(scb_month(story.input(), month("2016-05")), "checks", c.row, "result"), "y:no") << c.code;
  }
}

TEST(ScbMonth, plausible_hours_of_a_whole_day_are_not_extreme) {
  Story story;
  story.add({.entered = "2016-05-31"});
  story.attend(0, "2016-05-31", 480);
  EXPECT_EQ(text_at(scb_month(story.input(), month("2016-05")), "checks", 4, "result"), "y:yes");
}

TEST(ScbMonth, every_number_says_what_it_counted) {
  const Story story = ordinary_month();
  const Report report = scb_month(story.input(), month("2016-05"));
  const Cell& accepted = cell_at(report, "audit_rows", 1, "accepted_minutes");
  ASSERT_EQ(accepted.counted_kind, Cell::Counted::TimeRecords);
  std::int64_t sum = 0;
  for (const std::uint32_t record : accepted.counted) sum += story.hours.lines[record].accepted;
  EXPECT_EQ(Minutes{sum}, std::get<Minutes>(accepted.value));
  EXPECT_EQ(Minutes{sum}, Minutes{930});
}

TEST(ScbMonth, time_of_somebody_who_is_not_in_the_register_is_accounted_for) {
  Story story;
  story.attend(7, "2016-05-02", 60, Reason::NotEligible);
  const Report report = scb_month(story.input(), month("2016-05"));
  EXPECT_EQ(text_at(report, "excluded", 0, "participant"), "s:D-0008");
  EXPECT_EQ(text_at(report, "excluded", 0, "why"), "k:excluded/outside_month");
  expect_all_agree(report);
}

TEST(ScbMonth, says_which_months_before_it_were_not_filed_or_have_changed_since) {
  Story story;
  story.add({.entered = "2016-04-04"});
  const auto filed = [](const char* iso, std::int64_t order, const char* content, const char* reason) {
    MonthEvent event{.order = order, .month = month(iso), .kind = MonthEvent::Kind::Filed, .content = content};
    event.filed_on = day("2016-06-20"), event.reason = reason;
    return event;
  };
  const struct {
    const char* what;
    std::vector<MonthEvent> events;
    const char *sc9, *sc10;  // empty: in order
  } cases[] = {{"nothing was ever filed", {}, "2016-04, 2016-05", ""},
               {"both were", {filed("2016-04", 1, "a", ""), filed("2016-05", 2, "a", "")}, "", ""},
               {"the first was left out", {filed("2016-05", 1, "a", "")}, "2016-04", ""},
               {"the first was filed elsewhere, as the reason says", {filed("2016-05", 1, "a", "på papper")}, "", ""},
               {"one says something else now", {filed("2016-04", 1, "b", ""), filed("2016-05", 2, "a", "")}, "", "2016-04"}};
  for (const auto& one : cases) {
    story.months = one.events.empty() ? std::vector<MonthStanding>{}
                                      : standings(one.events, month("2016-01"), month("2016-06"), day("2016-07-01"), story.programme,
                                                  {{month("2016-04"), "a"}, {month("2016-05"), "a"}});
    const Report report = scb_month(story.input(), month("2016-06"));
    const auto told = [&](std::size_t row, const std::string& months) {
      EXPECT_EQ(text_at(report, "checks", row, "result"), months.empty() ? "y:yes" : "y:no") << one.what;
      EXPECT_EQ(text_at(report, "checks", row, "rows"), months.empty() ? "e:" : "s:" + months) << one.what;
    };
    told(8, one.sc9), told(9, one.sc10);
    EXPECT_FALSE(report.draft) << "it keeps nobody from making the file: " << one.what;
  }
}

TEST(ScbMonth, the_chain_has_every_month_of_the_operation_and_is_due_after_28_days) {
  Story story;
  story.today = day("2016-03-28");
  const Report report = scb_month(story.input(), month("2016-03"));
  const Sheet& chain = sheet_of(report, "chain");
  ASSERT_EQ(chain.rows.size(), 3u);
  EXPECT_EQ(text_at(report, "chain", 1, "deadline"), "d:2016-03-28");
  EXPECT_EQ(text_at(report, "chain", 1, "late"), "y:no") << "the last day itself is in time";
  EXPECT_EQ(text_at(report, "chain", 0, "late"), "y:yes");
  EXPECT_EQ(text_at(report, "chain", 2, "state"), "k:month_state/not_open");
}

}  // namespace
}  // namespace horisont
