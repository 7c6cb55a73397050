// Models written as DMN 1.3: read again they say the same, and the schema takes them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "dmn/program.h"
#include "edge/files/files.h"
#include "edge/rulesets/rulesets.h"
#include "support/places.h"
#include "support/shared_data.h"

namespace dmn {
namespace {

tl::expected<Model, std::string> model(const std::string& xml) {
  const auto element = horisont::read_dmn(xml);
  if (!element) return tl::make_unexpected(element.error().message.id);
  auto found = read(*element);
  if (!found) return tl::make_unexpected(found.error().front().en);
  return std::move(*found);
}

std::string definitions(const std::string& inside) {
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" id=\"m\" namespace=\"own\">" + inside +
         "</definitions>";
}
std::string decision(const std::string& inside) {
  return definitions("<decision name=\"D\" id=\"d\"><variable name=\"D\"/>" + inside + "</decision>");
}
std::string literal(const std::string& text) { return "<literalExpression><text>" + text + "</text></literalExpression>"; }

const feel::DateTime now{{2026, 1, 15}, {12, 0, 0, 0, *feel::offset_zone(3600)}};
std::string answer(const std::string& xml) {
  const auto program = Program::make({*model(xml)});
  if (!program) return "! " + program.error().front().en;
  const auto value = program->evaluate("D", {}, now);
  return value ? feel::text_of(*value, true) : "! " + value.error().en;
}

TEST(Write, every_shared_model_and_rule_set_says_the_same_when_it_was_written_and_is_valid_to_the_schema) {
  NEED_SHARED_DATA(shared);
  const horisont::TemporaryFolder folder;
  std::vector<std::filesystem::path> files{std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules/youth.dmn",
                                           std::filesystem::path(HORISONT_SOURCE_DIR) / "tests/dmn/minimal.dmn"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shared / "dmn-tck"))
    if (entry.path().extension() == ".dmn") files.push_back(entry.path());
  int written = 0, not_in_1_3 = 0;
  for (const auto& file : files) {
    const auto before = model(horisont::read_file(file));
    ASSERT_TRUE(before) << file << ": " << before.error();
    const auto element = write(*before);
    if (!element) {
      ++not_in_1_3;
      EXPECT_GT(element.error().line, 0) << file;
      EXPECT_GT(before->version, "1.3") << file << ": " << element.error().en;
      continue;
    }
    const std::string xml = xml_of(*element);
    const auto after = model(xml);
    ASSERT_TRUE(after) << file << ": " << after.error();
    EXPECT_EQ(after->version, "1.3");
    EXPECT_EQ(xml_of(*write(*after)), xml) << file;
    EXPECT_EQ(after->decisions.size(), before->decisions.size()) << file;
    EXPECT_EQ(after->items.size(), before->items.size()) << file;
    std::ofstream(folder.path() / (std::to_string(++written) + ".dmn")) << xml;
  }
  EXPECT_GT(written, 80);
  EXPECT_LT(not_in_1_3, 10);
  const std::string schema = (shared / "dmn-schema/DMN13.xsd").string();
  const std::string said = (folder.path() / "said").string();
  const int status = std::system(
      ("xmllint --nonet --noout --schema '" + schema + "' '" + folder.path().string() + "'/*.dmn > '" + said + "' 2>&1")
          .c_str());
  EXPECT_EQ(status, 0) << horisont::read_file(said).substr(0, 4000);
}

struct Later {
  const char* name;
  std::string inside;
  const char* text;  ///< as DMN 1.3 has it; null: cannot be said
};
class Write : public testing::TestWithParam<Later> {};
TEST_P(Write, boxes_that_came_later_become_text_where_text_can_hold_them) {
  const auto before = model(decision(GetParam().inside));
  ASSERT_TRUE(before) << before.error();
  const auto element = write(*before);
  EXPECT_EQ(element.has_value(), GetParam().text != nullptr);
  if (!element || !GetParam().text) return;
  EXPECT_EQ(model(xml_of(*element))->decisions[0].expression->text, GetParam().text);
  EXPECT_EQ(answer(xml_of(*element)), answer(decision(GetParam().inside))) << "the same answer";
}
const Later later[] = {
    {"a_conditional",
     "<conditional><if>" + literal("1 &lt; 2") + "</if><then>" + literal("\"a\"") + "</then><else>" + literal("\"b\"") +
         "</else></conditional>",
     "(if (1 < 2) then (\"a\") else (\"b\"))"},
    {"a_filter", "<filter><in>" + literal("[1,2,3]") + "</in><match>" + literal("item &gt; 1") + "</match></filter>",
     "([1,2,3])[(item > 1)]"},
    {"a_loop", "<for iteratorVariable=\"x\"><in>" + literal("[1,2,3]") + "</in><return>" + literal("x * x") + "</return></for>",
     "(for x in ([1,2,3]) return (x * x))"},
    {"some",
     "<some iteratorVariable=\"x\"><in>" + literal("[1,2]") + "</in><satisfies>" + literal("x = 2") + "</satisfies></some>",
     "(some x in ([1,2]) satisfies (x = 2))"},
    {"every",
     "<every iteratorVariable=\"x\"><in>" + literal("[1,2]") + "</in><satisfies>" + literal("x = 2") + "</satisfies></every>",
     "(every x in ([1,2]) satisfies (x = 2))"},
    {"a_conditional_that_holds_a_list",
     "<conditional><if>" + literal("true") + "</if><then><list>" + literal("1") + "</list></then><else>" + literal("2") +
         "</else></conditional>",
     nullptr},
};
INSTANTIATE_TEST_SUITE_P(Forms, Write, testing::ValuesIn(later), [](const auto& test) { return test.param.name; });

TEST(Write, what_has_a_meaning_in_xml_comes_back_as_it_was) {
  Element e{.name = "definitions",
            .space = "https://www.omg.org/spec/DMN/20191111/MODEL/",
            .attributes = {},
            .text = {},
            .children = {}};
  e.attributes.push_back({"name", "", "a<b&\"c\"\td\ne"});
  e.attributes.push_back({"scale", "urn:other", "2"});
  e.children.push_back(
      {.name = "description", .space = "urn:other", .attributes = {}, .text = "x < y && z\r\n", .children = {}});
  const auto back = horisont::read_dmn(xml_of(e));
  ASSERT_TRUE(back) << xml_of(e);
  EXPECT_EQ(*back->attribute("name"), "a<b&\"c\"\td\ne");
  EXPECT_EQ(back->attributes[1].space, "urn:other");
  EXPECT_EQ(back->children[0].space, "urn:other");
  EXPECT_EQ(back->children[0].text, "x < y && z\r\n");
}

}  // namespace
}  // namespace dmn
