// PF_SYSTEM, kernel controls: macOS, sys/kern_control.h.
#include "backends/posix/sockaddr/families.h"

#ifdef AF_SYSTEM
#include <sys/ioctl.h>
#include <sys/kern_control.h>
#include <sys/sys_domain.h>

namespace everysock::posix {

Errc encode(const SystemControlAddress& address, NativeAddress& native, int fd) noexcept {
  auto& control = emplace<sockaddr_ctl>(native, AF_SYSTEM);
  control.sc_len = sizeof(control);
  control.ss_sysaddr = AF_SYS_CONTROL;
  control.sc_id = address.id;
  control.sc_unit = address.unit;
  if (address.name.empty()) return Errc::ok;
  ctl_info info{};
  if (address.name.too_long() || address.name.size() >= sizeof(info.ctl_name)) return Errc::einval;
  std::memcpy(info.ctl_name, address.name.view().data(), address.name.view().size());
  if (::ioctl(fd, CTLIOCGINFO, &info) < 0) return Errc::enoent;
  control.sc_id = info.ctl_id;
  control.sc_unit = 0;
  return Errc::ok;
}

Address decode_system(const NativeAddress& native) {
  const auto control = view<sockaddr_ctl>(native, sizeof(sockaddr_ctl));
  if (!control || control->ss_sysaddr != AF_SYS_CONTROL) return opaque(native);
  return SystemControlAddress{.name = {}, .id = control->sc_id, .unit = control->sc_unit};
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const SystemControlAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
