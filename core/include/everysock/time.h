// Time-outs and deadlines.
//
// (min) and (max) are in parentheses, here and in other headers, because <windows.h> defines macros of these names.
#ifndef EVERYSOCK_TIME_H_
#define EVERYSOCK_TIME_H_

#include <cstdint>
#include <limits>
#include <optional>

namespace everysock {

// A moment of a backend's own monotonic clock, in nanoseconds. Only its Backend::now() gives it a meaning.
class Deadline {
 public:
  // Never: wait for ever.
  constexpr Deadline() noexcept = default;
  explicit constexpr Deadline(std::int64_t nanoseconds) noexcept : nanoseconds_(nanoseconds) {}
  static constexpr Deadline never() noexcept { return Deadline(); }
  // A moment that has always passed: do not wait at all.
  static constexpr Deadline passed() noexcept { return Deadline((std::numeric_limits<std::int64_t>::min)()); }
  // `delay` nanoseconds (not negative) after `now`; never() where that is beyond the clock.
  static constexpr Deadline after(std::int64_t now, std::int64_t delay) noexcept {
    return delay > (std::numeric_limits<std::int64_t>::max)() - 1 - now ? never() : Deadline(now + delay);
  }

  constexpr bool is_never() const noexcept { return nanoseconds_ == (std::numeric_limits<std::int64_t>::max)(); }
  constexpr std::int64_t nanoseconds() const noexcept { return nanoseconds_; }
  // Nanoseconds left at `now`, 0 once passed. Meaningless for never().
  constexpr std::int64_t left(std::int64_t now) const noexcept { return nanoseconds_ <= now ? 0 : nanoseconds_ - now; }
  friend constexpr bool operator==(Deadline, Deadline) noexcept = default;

 private:
  std::int64_t nanoseconds_ = (std::numeric_limits<std::int64_t>::max)();
};

// The argument of settimeout() and its relatives: std::nullopt (blocking: wait for ever), 0 (non-blocking), or a
// positive number of seconds.
//
//   s.settimeout(2.5);
//   s.settimeout(std::nullopt);
class Timeout {
 public:
  constexpr Timeout(std::nullopt_t) noexcept {}
  constexpr Timeout(double seconds) noexcept : seconds_(seconds), kind_(Kind::seconds) {}
  constexpr Timeout(std::optional<double> seconds) noexcept {
    if (seconds) *this = Timeout(*seconds);
  }
  // What setdefaulttimeout() said: the value of a time-out argument that is left out, which differs from nullopt.
  static constexpr Timeout global_default() noexcept {
    Timeout timeout(std::nullopt);
    timeout.kind_ = Kind::global_default;
    return timeout;
  }

  constexpr bool is_global_default() const noexcept { return kind_ == Kind::global_default; }
  constexpr bool is_none() const noexcept { return kind_ == Kind::none; }
  constexpr double seconds() const noexcept { return seconds_; }

 private:
  enum class Kind : std::uint8_t { none, seconds, global_default };
  double seconds_ = 0;
  Kind kind_ = Kind::none;
};

}  // namespace everysock

#endif  // EVERYSOCK_TIME_H_
