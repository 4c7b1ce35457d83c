#include "platform/windows/constant_tables.h"

#include <cstdint>

#include "platform/constant_rows.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::platform {
namespace {

constexpr Row<AddressFamily> kFamilies[] = {
    {af_unspec, AF_UNSPEC}, {af_unix, AF_UNIX},     {af_inet, AF_INET},   {af_ipx, AF_IPX},
    {af_sna, AF_SNA},       {af_decnet, AF_DECnet}, {af_inet6, AF_INET6}, {af_appletalk, AF_APPLETALK},
    {af_irda, AF_IRDA},     {af_bluetooth, AF_BTH}, {af_link, AF_LINK},   {af_hyperv, AF_HYPERV},
};

constexpr Row<SocketKind> kKinds[] = {
    {sock_stream, SOCK_STREAM}, {sock_dgram, SOCK_DGRAM},         {sock_raw, SOCK_RAW},
    {sock_rdm, SOCK_RDM},       {sock_seqpacket, SOCK_SEQPACKET},
};

// Those that the portable numbers do not give: the rest are IANA's everywhere.
constexpr Row<Protocol> kProtocols[] = {
    {ipproto_ggp, IPPROTO_GGP},   {ipproto_ipv4, IPPROTO_IPV4},       {ipproto_st, IPPROTO_ST},
    {ipproto_cbt, IPPROTO_CBT},   {ipproto_igp, IPPROTO_IGP},         {ipproto_rdp, IPPROTO_RDP},
    {ipproto_nd, IPPROTO_ND},     {ipproto_iclfxbm, IPPROTO_ICLFXBM}, {ipproto_pgm, IPPROTO_PGM},
    {ipproto_l2tp, IPPROTO_L2TP},
};

constexpr Row<MessageFlags> kCallFlags[] = {
    {msg_oob, MSG_OOB},         {msg_peek, MSG_PEEK}, {msg_dontroute, MSG_DONTROUTE},
    {msg_waitall, MSG_WAITALL}, {msg_nosignal, 0},  // there is no signal
};

constexpr Row<MessageFlags> kReceivedFlags[] = {
    {msg_oob, MSG_OOB},     {msg_trunc, MSG_TRUNC}, {msg_ctrunc, MSG_CTRUNC},
    {msg_bcast, MSG_BCAST}, {msg_mcast, MSG_MCAST},
};

constexpr Row<AddressInfoFlags> kAddressInfoFlags[] = {
    {ai_passive, AI_PASSIVE},
    {ai_canonname, AI_CANONNAME},
    {ai_numerichost, AI_NUMERICHOST},
    {ai_v4mapped, AI_V4MAPPED},
    {ai_all, AI_ALL},
    {ai_addrconfig, AI_ADDRCONFIG},
    {ai_numericserv, AI_NUMERICSERV},
};

constexpr Row<NameInfoFlags> kNameInfoFlags[] = {
    {ni_numerichost, NI_NUMERICHOST},
    {ni_numericserv, NI_NUMERICSERV},
    {ni_nofqdn, NI_NOFQDN},
    {ni_namereqd, NI_NAMEREQD},
    {ni_dgram, NI_DGRAM},
};

constexpr std::uint32_t kOwnNumbers = 0x10000;  // from here on the numbers are this library's own

}  // namespace

std::optional<int> native_family(AddressFamily family) noexcept { return native_of(kFamilies, family); }
AddressFamily portable_family(int family) noexcept { return portable_of(kFamilies, family); }

std::optional<int> native_kind(SocketKind kind) noexcept { return native_of(kKinds, kind.without_flags()); }
SocketKind portable_kind(int kind) noexcept { return portable_of(kKinds, kind); }

std::optional<int> native_protocol(AddressFamily family, Protocol protocol) noexcept {
  if (family == af_hyperv && protocol == hv_protocol_raw) return HV_PROTOCOL_RAW;
  if (protocol.is_native() || protocol.value() < kOwnNumbers) return static_cast<int>(protocol.value());
  if (family != af_inet && family != af_inet6) return std::nullopt;
  return native_of(kProtocols, protocol);
}

std::optional<int> native_level(OptionLevel level) noexcept {
  if (level.is_native()) return static_cast<int>(level.value());
  if (level == sol_socket) return SOL_SOCKET;
  if (level == sol_rfcomm) return BTHPROTO_RFCOMM;
  if (level == OptionLevel(hv_protocol_raw)) return HV_PROTOCOL_RAW;
  if (level.value() >= kOwnNumbers) return std::nullopt;
  return static_cast<int>(level.value());
}

OptionLevel portable_level(int level) noexcept {
  return level == SOL_SOCKET ? sol_socket : OptionLevel(static_cast<std::uint32_t>(level));
}

std::optional<int> native_shutdown_how(ShutdownHow how) noexcept {
  if (how.is_native()) return static_cast<int>(how.value());
  if (how == shut_rd) return SD_RECEIVE;
  if (how == shut_wr) return SD_SEND;
  if (how == shut_rdwr) return SD_BOTH;
  return std::nullopt;
}

std::optional<int> native_address_info_flags(AddressInfoFlags flags) noexcept {
  return native_bits(kAddressInfoFlags, flags);
}
std::optional<int> native_name_info_flags(NameInfoFlags flags) noexcept { return native_bits(kNameInfoFlags, flags); }

std::optional<int> native_message_flags(MessageFlags flags) noexcept { return native_bits(kCallFlags, flags); }
MessageFlags portable_message_flags(int flags) noexcept { return portable_bits(kReceivedFlags, flags); }

}  // namespace everysock::platform
