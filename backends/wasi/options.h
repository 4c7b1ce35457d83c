// What the options of TCP and UDP sockets have in common.
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

// SO_TYPE, SO_DOMAIN, SO_PROTOCOL and, of IPv6, IPV6_V6ONLY, which is always on. Nothing for another option.
std::optional<std::int32_t> common_option(const Socket& socket, OptionLevel level, Option option);
// IPV6_V6ONLY once more: nothing where it is not about that.
std::optional<Result<void>> set_common_option(const Socket& socket, OptionLevel level, Option option,
                                              std::int32_t number);

// Linux keeps double of what SO_SNDBUF and SO_RCVBUF ask for, and shows that.
constexpr std::int64_t kKept = 2;

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_OPTIONS_H_
