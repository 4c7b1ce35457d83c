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
  if (const auto number = common_option(*this, level, option)) return write_int(value, *number);
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

Result<void> TcpSocket::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  const auto number = read_int(value);
  if (!number) return Unexpected(number.error());
  if (const auto done = set_common_option(*this, level, option, *number)) return *done;
  const auto within = [&](Setting setting, std::int32_t least, std::int32_t most,
                          std::uint64_t factor) -> Result<void> {
    if (*number < least || *number > most) return fail(kOperation, Errc::einval);
    return keep(setting, static_cast<std::uint64_t>(*number) * factor);
  };
  if (level == sol_socket) {
    // Hosts let a server bind again at once, always.
    if (option == so_reuseaddr) {
      reuse_address_ = *number != 0;
      return {};
    }
    if (option == so_keepalive) return keep(Setting::keep_alive, *number != 0);
    if (option == so_rcvbuf) return keep(Setting::receive_buffer, static_cast<std::uint32_t>(std::max(*number, 1152)));
    if (option == so_sndbuf) return keep(Setting::send_buffer, static_cast<std::uint32_t>(std::max(*number, 2304)));
  } else if (level == sol_tcp) {
    if (option == tcp_keepidle) return within(Setting::idle, 1, 32767, kSecond);
    if (option == tcp_keepintvl) return within(Setting::interval, 1, 32767, kSecond);
    if (option == tcp_keepcnt) return within(Setting::count, 1, 127, 1);
  } else if (option == (v6() ? ipv6_unicast_hops : ip_ttl)) {
    if (*number == -1) return keep(Setting::hop_limit, 64);  // the system's own choice
    return within(Setting::hop_limit, 1, 255, 1);
  }
  return fail(kOperation, Errc::enoprotoopt);
}

}  // namespace everysock::wasi
