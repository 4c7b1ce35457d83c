#include "backends/wasi/options.h"

#include <algorithm>
#include <cstring>

namespace everysock::wasi {

std::size_t write_int(std::span<std::byte> value, std::int64_t number) {
  const auto cut = static_cast<std::int32_t>(std::min<std::int64_t>(number, INT32_MAX));
  const std::size_t size = std::min(value.size(), sizeof(cut));
  std::memcpy(value.data(), &cut, size);
  return size;
}

Result<std::int32_t> read_int(std::span<const std::byte> value) {
  std::int32_t number = 0;
  if (value.size() < sizeof(number)) return fail(Operation::setsockopt, Errc::einval);
  std::memcpy(&number, value.data(), sizeof(number));
  return number;
}

std::optional<std::int32_t> common_option(const Socket& socket, OptionLevel level, Option option) {
  if (level == sol_socket && option == so_type) return static_cast<std::int32_t>(socket.kind().value());
  if (level == sol_socket && option == so_domain) return static_cast<std::int32_t>(socket.family().value());
  if (level == sol_socket && option == so_protocol) return static_cast<std::int32_t>(socket.protocol().value());
  if (socket.family() == af_inet6 && option == ipv6_v6only) return 1;
  return std::nullopt;
}

std::optional<Result<void>> set_common_option(const Socket& socket, OptionLevel, Option option, std::int32_t number) {
  if (socket.family() != af_inet6 || option != ipv6_v6only) return std::nullopt;
  if (number == 0) return fail(Operation::setsockopt, Errc::enoprotoopt);
  return Result<void>();
}

}  // namespace everysock::wasi
