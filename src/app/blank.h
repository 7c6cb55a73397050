#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace.h"

namespace horisont {

/// Writes the blank workbook of a canonical file: only the fields that the project collects, its activities and
/// subprojects as choices. With `prefill` the participants' references (and names, for attendance) stand there already.
/// Throws FileError.
void write_template(const Workspace&, const std::string& project, RecordKind, bool prefill, const std::filesystem::path& file,
                    Language);

/// The same for attendance with the days of a month as columns: a row for each person and activity, hours in each day's cell.
/// The sheet's name says the month.
void write_wide_template(const Workspace&, const std::string& project, Month, bool prefill, const std::filesystem::path& file,
                         Language);

/// A leaver to be asked six months after, with what it takes to reach him or her.
struct PersonToAsk {
  std::uint32_t person = 0;
  std::optional<Date> exit;
  std::string name, email, mobile;
};
/// The file of results for those people: reference, day of exit, ways to reach them, and what is asked, with its choices. Read in
/// like any file of results. Throws FileError.
void write_follow_up(const Workspace&, const std::string& project, const std::vector<PersonToAsk>&, const std::filesystem::path& file,
                     Language);

}  // namespace horisont
