#include "web/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "web/html.h"
#include "web/multipart.h"
#include "web/sessions.h"

namespace horisont::web {
namespace {

// The gate, byte by byte: what a request's head may be. Sockets are in server_test.cpp.

int status_of(const std::string& bytes) {
  const ReadHead read = read_head(bytes);
  if (std::holds_alternative<Incomplete>(read.outcome)) return 0;
  if (const auto* refusal = std::get_if<Refusal>(&read.outcome)) {
    EXPECT_NE(text_of(refusal->text), nullptr) << refusal->text;
    return refusal->status;
  }
  return 200;
}

std::string get(const std::string& more) { return "GET / HTTP/1.1\r\nHost: localhost:8421\r\n" + more + "\r\n"; }
std::string post(const std::string& more) { return "POST / HTTP/1.1\r\nHost: localhost:8421\r\n" + more + "\r\n"; }

TEST(Gate, lets_through_only_heads_that_can_be_read_in_one_way) {
  struct Case {
    const char* sentence;
    std::string bytes;
    int status;
  };
  const Case cases[] = {
      {"an ordinary request", get("Accept: */*\r\n"), 200},
      {"nothing yet", "", 0},
      {"a head that has not ended", "GET / HTTP/1.1\r\nHost: a\r\n", 0},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", get("Host: localhost:8421\r\n"), 400},
      {"blanks around the length", post("Content-Length:  5 \r\n"), 200},
      {"two lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"a length with a sign", post("Content-Length: +5\r\n"), 400},
      {"a length with a leading zero", post("Content-Length: 05\r\n"), 400},
      {"two lengths in one line", post("Content-Length: 5, 5\r\n"), 400},
      {"a length in hexadecimal", post("Content-Length: 0x5\r\n"), 400},
      {"a negative length", post("Content-Length: -1\r\n"), 400},
      {"a length of eleven digits", post("Content-Length: 99999999999\r\n"), 400},
      {"a POST without a length", post(""), 411},
      {"chunks", post("Transfer-Encoding: chunked\r\n"), 501},
      {"chunks beside a length", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 501},
      {"another encoding", post("Transfer-Encoding: gzip, chunked\r\n"), 501},
      {"chunks after a vertical tab", post("Transfer-Encoding:\vchunked\r\n"), 400},
      {"a blank before the colon", post("Content-Length : 5\r\n"), 400},
      {"a line without a colon", get("nonsense\r\n"), 400},
      {"a header without a name", get(": x\r\n"), 400},
      {"a NUL in a value", get(std::string("X: a\0b\r\n", 8)), 400},
      {"a folded header", get("X: a\r\n b\r\n"), 400},
      {"a blank before the first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"lines that end in LF alone", "GET / HTTP/1.1\nHost: localhost:8421\n\n", 400},
      {"a CR inside a value", get("X: a\rb\r\n"), 400},
      {"no version", "GET /\r\nHost: a\r\n\r\n", 505},
      {"HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 505},
      {"HTTP/9.9", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505},
      {"a version in small letters", "GET / http/1.1\r\nHost: a\r\n\r\n", 505},
      {"tabs between the parts", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a whole address as target", "GET http://other/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 405},
      {"TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405},
      {"a method that is no word", "G<ET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a byte over 0x7E in the target", "GET /\xC3\xA5 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"å with escapes", "GET /%C3%A5 HTTP/1.1\r\nHost: a\r\n\r\n", 200},
      {"a broken escape", "GET /%C HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"an escaped NUL", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"up one folder", "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"up one folder, escaped", "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"two slashes", "GET //x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a backslash", "GET /%5Cx HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a GET with a body", get("Content-Length: 5\r\n"), 400},
      {"a GET that says it has none", get("Content-Length: 0\r\n"), 200},
      {"100-continue", post("Content-Length: 5\r\nExpect: 100-continue\r\n"), 417},
      {"another protocol", get("Upgrade: h2c\r\n"), 501},
      {"a target of 8 192 bytes", "GET /" + std::string(target_limit - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 200},
      {"a target of 8 193 bytes", "GET /" + std::string(target_limit, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"an address without end", "GET /" + std::string(head_limit, 'a'), 414},
      {"a head without end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(head_limit, 'a'), 431},
      {"64 lines",
       [] {
         std::string lines;
         for (std::size_t i = 0; i + 1 < header_lines; ++i) lines += "X: a\r\n";
         return get(lines);
       }(),
       200},
      {"65 lines",
       [] {
         std::string lines;
         for (std::size_t i = 0; i < header_lines; ++i) lines += "X: a\r\n";
         return get(lines);
       }(),
       431},
  };
  for (const Case& one : cases) EXPECT_EQ(status_of(one.bytes), one.status) << one.sentence;
}

TEST(Gate, cannot_be_passed_by_any_single_byte_that_is_not_text) {
  const std::string sound = get("X: ab\r\n");
  for (std::size_t place = 0; place < sound.size(); ++place)
    for (int byte = 0; byte < 256; ++byte) {
      if (byte >= 0x20 && byte < 0x7F) continue;
      std::string odd = sound;
      odd[place] = static_cast<char>(byte);
      if (odd == sound) continue;
      const int status = status_of(odd);
      // A tab is a blank inside a value and nowhere else; of the last line's end only half may be there yet.
      if (byte == '\t' || (byte == '\r' && place + 1 == sound.size())) continue;
      EXPECT_TRUE(status >= 400 || (status == 0 && place + 3 >= sound.size())) << place << " " << byte << " " << status;
    }
}

Head head_with(std::string method, Fields headers) {
  Head head{.method = std::move(method), .path = "/", .query = {}, .headers = std::move(headers)};
  return head;
}

TEST(Gate, lets_nobody_else_s_page_ask_for_anything) {
  const std::vector<std::string> hosts{"horisont.localhost:8421", "127.0.0.1:8421"};
  struct Case {
    const char* sentence;
    Head head;
    int status;
  };
  const std::string own = "127.0.0.1:8421", origin = "http://127.0.0.1:8421";
  const Case cases[] = {
      {"our own page", head_with("GET", {{"host", own}}), 0},
      {"another name (DNS rebinding)", head_with("GET", {{"host", "evil.example:8421"}}), 400},
      {"our name without the port", head_with("GET", {{"host", "127.0.0.1"}}), 400},
      {"our name with another port", head_with("GET", {{"host", "127.0.0.1:8422"}}), 400},
      {"a form of ours", head_with("POST", {{"host", own}, {"origin", origin}, {"sec-fetch-site", "same-origin"}}), 0},
      {"a form of another site", head_with("POST", {{"host", own}, {"origin", origin}, {"sec-fetch-site", "cross-site"}}), 403},
      {"a form of another port of this computer",
       head_with("POST", {{"host", own}, {"origin", "http://127.0.0.1:9000"}, {"sec-fetch-site", "same-site"}}), 403},
      {"a form with another origin", head_with("POST", {{"host", own}, {"origin", "http://evil.example"}}), 403},
      {"a form with the origin null", head_with("POST", {{"host", own}, {"origin", "null"}}), 403},
      {"a form that says nothing of where it comes from", head_with("POST", {{"host", own}}), 403},
      {"a link on another site",
       head_with("GET", {{"host", own}, {"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}}), 0},
      {"a picture on another site",
       head_with("GET", {{"host", own}, {"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "no-cors"}}), 403},
      {"a script of another port",
       head_with("GET", {{"host", own}, {"sec-fetch-site", "same-site"}, {"sec-fetch-mode", "cors"}}), 403},
  };
  for (const Case& one : cases) {
    const auto refusal = judge(one.head, hosts);
    EXPECT_EQ(refusal ? refusal->status : 0, one.status) << one.sentence;
  }
}

TEST(Sessions, a_code_opens_once_and_in_time) {
  Sessions sessions;
  const auto now = Sessions::Clock::now();
  const std::string code = sessions.new_code("/p/ung", std::chrono::seconds(60), now);
  const auto opened = sessions.use_code(code, now + std::chrono::seconds(59));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->path, "/p/ung");
  EXPECT_TRUE(sessions.form_token(opened->cookie));
  EXPECT_FALSE(sessions.use_code(code, now)) << "used before";
  EXPECT_FALSE(sessions.form_token(code)) << "a code is no cookie";
  const std::string late = sessions.new_code("/", std::chrono::seconds(60), now);
  EXPECT_FALSE(sessions.use_code(late, now + std::chrono::seconds(60)));
  EXPECT_FALSE(sessions.use_code("", now));
}

TEST(Html, text_is_never_markup) {
  EXPECT_EQ(el("p", {{"class", "\"><script>"}}, "<b>å & 'b'").markup(),
            "<p class=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;å &amp; &#39;b&#39;</p>");
  EXPECT_EQ(el("p", el("b", "a"), "b").markup(), "<p><b>a</b>b</p>");
}

// ---- forms with a file

std::string form_of(const std::string& name, const std::string& content) {
  return "--abc\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nhemlig\r\n--abc\r\nContent-Disposition: form-data; "
         "name=\"fil\"; filename=\"" +
         name + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--abc--\r\n";
}

class Multipart : public testing::Test {
 protected:
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("horisont-multipart-" + random_secret());
  void TearDown() override { std::filesystem::remove_all(folder); }
  static std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(Multipart, reads_the_same_however_the_bytes_arrive) {
  const std::string content = "a;b\r\n--ab\r\n\r\n--abd\r\n1;2", form = form_of("Närvaro mars.csv", content);
  for (std::size_t cut = 0; cut <= form.size(); ++cut) {
    MultipartReader reader{"abc", folder};
    ASSERT_TRUE(reader.take(std::string_view(form).substr(0, cut)));
    ASSERT_TRUE(reader.take(std::string_view(form).substr(cut)));
    ASSERT_TRUE(reader.complete());
    EXPECT_EQ(value_of(reader.fields, "token"), "hemlig");
    ASSERT_TRUE(reader.upload);
    EXPECT_EQ(reader.upload->name, "Närvaro mars.csv");
    EXPECT_EQ(bytes_of(reader.upload->file), content) << cut;
    EXPECT_EQ(reader.upload->size, content.size());
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder)) << "files go with their requests";
}

TEST_F(Multipart, a_form_that_was_cut_off_is_never_complete) {
  const std::string form = form_of("a.csv", "1;2");
  for (std::size_t cut = 0; cut + 4 <= form.size(); ++cut) {
    MultipartReader reader{"abc", folder};
    reader.take(std::string_view(form).substr(0, cut));
    EXPECT_FALSE(reader.complete()) << cut;
  }
}

TEST_F(Multipart, refuses_two_files_and_broken_parts) {
  const std::string one = form_of("a.csv", "1"),
                    two = one.substr(0, one.size() - 4) + "\r\n" +
                          one.substr(one.find("--abc\r\nContent-Disposition: form-data; name=\"fil\""));
  MultipartReader both{"abc", folder};
  EXPECT_FALSE(both.take(two));
  MultipartReader nameless{"abc", folder};
  EXPECT_FALSE(nameless.take("--abc\r\nContent-Type: text/plain\r\n\r\nx\r\n--abc--\r\n"));
  MultipartReader large{"abc", folder};
  EXPECT_FALSE(
      large.take("--abc\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + std::string(70'000, 'x') + "\r\n--abc--\r\n"));
}

TEST_F(Multipart, a_file_name_is_a_label_and_no_path) {
  EXPECT_EQ(clean_file_name("C:\\Users\\anna\\Närvaro.xlsx"), "Närvaro.xlsx");
  EXPECT_EQ(clean_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(clean_file_name(".."), "fil");
  EXPECT_EQ(clean_file_name("a\nb.csv"), "ab.csv");
  EXPECT_EQ(clean_file_name(std::string(300, 'a') + ".csv").size(), 200u);
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=----x1"), "----x1");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=\"x 1\""), "");
  EXPECT_EQ(boundary_of("text/plain"), "");
}

}  // namespace
}  // namespace horisont::web
