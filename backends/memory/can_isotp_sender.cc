#include "backends/memory/can_isotp_sender.h"

#include <algorithm>
#include <utility>

namespace everysock::memory {
namespace {

constexpr std::size_t kMostShort = 4095;  // beyond, a first frame has the length in 32 bits

char octet(std::size_t value) { return static_cast<char>(value & 0xff); }

}  // namespace

CanIsotpSender::CanIsotpSender(CanSocket& owner, const CanIsotpChannel& channel, std::function<void()> over)
    : owner_(owner),
      channel_(channel),
      over_(std::move(over)),
      patience_(owner.network().calendar(), [this] { finish(Errc::ecomm); }),
      gap_timer_(owner.network().calendar(), [this] { go_on(); }) {}

void CanIsotpSender::send(const CanPacket& packet) {
  // The bus is there, and takes what has the form of a frame.
  static_cast<void>(owner_.buses().send(packet, channel_.interface, owner_));
}

Errc CanIsotpSender::start(std::string message) {
  if (message.empty() || message.size() > kMostIsotp) return Errc::einval;
  // In frames of more than 8 bytes the length has a byte of its own.
  const std::size_t frame = channel_.link.tx_dl - channel_.start();
  const std::size_t most_short = 8 - channel_.start() - 1;
  const std::size_t most_single = channel_.link.tx_dl > 8 ? frame - 2 : frame - 1;
  if (channel_.has(can_isotp_sf_broadcast) && message.size() > most_single) return Errc::einval;
  message_ = std::move(message);
  sent_ = 0;
  if (message_.size() <= most_single) {
    send_single(message_.size() <= most_short ? 1 : 2);
  } else {
    send_first();
  }
  return Errc::ok;
}

void CanIsotpSender::send_single(std::size_t head_size) {
  state_ = State::sending;
  std::string head(1, head_size == 1 ? octet(message_.size()) : '\0');
  if (head_size == 2) head += octet(message_.size());
  send(channel_.packet(head, message_, true));
  finish(Errc::ok);
}

void CanIsotpSender::send_first() {
  const auto kind = static_cast<std::size_t>(CanIsotpFrame::first);
  const std::size_t size = message_.size();
  std::string head;
  if (size > kMostShort) {
    head = {octet(kind), '\0', octet(size >> 24), octet(size >> 16), octet(size >> 8), octet(size)};
  } else {
    head = {octet(kind | size >> 8), octet(size)};
  }
  sent_ = channel_.link.tx_dl - channel_.start() - head.size();
  number_ = 1;
  in_block_ = 0;
  if (channel_.has(can_isotp_cf_broadcast)) {
    state_ = State::sending;
    block_size_ = 0;
    gap_ = channel_.has(can_isotp_force_txstmin) ? channel_.tx_stmin : channel_.frame_time;
    gap_timer_.start(gap_);
  } else {
    state_ = State::waits_for_first_flow_control;
    patience_.start(kIsotpPatience);
  }
  send(channel_.packet(head, std::string_view(message_).substr(0, sent_), false));
}

void CanIsotpSender::take_pace(const CanPacket& packet) {
  block_size_ = packet.at(channel_.start() + 1);
  std::uint8_t gap = packet.at(channel_.start() + 2);
  const bool sound = gap <= 0x7f || (gap >= 0xf1 && gap <= 0xf9);
  if (!sound) gap = 0x7f;
  gap_ = channel_.frame_time;
  if (channel_.has(can_isotp_force_txstmin)) {
    gap_ += channel_.tx_stmin;
  } else {
    gap_ += gap <= 0x7f ? gap * 1'000'000ll : (gap - 0xf0) * 100'000ll;
  }
}

void CanIsotpSender::flow_control(const CanPacket& packet) {
  constexpr std::size_t kContent = 3;
  if (state_ != State::waits_for_first_flow_control && state_ != State::waits_for_flow_control) return;
  patience_.stop();
  const std::size_t content = channel_.start() + kContent;
  if (packet.length() < content || channel_.badly_padded(packet, content)) return finish(Errc::ebadmsg);
  if (state_ == State::waits_for_first_flow_control) take_pace(packet);
  state_ = State::waits_for_flow_control;
  switch (static_cast<CanIsotpFlow>(packet.at(channel_.start()) & 0x0f)) {
    case CanIsotpFlow::go_on:
      state_ = State::sending;
      in_block_ = 0;
      return go_on();
    case CanIsotpFlow::wait:
      return patience_.start(kIsotpPatience);
    case CanIsotpFlow::overflow:
      return finish(Errc::emsgsize);
  }
  finish(Errc::ok);
}

void CanIsotpSender::go_on() {
  const std::size_t room = channel_.link.tx_dl - channel_.start() - 1;
  for (;;) {
    const char head = octet(static_cast<std::size_t>(CanIsotpFrame::consecutive) | number_);
    const std::string_view part = std::string_view(message_).substr(sent_, room);
    number_ = (number_ + 1) & 0x0f;
    ++in_block_;
    sent_ += part.size();
    const bool last = sent_ >= message_.size();
    const bool waits = !last && block_size_ != 0 && in_block_ >= block_size_;
    // Before the frame goes: the answer may be there when it has gone.
    if (waits) {
      state_ = State::waits_for_flow_control;
      patience_.start(kIsotpPatience);
    }
    send(channel_.packet({&head, 1}, part, part.size() < room));
    if (last) return finish(Errc::ok);
    if (waits) return;
    if (gap_ > 0) return gap_timer_.start(gap_);
  }
}

void CanIsotpSender::finish(Errc error) {
  patience_.stop();
  gap_timer_.stop();
  state_ = State::idle;
  message_.clear();
  if (error != Errc::ok) owner_.report(error);
  over_();
}

}  // namespace everysock::memory
