// What a host's errors are to the library.
#ifndef EVERYSOCK_BACKENDS_WASI_ERRORS_H_
#define EVERYSOCK_BACKENDS_WASI_ERRORS_H_

#include <cstddef>
#include <cstdint>

#include "backends/wasi/abi.h"
#include "everysock/error.h"

namespace everysock::wasi {

// wasi:sockets/network, error-code.
enum class HostError : std::uint8_t {
  unknown,
  access_denied,
  not_supported,
  invalid_argument,
  out_of_memory,
  timeout,
  concurrency_conflict,
  not_in_progress,
  would_block,
  invalid_state,
  new_socket_limit,
  address_not_bindable,
  address_in_use,
  remote_unreachable,
  connection_refused,
  connection_reset,
  connection_aborted,
  datagram_too_large,
  name_unresolvable,
  temporary_resolver_failure,
  permanent_resolver_failure,
};

// The error-code at `offset` of a result that is an error.
inline HostError host_error(const ResultArea& area, std::size_t offset) noexcept {
  return static_cast<HostError>(area.at<std::uint8_t>(offset));
}

// invalid_state is EINVAL: callers that know better say so themselves. Those of the resolver are EIO.
Errc to_errc(HostError error) noexcept;
GaiErrc to_gai(HostError error) noexcept;

// Why a stream came to its end: the stream-error at `offset` of a result. Errc::ok: it was closed, in good order.
Errc stream_error(const ResultArea& area, std::size_t offset) noexcept;

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_ERRORS_H_
