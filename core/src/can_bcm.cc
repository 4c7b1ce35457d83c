#include "everysock/can_bcm.h"

#include <cstring>
#include <limits>
#include <optional>
#include <utility>

namespace everysock {
namespace {

constexpr Operation kOperation = Operation::can_frame;
constexpr std::int64_t kSecond = 1'000'000;

// struct bcm_msg_head.
struct Head {
  std::uint32_t opcode = 0;
  std::uint32_t flags = 0;
  std::uint32_t count = 0;
  std::uint32_t padding = 0;
  std::int64_t ival1[2] = {};  // seconds, microseconds
  std::int64_t ival2[2] = {};
  std::uint32_t can_id = 0;
  std::uint32_t nframes = 0;
};
static_assert(sizeof(Head) == 56);

CanFormat format_of(std::uint32_t flags) {
  return (flags & can_bcm_can_fd_frame) != 0 ? CanFormat::fd : CanFormat::classic;
}

std::optional<std::int64_t> microseconds(const std::int64_t (&interval)[2]) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / kSecond - 1;
  const bool countable = interval[0] >= 0 && interval[0] <= kMost && interval[1] >= 0 && interval[1] < kSecond;
  return countable ? std::optional(interval[0] * kSecond + interval[1]) : std::nullopt;
}

Unexpected bad_size(std::size_t size) {
  return fail(kOperation, UsageErrc::can_frame_size, static_cast<std::int32_t>(size));
}

}  // namespace

Result<std::string> CanBcmMessage::pack() const {
  if (ival1 < 0 || ival2 < 0) return fail(kOperation, UsageErrc::integer_out_of_range);
  const Head head{.opcode = opcode,
                  .flags = flags,
                  .count = count,
                  .ival1 = {ival1 / kSecond, ival1 % kSecond},
                  .ival2 = {ival2 / kSecond, ival2 % kSecond},
                  .can_id = can_id,
                  .nframes = static_cast<std::uint32_t>(frames.size())};
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof(head));
  for (const CanFrame& frame : frames) {
    const auto packed = frame.pack();
    if (!packed) return packed;
    if (frame.format != format_of(flags)) return bad_size(packed->size());
    bytes += *packed;
  }
  return bytes;
}

Result<CanBcmMessage> CanBcmMessage::unpack(ConstBuffer buffer) {
  const std::string_view bytes = buffer.view();
  Head head;
  if (bytes.size() < sizeof(head)) return bad_size(bytes.size());
  std::memcpy(&head, bytes.data(), sizeof(head));
  const std::size_t frame_size = format_of(head.flags) == CanFormat::fd ? 72 : 16;
  const std::size_t rest = bytes.size() - sizeof(head);
  if (rest % frame_size != 0 || rest / frame_size != head.nframes) return bad_size(bytes.size());
  const auto ival1 = microseconds(head.ival1);
  const auto ival2 = microseconds(head.ival2);
  if (!ival1 || !ival2) return fail(kOperation, UsageErrc::integer_out_of_range);
  CanBcmMessage message{.opcode = head.opcode,
                        .flags = head.flags,
                        .count = head.count,
                        .ival1 = *ival1,
                        .ival2 = *ival2,
                        .can_id = head.can_id};
  for (std::size_t i = 0; i < head.nframes; ++i) {
    auto frame = CanFrame::unpack(bytes.substr(sizeof(head) + i * frame_size, frame_size));
    if (!frame) return Unexpected(frame.error());
    message.frames.push_back(std::move(*frame));
  }
  return message;
}

}  // namespace everysock
