#include "backends/memory/unix_socket.h"

#include <algorithm>

namespace everysock::memory {

UnixSocket::UnixSocket(Machine& machine, SocketClass socket_class, SocketKind kind)
    : KernelSocket(machine, socket_class, af_unix, kind, Protocol()) {
  machine.unix_sockets().insert(this);
}

UnixSocket::~UnixSocket() {
  abandon_name();
  machine().unix_sockets().erase(this);
}

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
  const auto name = machine().unix_names().free_abstract_name(kind());
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
  return machine().unix_names().find(operation, name, kind());
}

}  // namespace everysock::memory
