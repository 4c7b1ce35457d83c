// Frames to bytes.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAME_WRITER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAME_WRITER_H_

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/protocol/address_fields.h"
#include "backends/websocket/protocol/frames.h"

namespace everysock::websocket {

// Appends fields to a string, as docs/protocol.md lays them out.
class FieldWriter {
 public:
  explicit FieldWriter(std::string& out) noexcept : out_(out) {}

  template <typename... Fields>
  void operator()(const Fields&... fields) {
    (write(fields), ...);
  }

  template <std::unsigned_integral T>
  void write(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out_.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
  }
  template <typename Tag>
  void write(const Constant<Tag>& constant) {
    write(constant.value());
  }
  template <typename Tag>
  void write(const FlagConstant<Tag>& flags) {
    write(flags.value());
  }
  // At most 65,535 bytes; what is beyond is not written.
  void write(std::string_view text);
  void write(const std::optional<std::string_view>& text);
  void write(const Rest& rest) { out_.append(rest.bytes); }
  // Hosts are numeric, texts well formed and not too long: core has seen to it.
  void write(const Address& address);
  template <std::size_t N>
  void write(const InlineText<N>& text) {
    write(static_cast<std::uint8_t>(text.view().size()));
    out_.append(text.view());
  }
  void write(const BdAddr& device) { write_octets(device.octets()); }
  void write(const Uuid& uuid) { write_octets(uuid.octets()); }
  void write(const SixteenBits<const std::int32_t>& number) { write(static_cast<std::uint16_t>(number.value)); }
  void write(const Error& error);
  void write(SupportLevel level) { write(static_cast<std::uint8_t>(level)); }
  void write(PassedState state) { write(static_cast<std::uint8_t>(state)); }
  template <typename Element>
  requires requires(const Element& element, FieldWriter& writer) { Element::fields(element, writer); }
  void write(const std::vector<Element>& elements) {
    write(static_cast<std::uint16_t>(elements.size()));
    for (const Element& element : elements) Element::fields(element, *this);
  }

 private:
  void write_octets(std::span<const std::uint8_t> octets) {
    out_.append(reinterpret_cast<const char*>(octets.data()), octets.size());
  }

  std::string& out_;
};

// Begins a frame whose payload is written afterwards; returns what end_frame() needs.
std::size_t begin_frame(std::string& out, FrameType type, WireHandle handle, std::uint8_t flags);
// Fills in the length.
void end_frame(std::string& out, std::size_t begin);

// Appends the whole frame.
template <typename Body>
void append_frame(std::string& out, WireHandle handle, const Body& body, std::uint8_t flags = 0) {
  const std::size_t begin = begin_frame(out, Body::type_number, handle, flags);
  FieldWriter writer(out);
  Body::fields(body, writer);
  end_frame(out, begin);
}

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAME_WRITER_H_
