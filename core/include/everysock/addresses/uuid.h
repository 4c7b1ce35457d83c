// Universally unique identifiers (RFC 9562).
#ifndef EVERYSOCK_ADDRESSES_UUID_H_
#define EVERYSOCK_ADDRESSES_UUID_H_

#include <array>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace everysock {

// Sixteen octets, made from text, "90db8b89-0d35-4f79-8ce9-49ea0ac8b7cd" in either case. Text that is none of the kind
// can be put in, but is only remembered as malformed: the call that is given it refuses it (UsageErrc::uuid_text).
class Uuid {
 public:
  // In the order in which they are written.
  using Octets = std::array<std::uint8_t, 16>;

  constexpr Uuid() noexcept = default;  // hv_guid_zero, all zeros
  constexpr explicit Uuid(const Octets& octets) noexcept : octets_(octets) {}
  Uuid(std::string_view text) noexcept;
  Uuid(const char* text) noexcept : Uuid(std::string_view(text)) {}
  Uuid(const std::string& text) noexcept : Uuid(std::string_view(text)) {}

  constexpr bool malformed() const noexcept { return malformed_; }
  constexpr const Octets& octets() const noexcept { return octets_; }
  // Lower-case.
  std::string str() const;

  // Compare as identifiers; malformed ones equal nothing but each other.
  friend constexpr bool operator==(const Uuid&, const Uuid&) noexcept = default;
  friend bool operator==(const Uuid& a, std::string_view b) noexcept { return a == Uuid(b); }
  friend bool operator==(const Uuid& a, const char* b) noexcept { return a == Uuid(b); }
  friend bool operator==(const Uuid& a, const std::string& b) noexcept { return a == Uuid(b); }
  friend std::ostream& operator<<(std::ostream& out, const Uuid& uuid) { return out << uuid.str(); }

 private:
  Octets octets_{};
  bool malformed_ = false;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_UUID_H_
