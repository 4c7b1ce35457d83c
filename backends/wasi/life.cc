// How sockets and their handles come and go.
#include <cstdlib>
#include <utility>

#include "backends/wasi/backend.h"
#include "backends/wasi/local_socket.h"
#include "backends/wasi/tcp_socket.h"
#include "backends/wasi/udp_socket.h"
#include "backends/wasi/waiting.h"
#include "backends/wasi/wasi_backend.h"

namespace everysock::wasi {
namespace {

// The default backend is never destroyed, and a program may end while its last data is on its way.
WasiBackend* to_settle = nullptr;
constexpr std::int64_t kSettleTime = 2'000'000'000;

Result<std::shared_ptr<Socket>> make_socket(AddressFamily family, SocketKind kind, Protocol protocol) {
  constexpr Operation kOperation = Operation::socket;
  if (family != af_inet && family != af_inet6) return fail(kOperation, Errc::eafnosupport);
  if (kind == sock_stream) {
    if (protocol != Protocol() && protocol != ipproto_tcp) return fail(kOperation, Errc::eprotonosupport);
    return TcpSocket::open(family, kind, ipproto_tcp);
  }
  if (kind == sock_dgram) {
    if (protocol != Protocol() && protocol != ipproto_udp) return fail(kOperation, Errc::eprotonosupport);
    return UdpSocket::open(family, kind, ipproto_udp);
  }
  return fail(kOperation, Errc::esocktnosupport);
}

}  // namespace

WasiBackend::WasiBackend(std::unique_ptr<Backend> local)
    : local_(std::move(local)), resolver_(local_->resolver()), passing_(*local_, sockets_) {
  if (to_settle == nullptr) {
    to_settle = this;
    std::atexit(settle_at_exit);
  }
}

WasiBackend::~WasiBackend() {
  sockets_.remove_all();
  passing_.drop_all();
  if (to_settle != this) return;
  settle_at_exit();
  to_settle = nullptr;
}

std::int64_t WasiBackend::now() { return monotonic_now(); }

Result<Handle> WasiBackend::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  auto socket = make_socket(family, kind.without_flags(), protocol);
  if (!socket) return Unexpected(socket.error());
  (*socket)->blocking = !kind.has(sock_nonblock);
  return sockets_.add(*std::move(socket));
}

Result<std::pair<Handle, Handle>> WasiBackend::open_pair(AddressFamily family, SocketKind kind, Protocol protocol) {
  constexpr Operation kOperation = Operation::socketpair;
  if (family == af_inet || family == af_inet6) return fail(kOperation, Errc::eopnotsupp);
  if (family != af_unix) return fail(kOperation, Errc::eafnosupport);
  const SocketKind plain = kind.without_flags();
  const auto pair = local_->open_pair(family, plain, protocol);
  if (!pair) return Unexpected(pair.error());
  const auto take = [&](Handle handle) {
    (void)local_->set_blocking(handle, false);  // waiting is done here
    auto socket = std::make_shared<LocalSocket>(*local_, passing_, handle, family, plain, protocol);
    socket->blocking = !kind.has(sock_nonblock);
    return sockets_.add(std::move(socket));
  };
  const Handle first = take(pair->first);
  return std::pair(first, take(pair->second));
}

Result<Handle> WasiBackend::adopt(std::int64_t native) {
  const Handle handle{native};
  if (!find(handle)) return fail(Operation::socket, Errc::ebadf);
  return handle;
}

Result<Handle> WasiBackend::duplicate(Handle handle) {
  auto socket = find(handle);
  if (!socket) return fail(Operation::dup, Errc::ebadf);
  return sockets_.add(std::move(socket));
}

Result<void> WasiBackend::close(Handle handle) {
  if (!sockets_.remove(handle)) return fail(Operation::close, Errc::ebadf);
  return {};
}

void WasiBackend::settle_at_exit() {
  if (to_settle == nullptr) return;
  const Deadline end = Deadline::after(monotonic_now(), kSettleTime);
  while (!to_settle->sockets_.settle() && end.left(monotonic_now()) != 0) {
    (void)wait_for({}, Deadline::after(monotonic_now(), 5'000'000));
  }
}

Result<bool> WasiBackend::inheritable(Handle handle) {
  const bool* inheritable = sockets_.inheritable(handle);
  if (inheritable == nullptr) return fail(Operation::get_inheritable, Errc::ebadf);
  return *inheritable;
}

Result<void> WasiBackend::set_inheritable(Handle handle, bool value) {
  bool* inheritable = sockets_.inheritable(handle);
  if (inheritable == nullptr) return fail(Operation::set_inheritable, Errc::ebadf);
  *inheritable = value;
  return {};
}

Result<void> WasiBackend::set_blocking(Handle handle, bool blocking) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::setblocking, Errc::ebadf);
  socket->blocking = blocking;
  return {};
}

Result<bool> WasiBackend::blocking(Handle handle) {
  const auto socket = find(handle);
  if (!socket) return fail(Operation::setblocking, Errc::ebadf);
  return socket->blocking;
}

}  // namespace everysock::wasi

namespace everysock {

std::unique_ptr<Backend> new_wasi_backend(std::unique_ptr<Backend> local) {
  return std::make_unique<wasi::WasiBackend>(std::move(local));
}

}  // namespace everysock
