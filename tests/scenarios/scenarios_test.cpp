// Workbooks as offices keep them. Each folder holds a file, the story of it (first line; the lines after it are options of
// the command) and what `horisont import --dry-run --json` answers when the people of register.csv are known.
// HORISONT_WRITE_EXPECTED=1 writes the answers anew, to be read before they are committed. make.py makes the files.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "cli/command_line.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "support/places.h"

namespace horisont {
namespace {

const std::filesystem::path folder_of_all = std::filesystem::path(HORISONT_SOURCE_DIR) / "tests" / "scenarios";

std::vector<std::filesystem::path> scenarios() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of_all))
    if (std::filesystem::exists(entry.path() / "story.txt")) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

struct Answer {
  int status;
  std::string out;
};
Answer run(const std::filesystem::path& home, std::vector<std::string> arguments) {
  std::istringstream in;
  std::ostringstream out, messages;
  Surroundings here;
  here.share = HORISONT_SOURCE_DIR;
  here.default_home = home;
  here.today = *Date::parse("2016-04-15");
  here.now = *Moment::parse("2016-04-15T08:00:00Z");
  here.account = "anna";
  here.in = &in, here.out = &out, here.messages = &messages;
  arguments.insert(arguments.end(), {"--project", "ung-horisont"});
  const int status = horisont::run(std::move(arguments), here);
  return {status, out.str()};
}

class Scenario : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Scenario, is_answered_as_it_is_written_beside_it) {
  const TemporaryFolder folder;
  ASSERT_EQ(run(folder.path(), {"import", (folder_of_all / "register.csv").string(), "--yes"}).status, 0);
  std::vector<std::string> arguments{"import"};
  std::istringstream story(read_file(GetParam() / "story.txt"));
  std::string line;
  std::getline(story, line);
  EXPECT_GT(line.size(), 20u) << "the story is told";
  for (const auto& entry : std::filesystem::directory_iterator(GetParam()))
    if (entry.path().extension() != ".txt" && entry.path().extension() != ".json") arguments.push_back(entry.path().string());
  ASSERT_EQ(arguments.size(), 2u) << "one file";
  while (std::getline(story, line)) arguments.push_back(line);
  arguments.insert(arguments.end(), {"--dry-run", "--json"});
  const Answer answer = run(folder.path(), arguments);
  const auto json = parse_json(answer.out);
  ASSERT_TRUE(json) << answer.out;
  const std::string actual = "status " + std::to_string(answer.status) + "\n" + write_json(*json, true) + "\n";
  const auto expected = GetParam() / "expected.json";
  if (std::getenv("HORISONT_WRITE_EXPECTED")) write_file(expected, actual);
  ASSERT_TRUE(std::filesystem::exists(expected)) << actual;
  EXPECT_EQ(actual, read_file(expected));
  for (const char* serial : {"-98", "98"})
    EXPECT_EQ(actual.find(std::string(serial) + "19"), actual.npos) << "an identity number is told whole";
}

INSTANTIATE_TEST_SUITE_P(Offices, Scenario, testing::ValuesIn(scenarios()), [](const auto& scenario) {
  std::string name = scenario.param.filename().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Scenarios, are_at_least_25) { EXPECT_GE(scenarios().size(), 25u); }

}  // namespace
}  // namespace horisont
