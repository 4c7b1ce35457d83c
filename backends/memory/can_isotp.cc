#include "backends/memory/can_isotp.h"

#include <cstring>
#include <memory>
#include <utility>

namespace everysock::memory {
namespace {

// Whether the identifier has only bits that mean something.
bool is_sound(std::uint32_t id) {
  return (id & ~((id & can_eff_flag) != 0 ? can_eff_flag | can_eff_mask : can_sff_mask)) == 0;
}

// Takes a value that has the very size. EINVAL.
template <typename T>
Errc assign(T& to, std::span<const std::byte> value) {
  if (value.size() != sizeof(to)) return Errc::einval;
  std::memcpy(&to, value.data(), sizeof(to));
  return Errc::ok;
}

template <typename T>
std::size_t show(const T& value, std::span<std::byte> room) {
  return write_bytes(room, std::as_bytes(std::span(&value, 1)));
}

}  // namespace

CanIsotp::CanIsotp(Machine& machine)
    : CanSocket(machine, SocketClass::can_isotp, sock_dgram, can_isotp),
      sender_(*this, channel_, [this] { message_sent(); }),
      receiver_(*this, channel_) {}

Result<void> CanIsotp::bind(const Address& address) {
  constexpr Operation kOperation = Operation::bind;
  const auto* isotp = std::get_if<CanIsotpAddress>(&address);
  if (isotp == nullptr) return fail(kOperation, Errc::einval);
  const auto interface = index_of(kOperation, isotp->ifname);
  if (!interface) return Unexpected(interface.error());
  const bool listens = !channel_.is_broadcast();
  if (!is_sound(isotp->tx_addr) || (listens && !is_sound(isotp->rx_addr))) return fail(kOperation, Errc::einval);
  if (*interface == 0) return fail(kOperation, Errc::enodev);
  if (bound_) return fail(kOperation, Errc::einval);
  if (listens && isotp->rx_addr == isotp->tx_addr) return fail(kOperation, Errc::eaddrnotavail);
  if (!is_can_interface(*interface)) return fail(kOperation, Errc::enodev);
  channel_.interface = *interface;
  channel_.rx_id = isotp->rx_addr;
  channel_.tx_id = isotp->tx_addr;
  bound_ = true;
  buses().add(*this);
  return {};
}

Result<Address> CanIsotp::local_address() const {
  return CanIsotpAddress{name_of(channel_.interface), channel_.rx_id, channel_.tx_id};
}

// ---- data ----

void CanIsotp::hear(const CanPacket& packet, std::uint32_t interface, const CanSocket&) {
  if (interface != channel_.interface || packet.size() != channel_.link.mtu) return;
  if (channel_.is_broadcast() || packet.id() != channel_.rx_id) return;
  const std::size_t start = channel_.start();
  if (start > 0 && packet.at(0) != channel_.options.rx_ext_address) return;
  const auto kind = static_cast<CanIsotpFrame>(packet.at(start) & 0xf0);
  const bool flow_control = kind == CanIsotpFrame::flow_control;
  if (channel_.has(can_isotp_half_duplex) && (flow_control ? !receiver_.idle() : !sender_.idle())) return;
  if (flow_control) return sender_.flow_control(packet);
  if (released()) return;
  if (kind == CanIsotpFrame::single) receiver_.single(packet);
  if (kind == CanIsotpFrame::first) receiver_.first(packet);
  if (kind == CanIsotpFrame::consecutive) receiver_.consecutive(packet);
}

Result<std::size_t> CanIsotp::send(const SendRequest& request, Gather& data, bool going_on) {
  constexpr Operation kOperation = Operation::send;
  if (!bound_) return fail(kOperation, Errc::eaddrnotavail);
  if (!sender_.idle()) return fail(kOperation, Errc::eagain);
  if (going_on) {
    // The message has gone (below), or has come to grief.
    if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
    return data.total();
  }
  std::string message(data.left(), '\0');
  if (message.size() <= kMostIsotp) {
    data.take(reinterpret_cast<std::byte*>(message.data()), message.size());
  }
  if (const Errc error = sender_.start(std::move(message)); error != Errc::ok) return fail(kOperation, error);
  const bool waits = channel_.has(can_isotp_wait_tx_done) && !nonblocking && !request.flags.has(msg_dontwait);
  if (waits && !sender_.idle()) return fail(kOperation, Errc::eagain);
  return data.total();
}

Result<std::size_t> CanIsotp::receive(ReceiveRequest& request, Scatter& room, bool going_on) {
  constexpr MessageFlags kKnown = msg_dontwait | msg_trunc | msg_peek | msg_cmsg_cloexec;
  if ((request.flags & ~kKnown)) return fail(Operation::recv, Errc::einval);
  if (!bound_) return fail(Operation::recv, Errc::eaddrnotavail);
  return CanSocket::receive(request, room, going_on);
}

Readiness CanIsotp::readiness() const {
  Readiness readiness = CanSocket::readiness();
  readiness.out = sender_.idle();
  return readiness;
}

// ---- the end ----

void CanIsotp::forget() {
  receiver_.stop();
  if (!bound_) return;
  if (sender_.idle()) {
    buses().remove(*this);
  } else {
    // Linux's close() waits for the end of the message; here the socket finishes it alone.
    machine().keep(shared_from_this());
  }
}

void CanIsotp::message_sent() {
  notify(Interest::write);
  if (!released()) return;
  // Not now: this may be the answer to a frame that others are still to hear.
  network().calendar().schedule(network().now(), [this, self = shared_from_this()] {
    buses().remove(*this);
    machine().let_go(*this);
  });
}

// ---- options ----

Errc CanIsotp::set_options(std::span<const std::byte> value) {
  constexpr std::uint32_t kNone = 0xffffffff;  // CAN_ISOTP_FRAME_TXTIME_ZERO
  CanIsotpOptions& options = channel_.options;
  if (const Errc error = assign(options, value); error != Errc::ok) return error;
  if (!channel_.has(can_isotp_rx_ext_addr)) options.rx_ext_address = options.ext_address;
  const bool both = channel_.has(can_isotp_sf_broadcast) && channel_.has(can_isotp_cf_broadcast);
  if (both) options.flags &= ~can_isotp_cf_broadcast;
  if (options.frame_txtime != 0) channel_.frame_time = options.frame_txtime == kNone ? 0 : options.frame_txtime;
  return both ? Errc::einval : Errc::ok;
}

Errc CanIsotp::set_link_layer(std::span<const std::byte> value) {
  CanIsotpLinkLayer link;
  if (const Errc error = assign(link, value); error != Errc::ok) return error;
  const bool classic = link.mtu == CanPacket::kClassicSize;
  if (!classic && link.mtu != CanPacket::kFdSize) return Errc::einval;
  if (link.tx_dl != can_isotp_padded(link.tx_dl)) return Errc::einval;
  if (classic && (link.tx_dl > 8 || link.tx_flags != 0)) return Errc::einval;
  channel_.link = link;
  return Errc::ok;
}

Result<void> CanIsotp::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  if (level == sol_socket || !option.belongs_to(level)) return KernelSocket::set_option(level, option, value);
  if (level != sol_can_isotp) return fail(kOperation, Errc::einval);
  if (bound_) return fail(kOperation, Errc::eisconn);
  Errc error = Errc::enoprotoopt;
  if (option == can_isotp_opts) error = set_options(value);
  if (option == can_isotp_recv_fc) error = assign(channel_.flow_control, value);
  if (option == can_isotp_tx_stmin) error = assign(channel_.tx_stmin, value);
  if (option == can_isotp_rx_stmin) error = assign(channel_.rx_stmin, value);
  if (option == can_isotp_ll_opts) error = set_link_layer(value);
  if (error != Errc::ok) return fail(kOperation, error);
  return {};
}

Result<std::size_t> CanIsotp::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  constexpr Operation kOperation = Operation::getsockopt;
  if (level == sol_socket || !option.belongs_to(level)) return KernelSocket::get_option(level, option, value);
  if (level != sol_can_isotp) return fail(kOperation, Errc::einval);
  if (option == can_isotp_opts) return show(channel_.options, value);
  if (option == can_isotp_recv_fc) return show(channel_.flow_control, value);
  if (option == can_isotp_tx_stmin) return show(channel_.tx_stmin, value);
  if (option == can_isotp_rx_stmin) return show(channel_.rx_stmin, value);
  if (option == can_isotp_ll_opts) return show(channel_.link, value);
  return fail(kOperation, Errc::enoprotoopt);
}

}  // namespace everysock::memory
