// What the sockets of AF_CAN have in common: interfaces, and messages that wait.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_SOCKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_SOCKET_H_

#include <string>
#include <string_view>

#include "backends/memory/can_bus.h"
#include "backends/memory/can_inbox.h"
#include "backends/memory/interfaces.h"
#include "backends/memory/kernel_socket.h"
#include "backends/memory/machine.h"

namespace everysock::memory {

class CanSocket : public KernelSocket {
 public:
  CanSocket(Machine& machine, SocketClass socket_class, SocketKind kind, Protocol protocol)
      : KernelSocket(machine, socket_class, af_can, kind, protocol) {}

  // What none but one of them has.
  Result<void> bind(const Address& address) override;
  Result<void> connect(const Address& address) override;
  Result<void> shutdown(ShutdownHow how) override;
  Result<Address> local_address() const override;
  Result<Address> peer_address() const override;

  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;
  Readiness readiness() const override { return {.in = !inbox_.empty(), .out = true, .error = error_ != Errc::ok}; }

  CanBuses& buses() const noexcept { return machine().can_buses(); }
  // Puts a message into the inbox, unless that is full.
  void deliver(std::string bytes, std::uint32_t interface, MessageFlags flags = {});
  // The next call fails with it.
  void report(Errc error);

 protected:
  // 0 for "". ENODEV: none of that name.
  static Result<std::uint32_t> index_of(Operation operation, const InterfaceText& name);
  static InterfaceText name_of(std::uint32_t interface) { return interface_name(interface); }
  // The interface of a CanAddress. EINVAL: another form.
  static Result<std::uint32_t> index_in(Operation operation, const Address& address);

  // Whose address a message on `interface` is from.
  virtual Address sender_on(std::uint32_t interface) const { return CanAddress{name_of(interface)}; }
  // Whether a receiver hears of it when a message has been cut, and is told the whole length if it asks.
  virtual bool tells_truncation() const { return true; }
  virtual bool tells_length() const { return false; }
  virtual void forget() = 0;

  CanInbox inbox_;

 private:
  void release() final;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_SOCKET_H_
