// Between portable constants and Winsock's numbers. A constant that Windows lacks gives nothing.
#ifndef EVERYSOCK_PLATFORM_WINDOWS_CONSTANT_TABLES_H_
#define EVERYSOCK_PLATFORM_WINDOWS_CONSTANT_TABLES_H_

#include <optional>

#include "everysock/constants.h"

namespace everysock::platform {

std::optional<int> native_family(AddressFamily family) noexcept;
// A family the library does not know becomes AddressFamily::native().
AddressFamily portable_family(int family) noexcept;

// Without the creation flags.
std::optional<int> native_kind(SocketKind kind) noexcept;
SocketKind portable_kind(int kind) noexcept;

std::optional<int> native_protocol(AddressFamily family, Protocol protocol) noexcept;

std::optional<int> native_level(OptionLevel level) noexcept;
OptionLevel portable_level(int level) noexcept;
std::optional<int> native_option(Option option) noexcept;

// The types of control messages: options of their level, by numbers that differ from the options' here and there.
std::optional<int> native_control_type(OptionLevel level, ControlType type) noexcept;
ControlType portable_control_type(int level, int type) noexcept;

std::optional<int> native_shutdown_how(ShutdownHow how) noexcept;
std::optional<int> native_address_info_flags(AddressInfoFlags flags) noexcept;
std::optional<int> native_name_info_flags(NameInfoFlags flags) noexcept;

// The flags that a send or a receive call takes, and those that a received message has. Nothing where a bit has no
// native counterpart.
std::optional<int> native_message_flags(MessageFlags flags) noexcept;
MessageFlags portable_message_flags(int flags) noexcept;

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_WINDOWS_CONSTANT_TABLES_H_
