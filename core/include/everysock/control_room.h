// For backends that hand out ancillary data themselves: the room that a receiver has made for it, filled as Linux on
// x86-64 fills it (cmsg(3), put_cmsg() of the kernel).
#ifndef EVERYSOCK_CONTROL_ROOM_H_
#define EVERYSOCK_CONTROL_ROOM_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "everysock/backend.h"

namespace everysock {

// What an item of `size` bytes of data takes: a header and padding.
constexpr std::size_t control_space(std::size_t size) noexcept { return 16 + (size + 7) / 8 * 8; }

// What a system sets aside for the ancillary data of one call (net.core.optmem_max): a sender of more gets ENOBUFS.
inline constexpr std::size_t most_control = 131072;

inline std::size_t control_space(std::span<const ControlMessage> items) noexcept {
  std::size_t size = 0;
  for (const ControlMessage& item : items) size += control_space(item.data.size());
  return size;
}

class ControlRoom {
 public:
  explicit ControlRoom(ReceiveRequest& request) noexcept
      : request_(request), room_(request.control == nullptr ? 0 : request.control_capacity) {}

  // Takes an item of up to `size` bytes of data out of what is left; returns how many of them fit. None if not even the
  // header does.
  std::size_t claim(std::size_t size) noexcept {
    if (room_ < control_space(0)) return 0;
    const std::size_t fits = (std::min)(size, room_ - control_space(0));
    room_ -= (std::min)(room_, control_space(fits));
    return fits;
  }
  // Appends an item. What of its data does not fit is cut off, nothing of it is no item; msg_ctrunc says so.
  void put(OptionLevel level, ControlType type, std::string_view data) {
    const std::size_t fits = claim(data.size());
    if (fits < data.size()) say_truncated();
    if (fits > 0) append({level, type, std::string(data.substr(0, fits))});
  }
  // An item for which claim() has made room.
  void append(ControlMessage message) { request_.control->push_back(std::move(message)); }
  void say_truncated() noexcept { request_.received_flags |= msg_ctrunc; }

 private:
  ReceiveRequest& request_;
  std::size_t room_;
};

}  // namespace everysock

#endif  // EVERYSOCK_CONTROL_ROOM_H_
