// Records in, participations out: what a later file changes, who came back, and what is not known.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/cases/participation.h"
#include "core/cases/staff_rows.h"
#include "support/given.h"

namespace horisont {
namespace {

using Values = std::vector<std::pair<const char*, const char*>>;

struct Row {
  RecordKind kind;
  Values values;
  std::uint32_t import = 1, person = 0;
};

std::vector<Record> records(const std::vector<Row>& rows) {
  std::vector<Record> all;
  for (const Row& row : rows) {
    Record record{
        .kind = row.kind, .origin = {row.import, 0, static_cast<std::uint32_t>(all.size() + 2), 0}, .person = row.person};
    std::uint16_t column = 0;
    for (const auto& [field, value] : row.values) record.values.push_back({field, value, ++column});
    all.push_back(std::move(record));
  }
  return all;
}
constexpr auto participants = RecordKind::Participants, results = RecordKind::Results, evidence = RecordKind::Evidence;

Participation one(const std::vector<Row>& rows, const People& people = {{.local_id = "UH-1", .name = "Öberg, Åsa"}}) {
  auto all = fold(records(rows), people, project());
  if (all.size() != 1) throw std::logic_error("one participation expected");
  return all[0];
}
std::string iso(const Fact<Date>& fact) { return fact ? fact->value.iso() : "-"; }
std::string word(const Fact<std::string>& fact) { return fact ? fact->value : "-"; }
std::string yes_no(const Fact<bool>& fact) { return !fact ? "-" : fact->value ? "yes" : "no"; }
std::string spells(const Participation& p) {
  std::string text;
  for (const Period& spell : p.spells)
    text += (text.empty() ? "" : ", ") + spell.first.iso() + " to " + (spell.last ? spell.last->iso() : "-");
  return text;
}

TEST(Fold, the_newest_register_says_the_number) {
  const auto number = [](const char* twelve) { return *PersonalIdentityNumber::of_normal_form(twelve); };
  const People people{{.number = number("199803039800"), .local_id = "UH-2", .name = "Ek, Bo"}};
  const Participation p = one({{participants, {{"identity_number", "199803039800"}, {"entry_date", "2016-02-08"}}, 1},
                               {participants, {{"identity_number", "199803049841"}, {"entry_date", "2016-02-08"}}, 2}},
                              people);
  EXPECT_EQ(p.number, number("199803049841"));
  EXPECT_EQ(iso(p.born_on), "1998-03-04");
}

TEST(Fold, a_row_becomes_a_participation_with_the_cell_of_each_fact) {
  const Participation p =
      one({{participants, {{"birth_date", "1996-05-10"}, {"entry_date", "2017-03-01"}, {"home_municipality", "1780"}}}});
  EXPECT_EQ(p.reference, "D-0001");
  EXPECT_EQ(p.name, "Öberg, Åsa");
  EXPECT_EQ(p.local_id, "UH-1");
  EXPECT_EQ(iso(p.entered_on), "2017-03-01");
  EXPECT_EQ(p.home_municipality->origin, (Origin{1, 0, 2, 3}));
  EXPECT_EQ(p.origin, (Origin{1, 0, 2, 0}));
  EXPECT_EQ(spells(p), "2017-03-01 to -");
  EXPECT_FALSE(p.result);
}

TEST(Fold, birth_date_and_gender_come_from_the_number_and_else_from_the_column) {
  const People numbered{{.number = PersonalIdentityNumber::of_normal_form("200001012384").value()}};
  const People unnumbered{Person{}};
  const Values row{{"birth_date", "1996-05-10"}, {"entry_date", "2017-03-01"}};
  EXPECT_EQ(iso(one({{participants, row}}, numbered).born_on), "2000-01-01");
  EXPECT_EQ(one({{participants, row}}, numbered).gender, "woman");
  EXPECT_EQ(iso(one({{participants, row}}, unnumbered).born_on), "1996-05-10");
  EXPECT_EQ(one({{participants, row}}, unnumbered).gender, "");
  EXPECT_EQ(one({{participants, {{"gender", "non_binary"}}}}, numbered).gender, "non_binary");
  EXPECT_EQ(one({{participants, {{"gender", "unknown"}}}}, numbered).gender, "woman");
}

TEST(Fold, works_and_studies_follow_from_the_answers_given) {
  struct Case {
    Values values;
    const char *works, *studies;
  };
  const Case cases[] = {
      {{{"employment_status", "employed"}}, "yes", "-"},
      {{{"employment_status", "self_employed"}}, "yes", "-"},
      {{{"employment_status", "unemployed"}}, "no", "-"},
      {{{"employment_status", "inactive"}}, "no", "-"},
      {{{"employment_status", "unknown"}}, "-", "-"},
      {{}, "-", "-"},
      {{{"in_education", "no"}, {"in_training", "no"}}, "-", "no"},
      {{{"in_education", "yes"}, {"in_training", "no"}}, "-", "yes"},
      {{{"in_education", "no"}, {"in_training", "yes"}}, "-", "yes"},
      {{{"in_education", "yes"}}, "-", "yes"},
      {{{"in_training", "yes"}, {"in_education", "unknown"}}, "-", "yes"},
      {{{"in_education", "no"}}, "-", "-"},
      {{{"in_training", "no"}}, "-", "-"},
      {{{"in_education", "no"}, {"in_training", "unknown"}}, "-", "-"},
  };
  for (const Case& c : cases) {
    const Participation p = one({{participants, c.values}});
    EXPECT_EQ(yes_no(p.works), c.works) << ::testing::PrintToString(c.values);
    EXPECT_EQ(yes_no(p.studies), c.studies) << ::testing::PrintToString(c.values);
  }
}

TEST(Fold, a_later_record_replaces_field_by_field_whatever_the_order_of_records) {
  auto all = records({
      {participants, {{"entry_date", "2017-03-01"}, {"home_municipality", "1780"}, {"email", "asa@example.se"}}, 1},
      {participants, {{"entry_date", "2017-03-01"}, {"home_municipality", "1761"}}, 2},
      {participants, {{"entry_date", "2017-03-01"}, {"home_municipality", "1715"}, {"email", "ny@example.se"}}, 0},  // a draft
  });
  std::mt19937 random{5};
  for (int round = 0; round < 6; ++round) {
    std::shuffle(all.begin(), all.end(), random);
    const auto p = fold(all, {Person{}}, project());
    ASSERT_EQ(p.size(), 1u);
    EXPECT_EQ(word(p[0].home_municipality), "1715");
    EXPECT_EQ(p[0].email, "ny@example.se");
    EXPECT_EQ(p[0].origin.import, 1u);
  }
}

TEST(Fold, a_field_that_a_later_file_leaves_out_stays_and_unknown_takes_it_back) {
  const Participation p =
      one({{participants, {{"entry_date", "2017-03-01"}, {"pupil_at_risk", "yes"}, {"kaa_registered", "yes"}}, 1},
           {participants, {{"entry_date", "2017-03-01"}, {"kaa_registered", "unknown"}}, 2}});
  EXPECT_EQ(yes_no(p.pupil_at_risk), "yes");
  EXPECT_EQ(yes_no(p.kaa_registered), "-");
}

TEST(Fold, an_entry_after_an_exit_is_a_spell_and_the_first_entry_stays_a_snapshot) {
  const Participation p = one(
      {{participants,
        {{"entry_date", "2016-03-01"}, {"exit_date", "2016-06-30"}, {"employment_status", "unemployed"}, {"email", "a@x.se"}},
        1},
       {participants, {{"entry_date", "2017-02-01"}, {"employment_status", "employed"}, {"email", "b@x.se"}}, 2}});
  EXPECT_EQ(iso(p.entered_on), "2016-03-01");
  EXPECT_EQ(iso(p.left_on), "-") << "back again and still taking part";
  EXPECT_EQ(spells(p), "2016-03-01 to 2016-06-30, 2017-02-01 to -");
  EXPECT_EQ(yes_no(p.works), "no") << "what happens later never rewrites the facts on entry";
  EXPECT_EQ(p.email, "b@x.se") << "how to reach a person is no fact on entry";
}

TEST(Fold, the_order_of_rows_in_one_register_decides_nothing) {
  const Row first{
      participants,
      {{"entry_date", "2016-03-01"}, {"exit_date", "2016-03-31"}, {"home_municipality", "1780"}, {"email", "a@x.se"}}};
  const Row second{participants, {{"entry_date", "2016-05-01"}, {"home_municipality", "1715"}, {"email", "b@x.se"}}};
  for (const auto& rows : {std::vector<Row>{first, second}, std::vector<Row>{second, first}}) {
    const Participation p = one(rows);
    EXPECT_EQ(spells(p), "2016-03-01 to 2016-03-31, 2016-05-01 to -");
    EXPECT_EQ(word(p.home_municipality), "1780") << "the later spell's municipality is its own";
    EXPECT_EQ(p.email, "b@x.se");
  }
}

TEST(Fold, an_earlier_spell_that_becomes_known_later_is_put_before_the_one_that_is_known) {
  const auto with_exit = [](const char* exit) {
    return one({{participants, {{"entry_date", "2016-05-01"}, {"home_municipality", "1715"}}, 1},
                {participants, {{"entry_date", "2016-03-01"}, {"exit_date", exit}, {"home_municipality", "1780"}}, 2}});
  };
  EXPECT_EQ(spells(with_exit("2016-04-30")), "2016-03-01 to 2016-04-30, 2016-05-01 to -");
  EXPECT_EQ(word(with_exit("2016-04-30").home_municipality), "1780");
  EXPECT_EQ(spells(with_exit("2016-05-01")), "2016-03-01 to 2016-05-01") << "not ended before: the same entry stated anew";
}

TEST(Fold, an_exit_in_the_results_ends_a_spell_as_well) {
  const Participation p = one({{participants, {{"entry_date", "2016-03-01"}}, 1},
                               {results, {{"exit_date", "2016-06-30"}, {"completed", "yes"}, {"status_after", "employed"}}, 2},
                               {participants, {{"entry_date", "2017-02-01"}}, 3},
                               {results, {{"exit_date", "2017-09-30"}, {"completed", "no"}}, 4}});
  EXPECT_EQ(spells(p), "2016-03-01 to 2016-06-30, 2017-02-01 to 2017-09-30");
  EXPECT_EQ(iso(p.left_on), "2017-09-30");
  ASSERT_TRUE(p.result);
  EXPECT_EQ(p.result->completed, Answer::No) << "the results are those of the last spell";
  EXPECT_EQ(word(p.result->status_after), "-");
}

TEST(Fold, who_came_back_has_no_result_yet) {
  const Participation p = one({{participants, {{"entry_date", "2016-03-01"}}, 1},
                               {results, {{"exit_date", "2016-06-30"}, {"completed", "yes"}}, 2},
                               {participants, {{"entry_date", "2017-02-01"}}, 3}});
  EXPECT_EQ(iso(p.left_on), "-");
  EXPECT_FALSE(p.result);
}

TEST(Fold, another_entry_date_without_an_exit_before_it_is_the_same_entry_stated_anew) {
  for (const char* anew : {"2017-02-15", "2017-03-15"}) {
    const Participation p = one({{participants, {{"entry_date", "2017-03-01"}, {"home_municipality", "1780"}}, 1},
                                 {participants, {{"entry_date", anew}, {"home_municipality", "1761"}}, 2}});
    EXPECT_EQ(iso(p.entered_on), anew);
    EXPECT_EQ(word(p.home_municipality), "1761");
    EXPECT_EQ(p.spells.size(), 1u);
  }
}

TEST(Fold, the_exit_in_the_results_goes_before_the_one_in_the_register) {
  const Participation p = one({{results, {{"exit_date", "2017-09-29"}, {"completed", "yes"}}, 1},
                               {participants, {{"entry_date", "2017-03-01"}, {"exit_date", "2017-09-30"}}, 2}});
  EXPECT_EQ(iso(p.left_on), "2017-09-29");
  EXPECT_EQ(p.left_on->origin.import, 1u);
}

TEST(Fold, a_later_row_of_results_replaces_field_by_field) {
  const Participation p = one({{participants, {{"entry_date", "2017-03-01"}}, 1},
                               {results, {{"exit_date", "2017-09-29"}, {"completed", "yes"}, {"status_after", "unknown"}}, 2},
                               {results, {{"exit_date", "2017-09-30"}, {"status_after", "employed"}}, 3}});
  EXPECT_EQ(iso(p.left_on), "2017-09-30");
  ASSERT_TRUE(p.result);
  EXPECT_EQ(p.result->completed, Answer::Yes);
  EXPECT_EQ(word(p.result->status_after), "employed");
}

TEST(Fold, an_answer_is_of_the_status_day_of_its_own_row) {
  struct Case {
    const char* name;
    std::vector<Row> rows;
    const char *studies, *qualification;
  };
  const Row entry{participants, {{"entry_date", "2017-03-01"}}, 1};
  const auto row = [](std::uint32_t import, std::vector<std::pair<const char*, const char*>> values) {
    values.insert(values.begin(), {"exit_date", "2017-09-29"});
    return Row{results, std::move(values), import};
  };
  const Case cases[] = {
      {"with its day", {entry, row(2, {{"in_education_after", "yes"}, {"qualification", "yes"}, {"status_after_date", "2017-10-02"}})}, "2017-10-02", "2017-10-02"},
      {"without a day", {entry, row(2, {{"in_education_after", "yes"}})}, "-", "-"},
      {"a day of its own goes before it",
       {entry, row(2, {{"in_education_after", "yes"}, {"qualification", "yes"}, {"qualification_date", "2017-10-05"}, {"status_after_date", "2017-10-02"}})},
       "2017-10-02", "2017-10-05"},
      {"another row's day is none of it",
       {entry, row(2, {{"in_education_after", "yes"}}), row(3, {{"status_after", "employed"}, {"status_after_date", "2017-10-20"}})},
       "-", "-"},
      {"a later row keeps what it does not say",
       {entry, row(2, {{"qualification", "yes"}, {"status_after_date", "2017-10-02"}}),
        row(3, {{"in_education_after", "yes"}, {"status_after_date", "2017-10-20"}})},
       "2017-10-20", "2017-10-02"},
      {"said anew without a day", {entry, row(2, {{"qualification", "yes"}, {"status_after_date", "2017-10-02"}}), row(3, {{"in_education_after", "no"}, {"qualification", "yes"}})}, "-", "-"},
      {"a no has no day to have come by", {entry, row(2, {{"in_education_after", "no"}, {"qualification", "no"}, {"status_after_date", "2017-10-02"}})}, "2017-10-02", "-"},
  };
  for (const Case& c : cases) {
    const Participation p = one(c.rows);
    ASSERT_TRUE(p.result) << c.name;
    EXPECT_EQ(iso(p.result->status_after_date), c.studies) << c.name;
    EXPECT_EQ(iso(p.result->qualification_date), c.qualification) << c.name;
  }
}

TEST(Fold, health_is_left_out_where_the_project_does_not_collect_it) {
  const std::vector<Row> rows{{participants, {{"entry_date", "2017-03-01"}}},
                              {results, {{"exit_date", "2017-09-29"}, {"health_improved", "yes"}}}};
  EXPECT_EQ(one(rows).result->health_improved, Answer::Unknown);
  ProjectTerms collects = project();
  collects.collect = {"health_improved"};
  EXPECT_EQ(fold(records(rows), {Person{}}, collects)[0].result->health_improved, Answer::Yes);
}

TEST(Fold, what_only_indicators_ask_for_is_left_out_unless_the_project_collects_it) {
  const std::pair<const char*, Answer Traits::*> all[] = {{"jobless_household", &Traits::jobless_household},
                                                          {"jobless_household_children", &Traits::jobless_household_children},
                                                          {"single_adult_children", &Traits::single_adult_children},
                                                          {"foreign_background", &Traits::foreign_background},
                                                          {"third_country_national", &Traits::third_country_national},
                                                          {"homeless", &Traits::homeless},
                                                          {"minority", &Traits::minority},
                                                          {"disability", &Traits::disability},
                                                          {"other_disadvantaged", &Traits::other_disadvantaged}};
  for (const auto& [field, trait] : all) {
    const std::vector<Row> rows{{participants, {{"entry_date", "2017-03-01"}, {field, "yes"}}}};
    EXPECT_EQ(one(rows).traits.*trait, Answer::Unknown) << field;
    ProjectTerms collects = project();
    collects.collect = {field};
    const Traits known = fold(records(rows), {Person{}}, collects)[0].traits;
    for (const auto& [other, other_trait] : all)
      EXPECT_EQ(known.*other_trait, other_trait == trait ? Answer::Yes : Answer::Unknown) << field << " " << other;
  }
}

TEST(Fold, evidence_is_kept_once_for_each_criterion_document_date_and_reference) {
  const Values extract{{"criterion", "residence"},
                       {"document_type", "register_extract"},
                       {"document_date", "2017-03-02"},
                       {"held_by", "Karlstad"}};
  Values moved = extract;
  moved.back().second = "Hagfors";
  const Participation p = one({{participants, {{"entry_date", "2017-03-01"}}, 1},
                               {evidence, extract, 2},
                               {evidence, moved, 3},
                               {evidence, {{"criterion", "identity"}, {"document_type", "identity_document"}}, 3},
                               {evidence, {{"criterion", "staff_contract"}, {"staff_id", "10417"}}, 3}});
  ASSERT_EQ(p.evidence.size(), 2u);
  EXPECT_EQ(p.evidence[0].held_by, "Hagfors");
  EXPECT_EQ(p.evidence[0].document_date, day("2017-03-02"));
  EXPECT_EQ(p.evidence[1].document_date, std::nullopt);
}

TEST(Fold, who_never_stood_in_a_register_of_participants_is_left_out) {
  const auto all =
      fold(records({{results, {{"exit_date", "2017-09-29"}}, 1, 0}, {participants, {{"entry_date", "2017-03-01"}}, 1, 1}}),
           People{Person{}, Person{}}, project());
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].reference, "D-0002");
}

TEST(Fold, an_entry_date_that_is_missing_leaves_no_spell) {
  const Participation p = one({{participants, {{"home_municipality", "1780"}, {"exit_date", "2017-09-29"}}}});
  EXPECT_EQ(iso(p.entered_on), "-");
  EXPECT_EQ(iso(p.left_on), "2017-09-29");
  EXPECT_TRUE(p.spells.empty());
}

TEST(FoldStaff, the_latest_statement_of_a_day_and_activity_stands) {
  const auto staff = fold_staff(records({
      {RecordKind::StaffTime, {{"staff_id", "10417"}, {"date", "2017-03-02"}, {"hours", "480"}, {"activity", "lead"}}, 1},
      {RecordKind::StaffTime,
       {{"staff_id", "10417"}, {"date", "2017-03-02"}, {"hours", "450"}, {"activity", "lead"}, {"signed_on", "2017-04-01"}},
       2},
      {RecordKind::StaffTime, {{"staff_id", "10417"}, {"month", "2017-03"}, {"hours", "9600"}, {"other_eu_hours", "60"}}, 2},
      {RecordKind::StaffTime, {{"staff_id", "10416"}, {"date", "2017-03-03"}, {"hours", "60"}}, 2},
  }));
  ASSERT_EQ(staff.size(), 3u);
  EXPECT_EQ(staff[0].staff_id, "10416");
  EXPECT_TRUE(staff[1].monthly);
  EXPECT_EQ(staff[1].day, day("2017-03-01").days());
  EXPECT_EQ(staff[1].other_eu_minutes, Minutes{60});
  EXPECT_EQ(staff[2].minutes, Minutes{450});
  EXPECT_EQ(staff[2].signed_on, day("2017-04-01"));
}

// "staff day minutes activity function", in the order of the fold.
std::vector<std::string> staff_lines(const std::vector<Record>& given) {
  std::vector<std::string> lines;
  for (const StaffTime& time : fold_staff(given))
    lines.push_back(time.employer + "/" + time.staff_id + " " + std::to_string(time.minutes.count()) + " " + time.activity + " " + time.function);
  return lines;
}
Record staff_row(std::uint32_t import, const char* hours, const char* function = "lead", const char* activity = "work",
                 const char* employer = "Karlstads kommun", const char* number = "30001") {
  std::vector<FieldValue> values{{"staff_id", number}, {"employer", employer}, {"date", "2024-03-04"}, {"hours", hours}, {"activity", activity}};
  if (*function) values.push_back({"function", function});
  return {RecordKind::StaffTime, {import, 0, 5, 0}, 0, std::move(values)};
}

TEST(FoldStaff, every_row_of_one_import_stands_and_a_later_import_replaces_them) {
  struct {
    const char* name;
    std::vector<Record> rows;
    std::vector<std::string> stand;
  } cases[] = {
      {"two rows of one day and activity in one file",
       {staff_row(1, "480"), staff_row(1, "300")},
       {"Karlstads kommun/30001 480 work lead", "Karlstads kommun/30001 300 work lead"}},
      {"in two functions",
       {staff_row(1, "480"), staff_row(1, "300", "help")},
       {"Karlstads kommun/30001 480 work lead", "Karlstads kommun/30001 300 work help"}},
      {"a later file says the day anew", {staff_row(1, "480"), staff_row(1, "300"), staff_row(2, "450")}, {"Karlstads kommun/30001 450 work lead"}},
      {"a later file speaks of another function",
       {staff_row(1, "480"), staff_row(2, "300", "help")},
       {"Karlstads kommun/30001 300 work help"}},
      {"a later file speaks of one of two functions",
       {staff_row(1, "240"), staff_row(1, "240", "help"), staff_row(2, "300", "help")},
       {"Karlstads kommun/30001 240 work lead", "Karlstads kommun/30001 300 work help"}},
      {"one of two functions is corrected",
       {staff_row(1, "240"), staff_row(1, "240", "help"), staff_row(2, "240"), staff_row(2, "240", "economist")},
       {"Karlstads kommun/30001 240 work lead", "Karlstads kommun/30001 240 work economist"}},
      {"a function that was not stated is stated", {staff_row(1, "480", ""), staff_row(2, "480")}, {"Karlstads kommun/30001 480 work lead"}},
      {"a later file leaves the function out", {staff_row(1, "480"), staff_row(2, "450", "")}, {"Karlstads kommun/30001 450 work "}},
      {"employer, number and activity are spelled otherwise",
       {staff_row(1, "480"), staff_row(2, "450", "lead", "Work ", "KARLSTADS KOMMUN", "030001")},
       {"KARLSTADS KOMMUN/030001 450 Work  lead"}},
  };
  for (const auto& each : cases) EXPECT_EQ(staff_lines(each.rows), each.stand) << each.name;
}

TEST(FoldStaff, one_person_has_one_spelling) {
  EXPECT_EQ(staff_lines({staff_row(1, "480"), staff_row(1, "60", "lead", "WORK", "Karlstads Kommun", "030001")}),
            (std::vector<std::string>{"Karlstads kommun/30001 480 work lead", "Karlstads kommun/30001 60 work lead"}));
  EXPECT_EQ(staff_number_key("030001"), staff_number_key("30 001"));
  EXPECT_EQ(staff_number_key("A-07"), "a07");
  EXPECT_EQ(staff_number_key("000"), "");
}

TEST(References, go_there_and_back) {
  EXPECT_EQ(participant_reference(41), "D-0042");
  EXPECT_EQ(participant_reference(123455), "D-123456");
  EXPECT_EQ(person_of_reference("D-0042"), 41u);
  EXPECT_EQ(person_of_reference("D-123456"), 123455u);
  for (const char* wrong : {"", "D-", "D-0000", "D0042", "E-0042", "D-00x2", "D-00042 ", "D-99999999999999999999"})
    EXPECT_EQ(person_of_reference(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace horisont
