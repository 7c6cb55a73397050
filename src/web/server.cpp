#include "web/server.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include "app/resident.h"
#include "web/gate.h"
#include "web/multipart.h"

namespace horisont::web {
namespace {

using Clock = std::chrono::steady_clock;
using Poco::Net::StreamSocket;

// Poco counts microseconds. Never negative: 0 looks and does not wait.
Poco::Timespan until(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline - Clock::now()).count();
  return {std::max<std::int64_t>(left, 0)};
}

// How many bytes came before the deadline: 0 when the other side has closed, nothing when time is up.
std::optional<std::size_t> receive(StreamSocket& socket, char* to, std::size_t most, Clock::time_point deadline) {
  while (Clock::now() < deadline) {
    if (!socket.poll(until(deadline), StreamSocket::SELECT_READ)) continue;
    const int got = socket.receiveBytes(to, static_cast<int>(most));
    if (got >= 0) return static_cast<std::size_t>(got);
  }
  return std::nullopt;
}

bool send(StreamSocket& socket, std::string_view bytes, Clock::time_point deadline) {
  while (!bytes.empty()) {
    if (Clock::now() >= deadline || !socket.poll(until(deadline), StreamSocket::SELECT_WRITE)) return false;
    const int sent = socket.sendBytes(bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)));
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string bytes_of(const Response& response, bool without_body) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reason_phrase(response.status)) + "\r\n";
  const auto line = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    std::copy_if(value.begin(), value.end(), std::back_inserter(out), [](char c) { return c != '\r' && c != '\n'; });
    out += "\r\n";
  };
  if (!response.body.empty()) line("Content-Type", response.type);
  for (const auto& [name, value] : response.headers) line(name, value);
  for (const auto& [name, value] : guarding_headers()) line(name, value);
  if (value_of(response.headers, "Cache-Control").empty()) line("Cache-Control", "no-store");
  line("Content-Length", std::to_string(response.body.size()));
  line("Connection", "close");
  out += "\r\n";
  if (!without_body) out += response.body;
  return out;
}

// The other side reads the answer even when it was still sending. The socket itself closes with its place in `live`, under the
// lock, so that nobody ever shuts down a number that is another connection's by then.
void end(StreamSocket& socket) {
  socket.shutdownSend();
  char rest[4096];
  const auto deadline = Clock::now() + std::chrono::milliseconds(200);
  for (int i = 0; i < 16 && receive(socket, rest, sizeof rest, deadline).value_or(0) != 0; ++i) {
  }
}

// Wakes the thread that waits for this side; one that is gone already needs no waking.
void wake(StreamSocket& socket) {
  try {
    socket.shutdown();
  } catch (const std::exception&) {
    // The other side has closed.
  }
}

// When all places are taken, who has been waited for so long makes room for somebody else.
constexpr auto patience = std::chrono::milliseconds(250);

struct Live {
  StreamSocket socket;
  enum class At { Head, Body, Work, Answer } at = At::Head;  // what is waited for: all but the work are the other side's
  Clock::time_point since = Clock::now();
  bool answered = false, woken = false;
};

}  // namespace

struct Server::State {
  Poco::Net::ServerSocket listening;
  ServerLimits limits;
  Service service;
  std::filesystem::path uploads;
  std::atomic<bool> stopped = false;
  std::atomic<std::size_t> uploading = 0;
  std::mutex mutex;
  std::condition_variable ended;
  std::list<Live> live;                 // the oldest first
  Resident resident;
  std::atomic<std::int64_t> asked = 0;  // when, in seconds of the steady clock

  void serve(std::list<Live>::iterator me) {
    try {
      StreamSocket socket = me->socket;
      socket.setBlocking(false);
      std::string answer;
      try {
        answer = answer_of(socket, me);
      } catch (const std::exception&) {
        answer = bytes_of(service.refuse({500, "web.gate.our-fault"}), false);
      }
      now_at(me, Live::At::Answer);
      if (!answer.empty()) send(socket, answer, Clock::now() + limits.answer);
      end(socket);
    } catch (const std::exception&) {
      // The other side is gone: there is nobody to tell.
    }
    // Who is being answered holds what it works with: then it is not yet the time.
    const bool last = [&] {
      const std::lock_guard lock(mutex);
      me->answered = true;
      return std::all_of(live.begin(), live.end(), [](const Live& one) { return one.at == Live::At::Head || one.answered; });
    }();
    if (last) resident.give_back();
    const std::lock_guard lock(mutex);
    live.erase(me);
    ended.notify_all();
  }

  std::string answer_of(StreamSocket& socket, std::list<Live>::iterator me) {
    const auto refused = [&](const Refusal& refusal) { return bytes_of(service.refuse(refusal), false); };
    const auto began = Clock::now();
    std::string bytes(head_limit, '\0');
    std::size_t size = 0;
    ReadHead read;
    do {
      const auto got = receive(socket, bytes.data() + size, bytes.size() - size, began + limits.head);
      // Who has said nothing, or has gone, is not answered.
      if (got == 0 || (!got && size == 0)) return "";
      if (!got) return refused({408, "web.gate.slow"});
      size += *got;
      read = read_head(std::string_view(bytes).substr(0, size));
    } while (std::holds_alternative<Incomplete>(read.outcome));
    if (const auto* refusal = std::get_if<Refusal>(&read.outcome)) return refused(*refusal);
    Request request{.head = std::get<Head>(std::move(read.outcome))};
    if (const auto response = service.admit(request.head)) return bytes_of(*response, request.head.method == "HEAD");
    asked = Clock::now().time_since_epoch() / std::chrono::seconds(1);
    now_at(me, Live::At::Body);
    const auto deadline = began + limits.head + std::chrono::seconds(request.head.length / limits.body_bytes_per_second);
    MultipartReader file{boundary_of(request.head.header("content-type")), uploads};
    if (const auto refusal =
            read_body(socket, request, std::string_view(bytes).substr(read.size, size - read.size), deadline, file))
      return refused(*refusal);
    now_at(me, Live::At::Work);
    return bytes_of(service.answer(request), request.head.method == "HEAD");
  }

  void now_at(std::list<Live>::iterator me, Live::At at) {
    const std::lock_guard lock(mutex);
    me->at = at, me->since = Clock::now();
  }

  // Whom everybody else waits for: the oldest that still sends its head, else the oldest that sends a body or takes an answer slowly.
  std::list<Live>::iterator slowest() {
    const auto head = std::find_if(live.begin(), live.end(), [](const Live& one) { return one.at == Live::At::Head && !one.woken; });
    if (head != live.end()) return head;
    const auto now = Clock::now();
    return std::find_if(live.begin(), live.end(), [&](const Live& one) {
      return one.at != Live::At::Work && !one.woken && now - one.since >= patience;
    });
  }

  // Exactly as many bytes as were announced, or nothing of them is used.
  std::optional<Refusal> read_body(StreamSocket& socket, Request& request, std::string_view first, Clock::time_point deadline,
                                   MultipartReader& file) {
    const Head& head = request.head;
    if (first.size() > head.length) return Refusal{400, "web.gate.more-than-announced"};
    if (head.length == 0) return std::nullopt;
    const std::string& type = head.header("content-type");
    const bool with_file = !boundary_of(type).empty();
    if (!with_file && type != "application/x-www-form-urlencoded") return Refusal{415, "web.gate.type"};
    if (head.length > (with_file ? upload_limit + form_limit : form_limit))
      return Refusal{413, with_file ? "web.gate.large-file" : "web.gate.large-form"};
    struct Place {
      std::atomic<std::size_t>& taken;
      explicit Place(std::atomic<std::size_t>& of) : taken(of) { ++taken; }
      ~Place() { --taken; }
    };
    std::optional<Place> place;
    if (with_file) place.emplace(uploading);
    if (uploading > limits.uploads) return Refusal{503, "web.gate.many-uploads"};
    std::string form;
    bool sound = true;
    const auto take = [&](std::string_view bytes) {
      if (with_file)
        sound = sound && file.take(bytes);
      else
        form += bytes;
    };
    std::uint64_t left = head.length - first.size();
    take(first);
    std::string piece(64 << 10, '\0');
    while (left > 0) {
      const auto got =
          receive(socket, piece.data(), static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())), deadline);
      if (!got) return Refusal{408, "web.gate.slow"};
      if (got == 0) return Refusal{400, "web.gate.cut-off"};
      left -= *got;
      take(std::string_view(piece).substr(0, *got));
    }
    if (with_file) {
      if (!sound || !file.complete()) return Refusal{400, "web.gate.form"};
      request.form = std::move(file.fields);
      request.upload = file.upload;  // the reader removes the file when the request has been answered
      return std::nullopt;
    }
    auto fields = read_fields(form);
    if (!fields) return Refusal{400, "web.gate.form"};
    request.form = std::move(*fields);
    return std::nullopt;
  }
};

std::unique_ptr<Server> Server::bind(int port, ServerLimits limits) {
  for (int tried = port; tried < port + (port == 0 ? 1 : 20); ++tried) {
    try {
      auto state = std::make_shared<State>();
      state->listening.bind({"127.0.0.1", static_cast<Poco::UInt16>(tried)}, true, false);
      state->listening.listen(256);
      state->limits = limits;
      return std::unique_ptr<Server>(new Server(std::move(state)));
    } catch (const Poco::Exception&) {
      // Taken: the next one.
    }
  }
  return nullptr;
}

Server::Server(std::shared_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() { stop(); }
int Server::port() const { return state_->listening.address().port(); }
void Server::stop() { state_->stopped = true; }

void Server::run(Service service, std::filesystem::path uploads, std::chrono::seconds idle) {
  State& state = *state_;
  state.service = std::move(service);
  state.uploads = std::move(uploads);
  const auto now = [] { return Clock::now().time_since_epoch() / std::chrono::seconds(1); };
  state.asked = now();
  while (!state.stopped && now() - state.asked < idle.count()) {
    try {
      if (!state.listening.poll(Poco::Timespan(0, 100'000), Poco::Net::Socket::SELECT_READ)) continue;
      std::unique_lock lock(state.mutex);
      if (state.live.size() >= state.limits.connections) {
        const auto slow = state.slowest();
        if (slow != state.live.end()) {
          slow->woken = true;
          wake(slow->socket);
        }
        // Its thread ends at once. Until there is a place, who asks waits in the system's queue; nobody is turned away.
        state.ended.wait_for(lock, std::chrono::milliseconds(50));
        continue;
      }
      state.live.push_back({state.listening.acceptConnection()});
      try {
        // The thread keeps what it uses, also past the end of the server.
        std::thread([kept = state_, me = std::prev(state.live.end())] { kept->serve(me); }).detach();
      } catch (const std::exception&) {
        state.live.pop_back();
        throw;
      }
    } catch (const std::exception&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));  // no descriptors or threads just now
    }
  }
  std::unique_lock lock(state.mutex);
  for (Live& one : state.live)
    if (one.at == Live::At::Head) wake(one.socket);
  state.ended.wait(lock, [&] { return state.live.empty(); });
}

std::optional<std::string> ask_running(int port, const std::string& path, const std::string& form) {
  try {
    StreamSocket socket;
    socket.connect({"127.0.0.1", static_cast<Poco::UInt16>(port)}, Poco::Timespan(2, 0));
    socket.setBlocking(false);
    const auto deadline = Clock::now() + std::chrono::seconds(5);
    const std::string host = "127.0.0.1:" + std::to_string(port);
    if (!send(socket,
              "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
                  "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(form.size()) +
                  "\r\n\r\n" + form,
              deadline))
      return std::nullopt;
    std::string answer(16 << 10, '\0');
    std::size_t size = 0;
    while (const std::size_t got = receive(socket, answer.data() + size, answer.size() - size, deadline).value_or(0))
      if ((size += got) == answer.size()) break;
    answer.resize(size);
    const std::size_t end = answer.find("\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 200 ") || end == answer.npos) return std::nullopt;
    return answer.substr(end + 4);
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace horisont::web
