// AF_UNIX: unix(7).
#include <sys/un.h>

#include <algorithm>

#include "backends/posix/sockaddr/families.h"

namespace everysock::posix {
namespace {

constexpr std::size_t kPathOffset = offsetof(sockaddr_un, sun_path);

}  // namespace

Errc encode(const UnixAddress& address, NativeAddress& native, int) noexcept {
  auto& local = emplace<sockaddr_un>(native, AF_UNIX);
  const std::string_view path = address.path.view();
  if (address.path.too_long() || path.size() > sizeof(local.sun_path)) return Errc::einval;
  std::memcpy(local.sun_path, path.data(), path.size());
  // Names are delimited by their length; paths carry the NUL as well, which unix(7) advises.
  const bool terminated = !address.is_unnamed() && !address.is_abstract() && path.size() < sizeof(local.sun_path);
  native.size = static_cast<socklen_t>(kPathOffset + path.size() + (terminated ? 1 : 0));
  return Errc::ok;
}

Address decode_unix(const NativeAddress& native) {
  if (native.size <= kPathOffset) return UnixAddress();
  const char* path = reinterpret_cast<const sockaddr_un*>(&native.storage)->sun_path;
  // A path of 108 bytes is reported with the NUL that did not fit.
  std::size_t size = std::min<std::size_t>(native.size - kPathOffset, sizeof(sockaddr_un::sun_path));
  // An abstract name is as long as it is; a path ends at its first NUL.
  if (path[0] != '\0') size = static_cast<std::size_t>(std::find(path, path + size, '\0') - path);
#ifndef __linux__
  if (path[0] == '\0') size = 0;
#endif
  return UnixAddress{std::string_view(path, size)};
}

}  // namespace everysock::posix
