// What the three kinds of AF_UNIX sockets have in common: names and credentials.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_SOCKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_SOCKET_H_

#include <optional>
#include <string>
#include <string_view>

#include "backends/memory/kernel_socket.h"
#include "backends/memory/machine.h"

namespace everysock::memory {

class UnixSocket : public KernelSocket {
 public:
  UnixSocket(Machine& machine, SocketClass socket_class, SocketKind kind);
  ~UnixSocket() override;

  const std::string& name() const noexcept { return name_; }
  Address address() const { return UnixAddress{name_}; }
  // As the sender of a message: no address where there is no name.
  Address sender_address() const { return name_.empty() ? Address() : address(); }

  // Messages (not streams) count against their sender's buffer until they have been received.
  std::size_t charged() const noexcept { return charged_; }
  void message_sent(std::size_t charge) noexcept { charged_ += charge; }
  void message_gone(std::size_t charge) {
    charged_ -= charge;
    notify(Interest::write);
  }

  // Drops what waits here unread: the only thing that may keep a socket alive without a handle in any table.
  virtual void discard_messages() = 0;

  Result<void> bind(const Address& address) override;
  Result<Address> local_address() const override { return address(); }

 protected:
  // The name in `address`. EINVAL for an address of another family or an empty name.
  Result<std::string> name_in(Operation operation, const Address& address) const;
  // The socket of this kind that has the name: as UnixNames::find().
  Result<UnixSocket*> find(Operation operation, std::string_view name) const;
  // Gives the socket an abstract name if it has none and so_passcred is on, so that receivers see where things come
  // from.
  Result<void> autobind_for_credentials(Operation operation);
  void abandon_name();
  // An accepted socket shows its listener's name without owning it.
  void show_name(const std::string& name) { name_ = name; }

 private:
  Result<void> autobind(Operation operation);

  std::string name_;  // empty: unnamed
  bool owns_name_ = false;
  std::size_t charged_ = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_SOCKET_H_
