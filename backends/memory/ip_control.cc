#include "backends/memory/ip_control.h"

#include <array>

#include "backends/memory/machine.h"
#include "everysock/control_messages.h"

namespace everysock::memory {
namespace {

constexpr Operation kOperation = Operation::send;
constexpr std::int64_t kSecond = 1'000'000'000;

Unexpected bad() { return fail(kOperation, Errc::einval); }

std::span<const std::byte> bytes_of(const ControlMessage& message) {
  return std::as_bytes(std::span(message.data.data(), message.data.size()));
}

// An int of exactly four bytes, within bounds.
Result<std::int32_t> number(const ControlMessage& message, std::int32_t low, std::int32_t high) {
  if (message.data.size() != sizeof(std::int32_t)) return bad();
  const auto value = read_int(bytes_of(message));
  if (!value || *value < low || *value > high) return bad();
  return value;
}

Result<void> choose(const Machine& machine, IpChoices& choices, const Ip& source, std::uint32_t interface_index) {
  if (interface_index > kNetworkInterface) return fail(kOperation, Errc::enodev);
  if (interface_index != 0) choices.interface_index = interface_index;
  if (source.is_any()) return {};
  if (!machine.has_address(source)) return bad();
  choices.source = source;
  return {};
}

Result<void> choose_packet_info6(const Machine& machine, IpChoices& choices, const ControlMessage& message) {
  const auto info = Ipv6PacketInfo::from({ipproto_ipv6, ipv6_pktinfo, message.data});
  if (!info) return bad();
  return choose(machine, choices, *Ip::from(info->address), info->interface_index);
}

Result<void> read_v4(const Machine& machine, IpChoices& choices, const ControlMessage& message) {
  const auto is = [&](Option option) { return message.type.value() == option.value(); };
  if (is(ip_ttl)) {
    const auto hops = number(message, 1, 255);
    if (!hops) return Unexpected(hops.error());
    choices.hops = *hops;
    return {};
  }
  if (is(ip_tos)) {
    // A byte will do.
    if (message.data.size() == 1) {
      choices.traffic_class = static_cast<unsigned char>(message.data.front());
      return {};
    }
    const auto tos = number(message, 0, 255);
    if (!tos) return Unexpected(tos.error());
    choices.traffic_class = *tos;
    return {};
  }
  if (is(ip_pktinfo)) {
    if (message.data.size() != 12) return bad();
    const auto info = Ipv4PacketInfo::from({ipproto_ip, ip_pktinfo, message.data});
    return choose(machine, choices, *Ip::from(info->local), info->interface_index);
  }
  return bad();
}

Result<void> read_v6(const Machine& machine, IpChoices& choices, const ControlMessage& message) {
  const auto is = [&](Option option) { return message.type.value() == option.value(); };
  if (is(ipv6_hoplimit) || is(ipv6_tclass)) {
    const auto value = number(message, -1, 255);
    if (!value) return Unexpected(value.error());
    // -1: as the options say.
    if (*value >= 0) (is(ipv6_hoplimit) ? choices.hops : choices.traffic_class) = *value;
    return {};
  }
  if (is(ipv6_pktinfo)) return choose_packet_info6(machine, choices, message);
  if (is(ipv6_hopopts) || is(ipv6_dstopts) || is(ipv6_rthdrdstopts) || is(ipv6_rthdr)) {
    return fail(kOperation, Errc::eopnotsupp);
  }
  return bad();
}

void put_int(ControlRoom& room, OptionLevel level, ControlType type, std::int32_t value) {
  std::array<std::byte, 4> bytes;
  write_int(bytes, value);
  room.put(level, type, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

Result<void> check_socket_level(std::span<const ControlMessage> control) {
  for (const ControlMessage& message : control) {
    if (portable_level(message.level) != sol_socket) continue;
    if (message.type.value() != scm_rights.value() && message.type.value() != scm_credentials.value()) return bad();
  }
  return {};
}

Result<IpChoices> read_ip_control(const Machine& machine, bool inet6_socket, bool over_ipv4,
                                  std::span<const ControlMessage> control) {
  IpChoices choices;
  if (auto good = check_socket_level(control); !good) return Unexpected(good.error());
  for (const ControlMessage& message : control) {
    const std::uint32_t level = message.level.value();
    Result<void> read;
    if (over_ipv4 && level == sol_ip.value()) read = read_v4(machine, choices, message);
    if (!over_ipv4 && level == sol_ipv6.value()) read = read_v6(machine, choices, message);
    // An IPv6 socket may name its IPv4 source as a mapped address.
    if (over_ipv4 && inet6_socket && level == sol_ipv6.value() && message.type.value() == ipv6_pktinfo.value()) {
      read = choose_packet_info6(machine, choices, message);
    }
    if (!read) return Unexpected(read.error());
  }
  return choices;
}

void put_ip_control(const OptionValues& options, bool inet6_socket, const IpFacts& facts, ControlRoom& room) {
  const bool v4 = facts.destination.is_v4();
  if (inet6_socket && options.packet_info6) {
    const ControlMessage info = Ipv6PacketInfo{facts.destination.mapped(), facts.interface_index}.message();
    room.put(info.level, info.type, info.data);
  }
  if (v4) {
    if (options.packet_info) {
      const ControlMessage info =
          Ipv4PacketInfo{facts.interface_index, facts.local.plain(), facts.destination.plain()}.message();
      room.put(info.level, info.type, info.data);
    }
    if (options.receive_ttl) put_int(room, ipproto_ip, ip_ttl, facts.hops);
    if (options.receive_tos) {
      const auto tos = static_cast<char>(facts.traffic_class);
      room.put(ipproto_ip, ip_tos, {&tos, 1});
    }
    return;
  }
  if (options.receive_hop_limit) put_int(room, ipproto_ipv6, ipv6_hoplimit, facts.hops);
  if (options.receive_traffic_class) put_int(room, ipproto_ipv6, ipv6_tclass, facts.traffic_class);
}

void put_timestamp(const OptionValues& options, std::int64_t arrival, ControlRoom& room) {
  if (options.timestamps == Timestamps::none) return;
  const bool micro = options.timestamps == Timestamps::micro;
  const std::int64_t parts[2] = {arrival / kSecond, micro ? arrival % kSecond / 1000 : arrival % kSecond};
  room.put(sol_socket, micro ? scm_timestamp : scm_timestampns, {reinterpret_cast<const char*>(parts), sizeof(parts)});
}

}  // namespace everysock::memory
