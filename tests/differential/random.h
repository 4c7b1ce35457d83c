// Chance that a seed decides, the same with every standard library (whose distributions differ).
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_RANDOM_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <random>

namespace everysock::differential {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // 0 to n - 1.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  int below(int n) { return static_cast<int>(below(static_cast<std::size_t>(n))); }
  bool percent(int chance) { return below(100) < chance; }
  template <typename Container>
  auto of(const Container& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_RANDOM_H_
