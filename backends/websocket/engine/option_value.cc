#include "backends/websocket/engine/option_value.h"

#include <algorithm>
#include <limits>

namespace everysock::websocket {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

void put(std::span<std::byte> value, std::uint64_t number, std::size_t size) noexcept {
  for (std::size_t i = 0; i < std::min(size, value.size()); ++i) value[i] = static_cast<std::byte>(number >> (8 * i));
}

std::uint64_t get(std::span<const std::byte> value, std::size_t size) noexcept {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number |= std::to_integer<std::uint64_t>(value[i]) << (8 * i);
  return number;
}

}  // namespace

std::size_t put_int(std::span<std::byte> value, std::int32_t number) noexcept {
  put(value, static_cast<std::uint32_t>(number), 4);
  return std::min<std::size_t>(value.size(), 4);
}

std::int32_t get_int(std::span<const std::byte> value) noexcept {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(get(value, 4)));
}

std::size_t put_timeout(std::span<std::byte> value, std::int64_t nanoseconds) noexcept {
  put(value, static_cast<std::uint64_t>(nanoseconds / nanoseconds_per_second), 8);
  if (value.size() > 8) {
    put(value.subspan(8), static_cast<std::uint64_t>(nanoseconds % nanoseconds_per_second / 1000), 8);
  }
  return std::min<std::size_t>(value.size(), 16);
}

Result<std::int64_t> get_timeout(std::span<const std::byte> value) noexcept {
  if (value.size() < 16) return fail(Operation::setsockopt, Errc::einval);
  const auto seconds = static_cast<std::int64_t>(get(value, 8));
  const auto microseconds = static_cast<std::int64_t>(get(value.subspan(8), 8));
  if (microseconds < 0 || microseconds >= 1'000'000) return fail(Operation::setsockopt, Errc::edom);
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / nanoseconds_per_second - 1;
  if (seconds < 0) return 1;  // Linux: does not wait at all
  if (seconds > most) return 0;
  return seconds * nanoseconds_per_second + microseconds * 1000;
}

}  // namespace everysock::websocket
