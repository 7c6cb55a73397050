#pragma once

#include "app/effect.h"
#include "web/list_page.h"
#include "web/site.h"

namespace horisont::web {

// One function a route; routes.cpp says which. Each reads through src/app, and says what it got in words.

Response projects_page(Visit&);
Response chapter_page(Visit&);
Response problem_help_page(Visit&);
Response overview_page(Visit&);
Response month_page(Visit&);
Response months_page(Visit&);
Response attest_page(Visit&);
Response file_page(Visit&);
Response close_page(Visit&);
Response reopen_page(Visit&);
Response quit_page(Visit&);

Response participants_page(Visit&);
Response person_page(Visit&);
Response reveal_page(Visit&);
Response assessment_page(Visit&);
Response assess_page(Visit&);
Response correct_page(Visit&);

Response problems_page(Visit&);
Response hours_page(Visit&);

Response imports_page(Visit&);
Response upload_page(Visit&);
Response draft_page(Visit&);
Response draft_file_page(Visit&);
Response draft_sheet_page(Visit&);
Response draft_columns_page(Visit&);
Response draft_problems_page(Visit&);
Response draft_difference_page(Visit&);
Response revise_page(Visit&);
Response fix_page(Visit&);
Response save_fix_page(Visit&);
Response rows_page(Visit&);
Response leave_out_page(Visit&);
Response commit_page(Visit&);
Response drop_page(Visit&);
Response import_page(Visit&);
Response undo_page(Visit&);
Response marked_up_page(Visit&);
Response blank_page(Visit&);
Response job_page(Visit&);

Response reports_page(Visit&);
Response new_report_page(Visit&);
Response make_report_page(Visit&);
Response report_page(Visit&);
Response trace_page(Visit&);
Response report_file_page(Visit&);

Response audit_page(Visit&);
Response check_file_page(Visit&);
Response samples_page(Visit&);
Response draw_page(Visit&);
Response sample_page(Visit&);
Response sample_workbook_page(Visit&);
Response sample_result_page(Visit&);
Response pack_form_page(Visit&);
Response make_pack_page(Visit&);
Response pack_page(Visit&);
Response pack_file_page(Visit&);
Response evidence_page(Visit&);
Response manual_page(Visit&);
Response looks_page(Visit&);
Response history_page(Visit&);
Response log_page(Visit&);
Response log_check_page(Visit&);
Response log_export_page(Visit&);

Response money_page(Visit&);

Response rule_sets_page(Visit&);
Response rules_page(Visit&);
Response compare_rules_page(Visit&);
Response terms_page(Visit&);

Response help_page(Visit&);
Response accessibility_page(Visit&);

// What several pages say alike.
/// A month's page; `first` stands above everything else.
Response month_response(const Visit&, Month, const Html& first, int status = 200);
/// What can be done with the month now, and what must be sent again.
Html month_forms(const Visit&, Month);
/// Hours by "activity", "month", "day" or "reason", of everybody or of one person; counted without unpacking them all.
Table hours_by(const Visit&, std::string_view by, Period period, std::optional<std::uint32_t> person);
/// Bars of accepted and refused minutes by month, with a sentence for who does not see them.
Html hours_chart(const Visit&, const Table& by_month);
/// Long work goes on beside the request that began it; what is done soon is shown at once.
Response follow(Visit&, std::uint32_t job);
/// Claims and indicators that a change makes others; nothing where there are none.
Html money_changes(const Visit&, const Effect&);
/// A drop-down of the project's months.
Html month_choice(const Visit&, const std::string& name, const std::string& chosen, bool every_month);
/// Opens the installation anew, to write in it.
Workspace workspace_to_write(const SiteOptions&);
inline Workspace workspace_to_write(const Visit& visit) { return workspace_to_write(visit.site.options); }
/// A private folder that goes when the answer has been given.
struct OwnFolder {
  std::filesystem::path path;
  OwnFolder();
  ~OwnFolder();
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
};
/// Nothing when the file cannot be read.
std::optional<std::string> bytes_of_file(const std::filesystem::path&);
std::string person_address(const Visit&, const Table::Value& reference);
std::string rule_set_address(const LoadedRuleSet&);

}  // namespace horisont::web
