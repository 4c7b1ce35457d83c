// Between addresses and Winsock's SOCKADDR.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_SOCKET_ADDRESS_H_
#define EVERYSOCK_BACKENDS_WINSOCK_SOCKET_ADDRESS_H_

#include "everysock/address.h"
#include "everysock/error.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

struct NativeAddress {
  // No address. The rest of the storage stays as it is: it is larger than what becomes of it.
  NativeAddress() noexcept { storage.ss_family = AF_UNSPEC; }

  sockaddr_storage storage;
  int size = sizeof(storage);

  sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

// `address` has passed core's checks and is numeric. EAFNOSUPPORT for a form that Windows lacks, EINVAL for a value
// that the form cannot hold. No address (std::monostate) is AF_UNSPEC's.
Result<NativeAddress> to_native(Operation operation, const Address& address) noexcept;

// What Winsock filled in; a size of 0 is no address. Never fails: what cannot be decoded is opaque.
Address from_native(const NativeAddress& native);

// The address of a socket of `family` (Winsock's number) that has not been bound, which Winsock does not give.
Address unbound_address(int family);

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_SOCKET_ADDRESS_H_
