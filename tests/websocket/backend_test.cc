// Blocking calls over a link: what waits for what.
#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <future>

#include "everysock/socket.h"
#include "tests/websocket/fake_transport.h"

namespace everysock::websocket {
namespace {

template <typename T>
T finish(std::future<T>& future) {
  REQUIRE(future.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
  return future.get();
}

// Sends back what comes as data, as far as the client's credit goes; gives the client credit for what went back.
class Echo {
 public:
  explicit Echo(std::size_t window) : credit_(window) {}
  bool operator()(const Frame& frame, std::string& answer) {
    if (const auto* data = std::get_if<Data>(&frame.body)) {
      held_ += data->data.bytes;
    } else if (const auto* credit = std::get_if<Credit>(&frame.body)) {
      credit_ += credit->amount;
    } else {
      return false;
    }
    const std::string back = held_.substr(0, credit_);
    if (back.empty()) return true;
    held_.erase(0, back.size());
    credit_ -= back.size();
    append_frame(answer, frame.handle, Credit{static_cast<std::uint32_t>(back.size())});
    append_frame(answer, frame.handle, Data{{back}});
    return true;
  }

 private:
  std::size_t credit_;
  std::string held_;
};

Socket connected(FakeLink& link) {
  Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
  REQUIRE(s.connect(server_address));
  return s;
}

}  // namespace

TEST_CASE("backend: a conversation") {
  FakeLink link(Echo(1000));
  Socket s = connected(link);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(s.sendall("hello"));
    REQUIRE(s.recv(5, msg_waitall).value() == "hello");
  }
  CHECK(to_string(s.getsockname().value()) == "127.0.0.1:40000");
  CHECK(s.close());
}

TEST_CASE("backend: sending much more than the credit, in both directions at once") {
  FakeLink link(Echo(1000), 1000);
  Socket s = connected(link);
  constexpr std::size_t size = 200'000;
  std::string sent(size, '\0');
  for (std::size_t i = 0; i < size; ++i) sent[i] = static_cast<char>(i * 7 % 251);
  // The echo comes back as fast as it goes out, which the window towards us allows only while we read.
  auto sender = std::async(std::launch::async, [&] { return s.sendall(sent).has_value(); });
  std::string received;
  while (received.size() < size) {
    const std::string piece = s.recv(5000).value();
    REQUIRE(!piece.empty());
    received += piece;
  }
  CHECK(finish(sender));
  CHECK(received == sent);
}

TEST_CASE("backend: a request's failure is the call's") {
  FakeLink link([](const Frame& frame, std::string& answer) {
    const auto* bind = std::get_if<Bind>(&frame.body);
    if (bind == nullptr) return false;
    append_frame(answer, frame.handle, Failed{bind->request, Error(Operation::none, Errc::eaddrinuse)});
    return true;
  });
  Socket s = socket(af_inet, sock_stream, {}, *link.backend).value();
  CHECK(s.bind(client_address).error() == Error(Operation::bind, Errc::eaddrinuse));
  CHECK(s.listen());  // one that was waited for takes nothing else down
}

TEST_CASE("backend: waiting for all of it, or for enough") {
  FakeLink link;
  Socket s = connected(link);
  auto all = std::async(std::launch::async, [&] { return s.recv(10, msg_waitall).value(); });
  link.transport->push(message(1, Data{{"abc"}}));
  link.transport->push(message(1, Data{{"defg"}}));
  link.transport->settle();
  CHECK(all.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout);
  link.transport->push(message(1, Data{{"hijkl"}}));
  CHECK(finish(all) == "abcdefghij");
  CHECK(s.recv(10, msg_peek).value() == "kl");
  auto peek = std::async(std::launch::async, [&] { return s.recv(4, msg_peek | msg_waitall).value(); });
  link.transport->push(message(1, Data{{"mn"}}));
  CHECK(finish(peek) == "klmn");
  auto cut = std::async(std::launch::async, [&] { return s.recv(10, msg_waitall).value(); });
  link.transport->push(message(1, End{}));
  CHECK(finish(cut) == "klmn");
  CHECK(s.recv(10).value() == "");
}

TEST_CASE("backend: msg_waitall that a reset cuts short leaves the error to the next call") {
  FakeLink link;
  Socket s = connected(link);
  link.transport->push(message(1, Data{{"abc"}}));
  link.transport->push(message(1, Reset{Error(Operation::none, Errc::econnreset)}));
  CHECK(s.recv(10, msg_waitall).value() == "abc");
  CHECK(s.recv(10).error().errc() == Errc::econnreset);
  CHECK(s.recv(10).value() == "");
}

TEST_CASE("backend: so_rcvtimeo and so_sndtimeo") {
  FakeLink link;
  Socket s = connected(link);
  std::array<std::byte, 16> ten_milliseconds{};
  ten_milliseconds[8] = std::byte{0x10};
  ten_milliseconds[9] = std::byte{0x27};
  REQUIRE(s.setsockopt(sol_socket, so_rcvtimeo, ConstBuffer(ten_milliseconds)));
  REQUIRE(s.setsockopt(sol_socket, so_sndtimeo, ConstBuffer(ten_milliseconds)));
  CHECK(s.recv(1).error().errc() == Errc::eagain);
  CHECK(s.send(std::string(1500, 'x')).value() == 1000);
  CHECK(s.send("y").error().errc() == Errc::eagain);
  CHECK(s.getsockopt(sol_socket, so_rcvtimeo, 16).value() ==
        std::string(reinterpret_cast<const char*>(ten_milliseconds.data()), 16));
}

TEST_CASE("backend: so_linger waits for the close, but not longer") {
  bool answers = true;
  SUBCASE("answered") { answers = true; }
  SUBCASE("not answered") { answers = false; }
  FakeLink link(
      [&](const Frame& frame, std::string&) { return !answers && std::holds_alternative<Close>(frame.body); });
  Socket s = connected(link);
  const std::array<std::byte, 8> one_second{std::byte{1}, {}, {}, {}, std::byte{1}};
  REQUIRE(s.setsockopt(sol_socket, so_linger, ConstBuffer(one_second)));
  const auto before = std::chrono::steady_clock::now();
  CHECK(s.close());
  const auto took = std::chrono::steady_clock::now() - before;
  CHECK((took >= std::chrono::seconds(1)) == !answers);
}

TEST_CASE("backend: accept waits, and takes in order") {
  FakeLink link;
  Socket listener = socket(af_inet, sock_stream, {}, *link.backend).value();
  REQUIRE(listener.bind(server_address));
  REQUIRE(listener.listen());
  auto accepted = std::async(std::launch::async, [&] { return to_string(listener.accept().value().address); });
  for (std::uint16_t i = 0; i < 3; ++i) {
    const Address peer = InetAddress{"10.0.0.1", 1000 + i};
    link.transport->push(message(1, Accepted{first_server_handle + i, server_address, peer}));
  }
  CHECK(finish(accepted) == "10.0.0.1:1000");
  CHECK(to_string(listener.accept().value().address) == "10.0.0.1:1001");
  {
    auto last = listener.accept().value();
    CHECK(to_string(last.socket.getpeername().value()) == "10.0.0.1:1002");
    CHECK(last.socket.send("x").value() == 1);
  }
  REQUIRE(listener.setblocking(false));
  CHECK(listener.accept().error().errc() == Errc::eagain);
}

TEST_CASE("backend: datagrams wait for the first answer only") {
  std::atomic<int> asked{0};
  FakeLink link([&](const Frame& frame, std::string&) {
    const auto* datagram = std::get_if<Datagram>(&frame.body);
    if (datagram != nullptr && datagram->request != 0) ++asked;
    return false;
  });
  Socket s = socket(af_inet, sock_dgram, {}, *link.backend).value();
  for (int i = 0; i < 5; ++i) CHECK(s.sendto("x", server_address).value() == 1);
  CHECK(asked == 1);
  CHECK(to_string(s.getsockname().value()) == "127.0.0.1:40000");
  CHECK(s.sendto("x", InetAddress{"127.0.0.2", 9}).value() == 1);
  CHECK(asked == 2);
}

TEST_CASE("backend: duplicates are one socket, until the last is closed") {
  std::atomic<int> closes{0};
  FakeLink link([&](const Frame& frame, std::string&) {
    if (std::holds_alternative<Close>(frame.body)) ++closes;
    return false;
  });
  Socket s = connected(link);
  Socket twin = s.dup().value();
  CHECK(twin.fileno() != s.fileno());
  link.transport->push(message(1, Data{{"ab"}}));
  CHECK(s.recv(1).value() == "a");
  CHECK(twin.recv(1).value() == "b");
  CHECK(s.close());
  link.transport->settle();
  CHECK(closes == 0);
  CHECK(twin.send("x").value() == 1);
  CHECK(twin.close());
  link.transport->settle();
  CHECK(closes == 1);
}

TEST_CASE("backend: detached numbers are taken up again") {
  FakeLink link;
  Socket s = connected(link);
  const std::int64_t number = s.detach();
  Socket again = socket_from_fileno(number, {}, *link.backend).value();
  CHECK(again.family() == af_inet);
  CHECK(again.type() == sock_stream);
  CHECK(again.proto() == ipproto_tcp);
  CHECK(socket_from_fileno(number + 50, {}, *link.backend).error().errc() == Errc::ebadf);
}

TEST_CASE("backend: a pair that cannot be had leaves nothing behind") {
  std::atomic<int> closes{0};
  FakeLink link([&](const Frame& frame, std::string& answer) {
    if (std::holds_alternative<Close>(frame.body)) ++closes;
    const auto* pair = std::get_if<OpenPair>(&frame.body);
    if (pair == nullptr) return false;
    append_frame(answer, frame.handle, Failed{pair->request, Error(Operation::none, Errc::emfile)});
    return true;
  });
  CHECK(socketpair(af_unix, sock_stream, {}, *link.backend).error() == Error(Operation::socketpair, Errc::emfile));
  link.transport->settle();
  CHECK(closes == 2);
}

TEST_CASE("backend: names are asked of the proxy") {
  FakeLink link;
  const auto infos = getaddrinfo("example.org", "http", af_unspec, {}, {}, {}, *link.backend).value();
  REQUIRE(infos.size() == 1);
  CHECK(infos[0].address == server_address);
}

TEST_CASE("backend: it may end while calls are under way") {
  auto link = std::make_unique<FakeLink>();
  auto s = std::make_unique<Socket>(connected(*link));
  auto received = std::async(std::launch::async, [&] { return s->recv(1).has_value(); });
  link->transport->drop();
  CHECK(!finish(received));
  s.reset();
  link.reset();
}

TEST_CASE("backend: without a transport every socket is refused") {
  struct Refusing final : Transport {
    void open(const std::string&, TransportListener& listener) override { listener_ = &listener; }
    void output_ready() override {}
    void close(std::uint16_t, std::string_view) override {}
    void stop() override {}
    bool may_block() const override { return false; }
    TransportListener* listener_ = nullptr;
  };
  const auto backend = new_websocket_backend({.url = "ws://nowhere", .transport = std::make_shared<Refusing>()});
  CHECK(backend->name() == "websocket");
  CHECK(backend->supports(Feature::msg_peek).level == SupportLevel::emulated);
  CHECK(backend->supports(Feature::raw).level == SupportLevel::unsupported);
  CHECK(!backend->supports(Feature::raw).reason.empty());
}

}  // namespace everysock::websocket
