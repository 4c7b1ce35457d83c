#include "backends/wasi/socket_address.h"

#include <algorithm>
#include <cstring>

namespace everysock::wasi {
namespace {

// A field of an IPv6 address is a number, in memory as WebAssembly has numbers: the low byte first.
std::uint16_t field(const std::array<std::uint8_t, 16>& bytes, std::size_t index) noexcept {
  return static_cast<std::uint16_t>(bytes[2 * index] << 8 | bytes[2 * index + 1]);
}

}  // namespace

SocketAddress SocketAddress::load(const std::uint8_t* memory) noexcept {
  SocketAddress address = wildcard(memory[0] != 0);
  std::memcpy(&address.port, memory + 4, 2);
  if (!address.v6) {
    std::memcpy(address.bytes.data(), memory + 6, 4);
    return address;
  }
  std::memcpy(&address.flowinfo, memory + 8, 4);
  for (std::size_t i = 0; i < 16; ++i) address.bytes[i] = memory[12 + (i ^ 1)];
  std::memcpy(&address.scope, memory + 28, 4);
  return address;
}

void SocketAddress::store(std::uint8_t* memory) const noexcept {
  std::memset(memory, 0, kAddressSize);
  memory[0] = v6 ? 1 : 0;
  std::memcpy(memory + 4, &port, 2);
  if (!v6) {
    std::memcpy(memory + 6, bytes.data(), 4);
    return;
  }
  std::memcpy(memory + 8, &flowinfo, 4);
  for (std::size_t i = 0; i < 16; ++i) memory[12 + (i ^ 1)] = bytes[i];
  std::memcpy(memory + 28, &scope, 4);
}

FlatAddress SocketAddress::flat() const noexcept {
  FlatAddress words = {v6 ? 1 : 0, port};
  if (!v6) {
    std::copy_n(bytes.begin(), 4, words.begin() + 2);
    return words;
  }
  words[2] = static_cast<std::int32_t>(flowinfo);
  for (std::size_t i = 0; i < 8; ++i) words[3 + i] = field(bytes, i);
  words[11] = static_cast<std::int32_t>(scope);
  return words;
}

bool SocketAddress::is_wildcard() const noexcept { return bytes == std::array<std::uint8_t, 16>{}; }

bool SocketAddress::is_broadcast() const noexcept {
  return !v6 && std::all_of(bytes.begin(), bytes.begin() + 4, [](std::uint8_t byte) { return byte == 0xff; });
}

bool SocketAddress::is_mapped() const noexcept {
  constexpr std::array<std::uint8_t, 12> prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return v6 && std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

void SocketAddress::become_loopback() noexcept {
  bytes = {};
  if (v6) {
    bytes[15] = 1;
  } else {
    bytes[0] = 127;
    bytes[3] = 1;
  }
}

Address SocketAddress::address() const noexcept {
  if (v6) return Inet6Address{Host::ipv6(bytes), port, flowinfo, scope};
  return InetAddress{Host::ipv4(std::span(bytes).first<4>()), port};
}

Result<SocketAddress> to_socket_address(Operation operation, AddressFamily family, const Address& address) {
  SocketAddress result = SocketAddress::wildcard(family == af_inet6);
  const auto* inet = std::get_if<InetAddress>(&address);
  const auto* inet6 = std::get_if<Inet6Address>(&address);
  if (result.v6 ? inet6 == nullptr : inet == nullptr) return fail(operation, Errc::eafnosupport);
  const std::span<const std::uint8_t> bytes = (result.v6 ? inet6->host : inet->host).bytes();
  if (bytes.size() != (result.v6 ? 16u : 4u)) return fail(operation, Errc::eafnosupport);
  std::copy(bytes.begin(), bytes.end(), result.bytes.begin());
  result.port = static_cast<std::uint16_t>(result.v6 ? inet6->port : inet->port);
  if (result.v6) {
    result.flowinfo = inet6->flowinfo;
    result.scope = inet6->scope_id;
  }
  return result;
}

}  // namespace everysock::wasi
