#include "tests/benchmark/peer/peers.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kBlock = 65536;
constexpr std::chrono::milliseconds kLateness(2);

// The number of bytes that is asked for; 0 when the client has gone.
std::uint64_t read_count(RawHandle fd) {
  std::uint64_t count = 0;
  for (std::size_t have = 0; have < sizeof(count);) {
    const RawSize received = raw_receive(fd, reinterpret_cast<char*>(&count) + have, sizeof(count) - have);
    if (received <= 0) return 0;
    have += static_cast<std::size_t>(received);
  }
  return count;
}

void echo(const RawSocket& connection, bool late) {
  std::vector<char> block(kBlock);
  for (;;) {
    const RawSize received = raw_receive(connection.fd(), block.data(), block.size());
    if (received <= 0) return;
    if (late) std::this_thread::sleep_for(kLateness);
    if (raw_send(connection.fd(), block.data(), static_cast<std::size_t>(received)) != received) return;
  }
}

void serve_echo(RawSocket connection) { echo(connection, false); }
void serve_late_echo(RawSocket connection) { echo(connection, true); }

void serve_sink(RawSocket connection) {
  std::vector<char> block(kBlock);
  while (std::uint64_t left = read_count(connection.fd())) {
    while (left > 0) {
      const RawSize received = raw_receive(connection.fd(), block.data(), block.size());
      if (received <= 0) return;
      left -= std::min(left, static_cast<std::uint64_t>(received));
    }
    if (raw_send(connection.fd(), block.data(), 1) != 1) return;
  }
}

void serve_source(RawSocket connection) {
  const std::vector<char> block(kBlock);
  while (std::uint64_t left = read_count(connection.fd())) {
    while (left > 0) {
      const std::size_t size = std::min<std::uint64_t>(left, block.size());
      const RawSize sent = raw_send(connection.fd(), block.data(), size);
      if (sent <= 0) return;
      left -= static_cast<std::uint64_t>(sent);
    }
  }
}

// The reset comes after the client's own close: it finds the connection half closed and ends it there as well.
void serve_hang_up(RawSocket connection) {
  char byte;
  while (raw_receive(connection.fd(), &byte, 1) > 0) {
  }
  reset_on_close(connection.fd());
}

template <typename Serve>
void accept_each(const RawSocket& listener, Serve serve) {
  for (;;) {
    RawSocket connection(raw_accept(listener.fd()));
    if (connection.fd() != kNoHandle) serve(std::move(connection));
  }
}

template <typename Serve>
void accept_into_threads(const RawSocket& listener, Serve serve) {
  accept_each(listener, [serve](RawSocket connection) { std::thread(serve, std::move(connection)).detach(); });
}

void echo_datagrams(const RawSocket& socket) {
  std::vector<char> block(kBlock);
  for (;;) {
    sockaddr_in sender{};
    const RawSize received = raw_receive_from(socket.fd(), block.data(), block.size(), sender);
    if (received >= 0) raw_send_to(socket.fd(), block.data(), static_cast<std::size_t>(received), sender);
  }
}

}  // namespace

Peers::Peers() : process_([this] { serve(); }) {}

void Peers::serve() {
  std::thread([this] { accept_into_threads(echo_, serve_echo); }).detach();
  std::thread([this] { accept_into_threads(late_echo_, serve_late_echo); }).detach();
  std::thread([this] { accept_into_threads(sink_, serve_sink); }).detach();
  std::thread([this] { accept_into_threads(source_, serve_source); }).detach();
  std::thread([this] { echo_datagrams(datagram_echo_); }).detach();
  accept_each(hang_up_, serve_hang_up);
}

}  // namespace everysock::benchmark
