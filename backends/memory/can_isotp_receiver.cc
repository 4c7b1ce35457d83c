#include "backends/memory/can_isotp_receiver.h"

#include <algorithm>
#include <utility>

namespace everysock::memory {

CanIsotpReceiver::CanIsotpReceiver(CanSocket& owner, const CanIsotpChannel& channel)
    : owner_(owner), channel_(channel), patience_(owner.network().calendar(), [this] { fail_with(Errc::etimedout); }) {}

void CanIsotpReceiver::stop() {
  patience_.stop();
  receiving_ = false;
}

void CanIsotpReceiver::fail_with(Errc error) {
  stop();
  owner_.report(error);
}

void CanIsotpReceiver::single(const CanPacket& packet) {
  stop();
  const std::size_t start = channel_.start();
  std::size_t head = start + 1;
  std::size_t size = packet.at(start) & 0x0f;
  if (packet.length() > 8) {
    // The length has a byte of its own.
    if (size != 0) return;
    size = packet.at(start + 1);
    ++head;
  }
  if (size == 0 || head + size > packet.length()) return;
  if (channel_.badly_padded(packet, head + size)) return fail_with(Errc::ebadmsg);
  owner_.deliver(std::string(packet.data().substr(head, size)), channel_.interface);
}

void CanIsotpReceiver::first(const CanPacket& packet) {
  stop();
  frame_size_ = can_isotp_padded(packet.length());
  if (packet.length() != frame_size_) return;
  const std::size_t start = channel_.start();
  std::size_t head = start + 2;
  size_ = (packet.at(start) & 0x0fu) << 8 | packet.at(start + 1);
  if (size_ == 0) {
    for (std::size_t i = 0; i < 4; ++i) size_ = size_ << 8 | packet.at(head + i);
    head += 4;
  }
  // What would have fitted into a single frame is none.
  if (size_ + head + (frame_size_ > 8 ? 1 : 0) < frame_size_) return;
  if (size_ > kMostIsotp) return send_flow_control(CanIsotpFlow::overflow);
  message_ = packet.data().substr(head, size_);
  number_ = 1;
  receiving_ = true;
  if (!channel_.has(can_isotp_listen_mode)) send_flow_control(CanIsotpFlow::go_on);
}

void CanIsotpReceiver::consecutive(const CanPacket& packet) {
  if (!receiving_) return;
  if (channel_.has(can_isotp_force_rxstmin)) {
    const std::int64_t now = owner_.network().now();
    if (now - last_arrival_ < channel_.rx_stmin) return;
    last_arrival_ = now;
  }
  patience_.stop();
  const std::size_t head = channel_.start() + 1;
  const std::size_t missing = size_ - message_.size();
  if (packet.length() > frame_size_) return;
  if (packet.length() < frame_size_ && missing > frame_size_ - head) return;
  if ((packet.at(channel_.start()) & 0x0f) != number_) return fail_with(Errc::eilseq);
  number_ = (number_ + 1) & 0x0f;
  const std::string_view part = packet.length() > head ? packet.data().substr(head, missing) : "";
  message_ += part;
  if (message_.size() >= size_) {
    receiving_ = false;
    if (channel_.badly_padded(packet, head + part.size())) return fail_with(Errc::ebadmsg);
    owner_.deliver(std::exchange(message_, {}), channel_.interface);
    return;
  }
  if (channel_.flow_control.bs == 0 || ++in_block_ < channel_.flow_control.bs) {
    patience_.start(kIsotpPatience);
  } else if (!channel_.has(can_isotp_listen_mode)) {
    send_flow_control(CanIsotpFlow::go_on);
  }
}

void CanIsotpReceiver::send_flow_control(CanIsotpFlow flow) {
  const char head[] = {
      static_cast<char>(static_cast<std::uint8_t>(CanIsotpFrame::flow_control) | static_cast<std::uint8_t>(flow)),
      static_cast<char>(channel_.flow_control.bs), static_cast<char>(channel_.flow_control.stmin)};
  in_block_ = 0;
  last_arrival_ = 0;
  patience_.start(kIsotpPatience);
  // The bus is there, and takes what has the form of a frame.
  static_cast<void>(owner_.buses().send(channel_.packet({head, sizeof(head)}, "", true), channel_.interface, owner_));
}

}  // namespace everysock::memory
