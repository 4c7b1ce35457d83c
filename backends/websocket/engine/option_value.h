// Option values in the layout of Linux on x86-64.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_OPTION_VALUE_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_OPTION_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "everysock/error.h"

namespace everysock::websocket {

// Writes as much of the int as fits; returns how many bytes that was.
std::size_t put_int(std::span<std::byte> value, std::int32_t number) noexcept;
// The first four bytes, which are there.
std::int32_t get_int(std::span<const std::byte> value) noexcept;

// The value of so_rcvtimeo and so_sndtimeo, two 64-bit integers, from and to nanoseconds; 0: none.
std::size_t put_timeout(std::span<std::byte> value, std::int64_t nanoseconds) noexcept;
// EINVAL: too short; EDOM: no number of microseconds.
Result<std::int64_t> get_timeout(std::span<const std::byte> value) noexcept;

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_OPTION_VALUE_H_
