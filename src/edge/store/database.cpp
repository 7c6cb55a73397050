#include "edge/store/database.h"

#include <algorithm>
#include <map>

#include "edge/files/files.h"
#include "edge/files/shared_folder.h"

namespace horisont {
namespace {

struct Setting {
  const char* pragma;
  const char* value;      // what is asked for
  const char* read_back;  // what must be answered
};

// durability.md 3.2 has the reason for each. The page cache is 16 MiB: 64 took no time off an import and 53 MiB more memory.
constexpr Setting settings[] = {
    {"journal_mode", "DELETE", "delete"},
    {"synchronous", "EXTRA", "3"},
    {"foreign_keys", "ON", "1"},
    {"recursive_triggers", "ON", "1"},
    {"trusted_schema", "OFF", "0"},
    {"cell_size_check", "ON", "1"},
    {"mmap_size", "0", "0"},
    {"temp_store", "MEMORY", "2"},
    {"secure_delete", "ON", "1"},
    {"cache_size", "-16384", "-16384"},
    {"locking_mode", "NORMAL", "normal"},
    {"busy_timeout", "5000", "5000"},
};

struct Migration {
  int number;
  std::filesystem::path file;
};

std::vector<Migration> migrations(const std::filesystem::path& folder) {
  std::vector<Migration> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".sql" && name.size() > 4 && name[3] == '_' &&
        std::all_of(name.begin(), name.begin() + 3, [](char c) { return c >= '0' && c <= '9'; }))
      found.push_back({std::stoi(name.substr(0, 3)), entry.path()});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  bool in_order = !found.empty();
  for (std::size_t i = 0; i < found.size(); ++i) in_order = in_order && found[i].number == static_cast<int>(i) + 1;
  if (!in_order) throw StoreError(StoreError::Kind::Machine, {"store.no-migrations", {folder.string()}});
  return found;
}

}  // namespace

Database::Database(const std::filesystem::path& file, const std::filesystem::path& schemas) : file_(file) {
  std::error_code error;
  if (std::filesystem::is_symlink(file, error))
    throw StoreError(StoreError::Kind::Foreign, {"store.symbolic-link", {file.string()}});
  if (std::filesystem::is_directory(file, error))
    throw StoreError(StoreError::Kind::Foreign, {"store.is-folder", {file.string()}});
  if (!file.parent_path().empty() && !std::filesystem::is_directory(file.parent_path(), error))
    throw StoreError(StoreError::Kind::Machine, {"store.folder-missing", {file.parent_path().string()}});
  const bool exists = std::filesystem::exists(file, error);
  if (exists && !std::filesystem::is_regular_file(file, error))
    throw StoreError(StoreError::Kind::Foreign, {"file.not-regular", {file.string()}});
  // SQLite takes an empty file for a new database; here it is one that lost its content. Only an interrupted creation, whose
  // journal still lies beside it, may be empty.
  if (exists && std::filesystem::file_size(file, error) == 0 && !std::filesystem::exists(file.string() + "-journal", error))
    throw StoreError(StoreError::Kind::Damaged, {"store.empty", {file.string()}});
  // One connection, one thread: the program never shares a Database, and SQLite need not guard it against itself.
  const int code =
      sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  try {
    if (code != SQLITE_OK) fail(code);
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, 5000);
    // Whose file is it? Asked before anything is changed in it.
    std::int64_t owner = 0, version = 0, tables = 0;
    run("BEGIN");  // one moment: another process may be making it
    {
      Statement ask{*this, "PRAGMA application_id"};
      if (ask.step()) owner = ask.number(0);
    }
    {
      Statement ask{*this, "PRAGMA user_version"};
      if (ask.step()) version = ask.number(0);
    }
    {
      Statement ask{*this, "SELECT count(*) FROM sqlite_master"};
      if (ask.step()) tables = ask.number(0);
    }
    run("COMMIT");
    if (owner != application_id && (owner != 0 || version != 0 || tables != 0))
      throw StoreError(StoreError::Kind::Foreign, {"store.foreign", {file.string()}});
    configure();
    migrate(schemas);
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

Database::~Database() { sqlite3_close(handle_); }

void Database::fail(int code) const {
  const std::string why = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      throw StoreError(StoreError::Kind::Foreign, {"store.foreign", {file_.string()}});
    case SQLITE_CORRUPT:
      throw StoreError(StoreError::Kind::Damaged, {"store.damaged", {file_.string(), why}});
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw StoreError(StoreError::Kind::Busy, {"store.busy", {file_.string()}});
    case SQLITE_FULL:
      throw StoreError(StoreError::Kind::Machine, {"store.disk-full", {file_.string()}});
    case SQLITE_READONLY:
      if (only_read_) throw StoreError(StoreError::Kind::ReadOnly, {"audit.read-only", {}});
      [[fallthrough]];
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      throw StoreError(StoreError::Kind::Machine, {"store.not-writable", {file_.string(), why}});
    case SQLITE_CONSTRAINT:
      throw StoreError(StoreError::Kind::Damaged, {"store.constraint", {file_.string(), why}});
    default:
      throw StoreError(StoreError::Kind::Machine, {"store.failed", {file_.string(), why}});
  }
}

void Database::run(const char* sql) const {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

void Database::only_read() {
  run("PRAGMA query_only=ON");
  only_read_ = true;
}

void Database::configure() const {
  for (const Setting& setting : settings) run(("PRAGMA " + std::string(setting.pragma) + "=" + setting.value).c_str());
  int on = 0;
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, &on);
  for (const auto& [name, value] : pragmas()) {
    const auto asked =
        std::find_if(std::begin(settings), std::end(settings), [&](const Setting& s) { return s.pragma == name; });
    if (asked != std::end(settings) && value != asked->read_back)
      throw StoreError(StoreError::Kind::Machine, {"store.setting", {name, asked->read_back, value}});
  }
}

std::vector<std::pair<std::string, std::string>> Database::pragmas() const {
  std::vector<std::pair<std::string, std::string>> found;
  const auto ask = [&](const char* pragma) {
    Statement answer{*this, "PRAGMA " + std::string(pragma)};
    found.emplace_back(pragma, answer.step() ? answer.text(0) : "");
  };
  for (const Setting& setting : settings) ask(setting.pragma);
  ask("application_id");
  ask("user_version");
  return found;
}

void Database::migrate(const std::filesystem::path& schemas) const {
  const auto all = migrations(schemas);
  const auto stored_version = [&] {
    Statement ask{*this, "PRAGMA user_version"};
    return ask.step() ? ask.number(0) : std::int64_t{0};
  };
  std::int64_t version = stored_version();
  if (version > static_cast<std::int64_t>(all.size()))
    throw StoreError(StoreError::Kind::Newer,
                     {"store.newer", {file_.string(), std::to_string(version), std::to_string(all.size())}});
  if (version == 0) {
    // Other users have no business in a file with personal data; the journal takes over the mode.
    std::error_code ignored;
    using std::filesystem::perms;
    const bool shared = is_shared(std::filesystem::path(file_).parent_path());
    std::filesystem::permissions(
        file_, perms::owner_read | perms::owner_write | (shared ? perms::group_read | perms::group_write : perms::none), ignored);
  }
  if (version == static_cast<std::int64_t>(all.size())) return;
  Transaction transaction{*this};  // all that are missing, or none
  version = stored_version();      // another process may have made them while this one waited
  for (const Migration& migration : all) {
    if (migration.number <= version) continue;
    run(read_file(migration.file).c_str());
    run(("PRAGMA application_id=" + std::to_string(application_id)).c_str());
    run(("PRAGMA user_version=" + std::to_string(migration.number)).c_str());
  }
  transaction.commit();
}

Statement::Statement(const Database& database, std::string_view sql) : database_(database) {
  check(sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()), 0, &statement_, nullptr));
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3_reset(statement_);
  database_.fail(code);
}

std::string Statement::whole_row() const {
  std::string all;
  whole_row([&](std::string_view part) { all += part; });
  return all;
}

void Statement::whole_row(const std::function<void(std::string_view)>& add) const {
  for (int i = 0; i < sqlite3_column_count(statement_); ++i) {
    if (absent(i)) continue;  // a column that a later version adds leaves older rows as they were
    const std::string name = sqlite3_column_name(statement_, i);
    const std::string_view value = view(i);
    add(name + " " + std::to_string(sqlite3_column_type(statement_, i)) + " " + std::to_string(value.size()) + ":");
    add(value), add("\n");
  }
}

std::string_view Statement::view(int column) const {
  const void* bytes = sqlite3_column_type(statement_, column) == SQLITE_BLOB ? sqlite3_column_blob(statement_, column)
                                                                             : sqlite3_column_text(statement_, column);
  return bytes ? std::string_view(static_cast<const char*>(bytes),
                                  static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
               : std::string_view{};
}

}  // namespace horisont
