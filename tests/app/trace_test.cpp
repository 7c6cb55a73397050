// Every number of every report of the demonstration can be asked where it came from, and every workbook made again.

#include "app/trace.h"
#include "app/traced.h"

#include <gtest/gtest.h>

#include <cstring>
#include <sys/wait.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "app/answers.h"
#include "app/audit_pack.h"
#include "app/correct.h"
#include "app/demo.h"
#include "app/effect.h"
#include "app/remake.h"
#include "app/report_check.h"
#include "app/report.h"
#include "app/sample.h"
#include "core/indicators/checks.h"
#include "core/reports/cells.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/plain_workbook.h"
#include "edge/xlsx/form.h"
#include "edge/xlsx/seen.h"
#include "edge/zip/rewrite.h"
#include "edge/zip/zip.h"
#include "support/places.h"

namespace horisont {
namespace {

// One demonstration for all tests of this file: they only look.
class Traces : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = new TemporaryFolder;
    const DemoOutcome outcome = run_demo(folder->path() / "d", HORISONT_SOURCE_DIR, Language::Swedish, {"test", "case-worker"},
                                         *Moment::parse("2026-11-25T12:00:00Z"), [](const Message&) {});
    ASSERT_TRUE(outcome.trouble.empty());
    auto opened = open_workspace(folder->path() / "d" / "installation", HORISONT_SOURCE_DIR);
    ASSERT_TRUE(opened);
    workspace = new Workspace(std::move(*opened));
    make_the_rest();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder->path() / "d" / "rapporter"))
      if (entry.is_regular_file()) files[sha256_of_file(entry.path())] = entry.path();
  }
  // The demonstration draws nobody to ask and has no project of ESF+ at work: their reports are made beside its own.
  static void make_the_rest() {
    const Actor actor{"test", "case-worker"};
    const Moment now = *Moment::parse("2026-11-25T12:30:00Z");
    const auto make = [&](const std::string& project, Date today, const std::string& kind) {
      const ProjectState state = project_state(*workspace, project, today, Explain::No);
      auto report = build_report(*workspace, state, {.kind = kind});
      ASSERT_TRUE(report) << words(report.error().message, Language::English);
      ASSERT_TRUE(make_report(*workspace, state, *std::move(report), Language::Swedish, folder->path() / "d" / "rapporter" / project, actor, now));
    };
    const Date in_2018 = *Date::of(2018, 1, 15);
    const auto drawn = draw_sample(*workspace, {.project = "ung-horisont",
                                                .frame = SampleFrame::Leavers,
                                                .period = {*Date::of(1, 1, 1), {}},
                                                .seed = "00112233445566778899aabbccddeeff",
                                                .today = in_2018,
                                                .actor = actor,
                                                .now = now});
    ASSERT_TRUE(drawn) << words(drawn.error().message, Language::English);
    make("ung-horisont", in_2018, "long-term-sample");
    make("varmlands-unga-i-arbete", *Date::of(2024, 1, 15), "annex-xvii");
  }
  static void TearDownTestSuite() {
    delete workspace, delete folder;
    files.clear();
  }
  template <class Visit>
  static void each_report(Visit&& visit) {
    for (const char* project : {"ung-horisont", "varmlands-framtid", "varmlands-unga", "varmlands-unga-i-arbete"})
      for (const StoredReport& report : workspace->store.reports(project)) {
        SCOPED_TRACE(std::string(project) + " " + report.id + " " + report.kind);
        visit(project, report);
      }
  }
  static inline TemporaryFolder* folder = nullptr;
  static inline Workspace* workspace = nullptr;
  static inline std::map<std::string, std::filesystem::path> files;  // by digest
};

using Numbers = std::map<std::string, double>;  // by address

// The numbers of a workbook's cells.
Numbers numbers_in(const std::vector<std::filesystem::path>& workbooks, const std::set<std::string>& sheets) {
  Numbers numbers;
  for (const auto& path : workbooks) {
    const auto book = read_workbook(path);
    EXPECT_TRUE(book) << path;
    if (!book) continue;
    for (const SheetView& sheet : book->sheets()) {
      if (!sheets.contains(sheet.name)) continue;
      for (const RowView& row : sheet.rows)
        for (std::uint32_t i = 0; i < row.cells.size(); ++i) {
          const CellView& cell = row.cells[i];
          if (cell.kind != CellView::Kind::Number && cell.kind != CellView::Kind::Duration) continue;
          if (cell.format == "hh:mm") continue;  // a time of day counts nothing, as a day does not
          double number = 0;
          std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), number);
          Origin origin{.row = row.number, .column = static_cast<std::uint16_t>(i + 1)};
          numbers[sheet.name + "!" + cell_name(origin)] = number;
        }
    }
  }
  return numbers;
}

// What a trace's number may look like in its cell: whole, as hours, as a part of a day, as kronor, as a share, or of thousandths (chi-square).
bool shows(double shown, const Trace& trace) {
  const auto is = [&](double value) { return std::abs(shown - value) < 1e-9 * std::max(1.0, std::abs(value)); };
  const auto number = static_cast<double>(trace.number);
  if (std::holds_alternative<Minutes>(trace.value)) return is(number / 60) || is(number / 1440) || is(number);
  if (std::holds_alternative<Money>(trace.value)) return is(number / 100);
  if (const auto* ratio = std::get_if<Ratio>(&trace.value)) return is(number / static_cast<double>(ratio->denominator));
  return is(number) || is(number / 1000);
}

TEST_F(Traces, every_numeric_cell_of_every_report_adds_up_with_difference_0) {
  std::size_t traced = 0, reports = 0;
  std::map<Derivation, std::size_t> how;
  std::size_t seen[4] = {};
  std::set<std::string> kinds, of_the_register;
  each_report([&](const std::string& project, const StoredReport& report) {
    const auto kept = kept_report(*workspace, project, report.id);
    ASSERT_TRUE(kept) << words(kept.error().message, Language::English);
    ++reports;
    std::vector<std::filesystem::path> workbooks;
    for (const auto& file : report.files) {
      ASSERT_TRUE(files.contains(file.sha256)) << file.name;
      workbooks.push_back(files.at(file.sha256));
    }
    std::set<std::string> sheets;
    for (const PlacedSheet& placed : kept->places) sheets.insert(placed.name);
    if (kept->control) sheets.insert(kept->control->name);
    Numbers shown = numbers_in(workbooks, sheets);
    for (const CellPlace& place : number_cells(*kept)) {
      const std::string address = address_of(*kept, place);
      const auto found = trace(kept->frozen, place);
      ASSERT_TRUE(found) << address;
      EXPECT_EQ(found->difference, 0) << address << " " << name_of(found->derivation) << ": " << found->number << " of "
                                      << found->made_of;
      ASSERT_TRUE(shown.contains(address)) << address << " is no number in the workbook";
      EXPECT_TRUE(shows(shown.at(address), *found)) << address << ": " << shown.at(address) << " is shown, " << found->number;
      const auto again = number_at(*kept, address);
      ASSERT_TRUE(again) << address;
      EXPECT_EQ(*again, place) << address;
      ++traced, ++how[found->derivation];
      ++seen[static_cast<std::size_t>(place.control)], kinds.insert(report.kind);
      if (place.control != Control::None) {
        const Table table = trace_table(*kept, *found, Language::English);
        EXPECT_TRUE(!table.rows.empty() || found->number == 0 || found->derivation == Derivation::Register) << address;
        if (found->derivation == Derivation::Register) of_the_register.insert(report.kind + " " + table.facts.at(3).second.text);
        std::string other = address;
        other.replace(0, other.find('!'), other.starts_with("Kontroll") ? "Control" : "'KONTROLL'");
        ASSERT_TRUE(number_at(*kept, other)) << other;
        EXPECT_EQ(*number_at(*kept, other), place) << other;
      }
      shown.erase(address);
    }
    for (const auto& [address, number] : shown) ADD_FAILURE() << address << " = " << number << " is not traced";
  });
  EXPECT_GT(reports, 30u);
  EXPECT_GT(traced, 10'000u);
  // A number that is only stated adds up with anything; most must be counted.
  EXPECT_LT(how[Derivation::Stated] * 20, traced);
  EXPECT_GT(seen[static_cast<std::size_t>(Control::Check)], 300u);
  EXPECT_GT(seen[static_cast<std::size_t>(Control::Remaining)], 20u);
  for (const char* kind : {"findings", "good-practice", "payment-claim", "staff-time", "hours-summary", "attendance-certificate", "eligibility-log",
                           "long-term-sample", "annex-xvii"})
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  // All but these (the genders of those whose facts are whole, for whom the tables have no row; the frame when it was drawn; who of the
  // drawn has not answered) are made of cells of their reports, and through them of rows of files.
  EXPECT_EQ(of_the_register,
            (std::set<std::string>{"indicators-esf-2014 check.indicator_columns.in_report", "indicators-yei check.indicator_columns.in_report",
                                   "long-term-sample check.long_term_frame.in_register", "long-term-sample remaining.long_term_to_ask"}));
}

// What `balance` says is no report, and is asked as one: every number of its four tables, by its place below the headings.
TEST_F(Traces, every_numeric_cell_of_a_balance_adds_up_with_difference_0) {
  std::size_t asked = 0, elsewhere = 0;
  for (const char* project : {"ung-horisont", "varmlands-framtid", "varmlands-unga"}) {
    SCOPED_TRACE(project);
    const ProjectState state = project_state(*workspace, project, *Date::of(2018, 1, 15), Explain::No);
    const auto balance = balance_of(*workspace, state);
    ASSERT_TRUE(balance);
    const auto kept = kept_balance(*workspace, state, *balance);
    ASSERT_TRUE(kept) << words(kept.error().message, Language::English);
    for (const Table* table : {&balance->sums, &balance->months, &balance->budget, &balance->documents})
      for (std::size_t row = 0; row < table->rows.size(); ++row)
        for (std::size_t column = 0; column < table->columns.size(); ++column) {
          const auto* ore = std::get_if<std::int64_t>(&table->rows[row][column]);
          if (!ore) continue;
          const std::string address = table->schema + "!" + cell_name({.row = static_cast<std::uint32_t>(row + 2), .column = static_cast<std::uint16_t>(column + 1)});
          const auto place = number_at(*kept, address);
          ASSERT_TRUE(place) << address;
          EXPECT_EQ(address_of(*kept, *place), address);
          const auto found = trace(kept->frozen, *place);
          ASSERT_TRUE(found) << address;
          EXPECT_EQ(found->number, *ore) << address;
          EXPECT_EQ(found->difference, 0) << address;
          const auto there = std::find_if(kept->elsewhere.begin(), kept->elsewhere.end(), [&](const auto& one) { return one.place == *place; });
          if (there == kept->elsewhere.end()) {
            EXPECT_TRUE(*ore == 0 || found->derivation == Derivation::Setting || !found->staff.empty() || !found->times.empty()) << address;
          } else {
            const auto claim = kept_report(*workspace, project, there->report);
            ASSERT_TRUE(claim) << there->report;
            const auto said = trace(claim->frozen, *number_at(*claim, there->cell));
            ASSERT_TRUE(said) << there->cell;
            EXPECT_TRUE(said->number == *ore && said->difference == 0) << address << " is what " << there->report << " said in " << there->cell;
            ++elsewhere;
          }
          ++asked;
        }
    for (const CellPlace& place : number_cells(*kept)) EXPECT_EQ(trace(kept->frozen, place)->difference, 0) << address_of(*kept, place);
  }
  EXPECT_GT(asked, 50u);
  EXPECT_GT(elsewhere, 0u);
}

// A pack of each kind of sample, opened as an auditor opens it. But for the running number of the draw no number is only stated.
TEST_F(Traces, every_numeric_cell_of_the_index_of_an_audit_pack_adds_up_with_difference_0) {
  const auto home = folder->path() / "for-packs";
  std::filesystem::copy(folder->path() / "d" / "installation", home, std::filesystem::copy_options::recursive);
  auto own = open_workspace(home, HORISONT_SOURCE_DIR);
  ASSERT_TRUE(own);
  const Actor actor{"test", "case-worker"};
  const Moment now = *Moment::parse("2026-11-25T13:00:00Z");
  const Date today = *Date::of(2018, 1, 15);
  std::map<std::string, std::size_t> traced;
  for (const SampleFrame frame : {SampleFrame::Participants, SampleFrame::Hours, SampleFrame::Claims}) {
    const std::string name(name_of(frame));
    SCOPED_TRACE(name);
    const auto drawn = draw_sample(*own, {.project = "ung-horisont", .frame = frame, .period = {*Date::of(1, 1, 1), {}}, .places = 12,
                                          .seed = "00112233445566778899aabbccddee0" + std::to_string(static_cast<int>(frame)),
                                          .today = today, .actor = actor, .now = now});
    ASSERT_TRUE(drawn) << words(drawn.error().message, Language::English);
    const std::string sample = drawn->id();
    const auto made = make_pack(*own, {.project = "ung-horisont", .sample = sample, .receipt = {}, .today = today, .actor = actor, .now = now},
                                folder->path() / (name + ".zip"));
    ASSERT_TRUE(made) << words(made.error().message, Language::English);
    const auto opened = open_pack(folder->path() / (name + ".zip"), folder->path() / name, HORISONT_SOURCE_DIR, "");
    ASSERT_TRUE(opened);
    const auto pack = open_workspace(folder->path() / name, HORISONT_SOURCE_DIR);
    ASSERT_TRUE(pack);
    const auto kept = kept_index(*pack, sample);
    ASSERT_TRUE(kept) << words(kept.error().message, Language::English);
    std::set<std::string> sheets;
    for (const PlacedSheet& placed : kept->places) sheets.insert(placed.name);
    if (kept->control) sheets.insert(kept->control->name);
    Numbers shown = numbers_in({folder->path() / name / "index.xlsx"}, sheets);
    for (const CellPlace& place : number_cells(*kept)) {
      const std::string address = address_of(*kept, place);
      const auto found = trace(kept->frozen, place);
      ASSERT_TRUE(found) << address;
      EXPECT_EQ(found->difference, 0) << address;
      ASSERT_TRUE(shown.contains(address)) << address << " is no number in the workbook";
      EXPECT_TRUE(shows(shown.at(address), *found)) << address;
      EXPECT_EQ(*number_at(*kept, address), place) << address;
      const bool rank = place.control == Control::None && kept->frozen.report.sheets[place.sheet].fields[place.field] == "rank";
      EXPECT_EQ(found->derivation == Derivation::Stated, rank) << address;
      shown.erase(address), ++traced[name];
    }
    for (const auto& [address, number] : shown) ADD_FAILURE() << address << " = " << number << " is not traced";
    EXPECT_FALSE(kept_index(*own, sample)) << "where no pack was opened";
    EXPECT_FALSE(kept_index(*pack, "S-99")) << "another sample";
    // An index that somebody changed is none that the pack gives.
    write_file(folder->path() / name / "index.xlsx", *zip_with_parts(read_file(folder->path() / name / "index.xlsx"), {{"docProps/mer.xml", "<a/>"}}));
    EXPECT_FALSE(kept_index(*pack, sample));
  }
  EXPECT_GT(traced["participants"], 100u);
  EXPECT_GT(traced["hours"], 100u);
  EXPECT_GE(traced["claims"], 24u);
}

TEST_F(Traces, a_number_is_said_as_its_cell_shows_it_and_one_that_counts_nobody_says_so) {
  std::map<std::string, std::size_t> seen;
  each_report([&](const std::string& project, const StoredReport& report) {
    const auto kept = kept_report(*workspace, project, report.id);
    ASSERT_TRUE(kept);
    for (const CellPlace& place : number_cells(*kept)) {
      const auto found = trace(kept->frozen, place);
      ASSERT_TRUE(found);
      const std::string address = address_of(*kept, place), shown = shown_value(*found, Language::Swedish);
      const auto* ratio = std::get_if<Ratio>(&found->value);
      if (ratio) {
        ++seen["a share"];
        EXPECT_NE(shown.find("\u00A0% ("), shown.npos) << address << " " << shown;
        EXPECT_TRUE(shown.ends_with(" av " + count_words(ratio->denominator, Language::Swedish) + ")")) << address << " " << shown;
      }
      if (found->derivation == Derivation::PerCent) {
        ++seen["whole per cent"];
        EXPECT_EQ(shown, std::to_string(found->number) + "\u00A0%") << address;
      }
      if (found->derivation == Derivation::Persons && found->number == 0) {
        ++seen["nobody"];
        EXPECT_TRUE(trace_table(*kept, *found, Language::Swedish).when_empty.sv.starts_with("Ingen:")) << address;
      }
      if (std::holds_alternative<Money>(found->value)) {
        ++seen["an amount"];
        EXPECT_NE(found->derivation, Derivation::Stated) << address << ": an amount comes from somewhere";
      }
    }
    if (report.kind != "payment-claim") return;
    const auto& lines = kept->frozen.report.sheets.at(0).rows;
    for (std::size_t row = 0; row < lines.size(); ++row) {
      const auto found = trace(kept->frozen, {.row = row, .field = 3});
      ASSERT_TRUE(found);
      if (found->derivation == Derivation::Percent) {
        ++seen["a rate with its source"];
        const Table table = trace_table(*kept, *found, Language::Swedish);
        EXPECT_EQ(std::get<Message>(table.rows.at(0).at(0)).id, "trace.rate");
        EXPECT_TRUE(std::get<std::string>(table.rows.at(0).at(1)).starts_with(std::to_string(found->percent) + "\u00A0%"));
      }
      EXPECT_TRUE(found->number == 0 || !found->staff.empty()) << row;
    }
  });
  for (const char* what : {"a share", "whole per cent", "nobody", "an amount", "a rate with its source"}) EXPECT_GT(seen[what], 0u) << what;
}

TEST_F(Traces, behind_a_number_stand_records_with_file_sheet_and_cell) {
  std::size_t records = 0;
  each_report([&](const std::string& project, const StoredReport& report) {
    const auto kept = kept_report(*workspace, project, report.id);
    ASSERT_TRUE(kept);
    const Behind& behind = kept->frozen.behind;
    std::set<std::uint32_t> known;
    for (const SourceFile& file : behind.files) {
      EXPECT_FALSE(file.reference.empty());
      known.insert(file.import);
    }
    for (const Behind::Time& time : behind.times) {
      EXPECT_EQ(time.reported, time.accepted + time.refused);
      EXPECT_TRUE(known.contains(time.origin.import));
      EXPECT_GT(time.origin.row, 0u);
      ++records;
    }
    for (const Behind::Staff& time : behind.staff) EXPECT_TRUE(known.contains(time.origin.import) && time.origin.row > 0);
    for (const Behind::Person& person : behind.persons)
      EXPECT_TRUE(person.registered ? known.contains(person.origin.import) && person.origin.row > 0 : true)
          << participant_reference(person.person);
  });
  EXPECT_GT(records, 10'000u);
}

TEST_F(Traces, every_workbook_is_made_again_byte_for_byte) {
  int n = 0;
  each_report([&](const std::string& project, const StoredReport& report) {
    const auto made = remake_report(*workspace, project, report.id, folder->path() / ("again" + std::to_string(n++)));
    ASSERT_TRUE(made) << words(made.error().message, Language::English);
    EXPECT_TRUE(made->same());
    ASSERT_EQ(made->files.size(), report.files.size());
    for (const auto& file : made->files) EXPECT_EQ(sha256_of_file(file.path), file.sha256_made) << file.name;
  });
}

TEST_F(Traces, behind_a_report_of_several_projects_stand_each_ones_own_persons) {
  auto reports = workspace->store.reports("ung-horisont");  // the register of the first
  std::erase_if(reports, [](const StoredReport& one) {
    return !one.files[0].name.starts_with("ung-horisont-varmlands-framtid-varmlands-unga");
  });
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(check_report(*workspace, folder->path() / "d" / "rapporter" / reports[0].files[0].name, "", *Date::of(2018, 1, 15)).state,
            ReportCheck::State::Identical);
  const auto kept = kept_report(*workspace, "ung-horisont", reports[0].id);
  ASSERT_TRUE(kept);
  const Sheet& comparison = kept->frozen.report.sheets.at(1);
  for (std::size_t i = 0; i < 3; ++i) {
    std::size_t counted = 0;
    for (std::size_t row = 0; row < comparison.rows.size(); ++row)
      if (const auto found = trace(kept->frozen, {.sheet = 1, .row = row, .field = i + 1}))
        for (const std::uint32_t one : found->persons) {
          EXPECT_EQ(kept->frozen.behind.persons.at(one).project, i);
          EXPECT_TRUE(kept->frozen.behind.persons.at(one).registered);
          ++counted;
        }
    EXPECT_GT(counted, 300u) << comparison.fields[i + 1];
  }
}

TEST_F(Traces, only_their_owner_reads_what_holds_personal_data) {
  using std::filesystem::perms;
  std::size_t seen = 0;
  for (const char* inside : {"rapporter", "installation/data"}) {
    EXPECT_EQ(std::filesystem::status(folder->path() / "d" / inside).permissions(), perms::owner_all) << inside;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder->path() / "d" / inside)) {
      const perms wanted = entry.is_directory() ? perms::owner_all : perms::owner_read | perms::owner_write;
      EXPECT_EQ(entry.status().permissions(), wanted) << entry.path();
      ++seen;
    }
  }
  EXPECT_GT(seen, 40u);
  // A folder that is there is the user's own.
  const auto theirs = folder->path() / "theirs";
  std::filesystem::create_directory(theirs);
  std::filesystem::permissions(theirs, static_cast<perms>(0755));
  make_private_folder(theirs / "a" / "b");
  EXPECT_EQ(std::filesystem::status(theirs).permissions(), static_cast<perms>(0755));
  EXPECT_EQ(std::filesystem::status(theirs / "a").permissions(), perms::owner_all);
  EXPECT_EQ(std::filesystem::status(theirs / "a" / "b").permissions(), perms::owner_all);
  write_file(theirs / "file", "");
  EXPECT_THROW(make_private_folder(theirs / "file" / "b"), FileError);
}

// The address of each cell that is told to differ, with what it held and holds.
std::vector<std::string> told(const ReportCheck& check) {
  std::vector<std::string> all;
  if (check.differences)
    for (const CellDifference& one : *check.differences) all.push_back(one.cell + " " + one.made + " > " + one.found);
  return all;
}

// The file as a program saves it that keeps everything: its own marks in each part that programs write anew.
std::map<std::string, std::string> as_saved(const Zip& zip, std::map<std::string, std::string> parts) {
  for (const ZipEntry& entry : zip.entries()) {
    const bool written = entry.name == "xl/workbook.xml" || entry.name == "xl/styles.xml" || entry.name == "xl/sharedStrings.xml" ||
                         entry.name.starts_with("xl/worksheets/sheet");
    if (!written) continue;
    std::string& text = parts.try_emplace(entry.name, *zip.text(entry, 10 << 20)).first->second;
    text.insert(text.find('>', text.find('<', text.find("?>") + 2)), " mark=\"of a program\"");
  }
  return parts;
}

TEST_F(Traces, a_changed_cell_is_named_and_a_file_saved_anew_has_none) {
  const auto reports = workspace->store.reports("ung-horisont");
  const auto report = std::find_if(reports.begin(), reports.end(), [](const auto& r) { return r.kind == "project-outcome"; });
  ASSERT_NE(report, reports.end());
  const std::string bytes = read_file(files.at(report->files.at(0).sha256));
  const auto zip = Zip::open(bytes);
  ASSERT_TRUE(zip);
  const std::string part = "xl/worksheets/sheet1.xml";
  std::string sheet = *zip->text(*zip->find(part));
  const auto place = sheet.find("<v>", sheet.find("r=\"B5\"")) + 3;
  ASSERT_EQ(sheet.substr(place, 3), "300");
  sheet.replace(place, 3, "301");
  const auto checked = [&](const std::map<std::string, std::string>& parts) {
    const auto file = folder->path() / "altered.xlsx";
    write_file(file, *zip_with_parts(bytes, parts));
    return check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"));
  };
  const ReportCheck altered = checked({{part, sheet}});
  EXPECT_EQ(altered.state, ReportCheck::State::Altered);
  EXPECT_EQ(told(altered), std::vector<std::string>{"Resultat!B5 300 > 301"});

  const std::string other = "docProps/app.xml";
  const ReportCheck saved = checked({{other, *zip->text(*zip->find(other)) + "\n"}});
  EXPECT_EQ(saved.state, ReportCheck::State::Altered);
  ASSERT_TRUE(saved.differences);
  EXPECT_TRUE(saved.differences->empty());
}

// What an auditor is given back may say something else without another value in any cell.
TEST_F(Traces, what_a_workbook_shows_otherwise_is_named_though_every_value_is_the_same) {
  const auto reports = workspace->store.reports("ung-horisont");
  const auto report = std::find_if(reports.begin(), reports.end(), [](const auto& r) { return r.kind == "scb-month"; });
  ASSERT_NE(report, reports.end());
  const auto control = std::find_if(report->files.begin(), report->files.end(),
                                    [](const auto& file) { return file.name.ends_with("_SCB_kontroll.xlsx"); });
  ASSERT_NE(control, report->files.end());
  const std::string bytes = read_file(files.at(control->sha256));
  const auto zip = Zip::open(bytes);
  ASSERT_TRUE(zip);
  const auto part_with = [&](const char* text) {
    for (const ZipEntry& entry : zip->entries())
      if (entry.name.starts_with("xl/worksheets/sheet") && zip->text(entry, 10 << 20)->find(text) != std::string::npos) return entry.name;
    return std::string();
  };
  const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return at == text.npos ? text : text.replace(at, from.size(), to);
  };
  const std::string with_formula = part_with("<f>SUM("), with_header = part_with("<oddHeader>");
  ASSERT_NE(with_formula, "");
  ASSERT_NE(with_header, "");
  struct Case {
    const char* what;
    std::string part;
    std::string from, to;
    const char *cell, *found;  // parts of what is told; empty: nothing is
  };
  const Case cases[] = {
      {"a formula beside its old result", with_formula, "<f>SUM(", "<f>1+SUM(", "(", "=1+SUM("},
      {"the same formula as another program writes it", with_formula, "<f>SUM(", "<f> sum( ", "", ""},
      {"the day that dates are counted from", "xl/workbook.xml", "<workbookPr ", "<workbookPr date1904=\"1\" ", "Datumsystem", "1904"},
      {"a page header", with_header, "<oddHeader>", "<oddHeader>&amp;LInte lämnad", "(sidhuvud", "Inte lämnad"},
      {"a page header in another font", with_header, "<oddHeader>", "<oddHeader>&amp;L&amp;\"Arial,Regular\"&amp;12", "", ""},
      {"a hidden row", with_formula, "<row ", "<row hidden=\"1\" ", "(rad", "(dolt"},
      {"a formula that became its result", with_formula, "<f>SUM(", "", "!", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    std::string text = *zip->text(*zip->find(one.part), 10 << 20);
    if (one.to.empty())
      text.erase(text.find(one.from), text.find("</f>", text.find(one.from)) + 4 - text.find(one.from));
    else
      text = replaced(text, one.from, one.to);
    const auto file = folder->path() / "visat.xlsx";
    write_file(file, *zip_with_parts(bytes, as_saved(*zip, {{one.part, text}})));
    const ReportCheck check = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"));
    EXPECT_EQ(check.state, ReportCheck::State::Altered);
    ASSERT_TRUE(check.differences);
    if (!*one.cell) {
      EXPECT_TRUE(check.differences->empty()) << check.differences->front().cell;
      continue;
    }
    ASSERT_EQ(check.differences->size(), 1u);
    EXPECT_NE(check.differences->front().cell.find(one.cell), std::string::npos) << check.differences->front().cell;
    EXPECT_NE(check.differences->front().found.find(one.found), std::string::npos) << check.differences->front().found;
  }
}

// What an auditor is handed may be made to say something else without another value in any cell.
TEST_F(Traces, what_lies_over_a_workbook_or_beside_its_cells_is_named) {
  const auto reports = workspace->store.reports("ung-horisont");
  const auto report = std::find_if(reports.begin(), reports.end(), [](const auto& r) { return r.kind == "project-outcome"; });
  ASSERT_NE(report, reports.end());
  const std::string bytes = read_file(files.at(report->files.at(0).sha256));
  const auto zip = Zip::open(bytes);
  ASSERT_TRUE(zip);
  const auto text_of_part = [&](const std::string& part) {
    const ZipEntry* entry = zip->find(part);
    EXPECT_TRUE(entry) << part;
    return entry ? *zip->text(*entry, 10 << 20) : std::string();
  };
  // The chart's drawing, for a shape that lies beside it.
  const std::string drawing = "xl/drawings/drawing1.xml", chart = "xl/charts/chart1.xml", first = "xl/worksheets/sheet1.xml", styles = "xl/styles.xml";
  const std::string text_box =
      "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
      "<xdr:to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp><xdr:txBody><a:p>"
      "<a:r><a:t>571</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>";
  struct Case {
    const char* what;
    std::string part, from, to;
    const char *place, *found;  // parts of what is told; empty: nothing is
  };
  const Case cases[] = {
      {"a number that a chart has kept", chart, "<c:v>", "<c:v>9", "diagram", "9"},
      {"a title of a chart", chart, "<a:t>", "<a:t>Inte ", "text i diagram", "Inte"},
      {"the cells that a chart shows", chart, "<c:f>", "<c:f>1+", "diagram", ""},
      {"a chart with numbers of its own", chart, "</c:plotArea>", "<c:numLit><c:pt idx=\"0\"><c:v>7</c:v></c:pt></c:numLit></c:plotArea>", "diagram", "7"},
      {"a text box over a figure", drawing, "</xdr:wsDr>", text_box + "</xdr:wsDr>", "!B5 (över cellerna", "571"},
      {"a comment that says something else", "xl/comments1.xml", "<t", "<t>Inte </t><t", "(kommentar", "Inte"},
      {"a name for other cells", "xl/workbook.xml", "<definedNames>", "<definedNames><definedName name=\"Svar\">Resultat!$B$6</definedName>", "Svar (namn", "RESULTAT"},
      {"an area that is printed alone", "xl/workbook.xml", "<definedNames>",
       "<definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">Resultat!$A$1:$B$4</definedName>", "_xlnm.Print_Area (namn", "$A$1"},
      {"a condition on data", first, "<pageMargins", "<conditionalFormatting sqref=\"B5\"><cfRule type=\"expression\" priority=\"1\"><formula>B5&gt;1</formula></cfRule></conditionalFormatting><pageMargins",
       "Resultat!B5 (villkorsstyrd", "expression"},
      {"a text that appears at a cell", first, "<pageMargins", "<dataValidations><dataValidation sqref=\"B5\" prompt=\"571\"/></dataValidations><pageMargins",
       "Resultat!B5 (dataverifiering", "571"},
      {"cells that became one", first, "<pageMargins", "<mergeCells><mergeCell ref=\"A5:B6\"/></mergeCells><pageMargins", "Resultat!A5:B6 (sammanslagna", ""},
      {"a column too narrow to be seen", first, "<cols>", "<cols><col min=\"2\" max=\"2\" width=\"0.1\" customWidth=\"1\"/>", "Resultat!B:B (syns inte", "smal"},
      {"a row too low to be seen", first, " ht=\"", " ht=\"1\" old=\"", "Resultat!1:1 (syns inte", "smal"},
      {"zeros that are not shown", first, "<sheetView ", "<sheetView showZeros=\"0\" ", "Resultat (syns inte", "showZeros"},
      {"a format that says another number", styles, "formatCode=\"#,##0\"", "formatCode=\"&quot;42&quot;\"", "(talformat", "42"},
      {"a format that leaves thousands out", styles, "formatCode=\"#,##0\"", "formatCode=\"#,##0,\"", "(talformat", "#,##0,"},
      {"a format that shows nothing", styles, "formatCode=\"#,##0\"", "formatCode=\";;;\"", "(talformat", ";;;"},
      {"the same format in other words", styles, "formatCode=\"#,##0\"", "formatCode=\"#,##0;\\-#,##0\"", "", ""},
      {"macros", "xl/vbaProject.bin", "", "x", "xl/vbaProject.bin (annat", "makron"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    std::string text = one.from.empty() ? std::string() : text_of_part(one.part);
    const std::size_t at = text.find(one.from);
    ASSERT_NE(at, text.npos) << one.part << ": " << text.substr(0, 2000);
    text.replace(at, one.from.size(), one.to);
    const auto file = folder->path() / "ditlagt.xlsx";
    write_file(file, *zip_with_parts(bytes, as_saved(*zip, {{one.part, text}})));
    const ReportCheck check = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"));
    EXPECT_EQ(check.state, ReportCheck::State::Altered);
    ASSERT_TRUE(check.differences);
    if (!*one.place) {
      EXPECT_EQ(told(check), std::vector<std::string>{});
      continue;
    }
    ASSERT_GE(check.differences->size(), 1u);
    EXPECT_NE(check.differences->front().cell.find(one.place), std::string::npos) << check.differences->front().cell;
    EXPECT_NE(check.differences->front().found.find(one.found), std::string::npos) << check.differences->front().found;
  }
  // White letters, and letters of one point: a font that the cell's format names.
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"<color rgb=\"FF1B2428\"/>", "<color rgb=\"FFFFFFFF\"/>"}, {"<sz val=\"11\"/>", "<sz val=\"1\"/>"}}) {
    std::string text = text_of_part(styles);
    for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) text.replace(at, from.size(), to);
    const auto file = folder->path() / "oläsligt.xlsx";
    write_file(file, *zip_with_parts(bytes, {{styles, text}}));
    const ReportCheck check = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"));
    ASSERT_TRUE(check.differences && !check.differences->empty()) << to;
    EXPECT_NE(check.differences->front().cell.find("(oläsligt"), std::string::npos) << check.differences->front().cell;
  }
}

// What is taken away is named, too; it counts as altered only where figures that a reader sees are other ones for it.
TEST_F(Traces, what_is_missing_in_a_workbook_is_named_and_counts_as_altered_only_where_figures_are_other) {
  const auto reports = workspace->store.reports("ung-horisont");
  const auto report = std::find_if(reports.begin(), reports.end(), [](const auto& r) { return r.kind == "project-outcome"; });
  ASSERT_NE(report, reports.end());
  const std::string bytes = read_file(files.at(report->files.at(0).sha256));
  const auto zip = Zip::open(bytes);
  ASSERT_TRUE(zip);
  const auto without = [](std::string text, const std::string& from, const std::string& to, bool all) {
    std::size_t at = text.find(from), taken = 0;
    for (; at != text.npos && (all || taken == 0); at = text.find(from, at), ++taken) {
      const std::size_t end = text.find(to, at);
      if (end == text.npos) break;
      text.erase(at, end + to.size() - at);
    }
    EXPECT_GT(taken, 0u) << from;
    return text;
  };
  struct Case {
    const char* what;
    std::string part, from, to;
    bool all;
    bool altered;
    const char* named;  // a part of what is told
  };
  const std::string chart = "xl/charts/chart1.xml", drawing = "xl/drawings/drawing1.xml", first = "xl/worksheets/sheet1.xml";
  const Case cases[] = {
      {"a chart as a whole", drawing, "<xdr:twoCellAnchor", "</xdr:twoCellAnchor>", true, false, "(diagram"},
      {"a row of numbers of a chart that stays", chart, "<c:val>", "</c:val>", false, true, "(diagram"},
      {"one number of a chart", chart, "<c:pt idx=\"1\">", "</c:pt>", true, true, "(diagram"},
      {"a title of a chart", chart, "<a:t>", "</a:t>", false, false, "(text i diagram"},
      {"one comment", "xl/comments1.xml", "<comment ", "</comment>", false, false, "(kommentar"},
      {"every comment", "xl/comments1.xml", "<comment ", "</comment>", true, false, "(kommentar"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const ZipEntry* entry = zip->find(one.part);
    ASSERT_TRUE(entry) << one.part;
    std::string text = without(*zip->text(*entry, 10 << 20), one.from, one.to, one.all);
    std::map<std::string, std::string> parts{{one.part, text}};
    if (one.part == drawing) {
      const std::string links = "xl/drawings/_rels/drawing1.xml.rels";
      parts[links] = without(*zip->text(*zip->find(links)), "<Relationship ", "/>", true);
    }
    const auto file = folder->path() / "borttaget.xlsx";
    // Taken away by hand, all of it is altered; no program leaves the rest as it is.
    write_file(file, *zip_with_parts(bytes, parts));
    const ReportCheck by_hand = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"));
    ASSERT_TRUE(by_hand.differences && !by_hand.differences->empty());
    EXPECT_TRUE(by_hand.missing.empty());
    write_file(file, *zip_with_parts(bytes, as_saved(*zip, parts)));
    const ReportCheck check = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"));
    EXPECT_EQ(check.state, ReportCheck::State::Altered);
    ASSERT_TRUE(check.differences);
    EXPECT_EQ(!check.differences->empty(), one.altered) << (check.differences->empty() ? "" : told(check).front());
    const auto& named = one.altered ? *check.differences : check.missing;
    ASSERT_FALSE(named.empty());
    EXPECT_TRUE(std::any_of(named.begin(), named.end(), [&](const auto& gone) { return gone.cell.find(one.named) != std::string::npos; }))
        << named.front().cell;
    if (!one.altered) {
      EXPECT_NE(named.front().found.find("(saknas)"), std::string::npos) << named.front().found;
      EXPECT_FALSE(named.front().made.empty()) << "what it said stands beside it";
      EXPECT_NE(as_json(missing_table(check.missing)).find(one.named), std::string::npos);
    }
  }
  // A name is missing as a whole; a formula that reads it would give another number.
  const std::string book = "xl/workbook.xml", given = "<definedName name=\"Svar\">Resultat!$B$5</definedName>";
  std::string named_book = *zip->text(*zip->find(book));
  named_book.replace(named_book.find("<definedNames>"), 14, "<definedNames>" + given);
  const auto as_made = folder->path() / "med namn.xlsx", found = folder->path() / "utan namn.xlsx";
  for (const bool read : {false, true}) {
    std::string sheet = *zip->text(*zip->find(first));
    if (read) sheet.replace(sheet.find("<v>", sheet.find("r=\"B5\"")), 0, "<f>svar+1</f>");
    write_file(as_made, *zip_with_parts(bytes, {{book, named_book}, {first, sheet}}));
    write_file(found, *zip_with_parts(bytes, as_saved(*zip, {{first, sheet}})));
    const WorkbookDifferences differ = workbook_differences(as_made, found);
    ASSERT_EQ(differ.altered.size(), read ? 1u : 0u);
    ASSERT_EQ(differ.missing.size(), read ? 0u : 1u);
    EXPECT_TRUE((read ? differ.altered : differ.missing).front().cell.starts_with("Svar (namn"));
  }
}

// Programs show more than can be listed: whatever somebody changed in the file with his own hands counts.
TEST_F(Traces, a_part_that_was_changed_by_hand_is_named_whatever_it_changes) {
  const auto reports = workspace->store.reports("ung-horisont");
  const auto report = std::find_if(reports.begin(), reports.end(), [](const auto& r) { return r.kind == "project-outcome"; });
  ASSERT_NE(report, reports.end());
  const std::string bytes = read_file(files.at(report->files.at(0).sha256));
  const auto zip = Zip::open(bytes);
  ASSERT_TRUE(zip);
  const std::string first = "xl/worksheets/sheet1.xml", styles = "xl/styles.xml", chart = "xl/charts/chart1.xml", texts = "xl/sharedStrings.xml";
  struct Case {
    const char *what, *part, *from, *to;
    bool named;
  };
  const Case cases[] = {
      {"digits shifted by a format", "xl/styles.xml", "formatCode=\"#,##0\"", "formatCode=\"0\\,00\"", true},
      {"a symbol font", "xl/styles.xml", "<name val=\"Calibri\"/>", "<name val=\"Wingdings\"/>", true},
      {"letters struck out", "xl/styles.xml", "<sz val=\"11\"/>", "<strike/><sz val=\"11\"/>", true},
      {"letters turned", "xl/styles.xml", "<alignment ", "<alignment textRotation=\"180\" ", true},
      {"colours of its own", "xl/styles.xml", "</styleSheet>", "<colors><indexedColors><rgbColor rgb=\"FFFFFFFF\"/></indexedColors></colors></styleSheet>", true},
      {"a sheet from right to left", "xl/worksheets/sheet1.xml", "<sheetView ", "<sheetView rightToLeft=\"1\" ", true},
      {"a tenth of the size", "xl/worksheets/sheet1.xml", "<sheetView ", "<sheetView zoomScale=\"10\" ", true},
      {"tabs that are not shown", "xl/workbook.xml", "<workbookView ", "<workbookView showSheetTabs=\"0\" ", true},
      {"values rounded for good", "xl/workbook.xml", "<calcPr ", "<calcPr fullPrecision=\"0\" ", true},
      {"an axis that cuts the chart off", "xl/charts/chart1.xml", "<c:orientation val=\"minMax\"/>",
       "<c:orientation val=\"minMax\"/><c:max val=\"1000\"/><c:min val=\"100\"/>", true},
      {"a part that was not there", "xl/media/image1.png", "", "x", true},
      {"a property of the document", "docProps/app.xml", "</Properties>", "<Company>Kommunen</Company></Properties>", false},
      {"what a records keeper puts beside", "docMetadata/LabelInfo.xml", "", "<a/>", false},
      {"blanks between elements", "xl/styles.xml", "<fonts", "\n  <fonts", false},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    std::string text = *one.from ? *zip->text(*zip->find(one.part), 10 << 20) : std::string();
    const std::size_t at = text.find(one.from);
    ASSERT_NE(at, text.npos) << one.part;
    text.replace(at, std::strlen(one.from), one.to);
    const auto file = folder->path() / "för hand.xlsx";
    write_file(file, *zip_with_parts(bytes, {{one.part, text}}));
    const ReportCheck check = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"));
    EXPECT_EQ(check.state, ReportCheck::State::Altered);
    ASSERT_TRUE(check.differences);
    EXPECT_EQ(!check.differences->empty(), one.named) << (check.differences->empty() ? "" : check.differences->front().cell);
  }
  // Each language is told its own words.
  const Table table = cell_differences_table({{in_both("Rader!B5 (talformat)", "Rader!B5 (number format)"), "0", "1"}});
  EXPECT_NE(as_text(table, Language::Swedish).find("Rader!B5 (talformat)  "), std::string::npos) << as_text(table, Language::Swedish);
  EXPECT_NE(as_text(table, Language::English).find("Rader!B5 (number format)  "), std::string::npos);
}

// What cannot be compared is never the same.
TEST_F(Traces, a_file_that_no_program_reads_as_a_workbook_is_said_to_be_that) {
  const auto reports = workspace->store.reports("ung-horisont");
  const auto report = std::find_if(reports.begin(), reports.end(), [](const auto& r) { return r.kind == "project-outcome"; });
  ASSERT_NE(report, reports.end());
  const std::string bytes = read_file(files.at(report->files.at(0).sha256));
  const auto zip = Zip::open(bytes);
  ASSERT_TRUE(zip);
  const auto with = [&](const std::map<std::string, std::string>& changes) {
    std::map<std::string, std::string> parts;
    for (const auto& [part, text] : changes) parts[part] = text;
    return *zip_with_parts(bytes, parts);
  };
  const auto part = [&](const char* name) { return *zip->text(*zip->find(name), 10 << 20); };
  const auto put = [](std::string text, const std::string& before, const std::string& more) {
    EXPECT_NE(text.find(before), text.npos) << before;
    return text.insert(text.find(before), more);
  };
  const char *book = "xl/workbook.xml", *links = "xl/_rels/workbook.xml.rels", *first = "xl/worksheets/sheet1.xml";
  std::string cut = part(first);
  cut.resize(cut.size() - 20);
  std::string elsewhere = part("_rels/.rels");
  elsewhere.replace(elsewhere.find("xl/workbook.xml"), 15, "xl/book.xml");
  std::string other_styles = part(links);
  other_styles.replace(other_styles.find("styles.xml"), 10, "styles2.xml");
  const std::string sheet_tag = part(book).substr(part(book).find("<sheet "), part(book).find("/>", part(book).find("<sheet ")) + 2 - part(book).find("<sheet "));
  const std::string link = part(links).substr(part(links).find("<Relationship "), part(links).find("/>") + 2 - part(links).find("<Relationship "));
  const std::pair<const char*, std::string> cases[] = {
      {"no workbook at all", "this is no workbook"},
      {"nothing", ""},
      {"a table of text", "A;B\n1;2\n"},
      {"half of it", bytes.substr(0, bytes.size() / 2)},
      {"a sheet that is cut off", with({{first, cut}})},
      {"two sheets of one name", with({{book, put(part(book), "</sheets>", sheet_tag)}})},
      {"a link that is there twice", with({{links, put(part(links), "</Relationships>", link)}})},
      {"the workbook in another place, and a decoy in its own", with({{"_rels/.rels", elsewhere}, {"xl/book.xml", part(book)}})},
      {"styles in another place, and a decoy in their own", with({{links, other_styles}, {"xl/styles2.xml", part("xl/styles.xml")}})},
  };
  for (const auto& [what, content] : cases) {
    SCOPED_TRACE(what);
    const auto file = folder->path() / report->files.at(0).name;
    write_file(file, content);
    for (const std::string& said : {std::string(), report->id}) {
      const ReportCheck check = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"), said);
      EXPECT_EQ(check.state, ReportCheck::State::Unreadable);
      EXPECT_FALSE(check.differences);
    }
  }
}

TEST(Formats, hide_digits_only_where_another_value_is_shown) {
  struct Case {
    const char *made, *found;
    bool hides;
  };
  const Case cases[] = {{"#,##0", "\"42\"", true},      {"#,##0", "42", true},          {"#,##0.00", "#,##0", true},
                        {"#,##0", "#,##0,", true},       {"#,##0", ";;;", true},         {"#,##0", "#,##0;;", true},
                        {"#,##0", "0\\,00", true},      {"#,##0", "0\".\"00", true},     {"#,##0.00", "000,000.00", true},
                        {"#,##0", "-#,##0", true},       {"#,##0.00", "(#,##0.00)", true}, {"#,##0", "\\-#,##0", true},
                        {"#,##0", "#,##0\\1", true},     {"0.0%", "0.0", true},          {"[h]:mm", "h:mm", true},
                        {"yyyy-mm-dd", "dd", true},      {"#,##0", "[>1]0;0", true},     {"#,##0", "General", false},
                        {"yyyy-mm-dd", "yyyy\\-mm\\-dd", false}, {"[h]:mm", "[hh]:mm", false}, {"#,##0", "#,##0;\\-#,##0", false},
                        {"#,##0.00", "#,##0.00_);(#,##0.00)", false}, {"yyyy-mm-dd", "[$-41D]yyyy-mm-dd", false}, {"@", "@", false}};
  for (const auto& [made, found, hides] : cases) EXPECT_EQ(hides_digits(made, found), hides) << made << " " << found;
  EXPECT_TRUE(hides_text(";;;\"Ja\""));
  EXPECT_TRUE(hides_text("0;0;0;"));
  EXPECT_FALSE(hides_text("@"));
  EXPECT_FALSE(hides_text("\"Ja\"")) << "a format of one section is for numbers";
}

TEST(Formulas, mean_the_same_however_programs_write_them) {
  struct Case {
    const char *a, *b;
    bool same;
  };
  const Case cases[] = {{"SUM(A1:A3)", "sum( A1 : A3 )", true},
                        {"IF(A1,\"ja nej\",1)", "IF(A1,\"janej\",1)", false},
                        {"_xlfn.IFS(A1,1)", "IFS(A1,1)", true},
                        {"'Rader'!A1", "Rader!A1", true},
                        {"IF(TRUE(),1)", "IF(TRUE,1)", true},
                        {"SUM(A1:A3)", "SUM(A1:A2)", false},
                        {"SUM($A$1)", "SUM(A1)", false},
                        {"A1&\"a\"", "A1&\"A\"", false}};
  for (const auto& [a, b, same] : cases) EXPECT_EQ(plain_formula(a) == plain_formula(b), same) << a << " " << b;
}

// The file to be pasted at the funder's bears no mark of ours.
TEST_F(Traces, a_file_without_a_name_is_held_to_the_report_that_it_is_most_like) {
  auto reports = workspace->store.reports("ung-horisont");
  std::erase_if(reports, [](const StoredReport& one) { return one.kind != "scb-month"; });
  ASSERT_GE(reports.size(), 2u) << "there are months to mistake it for";
  for (const std::size_t which : {std::size_t{0}, reports.size() - 1}) {
    const StoredReport& report = reports[which];
    const std::string bytes = read_file(files.at(report.files.at(0).sha256));
    const auto zip = Zip::open(bytes);
    ASSERT_TRUE(zip);
    const std::string part = "xl/worksheets/sheet1.xml";
    std::string sheet = *zip->text(*zip->find(part));
    const auto place = sheet.find("<v>", sheet.find("r=\"D3\"")) + 3;
    const std::string hours = sheet.substr(place, sheet.find('<', place) - place);
    sheet.replace(place, hours.size(), "7" + hours);
    const auto file = folder->path() / "fil till SCB.xlsx";
    write_file(file, *zip_with_parts(bytes, {{part, sheet}}));
    for (const char* project : {"ung-horisont", ""}) {
      const ReportCheck check = check_report(*workspace, file, project, *Date::parse("2018-02-01"));
      EXPECT_EQ(check.state, ReportCheck::State::Nearest) << report.id;
      EXPECT_EQ(check.report, report.id) << project;
      EXPECT_EQ(check.project, "ung-horisont");
      EXPECT_EQ(check.made_file, report.files[0].name);
      EXPECT_EQ(told(check), std::vector<std::string>{"Deltagare!D3 " + hours + " > 7" + hours});
    }
    const std::string other = reports[which == 0 ? 1 : 0].id;
    const ReportCheck named = check_report(*workspace, file, "ung-horisont", *Date::parse("2018-02-01"), other);
    EXPECT_EQ(named.report, other) << "the one that was named, whatever is nearer";
    EXPECT_EQ(named.state, ReportCheck::State::Altered);
    EXPECT_GT(told(named).size(), 1u);
  }
  // A workbook of somebody else's is like none.
  const auto theirs = folder->path() / "annan.xlsx";
  PlainSheet sheet{.name = "Deltagare"};
  for (const char* text : {"Personnummer", "inget alls"}) sheet.rows.push_back({PlainCell{std::string(text)}});
  write_plain_workbook(theirs, {sheet});
  const ReportCheck unknown = check_report(*workspace, theirs, "", *Date::parse("2018-02-01"));
  EXPECT_EQ(unknown.state, ReportCheck::State::Unknown);
  EXPECT_FALSE(unknown.differences);
}

// What openpyxl and LibreOffice save anew is the same in content: neither is a cell told to differ nor is what they leave out silent.
TEST_F(Traces, a_workbook_that_another_program_saved_is_the_same_in_content_and_what_differs_in_form_is_told) {
  const auto place = folder->path() / "saved";
  std::filesystem::create_directories(place / "openpyxl");
  std::set<std::string> kinds;
  std::vector<std::pair<std::string, std::string>> workbooks;  // name, report
  each_report([&](const std::string& project, const StoredReport& report) {
    // Those of hundreds of pages take minutes to be saved and hold no other kind of cell.
    static const std::set<std::string> long_ones{"hours-summary", "findings", "eligibility-log", "attendance-certificate"};
    if (project != "ung-horisont" || long_ones.contains(report.kind) || !kinds.insert(report.kind).second) return;
    for (const auto& file : report.files) {
      std::filesystem::copy_file(files.at(file.sha256), place / file.name);
      workbooks.emplace_back(file.name, report.id);
    }
  });
  ASSERT_GE(workbooks.size(), 7u);
  const std::string saving = "/usr/bin/python3 '" + (std::filesystem::path(HORISONT_SOURCE_DIR) / "tests/app/save_anew.py").string() +
                             "' '" + place.string() + "'";
  const int status = WEXITSTATUS(std::system(saving.c_str()));
  if (status == 77) GTEST_SKIP() << "openpyxl or LibreOffice is absent: see the line above";
  ASSERT_EQ(status, 0) << saving;
  for (const char* program : {"openpyxl", "libreoffice"}) {
    std::int64_t without_result = 0;
    for (const auto& [name, report] : workbooks) {
      SCOPED_TRACE(std::string(program) + " " + name);
      const ReportCheck check = check_report(*workspace, place / program / name, "ung-horisont", *Date::parse("2018-02-01"));
      EXPECT_TRUE(check.state == ReportCheck::State::Altered || check.state == ReportCheck::State::Nearest);
      EXPECT_EQ(check.report, report);
      ASSERT_TRUE(check.differences);
      EXPECT_EQ(told(check), std::vector<std::string>{});
      for (const FormDifference& one : check.form) {
        EXPECT_NE(one.made, one.found) << one.what.id;
        EXPECT_TRUE(text_of(one.what.id)) << one.what.id;
        if (one.what.id == "report-check.form.without-result") without_result += one.found;
      }
    }
    if (std::string_view(program) == "openpyxl") {
      EXPECT_GT(without_result, 20) << "it saves formulas without their results";
    }
  }
  // A formula that was changed is told also where no result is saved with it.
  const auto control = std::find_if(workbooks.begin(), workbooks.end(),
                                    [](const auto& one) { return one.first.ends_with("_SCB_kontroll.xlsx"); });
  ASSERT_NE(control, workbooks.end());
  const std::string bytes = read_file(place / "openpyxl" / control->first);
  const auto zip = Zip::open(bytes);
  ASSERT_TRUE(zip);
  for (int n = 1;; ++n) {
    const std::string part = "xl/worksheets/sheet" + std::to_string(n) + ".xml";
    const ZipEntry* entry = zip->find(part);
    ASSERT_TRUE(entry);
    std::string sheet = *zip->text(*entry, 10 << 20);
    const auto formula = sheet.find("<f>SUM(");
    if (formula == sheet.npos) continue;
    sheet.insert(formula + 3, "1+");
    write_file(place / "changed.xlsx", *zip_with_parts(bytes, {{part, sheet}}));
    const ReportCheck check = check_report(*workspace, place / "changed.xlsx", "ung-horisont", *Date::parse("2018-02-01"));
    ASSERT_EQ(told(check).size(), 1u);
    EXPECT_TRUE(check.differences->at(0).found.starts_with("=1+SUM(")) << check.differences->at(0).found;
    break;
  }
}

// A preview leaves nothing behind, so the demonstration stays as it was.
TEST_F(Traces, a_correction_of_the_gender_moves_one_person_from_one_column_of_the_indicators_to_the_other) {
  const std::string project = "ung-horisont";
  const Date today = *Date::parse("2018-02-01");
  const CorrectionRequest asked{.project = project,
                                .participant = "D-0001",
                                .changes = {{"gender", "man"}},
                                .reason = "numret är fel, personen är man",
                                .today = today,
                                .actor = {"anna", "case-worker"},
                                .now = *Moment::parse("2026-11-25T12:00:00Z")};
  const Effect effect = preview(*workspace, project, today, [&] { ASSERT_TRUE(correct(*workspace, asked)); }).effect;
  const auto of = [](const auto& numbers, Column column) { return numbers[static_cast<std::size_t>(column)]; };
  ASSERT_FALSE(effect.indicators.empty());
  for (const Effect::OfIndicator& one : effect.indicators) {
    EXPECT_EQ(of(one.before, Column::Total), of(one.after, Column::Total)) << one.code;
    EXPECT_EQ(of(one.before, Column::Men) + 1, of(one.after, Column::Men)) << one.code;
    EXPECT_EQ(of(one.before, Column::Women) - 1, of(one.after, Column::Women)) << one.code;
  }
  const std::string for_programs = as_json(indicator_changes_table(effect));
  EXPECT_NE(for_programs.find("\"men_before\":156,\"men_after\":157,\"women_before\":141,\"women_after\":140"), std::string::npos) << for_programs;
}

TEST_F(Traces, an_address_without_a_number_says_what_is_wrong) {
  const auto reports = workspace->store.reports("ung-horisont");
  const auto report = std::find_if(reports.begin(), reports.end(), [](const auto& r) { return r.kind == "hours-summary"; });
  ASSERT_NE(report, reports.end());
  const auto kept = kept_report(*workspace, "ung-horisont", report->id);
  ASSERT_TRUE(kept);
  const std::string sheet = kept->places.front().name;
  const std::pair<std::string, std::string> cases[] = {
      {"", "trace.no-address"},
      {"C14", "trace.no-address"},
      {sheet + "!", "trace.no-address"},
      {sheet + "!C0", "trace.no-address"},
      {sheet + "!ABCD1", "trace.no-address"},
      {sheet + "!C99999999999", "trace.no-address"},
      {"Kontroll!B5", "trace.no-number"},
      {"Control!E9999", "trace.no-number"},
      {"Kontrollen!B5", "trace.no-sheet"},
      {sheet + "!ZZ5", "trace.no-cell"},
      {sheet + "!A1", "trace.no-cell"},
      {sheet + "!A1048576", "trace.no-cell"},
      {sheet + "!A5", "trace.no-number"},
  };
  for (const auto& [address, id] : cases) {
    const auto found = number_at(*kept, address);
    ASSERT_FALSE(found) << address;
    EXPECT_EQ(found.error().message.id, id) << address;
  }
  EXPECT_EQ(kept_report(*workspace, "ung-horisont", "R-2016-01-999").error().message.id, "trace.no-report");
  std::size_t named = 0;
  for (const PlacedSheet& placed : kept->places)
    for (const auto& column : placed.columns)
      if (!column.name.empty() && column.total != Total::None) {
        const auto found = number_at(*kept, column.name);
        ASSERT_TRUE(found) << column.name;
        EXPECT_TRUE(found->total) << column.name;
        ++named;
      }
  EXPECT_GT(named, 0u) << "this report's template names totals";
}

TEST_F(Traces, what_is_kept_is_read_whole_or_not_at_all) {
  const auto reports = workspace->store.reports("ung-horisont");
  const StoredReport& report = reports.front();
  const std::string behind = *workspace->store.behind("ung-horisont", report.id);
  ASSERT_TRUE(thaw(report.sheets_text, behind));
  EXPECT_FALSE(thaw(report.sheets_text, behind + '\0'));
  for (std::size_t cut = 0; cut < behind.size(); cut += 1 + behind.size() / 97)
    EXPECT_FALSE(thaw(report.sheets_text, std::string_view(behind).substr(0, cut))) << cut;
  EXPECT_FALSE(thaw(report.sheets_text.substr(0, report.sheets_text.size() - 4), behind));
}

}  // namespace
}  // namespace horisont
