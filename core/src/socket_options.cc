// Socket's options.
#include <array>
#include <cstring>
#include <limits>

#include "everysock/socket.h"
#include "src/named_error.h"

namespace everysock {
namespace {

constexpr int kMaxBuflen = 1024;

bool has_64_bits(OptionLevel level) { return level == OptionLevel(af_vsock); }

ConstBuffer bytes_of(const auto& number) { return {&number, sizeof(number)}; }

}  // namespace

Result<void> Socket::setsockopt(OptionLevel level, Option option, int value) {
  // As Python has it: a negative int is a large 64-bit number.
  if (has_64_bits(level)) return setsockopt(level, option, bytes_of(static_cast<std::uint64_t>(value)));
  return setsockopt(level, option, bytes_of(value));
}

Result<void> Socket::set_wide_option(OptionLevel level, Option option, std::uint64_t value) {
  if (has_64_bits(level)) return setsockopt(level, option, bytes_of(value));
  if (value > std::numeric_limits<int>::max()) return fail(Operation::setsockopt, UsageErrc::integer_out_of_range);
  return setsockopt(level, option, static_cast<int>(value));
}

Result<void> Socket::setsockopt(OptionLevel level, Option option, ConstBuffer value) {
  constexpr Operation kOperation = Operation::setsockopt;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  if (!option.belongs_to(level)) return fail(kOperation, Errc::enoprotoopt);
  const std::span bytes(static_cast<const std::byte*>(value.data()), value.size());
  const auto done = backend_->set_option(handle_, level, option, bytes);
  if (!done) return Unexpected(internal::naming(done.error().in(kOperation), describe(option), *backend_));
  return {};
}

Result<int> Socket::getsockopt(OptionLevel level, Option option) const {
  const auto value = get_wide_option(level, option);
  if (!value) return Unexpected(value.error());
  if (!has_64_bits(level)) return static_cast<int>(static_cast<std::uint32_t>(*value));
  if (*value > std::numeric_limits<int>::max()) return fail(Operation::getsockopt, UsageErrc::integer_out_of_range);
  return static_cast<int>(*value);
}

Result<std::uint64_t> Socket::get_wide_option(OptionLevel level, Option option) const {
  constexpr Operation kOperation = Operation::getsockopt;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  if (!option.belongs_to(level)) return fail(kOperation, Errc::enoprotoopt);
  std::array<std::byte, sizeof(std::uint64_t)> bytes{};
  const std::size_t room = has_64_bits(level) ? sizeof(std::uint64_t) : sizeof(int);
  const auto size = backend_->get_option(handle_, level, option, std::span(bytes).first(room));
  if (!size) return Unexpected(internal::naming(size.error().in(kOperation), describe(option), *backend_));
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

Result<std::string> Socket::getsockopt(OptionLevel level, Option option, int buflen) const {
  constexpr Operation kOperation = Operation::getsockopt;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  if (family_ == af_vsock) return fail(kOperation, UsageErrc::option_buffer_not_allowed);
  if (buflen < 1 || buflen > kMaxBuflen) return fail(kOperation, UsageErrc::buflen_out_of_range, buflen);
  if (!option.belongs_to(level)) return fail(kOperation, Errc::enoprotoopt);
  std::array<std::byte, kMaxBuflen> bytes{};
  const auto size =
      backend_->get_option(handle_, level, option, std::span(bytes).first(static_cast<std::size_t>(buflen)));
  if (!size) return Unexpected(internal::naming(size.error().in(kOperation), describe(option), *backend_));
  return std::string(reinterpret_cast<const char*>(bytes.data()), *size);
}

}  // namespace everysock
