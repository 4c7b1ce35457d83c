// A real proxy over a real WebSocket: it dies in the middle of everything, and comes back.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <thread>

#include "backends/posix/posix_backend.h"
#include "backends/websocket/websocket_backend.h"
#include "everysock/socket.h"
#include "tests/websocket/proxy_process.h"

namespace everysock::websocket {
namespace {

using Clock = std::chrono::steady_clock;

// A server on this machine's own sockets which accepts and then does nothing: whoever sends to it gets stuck, whoever
// receives from it waits.
class Idle {
 public:
  Idle() : listener_(create_server({"127.0.0.1", 0}, {}, *network_).value()) {}
  Address address() const { return listener_.getsockname().value(); }

 private:
  std::unique_ptr<Backend> network_ = new_posix_backend();
  Socket listener_;
};

Socket connected(Backend& backend, const Address& address) {
  Socket s = socket(af_inet, sock_stream, {}, backend).value();
  REQUIRE(s.connect(address));
  return s;
}

// Echoes one connection of this machine's until its end.
class Echo {
 public:
  Echo() : listener_(create_server({"127.0.0.1", 0}, {}, *network_).value()) {
    thread_ = std::thread([this] {
      auto accepted = listener_.accept();
      if (!accepted) return;
      for (;;) {
        const auto data = accepted->socket.recv(65536);
        if (!data || data->empty() || !accepted->socket.sendall(*data)) return;
      }
    });
  }
  ~Echo() { thread_.join(); }
  Address address() const { return listener_.getsockname().value(); }

 private:
  std::unique_ptr<Backend> network_ = new_posix_backend();
  Socket listener_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("proxy: killed in mid-transfer, every blocked call ends within a second, with ENETDOWN") {
  auto proxy = std::make_unique<ProxyProcess>();
  const auto backend = new_websocket_backend({.url = proxy->url()});
  const Idle idle;
  Socket receiving = connected(*backend, idle.address());
  Socket timed = connected(*backend, idle.address());
  REQUIRE(timed.settimeout(60));
  Socket sending = connected(*backend, idle.address());
  Socket server = create_server({"127.0.0.1", 0}, {}, *backend).value();
  Socket datagrams = socket(af_inet, sock_dgram, {}, *backend).value();
  REQUIRE(datagrams.bind(InetAddress{"127.0.0.1", 0}));
  Socket polled = connected(*backend, idle.address());
  Selector selector = Selector::create(*backend).value();
  REQUIRE(selector.add(polled, Interest::read));

  std::atomic<int> started{0};
  const auto begin = [&](std::function<Errc()> call) {
    return std::async(std::launch::async, [&started, call = std::move(call)] {
      ++started;
      const Errc error = call();
      return std::pair(error, Clock::now());
    });
  };
  const std::string much(64 << 20, 'x');
  const Echo flowing;
  Socket stream = connected(*backend, flowing.address());
  std::atomic<std::size_t> sent{0};
  std::atomic<std::size_t> received{0};
  std::vector<std::future<std::pair<Errc, Clock::time_point>>> calls;
  calls.push_back(begin([&] { return receiving.recv(1).error().errc(); }));
  calls.push_back(begin([&] { return timed.recv(1).error().errc(); }));
  calls.push_back(begin([&] { return sending.sendall(much).error().errc(); }));
  // These two never rest: what one sends the other gets back.
  calls.push_back(begin([&] {
    const std::string piece(64 << 10, 'x');
    for (;;) {
      const auto done = stream.sendall(piece);
      if (!done) return done.error().errc();
      sent += piece.size();
    }
  }));
  calls.push_back(begin([&] {
    for (;;) {
      const auto piece = stream.recv(64 << 10);
      if (!piece) return piece.error().errc();
      received += piece->size();
    }
  }));
  calls.push_back(begin([&] { return server.accept().error().errc(); }));
  calls.push_back(begin([&] { return datagrams.recvfrom(1).error().errc(); }));
  calls.push_back(begin([&] {
    CHECK(selector.select(60).value().size() == 1);
    return polled.recv(1).error().errc();
  }));
  while (started < static_cast<int>(calls.size())) std::this_thread::yield();
  const auto patience = Clock::now() + std::chrono::seconds(30);
  while (sent < much.size() / 8 || received < much.size() / 8) {
    REQUIRE(Clock::now() < patience);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  for (auto& call : calls) CHECK(call.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout);

  const auto killed = Clock::now();
  proxy->kill();
  for (auto& call : calls) {
    REQUIRE(call.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    const auto [error, moment] = call.get();
    CHECK(error == Errc::enetdown);
    CHECK(moment - killed < std::chrono::seconds(1));
  }
  CHECK(socket(af_inet, sock_stream, {}, *backend).error().errc() == Errc::enetdown);
  CHECK(receiving.getpeername().error().errc() == Errc::enetdown);

  // It comes back: new sockets work, old ones stay dead and can be closed.
  const ProxyProcess again(proxy->port());
  const Echo echo;
  Socket fresh = connected(*backend, echo.address());
  REQUIRE(fresh.sendall("hello again"));
  CHECK(fresh.recv(11, msg_waitall).value() == "hello again");
  CHECK(receiving.recv(1).error().errc() == Errc::enetdown);
  CHECK(receiving.close());
  CHECK(fresh.close());
}

TEST_CASE("proxy: bulk both ways at once") {
  const ProxyProcess proxy;
  const auto backend = new_websocket_backend({.url = proxy.url()});
  const Echo echo;
  Socket s = connected(*backend, echo.address());
  constexpr std::size_t size = 16 << 20;
  std::string sent(size, '\0');
  for (std::size_t i = 0; i < size; ++i) sent[i] = static_cast<char>(i * 31 % 251);
  auto sender = std::async(std::launch::async, [&] { return s.sendall(sent).has_value(); });
  const std::string received = s.recv(size, msg_waitall).value();
  CHECK(sender.get());
  CHECK((received == sent));
}

TEST_CASE("proxy: a wrong token is EACCES, the right one is let in") {
  const char* const right = "a-token-of-many-characters";
  setenv("EVERYSOCK_PROXY_TOKEN", right, 1);
  const ProxyProcess proxy;
  unsetenv("EVERYSOCK_PROXY_TOKEN");
  for (const char* token : {"", "wrong", "a-token-of-many-characterS"}) {
    CAPTURE(token);
    const auto backend = new_websocket_backend({.url = proxy.url(), .token = token});
    CHECK(socket(af_inet, sock_stream, {}, *backend).error() == Error(Operation::socket, Errc::eacces));
  }
  const auto backend = new_websocket_backend({.url = proxy.url(), .token = right});
  CHECK(socket(af_inet, sock_stream, {}, *backend));
}

TEST_CASE("proxy: a name that the proxy does not go by is EACCES, until --host allows it") {
  // The resolver reads it as 127.0.0.1, and the Host field has it as it stands.
  const auto refusal = [](const ProxyProcess& proxy) {
    const auto backend = new_websocket_backend({.url = "ws://127.1:" + std::to_string(proxy.port()) + "/"});
    const auto s = socket(af_inet, sock_stream, {}, *backend);
    return s ? Error(Operation::none, Errc::ok) : s.error();
  };
  CHECK(refusal(ProxyProcess()) == Error(Operation::socket, Errc::eacces));
  CHECK(refusal(ProxyProcess(0, {"--host", "127.1"})) == Errc::ok);
}

TEST_CASE("proxy: a target that is not allowed is EACCES") {
  const ProxyProcess proxy;
  const auto backend = new_websocket_backend({.url = proxy.url()});
  Socket s = socket(af_inet, sock_stream, {}, *backend).value();
  CHECK(s.connect(InetAddress{"10.1.2.3", 80}).error() == Error(Operation::connect, Errc::eacces));
  CHECK(s.connect_ex(InetAddress{"10.1.2.3", 80}).value() == Errc::eacces);
  CHECK(s.bind(InetAddress{"10.1.2.3", 0}).error() == Error(Operation::bind, Errc::eacces));
  Socket d = socket(af_inet, sock_dgram, {}, *backend).value();
  CHECK(d.sendto("x", InetAddress{"10.1.2.3", 53}).error() == Error(Operation::sendto, Errc::eacces));
}

TEST_CASE("proxy: who does not speak everysock.v1 there") {
  const auto network = new_posix_backend();
  Socket listener = create_server({"127.0.0.1", 0}, {}, *network).value();
  const Address address = listener.getsockname().value();
  const std::string url = "ws://" + to_string(address) + "/";
  std::string_view answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  Errc expected = Errc::enetdown;
  SUBCASE("a web server") {}
  SUBCASE("one that refuses us") {
    answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    expected = Errc::eacces;
  }
  SUBCASE("one that hangs up") { answer = ""; }
  std::thread server([&] {
    auto accepted = listener.accept().value();
    (void)accepted.socket.recv(4096);
    (void)accepted.socket.sendall(answer);
  });
  const auto backend = new_websocket_backend({.url = url});
  CHECK(socket(af_inet, sock_stream, {}, *backend).error() == Error(Operation::socket, expected));
  server.join();
}

TEST_CASE("proxy: URLs that lead nowhere") {
  for (const char* url : {"", "wss://127.0.0.1/", "ws://127.0.0.1:1/", "http://127.0.0.1/"}) {
    CAPTURE(url);
    const auto backend = new_websocket_backend({.url = url});
    CHECK(socket(af_inet, sock_stream, {}, *backend).error() == Error(Operation::socket, Errc::enetdown));
    CHECK(getaddrinfo("localhost", 80, af_unspec, {}, {}, {}, *backend).error().errc() == Errc::enetdown);
  }
}

}  // namespace everysock::websocket
