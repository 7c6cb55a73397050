#include <malloc.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "app/reading.h"
#include "cli/command_line.h"
#include "core/values/visible.h"

namespace {

// The one place where the clock is read.
horisont::Date today_here() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return *horisont::Date::of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

horisont::Moment now_here() {
  return horisont::Moment::of_seconds(
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::filesystem::path home_folder() {
  if (const auto named = variable("HORISONT_HOME"); !named.empty()) return named;
  if (const auto data = variable("XDG_DATA_HOME"); !data.empty()) return std::filesystem::path(data) / "horisont";
  // Without a home nothing is guessed: the command says what to give.
  if (const auto home = variable("HOME"); !home.empty()) return std::filesystem::path(home) / ".local/share/horisont";
  return {};
}

// Beside an installed program lies its share folder; a program that runs where it was built uses the sources.
std::filesystem::path share_folder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto installed = program.parent_path().parent_path() / "share" / "horisont";
  return std::filesystem::is_directory(installed) ? installed : std::filesystem::path(HORISONT_SOURCE_SHARE);
}

horisont::Language language() {
  std::string named = variable("HORISONT_LANG");
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (named.empty()) named = variable(name);
  return named.starts_with("en") ? horisont::Language::English : horisont::Language::Swedish;
}

std::string account() {
  const passwd* user = getpwuid(getuid());
  return user && user->pw_name ? user->pw_name : std::to_string(getuid());
}

// Set when whoever reads our output has stopped reading, as `head` does: nothing has failed then.
volatile sig_atomic_t reader_gone = 0;
void no_reader(int) { reader_gone = 1; }

// A transaction that was not committed is rolled back when the database is opened next, and files appear under their name
// only when they are whole: so nothing needs to be cleaned up here.
void interrupted(int) { _exit(horisont::Interrupted); }

}  // namespace

int main(int count, char** words) {
  // Large reports hold millions of cells: memory is asked for in large steps, and not given back between them.
  mallopt(M_TOP_PAD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  signal(SIGINT, interrupted);
  signal(SIGTERM, interrupted);
  signal(SIGPIPE, no_reader);
  // The database's library blocks it before main, so that nobody would be told.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
  signal(SIGXFSZ, SIG_IGN);
  // Not shown by the help: this program reading a file for another run of itself.
  if (count >= 2 && words[1] == std::string_view(horisont::reading_word))
    return horisont::be_second_run({words + 2, words + count});
  horisont::read_in_second_run();
  try {
    horisont::Surroundings here;
    here.share = share_folder();
    here.default_home = home_folder();
    here.today = today_here();
    here.now = now_here();
    here.today_then = today_here;
    here.now_then = now_here;
    here.language = language();
    here.account = account();
    here.terminal = isatty(STDERR_FILENO) != 0;
    here.keyboard = here.terminal && isatty(STDIN_FILENO) != 0;
    here.in = &std::cin;
    here.out = &std::cout;
    here.messages = &std::cerr;
    int status = horisont::run({words + 1, words + count}, here);
    std::cout.flush();
    // A full disk behind the redirection.
    if (!std::cout && !reader_gone && status < horisont::OurFault) status = horisont::MachineFailed;
    return status;
  } catch (const std::exception& error) {
    std::cerr << horisont::words({"cli.our-fault", {horisont::visible_in_line(error.what())}}, language()) << '\n';
    return horisont::OurFault;
  }
}
