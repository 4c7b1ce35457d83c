// The engine alone: states, credit, pipelining, refusals of what a server may not do.
#include <doctest/doctest.h>

#include "tests/websocket/wire.h"

namespace everysock::websocket {
namespace {

std::string_view name(const std::optional<ProtocolError>& error) { return error ? reason(*error) : "fine"; }

template <typename T>
std::string errc(const Result<T>& result) {
  return result ? "fine" : std::string(result.error().name());
}

Result<std::size_t> send_to(ClientEngine& engine, const SocketPointer& socket, std::string_view text,
                            const Address* to = nullptr, Reply* reply = nullptr) {
  const ConstBuffer buffer(text);
  return engine.send_packet(socket, {.buffers = {&buffer, 1}, .flags = {}, .address = to, .control = {}}, false, reply);
}

// As Wire::opened(), where something else has been sent before.
SocketPointer opened_later(Wire& wire, AddressFamily family, SocketKind kind) {
  while (!wire.quiet()) wire.skip();
  return wire.opened(family, kind);
}

int so_error_of(Wire& wire, SocketState& socket) {
  std::array<std::byte, 4> value{};
  const auto size = wire.engine.local_option(socket, sol_socket, so_error, value);
  REQUIRE(size);
  REQUIRE(*size);
  return std::to_integer<int>(value[0]);
}

}  // namespace

// ---- opening and pipelining ----

TEST_CASE("engine: open, options, bind and connect need no answers in between") {
  Wire wire;
  const SocketPointer socket = *wire.engine.open(af_inet, sock_stream, {}, nullptr);
  const std::array<std::byte, 4> on{std::byte{1}};
  CHECK(*wire.engine.set_option(socket, sol_socket, so_reuseaddr, on, nullptr));
  CHECK(wire.engine.bind(socket, client_address, nullptr));
  CHECK(*wire.engine.connect(socket, server_address, false, nullptr) == ConnectStep::started);
  const auto open = wire.expect<Open>();
  CHECK(wire.flags == 0);
  const auto option = wire.expect<SetOption>();
  CHECK(wire.flags == flag::pipelined);
  const auto bind = wire.expect<Bind>();
  CHECK(wire.flags == flag::pipelined);
  const auto connect = wire.expect<Connect>();
  CHECK(wire.flags == flag::pipelined);
  CHECK(wire.quiet());

  SUBCASE("all goes well") {
    for (const std::uint32_t request : {open.request, option.request, bind.request}) {
      CHECK(!wire.send(wire.handle, Done{request, {}, {}}));
    }
    CHECK(!wire.send(wire.handle, Done{connect.request, client_address, server_address}));
    CHECK(socket->phase == Phase::connected);
    CHECK(wire.engine.connect_outcome(*socket));
    CHECK(*wire.engine.local_address(*socket) == client_address);
    CHECK(*wire.engine.peer_address(*socket) == server_address);
  }
  SUBCASE("the bind fails, and what depends on it with the same error") {
    CHECK(!wire.send(wire.handle, Done{open.request, {}, {}}));
    CHECK(!wire.send(wire.handle, Done{option.request, {}, {}}));
    CHECK(!wire.send(wire.handle, Failed{bind.request, Error(Operation::bind, Errc::eaddrinuse)}));
    CHECK(!wire.send(wire.handle, Failed{connect.request, Error(Operation::bind, Errc::eaddrinuse)}));
    CHECK(socket->phase == Phase::open);
    const auto outcome = wire.engine.connect_outcome(*socket);
    REQUIRE(!outcome);
    CHECK(outcome.error() == Error(Operation::connect, Errc::eaddrinuse));
  }
}

TEST_CASE("engine: a request that is waited for is not pipelined") {
  Wire wire;
  const SocketPointer socket = wire.opened();
  Reply reply;
  CHECK(wire.engine.bind(socket, client_address, &reply));
  const auto bind = wire.expect<Bind>();
  CHECK(wire.flags == 0);
  CHECK(!wire.send(wire.handle, Failed{bind.request, Error(Operation::none, Errc::eaddrinuse)}));
  REQUIRE(reply.ended);
  CHECK(*reply.error == Error(Operation::bind, Errc::eaddrinuse));
  CHECK(!socket->pending_error);
  CHECK(wire.engine.listen(socket, 1, nullptr));
  wire.expect<Listen>();
  CHECK(wire.flags == 0);
}

TEST_CASE("engine: a failure that nobody waited for is the pending error") {
  Wire wire;
  const SocketPointer socket = wire.opened();
  CHECK(wire.engine.listen(socket, 1, nullptr));
  CHECK(errc(wire.engine.accept(*socket)) == "EAGAIN");
  CHECK(!socket->readable());
  const auto listen = wire.expect<Listen>();
  CHECK(!wire.send(wire.handle, Failed{listen.request, Error(Operation::listen, Errc::eaddrinuse)}));
  CHECK(socket->readable());
  CHECK(errc(wire.engine.accept(*socket)) == "EADDRINUSE");
  CHECK(errc(wire.engine.accept(*socket)) == "EINVAL");
}

TEST_CASE("engine: what the protocol does not carry is refused at once") {
  Wire wire;
  CHECK(errc(wire.engine.open(AddressFamily(77), sock_raw, {}, nullptr)) == "EAFNOSUPPORT");
  CHECK(errc(wire.engine.open(af_inet, sock_raw, ipproto_icmp, nullptr)) == "EPERM");
  CHECK(errc(wire.engine.open(af_inet, sock_seqpacket, {}, nullptr)) == "ESOCKTNOSUPPORT");
  CHECK(errc(wire.engine.open(af_inet, sock_stream, ipproto_udp, nullptr)) == "EPROTONOSUPPORT");
  CHECK(errc(wire.engine.open_pair(af_inet, sock_stream, {}, nullptr)) == "EOPNOTSUPP");
  CHECK(wire.quiet());
}

TEST_CASE("engine: the quota of sockets counts those being closed") {
  Wire wire;
  REQUIRE(wire.engine.server().max_sockets == 100);
  std::vector<SocketPointer> sockets;
  for (int i = 0; i < 100; ++i) sockets.push_back(*wire.engine.open(af_inet, sock_stream, {}, nullptr));
  CHECK(errc(wire.engine.open(af_inet, sock_stream, {}, nullptr)) == "EMFILE");
  for (int i = 0; i < 100; ++i) wire.expect<Open>();
  wire.engine.close(*sockets[0], nullptr);
  CHECK(errc(wire.engine.open(af_inet, sock_stream, {}, nullptr)) == "EMFILE");
  const auto close = wire.expect<Close>();
  CHECK(!wire.send(wire.handle, Done{close.request, {}, {}}));
  CHECK(wire.engine.open(af_inet, sock_stream, {}, nullptr));
}

// ---- streams and credit ----

TEST_CASE("engine: sending stops when the credit is used up") {
  Wire wire(100);
  const SocketPointer socket = wire.connected();
  CHECK(*send_text(wire.engine, *socket, std::string(60, 'a')) == 60);
  CHECK(socket->writable());
  CHECK(*send_text(wire.engine, *socket, std::string(60, 'b')) == 40);
  CHECK(!socket->writable());
  CHECK(errc(send_text(wire.engine, *socket, "c")) == "EAGAIN");
  CHECK(wire.expect<Data>().data.bytes == std::string(60, 'a'));
  CHECK(wire.expect<Data>().data.bytes == std::string(40, 'b'));
  CHECK(!wire.send(socket->wire, Credit{5}));
  CHECK(socket->writable());
  CHECK(*send_text(wire.engine, *socket, "0123456789") == 5);
}

TEST_CASE("engine: long sends are cut into short frames") {
  Wire wire(1 << 20);
  const SocketPointer socket = wire.connected();
  CHECK(*send_text(wire.engine, *socket, std::string(max_stream_data * 2 + 7, 'x')) == max_stream_data * 2 + 7);
  CHECK(wire.expect<Data>().data.bytes.size() == max_stream_data);
  CHECK(wire.expect<Data>().data.bytes.size() == max_stream_data);
  CHECK(wire.expect<Data>().data.bytes.size() == 7);
}

TEST_CASE("engine: credit is given back when half of the window has been read") {
  Wire wire(1000, 100);
  const SocketPointer socket = wire.connected();
  CHECK(!wire.send(socket->wire, Data{{std::string(100, 'x')}}));
  CHECK(receive_text(wire.engine, *socket, 49).size() == 49);
  CHECK(wire.quiet());
  CHECK(receive_text(wire.engine, *socket, 1, msg_peek).size() == 1);
  CHECK(wire.quiet());
  CHECK(receive_text(wire.engine, *socket, 1).size() == 1);
  CHECK(wire.expect<Credit>().amount == 50);
  CHECK(!wire.send(socket->wire, Data{{std::string(50, 'y')}}));
  CHECK(name(wire.send(socket->wire, Data{{"z"}})) == "credit-exceeded");
}

TEST_CASE("engine: a server that sends more than it may is hung up on") {
  Wire wire(1000, 100);
  const SocketPointer socket = wire.connected();
  CHECK(!wire.send(socket->wire, Data{{std::string(60, 'x')}}));
  CHECK(name(wire.send(socket->wire, Data{{std::string(41, 'x')}})) == "credit-exceeded");
}

TEST_CASE("engine: credit beyond 2^31-1 is an error") {
  Wire wire(100);
  const SocketPointer socket = wire.connected();
  CHECK(!wire.send(socket->wire, Credit{max_credit - 100}));
  CHECK(name(wire.send(socket->wire, Credit{1})) == "credit-overflow");
}

TEST_CASE("engine: end of stream and shutdown") {
  Wire wire;
  const SocketPointer socket = wire.connected();
  CHECK(receive_text(wire.engine, *socket) == "!EAGAIN");
  CHECK(!wire.send(socket->wire, Data{{"tail"}}));
  CHECK(!wire.send(socket->wire, End{}));
  CHECK(receive_text(wire.engine, *socket) == "tail");
  CHECK(receive_text(wire.engine, *socket) == "");
  CHECK(receive_text(wire.engine, *socket) == "");
  CHECK(socket->readable());
  CHECK(*send_text(wire.engine, *socket, "still") == 5);
  CHECK(*wire.engine.shutdown(socket, shut_wr, nullptr));
  CHECK(errc(send_text(wire.engine, *socket, "no more")) == "EPIPE");
  wire.expect<Data>();
  CHECK(wire.expect<Shutdown>().how == shut_wr);
}

TEST_CASE("engine: a reset comes behind the data and is reported once") {
  Wire wire;
  const SocketPointer socket = wire.connected();
  CHECK(!wire.send(socket->wire, Data{{"last"}}));
  CHECK(!wire.send(socket->wire, Reset{Error(Operation::none, Errc::econnreset)}));
  CHECK(receive_text(wire.engine, *socket) == "last");
  CHECK(receive_text(wire.engine, *socket) == "!ECONNRESET");
  CHECK(receive_text(wire.engine, *socket) == "");
  CHECK(errc(send_text(wire.engine, *socket, "x")) == "EPIPE");
  CHECK(socket->readiness() == Interest::read_write);
  CHECK(name(wire.send(socket->wire, Data{{"x"}})) == "wrong-state");
}

TEST_CASE("engine: a broken sending side leaves receiving alone") {
  Wire wire;
  const SocketPointer socket = wire.connected(af_unix);
  CHECK(!wire.send(socket->wire, PendingError{Error(Operation::none, Errc::epipe)}, flag::send_side));
  CHECK(!wire.send(socket->wire, Data{{"more"}}));
  CHECK(receive_text(wire.engine, *socket) == "more");
  CHECK(receive_text(wire.engine, *socket) == "!EAGAIN");
  CHECK(errc(send_text(wire.engine, *socket, "x")) == "EPIPE");
}

TEST_CASE("engine: sockets that are not connected") {
  Wire wire;
  const SocketPointer tcp = wire.opened();
  CHECK(receive_text(wire.engine, *tcp) == "!ENOTCONN");
  CHECK(errc(send_text(wire.engine, *tcp, "x")) == "EPIPE");
  CHECK(errc(wire.engine.peer_address(*tcp)) == "ENOTCONN");
  CHECK(errc(wire.engine.shutdown(tcp, shut_rdwr, nullptr)) == "ENOTCONN");
  CHECK(to_string(*wire.engine.local_address(*tcp)) == "0.0.0.0:0");
  CHECK(tcp->readiness() == Interest::read_write);  // as poll's POLLHUP
  const SocketPointer local = wire.opened(af_unix);
  CHECK(receive_text(wire.engine, *local) == "!EINVAL");
  CHECK(errc(send_text(wire.engine, *local, "x")) == "ENOTCONN");
  const SocketPointer udp = wire.opened(af_inet, sock_dgram);
  CHECK(errc(wire.engine.accept(*udp)) == "EOPNOTSUPP");
  CHECK(udp->readiness() == Interest::write);
}

// ---- connecting ----

TEST_CASE("engine: the stages of a connect") {
  Wire wire;
  const SocketPointer socket = wire.opened();
  CHECK(*wire.engine.connect(socket, server_address, false, nullptr) == ConnectStep::started);
  CHECK(socket->readiness() == Interest::none);
  CHECK(errc(wire.engine.connect(socket, server_address, false, nullptr)) == "EALREADY");
  CHECK(errc(send_text(wire.engine, *socket, "x")) == "EAGAIN");
  CHECK(receive_text(wire.engine, *socket) == "!EAGAIN");
  const auto connect = wire.expect<Connect>();

  SUBCASE("well") {
    CHECK(!wire.send(wire.handle, Done{connect.request, client_address, server_address}));
    CHECK(socket->readiness() == Interest::write);
    CHECK(so_error_of(wire, *socket) == 0);
    CHECK(*wire.engine.connect(socket, server_address, false, nullptr) == ConnectStep::connected);
    CHECK(errc(wire.engine.connect(socket, server_address, false, nullptr)) == "EISCONN");
  }
  SUBCASE("badly") {
    CHECK(!wire.send(wire.handle, Failed{connect.request, Error(Operation::none, Errc::econnrefused)}));
    CHECK(socket->readiness() == Interest::read_write);
    SUBCASE("so_error tells") {
      CHECK(so_error_of(wire, *socket) == static_cast<int>(Errc::econnrefused));
      CHECK(so_error_of(wire, *socket) == 0);
      CHECK(errc(wire.engine.connect(socket, server_address, false, nullptr)) == "ECONNABORTED");
    }
    SUBCASE("connect tells") {
      CHECK(errc(wire.engine.connect(socket, server_address, false, nullptr)) == "ECONNREFUSED");
    }
    CHECK(*wire.engine.connect(socket, server_address, false, nullptr) == ConnectStep::started);
  }
}

TEST_CASE("engine: a listening socket does not connect") {
  Wire wire;
  const SocketPointer socket = wire.listening();
  CHECK(errc(wire.engine.connect(socket, server_address, false, nullptr)) == "EISCONN");
}

// ---- accepting ----

TEST_CASE("engine: accepted connections are pushed within the accept credit") {
  Wire wire;
  const SocketPointer listener = wire.listening(4);
  CHECK(errc(wire.engine.accept(*listener)) == "EAGAIN");
  const Address peer = InetAddress{"10.0.0.1", 1234};
  CHECK(!wire.send(listener->wire, Accepted{first_server_handle, server_address, peer}));
  CHECK(!wire.send(first_server_handle, Data{{"early"}}));
  CHECK(listener->readable());
  CHECK(!wire.send(listener->wire, Accepted{first_server_handle + 1, server_address, peer}));
  const SocketPointer first = *wire.engine.accept(*listener);
  CHECK(wire.expect<Credit>().amount == 1);
  CHECK(wire.handle == listener->wire);
  CHECK(receive_text(wire.engine, *first) == "early");
  CHECK(*wire.engine.peer_address(*first) == peer);
  CHECK(*wire.engine.local_address(*first) == server_address);
  CHECK(!wire.send(listener->wire, Accepted{first_server_handle + 2, server_address, peer}));
  CHECK(name(wire.send(listener->wire, Accepted{first_server_handle + 3, server_address, peer})) == "credit-exceeded");
}

TEST_CASE("engine: a listener that is closed sends its connections back") {
  Wire wire;
  const SocketPointer listener = wire.listening(6);
  CHECK(!wire.send(listener->wire, Accepted{first_server_handle, server_address, {}}));
  wire.engine.close(*listener, nullptr);
  wire.expect<Close>();
  CHECK(wire.handle == first_server_handle);
  CHECK(wire.flags == flag::abort);
  const auto close = wire.expect<Close>();
  CHECK(wire.handle == listener->wire);
  // Those that cross the close, as many as there was credit for.
  CHECK(!wire.send(listener->wire, Accepted{first_server_handle + 1, server_address, {}}));
  CHECK(!wire.send(first_server_handle + 1, Data{{"ignored"}}));
  wire.expect<Close>();
  CHECK(wire.handle == first_server_handle + 1);
  CHECK(wire.flags == flag::abort);
  CHECK(!wire.send(listener->wire, Accepted{first_server_handle + 2, server_address, {}}));
  CHECK(name(wire.send(listener->wire, Accepted{first_server_handle + 9, server_address, {}})) == "credit-exceeded");
  CHECK(!wire.send(listener->wire, Done{close.request, {}, {}}));
  CHECK(name(wire.send(listener->wire, Accepted{first_server_handle + 10, server_address, {}})) == "unknown-handle");
}

// ---- closing ----

TEST_CASE("engine: a closed handle ignores what crosses, until the answer") {
  Wire wire;
  const SocketPointer socket = wire.connected();
  wire.engine.close(*socket, nullptr);
  const auto close = wire.expect<Close>();
  CHECK(wire.flags == 0);
  CHECK(!wire.send(socket->wire, Data{{"late"}}));
  CHECK(!wire.send(socket->wire, Credit{5}));
  CHECK(!wire.send(socket->wire, End{}));
  CHECK(!wire.send(socket->wire, Done{close.request, {}, {}}));
  CHECK(name(wire.send(socket->wire, Data{{"later"}})) == "unknown-handle");
}

TEST_CASE("engine: closing with unread data aborts") {
  Wire wire;
  const SocketPointer socket = wire.connected();
  CHECK(!wire.send(socket->wire, Data{{"unread"}}));
  wire.engine.close(*socket, nullptr);
  wire.expect<Close>();
  CHECK(wire.flags == flag::abort);
}

TEST_CASE("engine: replies to what was closed in the meantime change nothing") {
  Wire wire;
  const SocketPointer socket = wire.opened();
  CHECK(*wire.engine.connect(socket, server_address, false, nullptr) == ConnectStep::started);
  const auto connect = wire.expect<Connect>();
  wire.engine.close(*socket, nullptr);
  wire.expect<Close>();
  CHECK(!wire.send(socket->wire, Failed{connect.request, Error(Operation::none, Errc::econnrefused)}));
  CHECK(socket->phase == Phase::closed);
  CHECK(errc(send_text(wire.engine, *socket, "x")) == "EBADF");
}

// ---- datagrams ----

TEST_CASE("engine: datagrams cost their bytes and 64") {
  Wire wire(100, 100);
  const SocketPointer socket = wire.opened(af_inet, sock_dgram);
  CHECK(*send_to(wire.engine, socket, "", &server_address) == 0);
  CHECK(*send_to(wire.engine, socket, "large enough for the rest", &server_address) == 25);
  CHECK(errc(send_to(wire.engine, socket, "x", &server_address)) == "EAGAIN");
  CHECK(!socket->writable());
  CHECK(wire.expect<Datagram>().address == server_address);
  CHECK(wire.expect<Datagram>().data.bytes == "large enough for the rest");

  CHECK(!wire.send(socket->wire, Datagram{0, server_address, {"one"}}));
  CHECK(!wire.send(socket->wire, Datagram{0, server_address, {std::string(500, 'x')}}));
  CHECK(name(wire.send(socket->wire, Datagram{0, server_address, {""}})) == "credit-exceeded");
  CHECK(receive_text(wire.engine, *socket, 2) == "on");
  CHECK(wire.expect<Credit>().amount == 67);
  CHECK(receive_text(wire.engine, *socket, 5, msg_peek | msg_trunc).size() == 500);
  CHECK(receive_text(wire.engine, *socket, 1000) == std::string(500, 'x'));
  CHECK(wire.expect<Credit>().amount == 564);
  CHECK(receive_text(wire.engine, *socket) == "!EAGAIN");
}

TEST_CASE("engine: a destination is asked about the first time") {
  Wire wire;
  const SocketPointer socket = wire.opened(af_inet, sock_dgram);
  const SendRequest request{.buffers = {}, .flags = {}, .address = &server_address, .control = {}};
  CHECK(wire.engine.wants_reply(*socket, request));
  Reply reply;
  CHECK(send_to(wire.engine, socket, "x", &server_address, &reply));
  const auto datagram = wire.expect<Datagram>();
  REQUIRE(datagram.request != 0);
  SUBCASE("taken") {
    CHECK(!wire.send(socket->wire, Done{datagram.request, client_address, {}}));
    CHECK(reply.ended);
    CHECK(!reply.error);
    CHECK(!wire.engine.wants_reply(*socket, request));
    CHECK(*wire.engine.local_address(*socket) == client_address);
    // An option may change what happens to the next one.
    const std::array<std::byte, 4> on{std::byte{1}};
    Reply set;
    CHECK(!*wire.engine.set_option(socket, sol_socket, so_broadcast, on, &set));
    CHECK(!wire.send(socket->wire, Done{wire.expect<SetOption>().request, {}, {}}));
    CHECK(wire.engine.wants_reply(*socket, request));
  }
  SUBCASE("refused") {
    CHECK(!wire.send(socket->wire, Failed{datagram.request, Error(Operation::none, Errc::enetunreach)}));
    REQUIRE(reply.ended);
    CHECK(*reply.error == Error(Operation::send, Errc::enetunreach));
    CHECK(wire.engine.wants_reply(*socket, request));
    CHECK(!socket->pending_error);
  }
}

TEST_CASE("engine: what is wrong with a datagram is found here") {
  Wire wire(1 << 20);
  const SocketPointer udp = wire.opened(af_inet, sock_dgram);
  CHECK(errc(send_to(wire.engine, udp, "x")) == "EDESTADDRREQ");
  CHECK(errc(send_to(wire.engine, udp, std::string(65508, 'x'), &server_address)) == "EMSGSIZE");
  CHECK(errc(send_to(wire.engine, udp, std::string(65507, 'x'), &server_address)) == "fine");
  const Address broadcast = InetAddress{"255.255.255.255", 9};
  CHECK(errc(send_to(wire.engine, udp, "x", &broadcast)) == "EACCES");
  const SocketPointer udp6 = opened_later(wire, af_inet6, sock_dgram);
  const Address six = Inet6Address{"::1", 9, 0, 0};
  const Address mapped = Inet6Address{"::ffff:127.0.0.1", 9, 0, 0};
  CHECK(errc(send_to(wire.engine, udp6, std::string(65527, 'x'), &six)) == "fine");
  CHECK(errc(send_to(wire.engine, udp6, std::string(65528, 'x'), &six)) == "EMSGSIZE");
  CHECK(errc(send_to(wire.engine, udp6, std::string(65508, 'x'), &mapped)) == "EMSGSIZE");
}

TEST_CASE("engine: a pending error precedes datagrams that wait, and is reported once") {
  Wire wire;
  const SocketPointer socket = wire.opened(af_inet, sock_dgram);
  CHECK(!wire.send(socket->wire, Datagram{0, server_address, {"data"}}));
  CHECK(!wire.send(socket->wire, PendingError{Error(Operation::none, Errc::econnrefused)}));
  CHECK(receive_text(wire.engine, *socket) == "!ECONNREFUSED");
  CHECK(receive_text(wire.engine, *socket) == "data");
}

// ---- what a server must not do ----

TEST_CASE("engine: a server that breaks the rules") {
  Wire wire;
  const SocketPointer tcp = wire.connected();
  const SocketPointer udp = wire.opened(af_inet, sock_dgram);
  CHECK(name(wire.engine.receive(server_hello(), 0)) == "duplicate-hello");
  CHECK(name(wire.send(55, Data{{"x"}})) == "unknown-handle");
  CHECK(name(wire.send(55, Datagram{0, {}, {"x"}})) == "unknown-handle");
  CHECK(name(wire.send(udp->wire, Data{{"x"}})) == "wrong-state");
  CHECK(name(wire.send(tcp->wire, Datagram{0, {}, {"x"}})) == "wrong-state");
  CHECK(name(wire.send(udp->wire, Datagram{1, {}, {"x"}})) == "bad-value");
  CHECK(name(wire.send(udp->wire, End{})) == "wrong-state");
  CHECK(name(wire.send(udp->wire, Reset{})) == "wrong-state");
  CHECK(name(wire.send(tcp->wire, Accepted{first_server_handle, {}, {}})) == "wrong-state");
  CHECK(name(wire.send(tcp->wire, Done{4711, {}, {}})) == "unknown-request");
  CHECK(!wire.send(tcp->wire, End{}));
  CHECK(name(wire.send(tcp->wire, End{})) == "wrong-state");
  CHECK(name(wire.send(tcp->wire, Data{{"x"}})) == "wrong-state");
  CHECK(name(wire.engine.receive(std::string(min_max_message + 1, '\0'), 0)) == "message-too-large");
}

TEST_CASE("engine: replies must fit their requests") {
  Wire wire;
  const SocketPointer socket = wire.opened();
  const SocketPointer other = wire.opened();
  Reply reply;
  CHECK(wire.engine.get_option(socket, sol_socket, so_rcvbuf, 4, &reply));
  const auto get = wire.expect<GetOption>();
  CHECK(name(wire.send(other->wire, OptionValue{get.request, {"abcd"}})) == "unknown-request");
  CHECK(name(wire.send(socket->wire, Done{get.request, {}, {}})) == "wrong-reply");
  CHECK(!wire.send(socket->wire, OptionValue{get.request, {"abcd"}}));
  CHECK(reply.text == "abcd");
  CHECK(name(wire.send(socket->wire, OptionValue{get.request, {"abcd"}})) == "unknown-request");
}

TEST_CASE("engine: nothing comes before the hello") {
  ClientEngine engine({});
  engine.begin(0);
  CHECK(name(engine.receive(message(0, Ping{1}), 0)) == "expected-hello");
  ServerHello hello;
  hello.version = 2;
  CHECK(name(engine.receive(message(0, hello), 0)) == "bad-version");
}

// ---- liveness ----

TEST_CASE("engine: pings are answered, but not without bound") {
  Wire wire;
  CHECK(!wire.send(session_handle, Ping{77}));
  CHECK(wire.expect<Pong>().payload == 77);
  for (int i = 0; i < 1000; ++i) CHECK(!wire.send(session_handle, Ping{1}));
  std::size_t bytes = 0;
  while (wire.engine.has_output()) bytes += wire.engine.take_output().size();
  CHECK(bytes <= 16 * 20);
}

TEST_CASE("engine: a server that is silent for two and a half intervals is dead") {
  constexpr std::int64_t second = 1'000'000'000;
  Wire wire;
  CHECK(!wire.engine.silent(62 * second));
  CHECK(wire.engine.silent(63 * second));
  CHECK(!wire.engine.receive(message(session_handle, Ping{1}), 60 * second));
  CHECK(!wire.engine.silent(122 * second));
}

TEST_CASE("engine: when the link is lost everything is dead, and stays so") {
  Wire wire;
  const SocketPointer stream = wire.connected();
  const SocketPointer listener = wire.listening();
  const SocketPointer udp = wire.opened(af_inet, sock_dgram);
  CHECK(!wire.send(stream->wire, Data{{"unread"}}));
  Reply reply;
  CHECK(wire.engine.bind(udp, client_address, &reply));
  wire.engine.lost(Errc::enetdown);
  REQUIRE(reply.ended);
  CHECK(*reply.error == Error(Operation::bind, Errc::enetdown));
  CHECK(receive_text(wire.engine, *stream) == "!ENETDOWN");
  CHECK(errc(send_text(wire.engine, *stream, "x")) == "ENETDOWN");
  CHECK(errc(wire.engine.accept(*listener)) == "ENETDOWN");
  CHECK(errc(send_to(wire.engine, udp, "x", &server_address)) == "ENETDOWN");
  CHECK(stream->readiness() == Interest::read_write);
  CHECK(!wire.engine.has_output());

  // A new link knows nothing of the old sockets.
  wire.engine.begin(0);
  wire.expect<ClientHello>();
  CHECK(!wire.engine.receive(server_hello(), 0));
  wire.engine.close(*stream, nullptr);
  CHECK(wire.quiet());
  const SocketPointer fresh = wire.connected();
  CHECK(*send_text(wire.engine, *fresh, "x") == 1);
  CHECK(errc(send_text(wire.engine, *stream, "x")) == "EBADF");
}

TEST_CASE("engine: credit arrives with the hello for sockets opened before it") {
  ClientEngine engine({.token = "", .agent = "", .window = 100});
  engine.begin(0);
  const SocketPointer udp = *engine.open(af_inet, sock_dgram, {}, nullptr);
  CHECK(!udp->writable());
  CHECK(errc(send_to(engine, udp, "x", &server_address)) == "EAGAIN");
  CHECK(!engine.receive(server_hello(500), 0));
  CHECK(udp->writable());
  CHECK(send_to(engine, udp, "x", &server_address));
}

TEST_CASE("engine: an accepted connection has what the listener had") {
  Wire wire;
  const SocketPointer listener = wire.opened();
  const std::array<std::byte, 4> on{std::byte{1}};
  CHECK(*wire.engine.set_option(listener, sol_socket, so_keepalive, on, nullptr));
  CHECK(wire.engine.known_option(*listener, so_keepalive) == std::string("\1\0\0\0", 4));
}

}  // namespace everysock::websocket
