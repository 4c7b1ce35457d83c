// What only Windows has: sharing with another process, and ioctl().
#include <array>
#include <optional>

#include "everysock/socket.h"
#include "src/audit.h"
#include "src/named_error.h"
#include "src/renamed.h"
#include "src/socket_factory.h"

namespace everysock {
namespace {

using internal::renamed;

constexpr bool takes_number(IoControl command) { return command == sio_rcvall || command == sio_loopback_fast_path; }

Result<void> check(IoControl command, bool fits) {
  if (!takes_number(command) && command != sio_keepalive_vals) {
    return fail(Operation::ioctl, UsageErrc::ioctl_command, static_cast<std::int32_t>(command.value()));
  }
  if (!fits) return fail(Operation::ioctl, UsageErrc::ioctl_option);
  return {};
}

Result<std::uint32_t> control(Backend* backend, Handle handle, IoControl command, std::span<const std::byte> option) {
  if (handle == Handle::invalid) return fail(Operation::ioctl, Errc::ebadf);
  const auto size = backend->control(handle, command, option);
  if (!size) return Unexpected(internal::naming(size.error().in(Operation::ioctl), describe(command), *backend));
  return size;
}

}  // namespace

Result<std::uint32_t> Socket::ioctl(IoControl command, std::uint32_t option) {
  if (const auto good = check(command, takes_number(command)); !good) return Unexpected(good.error());
  return control(backend_, handle_, command, std::as_bytes(std::span(&option, 1)));
}

Result<std::uint32_t> Socket::ioctl(IoControl command, const KeepaliveVals& option) {
  if (const auto good = check(command, command == sio_keepalive_vals); !good) return Unexpected(good.error());
  const std::array<std::uint32_t, 3> values{option.onoff ? 1u : 0u, option.timeout_ms, option.interval_ms};
  return control(backend_, handle_, command, std::as_bytes(std::span(values)));
}

Result<std::string> Socket::share(std::uint32_t process_id) const {
  if (handle_ == Handle::invalid) return fail(Operation::share, Errc::ebadf);
  return renamed(Operation::share, backend_->share(handle_, process_id));
}

Result<Socket> fromshare(std::string_view data, Backend& backend) {
  constexpr Operation kOperation = Operation::fromshare;
  const auto allowed = internal::audit<audit::SocketNew>(kOperation, std::nullopt, std::nullopt, std::nullopt);
  if (!allowed) return Unexpected(allowed.error());
  const auto shared = backend.adopt_shared(data);
  if (!shared) return Unexpected(shared.error().in(kOperation));
  return SocketFactory::with_default_timeout(kOperation, backend, shared->handle, shared->family, shared->kind,
                                             shared->protocol);
}

}  // namespace everysock
