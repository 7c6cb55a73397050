#include "edge/xml/xml.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace horisont {
namespace {

std::string repeat(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(Xml, gives_names_with_their_namespace_attributes_text_and_lines) {
  std::string seen;
  XmlHandler handler;
  handler.start = [&](std::string_view space, std::string_view name, const XmlHandler::Attributes& attributes, int line) {
    seen += "<" + std::string(space) + "|" + std::string(name);
    for (const auto& [key, value] : attributes) seen += " " + std::string(key) + "=" + std::string(value);
    seen += "@" + std::to_string(line) + ">";
  };
  handler.end = [&](std::string_view, std::string_view name) { seen += "</" + std::string(name) + ">"; };
  handler.text = [&](std::string_view text) { seen += text; };
  EXPECT_TRUE(read_xml("<a xmlns='urn:x' xmlns:h='urn:y'>\n<b h:c='1' d='&lt;2'>&#229;</b></a>", handler));
  EXPECT_EQ(seen, "<urn:x|a@1>\n<urn:x|b urn:y c=1 d=<2@2>å</b></a>");
}

TEST(Xml, pieces_may_end_anywhere) {
  const std::string whole = "<a>åäö</a>";
  std::string text;
  XmlHandler handler;
  handler.text = [&](std::string_view t) { text += t; };
  std::size_t at = 0;
  EXPECT_TRUE(
      read_xml([&] { return at < whole.size() ? std::string_view(whole).substr(at++, 1) : std::string_view(); }, handler));
  EXPECT_EQ(text, "åäö");
}

TEST(Xml, a_refusal_says_why_and_on_which_line) {
  struct Case {
    const char* what;
    std::string xml, id, line;
  };
  const Case cases[] = {
      {"not closed", "<a>\n<b></a>", "xml.damaged", "2"},
      {"nothing", "", "xml.damaged", "1"},
      {"a DOCTYPE", "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "xml.doctype", "2"},
      {"an entity bomb", "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><a>&b;</a>", "xml.doctype", "1"},
      {"one level too many", repeat("<a>", 65), "xml.too-deep", "1"},
      {"a million nested elements", repeat("<a>", 1'000'000), "xml.too-deep", "1"},
      {"a long name", "<" + std::string(256, 'a') + "/>", "xml.too-large", "1"},
      {"a long attribute", "<a b='" + std::string(32'768, 'x') + "'/>", "xml.too-large", "1"},
  };
  for (const Case& c : cases) {
    const auto read = read_xml(c.xml, {});
    ASSERT_FALSE(read) << c.what;
    EXPECT_EQ(read.error().message.id, c.id) << c.what;
    EXPECT_EQ(read.error().message.values.at(0), c.line) << c.what;
    EXPECT_NE(words(read.error().message, Language::Swedish).front(), '[') << c.what;
  }
  EXPECT_TRUE(read_xml(repeat("<a>", 64) + repeat("</a>", 64), {}));
}

TEST(Xml, so_many_elements_and_not_one_more) {
  constexpr XmlLimits limits{.elements = 10};
  EXPECT_TRUE(read_xml("<a>" + repeat("<b/>", 9) + "</a>", {}, limits));
  const auto read = read_xml("<a>\n" + repeat("<b/>", 10) + "</a>", {}, limits);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, (Message{"xml.too-many", {"2", "10"}}));
  EXPECT_TRUE(read_xml("<a>" + repeat("<b/>", 1'000) + "</a>", {})) << "without a limit there is none";
}

TEST(Xml, an_exception_of_the_handler_arrives_at_the_caller) {
  XmlHandler handler;
  handler.text = [](std::string_view) { throw std::runtime_error("enough"); };
  EXPECT_THROW((void)read_xml("<a>text</a>", handler), std::runtime_error);
}

}  // namespace
}  // namespace horisont
