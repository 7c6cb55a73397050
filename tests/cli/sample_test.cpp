// What the line of a draw may be: wrong words are wrong usage, what the installation cannot give is refused.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;

class Samples : public Cli {
 protected:
  const std::string p = "--project=ung-horisont", seed = "00112233445566778899aabbccddeeff";
  void SetUp() override {
    ASSERT_EQ(run({"import",
                   file("deltagare.csv",
                        "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;"
                        "I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA\n"
                        "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n"
                        "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja\n"),
                   p, "--today=2016-04-01", "--yes"})
                  .status,
              0);
  }
  Said draw(std::vector<std::string> arguments) {
    std::vector<std::string> line{"sample", "draw", p, "--today=2016-04-01"};
    line.insert(line.end(), arguments.begin(), arguments.end());
    return run(line);
  }
};

TEST_F(Samples, a_line_that_no_installation_could_obey_is_wrong_usage) {
  const std::string size = "--size=1", right = "--seed=" + seed;
  const struct {
    const char* what;
    std::vector<std::string> line;
  } cases[] = {
      {"a seed that is no hex", {"participants", size, "--seed=" + seed.substr(1) + "G"}},
      {"a seed one digit short", {"participants", size, "--seed=" + seed.substr(1)}},
      {"participants by value", {"participants", size, right, "--method=monetary-unit"}},
      {"a period of participants", {"participants", size, right, "--from=2016-01-01"}},
      {"a period that ends before it begins", {"hours", size, right, "--from=2016-02-02", "--to=2016-02-01"}},
      {"strata that are none", {"hours", size, right, "--method=stratified", "--by=gender"}},
      {"strata without the method", {"hours", size, right, "--by=month"}},
      {"a workbook that would be called a PDF", {"participants", size, right, "--output=" + (folder.path() / "s.pdf").string()}},
  };
  for (const auto& one : cases) EXPECT_EQ(draw(one.line).status, 2) << one.what;
  EXPECT_EQ(draw({"hours", size, right}).status, 5) << "there are no hours to draw from";
  EXPECT_EQ(draw({"participants", "--size=5", right, "--output=" + (folder.path() / "s.xlsx").string()}).status, 0);
  EXPECT_EQ(draw({"participants", size, right}).status, 5) << "a seed is used once";
}

TEST_F(Samples, the_list_says_what_was_asked_for_and_the_day_or_the_period) {
  ASSERT_EQ(draw({"participants", "--size=5", "--seed=" + seed}).status, 0);
  const Said list = run({"sample", "list", p});
  EXPECT_THAT(list.out, HasSubstr("Begärd storlek"));
  EXPECT_THAT(list.out, HasSubstr("2016-04-01"));
}

}  // namespace
}  // namespace horisont
