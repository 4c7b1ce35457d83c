// The types of the documented constants. constants.h lists the constants themselves.
//
// Each group of constants has a type of its own, so that socket(sock_stream, af_inet) or
// setsockopt(sol_socket, ipproto_tcp, 1) do not compile. A value is the library's own number and the same on every
// platform and on the wire; each backend translates it. Constants a platform lacks exist all the same and are refused
// at run time, with an error, by the call that is given one.
//
// native(n) is the escape for numbers that this library does not know: a local backend (posix, winsock) hands n to the
// system as it is; the other backends refuse it.
#ifndef EVERYSOCK_CONSTANT_H_
#define EVERYSOCK_CONSTANT_H_

#include <compare>
#include <cstdint>

namespace everysock {

template <typename Tag>
class Constant {
 public:
  constexpr Constant() noexcept = default;
  explicit constexpr Constant(std::uint32_t value) noexcept : value_(value) {}
  static constexpr Constant native(std::uint32_t number) noexcept {
    Constant constant(number);
    constant.native_ = true;
    return constant;
  }

  // The portable number, or the system's own where is_native().
  constexpr std::uint32_t value() const noexcept { return value_; }
  constexpr bool is_native() const noexcept { return native_; }

  friend constexpr auto operator<=>(Constant, Constant) noexcept = default;

 private:
  std::uint32_t value_ = 0;
  bool native_ = false;
};

// A constant whose values are bits.
template <typename Tag>
class FlagConstant {
 public:
  constexpr FlagConstant() noexcept = default;
  explicit constexpr FlagConstant(std::uint32_t value) noexcept : value_(value) {}

  constexpr std::uint32_t value() const noexcept { return value_; }
  // Whether every bit of `flags` is set.
  constexpr bool has(FlagConstant flags) const noexcept { return (value_ & flags.value_) == flags.value_; }
  explicit constexpr operator bool() const noexcept { return value_ != 0; }

  friend constexpr FlagConstant operator|(FlagConstant a, FlagConstant b) noexcept {
    return FlagConstant(a.value_ | b.value_);
  }
  friend constexpr FlagConstant operator&(FlagConstant a, FlagConstant b) noexcept {
    return FlagConstant(a.value_ & b.value_);
  }
  friend constexpr FlagConstant operator~(FlagConstant a) noexcept { return FlagConstant(~a.value_); }
  constexpr FlagConstant& operator|=(FlagConstant other) noexcept { return *this = *this | other; }
  constexpr FlagConstant& operator&=(FlagConstant other) noexcept { return *this = *this & other; }
  friend constexpr bool operator==(FlagConstant, FlagConstant) noexcept = default;

 private:
  std::uint32_t value_ = 0;
};

// AF_*: address families.
using AddressFamily = Constant<struct AddressFamilyTag>;
// IPPROTO_* and the other families' protocols, as the third argument of socket().
using Protocol = Constant<struct ProtocolTag>;
// SHUT_*: what shutdown() ends.
using ShutdownHow = Constant<struct ShutdownHowTag>;
// SIO_* and the like: the code of an ioctl().
using IoControl = Constant<struct IoControlTag>;
// PACKET_*: where a frame was going (AF_PACKET).
using PacketType = Constant<struct PacketTypeTag>;
// TIPC_ADDR_*: the form of a TIPC address; TIPC_*_SCOPE: how far a name is known.
using TipcAddressType = Constant<struct TipcAddressTypeTag>;
using TipcScope = Constant<struct TipcScopeTag>;
// ALG_OP_*: what is asked of an AF_ALG socket.
using AlgOperation = Constant<struct AlgOperationTag>;
// MSG_*: flags of send and receive calls, and of received messages.
using MessageFlags = FlagConstant<struct MessageFlagsTag>;
// AI_*: getaddrinfo flags (AddressInfo in the documentation).
using AddressInfoFlags = FlagConstant<struct AddressInfoFlagsTag>;
// NI_*: getnameinfo flags.
using NameInfoFlags = FlagConstant<struct NameInfoFlagsTag>;

// SOCK_*: the kind of a socket, and the two creation flags sock_nonblock and sock_cloexec that may be or-ed to it.
class SocketKind : public Constant<struct SocketKindTag> {
 public:
  using Constant::Constant;
  constexpr SocketKind(Constant constant) noexcept : Constant(constant) {}
  friend constexpr SocketKind operator|(SocketKind a, SocketKind b) noexcept {
    return SocketKind(a.value() | b.value());
  }
  constexpr bool has(SocketKind flag) const noexcept { return (value() & flag.value()) == flag.value(); }
  // The kind alone, without sock_nonblock and sock_cloexec.
  constexpr SocketKind without_flags() const noexcept { return is_native() ? *this : SocketKind(value() & 0xfu); }
};

// SOL_*: the level of a socket option or control message. Protocols are levels too (ipproto_tcp, ipproto_ipv6), and
// the family af_vsock.
class OptionLevel : public Constant<struct OptionLevelTag> {
 public:
  using Constant::Constant;
  constexpr OptionLevel(Constant constant) noexcept : Constant(constant) {}
  constexpr OptionLevel(Protocol protocol) noexcept : Constant(protocol.value()) {}
  explicit constexpr OptionLevel(AddressFamily family) noexcept : Constant(family.value()) {}

  friend constexpr bool operator==(OptionLevel a, OptionLevel b) noexcept {
    return a.value() == b.value() && a.is_native() == b.is_native();
  }
};

// SO_*, TCP_*, IP_*, IPV6_*, ...: a socket option. It remembers the level it belongs to, so that an option asked for at
// another level is refused (ENOPROTOOPT) where C would silently set something else.
class Option {
 public:
  constexpr Option() noexcept = default;
  constexpr Option(OptionLevel level, std::uint32_t number) noexcept : level_(level), number_(number) {}
  // The system's own number, valid at any level.
  static constexpr Option native(std::uint32_t number) noexcept {
    Option option(OptionLevel(), number);
    option.native_ = true;
    return option;
  }

  constexpr OptionLevel level() const noexcept { return level_; }
  constexpr std::uint32_t value() const noexcept { return number_; }
  constexpr bool is_native() const noexcept { return native_; }
  constexpr bool belongs_to(OptionLevel level) const noexcept { return native_ || level == level_; }

  friend constexpr bool operator==(Option, Option) noexcept = default;

 private:
  OptionLevel level_;
  std::uint32_t number_ = 0;
  bool native_ = false;
};

// SCM_* and the like: the type of a control message within its level. Outside of sol_socket the types are the options
// of the level (RFC 3542): {ipproto_ipv6, ipv6_pktinfo, data}.
class ControlType : public Constant<struct ControlTypeTag> {
 public:
  using Constant::Constant;
  constexpr ControlType(Constant constant) noexcept : Constant(constant) {}
  constexpr ControlType(Option option) noexcept
      : Constant(option.is_native() ? native(option.value()) : Constant(option.value())) {}

  friend constexpr bool operator==(ControlType a, ControlType b) noexcept {
    return a.value() == b.value() && a.is_native() == b.is_native();
  }
};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANT_H_
