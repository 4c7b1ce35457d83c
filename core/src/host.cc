#include "everysock/host.h"

#include <algorithm>

#include "src/inet_text.h"

namespace everysock {

Host::Host(std::string_view text) {
  if (const auto quad = internal::parse_ipv4(text)) {
    *this = ipv4(*quad);
  } else if (const auto bytes = internal::parse_ipv6(text)) {
    *this = ipv6(*bytes);
  } else {
    name_ = text;
  }
}

Host Host::ipv4(std::span<const std::uint8_t, 4> bytes) noexcept {
  Host host;
  host.kind_ = Kind::ipv4;
  std::copy(bytes.begin(), bytes.end(), host.bytes_.begin());
  return host;
}

Host Host::ipv6(std::span<const std::uint8_t, 16> bytes) noexcept {
  Host host;
  host.kind_ = Kind::ipv6;
  std::copy(bytes.begin(), bytes.end(), host.bytes_.begin());
  return host;
}

std::span<const std::uint8_t> Host::bytes() const noexcept {
  switch (kind_) {
    case Kind::name:
      break;
    case Kind::ipv4:
      return {bytes_.data(), 4};
    case Kind::ipv6:
      return bytes_;
  }
  return {};
}

std::string Host::str() const {
  switch (kind_) {
    case Kind::name:
      break;
    case Kind::ipv4:
      return internal::format_ipv4(std::span(bytes_).first<4>());
    case Kind::ipv6:
      return internal::format_ipv6(bytes_);
  }
  return name_;
}

}  // namespace everysock
