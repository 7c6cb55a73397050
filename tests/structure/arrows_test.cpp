// Who may include whom, and which folders own which library (ARCHITECTURE.md). A new arrow or a new owner is a design
// decision: it is made here.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "support/places.h"

namespace {

const std::map<std::string, std::vector<std::string>> may_include{
    {"core/values", {"core/values"}},
    {"core/cases", {"core/values", "core/cases"}},
    {"core/rules", {"core/values", "core/cases", "core/rules", "dmn"}},
    {"core/funding", {"core/values", "core/cases", "core/rules", "core/funding"}},
    {"core/indicators", {"core/values", "core/cases", "core/indicators"}},
    {"core/reports", {"core"}},
    {"core/audit", {"core/values", "core/audit", "log"}},  // of log: SHA-256
    {"dmn", {"dmn"}},
    {"log", {"log"}},
    {"edge", {"core", "dmn", "log", "edge/xml", "edge/zip", "edge/json", "edge/text", "edge/files", "edge/toml"}},
    {"edge/import", {"core", "edge/csv", "edge/spreadsheet", "edge/text", "edge/files", "edge/toml"}},
    {"edge/spreadsheet", {"core", "edge/csv", "edge/xml", "edge/zip", "edge/files"}},  // the child cuts text files, too
    {"edge/store", {"core", "dmn", "log", "edge/crypto", "edge/json", "edge/files"}},
    {"edge/demo", {"core/values", "edge/xlsx", "edge/csv", "edge/json", "edge/files"}},
    {"app", {"app", "core", "dmn", "log", "edge"}},
    {"cli", {"cli", "app", "core", "web"}},
    {"web", {"web", "app", "core"}},
};

const std::map<std::string, std::vector<std::string>> owners{
    {"tl/", {"core/values", "dmn", "log"}}, {"bid_", {"dmn"}}, {"date/", {"dmn"}}, {"openssl/", {"log"}},
    {"expat", {"edge/xml"}}, {"zip.h", {"edge/zip"}}, {"unicode/", {"edge/text", "dmn"}}, {"xlsxwriter", {"edge/xlsx"}},
    {"pugixml", {"edge/xlsx"}}, {"isa-l/", {"edge/xlsx"}}, {"zlib.h", {"edge/xlsx"}}, {"dlfcn.h", {"edge/xlsx"}}, {"toml++/", {"edge/toml"}}, {"argon2", {"edge/crypto"}}, {"sqlite3", {"edge/store"}},
    {"Poco/JSON/", {"edge/json"}}, {"Poco/Net/", {"web"}}, {"Poco/Util/", {"cli"}},
    {"Poco/", {"edge", "cli", "web"}}, {"CLI/", {"cli"}}, {"kainjow/", {"web"}},
    // Of edge/spreadsheet: the process that reads apart.
    {"fcntl.h", {"edge/files", "edge/csv", "edge/spreadsheet"}}, {"unistd.h", {"edge/files", "edge/csv", "edge/spreadsheet", "cli", "web"}},
    {"sys/", {"edge/files", "edge/csv", "edge/spreadsheet", "cli", "web"}}, {"signal.h", {"edge/spreadsheet", "cli", "web"}},
    {"poll.h", {"edge/spreadsheet"}}, {"spawn.h", {"edge/spreadsheet"}}, {"linux/", {"edge/spreadsheet"}},     {"pwd.h", {"cli"}}, {"malloc.h", {"app", "cli"}}, {"emmintrin", {"edge/csv"}},
};

bool within(const std::string& path, const std::string& folder) { return path.starts_with(folder + "/"); }

// Empty when the include is allowed, otherwise why not. `file` is relative to src. The longest key that fits counts.
std::string objection(const std::string& file, const std::string& header, bool ours) {
  const auto& table = ours ? may_include : owners;
  const std::vector<std::string>* allowed = nullptr;
  std::size_t longest = 0;
  for (const auto& [key, folders] : table) {
    const bool applies = ours ? within(file, key) : header.starts_with(key);
    if (applies && key.size() > longest) longest = key.size(), allowed = &folders;
  }
  if (!allowed) return ours || header.find_first_of("/.") != std::string::npos ? "has no entry in the table" : "";
  const std::string own_folder = std::filesystem::path(file).parent_path().string();
  if (ours && within(header, own_folder)) return "";
  for (const std::string& folder : *allowed)
    if (within(ours ? header : file, folder)) return "";
  return "is not allowed here";
}

std::vector<std::string> objections(const std::filesystem::path& src) {
  static const std::regex include{R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"};
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(src)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    const std::string file = std::filesystem::relative(entry.path(), src).string();
    std::ifstream in(entry.path());
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      const std::string why = objection(file, match[2], match[1] == "\"");
      if (!why.empty()) found.push_back("src/" + file + ":" + std::to_string(number) + " " + match[2].str() + " " + why);
    }
  }
  return found;
}

TEST(Arrows, every_include_in_src_follows_the_architecture) {
  const auto found = objections(std::filesystem::path(HORISONT_SOURCE_DIR) / "src");
  for (const std::string& line : found) ADD_FAILURE() << line;
}

TEST(Arrows, the_include_that_breaks_them_is_named_with_file_and_line) {
  const auto folder = std::filesystem::temp_directory_path() / "horisont-arrows";
  std::filesystem::create_directories(folder / "core/values");
  std::filesystem::create_directories(folder / "web");
  std::ofstream(folder / "core/values/a.h") << "#pragma once\n#include <vector>\n#include \"edge/store/store.h\"\n";
  std::ofstream(folder / "web/b.cpp") << "#include <sqlite3.h>\n";
  auto found = objections(folder);
  std::filesystem::remove_all(folder);
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<std::string>{"src/core/values/a.h:3 edge/store/store.h is not allowed here",
                                             "src/web/b.cpp:1 sqlite3.h is not allowed here"}));
}

// Two types of one name in one name space become one when the program is linked, and nobody says so: what destroys the one is then
// called for the other.
TEST(Names, no_two_files_define_a_type_of_the_same_name_in_the_same_name_space) {
  static const std::regex opens{R"(^namespace ([\w:]+) \{)"}, type{R"(^(?:struct|class) (\w+)(?: final)?(?: :[^{]*)? \{)"};
  std::map<std::string, std::string> first;
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(HORISONT_SOURCE_DIR) / "src")) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    std::ifstream in(entry.path());
    std::vector<std::string> spaces;
    int unnamed = 0;
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("namespace {")) {
        ++unnamed;
      } else if (std::regex_search(line, match, opens)) {
        spaces.push_back(match[1]);
      } else if (line == "}  // namespace") {
        --unnamed;
      } else if (line.starts_with("}  // namespace ") && !spaces.empty()) {
        spaces.pop_back();
      } else if (unnamed == 0 && std::regex_search(line, match, type)) {
        std::string name;
        for (const std::string& space : spaces) name += space + "::";
        name += match[1];
        const auto [known, fresh] = first.emplace(name, entry.path().string());
        EXPECT_TRUE(fresh || known->second == entry.path().string()) << name << " in " << known->second << " and " << entry.path();
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 300u);
}

}  // namespace
