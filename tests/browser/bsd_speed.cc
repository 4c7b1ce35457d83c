// What speed.cc measures, by the BSD socket calls that Emscripten offers: over a WebSocket of its own for every socket
// (SOCKFS, to websockify), or, built with BRIDGE, over its bridge to websocket_to_posix_proxy.
//   bsd_speed HOST PORT ROUND_TRIPS MEGABYTES [URL OF THE BRIDGE]
// Prints one line of JSON. 0 megabytes leave receiving and sending out.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#ifdef BRIDGE
#include <emscripten/posix_socket.h>
#include <emscripten/threading.h>
#include <emscripten/websocket.h>
#endif

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::exit(1);
}

// SOCKFS knows no blocking calls: whoever wants to wait asks again.
bool again(ssize_t result) { return result < 0 && errno == EAGAIN; }

void send_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(fd, data, size, 0);
    if (again(sent)) continue;
    if (sent <= 0) give_up("send");
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
}

void receive(int fd, std::size_t bytes) {
  std::vector<char> buffer(65536);
  while (bytes > 0) {
    const ssize_t got = ::recv(fd, buffer.data(), std::min(bytes, buffer.size()), 0);
    if (again(got)) continue;
    if (got <= 0) give_up("recv");
    bytes -= static_cast<std::size_t>(got);
  }
}

// A connection on which peer.mjs does `what` (echo, give or take) with so many bytes.
int connect(const sockaddr_in& peer, const std::string& what, std::size_t bytes) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  if (fd < 0) give_up("socket");
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)) != 0 && errno != EINPROGRESS) {
    give_up("connect");
  }
  const std::string line = what + " " + std::to_string(bytes) + "\n";
  send_all(fd, line.data(), line.size());
  return fd;
}

void open_bridge([[maybe_unused]] const char* url) {
#ifdef BRIDGE
  const EMSCRIPTEN_WEBSOCKET_T bridge = emscripten_init_websocket_to_posix_socket_bridge(url);
  for (unsigned short state = 0; state != 1; emscripten_thread_sleep(10)) {
    emscripten_websocket_get_ready_state(bridge, &state);
    if (state > 1) give_up(url);
  }
#endif
}

double receiving(const sockaddr_in& peer, std::size_t bytes) {
  const double start = now();
  const int source = connect(peer, "give", bytes);
  receive(source, bytes);
  return static_cast<double>(bytes / mebibyte) / (now() - start);
}

double sending(const sockaddr_in& peer, std::size_t bytes) {
  const std::string piece(65536, 'p');
  const double start = now();
  const int sink = connect(peer, "take", bytes);
  for (std::size_t sent = 0; sent < bytes; sent += piece.size()) send_all(sink, piece.data(), piece.size());
  receive(sink, 1);
  return static_cast<double>(bytes / mebibyte) / (now() - start);
}

}  // namespace

int main(int, char** argv) {
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(static_cast<unsigned short>(std::atoi(argv[2])));
  ::inet_pton(AF_INET, argv[1], &peer.sin_addr);
  const int round_trips = std::atoi(argv[3]);
  const std::size_t bytes = mebibyte * std::strtoul(argv[4], nullptr, 10);
  open_bridge(argv[5]);

  const int echo = connect(peer, "echo", 0);
  const std::string request(64, 'r');
  std::vector<double> times;
  for (int i = 0; i < round_trips / 10 + round_trips; ++i) {
    const double start = now();
    send_all(echo, request.data(), request.size());
    receive(echo, request.size());
    if (i >= round_trips / 10) times.push_back(now() - start);
  }
  double sum = 0;
  for (const double each : times) sum += each;
  std::ranges::sort(times);
  std::printf("{\"round_trips_per_second\": %.1f, \"p50_us\": %.0f, \"p99_us\": %.0f",
              static_cast<double>(times.size()) / sum, times[times.size() / 2] * 1e6,
              times[times.size() * 99 / 100] * 1e6);
  if (bytes > 0) {
    const double received = receiving(peer, bytes);
    const double sent = sending(peer, bytes);
    std::printf(", \"received_mb_per_second\": %.1f, \"sent_mb_per_second\": %.1f", received, sent);
  }
  std::printf("}\n");
}
