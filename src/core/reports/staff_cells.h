#pragma once

#include "core/reports/report_input.h"

namespace horisont {

// Cells that staff time and the claim have in common.

/// Minutes of rows of staff time: places in ReportInput::staff.
Cell staff_minutes_cell(std::int64_t minutes, std::vector<std::uint32_t> records);
/// An activity under its report name; the word itself where the project file does not know it.
Cell staff_activity_cell(const ProjectTerms&, const std::string& word);
/// Notes the terms behind accepted staff time that are unverified defaults.
void note_staff_terms(Report&, const ReportInput&, Date on);

}  // namespace horisont
