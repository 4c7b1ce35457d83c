// How descriptors come and go.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "backends/posix/backend.h"
#include "platform/posix/constant_tables.h"
#include "platform/posix/errno.h"

namespace everysock::posix {
namespace {

using platform::last_error;

struct Creation {
  int family;
  int kind;
  int protocol;
};

Result<Creation> creation(Operation operation, AddressFamily family, SocketKind kind, Protocol protocol) {
  const auto native_family = platform::native_family(family);
  if (!native_family) return fail(operation, Errc::eafnosupport);
  const auto native_kind = platform::native_kind(kind);
  if (!native_kind) return fail(operation, Errc::esocktnosupport);
  const auto native_protocol = platform::native_protocol(family, protocol);
  if (!native_protocol) return fail(operation, Errc::eprotonosupport);
  return Creation{*native_family, *native_kind, *native_protocol};
}

#ifdef SOCK_CLOEXEC

int creation_flags(SocketKind kind) noexcept { return SOCK_CLOEXEC | (kind.has(sock_nonblock) ? SOCK_NONBLOCK : 0); }
Result<void> finish_creation(int, SocketKind) { return {}; }

#else

int creation_flags(SocketKind) noexcept { return 0; }

// Where the flags do not exist the descriptor is open to a fork in another thread for a moment.
Result<void> finish_creation(int fd, SocketKind kind) {
  if (::fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) return Unexpected(last_error(Operation::socket));
  if (kind.has(sock_nonblock) && ::fcntl(fd, F_SETFL, O_NONBLOCK) < 0) {
    return Unexpected(last_error(Operation::socket));
  }
#ifdef SO_NOSIGPIPE
  const int on = 1;
  (void)::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on));
#endif
  return {};
}

#endif

}  // namespace

Result<Handle> PosixBackend::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  const auto native = creation(Operation::socket, family, kind, protocol);
  if (!native) return Unexpected(native.error());
  const int fd = ::socket(native->family, native->kind | creation_flags(kind), native->protocol);
  if (fd < 0) return Unexpected(last_error(Operation::socket));
  if (const auto done = finish_creation(fd, kind); !done) {
    ::close(fd);
    return Unexpected(done.error());
  }
  return to_handle(fd);
}

Result<std::pair<Handle, Handle>> PosixBackend::open_pair(AddressFamily family, SocketKind kind, Protocol protocol) {
  const auto native = creation(Operation::socketpair, family, kind, protocol);
  if (!native) return Unexpected(native.error());
  int fds[2];
  if (::socketpair(native->family, native->kind | creation_flags(kind), native->protocol, fds) < 0) {
    return Unexpected(last_error(Operation::socketpair));
  }
  for (const int fd : fds) {
    if (const auto done = finish_creation(fd, kind); !done) {
      ::close(fds[0]);
      ::close(fds[1]);
      return Unexpected(done.error().in(Operation::socketpair));
    }
  }
  return std::pair(to_handle(fds[0]), to_handle(fds[1]));
}

Result<Handle> PosixBackend::adopt(std::int64_t native) {
  const int fd = static_cast<int>(native);
  if (fd != native) return fail(Operation::socket, Errc::ebadf);
  int kind = 0;
  socklen_t size = sizeof(kind);
  if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &kind, &size) < 0) return Unexpected(last_error(Operation::socket));
  return to_handle(fd);
}

Result<Handle> PosixBackend::duplicate(Handle handle) {
  const int fd = ::fcntl(descriptor(handle), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return Unexpected(last_error(Operation::dup));
  return to_handle(fd);
}

Result<void> PosixBackend::close(Handle handle) {
  if (::close(descriptor(handle)) < 0) return Unexpected(last_error(Operation::close));
  return {};
}

Result<bool> PosixBackend::inheritable(Handle handle) {
  const int flags = ::fcntl(descriptor(handle), F_GETFD);
  if (flags < 0) return Unexpected(last_error(Operation::get_inheritable));
  return (flags & FD_CLOEXEC) == 0;
}

Result<void> PosixBackend::set_inheritable(Handle handle, bool inheritable) {
  if (::ioctl(descriptor(handle), inheritable ? FIONCLEX : FIOCLEX, nullptr) < 0) {
    return Unexpected(last_error(Operation::set_inheritable));
  }
  return {};
}

Result<void> PosixBackend::set_blocking(Handle handle, bool blocking) {
  int nonblocking = blocking ? 0 : 1;
  if (::ioctl(descriptor(handle), FIONBIO, &nonblocking) < 0) return Unexpected(last_error(Operation::setblocking));
  return {};
}

Result<bool> PosixBackend::blocking(Handle handle) {
  const int flags = ::fcntl(descriptor(handle), F_GETFL);
  if (flags < 0) return Unexpected(last_error(Operation::setblocking));
  return (flags & O_NONBLOCK) == 0;
}

}  // namespace everysock::posix
