// Answers that were given once and are replayed: headings, units, spellings, codes of day cells.

#include "edge/import/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/files/files.h"
#include "edge/import/draft_text.h"

namespace horisont {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

ImportProfile profile_of(const std::vector<std::string>& answers) {
  ImportProfile profile{.name = "narvaro", .record = RecordKind::Attendance};
  for (const std::string& given : answers) EXPECT_TRUE(answer(profile, given)) << given;
  return profile;
}
ImportDraft read(const std::string& text, const ImportProfile& profile) {
  const TemporaryFolder folder;
  write_file(folder.path() / "lista mars 2026.csv", text);
  ImportOptions options;
  options.profile = &profile;
  return read_story(folder.path() / "lista mars 2026.csv", options);
}
std::vector<int> minutes(const ImportDraft& draft) {
  std::vector<int> out;
  for (const TimeRecord& time : draft.times) out.push_back(time.minutes);
  return out;
}
std::vector<std::string> codes(const ImportDraft& draft) {
  std::vector<std::string> out;
  for (const Finding& finding : draft.findings) out.push_back(finding.code);
  return out;
}

TEST(Profile, is_the_same_when_written_and_read_again) {
  const ImportProfile profile =
      profile_of({"minutes", "dmy", "by-name", "carry-person", "hidden=skip", "Vem=participant", "Fika=not-read", "activity:prao \"här\"=work_placement", "day:X=360",
                  "day:sj=excused", "day:F=not_excused", "day:*=empty"});
  const auto again = read_profile(text_of(profile));
  ASSERT_TRUE(again) << again.error().message.id;
  EXPECT_EQ(text_of(*again), text_of(profile));
  EXPECT_EQ(answers_in(*again), answers_in(profile));
  EXPECT_TRUE(again->by_name && again->carry_person && again->skip_hidden);
}

TEST(Profile, settles_what_the_numbers_of_an_hours_column_are) {
  struct Case {
    const char *unit, *written;
    std::vector<int> minutes;
    std::vector<std::string> codes;
  };
  const std::vector<Case> cases{
      {"minutes", "450", {450}, {}},       {"minutes", "7,5", {}, {"hours.form"}},
      {"minutes", "7:30", {450}, {}},      {"hours.minutes", "7.30", {450}, {}},
      {"hours.minutes", "7,5", {470}, {}}, {"hours.minutes", "7.75", {}, {"hours.form"}},
      {"hours.minutes", "0.59", {59}, {}}, {"decimal", "7.30", {438}, {}},
      {"decimal", "7.5", {450}, {}},
  };
  for (const Case& each : cases) {
    const auto draft =
        read(std::string("Personnr;Datum;Timmar;Aktivitet\n19950102-2389;2026-03-02;") + each.written + ";Praktik\n",
             profile_of({each.unit}));
    EXPECT_EQ(minutes(draft), each.minutes) << each.unit << " " << each.written;
    EXPECT_EQ(codes(draft), each.codes) << each.unit << " " << each.written;
  }
}

TEST(Profile, settles_the_order_of_day_and_month) {
  const std::string text = "Personnr;Datum;Timmar;Aktivitet\n19950102-2389;02/03/2026;6;Praktik\n";
  EXPECT_EQ(Date::of_days(read(text, profile_of({"dmy"})).times.at(0).day).iso(), "2026-03-02");
  EXPECT_EQ(Date::of_days(read(text, profile_of({"mdy"})).times.at(0).day).iso(), "2026-02-03");
  EXPECT_THAT(codes(read(text, profile_of({}))), ElementsAre("date.order-ambiguous"));
}

TEST(Profile, says_what_headings_spellings_and_codes_of_days_mean) {
  const auto draft = read(
      "Vem;1;2;3;4;5;6;9;10;Bil\n19950102-2389;;X;sj;F;*;2;X;;röd\n",
      profile_of({"Vem=identity_number", "day:X=360", "day:sj=excused", "day:F=not_excused", "day:*=empty", "Bil=not-read"}));
  EXPECT_THAT(codes(draft), IsEmpty());
  EXPECT_EQ(minutes(draft), (std::vector<int>{360, 0, 0, 120, 360}));
  EXPECT_EQ(draft.times[1].flags, TimeAbsent | TimeExcused);
  EXPECT_EQ(draft.times[2].flags, TimeAbsent);
  const auto spelled =
      read("Personnr;Datum;Timmar;Aktivitet\n19950102-2389;2026-03-02;6;prao\n", profile_of({"activity:prao=work_placement"}));
  EXPECT_THAT(codes(spelled), IsEmpty());
  EXPECT_EQ(spelled.times.at(0).activity, 0);
}

TEST(Profile, drift_is_said) {
  ImportProfile profile = profile_of({});
  profile.columns = {{"identity_number", "Personnr"}, {"date", "Datum"}, {"hours", "Timmar"}, {"activity", "Insats"}};
  const auto draft = read("Personnr;Datum;Timmar;Aktivitet;Ort\n19950102-2389;2026-03-02;6;Praktik;Kil\n", profile);
  EXPECT_THAT(codes(draft), testing::UnorderedElementsAre("header.new", "header.new", "header.gone", "header.not-read"));
  EXPECT_EQ(draft.times.size(), 1u) << "what is still understood is read";
}

TEST(Profile, that_names_what_there_is_not_refuses_the_file) {
  const std::string text = "Personnr;Datum;Timmar\n19950102-2389;2026-03-02;6\n";
  EXPECT_THAT(codes(read(text, profile_of({"Ort=town"}))), ElementsAre("profile.field"));
  EXPECT_THAT(codes(read(text, profile_of({"activity:prao=skiing"}))), ElementsAre("profile.word"));
  EXPECT_TRUE(read(text, profile_of({"activity:prao=skiing"})).refused);
}

TEST(Profile, a_fault_in_its_text_is_told_with_the_line) {
  struct Case {
    const char *toml, *id, *first;
  };
  const Case cases[] = {
      {"name = \"a\"\nfarg = 1\n", "profile.unknown-key", "2"}, {"name = 1\n", "profile.value", "1"},
      {"record = \"people\"\n", "profile.value", "1"},          {"[units]\nhours = \"dagar\"\n", "profile.value", "2"},
      {"[day_codes]\nX = 1441\n", "profile.value", "2"},        {"[day_codes]\nX = 0\n", "profile.value", "2"}};
  for (const Case& each : cases) {
    const auto read = read_profile(each.toml);
    ASSERT_FALSE(read) << each.toml;
    EXPECT_EQ(read.error().message.id, each.id) << each.toml;
    EXPECT_EQ(read.error().message.values.at(0), each.first) << each.toml;
  }
  EXPECT_TRUE(read_profile("[day_codes]\nX = 1440\n"));
  ImportProfile profile;
  for (const char* word : {"", "hej", "=hours", "Tid=", "day:X=1441", "day:X=", "day:X=ja"})
    EXPECT_FALSE(answer(profile, word)) << word;
}

}  // namespace
}  // namespace horisont
