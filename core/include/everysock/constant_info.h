// Every documented constant, by name, and where it is available.
//
//   const ConstantInfo* info = find_constant("SO_BINDTODEVICE");
//   info->kind                  // ConstantKind::option
//   info->availability          // "Linux"
//
// Availability is what the documentation (or, where that says no more than "where the headers define it", the systems'
// headers) says. What the backend at hand can do is asked of it: Backend::supports(), or the call itself, whose error
// names the constant and these systems.
//
// All functions may be called from any thread; the strings are static.
//
// Source: Python documentation, "Constants" (spec rows constant-group/*).
#ifndef EVERYSOCK_CONSTANT_INFO_H_
#define EVERYSOCK_CONSTANT_INFO_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "everysock/constants.h"

namespace everysock {

enum class ConstantKind : std::uint8_t {
  family,
  socket_kind,
  protocol,
  level,
  option,
  control_type,
  message_flag,
  address_info_flag,
  name_info_flag,
  shutdown_how,
  io_control,
  packet_type,
  tipc_address_type,
  tipc_scope,
  alg_operation,
  gai_code,
  number,
  text,
};

struct ConstantInfo {
  std::string_view name;  // as documented: "AF_INET6"
  std::string_view availability;
  ConstantKind kind;
  OptionLevel level;        // of an option; else level 0
  std::uint64_t value = 0;  // the portable number; negative codes as two's complement; 0 for a text
  std::string_view text;    // the value of a text
};

// In the order of the headers in constants/.
std::span<const ConstantInfo> all_constants() noexcept;

// The constant of that documented name; null if there is none.
const ConstantInfo* find_constant(std::string_view name) noexcept;

// The documented constant with that value, where one has it; null otherwise, and for native numbers. Of several names
// for one number (AF_CAN and PF_CAN) the first in all_constants(). A protocol's name depends on its family.
const ConstantInfo* describe(AddressFamily family) noexcept;
const ConstantInfo* describe(SocketKind kind) noexcept;
const ConstantInfo* describe(AddressFamily family, Protocol protocol) noexcept;
const ConstantInfo* describe(OptionLevel level) noexcept;
const ConstantInfo* describe(Option option) noexcept;
const ConstantInfo* describe(MessageFlags one_flag) noexcept;
const ConstantInfo* describe(ShutdownHow how) noexcept;
const ConstantInfo* describe(IoControl code) noexcept;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANT_INFO_H_
