// socketpair(), which Windows does not have: a connection over the loopback interface, as the documentation's own.
#include <utility>

#include "backends/winsock/backend.h"
#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

constexpr Operation kOperation = Operation::socketpair;

// Closes its socket unless release()d.
class Owned {
 public:
  Owned(WinsockBackend& backend, Handle handle) noexcept : backend_(backend), handle_(handle) {}
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (handle_ != Handle::invalid) (void)backend_.close(handle_);
  }
  Handle get() const noexcept { return handle_; }
  Handle release() noexcept { return std::exchange(handle_, Handle::invalid); }

 private:
  WinsockBackend& backend_;
  Handle handle_;
};

Address loopback(AddressFamily family) {
  if (family == af_inet6) return Inet6Address{"::1", 0};
  return InetAddress{"127.0.0.1", 0};
}

}  // namespace

Result<std::pair<Handle, Handle>> WinsockBackend::open_pair(AddressFamily family, SocketKind kind, Protocol protocol) {
  if (!platform::native_family(family)) return fail(kOperation, Errc::eafnosupport);
  if (!platform::native_kind(kind)) return fail(kOperation, Errc::esocktnosupport);
  const bool inet = family == af_inet || family == af_inet6;
  if (!inet || kind.without_flags() != sock_stream || protocol != Protocol()) {
    return fail(kOperation, UsageErrc::socketpair_emulated);
  }
  const auto failed = [](const Error& error) { return Unexpected(error.in(kOperation)); };

  const auto listening = open(family, sock_stream, protocol);
  if (!listening) return failed(listening.error());
  const Owned listener(*this, *listening);
  if (const auto done = bind(listener.get(), loopback(family)); !done) return failed(done.error());
  if (const auto done = listen(listener.get(), 1); !done) return failed(done.error());
  const auto address = local_address(listener.get());
  if (!address) return failed(address.error());

  const auto connecting = open(family, sock_stream, protocol);
  if (!connecting) return failed(connecting.error());
  Owned client(*this, *connecting);
  if (const auto done = connect(client.get(), *address); !done) return failed(done.error());
  const auto name = local_address(client.get());
  if (!name) return failed(name.error());
  for (;;) {
    Address peer;
    const auto accepted = accept(listener.get(), &peer);
    if (!accepted) return failed(accepted.error());
    Owned server(*this, *accepted);
    // Anybody on this machine could have connected first.
    if (peer != *name) continue;
    if (kind.has(sock_nonblock)) {
      for (const Handle end : {client.get(), server.get()}) {
        if (const auto done = set_blocking(end, false); !done) return failed(done.error());
      }
    }
    return std::pair(client.release(), server.release());
  }
}

}  // namespace everysock::winsock
