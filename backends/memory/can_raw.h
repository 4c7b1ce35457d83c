// A CAN_RAW socket: Linux, net/can/raw.c.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_RAW_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_RAW_H_

#include <vector>

#include "backends/memory/can_filter.h"
#include "backends/memory/can_socket.h"

namespace everysock::memory {

class CanRaw final : public CanSocket, public CanListener {
 public:
  explicit CanRaw(Machine& machine) : CanSocket(machine, SocketClass::can_raw, sock_raw, can_raw) {}

  Result<void> bind(const Address& address) override;
  Result<Address> local_address() const override { return CanAddress{name_of(interface_)}; }
  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;
  Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value) override;
  Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value) override;

  void hear(const CanPacket& packet, std::uint32_t interface, const CanSocket& sender) override;

 private:
  void forget() override;
  bool takes(std::uint32_t frame_id) const;
  // Whether this socket may send it.
  bool may_send(const CanPacket& packet) const;
  Result<void> set_filters(std::span<const std::byte> value);
  Result<std::size_t> get_filters(std::span<std::byte> value) const;
  // The option's number; null for those that are none.
  std::int32_t* number_of(Option option);

  bool bound_ = false;
  std::uint32_t interface_ = 0;  // 0: all
  std::vector<CanFilter> filters_ = {CanFilter{}};
  std::int32_t error_mask_ = 0;
  std::int32_t loopback_ = 1;
  std::int32_t receive_own_ = 0;
  std::int32_t fd_frames_ = 0;
  std::int32_t xl_frames_ = 0;
  std::int32_t join_filters_ = 0;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_RAW_H_
