#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace horisont::web {

// A socket as a stranger uses it.
class Raw {
 public:
  explicit Raw(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  Raw(Raw&& other) noexcept : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_) {}
  Raw& operator=(Raw&& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(connected_, other.connected_);
    return *this;
  }
  Raw(const Raw&) = delete;
  ~Raw() {
    if (socket_ >= 0) ::close(socket_);
  }
  bool send(std::string_view bytes) {
    return connected_ && ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }
  void end() { ::shutdown(socket_, SHUT_WR); }
  // Everything until the other side closes, or until patience is over.
  std::string all(std::chrono::milliseconds patience = std::chrono::seconds(5)) {
    std::string out;
    const auto until = std::chrono::steady_clock::now() + patience;
    char piece[4096];
    for (;;) {
      pollfd one{socket_, POLLIN, 0};
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
      if (left <= 0 || ::poll(&one, 1, static_cast<int>(left)) <= 0) return out;
      const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) return out;
      out.append(piece, static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
  bool connected_ = false;
};

}  // namespace horisont::web
