// What the simulated network can do, and why not where it cannot.
#include "backends/memory/backend.h"

namespace everysock::memory {
namespace {

constexpr Support emulated(std::string_view how = "") { return {SupportLevel::emulated, how}; }
constexpr Support unsupported(std::string_view why) { return {SupportLevel::unsupported, why}; }

}  // namespace

Support MemoryBackend::supports(Feature feature) const {
  switch (feature) {
    case Feature::inet_stream:
    case Feature::inet_dgram:
    case Feature::inet6_stream:
    case Feature::inet6_dgram:
    case Feature::dual_stack:
    case Feature::scope_id:
    case Feature::flowinfo:
    case Feature::unix_stream:
    case Feature::unix_dgram:
    case Feature::unix_seqpacket:
    case Feature::unix_abstract:
    case Feature::unix_autobind:
    case Feature::socketpair_unix:
    case Feature::listen:
    case Feature::broadcast:
    case Feature::multicast:
    case Feature::duplicate:
    case Feature::msg_peek:
    case Feature::msg_waitall:
    case Feature::msg_dontwait:
    case Feature::msg_trunc:
    case Feature::msg_more:
    case Feature::socket_options:
    case Feature::buffer_sizes:
    case Feature::linger:
    case Feature::reuse_port:
    case Feature::udp_unreachable:
    case Feature::connect_refused:
    case Feature::backlog:
    case Feature::getaddrinfo:
    case Feature::getnameinfo:
    case Feature::services:
    case Feature::interfaces:
    case Feature::host_database:
    case Feature::sethostname:
    case Feature::blocking:
    case Feature::virtual_clock:
    case Feature::server_reuse_address:
      return emulated();
    case Feature::msg_oob:
      return emulated("TCP's one urgent byte; AF_UNIX streams refuse it, as Linux did before 5.15");
    case Feature::unix_path:
      return emulated(
          "Paths are names in a namespace of the simulated host's own, not files; MemoryNetwork::make_directory() "
          "makes directories");
    case Feature::adopt:
      return emulated("Handles of the simulated host take the place of descriptors");
    case Feature::inheritable:
      return {SupportLevel::ignored, "The flag is kept; a simulated host starts no other processes"};
    case Feature::control_messages:
    case Feature::pass_handles:
      return emulated("SCM_RIGHTS with handles of the simulated host, and SCM_CREDENTIALS");
    case Feature::tcp_options:
    case Feature::ip_options:
      return emulated("Kept and checked as on Linux; the simulated packets have no headers that they could change");
    case Feature::tcp_linux:
      return emulated("Kept and checked as on Linux; TCP_INFO tells the state, the segment size and what has arrived");
    case Feature::tcp_fastopen:
      return {SupportLevel::ignored, "TCP_FASTOPEN is kept and checked; data travels once the connection is made"};
    case Feature::bind_to_device:
      return {SupportLevel::ignored, "The name is kept and checked; addresses alone decide where data goes"};
    case Feature::threads:
      if (have_threads) return emulated();
      return unsupported("This build has no threads");
    case Feature::socketpair_inet:
      return unsupported("As on Linux, only AF_UNIX has socket pairs");
    case Feature::raw:
      return unsupported("The simulation has no packets that a raw socket could see");
    case Feature::send_file:
      return unsupported("There are no files in the simulation; the portable fallback is used");
    case Feature::raw_constants:
      return emulated("As Linux's numbers");
    case Feature::credentials:
      return emulated("Every simulated host has one process, 1000 and the host's number, of user 1000");
    case Feature::can_raw:
    case Feature::can_fd:
    case Feature::can_xl:
    case Feature::can_bcm:
    case Feature::can_isotp:
      return emulated("On the buses vcan0 and vcan1 of each simulated host; a frame takes no time");
    case Feature::packet_info:
    case Feature::ip_ancillary:
      return emulated();
    case Feature::timestamps:
      return emulated("Of the virtual clock");
    case Feature::ipv6_extension_headers:
    case Feature::error_queue:
    case Feature::ipv6_options:
    case Feature::source_multicast:
    case Feature::ioctl:
    case Feature::share:
    case Feature::udplite:
    case Feature::mptcp:
    case Feature::sctp:
    case Feature::packet:
    case Feature::netlink:
    case Feature::vsock:
    case Feature::can_j1939:
    case Feature::tipc:
    case Feature::alg:
    case Feature::bluetooth:
    case Feature::qipcrtr:
    case Feature::rds:
    case Feature::hyperv:
      return unsupported("Not simulated");
  }
  return unsupported("Not known to this backend");
}

}  // namespace everysock::memory
