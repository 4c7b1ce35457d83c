#include "backends/memory/kernel_socket.h"

#include <array>

#include "backends/memory/machine.h"

namespace everysock::memory {

KernelSocket::KernelSocket(Machine& machine, SocketClass socket_class, AddressFamily family, SocketKind kind,
                           Protocol protocol)
    : options_(default_options(socket_class)),
      machine_(machine),
      class_(socket_class),
      family_(family),
      kind_(kind),
      protocol_(protocol) {}

KernelSocket::~KernelSocket() = default;

Network& KernelSocket::network() const noexcept { return machine_.network(); }

void KernelSocket::drop_handle() {
  if (--handles_ > 0) return;
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  released_ = true;
  release();
  notify();
}

Result<void> KernelSocket::listen(int) { return fail(Operation::listen, Errc::eopnotsupp); }

Result<std::shared_ptr<KernelSocket>> KernelSocket::accept(Address*) {
  return fail(Operation::accept, Errc::eopnotsupp);
}

std::shared_ptr<KernelSocket> KernelSocket::waited_for() {
  std::shared_ptr<KernelSocket> other = waited_for_.lock();
  waited_for_.reset();
  return other ? other : shared_from_this();
}

OptionContext KernelSocket::option_context() const {
  return {.socket_class = class_, .family = family_, .kind = kind_, .protocol = protocol_};
}

Result<void> KernelSocket::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  auto done = set_stored_option(options_, option_context(), level, option, value);
  if (done) notify();  // a buffer or a low-water mark may have changed what is ready
  return done;
}

Result<std::size_t> KernelSocket::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (level == sol_socket && option == so_error) return write_int(value, static_cast<std::int32_t>(take_error()));
  if (level == sol_socket && option == so_peercred) {
    const Credentials peer = peer_credentials();
    const std::array<std::uint32_t, 3> parts = {static_cast<std::uint32_t>(peer.pid), peer.uid, peer.gid};
    return write_bytes(value, std::as_bytes(std::span(parts)));
  }
  if (level == sol_socket && option == so_cookie) {
    if (value.size() < sizeof(cookie_)) return fail(Operation::getsockopt, Errc::einval);
    if (cookie_ == 0) cookie_ = network().new_cookie();
    return write_bytes(value, std::as_bytes(std::span(&cookie_, 1)));
  }
  return get_stored_option(options_, option_context(), level, option, value);
}

Result<Shutdown> directions_of(ShutdownHow how) {
  if (how == shut_rd) return Shutdown{.receive = true};
  if (how == shut_wr) return Shutdown{.send = true};
  if (how == shut_rdwr) return Shutdown{.receive = true, .send = true};
  return fail(Operation::shutdown, Errc::einval);
}

}  // namespace everysock::memory
