// The host part of an Internet address: an IPv4 address, an IPv6 address, or a name.
#ifndef EVERYSOCK_HOST_H_
#define EVERYSOCK_HOST_H_

#include <array>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace everysock {

// Made from text, as the documentation has it: "127.0.0.1", "::1", "example.org", "" (any address when binding) or
// "<broadcast>". Text that is a numeric address becomes that address at once and allocates nothing; everything else
// stays a name, which the call that is given it resolves.
//
//   InetAddress peer = ...;
//   if (peer.host == "127.0.0.1") ...
//   std::cout << peer.host.str();
class Host {
 public:
  enum class Kind : std::uint8_t { name, ipv4, ipv6 };

  Host() noexcept = default;  // the name ""
  Host(std::string_view text);
  Host(const char* text) : Host(std::string_view(text)) {}
  Host(const std::string& text) : Host(std::string_view(text)) {}

  // Four or sixteen bytes in network order.
  static Host ipv4(std::span<const std::uint8_t, 4> bytes) noexcept;
  static Host ipv6(std::span<const std::uint8_t, 16> bytes) noexcept;

  Kind kind() const noexcept { return kind_; }
  bool is_name() const noexcept { return kind_ == Kind::name; }
  bool is_ipv4() const noexcept { return kind_ == Kind::ipv4; }
  bool is_ipv6() const noexcept { return kind_ == Kind::ipv6; }

  // Network order: 4 bytes for IPv4, 16 for IPv6, none for a name.
  std::span<const std::uint8_t> bytes() const noexcept;
  // The name; "" for a numeric address.
  const std::string& name() const noexcept { return name_; }
  // The canonical text: "10.0.0.1", "fe80::1" (RFC 5952), or the name itself.
  std::string str() const;

  friend bool operator==(const Host& a, const Host& b) noexcept = default;
  // Compares addresses as addresses ("::1" equals "0:0:0:0:0:0:0:1") and names as text.
  friend bool operator==(const Host& a, std::string_view b) { return a == Host(b); }
  friend bool operator==(const Host& a, const char* b) { return a == Host(b); }
  friend bool operator==(const Host& a, const std::string& b) { return a == Host(b); }
  friend std::ostream& operator<<(std::ostream& out, const Host& host) { return out << host.str(); }

 private:
  std::string name_;
  std::array<std::uint8_t, 16> bytes_{};
  Kind kind_ = Kind::name;
};

}  // namespace everysock

#endif  // EVERYSOCK_HOST_H_
