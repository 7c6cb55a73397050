#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "edge/demo/people.h"

namespace horisont::demo {

/// What is known of the inputs because it was planted: docs/formats/demo-manifest.md.
class Manifest {
 public:
  struct Where {
    std::string project, kind, file, sheet;
  };

  /// A problem at a cell (column 1-based, 0: the row) that somebody has to look at.
  void fault(const Where&, std::uint32_t row, std::uint32_t column, std::string code, std::string what);
  /// What the reader does or leaves out by itself. Cells of one group (a column, a sheet) are told together; without a
  /// group each is told alone.
  void habit(const Where&, std::string code, const std::string& group = {});
  void file(const Where&, std::uint32_t rows);
  void project(const std::string& key, const std::vector<Participant>& people);
  /// Minutes of a row that is read in, and where they end when they cannot be funded ("" where nothing stands against it).
  void minutes(const std::string& project, const std::string& reason, std::int64_t minutes);
  void outcome(std::string project, Day as_of, std::vector<std::pair<std::string, std::int64_t>> figures);

  void save(const std::filesystem::path&, std::uint64_t seed) const;

 private:
  struct Fault {
    Where where;
    std::uint32_t row, column;
    std::string code, what;
  };
  struct Habit {
    Where where;
    std::string code;
    std::int64_t findings = 0, cells = 0;
  };
  struct File {
    Where where;
    std::uint32_t rows;
  };
  struct Project {
    std::string key;
    std::vector<Participant> people;
  };
  struct Outcome {
    std::string project;
    Day as_of;
    std::vector<std::pair<std::string, std::int64_t>> figures;
  };

  std::vector<Fault> faults_;
  std::vector<Habit> habits_;
  std::map<std::tuple<std::string, std::string>, std::size_t> habit_of_;  // file, code
  std::map<std::tuple<std::string, std::string, std::string>, bool> groups_;
  std::vector<File> files_;
  std::vector<Project> projects_;
  std::map<std::string, std::map<std::string, std::int64_t>> minutes_;
  std::vector<Outcome> outcomes_;
};

/// "E17".
std::string cell_name(std::uint32_t row, std::uint32_t column);
/// fel, varning, notis as "error", "warning", "notice".
std::string_view level_of(std::string_view code);
/// Whether the row of a problem is not read in.
bool leaves_row_out(std::string_view code);

}  // namespace horisont::demo
