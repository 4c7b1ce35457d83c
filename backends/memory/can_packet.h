// A frame as it travels on a simulated CAN bus: the bytes of struct can_frame, canfd_frame or canxl_frame.
#ifndef EVERYSOCK_BACKENDS_MEMORY_CAN_PACKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_CAN_PACKET_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "everysock/can_frame.h"

namespace everysock::memory {

class CanPacket {
 public:
  static constexpr std::size_t kClassicSize = 16;
  static constexpr std::size_t kFdSize = 72;
  static constexpr std::size_t kXlHead = 12;
  static constexpr std::size_t kData = 8;  // where classic and FD frames have it

  explicit CanPacket(std::string bytes) : bytes_(std::move(bytes)) {}
  // A classic or FD frame of `size` bytes.
  CanPacket(std::size_t size, std::uint32_t id, std::string_view data, std::uint8_t flags = 0) : bytes_(size, '\0') {
    set_id(id);
    bytes_[4] = static_cast<char>(data.size());
    bytes_[5] = static_cast<char>(flags);
    data.copy(bytes_.data() + kData, size - kData);
  }

  const std::string& bytes() const noexcept { return bytes_; }
  std::size_t size() const noexcept { return bytes_.size(); }

  // Which of the three it is: none where the length field does not fit.
  bool is_classic() const noexcept { return size() == kClassicSize && length() <= 8; }
  bool is_fd() const noexcept { return size() == kFdSize && length() <= 64; }
  bool is_xl() const noexcept {
    if (size() <= kXlHead || size() > CanFrame::max_packed) return false;
    std::uint16_t length;
    std::memcpy(&length, bytes_.data() + 6, sizeof(length));
    return size() == kXlHead + length && (octet(4) & canxl_xlf) != 0;
  }

  std::uint32_t id() const noexcept {
    std::uint32_t id;
    std::memcpy(&id, bytes_.data(), sizeof(id));
    return id;
  }
  void set_id(std::uint32_t id) noexcept { std::memcpy(bytes_.data(), &id, sizeof(id)); }

  // Of classic and FD frames.
  std::uint8_t length() const noexcept { return octet(4); }
  std::uint8_t flags() const noexcept { return octet(5); }
  void set_flags(std::uint8_t flags) noexcept { bytes_[5] = static_cast<char>(flags); }
  std::string_view data() const noexcept { return std::string_view(bytes_).substr(kData, length()); }
  // A byte of the data's room; 0 behind its end.
  std::uint8_t at(std::size_t offset) const noexcept {
    return kData + offset < size() ? octet(kData + offset) : std::uint8_t{0};
  }
  // Eight bytes of the data's room as one number, for comparisons.
  std::uint64_t word(std::size_t offset) const noexcept {
    std::uint64_t word;
    std::memcpy(&word, bytes_.data() + kData + offset, sizeof(word));
    return word;
  }

 private:
  std::uint8_t octet(std::size_t offset) const noexcept { return static_cast<std::uint8_t>(bytes_[offset]); }

  std::string bytes_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_CAN_PACKET_H_
