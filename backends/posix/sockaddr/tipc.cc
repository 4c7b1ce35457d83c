// AF_TIPC: tipc(7).
#include "backends/posix/sockaddr/families.h"

#ifdef AF_TIPC
#include <linux/tipc.h>

namespace everysock::posix {

Errc encode(const TipcAddress& address, NativeAddress& native, int) noexcept {
  auto& tipc = emplace<sockaddr_tipc>(native, AF_TIPC);
  tipc.addrtype = static_cast<unsigned char>(address.addr_type.value());
  tipc.scope = static_cast<signed char>(address.scope.value());
  if (address.addr_type == tipc_addr_name) {
    tipc.addr.name.name.type = address.v1;
    tipc.addr.name.name.instance = address.v2;
  } else if (address.addr_type == tipc_addr_nameseq) {
    tipc.addr.nameseq.type = address.v1;
    tipc.addr.nameseq.lower = address.v2;
    tipc.addr.nameseq.upper = address.v3;
  } else if (address.addr_type == tipc_addr_id) {
    tipc.addr.id.node = address.v1;
    tipc.addr.id.ref = address.v2;
  } else {
    return Errc::einval;
  }
  return Errc::ok;
}

Address decode_tipc(const NativeAddress& native) {
  const auto tipc = view<sockaddr_tipc>(native, sizeof(sockaddr_tipc));
  if (!tipc) return opaque(native);
  TipcAddress address{TipcAddressType(tipc->addrtype)};
  address.scope = TipcScope(static_cast<std::uint8_t>(tipc->scope));
  if (address.addr_type == tipc_addr_name) {
    address.v1 = tipc->addr.name.name.type;
    address.v2 = address.v3 = tipc->addr.name.name.instance;
  } else if (address.addr_type == tipc_addr_nameseq) {
    address.v1 = tipc->addr.nameseq.type;
    address.v2 = tipc->addr.nameseq.lower;
    address.v3 = tipc->addr.nameseq.upper;
  } else if (address.addr_type == tipc_addr_id) {
    address.v1 = tipc->addr.id.node;
    address.v2 = tipc->addr.id.ref;
  } else {
    return opaque(native);
  }
  return address;
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const TipcAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
