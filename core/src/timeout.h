// The argument of settimeout() as the nanoseconds that Socket keeps.
#ifndef EVERYSOCK_CORE_TIMEOUT_H_
#define EVERYSOCK_CORE_TIMEOUT_H_

#include <cstdint>
#include <optional>

#include "everysock/error.h"
#include "everysock/time.h"

namespace everysock::internal {

inline constexpr std::int64_t kBlocking = -1;

// kBlocking, 0 (non-blocking) or a positive number of nanoseconds, rounded up. Timeout::global_default() becomes the
// default time-out.
Result<std::int64_t> timeout_nanoseconds(Operation operation, Timeout timeout) noexcept;
std::optional<double> timeout_seconds(std::int64_t nanoseconds) noexcept;

std::int64_t default_timeout() noexcept;

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_TIMEOUT_H_
