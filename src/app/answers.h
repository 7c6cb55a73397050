#pragma once

#include "app/assess.h"
#include "app/import_file.h"
#include "app/table.h"

namespace horisont {

// What commands print and pages list, as tables of values. Nobody is named but by reference.

Table import_table(const std::vector<ImportOutcome>&);
Table findings_table(const std::vector<Finding>&);
Table imports_table(const std::vector<StoredImport>&);
Table verdict_table(const ProjectState&, const Assessment&);
Table participants_table(const ProjectState&, std::optional<Verdict> only);
/// Reported, accepted and refused minutes by "participant", "activity", "month", "day" or "reason" within the period.
Table hours_table(const ProjectState&, std::string_view by, Period period);
/// Every rule's answer for one participation: question, outcome, what was read and where it stood, citation.
Table explanation_table(const ProjectState&, const Explanation&, std::uint32_t person, Language);
Table projects_table(const Configuration&);
Table project_table(const ProjectTerms&);
Table reports_table(const std::vector<StoredReport>&);
Table pragmas_table(const std::vector<std::pair<std::string, std::string>>&, const std::vector<Message>& faults);

/// Where a value stood: "Deltagare.xlsx, blad Blad1, C7", from the imports of the project; empty when it was computed.
std::string origin_words(const ProjectState&, const Origin&, Language);
/// "E17" of column 5, row 17.
std::string cell_address(std::uint32_t column, std::uint32_t row);

}  // namespace horisont
