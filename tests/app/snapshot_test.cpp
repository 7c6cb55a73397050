// What pages show after somebody has written is what is known then, though only those are read anew of whom something was written.

#include "app/snapshot.h"

#include <gtest/gtest.h>

#include "app/answers.h"
#include "app/correct.h"
#include "app/effect_on_some.h"
#include "app/evidence.h"
#include "app/import_file.h"
#include "app/manual.h"
#include "app/months.h"
#include "edge/files/files.h"
#include "support/places.h"

namespace horisont {
namespace {

const std::string project = "ung-horisont";
const Date today = *Date::parse("2016-12-31");
const Moment now = *Moment::parse("2016-12-31T08:00:00Z");
constexpr int people = 200;

std::string said(const Table& table) {
  std::string all;
  for (const auto& row : table.rows) {
    for (const Table::Value& value : row) {
      if (const auto* text = std::get_if<std::string>(&value)) all += *text;
      if (const auto* number = std::get_if<std::int64_t>(&value)) all += std::to_string(*number);
      if (const auto* word = std::get_if<Table::Word>(&value)) all += word->key;
      if (const auto* message = std::get_if<Message>(&value)) all += words(*message, Language::English);
      all += '|';
    }
    all += '\n';
  }
  return all;
}

// All that pages, reports and months say of a state.
std::vector<std::pair<std::string, std::string>> all_of(const Workspace& workspace, const ProjectState& state) {
  std::vector<std::pair<std::string, std::string>> all;
  const Period always{*Date::of(1, 1, 1), std::nullopt};
  all.emplace_back("participants", said(participants_table(state, {})));
  std::string persons, decisions;
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    const Participation& person = state.participations[i];
    persons += said(person_table(*workspace.schemas, state, person, Language::English)) + std::to_string(person.overlap_days);
    const Decision& decision = state.decisions[i];
    decisions += std::to_string(decision.person) + " " + std::to_string(decision.hit) + " " + std::to_string(decision.cannot_tell);
    for (const std::string& code : decision.codes) decisions += " " + code;
    decisions += "\n";
  }
  all.emplace_back("persons", persons);
  all.emplace_back("decisions", decisions);
  for (const char* by : {"participant", "month", "day", "activity", "signature", "reason"})
    all.emplace_back(by, said(hours_table(state, by, always)));
  all.emplace_back("problems", said(findings_table(open_problems(state))));
  all.emplace_back("months", said(months_table(state, {state.participations, state.today})));
  std::string contents, sums, together;
  for (Month month = *Month::parse("2016-02"); month <= *Month::parse("2016-12"); month = month.next())
    contents += month_digest(state, month) + "\n";
  for (const auto& [month, content] : state.month_contents) contents += month.iso() + " " + content + "\n";
  for (const LedgerCell& cell : state.hours.cells)
    sums += std::to_string(cell.person) + " " + std::to_string(cell.month) + " " + std::to_string(cell.accepted) + "\n";
  for (const std::int64_t minutes : state.hours.minutes) sums += std::to_string(minutes) + " ";
  for (const TwoPlaces& both : state.hours.two_places)
    together += std::to_string(both.record) + " " + both.with + " " + std::to_string(both.minutes) + "\n";
  all.emplace_back("what months say", contents);
  all.emplace_back("sums of hours", sums);
  all.emplace_back("two places at once", together);
  return all;
}

class ReadAnew : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::optional<Workspace> workspace;
  std::optional<Snapshots> snapshots;
  int files = 0;

  void SetUp() override {
    workspace.emplace(opened());
    snapshots.emplace(opened());
    std::string text = "Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum;Slutdatum;Sysselsättning;KAA\n";
    for (int i = 1; i <= people; ++i)
      text += person(i) + ";Ek, Bo;1998-05-" + (i % 28 < 9 ? "0" : "") + std::to_string(i % 28 + 1) + ";Karlstad;2016-02-0" +
              std::to_string(i % 9 + 1) + ";" + (i % 7 ? "" : "2016-05-31") + ";arbetslös;ja\n";
    read(text);
    text = hours_head;
    for (int i = 1; i <= people; ++i)
      for (const char* day : {"2016-03-01", "2016-03-02", "2016-04-05", "2016-06-07"}) text += person(i) + ";" + day + ";7,5;praktik\n";
    read(text);
  }
  Workspace opened() {
    auto workspace_of_home = open_workspace(folder.path() / "home", HORISONT_SOURCE_DIR);
    EXPECT_TRUE(workspace_of_home);
    return std::move(*workspace_of_home);
  }
  static std::string person(int number) { return "A" + std::to_string(number); }
  std::uint32_t read(const std::string& text, const std::string& into = project) {
    const auto file = folder.path() / ("fil " + std::to_string(++files) + ".csv");
    write_file(file, text);
    ImportRequest asked{.project = into, .file = file};
    asked.correction = "hela listan gick igenom igen", asked.good_rows_only = true;
    asked.today = today, asked.actor = {"anna", "case-worker"}, asked.now = now;
    const ImportOutcome outcome = import_file(*workspace, asked);
    EXPECT_EQ(outcome.state, ImportOutcome::State::Stored)
        << (outcome.findings.empty() ? "" : finding_words(outcome.findings.front(), Language::English));
    return outcome.stored.id;
  }
  std::shared_ptr<const Snapshot> shown() { return snapshots->of(project, today); }
  // Reads anew of `most` people at most, and says what would be said had everything been read.
  void expect_the_same(const std::string& what, std::size_t most) {
    const std::size_t before = snapshots->people_read();
    const auto snapshot = shown();
    EXPECT_LE(snapshots->people_read() - before, most) << what;
    EXPECT_GT(snapshots->people_read(), before) << what << ": nothing was read";
    const ProjectState everything = project_state(*workspace, project, today, Explain::No);
    const auto is = all_of(*workspace, *snapshot->whole()), should_be = all_of(*workspace, everything);
    for (std::size_t i = 0; i < is.size(); ++i) EXPECT_EQ(is[i].second, should_be[i].second) << what << ": " << is[i].first;
    const PeopleCounts counted(everything.participations, today);
    EXPECT_EQ(snapshot->counts().begun(), counted.begun()) << what;
    EXPECT_EQ(snapshot->counts().left(), counted.left()) << what;
    for (Month month = *Month::parse("2016-01"); month <= *Month::parse("2017-01"); month = month.next()) {
      EXPECT_EQ(snapshot->counts().members(month), counted.members(month)) << what << ", " << month.iso();
      EXPECT_EQ(snapshot->counts().exits(month).left, counted.exits(month).left) << what << ", " << month.iso();
      EXPECT_EQ(snapshot->counts().exits(month).unanswered, counted.exits(month).unanswered) << what << ", " << month.iso();
      EXPECT_EQ(snapshot->known->month_content(month), month_digest(everything, month)) << what << ", " << month.iso();
    }
  }
  auto decided_by_hand() {
    return decide_by_hand(*workspace, {.project = project,
                                       .participant = "D-0009",
                                       .codes = {"P05"},
                                       .met = false,
                                       .reason = "intyget gäller en annan",
                                       .evidence = {},
                                       .approved_by = "eva",
                                       .today = today,
                                       .actor = {"anna", "case-worker"},
                                       .now = now});
  }
  const std::string hours_head = "Deltagar-id;Datum;Timmar;Aktivitet\n";
};

TEST_F(ReadAnew, what_was_written_about_some_is_read_of_them_alone) {
  ASSERT_EQ(shown()->people().size(), std::size_t{people});
  ASSERT_EQ(snapshots->people_read(), std::size_t{people});
  ASSERT_EQ(shown()->known->hours.size(), std::size_t{4 * people});
  constexpr const char* reason = "står fel i papperen";
  const auto correction = [&](const char* who, const char* field, const char* text) {
    const auto done = correct(*workspace, {.project = project,
                                           .participant = who,
                                           .changes = {{field, text}},
                                           .reason = reason,
                                           .today = today,
                                           .actor = {"anna", "case-worker"},
                                           .now = now});
    EXPECT_TRUE(done) << words(done.error().message, Language::English);
  };
  correction("D-0007", "entry_date", "2016-03-02");
  expect_the_same("a correction of a day", 1);
  correction("D-0100", "exit_date", "2016-04-05");
  expect_the_same("a correction of an exit", 1);
  const std::uint32_t more = read(hours_head + "A1;2016-07-01;6;praktik\nA200;2016-07-01;6;praktik\nA201;2016-07-01;6;praktik\n");
  expect_the_same("hours of two", 2);
  read("Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum;Sysselsättning;KAA\nA201;Ny, Eva;1999-01-02;Karlstad;2016-08-01;arbetslös;ja\n"
       "A3;Ek, Bo;1998-05-04;Hammarö;2016-02-04;arbetslös;ja\n");
  expect_the_same("somebody new, and another fact of somebody", 2);
  EXPECT_EQ(shown()->people().size(), std::size_t{people + 1});
  const UndoRequest undo{.project = project, .import = more, .reason = reason, .today = today, .actor = {"anna", "case-worker"}, .now = now};
  ASSERT_TRUE(undo_import(*workspace, undo));
  expect_the_same("an import taken back", 2);
  const auto by_hand = decided_by_hand();
  ASSERT_TRUE(by_hand) << words(by_hand.error().message, Language::English);
  expect_the_same("a decision by hand", 1);
  correction("D-0009", "home_municipality", "Hammarö");
  expect_the_same("the facts under a decision by hand", 1);
  MonthEvent attested{.month = *Month::parse("2016-03"), .kind = MonthEvent::Kind::Attested};
  attested.content = shown()->known->month_content(attested.month), attested.actor = "anna", attested.role = "approver", attested.at = now;
  workspace->store.add(project, attested, {"anna", "approver"}, now);
  expect_the_same("a month attested", 1);
  read(hours_head + "A20;2016-03-15;6;praktik\n");
  expect_the_same("more hours in an attested month", 2);
  for (const MonthStanding& one : shown()->state().months)
    EXPECT_EQ(one.attest_fell, one.month == attested.month) << one.month.iso();
}

TEST_F(ReadAnew, some_at_a_time_are_read_as_everybody_at_once) {
  ASSERT_TRUE(decided_by_hand());
  MonthEvent attested{.month = *Month::parse("2016-03"), .kind = MonthEvent::Kind::Attested};
  attested.content = shown()->known->month_content(attested.month), attested.actor = "anna", attested.role = "approver", attested.at = now;
  workspace->store.add(project, attested, {"anna", "approver"}, now);
  const auto should_be = all_of(*workspace, project_state(*workspace, project, today, Explain::No));
  for (const std::size_t at_a_time : {1u, 7u, 199u, 200u, 10'000u}) {
    Snapshot snapshot;
    snapshot.known = Snapshot::Known::read(*workspace, project, today, {}, at_a_time);
    const auto is = all_of(*workspace, *snapshot.whole());
    for (std::size_t i = 0; i < is.size(); ++i) EXPECT_EQ(is[i].second, should_be[i].second) << at_a_time << ": " << is[i].first;
  }
}

TEST_F(ReadAnew, a_list_stays_while_it_is_asked_for_in_many_orders) {
  const auto snapshot = shown();
  int made = 0;
  const auto list = [&] { return *snapshot->derived<int>("list", [&] { return ++made; }); };
  EXPECT_EQ(list(), 1);
  for (int order = 0; order < 200; ++order)
    EXPECT_EQ(*snapshot->derived<int>("list|order " + std::to_string(order), [&] { return order; }), order);
  EXPECT_EQ(list(), 1) << "it was made again";
}

TEST_F(ReadAnew, what_a_correction_would_do_is_found_of_one_as_of_everybody) {
  const auto same = [&](const std::string& what, const CorrectionRequest& asked) {
    const auto snapshot = shown();
    const auto change = [&] {
      const auto done = correct(*workspace, asked);
      EXPECT_TRUE(done) << what << ": " << words(done.error().message, Language::English);
    };
    const Preview some = preview(*workspace, *snapshot, {*person_of_reference(asked.participant)}, change);
    const Preview all = preview(*workspace, project, today, change);
    EXPECT_FALSE(all.facts.changes.empty()) << what << ": nothing changes";
    EXPECT_EQ(said(difference_table(*workspace, project, some, 100)), said(difference_table(*workspace, project, all, 100))) << what;
    EXPECT_EQ(said(verdict_changes_table(some.effect)), said(verdict_changes_table(all.effect))) << what;
    EXPECT_EQ(said(month_changes_table(some.effect)), said(month_changes_table(all.effect))) << what;
    EXPECT_EQ(said(claim_changes_table(some.effect)), said(claim_changes_table(all.effect))) << what;
    EXPECT_EQ(said(indicator_changes_table(some.effect)), said(indicator_changes_table(all.effect))) << what;
    EXPECT_EQ(some.filed, all.filed) << what;
    EXPECT_EQ(said(some.resend), said(all.resend)) << what;
    return all;
  };
  const auto correction = [&](const char* who, const char* field, const char* text) {
    return CorrectionRequest{.project = project,
                             .participant = who,
                             .changes = {{field, text}},
                             .reason = "står fel i papperen",
                             .today = today,
                             .actor = {"anna", "case-worker"},
                             .now = now};
  };
  same("a municipality", correction("D-0003", "home_municipality", "Hammarö"));
  same("hours before the entry", correction("D-0007", "entry_date", "2016-03-02"));
  const Preview older = same("an age outside the limits", correction("D-0100", "birth_date", "1961-05-04"));
  EXPECT_FALSE(older.effect.verdicts.empty());
  same("an exit", correction("D-0101", "exit_date", "2016-04-05"));
  same("a status, that of everybody who is counted", correction("D-0102", "employment_status", "anställd"));
  ASSERT_TRUE(correct(*workspace, correction("D-0104", "exit_date", "2016-05-06")));
  same("a second correction of the field", correction("D-0104", "exit_date", "2016-05-09"));
  ASSERT_TRUE(decided_by_hand());
  same("beside a decision by hand", correction("D-0103", "birth_date", "1961-05-04"));
  for (const auto kind : {MonthEvent::Kind::Attested, MonthEvent::Kind::Filed}) {
    MonthEvent event{.month = *Month::parse("2016-03"), .kind = kind};
    event.content = shown()->known->month_content(event.month), event.actor = "anna", event.role = "approver", event.at = now;
    if (kind == MonthEvent::Kind::Filed) event.filed_on = *Date::parse("2016-04-10"), event.filed_to = "SCB", event.report = "R-2016-03-001";
    workspace->store.add(project, event, {"anna", "approver"}, now);
  }
  const Preview reopens = same("a filed month", correction("D-0011", "birth_date", "1961-05-04"));
  EXPECT_EQ(reopens.filed, std::vector{*Month::parse("2016-03")});
  const Preview beside = same("nothing in a filed month", correction("D-0012", "exit_date", "2016-09-05"));
  EXPECT_EQ(beside.filed, std::vector<Month>{});
  // Made, they open the month again or leave it.
  const auto opened_again = correct(*workspace, correction("D-0011", "birth_date", "1961-05-04"));
  ASSERT_TRUE(opened_again);
  EXPECT_EQ(*opened_again, std::vector{*Month::parse("2016-03")});
  const auto left = correct(*workspace, correction("D-0012", "exit_date", "2016-09-05"));
  ASSERT_TRUE(left);
  EXPECT_EQ(*left, std::vector<Month>{});
}

TEST_F(ReadAnew, what_was_written_about_most_or_in_another_project_is_read_of_everybody) {
  ASSERT_EQ(shown()->people().size(), std::size_t{people});
  std::string text = hours_head;
  for (int i = 1; i <= people; ++i) text += person(i) + ";2016-07-01;6;praktik\n";
  read(text);
  expect_the_same("hours of everybody", people);
  read("Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum;Sysselsättning;KAA\nX;Ek, Bo;1999-01-02;Karlstad;2016-08-01;arbetslös;ja\n",
       "varmlands-framtid");
  expect_the_same("somebody in another project", people);
}

}  // namespace
}  // namespace horisont
