#include "backends/memory/unix_socket.h"

#include <array>

namespace everysock::memory {

UnixSocket::UnixSocket(Machine& machine, SocketClass socket_class, SocketKind kind)
    : KernelSocket(machine, socket_class, af_unix, kind, Protocol()) {}

UnixSocket::~UnixSocket() { abandon_name(); }

Result<std::string> UnixSocket::name_in(Operation operation, const Address& address) const {
  const auto* unix_address = std::get_if<UnixAddress>(&address);
  if (unix_address == nullptr || unix_address->path.too_long()) return fail(operation, Errc::einval);
  std::string name = unix_address->path.str();
  // A path ends at its first NUL; an abstract name does not.
  if (!name.empty() && name.front() != '\0') name.resize(std::min(name.size(), name.find('\0')));
  return name;
}

Result<void> UnixSocket::bind(const Address& address) {
  constexpr Operation kOperation = Operation::bind;
  const auto name = name_in(kOperation, address);
  if (!name) return Unexpected(name.error());
  if (name->empty()) return autobind(kOperation);
  UnixNames& names = machine().unix_names();
  // A path is made before anybody looks whether the socket may have it.
  if (const Errc obstacle = names.obstacle(*name); obstacle != Errc::ok) return fail(kOperation, obstacle);
  if (!name_.empty()) return fail(kOperation, Errc::einval);
  if (!names.add(*name, *this)) return fail(kOperation, Errc::eaddrinuse);
  name_ = *name;
  owns_name_ = true;
  return {};
}

Result<void> UnixSocket::autobind(Operation operation) {
  if (!name_.empty()) return {};
  const auto name = machine().unix_names().free_abstract_name();
  if (!name) return fail(operation, Errc::enospc);
  machine().unix_names().add(*name, *this);
  name_ = *name;
  owns_name_ = true;
  return {};
}

Result<void> UnixSocket::autobind_for_credentials(Operation operation) {
  return options_.pass_credentials ? autobind(operation) : Result<void>();
}

void UnixSocket::abandon_name() {
  if (owns_name_) machine().unix_names().abandon(name_, *this);
  owns_name_ = false;
}

Result<UnixSocket*> UnixSocket::find(Operation operation, std::string_view name) const {
  const auto found = machine().unix_names().find(operation, name);
  if (found && (*found)->kind() != kind()) return fail(operation, Errc::eprototype);
  return found;
}

Result<std::size_t> UnixSocket::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (level == sol_socket && option == so_peercred) {
    const Credentials peer = peer_credentials();
    const std::array<std::uint32_t, 3> parts = {static_cast<std::uint32_t>(peer.pid), peer.uid, peer.gid};
    return write_bytes(value, std::as_bytes(std::span(parts)));
  }
  return KernelSocket::get_option(level, option, value);
}

}  // namespace everysock::memory
