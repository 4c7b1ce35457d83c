#include "backends/websocket/protocol/frame_reader.h"

#include <type_traits>

#include "backends/websocket/protocol/field_reader.h"

namespace everysock::websocket {
namespace {

struct Header {
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::uint16_t reserved = 0;
  WireHandle handle = 0;
  std::uint32_t length = 0;
};

bool handle_fits(HandleKind kind, WireHandle handle) noexcept {
  switch (kind) {
    case HandleKind::session:
      return handle == session_handle;
    case HandleKind::client_chosen:
      return handle != session_handle && !chosen_by_server(handle);
    case HandleKind::socket:
      return handle != session_handle;
    case HandleKind::any:
      return true;
  }
  return false;
}

// What the types of single fields cannot say.
std::optional<ProtocolError> check(const Accepted& body) {
  if (!chosen_by_server(body.accepted)) return ProtocolError::bad_handle;
  return std::nullopt;
}
std::optional<ProtocolError> check(const OpenPair& body) {
  if (!handle_fits(HandleKind::client_chosen, body.second)) return ProtocolError::bad_handle;
  return std::nullopt;
}
std::optional<ProtocolError> check(const Data& body) {
  if (body.data.bytes.empty()) return ProtocolError::bad_length;
  if (body.data.bytes.size() > max_stream_data) return ProtocolError::frame_too_large;
  return std::nullopt;
}
std::optional<ProtocolError> check(const Message& body) {
  for (const WireControl& item : body.control) {
    const bool rights = item.level == sol_socket && item.type == scm_rights;
    if (rights && item.data.size() % sizeof(WireHandle) != 0) return ProtocolError::bad_length;
  }
  if (control_cost(body.control) > max_control) return ProtocolError::frame_too_large;
  return std::nullopt;
}
std::optional<ProtocolError> check(const Passed& body) {
  if (!chosen_by_server(body.passed) || body.passed == body.former) return ProtocolError::bad_handle;
  return std::nullopt;
}
std::optional<ProtocolError> check(const ClientHello& body) {
  if (body.magic != protocol_magic) return ProtocolError::bad_magic;
  if (body.reserved != 0) return ProtocolError::bad_reserved;
  if (body.max_frame < min_max_frame || body.max_message < min_max_message) return ProtocolError::bad_value;
  if (body.window > max_credit || body.token.size() > max_token || body.agent.size() > max_agent) {
    return ProtocolError::bad_value;
  }
  return std::nullopt;
}
std::optional<ProtocolError> check(const ServerHello& body) {
  if (body.reserved != 0) return ProtocolError::bad_reserved;
  if (body.max_frame < min_max_frame || body.max_message < min_max_message) return ProtocolError::bad_value;
  if (body.window > max_credit) return ProtocolError::bad_value;
  return std::nullopt;
}
template <typename Body>
std::optional<ProtocolError> check(const Body&) {
  return std::nullopt;
}

template <typename Body>
tl::expected<Frame, ProtocolError> read_body(const Header& header, std::string_view payload) {
  if ((header.flags & ~Body::allowed_flags) != 0) return tl::unexpected(ProtocolError::bad_flags);
  if (!handle_fits(Body::handle_kind, header.handle)) return tl::unexpected(ProtocolError::bad_handle);
  tl::expected<Frame, ProtocolError> frame;
  frame->handle = header.handle;
  frame->flags = header.flags;
  auto& body = frame->body.template emplace<Body>();
  FieldReader reader(payload);
  Body::fields(body, reader);
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  if (const auto error = check(body)) return tl::unexpected(*error);
  return frame;
}

// Tries the alternatives of FrameBody one after another; the compiler makes a switch of it.
template <std::size_t Index = 0>
tl::expected<Frame, ProtocolError> read_frame(const Header& header, std::string_view payload, Direction direction) {
  if constexpr (Index == std::variant_size_v<FrameBody>) {
    return tl::unexpected(ProtocolError::unknown_type);
  } else {
    using Body = std::variant_alternative_t<Index, FrameBody>;
    if (header.type != static_cast<std::uint8_t>(Body::type_number)) {
      return read_frame<Index + 1>(header, payload, direction);
    }
    if ((static_cast<unsigned>(Body::direction) & static_cast<unsigned>(direction)) == 0) {
      return tl::unexpected(ProtocolError::wrong_direction);
    }
    return read_body<Body>(header, payload);
  }
}

}  // namespace

tl::expected<Frame, ProtocolError> FrameReader::next() {
  if (rest_.size() < header_size) return tl::unexpected(ProtocolError::truncated_frame);
  Header header;
  FieldReader fields(rest_.substr(0, header_size));
  fields(header.type, header.flags, header.reserved, header.handle, header.length);
  rest_.remove_prefix(header_size);
  if (header.reserved != 0) return tl::unexpected(ProtocolError::bad_reserved);
  if (header.length > max_frame_) return tl::unexpected(ProtocolError::frame_too_large);
  if (header.length > rest_.size()) return tl::unexpected(ProtocolError::truncated_frame);
  const std::string_view payload = rest_.substr(0, header.length);
  rest_.remove_prefix(header.length);
  return read_frame(header, payload, direction_);
}

}  // namespace everysock::websocket
