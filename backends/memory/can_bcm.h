// A CAN_BCM socket, the broadcast manager: Linux, net/can/bcm.c.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_H_

#include <memory>
#include <vector>

#include "backends/memory/can_bcm_reception.h"
#include "backends/memory/can_bcm_transmission.h"
#include "backends/memory/can_socket.h"

namespace everysock::memory {

class CanBcm final : public CanSocket, public CanListener {
 public:
  explicit CanBcm(Machine& machine) : CanSocket(machine, SocketClass::can_bcm, sock_dgram, can_bcm) {}

  Result<void> connect(const Address& address) override;
  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value) override;
  Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value) override;

  void hear(const CanPacket& packet, std::uint32_t interface, const CanSocket& sender) override;

 private:
  bool tells_truncation() const override { return false; }
  void forget() override;
  // One message: what it is about, and the frames in it.
  Errc act(const CanBcmHead& head, std::uint32_t interface, std::vector<CanPacket> frames);
  Errc set_up_transmission(const CanBcmHead& head, std::uint32_t interface, std::vector<CanPacket> frames);
  Errc set_up_reception(CanBcmHead head, std::uint32_t interface, std::vector<CanPacket> frames);

  bool connected_ = false;
  std::uint32_t interface_ = 0;  // 0: all
  std::vector<std::unique_ptr<CanBcmTransmission>> transmissions_;
  std::vector<std::unique_ptr<CanBcmReception>> receptions_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_BCM_H_
