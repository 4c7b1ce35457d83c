// Frames on a CAN bus: what CAN_RAW sockets send and receive, what CAN_BCM messages carry, and how candump writes them.
//
//   #include <everysock/can_frame.h>
//
//   Socket s = socket(af_can, sock_raw, can_raw).value();
//   s.bind(CanAddress{"vcan0"}).value();
//   s.send(CanFrame{.id = 0x123, .data = "\x01\x02\x03"}.pack().value()).value();
//   const CanFrame frame = CanFrame::unpack(s.recv(CanFrame::max_packed).value()).value();
//   std::cout << frame << "\n";                                             // 123#010203
//   if (frame == CanFrame::parse("123#010203").value()) ...
//
// Pure functions and values; they ask no system. Errors are those of Operation::can_frame.
//
// Source: Python documentation, "Example" (struct format "=IB3x8s"; spec row example/E07); Linux, linux/can.h and
// Documentation/networking/can.rst; ISO 11898-1; candump(1), cansend(1) and lib.h of can-utils for the notation.
#ifndef EVERYSOCK_CAN_FRAME_H_
#define EVERYSOCK_CAN_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "everysock/addresses/interface_text.h"
#include "everysock/buffer.h"
#include "everysock/constants/can.h"
#include "everysock/error.h"

namespace everysock {

// Which of the three structures a frame is sent as.
enum class CanFormat : std::uint8_t {
  classic,  // struct can_frame: 16 bytes, up to 8 of data
  fd,       // struct canfd_frame: 72 bytes, up to 64 of data (with can_raw_fd_frames)
  xl,       // struct canxl_frame: 12 bytes and 1 to 2048 of data (with can_raw_xl_frames)
};

// CanFrame::flags of FD frames (CANFD_*): the data went at the second bit rate; the sender is error passive; the frame
// is an FD frame, which Linux since 6.1 says in every one it delivers.
inline constexpr std::uint8_t canfd_brs = 0x01;
inline constexpr std::uint8_t canfd_esi = 0x02;
inline constexpr std::uint8_t canfd_fdf = 0x04;

// CanFrame::flags of XL frames (CANXL_*): it is one, which pack() adds and unpack() always has; simple extended
// content.
inline constexpr std::uint8_t canxl_xlf = 0x80;
inline constexpr std::uint8_t canxl_sec = 0x01;

struct CanFrame {
  CanFormat format = CanFormat::classic;
  // Classic and FD: 11 bits, or 29 bits and can_eff_flag. Classic only: can_rtr_flag, a remote request; can_err_flag,
  // an error frame, whose other 29 bits are classes of errors. XL: 11 bits of priority, and the number of the virtual
  // network (0 to 255) in bits 16 to 23.
  std::uint32_t id = 0;
  std::uint8_t flags = 0;  // of FD (canfd_*) and XL (canxl_*); 0 in classic frames
  // Classic: the data length code, 9 to 15, of a controller that gives one with 8 bytes of data; else 0.
  std::uint8_t len8_dlc = 0;
  std::uint8_t sdt = 0;  // XL: the type of the service data unit
  std::uint32_t af = 0;  // XL: the acceptance field
  // Of a remote request its size alone counts: how many bytes are asked for. FD controllers round sizes beyond 8 up to
  // the next of 12, 16, 20, 24, 32, 48 and 64; virtual buses do not.
  std::string data = {};

  // Room for any packed frame.
  static constexpr std::size_t max_packed = 12 + 2048;

  // The bytes of the structure, in the machine's byte order as "=" has it, padded with zeros.
  // UsageErrc::can_identifier: bits of `id` that the format has no use for, a standard identifier beyond 0x7ff among
  // them. can_data_length: more data than the format carries, or an XL frame without any.
  Result<std::string> pack() const;

  // A frame from the bytes that a socket gave. Identifiers are taken as they are, also those that pack() would refuse.
  // UsageErrc::can_frame_size: neither of the three sizes. can_data_length: the length field does not fit the format.
  static Result<CanFrame> unpack(ConstBuffer bytes);

  // The notation of candump's logs and of cansend, with capital digits:
  //   123#DEADBEEF                   an 11-bit identifier has three digits
  //   1F334455#112233                a 29-bit one has eight
  //   123#R    123#R5                a remote request, for 5 bytes
  //   20000004#0004000000000000      an error frame: eight digits with can_err_flag among them
  //   123#1122334455667788_E         len8_dlc
  //   123##1AABB                     FD: the lower four bits of `flags` stand before the data
  //   45123#81:00:12345678#11223344  XL: virtual network, priority, flags, sdt, af, data (can-utils of 2024 and later)
  // A frame that pack() refuses is written as far as the notation has room for it.
  std::string str() const;

  // Reads that notation; digits of either case, and a '.' between bytes, as cansend takes them. An XL frame may be
  // without a virtual network (123#81:00:12345678#11: can-utils of 2023).
  // UsageErrc::can_text: something else, from the character that detail() counts to, the first being 1.
  // can_identifier, can_data_length: as pack().
  static Result<CanFrame> parse(std::string_view text);

  friend bool operator==(const CanFrame&, const CanFrame&) = default;
  friend std::ostream& operator<<(std::ostream& out, const CanFrame& frame) { return out << frame.str(); }
};

// A line of candump's log format (candump -L, candump -l), which canplayer and log2asc read as well:
//   (1436509052.249713) vcan0 123#DEADBEEF
struct CanLogLine {
  std::int64_t nanoseconds = 0;  // since 1970; not negative
  InterfaceText ifname = {};
  CanFrame frame = {};

  // With microseconds, or with nanoseconds where there are any.
  std::string str() const;

  // One line, without its end. Blanks at the end and a direction (" R" or " T", candump -x) are skipped.
  // UsageErrc::can_text, can_identifier, can_data_length: as CanFrame::parse(); interface_name_too_long.
  static Result<CanLogLine> parse(std::string_view line);

  friend bool operator==(const CanLogLine&, const CanLogLine&) = default;
  friend std::ostream& operator<<(std::ostream& out, const CanLogLine& line) { return out << line.str(); }
};

}  // namespace everysock

#endif  // EVERYSOCK_CAN_FRAME_H_
