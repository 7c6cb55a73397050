// The program dmn-tck itself, and what it says of the kit's folders.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/places.h"
#include "support/shared_data.h"

namespace {

namespace fs = std::filesystem;

struct Ran {
  int status = -1;
  std::string said;
  std::string last_line() const {
    const std::string whole = said.substr(0, said.find_last_not_of('\n') + 1);
    return whole.substr(whole.rfind('\n') + 1);
  }
};

Ran run(const std::string& arguments) {
  const std::string command = "'" + std::string(HORISONT_BINARY_DIR) + "/tests/conformance/dmn-tck' " + arguments + " 2>&1";
  Ran ran;
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return ran;
  char buffer[4096];
  for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) ran.said.append(buffer, n);
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

// A folder of the kit with one model of one decision and one test.
class Folder {
 public:
  Folder(const std::string& expression, const std::string& expected)
      : path_(fs::temp_directory_path() / ("dmn-tck-test-" + std::to_string(getpid()))) {
    fs::create_directories(path_ / "0001-own");
    std::ofstream(path_ / "0001-own/own.dmn")
        << R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="own" namespace="own"><decision name="d" id="d">)"
        << R"(<variable name="d"/><literalExpression><text>)" << expression
        << "</text></literalExpression></decision></definitions>";
    std::ofstream(path_ / "0001-own/own-test-01.xml")
        << R"(<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
        << R"(<modelName>own.dmn</modelName><testCase id="1"><resultNode name="d"><expected>)" << expected
        << "</expected></resultNode></testCase></testCases>";
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(DmnTck, every_case_of_the_shared_folders_passes) {
  NEED_SHARED_DATA(shared);
  const Ran ran = run("--cases '" + (shared / "dmn-tck").string() + "'");
  EXPECT_EQ(ran.status, 0) << ran.said;
  // The only folder that may fail runs Java, and is not in the shared data: 0076-feel-external-java.
  EXPECT_EQ(ran.last_line(), "2547 passed, 0 failed");
}

TEST(DmnTck, a_value_that_is_not_exactly_as_expected_fails) {
  struct Case {
    const char *what, *expression, *expected;
    int status;
  };
  const Case cases[] = {
      {"the same decimal", "0.1 + 0.2", "<value xsi:type=\"xsd:decimal\">0.3</value>", 0},
      {"what a binary double would say", "0.1 + 0.2", "<value xsi:type=\"xsd:decimal\">0.30000000000000004</value>", 1},
      {"an endless decimal, rounded as it is written", "2 / 3", "<value xsi:type=\"xsd:decimal\">0.667</value>", 0},
      {"an endless decimal, rounded otherwise", "2 / 3", "<value xsi:type=\"xsd:decimal\">0.666</value>", 1},
      {"a number written as text", "\"1\"", "<value xsi:type=\"xsd:decimal\">1</value>", 1},
      {"null where a value is expected", "null", "<value xsi:type=\"xsd:decimal\">1</value>", 1},
      {"an entry too many", "{a: 1, b: 2}", "<component name=\"a\"><value xsi:type=\"xsd:decimal\">1</value></component>", 1},
      {"a text that cannot be read is null", "1 +", "<value xsi:nil=\"true\"/>", 0},
  };
  for (const Case& c : cases) {
    const Folder folder(c.expression, c.expected);
    const Ran ran = run("'" + folder.path().string() + "'");
    EXPECT_EQ(ran.status, c.status) << c.what << ": " << ran.said;
    EXPECT_EQ(ran.last_line(), c.status == 0 ? "1 passed, 0 failed" : "0 passed, 1 failed") << c.what;
  }
}

TEST(DmnTck, the_exit_code_says_what_is_wrong_and_a_message_names_it) {
  EXPECT_EQ(run("--help").status, 0);
  EXPECT_NE(run("--help").said.find("Exit:"), std::string::npos);
  EXPECT_EQ(run("").status, 2);
  EXPECT_EQ(run("--unknown /").status, 2);
  const Ran absent = run("/no/such/folder");
  EXPECT_EQ(absent.status, 3);
  EXPECT_NE(absent.said.find("/no/such/folder is no folder"), std::string::npos) << absent.said;
  const Folder folder("1", "<value xsi:type=\"xsd:decimal\">one</value>");
  const Ran bad = run("'" + folder.path().string() + "'");
  EXPECT_EQ(bad.status, 3);
  EXPECT_NE(bad.said.find("\"one\" is no decimal"), std::string::npos) << bad.said;
  std::ofstream(folder.path() / "0001-own/own.dmn") << "<definitions";
  const Ran damaged = run("'" + folder.path().string() + "'");
  EXPECT_EQ(damaged.status, 3);
  EXPECT_NE(damaged.said.find("own.dmn"), std::string::npos) << damaged.said;
}

}  // namespace
