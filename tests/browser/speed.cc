// Measures the way from a page, or Node.js, through the proxy to peer.mjs: request and response, receiving, sending.
//   speed HOST PORT [ROUND TRIPS [MEGABYTES]]
// Prints one line of JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "everysock/socket.h"

using namespace everysock;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// A connection on which peer.mjs does `what` (echo, give or take) with so many bytes.
Socket connect(const InetAddress& peer, const std::string& what, std::size_t bytes) {
  Socket s = create_connection(peer).value();
  s.setsockopt(ipproto_tcp, tcp_nodelay, 1).value();
  s.sendall(what + " " + std::to_string(bytes) + "\n").value();
  return s;
}

void receive(Socket& s, std::size_t bytes) {
  std::vector<char> buffer(65536);
  while (bytes > 0) {
    const std::size_t got = s.recv_into(MutableBuffer(buffer.data(), std::min(bytes, buffer.size()))).value();
    if (got == 0) std::abort();
    bytes -= got;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const InetAddress peer{argv[1], std::atoi(argv[2])};
  const int round_trips = argc > 3 ? std::atoi(argv[3]) : 2000;
  const std::size_t bytes = mebibyte * (argc > 4 ? std::strtoul(argv[4], nullptr, 10) : 64);

  Socket echo = connect(peer, "echo", 0);
  const std::string request(64, 'r');
  std::vector<double> times;
  for (int i = 0; i < round_trips / 10 + round_trips; ++i) {
    const double start = now();
    echo.sendall(request).value();
    receive(echo, request.size());
    if (i >= round_trips / 10) times.push_back(now() - start);
  }
  double sum = 0;
  for (const double each : times) sum += each;
  std::ranges::sort(times);

  double start = now();
  Socket source = connect(peer, "give", bytes);
  receive(source, bytes);
  const double receiving = now() - start;

  start = now();
  Socket sink = connect(peer, "take", bytes);
  const std::string piece(65536, 'p');
  for (std::size_t sent = 0; sent < bytes; sent += piece.size()) sink.sendall(piece).value();
  receive(sink, 1);
  const double sending = now() - start;

  std::printf(
      "{\"round_trips_per_second\": %.0f, \"p50_us\": %.0f, \"p99_us\": %.0f, \"received_mb_per_second\": %.1f, "
      "\"sent_mb_per_second\": %.1f}\n",
      static_cast<double>(times.size()) / sum, times[times.size() / 2] * 1e6, times[times.size() * 99 / 100] * 1e6,
      static_cast<double>(bytes / mebibyte) / receiving, static_cast<double>(bytes / mebibyte) / sending);
}
