#include "backends/websocket/protocol/frame_writer.h"

#include <algorithm>
#include <span>

#include "backends/websocket/protocol/address_tag.h"

namespace everysock::websocket {
namespace {

std::string_view as_text(std::span<const std::uint8_t> bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A host of the other family, or a name, which core has resolved already: written as the family's zero address.
template <std::size_t N>
std::string host_bytes(const Host& host) {
  std::string bytes(as_text(host.bytes()));
  bytes.resize(N, '\0');
  return bytes;
}

}  // namespace

void FieldWriter::write(std::string_view text) {
  text = text.substr(0, 0xffff);
  write(static_cast<std::uint16_t>(text.size()));
  out_.append(text);
}

void FieldWriter::write(const std::optional<std::string_view>& text) {
  write(static_cast<std::uint8_t>(text ? 1 : 0));
  if (text) write(*text);
}

void FieldWriter::write(const Error& error) {
  write(static_cast<std::uint8_t>(error.domain()));
  write(static_cast<std::uint8_t>(error.operation()));
  write(static_cast<std::uint16_t>(error.code()));
  write(static_cast<std::uint32_t>(error.detail()));
}

void FieldWriter::write(const Address& address) {
  if (const auto* inet = std::get_if<InetAddress>(&address)) {
    write(static_cast<std::uint8_t>(AddressTag::inet));
    out_.append(host_bytes<4>(inet->host));
    write(static_cast<std::uint16_t>(inet->port));
  } else if (const auto* inet6 = std::get_if<Inet6Address>(&address)) {
    write(static_cast<std::uint8_t>(AddressTag::inet6));
    out_.append(host_bytes<16>(inet6->host));
    write(static_cast<std::uint16_t>(inet6->port));
    write(inet6->flowinfo);
    write(inet6->scope_id);
  } else if (const auto* unix_name = std::get_if<UnixAddress>(&address)) {
    write(static_cast<std::uint8_t>(AddressTag::unix_name));
    write(unix_name->path);
  } else if (const auto* opaque = std::get_if<OpaqueAddress>(&address)) {
    write(static_cast<std::uint8_t>(opaque->family.is_native() ? AddressTag::opaque_native : AddressTag::opaque));
    (*this)(opaque->family, opaque->data);
  } else if (std::holds_alternative<std::monostate>(address)) {
    write(static_cast<std::uint8_t>(AddressTag::none));
  } else {
    std::visit(
        [this]<typename Form>(const Form& form) {
          if constexpr (HasWireForm<Form>) {
            write(static_cast<std::uint8_t>(WireForm<Form>::tag));
            WireForm<Form>::fields(form, *this);
          }
        },
        address);
  }
}

std::size_t begin_frame(std::string& out, FrameType type, WireHandle handle, std::uint8_t flags) {
  const std::size_t begin = out.size();
  FieldWriter writer(out);
  writer(static_cast<std::uint8_t>(type), flags, std::uint16_t{0}, handle, std::uint32_t{0});
  return begin;
}

void end_frame(std::string& out, std::size_t begin) {
  const std::size_t length = out.size() - begin - header_size;
  for (std::size_t i = 0; i < 4; ++i) out[begin + 8 + i] = static_cast<char>((length >> (8 * i)) & 0xff);
}

}  // namespace everysock::websocket
