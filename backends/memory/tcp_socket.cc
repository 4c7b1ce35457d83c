#include "backends/memory/tcp_socket.h"

#include <algorithm>
#include <utility>

#include "backends/memory/ip_control.h"

namespace everysock::memory {
namespace {

// What Linux's automatic tuning comes to on loopback where the program has set no size.
constexpr std::uint64_t kTunedSendBuffer = 2'626'560;
constexpr std::uint64_t kTunedReceiveBuffer = 524'288;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kFinTimeout = 60 * kSecond;  // net.ipv4.tcp_fin_timeout

}  // namespace

TcpSocket::TcpSocket(Machine& machine, SocketClass socket_class, Protocol protocol)
    : InetSocket(machine, socket_class, protocol) {}

TcpSocket::~TcpSocket() {
  if (connection_) connection_->leave(side_);
}

OptionContext TcpSocket::option_context() const {
  OptionContext context = InetSocket::option_context();
  context.closed = state_ == State::closed;
  return context;
}

// ---- names ----

Result<Address> TcpSocket::peer_address() const {
  if (remote_.port == 0 || state_ == State::closed || state_ == State::syn_sent || state_ == State::listening) {
    return fail(Operation::getpeername, Errc::enotconn);
  }
  return to_address(remote_);
}

// ---- listening ----

Result<void> TcpSocket::listen(int backlog) {
  constexpr Operation kOperation = Operation::listen;
  if (progress_ != Progress::unconnected) return fail(kOperation, Errc::einval);
  if (state_ != State::closed && state_ != State::listening) return fail(kOperation, Errc::einval);
  backlog_ = std::min(backlog < 0 ? somaxconn : backlog, somaxconn);
  if (state_ == State::listening) return {};
  if (const auto bound = bind_automatically(kOperation, Errc::eaddrinuse); !bound) return bound;
  state_ = State::listening;
  if (!ports().free_for(*this, local().port)) {
    state_ = State::closed;
    return fail(kOperation, Errc::eaddrinuse);
  }
  ports().set_listening(*this, true);
  notify();
  return {};
}

Result<std::shared_ptr<KernelSocket>> TcpSocket::accept(Address* peer) {
  if (state_ != State::listening) return fail(Operation::accept, Errc::einval);
  if (queue_.empty()) return fail(Operation::accept, Errc::eagain);
  const std::shared_ptr<TcpSocket> child = std::move(queue_.front());
  queue_.pop_front();
  if (peer != nullptr) *peer = child->to_address(child->remote_);
  return child;
}

TcpSocket* TcpSocket::new_child(std::shared_ptr<TcpConnection> connection, const TcpSocket& client) {
  if (queue_.size() + embryos_.size() > static_cast<std::size_t>(backlog_)) return nullptr;
  const auto child = std::make_shared<TcpSocket>(machine(), socket_class(), protocol());
  child->options_ = options_;
  child->options_.priority = 0;
  child->options_.quick_ack = true;
  child->options_.defer_accept = 0;
  // For groups, too, as far as the handshake came.
  const OptionValues& sent_with = client.options();
  if (connection->endpoint(kClient).ip.is_v4()) {
    child->options_.multicast_ttl = child->options_.multicast_hops = sent_with.ttl;
  } else {
    child->options_.multicast_hops = sent_with.unicast_hops == -1 ? 64 : sent_with.unicast_hops;
  }
  child->state_ = State::syn_received;
  child->progress_ = Progress::connected;
  child->side_ = kServer;
  child->remote_ = connection->endpoint(kClient);
  child->listener_ = weak_from_this();
  child->bind_like(*this, connection->endpoint(kServer));
  child->connection_ = std::move(connection);
  if (options_.defer_accept > 0) child->defer_accept(options_.defer_accept);
  embryos_.push_back(child);
  return child.get();
}

void TcpSocket::defer_accept(std::int32_t seconds) {
  waits_for_data_ = true;
  network().calendar().schedule(network().now() + seconds * kSecond, [weak = weak_from_this()] {
    const auto self = std::static_pointer_cast<TcpSocket>(weak.lock());
    if (!self) return;
    self->waits_for_data_ = false;
    if (self->state_ == State::syn_received && self->inbound()->opened) self->become_established();
  });
}

void TcpSocket::become_established() {
  const bool child = state_ == State::syn_received;
  state_ = State::established;
  options_.quick_ack = true;
  if (child) {
    if (const auto listener = listener_.lock()) static_cast<TcpSocket&>(*listener).child_established(*this);
    listener_.reset();
  }
  notify();
}

void TcpSocket::child_established(TcpSocket& child) {
  const auto place = std::find_if(embryos_.begin(), embryos_.end(),
                                  [&](const std::shared_ptr<TcpSocket>& embryo) { return embryo.get() == &child; });
  if (place == embryos_.end()) return;
  queue_.push_back(std::move(*place));
  embryos_.erase(place);
  notify(Interest::read);
}

void TcpSocket::stop_listening() {
  ports().set_listening(*this, false);
  state_ = State::closed;
  // Nobody will ever accept these.
  for (std::deque<std::shared_ptr<TcpSocket>>* children : {&queue_, &embryos_}) {
    for (const std::shared_ptr<TcpSocket>& child : std::exchange(*children, {})) {
      // Of connections that wait for data the peers learn when they send some.
      if (child->state_ != State::closed && !child->waits_for_data_) child->connection_->reset(child->side_);
      child->unbind();
    }
  }
}

// ---- connecting ----

Result<void> TcpSocket::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  if (std::holds_alternative<std::monostate>(address)) {
    disconnect();
    progress_ = Progress::unconnected;
    return {};
  }
  switch (progress_) {
    case Progress::connected:
      return fail(kOperation, Errc::eisconn);
    case Progress::connecting:
      if (state_ == State::syn_sent) return fail(kOperation, Errc::ealready);
      if (state_ == State::closed) {
        const Errc error = take_error();
        progress_ = Progress::unconnected;
        disconnect();
        return fail(kOperation, error == Errc::ok ? Errc::econnaborted : error);
      }
      progress_ = Progress::connected;
      return {};
    case Progress::disconnecting:
      return fail(kOperation, Errc::einval);
    case Progress::unconnected:
      if (state_ != State::closed) return fail(kOperation, Errc::eisconn);
      return start_connecting(address);
  }
  return {};
}

Result<void> TcpSocket::start_connecting(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  const auto endpoint = to_endpoint(kOperation, address);
  if (!endpoint) return Unexpected(endpoint.error());
  if (is_inet6(socket_class())) {
    if (endpoint->ip.is_v4() && options_.v6_only) return fail(kOperation, Errc::enetunreach);
    if (endpoint->ip.needs_scope() && endpoint->scope == 0) return fail(kOperation, Errc::einval);
  }
  const auto route = machine().route(kOperation, endpoint->ip, local().ip, endpoint->scope);
  if (!route) return Unexpected(route.error());
  if (route->broadcast || route->multicast) return fail(kOperation, Errc::enetunreach);
  if (const auto bound = bind_automatically(kOperation, Errc::eaddrnotavail); !bound) return bound;
  const Endpoint to{route->destination, endpoint->port, endpoint->scope};
  const Endpoint from{route->source, local().port, endpoint->scope};
  if (ports().connected(from, to, this)) {
    unbind_automatic();
    return fail(kOperation, Errc::eaddrnotavail);
  }
  set_local_ip(route->source);
  error_ = Errc::ok;
  remote_ = to;
  side_ = kClient;
  peer_finished_ = false;
  state_ = State::syn_sent;
  progress_ = Progress::connecting;
  connection_ = std::make_shared<TcpConnection>(*this, from, route->target, to);
  connection_->open();
  return fail(kOperation, Errc::einprogress);
}

void TcpSocket::connect_failed(Errc error) {
  if (state_ != State::syn_sent) return;
  error_ = error;
  become_closed();
}

void TcpSocket::disconnect() {
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  const bool closed_before = state_ == State::closed;
  if (state_ == State::listening) {
    stop_listening();
  } else if (connection_) {
    const bool live = state_ != State::closed && state_ != State::syn_sent;
    const std::shared_ptr<TcpConnection> connection = std::exchange(connection_, nullptr);
    if (live) {
      connection->reset(side_);
      error_ = Errc::econnreset;
    } else {
      connection->leave(side_);
    }
  }
  if (state_ == State::syn_sent) error_ = Errc::econnreset;
  state_ = State::closed;
  shutdown_ = {};
  peer_finished_ = false;
  remote_ = {wildcard()};
  if (closed_before) {
    unbind_automatic_ip();
  } else {
    unbind_automatic();
  }
  notify();
}

// ---- what the connection reports ----

bool TcpSocket::takes_segments(std::size_t size) const noexcept {
  switch (state_) {
    case State::closed:
    case State::listening:
      return false;
    case State::fin_wait_1:
    case State::fin_wait_2:
      return !(shutdown_.receive && size > 0);  // RFC 1122: nobody will read it
    default:
      return true;
  }
}

void TcpSocket::segment_arrived(bool open, std::size_t size, bool fin) {
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  const bool opening = state_ == State::syn_sent || state_ == State::syn_received;
  if (opening && (size > 0 || fin || (open && !waits_for_data_))) become_established();
  if (size > 0) notify(Interest::read);
  if (!fin) return;
  peer_finished_ = true;
  shutdown_.receive = true;
  switch (state_) {
    case State::established:
      state_ = State::close_wait;
      break;
    case State::fin_wait_1:
      state_ = State::closing;
      break;
    case State::fin_wait_2:
      return finish(true);
    default:
      break;
  }
  notify();
}

void TcpSocket::acknowledged(bool fin) {
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  if (fin) {
    switch (state_) {
      case State::fin_wait_1:
        state_ = State::fin_wait_2;
        if (orphan_) expire_orphan();
        break;
      case State::closing:
        return finish(true);
      case State::last_ack:
        return finish(false);
      default:
        break;
    }
  }
  notify(Interest::write);
}

void TcpSocket::reset_arrived() {
  switch (state_) {
    case State::closed:
    case State::listening:
      return;
    case State::syn_sent:
      error_ = Errc::econnrefused;
      break;
    case State::close_wait:
      error_ = Errc::epipe;
      break;
    default:
      error_ = Errc::econnreset;
      break;
  }
  finish(false);
}

void TcpSocket::connection_lost(Errc error) {
  if (state_ == State::closed) return;
  error_ = error;
  finish(false);
}

// ---- ending ----

void TcpSocket::become_closed() {
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  if (state_ == State::syn_received) {
    // Never got as far as the queue.
    if (const auto listener = listener_.lock()) {
      std::erase_if(static_cast<TcpSocket&>(*listener).embryos_,
                    [&](const std::shared_ptr<TcpSocket>& embryo) { return embryo.get() == this; });
    }
  }
  state_ = State::closed;
  shutdown_ = {.receive = true, .send = true};
  if (connection_) connection_->leave(side_);
  if (!port_chosen()) unbind();
  notify();
}

void TcpSocket::finish(bool time_wait) {
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  if (time_wait) ports().add_time_wait(*this);
  become_closed();
  if (!orphan_) return;
  unbind();
  machine().let_go(*this);
}

void TcpSocket::expire_orphan() {
  network().calendar().schedule(network().now() + kFinTimeout, [weak = weak_from_this()] {
    const auto self = std::static_pointer_cast<TcpSocket>(weak.lock());
    if (self && self->state_ == State::fin_wait_2) self->finish(false);
  });
}

void TcpSocket::send_fin() {
  if (state_ == State::established) {
    state_ = State::fin_wait_1;
  } else if (state_ == State::close_wait) {
    state_ = State::last_ack;
  } else {
    return;
  }
  connection_->write_fin(side_);
}

Result<void> TcpSocket::shutdown(ShutdownHow how) {
  const auto directions = directions_of(how);
  if (!directions) return Unexpected(directions.error());
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  if (progress_ == Progress::connecting) {
    // Of an attempt that failed unseen nothing can become any more, until it is disconnected.
    progress_ = state_ == State::syn_sent ? Progress::unconnected
                : state_ == State::closed ? Progress::disconnecting
                                          : Progress::connected;
  }
  switch (state_) {
    case State::listening:
      // Only the receiving side means anything: it ends the listening, and accept() in other threads.
      if (directions->receive) {
        disconnect();
        progress_ = Progress::unconnected;
      }
      notify();
      return {};
    case State::syn_sent:
      disconnect();
      error_ = Errc::ok;
      notify();
      return {};
    default:
      break;
  }
  const bool connected = state_ != State::closed;
  shutdown_.receive |= directions->receive;
  shutdown_.send |= directions->send;
  if (connected && directions->send) send_fin();
  notify();
  if (!connected) return fail(Operation::shutdown, Errc::enotconn);
  return {};
}

void TcpSocket::release() {
  const std::shared_ptr<KernelSocket> self = shared_from_this();
  if (state_ == State::listening) stop_listening();
  if (state_ == State::closed || state_ == State::syn_sent) {
    state_ = State::closed;
    if (connection_) connection_->leave(side_);
    unbind();
    return;
  }
  orphan_ = true;
  const bool unread = inbound()->available() > 0;
  if (unread || (options_.linger && options_.linger_seconds == 0)) {
    const std::shared_ptr<TcpConnection> connection = connection_;
    state_ = State::closed;
    connection->reset(side_);
    unbind();
    return;
  }
  shutdown_ = {.receive = true, .send = true};
  machine().keep(self);
  if (state_ == State::fin_wait_2) return expire_orphan();
  send_fin();
}

bool TcpSocket::lingering() const noexcept {
  return options_.linger && options_.linger_seconds > 0 &&
         (state_ == State::fin_wait_1 || state_ == State::closing || state_ == State::last_ack);
}

// ---- data ----

std::uint64_t TcpSocket::receive_capacity() const noexcept {
  return options_.receive_buffer_set ? static_cast<std::uint64_t>(options_.receive_buffer) / 2 : kTunedReceiveBuffer;
}

std::uint64_t TcpSocket::send_capacity() const noexcept {
  return options_.send_buffer_set ? static_cast<std::uint64_t>(options_.send_buffer) / 2 : kTunedSendBuffer;
}

std::uint64_t TcpSocket::send_room() const noexcept {
  const TcpStream* out = outbound();
  if (out == nullptr) return send_capacity();
  const std::uint64_t used = out->written - out->acknowledged;
  return used < send_capacity() ? send_capacity() - used : 0;
}

std::size_t TcpSocket::readable() const noexcept {
  const TcpStream* in = inbound();
  if (in == nullptr) return 0;
  std::uint64_t available = in->available();
  if (in->urgent != TcpStream::Urgent::none && in->urgent_position >= in->read && in->urgent_position < in->arrived) {
    const std::uint64_t before = in->urgent_position - in->read;
    if (before > 0) {
      available = before;  // a receive stops at the mark
    } else if (!options_.oob_inline) {
      --available;  // and then goes on behind it
    }
  }
  return static_cast<std::size_t>(available);
}

Result<std::size_t> TcpSocket::send(const SendRequest& request, Gather& data, bool going_on) {
  constexpr Operation kOperation = Operation::send;
  if (request.flags.has(msg_fastopen)) return fail(kOperation, Errc::eopnotsupp);
  if (state_ == State::syn_sent || state_ == State::syn_received) return fail(kOperation, Errc::eagain);
  const bool connected = state_ == State::established || state_ == State::close_wait;
  if (!connected || shutdown_.send || error_ != Errc::ok) {
    if (going_on) return 0;
    const Errc error = take_error();
    return fail(kOperation, error == Errc::ok ? Errc::epipe : error);
  }
  if (auto good = check_socket_level(request.control); !good && !going_on) return Unexpected(good.error());
  if (data.left() == 0) return 0;
  const std::uint64_t room = send_room();
  if (room == 0) return fail(kOperation, Errc::eagain);
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(room, data.left()));
  connection_->write(side_, data, size, request.flags.has(msg_oob) && size == data.left());
  return size;
}

Result<std::size_t> TcpSocket::receive_urgent(ReceiveRequest& request, Scatter& room) {
  constexpr Operation kOperation = Operation::recv;
  TcpStream* in = inbound();
  if (options_.oob_inline || in == nullptr || in->urgent != TcpStream::Urgent::unread) {
    return fail(kOperation, Errc::einval);
  }
  if (in->urgent_position >= in->arrived) return fail(kOperation, Errc::eagain);
  request.received_flags |= msg_oob;
  if (room.left() > 0) {
    in->bytes.copy(room, static_cast<std::size_t>(in->urgent_position - in->read), 1);
  } else {
    request.received_flags |= msg_trunc;
  }
  if (!request.flags.has(msg_peek)) in->urgent = TcpStream::Urgent::taken;
  return room.total() > 0 ? 1 : 0;
}

Result<std::size_t> TcpSocket::receive(ReceiveRequest& request, Scatter& room, bool going_on) {
  constexpr Operation kOperation = Operation::recv;
  if (state_ == State::listening) return fail(kOperation, Errc::enotconn);
  if (request.flags.has(msg_errqueue)) return fail(kOperation, Errc::eagain);
  if (request.flags.has(msg_oob)) return receive_urgent(request, room);
  TcpStream* in = inbound();
  const std::size_t available = readable();
  if (available > 0) {
    const bool at_mark = in->urgent != TcpStream::Urgent::none && in->urgent_position == in->read;
    if (at_mark && going_on) return 0;
    const std::size_t skip = at_mark && !options_.oob_inline ? 1 : 0;
    // msg_trunc as an argument throws the bytes away.
    const std::size_t size =
        request.flags.has(msg_trunc) ? room.skip(available) : in->bytes.copy(room, skip, available);
    if (!going_on) {
      ControlRoom control(request);
      put_timestamp(options_, network().now(), control);
    }
    if (!request.flags.has(msg_peek)) {
      connection_->consume(side_, size + skip);
      if (in->urgent != TcpStream::Urgent::none && in->read > in->urgent_position) {
        in->urgent = TcpStream::Urgent::none;
      }
    }
    return size;
  }
  const bool ended = peer_finished_ || shutdown_.receive;
  if (in != nullptr && in->available() > 0 && !request.flags.has(msg_peek)) {
    // An urgent byte alone at the head: passed over, and with that gone.
    connection_->consume(side_, 1);
    in->urgent = TcpStream::Urgent::none;
  }
  if (going_on) {
    if (ended || error_ != Errc::ok || state_ == State::closed) return 0;
    return fail(kOperation, Errc::eagain);
  }
  if (peer_finished_) return 0;
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (shutdown_.receive) return 0;
  if (state_ == State::closed) return fail(kOperation, Errc::enotconn);
  return fail(kOperation, Errc::eagain);
}

bool TcpSocket::has_received(std::size_t wanted) const {
  return readable() >= wanted || peer_finished_ || shutdown_.receive || error_ != Errc::ok || state_ == State::closed;
}

Readiness TcpSocket::readiness() const {
  Readiness ready;
  if (state_ == State::listening) {
    ready.in = !queue_.empty();
    return ready;
  }
  ready.hang_up = shutdown_.both() || state_ == State::closed;
  ready.in = shutdown_.receive;
  if (state_ != State::syn_sent && state_ != State::syn_received) {
    const std::size_t available = readable();
    ready.in |= available > 0 && available >= static_cast<std::size_t>(std::max(options_.receive_low_water, 1));
    // With room for half of what is still waiting to go.
    const std::uint64_t room = send_room();
    ready.out = shutdown_.send || (room > 0 && room >= (send_capacity() - room) / 2);
  }
  ready.error = error_ != Errc::ok;
  return ready;
}

}  // namespace everysock::memory
