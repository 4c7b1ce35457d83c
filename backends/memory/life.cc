// How sockets and their handles come and go.
#include <memory>
#include <utility>

#include "backends/memory/backend.h"
#include "backends/memory/blocking.h"
#include "backends/memory/can_bcm.h"
#include "backends/memory/can_isotp.h"
#include "backends/memory/can_raw.h"
#include "backends/memory/tcp_socket.h"
#include "backends/memory/udp_socket.h"
#include "backends/memory/unix_dgram.h"
#include "backends/memory/unix_seqpacket.h"
#include "backends/memory/unix_stream.h"

namespace everysock::memory {
namespace {

using Made = Result<std::shared_ptr<KernelSocket>>;

Made make_inet(Operation operation, Machine& machine, bool inet6, SocketKind kind, Protocol protocol) {
  // Protocol 0 is the kind's own; another kind's is refused.
  if (kind == sock_stream) {
    if (protocol != Protocol() && protocol != ipproto_tcp) return fail(operation, Errc::eprotonosupport);
    return std::make_shared<TcpSocket>(machine, inet6 ? SocketClass::tcp6 : SocketClass::tcp4, ipproto_tcp);
  }
  if (kind == sock_dgram) {
    // For a "ping" socket the system has a list of groups that may, which is empty.
    if (protocol == (inet6 ? ipproto_icmpv6 : ipproto_icmp)) return fail(operation, Errc::eacces);
    if (protocol != Protocol() && protocol != ipproto_udp) return fail(operation, Errc::eprotonosupport);
    return std::make_shared<UdpSocket>(machine, inet6 ? SocketClass::udp6 : SocketClass::udp4, ipproto_udp);
  }
  // There are no raw sockets here, and so nobody may make one.
  if (kind == sock_raw) return fail(operation, protocol == Protocol() ? Errc::eprotonosupport : Errc::eperm);
  return fail(operation, Errc::esocktnosupport);
}

Made make_unix(Operation operation, Machine& machine, SocketKind kind, Protocol protocol) {
  // PF_UNIX (1) is accepted as the protocol as well.
  if (protocol.value() > 1) return fail(operation, Errc::eprotonosupport);
  if (kind == sock_stream) return std::make_shared<UnixStream>(machine);
  if (kind == sock_dgram || kind == sock_raw) return std::make_shared<UnixDgram>(machine);
  if (kind == sock_seqpacket) return std::make_shared<UnixSeqpacket>(machine);
  return fail(operation, Errc::esocktnosupport);
}

Made make_can(Operation operation, Machine& machine, SocketKind kind, Protocol protocol) {
  constexpr std::uint32_t kProtocols = 8;  // CAN_NPROTO
  if (protocol.value() >= kProtocols) return fail(operation, Errc::einval);
  const bool known = protocol == can_raw || protocol == can_bcm || protocol == can_isotp;
  if (!known) return fail(operation, Errc::eprotonosupport);
  if (kind != (protocol == can_raw ? sock_raw : sock_dgram)) return fail(operation, Errc::eprototype);
  if (protocol == can_raw) return std::make_shared<CanRaw>(machine);
  if (protocol == can_bcm) return std::make_shared<CanBcm>(machine);
  return std::make_shared<CanIsotp>(machine);
}

Made make_socket(Operation operation, Machine& machine, AddressFamily family, SocketKind kind, Protocol protocol) {
  // Numbers of the system are Linux's here, which are the library's own.
  family = AddressFamily(family.value());
  kind = SocketKind(kind.value());
  protocol = Protocol(protocol.value());
  const SocketKind plain = kind.without_flags();
  const bool known_family =
      family == af_unspec || family == af_inet || family == af_inet6 || family == af_unix || family == af_can;
  const bool known_kind = plain >= sock_stream && plain <= sock_seqpacket;
  if (known_family && !known_kind) return fail(operation, Errc::esocktnosupport);
  Made made = family == af_inet    ? make_inet(operation, machine, false, plain, protocol)
              : family == af_inet6 ? make_inet(operation, machine, true, plain, protocol)
              : family == af_unix  ? make_unix(operation, machine, plain, protocol)
              : family == af_can   ? make_can(operation, machine, plain, protocol)
                                   : Made(fail(operation, Errc::eafnosupport));
  if (made) (*made)->nonblocking = kind.has(sock_nonblock);
  return made;
}

}  // namespace

MemoryBackend::~MemoryBackend() {
  const Session session(*network_);
  machine_.end_process();
}

std::int64_t MemoryBackend::now() {
  const Session session(*network_);
  return network_->now();
}

Result<Handle> MemoryBackend::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  const Session session(*network_);
  auto made = make_socket(Operation::socket, machine_, family, kind, protocol);
  if (!made) return Unexpected(made.error());
  return machine_.handles().add(std::move(*made), Operation::socket);
}

Result<std::pair<Handle, Handle>> MemoryBackend::open_pair(AddressFamily family, SocketKind kind, Protocol protocol) {
  constexpr Operation kOperation = Operation::socketpair;
  const Session session(*network_);
  const auto one = make_socket(kOperation, machine_, family, kind, protocol);
  if (!one) return Unexpected(one.error());
  if (family != af_unix) return fail(kOperation, Errc::eopnotsupp);
  const auto other = make_socket(kOperation, machine_, family, kind, protocol);
  if ((*one)->kind() == sock_dgram) {
    UnixDgram::join(static_cast<UnixDgram&>(**one), static_cast<UnixDgram&>(**other));
  } else {
    UnixConnection::join(static_cast<UnixConnection&>(**one), static_cast<UnixConnection&>(**other));
  }
  const auto first = machine_.handles().add(*one, kOperation);
  const auto second = first ? machine_.handles().add(*other, kOperation) : first;
  if (second) return std::pair(*first, *second);
  if (first) machine_.handles().remove(*first);
  (*other)->add_handle();
  (*other)->drop_handle();
  return Unexpected(second.error());
}

Result<Handle> MemoryBackend::adopt(std::int64_t native) {
  const Session session(*network_);
  const auto handle = static_cast<Handle>(native);
  if (find(handle) == nullptr) return fail(Operation::socket, Errc::ebadf);
  return handle;
}

Result<Handle> MemoryBackend::duplicate(Handle handle) {
  const Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::dup, Errc::ebadf);
  return machine_.handles().add(socket->shared_from_this(), Operation::dup);
}

Result<void> MemoryBackend::close(Handle handle) {
  Session session(*network_);
  KernelSocket* found = find(handle);
  if (found == nullptr) return fail(Operation::close, Errc::ebadf);
  const std::shared_ptr<KernelSocket> socket = found->shared_from_this();
  machine_.handles().remove(handle);
  if (!socket->released() || !socket->lingering()) return {};
  const Deadline deadline = Deadline::after(network_->now(), socket->options().linger_seconds * 1'000'000'000ll);
  ThreadWatcher watcher(*network_, session.thread(), Interest::read_write);
  socket->watchers().add(watcher);
  while (socket->lingering() && network_->sleep(session, deadline) == Network::Awakening::woken) {
  }
  return {};
}

Result<bool> MemoryBackend::inheritable(Handle handle) {
  const Session session(*network_);
  const bool* inheritable = machine_.handles().inheritable(handle);
  if (inheritable == nullptr) return fail(Operation::get_inheritable, Errc::ebadf);
  return *inheritable;
}

Result<void> MemoryBackend::set_inheritable(Handle handle, bool value) {
  const Session session(*network_);
  bool* inheritable = machine_.handles().inheritable(handle);
  if (inheritable == nullptr) return fail(Operation::set_inheritable, Errc::ebadf);
  *inheritable = value;
  return {};
}

Result<void> MemoryBackend::set_blocking(Handle handle, bool blocking) {
  const Session session(*network_);
  KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::setblocking, Errc::ebadf);
  socket->nonblocking = !blocking;
  return {};
}

Result<bool> MemoryBackend::blocking(Handle handle) {
  const Session session(*network_);
  const KernelSocket* socket = find(handle);
  if (socket == nullptr) return fail(Operation::setblocking, Errc::ebadf);
  return !socket->nonblocking;
}

}  // namespace everysock::memory
