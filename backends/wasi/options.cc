#include "backends/wasi/options.h"

#include <algorithm>
#include <cstring>

namespace everysock::wasi {
namespace {

constexpr std::int64_t kSecond = 1'000'000;  // in microseconds

std::size_t write_bytes(std::span<std::byte> value, const void* data, std::size_t size) {
  size = std::min(value.size(), size);
  std::memcpy(value.data(), data, size);
  return size;
}

// struct timeval on x86-64: two 64-bit integers.
std::size_t write_timeout(std::span<std::byte> value, std::int64_t timeout) {
  const std::int64_t parts[2] = {timeout / kSecond, timeout % kSecond};
  return write_bytes(value, parts, sizeof(parts));
}

Result<void> read_timeout(std::span<const std::byte> value, std::int64_t& timeout) {
  std::int64_t parts[2];
  if (value.size() < sizeof(parts)) return fail(Operation::setsockopt, Errc::einval);
  std::memcpy(parts, value.data(), sizeof(parts));
  if (parts[1] < 0 || parts[1] >= kSecond) return fail(Operation::setsockopt, Errc::edom);
  const bool never = parts[0] < 0 || parts[0] > INT64_MAX / kSecond / 1000 - 1;
  timeout = never ? 0 : parts[0] * kSecond + parts[1];
  return {};
}

}  // namespace

std::size_t write_int(std::span<std::byte> value, std::int64_t number) {
  const auto cut = static_cast<std::int32_t>(std::min<std::int64_t>(number, INT32_MAX));
  return write_bytes(value, &cut, sizeof(cut));
}

Result<std::int32_t> read_int(std::span<const std::byte> value) {
  std::int32_t number = 0;
  if (value.size() < sizeof(number)) return fail(Operation::setsockopt, Errc::einval);
  std::memcpy(&number, value.data(), sizeof(number));
  return number;
}

std::optional<Result<std::size_t>> get_common_option(const Socket& socket, OptionLevel level, Option option,
                                                     std::span<std::byte> value) {
  if (socket.family() == af_inet6 && option == ipv6_v6only) return write_int(value, 1);
  if (level != sol_socket) return std::nullopt;
  if (option == so_type) return write_int(value, socket.kind().value());
  if (option == so_domain) return write_int(value, socket.family().value());
  if (option == so_protocol) return write_int(value, socket.protocol().value());
  if (option == so_cookie) {
    const std::uint64_t cookie = socket.cookie();
    if (value.size() < sizeof(cookie)) return fail(Operation::getsockopt, Errc::einval);
    return write_bytes(value, &cookie, sizeof(cookie));
  }
  if (option == so_rcvlowat) return write_int(value, 1);
  if (option == so_reuseport || option == so_broadcast) return write_int(value, 0);
  if (option == so_rcvtimeo) return write_timeout(value, socket.receive_timeout);
  if (option == so_sndtimeo) return write_timeout(value, socket.send_timeout);
  return std::nullopt;
}

std::optional<Result<void>> set_common_option(Socket& socket, OptionLevel level, Option option,
                                              std::span<const std::byte> value) {
  if (socket.family() == af_inet6 && option == ipv6_v6only) {
    const auto number = read_int(value);
    if (!number) return Unexpected(number.error());
    if (*number == 0) return fail(Operation::setsockopt, Errc::enoprotoopt);
    return Result<void>();
  }
  if (level != sol_socket) return std::nullopt;
  if (option == so_rcvtimeo) return read_timeout(value, socket.receive_timeout);
  if (option == so_sndtimeo) return read_timeout(value, socket.send_timeout);
  return std::nullopt;
}

}  // namespace everysock::wasi
