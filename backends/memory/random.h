// Reproducible chance.
#ifndef EVERYSOCK_BACKENDS_MEMORY_RANDOM_H_
#define EVERYSOCK_BACKENDS_MEMORY_RANDOM_H_

#include <cstdint>
#include <string_view>

namespace everysock::memory {

// SplitMix64: a full-period generator that needs no warming up. The standard library's distributions differ between
// implementations; these do not.
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept : state_(seed) {}
  // A generator of its own for `purpose`, so that one source's consumption does not disturb another's.
  Random(std::uint64_t seed, std::string_view purpose) noexcept : state_(seed ^ 0x9e3779b97f4a7c15u) {
    for (const char c : purpose) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    next();
  }

  std::uint64_t next() noexcept {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // 0 to bound - 1. The bias is below bound / 2^64.
  std::uint64_t below(std::uint64_t bound) noexcept { return bound == 0 ? 0 : next() % bound; }
  // True with this probability. Draws nothing for 0 and 1, so that switching a fault off changes nothing else.
  bool chance(double probability) noexcept {
    if (probability <= 0) return false;
    if (probability >= 1) return true;
    return static_cast<double>(next() >> 11) * 0x1p-53 < probability;
  }

 private:
  std::uint64_t state_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_RANDOM_H_
