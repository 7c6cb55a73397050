#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "web/http.h"

namespace horisont::web {

/// What the server asks. All of them are called from many threads.
struct Service {
  /// Before the body is read: whether it is worth reading.
  std::function<std::optional<Response>(const Head&)> admit;
  std::function<Response(const Request&)> answer;
  std::function<Response(const Refusal&)> refuse;
};

struct ServerLimits {
  std::chrono::milliseconds head{10'000}, answer{60'000};
  std::uint64_t body_bytes_per_second = 64 << 10;  ///< after the seconds for the head
  std::size_t connections = 64, uploads = 4;
};

/// HTTP/1.1 on 127.0.0.1, one request a connection. The head is read by `read_head`, bodies by their length and nothing else.
/// When all places are taken, the oldest connection that is still sending its head is closed, or one that has sent its body or taken
/// its answer for a quarter of a second, so that slow ones cannot keep the others out; meanwhile these wait, they are not turned away.
class Server {
 public:
  /// Binds the first free port of `port` … `port + 19`; 0: any. Nothing when none is free.
  static std::unique_ptr<Server> bind(int port, ServerLimits = {});
  ~Server();
  int port() const;
  /// Answers until `stop`, or until nothing was asked for so long.
  void run(Service, std::filesystem::path uploads, std::chrono::seconds idle);
  void stop();

 private:
  struct State;
  explicit Server(std::shared_ptr<State>);
  std::shared_ptr<State> state_;
};

/// POSTs a form to a server on this computer and gives the body of a 200; nothing when nobody answers so.
std::optional<std::string> ask_running(int port, const std::string& path, const std::string& form);

}  // namespace horisont::web
