#include "everysock/inet.h"

#include <algorithm>
#include <cstdint>

#include "src/inet_text.h"

namespace everysock {
namespace {

template <typename Bytes>
std::string packed(const Bytes& bytes) {
  return std::string(bytes.begin(), bytes.end());
}

template <std::size_t N>
std::array<std::uint8_t, N> unpacked(ConstBuffer buffer) {
  std::array<std::uint8_t, N> bytes;
  std::copy_n(static_cast<const std::uint8_t*>(buffer.data()), N, bytes.begin());
  return bytes;
}

Unexpected wrong_length(Operation operation, ConstBuffer buffer) {
  return fail(operation, UsageErrc::packed_length,
              static_cast<std::int32_t>(std::min<std::size_t>(buffer.size(), INT32_MAX)));
}

}  // namespace

Result<std::string> inet_aton(std::string_view ip_string) {
  const auto bytes = internal::parse_ipv4_classic(ip_string);
  if (!bytes) return fail(Operation::inet_aton, UsageErrc::illegal_ip_text);
  return packed(*bytes);
}

Result<std::string> inet_ntoa(ConstBuffer packed_ip) {
  if (packed_ip.size() != 4) return wrong_length(Operation::inet_ntoa, packed_ip);
  return internal::format_ipv4(unpacked<4>(packed_ip));
}

Result<std::string> inet_pton(AddressFamily address_family, std::string_view ip_string) {
  if (address_family == af_inet) {
    if (const auto bytes = internal::parse_ipv4(ip_string)) return packed(*bytes);
  } else if (address_family == af_inet6) {
    if (const auto bytes = internal::parse_ipv6(ip_string)) return packed(*bytes);
  } else {
    return fail(Operation::inet_pton, Errc::eafnosupport);
  }
  return fail(Operation::inet_pton, UsageErrc::illegal_ip_text);
}

Result<std::string> inet_ntop(AddressFamily address_family, ConstBuffer packed_ip) {
  if (address_family == af_inet) {
    if (packed_ip.size() != 4) return wrong_length(Operation::inet_ntop, packed_ip);
    return internal::format_ipv4(unpacked<4>(packed_ip));
  }
  if (address_family == af_inet6) {
    if (packed_ip.size() != 16) return wrong_length(Operation::inet_ntop, packed_ip);
    return internal::format_ipv6(unpacked<16>(packed_ip));
  }
  return fail(Operation::inet_ntop, UsageErrc::unknown_family, static_cast<std::int32_t>(address_family.value()));
}

}  // namespace everysock
