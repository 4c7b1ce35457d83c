// Socket addresses: one plain struct for each documented form, and a variant over them.
//
//   s.bind(InetAddress{"", 50007});                    // AF_INET: (host, port)
//   s.connect(Inet6Address{"fe80::1", 80, 0, 2});      // AF_INET6: (host, port, flowinfo, scope_id)
//   s.bind(UnixAddress{"/run/app.sock"});              // AF_UNIX: a path, an abstract name, or nothing
//
// The form is chosen by the socket's family; a wrong one is refused (UsageErrc::address_form). AF_INET6 sockets take an
// InetAddress as well: the documented short form, with flow information and scope 0.
//
// Source: Python documentation, "Socket families" (spec rows family/*); ip(7), ipv6(7), unix(7).
#ifndef EVERYSOCK_ADDRESS_H_
#define EVERYSOCK_ADDRESS_H_

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>

#include "everysock/constants.h"
#include "everysock/host.h"
#include "everysock/inline_text.h"

namespace everysock {

// AF_INET. Host "" is INADDR_ANY, "<broadcast>" is INADDR_BROADCAST. Ports outside 0-65535 are refused by the call
// that is given them (UsageErrc::port_out_of_range); ports returned are always in range.
struct InetAddress {
  Host host;
  std::int32_t port = 0;

  friend bool operator==(const InetAddress&, const InetAddress&) = default;
};

// AF_INET6. flowinfo is in host order, at most 0xfffff; scope_id is an interface index, meaningful for link-local and
// multicast hosts. A zone in the host text ("fe80::1%eth0") is resolved into scope_id. Returned hosts never carry one.
struct Inet6Address {
  Host host;
  std::int32_t port = 0;
  std::uint32_t flowinfo = 0;
  std::uint32_t scope_id = 0;

  friend bool operator==(const Inet6Address&, const Inet6Address&) = default;
};

// AF_UNIX. A path of at most 107 bytes; or, on Linux, an abstract name: a NUL byte followed by up to 107 bytes of any
// value; or "", an unnamed socket (to bind(): "choose a free abstract name"). The bytes are passed as they are.
struct UnixAddress {
  InlineText<108> path;

  bool is_unnamed() const noexcept { return path.empty(); }
  bool is_abstract() const noexcept { return !path.empty() && path.view().front() == '\0'; }
  friend bool operator==(const UnixAddress&, const UnixAddress&) = default;
};

// An address of a family the library cannot decode: the system's own bytes after the family.
struct OpaqueAddress {
  AddressFamily family;
  InlineText<126> data;

  friend bool operator==(const OpaqueAddress&, const OpaqueAddress&) = default;
};

// std::monostate is "no address": what recvfrom() reports on a connected stream.
using Address = std::variant<std::monostate, InetAddress, Inet6Address, UnixAddress, OpaqueAddress>;

// The family that an address is of; af_unspec for no address.
AddressFamily family_of(const Address& address) noexcept;

// "127.0.0.1:80", "[::1]:80", "[fe80::1%2]:80", "/run/app.sock", "@abstract", "(unnamed)", "(none)".
std::string to_string(const Address& address);

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESS_H_
