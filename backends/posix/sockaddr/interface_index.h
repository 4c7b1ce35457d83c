// Interfaces between their names and their numbers, as a socket sees them.
#ifndef EVERYSOCK_BACKENDS_POSIX_SOCKADDR_INTERFACE_INDEX_H_
#define EVERYSOCK_BACKENDS_POSIX_SOCKADDR_INTERFACE_INDEX_H_

#include <optional>

#include "everysock/addresses/interface_text.h"

namespace everysock::posix {

// 0 for ""; nothing for a name that the system of the socket `fd` does not have.
std::optional<int> interface_index(int fd, const InterfaceText& name) noexcept;

// "" for 0, and for an interface that is gone.
InterfaceText interface_name(int fd, int index) noexcept;

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_SOCKADDR_INTERFACE_INDEX_H_
