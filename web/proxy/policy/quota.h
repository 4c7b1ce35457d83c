// How much one client may have and how fast it may ask.
#ifndef EVERYSOCK_WEB_PROXY_POLICY_QUOTA_H_
#define EVERYSOCK_WEB_PROXY_POLICY_QUOTA_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace everysock::proxy {

// The limits of each client. Sizes in bytes, rates per second.
struct Quotas {
  std::size_t sockets = 256;
  std::size_t listeners = 32;
  double connects_per_second = 200;
  double lookups_per_second = 20;
  // What may wait for the client to read it; and, beyond 64 KiB for each socket, for targets to read it.
  std::size_t queued_bytes = 4u << 20;
  // The largest WebSocket message that a client may send.
  std::size_t message_bytes = 1u << 20;
};

// At most `rate` events a second in the long run, with bursts of five seconds' worth (at least one).
class RateLimit {
 public:
  explicit RateLimit(double rate) noexcept : rate_(rate), tokens_(burst()) {}

  // Whether one more may happen at `now` (nanoseconds of a monotonic clock); counts it if so.
  bool take(std::int64_t now) noexcept {
    tokens_ = std::min(burst(), tokens_ + static_cast<double>(std::max<std::int64_t>(now - last_, 0)) * 1e-9 * rate_);
    last_ = now;
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  double burst() const noexcept { return std::max(5 * rate_, 1.0); }

  double rate_;
  double tokens_;
  std::int64_t last_ = 0;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_POLICY_QUOTA_H_
