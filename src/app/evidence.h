#pragma once

#include "app/table.h"
#include "app/workspace.h"
#include "core/reports/evidence.h"

namespace horisont {

/// The register of documents as a table: which proves what, who has it and has seen it, how long it is good for.
Table evidence_table(const ProjectState&, std::span<const EvidenceRow>, Language);
/// What is to look at of each person: a document that is missing, too old or without a date, and time that a correction of the entry
/// or exit put outside the participation.
std::vector<Finding> evidence_findings(const ProjectState&);
/// All that is open in a project: what the imports left, manual decisions that no longer hold, documents that are wanting.
std::vector<Finding> open_problems(const ProjectState&);

}  // namespace horisont
