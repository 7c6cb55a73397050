// `horisont report check` where two projects have made reports of the same name.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/cli_fixture.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "edge/zip/rewrite.h"

namespace horisont {
namespace {

using testing::HasSubstr;

class ReportCheckOfTwo : public Cli {
 protected:
  // One workbook of each project, both named R-…-001.
  std::string made(const std::string& project, const char* folder_name) {
    EXPECT_EQ(run({"import", register_file(), "--project", project, "--yes"}).status, 0);
    const Said said = run({"report", "make", "hours-summary", "--period", "2016-03", "-o",
                           (folder.path() / folder_name).string(), "--project", project, "--json"});
    EXPECT_LE(said.status, 1) << said.messages;
    const auto json = parse_json(said.out);
    return json ? json->find("rows")->items.at(0).find("file")->text : std::string();
  }
  std::string with(const std::string& workbook, const char* name, const std::map<std::string, std::string>& parts) {
    const auto path = folder.path() / name;
    write_file(path, *zip_with_parts(read_file(workbook), parts));
    return path.string();
  }
};

TEST_F(ReportCheckOfTwo, projects_tells_whose_the_file_is_whatever_it_is_called) {
  const std::string a = made("ung-horisont", "a"), b = made("varmlands-framtid", "b");
  ASSERT_NE(read_file(a), read_file(b));
  const auto project_of = [&](const std::string& path) {
    const Said said = run({"report", "check", path, "--json"});
    EXPECT_EQ(said.status, 0) << said.messages;
    EXPECT_THAT(said.out, HasSubstr("identical"));
    return said.out;
  };
  EXPECT_THAT(project_of(a), HasSubstr("ung-horisont"));
  EXPECT_THAT(project_of(b), HasSubstr("varmlands-framtid"));
  const auto renamed = folder.path() / "annat namn.xlsx";
  std::filesystem::copy_file(b, renamed);
  EXPECT_THAT(project_of(renamed.string()), HasSubstr("varmlands-framtid"));
  for (const char* other : {"varmlands-framtid", "varmlands-unga"}) {
    const Said said = run({"report", "check", a, "--project", other});
    EXPECT_EQ(said.status, 5) << other;
    EXPECT_THAT(said.messages, HasSubstr("i projektet ung-horisont, varje byte densamma")) << other;
  }
  const auto huge = folder.path() / "stor.xlsx";
  write_file(huge, "PK");
  std::filesystem::resize_file(huge, (1u << 30) + 1);  // a hole, which takes no room
  EXPECT_EQ(run({"report", "check", huge.string()}).status, 3) << "no workbook is as large, and none of it is read";
}

TEST_F(ReportCheckOfTwo, projects_knows_an_altered_file_by_what_it_says) {
  const std::string a = made("ung-horisont", "a");
  made("varmlands-framtid", "b");
  const Said altered = run({"report", "check", with(a, "andrad.xlsx", {{"extra.txt", "x"}}), "--json"});
  EXPECT_EQ(altered.status, 4) << altered.messages;
  EXPECT_THAT(altered.out, HasSubstr("altered"));
  EXPECT_THAT(altered.out, HasSubstr("ung-horisont"));
}

TEST_F(ReportCheckOfTwo, projects_asks_which_when_nothing_tells) {
  const std::string a = made("ung-horisont", "a");
  made("varmlands-framtid", "b");
  const std::string properties =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
      "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
      "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"Horisont report\">"
      "<vt:lpwstr>R-2016-03-001</vt:lpwstr></property></Properties>";
  const std::string bare = with(a, "utan.xlsx", {{"docProps/custom.xml", properties}});
  const Said asked = run({"report", "check", bare});
  EXPECT_EQ(asked.status, 5);
  EXPECT_THAT(asked.messages, HasSubstr("--project"));
  EXPECT_THAT(asked.messages, HasSubstr("R-2016-03-001"));
  EXPECT_EQ(run({"report", "check", bare, "--project", "ung-horisont"}).status, 4) << "then it is altered";
}

}  // namespace
}  // namespace horisont
