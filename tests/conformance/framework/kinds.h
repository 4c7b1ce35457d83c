// The kinds of sockets that one case can be run over. A case sees only what all kinds of its list have in common.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_KINDS_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_KINDS_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "everysock/constants.h"
#include "framework/probe.h"

namespace everysock::conformance {

// Where sockets of a kind get their addresses from.
enum class Naming : std::uint8_t {
  loopback,  // 127.0.0.1 or ::1, a free port
  path,      // a fresh name in the fixture's directory
  abstract,  // a fresh abstract name
  pair,      // none: socketpair()
};

struct Kind {
  std::string_view name;
  AddressFamily family;
  SocketKind type;
  Naming naming;
  Needs needs;
};

extern const Kind tcp4, tcp6;                           // streams over the loopback
extern const Kind unix_path, unix_abstract, unix_pair;  // AF_UNIX streams
extern const Kind seqpacket, seqpacket_pair;            // connected, but keeping messages apart
extern const Kind udp4, udp6;                           // datagrams over the loopback
extern const Kind unix_dgram, unix_dgram_pair;          // AF_UNIX datagrams (reliable, and held back by the receiver)

inline constexpr std::array tcp_kinds = {&tcp4, &tcp6};
inline constexpr std::array udp_kinds = {&udp4, &udp6};
inline constexpr std::array inet_kinds = {&tcp4, &tcp6, &udp4, &udp6};
// One of each family and type.
inline constexpr std::array every_kind = {&tcp4, &tcp6, &unix_path, &seqpacket, &udp4, &udp6, &unix_dgram};
// Byte streams.
inline constexpr std::array stream_kinds = {&tcp4, &tcp6, &unix_path, &unix_pair};
// What listens and accepts.
inline constexpr std::array listener_kinds = {&tcp4, &tcp6, &unix_path, &unix_abstract, &seqpacket};
// Unconnected datagrams.
inline constexpr std::array datagram_kinds = {&udp4, &udp6, &unix_dgram};
// What descriptors can be sent over.
inline constexpr std::array rights_kinds = {&unix_path,      &unix_pair,  &seqpacket,
                                            &seqpacket_pair, &unix_dgram, &unix_dgram_pair};
// What keeps messages apart, once connected.
inline constexpr std::array message_kinds = {&udp4, &udp6, &unix_dgram, &seqpacket, &seqpacket_pair};
// Everything that can be a pair of connected sockets.
inline constexpr std::array connected_kinds = every_kind;

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_KINDS_H_
