// CanFrame: the structures' bytes, candump's notation and its logs.
#include "everysock/can_frame.h"

#include <doctest/doctest.h>

#include <bit>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>

namespace everysock {
namespace {

using namespace std::string_literals;

std::string text_of(const Error& error) { return error.message(); }

// The bytes of the structure on a little-endian machine.
void check_bytes(const CanFrame& frame, const std::string& bytes) {
  if constexpr (std::endian::native == std::endian::little) CHECK(frame.pack().value() == bytes);
  const auto packed = frame.pack();
  REQUIRE(packed);
  CHECK(CanFrame::unpack(*packed).value() == frame);
}

CanFrame xl(std::string data) {
  return {.format = CanFormat::xl,
          .id = 0x450123,
          .flags = canxl_xlf | canxl_sec,
          .sdt = 3,
          .af = 0x12345678,
          .data = std::move(data)};
}

TEST_CASE("classic frames are the documentation's =IB3x8s") {
  check_bytes({.id = 0x123, .data = "\xde\xad\xbe\xef"}, "\x23\x01\0\0\x04\0\0\0\xde\xad\xbe\xef\0\0\0\0"s);
  check_bytes({.id = can_eff_flag | 0x1f334455}, "\x55\x44\x33\x9f\0\0\0\0\0\0\0\0\0\0\0\0"s);
  check_bytes({.id = can_rtr_flag | 0x7ff, .data = std::string(5, '\0')}, "\xff\x07\0\x40\x05\0\0\0\0\0\0\0\0\0\0\0"s);
  check_bytes({.id = 1, .len8_dlc = 14, .data = "12345678"}, "\x01\0\0\0\x08\0\0\x0e"s + "12345678");
  check_bytes({.id = can_err_flag | 4, .data = std::string(8, '\0')}, "\x04\0\0\x20\x08"s + std::string(11, '\0'));
}

TEST_CASE("FD frames are struct canfd_frame") {
  check_bytes({.format = CanFormat::fd, .id = 0x123, .flags = canfd_brs | canfd_fdf, .data = "\xaa\xbb"},
              "\x23\x01\0\0\x02\x05\0\0\xaa\xbb"s + std::string(62, '\0'));
  check_bytes({.format = CanFormat::fd, .id = 2, .data = std::string(64, 'x')},
              "\x02\0\0\0\x40\0\0\0"s + std::string(64, 'x'));
}

TEST_CASE("XL frames are struct canxl_frame, as long as their data") {
  check_bytes(xl("\x11"), "\x23\x01\x45\0\x81\x03\x01\0\x78\x56\x34\x12\x11"s);
  check_bytes(xl(std::string(2048, 'x')), "\x23\x01\x45\0\x81\x03\0\x08\x78\x56\x34\x12"s + std::string(2048, 'x'));
  // As long as a classic and as an FD frame: the flag tells them apart.
  check_bytes(xl("1234"), "\x23\x01\x45\0\x81\x03\x04\0\x78\x56\x34\x12"s + "1234");
  check_bytes(xl(std::string(60, 'x')), "\x23\x01\x45\0\x81\x03\x3c\0\x78\x56\x34\x12"s + std::string(60, 'x'));
  // pack() says what they are.
  CHECK(CanFrame{.format = CanFormat::xl, .data = "x"}.pack().value() ==
        CanFrame{.format = CanFormat::xl, .flags = canxl_xlf, .data = "x"}.pack().value());
}

TEST_CASE("what pack() refuses") {
  const auto refusal = [](const CanFrame& frame) {
    const auto packed = frame.pack();
    REQUIRE(!packed);
    return text_of(packed.error());
  };
  const std::string identifier = "can_frame: CAN identifier out of range [usage]";
  CHECK(refusal({.id = 0x800}) == identifier);
  CHECK(refusal({.id = can_eff_flag | can_err_flag}) == identifier);
  CHECK(refusal({.id = can_rtr_flag | can_err_flag}) == identifier);
  CHECK(refusal({.format = CanFormat::fd, .id = can_rtr_flag}) == identifier);
  CHECK(refusal({.format = CanFormat::fd, .id = can_err_flag}) == identifier);
  CHECK(refusal({.format = CanFormat::xl, .id = can_eff_flag, .data = "x"}) == identifier);
  CHECK(refusal({.format = CanFormat::xl, .id = 0x800, .data = "x"}) == identifier);
  CHECK(refusal({.data = "123456789"}) == "can_frame: a CAN frame of this kind cannot carry 9 bytes [usage]");
  CHECK(refusal({.format = CanFormat::fd, .data = std::string(65, 'x')}) ==
        "can_frame: a CAN frame of this kind cannot carry 65 bytes [usage]");
  CHECK(refusal({.format = CanFormat::xl}) == "can_frame: a CAN frame of this kind cannot carry 0 bytes [usage]");
  CHECK(refusal(xl(std::string(2049, 'x'))) == "can_frame: a CAN frame of this kind cannot carry 2049 bytes [usage]");
}

TEST_CASE("what unpack() refuses, and what it does not") {
  const auto refusal = [](std::string_view bytes) {
    const auto frame = CanFrame::unpack(bytes);
    REQUIRE(!frame);
    return frame.error();
  };
  for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 5, 12, 13, 15, 17, 71, 73, 2060, 2061, 5000}) {
    CHECK(refusal(std::string(size, '\0')) ==
          Error(Operation::can_frame, UsageErrc::can_frame_size, static_cast<std::int32_t>(size)));
  }
  CHECK(refusal(std::string(12, '\xff')) == UsageErrc::can_frame_size);
  CHECK(refusal(std::string(2061, '\xff')) == UsageErrc::can_frame_size);
  CHECK(text_of(refusal("\0\0\0\0\x09"s + std::string(11, '\0'))) ==
        "can_frame: a CAN frame of this kind cannot carry 9 bytes [usage]");
  CHECK(refusal("\0\0\0\0\x41"s + std::string(67, '\0')).detail() == 65);
  // An XL frame's length counts the bytes that came.
  for (const char* length : {"\x03\0", "\x05\0"}) {
    CHECK(refusal("\x23\x01\0\0\x80\0"s + std::string(length, 2) + "\0\0\0\0"s + "1234") == UsageErrc::can_data_length);
  }
  // What is behind the data means nothing.
  CHECK(CanFrame::unpack("\x01\0\0\0\x01\xff\xff\0xyyyyyyy"s).value() == CanFrame{.id = 1, .data = "x"});
  CHECK(CanFrame::unpack(std::string(4, '\xff') + std::string(12, '\0'))->id == 0xffffffff);
}

TEST_CASE("comparison") {
  const CanFrame frame{.id = 1, .data = "x"};
  CHECK(frame == CanFrame{.id = 1, .data = "x"});
  CHECK(frame != CanFrame{.id = 2, .data = "x"});
  CHECK(frame != CanFrame{.id = 1, .data = std::string("x\0", 2)});
  CHECK(frame != CanFrame{.format = CanFormat::fd, .id = 1, .data = "x"});
  CHECK(frame != CanFrame{.id = can_eff_flag | 1, .data = "x"});
}

struct Notation {
  const char* text;
  CanFrame frame;
};

// Each is also what cansend(1) or lib.h of can-utils show.
const Notation kNotations[] = {
    {"123#", {.id = 0x123}},
    {"123#DEADBEEF", {.id = 0x123, .data = "\xde\xad\xbe\xef"}},
    {"7FF#00", {.id = 0x7ff, .data = std::string(1, '\0')}},
    {"1F334455#112233", {.id = can_eff_flag | 0x1f334455, .data = "\x11\x22\x33"}},
    {"00000123#", {.id = can_eff_flag | 0x123}},
    {"123#R", {.id = can_rtr_flag | 0x123}},
    {"123#R5", {.id = can_rtr_flag | 0x123, .data = std::string(5, '\0')}},
    {"00000123#R3", {.id = can_eff_flag | can_rtr_flag | 0x123, .data = std::string(3, '\0')}},
    {"333#R8_E", {.id = can_rtr_flag | 0x333, .len8_dlc = 14, .data = std::string(8, '\0')}},
    {"1F334455#1122334455667788_B",
     {.id = can_eff_flag | 0x1f334455, .len8_dlc = 11, .data = "\x11\x22\x33\x44\x55\x66\x77\x88"}},
    {"20000004#0004000000000000", {.id = can_err_flag | 4, .data = "\0\4\0\0\0\0\0\0"s}},
    {"3FFFFFFF#", {.id = can_err_flag | can_err_mask}},
    {"123##1AABB", {.format = CanFormat::fd, .id = 0x123, .flags = canfd_brs, .data = "\xaa\xbb"}},
    {"12345678##0", {.format = CanFormat::fd, .id = can_eff_flag | 0x12345678}},
    {"45123#81:03:12345678#112233", xl("\x11\x22\x33")},
    {"00242#81:07:40000123#11",
     {.format = CanFormat::xl, .id = 0x242, .flags = 0x81, .sdt = 7, .af = 0x40000123, .data = "\x11"}},
};

TEST_CASE("candump's notation, both ways") {
  for (const Notation& notation : kNotations) {
    CAPTURE(notation.text);
    CHECK(notation.frame.str() == notation.text);
    CHECK(CanFrame::parse(notation.text).value() == notation.frame);
    CHECK(notation.frame.pack());
    std::ostringstream out;
    out << notation.frame;
    CHECK(out.str() == notation.text);
  }
}

TEST_CASE("what else may be written") {
  const CanFrame frame = CanFrame::parse("5A1#1122334455667788").value();
  CHECK(CanFrame::parse("5a1#11.2233.44556677.88").value() == frame);
  CHECK(CanFrame::parse("123#r").value() == CanFrame::parse("123#R").value());
  CHECK(CanFrame::parse("123#R0").value() == CanFrame::parse("123#R").value());
  CHECK(CanFrame::parse("123##1.AA.BB").value() == CanFrame::parse("123##1AABB").value());
  // can-utils of 2023 had no virtual networks yet, and the flag is implied.
  CHECK(CanFrame::parse("123#01:00:12345678#11").value() == CanFrame::parse("00123#81:00:12345678#11").value());
}

TEST_CASE("what is no frame, and where that shows") {
  const auto refusal = [](std::string_view text) {
    const auto frame = CanFrame::parse(text);
    REQUIRE(!frame);
    return frame.error();
  };
  const std::pair<const char*, int> texts[] = {
      {"", 1},
      {"#", 1},
      {"12", 3},
      {"12#11", 3},
      {"1234#11", 4},
      {"123", 4},
      {"123456#", 4},
      {"123 #", 4},
      {"12G#", 3},
      {"123#1", 6},
      {"123#1x", 6},
      {"123#11x", 7},
      {"123#11.", 7},
      {"123#.11", 5},
      {"123#R5x", 7},
      {"123#11R", 7},
      {"123##", 6},
      {"123##g", 6},
      {"123##1x", 7},
      {"123#1122334455667788_", 22},
      {"123#11_9", 7},
      {"45123#", 7},
      {"45123#8", 8},
      {"45123#81", 9},
      {"45123#81:0:", 11},
      {"45123#81:00:1234567#", 20},
      {"123#1122334455667788_8", 23},
      {"45123#81:00:12345678", 21},
      {"45123#81:00:12345678#1", 23},
  };
  for (const auto& [text, position] : texts) {
    CAPTURE(text);
    CHECK(refusal(text) == Error(Operation::can_frame, UsageErrc::can_text, position));
  }
  CHECK(text_of(refusal("123#1")) == "can_frame: not in the notation of candump: character 6 [usage]");
  for (const char* text :
       {"800#", "FFF#11", "40000000#", "80000001#11", "20000000#R", "20000000##0", "00800#81:00:00000000#11"}) {
    CAPTURE(text);
    CHECK(refusal(text) == UsageErrc::can_identifier);
  }
  CHECK(refusal("123#112233445566778899").detail() == 9);
  CHECK(refusal("123#R9").detail() == 9);
  CHECK(refusal("123##0" + std::string(130, '0')).detail() == 65);
  CHECK(refusal("00123#80:00:00000000#").detail() == 0);
}

TEST_CASE("lines of candump's logs") {
  const char* const text = "(1436509052.249713) vcan0 123#DEADBEEF";
  const CanLogLine line{1436509052'249713000, "vcan0", CanFrame::parse("123#DEADBEEF").value()};
  CHECK(CanLogLine::parse(text).value() == line);
  CHECK(line.str() == text);
  CHECK(CanLogLine::parse("(1436509052.249713)   vcan0   123#DEADBEEF T\r\n").value() == line);
  CHECK(CanLogLine::parse("(1436509052.249713) vcan0 123#DEADBEEF R").value() == line);
  CHECK(CanLogLine{5'000'000'007, "can1", {.id = 1}}.str() == "(0000000005.000000007) can1 001#");
  std::ostringstream printed;
  printed << line;
  CHECK(printed.str() == text);
  CHECK(CanLogLine::parse("(0000000005.000000007) can1 001#").value() == CanLogLine{5'000'000'007, "can1", {.id = 1}});
}

TEST_CASE("what is no line of a log") {
  const std::pair<const char*, int> texts[] = {
      {"", 1},
      {"123#11", 1},
      {"(1.000000 vcan0 123#", 21},
      {"() vcan0 123#", 2},
      {"(1) vcan0 123#", 2},
      {"(1.00000) vcan0 123#", 2},
      {"(-1.000000) vcan0 123#", 2},
      {"(1.-00000) vcan0 123#", 2},
      {"(9223372036.000000) vcan0 123#", 2},
      {"(99999999999999999999.000000) vcan0 123#", 2},
      {"(1.000000)vcan0 123#", 11},
      {"(1.000000) ", 11},
      {"(1.000000) vcan0", 17},
      {"(1.000000) vcan0 ", 18},
      {"(1.000000) vcan0 12x#", 20},
      {"(1.000000) vcan0 123#11 X", 25},
      {"(1.000000) vcan0 123#11 R T", 26},
  };
  for (const auto& [text, position] : texts) {
    CAPTURE(text);
    const auto line = CanLogLine::parse(text);
    REQUIRE(!line);
    CHECK(line.error() == Error(Operation::can_frame, UsageErrc::can_text, position));
  }
  CHECK(CanLogLine::parse("(1.000000) an-interface-nam 123#").error() == UsageErrc::interface_name_too_long);
  CHECK(CanLogLine::parse("(1.000000) vcan0 800#").error() == UsageErrc::can_identifier);
}

}  // namespace
}  // namespace everysock
