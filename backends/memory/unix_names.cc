#include "backends/memory/unix_names.h"

namespace everysock::memory {

std::optional<std::string> UnixNames::free_abstract_name() const {
  constexpr std::uint64_t kCount = 0x100000;
  const std::uint64_t start = random_.below(kCount);
  for (std::uint64_t i = 0; i < kCount; ++i) {
    std::string name(6, '\0');
    std::uint64_t number = (start + i) % kCount;
    for (std::size_t digit = 5; digit > 0; --digit, number /= 16) name[digit] = "0123456789abcdef"[number % 16];
    if (!contains(name)) return name;
  }
  return std::nullopt;
}

}  // namespace everysock::memory
