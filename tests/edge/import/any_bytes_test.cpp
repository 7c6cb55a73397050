// Whatever bytes a file holds, reading ends with a draft or a problem, and always with the same one.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/draft_text.h"

namespace horisont {
namespace {

const std::filesystem::path cases = std::filesystem::path(HORISONT_SOURCE_DIR) / "tests" / "edge" / "import" / "cases";

std::vector<std::filesystem::path> stories() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(cases))
    if (entry.path().extension() == ".csv") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

TEST(AnyBytes, damaged_files_end_in_a_draft_and_the_same_one_twice) {
  const TemporaryFolder folder;
  std::mt19937 random(20260410);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  static const std::vector<std::string> pieces{"\xFF",
                                               "\xC3",
                                               "\u202E",
                                               "\u00A0",
                                               ";;;;",
                                               "\"",
                                               "\n\n\n",
                                               "99999999999999999999",
                                               "-",
                                               "1E999",
                                               "Summa",
                                               "Personnummer",
                                               "2026-02-30",
                                               "1",
                                               "\t",
                                               std::string(3, '\0'),
                                               "0,0000000001",
                                               "=1+1",
                                               "'",
                                               "D-0001"};
  for (const auto& story : stories()) {
    const std::string whole = read_file(story);
    for (int round = 0; round < 6; ++round) {
      std::string bytes = whole;
      for (std::size_t changes = 1 + below(6); changes > 0 && !bytes.empty(); --changes) {
        const std::size_t at = below(bytes.size());
        const std::string& piece = pieces[below(pieces.size())];
        switch (below(3)) {
          case 0:
            bytes.insert(at, piece);
            break;
          case 1:
            bytes.erase(at, 1 + below(20));
            break;
          default:
            bytes.replace(at, std::min(piece.size(), bytes.size() - at), piece);
            break;
        }
      }
      const auto path = folder.path() / story.filename();
      write_file(path, bytes);
      const std::string once = draft_text(read_story(path));
      EXPECT_EQ(once, draft_text(read_story(path))) << story << " round " << round;
    }
  }
}

TEST(AnyBytes, the_order_of_the_rows_changes_no_fact) {
  const TemporaryFolder folder;
  std::string text = read_file(cases / "attendance-hours-in-every-form.csv");
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end == std::string::npos ? text.size() : end + 1;
  }
  const auto facts = [&] {
    std::string joined;
    for (const std::string& line : lines) joined += line + "\n";
    write_file(folder.path() / "attendance-order.csv", joined);
    std::vector<std::string> out;
    for (const TimeRecord& time : read_story(folder.path() / "attendance-order.csv").times)
      out.push_back(std::to_string(time.person) + " " + std::to_string(time.day) + " " + std::to_string(time.minutes) + " " +
                    std::to_string(time.activity));
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto before = facts();
  ASSERT_EQ(before.size(), 10u);
  std::mt19937 random(7);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(lines.begin() + 1, lines.end(), random);
    EXPECT_EQ(facts(), before);
  }
}

TEST(AnyBytes, many_rows_of_one_person_and_day_take_no_longer_than_their_number) {
  const TemporaryFolder folder;
  std::string text = "Deltagar-id;Datum;Start;Slut;Timmar\n";
  for (int i = 0; i < 60'000; ++i)
    text += "K-03;2026-03-02;09:" + std::string(i % 60 < 10 ? "0" : "") + std::to_string(i % 60) + ";17:00;\n";
  write_file(folder.path() / "attendance-many.csv", text);
  const auto draft = read_story(folder.path() / "attendance-many.csv");
  EXPECT_EQ(draft.rows_seen, 60'000);
  EXPECT_EQ(draft.times.size(), 60u);
}

}  // namespace
}  // namespace horisont
