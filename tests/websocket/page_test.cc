// On a thread that may not sleep.
#include <doctest/doctest.h>

#include "everysock/socket.h"
#include "tests/websocket/fake_transport.h"

namespace everysock::websocket {
namespace {

struct Page : FakeLink {
  explicit Page(FakeTransport::Handler handler = nullptr) : FakeLink(std::move(handler)) {
    transport->let_block(false);
  }
  Socket make(SocketKind kind = sock_stream) {
    Socket s = socket(af_inet, kind | sock_nonblock, {}, *backend).value();
    return s;
  }
};

bool is_would_block_page(const Error& error) { return error == UsageErrc::would_block_page; }

}  // namespace

TEST_CASE("page: blocking calls are refused, not begun") {
  Page page;
  Socket s = socket(af_inet, sock_stream, {}, *page.backend).value();
  page.transport->settle();
  CHECK(is_would_block_page(s.connect(server_address).error()));
  REQUIRE(s.listen());
  page.transport->settle();
  CHECK(is_would_block_page(s.accept().error()));
  CHECK(is_would_block_page(getaddrinfo("example.org", 80, af_unspec, {}, {}, {}, *page.backend).error()));
}

TEST_CASE("page: a whole conversation without waiting") {
  Page page;
  Socket s = page.make();
  REQUIRE(s.setsockopt(ipproto_tcp, tcp_nodelay, 1));
  CHECK(s.connect(server_address).error() == Errc::einprogress);
  page.transport->settle();
  CHECK(s.getsockopt(sol_socket, so_error).value() == 0);
  CHECK(s.send("ping").value() == 4);
  CHECK(s.recv(10).error() == Errc::eagain);
  page.transport->push(message(1, Data{{"pong"}}));
  page.transport->settle();
  CHECK(s.recv(10).value() == "pong");
  CHECK(s.getsockopt(ipproto_tcp, tcp_nodelay).value() == 1);
  CHECK(to_string(s.getpeername().value()) == "127.0.0.1:80");
}

TEST_CASE("page: a bind that fails is told by the next call") {
  Page page([](const Frame& frame, std::string& answer) {
    const auto* bind = std::get_if<Bind>(&frame.body);
    if (bind == nullptr) return false;
    append_frame(answer, frame.handle, Failed{bind->request, Error(Operation::bind, Errc::eaddrinuse)});
    return true;
  });
  Socket s = page.make(sock_dgram);
  CHECK(s.bind(InetAddress{"127.0.0.1", 53}));
  page.transport->settle();
  CHECK(s.sendto("x", server_address).error().errc() == Errc::eaddrinuse);
  CHECK(s.sendto("x", server_address).value() == 1);
}

TEST_CASE("page: a listener is told of its failure where it waits") {
  Page page([](const Frame& frame, std::string& answer) {
    const auto* listen = std::get_if<Listen>(&frame.body);
    if (listen == nullptr) return false;
    append_frame(answer, frame.handle, Failed{listen->request, Error(Operation::listen, Errc::eacces)});
    return true;
  });
  Socket s = page.make();
  Selector selector = Selector::create(*page.backend).value();
  REQUIRE(selector.add(s, Interest::read));
  REQUIRE(s.listen());
  page.transport->settle();
  CHECK(selector.select(0).value().size() == 1);
  CHECK(s.accept().error().errc() == Errc::eacces);
}

TEST_CASE("page: options that are not known here cannot be asked for") {
  Page page;
  Socket s = page.make();
  page.transport->settle();
  CHECK(s.getsockopt(sol_socket, so_keepalive).value() == 0);
  CHECK(is_would_block_page(s.getsockopt(sol_socket, so_rcvbuf).error()));
  REQUIRE(s.setsockopt(sol_socket, so_rcvbuf, 4096));
  CHECK(s.getsockopt(sol_socket, so_rcvbuf).value() == 4096);
}

TEST_CASE("page: the callback tells of readiness, select(0) of what") {
  Page page;
  std::atomic<int> calls{0};
  Socket s = page.make();
  CHECK(s.connect(server_address).error() == Errc::einprogress);
  Selector selector = Selector::create(*page.backend).value();
  REQUIRE(selector.add(s, Interest::read));
  REQUIRE(selector.set_callback([&] { ++calls; }));
  page.transport->settle();
  CHECK(selector.select(0).value().empty());
  const int before = calls;
  page.transport->push(message(1, Data{{"a"}}));
  page.transport->push(message(1, Data{{"b"}}));
  page.transport->settle();
  CHECK(calls == before + 1);
  CHECK(selector.select(0).value().size() == 1);
  CHECK(s.recv(10).value() == "ab");
  page.transport->push(message(1, Data{{"c"}}));
  page.transport->settle();
  CHECK(calls == before + 2);
  CHECK(is_would_block_page(selector.select(1.0).error()) == false);
}

TEST_CASE("page: a selector that would have to sleep is refused") {
  Page page;
  Selector selector = Selector::create(*page.backend).value();
  Socket s = page.make(sock_dgram);
  REQUIRE(selector.add(s, Interest::read));
  CHECK(is_would_block_page(selector.select().error()));
  CHECK(selector.select(0).value().empty());
}

TEST_CASE("page: while there is no proxy, open goes ahead and the socket finds out") {
  Page page;
  page.transport->refuse_next({});
  Socket s = page.make();
  page.transport->settle();
  CHECK(s.connect(server_address).error().errc() == Errc::enetdown);
  Socket next = page.make();
  CHECK(next.connect(server_address).error() == Errc::einprogress);
}

}  // namespace everysock::websocket
