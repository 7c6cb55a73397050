// Every worked example of hours and money (HM-01 …) is a case of some test, named there by its number.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "support/places.h"

namespace {

namespace fs = std::filesystem;

TEST(WorkedExamples, of_hours_and_money_are_each_a_case) {
  const std::pair<int, int> ranges[] = {{1, 15}, {20, 29}, {30, 36}, {40, 47}, {50, 56}, {60, 62}};
  std::set<int> missing;
  for (const auto& [first, last] : ranges)
    for (int number = first; number <= last; ++number) missing.insert(number);
  const std::regex named("HM[-_]([0-9][0-9])");
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(HORISONT_SOURCE_DIR) / "tests")) {
    if (entry.path().extension() != ".cpp" || entry.path().filename() == "worked_examples_test.cpp") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("//")) continue;  // what stands above a test tests nothing
      for (std::sregex_iterator one(line.begin(), line.end(), named), end; one != end; ++one) missing.erase(std::stoi((*one)[1]));
    }
  }
  std::ostringstream list;
  for (const int number : missing) list << " HM-" << number;
  EXPECT_EQ(list.str(), "");
}

}  // namespace
