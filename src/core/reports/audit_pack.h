#pragma once

#include <map>
#include <tuple>

#include "core/reports/report_input.h"

namespace horisont {

/// What the index of an audit pack is built from: the project, and what was chosen of it.
struct AuditPackInput {
  const ReportInput& input;
  std::vector<std::uint32_t> persons;  ///< those that the pack is about
  bool names = false;
  std::vector<std::tuple<std::string, Message, std::string>> files;  ///< path, what it is, SHA-256
  struct Unit {
    std::string unit, participant, day, stratum;
    Cell value;  ///< with what it counted
    Message taken;
  };
  std::vector<Unit> units;
  std::map<std::uint32_t, std::string> log_entries;  ///< "L-3 L-17"
  struct Correction {
    std::string participant;
    Bilingual field, value;
    std::string reason, actor, at;
  };
  std::vector<Correction> corrections;
  struct MadeFile {
    std::string report, kind, period, at, file, sha256;
    bool in_pack = false;
  };
  std::vector<MadeFile> reports;
};

Report audit_pack(const AuditPackInput&);

}  // namespace horisont
