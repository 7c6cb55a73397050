// Months: attested, filed, closed, opened again; which files must be sent again, and when what is due.

#include "core/cases/months.h"

#include <gtest/gtest.h>

#include "core/cases/deadlines.h"
#include "support/given.h"

namespace horisont {
namespace {

using Kind = MonthEvent::Kind;

Month month(const char* iso) { return *Month::parse(iso); }

ProgrammeTerms four_weeks() {
  ProgrammeTerms terms = programme();
  terms.deadlines.clear();
  terms.deadlines.push_back({.value = {.duty = "scb_month", .after = "month_end", .count = 28},
                             .valid = {*Date::parse("2021-01-01"), {}},
                             .cited = {"SCB", Confidence::Verified},
                             .key = "deadline"});
  return terms;
}

// A project's months from January 2026 and what they say now: "a" unless told otherwise.
class Story {
 public:
  Story& happens(Kind kind, const char* iso) {
    MonthEvent event{.order = static_cast<std::int64_t>(events_.size()) + 1, .month = month(iso), .kind = kind};
    event.content = says(month(iso));
    if (kind == Kind::Filed) event.report = "R-" + std::string(iso), event.filed_on = today_;
    events_.push_back(event);
    return *this;
  }
  Story& files(const char* from, const char* to) {
    for (Month m = month(from); m <= month(to); m = m.next())
      happens(Kind::Attested, m.iso().c_str()).happens(Kind::Filed, m.iso().c_str());
    return *this;
  }
  Story& corrects(const char* iso) {
    contents_[month(iso)] += "x";
    return happens(Kind::Reopened, iso);
  }
  Story& changes(const char* iso) {
    contents_[month(iso)] += "x";
    return *this;
  }
  std::vector<MonthStanding> now() const {
    std::map<Month, std::string> contents;
    for (const MonthEvent& event : events_) contents[event.month] = says(event.month);
    return standings(events_, month("2026-01"), month("2026-12"), today_, four_weeks(), contents);
  }
  MonthStanding of(const char* iso) const {
    for (const MonthStanding& one : now())
      if (one.month == month(iso)) return one;
    throw std::logic_error("no such month");
  }
  std::string may(Kind kind, const char* iso) const {
    const auto answer = may_become(kind, month(iso), now(), today_);
    return answer ? "yes" : answer.error().message.id;
  }
  std::string again() const {
    std::string text;
    for (const Month m : to_send_again(now())) text += (text.empty() ? "" : " ") + m.iso().substr(5);
    return text;
  }

 private:
  std::string says(Month m) const {
    const auto found = contents_.find(m);
    return found == contents_.end() ? "a" : found->second;
  }
  Date today_ = *Date::parse("2027-01-15");
  std::vector<MonthEvent> events_;
  std::map<Month, std::string> contents_{};
};

TEST(Months, a_correction_takes_every_later_file_with_it_in_order) {
  const struct {
    const char* id;
    const char* filed_to;
    std::vector<const char*> corrected;
    const char* again;
  } cases[] = {{"SR-01", "2026-06", {"2026-03"}, "03 04 05 06"},
               {"SR-02", "2026-12", {"2026-01"}, "01 02 03 04 05 06 07 08 09 10 11 12"},
               {"SR-03", "2026-06", {"2026-06"}, "06"},
               {"SR-04", "2026-06", {"2026-03", "2026-02"}, "02 03 04 05 06"},
               {"SR-05", "2026-03", {"2026-02"}, "02 03"},
               {"nothing corrected", "2026-06", {}, ""}};
  for (const auto& one : cases) {
    Story story;
    story.files("2026-01", one.filed_to);
    for (const char* m : one.corrected) story.corrects(m);
    EXPECT_EQ(story.again(), one.again) << one.id;
  }
}

TEST(Months, are_sent_again_one_after_the_other) {
  Story story;
  story.files("2026-01", "2026-04").corrects("2026-02");
  EXPECT_EQ(story.may(Kind::Filed, "2026-03"), "month.earlier-first");
  EXPECT_EQ(story.may(Kind::Filed, "2026-02"), "month.not-attested");
  story.happens(Kind::Attested, "2026-02");
  EXPECT_EQ(story.may(Kind::Filed, "2026-02"), "yes");
  story.happens(Kind::Filed, "2026-02");
  EXPECT_EQ(story.again(), "03 04") << "they were filed before February was";
  EXPECT_EQ(story.may(Kind::Filed, "2026-04"), "month.earlier-first");
  EXPECT_EQ(story.may(Kind::Filed, "2026-03"), "yes") << "nothing in March changed: its attest stands";
  story.happens(Kind::Filed, "2026-03").happens(Kind::Filed, "2026-04");
  EXPECT_EQ(story.again(), "");
  EXPECT_EQ(story.of("2026-02").versions, 2) << "SR-07: every version counts";
  EXPECT_EQ(story.of("2026-03").versions, 2);
}

TEST(Months, what_differs_from_what_was_filed_is_told_with_its_cause) {
  EXPECT_EQ(causes("p.c.r.g.j.1", "q.c.r.g.j.1"), std::vector<std::string>{"elsewhere"});
  EXPECT_EQ(causes("p.c.r.g.j.1", "q.c.x.g.y.1"), (std::vector<std::string>{"rules", "project"}));
  EXPECT_TRUE(same_content("p", "p.c.r.g.j.1")) << "an event of before claims were kept";
  EXPECT_TRUE(same_content("p.none.r.g.j.1", "p.c.r.g.j.1")) << "the first staff time comes after SCB's file";
  EXPECT_FALSE(same_content("p.none.r.g.j.1", "p.c.r.g.j.1", true)) << "but not into a month that is closed";
  EXPECT_FALSE(same_content("p.c.r.g.j.1", "p.none.r.g.j.1")) << "staff time that goes away is a change";
  EXPECT_FALSE(same_content("p.c.r.g.j.1", "p.d.r.g.j.1"));
  Story story;
  story.files("2026-01", "2026-02").changes("2026-01");
  EXPECT_EQ(story.of("2026-01").differs_because, std::vector<std::string>{"elsewhere"});
  EXPECT_TRUE(story.of("2026-02").differs_because.empty());
}

TEST(Months, opened_again_without_a_change_of_the_file_nothing_is_sent_again) {
  Story story;
  story.files("2026-01", "2026-03").happens(Kind::Reopened, "2026-02");
  EXPECT_EQ(story.again(), "");
  EXPECT_EQ(story.of("2026-02").state, MonthState::Open);
  EXPECT_EQ(story.of("2026-02").file, FileState::Submitted) << "the file that was sent is still the right one";
  story.happens(Kind::Attested, "2026-02");
  EXPECT_EQ(story.may(Kind::Filed, "2026-02"), "month.nothing-to-send");
  EXPECT_EQ(story.may(Kind::Closed, "2026-02"), "yes");
  story.happens(Kind::Attested, "2026-04");
  EXPECT_EQ(story.may(Kind::Filed, "2026-04"), "yes") << "nothing stands in the next one's way";
  story.corrects("2026-02");
  EXPECT_EQ(story.again(), "02 03");
}

TEST(Months, before_the_first_file_are_settled_by_the_reason_that_it_was_sent_with) {
  for (const char* reason : {"Januari lämnades på papper", ""}) {
    MonthEvent filed{.order = 2, .month = month("2026-02"), .kind = Kind::Filed};
    filed.filed_on = *Date::parse("2026-03-05"), filed.reason = reason;
    const MonthEvent events[] = {{.order = 1, .month = month("2026-02"), .kind = Kind::Attested}, filed};
    const auto all = standings(events, month("2026-01"), month("2026-03"), *Date::parse("2026-12-01"), four_weeks(), {});
    EXPECT_EQ(all[0].settled, *reason != 0);
    EXPECT_EQ(all[0].late, *reason == 0) << "whoever sent it elsewhere is not late";
    EXPECT_FALSE(all[1].settled || all[1].late);
    EXPECT_TRUE(!all[2].settled && all[2].late) << "a month after it is late as ever";
  }
}

TEST(Months, no_gap_is_filed) {
  Story story;
  story.files("2026-01", "2026-02").happens(Kind::Attested, "2026-04");
  EXPECT_EQ(story.may(Kind::Filed, "2026-04"), "month.gap") << "SR-06: March is missing";
  Story begins;
  begins.happens(Kind::Attested, "2026-05");
  EXPECT_EQ(begins.may(Kind::Filed, "2026-05"), "yes") << "a project may begin to use the program in any month";
}

TEST(Months, go_from_open_to_closed_and_each_step_waits_for_the_one_before) {
  Story story;
  EXPECT_EQ(story.may(Kind::Filed, "2026-01"), "month.not-attested");
  EXPECT_EQ(story.may(Kind::Closed, "2026-01"), "month.not-filed");
  EXPECT_EQ(story.may(Kind::Reopened, "2026-01"), "month.is-open");
  story.happens(Kind::Attested, "2026-01");
  EXPECT_EQ(story.may(Kind::Attested, "2026-01"), "month.is-attested");
  EXPECT_EQ(story.may(Kind::Closed, "2026-01"), "month.not-filed");
  story.happens(Kind::Filed, "2026-01");
  EXPECT_EQ(story.may(Kind::Filed, "2026-01"), "month.is-filed");
  EXPECT_EQ(story.may(Kind::Closed, "2026-01"), "yes");
  story.happens(Kind::Closed, "2026-01");
  EXPECT_EQ(story.of("2026-01").state, MonthState::Closed);
  EXPECT_EQ(story.may(Kind::Attested, "2026-01"), "month.is-closed");
  EXPECT_EQ(story.may(Kind::Reopened, "2026-01"), "yes");
  EXPECT_EQ(story.may(Kind::Attested, "2027-01"), "month.outside-project");
}

TEST(Months, the_attest_falls_when_the_facts_change_and_a_filed_month_says_so) {
  Story story;
  story.happens(Kind::Attested, "2026-01").changes("2026-01");
  EXPECT_EQ(story.of("2026-01").state, MonthState::Open);
  EXPECT_TRUE(story.of("2026-01").attest_fell);
  EXPECT_EQ(story.may(Kind::Filed, "2026-01"), "month.attest-fell");

  Story filed;
  filed.files("2026-01", "2026-01").changes("2026-01");
  EXPECT_EQ(filed.of("2026-01").state, MonthState::Filed) << "what was filed stays filed";
  EXPECT_EQ(filed.of("2026-01").file, FileState::Stale);
  EXPECT_EQ(filed.may(Kind::Filed, "2026-01"), "month.reopen-first");
  EXPECT_EQ(filed.may(Kind::Closed, "2026-01"), "month.must-be-sent-again");
}

TEST(Months, can_be_attested_from_the_day_after_the_last) {
  const auto all = standings({}, month("2026-02"), month("2026-02"), *Date::parse("2026-02-28"), four_weeks(), {});
  EXPECT_EQ(may_become(Kind::Attested, month("2026-02"), all, *Date::parse("2026-02-28")).error().message.id, "month.not-over");
  EXPECT_TRUE(may_become(Kind::Attested, month("2026-02"), all, *Date::parse("2026-03-01")));
}

TEST(Months, are_late_from_the_day_after_the_last_day_for_scb) {
  const struct {
    const char* today;
    FileState file;
    bool late;
  } cases[] = {{"2026-01-31", FileState::NotOpen, false},
               {"2026-02-01", FileState::Open, false},
               {"2026-02-28", FileState::Open, false},
               {"2026-03-01", FileState::Open, true}};
  for (const auto& one : cases) {
    const auto all = standings({}, month("2026-01"), month("2026-01"), *Date::parse(one.today), four_weeks(), {});
    EXPECT_EQ(all[0].file, one.file) << one.today;
    EXPECT_EQ(all[0].late, one.late) << one.today;
    EXPECT_EQ(all[0].due->iso(), "2026-02-28");
  }
  for (const auto& [filed_on, late] : {std::pair("2026-02-28", false), std::pair("2026-03-01", true)}) {
    MonthEvent attested{.order = 1, .month = month("2026-01"), .kind = Kind::Attested}, filed = attested, again = attested;
    filed.order = 2, filed.kind = again.kind = Kind::Filed, filed.filed_on = *Date::parse(filed_on);
    again.order = 3, again.filed_on = *Date::parse("2026-05-01");
    const MonthEvent events[] = {attested, filed, again};
    EXPECT_EQ(standings(events, month("2026-01"), month("2026-01"), *Date::parse("2026-06-01"), four_weeks(), {})[0].late, late)
        << "first filed " << filed_on << "; a correction is no new deadline";
  }
  EXPECT_FALSE(standings({}, month("2020-01"), month("2020-01"), *Date::parse("2027-01-01"), four_weeks(), {})[0].due)
      << "before the deadline's first day there is none";
}

TEST(Deadlines, months_are_counted_to_the_same_day_or_to_the_end_of_a_shorter_month) {
  const DeadlineTerms two_months{.duty = "claim", .after = "month_end", .count = 2, .unit = DeadlineTerms::Unit::Months};
  DeadlineTerms to_the_end = two_months;
  to_the_end.end_of_month = true;
  const struct {
    const char* event;
    const char* earlier;
    const char* end;
  } cases[] = {{"2026-01-31", "2026-03-31", "2026-03-31"}, {"2026-02-28", "2026-04-28", "2026-04-30"},
               {"2028-02-29", "2028-04-29", "2028-04-30"}, {"2027-12-31", "2028-02-29", "2028-02-29"},
               {"2026-12-31", "2027-02-28", "2027-02-28"}, {"2026-04-15", "2026-06-15", "2026-06-15"}};
  for (const auto& one : cases) {
    EXPECT_EQ(due_after(*Date::parse(one.event), two_months).iso(), one.earlier);
    EXPECT_EQ(due_after(*Date::parse(one.event), to_the_end).iso(), one.end);
  }
}

TEST(Deadlines, four_weeks_after_any_month_is_the_28th) {
  const DeadlineTerms terms{.duty = "scb_month", .after = "month_end", .count = 28};
  for (Month m = month("2014-01"); m < month("2030-01"); m = m.next())
    EXPECT_EQ(due_after(m.last(), terms).day(), 28) << m.iso();
}

TEST(Deadlines, duties_of_a_project_come_by_day_within_the_span) {
  ProgrammeTerms rules = four_weeks();
  const auto add = [&](const char* duty, const char* after, int count) {
    rules.deadlines.push_back({.value = {.duty = duty, .after = after, .count = count, .unit = DeadlineTerms::Unit::Months},
                               .valid = {*Date::parse("2021-01-01"), {}},
                               .cited = {"decision", Confidence::Secondary},
                               .key = "deadline"});
  };
  add("quarterly_report", "operation_start", 3);
  add("final_report", "operation_end", 2);
  ProjectTerms terms = project();
  terms.grants = {{.operation = {*Date::parse("2026-01-15"), *Date::parse("2026-05-31")}}};
  std::string text;
  for (const Due& due : duties(terms, rules, *Date::parse("2026-03-28"), *Date::parse("2026-12-31")))
    text += due.on.iso() + " " + due.duty + " " + due.about + "\n";
  EXPECT_EQ(text,
            "2026-03-28 scb_month 2026-02\n2026-04-15 quarterly_report 2026-01-15\n2026-04-28 scb_month 2026-03\n"
            "2026-05-28 scb_month 2026-04\n2026-06-28 scb_month 2026-05\n2026-07-31 final_report 2026-05-31\n");
  terms.scb_reporting = "no";
  EXPECT_EQ(duties(terms, rules, *Date::parse("2026-03-28"), *Date::parse("2026-12-31")).size(), 2u);
}

TEST(Deadlines, documents_are_kept_to_the_end_of_the_year_counted_from_the_newest_payment) {
  ProgrammeTerms rules = four_weeks();
  rules.deadlines.clear();
  const Period always{*Date::of(2021, 1, 1), std::nullopt};
  rules.retention_years.values = {{5, always, {"the council's terms", Confidence::Secondary}}};
  rules.retention_years_state_aid.values = {{10, always, {"the same, with State aid", Confidence::Secondary}}};
  struct Case {
    const char *name, *paid;
    std::optional<bool> state_aid;
    const char* until;  // empty: no day is known
  };
  for (const Case& one : {Case{"AU-01", "2027-03-15", false, "2032-12-31"}, Case{"AU-02 State aid", "2027-03-15", true, "2037-12-31"},
                          Case{"AU-03 the last day of a year", "2027-12-31", false, "2032-12-31"},
                          Case{"AU-03 the first day of a year", "2028-01-01", false, "2033-12-31"},
                          Case{"State aid is not said: the longer time", "2027-03-15", std::nullopt, "2037-12-31"},
                          Case{"AU-04 no payment is known", "", false, ""}, Case{"a payment to come", "2028-06-02", false, ""}}) {
    ProjectTerms terms = project();
    terms.grants = {{.operation = {*Date::of(2023, 9, 1), *Date::of(2026, 6, 30)}}};
    terms.money.clear();
    terms.state_aid = one.state_aid;
    if (*one.paid)
      for (const char* day : {"2025-01-10", one.paid}) terms.money.push_back({.kind = MoneyMoved::Kind::Paid, .on = *Date::parse(day)});
    if (std::string_view(one.name).starts_with("a payment")) terms.money.erase(terms.money.begin());
    const auto found = duties(terms, rules, *Date::parse("2028-06-01"), *Date::parse("2100-01-01"));
    ASSERT_EQ(found.size(), *one.until ? 1u : 0u) << one.name;
    if (found.empty()) continue;
    EXPECT_EQ(found[0].duty, "retention");
    EXPECT_EQ(found[0].on.iso(), one.until) << one.name;
    EXPECT_EQ(found[0].about, one.paid) << one.name;
    EXPECT_FALSE(found[0].cited.text.empty());
  }
}

}  // namespace
}  // namespace horisont
