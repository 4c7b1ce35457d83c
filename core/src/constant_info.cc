#include "everysock/constant_info.h"

#include <algorithm>
#include <concepts>
#include <iterator>

namespace everysock {
namespace {

using K = ConstantKind;

constexpr ConstantInfo row(std::string_view name, AddressFamily c, std::string_view where) {
  return {name, where, K::family, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, SocketKind c, std::string_view where) {
  return {name, where, K::socket_kind, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, Protocol c, std::string_view where) {
  return {name, where, K::protocol, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, OptionLevel c, std::string_view where) {
  return {name, where, K::level, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, Option c, std::string_view where) {
  return {name, where, K::option, c.level(), c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, ControlType c, std::string_view where) {
  return {name, where, K::control_type, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, MessageFlags c, std::string_view where) {
  return {name, where, K::message_flag, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, AddressInfoFlags c, std::string_view where) {
  return {name, where, K::address_info_flag, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, NameInfoFlags c, std::string_view where) {
  return {name, where, K::name_info_flag, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, ShutdownHow c, std::string_view where) {
  return {name, where, K::shutdown_how, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, IoControl c, std::string_view where) {
  return {name, where, K::io_control, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, PacketType c, std::string_view where) {
  return {name, where, K::packet_type, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, TipcAddressType c, std::string_view where) {
  return {name, where, K::tipc_address_type, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, TipcScope c, std::string_view where) {
  return {name, where, K::tipc_scope, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, AlgOperation c, std::string_view where) {
  return {name, where, K::alg_operation, {}, c.value(), {}};
}
constexpr ConstantInfo row(std::string_view name, GaiErrc c, std::string_view where) {
  return {name, where, K::gai_code, {}, static_cast<std::uint64_t>(std::int64_t{static_cast<std::int16_t>(c)}), {}};
}
template <std::integral T>
constexpr ConstantInfo row(std::string_view name, T c, std::string_view where) {
  return {name, where, K::number, {}, static_cast<std::uint64_t>(c), {}};
}
constexpr ConstantInfo row(std::string_view name, std::string_view c, std::string_view where) {
  return {name, where, K::text, {}, 0, c};
}

constexpr ConstantInfo kConstants[] = {
#define EVERYSOCK_CONSTANT(name, constant, availability) row(#name, constant, availability),
#include "src/constant_table.inc"
#undef EVERYSOCK_CONSTANT
};

template <typename Matches>
const ConstantInfo* first(Matches matches) noexcept {
  const auto* const found = std::find_if(std::begin(kConstants), std::end(kConstants), matches);
  return found == std::end(kConstants) ? nullptr : found;
}

const ConstantInfo* with_value(ConstantKind kind, std::uint32_t value) noexcept {
  return first([&](const ConstantInfo& info) { return info.kind == kind && info.value == value; });
}

template <typename C>
const ConstantInfo* unless_native(ConstantKind kind, C constant) noexcept {
  return constant.is_native() ? nullptr : with_value(kind, constant.value());
}

// What the names of a family's protocols begin with.
std::string_view protocol_prefix(AddressFamily family) noexcept {
  if (family == af_bluetooth) return "BTPROTO_";
  if (family == af_can) return "CAN_";
  if (family == af_netlink) return "NETLINK_";
  if (family == af_hyperv) return "HV_";
  if (family == af_system) return "SYSPROTO_";
  return "IPPROTO_";
}

}  // namespace

std::span<const ConstantInfo> all_constants() noexcept { return kConstants; }

const ConstantInfo* find_constant(std::string_view name) noexcept {
  return first([&](const ConstantInfo& info) { return info.name == name; });
}

const ConstantInfo* describe(AddressFamily family) noexcept { return unless_native(K::family, family); }
const ConstantInfo* describe(SocketKind kind) noexcept { return unless_native(K::socket_kind, kind); }
const ConstantInfo* describe(OptionLevel level) noexcept { return unless_native(K::level, level); }
const ConstantInfo* describe(MessageFlags one_flag) noexcept { return with_value(K::message_flag, one_flag.value()); }
const ConstantInfo* describe(ShutdownHow how) noexcept { return unless_native(K::shutdown_how, how); }
const ConstantInfo* describe(IoControl code) noexcept { return unless_native(K::io_control, code); }

const ConstantInfo* describe(AddressFamily family, Protocol protocol) noexcept {
  if (protocol.is_native()) return nullptr;
  return first([&](const ConstantInfo& info) {
    return info.kind == K::protocol && info.value == protocol.value() && info.name.starts_with(protocol_prefix(family));
  });
}

const ConstantInfo* describe(Option option) noexcept {
  if (option.is_native()) return nullptr;
  return first([&](const ConstantInfo& info) {
    return info.kind == K::option && info.value == option.value() && info.level == option.level();
  });
}

}  // namespace everysock
