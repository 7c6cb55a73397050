#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "log/evp.h"
#include "log/note.h"

namespace tlog {

/// Writes a `*.eliglog` (docs/formats/eliglog.md) in one pass, in log order; the caller looks at the stream afterwards.
class ExportWriter {
 public:
  ExportWriter(std::ostream&, const std::string& origin, const std::vector<VKey>& log_keys, const std::vector<VKey>& witnesses,
               std::uint64_t entries, std::uint64_t checkpoints);
  void leaf(std::string_view leaf);
  /// The note with its cosignatures, and the time stamps of it below; both are put in order.
  void checkpoint(std::string_view note, std::vector<std::string> cosignature_lines = {},
                  const std::vector<std::string>& tokens = {});
  void end();

 private:
  void write(std::string_view text);
  std::ostream& out_;
  Sha256 hash_;
};

}  // namespace tlog
