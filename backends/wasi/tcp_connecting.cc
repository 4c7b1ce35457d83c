// How TCP sockets come to be connected: bind, listen, accept, connect, and the names of both ends.
#include <algorithm>

#include "backends/wasi/tcp_socket.h"

namespace everysock::wasi {
namespace {

using NameFunction = void (*)(std::int32_t, std::int32_t);

std::optional<SocketAddress> name_of(const HostTcpSocket& socket, NameFunction function) {
  ResultArea area;
  function(socket.get(), area.where());
  if (area.is_error()) return std::nullopt;
  return SocketAddress::load(area.bytes(4));
}

// Bind and listen take no longer than the host needs for them, whatever mode the socket is in.
template <typename Finish>
std::optional<HostError> finished(const HostTcpSocket& socket, Finish finish) {
  const Pollable changes(wasi_tcp_tcp_socket_subscribe(socket.get()));
  for (;;) {
    ResultArea area;
    finish(socket.get(), area.where());
    if (!area.is_error()) return std::nullopt;
    const HostError error = host_error(area, 1);
    if (error != HostError::would_block) return error;
    wasi_poll_pollable_block(changes.get());
  }
}

Result<HostTcpSocket> new_host_socket(Operation operation, bool v6) {
  ResultArea area;
  wasi_tcp_create_socket_create_tcp_socket(v6 ? 1 : 0, area.where());
  if (area.is_error()) {
    const HostError error = host_error(area, 4);
    return fail(operation, error == HostError::not_supported ? Errc::eafnosupport : to_errc(error));
  }
  return HostTcpSocket(area.at<std::int32_t>(4));
}

}  // namespace

Result<std::shared_ptr<TcpSocket>> TcpSocket::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  auto socket = new_host_socket(Operation::socket, family == af_inet6);
  if (!socket) return Unexpected(socket.error());
  return std::make_shared<TcpSocket>(family, kind, protocol, *std::move(socket));
}

// A socket of the host's serves for one attempt to connect; ours for as many as the program likes.
Result<void> TcpSocket::renew(Operation operation) {
  auto socket = new_host_socket(operation, v6());
  if (!socket) return Unexpected(socket.error());
  socket_changes_.reset();
  input_changes_.reset();
  output_changes_.reset();
  input_.reset();
  output_.reset();
  socket_ = *std::move(socket);
  state_ = State::unconnected;
  for (const auto& [setting, value] : settings_) (void)set(setting, value);  // the host has taken them before
  if (!bound_) return {};
  return bind_host(operation, *bound_);
}

// ---- names ----

Result<void> TcpSocket::bind_host(Operation operation, const SocketAddress& address) {
  ResultArea area;
  const FlatAddress a = address.flat();
  wasi_tcp_tcp_socket_start_bind(socket_.get(), network(), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9],
                                 a[10], a[11], area.where());
  if (area.is_error()) return fail(operation, to_errc(host_error(area, 1)));
  if (const auto error = finished(socket_, wasi_tcp_tcp_socket_finish_bind)) return fail(operation, to_errc(*error));
  // With the port that the host has chosen.
  bound_ = name_of(socket_, wasi_tcp_tcp_socket_local_address).value_or(address);
  return {};
}

Result<void> TcpSocket::bind(const Address& address) {
  const auto local = to_socket_address(Operation::bind, family(), address);
  if (!local) return Unexpected(local.error());
  if (bound_ || state_ != State::unconnected) return fail(Operation::bind, Errc::einval);
  return bind_host(Operation::bind, *local);
}

Result<Address> TcpSocket::local_address() {
  look_at_connecting();
  if (local_) return local_->address();
  const auto name = name_of(socket_, wasi_tcp_tcp_socket_local_address);
  return name.value_or(bound_.value_or(SocketAddress::wildcard(v6()))).address();
}

Result<Address> TcpSocket::peer_address() {
  look_at_connecting();
  if (state_ != State::connected || !peer_ || lost_) return fail(Operation::getpeername, Errc::enotconn);
  return peer_->address();
}

// ---- servers ----

Result<void> TcpSocket::listen(int backlog) {
  constexpr Operation kOperation = Operation::listen;
  if (state_ == State::listening) return {};
  if (state_ != State::unconnected) return fail(kOperation, Errc::einval);
  if (!bound_) {
    if (const auto bound = bind_host(kOperation, SocketAddress::wildcard(v6())); !bound) return bound;
  }
  // Advice: hosts may refuse it, and one of their own stands then.
  ResultArea advice;
  wasi_tcp_tcp_socket_set_listen_backlog_size(socket_.get(), std::max(backlog, 1), advice.where());
  ResultArea area;
  wasi_tcp_tcp_socket_start_listen(socket_.get(), area.where());
  if (area.is_error()) return fail(kOperation, to_errc(host_error(area, 1)));
  if (const auto error = finished(socket_, wasi_tcp_tcp_socket_finish_listen)) return fail(kOperation, to_errc(*error));
  state_ = State::listening;
  return {};
}

void TcpSocket::look_for_peers() {
  if (!accepted_.empty()) return;
  ResultArea area;
  wasi_tcp_tcp_socket_accept(socket_.get(), area.where());
  if (area.is_error()) {
    const HostError error = host_error(area, 4);
    if (error != HostError::would_block) error_ = to_errc(error);
    return;
  }
  auto child = std::make_shared<TcpSocket>(family(), kind(), protocol(), HostTcpSocket(area.at<std::int32_t>(4)));
  child->settings_ = settings_;
  child->reuse_address_ = reuse_address_;
  child->become_connected(InputStream(area.at<std::int32_t>(8)), OutputStream(area.at<std::int32_t>(12)));
  accepted_.push_back(std::move(child));
}

Result<std::shared_ptr<Socket>> TcpSocket::accept(Address* peer) {
  constexpr Operation kOperation = Operation::accept;
  if (state_ != State::listening) return fail(kOperation, Errc::einval);
  look_for_peers();
  if (accepted_.empty()) {
    const Errc error = std::exchange(error_, Errc::ok);
    return fail(kOperation, error == Errc::ok ? Errc::eagain : error);
  }
  std::shared_ptr<TcpSocket> child = std::move(accepted_.front());
  accepted_.pop_front();
  if (peer != nullptr) *peer = child->peer_.value_or(SocketAddress::wildcard(v6())).address();
  return child;
}

TcpSocket::~TcpSocket() {
  if (state_ == State::listening) stop_listening();
}

// Those that nobody has accepted: left to the host they might stay open for ever.
void TcpSocket::stop_listening() {
  do {
    accepted_.clear();
    look_for_peers();
  } while (!accepted_.empty());
}

// ---- clients ----

Result<void> TcpSocket::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  if (std::holds_alternative<std::monostate>(address)) {
    bound_.reset();
    local_.reset();
    peer_.reset();
    return renew(kOperation);
  }
  look_at_connecting();
  if (state_ == State::connecting) return fail(kOperation, Errc::ealready);
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (state_ != State::unconnected) return fail(kOperation, Errc::eisconn);
  auto target = to_socket_address(kOperation, family(), address);
  if (!target) return Unexpected(target.error());
  if (target->is_wildcard()) target->become_loopback();  // as Linux has it, where hosts refuse
  if (target->port == 0) return fail(kOperation, Errc::econnrefused);
  if (target->is_mapped()) return fail(kOperation, Errc::enetunreach);  // IPv6 sockets are for IPv6 alone
  return start_connecting(*target);
}

Result<void> TcpSocket::start_connecting(const SocketAddress& target) {
  constexpr Operation kOperation = Operation::connect;
  ResultArea area;
  const FlatAddress a = target.flat();
  wasi_tcp_tcp_socket_start_connect(socket_.get(), network(), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8],
                                    a[9], a[10], a[11], area.where());
  if (area.is_error()) {
    const HostError error = host_error(area, 1);
    // Not a unicast address.
    return fail(kOperation, error == HostError::invalid_argument ? Errc::enetunreach : to_errc(error));
  }
  peer_ = target;
  state_ = State::connecting;
  return fail(kOperation, Errc::einprogress);
}

void TcpSocket::look_at_connecting() {
  if (state_ != State::connecting) return;
  ResultArea area;
  wasi_tcp_tcp_socket_finish_connect(socket_.get(), area.where());
  if (!area.is_error()) {
    become_connected(InputStream(area.at<std::int32_t>(4)), OutputStream(area.at<std::int32_t>(8)));
    return;
  }
  const HostError error = host_error(area, 4);
  if (error == HostError::would_block) return;
  peer_.reset();
  const Errc outcome = error == HostError::unknown ? Errc::etimedout : to_errc(error);
  // Where there is no new one, the next attempt says why.
  if (const auto renewed = renew(Operation::connect); !renewed) state_ = State::unconnected;
  error_ = outcome;
}

void TcpSocket::become_connected(InputStream input, OutputStream output) {
  state_ = State::connected;
  input_ = std::move(input);
  output_ = std::move(output);
  capacity_ = room();
  local_ = name_of(socket_, wasi_tcp_tcp_socket_local_address);
  if (const auto peer = name_of(socket_, wasi_tcp_tcp_socket_remote_address)) peer_ = peer;
}

Errc TcpSocket::take_error() {
  look_at_connecting();
  return std::exchange(error_, Errc::ok);
}

Result<void> TcpSocket::shutdown(ShutdownHow how) {
  constexpr Operation kOperation = Operation::shutdown;
  if (how != shut_rd && how != shut_wr && how != shut_rdwr) return fail(kOperation, Errc::einval);
  look_at_connecting();
  if (state_ == State::listening) {
    // As Linux: it listens no longer.
    stop_listening();
    bound_.reset();
    return renew(kOperation);
  }
  if (state_ != State::connected || lost_) return fail(kOperation, Errc::enotconn);
  // The peer does not learn of the first, so that the host need not either.
  if (how != shut_wr) receiving_ended_ = true;
  if (how != shut_rd && !std::exchange(sending_ended_, true)) finish_sending();
  return {};
}

}  // namespace everysock::wasi
