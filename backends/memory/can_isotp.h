// A CAN_ISOTP socket, ISO 15765-2: Linux, net/can/isotp.c.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_H_

#include "backends/memory/can_isotp_channel.h"
#include "backends/memory/can_isotp_receiver.h"
#include "backends/memory/can_isotp_sender.h"
#include "backends/memory/can_socket.h"

namespace everysock::memory {

class CanIsotp final : public CanSocket, public CanListener {
 public:
  explicit CanIsotp(Machine& machine);

  Result<void> bind(const Address& address) override;
  Result<Address> local_address() const override;
  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;
  Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value) override;
  Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value) override;
  Readiness readiness() const override;

  void hear(const CanPacket& packet, std::uint32_t interface, const CanSocket& sender) override;

 private:
  Address sender_on(std::uint32_t interface) const override { return CanIsotpAddress{name_of(interface)}; }
  bool tells_length() const override { return true; }
  void forget() override;
  void message_sent();
  Errc set_options(std::span<const std::byte> value);
  Errc set_link_layer(std::span<const std::byte> value);

  bool bound_ = false;
  CanIsotpChannel channel_;
  CanIsotpSender sender_;
  CanIsotpReceiver receiver_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_ISOTP_H_
