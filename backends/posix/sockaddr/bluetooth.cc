// AF_BLUETOOTH of Linux. Its headers come with BlueZ and not with the kernel, so the structures are written down here
// (include/net/bluetooth of the kernel). Numbers in them are little-endian, and so are device addresses.
#include <algorithm>
#include <bit>

#include "backends/posix/sockaddr/families.h"

#ifdef __linux__

namespace everysock::posix {
namespace {

using DeviceBytes = std::uint8_t[6];

struct SockaddrL2 {
  sa_family_t family;
  std::uint16_t psm;
  DeviceBytes bdaddr;
  std::uint16_t cid;
  std::uint8_t bdaddr_type;
};
static_assert(sizeof(SockaddrL2) == 14);

struct SockaddrRc {
  sa_family_t family;
  DeviceBytes bdaddr;
  std::uint8_t channel;
};
static_assert(sizeof(SockaddrRc) == 10);

struct SockaddrHci {
  sa_family_t family;
  std::uint16_t device;
  std::uint16_t channel;
};
static_assert(sizeof(SockaddrHci) == 6);

struct SockaddrSco {
  sa_family_t family;
  DeviceBytes bdaddr;
};
static_assert(sizeof(SockaddrSco) == 8);

// To and from little-endian: the same either way.
std::uint16_t little_endian(std::uint16_t number) noexcept {
  if constexpr (std::endian::native == std::endian::little) return number;
  return static_cast<std::uint16_t>(number << 8 | number >> 8);
}

void put_device(DeviceBytes& bytes, const BdAddr& device) noexcept {
  std::reverse_copy(device.octets().begin(), device.octets().end(), bytes);
}

BdAddr get_device(const DeviceBytes& bytes) noexcept {
  BdAddr::Octets octets;
  std::reverse_copy(std::begin(bytes), std::end(bytes), octets.begin());
  return BdAddr(octets);
}

}  // namespace

Errc encode(const L2capAddress& address, NativeAddress& native, int) noexcept {
  auto& l2cap = emplace<SockaddrL2>(native, AF_BLUETOOTH);
  l2cap.psm = little_endian(address.psm);
  put_device(l2cap.bdaddr, address.bdaddr);
  l2cap.cid = little_endian(address.cid);
  l2cap.bdaddr_type = address.bdaddr_type;
  return Errc::ok;
}

Errc encode(const RfcommAddress& address, NativeAddress& native, int) noexcept {
  auto& rfcomm = emplace<SockaddrRc>(native, AF_BLUETOOTH);
  put_device(rfcomm.bdaddr, address.bdaddr);
  rfcomm.channel = address.channel;
  return Errc::ok;
}

Errc encode(const HciAddress& address, NativeAddress& native, int) noexcept {
  auto& hci = emplace<SockaddrHci>(native, AF_BLUETOOTH);
  // Adapters go by number here.
  if (!(address.bdaddr == BdAddr())) return Errc::einval;
  hci.device = address.device_id;
  hci.channel = address.channel;
  return Errc::ok;
}

Errc encode(const ScoAddress& address, NativeAddress& native, int) noexcept {
  put_device(emplace<SockaddrSco>(native, AF_BLUETOOTH).bdaddr, address.bdaddr);
  return Errc::ok;
}

Address decode_bluetooth(const NativeAddress& native, Protocol protocol) {
  if (protocol == btproto_l2cap) {
    const auto l2cap = view<SockaddrL2>(native, offsetof(SockaddrL2, cid));
    if (!l2cap) return opaque(native);
    return L2capAddress{get_device(l2cap->bdaddr), little_endian(l2cap->psm), little_endian(l2cap->cid),
                        l2cap->bdaddr_type};
  }
  if (protocol == btproto_rfcomm) {
    const auto rfcomm = view<SockaddrRc>(native, offsetof(SockaddrRc, channel) + 1);
    if (!rfcomm) return opaque(native);
    return RfcommAddress{get_device(rfcomm->bdaddr), rfcomm->channel};
  }
  if (protocol == btproto_hci) {
    const auto hci = view<SockaddrHci>(native, offsetof(SockaddrHci, channel));
    if (!hci) return opaque(native);
    return HciAddress{hci->device, hci->channel};
  }
  if (protocol == btproto_sco) {
    const auto sco = view<SockaddrSco>(native, sizeof(SockaddrSco));
    if (!sco) return opaque(native);
    return ScoAddress{get_device(sco->bdaddr)};
  }
  return opaque(native);
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const L2capAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }
Errc encode(const RfcommAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }
Errc encode(const HciAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }
Errc encode(const ScoAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
