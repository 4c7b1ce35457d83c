// The common control messages as structs. Each converts to the raw form that Socket::sendmsg() takes, where it can be
// sent, and from the raw form that Socket::recvmsg() gives:
//
//   s.setsockopt(ipproto_ip, ip_pktinfo, 1).value();
//   ReceivedMessage m = s.recvmsg(1500, 256).value();
//   if (auto info = find_control<Ipv4PacketInfo>(m.ancdata)) std::cout << info->destination << "\n";
//
//   const ControlMessage limit = HopLimit{1}.message();
//   s.sendmsg({"ping"}, {&limit, 1}, {}, &peer).value();
//
// from() gives nothing for a message of another level or type, and for one that has been cut short (msg_ctrunc).
//
// Source: unix(7), ip(7), ipv6(7), socket(7), RFC 3542; Python documentation, socket.recvmsg (spec rows method/sendmsg,
// method/recvmsg).
#ifndef EVERYSOCK_CONTROL_MESSAGES_H_
#define EVERYSOCK_CONTROL_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "everysock/address.h"
#include "everysock/control_message.h"
#include "everysock/error.h"
#include "everysock/host.h"

namespace everysock {

// Descriptors on their way to another process: (sol_socket, scm_rights). Received ones belong to the receiver.
struct Rights {
  std::vector<std::int64_t> descriptors;

  // Descriptors are C ints: the low 32 bits of each are sent.
  ControlMessage message() const;
  // Whole ints; what is left of one that was cut is ignored.
  static std::optional<Rights> from(const ControlMessage& message);
  friend bool operator==(const Rights&, const Rights&) = default;
};

// Who sent an AF_UNIX message: (sol_socket, scm_credentials). Comes with every message once so_passcred is on; the
// value of so_peercred has the same layout. Only a privileged process may send any but its own (EPERM).
struct Credentials {
  std::int32_t pid = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;

  ControlMessage message() const;
  static std::optional<Credentials> from(const ControlMessage& message);
  // The bytes of getsockopt(sol_socket, so_peercred, 12); nothing for another length.
  static std::optional<Credentials> from(const std::string& peercred);
  friend bool operator==(const Credentials&, const Credentials&) = default;
};

// Where an IPv4 datagram went to: (ipproto_ip, ip_pktinfo), with the option ip_pktinfo. Sending: the interface to send
// by (0: any) and the address to send from (`local`; 0.0.0.0: any); `destination` is ignored.
struct Ipv4PacketInfo {
  std::uint32_t interface_index = 0;
  Host local = Host("0.0.0.0");        // of this machine: the address that answers would come from
  Host destination = Host("0.0.0.0");  // in the header: a broadcast or multicast address, maybe

  ControlMessage message() const;
  static std::optional<Ipv4PacketInfo> from(const ControlMessage& message);
  friend bool operator==(const Ipv4PacketInfo&, const Ipv4PacketInfo&) = default;
};

// The same for IPv6: (ipproto_ipv6, ipv6_pktinfo), with the option ipv6_recvpktinfo. Sending: `address` is the one to
// send from. On a dual-stack socket IPv4 datagrams show mapped addresses.
struct Ipv6PacketInfo {
  Host address = Host("::");
  std::uint32_t interface_index = 0;

  ControlMessage message() const;
  static std::optional<Ipv6PacketInfo> from(const ControlMessage& message);
  friend bool operator==(const Ipv6PacketInfo&, const Ipv6PacketInfo&) = default;
};

// The TTL of an IPv4 datagram, 1 to 255 (EINVAL beyond): (ipproto_ip, ip_ttl), with the option ip_recvttl.
struct TimeToLive {
  std::int32_t hops = 0;

  ControlMessage message() const;
  static std::optional<TimeToLive> from(const ControlMessage& message);
  friend bool operator==(const TimeToLive&, const TimeToLive&) = default;
};

// The type-of-service byte of an IPv4 datagram, 0 to 255: (ipproto_ip, ip_tos), with the option ip_recvtos. Received as
// one byte, sent as an int.
struct TypeOfService {
  std::int32_t value = 0;

  ControlMessage message() const;
  static std::optional<TypeOfService> from(const ControlMessage& message);
  friend bool operator==(const TypeOfService&, const TypeOfService&) = default;
};

// The hop limit of an IPv6 datagram, -1 (the default) to 255: (ipproto_ipv6, ipv6_hoplimit), with ipv6_recvhoplimit.
struct HopLimit {
  std::int32_t hops = 0;

  ControlMessage message() const;
  static std::optional<HopLimit> from(const ControlMessage& message);
  friend bool operator==(const HopLimit&, const HopLimit&) = default;
};

// The traffic class of an IPv6 datagram, -1 (the default) to 255: (ipproto_ipv6, ipv6_tclass), with ipv6_recvtclass.
struct TrafficClass {
  std::int32_t value = 0;

  ControlMessage message() const;
  static std::optional<TrafficClass> from(const ControlMessage& message);
  friend bool operator==(const TrafficClass&, const TrafficClass&) = default;
};

// When a message arrived, since the epoch: (sol_socket, scm_timestamp) in microseconds or (sol_socket,
// scm_timestampns), with the option of the same name. Received only.
struct Timestamp {
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;

  static std::optional<Timestamp> from(const ControlMessage& message);
  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

// An entry of the error queue (recvmsg() with msg_errqueue): (ipproto_ip, ip_recverr) or (ipproto_ipv6, ipv6_recverr),
// with the option of the same name. Received only.
struct ExtendedError {
  Errc error = Errc::ok;
  std::uint8_t origin = 0;  // 1: this machine, 2: ICMP, 3: ICMPv6
  std::uint8_t type = 0;    // of the ICMP message
  std::uint8_t code = 0;
  std::uint32_t info = 0;  // with EMSGSIZE: the MTU that was found
  std::uint32_t data = 0;
  Address offender;  // who reported it; monostate where nobody did

  static std::optional<ExtendedError> from(const ControlMessage& message);
  friend bool operator==(const ExtendedError&, const ExtendedError&) = default;
};

// The first message of its kind among those received.
template <typename T>
std::optional<T> find_control(std::span<const ControlMessage> messages) {
  for (const ControlMessage& message : messages) {
    if (auto found = T::from(message)) return found;
  }
  return std::nullopt;
}

}  // namespace everysock

#endif  // EVERYSOCK_CONTROL_MESSAGES_H_
