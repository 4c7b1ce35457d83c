// Quotas, slow clients, time-outs, fairness: with numbers.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/proxy/support/program.h"
#include "tests/proxy/support/proxy_fixture.h"
#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

namespace ws = websocket;
using Clock = std::chrono::steady_clock;

// A sanitizer's own bookkeeping is a multiple of what the proxy holds: there the memory says nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsTheProxys = false;
#else
constexpr bool kMemoryIsTheProxys = true;
#endif

// ThreadSanitizer's shadow counts as well.
#if defined(__SANITIZE_THREAD__)
constexpr std::size_t kBytesForOne = 4;
#else
constexpr std::size_t kBytesForOne = 1;
#endif

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

TEST_CASE("sockets: EMFILE at the quota, and again room after a close") {
  const ProxyFixture proxy({"--max-sockets", "3"});
  TestClient client = TestClient::greeted(proxy.port());
  for (const ws::WireHandle handle : {1, 2, 3}) client.open(handle);
  client.add(4, ws::Open{.request = 50, .family = af_inet, .kind = sock_stream, .protocol = {}}).flush();
  CHECK(client.expect_failed(4, 50) == Errc::emfile);
  client.add(1, ws::Close{.request = 51}).flush();
  client.expect<ws::Done>(1);
  client.open(1);
  client.add(6, ws::OpenPair{.request = 52, .family = af_unix, .kind = sock_stream, .protocol = {}, .second = 7})
      .flush();
  CHECK(client.expect_failed(6, 52) == Errc::emfile);
  // Another client has a quota of its own.
  TestClient::greeted(proxy.port()).open(1);
}

TEST_CASE("handles that failed to open are bounded, too") {
  const ProxyFixture proxy({"--max-sockets", "3"});
  TestClient client = TestClient::greeted(proxy.port());
  for (ws::WireHandle handle = 1; handle <= 7; ++handle) {
    client.add(handle, ws::Open{.request = handle, .family = af_inet, .kind = sock_raw, .protocol = {}});
  }
  client.flush();
  CHECK(client.read_close() == CloseFrame{1008, "too-many-handles"});
}

TEST_CASE("accepted connections wait while the quota is full") {
  const ProxyFixture proxy({"--max-sockets", "2", "--allow-bind", "127.0.0.1"});
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1);
  client.add(1, ws::Bind{.request = 50, .address = InetAddress{"127.0.0.1", 0}}).flush();
  const auto address = std::get<InetAddress>(client.expect<ws::Done>(1).local);
  client.add(1, ws::Listen{.request = 51, .backlog = 5, .accept_credit = 5}).flush();
  client.expect<ws::Done>(1);
  const Socket first = create_connection(address).value();
  const ws::WireHandle accepted = client.expect<ws::Accepted>(1).accepted;
  const Socket second = create_connection(address).value();
  client.add(0, ws::Ping{1}).flush();
  client.expect<ws::Pong>(0);
  client.add(accepted, ws::Close{.request = 52}).flush();
  client.expect<ws::Done>(accepted);
  CHECK(client.expect<ws::Accepted>(1).peer == second.getsockname().value());
}

TEST_CASE("listeners, connects and lookups") {
  const ProxyFixture proxy({"--max-listeners", "1", "--connects-per-second", "1", "--lookups-per-second", "1",
                            "--allow-bind", "127.0.0.1", "--allow-connect", "127.0.0.1"});
  TestClient client = TestClient::greeted(proxy.port());
  for (const ws::WireHandle handle : {1, 2}) {
    client.open(handle);
    client.add(handle, ws::Bind{.request = 50, .address = InetAddress{"127.0.0.1", 0}}).flush();
    client.expect<ws::Done>(handle);
    client.add(handle, ws::Listen{.request = 51, .backlog = 5, .accept_credit = 0}).flush();
    if (handle == 1) client.expect<ws::Done>(handle);
  }
  CHECK(client.expect_failed(2, 51) == Errc::enobufs);
  // Five seconds' worth at once, then no more for a while.
  client.open(3, af_inet, sock_dgram);
  for (int i = 0; i < 5; ++i) client.request_connect(3, InetAddress{"127.0.0.1", 9});
  CHECK(client.failing_connect(3, InetAddress{"127.0.0.1", 9}) == Errc::enobufs);
  for (std::uint32_t request = 100; request < 106; ++request) {
    client
        .add(0, ws::GetAddrInfo{.request = request,
                                .host = "localhost",
                                .service = {},
                                .family = {},
                                .type = {},
                                .proto = {},
                                .flags = {}})
        .flush();
    if (request < 105) CHECK(client.expect<ws::AddressList>(0).request == request);
  }
  CHECK(client.expect_failed(0, 105) == GaiErrc::again);
  CHECK(proxy.metric("everysock_proxy_quota_refused_total") == 3);
}

TEST_CASE("a listener that is one no more gives its place back") {
  const ProxyFixture proxy({"--max-listeners", "1", "--allow-bind", "127.0.0.1"});
  TestClient client = TestClient::greeted(proxy.port());
  const auto listen = [&](ws::WireHandle handle) {
    client.open(handle);
    client.add(handle, ws::Bind{.request = 50, .address = InetAddress{"127.0.0.1", 0}}).flush();
    client.expect<ws::Done>(handle);
    client.add(handle, ws::Listen{.request = 51, .backlog = 5, .accept_credit = 5}).flush();
    client.expect<ws::Done>(handle);
  };
  listen(1);
  client.request_connect(1, {});  // Linux takes the peer away, and with it the listening
  CHECK(proxy.metric("everysock_proxy_listeners") == 0);
  listen(2);
  client.add(1, ws::Close{.request = 52}).flush();
  client.expect<ws::Done>(1);
  CHECK(proxy.metric("everysock_proxy_listeners") == 1);
}

TEST_CASE("clients beyond the limit are told so") {
  const ProxyFixture proxy({"--max-clients", "2"});
  TestClient first = TestClient::greeted(proxy.port());
  {
    const TestClient second = TestClient::greeted(proxy.port());
    TestClient third(proxy.port());
    CHECK(third.upgrade().starts_with("HTTP/1.1 101 "));
    CHECK(third.read_close() == CloseFrame{1013, "too-many-clients"});
  }
  proxy.wait_for_metric("everysock_proxy_clients", 1);
  TestClient::greeted(proxy.port());
}

TEST_CASE("time-outs: a header, a hello, silence") {
  const ProxyFixture proxy({"--request-timeout", "0.2", "--hello-timeout", "0.3", "--ping-interval", "0.2"});
  TestClient slow_header(proxy.port());
  slow_header.send_raw("GET / HTTP/1.1\r\nHost: ");
  TestClient slow_hello(proxy.port());
  slow_hello.upgrade();
  TestClient silent = TestClient::greeted(proxy.port());
  TestClient nothing(proxy.port());
  CHECK(slow_header.read_to_end().starts_with("HTTP/1.1 408 "));
  CHECK(slow_hello.read_close() == CloseFrame{1008, "hello-timeout"});
  CHECK(silent.read_close() == CloseFrame{1008, "idle-timeout"});
  CHECK(nothing.read_to_end().empty());
}

TEST_CASE("credit is the client's to keep") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  const EchoServer echo;
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1);
  const std::string piece(32768, 'x');
  client.add(1, ws::Connect{.request = 50, .address = echo.address()});
  for (int i = 0; i < 3; ++i) client.add(1, ws::Data{{piece}}, 0);
  client.flush();
  // 96 KiB before the server could have given back anything: more than the window of 64 KiB.
  CHECK(client.read_close() == CloseFrame{1008, "credit-exceeded"});
}

// The most credit a stream has at any time while it sends 4 MiB to a target that reads all of it at once.
std::int64_t largest_balance(TestClient& client, ws::WireHandle handle) {
  std::int64_t balance = 64 << 10;
  std::int64_t largest = balance;
  const std::string piece(16384, 'x');
  for (std::size_t sent = 0; sent < std::size_t{4} << 20; sent += piece.size()) {
    client.add(handle, ws::Data{{piece}}).flush();
    balance -= static_cast<std::int64_t>(piece.size());
    while (balance < static_cast<std::int64_t>(piece.size())) {
      const ws::Frame frame = client.read_frame();
      if (frame.handle != handle || !std::holds_alternative<ws::Credit>(frame.body)) continue;
      balance += std::get<ws::Credit>(frame.body).amount;
      largest = std::max(largest, balance);
    }
  }
  return largest;
}

void size_send_buffer(TestClient& client, ws::WireHandle handle) {
  const std::int32_t bytes = 200000;
  const std::string_view value(reinterpret_cast<const char*>(&bytes), sizeof(bytes));
  client.add(handle, ws::SetOption{.request = 70, .level = sol_socket, .option = so_sndbuf.value(), .value = {value}});
  client.flush();
  CHECK(client.expect<ws::Done>(handle).request == 70);
}

TEST_CASE("a fast target's window is widened, but not where the client has set so_sndbuf") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  const EchoServer echo;
  for (const bool sized : {false, true}) {
    CAPTURE(sized);
    TestClient client = TestClient::greeted(proxy.port(), "", ws::max_credit);
    client.open(1);
    if (sized) size_send_buffer(client, 1);
    client.request_connect(1, echo.address());
    const std::int64_t largest = largest_balance(client, 1);
    CHECK((sized ? largest == 64 << 10 : largest > 128 << 10));
  }
}

TEST_CASE("accepted sockets take so_sndbuf after their listener, and with it the window") {
  const ProxyFixture proxy({"--allow-bind", "localhost"});
  TestClient client = TestClient::greeted(proxy.port());
  client.open(1);
  size_send_buffer(client, 1);
  client.add(1, ws::Bind{.request = 71, .address = InetAddress{"127.0.0.1", 0}}).flush();
  client.expect<ws::Done>(1);
  client.add(1, ws::Listen{.request = 72, .backlog = 1, .accept_credit = 1}).flush();
  Socket peer = create_connection(std::get<InetAddress>(client.expect<ws::Done>(1).local)).value();
  const std::jthread reader([&] {
    peer.settimeout(10.0).value();
    for (;;) {
      const auto received = peer.recv(65536);
      if (!received || received->empty()) return;
    }
  });
  const ws::WireHandle accepted = client.expect<ws::Accepted>(1).accepted;
  CHECK(largest_balance(client, accepted) == 64 << 10);
  client.add(accepted, ws::Close{.request = 73}).flush();
}

TEST_CASE("the proxy sends no more than it has credit for, and takes it up again") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  Socket listener = create_server({"127.0.0.1", 0}).value();
  TestClient client = TestClient::greeted(proxy.port(), "", 1000);
  client.open(1);
  client.request_connect(1, listener.getsockname().value());
  Socket peer = std::move(listener.accept().value().socket);
  peer.sendall(std::string(5000, 'x')).value();
  std::size_t received = 0;
  while (received < 1000) received += client.expect<ws::Data>(1).data.bytes.size();
  CHECK(received == 1000);
  client.add(0, ws::Ping{1}).flush();
  client.expect<ws::Pong>(0);
  client.add(1, ws::Credit{500}).flush();
  CHECK(client.expect<ws::Data>(1).data.bytes.size() == 500);
}

// A source that writes for ever to whoever connects.
class Firehose {
 public:
  Firehose() : listener_(create_server({"127.0.0.1", 0}).value()) {
    address_ = listener_.getsockname().value();
    listener_.settimeout(0.05).value();
    thread_ = std::thread([this] { serve(); });
  }
  ~Firehose() {
    ending_ = true;
    thread_.join();
  }
  Address address() const { return address_; }

 private:
  void serve() {
    std::vector<Socket> connections;
    const std::string piece(65536, 'x');
    while (!ending_) {
      if (connections.size() < 8) {
        auto accepted = listener_.accept();
        if (accepted) {
          accepted->socket.setblocking(false).value();
          connections.push_back(std::move(accepted->socket));
        }
      }
      for (Socket& connection : connections) (void)connection.send(piece).has_value();
    }
  }
  Socket listener_;
  Address address_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

TEST_CASE("a client that does not read slows nobody, and costs the proxy little memory") {
  Program program({"--port", "0", "--allow-connect", "localhost"});
  const std::string line = program.read_line();
  const auto port = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  const EchoServer echo;
  const Firehose firehose;

  // Round trips of one client, alone.
  TestClient quick = TestClient::greeted(port);
  quick.open(1);
  quick.request_connect(1, echo.address());
  const auto median_round_trip = [&] {
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
      const auto start = Clock::now();
      quick.add(1, ws::Data{{"ping"}}).flush();
      quick.read_data(1, 4);
      times.push_back(seconds_since(start));
    }
    std::nth_element(times.begin(), times.begin() + 100, times.end());
    return times[100];
  };
  const double alone = median_round_trip();
  const std::size_t memory_before = program.peak_memory();

  // Eight streams with endless credit that nobody reads.
  TestClient slow = TestClient::greeted(port, "", ws::max_credit);
  for (ws::WireHandle handle = 1; handle <= 8; ++handle) {
    slow.add(handle, ws::Open{.request = handle, .family = af_inet, .kind = sock_stream, .protocol = {}});
    slow.add(handle, ws::Connect{.request = 100 + handle, .address = firehose.address()}, ws::flag::pipelined);
  }
  slow.flush();
  // Until the proxy has as much for it as it will hold.
  const auto deadline = Clock::now() + std::chrono::seconds(10);
  const auto queued = [&] {
    TestClient client(port);
    client.send_raw("GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n\r\n");
    const std::string text = client.read_to_end();
    return std::stoll(text.substr(text.rfind("\neverysock_proxy_queued_to_clients_bytes ") + 41));
  };
  long long before = -1;
  long long now = 0;
  while ((now = queued()) != before || now == 0) {
    REQUIRE(Clock::now() < deadline);
    before = now;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const double beside = median_round_trip();
  const std::size_t grown = program.peak_memory() - memory_before;
  MESSAGE("queued for the slow client: " << now << " bytes; the proxy grew by " << grown << " bytes; round trip "
                                         << alone * 1e6 << " us alone, " << beside * 1e6 << " us beside it");
  CHECK(now <= 512 << 10);
  if (kMemoryIsTheProxys) CHECK(grown < 4u << 20);
  CHECK(beside < 5 * alone + 0.002);
}

TEST_CASE("a target that does not read costs no more than the credit for it") {
  Program program({"--port", "0", "--allow-connect", "localhost"});
  const std::string line = program.read_line();
  const auto port = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  Socket listener = create_server({"127.0.0.1", 0}).value();
  TestClient client = TestClient::greeted(port);
  const std::size_t memory_before = program.peak_memory();
  std::vector<Socket> peers;
  for (ws::WireHandle handle = 1; handle <= 4; ++handle) {
    client.open(handle);
    client.request_connect(handle, listener.getsockname().value());
    peers.push_back(std::move(listener.accept().value().socket));
  }
  // Send all that credit allows, one byte a frame at the end, until no more credit comes.
  std::vector<std::int64_t> credit(5, 64 << 10);
  std::size_t sent = 0;
  const std::string piece(32768, 'x');
  std::uint64_t ping = 0;
  for (bool moved = true; moved;) {
    moved = false;
    for (ws::WireHandle handle = 1; handle <= 4; ++handle) {
      while (credit[handle] > 0) {
        const auto size = std::min<std::size_t>(static_cast<std::size_t>(credit[handle]), piece.size());
        client.add(handle, ws::Data{{std::string_view(piece).substr(0, size)}});
        client.flush();
        credit[handle] -= static_cast<std::int64_t>(size);
        sent += size;
      }
    }
    client.add(0, ws::Ping{++ping}).flush();
    for (;;) {
      const ws::Frame frame = client.read_frame();
      if (std::holds_alternative<ws::Pong>(frame.body)) break;
      credit[frame.handle] += std::get<ws::Credit>(frame.body).amount;
      moved = true;
    }
  }
  const std::size_t grown = program.peak_memory() - memory_before;
  MESSAGE("taken for four targets that do not read: "
          << sent << " bytes, the systems' buffers included; the proxy grew by " << grown << " bytes");
  CHECK(grown < kBytesForOne * (12u << 20));
}

TEST_CASE("streams take turns") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  const Firehose firehose;
  TestClient client = TestClient::greeted(proxy.port(), "", ws::max_credit);
  for (ws::WireHandle handle = 1; handle <= 8; ++handle) {
    client.add(handle, ws::Open{.request = handle, .family = af_inet, .kind = sock_stream, .protocol = {}});
    client.add(handle, ws::Connect{.request = 100 + handle, .address = firehose.address()}, ws::flag::pipelined);
  }
  client.flush();
  std::vector<std::size_t> bytes(9, 0);
  std::size_t smallest = 0;
  const auto deadline = Clock::now() + std::chrono::seconds(20);
  while (smallest < 4u << 20) {
    REQUIRE(Clock::now() < deadline);
    const ws::Frame frame = client.read_frame();
    const auto* data = std::get_if<ws::Data>(&frame.body);
    if (data == nullptr) continue;
    CHECK(data->data.bytes.size() <= ws::max_stream_data);
    bytes[frame.handle] += data->data.bytes.size();
    smallest = *std::min_element(bytes.begin() + 1, bytes.end());
    // All eight are there: count from here.
  }
  const std::size_t largest = *std::max_element(bytes.begin() + 1, bytes.end());
  MESSAGE("of eight streams the fastest got " << largest << " bytes while the slowest got " << smallest);
  CHECK(largest < 16 * smallest);
}

TEST_CASE("a client that goes takes all of its sockets with it") {
  const ProxyFixture proxy({"--allow-connect", "localhost"});
  Socket listener = create_server({"127.0.0.1", 0}).value();
  std::vector<Socket> peers;
  {
    TestClient client = TestClient::greeted(proxy.port());
    for (ws::WireHandle handle = 1; handle <= 10; ++handle) {
      client.open(handle);
      client.request_connect(handle, listener.getsockname().value());
      peers.push_back(std::move(listener.accept().value().socket));
    }
    CHECK(proxy.metric("everysock_proxy_sockets") == 10);
  }
  for (Socket& peer : peers) {
    peer.settimeout(5.0).value();
    CHECK(peer.recv(1).value().empty());
  }
  proxy.wait_for_metric("everysock_proxy_sockets", 0);
  CHECK(proxy.metric("everysock_proxy_clients") == 0);
  CHECK(proxy.metric("everysock_proxy_queued_to_clients_bytes") == 0);
  CHECK(proxy.metric("everysock_proxy_queued_to_targets_bytes") == 0);
}

}  // namespace
}  // namespace everysock::proxy
