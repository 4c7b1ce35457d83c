#include "backends/wasi/udp_socket.h"

#include <algorithm>

#include "backends/wasi/buffers.h"
#include "backends/wasi/control.h"

namespace everysock::wasi {
namespace {

constexpr MessageFlags kSendFlags = msg_dontwait | msg_nosignal;
constexpr MessageFlags kReceiveFlags = msg_dontwait | msg_peek | msg_waitall | msg_trunc | msg_cmsg_cloexec;
// What is taken from the host at a time, which then need not keep it.
constexpr std::int64_t kDatagramsAtOnce = 16;
constexpr std::size_t kIncomingSize = 8 + kAddressSize;      // the list of bytes, and the sender
constexpr std::size_t kOutgoingSize = 8 + 4 + kAddressSize;  // the list of bytes, and perhaps the receiver

Result<HostUdpSocket> new_host_socket(Operation operation, bool v6) {
  ResultArea area;
  wasi_udp_create_socket_create_udp_socket(v6 ? 1 : 0, area.where());
  if (area.is_error()) {
    const HostError error = host_error(area, 4);
    return fail(operation, error == HostError::not_supported ? Errc::eafnosupport : to_errc(error));
  }
  return HostUdpSocket(area.at<std::int32_t>(4));
}

}  // namespace

Result<std::shared_ptr<UdpSocket>> UdpSocket::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  auto socket = new_host_socket(Operation::socket, family == af_inet6);
  if (!socket) return Unexpected(socket.error());
  return std::make_shared<UdpSocket>(family, kind, protocol, *std::move(socket));
}

// ---- names ----

Result<void> UdpSocket::bind_host(Operation operation, const SocketAddress& address) {
  ResultArea area;
  const FlatAddress a = address.flat();
  wasi_udp_udp_socket_start_bind(socket_.get(), network(), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9],
                                 a[10], a[11], area.where());
  if (area.is_error()) return fail(operation, to_errc(host_error(area, 1)));
  const Pollable changes(wasi_udp_udp_socket_subscribe(socket_.get()));
  for (;;) {
    ResultArea finished;
    wasi_udp_udp_socket_finish_bind(socket_.get(), finished.where());
    if (!finished.is_error()) break;
    const HostError error = host_error(finished, 1);
    if (error != HostError::would_block) return fail(operation, to_errc(error));
    wasi_poll_pollable_block(changes.get());
  }
  bound_ = true;
  return stream(operation, std::nullopt);
}

Result<void> UdpSocket::bind_automatically(Operation operation) {
  if (bound_) return {};
  return bind_host(operation, SocketAddress::wildcard(v6()));
}

Result<void> UdpSocket::bind(const Address& address) {
  constexpr Operation kOperation = Operation::bind;
  const auto local = to_socket_address(kOperation, family(), address);
  if (!local) return Unexpected(local.error());
  if (bound_) return fail(kOperation, Errc::einval);
  if (local->is_broadcast()) return fail(kOperation, Errc::eopnotsupp);
  const auto done = bind_host(kOperation, *local);
  if (done || bound_) return done;
  // A socket of the host's may be of no use after that; ours can be bound to another name.
  if (auto fresh = new_host_socket(kOperation, v6())) socket_ = *std::move(fresh);
  return done;
}

Result<void> UdpSocket::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  if (std::holds_alternative<std::monostate>(address)) {
    if (!peer_) return {};
    return stream(kOperation, std::nullopt);
  }
  auto target = to_socket_address(kOperation, family(), address);
  if (!target) return Unexpected(target.error());
  if (target->is_wildcard()) target->become_loopback();
  if (target->is_mapped()) return fail(kOperation, Errc::enetunreach);
  if (const auto bound = bind_automatically(kOperation); !bound) return bound;
  return stream(kOperation, *target);
}

void UdpSocket::close_streams() {
  while (incoming_) {  // what has come so far stays
    const std::size_t before = received_.size();
    pull();
    if (received_.size() == before) break;
  }
  incoming_changes_.reset();
  outgoing_changes_.reset();
  incoming_.reset();
  outgoing_.reset();
}

Result<void> UdpSocket::stream(Operation operation, const std::optional<SocketAddress>& peer) {
  close_streams();
  ResultArea area;
  const FlatAddress a = peer.value_or(SocketAddress()).flat();
  wasi_udp_udp_socket_stream(socket_.get(), peer ? 1 : 0, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9],
                             a[10], a[11], area.where());
  if (area.is_error()) {
    const Errc error = to_errc(host_error(area, 4));
    // As it was before, as far as the host lets it.
    if (peer) (void)stream(operation, std::nullopt);
    return fail(operation, error);
  }
  incoming_ = IncomingDatagrams(area.at<std::int32_t>(4));
  outgoing_ = OutgoingDatagrams(area.at<std::int32_t>(8));
  peer_ = peer;
  if (peer_) peer_->flowinfo = 0;  // getpeername does not tell it (ipv6(7))
  return {};
}

Result<Address> UdpSocket::local_address() {
  ResultArea area;
  wasi_udp_udp_socket_local_address(socket_.get(), area.where());
  if (area.is_error()) return SocketAddress::wildcard(v6()).address();
  return SocketAddress::load(area.bytes(4)).address();
}

Result<Address> UdpSocket::peer_address() {
  if (!peer_) return fail(Operation::getpeername, Errc::enotconn);
  return peer_->address();
}

Result<void> UdpSocket::shutdown(ShutdownHow how) {
  constexpr Operation kOperation = Operation::shutdown;
  if (how != shut_rd && how != shut_wr && how != shut_rdwr) return fail(kOperation, Errc::einval);
  if (how != shut_wr) receiving_ended_ = true;
  if (how != shut_rd) sending_ended_ = true;
  if (!peer_) return fail(kOperation, Errc::enotconn);
  return {};
}

// ---- data ----

void UdpSocket::pull() {
  if (!incoming_) return;
  ResultArea area;
  wasi_udp_incoming_datagram_stream_receive(incoming_.get(), kDatagramsAtOnce, area.where());
  if (area.is_error()) {
    error_ = to_errc(host_error(area, 4));
    return;
  }
  const HostList list(area, 4);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::uint8_t* entry = list.data() + i * kIncomingSize;
    std::uint32_t place[2];
    std::memcpy(place, entry, sizeof(place));
    const HostList data(place[0], place[1]);
    received_.push_back({std::string(reinterpret_cast<const char*>(data.data()), data.size()),
                         SocketAddress::load(entry + sizeof(place))});
  }
}

Result<std::size_t> UdpSocket::receive(ReceiveRequest& request) {
  constexpr Operation kOperation = Operation::recv;
  if (!kReceiveFlags.has(request.flags)) return fail(kOperation, Errc::eopnotsupp);
  if (received_.empty()) pull();
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (received_.empty()) {
    if (receiving_ended_) return 0;
    return fail(kOperation, Errc::eagain);
  }
  const Datagram& datagram = received_.front();
  const std::size_t copied = scatter(datagram.data, request.buffers);
  const std::size_t whole = datagram.data.size();
  if (copied < whole) request.received_flags |= msg_trunc;
  if (request.address != nullptr) *request.address = datagram.sender.address();
  if (!request.flags.has(msg_peek)) received_.pop_front();
  return request.flags.has(msg_trunc) ? whole : copied;
}

Result<std::size_t> UdpSocket::send(const SendRequest& request) {
  constexpr Operation kOperation = Operation::send;
  if (!kSendFlags.has(request.flags)) return fail(kOperation, Errc::eopnotsupp);
  if (const auto good = check_udp_control(family(), request.control); !good) return Unexpected(good.error());
  if (const auto bound = bind_automatically(kOperation); !bound) return Unexpected(bound.error());
  const bool named = request.address != nullptr && !std::holds_alternative<std::monostate>(*request.address);
  std::optional<SocketAddress> target;
  if (named) {
    const auto address = to_socket_address(kOperation, family(), *request.address);
    if (!address) return Unexpected(address.error());
    target = *address;
    if (target->is_wildcard()) target->become_loopback();
    if (target->is_broadcast()) return fail(kOperation, Errc::eopnotsupp);
    if (target->port == 0) return fail(kOperation, Errc::einval);
    if (target->is_mapped()) return fail(kOperation, Errc::enetunreach);
  } else if (!peer_) {
    return fail(kOperation, Errc::edestaddrreq);
  }
  if (sending_ended_) return fail(kOperation, Errc::epipe);
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  // A connected socket of the host's sends to its peer alone; for another target it is let go for a moment.
  const std::optional<SocketAddress> peer = peer_;
  const bool elsewhere = peer && target && !target->same_place(*peer);
  if (elsewhere) {
    if (const auto free = stream(kOperation, std::nullopt); !free) return Unexpected(free.error());
  } else if (peer) {
    target.reset();
  }
  if (!outgoing_) return fail(kOperation, Errc::enetdown);  // the host has given no new ones after a failure
  const std::string data = gather(request.buffers);
  ResultArea room;
  wasi_udp_outgoing_datagram_stream_check_send(outgoing_.get(), room.where());
  Result<std::size_t> sent = data.size();
  if (room.is_error()) {
    sent = fail(kOperation, to_errc(host_error(room, 8)));
  } else if (room.at<std::uint64_t>(8) == 0) {
    sent = fail(kOperation, Errc::eagain);
  } else {
    alignas(4) std::uint8_t datagram[kOutgoingSize] = {};
    const std::int32_t place[2] = {address_of(data.data()), static_cast<std::int32_t>(data.size())};
    std::memcpy(datagram, place, sizeof(place));
    if (target) {
      datagram[8] = 1;
      target->store(datagram + 12);
    }
    ResultArea area;
    wasi_udp_outgoing_datagram_stream_send(outgoing_.get(), address_of(datagram), 1, area.where());
    if (area.is_error()) {
      sent = fail(kOperation, to_errc(host_error(area, 8)));
    } else if (area.at<std::uint64_t>(8) == 0) {
      sent = fail(kOperation, Errc::eagain);
    }
  }
  if (elsewhere) {
    if (const auto back = stream(kOperation, peer); !back) return Unexpected(back.error());
  }
  return sent;
}

// ---- readiness ----

Interest UdpSocket::ready(Interest interest) {
  Interest ready = Interest::none;
  if ((interest & Interest::read) != Interest::none) {
    if (received_.empty()) pull();
    if (!received_.empty() || receiving_ended_ || error_ != Errc::ok) ready = ready | Interest::read;
  }
  if ((interest & Interest::write) != Interest::none) {
    bool room = true;  // an unbound socket is bound by sending
    if (outgoing_) {
      ResultArea area;
      wasi_udp_outgoing_datagram_stream_check_send(outgoing_.get(), area.where());
      room = area.is_error() || area.at<std::uint64_t>(8) != 0;
    }
    if (room) ready = ready | Interest::write;
  }
  return ready;
}

void UdpSocket::add_pollables(Interest interest, std::vector<std::int32_t>& pollables) {
  if ((interest & Interest::read) != Interest::none && incoming_) {
    if (!incoming_changes_) incoming_changes_ = Pollable(wasi_udp_incoming_datagram_stream_subscribe(incoming_.get()));
    pollables.push_back(incoming_changes_.get());
  }
  if ((interest & Interest::write) != Interest::none && outgoing_) {
    if (!outgoing_changes_) outgoing_changes_ = Pollable(wasi_udp_outgoing_datagram_stream_subscribe(outgoing_.get()));
    pollables.push_back(outgoing_changes_.get());
  }
}

}  // namespace everysock::wasi
