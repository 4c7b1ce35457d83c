#include "backends/posix/sockaddr/interface_index.h"

#include <net/if.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cstring>

namespace everysock::posix {
namespace {

constexpr std::size_t kNameRoom = IFNAMSIZ;
static_assert(InterfaceText::capacity() < kNameRoom);

}  // namespace

#ifdef __linux__

// The socket itself is asked, and not a new one as if_nametoindex() does: that costs one system call where the other
// takes three, and the socket may be of another network namespace than the calling thread.
std::optional<int> interface_index(int fd, const InterfaceText& name) noexcept {
  if (name.empty()) return 0;
  ifreq request{};
  std::memcpy(request.ifr_name, name.view().data(), name.view().size());
  if (name.too_long() || ::ioctl(fd, SIOCGIFINDEX, &request) < 0) return std::nullopt;
  return request.ifr_ifindex;
}

InterfaceText interface_name(int fd, int index) noexcept {
  ifreq request{};
  request.ifr_ifindex = index;
  if (index == 0 || ::ioctl(fd, SIOCGIFNAME, &request) < 0) return {};
  return std::string_view(request.ifr_name, ::strnlen(request.ifr_name, InterfaceText::capacity()));
}

#else

std::optional<int> interface_index(int, const InterfaceText& name) noexcept {
  if (name.empty()) return 0;
  char text[kNameRoom] = {};
  std::memcpy(text, name.view().data(), name.view().size());
  const unsigned index = name.too_long() ? 0 : ::if_nametoindex(text);
  return index == 0 ? std::nullopt : std::optional(static_cast<int>(index));
}

InterfaceText interface_name(int, int index) noexcept {
  char text[kNameRoom] = {};
  if (index == 0 || ::if_indextoname(static_cast<unsigned>(index), text) == nullptr) return {};
  return std::string_view(text);
}

#endif

}  // namespace everysock::posix
