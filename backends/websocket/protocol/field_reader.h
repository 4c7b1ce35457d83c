// The fields of one payload, read in order.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FIELD_READER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FIELD_READER_H_

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "backends/websocket/protocol/address_fields.h"
#include "backends/websocket/protocol/frames.h"
#include "backends/websocket/protocol/protocol_error.h"

namespace everysock::websocket {

// After the first error nothing more is read, and the fields keep what they had.
class FieldReader {
 public:
  explicit FieldReader(std::string_view payload) noexcept : rest_(payload) {}

  template <typename... Fields>
  void operator()(Fields&... fields) {
    (read(fields), ...);
  }

  // The first error; bytes that are left over are one (bad_length).
  std::optional<ProtocolError> finish() const noexcept {
    if (!error_ && !rest_.empty()) return ProtocolError::bad_length;
    return error_;
  }

  template <std::unsigned_integral T>
  void read(T& value) {
    const std::string_view bytes = take(sizeof(T));
    if (error_) return;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      sum |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    value = static_cast<T>(sum);
  }
  template <typename Tag>
  void read(Constant<Tag>& constant) {
    std::uint32_t value = 0;
    read(value);
    constant = Constant<Tag>(value);
  }
  void read(SocketKind& kind) {
    std::uint32_t value = 0;
    read(value);
    kind = SocketKind(value);
  }
  void read(OptionLevel& level) {
    std::uint32_t value = 0;
    read(value);
    level = OptionLevel(value);
  }
  template <typename Tag>
  void read(FlagConstant<Tag>& flags) {
    std::uint32_t value = 0;
    read(value);
    flags = FlagConstant<Tag>(value);
  }
  void read(std::string_view& text);
  void read(std::optional<std::string_view>& text);
  void read(Rest& rest) { rest.bytes = take(rest_.size()); }
  void read(Address& address);
  template <std::size_t N>
  void read(InlineText<N>& text) {
    std::uint8_t size = 0;
    read(size);
    const std::string_view bytes = take(size);
    if (size > N) refuse(ProtocolError::bad_address);
    if (!error_) text = bytes;
  }
  void read(BdAddr& device) { read_octets<6>(device); }
  void read(Uuid& uuid) { read_octets<16>(uuid); }
  void read(SixteenBits<std::int32_t>& number) {
    std::uint16_t value = 0;
    read(value);
    number.value = value;
  }
  void read(Error& error);
  void read(SupportLevel& level);
  void read(PassedState& state);
  void read(ControlType& type) {
    std::uint32_t value = 0;
    read(value);
    type = ControlType(value);
  }
  template <typename Element>
  requires requires(Element& element, FieldReader& reader) { Element::fields(element, reader); }
  void read(std::vector<Element>& elements) {
    std::uint16_t count = 0;
    read(count);
    // Each element takes at least a byte, so that a lying count reserves nothing.
    for (std::size_t i = 0; i < count && !error_; ++i) {
      Element element{};
      Element::fields(element, *this);
      if (!error_) elements.push_back(element);
    }
  }

 private:
  // The next `size` bytes, or bad_length.
  std::string_view take(std::size_t size) noexcept;
  void refuse(ProtocolError error) noexcept {
    if (!error_) error_ = error;
  }
  template <std::size_t N, typename T>
  void read_octets(T& value) {
    const std::string_view bytes = take(N);
    if (error_) return;
    std::array<std::uint8_t, N> octets;
    std::copy(bytes.begin(), bytes.end(), octets.begin());
    value = T(octets);
  }
  // Whether `tag` is that of Form; then `address` becomes one.
  template <typename Form>
  bool read_form(AddressTag tag, Address& address);

  std::string_view rest_;
  std::optional<ProtocolError> error_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FIELD_READER_H_
