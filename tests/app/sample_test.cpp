// A sample as an auditor has it drawn: bound to the log, drawn again from what was stored, filled in and projected.

#include "app/sample.h"

#include <gtest/gtest.h>

#include "app/import_file.h"
#include "edge/files/files.h"
#include "edge/xlsx/plain_workbook.h"
#include "support/places.h"

namespace horisont {
namespace {

const std::string seed = "00112233445566778899aabbccddeeff";

// Twenty participants of Ung Horisont, each with an accepted day in March 2016.
class Samples : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::optional<Workspace> workspace;

  void SetUp() override {
    auto opened = open_workspace(folder.path() / "home", HORISONT_SOURCE_DIR);
    ASSERT_TRUE(opened);
    workspace.emplace(std::move(*opened));
    std::string people = "Deltagar-id;Namn;Födelsedatum;Kön;Hemkommun;Startdatum;Sysselsättning;Studerar;"
                         "I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA\n",
                times = "Deltagar-id;Datum;Timmar;Aktivitet\n",
                evidence = "Deltagar-id;Krav;Dokument;Datum;Utfärdare;Beteckning;Kontrollerat datum;Kontrollerat av;Förvaras hos\n";
    for (int i = 1; i <= 20; ++i) {
      const std::string number = std::to_string(i), day = std::string(i < 10 ? "0" : "") + number;
      people += "UH-" + number + ";Ek, Bo;1999-05-" + day + ";" + (i % 2 ? "kvinna" : "man") +
                ";Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n";
      times += "UH-" + number + ";2016-03-" + day + ";" + std::to_string(1 + i % 5) + ";praktik\n";
      evidence += "UH-" + number + ";bosättning;registerutdrag;2016-01-25;Skatteverket;FB " + number +
                  ";2016-01-26;Karin Berg;Karlstads kommun\n";
    }
    for (const auto& [name, text] : {std::pair("Deltagare.csv", people), std::pair("Närvaro.csv", times), std::pair("Underlag.csv", evidence)}) {
      write_file(folder.path() / name, text);
      ImportRequest asked{.project = "ung-horisont", .file = folder.path() / name};
      asked.today = *Date::parse("2016-04-15"), asked.actor = {"anna", "case-worker"}, asked.now = *Moment::parse("2016-04-15T08:00:00Z");
      const ImportOutcome read = import_file(*workspace, asked);
      ASSERT_EQ(read.state, ImportOutcome::State::Stored) << read.findings.front().code;
    }
  }
  SampleRequest asked(SampleFrame frame, SampleMethod method, std::uint64_t places, std::string strata = "") {
    return {.project = "ung-horisont", .frame = frame, .method = method, .strata = std::move(strata),
            .period = {*Date::of(1, 1, 1), std::nullopt}, .places = places, .least = 2, .seed = seed,
            .today = *Date::parse("2016-04-15"), .actor = {"rut", "auditor"}, .now = *Moment::parse("2016-04-15T09:00:00Z")};
  }
  // The workbook as the auditor fills it in: a line a unit, the errors in the order of the draw.
  std::filesystem::path filled(const std::vector<std::pair<std::string, std::string>>& lines) {
    PlainSheet sheet{.name = "Stickprov", .rows = {{{std::string("Enhet")}, {std::string("Fel (timmar)")}}}, .merges = {},
                     .hidden_rows = {}, .widths = {}, .hidden = false, .table = false};
    for (const auto& [unit, error] : lines) {
      PlainCell cell;
      if (!error.empty()) cell.value = error;
      sheet.rows.push_back({{unit}, cell});
    }
    const auto file = folder.path() / "ifylld.xlsx";
    std::filesystem::remove(file);
    write_plain_workbook(file, {sheet});
    return file;
  }
  static std::string fault(const Result<SampleResult>& result) { return result ? "" : result.error().message.id; }
};

TEST_F(Samples, a_draw_is_bound_to_the_log_and_comes_out_the_same_for_ever) {
  const auto before = workspace->store.log_head("ung-horisont");
  const auto drawn = draw_sample(*workspace, asked(SampleFrame::Participants, SampleMethod::Simple, 5));
  ASSERT_TRUE(drawn) << drawn.error().message.id;
  EXPECT_EQ(drawn->id(), "S-1");
  EXPECT_EQ(drawn->units.size(), 5u);
  EXPECT_EQ(drawn->frame.size(), 20u);
  EXPECT_EQ(drawn->stored.size, before->size) << "the checkpoint that the auditor had seen";
  EXPECT_EQ(workspace->store.log_head("ung-horisont")->size, before->size + 1) << "the draw is an entry itself";
  EXPECT_TRUE(workspace->store.check_log("ung-horisont").empty());

  // Facts that come later change nothing of it.
  write_file(folder.path() / "Nya.csv", "Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum\nUH-77;Ek, Bo;1999-05-05;Karlstad;2016-03-01\n");
  ImportRequest later{.project = "ung-horisont", .file = folder.path() / "Nya.csv"};
  later.today = *Date::parse("2016-04-15"), later.actor = {"anna", "case-worker"}, later.now = *Moment::parse("2016-04-16T08:00:00Z");
  ASSERT_EQ(import_file(*workspace, later).state, ImportOutcome::State::Stored);
  const auto again = drawn_sample(*workspace, "ung-horisont", "S-1");
  ASSERT_TRUE(again);
  ASSERT_EQ(again->units.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(again->units[i].unit, drawn->units[i].unit);
  EXPECT_FALSE(drawn_sample(*workspace, "ung-horisont", "S-2"));
}

TEST_F(Samples, a_draw_that_would_show_nothing_is_refused_and_leaves_nothing) {
  const auto refused = [&](SampleRequest request) {
    const auto drawn = draw_sample(*workspace, request);
    EXPECT_FALSE(drawn);
    return drawn ? std::string() : drawn.error().message.id;
  };
  const auto with = [&](std::string text) {
    SampleRequest request = asked(SampleFrame::Participants, SampleMethod::Simple, 5);
    request.seed = std::move(text);
    return request;
  };
  EXPECT_EQ(refused(with("")), "sample.seed");
  EXPECT_EQ(refused(with(seed.substr(1))), "sample.seed") << "31 digits";
  EXPECT_EQ(refused(with(seed.substr(0, 31) + "G")), "sample.seed");
  EXPECT_EQ(refused(with(std::string(66, 'a'))), "sample.seed");
  EXPECT_EQ(refused(asked(SampleFrame::Participants, SampleMethod::Simple, 0)), "sample.places");
  EXPECT_EQ(refused(asked(SampleFrame::Participants, SampleMethod::MonetaryUnit, 5)), "sample.no-value");
  EXPECT_EQ(refused(asked(SampleFrame::Hours, SampleMethod::Stratified, 5, "gender")), "sample.strata");
  EXPECT_EQ(refused(asked(SampleFrame::Hours, SampleMethod::Simple, 5, "month")), "sample.strata-not-asked");
  EXPECT_EQ(refused(asked(SampleFrame::Claims, SampleMethod::Simple, 5)), "sample.empty") << "no staff time";
  SampleRequest with_period = asked(SampleFrame::Participants, SampleMethod::Simple, 5);
  with_period.period.first = *Date::parse("2016-03-01");
  EXPECT_EQ(refused(with_period), "sample.no-period");
  with_period.frame = SampleFrame::Hours;
  with_period.period.last = *Date::parse("2016-02-29");
  EXPECT_EQ(refused(with_period), "sample.period");
  EXPECT_TRUE(workspace->store.samples("ung-horisont").empty());
  ASSERT_TRUE(draw_sample(*workspace, with(std::string(64, 'a')))) << "32 bytes are the most";
  EXPECT_EQ(refused(with(std::string(64, 'a'))), "sample.seed-used") << "nobody draws until the sample pleases";
  SampleRequest other = asked(SampleFrame::Hours, SampleMethod::Simple, 5);
  other.seed = std::string(64, 'a');
  EXPECT_EQ(refused(other), "sample.seed-used") << "from another frame neither";
}

TEST_F(Samples, strata_get_their_share_and_at_least_two) {
  const auto drawn = draw_sample(*workspace, asked(SampleFrame::Participants, SampleMethod::Stratified, 6, "gender"));
  ASSERT_TRUE(drawn) << drawn.error().message.id;
  std::map<std::string, int> by;
  for (const auto& unit : drawn->units) ++by[unit.unit.stratum];
  EXPECT_EQ(by, (std::map<std::string, int>{{"man", 3}, {"woman", 3}}));
}

TEST_F(Samples, the_errors_of_a_filled_in_sample_are_projected_and_held_against_two_per_cent) {
  // 20 rows of a day sheet, 1 to 5 hours: 3,600 minutes, of which 72 are tolerable.
  const auto drawn = draw_sample(*workspace, asked(SampleFrame::Hours, SampleMethod::Simple, 10));
  ASSERT_TRUE(drawn) << drawn.error().message.id;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& unit : drawn->units) lines.emplace_back(unit.unit.id, "0");
  const auto result_of = [&] { return sample_result(*drawn, filled(lines), ConfidenceLevel::Percent90); };

  const auto right = result_of();
  ASSERT_TRUE(right) << fault(right);
  EXPECT_EQ(right->book.ore(), 3600);
  EXPECT_EQ(right->whole.projected.ore(), 0);
  EXPECT_EQ(right->whole.tolerable.ore(), 72);
  EXPECT_EQ(right->whole.upper_limit.ore(), 832) << "ten clean rows say 2.31 / 10 of the whole at 90 %";
  EXPECT_EQ(right->whole.verdict, AuditVerdict::MoreWork) << "clean, but too few to tell";

  lines[3].second = "0,5";  // half an hour in ten rows is an hour in twenty
  const auto some = result_of();
  ASSERT_TRUE(some) << fault(some);
  EXPECT_EQ(some->with_error, 1);
  EXPECT_EQ(some->whole.projected.ore(), 60);
  EXPECT_EQ(some->whole.verdict, AuditVerdict::MoreWork) << "within 2 %, but the upper limit is not";

  const std::string for_programs = as_json(sample_result_table(*some));
  for (const char* number : {"\"audited\":10", "\"with_error\":1", "\"book\":3600", "\"projected\":60", "{\"what\":\"result.book\",\"amount\":3600}",
                             "{\"what\":\"result.with-error\",\"amount\":1}"})
    EXPECT_NE(for_programs.find(number), std::string::npos) << number << " in " << for_programs;
  EXPECT_NE(as_text(sample_result_table(*some), Language::Swedish).find("60,00 h"), std::string::npos) << "to people in words";

  for (std::size_t i = 0; i < 4; ++i) lines[i].second = "1";
  const auto much = result_of();
  ASSERT_TRUE(much) << fault(much);
  EXPECT_EQ(much->whole.projected.ore(), 480);
  EXPECT_EQ(much->whole.verdict, AuditVerdict::Qualify);
}

TEST_F(Samples, a_frame_that_was_audited_whole_and_had_no_error_is_within_two_per_cent) {
  const auto drawn = draw_sample(*workspace, asked(SampleFrame::Hours, SampleMethod::Simple, 20));
  ASSERT_TRUE(drawn);
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& unit : drawn->units) lines.emplace_back(unit.unit.id, "0");
  const auto all = sample_result(*drawn, filled(lines), ConfidenceLevel::Percent90);
  ASSERT_TRUE(all) << fault(all);
  EXPECT_EQ(all->whole.upper_limit.ore(), 0);
  EXPECT_EQ(all->whole.verdict, AuditVerdict::Accept);
}

TEST_F(Samples, an_error_of_a_person_is_one_or_nought_and_never_less) {
  const auto drawn = draw_sample(*workspace, asked(SampleFrame::Participants, SampleMethod::Simple, 2));
  ASSERT_TRUE(drawn);
  const auto with = [&](std::string error) {
    return sample_result(*drawn, filled({{drawn->units[0].unit.id, error}, {drawn->units[1].unit.id, "0"}}), ConfidenceLevel::Percent90);
  };
  for (const char* right : {"1", "0", "ja", "nej"}) EXPECT_EQ(fault(with(right)), "") << right;
  for (const char* wrong : {"-1", "2", "0,5", "−1", "kanske"}) EXPECT_EQ(fault(with(wrong)), "sample.wrong-error") << wrong;
}

TEST_F(Samples, a_workbook_that_is_not_filled_in_right_says_where) {
  const auto drawn = draw_sample(*workspace, asked(SampleFrame::Hours, SampleMethod::Simple, 4));
  ASSERT_TRUE(drawn);
  std::vector<std::pair<std::string, std::string>> right;
  for (const auto& unit : drawn->units) right.emplace_back(unit.unit.id, "0");
  const auto with = [&](std::size_t line, std::string unit, std::string error) {
    auto lines = right;
    if (line < lines.size())
      lines[line] = {std::move(unit), std::move(error)};
    else
      lines.emplace_back(std::move(unit), std::move(error));
    return fault(sample_result(*drawn, filled(lines), ConfidenceLevel::Percent90));
  };
  EXPECT_EQ(with(9, right[0].first, "0"), "sample.twice");
  EXPECT_EQ(with(9, "D-0001", "0"), "sample.not-drawn");
  EXPECT_EQ(with(9, "", "1"), "sample.not-drawn") << "an error of nobody";
  EXPECT_EQ(with(1, right[1].first, ""), "sample.not-finished");
  EXPECT_EQ(with(1, right[1].first, "mycket"), "sample.wrong-error");
  EXPECT_EQ(with(1, right[1].first, "-1"), "sample.wrong-error");
  EXPECT_EQ(with(1, right[1].first, "5,01"), "sample.wrong-error") << "more than any row has, and no whole minute";
  EXPECT_EQ(with(1, right[1].first, "0,01"), "sample.wrong-error") << "36 seconds are no whole minute";
  write_file(folder.path() / "tom.xlsx", "ingen arbetsbok");
  EXPECT_NE(fault(sample_result(*drawn, folder.path() / "tom.xlsx", ConfidenceLevel::Percent90)), "");
}

TEST_F(Samples, the_workbook_to_fill_in_is_read_back_as_it_was_written) {
  const auto drawn = draw_sample(*workspace, asked(SampleFrame::Hours, SampleMethod::MonetaryUnit, 6));
  ASSERT_TRUE(drawn) << drawn.error().message.id;
  const ProjectState state = project_state(*workspace, "ung-horisont", *Date::parse("2016-04-15"), Explain::No);
  const auto file = folder.path() / "S-1.xlsx";
  write_sample(*workspace, state, *drawn, file, Language::Swedish);
  EXPECT_EQ(fault(sample_result(*drawn, file, ConfidenceLevel::Percent90)), "sample.not-finished") << "its columns are found";
  write_sample(*workspace, state, *drawn, file, Language::English);
  EXPECT_EQ(fault(sample_result(*drawn, file, ConfidenceLevel::Percent90)), "sample.not-finished");
}

}  // namespace
}  // namespace horisont
