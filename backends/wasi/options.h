// What the options of TCP and UDP sockets have in common, and what of them needs no host.
#ifndef EVERYSOCK_BACKENDS_WASI_OPTIONS_H_
#define EVERYSOCK_BACKENDS_WASI_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "backends/wasi/socket.h"

namespace everysock::wasi {

// A C int, which Linux cuts to the room there is.
std::size_t write_int(std::span<std::byte> value, std::int64_t number);
// EINVAL where that is too short.
Result<std::int32_t> read_int(std::span<const std::byte> value);

// SO_TYPE, SO_DOMAIN, SO_PROTOCOL, SO_COOKIE, SO_RCVLOWAT (always 1), SO_REUSEPORT and SO_BROADCAST (always off),
// SO_RCVTIMEO, SO_SNDTIMEO and, of IPv6, IPV6_V6ONLY (always on). Nothing for another option.
std::optional<Result<std::size_t>> get_common_option(const Socket& socket, OptionLevel level, Option option,
                                                     std::span<std::byte> value);
// Those of them that can be set.
std::optional<Result<void>> set_common_option(Socket& socket, OptionLevel level, Option option,
                                              std::span<const std::byte> value);

// Linux keeps double of what SO_SNDBUF and SO_RCVBUF ask for, and shows that.
constexpr std::int64_t kKept = 2;
// Half of what Linux keeps at least.
constexpr std::uint64_t kLeastReceiveBuffer = 1152;
constexpr std::uint64_t kLeastSendBuffer = 2304;
constexpr std::uint64_t kUsualHops = 64;

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_OPTIONS_H_
