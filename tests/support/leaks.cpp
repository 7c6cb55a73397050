// libxlsxwriter 1.1.4 copies the formula of a drop-down list twice and frees it once (worksheet_data_validation_range). The
// few bytes are its own; whatever else leaks is still told.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:lxw_strdup\n"; }
