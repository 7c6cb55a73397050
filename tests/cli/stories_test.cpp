// What a project's hours and money look like at the command line, whole: tests/stories/*/story.txt. The first line is the
// story; a line with + prepares, a line with $ is a command whose status and JSON stand in expected.txt, to be read before they
// are committed. HORISONT_WRITE_EXPECTED=1 writes them anew. A word that is a file of the folder is that file, OUT a folder;
// FOLDER stands for the folder of the run.
// What a call says otherwise than the shipped settings stands first: > lays a file of the folder behind a file of the settings,
// < before it, and - puts one text of it in place of another (' stands for a quotation mark).

#include <algorithm>
#include <cstdlib>

#include "cli/cli_fixture.h"
#include "edge/json/json.h"

namespace horisont {
namespace {

namespace fs = std::filesystem;
const fs::path stories = fs::path(HORISONT_SOURCE_DIR) / "tests" / "stories";

std::vector<std::string> all_stories() {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(stories))
    if (fs::exists(entry.path() / "story.txt")) found.push_back(entry.path().filename().string());
  std::sort(found.begin(), found.end());
  return found;
}

class Story : public Cli, public testing::WithParamInterface<std::string> {
 protected:
  // Words are parted by blanks; a name with blanks stands in quotation marks.
  std::vector<std::string> words(const std::string& line) const {
    std::vector<std::string> found;
    std::string word;
    bool quoted = false, begun = false;
    for (const char c : line + " ") {
      if (c == '"') quoted = !quoted, begun = true;
      else if (c != ' ' || quoted) word += c, begun = true;
      else if (begun) {
        if (word == "OUT") word = (folder.path() / "ut").string();
        else if (const fs::path file = stories / GetParam() / word; !word.empty() && fs::is_regular_file(file)) word = file.string();
        found.push_back(std::exchange(word, "")), begun = false;
      }
    }
    return found;
  }

  // The settings become the installation's own.
  void lay(char how, std::vector<std::string> line) {
    const fs::path config = fs::path(home) / "config";
    if (!fs::exists(config)) {
      fs::create_directories(home);
      fs::copy(fs::path(HORISONT_SOURCE_DIR) / "config", config, fs::copy_options::recursive);
    }
    ASSERT_GE(line.size(), how == '-' ? 3u : 2u);
    const fs::path file = config / line[0];
    std::string text = read_file(file);
    if (how != '-') {
      const std::string more = read_file(line[1]);
      write_file(file, how == '>' ? text + "\n" + more : more + "\n" + text);
      return;
    }
    for (std::string& part : line) std::replace(part.begin(), part.end(), '\'', '"');
    const std::size_t at = text.find(line[1]);
    ASSERT_NE(at, text.npos) << line[1];
    write_file(file, text.replace(at, line[1].size(), line[2]));
  }
};

TEST_P(Story, is_told_as_it_is_written_beside_it) {
  std::istringstream story(read_file(stories / GetParam() / "story.txt"));
  std::string line, told;
  std::getline(story, line);
  EXPECT_GT(line.size(), 20u) << "the story is told";
  while (std::getline(story, line)) {
    if (line.size() < 3) continue;
    auto arguments = words(line.substr(2));
    if (line[0] == '>' || line[0] == '<' || line[0] == '-') {
      lay(line[0], arguments);
      continue;
    }
    if (line[0] == '+') {
      const Said said = run(arguments);
      ASSERT_LE(said.status, 1) << line << said.out << said.messages;
      continue;
    }
    ASSERT_EQ(line[0], '$') << line;
    arguments.push_back("--json");
    const Said said = run(arguments);
    EXPECT_TRUE(parse_json(said.out)) << line << said.out;
    // The folder of the run is another each time.
    std::string out = said.out;
    for (std::size_t at; (at = out.find(folder.path().string())) != out.npos;)
      out.replace(at, folder.path().string().size(), "FOLDER");
    told += line + "\nstatus " + std::to_string(said.status) + "\n" + out + "\n";
  }
  const fs::path expected = stories / GetParam() / "expected.txt";
  if (std::getenv("HORISONT_WRITE_EXPECTED")) write_file(expected, told);
  EXPECT_EQ(told, read_file(expected));
}
INSTANTIATE_TEST_SUITE_P(Money, Story, testing::ValuesIn(all_stories()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace horisont
