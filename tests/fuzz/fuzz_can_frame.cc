// CAN frames: what unpack() and parse() take, pack() and str() give back. The first byte chooses between the bytes of a
// structure, the notation, a line of a log and a message of the broadcast manager.
#include <cstdlib>
#include <string>

#include "everysock/can_bcm.h"
#include "everysock/can_frame.h"
#include "tests/fuzz/input.h"

using namespace everysock;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// A frame that can be written can be read again, and is then the same.
void check_both_ways(const CanFrame& frame) {
  const auto packed = frame.pack();
  require(packed.has_value());
  require(CanFrame::unpack(*packed).value() == frame);
  require(CanFrame::parse(frame.str()).value() == frame);
}

void check_bytes(const std::string& bytes) {
  const auto frame = CanFrame::unpack(bytes);
  if (!frame) {
    require(frame.error() == UsageErrc::can_frame_size || frame.error() == UsageErrc::can_data_length);
    return;
  }
  const auto packed = frame->pack();
  if (!packed) {
    require(packed.error() == UsageErrc::can_identifier || packed.error() == UsageErrc::can_data_length);
    return;
  }
  require(packed->size() == bytes.size());
  require(CanFrame::unpack(*packed).value() == *frame);
  // The notation leaves out what has no meaning: another reading of it is final.
  const auto read = CanFrame::parse(frame->str());
  require(read.has_value() && read->str() == frame->str());
  check_both_ways(*read);
}

void check_notation(const std::string& text) {
  const auto frame = CanFrame::parse(text);
  if (frame) {
    check_both_ways(*frame);
    return;
  }
  const Error error = frame.error();
  require(error == UsageErrc::can_text || error == UsageErrc::can_identifier || error == UsageErrc::can_data_length);
  const bool inside = error.detail() >= 1 && error.detail() <= static_cast<std::int32_t>(text.size()) + 1;
  require(error != UsageErrc::can_text || inside);
}

void check_log(const std::string& text) {
  const auto line = CanLogLine::parse(text);
  if (!line) return;
  check_both_ways(line->frame);
  require(CanLogLine::parse(line->str()).value() == *line);
}

void check_manager(const std::string& bytes) {
  const auto message = CanBcmMessage::unpack(bytes);
  if (!message) return;
  const auto packed = message->pack();
  if (!packed) {
    require(packed.error() == UsageErrc::can_identifier);
    return;
  }
  require(packed->size() == bytes.size());
  require(CanBcmMessage::unpack(*packed).value() == *message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const int choice = input.byte() % 4;
  const std::string bytes(input.bytes(size));
  if (choice == 0) check_bytes(bytes);
  if (choice == 1) check_notation(bytes);
  if (choice == 2) check_log(bytes);
  if (choice == 3) check_manager(bytes);
  return 0;
}
