// Options of CAN_ISOTP sockets, which are structures. They are set before bind() (EISCONN after it) and read at any
// time.
//
//   #include <everysock/can_isotp.h>
//
//   Socket s = socket(af_can, sock_dgram, can_isotp).value();
//   s.setsockopt(sol_can_isotp, can_isotp_opts, CanIsotpOptions{.flags = can_isotp_tx_padding}.pack()).value();
//   s.setsockopt(sol_can_isotp, can_isotp_recv_fc, CanIsotpFlowControl{.bs = 8, .stmin = 5}.pack()).value();
//   s.bind(CanIsotpAddress{"vcan0", 0x123, 0x321}).value();
//   auto options = CanIsotpOptions::unpack(s.getsockopt(sol_can_isotp, can_isotp_opts, 12).value()).value();
//
// unpack() gives EINVAL for bytes of another size. Linux >= 5.10.
// Source: linux/can/isotp.h; Documentation/networking/iso15765-2.rst; ISO 15765-2.
#ifndef EVERYSOCK_CAN_ISOTP_H_
#define EVERYSOCK_CAN_ISOTP_H_

#include <cstdint>
#include <cstring>
#include <string>

#include "everysock/buffer.h"
#include "everysock/constants/can.h"
#include "everysock/error.h"

namespace everysock {

// Options of sol_can_isotp.
inline constexpr Option can_isotp_opts{sol_can_isotp, 1};      // CanIsotpOptions
inline constexpr Option can_isotp_recv_fc{sol_can_isotp, 2};   // CanIsotpFlowControl
inline constexpr Option can_isotp_tx_stmin{sol_can_isotp, 3};  // nanoseconds, 32 bits: with can_isotp_force_txstmin
inline constexpr Option can_isotp_rx_stmin{sol_can_isotp, 4};  // nanoseconds, 32 bits: with can_isotp_force_rxstmin
inline constexpr Option can_isotp_ll_opts{sol_can_isotp, 5};   // CanIsotpLinkLayer

// CanIsotpOptions::flags.
inline constexpr std::uint32_t can_isotp_listen_mode = 0x0001;    // sends no flow control
inline constexpr std::uint32_t can_isotp_extend_addr = 0x0002;    // the first byte of the data is an address
inline constexpr std::uint32_t can_isotp_tx_padding = 0x0004;     // fills frames up with txpad_content
inline constexpr std::uint32_t can_isotp_rx_padding = 0x0008;     // frames come filled up
inline constexpr std::uint32_t can_isotp_chk_pad_len = 0x0010;    // EBADMSG where a frame is not filled up
inline constexpr std::uint32_t can_isotp_chk_pad_data = 0x0020;   // EBADMSG where it is with something else
inline constexpr std::uint32_t can_isotp_half_duplex = 0x0040;    // one direction at a time
inline constexpr std::uint32_t can_isotp_force_txstmin = 0x0080;  // sends at a gap of its own
inline constexpr std::uint32_t can_isotp_force_rxstmin = 0x0100;  // ignores what comes sooner
inline constexpr std::uint32_t can_isotp_rx_ext_addr = 0x0200;    // the peer has another address: rx_ext_address
inline constexpr std::uint32_t can_isotp_wait_tx_done = 0x0400;   // send() waits for the end, and tells its errors
inline constexpr std::uint32_t can_isotp_sf_broadcast = 0x0800;   // single frames to all; receives nothing
inline constexpr std::uint32_t can_isotp_cf_broadcast = 0x1000;   // sends without flow control; receives nothing

namespace internal {

// A structure without gaps as its bytes.
template <typename T>
std::string bytes_of(const T& value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof(value));
}
template <typename T>
Result<T> from_bytes(ConstBuffer bytes) {
  T value;
  if (bytes.size() != sizeof(value)) return fail(Operation::getsockopt, Errc::einval);
  std::memcpy(static_cast<void*>(&value), bytes.data(), sizeof(value));
  return value;
}

}  // namespace internal

// struct can_isotp_options.
struct CanIsotpOptions {
  std::uint32_t flags = 0;
  // How long a frame takes, in nanoseconds: the least gap between two. 0: as it was; 0xffffffff: none.
  std::uint32_t frame_txtime = 50000;
  std::uint8_t ext_address = 0;
  std::uint8_t txpad_content = 0xcc;
  std::uint8_t rxpad_content = 0xcc;
  std::uint8_t rx_ext_address = 0;

  std::string pack() const { return internal::bytes_of(*this); }
  static Result<CanIsotpOptions> unpack(ConstBuffer bytes) { return internal::from_bytes<CanIsotpOptions>(bytes); }
  friend bool operator==(const CanIsotpOptions&, const CanIsotpOptions&) = default;
};
static_assert(sizeof(CanIsotpOptions) == 12);

// struct can_isotp_fc_options: what this end asks of who sends to it.
struct CanIsotpFlowControl {
  std::uint8_t bs = 0;      // frames until the next flow control; 0: all
  std::uint8_t stmin = 0;   // the gap between frames: 0 to 0x7f milliseconds, 0xf1 to 0xf9 for 100 to 900 microseconds
  std::uint8_t wftmax = 0;  // frames that tell to wait

  std::string pack() const { return internal::bytes_of(*this); }
  static Result<CanIsotpFlowControl> unpack(ConstBuffer bytes) {
    return internal::from_bytes<CanIsotpFlowControl>(bytes);
  }
  friend bool operator==(const CanIsotpFlowControl&, const CanIsotpFlowControl&) = default;
};
static_assert(sizeof(CanIsotpFlowControl) == 3);

// struct can_isotp_ll_options: the frames that it uses.
struct CanIsotpLinkLayer {
  std::uint8_t mtu = 16;      // 16: classic; 72: FD
  std::uint8_t tx_dl = 8;     // bytes of data in a full frame: 8, and for FD 12, 16, 20, 24, 32, 48 or 64
  std::uint8_t tx_flags = 0;  // of FD frames: canfd_brs and the like

  std::string pack() const { return internal::bytes_of(*this); }
  static Result<CanIsotpLinkLayer> unpack(ConstBuffer bytes) { return internal::from_bytes<CanIsotpLinkLayer>(bytes); }
  friend bool operator==(const CanIsotpLinkLayer&, const CanIsotpLinkLayer&) = default;
};
static_assert(sizeof(CanIsotpLinkLayer) == 3);

}  // namespace everysock

#endif  // EVERYSOCK_CAN_ISOTP_H_
