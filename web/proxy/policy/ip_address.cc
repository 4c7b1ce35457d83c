#include "web/proxy/policy/ip_address.h"

#include <algorithm>
#include <initializer_list>

namespace everysock::proxy {
namespace {

using Bytes = std::span<const std::uint8_t>;

bool starts_with(Bytes bytes, std::initializer_list<std::uint8_t> prefix) {
  return bytes.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_ipv4_mapped(Bytes bytes) { return starts_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}); }
bool is_nat64(Bytes bytes) { return starts_with(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}); }
bool is_6to4(Bytes bytes) { return starts_with(bytes, {0x20, 0x02}); }
// ::a.b.c.d, but neither :: nor ::1.
bool is_ipv4_compatible(Bytes bytes) {
  const auto tail = bytes.last(4);
  return starts_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) && (tail[0] | tail[1] | tail[2]) != 0;
}

}  // namespace

IpAddress::IpAddress(Bytes bytes, bool translated) noexcept
    : size_(static_cast<std::uint8_t>(bytes.size())), translated_(translated) {
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

std::optional<IpAddress> IpAddress::literal(const Host& host) {
  if (host.is_name()) return std::nullopt;
  const Bytes bytes = host.bytes();
  return IpAddress(host.is_ipv6() && is_ipv4_mapped(bytes) ? bytes.last(4) : bytes);
}

std::optional<IpAddress> IpAddress::destination(const Host& host) {
  auto address = literal(host);
  if (!address) return std::nullopt;
  if (!address->is_ipv4()) {
    const Bytes bytes = host.bytes();
    if (is_nat64(bytes)) return IpAddress(bytes.last(4), true);
    if (is_6to4(bytes)) return IpAddress(bytes.subspan(2, 4), true);
    if (is_ipv4_compatible(bytes)) return IpAddress(bytes.last(4), true);
  }
  if (address->is_unspecified()) {
    const Host loopback(address->is_ipv4() ? "127.0.0.1" : "::1");
    return IpAddress(loopback.bytes());
  }
  return address;
}

bool IpAddress::is_loopback() const noexcept {
  return is_ipv4()
             ? bytes_[0] == 127
             : std::all_of(bytes_.begin(), bytes_.end() - 1, [](auto byte) { return byte == 0; }) && bytes_[15] == 1;
}

bool IpAddress::is_unspecified() const noexcept {
  return std::all_of(bytes().begin(), bytes().end(), [](auto byte) { return byte == 0; });
}

bool IpAddress::is_link_local() const noexcept {
  return is_ipv4() ? bytes_[0] == 169 && bytes_[1] == 254 : bytes_[0] == 0xfe && (bytes_[1] & 0xc0) == 0x80;
}

bool IpAddress::is_multicast() const noexcept { return is_ipv4() ? (bytes_[0] & 0xf0) == 0xe0 : bytes_[0] == 0xff; }

bool IpAddress::is_private() const noexcept {
  if (!is_ipv4()) return (bytes_[0] & 0xfe) == 0xfc;
  return bytes_[0] == 10 || (bytes_[0] == 172 && (bytes_[1] & 0xf0) == 16) || (bytes_[0] == 192 && bytes_[1] == 168) ||
         (bytes_[0] == 100 && (bytes_[1] & 0xc0) == 64);
}

std::string IpAddress::str() const {
  const std::span bytes(bytes_);
  return is_ipv4() ? Host::ipv4(bytes.first<4>()).str() : Host::ipv6(bytes).str();
}

std::optional<IpEndpoint> ip_endpoint(const Address& address) {
  if (const auto* inet = std::get_if<InetAddress>(&address); inet != nullptr && !inet->host.is_name()) {
    return IpEndpoint{inet->host, static_cast<std::uint16_t>(inet->port)};
  }
  if (const auto* inet6 = std::get_if<Inet6Address>(&address); inet6 != nullptr && !inet6->host.is_name()) {
    return IpEndpoint{inet6->host, static_cast<std::uint16_t>(inet6->port)};
  }
  return std::nullopt;
}

}  // namespace everysock::proxy
