// CanBcmMessage and the options of CAN_ISOTP: the bytes of their structures.
#include "everysock/can_bcm.h"

#include <doctest/doctest.h>

#include <bit>
#include <initializer_list>
#include <string>

#include "everysock/can_isotp.h"

namespace everysock {
namespace {

using namespace std::string_literals;

const CanFrame kFrame{.id = 0x42, .data = "data"};
const CanFrame kFdFrame{.format = CanFormat::fd, .id = 0x42, .data = std::string(64, 'x')};

TEST_CASE("a message is struct bcm_msg_head and frames") {
  const CanBcmMessage message{.opcode = can_bcm_tx_setup,
                              .flags = can_bcm_settimer | can_bcm_starttimer,
                              .count = 5,
                              .ival1 = 2'000'003,
                              .ival2 = 100'000,
                              .can_id = 0x42,
                              .frames = {kFrame, kFrame}};
  const std::string bytes = message.pack().value();
  if constexpr (std::endian::native == std::endian::little) {
    CHECK(bytes.substr(0, 56) ==
          "\x01\0\0\0\x03\0\0\0\x05\0\0\0\0\0\0\0"
          "\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0"
          "\0\0\0\0\0\0\0\0\xa0\x86\x01\0\0\0\0\0"
          "\x42\0\0\0\x02\0\0\0"s);
  }
  CHECK(bytes.substr(56) == kFrame.pack().value() + kFrame.pack().value());
  CHECK(CanBcmMessage::unpack(bytes).value() == message);

  const CanBcmMessage fd{
      .opcode = can_bcm_rx_setup, .flags = can_bcm_can_fd_frame, .can_id = 0x42, .frames = {kFdFrame}};
  CHECK(fd.pack().value().size() == 56 + 72);
  CHECK(CanBcmMessage::unpack(fd.pack().value()).value() == fd);
  const CanBcmMessage bare{.opcode = can_bcm_tx_delete, .can_id = can_eff_flag | 0x42};
  CHECK(bare.pack().value().size() == 56);
  CHECK(CanBcmMessage::unpack(bare.pack().value()).value() == bare);
}

TEST_CASE("what pack() refuses") {
  CHECK(CanBcmMessage{.frames = {kFdFrame}}.pack().error() == UsageErrc::can_frame_size);
  CHECK(CanBcmMessage{.flags = can_bcm_can_fd_frame, .frames = {kFrame}}.pack().error() == UsageErrc::can_frame_size);
  CHECK(CanBcmMessage{.frames = {{.id = 0x800}}}.pack().error() == UsageErrc::can_identifier);
  CHECK(CanBcmMessage{.ival1 = -1}.pack().error() == UsageErrc::integer_out_of_range);
  CHECK(CanBcmMessage{.ival2 = -1}.pack().error() == UsageErrc::integer_out_of_range);
}

TEST_CASE("what unpack() refuses") {
  const std::string bytes = CanBcmMessage{.frames = {kFrame}}.pack().value();
  for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 55, 56, 57, 71}) {
    CHECK(CanBcmMessage::unpack(bytes.substr(0, size)).error() ==
          Error(Operation::can_frame, UsageErrc::can_frame_size, static_cast<std::int32_t>(size)));
  }
  CHECK(CanBcmMessage::unpack(bytes + bytes.substr(56)).error() == UsageErrc::can_frame_size);
  std::string wrong = bytes;
  wrong[56 + 4] = 9;
  CHECK(CanBcmMessage::unpack(wrong).error() == UsageErrc::can_data_length);
  for (const std::size_t place : std::initializer_list<std::size_t>{16 + 7, 24 + 3, 32 + 7, 40 + 3}) {
    wrong = bytes;
    wrong[place] = '\x7f';
    CHECK(CanBcmMessage::unpack(wrong).error() == UsageErrc::integer_out_of_range);
    wrong[place] = '\xff';
    CHECK(!CanBcmMessage::unpack(wrong));
  }
}

TEST_CASE("options of CAN_ISOTP") {
  const CanIsotpOptions options{.flags = can_isotp_tx_padding | can_isotp_extend_addr,
                                .frame_txtime = 0x01020304,
                                .ext_address = 5,
                                .txpad_content = 6,
                                .rxpad_content = 7,
                                .rx_ext_address = 8};
  if constexpr (std::endian::native == std::endian::little) {
    CHECK(options.pack() == "\x06\0\0\0\x04\x03\x02\x01\x05\x06\x07\x08"s);
  }
  CHECK(CanIsotpOptions::unpack(options.pack()).value() == options);
  CHECK(CanIsotpFlowControl{.bs = 1, .stmin = 2, .wftmax = 3}.pack() == "\x01\x02\x03");
  CHECK(CanIsotpFlowControl::unpack("\x01\x02\x03").value() == CanIsotpFlowControl{.bs = 1, .stmin = 2, .wftmax = 3});
  CHECK(CanIsotpLinkLayer{.mtu = 72, .tx_dl = 64, .tx_flags = 1}.pack() == "\x48\x40\x01");
  CHECK(CanIsotpLinkLayer::unpack("\x10\x08\0"s).value() == CanIsotpLinkLayer{});
  CHECK(CanIsotpOptions::unpack("\x10\x08\0"s).error() == Errc::einval);
  CHECK(CanIsotpLinkLayer::unpack("").error() == Errc::einval);
}

}  // namespace
}  // namespace everysock
