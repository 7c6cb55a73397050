#include "edge/demo/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/values/personal_identity_number.h"
#include "edge/csv/csv.h"
#include "edge/files/files.h"
#include "edge/json/json.h"

namespace horisont {
namespace {

// Made once for all cases: the files of three projects take a second.
struct Made {
  TemporaryFolder folder;
  std::vector<std::string> told;  // before what fills it
  DemoInputs inputs = make_demo_inputs(folder.path(), 1, [this](const std::string& what) { told.push_back(what); });
  JsonValue manifest = *parse_json(read_file(inputs.manifest));
};
const Made& made() {
  static const Made once;
  return once;
}

const JsonValue& list(const char* key) { return *made().manifest.find(key); }
const std::string& word(const JsonValue& entry, const char* key) { return entry.find(key)->text; }
std::int64_t number(const JsonValue& entry, const char* key) { return entry.find(key)->integer; }

std::string relative(const DemoFile& file) { return std::filesystem::relative(file.path, made().folder.path()).string(); }

std::vector<std::vector<std::string>> lines_of(const std::filesystem::path& csv) {
  std::vector<std::vector<std::string>> lines;
  auto reader = CsvReader::open(csv);
  if (!reader) return lines;
  for (;;) {
    const auto row = reader->next();
    if (!row || !*row) return lines;
    while (lines.size() + 1 < (*row)->number) lines.emplace_back();
    lines.emplace_back();
    for (const CellView& cell : (*row)->cells) lines.back().emplace_back(cell.text);
  }
}

TEST(DemoInputs, are_the_same_bytes_for_the_same_seed) {
  const TemporaryFolder again;
  const DemoInputs second = make_demo_inputs(again.path(), 1, {});
  ASSERT_EQ(second.files.size(), made().inputs.files.size());
  for (std::size_t i = 0; i < second.files.size(); ++i)
    EXPECT_EQ(sha256_of_file(second.files[i].path), sha256_of_file(made().inputs.files[i].path)) << second.files[i].path;
  EXPECT_EQ(read_file(second.manifest), read_file(made().inputs.manifest));
}

TEST(DemoInputs, are_other_people_for_another_seed_with_the_same_sizes) {
  const TemporaryFolder other;
  const DemoInputs second = make_demo_inputs(other.path(), 2, {});
  const auto manifest = parse_json(read_file(second.manifest));
  ASSERT_TRUE(manifest);
  EXPECT_NE(*manifest, made().manifest);
  EXPECT_EQ(*manifest->find("outcome"), list("outcome"));
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(number(manifest->find("projects")->items[i], "participants"), number(list("projects").items[i], "participants"));
  // Every fault finds its place, whoever the people are.
  EXPECT_EQ(manifest->find("faults")->items.size(), list("faults").items.size());
}

TEST(DemoInputs, tell_each_file_as_it_is_written) {
  ASSERT_EQ(made().told.size(), made().inputs.files.size());
  for (std::size_t i = 0; i < made().told.size(); ++i) EXPECT_EQ(made().told[i], relative(made().inputs.files[i]));
}

TEST(DemoInputs, come_in_the_order_of_reading_in_people_first) {
  std::map<std::string, std::vector<std::string>> kinds;
  for (const DemoFile& file : made().inputs.files) {
    EXPECT_TRUE(std::filesystem::is_regular_file(file.path)) << file.path;
    auto& of_project = kinds[file.project];
    if (of_project.empty() || of_project.back() != file.kind) of_project.push_back(file.kind);
  }
  EXPECT_EQ(kinds.size(), 3u);
  for (const auto& [project, order] : kinds)
    EXPECT_THAT(order, testing::ElementsAre("participants", "results", "attendance", "staff-time", "evidence")) << project;
}

TEST(DemoInputs, have_the_published_sizes_when_the_faulty_rows_are_left_out) {
  std::map<std::string, std::int64_t> kept;
  std::map<std::string, int> registers;
  for (const JsonValue& file : list("files").items)
    if (word(file, "kind") == "participants") {
      kept[word(file, "project")] += number(file, "rows") - number(file, "left_out");
      ++registers[word(file, "project")];
    }
  EXPECT_EQ(kept,
            (std::map<std::string, std::int64_t>{{"ung-horisont", 300}, {"varmlands-framtid", 571}, {"varmlands-unga", 520}}));
  EXPECT_EQ(registers, (std::map<std::string, int>{{"ung-horisont", 2}, {"varmlands-framtid", 16}, {"varmlands-unga", 8}}));
}

TEST(DemoInputs, lead_to_the_published_outcome) {
  ASSERT_EQ(list("outcome").items.size(), 1u);
  const JsonValue& outcome = list("outcome").items[0];
  EXPECT_EQ(word(outcome, "as_of"), "2017-04-04");
  EXPECT_EQ(number(outcome, "participants"), 571);
  EXPECT_EQ(number(outcome, "completed"), 269);
  EXPECT_EQ(number(outcome, "completed_employed"), 67);
  EXPECT_EQ(number(outcome, "completed_in_studies"), 78);
}

TEST(DemoInputs, hold_twelve_months_of_attendance_of_each_project) {
  for (const JsonValue& project : list("projects").items)
    EXPECT_GT(number(*project.find("minutes"), "read"), 100'000) << word(project, "project");
  std::set<std::string> months;
  for (const DemoFile& file : made().inputs.files)
    if (file.project == "varmlands-framtid" && !file.month.empty()) months.insert(file.month);
  EXPECT_GE(months.size(), 12u);
}

TEST(DemoInputs, plant_every_kind_of_verdict_and_say_which) {
  std::map<std::string, std::set<std::string>> codes;
  for (const JsonValue& planted : list("verdicts").items) {
    for (const JsonValue& code : planted.find("codes")->items) codes[word(planted, "project")].insert(code.text);
    EXPECT_TRUE(PersonalIdentityNumber::of_normal_form(word(planted, "identity_number"))) << word(planted, "identity_number");
    EXPECT_FALSE(word(planted, "what").empty());
  }
  EXPECT_THAT(codes["ung-horisont"], testing::UnorderedElementsAre("P01?", "P03", "P04", "P05", "P05?", "P06", "P06?", "P07",
                                                                   "P07?", "P08", "P08?", "P09", "P11", "P12?", "P13"));
  EXPECT_THAT(codes["varmlands-framtid"], testing::UnorderedElementsAre("P04", "P05", "P06", "P06?", "P11", "P12?", "P13"));
  EXPECT_THAT(codes["varmlands-unga"], testing::UnorderedElementsAre("P03", "P05", "P06", "P06?", "P12?", "P13"));
  for (const JsonValue& project : list("projects").items) {
    std::int64_t all = 0;
    for (const auto& [verdict, count] : project.find("verdicts")->members) all += count.integer;
    EXPECT_EQ(all, number(project, "participants"));
  }
}

TEST(DemoInputs, name_the_cell_of_each_fault_as_a_text_file_shows_it) {
  // What must stand in the cell, by code: enough to know that the place is the right one.
  const auto fits = [](const std::string& code, const std::string& cell, const std::vector<std::string>& line) {
    if (code == "pnr.not-in-calendar") return cell.find("0230-") != std::string::npos;
    if (code == "pnr.check-digit") return cell.size() == 13 && !luhn(cell.substr(2, 6) + cell.substr(9));
    if (code == "pnr.form") return cell == "kommer senare";
    if (code == "row.no-person" || code == "cell.must-missing") return cell.empty();
    if (code == "date.not-in-calendar") return cell.ends_with("-02-30") || cell.ends_with("-06-31") || cell.ends_with("-09-31");
    if (code == "hours.negative") return cell == "-2";
    if (code == "hours.over-24") return cell == "25";
    if (code == "place.unknown-municipality") return cell == "Karlsberga";
    if (code == "order.exit-before-entry") return cell < line[4];
    return !cell.empty();
  };
  int seen = 0;
  for (const JsonValue& fault : list("faults").items) {
    const std::string file = word(fault, "file");
    if (!file.ends_with(".csv")) continue;
    const auto lines = lines_of(made().folder.path() / file);
    const auto row = static_cast<std::size_t>(number(fault, "row"));
    ASSERT_LE(row, lines.size()) << file;
    const std::string& cell = word(fault, "cell");
    const auto column = static_cast<std::size_t>(cell[0] - 'A');
    EXPECT_EQ(cell.substr(1), std::to_string(row));
    ASSERT_LT(column, lines[row - 1].size()) << file << " " << cell;
    EXPECT_TRUE(fits(word(fault, "code"), lines[row - 1][column], lines[row - 1]))
        << file << " " << cell << " " << word(fault, "code") << ": " << lines[row - 1][column];
    ++seen;
  }
  EXPECT_GT(seen, 20);
}

TEST(DemoInputs, write_text_files_as_offices_have_them_saved) {
  int marked = 0, old = 0;
  for (const DemoFile& file : made().inputs.files) {
    if (file.path.extension() != ".csv") continue;
    const std::string bytes = read_file(file.path);
    bytes.starts_with("\xEF\xBB\xBF") ? ++marked : ++old;
    EXPECT_NE(bytes.find(";"), std::string::npos);
    EXPECT_TRUE(bytes.ends_with("\r\n"));
    // Every line has the same number of cells, as a spreadsheet saves it.
    std::set<std::size_t> widths;
    for (const auto& line : lines_of(file.path))
      if (!line.empty()) widths.insert(line.size());
    EXPECT_EQ(widths.size(), 1u) << file.path;
  }
  EXPECT_GT(marked, 3);
  EXPECT_GT(old, 3);
}

TEST(DemoInputs, a_folder_that_cannot_be_made_is_told) {
  const TemporaryFolder folder;
  write_file(folder.path() / "file", "x");
  EXPECT_THROW(make_demo_inputs(folder.path() / "file", 1, {}), FileError);
}

}  // namespace
}  // namespace horisont
