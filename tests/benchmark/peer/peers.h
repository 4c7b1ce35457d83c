// The other ends: the same plain servers for every row.
#ifndef EVERYSOCK_TESTS_BENCHMARK_PEER_PEERS_H_
#define EVERYSOCK_TESTS_BENCHMARK_PEER_PEERS_H_

#include <cstddef>
#include <cstdint>

#include "tests/benchmark/peer/raw_socket.h"
#include "tests/benchmark/peer/server_process.h"

namespace everysock::benchmark {

// One process with blocking sockets and a thread for each connection. Ports are on 127.0.0.1.
class Peers {
 public:
  Peers();

  // Sends back what comes.
  std::uint16_t echo_port() const { return port_of(echo_); }
  // The same, 2 ms later.
  std::uint16_t late_echo_port() const { return port_of(late_echo_); }
  std::uint16_t datagram_echo_port() const { return port_of(datagram_echo_); }
  // Reads an 8-byte count (as it lies in memory), takes that many bytes, and answers with one; again and again.
  std::uint16_t sink_port() const { return port_of(sink_); }
  // Reads an 8-byte count and sends that many bytes; again and again.
  std::uint16_t source_port() const { return port_of(source_); }
  // Accepts one connection after another and, once the client has closed it, leaves nothing of it in TIME_WAIT.
  std::uint16_t hang_up_port() const { return port_of(hang_up_); }

 private:
  void serve();

  RawSocket echo_ = raw_listener();
  RawSocket late_echo_ = raw_listener();
  RawSocket sink_ = raw_listener();
  RawSocket source_ = raw_listener();
  RawSocket hang_up_ = raw_listener();
  RawSocket datagram_echo_ = raw_datagram_socket();
  ServerProcess process_;
};

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_PEER_PEERS_H_
