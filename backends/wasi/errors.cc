#include "backends/wasi/errors.h"

#include <string_view>

namespace everysock::wasi {

Errc to_errc(HostError error) noexcept {
  switch (error) {
    case HostError::access_denied:
      return Errc::eacces;
    case HostError::not_supported:
      return Errc::eopnotsupp;
    case HostError::invalid_argument:
    case HostError::invalid_state:
    case HostError::not_in_progress:
      return Errc::einval;
    case HostError::out_of_memory:
      return Errc::enomem;
    case HostError::timeout:
      return Errc::etimedout;
    case HostError::concurrency_conflict:
      return Errc::ealready;
    case HostError::would_block:
      return Errc::eagain;
    case HostError::new_socket_limit:
      return Errc::emfile;
    case HostError::address_not_bindable:
      return Errc::eaddrnotavail;
    case HostError::address_in_use:
      return Errc::eaddrinuse;
    case HostError::remote_unreachable:
      return Errc::ehostunreach;
    case HostError::connection_refused:
      return Errc::econnrefused;
    case HostError::connection_reset:
      return Errc::econnreset;
    case HostError::connection_aborted:
      return Errc::econnaborted;
    case HostError::datagram_too_large:
      return Errc::emsgsize;
    case HostError::unknown:
    case HostError::name_unresolvable:
    case HostError::temporary_resolver_failure:
    case HostError::permanent_resolver_failure:
      return Errc::eio;
  }
  return Errc::eio;
}

GaiErrc to_gai(HostError error) noexcept {
  switch (error) {
    case HostError::name_unresolvable:
    case HostError::invalid_argument:  // no name of a host
      return GaiErrc::noname;
    case HostError::temporary_resolver_failure:
    case HostError::timeout:
      return GaiErrc::again;
    case HostError::out_of_memory:
      return GaiErrc::memory;
    default:
      return GaiErrc::fail;
  }
}

Errc stream_error(const ResultArea& area, std::size_t offset) noexcept {
  constexpr std::uint8_t closed = 1;
  if (area.at<std::uint8_t>(offset) == closed) return Errc::ok;
  const StreamFailure failure(area.at<std::int32_t>(offset + 4));
  // No code tells it, only words for people, a host's own: errno's name, or the system's text.
  ResultArea text;
  wasi_error_error_to_debug_string(failure.get(), text.where());
  const HostList list(text, 0);
  const std::string_view said(reinterpret_cast<const char*>(list.data()), list.size());
  const auto says = [said](std::string_view word) { return said.find(word) != said.npos; };
  if (says("EPIPE") || says("roken pipe")) return Errc::epipe;
  if (says("ETIMEDOUT") || says("imed out")) return Errc::etimedout;
  return Errc::econnreset;
}

}  // namespace everysock::wasi
