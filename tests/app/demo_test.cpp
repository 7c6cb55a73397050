// The main job, end to end: the demonstration's three projects from messy files to workbooks.

#include "app/demo.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "app/import_file.h"
#include "app/remake.h"
#include "app/report.h"
#include "app/trace.h"
#include "core/reports/measures.h"
#include "edge/demo/demo.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "support/places.h"

namespace horisont {
namespace {

TEST(Demonstration, finds_exactly_what_was_planted_and_shows_the_published_result) {
  TemporaryFolder folder;
  const Actor actor{"test", "case-worker"};
  const Moment now = *Moment::parse("2026-11-25T12:00:00Z");
  const DemoOutcome outcome =
      run_demo(folder.path() / "d", HORISONT_SOURCE_DIR, Language::Swedish, actor, now, [](const Message&) {});
  for (const Finding& finding : outcome.trouble)
    ADD_FAILURE() << finding.code << " " << finding_words(finding, Language::English);
  // It may be made anew as long as nobody has worked in it.
  const auto demonstration = folder.path() / "d";
  EXPECT_FALSE(demo_obstacle(demonstration));
  EXPECT_FALSE(demo_obstacle(folder.path() / "new"));
  for (const char* name : {"anteckning.txt", "indata/ung-horisont/ut/mars2016_ung-horisont.xlsx", "installation/config/eget.toml"}) {
    std::filesystem::create_directories((demonstration / name).parent_path());
    write_file(demonstration / name, "mitt");
    const auto obstacle = demo_obstacle(demonstration);
    ASSERT_TRUE(obstacle) << name;
    EXPECT_TRUE(obstacle->may_be_replaced) << name;
    EXPECT_EQ(obstacle->why.values.at(1), name);
    std::filesystem::remove(demonstration / name);
  }
  const std::string manifest = read_file(demonstration / "manifest.json");
  write_file(demonstration / "manifest.json", manifest + " ");
  EXPECT_TRUE(demo_obstacle(demonstration)) << "a file that says something else now";
  write_file(demonstration / "manifest.json", manifest);
  EXPECT_FALSE(demo_obstacle(demonstration));
  ASSERT_TRUE(demo_obstacle(folder.path())) << "a folder with other things";
  EXPECT_FALSE(demo_obstacle(folder.path())->may_be_replaced);

  const auto summary = parse_json(read_file(outcome.summary));
  ASSERT_TRUE(summary);
  EXPECT_TRUE(outcome.agrees);
  std::size_t shown = 0;
  for (const JsonValue& difference : summary->find("differences")->items)
    if (++shown <= 20) ADD_FAILURE() << write_json(difference, false);

  const auto& projects = summary->find("projects")->items;
  ASSERT_EQ(projects.size(), 3u);
  const std::int64_t participants[] = {300, 571, 520};
  for (std::size_t i = 0; i < 3; ++i) {
    const JsonValue& project = projects[i];
    EXPECT_EQ(project.find("participants")->integer, participants[i]) << project.find("project")->text;
    std::int64_t decided = 0;
    for (const auto& [verdict, count] : project.find("verdicts")->members) decided += count.integer;
    EXPECT_EQ(decided, participants[i]);
    const JsonValue& minutes = *project.find("minutes");
    std::int64_t sum = minutes.find("accepted")->integer;
    for (const auto& [reason, count] : minutes.find("refused")->members) sum += count.integer;
    EXPECT_EQ(sum, minutes.find("reported")->integer) << "every minute ends in one place";
    EXPECT_GE(project.find("workbooks")->items.size(), 6u);
    for (const JsonValue& workbook : project.find("workbooks")->items)
      EXPECT_TRUE(std::filesystem::exists(folder.path() / "d" / std::filesystem::path(workbook.text))) << workbook.text;
  }

  // Every number of every report that was made leads to what it counts, and its parts give it; and the report is made again
  // byte for byte from what was kept.
  auto made = open_workspace(folder.path() / "d" / "installation", HORISONT_SOURCE_DIR);
  ASSERT_TRUE(made);
  std::size_t traced = 0, stated = 0;
  for (const char* project : {"ung-horisont", "varmlands-framtid", "varmlands-unga"})
    for (const StoredReport& report : made->store.reports(project)) {
      const auto kept = kept_report(*made, project, report.id);
      ASSERT_TRUE(kept) << project << " " << report.id;
      for (const CellPlace& place : number_cells(*kept)) {
        const auto found = trace(kept->frozen, place);
        const std::string address = address_of(*kept, place);
        ASSERT_TRUE(found && !address.empty()) << report.id;
        EXPECT_EQ(found->difference, 0) << project << " " << report.id << " " << address;
        EXPECT_EQ(number_at(*kept, address).value(), place) << address;
        ++traced;
        // The number of a row, a nought of the programme, a side of a check: they count nobody and no time.
        if (found->derivation == Derivation::Stated) ++stated;
      }
      const auto again = remake_report(*made, project, report.id, folder.path() / "again" / project / report.id);
      ASSERT_TRUE(again);
      EXPECT_TRUE(again->same()) << project << " " << report.id;
    }
  EXPECT_GT(traced, 100'000u);
  EXPECT_LT(stated, traced / 20);

  // Region Värmland, 4 April 2017: 571 took part, 269 completed, of these 25 % employed and 29 % in studies.
  auto workspace = open_workspace(folder.path() / "d" / "installation", HORISONT_SOURCE_DIR);
  ASSERT_TRUE(workspace);
  const ProjectState state = project_state(*workspace, "varmlands-framtid", *Date::parse("2017-04-04"), Explain::No);
  const auto report = build_report(*workspace, state, {.kind = "project-outcome"});
  ASSERT_TRUE(report);
  const std::string text = to_text(report->sheets.at(0));
  for (const char* figure : {"i:571", "i:269", "r:67/269", "r:78/269"})
    EXPECT_NE(text.find(figure), std::string::npos) << figure << "\n" << text;

  // Other programs read the same values in all of its workbooks, and compute the same.
  const std::string reading = std::string("/usr/bin/python3 '") + HORISONT_SOURCE_DIR + "/tests/app/demo_workbooks.py' '" +
                              (folder.path() / "d" / "rapporter").string() + "'";
  const int status = WEXITSTATUS(std::system(reading.c_str()));
  EXPECT_TRUE(status == 0 || status == 77) << reading << (status == 77 ? "" : " found differences");
}

TEST(Demonstration, every_file_read_in_a_second_time_says_nothing_new) {
  TemporaryFolder folder;
  const DemoInputs inputs = make_demo_inputs(folder.path() / "d", 20170404, {});
  auto workspace = open_workspace(folder.path() / "installation", HORISONT_SOURCE_DIR);
  ASSERT_TRUE(workspace);
  std::vector<std::int64_t> refused_first;
  std::int64_t facts = 0;
  for (const bool again : {false, true})
    for (std::size_t i = 0; i < inputs.files.size(); ++i) {
      const DemoFile& file = inputs.files[i];
      ImportRequest asked{.project = file.project, .file = file.path};
      asked.kind = record_kind(file.kind);
      if (!file.month.empty()) asked.month = *Month::parse(file.month);
      asked.good_rows_only = true;
      asked.again = again;
      asked.today = *Date::parse("2018-01-15");
      asked.actor = {"test", "case-worker"};
      asked.now = *Moment::parse("2026-11-25T12:00:00Z");
      const ImportOutcome read = import_file(*workspace, asked);
      if (!again) {
        facts += read.stored.new_records + read.stored.new_times;
        refused_first.push_back(read.rows_refused);
        continue;
      }
      EXPECT_EQ(read.stored.new_records + read.stored.changed_records, 0) << file.path;
      EXPECT_EQ(read.stored.new_times + read.stored.changed_times, 0) << file.path;
      EXPECT_EQ(read.stored.new_people, 0) << file.path;
      EXPECT_EQ(read.rows_refused, refused_first[i]) << file.path;
    }
  EXPECT_GT(facts, 10'000);
}

}  // namespace
}  // namespace horisont
