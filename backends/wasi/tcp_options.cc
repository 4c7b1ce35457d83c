// The options of TCP sockets that hosts have.
#include <algorithm>

#include "backends/wasi/options.h"
#include "backends/wasi/tcp_socket.h"

namespace everysock::wasi {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

}  // namespace

Result<std::uint64_t> TcpSocket::get(Setting setting) {
  ResultArea area;
  const std::int32_t socket = socket_.get();
  const auto result = [&](std::uint64_t value) -> Result<std::uint64_t> {
    if (area.is_error()) return fail(Operation::getsockopt, Errc::enoprotoopt);
    return value;
  };
  switch (setting) {
    case Setting::keep_alive:
      wasi_tcp_tcp_socket_keep_alive_enabled(socket, area.where());
      return result(area.at<std::uint8_t>(1));
    case Setting::idle:
      wasi_tcp_tcp_socket_keep_alive_idle_time(socket, area.where());
      return result(area.at<std::uint64_t>(8));
    case Setting::interval:
      wasi_tcp_tcp_socket_keep_alive_interval(socket, area.where());
      return result(area.at<std::uint64_t>(8));
    case Setting::count:
      wasi_tcp_tcp_socket_keep_alive_count(socket, area.where());
      return result(area.at<std::uint32_t>(4));
    case Setting::hop_limit:
      wasi_tcp_tcp_socket_hop_limit(socket, area.where());
      return result(area.at<std::uint8_t>(1));
    case Setting::receive_buffer:
      wasi_tcp_tcp_socket_receive_buffer_size(socket, area.where());
      return result(area.at<std::uint64_t>(8));
    case Setting::send_buffer:
      wasi_tcp_tcp_socket_send_buffer_size(socket, area.where());
      return result(area.at<std::uint64_t>(8));
  }
  return fail(Operation::getsockopt, Errc::enoprotoopt);
}

std::optional<HostError> TcpSocket::set(Setting setting, std::uint64_t value) {
  ResultArea area;
  const std::int32_t socket = socket_.get();
  const auto small = static_cast<std::int32_t>(value);
  const auto large = static_cast<std::int64_t>(value);
  switch (setting) {
    case Setting::keep_alive:
      wasi_tcp_tcp_socket_set_keep_alive_enabled(socket, small, area.where());
      break;
    case Setting::idle:
      wasi_tcp_tcp_socket_set_keep_alive_idle_time(socket, large, area.where());
      break;
    case Setting::interval:
      wasi_tcp_tcp_socket_set_keep_alive_interval(socket, large, area.where());
      break;
    case Setting::count:
      wasi_tcp_tcp_socket_set_keep_alive_count(socket, small, area.where());
      break;
    case Setting::hop_limit:
      wasi_tcp_tcp_socket_set_hop_limit(socket, small, area.where());
      break;
    case Setting::receive_buffer:
      wasi_tcp_tcp_socket_set_receive_buffer_size(socket, large, area.where());
      break;
    case Setting::send_buffer:
      wasi_tcp_tcp_socket_set_send_buffer_size(socket, large, area.where());
      break;
  }
  if (!area.is_error()) return std::nullopt;
  return host_error(area, 1);
}

Result<void> TcpSocket::keep(Setting setting, std::uint64_t value) {
  if (const auto error = set(setting, value)) {
    return fail(Operation::setsockopt, *error == HostError::not_supported ? Errc::enoprotoopt : to_errc(*error));
  }
  settings_[setting] = value;
  return {};
}

Result<std::size_t> TcpSocket::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (const auto size = get_common_option(*this, level, option, value)) return *size;
  const auto write = [&](Setting setting, std::uint64_t divisor = 1, std::int64_t factor = 1) -> Result<std::size_t> {
    const auto number = get(setting);
    if (!number) return Unexpected(number.error());
    return write_int(value, static_cast<std::int64_t>(*number / divisor) * factor);
  };
  if (level == sol_socket) {
    if (option == so_error) return write_int(value, static_cast<std::int32_t>(take_error()));
    if (option == so_acceptconn) return write_int(value, state_ == State::listening ? 1 : 0);
    if (option == so_reuseaddr) return write_int(value, reuse_address_ ? 1 : 0);
    if (option == so_keepalive) return write(Setting::keep_alive);
    if (option == so_rcvbuf) return write(Setting::receive_buffer, 1, kKept);
    if (option == so_sndbuf) return write(Setting::send_buffer, 1, kKept);
  } else if (level == sol_tcp) {
    if (option == tcp_keepidle) return write(Setting::idle, kSecond);
    if (option == tcp_keepintvl) return write(Setting::interval, kSecond);
    if (option == tcp_keepcnt) return write(Setting::count);
  } else if (option == (v6() ? ipv6_unicast_hops : ip_ttl)) {
    return write(Setting::hop_limit);
  }
  return fail(Operation::getsockopt, Errc::enoprotoopt);
}

// The setting behind an option, with its limits as Linux has them.
std::optional<TcpSocket::Limits> TcpSocket::limits_of(OptionLevel level, Option option) const {
  if (level == sol_socket && option == so_keepalive) return Limits{Setting::keep_alive, INT32_MIN, INT32_MAX};
  if (level == sol_socket && option == so_rcvbuf) return Limits{Setting::receive_buffer, INT32_MIN, INT32_MAX};
  if (level == sol_socket && option == so_sndbuf) return Limits{Setting::send_buffer, INT32_MIN, INT32_MAX};
  if (level == sol_tcp && option == tcp_keepidle) return Limits{Setting::idle, 1, 32767};
  if (level == sol_tcp && option == tcp_keepintvl) return Limits{Setting::interval, 1, 32767};
  if (level == sol_tcp && option == tcp_keepcnt) return Limits{Setting::count, 1, 127};
  if (option == (v6() ? ipv6_unicast_hops : ip_ttl)) return Limits{Setting::hop_limit, -1, 255};
  return std::nullopt;
}

Result<void> TcpSocket::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  if (const auto done = set_common_option(*this, level, option, value)) return *done;
  const auto limits = limits_of(level, option);
  const bool reuse = level == sol_socket && option == so_reuseaddr;
  if (!limits && !reuse) return fail(kOperation, Errc::enoprotoopt);
  const auto number = read_int(value);
  if (!number) return Unexpected(number.error());
  if (reuse) {  // kept only: hosts let a server bind again at once, always
    reuse_address_ = *number != 0;
    return {};
  }
  if (*number < limits->least || *number > limits->most) return fail(kOperation, Errc::einval);
  const auto unsigned_number = static_cast<std::uint64_t>(static_cast<std::uint32_t>(*number));
  switch (limits->setting) {
    case Setting::keep_alive:
      return keep(Setting::keep_alive, *number != 0 ? 1 : 0);
    case Setting::receive_buffer:
      return keep(Setting::receive_buffer, std::max<std::uint64_t>(unsigned_number, kLeastReceiveBuffer));
    case Setting::send_buffer:
      return keep(Setting::send_buffer, std::max<std::uint64_t>(unsigned_number, kLeastSendBuffer));
    case Setting::idle:
    case Setting::interval:
      return keep(limits->setting, unsigned_number * kSecond);
    case Setting::count:
      return keep(Setting::count, unsigned_number);
    case Setting::hop_limit:
      if (*number == 0) return fail(kOperation, Errc::einval);
      return keep(Setting::hop_limit, *number == -1 ? kUsualHops : unsigned_number);
  }
  return fail(kOperation, Errc::enoprotoopt);
}

}  // namespace everysock::wasi
