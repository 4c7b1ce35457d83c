#include "backends/memory/unix_connection.h"

#include <algorithm>
#include <utility>

namespace everysock::memory {

OptionContext UnixConnection::option_context() const {
  OptionContext context = UnixSocket::option_context();
  context.listening = state_ == State::listening;
  return context;
}

void UnixConnection::join(UnixConnection& one, UnixConnection& other) {
  one.peer_ = std::static_pointer_cast<UnixConnection>(other.shared_from_this());
  other.peer_ = std::static_pointer_cast<UnixConnection>(one.shared_from_this());
  one.state_ = other.state_ = State::established;
  one.peer_credentials_ = other.machine().credentials();
  other.peer_credentials_ = one.machine().credentials();
}

Result<void> UnixConnection::listen(int backlog) {
  constexpr Operation kOperation = Operation::listen;
  if (name().empty()) return fail(kOperation, Errc::einval);
  if (state_ == State::established) return fail(kOperation, Errc::einval);
  backlog_ = std::min(backlog < 0 ? somaxconn : backlog, somaxconn);
  state_ = State::listening;
  peer_credentials_ = machine().credentials();
  notify();  // a larger backlog lets more in
  return {};
}

Result<std::shared_ptr<KernelSocket>> UnixConnection::accept(Address* peer) {
  if (state_ != State::listening) return fail(Operation::accept, Errc::einval);
  if (queue_.empty()) return fail(Operation::accept, Errc::eagain);
  const std::shared_ptr<UnixConnection> child = std::move(queue_.front());
  queue_.pop_front();
  if (peer != nullptr) *peer = child->peer_->address();
  notify(Interest::write);  // for those who wait for room in the backlog
  return child;
}

Result<void> UnixConnection::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  const auto name = name_in(kOperation, address);
  if (!name) return Unexpected(name.error());
  if (name->empty()) return fail(kOperation, Errc::einval);
  if (const auto named = autobind_for_credentials(kOperation); !named) return named;
  const auto found = find(kOperation, *name);
  if (!found) return Unexpected(found.error());
  auto& listener = static_cast<UnixConnection&>(**found);
  if (listener.state_ != State::listening || listener.shutdown_.receive) return fail(kOperation, Errc::econnrefused);
  if (listener.queue_.size() > static_cast<std::size_t>(listener.backlog_)) {
    wait_for(listener.shared_from_this());
    return fail(kOperation, Errc::eagain);
  }
  if (state_ == State::established) return fail(kOperation, Errc::eisconn);
  if (state_ == State::listening) return fail(kOperation, Errc::einval);
  const std::shared_ptr<UnixConnection> child = listener.new_end();
  child->show_name(listener.name());
  child->options_.pass_credentials = listener.options_.pass_credentials;
  join(*this, *child);
  listener.queue_.push_back(child);
  listener.notify(Interest::read);
  notify();
  return {};
}

Result<Address> UnixConnection::peer_address() const {
  if (!peer_) return fail(Operation::getpeername, Errc::enotconn);
  return peer_->address();
}

Result<void> UnixConnection::shutdown(ShutdownHow how) {
  const auto directions = directions_of(how);
  if (!directions) return Unexpected(directions.error());
  shutdown_.receive |= directions->receive;
  shutdown_.send |= directions->send;
  if (peer_) {
    peer_->shutdown_.send |= directions->receive;
    peer_->shutdown_.receive |= directions->send;
    peer_->notify();
  }
  notify();
  return {};
}

void UnixConnection::release() {
  abandon_name();
  for (const std::shared_ptr<UnixConnection>& child : std::exchange(queue_, {})) {
    child->peer_->error_ = Errc::econnreset;
    child->release();
  }
  state_ = State::closed;
  const std::shared_ptr<UnixConnection> peer = std::exchange(peer_, nullptr);
  if (peer) {
    if (loses_input()) peer->error_ = Errc::econnreset;
    peer->shutdown_ = {.receive = true, .send = true};
    peer->notify();
  }
  discard_input();
}

Readiness UnixConnection::readiness() const {
  Readiness ready;
  ready.error = error_ != Errc::ok;
  ready.hang_up = shutdown_.both() || state_ == State::closed;
  ready.in = shutdown_.receive || (state_ == State::listening ? !queue_.empty() : has_input());
  ready.out = state_ != State::listening && outstanding() * 4 <= static_cast<std::size_t>(options_.send_buffer);
  return ready;
}

}  // namespace everysock::memory
