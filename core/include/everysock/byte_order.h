// htons and its kin. Numbers that do not fit are errors (UsageErrc::integer_out_of_range), as documented.
//
// <netinet/in.h> may define these names as macros. Where a program includes it after this header, it calls them in
// parentheses: (everysock::htons)(80).
//
// Source: Python documentation, "Other functions" (spec rows function/htons, B27); byteorder(3).
#ifndef EVERYSOCK_BYTE_ORDER_H_
#define EVERYSOCK_BYTE_ORDER_H_

#include <bit>
#include <cstdint>

#include "everysock/error.h"

#undef htons
#undef htonl
#undef ntohs
#undef ntohl

namespace everysock {

namespace internal {
template <typename T>
constexpr Result<T> swap_to_network(Operation operation, std::int64_t x) {
  if (x < 0 || x > static_cast<std::int64_t>(static_cast<T>(-1))) {
    return fail(operation, UsageErrc::integer_out_of_range);
  }
  auto value = static_cast<T>(x);
  if constexpr (std::endian::native == std::endian::big) return value;
  T swapped = 0;
  for (unsigned i = 0; i < sizeof(T); ++i) {
    swapped = static_cast<T>((static_cast<std::uint64_t>(swapped) << 8) | (value & 0xffu));
    value = static_cast<T>(static_cast<std::uint64_t>(value) >> 8);
  }
  return swapped;
}
}  // namespace internal

// Host to network order and back; identities on big-endian machines.
constexpr Result<std::uint16_t>(htons)(std::int64_t x) {
  return internal::swap_to_network<std::uint16_t>(Operation::htons, x);
}
constexpr Result<std::uint32_t>(htonl)(std::int64_t x) {
  return internal::swap_to_network<std::uint32_t>(Operation::htonl, x);
}
constexpr Result<std::uint16_t>(ntohs)(std::int64_t x) {
  return internal::swap_to_network<std::uint16_t>(Operation::ntohs, x);
}
constexpr Result<std::uint32_t>(ntohl)(std::int64_t x) {
  return internal::swap_to_network<std::uint32_t>(Operation::ntohl, x);
}

}  // namespace everysock

#endif  // EVERYSOCK_BYTE_ORDER_H_
