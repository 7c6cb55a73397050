#include "app/log.h"

#include <sstream>

#include "edge/files/files.h"

namespace horisont {

void export_log(const Workspace& workspace, const std::string& project, const std::filesystem::path& file) {
  std::ostringstream text;
  workspace.store.export_log(project, text);
  write_file(file, text.str());
}

bool prove_entry(const Workspace& workspace, const std::string& project, const std::string& entry,
                 const std::filesystem::path& file) {
  const auto proved = workspace.store.log_proof(project, entry);
  if (!proved) return false;
  write_file(file, proved->second);
  write_file(file.string() + ".leaf", proved->first);
  return true;
}

}  // namespace horisont
