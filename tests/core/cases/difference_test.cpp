// What changes between two states of the facts, and what a file no longer says.

#include "core/cases/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/cases/said.h"

namespace horisont {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Record participant(std::uint32_t person, std::vector<FieldValue> values, std::uint32_t import = 1) {
  return {RecordKind::Participants, {import, 0, 5, 0}, person, std::move(values)};
}
Record result(std::uint32_t person, const char* exit, const char* reason) {
  return {RecordKind::Results, {1, 0, 5, 0}, person, {{"exit_date", exit}, {"exit_reason", reason}}};
}
TimeRecord hours(std::uint32_t person, const char* day, int minutes, std::uint8_t activity = 0) {
  return {.person = person,
          .day = Date::parse(day)->days(),
          .start = -1,
          .end = -1,
          .minutes = static_cast<std::uint16_t>(minutes),
          .activity = activity,
          .flags = 0,
          .origin = {1, 0, 2, 3}};
}
std::vector<std::string> lines(const Difference& difference) {
  std::vector<std::string> out;
  for (const Change& change : difference.changes)
    out.push_back(std::string(name_of(change.kind)) + " " + participant_reference(change.person) +
                  (change.when.empty() ? "" : " " + change.when) + (change.field.empty() ? "" : " " + change.field) + ": " +
                  change.before + " > " + change.after);
  return out;
}

TEST(Difference, of_a_state_with_itself_is_empty) {
  const std::vector<Record> records{participant(0, {{"entry_date", "2016-02-01"}}), result(0, "2016-05-01", "work")};
  const std::vector<TimeRecord> times{hours(0, "2016-03-01", 60), hours(0, "2016-03-01", 30)};
  EXPECT_THAT(difference(records, records).changes, IsEmpty());
  EXPECT_THAT(difference(times, times).changes, IsEmpty());
}

TEST(Difference, of_staff_time_pairs_the_rows_of_a_day) {
  const auto staff = [](std::uint32_t import, std::vector<FieldValue> more) {
    std::vector<FieldValue> values{{"staff_id", "30001"}, {"date", "2024-03-04"}};
    values.insert(values.end(), more.begin(), more.end());
    return Record{RecordKind::StaffTime, {import, 0, 5, 0}, 0, std::move(values)};
  };
  const std::vector<Record> before{staff(1, {{"hours", "480"}}), staff(1, {{"hours", "300"}})};
  const Difference fresh = difference(std::span<const Record>(), before);
  EXPECT_EQ(fresh.new_facts, 2);
  EXPECT_EQ(fresh.changed_facts, 0) << "one file never changes itself";
  std::vector<Record> after = before;
  after.push_back(staff(2, {{"hours", "480"}}));
  after.push_back(staff(2, {{"hours", "360"}}));
  EXPECT_THAT(lines(difference(before, after)), ElementsAre("changed D-0001 2024-03-04 hours: 300 > 360"));
  EXPECT_THAT(difference(after, after).changes, IsEmpty());
}

TEST(KnownRecords, of_staff_time_hold_a_day_together) {
  using News = KnownRecords::News;
  const auto staff = [](std::uint32_t import, const char* hours, const char* function) {
    return Record{RecordKind::StaffTime, {import, 0, 5, 0}, 0, {{"staff_id", "30001"}, {"date", "2024-03-04"}, {"hours", hours}, {"function", function}}};
  };
  const std::vector<Record> stored{staff(1, "480", "lead"), staff(1, "300", "lead"), staff(1, "60", "help")};
  std::vector<const Record*> known;
  for (const Record& record : stored) known.push_back(&record);
  struct {
    const char* name;
    std::vector<Record> file;
    std::vector<News> news;
  } cases[] = {
      {"the same rows again", {staff(0, "300", "lead"), staff(0, "480", "lead"), staff(0, "60", "help")}, {News::None, News::None, News::None}},
      {"one function alone, the same", {staff(0, "60", "help")}, {News::None}},
      {"one of two rows differs: both hold from now on", {staff(0, "480", "lead"), staff(0, "360", "lead")}, {News::Changed, News::Changed}},
      {"a row less", {staff(0, "480", "lead")}, {News::Changed}},
      {"another function is a correction of the day", {staff(0, "60", "economist"), staff(0, "30", "economist")}, {News::Changed, News::Changed}},
      {"also beside one of before", {staff(0, "60", "economist"), staff(0, "60", "help")}, {News::Changed, News::Changed}},
  };
  for (const auto& each : cases) {
    KnownRecords held(known, each.file);
    std::vector<News> found;
    for (const Record& record : each.file) found.push_back(held.take(record));
    EXPECT_EQ(found, each.news) << each.name;
  }
}

TEST(Difference, shows_a_corrected_function_as_it_was_and_as_it_is) {
  const auto staff = [](std::uint32_t import, const char* hours, const char* function, const char* activity = "work") {
    return Record{RecordKind::StaffTime, {import, 0, 5, 0}, 0,
                  {{"staff_id", "30001"}, {"date", "2024-03-04"}, {"hours", hours}, {"activity", activity}, {"function", function}}};
  };
  const std::vector<Record> before{staff(1, "480", "lead")};
  std::vector<Record> after{before[0], staff(2, "480", "help")};
  EXPECT_THAT(lines(difference(before, after)), ElementsAre("changed D-0001 2024-03-04 function: lead > help"));
  const std::vector<Record> two{staff(1, "240", "lead"), staff(1, "240", "help")};
  after = {two[0], two[1], staff(2, "300", "help")};
  EXPECT_THAT(lines(difference(two, after)), ElementsAre("changed D-0001 2024-03-04 hours: 240 > 300")) << "of one of them alone";
}

TEST(Difference, shows_each_field_as_it_was_and_as_it_is) {
  const std::vector<Record> before{participant(0, {{"entry_date", "2016-02-01"}, {"home_municipality", "1780"}}),
                                   participant(1, {{"entry_date", "2016-02-01"}}), result(1, "2016-05-01", "work")};
  std::vector<Record> after = before;
  after.push_back(participant(0, {{"home_municipality", "1715"}, {"gender", "woman"}}, 2));
  after.push_back(participant(2, {{"entry_date", "2016-04-01"}}, 2));
  after[2] = result(1, "2016-05-01", "studies");
  const Difference found = difference(before, after);
  EXPECT_THAT(lines(found), ElementsAre("changed D-0001 gender:  > woman", "changed D-0001 home_municipality: 1780 > 1715",
                                        "new D-0003:  > ", "changed D-0002 2016-05-01 exit_reason: work > studies"));
  EXPECT_EQ(found.new_facts, 1);
  EXPECT_EQ(found.changed_facts, 2) << "two persons, whatever the number of fields";
  EXPECT_THAT(lines(difference(after, before)),
              ElementsAre("changed D-0001 home_municipality: 1715 > 1780", "changed D-0001 gender: woman > ",
                          "gone D-0003:  > ", "changed D-0002 2016-05-01 exit_reason: studies > work"));
}

TEST(Difference, holds_spell_against_spell) {
  const Record first = participant(0, {{"entry_date", "2016-02-01"}, {"exit_date", "2016-03-31"}});
  const Record second = participant(0, {{"entry_date", "2016-05-01"}, {"home_municipality", "1780"}});
  const Record left = result(0, "2016-03-31", "work");
  const Record open = participant(0, {{"entry_date", "2016-02-01"}});
  struct Case {
    const char* name;
    std::vector<Record> before, after;
    std::vector<std::string> lines;
  };
  const std::vector<Case> cases{
      {"the same two", {first, second}, {second, first}, {}},
      {"a second spell is new", {first}, {first, second}, {"new D-0001 2016-05-01: > "}},
      {"the exit of the first moves and the second stands still",
       {first, second},
       {participant(0, {{"entry_date", "2016-02-01"}, {"exit_date", "2016-04-15"}}), second},
       {"changed D-0001 2016-02-01 exit_date: 2016-03-31 > 2016-04-15"}},
      {"an entry that was changed is the same spell",
       {first, second},
       {first, participant(0, {{"entry_date", "2016-05-02"}, {"home_municipality", "1780"}})},
       {"changed D-0001 2016-05-02 entry_date: 2016-05-01 > 2016-05-02"}},
      {"a first spell that only the results end", {open, left}, {open, left, second}, {"new D-0001 2016-05-01: > "}},
      {"a spell that is gone", {first, second}, {second}, {"gone D-0001 2016-02-01: > "}},
  };
  for (const Case& c : cases) {
    std::vector<std::string> found = lines(difference(c.before, c.after));
    for (std::string& line : found)
      if (const auto colon = line.find(":  >"); colon != std::string::npos) line.erase(colon + 1, 1);
    EXPECT_EQ(found, c.lines) << c.name;
  }
}

TEST(Difference, results_that_move_the_last_day_say_so) {
  const auto left = [](const char* exit, std::uint32_t import) {
    Record record = result(0, exit, "work");
    record.origin.import = import;
    return record;
  };
  const Record open = participant(0, {{"entry_date", "2024-01-08"}});
  const Record ended = participant(0, {{"entry_date", "2024-01-08"}, {"exit_date", "2024-10-10"}});
  const Record again = participant(0, {{"entry_date", "2025-02-03"}});
  struct Case {
    const char* name;
    std::vector<Record> before, after;
    std::vector<std::string> moved;
  };
  const std::vector<Case> cases{
      {"the first that tell it", {open}, {open, left("2024-10-15", 2)}, {}},
      {"the day of the register", {ended}, {ended, left("2024-10-10", 2)}, {}},
      {"another than the register's", {ended}, {ended, left("2024-10-15", 2)}, {"changed D-0001 2024-10-15 exit_date: 2024-10-10 > 2024-10-15"}},
      {"another than earlier results'",
       {ended, left("2024-10-15", 2)},
       {ended, left("2024-10-15", 2), left("2024-10-25", 3)},
       {"changed D-0001 2024-10-25 exit_date: 2024-10-15 > 2024-10-25"}},
      {"those taken back",
       {ended, left("2024-10-15", 2), left("2024-10-25", 3)},
       {ended, left("2024-10-15", 2)},
       {"changed D-0001 2024-10-15 exit_date: 2024-10-25 > 2024-10-15"}},
      {"of a second stay, the first stands", {ended, again}, {ended, again, left("2025-05-30", 2)}, {}},
      {"to 29 February of a leap year",
       {open, left("2024-02-28", 2)},
       {open, left("2024-02-28", 2), left("2024-02-29", 3)},
       {"changed D-0001 2024-02-29 exit_date: 2024-02-28 > 2024-02-29"}},
  };
  for (const Case& c : cases) {
    const Difference found = difference(c.before, c.after);
    std::vector<std::string> moved = lines(found);
    std::erase_if(moved, [](const std::string& line) { return line.find(" exit_date: ") == std::string::npos; });
    EXPECT_EQ(moved, c.moved) << c.name;
    EXPECT_EQ(found.changed_facts, std::ssize(c.moved)) << c.name;
    EXPECT_EQ(found.new_facts + found.gone_facts, 1) << c.name << ": the row itself";
  }
}

TEST(Difference, of_time_is_by_day_activity_and_start) {
  const std::vector<TimeRecord> before{hours(0, "2016-03-01", 60), hours(0, "2016-03-02", 60), hours(1, "2016-03-01", 60)};
  const std::vector<TimeRecord> after{hours(0, "2016-03-01", 90), hours(0, "2016-03-01", 30), hours(0, "2016-03-02", 60, 1),
                                      hours(1, "2016-03-01", 60)};
  EXPECT_THAT(lines(difference(before, after)),
              ElementsAre("changed D-0001 2016-03-01 minutes: 60 > 30 + 90", "gone D-0001 2016-03-02 minutes: 60 > ",
                          "new D-0001 2016-03-02 minutes:  > 60"));
}

TEST(Missing, participants_of_the_subprojects_that_the_file_names_and_who_have_not_left) {
  const std::vector<Record> stored{participant(0, {{"subproject", "1780"}}), participant(1, {{"subproject", "1780"}}),
                                   participant(2, {{"subproject", "1783"}}),
                                   participant(3, {{"subproject", "1780"}, {"exit_date", "2016-03-01"}})};
  const std::vector<Record> file{participant(0, {{"subproject", "1780"}})};
  EXPECT_THAT(lines(missing(RecordKind::Participants, stored, file)), ElementsAre("missing D-0002:  > "));
  const std::vector<Record> no_subproject{participant(0, {{"entry_date", "2016-02-01"}})};
  EXPECT_THAT(lines(missing(RecordKind::Participants, stored, no_subproject)),
              ElementsAre("missing D-0002:  > ", "missing D-0003:  > "));
  EXPECT_THAT(missing(RecordKind::Results, stored, file).changes, IsEmpty()) << "results never miss anybody";
}

TEST(Missing, who_has_left_and_come_back_is_missing_and_who_has_left_again_is_not) {
  std::vector<Record> stored{participant(0, {{"entry_date", "2016-03-01"}, {"exit_date", "2016-03-31"}}),
                             participant(0, {{"entry_date", "2016-05-01"}}, 2)};
  const std::vector<Record> file{participant(1, {{"entry_date", "2016-02-01"}})};
  EXPECT_THAT(lines(missing(RecordKind::Participants, stored, file)), ElementsAre("missing D-0001:  > "));
  stored.push_back(participant(0, {{"entry_date", "2016-05-01"}, {"exit_date", "2016-05-31"}}, 3));
  EXPECT_THAT(missing(RecordKind::Participants, stored, file).changes, IsEmpty());
}

TEST(Missing, time_in_the_months_that_the_file_covers_for_a_person) {
  const std::vector<TimeRecord> stored{hours(0, "2016-02-29", 60), hours(0, "2016-03-01", 60), hours(0, "2016-03-02", 60),
                                       hours(1, "2016-03-01", 60)};
  const std::vector<TimeRecord> file{hours(0, "2016-03-31", 60), hours(0, "2016-03-02", 90)};
  EXPECT_THAT(lines(missing(stored, file)), ElementsAre("missing D-0001 2016-03-01 minutes: 60 > "));
}

TEST(Missing, only_days_that_the_file_can_speak_of) {
  const std::vector<TimeRecord> stored{hours(0, "2016-02-28", 60), hours(0, "2016-02-29", 60), hours(0, "2016-03-01", 60), hours(0, "2016-03-06", 60),
                                       hours(0, "2016-03-07", 60)};
  const std::vector<TimeRecord> file{hours(0, "2016-03-02", 90)};
  const Period week{*Date::parse("2016-02-29"), *Date::parse("2016-03-06")};
  EXPECT_THAT(lines(missing(stored, file, week)),
              ElementsAre("missing D-0001 2016-03-01 minutes: 60 > ", "missing D-0001 2016-03-06 minutes: 60 > "))
      << "the day after the week is not asked about; nor is a month of which the file says nothing of the person";
}

TEST(Missing, what_is_after_midnight_belongs_to_the_row_of_the_evening) {
  const auto half = [](const char* day, std::int16_t start, std::int16_t end, std::uint32_t row) {
    TimeRecord time = hours(0, day, end - start);
    time.start = start, time.end = end, time.origin.row = row;
    return time;
  };
  const std::vector<TimeRecord> stored{half("2016-03-31", 1320, 1440, 7), half("2016-04-01", 0, 120, 7)};
  EXPECT_THAT(missing(stored, std::vector{half("2016-03-31", 1320, 1380, 2)}).changes, IsEmpty())
      << "the row is stated anew: its morning is gone with it";
  EXPECT_THAT(lines(missing(stored, std::vector{hours(0, "2016-03-02", 60)})),
              ElementsAre("missing D-0001 2016-03-31 minutes: 120 > ", "missing D-0001 2016-04-01 minutes: 120 > "))
      << "a file of March that has not the row misses all of it";
  EXPECT_THAT(missing(stored, std::vector{hours(0, "2016-04-02", 60)}).changes, IsEmpty())
      << "a file of April says nothing of a night of March";
  const std::vector<TimeRecord> own_rows{half("2016-03-31", 1320, 1440, 7), half("2016-04-01", 0, 120, 8)};
  EXPECT_THAT(lines(missing(own_rows, std::vector{hours(0, "2016-04-02", 60)})),
              ElementsAre("missing D-0001 2016-04-01 minutes: 120 > "))
      << "two rows are two facts";
}

}  // namespace
}  // namespace horisont
