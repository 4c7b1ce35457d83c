// Between addresses and struct sockaddr.
#ifndef EVERYSOCK_BACKENDS_POSIX_SOCKADDR_CODEC_H_
#define EVERYSOCK_BACKENDS_POSIX_SOCKADDR_CODEC_H_

#include <sys/socket.h>

#include "everysock/address.h"
#include "everysock/error.h"

namespace everysock::posix {

struct NativeAddress {
  sockaddr_storage storage;
  socklen_t size = sizeof(storage);

  sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

// `address` is numeric (core has resolved it). EAFNOSUPPORT for a form this system lacks, EINVAL for one that is not
// numeric after all.
Result<NativeAddress> to_native(Operation operation, const Address& address) noexcept;

// What the system filled in; a size of 0 is no address. Never fails: what cannot be decoded is opaque.
Address from_native(const NativeAddress& native);

}  // namespace everysock::posix

#endif  // EVERYSOCK_BACKENDS_POSIX_SOCKADDR_CODEC_H_
