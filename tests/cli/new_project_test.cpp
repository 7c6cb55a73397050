#include <gmock/gmock.h>

#include "cli/cli_fixture.h"
#include "edge/settings/settings.h"

using testing::HasSubstr;

namespace horisont {
namespace {

class NewProject : public Cli {
 public:
  Said set_up(std::vector<std::string> more = {}) {
    std::vector<std::string> line{"project",        "new",        "unga-pa-vag", "--like", "ung-horisont", "--name",
                                  "Unga \"på\" väg", "--from",     "2016-03-01",  "--to",   "2017-02-28",   "--municipality",
                                  "Örebro,1780",    "--ages",     "16-19"};
    line.insert(line.end(), more.begin(), more.end());
    return run(line);
  }
  std::string register_of_three() {
    return file("tre.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
                "Fullständiga gymnasiebetyg;KAA\n"
                "A-1;19990517-9819;Öberg, Åsa;Örebro;2016-03-01;arbetslös;nej;nej;nej;ja\n"    // 16 years, first day
                "A-2;19980303-9800;Ek, Bo;Kil;2016-03-08;arbetslös;nej;nej;nej;ja\n"           // another municipality
                "A-3;19960307-9808;Lind, Cia;Karlstad;2016-03-08;arbetslös;nej;nej;nej;ja\n");  // 20 years and a day
  }
};

TEST_F(NewProject, is_set_up_in_one_line_and_takes_whom_it_says) {
  const Said made = set_up({"--basis", "Beslut 2016-01-15, dnr 2015/00999 & bilaga", "--record-number", "2015/00999"});
  ASSERT_EQ(made.status, 0) << made.messages;
  EXPECT_THAT(made.messages, HasSubstr("unga-pa-vag"));
  EXPECT_EQ(run({"config", "check"}).status, 0);
  EXPECT_THAT(run({"project", "list"}).out, HasSubstr("Unga \"på\" väg"));
  const std::string shown = run({"project", "show", "unga-pa-vag"}).out;
  EXPECT_THAT(shown, HasSubstr("Beslut 2016-01-15, dnr 2015/00999 & bilaga"));
  EXPECT_THAT(shown, HasSubstr("overifierad")) << "what was taken from the other project";

  const Said read = run({"import", register_of_three(), "--project", "unga-pa-vag", "--yes"});
  ASSERT_LE(read.status, 1) << read.messages << read.out;
  EXPECT_THAT(run({"explain", "D-0001", "--project", "unga-pa-vag"}).out, HasSubstr("behörig"));
  const std::string kil = run({"explain", "D-0002", "--project", "unga-pa-vag"}).out;
  EXPECT_THAT(kil, HasSubstr("inte behörig"));
  EXPECT_THAT(kil, HasSubstr("dnr 2015/00999")) << "the basis is the project's own decision";
  EXPECT_THAT(run({"explain", "D-0003", "--project", "unga-pa-vag"}).out, HasSubstr("inte behörig")) << "20 years";
}

TEST_F(NewProject, without_a_decision_everything_is_unverified) {
  ASSERT_EQ(set_up().status, 0);
  const auto configuration = load_configuration(std::filesystem::path(home) / "config");
  ASSERT_TRUE(configuration.has_value());
  const ProjectTerms& terms = configuration->projects.at("unga-pa-vag");
  for (const auto& [key, cited] : terms.citations) EXPECT_EQ(cited.confidence, Confidence::UnverifiedDefault) << key;
  EXPECT_EQ(terms.grants.at(0).cited.confidence, Confidence::UnverifiedDefault);
  EXPECT_EQ(terms.short_name, "UngaPaVag");
  ASSERT_EQ(terms.subprojects.size(), 2u);
  EXPECT_EQ(terms.subprojects[0].municipality, "1880");
  EXPECT_EQ(terms.subprojects[0].name, "Örebro");
}

TEST_F(NewProject, a_second_one_leaves_the_first_and_every_other_file_as_it_was) {
  ASSERT_EQ(set_up().status, 0);
  const auto own = std::filesystem::path(home) / "config";
  const std::string first = read_file(own / "projects" / "unga-pa-vag.toml");
  ASSERT_EQ(run({"project", "new", "vidare", "--like", "unga-pa-vag", "--name", "Vidare", "--from", "2017-01-01", "--to", "2018-12-31",
                 "--municipality", "Kil"})
                .status,
            0);
  EXPECT_EQ(read_file(own / "projects" / "unga-pa-vag.toml"), first);
  EXPECT_EQ(read_file(own / "projects" / "ung-horisont.toml"),
            read_file(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/projects/ung-horisont.toml"));
  EXPECT_EQ(run({"config", "check"}).status, 0);
  // Apart from the rows that were added, the rule set is what it was.
  std::string rules = read_file(own / "rules" / "youth.dmn");
  const std::string before = read_file(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules/youth.dmn");
  for (const char* key : {"unga-pa-vag", "vidare"}) {
    const auto begin = rules.find("      <rule id=\"limits_" + std::string(key) + "\">");
    ASSERT_NE(begin, std::string::npos) << key;
    rules.erase(begin, rules.find("</rule>\n", begin) + 8 - begin);
  }
  const std::string more = ", \"1880\"";
  const auto at = rules.find(more);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(rules.erase(at, more.size()), before);
}

TEST_F(NewProject, each_fault_has_its_sentence_and_leaves_nothing_behind) {
  ASSERT_EQ(run({"init"}).status, 0);
  struct Case {
    const char* name;
    std::vector<std::string> line;
    int status;
    const char* says;
  };
  const auto line = [](std::string key, std::string like, std::string from, std::string to, std::string place,
                       std::vector<std::string> more = {}) {
    std::vector<std::string> all{"project", "new", key, "--like", like, "--name", "N", "--from", from, "--to", to, "--municipality", place};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  const std::vector<Case> cases{
      {"a key with a capital", line("Nytt", "ung-horisont", "2016-01-01", "2016-12-31", "Kil"), 5, "små bokstäver"},
      {"a key that leads out of the folder", line("../x", "ung-horisont", "2016-01-01", "2016-12-31", "Kil"), 5, "små bokstäver"},
      {"a project that is there", line("varmlands-unga", "ung-horisont", "2016-01-01", "2016-12-31", "Kil"), 5, "finns redan"},
      {"like a project that nobody knows", line("nytt", "ung-horisnt", "2016-01-01", "2016-12-31", "Kil"), 5, "ung-horisont"},
      {"a municipality that is none", line("nytt", "ung-horisont", "2016-01-01", "2016-12-31", "Kiel"), 5, "Kiel"},
      {"an end before the beginning", line("nytt", "ung-horisont", "2016-12-31", "2016-01-01", "Kil"), 5, "2016-12-31"},
      {"a day that is none", line("nytt", "ung-horisont", "2017-02-29", "2017-12-31", "Kil"), 2, "2017-02-29"},
      {"outside the programme", line("nytt", "ung-horisont", "2026-01-01", "2026-12-31", "Kil"), 3, "settings.outside-programme"},
      {"ages the wrong way round", line("nytt", "ung-horisont", "2016-01-01", "2016-12-31", "Kil", {"--ages", "24-15"}), 5, "24"},
      {"ages that are none", line("nytt", "ung-horisont", "2016-01-01", "2016-12-31", "Kil", {"--ages", "unga"}), 2, "15-24"},
      {"a wrong organisation number",
       line("nytt", "ung-horisont", "2016-01-01", "2016-12-31", "Kil", {"--organisation-number", "212000-1851"}), 3,
       "settings.organisation-number"},
  };
  for (const Case& c : cases) {
    const Said answer = run(c.line);
    EXPECT_EQ(answer.status, c.status) << c.name << "\n" << answer.messages;
    EXPECT_THAT(answer.messages + answer.out, HasSubstr(c.says)) << c.name;
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(home) / "config")) << c.name;
  }
}

TEST_F(NewProject, programs_are_told_where_its_files_are) {
  const Said made = set_up({"--json"});
  EXPECT_EQ(made.status, 0);
  EXPECT_THAT(made.out, HasSubstr("\"key\":\"unga-pa-vag\""));
  EXPECT_THAT(made.out, HasSubstr("config/projects/unga-pa-vag.toml"));
}

}  // namespace
}  // namespace horisont
