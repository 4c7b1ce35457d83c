// Socket options: what Linux has by default, accepts, refuses and reports, for every option the library knows.
#ifndef EVERYSOCK_BACKENDS_MEMORY_OPTIONS_H_
#define EVERYSOCK_BACKENDS_MEMORY_OPTIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "everysock/backend.h"

namespace everysock::memory {

// Which options exist at all: the rows of Linux's tables that apply.
enum class SocketClass : std::uint8_t {
  tcp4,
  udp4,
  tcp6,
  udp6,
  can_raw,
  can_bcm,
  can_isotp,
  unix_stream,
  unix_dgram,
  unix_seqpacket,
};

constexpr bool is_inet6(SocketClass c) noexcept { return c == SocketClass::tcp6 || c == SocketClass::udp6; }
constexpr bool is_tcp(SocketClass c) noexcept { return c == SocketClass::tcp4 || c == SocketClass::tcp6; }
constexpr bool is_udp(SocketClass c) noexcept { return c == SocketClass::udp4 || c == SocketClass::udp6; }
constexpr bool is_can(SocketClass c) noexcept { return c >= SocketClass::can_raw && c <= SocketClass::can_isotp; }
constexpr bool is_unix(SocketClass c) noexcept { return c >= SocketClass::unix_stream; }

// Which form of arrival times comes beside messages.
enum class Timestamps : std::uint8_t { none, micro, nano };

// The values of one socket. An accepted socket starts with a copy of its listener's.
struct OptionValues {
  // sol_socket
  bool debug = false;
  bool reuse_address = false;
  bool dont_route = false;
  bool broadcast = false;
  bool keep_alive = false;
  bool oob_inline = false;
  bool reuse_port = false;
  bool pass_credentials = false;
  Timestamps timestamps = Timestamps::none;
  bool linger = false;
  std::int32_t linger_seconds = 0;
  std::int32_t send_buffer = 212992;
  std::int32_t receive_buffer = 212992;
  bool send_buffer_set = false;  // by the program: no longer tuned automatically
  bool receive_buffer_set = false;
  std::int32_t priority = 0;
  std::int32_t receive_low_water = 1;
  std::int32_t mark = 0;
  std::int32_t incoming_cpu = -1;
  std::int64_t receive_timeout = 0;  // microseconds; 0: none
  std::int64_t send_timeout = 0;
  std::string device;
  // sol_ip
  std::int32_t tos = 0;
  std::int32_t ttl = 64;
  std::int32_t multicast_ttl = 1;
  bool multicast_loop = true;
  std::array<std::byte, 4> multicast_interface{};
  bool packet_info = false;  // what receivers are told
  bool receive_ttl = false;
  bool receive_tos = false;
  // sol_ipv6
  bool v6_only = false;
  std::int32_t unicast_hops = -1;  // -1: the default, 64
  std::int32_t multicast_hops = -1;
  bool multicast_loop6 = true;
  std::int32_t multicast_interface6 = 0;
  std::int32_t traffic_class = 0;
  bool packet_info6 = false;
  bool receive_hop_limit = false;
  bool receive_traffic_class = false;
  // sol_tcp
  bool no_delay = false;
  bool cork = false;
  bool quick_ack = true;
  std::int32_t max_segment = 0;  // 0: not set
  std::int32_t keep_idle = 7200;
  std::int32_t keep_interval = 75;
  std::int32_t keep_count = 9;
  std::int32_t syn_count = 6;
  std::int32_t defer_accept = 0;  // seconds
  std::int32_t user_timeout = 0;  // milliseconds
  std::int32_t fast_open = 0;
  std::string congestion = "cubic";
};

OptionValues default_options(SocketClass socket_class);

// What the answers of some options depend on besides the values.
struct OptionContext {
  SocketClass socket_class;
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  bool listening = false;
  bool bound = false;
  bool closed = true;  // TCP: not connected in any way
};

// Numbers of the system are Linux's here, which are the library's own but for sol_socket.
OptionLevel portable_level(OptionLevel level) noexcept;
Option portable_option(OptionLevel level, Option option) noexcept;

// Options that are kept as they are set. ENOPROTOOPT, EINVAL, EDOM, EOPNOTSUPP, ENODEV as Linux.
Result<void> set_stored_option(OptionValues& values, const OptionContext& context, OptionLevel level, Option option,
                               std::span<const std::byte> value);
Result<std::size_t> get_stored_option(const OptionValues& values, const OptionContext& context, OptionLevel level,
                                      Option option, std::span<std::byte> value);

// The bytes of a result, cut to the room there is, as the system does.
std::size_t write_int(std::span<std::byte> value, std::int32_t number) noexcept;
std::size_t write_bytes(std::span<std::byte> value, std::span<const std::byte> bytes) noexcept;
// The first four bytes as an int; less is EINVAL.
Result<std::int32_t> read_int(std::span<const std::byte> value) noexcept;

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_OPTIONS_H_
