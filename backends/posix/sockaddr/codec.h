// Between addresses and struct sockaddr.
#ifndef EVERYSOCK_BACKENDS_POSIX_SOCKADDR_CODEC_H_
#define EVERYSOCK_BACKENDS_POSIX_SOCKADDR_CODEC_H_

#include <sys/socket.h>

#include "everysock/address.h"
#include "everysock/error.h"

namespace everysock::posix {

struct NativeAddress {
  NativeAddress() noexcept {}  // leaves the storage as it is: it is larger than what becomes of it

  sockaddr_storage storage;
  socklen_t size = sizeof(storage);

  sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

// `fd` is the socket that the address is for or from: it knows the interfaces by name, and which protocol's form the
// addresses of AF_CAN and AF_BLUETOOTH have. Families without either need none (-1).

// `address` has passed core's checks and is numeric. EAFNOSUPPORT for a form this system lacks, ENODEV for an interface
// it lacks, EINVAL for a value that the form here cannot hold.
Result<NativeAddress> to_native(Operation operation, const Address& address, int fd) noexcept;

// What the system filled in; a size of 0 is no address. Never fails: what cannot be decoded is opaque.
Address from_native(const NativeAddress& native, int fd);
// The same where the protocol is known.
Address from_native(const NativeAddress& native, int fd, Protocol protocol);

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_SOCKADDR_CODEC_H_
