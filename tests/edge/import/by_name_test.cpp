// Lists that have names and no numbers: whom a name means, and what is told of it.

#include "edge/import/by_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/files/files.h"
#include "edge/import/draft_text.h"
#include "edge/import/profile.h"

namespace horisont {
namespace {

struct Read {
  std::string codes;  // of errors
  std::int64_t minutes = 0;
  int warnings = 0;
  std::optional<Period> days;
};
Read read(const std::string& csv, bool may_be_taken, const char* kind = "attendance", People people = story_people()) {
  const TemporaryFolder folder;
  write_file(folder.path() / "lista.csv", csv);
  ImportProfile profile;
  profile.by_name = may_be_taken;
  ImportOptions options;
  options.kind = record_kind(kind), options.today = story::day(2026, 4, 10), options.profile = &profile;
  const ImportDraft draft = read_import(folder.path() / "lista.csv", story::schemas(), story_project(), story_programme(), people,
                                        story_spells(), options);
  Read out{.minutes = draft.minutes_seen, .days = draft.days};
  for (const Finding& finding : draft.findings) {
    out.warnings += finding.level == Level::Warning && finding.code != "activity.none";
    if (finding.level == Level::Error)
      out.codes += (out.codes.empty() ? "" : " ") + finding.code + (finding.values.empty() ? "" : ":" + finding.values.back());
  }
  return out;
}

TEST(ByName, a_person_is_taken_where_the_name_is_one_persons_alone) {
  struct Case {
    const char* sentence;
    const char* name;
    const char* told;
    std::int64_t minutes;
  };
  People people = story_people();
  people.push_back(story::person("", "K-05", "Dahl, Dan"));
  for (const Case& c : {Case{"as it stands in the register", "Ek, Anna", "", 60}, Case{"the other way round", "Anna Ek", "", 60},
                        Case{"in small letters", "anna ek", "", 60}, Case{"a reference in the name's place", "D-0003", "", 60},
                        Case{"an id of the office", "K-04", "", 60}, Case{"one letter away: told who is nearest, and not taken", "Ana Ek", "name.unknown:D-0001", 0},
                        Case{"nobody", "Gun Ny", "name.unknown:\u2013", 0}, Case{"a first name alone: whose it may be", "Anna", "name.unknown:D-0001", 0},
                        Case{"a family name with another first name", "Maria Ek", "name.unknown:D-0001", 0},
                        Case{"several whose it may be", "Eva Dahl", "name.unknown:D-0004, D-0005", 0},
                        Case{"two persons", "Dan Dahl", "name.several:D-0004, D-0005", 0}}) {
    SCOPED_TRACE(c.sentence);
    const Read got = read(std::string("Datum;Namn;Timmar\n2026-03-02;\"") + c.name + "\";1\n", true, "attendance", people);
    EXPECT_EQ(got.codes, c.told);
    EXPECT_EQ(got.warnings, 0) << "what the name says is all that there is to hold it against";
    EXPECT_EQ(got.minutes, c.minutes);
  }
}

TEST(ByName, nobody_is_taken_before_somebody_has_said_so) {
  const Read got = read("Datum;Namn;Timmar\n2026-03-02;Anna Ek;1\n2026-03-03;Bo Sten;2\n2026-03-04;D-0003;3\n", false);
  EXPECT_EQ(got.codes, "person.by-name-asked:2") << "once, with the rows; a reference needs no answer";
  EXPECT_EQ(got.minutes, 180);
}

TEST(ByName, a_register_of_names_alone_is_no_list_of_results) {
  EXPECT_THAT(read("Namn;Startdatum\nAnna Ek;2026-03-02\n", true, "participants").codes, testing::HasSubstr("header.must-missing"));
  EXPECT_EQ(read("Namn;Slutdatum\nAnna Ek;2026-03-20\n", true, "results").codes, "") << "where somebody says that it is one";
}

TEST(ByName, words_below_the_list_are_nobody) {
  EXPECT_EQ(read("Datum;Namn;Timmar\n2026-03-02;Anna Ek;1\n;Lisa;\n", true).codes, "");
}

TEST(CoveredDays, are_those_of_its_columns_or_none) {
  struct Case {
    const char* sentence;
    const char* heading;
    const char* first;
    const char* last;
  };
  for (const Case& c : {Case{"five whole days", "Namn;2026-03-02;2026-03-03;2026-03-04;2026-03-05;2026-03-06", "2026-03-02", "2026-03-06"},
                        Case{"two weeks, to their Sundays", "Namn;v 10 2026;v 11 2026", "2026-03-02", "2026-03-15"},
                        Case{"a month by its numbers: all of it", "Namn mars 2026;1;2;3;4;5;6;7", "", ""},
                        Case{"a month by its name: all of it", "Namn;Mars 2026;Februari 2026", "", ""}}) {
    SCOPED_TRACE(c.sentence);
    const auto days = read(std::string(c.heading) + "\nAnna Ek;1;1\n", true).days;
    EXPECT_EQ(days ? days->first.iso() : "", c.first);
    EXPECT_EQ(days ? days->last->iso() : "", c.last);
  }
}

}  // namespace
}  // namespace horisont
