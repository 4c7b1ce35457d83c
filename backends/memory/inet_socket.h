// What TCP and UDP sockets have in common: addresses, ports and the conversion of both.
#ifndef EVERYSOCK_BACKENDS_MEMORY_INET_SOCKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_INET_SOCKET_H_

#include "backends/memory/ip.h"
#include "backends/memory/kernel_socket.h"
#include "backends/memory/machine.h"
#include "backends/memory/port_table.h"

namespace everysock::memory {

class InetSocket : public KernelSocket {
 public:
  InetSocket(Machine& machine, SocketClass socket_class, Protocol protocol);
  ~InetSocket() override;

  // The wildcard of its family while unbound; port 0 while it has none.
  const Endpoint& local() const noexcept { return local_; }
  // Port 0 while not connected (a connection to port 0 does not exist).
  const Endpoint& remote() const noexcept { return remote_; }
  bool connected_to(const Endpoint& remote) const noexcept {
    return remote_.port == remote.port && remote_.ip == remote.ip && remote_.port != 0;
  }
  virtual bool listening() const noexcept { return false; }

  Result<void> bind(const Address& address) override;
  Result<Address> local_address() const override { return to_address(shown_local_); }

 protected:
  PortTable& ports() const noexcept;
  // An endpoint in the form of this socket's family.
  Address to_address(const Endpoint& endpoint) const;
  // EAFNOSUPPORT, EINVAL. An IPv6 socket takes IPv4 peers as mapped addresses unless it is IPv6 only (ENETUNREACH).
  Result<Endpoint> to_endpoint(Operation operation, const Address& address) const;
  // Takes a port if there is none yet.
  Result<void> bind_automatically(Operation operation, Errc none_left);
  // Fixes the local address for a connection.
  void set_local_ip(const Ip& ip);
  // Gives back what was not chosen by bind().
  void unbind_automatic();
  void unbind_automatic_ip();
  void unbind();
  // As accepted from `listener`.
  void bind_like(const InetSocket& listener, const Endpoint& local);
  bool bound() const noexcept { return listed_; }
  // Whether it listens, is connected or connects: then it has its name for good.
  virtual bool engaged() const noexcept = 0;
  bool port_chosen() const noexcept { return port_chosen_; }
  Ip wildcard() const noexcept { return is_inet6(socket_class()) ? Ip::v6_any() : Ip::v4_any(); }
  OptionContext option_context() const override;

  Endpoint remote_;

 private:
  Result<void> check_bindable(const Endpoint& endpoint) const;
  void list(std::uint16_t port);

  Endpoint local_;
  Endpoint shown_local_;      // what getsockname says: stays when the port has been given back
  bool listed_ = false;       // in the port table
  bool port_chosen_ = false;  // by bind(), and kept until close
  bool ip_chosen_ = false;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_INET_SOCKET_H_
