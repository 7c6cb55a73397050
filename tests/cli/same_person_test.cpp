// Two who may be one person: somebody answers, the answer is kept with its reason, and nobody is merged.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"
#include "edge/store/store.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class SamePerson : public Cli {
 protected:
  const std::string p = "--project=ung-horisont", reason = "--reason=Ringde båda, det är syskon";
  const std::string heading =
      "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Slutdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
      "Fullständiga gymnasiebetyg;KAA\n";
  void read(const std::string& name, const std::string& rows, const std::string& project = "ung-horisont") {
    const Said said = run({"import", file(name, heading + rows), "--project=" + project, "--missing=keep", "--yes"});
    ASSERT_LE(said.status, 1) << said.messages;
  }
  // Åsa Öberg came with a coordination number and has a personal number now, or they are two.
  void SetUp() override {
    read("deltagare.csv",
         "UH-1;19990577-9816;Öberg, Åsa;Karlstad;2016-02-01;2016-02-29;arbetslös;nej;nej;nej;ja\n"
         "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;;arbetslös;nej;nej;nej;ja\n"
         "UH-3;19990517-9819;Öberg, Åsa;Karlstad;2016-03-01;;arbetslös;nej;nej;nej;ja\n");
  }
  Said duplicates(std::vector<std::string> more = {}) {
    std::vector<std::string> line{"duplicates"};
    line.insert(line.end(), more.begin(), more.end());
    if (std::none_of(more.begin(), more.end(), [](const std::string& word) { return word.starts_with("--project"); })) line.push_back(p);
    return run(line);
  }
  int answer(const std::string& one, const std::string& other, const std::string& said) {
    return run({"same-person", one, other, said, reason, p}).status;
  }
  void expect_sound() {
    const Said verify = run({"log", "verify", p});
    EXPECT_EQ(verify.status, 0) << verify.out << verify.messages;
  }
};

TEST_F(SamePerson, different_people_are_not_asked_about_again_and_the_answer_stands_with_its_reason) {
  const Said before = duplicates();
  ASSERT_EQ(before.status, 1);
  EXPECT_THAT(before.messages, HasSubstr("same-person"));
  ASSERT_EQ(answer("D-0001", "D-0003", "different"), 0);
  const Said after = duplicates();
  EXPECT_EQ(after.status, 0) << after.messages;
  EXPECT_THAT(after.out, HasSubstr("olika personer"));
  EXPECT_THAT(after.out, HasSubstr("Ringde båda, det är syskon"));
  EXPECT_THAT(after.out, HasSubstr("anna"));
  EXPECT_THAT(duplicates({"--lang=en"}).out, HasSubstr("different people"));
  const Said json = duplicates({"--json"});
  EXPECT_THAT(json.out, HasSubstr("\"kind\":\"same-person\",\"participant\":\"D-0001\",\"other\":\"D-0003\""));
  EXPECT_THAT(json.out, HasSubstr("\"answer\":\"different\""));
  EXPECT_THAT(json.out, HasSubstr("\"same-person-answers\":[{\"participant\":\"D-0001\",\"other\":\"D-0003\",\"answer\":\"different\","
                                  "\"signs\":\"coordination\",\"reason\":\"Ringde båda, det är syskon\",\"actor\":\"anna\""));
  EXPECT_THAT(run({"history", "D-0003", p}).out, HasSubstr("Samma person som D-0001?"));
  expect_sound();
}

TEST_F(SamePerson, one_person_who_stands_twice_is_not_merged_and_stays_to_be_put_right) {
  const std::string before = run({"participants", p, "--plain"}).out;
  const Said kept = run({"same-person", "D-0001", "D-0003", "samma", reason, p});
  ASSERT_EQ(kept.status, 0) << kept.messages;
  EXPECT_THAT(kept.messages, HasSubstr("slår inte ihop någon"));
  EXPECT_EQ(run({"participants", p, "--plain"}).out, before);
  const Said after = duplicates();
  EXPECT_EQ(after.status, 1) << "the register still has her twice";
  EXPECT_THAT(after.out, HasSubstr("samma person"));
}

TEST_F(SamePerson, a_new_answer_takes_the_place_of_the_earlier_one_from_either_side) {
  ASSERT_EQ(answer("D-0001", "D-0003", "different"), 0);
  ASSERT_EQ(answer("D-0003", "D-0001", "same"), 0);
  EXPECT_EQ(duplicates().status, 1);
  EXPECT_THAT(duplicates().out, HasSubstr("ersatt av ett senare svar"));
  ASSERT_EQ(answer("D-0001", "D-0003", "open"), 0) << "taken back";
  EXPECT_THAT(duplicates({"--json"}).out, HasSubstr("\"why\":\"coordination\",\"answer\":\"\""));
  EXPECT_EQ(answer("D-0001", "D-0003", "open"), 5) << "once";
  expect_sound();
}

TEST_F(SamePerson, what_was_answered_is_known_from_its_day_on) {
  const std::string then = duplicates({"--plain"}).out;
  now = *Moment::parse("2016-04-20T08:00:00Z");
  ASSERT_EQ(answer("D-0001", "D-0003", "different"), 0);
  EXPECT_EQ(duplicates({"--plain", "--as-of=2016-04-19"}).out, then);
  EXPECT_NE(duplicates({"--plain", "--as-of=2016-04-20"}).out, then);
  EXPECT_THAT(run({"history", "D-0003", p, "--as-of=2016-04-19"}).out, Not(HasSubstr("Samma person som")));
}

TEST_F(SamePerson, an_answer_given_on_other_signs_is_asked_again) {
  // As if one of the two had had no number then.
  Store::open(home + "/data/horisont.db", std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas" / "store")
      .add({.one = {"ung-horisont", 0},
            .other = {"ung-horisont", 2},
            .said = SamePersonAnswer::Said::Different,
            .signs = "no-number",
            .reason = "Ringde båda, det är syskon"},
           {"anna", "case-worker"}, now);
  const Said again = duplicates();
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.out, HasSubstr("frågas igen: svaret gavs på andra tecken"));
  EXPECT_THAT(again.out, HasSubstr("frågas igen: tecknen är andra nu"));
  ASSERT_EQ(answer("D-0001", "D-0003", "different"), 0);
  EXPECT_EQ(duplicates().status, 0);
}

TEST_F(SamePerson, one_answer_serves_both_projects) {
  read("framtid.csv", "VF-1;19980363-9807;Ek, Bo;Karlstad;2015-06-01;2015-09-30;arbetslös;nej;nej;nej;ja\n", "varmlands-framtid");
  ASSERT_THAT(duplicates().out, HasSubstr("varmlands-framtid D-0001"));
  ASSERT_EQ(answer("D-0002", "varmlands-framtid D-0001", "olika"), 0);
  const Said there = duplicates({"--project=varmlands-framtid", "--json"});
  EXPECT_THAT(there.out, HasSubstr("\"participant\":\"D-0001\",\"other\":\"ung-horisont D-0002\",\"on\":\"1998-03-03\",\"why\":\"coordination\","
                                   "\"answer\":\"different\""));
  EXPECT_THAT(run({"history", "D-0001", "--project=varmlands-framtid"}).out, HasSubstr("ung-horisont D-0002"));
}

TEST_F(SamePerson, answers_that_mean_nothing_are_refused) {
  const struct {
    const char *what, *one, *other, *said, *reason;
    int status;
  } cases[] = {
      {"no sign of it", "D-0001", "D-0002", "different", "--reason=De är två personer", 5},
      {"nobody of that number", "D-0001", "D-0099", "different", "--reason=De är två personer", 5},
      {"no such project", "D-0001", "annat D-0003", "different", "--reason=De är två personer", 5},
      {"nothing to take back", "D-0001", "D-0003", "open", "--reason=De är två personer", 5},
      {"a reason that says nothing", "D-0001", "D-0003", "different", "--reason=nej", 5},
      {"another word", "D-0001", "D-0003", "kanske", "--reason=De är två personer", 2},
      {"herself", "D-0001", "D-0001", "same", "--reason=De är två personer", 5},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    const Said said = run({"same-person", one.one, one.other, one.said, one.reason, p});
    EXPECT_EQ(said.status, one.status) << said.messages;
  }
  EXPECT_THAT(duplicates({"--json"}).out, HasSubstr("\"same-person-answers\":[]"));
}

TEST_F(SamePerson, the_log_names_the_answer_and_no_person) {
  ASSERT_EQ(answer("D-0001", "D-0003", "different"), 0);
  const Said preview = run({"report", "preview", "eligibility-log", "--period=2016-03", "--format=text", p});
  EXPECT_THAT(preview.out, HasSubstr("log-event/same-person"));
  EXPECT_THAT(preview.out, HasSubstr("log-outcome/different"));
  const std::string exported = (folder.path() / "logg.eliglog").string();
  ASSERT_EQ(run({"log", "export", "-o", exported, p}).status, 0);
  EXPECT_THAT(read_file(exported), testing::ContainsRegex(" same-person [0-9a-f]+ caseworker [a-z0-9-]+ [0-9a-f]+ different same-person=1 pair="));
}

}  // namespace
}  // namespace horisont
