#include "everysock/address.h"

#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "src/text.h"

namespace everysock {
namespace {

using internal::absl_view;

struct FamilyOf {
  AddressFamily operator()(std::monostate) const { return af_unspec; }
  AddressFamily operator()(const InetAddress&) const { return af_inet; }
  AddressFamily operator()(const Inet6Address&) const { return af_inet6; }
  AddressFamily operator()(const UnixAddress&) const { return af_unix; }
  AddressFamily operator()(const CanAddress&) const { return af_can; }
  AddressFamily operator()(const CanIsotpAddress&) const { return af_can; }
  AddressFamily operator()(const CanJ1939Address&) const { return af_can; }
  AddressFamily operator()(const NetlinkAddress&) const { return af_netlink; }
  AddressFamily operator()(const TipcAddress&) const { return af_tipc; }
  AddressFamily operator()(const VsockAddress&) const { return af_vsock; }
  AddressFamily operator()(const PacketAddress&) const { return af_packet; }
  AddressFamily operator()(const AlgAddress&) const { return af_alg; }
  AddressFamily operator()(const L2capAddress&) const { return af_bluetooth; }
  AddressFamily operator()(const RfcommAddress&) const { return af_bluetooth; }
  AddressFamily operator()(const HciAddress&) const { return af_bluetooth; }
  AddressFamily operator()(const ScoAddress&) const { return af_bluetooth; }
  AddressFamily operator()(const QipcrtrAddress&) const { return af_qipcrtr; }
  AddressFamily operator()(const HypervAddress&) const { return af_hyperv; }
  AddressFamily operator()(const SystemControlAddress&) const { return af_system; }
  AddressFamily operator()(const OpaqueAddress& opaque) const { return opaque.family; }
};

std::string quoted(std::string_view text) { return absl::StrCat("'", absl::CHexEscape(absl_view(text)), "'"); }
std::string hex(std::uint64_t number) { return absl::StrCat("0x", absl::Hex(number)); }

struct ToString {
  std::string operator()(std::monostate) const { return "(none)"; }
  std::string operator()(const InetAddress& a) const { return absl::StrCat(a.host.str(), ":", a.port); }
  std::string operator()(const Inet6Address& a) const {
    const std::string zone = a.scope_id != 0 ? absl::StrCat("%", a.scope_id) : "";
    return absl::StrCat("[", a.host.str(), zone, "]:", a.port);
  }
  std::string operator()(const UnixAddress& a) const {
    if (a.is_unnamed()) return "(unnamed)";
    if (!a.is_abstract()) return a.path.str();
    return absl::StrCat("@", absl::CHexEscape(absl_view(a.path.view().substr(1))));
  }
  std::string operator()(const CanAddress& a) const { return absl::StrCat("AF_CAN(", quoted(a.ifname.view()), ")"); }
  std::string operator()(const CanIsotpAddress& a) const {
    return absl::StrCat("AF_CAN(", quoted(a.ifname.view()), ", ", hex(a.rx_addr), ", ", hex(a.tx_addr), ")");
  }
  std::string operator()(const CanJ1939Address& a) const {
    return absl::StrCat("AF_CAN(", quoted(a.ifname.view()), ", ", hex(a.name), ", ", hex(a.pgn), ", ", hex(a.addr),
                        ")");
  }
  std::string operator()(const NetlinkAddress& a) const {
    return absl::StrCat("AF_NETLINK(", a.pid, ", ", hex(a.groups), ")");
  }
  std::string operator()(const TipcAddress& a) const {
    return absl::StrCat("AF_TIPC(", a.addr_type.value(), ", ", a.v1, ", ", a.v2, ", ", a.v3, ", ", a.scope.value(),
                        ")");
  }
  std::string operator()(const VsockAddress& a) const { return absl::StrCat("AF_VSOCK(", a.cid, ", ", a.port, ")"); }
  std::string operator()(const PacketAddress& a) const {
    return absl::StrCat("AF_PACKET(", quoted(a.ifname.view()), ", ", hex(static_cast<std::uint32_t>(a.proto)), ", ",
                        a.pkttype.value(), ", ", a.hatype, ", '", absl::BytesToHexString(absl_view(a.addr.view())),
                        "')");
  }
  std::string operator()(const AlgAddress& a) const {
    return absl::StrCat("AF_ALG(", quoted(a.type.view()), ", ", quoted(a.name.view()), ", ", hex(a.feat), ", ",
                        hex(a.mask), ")");
  }
  std::string operator()(const L2capAddress& a) const {
    return absl::StrCat("L2CAP(", a.bdaddr.str(), ", ", a.psm, ", ", a.cid, ", ", a.bdaddr_type, ")");
  }
  std::string operator()(const RfcommAddress& a) const {
    return absl::StrCat("RFCOMM(", a.bdaddr.str(), ", ", a.channel, ")");
  }
  std::string operator()(const HciAddress& a) const {
    if (!(a.bdaddr == BdAddr())) return absl::StrCat("HCI(", a.bdaddr.str(), ")");
    return absl::StrCat("HCI(", a.device_id, ", ", a.channel, ")");
  }
  std::string operator()(const ScoAddress& a) const { return absl::StrCat("SCO(", a.bdaddr.str(), ")"); }
  std::string operator()(const QipcrtrAddress& a) const {
    return absl::StrCat("AF_QIPCRTR(", a.node, ", ", a.port, ")");
  }
  std::string operator()(const HypervAddress& a) const {
    return absl::StrCat("AF_HYPERV(", a.vm_id.str(), ", ", a.service_id.str(), ")");
  }
  std::string operator()(const SystemControlAddress& a) const {
    if (!a.name.empty()) return absl::StrCat("AF_SYSTEM(", quoted(a.name.view()), ")");
    return absl::StrCat("AF_SYSTEM(", a.id, ", ", a.unit, ")");
  }
  std::string operator()(const OpaqueAddress& a) const {
    return absl::StrCat("(family ", a.family.value(), ") ", absl::BytesToHexString(absl_view(a.data.view())));
  }
};

}  // namespace

AddressFamily family_of(const Address& address) noexcept { return std::visit(FamilyOf(), address); }

std::string to_string(const Address& address) { return std::visit(ToString(), address); }

}  // namespace everysock
