#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

#include "cli/command_line.h"
#include "edge/files/files.h"
#include "support/places.h"

namespace horisont {

struct Said {
  int status;
  std::string out, messages;
};

// A command line in a folder of its own: the clock says 15 April 2016, nobody is asked anything.
class Cli : public testing::Test {
 public:
  TemporaryFolder folder;
  std::string home = (folder.path() / "home").string();
  Moment now = *Moment::parse("2016-04-15T08:00:00Z");

  // The clock of the place, of a machine in Sweden: what people read is said by it.
  Cli() {
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
  }

  Said run(std::vector<std::string> arguments, const std::string& input = "") {
    std::istringstream in{input};
    std::ostringstream out, messages;
    Surroundings here;
    here.share = HORISONT_SOURCE_DIR;
    here.default_home = home;
    here.today = *Date::parse("2016-04-15");
    here.now = now;
    here.account = "anna";
    here.in = &in;
    here.out = &out;
    here.messages = &messages;
    const int status = horisont::run(std::move(arguments), here);
    return {status, out.str(), messages.str()};
  }
  std::string file(const std::string& name, const std::string& text) {
    const auto path = folder.path() / name;
    std::ofstream(path) << text;
    return path.string();
  }
  std::string register_file() {
    return file("deltagare.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
                "Fullständiga gymnasiebetyg;KAA\n"
                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n"
                "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja\n");
  }
};

}  // namespace horisont
