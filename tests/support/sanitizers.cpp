// What the test programs ask of the sanitizers.

// libxlsxwriter 1.1.4 copies the formula of a drop-down list twice and frees it once (worksheet_data_validation_range). The
// few bytes are its own; whatever else leaks is still told.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:lxw_strdup\n"; }

// Most of their time went to remembering thirty callers of every allocation and to 256 MiB of memory kept from being used again: with
// five and 16 the same cases take three fifths of it.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "malloc_context_size=5:quarantine_size_mb=16"; }
