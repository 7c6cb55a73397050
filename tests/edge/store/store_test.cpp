#include "edge/store/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>

#include "edge/files/files.h"
#include "support/places.h"

namespace horisont {
namespace {

const std::filesystem::path schemas() { return std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas/store"; }
const Actor anna{"anna", "case-worker"};
Moment second(std::int64_t n) { return Moment::of_seconds(1'460'000'000 + n); }
Date day(const char* iso) { return *Date::parse(iso); }

// A project of two people in a database of its own.
struct Given {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "horisont.db";
  Store store = Store::open(file, schemas());
  People people{{std::nullopt, "UH-1", "Öberg, Åsa"}, {std::nullopt, "UH-2", "Ek, Bo"}};
  std::vector<std::string> activities{"individual_support", "work_placement"};
  int files = 0;

  NewImport import_of(RecordKind kind, std::span<const Record> records, std::span<const TimeRecord> times = {}) {
    NewImport import{.project = "ung-horisont", .kind = kind};
    import.file_name = "fil " + std::to_string(++files) + ".xlsx";
    import.sha256 = sha256_of(import.file_name);
    import.format = "xlsx";
    import.bytes = "PK";
    import.sheets = {"Blad1"};
    import.columns = {{ "Id", "", "Start" }};
    import.rows_seen = import.rows_read = static_cast<std::int64_t>(records.size() + times.size());
    import.records = records;
    import.times = times;
    import.activities = activities;
    return import;
  }
  Store::ImportResult add_people(std::vector<Record> records, int at = 0) {
    NewImport import = import_of(RecordKind::Participants, records);
    import.people = &people;
    import.people_before = store.people("ung-horisont").size();
    return store.add(import, anna, second(at));
  }
  Store::ImportResult add_times(std::vector<TimeRecord> times, int at = 0) {
    return store.add(import_of(RecordKind::Attendance, {}, times), anna, second(at));
  }
};

Record participant(std::uint32_t person, std::vector<FieldValue> values, std::uint32_t row = 5) {
  return {.kind = RecordKind::Participants, .origin = {0, 0, row, 0}, .person = person, .values = std::move(values)};
}
TimeRecord hours(std::uint32_t person, const char* iso, int minutes, std::uint32_t row, std::uint8_t activity = 0,
                 int start = -1) {
  return {.person = person,
          .day = day(iso).days(),
          .start = static_cast<std::int16_t>(start),
          .end = -1,
          .minutes = static_cast<std::uint16_t>(minutes),
          .activity = activity,
          .flags = 0,
          .origin = {0, 0, row, 4}};
}

TEST(StoreSettings, every_pragma_of_the_design_is_in_force_when_read_back) {
  Given given;
  const std::map<std::string, std::string> expected{
      {"journal_mode", "delete"},       {"synchronous", "3"},     {"foreign_keys", "1"},      {"recursive_triggers", "1"},
      {"trusted_schema", "0"},          {"cell_size_check", "1"}, {"mmap_size", "0"},         {"temp_store", "2"},
      {"secure_delete", "1"},           {"cache_size", "-16384"}, {"locking_mode", "normal"}, {"busy_timeout", "5000"},
      {"application_id", "1213157961"}, {"user_version", "2"}};
  std::map<std::string, std::string> found;
  for (const auto& [name, value] : given.store.pragmas()) found[name] = value;
  for (const auto& [name, value] : expected)
    if (name != "user_version") {
      EXPECT_EQ(found[name], value) << name;
    }
  EXPECT_GE(std::stoi(found["user_version"]), 1);
  EXPECT_TRUE(given.store.check().empty());
}

TEST(Store, tells_tables_and_triggers_that_are_not_as_the_program_makes_them) {
  for (const char* sql : {"DROP TRIGGER fact_keeps", "DROP INDEX import_by_file", "CREATE TABLE bokning (id INTEGER)",
                          "CREATE TRIGGER mine AFTER INSERT ON fact BEGIN SELECT 1; END",
                          "DROP TRIGGER fact_keeps; CREATE TRIGGER fact_keeps BEFORE UPDATE ON fact BEGIN SELECT 1; END"}) {
    Given given;
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(given.file.c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql;
    sqlite3_close(other);
    const auto faults = given.store.check();
    ASSERT_EQ(faults.size(), 1u) << sql;
    EXPECT_EQ(faults[0].id, "store.check-schema") << sql;
  }
}

TEST(StoreFacts, come_back_as_they_were_stored_with_their_origin) {
  Given given;
  const auto result =
      given.add_people({participant(0, {{"local_id", "UH-1", 1}, {"note", "rad 1\nrad 2\ttabb \\ streck", 7}}, 5),
                        participant(1, {{"entry_date", "2016-02-29", 3}}, 6)});
  EXPECT_EQ(result.new_people, 2);
  EXPECT_EQ(result.new_records, 2);
  const auto records = Store::open(given.file, schemas()).records("ung-horisont");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].values, (std::vector<FieldValue>{{"local_id", "UH-1", 1}, {"note", "rad 1\nrad 2\ttabb \\ streck", 7}}));
  EXPECT_EQ(records[1].origin, (Origin{result.id, 0, 6, 0}));
  EXPECT_EQ(given.store.people("ung-horisont"), given.people);
  const auto imports = given.store.imports("ung-horisont");
  ASSERT_EQ(imports.size(), 1u);
  EXPECT_EQ(imports[0].sheets, std::vector<std::string>{"Blad1"});
  EXPECT_EQ(imports[0].columns[0][2], "Start");
  EXPECT_EQ(given.store.import_of_file("ung-horisont", imports[0].sha256)->id, result.id);
  EXPECT_FALSE(given.store.import_of_file("varmlands-unga", imports[0].sha256));
}

TEST(StoreFacts, the_same_rows_in_another_file_change_nothing) {
  Given given;
  const std::vector<Record> rows{participant(0, {{"entry_date", "2016-02-01", 3}, {"home_municipality", "1780", 4}})};
  given.add_people(rows);
  auto moved = rows;
  moved[0].origin.row = 9;
  moved[0].values[0].column = 8;
  const auto again = given.add_people(moved);
  EXPECT_EQ(again.unchanged_records, 1);
  EXPECT_EQ(again.new_records + again.changed_records, 0);
  EXPECT_EQ(given.store.records("ung-horisont").size(), 1u);
  const auto changed = given.add_people({participant(0, {{"entry_date", "2016-02-02", 3}, {"home_municipality", "1780", 4}})});
  EXPECT_EQ(changed.changed_records, 1);
  // and a later return to the first value is a statement of its own
  EXPECT_EQ(given.add_people(rows).changed_records, 1);
}

TEST(StoreTimes, of_two_files_that_state_the_same_day_the_later_one_holds) {
  Given given;
  given.add_people({participant(0, {{"local_id", "UH-1", 1}}), participant(1, {{"local_id", "UH-2", 1}})});
  const auto first =
      given.add_times({hours(1, "2016-03-01", 450, 2), hours(0, "2016-03-01", 60, 3), hours(0, "2016-03-01", 60, 4)}, 1);
  EXPECT_EQ(first.new_times, 3);
  const auto second_file =
      given.add_times({hours(1, "2016-03-01", 450, 2), hours(0, "2016-03-01", 90, 3), hours(0, "2016-03-01", 60, 5, 1)}, 2);
  EXPECT_EQ(second_file.unchanged_times, 1);
  EXPECT_EQ(second_file.new_times + second_file.changed_times, 2);
  const auto sum = [&](std::optional<Moment> known_at) {
    int minutes = 0;
    for (const TimeRecord& time : given.store.times("ung-horisont", given.activities, known_at)) minutes += time.minutes;
    return minutes;
  };
  EXPECT_EQ(sum({}), 450 + 90 + 60);
  EXPECT_EQ(sum(second(1)), 450 + 60 + 60) << "as known before the second file";
  EXPECT_EQ(sum(second(0)), 0);
}

TEST(StoreTimes, keep_the_name_of_their_activity_when_the_list_of_activities_changes) {
  Given given;
  given.add_people({participant(0, {{"local_id", "UH-1", 1}}), participant(1, {{"local_id", "UH-2", 1}})});
  given.add_times({hours(0, "2016-03-01", 60, 2, 1)});
  const auto times = given.store.times("ung-horisont", {"new_first", "individual_support", "work_placement"});
  ASSERT_EQ(times.size(), 1u);
  EXPECT_EQ(times[0].activity, 2);
  EXPECT_THROW(given.store.times("ung-horisont", {"individual_support"}), StoreError);
}

TEST(StoreTimes, many_rows_come_back_in_order_of_person_and_day) {
  Given given;
  given.add_people({participant(0, {{"local_id", "UH-1", 1}}), participant(1, {{"local_id", "UH-2", 1}})});
  std::vector<TimeRecord> rows;
  for (int i = 0; i < 1234; ++i)
    rows.push_back(hours(static_cast<std::uint32_t>(i % 2), Date::of_days(16860 - i).iso().c_str(), i % 480,
                         static_cast<std::uint32_t>(i + 2)));
  EXPECT_EQ(given.add_times(rows).new_times, 1234);
  const auto times = given.store.times("ung-horisont", given.activities);
  ASSERT_EQ(times.size(), 1234u);
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end(), [](const auto& a, const auto& b) {
    return std::pair(a.person, a.day) < std::pair(b.person, b.day);
  }));
  EXPECT_EQ(given.add_times(rows).unchanged_times, 1234);
}

TEST(StoreCorrections, lie_over_the_value_and_survive_a_file_that_repeats_the_wrong_one) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}}), participant(1, {{"entry_date", "2016-02-01", 3}})});
  given.store.add(Correction{"ung-horisont", 0, RecordKind::Participants, "entry_date", "2016-02-08", "fel vecka i registret"},
                  anna, second(1));
  const auto entry = [&](std::uint32_t person, std::optional<Moment> known_at = {}) {
    std::string last;
    for (const Record& record : given.store.records("ung-horisont", known_at))
      if (record.person == person && record.find("entry_date")) last = *record.find("entry_date");
    return last;
  };
  EXPECT_EQ(entry(0), "2016-02-08");
  EXPECT_EQ(entry(1), "2016-02-01");
  EXPECT_EQ(entry(0, second(0)), "2016-02-01") << "as known before the correction";
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}, {"home_municipality", "1780", 4}}, 8)}, 2);
  EXPECT_EQ(entry(0), "2016-02-08") << "the file repeats the wrong value";
  given.add_people({participant(0, {{"entry_date", "2016-03-01", 3}}, 8)}, 3);
  EXPECT_EQ(entry(0), "2016-03-01") << "the file has a third value";
}

TEST(StoreCorrections, without_a_value_withdraw_the_field) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}, {"exit_date", "2016-02-02", 4}}),
                    participant(1, {{"local_id", "UH-2", 1}})});
  given.store.add(Correction{"ung-horisont", 0, RecordKind::Participants, "exit_date", "", "slutade aldrig"}, anna, second(1));
  EXPECT_EQ(given.store.records("ung-horisont")[0].find("exit_date"), nullptr);
}

TEST(StoreCorrections, lie_over_the_fields_that_are_asked_for_and_no_other) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}, {"home_municipality", "1780", 4}}),
                    participant(1, {{"local_id", "UH-2", 1}})});
  for (const char* field : {"entry_date", "gender"})
    given.store.add(Correction{"ung-horisont", 0, RecordKind::Participants, field, "2016-02-08", "avläst ur närvarolistan"},
                    anna, second(1));
  constexpr std::string_view wanted[] = {"entry_date", "exit_date"};
  const auto records = given.store.records("ung-horisont", {}, wanted);
  ASSERT_EQ(records.size(), 2u) << "a record without such a field is still a record";
  EXPECT_EQ(records[0].values, (std::vector<FieldValue>{{"entry_date", "2016-02-08", 3, 1}}));
  EXPECT_TRUE(records[1].values.empty());
}

TEST(StoreQuestions, who_is_or_was_ever_called_by_a_number) {
  Given given;
  const auto number = [](const char* digits) { return *PersonalIdentityNumber::of_normal_form(digits); };
  given.people = {{number("199803039800"), "UH-1", "Ek, Bo"},
                  {std::nullopt, "UH-2", "Öberg, Åsa"},
                  {std::nullopt, "UH-3", "Lind, Cia"},
                  {std::nullopt, "UH-4", "Al, Dan"}};
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}}),
                    participant(1, {{"local_id", "UH-2", 1}, {"identity_number", "199905179819", 2}}),
                    participant(2, {{"identity_number", "199803049809", 2}}),
                    participant(3, {{"former_identity_number", "199803039800", 2}, {"note", "199905179819", 3}})});
  given.store.add(Correction{"ung-horisont", 2, RecordKind::Participants, "identity_number", "199803059808", "avläst ur legitimation"},
                  anna, second(1));
  const struct {
    const char* who;
    std::set<std::string, std::less<>> numbers;
    std::vector<std::uint32_t> persons;
  } cases[] = {{"nobody asked for", {}, {}},
               {"a stranger", {"199803069807"}, {}},
               {"by the person's own row, not by another field", {"199803039800"}, {0}},
               {"by a register, not by a remark in it", {"199905179819"}, {1}},
               {"by a register that was corrected", {"199803049809"}, {2}},
               {"by the correction", {"199803059808"}, {2}},
               {"several", {"199803039800", "199803059808", "199905179819"}, {0, 1, 2}}};
  for (const auto& one : cases) EXPECT_EQ(given.store.persons_known_by("ung-horisont", one.numbers), one.persons) << one.who;
  EXPECT_TRUE(given.store.persons_known_by("another", {"199803039800"}).empty());
}

TEST(StoreQuestions, only_what_is_wanted_of_some_persons_and_of_one_kind_of_everybody) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}}), participant(1, {{"entry_date", "2016-02-02", 3}})});
  const Record work{.kind = RecordKind::StaffTime, .origin = {0, 0, 9, 0}, .person = 0, .values = {{"staff_id", "7", 1}}};
  given.store.add(given.import_of(RecordKind::StaffTime, std::span(&work, 1)), anna, second(1));
  const std::vector<std::uint32_t> second_person{1};
  const auto of = [&](std::span<const std::uint32_t> persons, RecordKind kind) {
    std::string found;
    for (const Record& record : given.store.records("ung-horisont", {}, {}, Store::Wanted{.persons = persons, .of_everybody = kind}))
      found += std::string(name_of(record.kind)) + std::to_string(record.person) + " ";
    return found;
  };
  EXPECT_EQ(of({}, RecordKind::StaffTime), "staff-time0 ");
  EXPECT_EQ(of({}, RecordKind::Participants), "participants0 participants1 ");
  EXPECT_EQ(of(second_person, RecordKind::StaffTime), "participants1 staff-time0 ");
  EXPECT_EQ(of(second_person, RecordKind::Results), "participants1 ");
  for (const auto& [numbers, rows] : {std::pair<std::set<std::string, std::less<>>, std::size_t>{{}, 0}, {{"7"}, 1}, {{"77", "other_staff_id"}, 0}})
    EXPECT_EQ(given.store.records("ung-horisont", {}, {}, Store::Wanted{.persons = {}, .staff = &numbers}).size(), rows);
  EXPECT_EQ(given.store.records("ung-horisont").size(), 3u);
}

TEST(StoreCorrections, need_a_reason_and_a_person) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}}), participant(1, {{"local_id", "UH-2", 1}})});
  EXPECT_THROW(given.store.add(Correction{"ung-horisont", 0, RecordKind::Participants, "entry_date", "2016-02-08", "för kort"},
                               anna, second(1)),
               StoreError);
  EXPECT_THROW(
      given.store.add(Correction{"ung-horisont", 7, RecordKind::Participants, "entry_date", "2016-02-08", "lång nog som skäl"},
                      anna, second(1)),
      StoreError);
  EXPECT_EQ(*given.store.records("ung-horisont")[0].find("entry_date"), "2016-02-01");
}

TEST(StoreCorrections, lie_over_the_last_spell) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-03-01", 3}, {"exit_date", "2016-03-31", 4}}, 2),
                    participant(0, {{"entry_date", "2016-05-01", 3}}, 3),
                    participant(1, {{"entry_date", "2016-02-01", 3}}, 4)});
  const Correction correction{
      "ung-horisont", 0, RecordKind::Participants, "exit_date", "2016-05-31", "slutade i maj enligt Lisa"};
  given.store.add(correction, anna, second(1));
  const auto records = given.store.records("ung-horisont");
  EXPECT_EQ(*records[0].find("exit_date"), "2016-03-31");
  ASSERT_TRUE(records[1].find("exit_date"));
  EXPECT_EQ(*records[1].find("exit_date"), "2016-05-31");
}

TEST(StoreImports, two_spells_read_in_again_change_nothing_and_a_third_row_does) {
  Given given;
  const Record first = participant(0, {{"entry_date", "2016-03-01", 3}, {"exit_date", "2016-03-31", 4}}, 2),
               back = participant(0, {{"entry_date", "2016-05-01", 3}}, 3),
               other = participant(1, {{"entry_date", "2016-02-01", 3}}, 4);
  given.add_people({first, back, other});
  for (const auto& rows : {std::vector<Record>{first, back, other}, std::vector<Record>{other, back, first}}) {
    const auto again = given.add_people(rows, 2);
    EXPECT_EQ(again.unchanged_records, 3);
    EXPECT_EQ(again.changed_records, 0);
  }
  const Record ended = participant(0, {{"entry_date", "2016-05-01", 3}, {"exit_date", "2016-06-30", 4}}, 3);
  const auto changed = given.add_people({first, ended, other}, 2);
  EXPECT_EQ(changed.unchanged_records, 2);
  EXPECT_EQ(changed.changed_records, 1);
}

TEST(StoreWithdrawals, a_later_file_of_other_days_does_not_rest_on_an_earlier_one) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}})}, 1);
  given.add_times({hours(0, "2016-02-10", 60, 2)}, 2);
  given.add_times({hours(0, "2016-03-10", 60, 2)}, 3);
  EXPECT_EQ(given.store.dependants("ung-horisont", 2), std::vector<std::string>{});
  given.add_times({hours(0, "2016-02-10", 90, 2)}, 4);
  EXPECT_EQ(given.store.dependants("ung-horisont", 2), std::vector<std::string>{"I-4"}) << "it says that day anew";
  given.add_times({hours(0, "2016-03-10", 60, 9), hours(0, "2016-03-11", 60, 10)}, 5);
  EXPECT_EQ(given.store.dependants("ung-horisont", 3), std::vector<std::string>{"I-5"}) << "it repeats a row of it";
}

TEST(StoreWithdrawals, let_the_facts_of_before_stand_again) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}}), participant(1, {{"entry_date", "2016-02-01", 3}})}, 1);
  given.add_people({participant(0, {{"entry_date", "2016-02-08", 3}})}, 2);
  given.add_times({hours(0, "2016-03-01", 60, 2), hours(1, "2016-03-01", 60, 3)}, 3);
  given.add_times({hours(0, "2016-03-01", 90, 2)}, 4);
  const auto minutes = [&](std::optional<Moment> known_at = {}) {
    std::vector<int> all;
    for (const TimeRecord& time : given.store.times("ung-horisont", given.activities, known_at)) all.push_back(time.minutes);
    return all;
  };
  EXPECT_EQ(given.store.dependants("ung-horisont", 1), (std::vector<std::string>{"I-2", "I-3", "I-4"}));
  EXPECT_EQ(given.store.dependants("ung-horisont", 2), std::vector<std::string>{});
  given.store.add(Withdrawal{"ung-horisont", 2, {}, "fel fil lästes in"}, anna, second(10));
  given.store.add(Withdrawal{"ung-horisont", 4, {}, "fel fil lästes in"}, anna, second(10));
  EXPECT_EQ(given.store.records("ung-horisont").size(), 2u);
  EXPECT_EQ(given.store.records("ung-horisont", second(9)).size(), 3u) << "as known before the withdrawal";
  EXPECT_EQ(minutes(), (std::vector<int>{60, 60}));
  EXPECT_EQ(minutes(second(9)), (std::vector<int>{90, 60}));
  EXPECT_EQ(given.store.imports("ung-horisont")[1].withdrawn_at, second(10));
  EXPECT_FALSE(given.store.import_of_file("ung-horisont", sha256_of("fil 2.xlsx"))) << "an undone file may come again";

  // One day of one person, then one person's facts of a kind; a later import states them anew.
  given.store.add(
      Withdrawal{"ung-horisont", 4, Withdrawal::Of{RecordKind::Attendance, 1, day("2016-03-01"), -1, "individual_support"},
                 "felinläst rad i listan"},
      anna, second(11));
  EXPECT_EQ(minutes(), (std::vector<int>{60}));
  given.store.add(
      Withdrawal{"ung-horisont", 4, Withdrawal::Of{.kind = RecordKind::Participants, .person = 0, .day = {}, .activity = {}},
                 "felinläst rad i listan"},
      anna, second(12));
  EXPECT_EQ(given.store.records("ung-horisont").size(), 1u);
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}})}, 13);
  EXPECT_EQ(given.store.records("ung-horisont").size(), 2u);
  EXPECT_THROW(given.store.add(Withdrawal{"ung-horisont", 1, {}, "kort"}, anna, second(14)), StoreError);
}

TEST(StoreDrafts, wait_outside_the_facts_and_go) {
  Given given;
  NewDraft draft{"ung-horisont", "Närvaro mars.xlsx", std::string(64, 'a'), "", "PK bytes", "today\t2016-04-01\n", "0 0 0"};
  EXPECT_EQ(given.store.add(draft, anna, second(1)), 1u);
  draft.path = "/stor/fil.csv", draft.bytes.clear();
  EXPECT_EQ(given.store.add(draft, anna, second(1000)), 2u);
  const auto found = given.store.draft("ung-horisont", 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->draft.bytes, "PK bytes");
  EXPECT_EQ(found->draft.request, draft.request);
  EXPECT_FALSE(given.store.draft("varmlands-framtid", 1)) << "another project's draft is not there";
  EXPECT_EQ(given.store.seen("ung-horisont"), "0 0 0 0 0 0");
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}})});
  EXPECT_NE(given.store.seen("ung-horisont"), "0 0 0 0 0 0");
  given.store.drop_drafts_before(second(500));
  EXPECT_EQ(given.store.drafts("ung-horisont").size(), 1u);
  given.store.drop_draft(2);
  EXPECT_EQ(given.store.drafts("ung-horisont").size(), 0u);
  EXPECT_EQ(given.store.add(draft, anna, second(2000)), 3u) << "numbers are never given twice";
}

TEST(StoreTrial, leaves_the_file_as_it_was) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}})});
  const std::string before = sha256_of_file(given.file);
  given.store.try_out([&] {
    given.add_times({hours(0, "2016-03-01", 60, 2)});
    EXPECT_EQ(given.store.times("ung-horisont", given.activities).size(), 1u);
  });
  EXPECT_EQ(given.store.times("ung-horisont", given.activities).size(), 0u);
  EXPECT_EQ(sha256_of_file(given.file), before);
  EXPECT_THROW(given.store.at_once([&] {
    given.add_times({hours(0, "2016-03-01", 60, 2)});
    throw StoreError(StoreError::Kind::Busy, {"store.busy", {}});
  }),
               StoreError);
  EXPECT_EQ(sha256_of_file(given.file), before);
}

TEST(StoreProfiles, have_versions_and_can_be_retired) {
  Given given;
  EXPECT_EQ(given.store.add_profile("ung-horisont", "narvaro", "a", anna, second(1)), 1);
  EXPECT_EQ(given.store.add_profile("ung-horisont", "narvaro", "b", anna, second(2)), 2);
  EXPECT_EQ(given.store.profile("ung-horisont", "narvaro")->text, "b");
  EXPECT_EQ(given.store.profile("ung-horisont", "narvaro", 1)->text, "a");
  EXPECT_FALSE(given.store.profile("ung-horisont", "deltagare"));
  EXPECT_EQ(given.store.add_profile("ung-horisont", "narvaro", "", anna, second(3)), 3);
  EXPECT_FALSE(given.store.profile("ung-horisont", "narvaro")) << "retired";
  EXPECT_EQ(given.store.profiles("ung-horisont").size(), 3u);
}

TEST(StoreDecisions, are_kept_by_run_and_the_newest_is_given) {
  Given given;
  const std::string rules = sha256_of("rules");
  given.store.keep("rule-set", rules, "rules", second(0));
  EXPECT_EQ(given.store.kept(rules), "rules");
  Decision first;
  first.person = 1, first.verdict = Verdict::Eligible;
  given.store.add_run("ung-horisont", rules, "terms", "0.1.0", day("2016-04-01"), std::vector{first}, anna, second(1));
  Decision second_answer;
  second_answer.person = 1, second_answer.verdict = Verdict::NotEligible, second_answer.hit = 1ull << 63,
  second_answer.cannot_tell = 5;
  given.store.add_run("ung-horisont", rules, "terms", "0.1.0", day("2016-05-01"), std::vector{second_answer}, anna, second(2));
  const auto decisions = given.store.decisions("ung-horisont");
  ASSERT_EQ(decisions.size(), 1u);
  EXPECT_EQ(decisions[0].verdict, Verdict::NotEligible);
  EXPECT_EQ(decisions[0].hit, 1ull << 63);
  EXPECT_EQ(decisions[0].cannot_tell, 5u);
}

TEST(StoreDecisions, are_compared_with_the_newest_run_in_all_that_decided) {
  Given given;
  ASSERT_EQ(given.add_people({participant(0, {{"entry_date", "2016-04-01", 3}})}).new_people, 2);
  const std::string rules(64, 'a'), other(64, 'b');
  for (const std::string& sha : {rules, other}) given.store.keep("rule-set", sha, "<definitions/>", second(0));
  std::vector<Decision> decisions{{.person = 0, .verdict = Verdict::Eligible, .hit = 1, .cannot_tell = 0}};
  EXPECT_FALSE(given.store.decided("ung-horisont", rules, "terms", decisions)) << "nothing was ever decided";
  given.store.add_run("ung-horisont", rules, "terms", "0.1.0", day("2016-05-31"), decisions, anna, second(1));
  EXPECT_TRUE(given.store.decided("ung-horisont", rules, "terms", decisions));
  EXPECT_FALSE(given.store.decided("ung-horisont", other, "terms", decisions)) << "other rules";
  EXPECT_FALSE(given.store.decided("ung-horisont", rules, "other terms", decisions)) << "other terms";
  decisions[0].cannot_tell = 2;
  EXPECT_FALSE(given.store.decided("ung-horisont", rules, "terms", decisions)) << "another answer";
  decisions[0].cannot_tell = 0;
  decisions.push_back({.person = 1, .verdict = Verdict::Undecided});
  EXPECT_FALSE(given.store.decided("ung-horisont", rules, "terms", decisions)) << "another person";
}

TEST(StoreReading, holds_what_is_read_to_one_moment_for_every_reader) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-04-01", 3}})});
  std::optional<Store::Reading> reading{std::in_place, given.store};
  Store other = Store::open(given.file, schemas());
  EXPECT_EQ(other.records("ung-horisont").size(), 1u) << "another one may read at the same time";
  reading.reset();
  given.add_people({participant(1, {{"entry_date", "2016-04-02", 3}})}, 1);
  EXPECT_EQ(other.records("ung-horisont").size(), 2u);
}

TEST(StoreReports, are_numbered_by_period_and_kept_with_their_files) {
  Given given;
  EXPECT_EQ(given.store.report_numbers("ung-horisont").next("2016-03"), "R-2016-03-001");
  StoredReport report{
      .id = "R-2016-03-001", .kind = "scb-month", .project = "ung-horisont", .period = "2016-03", .language = "sv"};
  report.files = {{"a.xlsx", "1"}, {"b.xlsx", "2"}};
  given.store.add(report, anna, second(1));
  EXPECT_EQ(given.store.report_numbers("ung-horisont").next("2016-03"), "R-2016-03-002");
  EXPECT_EQ(given.store.report_numbers("ung-horisont").next("2016-01-01/2016-06-30"), "R-2016-01-01_2016-06-30-001");
  ASSERT_EQ(given.store.reports("ung-horisont").size(), 1u);
  EXPECT_EQ(given.store.reports("ung-horisont")[0].files[1].name, "b.xlsx");
  EXPECT_THROW(given.store.add(report, anna, second(2)), StoreError) << "a made report is never made over";
}

TEST(StoreIsAppendOnly, no_table_lets_a_row_be_changed_or_removed) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}}), participant(1, {{"local_id", "UH-2", 1}})});
  given.add_times({hours(0, "2016-03-01", 60, 2)});
  given.store.add(Correction{"ung-horisont", 0, RecordKind::Participants, "entry_date", "2016-02-08", "fel vecka i registret"},
                  anna, second(1));
  given.store.add(Withdrawal{"ung-horisont", 1, {}, "fel fil lästes in"}, anna, second(2));
  given.store.add_profile("ung-horisont", "narvaro", "a", anna, second(3));
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(given.file.c_str(), &other), SQLITE_OK);
  sqlite3_exec(other, "PRAGMA recursive_triggers=ON", nullptr, nullptr, nullptr);
  const char* attempts[] = {"UPDATE fact SET person = 1",
                            "DELETE FROM fact",
                            "UPDATE time_record SET minutes = 600",
                            "DELETE FROM time_record",
                            "UPDATE correction SET reason = 'något annat skäl'",
                            "DELETE FROM import",
                            "UPDATE person SET name = ''",
                            "INSERT OR REPLACE INTO person SELECT project, number, identity, local_id, 'X', import FROM person",
                            "UPDATE file SET bytes = NULL",
                            "DELETE FROM activity",
                            "UPDATE withdrawal SET import = 2",
                            "DELETE FROM withdrawal",
                            "UPDATE profile SET text = ''",
                            "DELETE FROM profile",
                            "UPDATE project SET key = 'x'"};
  for (const char* sql : attempts) {
    EXPECT_EQ(sqlite3_exec(other, sql, nullptr, nullptr, nullptr), SQLITE_CONSTRAINT) << sql;
    EXPECT_NE(std::string(sqlite3_errmsg(other)).find("append-only"), std::string::npos) << sql;
  }
  sqlite3_close(other);
}

StoreError::Kind why_refused(const std::filesystem::path& file, std::string* id = nullptr) {
  try {
    Store::open(file, schemas());
  } catch (const StoreError& error) {
    if (id) *id = error.message().id;
    return error.kind();
  }
  ADD_FAILURE() << "opened " << file;
  return StoreError::Kind::Machine;
}

TEST(StoreRefuses, a_file_of_another_program_and_leaves_it_as_it_was) {
  TemporaryFolder folder;
  const auto text = folder.path() / "brev.db";
  std::ofstream(text) << "Hej! Det här är ett brev, inte en databas. " << std::string(2000, 'x');
  const std::string before = sha256_of_file(text);
  EXPECT_EQ(why_refused(text), StoreError::Kind::Foreign);
  EXPECT_EQ(sha256_of_file(text), before);

  const auto other = folder.path() / "other.db";
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(other.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "CREATE TABLE bokning (id INTEGER)", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  const std::string before_other = sha256_of_file(other);
  EXPECT_EQ(why_refused(other), StoreError::Kind::Foreign);
  EXPECT_EQ(sha256_of_file(other), before_other);
}

TEST(StoreRefuses, an_empty_file_that_lost_its_content_and_creates_one_that_is_not_there) {
  TemporaryFolder folder;
  const auto file = folder.path() / "horisont.db";
  std::ofstream{file};
  std::string id;
  EXPECT_EQ(why_refused(file, &id), StoreError::Kind::Damaged);
  EXPECT_EQ(id, "store.empty");
  EXPECT_EQ(std::filesystem::file_size(file), 0u) << "it is left as it was";
  std::filesystem::remove(file);
  EXPECT_NO_THROW(Store::open(file, schemas()));
  EXPECT_GT(std::filesystem::file_size(file), 0u);
}

TEST(StoreRefuses, a_database_of_a_newer_program) {
  Given given;
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(given.file.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "PRAGMA user_version=999", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  EXPECT_EQ(why_refused(given.file), StoreError::Kind::Newer);
}

TEST(StoreRefuses, a_folder_a_link_and_a_folder_that_is_not_there) {
  TemporaryFolder folder;
  std::string id;
  EXPECT_EQ(why_refused(folder.path(), &id), StoreError::Kind::Foreign);
  EXPECT_EQ(id, "store.is-folder");
  std::filesystem::create_symlink(folder.path() / "nowhere", folder.path() / "link.db");
  why_refused(folder.path() / "link.db", &id);
  EXPECT_EQ(id, "store.symbolic-link");
  EXPECT_EQ(why_refused(folder.path() / "no/such/horisont.db", &id), StoreError::Kind::Machine);
  EXPECT_EQ(id, "store.folder-missing");
}

TEST(StoreRefuses, an_import_that_was_prepared_before_another_one_brought_people_in) {
  Given given;
  const std::vector<Record> rows{participant(0, {{"entry_date", "2016-02-01", 3}})};
  NewImport late = given.import_of(RecordKind::Participants, rows);
  late.people = &given.people;
  late.people_before = 0;
  given.add_people(rows);
  EXPECT_THROW(given.store.add(late, anna, second(2)), StoreError);
  EXPECT_EQ(given.store.imports("ung-horisont").size(), 1u) << "nothing of the refused import is left";
}

TEST(StoreRefuses, to_go_on_when_no_more_can_be_written_and_keeps_what_was_there) {
  Given given;
  given.add_people({participant(0, {{"entry_date", "2016-02-01", 3}}), participant(1, {{"local_id", "UH-2", 1}})});
  std::vector<TimeRecord> rows;
  for (int i = 0; i < 20000; ++i)
    rows.push_back(hours(0, Date::of_days(16860 + i % 300).iso().c_str(), 60, static_cast<std::uint32_t>(i + 2)));
  // A limit on the size of files is what a full disk looks like from inside; the signal must not end the program.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{std::filesystem::file_size(given.file) + 65536, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  EXPECT_THROW(given.add_times(rows, 1), StoreError);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_TRUE(given.store.times("ung-horisont", given.activities).empty());
  EXPECT_TRUE(given.store.check().empty());
  EXPECT_EQ(given.add_times(rows, 2).new_times, 20000);
}

}  // namespace
}  // namespace horisont
