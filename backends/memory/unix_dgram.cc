#include "backends/memory/unix_dgram.h"

#include <algorithm>
#include <utility>

namespace everysock::memory {
namespace {

constexpr std::size_t kMaxQueued = 10;  // net.unix.max_dgram_qlen

}  // namespace

UnixDgram::~UnixDgram() {
  input_.clear();
  set_peer(nullptr);
}

void UnixDgram::join(UnixDgram& one, UnixDgram& other) {
  one.set_peer(std::static_pointer_cast<UnixDgram>(other.shared_from_this()));
  other.set_peer(std::static_pointer_cast<UnixDgram>(one.shared_from_this()));
  one.paired_ = other.paired_ = true;
}

void UnixDgram::set_peer(std::shared_ptr<UnixDgram> peer) {
  if (peer_) std::erase(peer_->clients_, this);
  peer_ = std::move(peer);
  if (peer_) peer_->clients_.push_back(this);
}

Result<void> UnixDgram::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  std::shared_ptr<UnixDgram> other;
  if (!std::holds_alternative<std::monostate>(address)) {
    const auto name = name_in(kOperation, address);
    if (!name) return Unexpected(name.error());
    if (name->empty()) return fail(kOperation, Errc::einval);
    if (const auto named = autobind_for_credentials(kOperation); !named) return named;
    const auto found = find(kOperation, *name);
    if (!found) return Unexpected(found.error());
    other = std::static_pointer_cast<UnixDgram>((*found)->shared_from_this());
    if (other->peer_ != nullptr && other->peer_.get() != this) return fail(kOperation, Errc::eperm);
  }
  const std::shared_ptr<UnixDgram> before = peer_;
  if (before != nullptr && before != other) {
    // What the old peer has sent is dropped, and it is told if it was connected in turn, and another.
    if (!input_.empty()) {
      input_.clear();
      if (before.get() != this && !before->released() && before->peer_.get() == this) {
        before->error_ = Errc::econnreset;
        before->notify();
      }
    }
  }
  set_peer(std::move(other));
  notify();
  return {};
}

Result<Address> UnixDgram::peer_address() const {
  if (peer_ == nullptr) return fail(Operation::getpeername, Errc::enotconn);
  return peer_->address();
}

Result<void> UnixDgram::shutdown(ShutdownHow how) {
  const auto directions = directions_of(how);
  if (!directions) return Unexpected(directions.error());
  shutdown_.receive |= directions->receive;
  shutdown_.send |= directions->send;
  notify();
  return {};
}

void UnixDgram::release() {
  abandon_name();
  input_.clear();
  set_peer(nullptr);
  // Those who are connected to it find out when they send.
  for (UnixDgram* client : clients_) client->notify();
}

bool UnixDgram::full_for(const UnixDgram& sender) const {
  return peer_.get() != &sender && input_.count() > kMaxQueued;
}

Result<std::size_t> UnixDgram::send(const SendRequest& request, Gather& data, bool) {
  constexpr Operation kOperation = Operation::send;
  if (request.flags.has(msg_oob)) return fail(kOperation, Errc::eopnotsupp);
  auto ancillary = collect_ancillary(machine(), request.control);
  if (!ancillary) return Unexpected(ancillary.error());
  const bool connected = request.address == nullptr;
  std::string name;
  if (!connected) {
    auto given = name_in(kOperation, *request.address);
    if (!given) return Unexpected(given.error());
    if (given->empty()) return fail(kOperation, Errc::einval);
    name = std::move(*given);
  }
  if (const auto named = autobind_for_credentials(kOperation); !named) return Unexpected(named.error());
  if (too_large_for(options_.send_buffer, data.left())) return fail(kOperation, Errc::emsgsize);
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (shutdown_.send) return fail(kOperation, Errc::epipe);
  if (charged() >= static_cast<std::size_t>(options_.send_buffer)) return fail(kOperation, Errc::eagain);

  std::shared_ptr<UnixDgram> to = peer_;
  if (connected && to == nullptr) return fail(kOperation, Errc::enotconn);
  if (!connected) {
    const auto found = find(kOperation, name);
    if (!found) return Unexpected(found.error());
    to = std::static_pointer_cast<UnixDgram>((*found)->shared_from_this());
  }
  if (to->peer_ != nullptr && to->peer_.get() != this) return fail(kOperation, Errc::eperm);
  if (to->released()) {
    // Once refused, the connection is forgotten, with what came over it.
    if (to == peer_) {
      set_peer(nullptr);
      input_.clear();
      notify();
    }
    return fail(kOperation, Errc::econnrefused);
  }
  if (to->shutdown_.receive) return fail(kOperation, Errc::epipe);
  if (to.get() != this && to->full_for(*this)) {
    wait_for(to);
    return fail(kOperation, Errc::eagain);
  }
  const std::size_t size = data.left();
  to->input_.put(*this, data, std::move(*ancillary));
  to->notify(Interest::read);
  return size;
}

Result<std::size_t> UnixDgram::receive(ReceiveRequest& request, Scatter& room, bool) {
  constexpr Operation kOperation = Operation::recv;
  if (request.flags.has(msg_oob)) return fail(kOperation, Errc::eopnotsupp);
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (input_.empty()) return fail(kOperation, Errc::eagain);
  const std::size_t size = input_.receive(machine(), options_, request, room);
  if (!request.flags.has(msg_peek)) {
    notify(Interest::write);  // for senders that wait for room here
    for (UnixDgram* client : clients_) client->notify(Interest::write);
  }
  return size;
}

Readiness UnixDgram::readiness() const {
  const bool room = charged() * 4 <= static_cast<std::size_t>(options_.send_buffer);
  return {.in = !input_.empty() || shutdown_.receive,
          .out = room && (peer_ == nullptr || !peer_->full_for(*this)),
          .error = error_ != Errc::ok,
          .hang_up = shutdown_.both()};
}

}  // namespace everysock::memory
