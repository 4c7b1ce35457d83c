// What wasi:sockets 0.2 has, and why not where it has not.
#include "backends/wasi/backend.h"

namespace everysock::wasi {
namespace {

constexpr Support by_the_host() { return {SupportLevel::native, ""}; }
constexpr Support emulated(std::string_view how) { return {SupportLevel::emulated, how}; }
constexpr Support unsupported(std::string_view why) { return {SupportLevel::unsupported, why}; }

}  // namespace

Support WasiBackend::supports(Feature feature) const {
  switch (feature) {
    case Feature::inet_stream:
    case Feature::inet_dgram:
    case Feature::inet6_stream:
    case Feature::inet6_dgram:
    case Feature::scope_id:
    case Feature::flowinfo:
    case Feature::listen:
    case Feature::connect_refused:
    case Feature::getaddrinfo:
    case Feature::blocking:
    case Feature::buffer_sizes:
      return by_the_host();
    case Feature::socket_options:
      return {SupportLevel::native, "But SO_BROADCAST, and SO_REUSEADDR of UDP"};
    case Feature::tcp_options:
      return {SupportLevel::native, "The keep-alive options; wasi:sockets has no TCP_NODELAY"};
    case Feature::ip_options:
      return {SupportLevel::native, "TTL and unicast hop limit; wasi:sockets has neither TOS nor traffic class"};
    case Feature::unix_stream:
    case Feature::unix_dgram:
    case Feature::unix_seqpacket:
    case Feature::socketpair_unix:
      return emulated("Pairs, within the program's memory; wasi:sockets has no AF_UNIX");
    case Feature::duplicate:
      return emulated("Handles of the program's own on one socket of the host's");
    case Feature::adopt:
      return emulated("Numbers that detach() gave; a component inherits no sockets");
    case Feature::inheritable:
      return {SupportLevel::ignored, "The flag is kept; a component starts no other processes"};
    case Feature::msg_peek:
    case Feature::msg_waitall:
    case Feature::msg_dontwait:
    case Feature::msg_trunc:
      return emulated("By what the program keeps of received data");
    case Feature::msg_more:
      return {SupportLevel::ignored, "A hint that streams need not follow; datagrams refuse it"};
    case Feature::services:
      return emulated("A table in the program of the well-known ones");
    case Feature::server_reuse_address:
      return {SupportLevel::ignored, "The flag is kept; hosts let a server bind again at once, always"};
    case Feature::threads:
      return unsupported("A component has one thread");
    case Feature::virtual_clock:
      return unsupported("The clock is the host's");
    case Feature::dual_stack:
      return unsupported("IPv6 sockets are for IPv6 alone in wasi:sockets");
    case Feature::backlog:
    case Feature::udp_unreachable:
      return unsupported("wasi:sockets leaves it to the host");
    case Feature::unix_path:
    case Feature::unix_abstract:
    case Feature::unix_autobind:
      return unsupported("wasi:sockets has no AF_UNIX; there are only pairs");
    case Feature::socketpair_inet:
      return unsupported("Only AF_UNIX has socket pairs");
    case Feature::getnameinfo:
      return emulated("Numbers and services; wasi:sockets looks up no names of addresses");
    case Feature::host_database:
      return emulated("gethostbyname_ex; wasi:sockets looks up no names of addresses");
    case Feature::raw_constants:
      return emulated("A number that the library does not know is one that hosts do not have");
    case Feature::interfaces:
      return unsupported("wasi:sockets does not tell of interfaces");
    case Feature::sethostname:
      return unsupported("A component's host has no name that it knows of");
    case Feature::control_messages:
      return emulated("Over socket pairs; hosts' sockets take no notice of items that are not theirs");
    case Feature::pass_handles:
      return emulated("Over socket pairs, within the program");
    case Feature::credentials:
    case Feature::packet_info:
    case Feature::ip_ancillary:
    case Feature::ipv6_extension_headers:
    case Feature::timestamps:
    case Feature::error_queue:
      return unsupported("wasi:sockets carries no ancillary data");
    case Feature::send_file:
      return unsupported("wasi:sockets sends what is in memory");
    default:
      return unsupported("wasi:sockets 0.2 has no such thing");
  }
}

}  // namespace everysock::wasi
