// What a line is told that cannot be done as it stands.

#include <gmock/gmock.h>

#include <future>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Line {
  const char* name;
  std::vector<std::string> arguments;
  int status;
  const char* told;
};
class Advice : public Cli, public testing::WithParamInterface<Line> {};

TEST_P(Advice, says_what_is_wrong) {
  file("fil", "x");
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  std::vector<std::string> arguments = GetParam().arguments;
  for (std::string& argument : arguments)
    if (argument == "FIL") argument = (folder.path() / "fil").string();
  const Said said = run(arguments);
  EXPECT_EQ(said.status, GetParam().status) << said.out << said.messages;
  EXPECT_THAT(said.messages, HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    Of, Advice,
    testing::Values(
        Line{"a_project_that_there_is_not", {"months", "--project", "finnsinte"}, 2, "finns inte"},
        Line{"a_project_to_show_that_there_is_not", {"project", "show", "finnsinte"}, 2, "finns inte"},
        Line{"a_number_where_a_file_is_meant", {"identity", "check", "19990517-9819"}, 2, "tar en fil med ett nummer på varje rad"},
        Line{"a_day_after_the_programme",
             {"hourly-rate", "--annual-gross", "550000", "--hours", "100", "--employment", "100", "--on", "2031-01-01", "--project", "ung-horisont"},
             5, "2031-01-01 ligger utanför programmet"},
        Line{"a_file_where_the_folder_should_be", {"report", "make", "hours-summary", "--period", "2016-02", "-o", "FIL", "--project", "ung-horisont"}, 74, "ska vara en mapp men är en fil"},
        Line{"a_folder_that_cannot_be_made", {"report", "make", "hours-summary", "--period", "2016-02", "-o", "/proc/x", "--project", "ung-horisont"}, 74, "kan inte skapas där"}),
    [](const auto& one) { return one.param.name; });

TEST_F(Cli, reports_made_at_the_same_time_into_one_folder_wait_for_each_other) {
  const std::string p = "--project=ung-horisont", out = (folder.path() / "ut").string();
  ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
  std::vector<std::future<Said>> made;
  for (int i = 0; i < 3; ++i)
    made.push_back(std::async(std::launch::async, [&] { return run({"report", "make", "hours-summary", "--period", "2016-02", "-o", out, p}); }));
  for (auto& one : made) {
    const Said said = one.get();
    EXPECT_LE(said.status, 1) << said.messages;
  }
  std::size_t workbooks = 0;
  for (const auto& entry : std::filesystem::directory_iterator(out)) {
    EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr("part"))) << "what was private is gone";
    workbooks += entry.path().extension() == ".xlsx";
  }
  EXPECT_EQ(workbooks, 3u);
}

}  // namespace
}  // namespace horisont
