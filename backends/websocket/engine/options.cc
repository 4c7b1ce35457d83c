#include <algorithm>
#include <cstring>

#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/engine/option_value.h"
#include "backends/websocket/engine/socket_forms.h"

namespace everysock::websocket {
namespace {

bool is(const KnownOption& known, Option option) {
  return known.level == option.level().value() && known.option == option.value();
}

KnownOption named(Option option, std::span<const std::byte> value = {}) {
  return {option.level().value(), option.value(),
          std::string(reinterpret_cast<const char*>(value.data()), value.size())};
}

// Options that a system takes for such a socket whatever its state, so that nobody needs to wait for its word.
bool cannot_fail(const SocketState& socket, Option option, std::span<const std::byte> value) {
  if (value.size() != sizeof(std::int32_t)) return false;
  if (option == tcp_nodelay) return socket.is_stream() && !socket.is_unix();
  return option == so_reuseaddr || option == so_keepalive;
}

}  // namespace

std::optional<Result<std::size_t>> ClientEngine::local_option(SocketState& socket, OptionLevel level, Option option,
                                                              std::span<std::byte> value) {
  if (auto ok = usable(socket, Operation::getsockopt); !ok) return tl::unexpected(ok.error());
  if (option.is_native() || level.is_native() || !option.belongs_to(level)) {
    return fail(Operation::getsockopt, Errc::enoprotoopt);
  }
  const auto number = [&](std::uint32_t answer) { return put_int(value, static_cast<std::int32_t>(answer)); };
  if (option == so_error) {
    std::optional<Error> error = socket.take_error();
    if (!error && socket.send_error) {
      error = socket.send_error;
      socket.send_error.reset();
    }
    return number(error ? static_cast<std::uint32_t>(error->code()) : 0);
  }
  if (option == so_type) return number(socket.kind.value());
  if (option == so_domain) return number(socket.family.value());
  if (option == so_protocol) return number(real_protocol(socket.family, socket.kind, socket.protocol).value());
  if (option == so_acceptconn) return number(socket.phase == Phase::listening || socket.listen_pending ? 1 : 0);
  if (option == so_rcvlowat) return number(static_cast<std::uint32_t>(socket.options.receive_low_water));
  if (option == so_rcvtimeo) return put_timeout(value, socket.options.receive_timeout);
  if (option == so_sndtimeo) return put_timeout(value, socket.options.send_timeout);
  return std::nullopt;
}

std::optional<std::string> ClientEngine::known_option(const SocketState& socket, Option option) const {
  for (const KnownOption& known : socket.known_options) {
    if (is(known, option)) return known.value;
  }
  // What every system starts with.
  if (option == so_reuseaddr || option == so_keepalive || option == so_broadcast || option == so_oobinline ||
      option == so_dontroute || option == tcp_nodelay) {
    return std::string(4, '\0');
  }
  if (option == so_linger) return std::string(8, '\0');
  return std::nullopt;
}

Result<void> ClientEngine::get_option(const SocketPointer& socket, OptionLevel level, Option option, std::size_t size,
                                      Reply* reply) {
  Pending request = pending(FrameType::get_option, socket, reply, Operation::getsockopt);
  request.option = named(option);
  constexpr std::size_t most = 1024;
  send_on_socket(
      std::move(request),
      GetOption{.level = level, .option = option.value(), .size = static_cast<std::uint32_t>(std::min(size, most))});
  return {};
}

Result<bool> ClientEngine::set_option(const SocketPointer& socket, OptionLevel level, Option option,
                                      std::span<const std::byte> value, Reply* reply) {
  if (auto ok = usable(*socket, Operation::setsockopt); !ok) return tl::unexpected(ok.error());
  if (option.is_native() || level.is_native() || !option.belongs_to(level)) {
    return fail(Operation::setsockopt, Errc::enoprotoopt);
  }
  if (option == so_rcvtimeo || option == so_sndtimeo) {
    const auto timeout = get_timeout(value);
    if (!timeout) return tl::unexpected(timeout.error());
    (option == so_rcvtimeo ? socket->options.receive_timeout : socket->options.send_timeout) = *timeout;
    return true;
  }
  if (option == so_rcvlowat) {
    if (value.size() < sizeof(std::int32_t)) return fail(Operation::setsockopt, Errc::einval);
    const std::int32_t low = get_int(value);
    socket->options.receive_low_water =
        low < 0 ? std::size_t{0x7fffffff} : std::max<std::size_t>(1, static_cast<std::size_t>(low));
    socket->changed();
    return true;
  }
  constexpr std::size_t most = 4096;
  if (value.size() > most) return fail(Operation::setsockopt, Errc::einval);
  const bool settled = cannot_fail(*socket, option, value);
  Pending request = pending(FrameType::set_option, socket, settled ? nullptr : reply, Operation::setsockopt);
  request.option = named(option, value);
  const bool optimistic = request.reply == nullptr;
  if (optimistic) {
    apply(*socket, request.option);
    remember(*socket, request.option);
  }
  send_on_socket(std::move(request), SetOption{.level = level,
                                               .option = option.value(),
                                               .value = {{reinterpret_cast<const char*>(value.data()), value.size()}}});
  return optimistic;
}

void ClientEngine::remember(SocketState& socket, const KnownOption& option) {
  constexpr std::size_t most = 32;
  for (KnownOption& known : socket.known_options) {
    if (known.level == option.level && known.option == option.option) {
      known.value = option.value;
      return;
    }
  }
  if (socket.known_options.size() < most) socket.known_options.push_back(option);
}

// Options that change what the client itself does.
void ClientEngine::apply(SocketState& socket, const KnownOption& option) {
  const std::span value(reinterpret_cast<const std::byte*>(option.value.data()), option.value.size());
  socket.known_destinations.clear();
  if (is(option, so_broadcast) && value.size() >= 4) socket.options.broadcast = get_int(value) != 0;
  if (is(option, so_linger) && value.size() >= 8) {
    socket.options.linger = get_int(value) != 0;
    socket.options.linger_seconds = get_int(value.subspan(4));
  }
}

}  // namespace everysock::websocket
