#include "web/pages.h"

namespace horisont::web {

std::span<const Route> routes() {
  static constexpr Route all[] = {
      {"GET", "/", projects_page, true},
      {"POST", "/avsluta", quit_page},
      {"GET", "/hjalp", help_page},
      {"GET", "/tillganglighet", accessibility_page},
      {"GET", "/regler", rule_sets_page, true},
      {"GET", "/regler/jamfor", compare_rules_page, true},
      {"GET", "/regler/*", rules_page, true},
      {"GET", "/p/*", overview_page},
      {"GET", "/p/*/", overview_page},
      {"GET", "/p/*/manader", months_page, true},
      {"GET", "/p/*/manad/*", month_page, true},
      {"POST", "/p/*/manad/*/attestera", attest_page},
      {"POST", "/p/*/manad/*/lamna", file_page},
      {"POST", "/p/*/manad/*/stang", close_page},
      {"POST", "/p/*/manad/*/oppna", reopen_page},
      {"GET", "/p/*/inlasningar", imports_page, true},
      {"POST", "/p/*/inlasningar", upload_page},
      {"GET", "/p/*/inlasningar/*", import_page, true},
      {"POST", "/p/*/inlasningar/*/angra", undo_page},
      {"GET", "/p/*/inlasningar/*/excel", marked_up_page},
      {"GET", "/p/*/utkast/*", draft_page, true},
      {"POST", "/p/*/utkast/*/las-om", revise_page},
      {"POST", "/p/*/utkast/*/las-in", commit_page},
      {"POST", "/p/*/utkast/*/slang", drop_page},
      {"GET", "/p/*/mall/*", blank_page},
      {"GET", "/p/*/arbete/*", job_page},
      {"GET", "/p/*/problem", problems_page, true},
      {"GET", "/p/*/deltagare", participants_page, true},
      {"GET", "/p/*/deltagare/*", person_page, true},
      {"POST", "/p/*/deltagare/*/visa", reveal_page},
      {"POST", "/p/*/deltagare/*/ratta", correct_page},
      {"GET", "/p/*/deltagare/*/bedomning", assessment_page, true},
      {"POST", "/p/*/bedom", assess_page},
      {"GET", "/p/*/timmar", hours_page, true},
      {"GET", "/p/*/rapporter", reports_page, true},
      {"GET", "/p/*/rapporter/ny", new_report_page, true},
      {"POST", "/p/*/rapporter/ny", make_report_page},
      {"GET", "/p/*/rapporter/*", report_page, true},
      {"GET", "/p/*/rapporter/*/tal", trace_page, true},
      {"GET", "/p/*/rapporter/*/fil/*", report_file_page},
      {"GET", "/p/*/granskning", audit_page},
      {"POST", "/p/*/granskning/fil", check_file_page},
      {"GET", "/p/*/logg", log_page},
      {"GET", "/p/*/logg/kontroll", log_check_page},
      {"GET", "/p/*/logg/utdrag", log_export_page},
      {"GET", "/p/*/installningar", terms_page, true},
  };
  return all;
}

}  // namespace horisont::web
