// AF_PACKET: packet(7).
#include "backends/posix/sockaddr/families.h"
#include "backends/posix/sockaddr/interface_index.h"

#ifdef AF_PACKET
#include <netinet/in.h>
#include <netpacket/packet.h>

#include <algorithm>

namespace everysock::posix {

Errc encode(const PacketAddress& address, NativeAddress& native, int fd) noexcept {
  auto& packet = emplace<sockaddr_ll>(native, AF_PACKET);
  const std::string_view addr = address.addr.view();
  if (addr.size() > sizeof(packet.sll_addr)) return Errc::einval;
  const auto index = interface_index(fd, address.ifname);
  if (!index) return Errc::enodev;
  packet.sll_ifindex = *index;
  packet.sll_protocol = (::htons)(static_cast<std::uint16_t>(address.proto));
  packet.sll_pkttype = static_cast<unsigned char>(address.pkttype.value());
  packet.sll_hatype = address.hatype;
  packet.sll_halen = static_cast<unsigned char>(addr.size());
  std::memcpy(packet.sll_addr, addr.data(), addr.size());
  return Errc::ok;
}

Address decode_packet(const NativeAddress& native, int fd) {
  constexpr std::size_t kAddress = offsetof(sockaddr_ll, sll_addr);
  const auto packet = view<sockaddr_ll>(native, kAddress);
  if (!packet) return opaque(native);
  PacketAddress address;
  address.ifname = interface_name(fd, packet->sll_ifindex);
  address.proto = (::ntohs)(packet->sll_protocol);
  address.pkttype = PacketType(packet->sll_pkttype);
  address.hatype = packet->sll_hatype;
  // The hardware address may be longer than the structure has room for (InfiniBand: 20 bytes).
  const std::size_t there = std::min<std::size_t>(native.size, sizeof(native.storage)) - kAddress;
  const std::size_t size = std::min({there, std::size_t{packet->sll_halen}, decltype(address.addr)::capacity()});
  address.addr = std::string_view(reinterpret_cast<const char*>(&native.storage) + kAddress, size);
  return address;
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const PacketAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
