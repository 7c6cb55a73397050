// What the reports offer is what docs/formats/report-fields.md says, and every word they use has its texts.

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "core/reports/behind.h"
#include "core/reports/long_term.h"
#include "core/reports/trace.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

// Every report of one story, with the projects that stand behind it.
template <class Visit>
void with_every_report(Visit&& visit) {
  Story story;
  story.project.school_project = true;
  const Verdict verdicts[] = {Verdict::Eligible, Verdict::NotEligible, Verdict::Undecided, Verdict::EligibleWithRemarks};
  for (const Verdict verdict : verdicts) story.add({.left = "2016-05-20", .verdict = verdict, .codes = {"P05"}});
  story.add({.number = ""});
  story.add({.gender = "man", .protected_identity = true});
  for (std::size_t reason = 0; reason < reason_count; ++reason)
    story.attend(static_cast<std::uint32_t>(reason % 4), "2016-05-02", 60, static_cast<Reason>(reason));
  for (std::uint32_t person = 0; person < 4; ++person) story.result(person, Answer::Yes, "employed", Answer::No);
  story.project.published = {{"completed", day("2016-06-30"), "4", {}}};
  story.programme.staff_year_cap.values = {{Minutes{1720 * 60}, {day("2014-01-01"), std::nullopt}, {}, "staff_year_cap", 40}};
  story.programme.staff_signature.values = {{"person", {day("2014-01-01"), std::nullopt}, {}, "staff_signature", 44}};
  story.programme.money_rounding.values = {{Rounding::HalfUp, {day("2014-01-01"), std::nullopt}, {}, "money_rounding", 48}};
  story.programme.unit_costs = {
      {.value = {"project_worker", "riket", Money::of_ore(48'200)}, .valid = {day("2014-01-01"), std::nullopt}, .cited = {}}};
  story.programme.flat_rates = {{.value = {"other_40", 40, false, "direct_staff", "all_other"},
                                 .valid = {day("2014-01-01"), std::nullopt},
                                 .cited = {"", Confidence::UnverifiedDefault}}};
  story.project.staff_cost_model = "function", story.project.rate_area = "riket", story.project.flat_rate = "other_40";
  story.project.cofinancing_percent = 40;
  story.work("2016-05-02", 7 * 60), story.work("2016-05-03", 7 * 60).signed_on.reset();
  story.work("2016-04-04", 7 * 60, "8").employment_share.reset(), story.work("2016-05-05", 7 * 60).absence = "excused";
  story.work("2016-05-06", 25 * 60), story.work("2015-05-06", 60);
  story.judge_staff();
  const ReportInput input = story.input();
  const ReportInput* projects[] = {&input};
  const Report reports[] = {scb_month(input, month("2016-05")),
                            long_term_sample(input, Framework::Yei, {.id = "S-1", .method = "simple"}),
                            attendance_certificate(input, month("2016-05")),
                            hours_summary(input, {day("2016-05-01"), day("2016-05-31")}),
                            eligibility_log(input),
                            findings_report(input),
                            project_outcome(input, day("2016-06-30")),
                            good_practice(projects, {}, day("2016-06-30")),
                            staff_time_report(input, {day("2015-05-01"), day("2016-05-31")}),
                            payment_claim(input, month("2016-05")).value(),
                            annex_xvii(input, day("2016-06-30")),
                            indicators_report(input, Framework::Esf2014, day("2016-06-30")),
                            indicators_report(input, Framework::Yei, day("2016-06-30")),
                            indicators_report(input, Framework::EsfPlus, day("2016-06-30"))};
  for (const Report& report : reports) visit(report, std::span<const ReportInput* const>(projects));
}

std::vector<Report> every_report() {
  std::vector<Report> reports;
  with_every_report([&](const Report& report, auto) { reports.push_back(report); });
  return reports;
}

// Sheet ids and field keys of one report, as the document has them in backquotes at the start of headings and table rows.
std::map<std::string, std::set<std::string>> documented(const std::string& kind) {
  std::ifstream in(std::string(HORISONT_SOURCE_DIR) + "/docs/formats/report-fields.md");
  std::map<std::string, std::set<std::string>> sheets;
  std::string line, report, sheet;
  while (std::getline(in, line)) {
    const auto quoted = [&](std::size_t from) { return line.substr(from, line.find('`', from) - from); };
    if (line.starts_with("## "))
      report = line.starts_with("## `") ? quoted(4) : std::string(), sheet.clear();
    else if (line.starts_with("### `"))
      sheet = quoted(5);
    else if (line.starts_with("| `") && report == kind && !sheet.empty()) {
      const std::string keys = line.substr(2, line.find('|', 2) - 2);
      for (std::size_t at = keys.find('`'); at != std::string::npos; at = keys.find('`', keys.find('`', at + 1) + 1))
        sheets[sheet].insert(keys.substr(at + 1, keys.find('`', at + 1) - at - 1));
    }
  }
  return sheets;
}

std::string generic(const std::string& field) {
  if (field.starts_with("rule_P")) return "rule_<code>";
  if (field.starts_with("project_")) return "project_<key>";
  if (field.starts_with("accepted_2")) return "accepted_<yyyy-mm>";
  if (field.starts_with("certificate_D-")) return "certificate_<participant>";
  return field;
}

TEST(ReportFields, are_exactly_those_of_the_document) {
  for (const Report& report : every_report()) {
    const auto sheets = documented(report.kind);
    std::set<std::string> ids;
    for (const Sheet& sheet : report.sheets) ids.insert(generic(sheet.id));
    EXPECT_EQ(sheets.size(), ids.size()) << report.kind;
    for (const Sheet& sheet : report.sheets) {
      std::set<std::string> built;
      for (const std::string& field : sheet.fields) built.insert(generic(field));
      const auto written = sheets.find(generic(sheet.id));
      ASSERT_NE(written, sheets.end()) << report.kind << " " << sheet.id;
      EXPECT_EQ(built, written->second) << report.kind << " " << sheet.id;
    }
  }
}

// REP-21: what is kept of a report gives back every number of it, body and totals, with difference 0.
TEST(ReportFields, every_number_of_every_report_is_made_of_what_is_kept_behind_it) {
  std::map<std::string, std::size_t> traced;
  with_every_report([&](const Report& report, std::span<const ReportInput* const> projects) {
    const auto kept = thaw(to_text(report), freeze(report, projects));
    ASSERT_TRUE(kept) << report.kind;
    for (std::size_t s = 0; s < kept->report.sheets.size(); ++s) {
      const Sheet& sheet = kept->report.sheets[s];
      const auto ask = [&](const CellPlace& place, const Cell::Value& value) {
        if (!is_number(value)) return;
        const auto found = trace(*kept, place);
        ASSERT_TRUE(found) << report.kind << " " << sheet.id << " " << sheet.fields[place.field] << " row " << place.row;
        EXPECT_EQ(found->difference, 0) << report.kind << " " << sheet.id << " " << sheet.fields[place.field] << " row " << place.row;
        ++traced[report.kind];
      };
      for (std::size_t row = 0; row < row_count(sheet); ++row)
        for (std::size_t field = 0; field < sheet.fields.size(); ++field) {
          const Cell cell = cell_at(sheet, row, field);
          ask({.sheet = s, .row = row, .field = field}, cell.value);
        }
      for (std::size_t field = 0; field < sheet.totals.size(); ++field)
        ask({.sheet = s, .row = 0, .field = field, .total = true}, sheet.totals[field].value);
    }
  });
  for (const Report& report : every_report())
    EXPECT_EQ(traced[report.kind] > 0, report.kind != "eligibility-log") << report.kind;
}

// The numbers of the control sheet: of every reconciliation three, and what remains.
TEST(ReportFields, every_number_of_every_control_sheet_is_made_of_cells_of_its_report_or_said_to_be_the_registers) {
  std::set<std::string> of_the_register;
  with_every_report([&](const Report& report, std::span<const ReportInput* const> projects) {
    const auto kept = thaw(to_text(report), freeze(report, projects));
    ASSERT_TRUE(kept) << report.kind;
    const auto ask = [&](const CellPlace& place, const std::string& what) {
      const auto found = trace(*kept, place);
      ASSERT_TRUE(found) << what;
      EXPECT_EQ(found->difference, 0) << what << " " << place.field << ": " << found->number << " of " << found->made_of;
      if (found->derivation == Derivation::Register) of_the_register.insert(what + (place.control == Control::Check ? "." + std::to_string(place.field) : ""));
    };
    for (std::size_t i = 0; i < report.checks.size(); ++i)
      for (std::size_t field = 0; field < 3; ++field)
        ask({.row = i, .field = field, .control = Control::Check}, report.kind + " " + report.checks[i].what.id);
    for (std::size_t i = 0; i < report.remaining.size(); ++i)
      ask({.row = i, .control = Control::Remaining}, report.kind + " " + report.remaining[i].what.id);
    EXPECT_FALSE(trace(*kept, {.row = report.checks.size(), .control = Control::Check}));
    EXPECT_FALSE(trace(*kept, {.row = 0, .field = 3, .control = Control::Check}));
    // What the report says and the register does not is a difference that is told, not one of the trace.
    auto altered = *kept;
    if (altered.report.checks.empty()) return;
    ++altered.report.checks[0].in_report;
    const auto difference = trace(altered, {.row = 0, .field = 2, .control = Control::Check});
    ASSERT_TRUE(difference);
    EXPECT_EQ(difference->number, 1 + report.checks[0].in_report - report.checks[0].in_register);
    EXPECT_EQ(trace(altered, {.row = 0, .field = 0, .control = Control::Check})->difference, 1) << report.kind;
  });
  EXPECT_EQ(of_the_register, (std::set<std::string>{"indicators-esf-2014 check.indicator_columns.0",
                                                    "indicators-esf-plus check.indicator_columns.0",
                                                    "indicators-yei check.indicator_columns.0",
                                                    "long-term-sample check.long_term_frame.1",
                                                    "staff-time remaining.staff_share",
                                                    "staff-time remaining.staff_undecided",
                                                    "staff-time remaining.staff_unsigned"}));
}

TEST(ReportFields, every_row_has_a_cell_for_every_field) {
  for (const Report& report : every_report())
    for (const Sheet& sheet : report.sheets) {
      EXPECT_TRUE(sheet.totals.empty() || sheet.totals.size() == sheet.fields.size()) << report.kind << " " << sheet.id;
      EXPECT_TRUE(sheet.roles.empty() || sheet.roles.size() == sheet.rows.size()) << report.kind << " " << sheet.id;
      for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.fields.size()) << report.kind << " " << sheet.id;
    }
}

TEST(ReportFields, every_word_of_a_report_has_its_texts) {
  std::set<std::string> ids;
  for (const Report& report : every_report()) {
    for (const Sheet& sheet : report.sheets)
      for (const auto& row : sheet.rows)
        for (const Cell& cell : row) {
          if (const auto* choice = std::get_if<Kept<Choice>>(&cell.value)) ids.insert((*choice)->list + "." + (*choice)->word);
          if (const auto* message = std::get_if<Kept<Message>>(&cell.value)) ids.insert((*message)->id);
          if (const auto* verdict = std::get_if<Verdict>(&cell.value)) ids.insert("verdict." + std::string(name_of(*verdict)));
        }
    for (const Message& note : report.notes) ids.insert(note.id);
    for (const auto& check : report.checks) ids.insert(check.what.id);
    for (const auto& unverified : report.unverified) ids.insert(unverified.what);
    for (const auto& remaining : report.remaining) ids.insert(remaining.what.id);
    for (const auto& [label, value] : report.control) ids.insert(label);
  }
  EXPECT_GT(ids.size(), 100u);
  for (const std::string& id : ids) EXPECT_NE(text_of(id), nullptr) << id;
}

TEST(ReportFields, every_definition_that_a_heading_may_name_is_written) {
  std::ifstream in(std::string(HORISONT_SOURCE_DIR) + "/docs/formats/report-fields.md");
  std::stringstream text;
  text << in.rdbuf();
  const std::string document = text.str();
  int found = 0;
  for (std::size_t at = document.find("`def."); at != std::string::npos; at = document.find("`def.", at + 1)) {
    const std::string id = document.substr(at + 1, document.find('`', at + 1) - at - 1);
    if (id.find('<') != std::string::npos) continue;
    EXPECT_NE(text_of(id), nullptr) << id;
    ++found;
  }
  EXPECT_GT(found, 20);
}

TEST(ReportFields, agree_with_the_register_in_every_report) {
  for (const Report& report : every_report()) expect_all_agree(report);
}

}  // namespace
}  // namespace horisont
