// Internet addresses between text and bytes, without errors to report: what Host and inet_* are made of.
#ifndef EVERYSOCK_CORE_INET_TEXT_H_
#define EVERYSOCK_CORE_INET_TEXT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace everysock::internal {

using Ipv4Bytes = std::array<std::uint8_t, 4>;
using Ipv6Bytes = std::array<std::uint8_t, 16>;

// inet_pton(3): strict forms only.
std::optional<Ipv4Bytes> parse_ipv4(std::string_view text) noexcept;
std::optional<Ipv6Bytes> parse_ipv6(std::string_view text) noexcept;
// inet_aton(3): one to four numbers, decimal, octal or hexadecimal, then the end or a blank.
std::optional<Ipv4Bytes> parse_ipv4_classic(std::string_view text) noexcept;

std::string format_ipv4(std::span<const std::uint8_t, 4> bytes);
// RFC 5952, with the embedded dotted quad of mapped and compatible addresses as inet_ntop(3) prints them.
std::string format_ipv6(std::span<const std::uint8_t, 16> bytes);

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_INET_TEXT_H_
