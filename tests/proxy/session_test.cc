// The protocol over a real WebSocket: refusals at the door, sockets, data.
#include <doctest/doctest.h>

#include <string>

#include "tests/proxy/support/proxy_fixture.h"
#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

namespace ws = websocket;

Socket local_listener() { return create_server({"127.0.0.1", 0}).value(); }

Socket accept_from(Socket& listener) {
  listener.settimeout(10.0).value();
  Socket accepted = std::move(listener.accept().value().socket);
  accepted.settimeout(10.0).value();
  return accepted;
}

// ---- the door ----

TEST_CASE("handshakes that are refused, over the wire") {
  const ProxyFixture proxy;
  const auto status = [&](const TestClient::Fields& changes) {
    TestClient client(proxy.port());
    return client.upgrade(changes).substr(9, 3);
  };
  CHECK(status({}) == "101");
  CHECK(status({{"Origin", "http://127.0.0.1:" + std::to_string(proxy.port())}}) == "101");
  CHECK(status({{"Host", ""}}) == "400");
  CHECK(status({{"Sec-WebSocket-Protocol", "chat"}}) == "400");
  CHECK(status({{"Sec-WebSocket-Version", "8"}}) == "426");
  CHECK(status({{"X-Large", std::string(20000, 'x')}}) == "431");
  CHECK(proxy.metric("everysock_proxy_clients_refused_total") == 3);  // 431: nobody knows what it was
}

TEST_CASE("pages of other origins and names are told so, and nothing of theirs is done") {
  const ProxyFixture proxy({"--allow-bind", "localhost"});
  const auto refusal = [&](const TestClient::Fields& changes) {
    TestClient client(proxy.port());
    REQUIRE(client.upgrade(changes).starts_with("HTTP/1.1 101 "));
    client.hello();
    client.add(1, ws::Open{.request = 1, .family = af_inet, .kind = sock_stream, .protocol = {}}).flush();
    const auto first = client.read_websocket_frame();
    REQUIRE(first.has_value());
    CHECK(first->first == 0x88);  // not a byte before the close frame
    return first->second.substr(2);
  };
  CHECK(refusal({{"Origin", "https://evil.example"}}) == "bad-origin");
  CHECK(refusal({{"Origin", "null"}}) == "bad-origin");
  CHECK(refusal({{"Host", "evil.example"}}) == "bad-host");
  CHECK(proxy.metric("everysock_proxy_clients_refused_total") == 3);
  CHECK(proxy.metric("everysock_proxy_operations_total") == 0);
}

TEST_CASE("those that are turned away take no client's place, and are so many at a time and no more") {
  const ProxyFixture proxy({"--max-clients", "1"});
  std::vector<TestClient> refused;
  std::string status;
  // They do not answer the close frame, and so stay until the proxy's patience ends.
  while ((status = refused.emplace_back(proxy.port()).upgrade({{"Origin", "https://evil.example"}}).substr(9, 3)) ==
         "101") {
    REQUIRE(refused.size() < 100);
  }
  CHECK(status == "403");
  CHECK(refused.size() == 33);
  TestClient client = TestClient::greeted(proxy.port());
  CHECK(TestClient(proxy.port()).upgrade().substr(9, 3) == "503");
  client.open(1, af_inet, sock_stream);
}

TEST_CASE("the hello comes first, with the token") {
  const std::string token = "0123456789abcdef";
  const auto refusal = [](TestClient& client) { return client.read_close(); };
  const auto shaken = [](const ProxyFixture& proxy) {
    TestClient client(proxy.port());
    REQUIRE(client.upgrade().starts_with("HTTP/1.1 101 "));
    return client;
  };
  const ProxyFixture open;
  {
    TestClient client = shaken(open);
    client.add(1, ws::Open{.request = 1, .family = af_inet, .kind = sock_stream, .protocol = {}}).flush();
    CHECK(refusal(client) == CloseFrame{1008, "expected-hello"});
  }
  {
    TestClient client = shaken(open);
    client.hello();
    client.hello();
    CHECK(refusal(client) == CloseFrame{1002, "duplicate-hello"});
  }
  {
    TestClient client = shaken(open);
    ws::ClientHello hello;
    hello.version = 2;
    client.add(ws::session_handle, hello).flush();
    CHECK(refusal(client) == CloseFrame{1008, "bad-version"});
  }
  {
    TestClient client = shaken(open);
    ws::ClientHello hello;
    hello.magic = 1;
    client.add(ws::session_handle, hello).flush();
    CHECK(refusal(client) == CloseFrame{1002, "bad-magic"});
  }
}

TEST_CASE("the wrong token is refused") {
  // Through the environment in a real start; here as a file.
  const std::string directory = "/tmp";
  const std::string path =
      directory + "/everysock-token-" + std::to_string(reinterpret_cast<std::uintptr_t>(&directory));
  {
    std::FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file != nullptr);
    std::fputs("0123456789abcdef\n", file);
    std::fclose(file);
  }
  const ProxyFixture proxy({"--token-file", path});
  std::remove(path.c_str());
  for (const char* guess : {"", "0123456789abcdeX", "0123456789abcdef0123456789abcdef"}) {
    TestClient client(proxy.port());
    REQUIRE(client.upgrade().starts_with("HTTP/1.1 101 "));
    client.hello(guess);
    CHECK(client.read_close() == CloseFrame{1008, "bad-token"});
  }
  TestClient::greeted(proxy.port(), "0123456789abcdef");
  CHECK(proxy.metric("everysock_proxy_tokens_refused_total") == 3);
}

TEST_CASE("frames that break the protocol, each with its code and reason") {
  const ProxyFixture proxy({"--allow-connect", "*"});
  const auto answer = [&](auto&& send) {
    TestClient client = TestClient::greeted(proxy.port());
    send(client);
    return client.read_close();
  };
  const auto raw = [&](std::string frame) { return answer([&](TestClient& client) { client.send_message(frame); }); };
  std::string valid;
  ws::append_frame(valid, ws::session_handle, ws::Ping{7});
  CHECK(raw(valid.substr(0, 5)) == CloseFrame{1002, "truncated-frame"});
  CHECK(raw(valid.substr(0, valid.size() - 1)) == CloseFrame{1002, "truncated-frame"});
  const auto changed = [&](std::size_t offset, char value) {
    std::string frame = valid;
    frame[offset] = value;
    return frame;
  };
  CHECK(raw(changed(0, '\x7f')) == CloseFrame{1002, "unknown-type"});
  CHECK(raw(changed(0, '\x30')) == CloseFrame{1002, "wrong-direction"});
  CHECK(raw(changed(1, '\x01')) == CloseFrame{1002, "bad-flags"});
  CHECK(raw(changed(2, '\x01')) == CloseFrame{1002, "bad-reserved"});
  CHECK(raw(changed(4, '\x01')) == CloseFrame{1002, "bad-handle"});
  CHECK(raw(changed(8, '\x07') + valid) == CloseFrame{1002, "bad-length"});
  CHECK(raw(changed(10, '\x05')) == CloseFrame{1009, "frame-too-large"});
  CHECK(answer([](TestClient& client) { client.send_raw(masked_frame(0x81, "{}")); }) ==
        CloseFrame{1003, "text-message"});
  CHECK(answer([](TestClient& client) { client.send_raw(masked_frame(0x82, std::string((1 << 20) + 1, 'x'))); }) ==
        CloseFrame{1009, "message-too-large"});
  CHECK(answer([](TestClient& client) { client.send_raw(std::string("\x82\x02hi")); }).code == 1002);  // not masked
  CHECK(answer([](TestClient& client) { client.add(5, ws::Close{.request = 1}).flush(); }) ==
        CloseFrame{1002, "unknown-handle"});
  CHECK(answer([](TestClient& client) { client.add(5, ws::Data{{"x"}}).flush(); }) ==
        CloseFrame{1002, "unknown-handle"});
  CHECK(answer([](TestClient& client) {
          client.open(1);
          client.add(1, ws::Open{.request = 9, .family = af_inet, .kind = sock_stream, .protocol = {}}).flush();
        }) == CloseFrame{1002, "handle-in-use"});
  CHECK(answer([](TestClient& client) {
          client.add(1, ws::Open{.request = 0, .family = af_inet, .kind = sock_stream, .protocol = {}}).flush();
        }) == CloseFrame{1002, "request-in-use"});
  CHECK(answer([](TestClient& client) {
          client.open(1, af_inet, sock_dgram);
          client.add(1, ws::Data{{"x"}}).flush();
        }) == CloseFrame{1002, "wrong-state"});
  CHECK(answer([](TestClient& client) {
          client.open(1);
          client.add(1, ws::Datagram{.request = 0, .address = {}, .data = {"x"}}).flush();
        }) == CloseFrame{1002, "wrong-state"});
  CHECK(answer([](TestClient& client) {
          client.open(1);
          client.add(1, ws::Credit{ws::max_credit}).flush();
        }) == CloseFrame{1002, "credit-overflow"});
  CHECK(answer([](TestClient& client) {
          std::string rest(4, '\0');
          client.send_message(std::string("\x40\0\0\0\1\0\0\0\0\0\0\0", 12));
        }) == CloseFrame{1002, "bad-length"});
}

// ---- connections ----

TEST_CASE("socket, connect and data in one message; the answer comes back") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  const EchoServer echo;
  TestClient client = TestClient::greeted(proxy.port());
  client.add(1, ws::Open{.request = 1, .family = af_inet, .kind = sock_stream, .protocol = {}});
  client.add(1,
             ws::SetOption{.request = 2, .level = ipproto_tcp, .option = 1, .value = {std::string_view("\1\0\0\0", 4)}},
             ws::flag::pipelined);
  client.add(1, ws::Connect{.request = 3, .address = echo.address()}, ws::flag::pipelined);
  client.add(1, ws::Data{{"PING\r\n"}});
  client.flush();
  CHECK(client.expect<ws::Done>(1).request == 1);
  CHECK(client.expect<ws::Done>(1).request == 2);
  const auto connected = client.expect<ws::Done>(1);
  CHECK(connected.request == 3);
  CHECK(connected.peer == echo.address());
  CHECK(std::get<InetAddress>(connected.local).host == "127.0.0.1");
  CHECK(client.expect<ws::Data>(1).data.bytes == "PING\r\n");
}

TEST_CASE("a request and its response are two turns of the event loop, and no third") {
  const ProxyFixture proxy({"--allow-connect", "127.0.0.1"});
  const EchoServer echo;
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1);
  client.request_connect(1, echo.address());
  constexpr std::int64_t round_trips = 100;
  const std::int64_t before = proxy.metric("everysock_proxy_client_turns_total");
  for (std::int64_t i = 0; i < round_trips; ++i) {
    client.add(1, ws::Data{{"request"}}).flush();
    REQUIRE(client.expect<ws::Data>(1).data.bytes == "request");
  }
  CHECK(proxy.metric("everysock_proxy_client_turns_total") - before == 2 * round_trips);
}

TEST_CASE("a failed step fails the steps that were sent behind it, with the same error") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  TestClient client = TestClient::greeted(proxy.port());
  std::uint16_t closed_port;
  {
    const Socket listener = local_listener();
    closed_port = static_cast<std::uint16_t>(std::get<InetAddress>(listener.getsockname().value()).port);
  }
  client.open(1);
  client.add(1, ws::Bind{.request = 11, .address = InetAddress{"192.0.2.1", 0}});
  client.add(1, ws::Connect{.request = 12, .address = InetAddress{"127.0.0.1", closed_port}}, ws::flag::pipelined);
  client.add(1, ws::Shutdown{.request = 13, .how = shut_wr}, ws::flag::pipelined);
  client.flush();
  for (const std::uint32_t request : {11u, 12u, 13u}) CHECK(client.expect_failed(1, request) == Errc::eacces);
  // Without the flag it is tried.
  CHECK(client.failing_connect(1, InetAddress{"127.0.0.1", closed_port}) == Errc::econnrefused);
  // Data behind a connect that fails is dropped, and its credit comes back.
  client.add(1, ws::Connect{.request = 15, .address = InetAddress{"127.0.0.1", closed_port}});
  for (int i = 0; i < 2; ++i) client.add(1, ws::Data{{std::string_view(std::string(32768, 'x'))}});
  client.flush();
  bool failed = false;
  std::uint32_t credit = 0;
  while (!failed || credit < 65536) {
    const ws::Frame frame = client.read_frame();
    if (const auto* reply = std::get_if<ws::Failed>(&frame.body)) failed = reply->error == Errc::econnrefused;
    if (const auto* more = std::get_if<ws::Credit>(&frame.body)) credit += more->amount;
  }
}

TEST_CASE("forbidden targets are EACCES, in every spelling") {
  const EchoServer echo;
  const ProxyFixture proxy({"--allow-connect", "10.0.0.0/8", "--allow-connect", "[::/0]:1"});
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1, af_inet, sock_stream);
  client.open(2, af_inet6, sock_stream);
  client.open(3, af_inet, sock_dgram);
  const int port = echo.port();
  CHECK(client.failing_connect(1, InetAddress{"127.0.0.1", port}) == Errc::eacces);
  CHECK(client.failing_connect(1, InetAddress{"0.0.0.0", port}) == Errc::eacces);
  CHECK(client.failing_connect(2, Inet6Address{"::ffff:127.0.0.1", port}) == Errc::eacces);
  CHECK(client.failing_connect(2, Inet6Address{"::1", port}) == Errc::eacces);
  CHECK(client.failing_connect(2, Inet6Address{"64:ff9b::127.0.0.1", 1}) == Errc::eacces);
  CHECK(client.failing_connect(2, Inet6Address{"2002:7f00:1::", 1}) == Errc::eacces);
  CHECK(client.failing_connect(2, Inet6Address{"::127.0.0.1", 1}) == Errc::eacces);
  client.add(3, ws::Datagram{.request = 50, .address = InetAddress{"127.0.0.1", port}, .data = {"x"}}).flush();
  CHECK(client.expect_failed(3, 50) == Errc::eacces);
  client.add(3, ws::Datagram{.request = 0, .address = InetAddress{"127.0.0.1", port}, .data = {"x"}}).flush();
  CHECK(client.expect<ws::PendingError>(3).error == Errc::eacces);
  client.add(1, ws::Bind{.request = 51, .address = InetAddress{"127.0.0.1", 0}}).flush();
  CHECK(client.expect_failed(1, 51) == Errc::eacces);
  // A listener without a bind would get a port on every address.
  client.add(1, ws::Listen{.request = 52, .backlog = 1, .accept_credit = 1}).flush();
  CHECK(client.expect_failed(1, 52) == Errc::eacces);
  CHECK(proxy.metric("everysock_proxy_operations_refused_total") == 11);
}

TEST_CASE("kinds of sockets that are not proxied") {
  const ProxyFixture proxy({"--allow-connect", "*"});
  TestClient client = TestClient::greeted(proxy.port());
  const auto open = [&](std::uint32_t handle, AddressFamily family, SocketKind kind, Protocol protocol) {
    client.add(handle, ws::Open{.request = handle, .family = family, .kind = kind, .protocol = protocol}).flush();
    return client.expect_failed(handle, handle);
  };
  CHECK(open(1, af_inet, sock_raw, ipproto_icmp) == Errc::eperm);
  CHECK(open(2, AddressFamily(29), sock_raw, {}) == Errc::eafnosupport);
  CHECK(open(3, af_inet, sock_dgram, ipproto_icmp) == Errc::eprotonosupport);
  CHECK(open(4, af_inet, SocketKind(77), {}) == Errc::einval);
  CHECK(open(5, af_inet, sock_stream | sock_nonblock, {}) == Errc::einval);
  // Such a handle fails every request with that error, until it is closed.
  client.add(1, ws::Bind{.request = 20, .address = InetAddress{"127.0.0.1", 0}}).flush();
  CHECK(client.expect_failed(1, 20) == Errc::eperm);
  client.add(1, ws::Close{.request = 21}).flush();
  CHECK(client.expect<ws::Done>(1).request == 21);
  client.open(1);
}

TEST_CASE("a family with a rule of its own") {
  const ProxyFixture proxy({"--allow-family", "netlink"});
  TestClient client = TestClient::greeted(proxy.port());
  client.add(1, ws::Open{.request = 1, .family = af_netlink, .kind = sock_raw, .protocol = netlink_route}).flush();
  REQUIRE(client.expect<ws::Done>(1).request == 1);
  client.add(1, ws::Bind{.request = 2, .address = NetlinkAddress{}}).flush();
  const ws::Done bound = client.expect<ws::Done>(1);
  REQUIRE(std::holds_alternative<NetlinkAddress>(bound.local));
  CHECK(std::get<NetlinkAddress>(bound.local).pid != 0);
  // An address of another family.
  client.add(1, ws::Bind{.request = 4, .address = InetAddress{"127.0.0.1", 80}}).flush();
  CHECK(client.expect_failed(1, 4) == Errc::eacces);
  client.add(2, ws::Open{.request = 5, .family = af_packet, .kind = sock_raw, .protocol = {}}).flush();
  CHECK(client.expect_failed(2, 5) == Errc::eafnosupport);
  CHECK(proxy.metric("everysock_proxy_operations_refused_total") == 2);
  // RTM_GETLINK of all interfaces: the kernel answers.
  std::string question(32, '\0');
  question[0] = 32;  // nlmsg_len
  question[4] = 18;  // RTM_GETLINK
  question[6] = 1;   // NLM_F_REQUEST
  question[7] = 3;   // NLM_F_DUMP
  client.add(1, ws::Datagram{3, NetlinkAddress{}, {question}}).flush();
  CHECK(client.expect<ws::Done>(1).request == 3);
  const ws::Datagram answer = client.expect<ws::Datagram>(1);
  CHECK(answer.address == Address(NetlinkAddress{}));
  CHECK(answer.data.bytes.size() > 32);
}

TEST_CASE("options that reach beyond the socket are refused") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1);
  const auto set = [&](Option option, std::string_view value) -> Errc {
    const std::uint32_t request = client.next_request();
    client
        .add(1, ws::SetOption{.request = request, .level = option.level(), .option = option.value(), .value = {value}})
        .flush();
    const ws::Frame frame = client.read_frame();
    const auto* failed = std::get_if<ws::Failed>(&frame.body);
    return failed == nullptr ? Errc::ok : failed->error.errc();
  };
  const std::string_view one("\1\0\0\0", 4);
  CHECK(set(so_keepalive, one) == Errc::ok);
  CHECK(set(so_mark, one) == Errc::eperm);
  CHECK(set(so_bindtodevice, "eth0") == Errc::eperm);
  CHECK(set(so_rcvlowat, one) == Errc::eperm);
  CHECK(set(Option(sol_socket, 26), std::string(16, '\0')) == Errc::enoprotoopt);  // SO_ATTACH_FILTER
  CHECK(set(Option(sol_ip, 3), one) == Errc::enoprotoopt);                         // IP_HDRINCL
  CHECK(set(ip_add_membership, std::string("\xe0\0\0\1\0\0\0\0", 8)) == Errc::eacces);
  CHECK(set(so_keepalive, std::string(4097, '\1')) == Errc::einval);
  const std::uint32_t request = client.next_request();
  client.add(1, ws::GetOption{.request = request, .level = sol_socket, .option = so_keepalive.value(), .size = 4})
      .flush();
  CHECK(client.expect<ws::OptionValue>(1).value.bytes == one);
  client.add(1, ws::GetOption{.request = request, .level = sol_socket, .option = so_keepalive.value(), .size = 1025})
      .flush();
  CHECK(client.expect_failed(1, request) == Errc::einval);
}

TEST_CASE("end of stream both ways, and a reset") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  TestClient client = TestClient::greeted(proxy.port());
  Socket listener = local_listener();
  const Address target = listener.getsockname().value();
  client.open(1);
  client.request_connect(1, target);
  Socket peer = accept_from(listener);
  // The client ends first; its data is before the end.
  client.add(1, ws::Data{{"last words"}});
  client.add(1, ws::Shutdown{.request = client.next_request(), .how = shut_wr}).flush();
  client.expect<ws::Done>(1);
  CHECK(peer.recv(100).value() == "last words");
  CHECK(peer.recv(100).value().empty());
  peer.sendall("answer").value();
  CHECK(client.expect<ws::Data>(1).data.bytes == "answer");
  peer.shutdown(shut_wr).value();
  client.expect<ws::End>(1);

  client.open(2);
  client.request_connect(2, target);
  peer = accept_from(listener);
  peer.setsockopt(sol_socket, so_linger, ConstBuffer(std::string("\1\0\0\0\0\0\0\0", 8))).value();
  peer.close().value();
  CHECK(client.expect<ws::Reset>(2).error == Errc::econnreset);
  // Data for the dead is dropped.
  client.add(2, ws::Data{{"x"}});
  client.add(2, ws::Close{.request = client.next_request()}).flush();
  client.expect<ws::Done>(2);
}

TEST_CASE("closing drains, aborting resets") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  TestClient client = TestClient::greeted(proxy.port());
  Socket listener = local_listener();
  const Address target = listener.getsockname().value();
  client.open(1);
  client.request_connect(1, target);
  Socket peer = accept_from(listener);
  const std::string piece(32768, 'x');
  client.add(1, ws::Data{{piece}}).add(1, ws::Data{{piece}});
  client.add(1, ws::Close{.request = client.next_request()}).flush();
  client.expect<ws::Done>(1);
  std::size_t received = 0;
  for (;;) {
    const std::string data = peer.recv(65536).value();
    if (data.empty()) break;
    received += data.size();
  }
  CHECK(received == 65536);

  client.open(2);
  client.request_connect(2, target);
  peer = accept_from(listener);
  client.add(2, ws::Close{.request = client.next_request()}, ws::flag::abort).flush();
  client.expect<ws::Done>(2);
  CHECK(peer.recv(1).error() == Errc::econnreset);
}

TEST_CASE("a lingering socket does not hold the loop up") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  TestClient client = TestClient::greeted(proxy.port());
  Socket listener = local_listener();
  client.open(1);
  client.request_connect(1, listener.getsockname().value());
  const Socket peer = accept_from(listener);
  const std::string linger = std::string("\1\0\0\0", 4) + std::string("\x3c\0\0\0", 4);
  client
      .add(1,
           ws::SetOption{
               .request = client.next_request(), .level = sol_socket, .option = so_linger.value(), .value = {linger}})
      .flush();
  client.expect<ws::Done>(1);
  // The peer does not read: what fits the systems' buffers waits there when the socket is closed.
  client.add(1, ws::Data{{std::string_view("0123456789")}});
  client.add(1, ws::Close{.request = client.next_request()});
  client.add(ws::session_handle, ws::Ping{42}).flush();
  client.expect<ws::Done>(1);
  CHECK(client.expect<ws::Pong>(ws::session_handle).payload == 42);
}

// ---- servers ----

TEST_CASE("a server in the client") {
  const ProxyFixture proxy({"--allow-bind", "127.0.0.1"});
  TestClient client = TestClient::greeted(proxy.port());
  client.add(1, ws::Open{.request = 1, .family = af_inet, .kind = sock_stream, .protocol = {}});
  client.add(1, ws::Bind{.request = 2, .address = InetAddress{"127.0.0.1", 0}}, ws::flag::pipelined);
  client.add(1, ws::Listen{.request = 3, .backlog = 5, .accept_credit = 1}, ws::flag::pipelined).flush();
  client.expect<ws::Done>(1);
  const Address address = client.expect<ws::Done>(1).local;
  CHECK(client.expect<ws::Done>(1).local == address);
  const InetAddress target = std::get<InetAddress>(address);
  Socket first = create_connection(target, {.timeout = 10.0}).value();
  const auto accepted = client.expect<ws::Accepted>(1);
  CHECK(accepted.accepted == 0x80000000);
  CHECK(accepted.local == address);
  CHECK(accepted.peer == first.getsockname().value());
  first.sendall("hello").value();
  CHECK(client.expect<ws::Data>(accepted.accepted).data.bytes == "hello");
  client.add(accepted.accepted, ws::Data{{"world"}}).flush();
  CHECK(first.recv(100).value() == "world");
  // There was credit for one connection. The second one waits for more.
  Socket second = create_connection(target, {.timeout = 10.0}).value();
  client.add(ws::session_handle, ws::Ping{1}).flush();
  client.expect<ws::Pong>(ws::session_handle);
  client.add(1, ws::Credit{1}).flush();
  CHECK(client.expect<ws::Accepted>(1).accepted == 0x80000001);
  // The client goes on with the handle as with its own.
  client.add(0x80000001, ws::Close{.request = client.next_request()}).flush();
  client.expect<ws::Done>(0x80000001);
  CHECK(second.recv(1).value().empty());
}

TEST_CASE("datagrams") {
  const ProxyFixture proxy({"--allow-bind", "127.0.0.1", "--allow-connect", "127.0.0.1:1-1000"});
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1, af_inet, sock_dgram);
  client.add(1, ws::Bind{.request = 10, .address = InetAddress{"127.0.0.1", 0}}).flush();
  const Address address = client.expect<ws::Done>(1).local;
  Socket other = socket(af_inet, sock_dgram).value();
  other.settimeout(10.0).value();
  other.bind(InetAddress{"127.0.0.1", 0}).value();
  const Address others_name = other.getsockname().value();
  // No rule covers this target, until it has written first.
  client.add(1, ws::Datagram{.request = 11, .address = others_name, .data = {"unasked"}}).flush();
  CHECK(client.expect_failed(1, 11) == Errc::eacces);
  other.sendto("question", address).value();
  const auto question = client.expect<ws::Datagram>(1);
  CHECK(question.data.bytes == "question");
  CHECK(question.address == others_name);
  client.add(1, ws::Datagram{.request = 12, .address = question.address, .data = {"answer"}}).flush();
  CHECK(client.expect<ws::Done>(1).local == address);
  const Received answer = other.recvfrom(100).value();
  CHECK(answer.data == "answer");
  CHECK(answer.address == address);
  // An empty one, and the largest one.
  other.sendto("", address).value();
  CHECK(client.expect<ws::Datagram>(1).data.bytes.empty());
  const std::string large(65507, 'x');
  other.sendto(large, address).value();
  CHECK(client.expect<ws::Datagram>(1).data.bytes == large);
}

TEST_CASE("an unreachable datagram peer is reported, and the next datagram is sent") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  TestClient client = TestClient::greeted(proxy.port());
  Socket other = socket(af_inet, sock_dgram).value();
  other.bind(InetAddress{"127.0.0.1", 0}).value();
  const Address target = other.getsockname().value();
  other.close().value();
  client.open(1, af_inet, sock_dgram);
  client.request_connect(1, target);
  client.add(1, ws::Datagram{.request = 0, .address = {}, .data = {"anybody?"}}).flush();
  CHECK(client.expect<ws::PendingError>(1).error == Errc::econnrefused);
}

}  // namespace
}  // namespace everysock::proxy
