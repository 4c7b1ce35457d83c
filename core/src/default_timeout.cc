#include <atomic>
#include <cmath>

#include "everysock/socket.h"
#include "src/timeout.h"

namespace everysock {
namespace {
std::atomic<std::int64_t> process_default{internal::kBlocking};
}

namespace internal {

Result<std::int64_t> timeout_nanoseconds(Operation operation, Timeout timeout) noexcept {
  if (timeout.is_global_default()) return default_timeout();
  if (timeout.is_none()) return kBlocking;
  const double seconds = timeout.seconds();
  if (std::isnan(seconds) || seconds < 0) return fail(operation, UsageErrc::negative_timeout);
  const double nanoseconds = std::ceil(seconds * 1e9);
  if (nanoseconds >= 9.2e18) return fail(operation, UsageErrc::timeout_too_large);
  return static_cast<std::int64_t>(nanoseconds);
}

std::optional<double> timeout_seconds(std::int64_t nanoseconds) noexcept {
  if (nanoseconds == kBlocking) return std::nullopt;
  return static_cast<double>(nanoseconds) / 1e9;
}

std::int64_t default_timeout() noexcept { return process_default.load(std::memory_order_relaxed); }

}  // namespace internal

Result<void> setdefaulttimeout(Timeout timeout) {
  const auto nanoseconds = internal::timeout_nanoseconds(Operation::setdefaulttimeout, timeout);
  if (!nanoseconds) return Unexpected(nanoseconds.error());
  process_default.store(*nanoseconds, std::memory_order_relaxed);
  return {};
}

std::optional<double> getdefaulttimeout() noexcept { return internal::timeout_seconds(internal::default_timeout()); }

}  // namespace everysock
