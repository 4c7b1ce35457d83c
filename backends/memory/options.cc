#include "backends/memory/options.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "backends/memory/interfaces.h"

namespace everysock::memory {
namespace {

constexpr std::int32_t kBufferMax = 4194304;  // net.core.{r,w}mem_max
constexpr std::int32_t kSendMin = 4608;
constexpr std::int32_t kReceiveMin = 2304;
constexpr std::int32_t kTcpReceiveMax = 33554432;  // net.ipv4.tcp_rmem[2]
constexpr std::int64_t kSecond = 1'000'000;        // in microseconds

constexpr Unexpected no_such(Operation operation) { return fail(operation, Errc::enoprotoopt); }
template <typename T>
Result<void> assign(T& to, T value) {
  to = value;
  return {};
}

constexpr Unexpected bad_value() { return fail(Operation::setsockopt, Errc::einval); }

std::int32_t buffer_size(std::int32_t asked, std::int32_t minimum) {
  // Linux compares as unsigned: a negative size is a large one.
  const auto size = std::min(static_cast<std::uint32_t>(asked), static_cast<std::uint32_t>(kBufferMax));
  return std::max(static_cast<std::int32_t>(size * 2), minimum);
}

std::size_t write_timeout(std::span<std::byte> value, std::int64_t timeout) {
  const std::int64_t parts[2] = {timeout / kSecond, timeout % kSecond};
  return write_bytes(value, std::as_bytes(std::span(parts)));
}

Result<std::int64_t> read_timeout(std::span<const std::byte> value) {
  std::int64_t parts[2];
  if (value.size() < sizeof(parts)) return bad_value();
  std::memcpy(parts, value.data(), sizeof(parts));
  if (parts[1] < 0 || parts[1] >= kSecond) return fail(Operation::setsockopt, Errc::edom);
  // Negative: give up at once; that is, no time-out that could be read back.
  if (parts[0] < 0) return 0;
  if (parts[0] > INT64_MAX / kSecond - 1) return 0;
  return parts[0] * kSecond + parts[1];
}

// TCP_DEFER_ACCEPT lasts for whole retransmissions: of 1 s, then doubling up to 120 s.
std::int32_t in_retransmissions(std::int32_t seconds) {
  if (seconds <= 0) return 0;
  std::int32_t period = 1;
  for (std::int32_t timeout = 1, count = 1; seconds > period && count < 255; ++count) {
    timeout = std::min(timeout * 2, 120);
    period += timeout;
  }
  return period;
}

// ---- sol_socket ----

Result<void> set_socket_option(OptionValues& v, const OptionContext& context, Option option,
                               std::span<const std::byte> value) {
  if (option == so_bindtodevice) {
    std::string name(reinterpret_cast<const char*>(value.data()), std::min<std::size_t>(value.size(), 15));
    name.resize(std::strlen(name.c_str()));
    if (!name.empty() && interface_index(name) == 0) return fail(Operation::setsockopt, Errc::enodev);
    v.device = name;
    return {};
  }
  const auto number = read_int(value);
  if (!number) return Unexpected(number.error());
  const bool on = *number != 0;
  if (option == so_debug) return assign(v.debug, on);
  if (option == so_reuseaddr) return assign(v.reuse_address, on);
  if (option == so_dontroute) return assign(v.dont_route, on);
  if (option == so_broadcast) return assign(v.broadcast, on);
  if (option == so_keepalive) return assign(v.keep_alive, on);
  if (option == so_oobinline) return assign(v.oob_inline, on);
  if (option == so_priority) return assign(v.priority, *number);
  if (option == so_mark) return assign(v.mark, *number);
  if (option == so_incoming_cpu) return assign(v.incoming_cpu, *number);
  if (option == so_reuseport) {
    if (on && (is_unix(context.socket_class) || is_can(context.socket_class)))
      return fail(Operation::setsockopt, Errc::eopnotsupp);
    v.reuse_port = on;
    return {};
  }
  if (option == so_passcred) {
    if (!is_unix(context.socket_class)) return fail(Operation::setsockopt, Errc::eopnotsupp);
    v.pass_credentials = on;
    return {};
  }
  if (option == so_timestamp || option == so_timestampns) {
    const Timestamps form = option == so_timestamp ? Timestamps::micro : Timestamps::nano;
    return assign(v.timestamps, on ? form : Timestamps::none);
  }
  if (option == so_sndbuf) {
    v.send_buffer = buffer_size(*number, kSendMin);
    v.send_buffer_set = true;
    return {};
  }
  if (option == so_rcvbuf) {
    v.receive_buffer = buffer_size(*number, kReceiveMin);
    v.receive_buffer_set = true;
    return {};
  }
  if (option == so_rcvlowat) {
    std::int32_t mark = *number < 0 ? INT32_MAX : std::max(*number, 1);
    if (is_tcp(context.socket_class)) {
      // TCP keeps it below half of what the buffer could grow to, and makes the buffer large enough.
      mark = std::min(mark, (v.receive_buffer_set ? v.receive_buffer : kTcpReceiveMax) / 2);
      if (!v.receive_buffer_set) v.receive_buffer = std::max(v.receive_buffer, mark * 2);
    }
    v.receive_low_water = mark;
    return {};
  }
  if (option == so_linger) {
    std::int32_t parts[2];
    if (value.size() < sizeof(parts)) return bad_value();
    std::memcpy(parts, value.data(), sizeof(parts));
    v.linger = parts[0] != 0;
    if (v.linger) v.linger_seconds = parts[1];
    return {};
  }
  if (option == so_rcvtimeo || option == so_sndtimeo) {
    const auto timeout = read_timeout(value);
    if (!timeout) return Unexpected(timeout.error());
    (option == so_rcvtimeo ? v.receive_timeout : v.send_timeout) = *timeout;
    return {};
  }
  return no_such(Operation::setsockopt);  // also the ones that can only be read
}

Result<std::size_t> get_socket_option(const OptionValues& v, const OptionContext& context, Option option,
                                      std::span<std::byte> value) {
  const auto number = [&](std::int32_t n) { return write_int(value, n); };
  if (option == so_debug) return number(v.debug);
  if (option == so_reuseaddr) return number(v.reuse_address);
  if (option == so_type) return number(static_cast<std::int32_t>(context.kind.value()));
  if (option == so_dontroute) return number(v.dont_route);
  if (option == so_broadcast) return number(v.broadcast);
  if (option == so_sndbuf) return number(v.send_buffer);
  if (option == so_rcvbuf) return number(v.receive_buffer);
  if (option == so_keepalive) return number(v.keep_alive);
  if (option == so_oobinline) return number(v.oob_inline);
  if (option == so_priority) return number(v.priority);
  if (option == so_linger) {
    const std::int32_t parts[2] = {v.linger, v.linger_seconds};
    return write_bytes(value, std::as_bytes(std::span(parts)));
  }
  if (option == so_reuseport) return number(v.reuse_port);
  if (option == so_passcred) {
    if (!is_unix(context.socket_class)) return fail(Operation::getsockopt, Errc::eopnotsupp);
    return number(v.pass_credentials);
  }
  if (option == so_timestamp) return number(v.timestamps == Timestamps::micro);
  if (option == so_timestampns) return number(v.timestamps == Timestamps::nano);
  if (option == so_rcvlowat) return number(v.receive_low_water);
  if (option == so_sndlowat) return number(1);
  if (option == so_rcvtimeo) return write_timeout(value, v.receive_timeout);
  if (option == so_sndtimeo) return write_timeout(value, v.send_timeout);
  if (option == so_bindtodevice) {
    if (v.device.empty()) return 0;
    if (value.size() < 16) return fail(Operation::getsockopt, Errc::einval);
    return write_bytes(value, std::as_bytes(std::span(v.device.c_str(), v.device.size() + 1)));
  }
  if (option == so_acceptconn) return number(context.listening);
  if (option == so_mark) return number(v.mark);
  if (option == so_protocol) return number(static_cast<std::int32_t>(context.protocol.value()));
  if (option == so_domain) return number(static_cast<std::int32_t>(context.family.value()));
  if (option == so_incoming_cpu) return number(v.incoming_cpu);
  return no_such(Operation::getsockopt);
}

// ---- sol_ip ----

// These take a single byte as well as an int.
Result<std::int32_t> read_byte_or_int(std::span<const std::byte> value) {
  if (value.size() >= sizeof(std::int32_t)) return read_int(value);
  return value.empty() ? 0 : std::to_integer<std::int32_t>(value[0]);
}

Result<void> set_ip_option(OptionValues& v, const OptionContext& context, Option option,
                           std::span<const std::byte> value) {
  const auto number = read_byte_or_int(value);
  if (!number) return Unexpected(number.error());
  const bool tcp = is_tcp(context.socket_class);
  if (option == ip_tos) {
    // The two lowest bits of a stream's belong to congestion notification.
    v.tos = *number & (tcp ? 0xfc : 0xff);
    return {};
  }
  if (value.empty() && option != ip_tos) return bad_value();
  if (option == ip_ttl) {
    if (*number != -1 && (*number < 1 || *number > 255)) return bad_value();
    v.ttl = *number == -1 ? 64 : *number;
    return {};
  }
  if (option == ip_pktinfo) return assign(v.packet_info, *number != 0);
  if (option == ip_recvttl) return assign(v.receive_ttl, *number != 0);
  if (option == ip_recvtos) return assign(v.receive_tos, *number != 0);
  if (option == ip_multicast_ttl) {
    if (tcp || *number < -1 || *number > 255) return bad_value();
    v.multicast_ttl = *number == -1 ? 1 : *number;
    return {};
  }
  if (option == ip_multicast_loop) return assign(v.multicast_loop, *number != 0);
  if (option == ip_multicast_if) {
    if (tcp || value.size() < 4) return bad_value();
    std::memcpy(v.multicast_interface.data(), value.data(), 4);
    return {};
  }
  return no_such(Operation::setsockopt);
}

Result<std::size_t> get_ip_option(const OptionValues& v, Option option, std::span<std::byte> value) {
  const auto number = [&](std::int32_t n) -> std::size_t {
    // A small value fits into a byte where there is no room for an int.
    if (!value.empty() && value.size() < sizeof(n) && n >= 0 && n <= 255) {
      value[0] = static_cast<std::byte>(n);
      return 1;
    }
    return write_int(value, n);
  };
  if (option == ip_tos) return number(v.tos);
  if (option == ip_ttl) return number(v.ttl);
  if (option == ip_pktinfo) return number(v.packet_info);
  if (option == ip_recvttl) return number(v.receive_ttl);
  if (option == ip_recvtos) return number(v.receive_tos);
  if (option == ip_multicast_ttl) return number(v.multicast_ttl);
  if (option == ip_multicast_loop) return number(v.multicast_loop);
  if (option == ip_multicast_if) return write_bytes(value, v.multicast_interface);
  return no_such(Operation::getsockopt);
}

// ---- sol_ipv6 ----

Result<void> set_ipv6_option(OptionValues& v, const OptionContext& context, Option option,
                             std::span<const std::byte> value) {
  const bool tcp = is_tcp(context.socket_class);
  if (tcp && (option == ipv6_multicast_if || option == ipv6_multicast_hops)) return no_such(Operation::setsockopt);
  const auto number = read_int(value);
  if (!number) return Unexpected(number.error());
  const auto in_range = [&](std::int32_t low, std::int32_t high) { return *number >= low && *number <= high; };
  if (option == ipv6_unicast_hops) {
    if (!in_range(-1, 255)) return bad_value();
    v.unicast_hops = *number;
    return {};
  }
  if (option == ipv6_multicast_hops) {
    if (!in_range(-1, 255)) return bad_value();
    v.multicast_hops = *number;
    return {};
  }
  if (option == ipv6_multicast_loop) {
    if (!in_range(0, 1)) return bad_value();
    v.multicast_loop6 = *number != 0;
    return {};
  }
  if (option == ipv6_multicast_if) {
    if (!in_range(0, 2)) return fail(Operation::setsockopt, Errc::enodev);
    v.multicast_interface6 = *number;
    return {};
  }
  if (option == ipv6_v6only) {
    if (context.bound) return bad_value();
    v.v6_only = *number != 0;
    return {};
  }
  if (option == ipv6_recvpktinfo) return assign(v.packet_info6, *number != 0);
  if (option == ipv6_recvhoplimit) return assign(v.receive_hop_limit, *number != 0);
  if (option == ipv6_recvtclass) return assign(v.receive_traffic_class, *number != 0);
  if (option == ipv6_tclass) {
    if (!in_range(-1, 255)) return bad_value();
    v.traffic_class = *number == -1 ? 0 : *number & (tcp ? 0xfc : 0xff);
    return {};
  }
  return no_such(Operation::setsockopt);
}

Result<std::size_t> get_ipv6_option(const OptionValues& v, Option option, std::span<std::byte> value) {
  const auto number = [&](std::int32_t n) { return write_int(value, n); };
  if (option == ipv6_unicast_hops) return number(v.unicast_hops == -1 ? 64 : v.unicast_hops);
  if (option == ipv6_multicast_hops) return number(v.multicast_hops == -1 ? 1 : v.multicast_hops);
  if (option == ipv6_multicast_loop) return number(v.multicast_loop6);
  if (option == ipv6_multicast_if) return number(v.multicast_interface6);
  if (option == ipv6_v6only) return number(v.v6_only);
  if (option == ipv6_tclass) return number(v.traffic_class);
  if (option == ipv6_recvpktinfo) return number(v.packet_info6);
  if (option == ipv6_recvhoplimit) return number(v.receive_hop_limit);
  if (option == ipv6_recvtclass) return number(v.receive_traffic_class);
  return no_such(Operation::getsockopt);
}

// ---- sol_tcp ----

Result<void> set_tcp_option(OptionValues& v, const OptionContext& context, Option option,
                            std::span<const std::byte> value) {
  if (option == tcp_congestion) {
    if (value.empty()) return bad_value();
    std::string name(reinterpret_cast<const char*>(value.data()), std::min<std::size_t>(value.size(), 15));
    name.resize(std::strlen(name.c_str()));
    if (name != "reno" && name != "cubic" && name != "bbr") return fail(Operation::setsockopt, Errc::enoent);
    v.congestion = name;
    return {};
  }
  const auto number = read_int(value);
  if (!number) return Unexpected(number.error());
  const auto in_range = [&](std::int32_t low, std::int32_t high) { return *number >= low && *number <= high; };
  const auto keep = [&](std::int32_t& to, std::int32_t low, std::int32_t high) -> Result<void> {
    if (!in_range(low, high)) return bad_value();
    to = *number;
    return {};
  };
  if (option == tcp_nodelay) return assign(v.no_delay, *number != 0);
  if (option == tcp_cork) return assign(v.cork, *number != 0);
  if (option == tcp_quickack) return assign(v.quick_ack, *number != 0);
  if (option == tcp_maxseg) return *number == 0 ? keep(v.max_segment, 0, 0) : keep(v.max_segment, 88, 32767);
  if (option == tcp_keepidle) return keep(v.keep_idle, 1, 32767);
  if (option == tcp_keepintvl) return keep(v.keep_interval, 1, 32767);
  if (option == tcp_keepcnt) return keep(v.keep_count, 1, 127);
  if (option == tcp_syncnt) return keep(v.syn_count, 1, 127);
  if (option == tcp_user_timeout) return keep(v.user_timeout, 0, INT32_MAX);
  if (option == tcp_defer_accept) return assign(v.defer_accept, in_retransmissions(*number));
  if (option == tcp_fastopen) {
    if (*number < 0 || !(context.closed || context.listening)) return bad_value();
    v.fast_open = std::min(*number, 4096);
    return {};
  }
  return no_such(Operation::setsockopt);  // also tcp_info, which can only be read: TcpSocket::get_option()
}

Result<std::size_t> get_tcp_option(const OptionValues& v, const OptionContext& context, Option option,
                                   std::span<std::byte> value) {
  const auto number = [&](std::int32_t n) { return write_int(value, n); };
  if (option == tcp_nodelay) return number(v.no_delay);
  if (option == tcp_cork) return number(v.cork);
  if (option == tcp_quickack) return number(v.quick_ack);
  if (option == tcp_maxseg) {
    if (v.max_segment != 0 && (context.closed || context.listening)) return number(v.max_segment);
    return number(context.closed || context.listening ? 536 : 32768);
  }
  if (option == tcp_keepidle) return number(v.keep_idle);
  if (option == tcp_keepintvl) return number(v.keep_interval);
  if (option == tcp_keepcnt) return number(v.keep_count);
  if (option == tcp_syncnt) return number(v.syn_count);
  if (option == tcp_user_timeout) return number(v.user_timeout);
  if (option == tcp_defer_accept) return number(v.defer_accept);
  if (option == tcp_fastopen) return number(v.fast_open);
  if (option == tcp_congestion) {
    std::array<std::byte, 16> name{};
    std::memcpy(name.data(), v.congestion.data(), std::min<std::size_t>(v.congestion.size(), 15));
    return write_bytes(value, name);
  }
  return no_such(Operation::getsockopt);
}

}  // namespace

std::size_t write_bytes(std::span<std::byte> value, std::span<const std::byte> bytes) noexcept {
  const std::size_t size = std::min(value.size(), bytes.size());
  if (size > 0) std::memcpy(value.data(), bytes.data(), size);
  return size;
}

std::size_t write_int(std::span<std::byte> value, std::int32_t number) noexcept {
  // Little-endian whatever the machine.
  std::array<std::byte, 4> bytes;
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::byte>(static_cast<std::uint32_t>(number) >> (8 * i));
  return write_bytes(value, bytes);
}

Result<std::int32_t> read_int(std::span<const std::byte> value) noexcept {
  if (value.size() < 4) return bad_value();
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number |= std::to_integer<std::uint32_t>(value[i]) << (8 * i);
  return static_cast<std::int32_t>(number);
}

OptionLevel portable_level(OptionLevel level) noexcept {
  constexpr std::uint32_t kSolSocket = 1;
  if (!level.is_native()) return level;
  return level.value() == kSolSocket ? sol_socket : OptionLevel(level.value());
}

Option portable_option(OptionLevel level, Option option) noexcept {
  return option.is_native() ? Option(level, option.value()) : option;
}

OptionValues default_options(SocketClass socket_class) {
  OptionValues values;
  if (is_tcp(socket_class)) {
    values.send_buffer = 16384;      // net.ipv4.tcp_wmem[1]
    values.receive_buffer = 131072;  // net.ipv4.tcp_rmem[1]
  }
  return values;
}

Result<void> set_stored_option(OptionValues& values, const OptionContext& context, OptionLevel level, Option option,
                               std::span<const std::byte> value) {
  const SocketClass c = context.socket_class;
  if (!option.belongs_to(level)) return no_such(Operation::setsockopt);
  if (level == sol_socket) return set_socket_option(values, context, option, value);
  if (is_unix(c)) return fail(Operation::setsockopt, Errc::eopnotsupp);
  if (level == sol_ip) return set_ip_option(values, context, option, value);
  if (level == sol_ipv6 && is_inet6(c)) return set_ipv6_option(values, context, option, value);
  if (level == sol_tcp && is_tcp(c)) return set_tcp_option(values, context, option, value);
  return no_such(Operation::setsockopt);
}

Result<std::size_t> get_stored_option(const OptionValues& values, const OptionContext& context, OptionLevel level,
                                      Option option, std::span<std::byte> value) {
  const SocketClass c = context.socket_class;
  if (!option.belongs_to(level)) return no_such(Operation::getsockopt);
  if (level == sol_socket) return get_socket_option(values, context, option, value);
  if (is_unix(c)) return fail(Operation::getsockopt, Errc::eopnotsupp);
  if (level == sol_ip) return get_ip_option(values, option, value);
  if (level == sol_ipv6 && is_inet6(c)) return get_ipv6_option(values, option, value);
  if (level == sol_tcp && is_tcp(c)) return get_tcp_option(values, context, option, value);
  // An IPv4 socket has no idea of other levels at all.
  return is_inet6(c) ? no_such(Operation::getsockopt) : fail(Operation::getsockopt, Errc::eopnotsupp);
}

}  // namespace everysock::memory
