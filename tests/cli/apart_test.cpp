// The real program reads no user's file itself: each is opened by a second run of it.

#include <gmock/gmock.h>

#include <cstdlib>

#include "cli/cli_fixture.h"
#include "edge/xlsx/plain_workbook.h"
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

}  // namespace
}  // namespace horisont
