// Between portable constants and this system's numbers. A constant the system lacks gives nothing.
#ifndef EVERYSOCK_PLATFORM_POSIX_CONSTANT_TABLES_H_
#define EVERYSOCK_PLATFORM_POSIX_CONSTANT_TABLES_H_

#include <sys/socket.h>

#include <optional>

#include "everysock/constants.h"

namespace everysock::platform {

std::optional<int> native_family(AddressFamily family) noexcept;
// A family the library does not know becomes AddressFamily::native().
AddressFamily portable_family(int family) noexcept;

// Without the creation flags, which creation_flags() translates.
std::optional<int> native_kind(SocketKind kind) noexcept;
SocketKind portable_kind(int kind) noexcept;

std::optional<int> native_protocol(AddressFamily family, Protocol protocol) noexcept;

std::optional<int> native_level(OptionLevel level) noexcept;
OptionLevel portable_level(int level) noexcept;
std::optional<int> native_option(Option option) noexcept;

std::optional<int> native_shutdown_how(ShutdownHow how) noexcept;
std::optional<int> native_address_info_flags(AddressInfoFlags flags) noexcept;
std::optional<int> native_name_info_flags(NameInfoFlags flags) noexcept;

// Nothing where a bit has no native counterpart.
std::optional<int> native_message_flags_slowly(MessageFlags flags) noexcept;
MessageFlags portable_message_flags_slowly(int flags) noexcept;

// Every send and receive asks, mostly for no flags at all.
inline std::optional<int> native_message_flags(MessageFlags flags) noexcept {
  return flags.value() == 0 ? std::optional(0) : native_message_flags_slowly(flags);
}
inline MessageFlags portable_message_flags(int flags) noexcept {
  return flags == 0 ? MessageFlags() : portable_message_flags_slowly(flags);
}

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_POSIX_CONSTANT_TABLES_H_
