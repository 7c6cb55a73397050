// The program itself, killed at any moment, run twice at once, and where it may not write: what was done is all there or not at
// all.

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "cli/cli_fixture.h"
#include "support/places.h"

namespace horisont {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class Killed : public Cli {
 protected:
  const std::string p = "--project=ung-horisont", day = "--today=2016-04-15", log = (folder.path() / "said.txt").string();
  void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "a killed run leaves what the sanitizer calls a leak";
#endif
    ASSERT_LE(run({"import", register_file(), p, day, "--yes"}).status, 1);
    ASSERT_LE(
        run({"import",
             file("tid.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;5;praktik\nUH-2;2016-03-02;6;praktik\n"), p,
             day, "--yes"})
            .status,
        1);
    ASSERT_LE(run({"assess", p, day}).status, 1);
  }
  // Another run of the program. `most`: bytes that it may write to one file; 0: as many as it likes.
  pid_t start(std::vector<std::string> line, std::size_t most = 0) const {
    line.insert(line.begin(), {std::string(HORISONT_BINARY_DIR) + "/horisont", "--home", home});
    std::vector<char*> words;
    for (std::string& word : line) words.push_back(word.data());
    words.push_back(nullptr);
    std::fflush(stdout);  // or the other run would say it, too
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (!std::freopen("/dev/null", "r", stdin) || !std::freopen(log.c_str(), "w", stdout)) ::_exit(126);
    ::dup2(STDOUT_FILENO, STDERR_FILENO);
    if (most > 0) {
      const rlimit limit{most, most};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  // Its status; -9 when it was killed.
  static int status_of(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
    }
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  // All that the installation answers, without the times at which it was asked.
  std::string answers() {
    std::string all;
    for (const auto& line : std::vector<std::vector<std::string>>{{"participants"},
                                                                  {"hours", "--by=day"},
                                                                  {"history", "D-0001"},
                                                                  {"imports", "list"},
                                                                  {"overrides"},
                                                                  {"report", "list"},
                                                                  {"sample", "list"},
                                                                  {"months"}}) {
      std::vector<std::string> asked = line;
      asked.insert(asked.end(), {p, day, "--plain"});
      all += run(asked).out;
    }
    return all;
  }
  void expect_sound(const std::string& what) {
    const Said doctor = run({"doctor"}), verify = run({"log", "verify", p});
    EXPECT_EQ(doctor.status, 0) << what << ": " << doctor.out << doctor.messages;
    EXPECT_EQ(verify.status, 0) << what << ": " << verify.out << verify.messages;
  }
};

// HORISONT_KILLS says how often; a hundred take minutes.
TEST_F(Killed, at_any_moment_the_work_is_all_there_or_not_at_all) {
  const char* asked = std::getenv("HORISONT_KILLS");
  const int kills = asked ? std::atoi(asked) : 14;
  const std::string more =
      file("mer.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-08;4;praktik\nUH-2;2016-03-09;7;praktik\n");
  const std::vector<std::string> works[] = {
      {"import", more, p, day, "--yes"},
      {"correct", "D-0001", "home_municipality=Kil", "--reason=Flyttade till Kil i mars", p, day},
      {"month", "attest", "2016-03", "--reason=Allt är genomgånget", p, day},
      {"assess", p, day},
      {"report", "make", "hours-summary", "--output", (folder.path() / "ut").string(), p, day},
      {"log", "key", "rotate", "--yes", p},
      {"sample", "draw", "participants", "--size=1", "--seed=00112233445566778899aabbccddeeff", p, day},
  };
  const std::string before = answers(), original = (folder.path() / "original").string();
  std::filesystem::copy(home, original, std::filesystem::copy_options::recursive);
  const auto anew = [&] {
    std::filesystem::remove_all(home);
    std::filesystem::remove_all(folder.path() / "ut");
    std::filesystem::copy(original, home, std::filesystem::copy_options::recursive);
  };
  std::mt19937 random(20160415);
  int killed = 0;
  for (const auto& work : works) {
    anew();
    const auto from = std::chrono::steady_clock::now();
    const int status = status_of(start(work));
    ASSERT_LE(status, 1) << work[0] << ": " << read_file(log);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - from);
    const auto size_after = run({"log", "status", p, "--plain"}).out;
    for (int i = 0; i < (kills + 6) / 7; ++i) {
      anew();
      const std::string what = work[0] + ", run " + std::to_string(i);
      const pid_t child = start(work);
      std::this_thread::sleep_for(
          std::chrono::microseconds(std::uniform_int_distribution<std::int64_t>(0, whole.count())(random)));
      ::kill(child, SIGKILL);
      killed += status_of(child) == -SIGKILL;
      expect_sound(what);
      const bool done = answers() != before;
      // What a file was to be made of stands under no name but its own.
      std::error_code none;
      for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "ut", none)) {
        EXPECT_TRUE(entry.path().extension() != ".xlsx" || entry.file_size() > 1000) << what;
      }
      // The same again goes through, or says that it is done.
      const int again = status_of(start(work));
      EXPECT_TRUE(again <= 1 || (done && again == 5)) << what << ": " << again << read_file(log);
      expect_sound(what + " again");
    }
  }
  std::printf("%d of %d runs were killed before they were done\n", killed, (kills + 6) / 7 * 7);
}

TEST_F(Killed, a_claim_is_recorded_as_sent_with_its_entry_or_not_at_all) {
  const std::string arbete = "--project=varmlands-unga-i-arbete", june = "--today=2024-06-15", out = (folder.path() / "ut").string();
  const std::string staff = file("personal.csv",
                                 "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet;Underskrivet av\n"
                                 "10417;Karlstad;2024-03-04;8;projektarbete;projektmedarbetare;100;2024-04-02;Ek\n");
  for (const auto& line : std::vector<std::vector<std::string>>{{"import", staff, "--record", "staff-time", "--yes"},
                                                                {"month", "attest", "2024-03"},
                                                                {"report", "make", "scb-month", "--period", "2024-03", "-o", out},
                                                                {"report", "mark-filed", "R-2024-03-001", "--to", "SCB"},
                                                                {"month", "close", "2024-03"},
                                                                {"report", "make", "payment-claim", "--period", "2024-03", "-o", out}}) {
    std::vector<std::string> asked = line;
    asked.insert(asked.end(), {arbete, june});
    ASSERT_LE(run(asked).status, 1) << line[1];
  }
  const std::vector<std::string> filing{"report", "mark-filed", "R-2024-03-002", "--to", "ESF-rådet", "--on", "2024-05-31", arbete, june};
  const std::string original = (folder.path() / "original").string();
  std::filesystem::copy(home, original, std::filesystem::copy_options::recursive);
  const auto recorded = [&] { return run({"report", "list", arbete, june}).out.find("2024-05-31, ESF-rådet") != std::string::npos; };
  std::mt19937 random(20240531);
  for (int i = 0; i < 6; ++i) {
    std::filesystem::remove_all(home);
    std::filesystem::copy(original, home, std::filesystem::copy_options::recursive);
    const pid_t child = start(filing);
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution<int>(0, 400)(random)));
    ::kill(child, SIGKILL);
    const bool done = status_of(child) == 0, there = recorded();
    EXPECT_TRUE(there || !done) << "what was acknowledged is there";
    EXPECT_EQ(run({"doctor"}).status, 0) << i;
    EXPECT_EQ(run({"log", "verify", arbete}).status, 0) << i;
    EXPECT_EQ(status_of(start(filing)), there ? 5 : 0) << "once, or told that it is done";
  }
}

TEST_F(Killed, two_at_once_do_their_work_one_after_the_other) {
  std::vector<pid_t> children;
  for (int i = 0; i < 3; ++i) {
    children.push_back(start({"correct", "D-0001", i % 2 ? "home_municipality=Kil" : "home_municipality=Hammarö",
                              "--reason=samtidig rättelse " + std::to_string(i), p, day}));
    children.push_back(start({"assess", p, day}));
  }
  int done = 0;
  for (const pid_t child : children) {
    const int status = status_of(child);
    EXPECT_TRUE(status == 0 || status == 1 || status == 5 || status == 74) << status << read_file(log);
    done += status <= 1;
  }
  EXPECT_GE(done, 1);
  expect_sound("after six at once");
}

TEST_F(Killed, where_no_more_can_be_written_nothing_changes_and_the_sentence_is_ours) {
  const std::string before = answers();
  const std::size_t size = std::filesystem::file_size(home + "/data/horisont.db");
  for (const std::size_t most : {std::size_t{1}, std::size_t{4096}, size / 2, size}) {
    const int status =
        status_of(start({"correct", "D-0001", "home_municipality=Kil", "--reason=Flyttade till Kil i mars", p, day}, most));
    if (status <= 1) break;  // it fitted in, and so it would where there is more room
    EXPECT_EQ(status, 74) << most << ": " << read_file(log);
    if (most > 1000) {
      EXPECT_THAT(read_file(log), HasSubstr("fel  ")) << most;
    }
    EXPECT_EQ(answers(), before) << most;
    expect_sound(std::to_string(most) + " bytes");
  }
}

TEST_F(Killed, a_database_that_was_cut_swapped_or_emptied_is_named_and_nothing_is_built_on_it) {
  const std::string database = home + "/data/horisont.db", whole = read_file(database);
  ASSERT_EQ(run({"init"}).status, 0);
  const std::pair<const char*, std::string> damages[] = {
      {"half of it", whole.substr(0, whole.size() / 2)},
      {"a page too few", whole.substr(0, whole.size() - 4096)},
      {"nothing", ""},
      {"another file", std::string(whole.size(), 'x')},
      {"its middle gone", whole.substr(0, whole.size() / 2) + std::string(whole.size() - whole.size() / 2, '\0')},
  };
  for (const auto& [what, bytes] : damages) {
    write_file(database, bytes);
    const Said doctor = run({"doctor"});
    EXPECT_TRUE(doctor.status == 3 || doctor.status == 4) << what << ": " << doctor.status << doctor.out << doctor.messages;
    const Said correct = run({"correct", "D-0001", "home_municipality=Kil", "--reason=Flyttade till Kil i mars", p, day});
    EXPECT_NE(correct.status, 70) << what << ": " << correct.messages;
  }
  write_file(database, whole);
  expect_sound("put back");
}

TEST_F(Killed, files_that_others_may_read_are_named) {
  using std::filesystem::perms;
  EXPECT_EQ(run({"doctor"}).status, 0);
  std::filesystem::permissions(home + "/keys/log-signing.key", perms::owner_read | perms::owner_write | perms::others_read);
  EXPECT_EQ(run({"doctor"}).status, 0) << "nobody else may enter the folder";
  std::filesystem::permissions(home + "/keys", perms::owner_all | perms::others_exec);
  const Said said = run({"doctor"});
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.out, HasSubstr("keys/log-signing.key kan läsas av andra"));
  EXPECT_THAT(said.out, testing::Not(HasSubstr("horisont.db kan")));
}

TEST_F(Killed, a_link_to_the_home_is_followed_and_one_in_the_place_of_the_database_is_not) {
  const std::string before = answers(), real = home;
  std::filesystem::create_directory_symlink(home, folder.path() / "lank");
  home = (folder.path() / "lank").string();
  EXPECT_EQ(answers(), before);
  home = real;
  std::filesystem::rename(home + "/data/horisont.db", home + "/annan.db");
  std::filesystem::create_symlink("../annan.db", home + "/data/horisont.db");
  const Said said = run({"participants", p, day});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.messages, HasSubstr("symbolisk länk"));
}

}  // namespace
}  // namespace horisont
