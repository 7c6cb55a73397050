// Faults that were found once, and what the program says and does instead.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/cli_fixture.h"
#include "edge/json/json.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(Cli, a_first_spell_that_only_the_results_end_is_read_in_again_without_contradiction) {
  const auto july = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont", "--today", "2016-07-01", "--yes", "--json"});
    return run(arguments);
  };
  const std::string first = file("mars.csv",
                                 "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\n"
                                 "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-03-01\n");
  const std::string results = file("resultat.csv", "Deltagar-id;Slutdatum;Avslutsorsak\nUH-1;2016-03-31;arbete\n");
  const std::string both = file("maj.csv",
                                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\n"
                                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-03-01\n"
                                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-05-01\n");
  for (const std::string& one : {first, results, both}) {
    const Said answer = july({"import", one});
    EXPECT_LE(answer.status, 1) << answer.out;
    EXPECT_THAT(answer.out, HasSubstr("\"stored\"")) << answer.out;
  }
  for (const std::string& one : {first, results, both}) {
    const auto again = parse_json(july({"import", one, "--again"}).out);
    ASSERT_TRUE(again);
    const JsonValue& row = again->find("rows")->items[0];
    EXPECT_EQ(row.find("state")->text, "stored") << one;
    EXPECT_EQ(row.find("new")->integer, 0) << one;
    EXPECT_EQ(row.find("changed")->integer, 0) << one;
    EXPECT_EQ(row.find("refused")->integer, 0) << one;
  }
  EXPECT_THAT(run({"participants", "--project", "ung-horisont", "--plain"}).out, HasSubstr("\t2016-03-01\t\t"));
}

}  // namespace
}  // namespace horisont
