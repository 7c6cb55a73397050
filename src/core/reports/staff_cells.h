#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/reports/report_input.h"

namespace horisont {

// Cells that staff time and the claim have in common.

/// Minutes of rows of staff time: places in ReportInput::staff.
Cell staff_minutes_cell(std::int64_t minutes, std::vector<std::uint32_t> records);
/// An activity under its report name; the word itself where the project file does not know it.
Cell staff_activity_cell(const ProjectTerms&, const std::string& word);
/// Why staff time is refused, in the words of every place that tells it; programs get name_of(Reason). What is undecided about
/// staff is the share of employment, or of a fixed share of the post, not eligibility.
Message staff_reason(Reason);
/// Several reasons: "not_signed, undecided" for programs, and in words.
using StaffReasons = std::set<Reason>;
std::string codes_of(const StaffReasons&);
Bilingual words_of(const StaffReasons&);
/// Why time was refused, by member of staff and month.
std::map<std::pair<StaffMember, Month>, StaffReasons> staff_reasons(const StaffLedger&, std::span<const StaffTime>);
/// Why time of a month was refused, whoever worked it.
StaffReasons staff_reasons(const StaffLedger&, std::span<const StaffTime>, Month);
/// Notes the terms behind accepted staff time that are unverified defaults.
void note_staff_terms(Report&, const ReportInput&, Date on);

}  // namespace horisont
