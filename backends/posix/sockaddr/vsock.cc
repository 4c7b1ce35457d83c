// AF_VSOCK: vsock(7).
#include "backends/posix/sockaddr/families.h"

#ifdef AF_VSOCK
#include <linux/vm_sockets.h>

namespace everysock::posix {

Errc encode(const VsockAddress& address, NativeAddress& native, int) noexcept {
  auto& vsock = emplace<sockaddr_vm>(native, AF_VSOCK);
  vsock.svm_cid = address.cid;
  vsock.svm_port = address.port;
  return Errc::ok;
}

Address decode_vsock(const NativeAddress& native) {
  const auto vsock = view<sockaddr_vm>(native, sizeof(sockaddr_vm));
  if (!vsock) return opaque(native);
  return VsockAddress{vsock->svm_cid, vsock->svm_port};
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const VsockAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
