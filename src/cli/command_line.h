#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/values/date.h"
#include "core/values/message.h"
#include "core/values/moment.h"

namespace horisont {

/// What the process knows of its surroundings; everything else comes from the command line. Tests make one by hand.
struct Surroundings {
  std::filesystem::path share;  ///< config, schemas, report-templates
  std::filesystem::path default_home;
  Date today = Date::of_days(0);
  Moment now = Moment::of_seconds(0);
  Language language = Language::Swedish;
  std::string account;
  std::function<Date()> today_then;  ///< the clock again, for a command that goes on for days; else `today` and `now`
  std::function<Moment()> now_then;
  bool terminal = false;  ///< progress may be drawn on `messages`
  bool keyboard = false;  ///< somebody can answer on `in`
  std::istream* in = nullptr;
  std::ostream* out = nullptr;       ///< the result, nothing else
  std::ostream* messages = nullptr;  ///< messages, prompts, progress
};

/// Exit statuses (interface, section 12.5).
enum Status : int {
  Done = 0,
  DoneWithRemarks = 1,  ///< something in the data: errors, open questions, undecided verdicts
  WrongUsage = 2,
  Unreadable = 3,    ///< a file, rule set, template or setting was refused as a whole; nothing was changed
  Disagreement = 4,  ///< log, fingerprint, signature or store does not agree
  Refused = 5,       ///< conflict, unknown id, missing reason, a question with --no-input
  OurFault = 70,
  MachineFailed = 74,  ///< disk, database or socket; what was acknowledged is stored, nothing else
  Interrupted = 130,
};

/// Runs one command: `arguments` without the program's name.
int run(std::vector<std::string> arguments, const Surroundings&);

}  // namespace horisont
