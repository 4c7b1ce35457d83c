#include "src/check_form.h"

#include <algorithm>

namespace everysock::internal {
namespace {

constexpr std::size_t kMaxPath = 107;  // unix(7): sun_path without its terminating NUL
constexpr std::int32_t kMaxEthernetProtocol = 0xffff;
constexpr std::size_t kMaxHardwareAddress = 8;  // packet(7): sll_addr

std::int32_t clamp(std::size_t size) { return static_cast<std::int32_t>(std::min<std::size_t>(size, INT32_MAX)); }

// Text of bounded length that ends with a NUL in the system's structure.
template <std::size_t N>
Result<void> check_text(Operation operation, const InlineText<N>& text, UsageErrc too_long) {
  if (text.too_long()) return fail(operation, too_long, clamp(text.size()));
  if (text.view().find('\0') != std::string_view::npos) return fail(operation, UsageErrc::embedded_nul);
  return {};
}

Result<void> check_interface(Operation operation, const InterfaceText& ifname) {
  return check_text(operation, ifname, UsageErrc::interface_name_too_long);
}

Result<void> check_device(Operation operation, const BdAddr& bdaddr) {
  if (bdaddr.malformed()) return fail(operation, UsageErrc::bluetooth_address);
  return {};
}

Result<void> check(Operation operation, const UnixAddress& address) {
  const std::int32_t size = clamp(address.path.size());
  if (address.path.too_long()) return fail(operation, UsageErrc::path_too_long, size);
  if (address.is_unnamed() || address.is_abstract()) return {};
  if (address.path.size() > kMaxPath) return fail(operation, UsageErrc::path_too_long, size);
  if (address.path.view().find('\0') != std::string_view::npos) return fail(operation, UsageErrc::embedded_nul);
  return {};
}

Result<void> check(Operation operation, const CanAddress& address) {
  return check_interface(operation, address.ifname);
}
Result<void> check(Operation operation, const CanIsotpAddress& address) {
  return check_interface(operation, address.ifname);
}
Result<void> check(Operation operation, const CanJ1939Address& address) {
  return check_interface(operation, address.ifname);
}

Result<void> check(Operation, const NetlinkAddress&) { return {}; }
Result<void> check(Operation, const VsockAddress&) { return {}; }
Result<void> check(Operation, const QipcrtrAddress&) { return {}; }

Result<void> check(Operation operation, const TipcAddress& address) {
  const TipcAddressType type = address.addr_type;
  if (type == tipc_addr_name || type == tipc_addr_nameseq || type == tipc_addr_id) return {};
  return fail(operation, UsageErrc::tipc_address_type, static_cast<std::int32_t>(type.value()));
}

Result<void> check(Operation operation, const PacketAddress& address) {
  if (address.proto < 0 || address.proto > kMaxEthernetProtocol) {
    return fail(operation, UsageErrc::packet_protocol, address.proto);
  }
  if (address.addr.size() > kMaxHardwareAddress) {
    return fail(operation, UsageErrc::packet_address_length, clamp(address.addr.size()));
  }
  return check_interface(operation, address.ifname);
}

Result<void> check(Operation operation, const AlgAddress& address) {
  if (auto good = check_text(operation, address.type, UsageErrc::alg_type_too_long); !good) return good;
  return check_text(operation, address.name, UsageErrc::alg_name_too_long);
}

Result<void> check(Operation operation, const L2capAddress& address) { return check_device(operation, address.bdaddr); }
Result<void> check(Operation operation, const RfcommAddress& address) {
  return check_device(operation, address.bdaddr);
}
Result<void> check(Operation operation, const HciAddress& address) { return check_device(operation, address.bdaddr); }
Result<void> check(Operation operation, const ScoAddress& address) { return check_device(operation, address.bdaddr); }

Result<void> check(Operation operation, const HypervAddress& address) {
  if (address.vm_id.malformed() || address.service_id.malformed()) return fail(operation, UsageErrc::uuid_text);
  return {};
}

Result<void> check(Operation operation, const SystemControlAddress& address) {
  return check_text(operation, address.name, UsageErrc::system_control_name);
}

template <typename Form>
Result<void> must_be(Operation operation, AddressFamily family, const Address& address) {
  const auto* form = std::get_if<Form>(&address);
  if (form == nullptr) return fail(operation, UsageErrc::address_form, static_cast<std::int32_t>(family.value()));
  return check(operation, *form);
}

Unexpected bad_protocol(Operation operation, UsageErrc code, Protocol protocol) {
  return fail(operation, code, static_cast<std::int32_t>(protocol.value()));
}

Result<void> check_can(Operation operation, Protocol protocol, const Address& address) {
  if (protocol == can_raw || protocol == can_bcm) return must_be<CanAddress>(operation, af_can, address);
  if (protocol == can_isotp) return must_be<CanIsotpAddress>(operation, af_can, address);
  if (protocol == can_j1939) return must_be<CanJ1939Address>(operation, af_can, address);
  return bad_protocol(operation, UsageErrc::can_protocol, protocol);
}

Result<void> check_bluetooth(Operation operation, Protocol protocol, const Address& address) {
  if (protocol == btproto_l2cap) return must_be<L2capAddress>(operation, af_bluetooth, address);
  if (protocol == btproto_rfcomm) return must_be<RfcommAddress>(operation, af_bluetooth, address);
  if (protocol == btproto_hci) return must_be<HciAddress>(operation, af_bluetooth, address);
  if (protocol == btproto_sco) return must_be<ScoAddress>(operation, af_bluetooth, address);
  return bad_protocol(operation, UsageErrc::bluetooth_protocol, protocol);
}

}  // namespace

Result<void> check_form(Operation operation, AddressFamily family, Protocol protocol, const Address& address) {
  if (family == af_unix) return must_be<UnixAddress>(operation, family, address);
  if (family == af_can) return check_can(operation, protocol, address);
  if (family == af_netlink) return must_be<NetlinkAddress>(operation, family, address);
  if (family == af_tipc) return must_be<TipcAddress>(operation, family, address);
  if (family == af_vsock) return must_be<VsockAddress>(operation, family, address);
  if (family == af_packet) return must_be<PacketAddress>(operation, family, address);
  if (family == af_alg) return must_be<AlgAddress>(operation, family, address);
  if (family == af_bluetooth) return check_bluetooth(operation, protocol, address);
  if (family == af_qipcrtr) return must_be<QipcrtrAddress>(operation, family, address);
  if (family == af_hyperv) {
    if (protocol != hv_protocol_raw) return bad_protocol(operation, UsageErrc::hyperv_protocol, protocol);
    return must_be<HypervAddress>(operation, family, address);
  }
  if (family == af_system) {
    if (protocol != sysproto_control) return bad_protocol(operation, UsageErrc::system_protocol, protocol);
    return must_be<SystemControlAddress>(operation, family, address);
  }
  return fail(operation, UsageErrc::bad_family, static_cast<std::int32_t>(family.value()));
}

}  // namespace everysock::internal
