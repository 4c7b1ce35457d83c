// Names and connections.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "backends/posix/backend.h"
#include "backends/posix/sockaddr/codec.h"
#include "platform/posix/constant_tables.h"
#include "platform/posix/errno.h"

namespace everysock::posix {
namespace {

using platform::last_error;

int accept_without_inheritance(int fd, sockaddr* peer, socklen_t* size) noexcept {
#ifdef SOCK_CLOEXEC
  return ::accept4(fd, peer, size, SOCK_CLOEXEC);
#else
  const int accepted = ::accept(fd, peer, size);
  if (accepted < 0) return accepted;
  // BSD hands the listener's O_NONBLOCK on; here accepted sockets are always blocking.
  if (::fcntl(accepted, F_SETFD, FD_CLOEXEC) < 0 || ::fcntl(accepted, F_SETFL, 0) < 0) {
    ::close(accepted);
    return -1;
  }
  return accepted;
#endif
}

using NameCall = int (*)(int, sockaddr*, socklen_t*);

Result<Address> ask_name(Operation operation, Handle handle, NameCall call) {
  NativeAddress native;
  if (call(descriptor(handle), native.get(), &native.size) < 0) return Unexpected(last_error(operation));
  return from_native(native, descriptor(handle));
}

}  // namespace

Result<void> PosixBackend::bind(Handle handle, const Address& address) {
  const auto native = to_native(Operation::bind, address, descriptor(handle));
  if (!native) return Unexpected(native.error());
  if (::bind(descriptor(handle), native->get(), native->size) < 0) return Unexpected(last_error(Operation::bind));
  return {};
}

Result<void> PosixBackend::listen(Handle handle, int backlog) {
  if (::listen(descriptor(handle), backlog) < 0) return Unexpected(last_error(Operation::listen));
  return {};
}

Result<Handle> PosixBackend::accept(Handle handle, Address* peer) {
  NativeAddress native;
  // AF_ALG has no address to give, and fails where one is asked for.
  const int fd = peer == nullptr ? accept_without_inheritance(descriptor(handle), nullptr, nullptr)
                                 : accept_without_inheritance(descriptor(handle), native.get(), &native.size);
  if (fd < 0) return Unexpected(last_error(Operation::accept));
  if (peer != nullptr) *peer = from_native(native, fd);
  return to_handle(fd);
}

Result<void> PosixBackend::connect(Handle handle, const Address& address) {
  const auto native = to_native(Operation::connect, address, descriptor(handle));
  if (!native) return Unexpected(native.error());
  // A signal does not end an Internet connection's attempt, but it does end the waiting for room in the backlog of an
  // AF_UNIX listener: nothing goes on then, and the attempt is made again.
  const bool again_after_signal = std::holds_alternative<UnixAddress>(address);
  for (;;) {
    if (::connect(descriptor(handle), native->get(), native->size) == 0) return {};
    const Error error = last_error(Operation::connect);
    if (!(again_after_signal && error == Errc::eintr)) return Unexpected(error);
  }
}

Result<void> PosixBackend::shutdown(Handle handle, ShutdownHow how) {
  const auto native = platform::native_shutdown_how(how);
  if (!native) return fail(Operation::shutdown, Errc::einval);
  if (::shutdown(descriptor(handle), *native) < 0) return Unexpected(last_error(Operation::shutdown));
  return {};
}

Result<Address> PosixBackend::local_address(Handle handle) {
  return ask_name(Operation::getsockname, handle,
                  [](int fd, sockaddr* name, socklen_t* size) { return ::getsockname(fd, name, size); });
}

Result<Address> PosixBackend::peer_address(Handle handle) {
  return ask_name(Operation::getpeername, handle,
                  [](int fd, sockaddr* name, socklen_t* size) { return ::getpeername(fd, name, size); });
}

}  // namespace everysock::posix
