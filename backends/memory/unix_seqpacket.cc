#include "backends/memory/unix_seqpacket.h"

#include <utility>

namespace everysock::memory {

Result<std::size_t> UnixSeqpacket::send(const SendRequest& request, Gather& data, bool) {
  constexpr Operation kOperation = Operation::send;
  if (state() != State::established) return fail(kOperation, Errc::enotconn);
  if (request.flags.has(msg_oob)) return fail(kOperation, Errc::eopnotsupp);
  // An address is ignored: the socket is connected.
  auto ancillary = collect_ancillary(machine(), request.control);
  if (!ancillary) return Unexpected(ancillary.error());
  if (const auto named = autobind_for_credentials(kOperation); !named) return Unexpected(named.error());
  if (too_large_for(options_.send_buffer, data.left())) return fail(kOperation, Errc::emsgsize);
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (shutdown_.send || peer_is_deaf()) return fail(kOperation, Errc::epipe);
  if (charged() >= static_cast<std::size_t>(options_.send_buffer)) return fail(kOperation, Errc::eagain);
  const std::size_t size = data.left();
  auto& to = static_cast<UnixSeqpacket&>(*peer());
  to.input_.put(*this, data, std::move(*ancillary));
  to.notify(Interest::read);
  return size;
}

Result<std::size_t> UnixSeqpacket::receive(ReceiveRequest& request, Scatter& room, bool) {
  constexpr Operation kOperation = Operation::recv;
  if (state() != State::established) return fail(kOperation, Errc::enotconn);
  if (request.flags.has(msg_oob)) return fail(kOperation, Errc::eopnotsupp);
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (!input_.empty()) return input_.receive(machine(), options_, request, room);
  if (shutdown_.receive) return 0;
  return fail(kOperation, Errc::eagain);
}

}  // namespace everysock::memory
