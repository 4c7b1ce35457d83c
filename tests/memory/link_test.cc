// Latency, jitter, loss, reordering, bandwidth, partitions.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "support.h"

namespace everysock::testing {
namespace {

// What of `count` numbered datagrams arrives at beta, in the order of arrival.
std::vector<int> send_numbers(TwoHosts& hosts, int count, std::int64_t pause = 0) {
  Socket a = hosts.datagram(*hosts.alpha, 2000);
  Socket b = hosts.datagram(*hosts.beta, 2000);
  b.setsockopt(sol_socket, so_rcvbuf, 4 << 20).value();
  for (int i = 0; i < count; ++i) {
    a.sendto(std::to_string(i), InetAddress{"10.0.0.2", 2000}).value();
    if (pause > 0) hosts.network.sleep_for(pause);
  }
  b.settimeout(10.0).value();
  std::vector<int> numbers;
  while (auto received = b.recv(20)) numbers.push_back(std::stoi(*received));
  return numbers;
}

TEST_CASE("latency of datagrams and of what a connection does") {
  TwoHosts hosts(LinkSettings{.latency = 20 * kMillisecond});
  Socket a = hosts.datagram(*hosts.alpha, 1000);
  Socket b = hosts.datagram(*hosts.beta, 1000);
  a.sendto("x", InetAddress{"10.0.0.2", 1000}).value();
  b.recv(10).value();
  CHECK(hosts.network.now() == 20 * kMillisecond);

  Socket listener = hosts.listener();
  Socket client = socket(af_inet, sock_stream, {}, *hosts.alpha).value();
  std::int64_t start = hosts.network.now();
  client.connect(InetAddress{"10.0.0.2", 80}).value();
  CHECK(hosts.network.now() - start == 40 * kMillisecond);  // there and back
  Socket server = listener.accept().value().socket;
  CHECK(hosts.network.now() - start == 60 * kMillisecond);  // the third step of the handshake
  start = hosts.network.now();
  client.send("ping").value();
  CHECK(hosts.network.now() == start);
  CHECK(server.recv(10).value() == "ping");
  CHECK(hosts.network.now() - start == 20 * kMillisecond);
  client.close().value();
  CHECK(server.recv(10).value().empty());
  CHECK(hosts.network.now() - start == 40 * kMillisecond);

  Socket refused = socket(af_inet, sock_stream, {}, *hosts.alpha).value();
  start = hosts.network.now();
  CHECK(refused.connect(InetAddress{"10.0.0.2", 81}).error() == Errc::econnrefused);
  CHECK(hosts.network.now() - start == 40 * kMillisecond);
}

TEST_CASE("loopback has no latency") {
  TwoHosts hosts(LinkSettings{.latency = 20 * kMillisecond, .loss = 1});
  Socket listener = hosts.listener();
  Socket client = create_connection({"10.0.0.2", 80}, {}, *hosts.beta).value();
  Socket server = listener.accept().value().socket;
  client.send("x").value();
  CHECK(server.recv(1).value() == "x");
  CHECK(hosts.network.now() == 0);
}

TEST_CASE("unreachable ports are reported after a round trip") {
  TwoHosts hosts(LinkSettings{.latency = 20 * kMillisecond});
  Socket a = socket(af_inet, sock_dgram, {}, *hosts.alpha).value();
  a.connect(InetAddress{"10.0.0.2", 9}).value();
  a.send("x").value();
  a.settimeout(1.0).value();
  CHECK(a.recv(10).error() == Errc::econnrefused);
  CHECK(hosts.network.now() == 40 * kMillisecond);
}

TEST_CASE("loss takes about as many datagrams as it says") {
  TwoHosts hosts(LinkSettings{.loss = 0.25});
  const std::size_t arrived = send_numbers(hosts, 2000).size();
  CHECK(arrived > 1400);
  CHECK(arrived < 1600);
}

TEST_CASE("streams survive loss, later") {
  TwoHosts hosts(LinkSettings{.latency = kMillisecond, .loss = 0.1});
  auto [client, server] = hosts.connection();
  const std::int64_t start = hosts.network.now();
  std::string sent(400000, '\0');
  for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i * 7 + i / 251);
  client.sendall(sent).value();
  client.close().value();
  std::string received;
  for (;;) {
    const std::string piece = server.recv(65536).value();
    if (piece.empty()) break;
    received += piece;
  }
  CHECK(received == sent);
  CHECK(hosts.network.now() - start > 200 * kMillisecond);
}

TEST_CASE("jitter spreads arrivals, and streams stay in order") {
  TwoHosts hosts(LinkSettings{.latency = 10 * kMillisecond, .jitter = 10 * kMillisecond});
  Socket a = hosts.datagram(*hosts.alpha, 1000);
  Socket b = hosts.datagram(*hosts.beta, 1000);
  std::set<std::int64_t> delays;
  for (int i = 0; i < 50; ++i) {
    const std::int64_t start = hosts.network.now();
    a.sendto("x", InetAddress{"10.0.0.2", 1000}).value();
    b.recv(10).value();
    delays.insert(hosts.network.now() - start);
  }
  CHECK(delays.size() > 40);
  CHECK(*delays.begin() >= 10 * kMillisecond);
  CHECK(*delays.rbegin() <= 20 * kMillisecond);

  auto [client, server] = hosts.connection();
  std::string received;
  for (int i = 0; i < 100; ++i) client.send(std::string(1, static_cast<char>(i))).value();
  while (received.size() < 100) received += server.recv(10).value();
  CHECK(std::is_sorted(received.begin(), received.end()));
}

TEST_CASE("reordering lets datagrams overtake others") {
  TwoHosts hosts(LinkSettings{.latency = kMillisecond, .reorder = 0.2, .reorder_delay = 5 * kMillisecond});
  std::vector<int> numbers = send_numbers(hosts, 200, kMillisecond);
  CHECK(numbers.size() == 200);
  CHECK(!std::is_sorted(numbers.begin(), numbers.end()));
  std::sort(numbers.begin(), numbers.end());
  CHECK(std::unique(numbers.begin(), numbers.end()) == numbers.end());
}

TEST_CASE("duplicates") {
  TwoHosts hosts(LinkSettings{.duplicate = 0.5});
  const std::size_t arrived = send_numbers(hosts, 400).size();
  CHECK(arrived > 550);
  CHECK(arrived < 650);
}

TEST_CASE("bandwidth") {
  TwoHosts hosts(LinkSettings{.bytes_per_second = 1'000'000});
  auto [client, server] = hosts.connection();
  const std::int64_t start = hosts.network.now();
  client.sendall(std::string(500'000, 'x')).value();
  std::size_t received = 0;
  while (received < 500'000) received += server.recv(65536).value().size();
  const std::int64_t took = hosts.network.now() - start;
  CHECK(took >= 500 * kMillisecond);
  CHECK(took < 510 * kMillisecond);
}

TEST_CASE("a small window makes the sender wait for acknowledgements") {
  TwoHosts hosts(LinkSettings{.latency = 10 * kMillisecond});
  Socket listener = socket(af_inet, sock_stream, {}, *hosts.beta).value();
  listener.setsockopt(sol_socket, so_rcvbuf, 10'000).value();
  listener.bind(InetAddress{"", 80}).value();
  listener.listen().value();
  Socket client = create_connection({"10.0.0.2", 80}, {}, *hosts.alpha).value();
  Socket server = listener.accept().value().socket;
  const std::int64_t start = hosts.network.now();
  client.sendall(std::string(100'000, 'x')).value();
  std::size_t received = 0;
  while (received < 100'000) received += server.recv(65536).value().size();
  const std::int64_t took = hosts.network.now() - start;
  CHECK(took >= 9 * 20 * kMillisecond);  // ten windows, a round trip between them
  CHECK(took <= 25 * 20 * kMillisecond);
}

TEST_CASE("a partition stalls streams and takes datagrams; then it is mended") {
  TwoHosts hosts(LinkSettings{.latency = kMillisecond});
  auto [client, server] = hosts.connection();
  Socket a = hosts.datagram(*hosts.alpha, 1000);
  Socket b = hosts.datagram(*hosts.beta, 1000);
  hosts.network.partition("alpha", "beta").value();
  client.send("delayed").value();
  a.sendto("gone", InetAddress{"10.0.0.2", 1000}).value();
  server.settimeout(5.0).value();
  CHECK(server.recv(10).error().is_timeout());
  hosts.network.heal("beta", "alpha").value();
  server.settimeout(60.0).value();
  CHECK(server.recv(10).value() == "delayed");
  b.settimeout(5.0).value();
  CHECK(b.recv(10).error().is_timeout());
  // The other direction, cut while it is on its way.
  server.send("answer").value();
  hosts.network.isolate("beta").value();
  client.settimeout(1.0).value();
  CHECK(client.recv(10).error().is_timeout());
  hosts.network.rejoin("beta").value();
  client.settimeout(60.0).value();
  CHECK(client.recv(10).value() == "answer");
}

TEST_CASE("a partition that stays ends connections") {
  TwoHosts hosts(LinkSettings{.latency = kMillisecond});
  auto [client, server] = hosts.connection();
  hosts.network.partition("alpha", "beta").value();
  client.send("x").value();
  const std::int64_t start = hosts.network.now();
  CHECK(client.recv(10).error() == Errc::etimedout);
  const std::int64_t took = hosts.network.now() - start;
  CHECK(took > 13 * 60 * kSecond);  // a quarter of an hour, as on Linux
  CHECK(took < 17 * 60 * kSecond);
  CHECK(client.recv(10).value().empty());
  CHECK(client.send("x").error() == Errc::epipe);
}

TEST_CASE("a connection attempt into a partition") {
  TwoHosts hosts;
  Socket listener = hosts.listener();
  hosts.network.partition("alpha", "beta").value();
  Socket client = socket(af_inet, sock_stream, {}, *hosts.alpha).value();
  std::int64_t start = hosts.network.now();
  CHECK(client.connect(InetAddress{"10.0.0.2", 80}).error() == Errc::etimedout);
  CHECK(hosts.network.now() - start == 127 * kSecond);
  // The first is lost, the second comes through.
  hosts.network.at(hosts.network.now() + kSecond / 2, [&] { hosts.network.heal("alpha", "beta").value(); });
  start = hosts.network.now();
  client.connect(InetAddress{"10.0.0.2", 80}).value();
  CHECK(hosts.network.now() - start == kSecond);
}

TEST_CASE("a full backlog holds connections back until there is room") {
  TwoHosts hosts;
  Socket listener = socket(af_inet, sock_stream, {}, *hosts.beta).value();
  listener.bind(InetAddress{"", 80}).value();
  listener.listen(0).value();
  Socket first = create_connection({"10.0.0.2", 80}, {}, *hosts.alpha).value();
  Socket second = socket(af_inet, sock_stream, {}, *hosts.alpha).value();
  second.settimeout(0.5).value();
  CHECK(second.connect(InetAddress{"10.0.0.2", 80}).error().is_timeout());
  listener.accept().value();
  second.settimeout(10.0).value();
  WaitItem item{second.handle(), Interest::write};
  CHECK(hosts.alpha->wait({&item, 1}, Deadline::after(hosts.alpha->now(), 10 * kSecond)).value() == 1);
  CHECK(second.getsockopt(sol_socket, so_error).value() == 0);
  CHECK(hosts.network.now() == kSecond);
}

TEST_CASE("addresses that nobody has, and networks that are not there") {
  TwoHosts hosts;
  const std::int64_t start = hosts.network.now();
  CHECK(create_connection({"10.0.0.77", 80}, {}, *hosts.alpha).error() == Errc::ehostunreach);
  CHECK(hosts.network.now() - start == 3 * kSecond);
  const auto lonely = hosts.network.new_host("lonely").value();
  CHECK(create_connection({"10.0.0.1", 80}, {}, *lonely).error() == Errc::enetunreach);
  Socket s = socket(af_inet6, sock_dgram, {}, *lonely).value();
  CHECK(s.sendto("x", Inet6Address{"fd00::1", 9}).error() == Errc::enetunreach);
  Socket bound = socket(af_inet, sock_stream, {}, *hosts.alpha).value();
  bound.bind(InetAddress{"127.0.0.1", 0}).value();
  CHECK(bound.connect(InetAddress{"10.0.0.2", 80}).error() == Errc::einval);
}

TEST_CASE("a reset is lost with the link, and found out later") {
  TwoHosts hosts(LinkSettings{.latency = kMillisecond});
  auto [client, server] = hosts.connection();
  hosts.network.partition("alpha", "beta").value();
  const int on_zero[2] = {1, 0};
  server.setsockopt(sol_socket, so_linger, ConstBuffer(on_zero, sizeof(on_zero))).value();
  server.close().value();
  client.settimeout(5.0).value();
  CHECK(client.recv(10).error().is_timeout());
  hosts.network.heal("alpha", "beta").value();
  CHECK(client.recv(10).error().is_timeout());  // nobody tells it again
  client.send("still there?").value();
  CHECK(client.recv(10).error() == Errc::econnreset);
}

}  // namespace
}  // namespace everysock::testing
