// Socket options and ioctl().
#include <algorithm>
#include <array>
#include <cstring>

#include "backends/winsock/backend.h"
#include "backends/winsock/errors.h"
#include "backends/winsock/option_values.h"
#include "backends/winsock/socket_info.h"
#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

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

bool is_read_only(Option option) { return option == so_type || option == so_error || option == so_acceptconn; }

std::size_t fill(std::span<std::byte> value, const OptionValue& from) {
  const std::size_t size = std::min(value.size(), from.size());
  std::copy_n(from.begin(), size, value.begin());
  return size;
}

}  // namespace

Result<std::size_t> WinsockBackend::get_option(Handle handle, OptionLevel level, Option option,
                                               std::span<std::byte> value) {
  constexpr Operation kOperation = Operation::getsockopt;
  const SOCKET socket = socket_of(handle);
  if (option == so_domain || option == so_protocol) {  // which Winsock tells by another option
    const auto info = socket_info(socket);
    if (!info) return Unexpected(last_error(kOperation, socket));
    const auto domain = static_cast<int>(platform::portable_family(info->family).value());
    return fill(value, int_value(option == so_domain ? domain : info->protocol));
  }
  const auto native = native_option(kOperation, level, option);
  if (!native) return Unexpected(native.error());
  std::array<std::byte, 1024> room{};
  // At least an int, of which Linux gives as many bytes as were asked for, and Winsock none.
  int size = static_cast<int>(std::clamp(value.size(), sizeof(int), room.size()));
  if (::getsockopt(socket, native->level, native->number, reinterpret_cast<char*>(room.data()), &size) != 0) {
    return Unexpected(last_error(kOperation, socket));
  }
  return fill(value, from_native_value(option, {room.data(), static_cast<std::size_t>(std::max(size, 0))}));
}

Result<void> WinsockBackend::set_option(Handle handle, OptionLevel level, Option option,
                                        std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  const SOCKET socket = socket_of(handle);
  const auto native = native_option(kOperation, level, option);
  if (!native) return Unexpected(native.error());
  if (is_read_only(option)) return fail(kOperation, Errc::enoprotoopt);
  const auto bytes = to_native_value(option, value);
  if (!bytes) return Unexpected(bytes.error());
  if (::setsockopt(socket, native->level, native->number, reinterpret_cast<const char*>(bytes->data()),
                   static_cast<int>(bytes->size())) != 0) {
    const Error error = last_error(kOperation, socket);
    // Of a protocol that is not this socket's, which Winsock calls invalid.
    if (error == Errc::einval && level == sol_tcp && kind_of(socket) != SOCK_STREAM) {
      return fail(kOperation, Errc::enoprotoopt);
    }
    return Unexpected(error);
  }
  return {};
}

Result<std::uint32_t> WinsockBackend::control(Handle handle, IoControl command, std::span<const std::byte> option) {
  const SOCKET socket = socket_of(handle);
  DWORD size = 0;
  // The portable codes are Winsock's own.
  if (::WSAIoctl(socket, command.value(), const_cast<std::byte*>(option.data()), static_cast<DWORD>(option.size()),
                 nullptr, 0, &size, nullptr, nullptr) != 0) {
    return Unexpected(last_error(Operation::ioctl, socket));
  }
  return size;
}

}  // namespace everysock::winsock
