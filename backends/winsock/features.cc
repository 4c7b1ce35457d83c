// What Winsock has, and why not where it has not.
#include "backends/winsock/backend.h"

namespace everysock::winsock {
namespace {

constexpr Support by_winsock() { return {SupportLevel::native, {}}; }
constexpr Support emulated(std::string_view how) { return {SupportLevel::emulated, how}; }
constexpr Support unsupported(std::string_view why) { return {SupportLevel::unsupported, why}; }

}  // namespace

Support WinsockBackend::supports(Feature feature) const {
  switch (feature) {
    case Feature::inet_stream:
    case Feature::inet_dgram:
    case Feature::inet6_stream:
    case Feature::inet6_dgram:
    case Feature::dual_stack:
    case Feature::scope_id:
    case Feature::flowinfo:
    case Feature::unix_stream:
    case Feature::unix_path:
    case Feature::listen:
    case Feature::broadcast:
    case Feature::multicast:
    case Feature::source_multicast:
    case Feature::raw:
    case Feature::duplicate:
    case Feature::adopt:
    case Feature::inheritable:
    case Feature::share:
    case Feature::ioctl:
    case Feature::msg_peek:
    case Feature::msg_oob:
    case Feature::msg_waitall:
    case Feature::packet_info:
    case Feature::socket_options:
    case Feature::buffer_sizes:
    case Feature::linger:
    case Feature::tcp_options:
    case Feature::tcp_fastopen:
    case Feature::connect_refused:
    case Feature::backlog:
    case Feature::getaddrinfo:
    case Feature::getnameinfo:
    case Feature::host_database:
    case Feature::services:
    case Feature::interfaces:
    case Feature::blocking:
    case Feature::threads:
    case Feature::raw_constants:
    case Feature::hyperv:
      return by_winsock();
    case Feature::ip_options:
      return {SupportLevel::native, "TTL and hop limit; Windows takes TOS and marks packets by its own rules"};
    case Feature::control_messages:
    case Feature::ip_ancillary:
      return {SupportLevel::native, "Of datagrams"};
    case Feature::bluetooth:
      return {SupportLevel::native, "RFCOMM alone"};
    case Feature::send_file:
      return {SupportLevel::native, "TransmitFile(), by blocking sockets without a time-out"};
    case Feature::socketpair_inet:
      return emulated("A connection over the loopback interface");
    case Feature::unix_dgram:
    case Feature::unix_seqpacket:
      return unsupported("AF_UNIX of Windows has streams alone");
    case Feature::unix_abstract:
    case Feature::unix_autobind:
      return unsupported("Abstract AF_UNIX names are Linux's");
    case Feature::socketpair_unix:
      return unsupported("Windows has no socket pairs, and AF_UNIX there no unnamed sockets");
    case Feature::pass_handles:
    case Feature::credentials:
      return unsupported("AF_UNIX of Windows carries no ancillary data; sockets are passed with share()");
    case Feature::msg_dontwait:
    case Feature::msg_more:
    case Feature::msg_trunc:
      return unsupported("Windows has no such flag");
    case Feature::reuse_port:
      return unsupported("SO_REUSEADDR is all of it on Windows");
    case Feature::server_reuse_address:
      return unsupported("On Windows SO_REUSEADDR lets others take the address; a server may bind again without it");
    case Feature::udp_unreachable:
      return unsupported("Winsock reports it on sockets that are not connected as well, so it is switched off");
    case Feature::sethostname:
      return unsupported("Windows takes a new name when it starts again");
    case Feature::virtual_clock:
      return unsupported("Time is real here");
    default:
      return unsupported("Windows has no such thing");
  }
}

}  // namespace everysock::winsock
