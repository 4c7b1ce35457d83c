#include "backends/wasi/local_socket.h"

#include "backends/wasi/options.h"

namespace everysock::wasi {
namespace {

// A component has neither process nor user.
bool is_about_credentials(OptionLevel level, Option option) {
  return level == sol_socket && (option == so_passcred || option == so_peercred);
}

}  // namespace

Result<std::size_t> LocalSocket::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (is_about_credentials(level, option)) return fail(Operation::getsockopt, Errc::enoprotoopt);
  return local_.get_option(handle_, level, option, value);
}

Result<void> LocalSocket::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  if (is_about_credentials(level, option)) return fail(Operation::setsockopt, Errc::enoprotoopt);
  const auto set = local_.set_option(handle_, level, option, value);
  // Waiting is done here.
  if (set && level == sol_socket && (option == so_rcvtimeo || option == so_sndtimeo)) {
    return *set_common_option(*this, level, option, value);
  }
  return set;
}

Interest LocalSocket::ready(Interest interest) {
  WaitItem item{handle_, interest};
  // Looking cannot fail while the socket is open.
  if (!local_.wait({&item, 1}, Deadline::passed())) return interest;
  return item.ready;
}

}  // namespace everysock::wasi
