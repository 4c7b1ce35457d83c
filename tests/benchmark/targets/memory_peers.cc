#include "tests/benchmark/targets/memory_peers.h"

#include <algorithm>
#include <list>
#include <utility>
#include <vector>

#include "everysock/connection.h"
#include "tests/benchmark/harness/machine.h"
#include "tests/benchmark/harness/must.h"
#include "tests/benchmark/peer/selector_echo_server.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kBlock = 65536;
constexpr std::int64_t kLateness = 2'000'000;

// The number of bytes that is asked for; 0 when the client has gone.
std::uint64_t read_count(Socket& connection) {
  std::uint64_t count = 0;
  const auto received = connection.recv_into({&count, sizeof(count)}, 0, msg_waitall);
  return received && *received == sizeof(count) ? count : 0;
}

void serve_echo(Socket& connection) {
  std::vector<char> block(kBlock);
  for (;;) {
    const auto received = connection.recv_into(block);
    if (!received || *received == 0) return;
    if (!connection.sendall({block.data(), *received})) return;
  }
}

void serve_late_echo(MemoryNetwork& network, Socket& connection) {
  std::vector<char> block(kBlock);
  for (;;) {
    const auto received = connection.recv_into(block);
    if (!received || *received == 0) return;
    network.sleep_for(kLateness);
    if (!connection.sendall({block.data(), *received})) return;
  }
}

void serve_sink(Socket& connection) {
  std::vector<char> block(kBlock);
  while (std::uint64_t left = read_count(connection)) {
    while (left > 0) {
      const auto received = connection.recv_into(block);
      if (!received || *received == 0) return;
      left -= std::min<std::uint64_t>(left, *received);
    }
    if (!connection.sendall({block.data(), 1})) return;
  }
}

void serve_source(Socket& connection) {
  const std::vector<char> block(kBlock);
  while (std::uint64_t left = read_count(connection)) {
    while (left > 0) {
      const std::size_t size = std::min<std::uint64_t>(left, block.size());
      if (!connection.sendall({block.data(), size})) return;
      left -= size;
    }
  }
}

void serve_hang_up(Socket& listener) {
  while (auto accepted = listener.accept()) {
    char byte;
    while (accepted->socket.recv_into({&byte, 1}).value_or(0) > 0) {
    }
    const int reset[] = {1, 0};  // struct linger: nothing stays behind in TIME_WAIT
    must(accepted->socket.setsockopt(sol_socket, so_linger, ConstBuffer(reset, sizeof(reset))), "so_linger");
  }
}

// An empty datagram ends it.
void serve_datagram_echo(Socket& socket) {
  std::vector<char> block(kBlock);
  for (;;) {
    const ReceivedInto received = must(socket.recvfrom_into(block), "recvfrom_into");
    if (received.nbytes == 0) return;
    must(socket.sendto({block.data(), received.nbytes}, received.address), "sendto");
  }
}

std::function<void(Socket&)> in_threads(std::function<void(Socket&)> serve) {
  return [serve](Socket& listener) {
    std::list<Thread> threads;
    while (auto accepted = listener.accept()) {
      threads.emplace_back(*listener.backend(), [serve, connection = std::move(accepted->socket)]() mutable {
        run_as_peer();
        serve(connection);
      });
    }
  };
}

Socket datagram_socket(Backend& host) {
  Socket result = must(socket(af_inet, sock_dgram, {}, host), "socket");
  must(result.bind(InetAddress{"127.0.0.1", 0}), "bind");
  return result;
}

}  // namespace

MemoryPeer::MemoryPeer(Socket listener, std::function<void(Socket&)> serve)
    : listener_(std::move(listener)), thread_(*listener_.backend(), [this, serve = std::move(serve)] {
        run_as_peer();
        serve(listener_);
      }) {}

MemoryPeer::~MemoryPeer() {
  if (listener_.type() == sock_dgram) {
    must(listener_.sendto({}, must(listener_.getsockname(), "getsockname")), "sendto");
  } else {
    must(listener_.shutdown(shut_rd), "shutdown");
  }
}

std::uint16_t MemoryPeer::port() const { return port_of(listener_); }

MemoryPeers::MemoryPeers(MemoryNetwork& network, Backend& host)
    : echo(library_listener(host), in_threads(serve_echo)),
      late_echo(library_listener(host),
                in_threads([&network](Socket& connection) { serve_late_echo(network, connection); })),
      sink(library_listener(host), in_threads(serve_sink)),
      source(library_listener(host), in_threads(serve_source)),
      hang_up(library_listener(host), serve_hang_up),
      datagram_echo(datagram_socket(host), serve_datagram_echo),
      selector_echo(library_listener(host), [](Socket& listener) { serve_with_selector(listener); }) {}

}  // namespace everysock::benchmark
