#include "src/socket_factory.h"

#include <array>
#include <cstring>

#include "src/audit.h"
#include "src/named_error.h"
#include "src/renamed.h"
#include "src/timeout.h"

namespace everysock {
namespace {

Result<int> int_option(Backend& backend, Handle handle, Option option) {
  std::array<std::byte, sizeof(int)> bytes{};
  const auto size = backend.get_option(handle, sol_socket, option, bytes);
  if (!size) return Unexpected(size.error());
  int value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

// SO_TYPE and SO_PROTOCOL in one: what the caller did not say, the system is asked.
template <typename T>
Result<T> known_or_asked(std::optional<T> known, Backend& backend, Handle handle, Option option) {
  if (known) return *known;
  const auto value = int_option(backend, handle, option);
  if (!value) return Unexpected(value.error());
  return T(static_cast<std::uint32_t>(*value));
}

// The name tells the family where the system has no SO_DOMAIN (BSD, macOS). Not the other way round: the addresses of
// AF_RDS are AF_INET's, and AF_ALG has none.
Result<AddressFamily> detected_family(Backend& backend, Handle handle) {
  const auto domain = int_option(backend, handle, so_domain);
  if (domain) return AddressFamily(static_cast<std::uint32_t>(*domain));
  if (domain.error() != Errc::enoprotoopt) return Unexpected(domain.error());
  const auto local = backend.local_address(handle);
  if (!local) return Unexpected(local.error());
  return family_of(*local);
}

Result<Handle> duplicate(Operation operation, std::int64_t fd, Backend& backend) {
  if (fd < 0) return fail(operation, Errc::ebadf);
  const auto handle = backend.adopt(fd);
  if (!handle) return Unexpected(handle.error().in(operation));
  return internal::renamed(operation, backend.duplicate(*handle));
}

// Names what the backend does not have: the family, the kind or the protocol.
Error refusal(Error error, const Backend& backend, AddressFamily family, SocketKind type, Protocol proto) {
  if (error == Errc::esocktnosupport) return internal::naming(error, describe(type.without_flags()), backend);
  if (error == Errc::eprotonosupport) return internal::naming(error, describe(family, proto), backend);
  return internal::naming(error, describe(family), backend);
}

}  // namespace

Result<Socket> SocketFactory::wrap(Backend& backend, Handle handle, AddressFamily family, SocketKind type,
                                   Protocol proto, std::int64_t timeout) {
  Result<Socket> made;  // in its place: a Socket that moves costs more than one that is made
  made->backend_ = &backend;
  made->handle_ = handle;
  made->family_ = family;
  made->type_ = type.without_flags();
  made->proto_ = proto;
  made->timeout_.store(timeout, std::memory_order_relaxed);
  return made;
}

Result<Socket> SocketFactory::with_default_timeout(Operation operation, Backend& backend, Handle handle,
                                                   AddressFamily family, SocketKind type, Protocol proto) {
  const std::int64_t timeout = type.has(sock_nonblock) ? 0 : internal::default_timeout();
  if (timeout != internal::kBlocking && !type.has(sock_nonblock)) {
    if (const auto done = backend.set_blocking(handle, false); !done) {
      (void)backend.close(handle);  // the first error says more
      return Unexpected(done.error().in(operation));
    }
  }
  return wrap(backend, handle, family, type, proto, timeout);
}

Result<Socket> socket(AddressFamily family, SocketKind type, Protocol proto, Backend& backend) {
  const auto allowed = internal::audit<audit::SocketNew>(Operation::socket, family, type, proto);
  if (!allowed) return Unexpected(allowed.error());
  const auto handle = backend.open(family, type, proto);
  if (!handle) return Unexpected(refusal(handle.error().in(Operation::socket), backend, family, type, proto));
  return SocketFactory::with_default_timeout(Operation::socket, backend, *handle, family, type, proto);
}

Result<std::pair<Socket, Socket>> socketpair(AddressFamily family, SocketKind type, Protocol proto, Backend& backend) {
  for (int end = 0; end < 2; ++end) {
    const auto allowed = internal::audit<audit::SocketNew>(Operation::socketpair, family, type, proto);
    if (!allowed) return Unexpected(allowed.error());
  }
  const auto handles = backend.open_pair(family, type, proto);
  if (!handles) return Unexpected(refusal(handles.error().in(Operation::socketpair), backend, family, type, proto));
  auto first = SocketFactory::with_default_timeout(Operation::socketpair, backend, handles->first, family, type, proto);
  auto second =
      SocketFactory::with_default_timeout(Operation::socketpair, backend, handles->second, family, type, proto);
  if (!first) return Unexpected(first.error());
  if (!second) return Unexpected(second.error());
  return std::pair(std::move(*first), std::move(*second));
}

Result<Socket> socket_from_fileno(std::int64_t fileno, FromFileno known, Backend& backend) {
  constexpr Operation kOperation = Operation::socket;
  if (fileno < 0) {
    return fail(kOperation, UsageErrc::negative_descriptor,
                static_cast<std::int32_t>(std::max<std::int64_t>(fileno, INT32_MIN)));
  }
  const auto allowed = internal::audit<audit::SocketNew>(kOperation, known.family, known.type, known.proto);
  if (!allowed) return Unexpected(allowed.error());
  const auto handle = backend.adopt(fileno);
  if (!handle) return Unexpected(handle.error().in(kOperation));

  // Nothing here closes the descriptor on failure: until it is wrapped it is still the caller's.
  const auto family = known.family ? Result<AddressFamily>(*known.family) : detected_family(backend, *handle);
  if (!family) return Unexpected(family.error().in(kOperation));
  const auto type = known_or_asked(known.type, backend, *handle, so_type);
  if (!type) return Unexpected(type.error().in(kOperation));
  const auto proto = known_or_asked(known.proto, backend, *handle, so_protocol);
  if (!proto) return Unexpected(proto.error().in(kOperation));

  const std::int64_t timeout = type->has(sock_nonblock) ? 0 : internal::default_timeout();
  if (timeout != internal::kBlocking) {
    const auto done = backend.set_blocking(*handle, false);
    if (!done) return Unexpected(done.error().in(kOperation));
  }
  return SocketFactory::wrap(backend, *handle, *family, *type, *proto, timeout);
}

Result<Socket> fromfd(std::int64_t fd, AddressFamily family, SocketKind type, Protocol proto, Backend& backend) {
  constexpr Operation kOperation = Operation::fromfd;
  if (fd < 0) return fail(kOperation, Errc::ebadf);
  const auto allowed = internal::audit<audit::SocketNew>(kOperation, family, type, proto);
  if (!allowed) return Unexpected(allowed.error());
  const auto copy = duplicate(kOperation, fd, backend);
  if (!copy) return Unexpected(copy.error());
  return SocketFactory::with_default_timeout(kOperation, backend, *copy, family, type.without_flags(), proto);
}

Result<std::int64_t> dup(std::int64_t fd, Backend& backend) {
  const auto copy = duplicate(Operation::dup, fd, backend);
  if (!copy) return Unexpected(copy.error());
  return backend.native(*copy);
}

Result<void> close(std::int64_t fd, Backend& backend) {
  const auto handle = backend.adopt(fd);
  if (!handle) return Unexpected(handle.error().in(Operation::close));
  const auto closed = backend.close(*handle);
  if (!closed && closed.error() != Errc::econnreset) return Unexpected(closed.error().in(Operation::close));
  return {};
}

}  // namespace everysock
