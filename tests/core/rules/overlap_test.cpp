#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/rules.h"
#include "support/given.h"

namespace horisont {
namespace {

// Numbers of the tax agency's test series.
constexpr std::string_view asa = "200001012384", other = "200001022383";

struct Stay {
  std::string_view project;
  std::string_view number;
  std::optional<std::string_view> entered, left;
  std::uint32_t person = 0;
};
struct Case {
  const char* name;
  Given ours;
  std::vector<Stay> theirs;
  std::int64_t days;
  std::vector<std::string> with;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
class Overlap : public ::testing::TestWithParam<Case> {};

TEST_P(Overlap, counts_days_in_other_projects_once_and_names_them) {
  const Case& c = GetParam();
  std::vector<Participation> ours{participation(c.ours)};
  std::map<std::string, std::vector<Participation>> theirs;
  for (const Stay& s : c.theirs)
    theirs[std::string(s.project)].push_back(
        participation({.person = s.person, .number = s.number, .entered = s.entered, .left = s.left}));
  std::vector<std::pair<std::string, std::span<const Participation>>> others(theirs.begin(), theirs.end());
  find_overlaps(ours, others, day("2017-06-01"));
  EXPECT_EQ(ours[0].overlap_days, c.days);
  EXPECT_EQ(ours[0].overlap_with, c.with);
}

const Given march{.number = asa, .entered = "2017-03-01", .left = "2017-03-31"};
const Case cases[] = {
    {"nobody_else", march, {}, 0, {}},
    {"the_last_day_in_common", march, {{"framtid", asa, "2017-03-31", "2017-04-30", 6}}, 1, {"framtid D-0007"}},
    {"the_day_after_is_no_overlap", march, {{"framtid", asa, "2017-04-01", "2017-04-30"}}, 0, {}},
    {"the_day_before_is_no_overlap", march, {{"framtid", asa, "2017-02-01", "2017-02-28"}}, 0, {}},
    {"the_first_day_in_common", march, {{"framtid", asa, "2017-02-01", "2017-03-01"}}, 1, {"framtid D-0001"}},
    {"a_day_in_two_other_projects_counts_once",
     march,
     {{"framtid", asa, "2017-03-30", "2017-04-30"}, {"unga", asa, "2017-03-31", "2017-05-01"}},
     2,
     {"framtid D-0001", "unga D-0001"}},
    {"one_inside_another",
     march,
     {{"framtid", asa, "2017-03-01", "2017-03-31"}, {"unga", asa, "2017-03-10", "2017-03-11"}},
     31,
     {"framtid D-0001", "unga D-0001"}},
    {"who_has_not_left_takes_part_until_today",
     {.number = asa, .entered = "2017-03-01"},
     {{"framtid", asa, "2017-05-31", {}}},
     2,
     {"framtid D-0001"}},
    {"another_person", march, {{"framtid", other, "2017-03-01", "2017-03-31"}}, 0, {}},
    {"without_an_entry_date_nothing_can_be_counted",
     {.number = asa, .entered = {}},
     {{"framtid", asa, "2017-03-01", "2017-03-31"}},
     0,
     {}},
    {"without_a_number_nobody_is_the_same_person",
     {.entered = "2017-03-01"},
     {{"framtid", asa, "2017-03-01", "2017-03-31"}},
     0,
     {}},
};
INSTANTIATE_TEST_SUITE_P(Projects, Overlap, ::testing::ValuesIn(cases), [](const auto& test) { return test.param.name; });

TEST(Overlaps, a_code_that_two_people_may_share_joins_nobody) {
  std::vector<Participation> ours{participation({.number = "20000101TF29"})};
  const std::vector<Participation> theirs{participation({.number = "20000101TF29"})};
  const std::pair<std::string, std::span<const Participation>> others[] = {{"framtid", theirs}};
  find_overlaps(ours, others, day("2017-06-01"));
  EXPECT_EQ(ours[0].overlap_days, 0);
}

TEST(Overlaps, between_two_spells_the_person_is_free) {
  Participation back = participation({.number = asa, .entered = "2017-01-01", .left = "2017-05-31"});
  back.spells = {period("2017-01-01", "2017-01-31"), period("2017-05-01", "2017-05-31")};
  std::vector<Participation> ours{back};
  const std::vector<Participation> theirs{participation({.number = asa, .entered = "2017-02-01", .left = "2017-04-30"})};
  const std::pair<std::string, std::span<const Participation>> others[] = {{"framtid", theirs}};
  find_overlaps(ours, others, day("2017-06-01"));
  EXPECT_EQ(ours[0].overlap_days, 0);
}

}  // namespace
}  // namespace horisont
