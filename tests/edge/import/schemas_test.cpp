#include "edge/import/schemas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "support/places.h"

namespace horisont {
namespace {

using testing::ElementsAre;

const std::filesystem::path definitions = std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas" / "import";

std::string line_of(const Finding& finding) {
  std::string out = finding.place.file + ":" + std::to_string(finding.place.row) + " " + finding.code;
  for (const std::string& value : finding.values) out += " [" + value + "]";
  return out;
}

TEST(ImportSchemas, the_definition_files_are_sound_and_hold_every_field) {
  const auto loaded = load_import_schemas(definitions);
  if (!loaded) {
    for (const Finding& finding : loaded.error()) ADD_FAILURE() << line_of(finding);
    return;
  }
  const ImportSchemas& schemas = **loaded;
  EXPECT_EQ(schemas.of(RecordKind::Participants).fields.size(), 49u);
  EXPECT_EQ(schemas.of(RecordKind::Attendance).fields.size(), 23u);
  EXPECT_EQ(schemas.of(RecordKind::StaffTime).fields.size(), 27u);
  EXPECT_EQ(schemas.of(RecordKind::Results).fields.size(), 29u);
  EXPECT_EQ(schemas.of(RecordKind::Evidence).fields.size(), 21u);
  EXPECT_EQ(schemas.lists.size(), 19u);
}

struct Heading {
  RecordKind kind;
  const char *written, *field;
};

TEST(ImportSchemas, headings_of_both_languages_find_their_field) {
  const auto loaded = load_import_schemas(definitions);
  ASSERT_TRUE(loaded);
  const Heading cases[] = {
      {RecordKind::Participants, "personnr", "identity_number"},
      {RecordKind::Participants, "samordningsnummer", "identity_number"},
      {RecordKind::Participants, "from", "entry_date"},
      {RecordKind::Participants, "frånochmed", "entry_date"},
      {RecordKind::Participants, "homemunicipality", "home_municipality"},
      {RecordKind::Participants, "entrydate", "entry_date"},
      {RecordKind::Attendance, "tim", "hours"},
      {RecordKind::Attendance, "frånkl", "start_time"},
      {RecordKind::StaffTime, "anstnr", "staff_id"},
      {RecordKind::Results, "avslutsorsak", "exit_reason"},
      {RecordKind::Evidence, "förvarashos", "held_by"},
  };
  for (const Heading& each : cases) {
    const ImportSchema& schema = (*loaded)->of(each.kind);
    const auto found = schema.by_heading.find(each.written);
    ASSERT_NE(found, schema.by_heading.end()) << each.written;
    EXPECT_EQ(schema.fields[found->second].key, each.field) << each.written;
  }
}

// A copy of the definitions in which one text is replaced.
std::vector<std::string> faults_with(const std::string& file, const std::string& what, const std::string& instead) {
  const TemporaryFolder folder;
  for (const auto& entry : std::filesystem::directory_iterator(definitions)) std::filesystem::copy(entry.path(), folder.path());
  std::string text = read_file(folder.path() / file);
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  if (at != std::string::npos) text.replace(at, what.size(), instead);
  write_file(folder.path() / file, text);
  const auto loaded = load_import_schemas(folder.path());
  std::vector<std::string> lines;
  if (!loaded)
    for (const Finding& finding : loaded.error()) lines.push_back(line_of(finding));
  return lines;
}

TEST(ImportSchemas, a_fault_in_a_definition_is_told_with_file_and_line) {
  EXPECT_THAT(faults_with("attendance.toml", "\"Timmar\", \"tim\"", "\"Datum\", \"tim\""),
              ElementsAre("attendance.toml:91 schema.heading-twice [Datum] [date] [61]"));
  EXPECT_THAT(faults_with("attendance.toml", "type       = \"hours\"", "type       = \"hour\""),
              ElementsAre("attendance.toml:91 schema.unknown-word [type] [hour]"));
  EXPECT_THAT(faults_with("attendance.toml", "class      = \"S1\"\nheading.sv = [\"Datum\"",
                          "klass      = \"S1\"\nheading.sv = [\"Datum\""),
              ElementsAre("attendance.toml:66 schema.unknown-key [klass]"));
  EXPECT_THAT(faults_with("staff-time.toml", "list       = \"function\"", "list       = \"functions\""),
              testing::Contains(testing::HasSubstr("schema.unknown-word [list] [functions]")));
  EXPECT_THAT(faults_with("choices.toml", "sv = [\"man\", \"m\", \"pojke\", \"kille\", \"p\"]", "sv = [\"k\"]"),
              ElementsAre(testing::HasSubstr("schema.spelling-twice [k] [gender]")));
  EXPECT_THAT(faults_with("results.toml", "record   = \"results\"", "record   = \"result\""),
              ElementsAre(testing::HasSubstr("results.toml:2 schema.unknown-word [record] [result]")));
  EXPECT_THAT(faults_with("results.toml", "version  = 1", "version  = "),
              ElementsAre(testing::HasSubstr("results.toml:0 toml.syntax")));
}

}  // namespace
}  // namespace horisont
