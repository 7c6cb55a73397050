// What a form says with boxes, crosses and sub-headings: each line of a form as it is read.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/draft_text.h"
#include "edge/xlsx/plain_workbook.h"

namespace horisont {
namespace {

PlainCell text(std::string written) { return written.empty() ? PlainCell{} : PlainCell{std::move(written), false}; }
PlainCell date(int year, int month, int day) { return {*Date::of(year, month, day), false}; }

// A form about somebody new whose last lines are these; what is read of a field, or the codes of what is wrong with it.
std::string read(const std::string& field, const std::vector<std::vector<PlainCell>>& lines, const std::string& title = "Inskrivning") {
  PlainSheet sheet{.name = "Blankett"};
  sheet.rows = {{text(title)},
                {},
                {text("Namn"), text("Ny, Eva")},
                {text("Deltagar-id"), text("K-77")},
                {text("Hemkommun"), text("Karlstad")},
                {text("Startdatum"), date(2026, 3, 2)}};
  sheet.rows.insert(sheet.rows.end(), lines.begin(), lines.end());
  const TemporaryFolder folder;
  write_plain_workbook(folder.path() / "blankett.xlsx", {sheet});
  ImportOptions options;
  options.today = story::day(2026, 4, 10);
  const ImportDraft draft = read_import(folder.path() / "blankett.xlsx", story::schemas(), story_project(), story_programme(), story_people(),
                                        story_spells(), options);
  std::string wrong;
  for (const Finding& finding : draft.findings)
    if (finding.level == Level::Error) wrong += (wrong.empty() ? "!" : " !") + finding.code;
  if (!wrong.empty()) return wrong;
  if (draft.records.size() != 1) return "no form";
  const std::string* value = draft.records[0].find(field);
  return value ? *value : "";
}

TEST(Forms, boxes_and_crosses_line_by_line) {
  const struct {
    const char* sentence;
    std::vector<std::vector<std::string>> lines;
    const char* expected;
  } cases[] = {
      {"boxes before their words", {{"Studerar", "☒ Ja ☐ Nej"}}, "yes"},
      {"boxes behind their words", {{"Studerar", "Ja ☐ Nej ☒"}}, "no"},
      {"in brackets, behind", {{"Studerar", "Ja [x]  Nej [ ]"}}, "yes"},
      {"in cells of their own, before", {{"Studerar", "☐", "Ja", "☒", "Nej"}}, "no"},
      {"in cells of their own, behind", {{"Studerar", "Ja", "☒", "Nej", "☐"}}, "yes"},
      {"in the label's own cell", {{"Studerar: ☐ Ja ☒ Nej"}}, "no"},
      {"in two lines", {{"Studerar", "☐ Ja"}, {"", "☒ Nej"}}, "no"},
      {"a word on either side", {{"Studerar", "Ja ☒ Nej"}}, "!form.box-unclear"},
      {"a box at either end", {{"Studerar", "☐ Ja ☒"}}, "!form.box-unclear"},
      {"two ticked", {{"Studerar", "☒ Ja ☒ Nej"}}, "!form.two-ticked"},
      {"none ticked", {{"Studerar", "Ja ☐ Nej ☐"}}, ""},
      {"a cross in the row below", {{"Studerar", "Ja", "Nej"}, {"", "", "x"}}, "no"},
      {"a cross in the row below, the first", {{"Studerar", "Ja", "Nej"}, {"", "x"}}, "yes"},
      {"two crosses in the row below", {{"Studerar", "Ja", "Nej"}, {"", "x", "x"}}, "!form.two-ticked"},
      {"choices without a mark", {{"Studerar", "Ja", "Nej"}}, ""},
      {"one word", {{"Studerar", "Ja"}}, "yes"},
      {"a cross behind its word", {{"Studerar", "Ja", "", "Nej", "x"}}, "no"},
  };
  for (const auto& one : cases) {
    std::vector<std::vector<PlainCell>> lines;
    for (const auto& line : one.lines) {
      lines.emplace_back();
      for (const std::string& cell : line) lines.back().push_back(text(cell));
    }
    EXPECT_EQ(read("in_education", lines), one.expected) << one.sentence;
  }
  EXPECT_EQ(read("gender", {{text("Kön"), text("Kvinna ☐ Man ☒ Okänt ☐")}}), "man");
  EXPECT_EQ(read("gender", {{text("Kön"), text("Kvinna ☐ Man ☐ Okänt ☒")}}), "unknown");
}

TEST(Forms, what_stands_under_another_persons_heading_is_not_the_participants) {
  const auto lines = [](const char* heading) {
    return std::vector<std::vector<PlainCell>>{{text("E-post"), text("eva@example.org")}, {}, {text(heading)},
                                               {text("Mobil"), text("070-000 00 01")}};
  };
  for (const char* heading : {"Vårdnadshavare", "Vårdnadshavare 1", "Anhörig:", "Kontaktperson", "Next of kin"})
    EXPECT_EQ(read("mobile", lines(heading)), "") << heading;
  for (const char* heading : {"Insats", "Övrigt", "Parental leave"}) EXPECT_EQ(read("mobile", lines(heading)), "070-000 00 01") << heading;
  EXPECT_EQ(read("email", lines("Vårdnadshavare")), "eva@example.org") << "what stands above";
  auto back = lines("Vårdnadshavare");
  back.push_back({text("Deltagaren igen")});
  back.push_back({text("Kön"), text("kvinna")});
  EXPECT_EQ(read("gender", back), "woman");
}

TEST(Forms, two_dates_at_one_label_and_a_title_that_is_a_label) {
  EXPECT_EQ(read("exit_date", {{text("Slutdatum"), date(2026, 3, 20), date(2026, 3, 27)}}), "!form.two-values");
  EXPECT_EQ(read("exit_date", {{text("Slutdatum"), date(2026, 3, 20), text("(sista dagen)")}}), "2026-03-20");
  EXPECT_EQ(read("name", {{text("Kön"), text("kvinna")}}, "Deltagare"), "Ny, Eva");
}

}  // namespace
}  // namespace horisont
