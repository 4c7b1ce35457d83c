#include "backends/memory/can_bcm_transmission.h"

#include <utility>

namespace everysock::memory {

CanBcmTransmission::CanBcmTransmission(CanSocket& owner, std::uint32_t interface, const CanBcmHead& head)
    : CanBcmJob(owner, interface, head), timer_(owner.network().calendar(), [this] { interval_passed(); }) {}

void CanBcmTransmission::set_up(const CanBcmHead& head, std::vector<CanPacket> frames) {
  const bool other_number = frames.size() != frames_.size();
  flags_ = head.flags;
  frames_ = std::move(frames);
  if (has(can_bcm_tx_cp_can_id)) {
    for (CanPacket& frame : frames_) frame.set_id(id_);
  }
  if (other_number || has(can_bcm_tx_reset_multi_idx)) next_ = 0;
  if (has(can_bcm_settimer)) {
    count_ = head.count;
    first_interval_ = head.first_interval;
    second_interval_ = head.second_interval;
    if (first_interval_.nanoseconds() == 0 && second_interval_.nanoseconds() == 0) timer_.stop();
  }
  if (has(can_bcm_starttimer)) {
    timer_.stop();
    flags_ |= can_bcm_tx_announce;
  }
  if (has(can_bcm_tx_announce)) {
    send_next();
    if (count_ > 0) --count_;
  }
  if (has(can_bcm_starttimer)) start_timer();
}

void CanBcmTransmission::send_next() {
  send_frame(frames_[next_]);
  next_ = (next_ + 1) % frames_.size();
}

void CanBcmTransmission::start_timer() {
  const std::int64_t first = first_interval_.nanoseconds();
  const std::int64_t second = second_interval_.nanoseconds();
  if (first != 0 && count_ > 0) {
    timer_.start(first);
  } else if (second != 0) {
    timer_.start(second);
  }
}

void CanBcmTransmission::interval_passed() {
  if (first_interval_.nanoseconds() != 0 && count_ > 0) {
    if (--count_ == 0 && has(can_bcm_tx_countevt)) tell(can_bcm_tx_expired, {});
    send_next();
  } else if (second_interval_.nanoseconds() != 0) {
    send_next();
  }
  start_timer();
}

}  // namespace everysock::memory
