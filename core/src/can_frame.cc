#include "everysock/can_frame.h"

#include <cstring>

#include "src/can_limits.h"

namespace everysock {
namespace {

constexpr Operation kOperation = Operation::can_frame;
constexpr std::size_t kClassicSize = 16;
constexpr std::size_t kFdSize = 72;
constexpr std::size_t kXlHead = 12;
// Where the fields of struct can_frame and struct canfd_frame are, and those of struct canxl_frame.
constexpr std::size_t kLength = 4;
constexpr std::size_t kFlags = 5;
constexpr std::size_t kLen8Dlc = 7;
constexpr std::size_t kData = 8;
constexpr std::size_t kXlFlags = 4;
constexpr std::size_t kXlSdt = 5;
constexpr std::size_t kXlLength = 6;
constexpr std::size_t kXlAf = 8;

template <typename T>
void put(std::string& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
}

template <typename T>
T get(std::string_view bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}

std::string pack_xl(const CanFrame& frame) {
  std::string bytes(kXlHead, '\0');
  put(bytes, 0, frame.id);
  put(bytes, kXlFlags, static_cast<std::uint8_t>(frame.flags | canxl_xlf));
  put(bytes, kXlSdt, frame.sdt);
  put(bytes, kXlLength, static_cast<std::uint16_t>(frame.data.size()));
  put(bytes, kXlAf, frame.af);
  return bytes + frame.data;
}

Result<CanFrame> unpack_xl(std::string_view bytes) {
  const auto length = get<std::uint16_t>(bytes, kXlLength);
  if (length != bytes.size() - kXlHead) return fail(kOperation, UsageErrc::can_data_length, length);
  return CanFrame{.format = CanFormat::xl,
                  .id = get<std::uint32_t>(bytes, 0),
                  .flags = get<std::uint8_t>(bytes, kXlFlags),
                  .sdt = get<std::uint8_t>(bytes, kXlSdt),
                  .af = get<std::uint32_t>(bytes, kXlAf),
                  .data = std::string(bytes.substr(kXlHead))};
}

}  // namespace

Result<void> internal::check_can_frame(const CanFrame& frame) {
  const bool classic = frame.format == CanFormat::classic;
  std::uint32_t identifier = (frame.id & can_eff_flag) != 0 ? can_eff_flag | can_eff_mask : can_sff_mask;
  if (classic) identifier |= can_rtr_flag;
  if (classic && (frame.id & can_err_flag) != 0) identifier = can_err_flag | can_err_mask;
  if (frame.format == CanFormat::xl) identifier = can_sff_mask | canxl_vcid_mask;
  if ((frame.id & ~identifier) != 0) return fail(kOperation, UsageErrc::can_identifier);
  const std::size_t size = frame.data.size();
  if (size > max_can_data(frame.format) || (frame.format == CanFormat::xl && size == 0)) {
    return fail(kOperation, UsageErrc::can_data_length, static_cast<std::int32_t>(size));
  }
  return {};
}

Result<std::string> CanFrame::pack() const {
  if (const auto sound = internal::check_can_frame(*this); !sound) return Unexpected(sound.error());
  if (format == CanFormat::xl) return pack_xl(*this);
  std::string bytes(format == CanFormat::fd ? kFdSize : kClassicSize, '\0');
  put(bytes, 0, id);
  put(bytes, kLength, static_cast<std::uint8_t>(data.size()));
  if (format == CanFormat::fd) put(bytes, kFlags, flags);
  if (format == CanFormat::classic) put(bytes, kLen8Dlc, len8_dlc);
  data.copy(bytes.data() + kData, data.size());
  return bytes;
}

Result<CanFrame> CanFrame::unpack(ConstBuffer buffer) {
  const std::string_view bytes = buffer.view();
  // The flag is where the others have their length, which it makes too large for them.
  const bool xl =
      bytes.size() > kXlHead && bytes.size() <= max_packed && (get<std::uint8_t>(bytes, kXlFlags) & canxl_xlf) != 0;
  if (xl) return unpack_xl(bytes);
  if (bytes.size() != kClassicSize && bytes.size() != kFdSize) {
    return fail(kOperation, UsageErrc::can_frame_size, static_cast<std::int32_t>(bytes.size()));
  }
  CanFrame frame{.format = bytes.size() == kFdSize ? CanFormat::fd : CanFormat::classic};
  const auto length = get<std::uint8_t>(bytes, kLength);
  if (length > internal::max_can_data(frame.format)) return fail(kOperation, UsageErrc::can_data_length, length);
  frame.id = get<std::uint32_t>(bytes, 0);
  if (frame.format == CanFormat::fd) frame.flags = get<std::uint8_t>(bytes, kFlags);
  if (frame.format == CanFormat::classic) frame.len8_dlc = get<std::uint8_t>(bytes, kLen8Dlc);
  frame.data = bytes.substr(kData, length);
  return frame;
}

}  // namespace everysock
