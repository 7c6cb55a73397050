// Files as people send them, and what is read from them. Each story in tests/edge/import/cases is a CSV file and, beside
// it, what the draft must hold: facts, people, findings. HORISONT_WRITE_EXPECTED=1 writes the answers anew, to be read
// line by line before they are committed.

#include "edge/import/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/draft_text.h"
#include "support/places.h"

namespace horisont {
namespace {

const std::filesystem::path cases = std::filesystem::path(HORISONT_SOURCE_DIR) / "tests" / "edge" / "import" / "cases";

std::vector<std::filesystem::path> stories() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(cases))
    if (entry.path().extension() == ".csv") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

class Story : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Story, is_read_as_it_is_written_beside_it) {
  const auto expected_file = std::filesystem::path(GetParam()).replace_extension(".expected");
  const std::string actual = draft_text(read_story(GetParam()));
  if (std::getenv("HORISONT_WRITE_EXPECTED")) write_file(expected_file, actual);
  ASSERT_TRUE(std::filesystem::exists(expected_file)) << expected_file << " is missing; the draft is\n" << actual;
  EXPECT_EQ(actual, read_file(expected_file));
}

INSTANTIATE_TEST_SUITE_P(Cases, Story, testing::ValuesIn(stories()), [](const auto& story) {
  std::string name = story.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace horisont
