#include "backends/wasi/local_socket.h"

namespace everysock::wasi {
namespace {

// A component has neither process nor user.
bool is_about_credentials(OptionLevel level, Option option) {
  return level == sol_socket && (option == so_passcred || option == so_peercred);
}

}  // namespace

// Its handles are not ours: nothing can be passed.
Result<std::size_t> LocalSocket::send(const SendRequest& request) {
  if (!request.control.empty()) return fail(Operation::send, Errc::eopnotsupp);
  return local_.send(handle_, request);
}

Result<std::size_t> LocalSocket::receive(ReceiveRequest& request) {
  ReceiveRequest without_control = request;
  without_control.control_capacity = 0;
  without_control.control = nullptr;
  Result<std::size_t> received = local_.receive(handle_, without_control);
  request.received_flags = without_control.received_flags;
  return received;
}

Result<std::size_t> LocalSocket::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (is_about_credentials(level, option)) return fail(Operation::getsockopt, Errc::enoprotoopt);
  return local_.get_option(handle_, level, option, value);
}

Result<void> LocalSocket::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  if (is_about_credentials(level, option)) return fail(Operation::setsockopt, Errc::enoprotoopt);
  return local_.set_option(handle_, level, option, value);
}

Interest LocalSocket::ready(Interest interest) {
  WaitItem item{handle_, interest};
  // Looking cannot fail while the socket is open.
  if (!local_.wait({&item, 1}, Deadline::passed())) return interest;
  return item.ready;
}

}  // namespace everysock::wasi
