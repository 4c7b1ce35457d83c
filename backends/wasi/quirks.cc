#include "backends/wasi/quirks.h"

#include "backends/wasi/abi.h"

namespace everysock::wasi {

// A host does not say what it is. The shim makes itself known by a hop limit of 1, which no system has.
bool is_preview2_shim() {
  static const bool is_it = [] {
    ResultArea created;
    wasi_tcp_create_socket_create_tcp_socket(0, created.where());
    if (created.is_error()) return false;
    const HostTcpSocket socket(created.at<std::int32_t>(4));
    ResultArea hops;
    wasi_tcp_tcp_socket_hop_limit(socket.get(), hops.where());
    return !hops.is_error() && hops.at<std::uint8_t>(1) == 1;
  }();
  return is_it;
}

}  // namespace everysock::wasi
