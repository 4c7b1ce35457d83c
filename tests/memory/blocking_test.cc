// Calls that wait without a time-out: how much they move and what ends them.
#include <doctest/doctest.h>

#include <string>

#include "everysock/thread.h"
#include "support.h"

namespace everysock::testing {
namespace {

TEST_CASE("a blocking send goes on until all has gone") {
  const auto backend = new_memory_backend(1);
  Socket listener = create_server({"127.0.0.1", 0}, {}, *backend).value();
  Socket client =
      create_connection({"127.0.0.1", std::get<InetAddress>(listener.getsockname().value()).port}, {}, *backend)
          .value();
  Socket server = listener.accept().value().socket;
  constexpr std::size_t kSize = 20 << 20;
  std::size_t received = 0;
  Thread reader(*backend, [&] {
    while (received < kSize) received += server.recv(100000).value().size();
  });
  CHECK(client.send(std::string(kSize, 'x')).value() == kSize);
  reader.join();
  CHECK(received == kSize);
}

TEST_CASE("msg_waitall and so_rcvlowat wait for enough") {
  TwoHosts hosts(LinkSettings{.latency = kMillisecond});
  auto [client, server] = hosts.connection();
  Thread sender(*hosts.alpha, [&hosts, &s = client] {
    for (const char* piece : {"ab", "cd", "ef"}) {
      s.send(piece).value();
      hosts.network.sleep_for(kSecond);
    }
    s.send("gh").value();
  });
  CHECK(server.recv(4, msg_waitall | msg_peek).value() == "abcd");
  CHECK(server.recv(4, msg_waitall).value() == "abcd");
  server.setsockopt(sol_socket, so_rcvlowat, 3).value();
  CHECK(server.recv(100).value() == "efgh");
  server.setsockopt(sol_socket, so_rcvlowat, 1).value();
  sender.join();
  client.send("last").value();
  client.close().value();
  CHECK(server.recv(100, msg_waitall).value() == "last");  // nothing more will come
  CHECK(server.recv(100, msg_waitall).value().empty());
}

TEST_CASE("a full receiver holds AF_UNIX datagrams back") {
  const auto backend = new_memory_backend(1);
  Socket receiver = socket(af_unix, sock_dgram, {}, *backend).value();
  receiver.bind(UnixAddress{"/tmp/r"}).value();
  Thread sender(*backend, [&] {
    Socket s = socket(af_unix, sock_dgram, {}, *backend).value();
    for (int i = 0; i < 100; ++i) s.sendto(std::to_string(i), UnixAddress{"/tmp/r"}).value();
  });
  for (int i = 0; i < 100; ++i) CHECK(receiver.recv(10).value() == std::to_string(i));
  sender.join();
}

TEST_CASE("a full AF_UNIX backlog makes connect() wait") {
  const auto backend = new_memory_backend(1);
  Socket listener = socket(af_unix, sock_stream, {}, *backend).value();
  listener.bind(UnixAddress{"/tmp/l"}).value();
  listener.listen(0).value();
  Socket first = socket(af_unix, sock_stream, {}, *backend).value();
  first.connect(UnixAddress{"/tmp/l"}).value();
  bool connected = false;
  Thread second(*backend, [&] {
    Socket s = socket(af_unix, sock_stream, {}, *backend).value();
    connected = s.connect(UnixAddress{"/tmp/l"}).has_value();
  });
  backend->wait({}, Deadline::after(backend->now(), kSecond)).value();
  listener.accept().value();
  second.join();
  CHECK(connected);
}

TEST_CASE("shutdown ends waiting calls") {
  const auto backend = new_memory_backend(1);
  Socket listener = create_server({"127.0.0.1", 0}, {}, *backend).value();
  Errc accepted = Errc::ok;
  Thread acceptor(*backend, [&] { accepted = listener.accept().error().errc(); });
  Socket udp = socket(af_inet, sock_dgram, {}, *backend).value();
  udp.connect(InetAddress{"127.0.0.1", 9}).value();
  std::string data = "?";
  Thread receiver(*backend, [&] { data = udp.recv(10).value(); });
  backend->wait({}, Deadline::after(backend->now(), kSecond)).value();
  listener.shutdown(shut_rdwr).value();
  udp.shutdown(shut_rdwr).value();
  acceptor.join();
  receiver.join();
  CHECK(accepted == Errc::einval);
  CHECK(data.empty());
}

TEST_CASE("a listener that closes resets who was not accepted, one that is still wanted is refused") {
  TwoHosts hosts(LinkSettings{.latency = kMillisecond});
  Socket listener = hosts.listener();
  Socket client = create_connection({"10.0.0.2", 80}, {}, *hosts.alpha).value();
  hosts.network.sleep_for(kSecond);
  listener.close().value();
  CHECK(client.recv(10).error() == Errc::econnreset);
  CHECK(create_connection({"10.0.0.2", 80}, {}, *hosts.alpha).error() == Errc::econnrefused);
}

TEST_CASE("a server that was closed keeps its port for a minute of the network's time") {
  MemoryNetwork network;
  const auto host = network.new_host("h").value();
  Socket listener = socket(af_inet, sock_stream, {}, *host).value();
  listener.bind(InetAddress{"127.0.0.1", 80}).value();
  listener.listen().value();
  Socket client = create_connection({"127.0.0.1", 80}, {}, *host).value();
  listener.accept().value().socket.close().value();
  CHECK(client.recv(1).value().empty());
  client.close().value();
  listener.close().value();
  Socket again = socket(af_inet, sock_stream, {}, *host).value();
  CHECK(again.bind(InetAddress{"127.0.0.1", 80}).error() == Errc::eaddrinuse);
  network.sleep_for(61 * kSecond);
  CHECK(again.bind(InetAddress{"127.0.0.1", 80}));
}

TEST_CASE("thousands of connections in a row do not use up the ports") {
  const auto backend = new_memory_backend(1);
  Socket listener = create_server({"127.0.0.1", 80}, {}, *backend).value();
  for (int i = 0; i < 40000; ++i) {
    Socket client = socket(af_inet, sock_stream, {}, *backend).value();
    const auto connected = client.connect(InetAddress{"127.0.0.1", 80});
    if (!connected) FAIL(connected.error().message());
    Socket server = listener.accept().value().socket;
  }
}

}  // namespace
}  // namespace everysock::testing
