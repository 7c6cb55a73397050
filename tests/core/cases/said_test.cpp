// What a row of a file tells that was not known.

#include "core/cases/said.h"

#include <gtest/gtest.h>

namespace horisont {
namespace {

using News = KnownRecords::News;

Record participant(std::uint32_t person, std::vector<FieldValue> values, std::uint32_t import) {
  return {RecordKind::Participants, {import, 0, 5, 0}, person, std::move(values)};
}
Record result(std::uint32_t person, const char* exit, const char* reason, std::uint32_t import) {
  return {RecordKind::Results, {import, 0, 5, 0}, person, {{"exit_date", exit}, {"exit_reason", reason}}};
}

TEST(KnownRecords, tell_what_is_new_what_is_changed_and_what_was_said_before) {
  const std::vector<Record> stored{participant(0, {{"entry_date", "2016-02-01"}, {"home_municipality", "1780"}}, 1),
                                   participant(1, {{"entry_date", "2016-02-01"}}, 1), result(1, "2016-03-31", "work", 2),
                                   participant(1, {{"entry_date", "2016-05-01"}}, 3)};
  struct Case {
    const char* name;
    Record row;
    News news;
  };
  const std::vector<Case> cases{
      {"the same row", participant(0, {{"home_municipality", "1780"}, {"entry_date", "2016-02-01"}}, 0), News::None},
      {"a part of it", participant(0, {{"entry_date", "2016-02-01"}}, 0), News::None},
      {"a field more", participant(0, {{"entry_date", "2016-02-01"}, {"gender", "man"}}, 0), News::Changed},
      {"somebody new", participant(7, {{"entry_date", "2016-02-01"}}, 0), News::New},
      {"a first spell that only the results end", participant(1, {{"entry_date", "2016-02-01"}}, 0), News::None},
      {"the spell after it", participant(1, {{"entry_date", "2016-05-01"}}, 0), News::None},
      {"an exit of the spell after it", participant(1, {{"entry_date", "2016-05-01"}, {"exit_date", "2016-06-01"}}, 0),
       News::Changed},
      {"the same result", result(1, "2016-03-31", "work", 0), News::None},
      {"another reason for the same exit", result(1, "2016-03-31", "studies", 0), News::Changed},
      {"another exit", result(1, "2016-06-30", "work", 0), News::New},
  };
  std::vector<const Record*> before;
  for (const Record& record : stored) before.push_back(&record);
  for (const Case& c : cases) {
    KnownRecords known(before, std::span(&c.row, 1));
    EXPECT_EQ(known.take(c.row), c.news) << c.name;
    const Record again = c.row;
    EXPECT_EQ(known.take(again), News::None) << c.name << ", a second time";
  }
}

}  // namespace
}  // namespace horisont
