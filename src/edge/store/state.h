#pragma once

#include "edge/store/database.h"

namespace horisont {

struct Store::State {
  Database database;
  std::filesystem::path schemas;  ///< the migrations that made it
  LogKeeping log;
  State(const std::filesystem::path& file, const std::filesystem::path& migrations) : database(file, migrations), schemas(migrations) {}
};

/// 0: the store knows no such project.
std::int64_t project_id(const Database&, const std::string& project);
std::int64_t project_id_made(const Database&, const std::string& project);

}  // namespace horisont
