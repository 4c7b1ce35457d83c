#include "backends/memory/can_bcm_reception.h"

#include <algorithm>
#include <utility>

namespace everysock::memory {

CanBcmReception::CanBcmReception(CanSocket& owner, std::uint32_t interface, const CanBcmHead& head)
    : CanBcmJob(owner, interface, head),
      silence_(owner.network().calendar(), [this] { silence(); }),
      throttle_(owner.network().calendar(), [this] { throttle_passed(); }) {
  heard_on_ = interface;
}

void CanBcmReception::set_up(const CanBcmHead& head, std::vector<CanPacket> frames) {
  flags_ = head.flags;
  frames_ = std::move(frames);
  if (!frames_.empty() || seen_.empty()) seen_.assign(std::max<std::size_t>(frames_.size(), 1), {});
  if (has(can_bcm_rx_rtr_frame)) {
    silence_.stop();
    throttle_.stop();
    // The answer is no request itself.
    if (has(can_bcm_tx_cp_can_id) || frames_[0].id() == id_) frames_[0].set_id(id_ & ~can_rtr_flag);
    return;
  }
  if (has(can_bcm_settimer)) {
    first_interval_ = head.first_interval;
    second_interval_ = head.second_interval;
    if (first_interval_.nanoseconds() == 0) silence_.stop();
    last_told_.reset();
    throttle_.stop();
    tell_held_back();
  }
  if (has(can_bcm_starttimer) && first_interval_.nanoseconds() != 0) silence_.start(first_interval_.nanoseconds());
}

void CanBcmReception::hear(const CanPacket& packet, std::uint32_t interface) {
  if (interface_ != 0 && interface != interface_) return;
  if (packet.size() != frame_size_ || packet.id() != id_) return;
  silence_.stop();
  heard_on_ = interface;
  if (has(can_bcm_rx_rtr_frame)) {
    send_frame(frames_[0]);
    return;
  }
  if (has(can_bcm_rx_filter_id)) {
    take(seen_[0], packet);
  } else if (frames_.size() == 1) {
    compare(0, packet);
  } else {
    const std::uint64_t multiplexer = frames_[0].word(0);
    for (std::size_t i = 1; i < frames_.size(); ++i) {
      if ((multiplexer & packet.word(0)) != (multiplexer & frames_[i].word(0))) continue;
      compare(i, packet);
      break;
    }
  }
  if (!has(can_bcm_rx_no_autotimer) && first_interval_.nanoseconds() != 0) {
    silence_.start(first_interval_.nanoseconds());
  }
}

void CanBcmReception::compare(std::size_t mask, const CanPacket& packet) {
  Seen& seen = seen_[mask];
  bool changed = !seen.frame || (has(can_bcm_rx_check_dlc) && packet.length() != seen.frame->length());
  for (std::size_t i = 0; !changed && i < packet.length(); i += 8) {
    const std::uint64_t content = frames_[mask].word(i);
    changed = (content & packet.word(i)) != (content & seen.frame->word(i));
  }
  if (changed) take(seen, packet);
}

void CanBcmReception::take(Seen& seen, const CanPacket& packet) {
  seen.frame = packet;
  seen.held_back = true;
  const std::int64_t throttle = second_interval_.nanoseconds();
  if (throttle == 0) return tell_changed(seen);
  if (throttle_.scheduled()) return;
  const std::int64_t now = owner_.network().now();
  if (last_told_ && now - *last_told_ < throttle) {
    throttle_.start_at(*last_told_ + throttle);
    return;
  }
  tell_changed(seen);
  last_told_ = now;
}

void CanBcmReception::tell_changed(Seen& seen) {
  seen.held_back = false;
  CanPacket frame = *seen.frame;
  // Two of the bits are the manager's own.
  constexpr std::uint8_t kFlags = 0x3f;
  frame.set_flags(frame.flags() & kFlags);
  tell(can_bcm_rx_changed, {std::move(frame)});
}

bool CanBcmReception::tell_held_back() {
  bool told = false;
  for (Seen& seen : seen_) {
    if (!seen.held_back) continue;
    tell_changed(seen);
    told = true;
  }
  return told;
}

void CanBcmReception::silence() {
  // Whoever wants to be told that frames come again is told of the next one whatever is in it.
  if (has(can_bcm_rx_announce_resume)) seen_.assign(seen_.size(), {});
  tell(can_bcm_rx_timeout, {});
}

void CanBcmReception::throttle_passed() {
  if (tell_held_back()) {
    throttle_.start(second_interval_.nanoseconds());
  } else {
    last_told_.reset();
  }
}

}  // namespace everysock::memory
