#include "backends/websocket/protocol/field_reader.h"

#include <span>

#include "backends/websocket/protocol/address_tag.h"

namespace everysock::websocket {
namespace {

template <std::size_t N>
std::span<const std::uint8_t, N> as_bytes(std::string_view text) noexcept {
  return std::span<const std::uint8_t, N>(reinterpret_cast<const std::uint8_t*>(text.data()), N);
}

}  // namespace

std::string_view FieldReader::take(std::size_t size) noexcept {
  if (error_) return {};
  if (size > rest_.size()) {
    refuse(ProtocolError::bad_length);
    return {};
  }
  const std::string_view bytes = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return bytes;
}

void FieldReader::read(std::string_view& text) {
  std::uint16_t size = 0;
  read(size);
  text = take(size);
}

void FieldReader::read(std::optional<std::string_view>& text) {
  std::uint8_t present = 0;
  read(present);
  if (present > 1) refuse(ProtocolError::bad_value);
  if (error_ || present == 0) return;
  std::string_view value;
  read(value);
  if (!error_) text = value;
}

void FieldReader::read(Error& error) {
  std::uint8_t domain = 0;
  std::uint8_t operation = 0;
  std::uint16_t code = 0;
  std::uint32_t detail = 0;
  (*this)(domain, operation, code, detail);
  if (domain > static_cast<std::uint8_t>(ErrorDomain::usage)) refuse(ProtocolError::bad_value);
  if (error_) return;
  error = Error::from_wire(static_cast<ErrorDomain>(domain), static_cast<Operation>(operation),
                           static_cast<std::int16_t>(code), static_cast<std::int32_t>(detail));
}

void FieldReader::read(SupportLevel& level) {
  std::uint8_t value = 0;
  read(value);
  if (value > static_cast<std::uint8_t>(SupportLevel::unsupported)) refuse(ProtocolError::bad_value);
  if (!error_) level = static_cast<SupportLevel>(value);
}

void FieldReader::read(PassedState& state) {
  std::uint8_t value = 0;
  read(value);
  if (value > static_cast<std::uint8_t>(PassedState::listening)) refuse(ProtocolError::bad_value);
  if (!error_) state = static_cast<PassedState>(value);
}

template <typename Form>
bool FieldReader::read_form([[maybe_unused]] AddressTag tag, [[maybe_unused]] Address& address) {
  if constexpr (HasWireForm<Form>) {
    if (tag != WireForm<Form>::tag) return false;
    Form form{};
    WireForm<Form>::fields(form, *this);
    if (!error_) address = form;
    return true;
  }
  return false;
}

void FieldReader::read(Address& address) {
  std::uint8_t tag = 0;
  read(tag);
  if (error_) return;
  switch (static_cast<AddressTag>(tag)) {
    case AddressTag::none:
      address = std::monostate();
      return;
    case AddressTag::inet: {
      std::uint16_t port = 0;
      const std::string_view host = take(4);
      read(port);
      if (!error_) address = InetAddress{Host::ipv4(as_bytes<4>(host)), port};
      return;
    }
    case AddressTag::inet6: {
      std::uint16_t port = 0;
      std::uint32_t flowinfo = 0;
      std::uint32_t scope_id = 0;
      const std::string_view host = take(16);
      (*this)(port, flowinfo, scope_id);
      if (!error_) address = Inet6Address{Host::ipv6(as_bytes<16>(host)), port, flowinfo, scope_id};
      return;
    }
    case AddressTag::unix_name: {
      UnixAddress name;
      read(name.path);
      if (!error_) address = name;
      return;
    }
    case AddressTag::opaque:
    case AddressTag::opaque_native: {
      OpaqueAddress opaque;
      (*this)(opaque.family, opaque.data);
      if (tag == static_cast<std::uint8_t>(AddressTag::opaque_native)) {
        opaque.family = AddressFamily::native(opaque.family.value());
      }
      if (!error_) address = opaque;
      return;
    }
    default:
      break;
  }
  const bool known = [&]<typename... Forms>(const std::variant<Forms...>&) {
    return (read_form<Forms>(static_cast<AddressTag>(tag), address) || ...);
  }(address);
  if (!known) refuse(ProtocolError::bad_address);
}

}  // namespace everysock::websocket
