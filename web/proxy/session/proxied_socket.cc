// The life of a socket: readiness, interest, closing.
#include "web/proxy/session/proxied_socket.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "web/proxy/policy/family_rule.h"

namespace everysock::proxy {
namespace {

// How long what the client has written may take to be read by the target, once the client has closed the socket.
constexpr std::int64_t kDrainNanoseconds = 15'000'000'000;

// struct linger: two ints, on and seconds.
std::array<std::byte, 8> linger_value(std::int32_t on, std::int32_t seconds) {
  std::array<std::byte, 8> value;
  std::memcpy(value.data(), &on, sizeof(on));
  std::memcpy(value.data() + sizeof(on), &seconds, sizeof(seconds));
  return value;
}

}  // namespace

ProxiedSocket::ProxiedSocket(SessionState& session, websocket::WireHandle wire, Handle handle, AddressFamily family,
                             SocketKind kind, State state)
    : session_(session),
      wire_(wire),
      family_(family),
      kind_(kind),
      handle_(handle),
      state_(state),
      watch_(session.context.loop.watch_served(handle, *this)),
      // CAN_J1939 sockets are told of where messages went and how urgent they were without asking.
      asks_control_(family == af_can),
      // AF_PACKET and AF_NETLINK sockets hear of things before they are bound.
      has_name_(state == State::connected || needs_family_rule(family)),
      credit_(session.client_window) {
  session_.context.metrics.add(Metric::sockets);
}

ProxiedSocket::ProxiedSocket(SessionState& session, websocket::WireHandle wire, AddressFamily family, SocketKind kind,
                             Error error)
    : session_(session),
      wire_(wire),
      family_(family),
      kind_(kind),
      state_(State::failed),
      last_error_(error),
      credit_(0) {
  ++session_.failed_sockets;
}

ProxiedSocket::~ProxiedSocket() { release(); }

// Gives everything back; the client is told nothing.
void ProxiedSocket::release() {
  watch_ = {};
  for (auto* timer : {&retry_timer_, &close_timer_}) {
    if (*timer) session_.context.loop.cancel(**timer);
    timer->reset();
  }
  drop_queue(false);
  if (has_turn_) std::erase(session_.readable, this);
  has_turn_ = false;
  if (connect_request_ != 0) session_.pending_requests.erase(std::exchange(connect_request_, 0));
  session_.widened -= std::exchange(window_, kInitialWindow) - kInitialWindow;
  if (state_ == State::failed) {
    if (last_error_) --session_.failed_sockets;
    last_error_.reset();
    return;
  }
  if (handle_ == Handle::invalid) return;
  count_listener(-1);
  unpair();
  Backend& backend = session_.context.loop.served();
  // Linux waits in close() for a lingering connection, non-blocking or not. The client has done its waiting already.
  if (linger_seconds_ && *linger_seconds_ > 0) {
    (void)backend.set_option(handle_, sol_socket, so_linger, linger_value(0, 0));
  }
  // Whatever close() reports, the handle is gone.
  (void)backend.close(std::exchange(handle_, Handle::invalid));
  // Where it has been passed, the name may live on: it stays taken until it is known who has it.
  if (unix_name_ && !passed_ && !shares_name()) session_.unix_names.closed(*unix_name_);
  session_.context.metrics.add(Metric::sockets, -1);
}

std::optional<Error> ProxiedSocket::error_before(bool pipelined) {
  if (state_ == State::failed) return last_error_;
  if (!pipelined) last_error_.reset();
  return last_error_;
}

void ProxiedSocket::fail_request(std::uint32_t request, Error error) {
  last_error_ = error;
  session_.reply_failed(wire_, request, error);
}

websocket::Done ProxiedSocket::names(std::uint32_t request) const {
  Backend& backend = session_.context.loop.served();
  websocket::Done done{.request = request, .local = {}, .peer = {}};
  if (const auto local = backend.local_address(handle_)) done.local = to_client(*local);
  if (!has_connections() || state_ == State::connected) {
    if (const auto peer = backend.peer_address(handle_)) done.peer = to_client(*peer);
  }
  return done;
}

// ---- readiness ----

void ProxiedSocket::start() { update_interest(); }

bool ProxiedSocket::wants_read() const {
  if (closing()) return false;
  switch (state_) {
    case State::failed:
    case State::connecting:
    case State::dead:
      return false;
    case State::listening:
      return accept_credit_ > 0 && !accept_paused_;
    case State::open:
      return !has_connections() && has_name_ && credit_ > 0 && !paused_;
    case State::connected:
      return !read_ended_ && credit_ > 0 && !paused_;
  }
  return false;
}

void ProxiedSocket::update_interest() {
  if (handle_ == Handle::invalid) return;
  Interest interest = wants_read() ? Interest::read : Interest::none;
  const bool waits_to_write = state_ == State::connecting || !queue_.empty();
  if (waits_to_write && !retry_timer_) interest = interest | Interest::write;
  // Fails only for want of memory.
  if (!watch_.set(interest)) session_.link.close(CloseCode::internal_error, "out of memory");
}

void ProxiedSocket::on_ready(Interest ready) {
  const bool writable = (ready & Interest::write) != Interest::none;
  if (state_ == State::connecting) {
    if (writable) finish_connect();
    return;
  }
  if (writable) flush();
  if (handle_ == Handle::invalid) return;
  if ((ready & Interest::read) != Interest::none && wants_read()) {
    if (state_ == State::listening) {
      accept_some();
    } else if (!has_turn_) {
      has_turn_ = true;
      session_.readable.push_back(this);
      session_.link.output_pending();
    } else if (session_.congested()) {
      paused_ = true;
    } else {
      session_.link.output_pending();
    }
  }
  update_interest();
}

bool ProxiedSocket::take_turn() {
  has_turn_ = false;
  paused_ = false;
  if (wants_read()) has_turn_ = is_stream() ? receive_stream() : receive_message();
  update_interest();
  return has_turn_;
}

void ProxiedSocket::resume() {
  paused_ = false;
  update_interest();
}

void ProxiedSocket::room_for_sockets() {
  if (state_ != State::listening || retry_timer_) return;
  accept_paused_ = false;
  update_interest();
}

// ---- closing ----

void ProxiedSocket::on_request(const websocket::Close& request, std::uint8_t flags) {
  close_request_ = request.request;
  session_.pending_requests.insert(close_request_);
  const bool abort = (flags & websocket::flag::abort) != 0;
  if (abort && state_ == State::connected && is_stream() && family_ != af_unix) {
    if (session_.context.loop.served().set_option(handle_, sol_socket, so_linger, linger_value(1, 0))) {
      linger_seconds_ = 0;
    }
  }
  if (abort && family_ == af_unix) reset_unix_peer();
  if (abort || queue_.empty() || linger_seconds_ == 0) return finish_close();
  update_interest();
  EventLoop& loop = session_.context.loop;
  close_timer_ = loop.call_at(loop.now() + kDrainNanoseconds, [this] {
    close_timer_.reset();
    finish_close();
  });
}

void ProxiedSocket::finish_close() {
  const std::uint32_t request = close_request_;
  // What the client still waits for cannot happen any more.
  const Error gone(Operation::close, Errc::econnaborted);
  if (connect_request_ != 0) session_.reply_failed(wire_, connect_request_, gone);
  for (const Outgoing& item : queue_) {
    if (item.request != 0) session_.reply_failed(wire_, item.request, gone);
  }
  release();
  session_.pending_requests.erase(request);
  session_.outbox.add(wire_, websocket::Done{.request = request, .local = {}, .peer = {}});
  session_.retire(wire_);
}

}  // namespace everysock::proxy
