// The network interfaces of a simulated machine: the same on every one.
#ifndef EVERYSOCK_BACKENDS_MEMORY_INTERFACES_H_
#define EVERYSOCK_BACKENDS_MEMORY_INTERFACES_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace everysock::memory {

inline constexpr std::uint32_t kLoopbackInterface = 1;
inline constexpr std::uint32_t kNetworkInterface = 2;
inline constexpr std::uint32_t kFirstCanInterface = 3;

// By index, the first being 1.
inline constexpr std::array<std::string_view, 4> kInterfaces = {"lo", "eth0", "vcan0", "vcan1"};

// 0 for a name that none has.
constexpr std::uint32_t interface_index(std::string_view name) noexcept {
  for (std::uint32_t i = 0; i < kInterfaces.size(); ++i) {
    if (kInterfaces[i] == name) return i + 1;
  }
  return 0;
}

// "" for an index that none has.
constexpr std::string_view interface_name(std::uint32_t index) noexcept {
  return index >= 1 && index <= kInterfaces.size() ? kInterfaces[index - 1] : "";
}

constexpr bool is_can_interface(std::uint32_t index) noexcept {
  return index >= kFirstCanInterface && index <= kInterfaces.size();
}

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_INTERFACES_H_
