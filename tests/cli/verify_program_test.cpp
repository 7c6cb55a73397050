// horisont-verify as it is typed: its language, and what it prints of names that somebody else wrote.

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>

#include "cli/cli_fixture.h"
#include "support/places.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class VerifyProgram : public Cli {
 protected:
  Said verify(const std::string& arguments, const std::string& language = "") {
    const auto out = folder.path() / "out", messages = folder.path() / "messages";
    const std::string line = "env -u HORISONT_LANG -u LC_ALL -u LC_MESSAGES -u LANG " + language + " '" + HORISONT_BINARY_DIR +
                             "/horisont-verify' " + arguments + " > '" + out.string() + "' 2> '" + messages.string() + "'";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(messages)};
  }
};

TEST_F(VerifyProgram, speaks_swedish_unless_the_surroundings_or_the_line_say_english_and_mixes_nothing) {
  const std::string log = (folder.path() / "logg.eliglog").string();
  ASSERT_LE(run({"import", register_file(), "--project=ung-horisont", "--yes"}).status, 1);
  ASSERT_EQ(run({"log", "export", "-o", log, "--project=ung-horisont"}).status, 0);
  EXPECT_THAT(verify("'" + log + "'").out, HasSubstr("poster"));
  EXPECT_THAT(verify("'" + log + "'", "LANG=sv_SE.UTF-8").out, HasSubstr("poster"));
  EXPECT_THAT(verify("'" + log + "'", "LANG=en_GB.UTF-8").out, HasSubstr("entries"));
  EXPECT_THAT(verify("'" + log + "' --lang sv", "LANG=en_GB.UTF-8").out, HasSubstr("poster"));
  const Said missing = verify("finns-inte");
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.messages, HasSubstr("kan inte öppnas"));
  EXPECT_THAT(missing.messages, Not(HasSubstr("cannot")));
  EXPECT_THAT(verify("finns-inte", "LANG=en_GB.UTF-8").messages, Not(HasSubstr("kan inte")));
  EXPECT_EQ(verify("'" + log + "' --max-age -1").status, 2);
  EXPECT_EQ(verify("'" + log + "' --max-age 99999999999999999999").status, 2);
  EXPECT_EQ(verify("'" + log + "' --entry L-x").status, 2);
  EXPECT_EQ(verify("'" + log + "' --now 2016-13-01T00:00:00.000Z").status, 2);
  EXPECT_EQ(verify("'" + log + "' --now 1970-01-01T00:00:00.000Z").status, 2) << "no time to ask of";
  EXPECT_EQ(verify("'" + log + "' --lang fi").status, 2);
  EXPECT_EQ(verify("'" + log + "' '" + log + "'").status, 2);
  const Said nothing = verify("");
  EXPECT_EQ(nothing.status, 2);
  EXPECT_THAT(nothing.messages, testing::StartsWith("Ingen fil är angiven\n"));
  const std::string held = file("checkpoint.txt", run({"log", "checkpoint", "--project=ung-horisont"}).out);
  EXPECT_LE(verify("'" + log + "' --since '" + held + "@2016-04-15' --now 2016-04-15T08:00:00.000Z").status, 3);
  const Said to_come = verify("'" + log + "' --since '" + held + "@2016-04-17' --now 2016-04-15T08:00:00.000Z");
  EXPECT_EQ(to_come.status, 2) << "nobody has got a checkpoint on a day that has not come";
  EXPECT_THAT(to_come.messages, HasSubstr("dagen har inte kommit än"));
}

// A checkpoint said to have been received on a day that has not come would be the newest support from outside.
TEST_F(VerifyProgram, a_checkpoint_received_on_a_day_that_has_not_come_is_wrong_usage) {
  const std::string log = (folder.path() / "logg.eliglog").string();
  ASSERT_LE(run({"import", register_file(), "--project=ung-horisont", "--yes"}).status, 1);
  ASSERT_EQ(run({"log", "export", "-o", log, "--project=ung-horisont"}).status, 0);
  const std::string held = (folder.path() / "held.txt").string();
  ASSERT_EQ(run({"log", "checkpoint", "-o", held, "--project=ung-horisont"}).status, 0);
  struct Case {
    const char *day, *now;
    int status;
  };
  for (const Case& one : {Case{"2016-04-16", "2016-04-16T12:00:00.000Z", 0}, Case{"2016-04-17", "2016-04-16T12:00:00.000Z", 0},
                          Case{"2016-04-17", "2016-04-16T09:59:59.000Z", 2}, Case{"2016-04-18", "2016-04-16T23:59:59.000Z", 2},
                          Case{"2030-12-27", "2016-04-16T12:00:00.000Z", 2}}) {
    const std::string since = "'" + log + "' --since '" + held + "@" + one.day + "'";
    for (const std::string& line : {since + " --now " + one.now, "--now " + std::string(one.now) + " " + since}) {
      const Said said = verify(line);
      EXPECT_EQ(said.status, one.status) << line << "\n" << said.out << said.messages;
      EXPECT_EQ(said.messages.find("dagen har inte kommit") != said.messages.npos, one.status == 2) << said.messages;
    }
  }
}

TEST_F(VerifyProgram, says_of_a_packs_receipt_what_takes_it) {
  const std::string receipt = file("paket.kvitto.txt", "horisont-pack-receipt 1\nmanifest: 00\n");
  const Said said = verify("'" + receipt + "'");
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.messages, HasSubstr("horisont audit open PAKET --manifest KVITTO"));
}

TEST_F(VerifyProgram, prints_nothing_that_a_terminal_would_obey) {
  const std::string log = (folder.path() / "logg.eliglog").string();
  ASSERT_LE(run({"import", register_file(), "--project=ung-horisont", "--yes"}).status, 1);
  ASSERT_LE(run({"assess", "--project=ung-horisont"}).status, 1);
  ASSERT_LE(
      run({"report", "make", "hours-summary", "--output", (folder.path() / "ut").string(), "--project=ung-horisont"}).status,
      1);
  const std::string id = run({"report", "list", "--project=ung-horisont", "--plain"}).out;
  const std::size_t at = id.find("\nR-") + 1;
  ASSERT_EQ(run({"report", "receipt", id.substr(at, id.find('\t', at) - at), "-o", (folder.path() / "kvitton").string(),
                 "--project=ung-horisont"})
                .status,
            0);
  std::string receipt;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "kvitton")) receipt = entry.path().string();
  std::string text = read_file(receipt);
  const std::size_t name = text.find("\nfile: ") + 7;
  for (const std::string evil : {"\x1b]0;x\x07.xlsx", "a\x1b[2J", "gpj.\u202Exslx",
                                 "\xC2\x9B"
                                 "31m",
                                 "\x7F"}) {
    write_file(folder.path() / "illa.kvitto.txt", std::string(text).replace(name, text.find('\n', name) - name, evil));
    for (const Said& said :
         {verify("'" + (folder.path() / "illa.kvitto.txt").string() + "'"), verify("'/finns" + evil + "'")}) {
      const std::string all = said.out + said.messages;
      EXPECT_EQ(all.find_first_of("\x1b\x07\x7F"), all.npos) << all;
      EXPECT_THAT(all, Not(HasSubstr("\u202E")));
      EXPECT_THAT(all, Not(HasSubstr("\xC2\x9B")));
      EXPECT_NE(said.status, -1);
    }
  }
}

// Two histories are written out as a proof; the names below a note are whoever's who wrote it.
TEST_F(VerifyProgram, shows_the_names_below_two_notes_as_what_they_are) {
  const std::string log = (folder.path() / "logg.eliglog").string(), backup = (folder.path() / "backup").string();
  const auto challenged = [&](const char* text) {
    ASSERT_EQ(run({"log", "challenge", text, "-o", (folder.path() / text).string(), "--project=ung-horisont"}).status, 0);
  };
  ASSERT_LE(run({"import", register_file(), "--project=ung-horisont", "--yes"}).status, 1);
  std::filesystem::copy(home, backup, std::filesystem::copy_options::recursive);
  challenged("a");
  ASSERT_EQ(run({"log", "export", "-o", log, "--project=ung-horisont"}).status, 0);
  std::filesystem::remove_all(home);
  std::filesystem::rename(backup, home);
  challenged("b");
  const std::string held = file("held.txt", run({"log", "checkpoint", "--project=ung-horisont"}).out + "\u2014 \u009b31mEVIL\u202e AAAAAAAA\n");
  const Said said = verify("'" + log + "' --since '" + held + "'");
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.out, HasSubstr("\\xC2\\x9B31mEVIL\\xE2\\x80\\xAE AAAAAAAA\n"));
  EXPECT_THAT(said.out, Not(HasSubstr("\xC2\x9B")));
  EXPECT_THAT(said.out, Not(HasSubstr("\u202e")));
}

}  // namespace
}  // namespace horisont
