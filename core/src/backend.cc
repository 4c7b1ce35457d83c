#include "everysock/backend.h"

namespace everysock {
namespace {

template <typename Attempt>
Result<std::size_t> uninterrupted(Operation operation, Attempt attempt) {
  for (;;) {
    auto result = attempt();
    if (result) return result;
    if (result.error() != Errc::eintr) return Unexpected(result.error().in(operation));
  }
}

}  // namespace

Result<std::size_t> Backend::send_bytes(Handle handle, const void* data, std::size_t size, MessageFlags flags,
                                        Operation operation) {
  const ConstBuffer buffer(data, size);
  const SendRequest request{.buffers = {&buffer, 1}, .flags = flags};
  return uninterrupted(operation, [&] { return send(handle, request); });
}

Result<std::size_t> Backend::send_file(Handle, std::int64_t, std::int64_t, std::size_t) {
  return fail(Operation::sendfile, Errc::eopnotsupp);
}

Result<std::string> Backend::share(Handle, std::uint32_t) { return fail(Operation::share, Errc::eopnotsupp); }

Result<SharedHandle> Backend::adopt_shared(std::string_view) { return fail(Operation::fromshare, Errc::eopnotsupp); }

Result<std::uint32_t> Backend::control(Handle, IoControl, std::span<const std::byte>) {
  return fail(Operation::ioctl, Errc::eopnotsupp);
}

Result<std::size_t> Backend::receive_bytes(Handle handle, void* data, std::size_t size, MessageFlags flags,
                                           Operation operation) {
  const MutableBuffer buffer(data, size);
  ReceiveRequest request{.buffers = {&buffer, 1}, .flags = flags};
  return uninterrupted(operation, [&] { return receive(handle, request); });
}

}  // namespace everysock
