#include "everysock/control_messages.h"

#include <array>
#include <concepts>
#include <string_view>

namespace everysock {
namespace {

// ---- little-endian integers, whatever the machine ----

template <std::integral T>
void append(std::string& data, T value) {
  const auto bits = static_cast<std::make_unsigned_t<T>>(value);
  for (std::size_t i = 0; i < sizeof(T); ++i)
    data.push_back(static_cast<char>(static_cast<std::uint64_t>(bits) >> (8 * i)));
}

template <std::integral T>
T number_at(std::string_view data, std::size_t offset) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    bits |= std::uint64_t{static_cast<unsigned char>(data[offset + i])} << (8 * i);
  }
  return static_cast<T>(bits);
}

// A host of the other family, or a name, is the family's zero address.
template <std::size_t N>
void append_host(std::string& data, const Host& host) {
  const auto bytes = host.bytes();
  if (bytes.size() != N) {
    data.append(N, '\0');
  } else {
    data.append(reinterpret_cast<const char*>(bytes.data()), N);
  }
}

Host host4_at(std::string_view data, std::size_t offset) {
  return Host::ipv4(std::span<const std::uint8_t, 4>(reinterpret_cast<const std::uint8_t*>(data.data()) + offset, 4));
}
Host host6_at(std::string_view data, std::size_t offset) {
  return Host::ipv6(std::span<const std::uint8_t, 16>(reinterpret_cast<const std::uint8_t*>(data.data()) + offset, 16));
}

bool is(const ControlMessage& message, OptionLevel level, ControlType type, std::size_t least) {
  return message.level == level && message.type == type && message.data.size() >= least;
}

ControlMessage int_message(OptionLevel level, ControlType type, std::int32_t value) {
  ControlMessage message{level, type, {}};
  append(message.data, value);
  return message;
}

template <typename T>
std::optional<T> from_int(const ControlMessage& message, OptionLevel level, ControlType type) {
  if (!is(message, level, type, sizeof(std::int32_t))) return std::nullopt;
  return T{number_at<std::int32_t>(message.data, 0)};
}

std::optional<Credentials> credentials_at(std::string_view data) {
  return Credentials{number_at<std::int32_t>(data, 0), number_at<std::uint32_t>(data, 4),
                     number_at<std::uint32_t>(data, 8)};
}

constexpr std::size_t kCredentialsSize = 12;  // struct ucred

// The struct sockaddr of an offender: its family has Linux's number, which is the portable one.
Address offender_at(std::string_view data) {
  if (data.size() < 2) return {};
  const AddressFamily family(number_at<std::uint16_t>(data, 0));
  if (family == af_inet && data.size() >= 8) return InetAddress{host4_at(data, 4), 0};
  if (family == af_inet6 && data.size() >= 28) {
    return Inet6Address{host6_at(data, 8), 0, 0, number_at<std::uint32_t>(data, 24)};
  }
  return {};
}

}  // namespace

ControlMessage Rights::message() const {
  ControlMessage message{sol_socket, scm_rights, {}};
  for (const std::int64_t descriptor : descriptors) append(message.data, static_cast<std::int32_t>(descriptor));
  return message;
}

std::optional<Rights> Rights::from(const ControlMessage& message) {
  if (!is(message, sol_socket, scm_rights, 0)) return std::nullopt;
  Rights rights;
  for (std::size_t at = 0; at + sizeof(std::int32_t) <= message.data.size(); at += sizeof(std::int32_t)) {
    rights.descriptors.push_back(number_at<std::int32_t>(message.data, at));
  }
  return rights;
}

ControlMessage Credentials::message() const {
  ControlMessage message{sol_socket, scm_credentials, {}};
  append(message.data, pid);
  append(message.data, uid);
  append(message.data, gid);
  return message;
}

std::optional<Credentials> Credentials::from(const ControlMessage& message) {
  if (!is(message, sol_socket, scm_credentials, kCredentialsSize)) return std::nullopt;
  return credentials_at(message.data);
}

std::optional<Credentials> Credentials::from(const std::string& peercred) {
  if (peercred.size() != kCredentialsSize) return std::nullopt;
  return credentials_at(peercred);
}

ControlMessage Ipv4PacketInfo::message() const {
  ControlMessage message{ipproto_ip, ip_pktinfo, {}};
  append(message.data, interface_index);
  append_host<4>(message.data, local);
  append_host<4>(message.data, destination);
  return message;
}

std::optional<Ipv4PacketInfo> Ipv4PacketInfo::from(const ControlMessage& message) {
  if (!is(message, ipproto_ip, ip_pktinfo, 12)) return std::nullopt;
  return Ipv4PacketInfo{number_at<std::uint32_t>(message.data, 0), host4_at(message.data, 4),
                        host4_at(message.data, 8)};
}

ControlMessage Ipv6PacketInfo::message() const {
  ControlMessage message{ipproto_ipv6, ipv6_pktinfo, {}};
  append_host<16>(message.data, address);
  append(message.data, interface_index);
  return message;
}

std::optional<Ipv6PacketInfo> Ipv6PacketInfo::from(const ControlMessage& message) {
  if (!is(message, ipproto_ipv6, ipv6_pktinfo, 20)) return std::nullopt;
  return Ipv6PacketInfo{host6_at(message.data, 0), number_at<std::uint32_t>(message.data, 16)};
}

ControlMessage TimeToLive::message() const { return int_message(ipproto_ip, ip_ttl, hops); }
std::optional<TimeToLive> TimeToLive::from(const ControlMessage& message) {
  return from_int<TimeToLive>(message, ipproto_ip, ip_ttl);
}

ControlMessage TypeOfService::message() const { return int_message(ipproto_ip, ip_tos, value); }
std::optional<TypeOfService> TypeOfService::from(const ControlMessage& message) {
  if (!is(message, ipproto_ip, ip_tos, 1)) return std::nullopt;
  return TypeOfService{number_at<std::uint8_t>(message.data, 0)};
}

ControlMessage HopLimit::message() const { return int_message(ipproto_ipv6, ipv6_hoplimit, hops); }
std::optional<HopLimit> HopLimit::from(const ControlMessage& message) {
  return from_int<HopLimit>(message, ipproto_ipv6, ipv6_hoplimit);
}

ControlMessage TrafficClass::message() const { return int_message(ipproto_ipv6, ipv6_tclass, value); }
std::optional<TrafficClass> TrafficClass::from(const ControlMessage& message) {
  return from_int<TrafficClass>(message, ipproto_ipv6, ipv6_tclass);
}

std::optional<Timestamp> Timestamp::from(const ControlMessage& message) {
  const bool micro = is(message, sol_socket, scm_timestamp, 16);
  if (!micro && !is(message, sol_socket, scm_timestampns, 16)) return std::nullopt;
  const auto fraction = number_at<std::int64_t>(message.data, 8);
  return Timestamp{number_at<std::int64_t>(message.data, 0), micro ? fraction * 1000 : fraction};
}

std::optional<ExtendedError> ExtendedError::from(const ControlMessage& message) {
  constexpr std::size_t size = 16;  // struct sock_extended_err
  if (!is(message, ipproto_ip, ip_recverr, size) && !is(message, ipproto_ipv6, ipv6_recverr, size)) return std::nullopt;
  const std::string_view data = message.data;
  ExtendedError error;
  error.error = static_cast<Errc>(number_at<std::uint32_t>(data, 0));
  error.origin = number_at<std::uint8_t>(data, 4);
  error.type = number_at<std::uint8_t>(data, 5);
  error.code = number_at<std::uint8_t>(data, 6);
  error.info = number_at<std::uint32_t>(data, 8);
  error.data = number_at<std::uint32_t>(data, 12);
  error.offender = offender_at(data.substr(size));
  return error;
}

}  // namespace everysock
