#include "edge/xlsx/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <regex>

#include "core/reports/said.h"
#include "edge/files/files.h"
#include "edge/xlsx/book.h"
#include "edge/xlsx/fast_deflate.h"
#include "edge/xlsx/looks.h"
#include "sample_report.h"
#include "support/places.h"
#include "workbook_parts.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> kinds = shipped_kinds();
const RenderOptions swedish{Language::Swedish, Moment::of_seconds(1'467'331'200)};
const RenderOptions english{Language::English, Moment::of_seconds(1'467'331'200)};

std::shared_ptr<const ReportTemplate> shipped(const std::string& kind) {
  auto loaded = load_report_template(std::filesystem::path(HORISONT_SOURCE_DIR) / "report-templates" / kind / "template.toml");
  EXPECT_TRUE(loaded) << kind;
  return loaded.value();
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

// Worksheet part of a sheet by its place in the workbook, from 1.
std::string sheet(const std::filesystem::path& path, int number) {
  return part(path, "xl/worksheets/sheet" + std::to_string(number) + ".xml");
}

int sheets_in(const std::filesystem::path& path) {
  const std::string workbook = part(path, "xl/workbook.xml");
  static const std::regex one("<sheet ");
  return static_cast<int>(std::distance(std::sregex_iterator(workbook.begin(), workbook.end(), one), {}));
}

TEST(Render, every_shipped_template_writes_the_same_bytes_again_in_both_languages) {
  for (const std::string& kind : kinds)
    for (const RenderOptions& options : {swedish, english}) {
      const TemporaryFolder first, second;
      setenv("TZ", "Europe/Stockholm", 1), tzset();
      const auto a = render(sample_report(kind), *shipped(kind), first.path(), options);
      setenv("TZ", "America/Los_Angeles", 1), tzset();
      const auto b = render(sample_report(kind), *shipped(kind), second.path(), options);
      unsetenv("TZ"), tzset();
      ASSERT_EQ(a.size(), b.size()) << kind;
      for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].filename(), b[i].filename());
        EXPECT_EQ(sha256_of_file(a[i]), sha256_of_file(b[i])) << a[i];
      }
    }
}

TEST(Render, another_moment_of_creation_gives_other_bytes) {
  const TemporaryFolder first, second;
  RenderOptions later = swedish;
  later.created = Moment::of_seconds(swedish.created.seconds() + 60);
  const auto a = render(sample_report("findings"), *shipped("findings"), first.path(), swedish);
  const auto b = render(sample_report("findings"), *shipped("findings"), second.path(), later);
  EXPECT_NE(sha256_of_file(a[0]), sha256_of_file(b[0]));
  EXPECT_THAT(part(a[0], "docProps/core.xml"), HasSubstr("2016-07-01T00:00:00Z"));
}

TEST(Render, the_block_for_the_funder_holds_cells_and_nothing_else) {
  const TemporaryFolder folder;
  const auto paths = render(sample_report("scb-month"), *shipped("scb-month"), folder.path(), swedish);
  ASSERT_EQ(paths.size(), 2u);
  EXPECT_EQ(paths[0].filename(), "maj2016_ung-horisont.xlsx");
  EXPECT_EQ(paths[1].filename(), "ung-horisont_2016-05_SCB_kontroll.xlsx");
  const std::string block = sheet(paths[0], 1);
  EXPECT_EQ(sheets_in(paths[0]), 1);
  EXPECT_THAT(block, Not(HasSubstr("<f>")));
  EXPECT_THAT(block, Not(HasSubstr("mergeCell")));
  EXPECT_THAT(block, Not(HasSubstr("tablePart")));
  EXPECT_THAT(block, HasSubstr("<dimension ref=\"A1:F13\"/>"));
  EXPECT_THAT(block, HasSubstr("<ignoredError sqref=\"A1:A13 E1:E13 F1:F13\" numberStoredAsText=\"1\"/>"));
  EXPECT_THAT(part(paths[0], "xl/sharedStrings.xml"), HasSubstr("<t>199801019810</t>"));
  EXPECT_THAT(part(paths[0], "docProps/core.xml"), Not(HasSubstr("Karlstads")));
  EXPECT_EQ(part(paths[0], "docProps/custom.xml"), "");
}

TEST(Render, the_companion_names_the_digest_of_the_other_file_and_the_fingerprint) {
  const TemporaryFolder folder;
  const Report report = sample_report("scb-month");
  const auto paths = render(report, *shipped("scb-month"), folder.path(), swedish);
  const std::string strings = part(paths[1], "xl/sharedStrings.xml");
  EXPECT_THAT(strings, HasSubstr(sha256_of_file(paths[0])));
  EXPECT_THAT(strings, HasSubstr("maj2016_ung-horisont.xlsx"));
  EXPECT_THAT(strings, HasSubstr(sha256_of(to_text(report))));
  EXPECT_THAT(part(paths[1], "docProps/custom.xml"), HasSubstr(sha256_of(to_text(report))));
  EXPECT_THAT(part(paths[1], "docProps/core.xml"), HasSubstr("Karlstads kommun &amp; Kil"));
  EXPECT_THAT(strings, HasSubstr("config/programmes/yei.toml, rad 17"));
}

TEST(Render, both_languages_have_one_fingerprint) {
  const TemporaryFolder folder;
  const Report report = sample_report("findings");
  const auto sv = render(report, *shipped("findings"), folder.path(), swedish);
  const auto en = render(report, *shipped("findings"), folder.path(), english);
  for (const auto& path : {sv[0], en[0]})
    EXPECT_THAT(part(path, "xl/sharedStrings.xml"), HasSubstr(sha256_of(to_text(report))));
  EXPECT_THAT(part(sv[0], "xl/workbook.xml"), HasSubstr("name=\"Kontroll\""));
  EXPECT_THAT(part(en[0], "xl/workbook.xml"), HasSubstr("name=\"Control\""));
  EXPECT_THAT(part(en[0], "xl/workbook.xml"), HasSubstr("Control!$1:$1")) << "each leaf of it says what it is";
}

TEST(Render, tables_have_totals_with_values_names_and_comments) {
  const TemporaryFolder folder;
  const Report report = sample_report("scb-month");
  const auto path = render(report, *shipped("scb-month"), folder.path(), swedish)[1];
  const std::string table = part(path, "xl/tables/table1.xml");
  EXPECT_THAT(table, HasSubstr("displayName=\"T_Rader\" ref=\"A4:K17\" totalsRowCount=\"1\""));
  EXPECT_THAT(table, HasSubstr("name=\"Godkända timmar\" totalsRowFunction=\"sum\""));
  const std::int64_t minutes = total_in(report, "audit_rows", "accepted_minutes");
  EXPECT_EQ(minutes, 7200);
  EXPECT_THAT(sheet(path, 1), HasSubstr("<f>SUBTOTAL(109,T_Rader[Godkända timmar])</f><v>120</v>"));
  EXPECT_THAT(part(path, "xl/workbook.xml"), HasSubstr("<definedName name=\"TimmarGodkanda\">'Rader'!$G$17</definedName>"));
  EXPECT_THAT(part(path, "xl/workbook.xml"), HasSubstr("_xlnm.Print_Titles"));
  EXPECT_THAT(part(path, "xl/comments1.xml"), HasSubstr("<author>Horisont</author>"));
  EXPECT_THAT(part(path, "xl/comments1.xml"), HasSubstr("ref=\"G4\""));
  EXPECT_THAT(sheet(path, 1), HasSubstr("orientation=\"landscape\""));
  EXPECT_THAT(sheet(path, 1), HasSubstr("paperSize=\"9\""));
}

TEST(Render, the_header_doubles_an_ampersand_and_the_footer_counts_pages) {
  const TemporaryFolder folder;
  const auto path = render(sample_report("findings"), *shipped("findings"), folder.path(), swedish)[0];
  EXPECT_THAT(sheet(path, 1), HasSubstr("<oddHeader>&amp;L&amp;9 Karlstads kommun &amp;&amp; Kil · 2015/00678&amp;R&amp;9 "));
  EXPECT_THAT(sheet(path, 1), HasSubstr("&amp;C&amp;9 Sida &amp;P av &amp;N"));
}

TEST(Render, a_report_without_rows_keeps_its_headings_and_says_so) {
  const TemporaryFolder folder;
  const auto path = render(sample_report("scb-month", {.rows = 0}), *shipped("scb-month"), folder.path(), swedish)[1];
  EXPECT_THAT(part_names(path), Not(testing::Contains("xl/tables/table1.xml")));
  EXPECT_THAT(part(path, "xl/sharedStrings.xml"), HasSubstr("Inga deltagare denna månad"));
  EXPECT_THAT(part(path, "xl/sharedStrings.xml"), HasSubstr("Godkända timmar"));
  EXPECT_THAT(sheet(path, 1), HasSubstr("<row r=\"5\""));
  EXPECT_THAT(sheet(path, 1), Not(HasSubstr("<f>")));
}

TEST(Render, a_single_row_is_a_table_too) {
  const TemporaryFolder folder;
  const auto path = render(sample_report("scb-month", {.rows = 1}), *shipped("scb-month"), folder.path(), swedish)[1];
  EXPECT_THAT(part(path, "xl/tables/table1.xml"), HasSubstr("ref=\"A4:K6\""));
}

TEST(Render, a_draft_says_so_in_the_file_name_in_a2_and_in_the_header) {
  const TemporaryFolder folder;
  Report report = sample_report("scb-month");
  report.draft = true;
  const auto paths = render(report, *shipped("scb-month"), folder.path(), swedish);
  EXPECT_EQ(paths[0].filename(), "maj2016_ung-horisont-UTKAST.xlsx");
  EXPECT_EQ(paths[1].filename(), "ung-horisont_2016-05_SCB_kontroll-UTKAST.xlsx");
  EXPECT_THAT(part(paths[1], "xl/sharedStrings.xml"), HasSubstr("<t>UTKAST · Ung Horisont · 2015/00678 · maj 2016</t>"));
  EXPECT_THAT(sheet(paths[1], 1), HasSubstr("&amp;L&amp;9 UTKAST · Karlstads"));
  EXPECT_THAT(part(paths[1], "docProps/core.xml"), HasSubstr("UTKAST"));
}

TEST(Render, columns_with_a_star_become_one_for_each_month_rule_and_project) {
  const TemporaryFolder folder;
  const auto hours = render(sample_report("hours-summary"), *shipped("hours-summary"), folder.path(), swedish)[0];
  EXPECT_THAT(part(hours, "xl/tables/table2.xml"), HasSubstr("name=\"2016-04\""));
  EXPECT_THAT(part(hours, "xl/tables/table2.xml"), HasSubstr("name=\"2016-06\""));
  EXPECT_THAT(part(hours, "xl/tables/table2.xml"), HasSubstr("<tableColumns count=\"11\">"));
  const auto log = render(sample_report("eligibility-log"), *shipped("eligibility-log"), folder.path(), english)[0];
  EXPECT_THAT(part(log, "xl/tables/table2.xml"), HasSubstr("name=\"Rule P05\""));
  const auto practice = render(sample_report("good-practice"), *shipped("good-practice"), folder.path(), english)[0];
  EXPECT_THAT(part(practice, "xl/tables/table1.xml"), HasSubstr("name=\"The second project\""));
  EXPECT_THAT(part(practice, "xl/tables/table1.xml"), HasSubstr("name=\"a-projekt\""));
}

TEST(Render, two_projects_of_one_name_have_two_headings) {
  const TemporaryFolder folder;
  Report report = sample_report("good-practice");
  report.names = {{"a-projekt", {"Ung [1] 'x'", "Young"}}, {"b-projekt", {"Ung [1] 'x'", "Young"}}};
  const auto path = render(report, *shipped("good-practice"), folder.path(), swedish)[0];
  EXPECT_THAT(part(path, "xl/tables/table1.xml"), HasSubstr("name=\"Ung  1   x \""));
  EXPECT_THAT(part(path, "xl/tables/table1.xml"), HasSubstr("name=\"Ung  1   x  (2)\""));
}

TEST(Render, charts_carry_a_text_for_those_who_do_not_see_them) {
  const TemporaryFolder folder;
  const auto path = render(sample_report("project-outcome"), *shipped("project-outcome"), folder.path(), english)[0];
  EXPECT_THAT(part(path, "xl/drawings/drawing1.xml"), HasSubstr("descr=\"Columns by subproject in Young Horizon: taken part"));
  EXPECT_THAT(part(path, "xl/charts/chart1.xml"), HasSubstr("$C$5:$C$16"));
}

// A table on several leaves repeats its frozen columns: a chart below them would be printed on each of the leaves, cut.
TEST(Render, a_chart_below_a_wide_table_stands_beside_the_columns_that_every_page_repeats) {
  const TemporaryFolder folder;
  const auto column_of = [&](const std::string& kind) {
    const auto path = render(sample_report(kind), *shipped(kind), folder.path(), swedish)[0];
    const std::string drawing = part(path, "xl/drawings/drawing1.xml");
    const auto at = drawing.find("<xdr:col>") + 9;
    return std::stoi(drawing.substr(at, drawing.find('<', at) - at));
  };
  EXPECT_EQ(column_of("indicators-yei"), 2);
  EXPECT_EQ(column_of("hours-summary"), 0);
}

TEST(Render, the_control_sheet_compares_with_formulas_that_carry_their_values) {
  const TemporaryFolder folder;
  Report report = sample_report("scb-month");
  const std::int64_t accepted = total_in(report, "audit_rows", "accepted_minutes");
  report.checks = {{{"check.accepted", {}}, accepted, accepted, true},
                   {{"check.rows_are_total", {}}, 90, 90, true},  // not what the column adds up to: written as it is
                   {{"check.persons", {}}, 12, 13, false}};
  const auto path = render(report, *shipped("scb-month"), folder.path(), swedish)[1];
  const std::string control = sheet(path, 5);
  EXPECT_THAT(control, HasSubstr("<f>SUM('Rader'!G5:G16)</f><v>120</v>"));
  EXPECT_THAT(control, HasSubstr("*60,0)=0,\"Ja\",\"Nej\")</f><v>Ja</v>"));
  EXPECT_THAT(control, HasSubstr("=0,\"Ja\",\"Nej\")</f><v>Nej</v>"));
  EXPECT_THAT(control, HasSubstr("<v>-1</v>"));
  EXPECT_THAT(control, HasSubstr("<v>1.5</v>"));
}

TEST(Render, a_large_sheet_is_written_in_order_with_a_filter_instead_of_a_table) {
  const TemporaryFolder folder;
  Report report = sample_report("hours-summary", {.rows = 10'001});
  std::erase_if(report.sheets, [](const Sheet& s) { return s.id != "days"; });
  const std::uint64_t before = FastDeflate::answered();
  const auto path = render(report, *shipped("hours-summary"), folder.path(), swedish)[0];
  const std::uint64_t answered = FastDeflate::answered() - before;
  EXPECT_EQ(answered > 0, FastDeflate::available()) << "the program's deflate no longer comes before zlib's";
  EXPECT_THAT(part_names(path), Not(testing::Contains("xl/tables/table1.xml")));
  const std::string days = sheet(path, 1);
  EXPECT_THAT(days, HasSubstr("<autoFilter ref=\"A4:L10005\"/>"));
  EXPECT_THAT(days, HasSubstr("<f>SUBTOTAL(109,D5:D10005)</f>"));
  EXPECT_THAT(part(path, "xl/comments1.xml"), HasSubstr("ref=\"D4\""));
  const auto again = render(report, *shipped("hours-summary"), folder.path() / ".", swedish)[0];
  EXPECT_EQ(sha256_of_file(path), sha256_of_file(again));
}

TEST(Render, rows_that_are_made_while_it_is_written_give_the_same_file_as_rows_that_are_held) {
  for (const std::string kind : {"hours-summary", "scb-month"}) {
    const TemporaryFolder held, made;
    const auto first = render(sample_report(kind, {.rows = 5'001}), *shipped(kind), held.path(), swedish);
    const auto second = render(sample_report(kind, {.rows = 5'001, .hostile = {}, .made = true}), *shipped(kind), made.path(), swedish);
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(read_file(first[i]), read_file(second[i])) << kind;
  }
}

TEST(Render, a_small_workbook_is_packed_by_zlib_as_everywhere) {
  const TemporaryFolder folder;
  const std::uint64_t before = FastDeflate::answered();
  render(sample_report("hours-summary"), *shipped("hours-summary"), folder.path(), swedish);
  EXPECT_EQ(FastDeflate::answered(), before);
}

TEST(Render, at_five_thousand_rows_it_is_still_a_table) {
  const TemporaryFolder folder;
  Report report = sample_report("hours-summary", {.rows = 5'000});
  std::erase_if(report.sheets, [](const Sheet& s) { return s.id != "days"; });
  const auto path = render(report, *shipped("hours-summary"), folder.path(), swedish)[0];
  EXPECT_THAT(part(path, "xl/tables/table1.xml"), HasSubstr("ref=\"A4:L5005\""));
}

TEST(Render, more_rows_than_a_sheet_holds_are_refused_before_a_file_is_there) {
  const TemporaryFolder folder;
  Report report = sample_report("hours-summary", {.made = true});
  report.sheets[0].made.count = 1'048'576;
  try {
    render(report, *shipped("hours-summary"), folder.path(), swedish);
    FAIL() << "a workbook was written";
  } catch (const FileError& error) {
    EXPECT_EQ(error.message().id, "xlsx.too-many-rows");
  }
  EXPECT_TRUE(names_in(folder.path()).empty());
}

TEST(Render, a_file_may_be_called_otherwise_and_the_control_sheet_knows_it_by_that_name) {
  const TemporaryFolder folder;
  RenderOptions options = swedish;
  options.called = [](std::size_t file, const std::string& name) { return std::to_string(file) + "_" + name; };
  const auto paths = render(sample_report("scb-month"), *shipped("scb-month"), folder.path(), options);
  ASSERT_EQ(paths.size(), 2u);
  EXPECT_TRUE(paths[0].filename().string().starts_with("0_") && paths[1].filename().string().starts_with("1_"));
  EXPECT_THAT(part(paths[1], "xl/sharedStrings.xml"), HasSubstr(paths[0].filename().string()));
}

TEST(Render, a_folder_that_is_not_there_leaves_nothing_behind) {
  const TemporaryFolder folder;
  EXPECT_THROW(render(sample_report("scb-month"), *shipped("scb-month"), folder.path() / "nowhere", swedish), FileError);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Render, no_text_from_data_becomes_a_formula_a_sheet_name_or_a_file_name) {
  const std::string payloads[] = {"=1+1",
                                  "=cmd|'/c calc'!A0",
                                  "+1",
                                  "-1",
                                  "@SUM(1)",
                                  "\t=1",
                                  "\r\n=1",
                                  "{{report.id}}",
                                  "{0}",
                                  "</t><f>1</f>",
                                  "../../etc/passwd",
                                  std::string("a\0b", 3),
                                  "\xFF\xFE",
                                  "\xED\xA0\x80",
                                  std::string(40'000, 'x'),
                                  "&L&D&P",
                                  "'!A1"};
  for (const std::string& payload : payloads)
    for (const std::string& kind : kinds) {
      const TemporaryFolder folder;
      const auto paths = render(sample_report(kind, {.rows = 3, .hostile = payload}), *shipped(kind), folder.path(), swedish);
      EXPECT_EQ(names_in(folder.path()).size(), paths.size()) << payload.substr(0, 20);
      for (const auto& path : paths) {
        EXPECT_EQ(path.parent_path(), folder.path());
        EXPECT_THAT(part(path, "xl/workbook.xml"), Not(HasSubstr("passwd")));
        static const std::regex formula("<f>([^<]*)</f>");
        static const std::regex ours("(SUBTOTAL|SUM|IF)\\(.*\\)|B[0-9]+-C[0-9]+");
        for (int n = 1; n <= sheets_in(path); ++n) {
          const std::string xml = sheet(path, n);
          for (std::sregex_iterator it(xml.begin(), xml.end(), formula), none; it != none; ++it)
            EXPECT_TRUE(std::regex_match((*it)[1].str(), ours)) << (*it)[1];
        }
      }
    }
}

TEST(Render, a_head_has_no_dot_beside_what_is_not_known) {
  const std::tuple<const char*, const char*, const char*> cases[] = {{"Karlstads kommun", "2015/00678", "&amp;L&amp;9 UTKAST · Karlstads kommun · 2015/00678"},
                                                                     {"Karlstads kommun", "", "&amp;L&amp;9 UTKAST · Karlstads kommun&amp;R"},
                                                                     {"", "2015/00678", "&amp;L&amp;9 UTKAST · 2015/00678&amp;R"},
                                                                     {"", "", "<oddHeader>&amp;L&amp;9 UTKAST&amp;R"}};
  for (const auto& [organisation, number, head] : cases) {
    const TemporaryFolder folder;
    Report report = sample_report("findings");
    report.organisation = organisation, report.record_number = number, report.draft = true;
    const auto path = render(report, *shipped("findings"), folder.path(), swedish).front();
    EXPECT_THAT(sheet(path, 1), HasSubstr(head)) << organisation << number;
  }
}

// What is kept in keys and canonical form is said in words, in the language of the report.
TEST(Said, unverified_values_their_places_citations_and_formulas_are_words) {
  const std::tuple<Report::Unverified, std::string, std::string> cases[] = {
      {{"unverified.whole_hours_rounding", "half_up", "yei.toml: whole_hours_rounding, 30"},
       "Avrundning till hela timmar | till närmaste, halva uppåt | yei.toml, rad 30",
       "Rounding to whole hours | to the nearest, halves up | yei.toml, line 30"},
      {{"unverified.participant_day_cap", "1440 min", "yei.toml: participant_day_cap, 43"},
       "Högsta godkända tid per dag | 24 timmar | yei.toml, rad 43", "Most time accepted in a day | 24 hours | yei.toml, line 43"},
      {{"unverified.participant_day_cap", "450 min", "yei.toml"}, "Högsta godkända tid per dag | 7:30 timmar | yei.toml",
       "Most time accepted in a day | 7:30 hours | yei.toml"},
      {{"unverified.evidence", "residence, labour_status, shoe_size", "yei.toml"},
       "Vad som kräver underlag | bosättning, sysselsättning vid start, shoe_size | yei.toml",
       "What needs evidence | residence, labour status on entry, shoe_size | yei.toml"},
      {{"unverified.rule", "P13", "Ungdomsprojekten 1: gränsen är antagen / the limit is assumed°"},
       "Villkor | P13 | Ungdomsprojekten 1: gränsen är antagen", "Condition | P13 | Ungdomsprojekten 1: the limit is assumed"},
      {{"unverified.rule", "P11", "Ungdomsprojekten 1: Ingen dubbel finansiering / no double funding: förordning (EU) nr 1303/2013°"},
       "Villkor | P11 | Ungdomsprojekten 1: Ingen dubbel finansiering: förordning (EU) nr 1303/2013",
       "Condition | P11 | Ungdomsprojekten 1: no double funding: förordning (EU) nr 1303/2013"},
      {{"unverified.claim_rate", "", "ESF-rådet, sidan Ansök: systemet räknade / ESF-rådet, page Ansök: the system computed"},
       "Sats i ansökan |  | ESF-rådet, sidan Ansök: systemet räknade", "Rate in the claim |  | ESF-rådet, page Ansök: the system computed"},
      {{"unverified.scb_columns", "", "report-templates/scb-month/template.toml"}, "Kolumner och rubriker i filen till SCB |  | mallen för SCB-rapport",
       "Columns and headings of the file to SCB |  | the template of SCB report"},
  };
  for (const auto& [one, sv, en] : cases)
    for (const auto& [language, expected] : {std::pair(Language::Swedish, sv), std::pair(Language::English, en)}) {
      const UnverifiedWords found = said(one, language);
      EXPECT_EQ(found.what + " | " + found.value + " | " + found.where, expected);
    }
  EXPECT_EQ(formula_words("49:00 h x 365.00").sv, "49 h × 365,00");
  EXPECT_EQ(formula_words("49:00 h x 365.00").en, "49 h × 365.00");
  EXPECT_EQ(formula_words("7:20 h x 365.00").en, "7:20 h × 365.00") << "no decimal says it exactly";
  EXPECT_EQ(citation_words("Påhittad / made up").en, "made up");
  EXPECT_EQ(citation_words("a / b / c").sv, "a / b / c") << "a list is no pair of languages";
  EXPECT_EQ(time_words("2016-07-01T00:00:00Z"), "2016-07-01 00:00:00");
  EXPECT_EQ(time_words("2016-07-01"), "2016-07-01");
}

TEST(Render, a_swedish_locale_does_not_put_commas_into_the_file) {
  // A locale that has nothing but the Swedish decimal comma is made for this test; otherwise the system's own will do.
  const TemporaryFolder folder, locales;
  write_file(locales.path() / "source", "LC_NUMERIC\ncopy \"sv_SE\"\nEND LC_NUMERIC\n");
  const std::string at = "'" + locales.path().string() + "/";
  const bool made =
      std::system(("localedef -c -i " + at + "source' -f UTF-8 " + at + "sv_SE.UTF-8' >/dev/null 2>&1").c_str()) == 0 ||
      std::filesystem::exists(locales.path() / "sv_SE.UTF-8" / "LC_NUMERIC");
  if (made) setenv("LOCPATH", locales.path().c_str(), 1);
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  const bool there = std::setlocale(LC_NUMERIC, "sv_SE.UTF-8") != nullptr;
  unsetenv("LOCPATH");
  if (!there) GTEST_SKIP() << "no locale sv_SE.UTF-8 on this system, and none can be made";
  char comma[8];
  std::snprintf(comma, sizeof comma, "%.1f", 7.5);
  const auto path = render(sample_report("scb-month"), *shipped("scb-month"), folder.path(), swedish)[1];
  std::map<std::string, std::string> with_comma, with_point;  // digest by name, of every template
  for (auto* digests : {&with_comma, &with_point}) {
    for (const std::string& kind : kinds) {
      const TemporaryFolder of_kind;
      for (const auto& one : render(sample_report(kind), *shipped(kind), of_kind.path(), swedish))
        (*digests)[kind + one.filename().string()] = sha256_of_file(one);
    }
    std::setlocale(LC_NUMERIC, before.c_str());
  }
  EXPECT_EQ(with_comma, with_point);
  EXPECT_STREQ(comma, "7,5");
  EXPECT_THAT(sheet(path, 1), HasSubstr("<v>4.166666666666667</v>"));
  EXPECT_THAT(sheet(path, 1), Not(testing::ContainsRegex("<v>[0-9]+,")));
}

// Excel counts UTF-16 units, 32,767 of them to a cell; a file with more it repairs.
TEST(CellText, is_cut_where_excel_stops_counting) {
  struct Case {
    const char* what;
    std::string text;
    std::string expected;
  };
  const auto times = [](const std::string& letter, int n) {
    std::string text;
    while (n-- > 0) text += letter;
    return text;
  };
  const std::string face = "\U0001F600";
  const Case cases[] = {
      {"32,767 letters pass", times("x", 32'767), times("x", 32'767)},
      {"of 32,768 letters the last two give way to the mark of what is left out", times("x", 32'768), times("x", 32'766) + "…"},
      {"letters of two bytes count once", times("å", 32'767), times("å", 32'767)},
      {"signs of two units count twice", times(face, 16'383) + "x", times(face, 16'383) + "x"},
      {"and are not cut in half", times(face, 16'384), times(face, 16'383) + "…"},
      {"nor where one unit is left", "x" + times(face, 16'384), "x" + times(face, 16'382) + "…"},
      {"what is no text of XML becomes the sign of a loss", "a\xFF\xEF\xBF\xBF", "a\uFFFD\uFFFD\uFFFD\uFFFD"},
  };
  for (const Case& c : cases) EXPECT_TRUE(cell_text(c.text) == c.expected) << c.what << ": " << cell_text(c.text).size();
}

// The ten styles are read by people with weak eyes and on poor printers: WCAG's ratio for normal text is 4.5.
TEST(Looks, every_style_has_enough_contrast) {
  const auto luminance = [](std::uint32_t rgb) {
    double sum = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; ++i) {
      const double c = ((rgb >> (16 - 8 * i)) & 0xFF) / 255.0;
      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  };
  for (int i = 0; i <= static_cast<int>(Style::Bad); ++i) {
    const auto [ink, paper] = colours(static_cast<Style>(i));
    const double a = luminance(ink), b = luminance(paper);
    EXPECT_GE((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05), 4.5) << i;
  }
}

}  // namespace
}  // namespace horisont
