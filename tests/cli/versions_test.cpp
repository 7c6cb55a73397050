// Versions of a report held against each other, and against what is known now.

#include <gmock/gmock.h>

#include <regex>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class Versions : public Cli {
 protected:
  Said on(std::vector<std::string> more) {
    more.push_back("--project=ung-horisont");
    return run(std::move(more));
  }
  void later() { now = Moment::of_seconds(now.seconds() + 60); }
  void read_in(const std::string& name, const std::string& text) {
    ASSERT_LE(on({"import", file(name, text), "--yes"}).status, 1);
    later();
  }
  void make(const std::string& kind, const std::string& period = "") {
    std::vector<std::string> asked{"report", "make", kind, "-o", (folder.path() / "ut").string()};
    if (!period.empty()) asked.insert(asked.end(), {"--period", period});
    const Said said = on(asked);
    ASSERT_LE(said.status, 1) << said.messages;
    later();
  }
  void SetUp() override {
    read_in("deltagare.csv", read_file(register_file()));
    read_in("narvaro.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-02;3;individuellt stöd\nUH-2;2016-03-02;2;individuellt stöd\n");
  }
};

TEST_F(Versions, a_report_that_still_says_what_is_known_is_not_stale) {
  make("hours-summary", "2016-03");
  EXPECT_EQ(on({"report", "list", "--stale"}).status, 0);
  const Said said = on({"report", "compare", "R-2016-03-001"});
  EXPECT_EQ(said.status, 0) << said.out;
  EXPECT_THAT(said.messages, HasSubstr("R-2016-03-001 mot uppgifterna nu: 0 skillnader."));
  // Making another report writes in the log, and tells of no other facts.
  make("eligibility-log");
  EXPECT_EQ(on({"report", "list", "--stale"}).status, 0) << on({"report", "list", "--stale"}).out;
}

TEST_F(Versions, rows_are_known_by_masked_identity_numbers) {
  read_in("underlag.csv", "Deltagar-id;Krav;Typ av underlag;Datum;Utfärdat av;Förvaras hos\nUH-1;bosättning;intyg;2016-02-01;Kommunen;Kommunen\n");
  make("scb-month", "2016-03");
  read_in("rattat.csv", std::regex_replace(read_file(register_file()), std::regex("2016-02-01"), "2016-02-02"));
  const Said said = on({"report", "compare", "R-2016-03-001"});
  EXPECT_EQ(said.status, 1) << said.messages;
  EXPECT_FALSE(std::regex_search(said.out, std::regex("[0-9]{6}-?[0-9]{4}"))) << said.out;
  EXPECT_THAT(said.out, HasSubstr("19990517-****")) << "it is the number that the row is known by";
}

TEST_F(Versions, a_report_whose_facts_changed_says_so_with_the_reason_and_each_cell) {
  make("hours-summary", "2016-03");
  read_in("mer.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-03;1,5;individuellt stöd\n");
  const Said list = on({"report", "list", "--stale", "--json"});
  EXPECT_EQ(list.status, 1) << list.out;
  EXPECT_THAT(list.out, HasSubstr("\"report\":\"R-2016-03-001\""));
  EXPECT_THAT(list.out, HasSubstr("\"state\":\"changed\""));
  EXPECT_THAT(list.out, HasSubstr("\"sv\":\"inläst sedan dess: I-3\",\"en\":\"read in since: I-3\""));
  const Said said = on({"report", "compare", "R-2016-03-001", "--json"});
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.out, HasSubstr("\"before\":\"R-2016-03-001\",\"after\":\"now\""));
  EXPECT_THAT(said.out, HasSubstr("\"field\":\"reported_minutes\",\"before\":180,\"after\":270"));
  EXPECT_THAT(said.out, HasSubstr("\"why\":[{\"what\":{\"id\":\"stale.imports\""));
  EXPECT_THAT(on({"report", "compare", "R-2016-03-001"}).messages, HasSubstr("Ändrat sedan R-2016-03-001 skapades: inläst sedan dess: I-3."));
  // Taken back, it says the same again: what counts is what is known.
  ASSERT_EQ(on({"imports", "undo", "I-3", "--reason", "Läste in fel fil här", "--yes"}).status, 0);
  EXPECT_EQ(on({"report", "list", "--stale"}).status, 0);
}

TEST_F(Versions, two_versions_are_compared_cell_by_cell_with_their_addresses) {
  make("hours-summary", "2016-03");
  read_in("mer.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-03;1,5;individuellt stöd\n");
  make("hours-summary", "2016-03");
  const Said said = on({"report", "compare", "R-2016-03-001", "R-2016-03-002", "--json"});
  EXPECT_EQ(said.status, 1) << said.messages;
  EXPECT_THAT(said.out, HasSubstr("\"cell_before\":\"Sammanställning!"));
  EXPECT_THAT(said.out, Not(HasSubstr("\"why\"")));
  const Said back = on({"report", "compare", "R-2016-03-002", "R-2016-03-001", "--lang", "en"});
  EXPECT_EQ(back.status, 1);
  EXPECT_THAT(back.out, HasSubstr("4.50"));
  EXPECT_EQ(on({"report", "compare", "R-2016-03-001", "R-2016-03-001"}).status, 0) << "the same";
  // The older one is replaced, and is not told of as stale.
  EXPECT_EQ(on({"report", "list", "--stale"}).status, 0);
  EXPECT_THAT(on({"report", "list", "--stale", "--json"}).out, HasSubstr("\"reports\":2,\"replaced\":1"));
}

TEST_F(Versions, what_cannot_be_compared_is_refused) {
  make("hours-summary", "2016-03");
  make("findings");
  EXPECT_EQ(on({"report", "compare", "R-2016-03-009"}).status, 5);
  EXPECT_THAT(on({"report", "compare", "R-2016-03-009"}).messages, HasSubstr("R-2016-03-009"));
  const Said list = on({"report", "list", "--json"});
  const std::size_t at = list.out.find("\"kind\":\"findings\"");
  ASSERT_NE(at, std::string::npos) << list.out;
  const std::size_t id = list.out.rfind("\"report\":\"", at) + 10;
  const std::string findings = list.out.substr(id, list.out.find('"', id) - id);
  const Said said = on({"report", "compare", "R-2016-03-001", findings});
  EXPECT_EQ(said.status, 5);
  EXPECT_THAT(said.messages, HasSubstr("olika slags rapporter"));
  EXPECT_EQ(on({"report", "list", "--stale", "--as-of", "2016-04-15"}).status, 2) << "stale is said of today";
}

}  // namespace
}  // namespace horisont
