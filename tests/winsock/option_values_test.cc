#include "backends/winsock/option_values.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>

#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {
namespace {

template <typename T>
OptionValue bytes(std::initializer_list<T> numbers) {
  OptionValue value(numbers.size() * sizeof(T));
  std::memcpy(value.data(), std::data(numbers), value.size());
  return value;
}

OptionValue native(Option option, const OptionValue& value) { return to_native_value(option, value).value(); }

TEST_CASE("SO_LINGER") {
  const OptionValue portable = bytes<std::int32_t>({1, 30});
  CHECK(native(so_linger, portable) == bytes<std::uint16_t>({1, 30}));
  CHECK(from_native_value(so_linger, bytes<std::uint16_t>({1, 30})) == portable);
  CHECK(native(so_linger, bytes<std::int32_t>({2, 100000})) == bytes<std::uint16_t>({1, 65535}));
  CHECK(to_native_value(so_linger, bytes<std::int32_t>({1})).error() == Errc::einval);
}

TEST_CASE("SO_RCVTIMEO is in milliseconds, and never rounded to none") {
  CHECK(native(so_rcvtimeo, bytes<std::int64_t>({2, 500000})) == bytes<std::uint32_t>({2500}));
  CHECK(native(so_rcvtimeo, bytes<std::int64_t>({0, 1})) == bytes<std::uint32_t>({1}));
  CHECK(from_native_value(so_sndtimeo, bytes<std::uint32_t>({2500})) == bytes<std::int64_t>({2, 500000}));
  CHECK(to_native_value(so_rcvtimeo, bytes<std::int64_t>({0, 1000000})).error() == Errc::edom);
  CHECK(to_native_value(so_rcvtimeo, bytes<std::int32_t>({1})).error() == Errc::einval);
}

TEST_CASE("memberships name the interface by address or by number") {
  const auto by_address = bytes<std::uint8_t>({224, 0, 0, 251, 127, 0, 0, 1});
  CHECK(native(ip_add_membership, by_address) == by_address);
  const auto by_number = bytes<std::uint8_t>({224, 0, 0, 251, 127, 0, 0, 1, 2, 1, 0, 0});
  CHECK(native(ip_add_membership, by_number) == bytes<std::uint8_t>({224, 0, 0, 251, 0, 0, 1, 2}));
  const auto zero = bytes<std::uint8_t>({224, 0, 0, 251, 127, 0, 0, 1, 0, 0, 0, 0});
  CHECK(native(ip_add_membership, zero) == by_address);
  CHECK(to_native_value(ip_add_membership, bytes<std::uint8_t>({224, 0, 0, 251})).error() == Errc::einval);
  CHECK(native(ip_multicast_if, bytes<std::uint8_t>({127, 0, 0, 1})) == bytes<std::uint8_t>({127, 0, 0, 1}));
}

TEST_CASE("a source stands in another place") {
  const auto portable = bytes<std::uint8_t>({232, 0, 0, 1, 127, 0, 0, 1, 10, 0, 0, 1});
  CHECK(native(ip_add_source_membership, portable) == bytes<std::uint8_t>({232, 0, 0, 1, 10, 0, 0, 1, 127, 0, 0, 1}));
}

TEST_CASE("numbers that are constants are translated") {
  CHECK(from_native_value(so_error, bytes<int>({WSAECONNREFUSED})) == int_value(static_cast<int>(Errc::econnrefused)));
  CHECK(from_native_value(so_type, bytes<int>({SOCK_DGRAM})) == int_value(2));
}

TEST_CASE("numbers of one byte") {
  CHECK(native(ip_multicast_ttl, bytes<std::uint8_t>({7})) == int_value(7));
  CHECK(from_native_value(tcp_nodelay, bytes<std::uint8_t>({1})) == int_value(1));
  CHECK(to_native_value(so_keepalive, bytes<std::uint8_t>({1})).error() == Errc::einval);
}

}  // namespace
}  // namespace everysock::winsock
