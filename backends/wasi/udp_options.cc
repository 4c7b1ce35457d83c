// The options of UDP sockets that hosts have.
#include <algorithm>

#include "backends/wasi/options.h"
#include "backends/wasi/udp_socket.h"

namespace everysock::wasi {

Result<std::uint64_t> UdpSocket::get(Setting setting) {
  ResultArea area;
  switch (setting) {
    case Setting::hop_limit:
      wasi_udp_udp_socket_unicast_hop_limit(socket_.get(), area.where());
      break;
    case Setting::receive_buffer:
      wasi_udp_udp_socket_receive_buffer_size(socket_.get(), area.where());
      break;
    case Setting::send_buffer:
      wasi_udp_udp_socket_send_buffer_size(socket_.get(), area.where());
      break;
  }
  if (area.is_error()) return fail(Operation::getsockopt, Errc::enoprotoopt);
  return setting == Setting::hop_limit ? area.at<std::uint8_t>(1) : area.at<std::uint64_t>(8);
}

std::optional<HostError> UdpSocket::set(Setting setting, std::uint64_t value) {
  ResultArea area;
  switch (setting) {
    case Setting::hop_limit:
      wasi_udp_udp_socket_set_unicast_hop_limit(socket_.get(), static_cast<std::int32_t>(value), area.where());
      break;
    case Setting::receive_buffer:
      wasi_udp_udp_socket_set_receive_buffer_size(socket_.get(), static_cast<std::int64_t>(value), area.where());
      break;
    case Setting::send_buffer:
      wasi_udp_udp_socket_set_send_buffer_size(socket_.get(), static_cast<std::int64_t>(value), area.where());
      break;
  }
  if (!area.is_error()) return std::nullopt;
  return host_error(area, 1);
}

Result<std::size_t> UdpSocket::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (const auto size = get_common_option(*this, level, option, value)) return *size;
  std::optional<Setting> setting;
  if (level == sol_socket) {
    if (option == so_error) return write_int(value, static_cast<std::int32_t>(take_error()));
    if (option == so_acceptconn) return write_int(value, 0);
    if (option == so_keepalive) return write_int(value, keep_alive_ ? 1 : 0);
    if (option == so_rcvbuf) setting = Setting::receive_buffer;
    if (option == so_sndbuf) setting = Setting::send_buffer;
  } else if (option == (v6() ? ipv6_unicast_hops : ip_ttl)) {
    setting = Setting::hop_limit;
  }
  if (!setting) return fail(Operation::getsockopt, Errc::enoprotoopt);
  const auto number = get(*setting);
  if (!number) return Unexpected(number.error());
  return write_int(value, static_cast<std::int64_t>(*number) * (*setting == Setting::hop_limit ? 1 : kKept));
}

Result<void> UdpSocket::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  if (const auto done = set_common_option(*this, level, option, value)) return *done;
  const bool keep_alive = level == sol_socket && option == so_keepalive;
  const bool receive_buffer = level == sol_socket && option == so_rcvbuf;
  const bool send_buffer = level == sol_socket && option == so_sndbuf;
  const bool hop_limit = option == (v6() ? ipv6_unicast_hops : ip_ttl);
  if (!keep_alive && !receive_buffer && !send_buffer && !hop_limit) return fail(kOperation, Errc::enoprotoopt);
  const auto number = read_int(value);
  if (!number) return Unexpected(number.error());
  if (keep_alive) {  // of no effect on datagrams, on any system
    keep_alive_ = *number != 0;
    return {};
  }
  const auto unsigned_number = static_cast<std::uint64_t>(static_cast<std::uint32_t>(*number));
  std::optional<HostError> error;
  if (receive_buffer) {
    error = set(Setting::receive_buffer, std::max<std::uint64_t>(unsigned_number, kLeastReceiveBuffer));
  } else if (send_buffer) {
    error = set(Setting::send_buffer, std::max<std::uint64_t>(unsigned_number, kLeastSendBuffer));
  } else {
    if (*number < -1 || *number == 0 || *number > 255) return fail(kOperation, Errc::einval);
    error = set(Setting::hop_limit, *number == -1 ? kUsualHops : unsigned_number);
  }
  if (!error) return {};
  return fail(kOperation, *error == HostError::not_supported ? Errc::enoprotoopt : to_errc(*error));
}

}  // namespace everysock::wasi
