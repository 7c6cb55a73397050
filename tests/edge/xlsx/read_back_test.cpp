#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "edge/files/files.h"
#include "edge/xlsx/render.h"
#include "sample_report.h"
#include "support/places.h"

namespace horisont {
namespace {

// Other programs read what we write: openpyxl compares every cell with the typed sheets, LibreOffice computes every formula.
TEST(ReadBack, openpyxl_and_libreoffice_find_what_core_computed) {
  // Debian's own, which has Debian's openpyxl.
  const std::string python = "/usr/bin/python3";
  if (std::system((python + " -c 'import tomllib' 2>/dev/null").c_str()) != 0) {
    const char* ci = std::getenv("CI");
    if (ci && std::string_view(ci) == "true") FAIL() << "python3 (3.11 or later) is absent";
    GTEST_SKIP() << "python3 (3.11 or later) is absent";
  }
  const std::filesystem::path source = HORISONT_SOURCE_DIR;
  const TemporaryFolder folder;
  for (const std::string kind :
       {"scb-month", "hours-summary", "eligibility-log", "findings", "project-outcome", "good-practice", "indicators-esf-2014",
        "indicators-yei", "indicators-esf-plus", "staff-time", "payment-claim", "annex-xvii", "attendance-certificate",
        "long-term-sample"}) {
    Report report = sample_report(kind);
    if (kind == "scb-month") {
      const auto total = [&](const char* field) { return total_in(report, "audit_rows", field); };
      report.checks = {{{"check.accepted", {}}, total("accepted_minutes"), total("accepted_minutes"), true},
                       {{"check.rows_are_total", {}}, total("reported_minutes"), total("reported_minutes") - 1, true},
                       {{"check.persons", {}}, 12, 12, false},
                       {{"check.block", {}}, 12, 11, false}};
    }
    write_file(folder.path() / (kind + ".txt"), to_text(report));
    const auto loaded = load_report_template(source / "report-templates" / kind / "template.toml");
    ASSERT_TRUE(loaded) << kind;
    for (const auto& [name, language] : {std::pair{".sv", Language::Swedish}, {".en", Language::English}}) {
      std::filesystem::create_directory(folder.path() / (kind + name));
      render(report, **loaded, folder.path() / (kind + name), {language, Moment::of_seconds(1'467'331'200)});
    }
  }
  const std::string command = python + " '" + (source / "tests/edge/xlsx/read_back.py").string() + "' '" +
                              folder.path().string() + "' '" + (source / "report-templates").string() + "'";
  const int status = std::system(command.c_str());
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "openpyxl or LibreOffice is absent: see the line above";
  EXPECT_EQ(status, 0) << command;
}

}  // namespace
}  // namespace horisont
