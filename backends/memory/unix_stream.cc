#include "backends/memory/unix_stream.h"

#include <algorithm>
#include <utility>

#include "everysock/control_room.h"

namespace everysock::memory {
namespace {

// Linux sends long data in pieces, and handles with the first of them.
constexpr std::size_t kPiece = 32768;

}  // namespace

void UnixStream::discard_input() {
  input_.clear();
  parcels_.clear();
}

std::size_t UnixStream::outstanding() const {
  const UnixStream* to = peer();
  return to == nullptr ? 0 : to->input_.size();
}

Result<std::size_t> UnixStream::send(const SendRequest& request, Gather& data, bool going_on) {
  constexpr Operation kOperation = Operation::send;
  Ancillary ancillary;
  if (!going_on && !request.control.empty()) {
    auto collected = collect_ancillary(machine(), request.control);
    if (!collected) return Unexpected(collected.error());
    ancillary = std::move(*collected);
  }
  if (request.flags.has(msg_oob)) return fail(kOperation, Errc::eopnotsupp);
  if (request.address != nullptr && !going_on) {
    return fail(kOperation, state() == State::established ? Errc::eisconn : Errc::eopnotsupp);
  }
  UnixStream* to = peer();
  if (to == nullptr) return fail(kOperation, Errc::enotconn);
  const auto broken = [&](Errc error) -> Result<std::size_t> {
    if (going_on) return 0;
    return fail(kOperation, error);
  };
  if (shutdown_.send) return broken(Errc::epipe);
  if (data.left() == 0) return 0;
  if (error_ != Errc::ok) return going_on ? Result<std::size_t>(0) : fail(kOperation, take_error());
  if (peer_is_deaf()) return broken(Errc::epipe);
  const auto capacity = static_cast<std::size_t>(options_.send_buffer);
  const std::size_t used = to->input_.size();
  if (used >= capacity) return fail(kOperation, Errc::eagain);
  const std::size_t size = std::min(capacity - used, data.left());
  if (!ancillary.empty()) {
    const std::uint64_t begin = to->read_ + used;
    to->parcels_.push_back({begin, begin + std::min(size, kPiece), std::move(ancillary)});
  }
  to->input_.push(data, size);
  to->notify(Interest::read);
  return size;
}

Result<std::size_t> UnixStream::receive(ReceiveRequest& request, Scatter& room, bool going_on) {
  constexpr Operation kOperation = Operation::recv;
  if (state() != State::established) return fail(kOperation, Errc::einval);
  if (request.flags.has(msg_oob)) return fail(kOperation, Errc::eopnotsupp);
  // A message with handles ends the call, however much was asked for.
  const bool parcel_taken =
      going_on && ((request.control != nullptr && !request.control->empty()) || request.received_flags.has(msg_ctrunc));
  if (parcel_taken && !options_.pass_credentials) return 0;
  if (!input_.empty()) {
    std::size_t limit = input_.size();
    Parcel* parcel = parcels_.empty() ? nullptr : &parcels_.front();
    if (parcel != nullptr) limit = std::min(limit, static_cast<std::size_t>(parcel->end - read_));
    const std::size_t size = input_.copy(room, 0, limit);
    if (request.address != nullptr && peer() != nullptr) *request.address = peer()->sender_address();
    const bool reached = parcel != nullptr && read_ + size > parcel->begin;
    const Credentials sender = peer_credentials();
    ControlRoom control(request);
    deliver_ancillary(machine(), reached ? &parcel->ancillary : nullptr,
                      options_.pass_credentials && !going_on ? &sender : nullptr, request, control);
    if (!request.flags.has(msg_peek)) {
      // What has not been read of the message goes on without its handles.
      if (reached) parcels_.pop_front();
      input_.drop(size);
      read_ += size;
      if (peer() != nullptr) peer()->notify(Interest::write);
    }
    return size;
  }
  if (going_on) {
    if (shutdown_.receive || error_ != Errc::ok) return 0;
    return fail(kOperation, Errc::eagain);
  }
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (shutdown_.receive) {
    // Credentials are due at the end, too: nobody's.
    const Credentials nobody{.pid = 0, .uid = 65534, .gid = 65534};
    ControlRoom control(request);
    deliver_ancillary(machine(), nullptr, options_.pass_credentials ? &nobody : nullptr, request, control);
    return 0;
  }
  return fail(kOperation, Errc::eagain);
}

bool UnixStream::has_received(std::size_t wanted) const {
  return input_.size() >= wanted || shutdown_.receive || error_ != Errc::ok;
}

}  // namespace everysock::memory
