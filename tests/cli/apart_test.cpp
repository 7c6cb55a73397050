// The real program reads no user's file itself: each is opened by a second run of it.

#include <gmock/gmock.h>

#include <cstdlib>

#include "cli/cli_fixture.h"
#include "edge/xlsx/plain_workbook.h"
#include "edge/zip/rewrite.h"
#include "support/places.h"

namespace horisont {
namespace {

using testing::HasSubstr;

TEST_F(Cli, the_program_itself_opens_no_users_file) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer does not start under a limit on addresses";
#endif
  const auto spawns = [&](const std::string& path) {
    const auto seen = folder.path() / "spawns";
    std::filesystem::remove(seen);
    const std::string line = "LD_PRELOAD='" + std::string(HORISONT_BINARY_DIR) + "/tests/libspawn_watch.so' HORISONT_SPAWNS='" +
                             seen.string() + "' '" + HORISONT_BINARY_DIR + "/horisont' --home '" + home +
                             "' --project ung-horisont --today 2016-04-15 import --dry-run '" + path + "' > '" +
                             (folder.path() / "out").string() + "' 2>&1";
    const int status = std::system(line.c_str());
    EXPECT_NE(status, -1);
    EXPECT_TRUE(std::filesystem::exists(seen)) << read_file(folder.path() / "out");
    return std::filesystem::exists(seen) ? read_file(seen) : std::string();
  };
  run({"init"});
  const std::string csv = spawns(file("narvaro.csv", "Deltagar-id;Datum;Aktivitet;Timmar\nUH-1;2016-03-02;coachning;3\n"));
  EXPECT_THAT(csv, HasSubstr("/proc/self/exe|--read-child|text||"));
  write_plain_workbook(folder.path() / "bok.xlsx", {PlainSheet{.name = "Blad1", .rows = {{PlainCell{"Deltagar-id"}}}}});
  EXPECT_THAT(spawns((folder.path() / "bok.xlsx").string()), HasSubstr("/proc/self/exe|--read-child|\n"));
}

// `horisont … | head`: whoever read has gone before the first word is written.
TEST_F(Cli, a_reader_that_has_gone_is_no_failure) {
  run({"init"});
  const auto messages = folder.path() / "messages";
  for (const char* command : {"rules list", "calendar --json", "months"}) {
    const std::string program = "'" + std::string(HORISONT_BINARY_DIR) + "/horisont' --home '" + home +
                                "' --project ung-horisont --today 2016-04-15 " + command + " 2> '" + messages.string() + "'";
    const int whole = std::system((program + " > /dev/null").c_str());
    const int cut = std::system(("bash -c \"(sleep 0.2; exec " + program + ") | :; exit \\${PIPESTATUS[0]}\"").c_str());
    EXPECT_EQ(WEXITSTATUS(cut), WEXITSTATUS(whole)) << command << read_file(messages);
    EXPECT_EQ(read_file(messages), "") << command;
  }
}

// In the program itself, where all parts are linked together: what a reader throws is caught as what it is.
TEST_F(Cli, the_real_program_refuses_a_damaged_part_with_its_place_and_no_crash) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer does not start under a limit on addresses";
#endif
  run({"init"});
  write_plain_workbook(folder.path() / "bok.xlsx", {PlainSheet{.name = "Blad1", .rows = {{PlainCell{"Deltagar-id"}}}}});
  const std::string sound = read_file(folder.path() / "bok.xlsx");
  const auto damaged = zip_with_parts(sound, {{"xl/workbook.xml", "<workbook><sheets><sheet r:id='rId1'/></sheets></workbook>"}});
  ASSERT_TRUE(damaged);
  write_file(folder.path() / "skadad.xlsx", *damaged);
  const std::string line = "'" + std::string(HORISONT_BINARY_DIR) + "/horisont' --home '" + home +
                           "' --project ung-horisont --today 2016-04-15 import --dry-run '" + (folder.path() / "skadad.xlsx").string() +
                           "' > '" + (folder.path() / "out").string() + "' 2>&1";
  EXPECT_NE(std::system(line.c_str()), -1);
  EXPECT_THAT(read_file(folder.path() / "out"), HasSubstr("fel  file.damaged"));
  EXPECT_THAT(read_file(folder.path() / "out"), HasSubstr("xl/workbook.xml:1"));
}

}  // namespace
}  // namespace horisont
