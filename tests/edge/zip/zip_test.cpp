#include "edge/zip/zip.h"

#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>

#include "edge/files/files.h"
#include "support/deflated.h"
#include "support/handmade_zip.h"

namespace horisont {
namespace {

std::string shown(const Problem& problem) {
  return problem.message.id + (problem.message.values.empty() ? "" : " " + problem.message.values[0]);
}

// Everything in the archive inflated, or why not.
std::string verdict(const std::string& bytes) {
  const auto zip = Zip::open(bytes);
  if (!zip) return shown(zip.error());
  for (const ZipEntry& entry : zip->entries()) {
    auto part = zip->part(entry);
    if (!part) return shown(part.error());
    for (;;) {
      const auto piece = part->next();
      if (!piece) return shown(piece.error());
      if (piece->empty()) break;
    }
  }
  return "read";
}

TEST(Zip, parts_come_out_as_they_went_in_and_are_found_without_case) {
  const std::string text(200'000, 'x');
  const auto zip =
      Zip::open(handmade_zip({{"a.xml", "<a/>"}, {.name = "xl/B.xml", .data = deflated(text), .method = 8, .unpacked = text}}));
  ASSERT_TRUE(zip) << shown(zip.error());
  ASSERT_EQ(zip->entries().size(), 2u);
  EXPECT_EQ(*zip->text(*zip->find("A.XML")), "<a/>");
  EXPECT_EQ(*zip->text(*zip->find("xl/b.xml")), text);
  EXPECT_EQ(zip->find("xl/b.xm"), nullptr);
  EXPECT_EQ(zip->text(*zip->find("xl/b.xml"), 199'999).error().message.id, "file.too-large");
}

TEST(Zip, what_no_honest_program_writes_is_refused) {
  const std::string honest = handmade_zip({{"a", "1"}, {"b", "2"}});
  const auto changed = [&](std::size_t from_end, char to) {
    std::string bytes = honest;
    bytes[bytes.size() - from_end] = to;
    return bytes;
  };
  std::string overlapping = handmade_zip({{"a", "12345678"}, {"b", "2"}});
  // The second part is hidden in the data of the first.
  {
    const std::string inner = handmade_zip({{"b", "2"}}).substr(0, 32);
    overlapping = handmade_zip({{"a", inner}, {"b", "2"}});
    const std::size_t record = overlapping.rfind("PK\x01\x02");
    overlapping[record + 42] = 31;
  }
  const std::string zeros(3 << 20, '\0'), long_text(70'000, 'x');
  struct Case {
    const char* what;
    std::string bytes, verdict;
  };
  const Case cases[] = {
      {"an honest archive", honest, "read"},
      {"an archive with nothing in it", handmade_zip({}), "file.damaged zip: no first header"},
      {"cut at the end", honest.substr(0, honest.size() - 1), "file.damaged zip: no directory"},
      {"bytes after the end", honest + "x", "file.damaged zip: bytes after the end"},
      {"bytes before the first part", "x" + honest, "file.damaged zip: no first header"},
      {"more parts announced than there are", changed(12, 3), "file.suspicious several disks"},
      {"a directory that begins elsewhere", changed(6, 0), "file.damaged zip: displaced directory"},
      {"a double name", handmade_zip({{"a", "1"}, {"a", "2"}}), "file.suspicious double name, a"},
      {"names that differ only in case", handmade_zip({{"a", "1"}, {"A", "2"}}), "file.suspicious double name, A"},
      {"a path that climbs", handmade_zip({{"xl/../../x", "1"}}), "file.suspicious name of a part"},
      {"two dots in a name", handmade_zip({{"a..b", "1"}}), "read"},
      {"an absolute path", handmade_zip({{"/etc/passwd", "1"}}), "file.suspicious name of a part"},
      {"a backslash", handmade_zip({{"xl\\a", "1"}}), "file.suspicious name of a part"},
      {"a drive", handmade_zip({{"C:a", "1"}}), "file.suspicious name of a part"},
      {"a NUL in a name", handmade_zip({{std::string("a\0b", 3), "1"}}), "file.suspicious name of a part"},
      {"an empty name", handmade_zip({{"", "1"}}), "file.suspicious name of a part"},
      {"a name of 255 bytes", handmade_zip({{std::string(255, 'a'), "1"}}), "read"},
      {"a name of 256 bytes", handmade_zip({{std::string(256, 'a'), "1"}}), "file.suspicious name of a part"},
      {"another name in the header", handmade_zip({{.name = "a", .data = "1", .local_name = "b"}}),
       "file.suspicious header and directory differ, a"},
      {"encrypted", handmade_zip({{.name = "a", .data = "1", .flags = 1}}), "file.encrypted"},
      {"bzip2", handmade_zip({{.name = "a", .data = "1", .method = 12}}), "file.suspicious compression method, a"},
      {"a stored part with two sizes", handmade_zip({{.name = "a", .data = "1", .claimed = 2}}), "file.suspicious sizes, a"},
      {"a wrong check sum", handmade_zip({{.name = "a", .data = "1", .wrong_check_sum = true}}), "file.damaged zip: a"},
      {"more inside than announced",
       handmade_zip({{.name = "a", .data = deflated("1234567890"), .method = 8, .unpacked = "1234567890", .claimed = 5}}),
       "file.damaged zip: a"},
      {"more inside than announced, seen before its end",
       handmade_zip({{.name = "a", .data = deflated(long_text), .method = 8, .unpacked = long_text, .claimed = 65'535}}),
       "file.suspicious size of a part, a"},
      {"less inside than announced",
       handmade_zip({{.name = "a", .data = deflated("1234567890"), .method = 8, .unpacked = "1234567890", .claimed = 50}}),
       "file.damaged zip: a"},
      {"a bomb", handmade_zip({{.name = "a", .data = deflated(zeros), .method = 8, .unpacked = zeros}}),
       "file.suspicious 100 : 1, a"},
      {"a part inside another", overlapping, "file.suspicious overlapping parts, b"},
      {"200 MiB announced",
       handmade_zip({{.name = "a", .data = "1", .method = 8, .claimed = 150u << 20},
                     {.name = "b", .data = "1", .method = 8, .claimed = (50u << 20) + 1}}),
       "file.too-large 200 MiB"},
  };
  for (const Case& c : cases) EXPECT_EQ(verdict(c.bytes), c.verdict) << c.what;
}

TEST(Zip, a_thousand_parts_are_read_and_one_more_is_refused) {
  std::vector<HandmadePart> parts;
  for (int i = 0; i < 1000; ++i) parts.push_back({std::to_string(i), "x"});
  EXPECT_EQ(verdict(handmade_zip(parts)), "read");
  parts.push_back({"1000", "x"});
  EXPECT_EQ(verdict(handmade_zip(parts)), "file.too-many 1000");
}

TEST(Zip, a_byte_changed_anywhere_never_gives_other_content_silently) {
  const std::string honest = handmade_zip({{"a", "content"}, {"b", "more"}});
  for (std::size_t i = 0; i < honest.size(); ++i) {
    std::string bytes = honest;
    bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
    const auto zip = Zip::open(bytes);
    if (!zip) continue;
    for (const ZipEntry& entry : zip->entries())
      if (const auto text = zip->text(entry)) {
        EXPECT_EQ(*text, entry.index == 0 ? "content" : "more") << i;
      }
  }
}

}  // namespace
}  // namespace horisont
