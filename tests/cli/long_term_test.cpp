// Those who left are drawn, asked six months after in the workbook that the draw gives, and their answers read in: from the line.

#include <gmock/gmock.h>

#include "cli_fixture.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/plain_workbook.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string seed = "00112233445566778899aabbccddeeff";

class LongTerm : public Cli {
 protected:
  const std::string p = "--project=ung-horisont", day = "--today=2017-06-30";

  // Six who have left, one with protected identity among them, and one who has not.
  void SetUp() override {
    ASSERT_EQ(run({"init", "--yes"}).status, 0);
    std::string people = "Deltagar-id;Namn;Födelsedatum;Kön;Hemkommun;Startdatum;Slutdatum;Sysselsättning;Studerar;"
                         "I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA;Utbildningsnivå;Hushåll utan arbete;"
                         "Hushåll utan arbete med barn;Ensamstående med barn;Skyddad identitet;Mobil\n";
    for (int i = 1; i <= 7; ++i)
      people += "UH-" + std::to_string(i) + ";Ek, Bo " + std::to_string(i) + ";1999-05-0" + std::to_string(i) + ";" + (i % 2 ? "kvinna" : "man") +
                ";Karlstad;2016-02-01;" + (i == 7 ? "" : "2016-10-03") + ";arbetslös;nej;nej;nej;ja;grundskola;nej;nej;nej;" +
                (i == 6 ? "ja" : "nej") + ";070-174 06 0" + std::to_string(i) + "\n";
    const Said read = run({"import", file("deltagare.csv", people), p, day, "--yes"});
    ASSERT_LE(read.status, 1) << read.out << read.messages;
  }
  // The workbook as it comes back: the answers of those drawn, in its own columns.
  std::string answered(const std::filesystem::path& workbook, const std::vector<std::string>& statuses) {
    const auto book = read_workbook(workbook);
    EXPECT_TRUE(book);
    PlainSheet sheet{.name = "Resultat", .rows = {}, .merges = {}, .hidden_rows = {}, .widths = {}, .hidden = false, .table = false};
    for (const SheetView& view : book->sheets()) {
      bool found = false;
      for (const RowView& row : view.rows) found = found || (!row.cells.empty() && row.cells[0].text == "D-0001");
      if (!found) continue;
      std::vector<std::string> headings;
      std::size_t next = 0;
      for (const RowView& row : view.rows) {
        if (row.cells.empty() || row.cells[0].text.empty()) continue;
        std::vector<PlainCell> cells;
        const bool heading = headings.empty();
        for (std::size_t c = 0; c < std::max(row.cells.size(), headings.size()); ++c) {
          const std::string text(c < row.cells.size() ? row.cells[c].text : std::string_view());
          cells.push_back({text});
          if (heading) headings.push_back(text);
        }
        if (!heading && next < statuses.size()) {
          for (std::size_t c = 0; c < headings.size(); ++c) {
            if (statuses[next].empty()) continue;
            if (headings[c] == "Uppföljningsdatum") cells[c].value = std::string("2017-04-10");
            if (headings[c] == "Svar vid uppföljning") cells[c].value = std::string("svarat");
            if (headings[c] == "Status efter 6 månader") cells[c].value = statuses[next];
          }
          ++next;
        }
        sheet.rows.push_back(std::move(cells));
      }
    }
    const auto back = folder.path() / "svar.xlsx";
    write_plain_workbook(back, {sheet});
    return back.string();
  }
};

TEST_F(LongTerm, the_answers_of_the_drawn_become_facts_and_an_estimate_with_its_interval) {
  const std::string workbook = (folder.path() / "urval.xlsx").string();
  const Said none = run({"report", "make", "long-term-sample", "-o", folder.path().string(), p, day});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.messages, HasSubstr("sample draw leavers"));
  const Said drawn = run({"sample", "draw", "leavers", "--seed", seed, "-o", workbook, p, day});
  ASSERT_EQ(drawn.status, 0) << drawn.messages;
  EXPECT_THAT(drawn.messages, HasSubstr("6 av 6"));

  const Said asked = run({"import", answered(workbook, {"anställd", "anställd", "arbetslös", "ej i arbetskraften", ""}), "--record", "results", p, day, "--yes"});
  ASSERT_LE(asked.status, 1) << asked.out << asked.messages;
  const Said report = run({"report", "preview", "long-term-sample", "--sheet", "estimates", "--format", "csv", p, day});
  EXPECT_LE(report.status, 1);
  EXPECT_THAT(report.out, HasSubstr("CR06,")) << report.out;
  EXPECT_THAT(report.out, HasSubstr(",CO01 + CO03,6,4,2,2/4,")) << report.out;
  const Said made = run({"report", "make", "long-term-sample", "-o", (folder.path() / "ut").string(), p, day});
  EXPECT_EQ(made.status, 1) << "two have not answered";
  EXPECT_THAT(made.out, HasSubstr("sex-manader-efter.xlsx"));
}

TEST_F(LongTerm, the_workbook_has_no_way_to_reach_who_has_protected_identity) {
  const std::string workbook = (folder.path() / "urval.xlsx").string();
  ASSERT_EQ(run({"sample", "draw", "leavers", "--seed", seed, "-o", workbook, p, day}).status, 0);
  const auto book = read_workbook(workbook);
  ASSERT_TRUE(book);
  std::string all;
  for (const SheetView& sheet : book->sheets())
    for (const RowView& row : sheet.rows)
      for (const CellView& cell : row.cells) all += std::string(cell.text) + "\n";
  EXPECT_THAT(all, HasSubstr("D-0006"));
  EXPECT_THAT(all, Not(HasSubstr("Ek, Bo 6")));
  EXPECT_THAT(all, Not(HasSubstr("070-174 06 06")));
  EXPECT_THAT(all, HasSubstr("Ek, Bo 5"));
}

TEST_F(LongTerm, what_cannot_be_drawn_or_read_is_told) {
  const struct {
    const char* name;
    std::vector<std::string> line;
    int status;
    const char* says;
  } cases[] = {
      {"a size and a margin", {"sample", "draw", "leavers", "--seed", seed, "--size", "3", "--points", "3", p, day}, 2, "--size"},
      {"no size of an auditor's sample", {"sample", "draw", "participants", "--seed", seed, p, day}, 2, "storleken"},
      {"before anybody has left", {"sample", "draw", "leavers", "--seed", seed, p, "--today=2016-10-02"}, 5, "ung-horisont"},
      {"strata of another frame", {"sample", "draw", "leavers", "--seed", seed, "--method", "stratified", "--by", "gender", p, day}, 2, "status-age-education"},
  };
  for (const auto& c : cases) {
    const Said said = run(c.line);
    EXPECT_EQ(said.status, c.status) << c.name << said.messages;
    EXPECT_THAT(said.messages, HasSubstr(c.says)) << c.name;
  }
  const std::string workbook = (folder.path() / "urval.xlsx").string();
  ASSERT_EQ(run({"sample", "draw", "leavers", "--seed", seed, "-o", workbook, p, day}).status, 0);
  EXPECT_THAT(run({"sample", "result", "S-1", workbook, p, day}).messages, HasSubstr("--record results"));
}

TEST_F(LongTerm, the_indicators_are_those_of_the_tables) {
  const Said all = run({"indicators", p, day, "--plain"});
  ASSERT_EQ(all.status, 0) << all.messages;
  EXPECT_THAT(all.out, HasSubstr("CO01\tarbetslösa, även långtidsarbetslösa\t3\t4\t7\t")) << all.out;
  EXPECT_THAT(run({"report", "preview", "indicators-yei", "--sheet", "table_4a", "--format", "csv", p, day}).out, HasSubstr("7,3,4"));
  EXPECT_THAT(run({"indicators", p, day, "--plain", "--programme", "yei"}).out, Not(HasSubstr("CO01\tarb")));
  EXPECT_THAT(run({"indicators", p, day, "--plain", "--year", "2017"}).out, HasSubstr("CO01\tarbetslösa, även långtidsarbetslösa\t0\t0\t0\t"));
  const Said by = run({"indicators", p, day, "--plain", "--by", "municipality"});
  EXPECT_THAT(by.out, HasSubstr("1780\tCO01\tarbetslösa, även långtidsarbetslösa\t2\t4\t6\t")) << "one of them is protected: " << by.out;
  EXPECT_THAT(run({"indicators", p, day, "--json"}).out, HasSubstr("\"horisont/indicators/1\""));
  const Said other = run({"indicators", p, day, "--programme", "esf-plus-2021-2027"});
  EXPECT_EQ(other.status, 5);
  EXPECT_THAT(other.messages, HasSubstr("yei"));
}

}  // namespace
}  // namespace horisont
