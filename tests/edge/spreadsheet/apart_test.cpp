#include "edge/spreadsheet/apart.h"

#include <gmock/gmock.h>

#include "edge/files/files.h"
#include "edge/spreadsheet/handmade_workbooks.h"
#include "edge/spreadsheet/told.h"
#include "support/places.h"

namespace horisont {
namespace {

ReadingChild child(const std::string& behaviour, int milliseconds = 60'000) {
  return {{std::string(HORISONT_BINARY_DIR) + "/tests/reading_child", behaviour}, std::chrono::milliseconds(milliseconds)};
}

class Apart : public testing::Test {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "the sanitizer does not start under a limit on addresses";
#endif
    HandmadeWorkbook book;
    book.sheet = R"(<sheetData><row r="2" hidden="1"><c r="B2" t="inlineStr"><is><t>Åsa</t></is></c><c r="C2"><f>1+1</f><v>2</v></c></row></sheetData>)"
                 R"(<mergeCells><mergeCell ref="A4:B5"/></mergeCells>)";
    write_file(file, book.bytes());
  }
  std::string problem_of(const std::string& behaviour, int milliseconds = 60'000) {
    const auto read = read_workbook_apart(file, child(behaviour, milliseconds));
    return read ? "read" : read.error().message.id;
  }
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "Närvaro.xlsx";
};

TEST_F(Apart, a_workbook_comes_back_as_it_is_read_in_the_same_process) {
  const auto apart = read_workbook_apart(file, child("read"));
  ASSERT_TRUE(apart) << apart.error().message.id;
  EXPECT_EQ(told(apart), told(read_workbook_bytes(read_file(file))));
  ASSERT_EQ(apart->sheets().size(), 1u);
  EXPECT_EQ(apart->sheets()[0].rows.cells(0)[1].text, "Åsa");
}

TEST_F(Apart, whatever_happens_to_the_child_is_a_message) {
  struct Case {
    std::string behaviour, expected;
  };
  for (const auto& [behaviour, expected] : std::vector<Case>{
           {"crash", "reader.crashed"},
           {"abort", "reader.crashed"},
           {"throw", "reader.crashed"},
           {"allocate", "reader.out-of-memory"},
           {"grow", "reader.out-of-memory"},
           {"open", "reader.crashed"},
           {"write", "reader.crashed"},
           {"connect", "reader.crashed"},
           {"fork", "reader.crashed"},
           {"start", "reader.crashed"},
           {"half", "reader.crashed"},
           {"silent", "reader.crashed"},
           {"nonsense", "reader.crashed"},
           {"huge text", "reader.crashed"},
           {"other format", "reader.crashed"},
           {"wrong counts", "reader.crashed"},
           {"row without sheet", "reader.crashed"},
           {"no UTF-8", "reader.crashed"},
           {"own words", "reader.crashed"},
           {"more after the end", "reader.crashed"},
           {"whole, but failed", "reader.crashed"},
           {"whole", "read"},
       })
    EXPECT_EQ(problem_of(behaviour), expected) << behaviour;
  EXPECT_FALSE(std::filesystem::exists("written-by-the-child"));
}

TEST_F(Apart, a_child_that_does_not_answer_in_time_is_ended) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(problem_of("hang", 300), "reader.too-slow");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(Apart, the_message_of_a_crash_names_the_checksum_of_the_file) {
  const auto read = read_workbook_apart(file, child("crash"));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message.values, testing::ElementsAre(sha256_of_file(file)));
}

TEST_F(Apart, a_child_that_cannot_be_started_is_the_machines_fault) {
  try {
    (void)read_workbook_apart(file, {{"/nowhere/horisont", "--read-child"}});
    FAIL() << "nothing was thrown";
  } catch (const FileError& error) {
    EXPECT_EQ(error.message().id, "reader.not-started");
    EXPECT_EQ(error.fault(), FileError::Fault::Machine);
  }
}

}  // namespace
}  // namespace horisont
