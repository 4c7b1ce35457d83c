// Socket options. Values have the layout of Linux on x86-64; numbers that are constants are translated.
#include <sys/socket.h>

#include <cstring>

#include "backends/posix/backend.h"
#include "platform/posix/constant_tables.h"
#include "platform/posix/errno.h"

namespace everysock::posix {
namespace {

using platform::last_error;

struct NativeOption {
  int level;
  int number;
};

Result<NativeOption> native_option(Operation operation, OptionLevel level, Option option) {
  const auto native_level = platform::native_level(level);
  const auto number = platform::native_option(option);
  if (!native_level || !number) return fail(operation, Errc::enoprotoopt);
  return NativeOption{*native_level, *number};
}

// The options whose value is itself a number of the system's.
std::uint32_t portable_value(Option option, std::uint32_t value) {
  const int native = static_cast<int>(value);
  if (option == so_error) return static_cast<std::uint32_t>(platform::portable_errno(native));
  if (option == so_domain) return platform::portable_family(native).value();
  if (option == so_type) return platform::portable_kind(native).value();
  return value;
}

}  // namespace

Result<std::size_t> PosixBackend::get_option(Handle handle, OptionLevel level, Option option,
                                             std::span<std::byte> value) {
  constexpr Operation kOperation = Operation::getsockopt;
  const auto native = native_option(kOperation, level, option);
  if (!native) return Unexpected(native.error());
  auto size = static_cast<socklen_t>(value.size());
  if (::getsockopt(descriptor(handle), native->level, native->number, value.data(), &size) < 0) {
    return Unexpected(last_error(kOperation));
  }
  std::uint32_t number = 0;
  if (size == sizeof(number)) {
    std::memcpy(&number, value.data(), sizeof(number));
    number = portable_value(option, number);
    std::memcpy(value.data(), &number, sizeof(number));
  }
  return size;
}

Result<void> PosixBackend::set_option(Handle handle, OptionLevel level, Option option,
                                      std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  const auto native = native_option(kOperation, level, option);
  if (!native) return Unexpected(native.error());
  if (::setsockopt(descriptor(handle), native->level, native->number, value.data(),
                   static_cast<socklen_t>(value.size())) < 0) {
    return Unexpected(last_error(kOperation));
  }
  return {};
}

}  // namespace everysock::posix
