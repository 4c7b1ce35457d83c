#include "backends/memory/can_isotp_channel.h"

#include <array>
#include <string>

namespace everysock::memory {

std::size_t can_isotp_padded(std::size_t length) noexcept {
  constexpr std::array<std::size_t, 7> kSizes = {8, 12, 16, 20, 24, 32, 48};
  for (const std::size_t size : kSizes) {
    if (length <= size) return size;
  }
  return 64;
}

CanPacket CanIsotpChannel::packet(std::string_view head, std::string_view data, bool filled_up) const {
  constexpr char kFilling = '\xcc';  // of FD frames, whose sizes have gaps
  std::string content;
  if (start() > 0) content += static_cast<char>(options.ext_address);
  content += head;
  content += data;
  if (filled_up && has(can_isotp_tx_padding)) {
    content.resize(can_isotp_padded(content.size()), static_cast<char>(options.txpad_content));
  } else if (content.size() > 8) {
    content.resize(can_isotp_padded(content.size()), kFilling);
  }
  return CanPacket(link.mtu, tx_id, content, link.tx_flags);
}

bool CanIsotpChannel::badly_padded(const CanPacket& packet, std::size_t content) const noexcept {
  const std::size_t length = packet.length();
  if (!has(can_isotp_chk_pad_len | can_isotp_chk_pad_data)) return false;
  if (!has(can_isotp_rx_padding)) {
    // Nothing may be there that the size of a frame does not demand.
    if (!has(can_isotp_chk_pad_len)) return true;
    return length <= 8 ? length != content : length != can_isotp_padded(content);
  }
  if (has(can_isotp_chk_pad_len) && length != can_isotp_padded(length)) return true;
  if (!has(can_isotp_chk_pad_data)) return false;
  for (std::size_t i = content; i < length; ++i) {
    if (packet.at(i) != options.rxpad_content) return true;
  }
  return false;
}

}  // namespace everysock::memory
