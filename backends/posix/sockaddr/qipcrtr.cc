// AF_QIPCRTR: Linux, include/uapi/linux/qrtr.h.
#include "backends/posix/sockaddr/families.h"

#ifdef AF_QIPCRTR
#include <linux/qrtr.h>

namespace everysock::posix {

Errc encode(const QipcrtrAddress& address, NativeAddress& native, int) noexcept {
  auto& qrtr = emplace<sockaddr_qrtr>(native, AF_QIPCRTR);
  qrtr.sq_node = address.node;
  qrtr.sq_port = address.port;
  return Errc::ok;
}

Address decode_qipcrtr(const NativeAddress& native) {
  const auto qrtr = view<sockaddr_qrtr>(native, sizeof(sockaddr_qrtr));
  if (!qrtr) return opaque(native);
  return QipcrtrAddress{qrtr->sq_node, qrtr->sq_port};
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const QipcrtrAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
