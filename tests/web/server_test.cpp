#include "web/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "support/raw_socket.h"
#include "web/gate.h"

namespace horisont::web {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

// A server that answers with what it was sent.
class ServerTest : public testing::Test {
 protected:
  ServerLimits limits{.head = 700ms, .answer = 2s, .body_bytes_per_second = 1 << 20, .connections = 8, .uploads = 1};
  std::unique_ptr<Server> server;
  std::thread running;
  std::filesystem::path uploads = std::filesystem::temp_directory_path() / ("horisont-server-" + random_secret());
  std::atomic<int> answered = 0;

  void start() {
    server = Server::bind(0, limits);
    ASSERT_TRUE(server);
    running = std::thread([this] {
      server->run(
          {.admit = [](const Head& head) -> std::optional<Response> {
             if (head.path == "/closed") return Response{.status = 403, .headers = {}, .body = "closed"};
             return std::nullopt;
           },
           .answer =
               [this](const Request& request) {
                 ++answered;
                 if (request.head.path == "/throws") throw std::runtime_error("a secret of ours");
                 std::string body = request.head.method + " " + request.head.path;
                 for (const auto& [name, value] : request.form) body += " " + name + "=" + value;
                 if (request.upload) body += " " + request.upload->name + ":" + std::to_string(request.upload->size);
                 return Response{.headers = {}, .body = body};
               },
           .refuse =
               [](const Refusal& refusal) { return Response{.status = refusal.status, .headers = {}, .body = refusal.text}; }},
          uploads, 60s);
    });
  }
  void TearDown() override {
    if (server) server->stop();
    if (running.joinable()) running.join();
    std::filesystem::remove_all(uploads);
  }
  std::string ask(std::string_view bytes) {
    Raw raw{server->port()};
    raw.send(bytes);
    return raw.all();
  }
};

const std::string head_of_post = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n";

TEST_F(ServerTest, answers_one_request_a_connection_with_guarding_headers) {
  start();
  const std::string answer = ask("GET /hej HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << "what follows the head was not announced";
  const std::string one = ask("GET /hej HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(one, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(one, HasSubstr("\r\n\r\nGET /hej"));
  EXPECT_THAT(one, HasSubstr("Content-Security-Policy: default-src 'none'; style-src 'self'"));
  EXPECT_THAT(one, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(one, HasSubstr("Cache-Control: no-store"));
  EXPECT_THAT(one, HasSubstr("Connection: close"));
  EXPECT_THAT(one, testing::Not(HasSubstr("Server:")));
  const std::string head = ask("HEAD /hej HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("Content-Length: 9\r\n"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, takes_a_request_that_comes_byte_by_byte) {
  start();
  Raw raw{server->port()};
  for (const char byte : head_of_post + "Content-Length: 3\r\n\r\na=1") ASSERT_TRUE(raw.send({&byte, 1}));
  EXPECT_THAT(raw.all(), HasSubstr("POST /x a=1"));
}

TEST_F(ServerTest, uses_nothing_of_a_body_that_is_cut_off_at_any_byte) {
  start();
  const std::string whole = head_of_post + "Content-Length: 11\r\n\r\na=1&b=22&c3";
  for (std::size_t cut = whole.size() - 11; cut < whole.size(); ++cut) {
    Raw raw{server->port()};
    raw.send(std::string_view(whole).substr(0, cut));
    raw.end();
    EXPECT_THAT(raw.all(), StartsWith("HTTP/1.1 400 ")) << cut;
  }
  EXPECT_EQ(answered, 0);
  EXPECT_THAT(ask(whole), HasSubstr("a=1 b=22 c3="));
}

TEST_F(ServerTest, refuses_with_the_status_that_says_why) {
  start();
  struct Case {
    const char* sentence;
    std::string bytes, status;
  };
  const Case cases[] = {
      {"longer than announced", head_of_post + "Content-Length: 3\r\n\r\na=12", "400"},
      {"chunked with a length", head_of_post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\na=1", "501"},
      {"a form of 64 KiB and a byte", head_of_post + "Content-Length: 65537\r\n\r\n", "413"},
      {"a file of more than 20 MiB",
       "POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 22000000\r\n\r\n",
       "413"},
      {"a type that no page takes", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\na",
       "415"},
      {"a broken form", head_of_post + "Content-Length: 3\r\n\r\na=%", "400"},
      {"not admitted, so the body is not waited for", "POST /closed HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n", "403"},
      {"our own fault, without its words", "GET /throws HTTP/1.1\r\nHost: a\r\n\r\n", "500"},
  };
  for (const Case& one : cases) {
    Raw raw{server->port()};
    raw.send(one.bytes);
    if (one.status == "400") raw.end();
    const std::string answer = raw.all();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + one.status)) << one.sentence;
    EXPECT_THAT(answer, testing::Not(HasSubstr("a secret of ours")));
  }
}

TEST_F(ServerTest, a_file_goes_to_disk_and_goes_away_with_its_request) {
  start();
  const std::string form = "--b\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"x.csv\"\r\n\r\n" +
                           std::string(3'000'000, 'x') + "\r\n--b--\r\n";
  const std::string head = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
                           std::to_string(form.size()) + "\r\n\r\n";
  EXPECT_THAT(ask(head + form), HasSubstr("x.csv:3000000"));
  EXPECT_TRUE(std::filesystem::is_empty(uploads));
  Raw cut{server->port()};
  cut.send(head + form.substr(0, 2'000'000));
  cut.end();
  EXPECT_THAT(cut.all(), StartsWith("HTTP/1.1 400 "));
  EXPECT_TRUE(std::filesystem::is_empty(uploads));
}

TEST_F(ServerTest, a_slow_head_and_a_slow_body_are_given_up) {
  limits.head = 300ms;
  start();
  Raw head{server->port()}, body{server->port()}, silent{server->port()};
  head.send("GET / HTTP/1.1\r\n");
  body.send(head_of_post + "Content-Length: 3\r\n\r\na");
  EXPECT_THAT(head.all(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(body.all(), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(silent.all(), "");
}

// Two hundred connections that send a byte now and then do not keep anybody waiting.
TEST_F(ServerTest, slow_clients_do_not_keep_an_honest_request_from_being_served) {
  limits.head = 10s;
  limits.connections = 64;
  start();
  std::atomic<bool> over = false;
  std::thread attack([&] {
    std::vector<Raw> slow;
    for (int i = 0; i < 200; ++i) slow.emplace_back(server->port());
    while (!over)
      for (Raw& one : slow) {
        if (!one.send("G")) one = Raw(server->port());
        if (over) break;
      }
  });
  std::this_thread::sleep_for(500ms);
  for (int i = 0; i < 10; ++i) {
    const auto began = std::chrono::steady_clock::now();
    std::string answer;
    // An honest browser tries again when its connection was closed before it had sent anything.
    for (int tried = 0; tried < 3 && answer.empty(); ++tried) answer = ask("GET /honest HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("GET /honest"));
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
  }
  over = true;
  attack.join();
}

TEST_F(ServerTest, the_next_port_is_taken_when_one_is_in_use) {
  start();
  const auto next = Server::bind(server->port(), limits);
  ASSERT_TRUE(next);
  EXPECT_GT(next->port(), server->port());
  EXPECT_EQ(ask_running(server->port(), "/x", "a=1"), "POST /x a=1");
  EXPECT_EQ(ask_running(1, "/x", "a=1"), std::nullopt);
}

}  // namespace
}  // namespace horisont::web
