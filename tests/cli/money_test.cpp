// Commands about money, as they are typed. The staff are invented; rates are those of config/programmes.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class Money_ : public Cli {
 protected:
  const std::string p = "--project=varmlands-unga-i-arbete";
  void staff(const std::string& function) {
    ASSERT_EQ(run({"import",
                   file("personal.csv",
                        "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet;"
                        "Underskrivet av\n10417;Karlstad;2024-03-04;8;projektarbete;" +
                            function + ";100;2024-04-02;Ek\n"),
                   p, "--record", "staff-time", "--yes", "--today", "2024-04-03"})
                  .status,
              0);
  }
  Said claim(std::vector<std::string> more) {
    more.insert(more.begin(), {"claim", p, "--today", "2024-05-02", "--json"});
    return run(std::move(more));
  }
};

TEST_F(Money_, eight_hours_of_a_project_worker_are_claimed_with_formula_source_and_share) {
  staff("projektmedarbetare");
  const Said said = claim({"--period", "2024-03"});
  EXPECT_EQ(said.status, 1) << said.messages;
  EXPECT_THAT(said.out, HasSubstr("\"formula\":\"8:00 h x 482.00\",\"amount_ore\":385600,\"confidence\":\"secondary\""));
  EXPECT_THAT(said.out, HasSubstr("{\"sum\":\"total\",\"amount_ore\":539840}"));        // 3 856.00 and 40 % of it
  EXPECT_THAT(said.out, HasSubstr("{\"sum\":\"cofinancing\",\"amount_ore\":215936}"));  // 40 % of 5 398.40
  EXPECT_THAT(said.out, HasSubstr("{\"sum\":\"support\",\"amount_ore\":323904}"));
  EXPECT_THAT(said.out, HasSubstr("{\"sum\":\"rounding\",\"amount_ore\":0}"));
  EXPECT_THAT(said.out, HasSubstr("\"value\":\"half_up\",\"confidence\":\"unverified\"")) << "the policy is printed";
}

TEST_F(Money_, a_claim_stops_where_a_function_is_missing_and_says_what_to_do) {
  staff("");
  const Said said = claim({"--period", "2024-03"});
  EXPECT_EQ(said.status, 5);
  EXPECT_THAT(said.out, HasSubstr("claim.no-function"));
  EXPECT_THAT(said.out, Not(HasSubstr("amount_ore"))) << "nothing becomes 0";
}

TEST_F(Money_, forty_per_cent_covers_all_other_costs_and_allowances_come_on_top) {
  staff("projektmedarbetare");
  const Said refused = claim({"--period", "2024-03", "--other-direct", "3000"});
  EXPECT_EQ(refused.status, 5);
  EXPECT_THAT(refused.out, HasSubstr("claim.covers-all"));
  const Said on_top = claim({"--from", "2024-02", "--to", "2024-03", "--allowances", "1 000,50"});
  EXPECT_EQ(on_top.status, 1) << "February has no staff time" << on_top.out;
  EXPECT_THAT(on_top.out, HasSubstr("{\"sum\":\"total\",\"amount_ore\":639890}"));
}

TEST_F(Money_, a_month_without_staff_time_is_a_row_that_says_so_and_has_no_amounts) {
  staff("projektmedarbetare");
  const Said one_of_two = claim({"--from", "2024-02", "--to", "2024-03"});
  EXPECT_EQ(one_of_two.status, 1) << one_of_two.out;
  EXPECT_THAT(one_of_two.out, HasSubstr("\"code\":\"claim.without-staff\",\"level\":\"warning\""));
  EXPECT_THAT(one_of_two.out, HasSubstr("\"draft\":\"yes\""));
  EXPECT_THAT(one_of_two.out, HasSubstr("{\"month\":\"2024-02\",\"line\":\"no_staff_time\""));
  EXPECT_THAT(one_of_two.out, Not(HasSubstr("\"month\":\"2024-02\",\"line\":\"total\""))) << "no row of 0";
  EXPECT_THAT(claim({"--period", "2024-02"}).out, Not(HasSubstr("\"sum\":\"total\""))) << "and no total of 0";
}

TEST_F(Money_, staff_time_that_is_not_signed_is_said_to_be_there_and_not_accepted) {
  ASSERT_EQ(run({"import",
                 file("personal.csv", "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad\n"
                                      "10417;Karlstad;2024-03-04;8;projektarbete;projektmedarbetare;100\n"),
                 p, "--record", "staff-time", "--yes", "--today", "2024-04-03"})
                .status,
            0);
  const Said said = claim({"--period", "2024-03"});
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.out, HasSubstr("\"line\":\"no_staff_accepted\""));
  EXPECT_THAT(said.out, HasSubstr("\"code\":\"claim.staff-refused\",\"level\":\"warning\""));
  EXPECT_THAT(said.out, HasSubstr("Inget av 8:00 h personaltid godkänns 2024-03 (inte underskriven som programmet kräver)"));
}

TEST_F(Money_, months_are_rounded_one_by_one_and_what_that_makes_is_a_line_of_its_own) {
  staff("projektmedarbetare");
  ASSERT_EQ(run({"import",
                 file("april.csv",
                      "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet;"
                      "Underskrivet av\n10417;Karlstad;2024-04-04;8;projektarbete;projektmedarbetare;100;2024-05-01;Ek\n"),
                 p, "--record", "staff-time", "--yes", "--today", "2024-05-01"})
                .status,
            0);
  const Said two = claim({"--from", "2024-03", "--to", "2024-04"});
  EXPECT_EQ(two.status, 1) << two.messages;
  EXPECT_THAT(two.out, HasSubstr("{\"sum\":\"rounding_months\",\"amount_ore\":0}"));
  EXPECT_THAT(claim({"--period", "2024-03"}).out, Not(HasSubstr("rounding_months"))) << "one month has nothing to compare";
}

TEST_F(Money_, a_claim_without_any_staff_time_says_so_and_is_no_silent_nought) {
  run({"init"});
  const Said said = run({"claim", p, "--today", "2024-05-02", "--period", "2024-03"});
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.messages, HasSubstr("Ingen personaltid är inläst för 2024-03"));
  EXPECT_THAT(claim({"--period", "2024-03"}).out, HasSubstr("\"without_staff\":\"yes\""));
  staff("projektmedarbetare");
  EXPECT_THAT(claim({"--period", "2024-03"}).out, HasSubstr("\"without_staff\":\"no\""));
}

TEST_F(Money_, HM_12_a_lump_sum_is_claimed_whole_when_its_deliverable_is_shown_and_else_not_at_all) {
  staff("projektmedarbetare");
  const Said shown = claim({"--period", "2024-03", "--lump-sum", "10000", "--deliverable", "Dnr 12"});
  EXPECT_EQ(shown.status, 1) << shown.out;
  EXPECT_THAT(shown.out, HasSubstr("\"line\":\"lump_sum\",\"formula\":\"Dnr 12\",\"amount_ore\":1000000"));
  EXPECT_THAT(shown.out, HasSubstr("{\"sum\":\"total\",\"amount_ore\":1539840}")) << "on top of 5 398.40, and in no base";
  const Said not_shown = claim({"--period", "2024-03", "--lump-sum", "10000", "--deliverable", "  "});
  EXPECT_EQ(not_shown.status, 1);
  EXPECT_THAT(not_shown.out, HasSubstr("\"line\":\"lump_sum\",\"formula\":\"\",\"amount_ore\":0"));
  EXPECT_THAT(not_shown.out, HasSubstr("\"code\":\"claim.lump-sum-not-shown\",\"level\":\"warning\""));
  EXPECT_THAT(not_shown.out, HasSubstr("{\"sum\":\"total\",\"amount_ore\":539840}"));
  EXPECT_EQ(claim({"--period", "2024-03", "--deliverable", "Dnr 12"}).status, 2) << "of which sum?";
  EXPECT_EQ(claim({"--period", "2024-03", "--lump-sum", "-1"}).status, 2);
}

TEST_F(Money_, cofinancing_is_neither_missed_nor_exceeded) {
  staff("projektmedarbetare");
  const Said kept = claim({"--period", "2024-03", "--cofinancing-given", "2159,36"});
  EXPECT_EQ(kept.status, 1);
  EXPECT_THAT(kept.out, HasSubstr("{\"sum\":\"share_kept\",\"amount_ore\":0}"));
  const Said missed = claim({"--period", "2024-03", "--cofinancing-given", "2159.35"});
  EXPECT_EQ(missed.status, 1);
  EXPECT_THAT(missed.out, HasSubstr("{\"sum\":\"share_missed\",\"amount_ore\":-1}"));
  const Said exceeded = claim({"--period", "2024-03", "--cofinancing-given", "2159.37"});
  EXPECT_EQ(exceeded.status, 1);
  EXPECT_THAT(exceeded.out, HasSubstr("{\"sum\":\"share_exceeded\",\"amount_ore\":1}"));
}

// ESF-rådet, Medfinansiering 2014-2020.
TEST_F(Money_, HM_56_what_the_owner_gives_in_kind_is_no_cofinancing_in_2014_to_2020) {
  const auto of = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"claim", "--project=ung-horisont", "--period", "2016-02", "--json"});
    return run(std::move(more)).out;
  };
  ASSERT_EQ(run({"init"}).status, 0);
  const std::string owner = "Karlstads kommun, Karlstad-Hammarö gymnasieförvaltning";
  EXPECT_THAT(of({"--cofinancing-in-kind", "100", "--in-kind-from", owner}), HasSubstr("claim.owner-only-cash"));
  EXPECT_THAT(of({"--cofinancing-in-kind", "100", "--in-kind-from", "KARLSTADS KOMMUN Karlstad-Hammarö gymnasieförvaltning"}),
              HasSubstr("claim.owner-only-cash"))
      << "written otherwise";
  EXPECT_THAT(of({"--cofinancing-in-kind", "100", "--in-kind-from", "Region Värmland"}),
              Not(HasSubstr("claim.owner-only-cash")));
  EXPECT_THAT(of({"--cofinancing-in-kind", "100"}), HasSubstr("claim.in-kind-from")) << "who gives it is not said";
  EXPECT_THAT(of({"--cofinancing-given", "100"}), Not(HasSubstr("claim.owner-only-cash"))) << "cash";
}

TEST_F(Money_, what_is_given_in_kind_counts_towards_the_share) {
  staff("projektmedarbetare");
  const Said kept = claim({"--period", "2024-03", "--cofinancing-given", "2000", "--cofinancing-in-kind", "159,36",
                           "--in-kind-from", "Karlstads kommun"});
  EXPECT_EQ(kept.status, 1) << kept.out;
  EXPECT_THAT(kept.out, HasSubstr("{\"sum\":\"cofinancing_given\",\"amount_ore\":215936}"));
  EXPECT_THAT(kept.out, HasSubstr("{\"sum\":\"cofinancing_in_kind\",\"amount_ore\":15936}"));
  EXPECT_THAT(kept.out, HasSubstr("{\"sum\":\"share_kept\",\"amount_ore\":0}"));
}

TEST_F(Money_, a_period_is_named_once_lies_in_the_operation_and_amounts_are_amounts) {
  staff("projektmedarbetare");
  EXPECT_EQ(claim({}).status, 2) << "no period";
  EXPECT_EQ(claim({"--from", "2024-03"}).status, 2) << "no end";
  EXPECT_EQ(claim({"--from", "2024-03", "--to", "2024-02"}).status, 2);
  EXPECT_EQ(claim({"--period", "2024-03", "--to", "2024-03"}).status, 2);
  EXPECT_EQ(claim({"--period", "2015-03"}).status, 5) << "before the operation";
  EXPECT_EQ(claim({"--from", "2024-03", "--to", "2024-05"}).status, 1) << "the last month goes on";
  for (const char* amount : {"-1", "1,234", "1.", "tusen", "1000000001", "12a"})
    EXPECT_EQ(claim({"--period", "2024-03", "--allowances", amount}).status, 2) << amount;
}

class Balance_ : public Money_ {
 protected:
  // The project file with more at its end.
  void project_with(const std::string& more) {
    const auto config = std::filesystem::path(home) / "config";
    std::filesystem::create_directories(home);
    std::filesystem::copy(std::filesystem::path(HORISONT_SOURCE_DIR) / "config", config,
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    const auto terms = config / "projects" / "varmlands-unga-i-arbete.toml";
    write_file(terms, read_file(terms) + more);
  }
  static std::string moved(const std::string& kind, const std::string& amount, const std::string& more = "") {
    return "\n[[money]]\nkind = \"" + kind + "\"\non = 2024-04-10\namount = \"" + amount + "\"\n" + more +
           "cited = \"Dnr 7\"\nconfidence = \"verified\"\n";
  }
  Said balance() { return run({"balance", p, "--today", "2024-05-02", "--json"}); }
};

// 8 hours at 482 and 40 per cent: 5 398.40, of which 2 159.36 co-financing and 3 239.04 support.
TEST_F(Balance_, is_what_is_left_of_the_support_after_advance_payments_and_refusals) {
  project_with(moved("cash", "2000.00", "who = \"Region Värmland\"\n") + moved("in_kind", "159.36", "who = \"Torsby\"\n") +
               moved("advance", "1000.00") + moved("paid", "500.00") + moved("refused", "39.04", "month = 2024-03-01\n"));
  staff("projektmedarbetare");
  const Said said = balance();
  EXPECT_EQ(said.status, 0) << said.out << said.messages;
  for (const char* row : {"{\"sum\":\"total\",\"amount_ore\":539840}", "{\"sum\":\"share_kept\",\"amount_ore\":0}",
                          "{\"sum\":\"advance\",\"amount_ore\":100000}", "{\"sum\":\"refused\",\"amount_ore\":3904}",
                          "{\"sum\":\"left\",\"amount_ore\":170000}", "\"kind\":\"refused\",\"month\":\"2024-03\",\"amount_ore\":3904"})
    EXPECT_THAT(said.out, HasSubstr(row));
}

TEST_F(Balance_, tells_a_share_that_is_missed_or_exceeded_by_an_ore) {
  for (const auto& [given, what] : {std::pair("2159.35", "share_missed"), std::pair("2159.37", "share_exceeded")}) {
    std::filesystem::remove_all(home);
    project_with(moved("cash", given, "who = \"Region Värmland\"\n"));
    staff("projektmedarbetare");
    EXPECT_EQ(balance().status, 1) << given;
    EXPECT_THAT(balance().out, HasSubstr(what));
  }
}

TEST_F(Balance_, sets_each_line_of_the_budget_beside_its_outcome) {
  const auto budget = [](const std::string& staff) {
    return moved("cash", "2159.36", "who = \"Torsby\"\n") + "\n[[budget_line]]\nline = \"staff\"\namount = \"" + staff +
           "\"\ncited = \"Beslut\"\nconfidence = \"verified\"\n";
  };
  project_with(budget("3856.00"));
  staff("projektmedarbetare");
  EXPECT_EQ(balance().status, 0) << "used up exactly" << balance().out;
  EXPECT_THAT(balance().out, HasSubstr("{\"line\":\"staff\",\"budget_ore\":385600,\"outcome_ore\":385600,\"left_ore\":0}"));
  project_with(budget("3855.99"));
  EXPECT_EQ(balance().status, 1);
  EXPECT_THAT(balance().out, HasSubstr("\"left_ore\":-1"));
}

// Money that came, a budget and a claim that was made: every number is asked where it is from, the claim's in its own report.
TEST_F(Balance_, is_traced_cell_by_cell_down_to_the_hours_that_were_paid) {
  project_with(moved("cash", "2000.00", "who = \"Region Värmland\"\n") + moved("in_kind", "159.36", "who = \"Torsby\"\n") +
               moved("advance", "1000.00") + moved("paid", "500.00") + moved("refused", "39.04", "month = 2024-03-01\n") +
               "\n[[budget_line]]\nline = \"staff\"\namount = \"3856.00\"\ncited = \"Beslut\"\nconfidence = \"verified\"\n");
  staff("projektmedarbetare");
  ASSERT_LE(run({"report", "make", "payment-claim", "--period", "2024-03", p, "--today", "2024-05-01", "-o", home + "/ut"}).status, 1);
  const auto traced = [&](const std::string& cell) { return run({"report", "trace", "balance", cell, p, "--today", "2024-05-02", "--json"}); };
  const Said all = run({"report", "trace", "balance", "--all", p, "--today", "2024-05-02", "--json"});
  EXPECT_EQ(all.status, 0) << all.out;
  EXPECT_THAT(all.out, HasSubstr("\"differences\":0"));
  const std::pair<const char*, const char*> cases[] = {
      {"balance!B2", "\"value\":539840"},        // what it cost
      {"balance!B6", "\"kind\":\"sum-of-cells\""},  // of participants: none, and it says so
      {"balance!B7", "\"kind\":\"less-cells\""},  // the share, kept to the öre
      {"balance!B12", "\"value\":170000"},       // what is left to be paid
      {"months!D2", "\"report\":\"R-2024-03-001\""},
      {"months!E2", "personal.csv"},
      {"budget!C2", "personal.csv"},
      {"budget!D2", "\"value\":0"},
      {"documents!D2", "\"kind\":\"setting\""},
  };
  for (const auto& [cell, holds] : cases) {
    const Said said = traced(cell);
    EXPECT_EQ(said.status, 0) << cell << said.messages;
    EXPECT_THAT(said.out, HasSubstr(holds)) << cell;
    EXPECT_THAT(said.out, HasSubstr("\"difference\":0")) << cell;
  }
  EXPECT_EQ(traced("months!A2").status, 2) << "a month is no number";
  EXPECT_EQ(run({"report", "trace", "S-1", "Personer!G5", p}).status, 5) << "no pack was opened here";
}

// The month is open, so that the claim is a draft: it binds nobody, and no difference is made of it.
TEST_F(Balance_, shows_a_claim_of_an_open_month_as_the_draft_it_is) {
  project_with(moved("cash", "2159.36", "who = \"Torsby\"\n"));
  staff("projektmedarbetare");
  ASSERT_LE(run({"report", "make", "payment-claim", "--period", "2024-03", p, "--today", "2024-05-01", "-o", home + "/ut"}).status, 1);
  EXPECT_THAT(balance().out, HasSubstr("\"draft\":\"yes\",\"made_ore\":539840,\"now_ore\":539840,\"difference_ore\":\"\""));
  ASSERT_LE(run({"import",
                 file("mer.csv",
                      "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet;"
                      "Underskrivet av\n10417;Karlstad;2024-03-05;1;projektarbete;projektmedarbetare;100;2024-04-02;Ek\n"),
                 p, "--record", "staff-time", "--yes", "--today", "2024-05-01"})
                .status,
            1);
  EXPECT_THAT(balance().out, HasSubstr("\"draft\":\"yes\",\"made_ore\":539840,\"now_ore\":607320,\"difference_ore\":\"\""));
  EXPECT_EQ(balance().status, 1);
}

TEST_F(Balance_, stops_where_a_claim_stops_and_without_documents_says_so) {
  project_with("");
  staff("");
  EXPECT_EQ(balance().status, 5);
  EXPECT_THAT(balance().out, HasSubstr("claim.no-function"));
  project_with(moved("cash", "1.00"));
  EXPECT_NE(balance().status, 0) << "who gives it is not said";
  EXPECT_THAT(balance().out, HasSubstr("settings.missing"));
}

// HM-15: what an unknown share of employment leaves undecided is not left out of the claim without a word.
TEST_F(Money_, staff_time_without_a_share_of_employment_stops_the_claim_and_names_who) {
  struct Case {
    const char *name, *share;
    int status;
    const char* shows;
  };
  const Case cases[] = {{"a share stops nothing", "80", 1, "\"amount_ore\""},
                        {"none stops the claim", "", 5, "claim.no-employment-share"},
                        {"and says whose time it is", "", 5, "10417"}};
  for (const Case& c : cases) {
    home = (folder.path() / c.name).string();
    const std::string rows = "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet;Underskrivet av\n"
                             "10418;Karlstad;2024-03-05;6;projektarbete;project_worker;100;2024-04-02;Ek\n"
                             "10417;Karlstad;2024-03-04;8;projektarbete;project_worker;" + std::string(c.share) + ";2024-04-02;Ek\n";
    ASSERT_LE(run({"import", file("personal.csv", rows), p, "--record", "staff-time", "--yes", "--today", "2024-04-03"}).status, 1) << c.name;
    const Said said = claim({"--period", "2024-03"});
    EXPECT_EQ(said.status, c.status) << c.name << said.out;
    EXPECT_THAT(said.out, HasSubstr(c.shows)) << c.name;
    const Said made = run({"report", "make", "payment-claim", "--period", "2024-03", p, "--today", "2024-05-01", "-o", home + "/ut"});
    EXPECT_EQ(made.status, c.status) << c.name << ": the report refuses as the claim does";
  }
}

TEST_F(Money_, a_file_of_staff_time_without_a_share_of_employment_says_whose_it_is) {
  const auto imported = [&](const std::string& name, const std::string& rows) {
    return run({"import", file(name, "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet;Underskrivet av\n" + rows),
                p, "--record", "staff-time", "--yes", "--today", "2024-05-03"});
  };
  const std::string known = "10418;Karlstad;2024-03-05;6;projektarbete;project_worker;100;2024-04-02;Ek\n";
  struct Case {
    const char *name, *file, *rows, *says;
  };
  const Case cases[] = {
      {"stated on another row of the month", "a.csv", "10418;Karlstad;2024-03-06;6;projektarbete;project_worker;;2024-04-02;Ek\n", nullptr},
      {"stated in a file of an earlier month", "b.csv", "10418;Karlstad;2024-04-05;6;projektarbete;project_worker;;2024-05-02;Ek\n", nullptr},
      {"stated for later months only", "c.csv", "10418;Karlstad;2024-02-05;6;projektarbete;project_worker;;2024-03-02;Ek\n", "10418 (Karlstad)"},
      {"of somebody else", "d.csv", "10417;Karlstad;2024-03-04;8;projektarbete;project_worker;;2024-04-02;Ek\n", "10417 (Karlstad)"}};
  EXPECT_THAT(imported("known.csv", known).messages, Not(HasSubstr("Tjänstgöringsgraden för")));
  for (const Case& c : cases) {
    const Said said = imported(c.file, (c.file == std::string("a.csv") ? known : std::string()) + c.rows);
    EXPECT_LE(said.status, 1) << c.name << said.messages;
    EXPECT_THAT(said.messages + said.out, c.says ? testing::Matcher<std::string>(HasSubstr("Tjänstgöringsgraden för " + std::string(c.says)))
                                                 : testing::Matcher<std::string>(Not(HasSubstr("Tjänstgöringsgraden för")))) << c.name;
  }
  EXPECT_THAT(run({"problems", "list", p, "--today", "2024-05-03"}).out, HasSubstr("10417 (Karlstad)"));
}

TEST_F(Money_, the_hourly_rate_rests_on_1720_hours_times_the_share_of_employment) {
  struct Case {
    const char *hours, *share;
    int status;
    const char* shows;
  };
  ASSERT_EQ(run({"init"}).status, 0);
  const Case cases[] = {{"1032", "60", 0, "\"amount_ore\":3600000"},   // HM-03: the cap is reached exactly
                        {"1032:01", "60", 1, "\"minutes\":1,"},        // one minute more is refused
                        {"1040", "60", 1, "\"minutes\":480,"},         // 8 hours above
                        {"860", "100", 0, "\"amount_ore\":1800000"},   // half a year of full time
                        {"1032", "", 5, "claim.no-employment"},        // HM-15: never taken to be full time
                        {"1032", "0", 2, "cli.employment"},
                        {"1032", "100,01", 2, "cli.employment"},
                        {"10:60", "60", 2, "cli.hours-worked"},
                        {"-1", "60", 2, "cli."}};
  for (const Case& c : cases) {
    std::vector<std::string> line{"hourly-rate", p, "--json", "--annual-gross", "36000", "--on", "2024-03-31",
                                  std::string("--hours=") + c.hours};
    if (*c.share) line.push_back(std::string("--employment=") + c.share);
    const Said said = run(line);
    EXPECT_EQ(said.status, c.status) << c.hours << " " << c.share << said.out;
    EXPECT_THAT(said.out, HasSubstr(c.shows)) << c.hours;
  }
  const Said too_early = run({"hourly-rate", p, "--json", "--annual-gross", "36000", "--hours", "1", "--employment", "60", "--on",
                              "2020-12-31"});
  EXPECT_EQ(too_early.status, 5);
  EXPECT_THAT(too_early.out, HasSubstr("hourly-rate.outside-programme"));
}

// The hours belong to the method, not to the period: 2014-2020 had unit costs by 1,662 hours and hourly rates by 1,720 (HM-01).
TEST_F(Money_, the_hourly_rate_of_2014_2020_rests_on_1720_hours_too) {
  ASSERT_EQ(run({"init"}).status, 0);
  struct Case {
    const char* hours;
    int status;
    const char* shows;
  };
  const Case cases[] = {{"1662", 0, "\"amount_ore\":5797674"}, {"1720", 0, "\"amount_ore\":6000000"}, {"1720:01", 1, "\"minutes\":1,"},
                        {"1800", 1, "\"minutes\":4800,"}};
  for (const Case& c : cases)
    for (const char* on : {"2018-06-01", "2018-08-02"}) {
      const Said said = run({"hourly-rate", "--project", "ung-horisont", "--json", "--annual-gross", "60000", "--on", on, "--employment", "100",
                             std::string("--hours=") + c.hours});
      EXPECT_EQ(said.status, c.status) << c.hours << said.out;
      EXPECT_THAT(said.out, HasSubstr(c.shows)) << c.hours;
    }
}

}  // namespace
}  // namespace horisont
