#include "backends/wasi/preview1.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <vector>

#include "backends/wasi/options.h"
#include "backends/wasi/wasi_backend.h"
#include "platform/posix/errno.h"

namespace everysock::wasi {
namespace {

using platform::last_error;

int descriptor(Handle handle) { return static_cast<int>(handle); }

template <typename Buffer>
std::vector<iovec> vectors(std::span<const Buffer> buffers) {
  std::vector<iovec> result;
  for (const Buffer& buffer : buffers) result.push_back({const_cast<void*>(buffer.data()), buffer.size()});
  return result;
}

// poll(2) in milliseconds, rounded up: never too early.
int milliseconds(Deadline deadline, std::int64_t now) {
  if (deadline.is_never()) return -1;
  if (deadline == Deadline::passed()) return 0;
  return static_cast<int>(std::min<std::int64_t>((deadline.left(now) + 999'999) / 1'000'000, INT_MAX));
}

}  // namespace

Support Preview1Backend::supports(Feature feature) const {
  switch (feature) {
    case Feature::adopt:
      return {SupportLevel::native, "Sockets that the program inherits"};
    case Feature::blocking:
      return {SupportLevel::native, ""};
    default:
      return {SupportLevel::unsupported, "WASI preview 1 only uses sockets that a program inherits"};
  }
}

std::int64_t Preview1Backend::now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

Result<Handle> Preview1Backend::adopt(std::int64_t native) {
  const Handle handle{native};
  struct stat status {};
  if (native < 0 || native > INT_MAX || ::fstat(descriptor(handle), &status) < 0) {
    return fail(Operation::socket, Errc::ebadf);
  }
  if (!S_ISSOCK(status.st_mode)) return fail(Operation::socket, Errc::enotsock);
  return handle;
}

Result<void> Preview1Backend::close(Handle handle) {
  if (::close(descriptor(handle)) < 0) return Unexpected(last_error(Operation::close));
  return {};
}

Result<void> Preview1Backend::shutdown(Handle handle, ShutdownHow how) {
  if (how != shut_rd && how != shut_wr && how != shut_rdwr) return fail(Operation::shutdown, Errc::einval);
  const int native = how == shut_rd ? SHUT_RD : how == shut_wr ? SHUT_WR : SHUT_RDWR;
  if (::shutdown(descriptor(handle), native) < 0) return Unexpected(last_error(Operation::shutdown));
  return {};
}

// Not by sock_send and sock_recv, which hosts implement for sockets of their own alone, if at all.
Result<std::size_t> Preview1Backend::send(Handle handle, const SendRequest& request) {
  constexpr Operation kOperation = Operation::send;
  const bool plain = msg_nosignal.has(request.flags) && request.control.empty() && request.address == nullptr;
  if (!plain) return fail(kOperation, Errc::eopnotsupp);
  const auto buffers = vectors(request.buffers);
  const ssize_t size = ::writev(descriptor(handle), buffers.data(), static_cast<int>(buffers.size()));
  if (size < 0) return Unexpected(last_error(kOperation));
  return static_cast<std::size_t>(size);
}

Result<std::size_t> Preview1Backend::receive(Handle handle, ReceiveRequest& request) {
  constexpr Operation kOperation = Operation::recv;
  if (!msg_cmsg_cloexec.has(request.flags)) return fail(kOperation, Errc::eopnotsupp);
  const auto buffers = vectors(request.buffers);
  const ssize_t size = ::readv(descriptor(handle), buffers.data(), static_cast<int>(buffers.size()));
  if (size < 0) return Unexpected(last_error(kOperation));
  if (request.address != nullptr) *request.address = std::monostate();
  return static_cast<std::size_t>(size);
}

Result<std::size_t> Preview1Backend::get_option(Handle handle, OptionLevel level, Option option,
                                                std::span<std::byte> value) {
  constexpr Operation kOperation = Operation::getsockopt;
  if (level != sol_socket || option != so_type) return fail(kOperation, Errc::enoprotoopt);
  int type = 0;
  socklen_t size = sizeof(type);
  if (::getsockopt(descriptor(handle), SOL_SOCKET, SO_TYPE, &type, &size) < 0)
    return Unexpected(last_error(kOperation));
  return write_int(value, (type == SOCK_DGRAM ? sock_dgram : sock_stream).value());
}

Result<void> Preview1Backend::set_blocking(Handle handle, bool blocking) {
  const int flags = ::fcntl(descriptor(handle), F_GETFL);
  const int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  if (flags < 0 || ::fcntl(descriptor(handle), F_SETFL, wanted) < 0)
    return Unexpected(last_error(Operation::setblocking));
  return {};
}

Result<bool> Preview1Backend::blocking(Handle handle) {
  const int flags = ::fcntl(descriptor(handle), F_GETFL);
  if (flags < 0) return Unexpected(last_error(Operation::setblocking));
  return (flags & O_NONBLOCK) == 0;
}

Result<std::size_t> Preview1Backend::wait(std::span<WaitItem> items, Deadline deadline) {
  constexpr Operation kOperation = Operation::select;
  std::vector<pollfd> polled;
  for (const WaitItem& item : items) {
    const auto wants = [&](Interest one) { return (item.interest & one) != Interest::none; };
    polled.push_back({descriptor(item.handle),
                      static_cast<short>((wants(Interest::read) ? POLLIN : 0) | (wants(Interest::write) ? POLLOUT : 0)),
                      0});
  }
  if (::poll(polled.data(), polled.size(), milliseconds(deadline, now())) < 0)
    return Unexpected(last_error(kOperation));
  std::size_t ready = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const int events = polled[i].revents;
    if ((events & POLLNVAL) != 0) return fail(kOperation, Errc::ebadf);
    Interest found = Interest::none;
    if ((events & POLLIN) != 0) found = found | Interest::read;
    if ((events & POLLOUT) != 0) found = found | Interest::write;
    if ((events & (POLLERR | POLLHUP)) != 0) found = Interest::read_write;
    items[i].ready = found & items[i].interest;
    if (items[i].ready != Interest::none) ++ready;
  }
  return ready;
}

Result<std::unique_ptr<Poller>> Preview1Backend::new_poller() { return std::make_unique<Preview1Poller>(*this); }

Result<void> Preview1Poller::add(Handle handle, Interest interest, std::uint64_t token) {
  if (const auto open = backend_.blocking(handle); !open) return fail(Operation::select, Errc::ebadf);
  if (!registry_.emplace(handle, std::pair(interest, token)).second) return fail(Operation::select, Errc::eexist);
  return {};
}

Result<void> Preview1Poller::modify(Handle handle, Interest interest, std::uint64_t token) {
  const auto found = registry_.find(handle);
  if (found == registry_.end()) return fail(Operation::select, Errc::enoent);
  found->second = {interest, token};
  return {};
}

Result<void> Preview1Poller::remove(Handle handle) {
  if (registry_.erase(handle) == 0) return fail(Operation::select, Errc::enoent);
  return {};
}

Result<std::size_t> Preview1Poller::wait(std::span<ReadyEvent> events, Deadline deadline) {
  std::erase_if(registry_, [this](const auto& entry) { return !backend_.blocking(entry.first); });
  std::vector<WaitItem> items;
  for (const auto& [handle, what] : registry_) items.push_back({handle, what.first});
  const auto waited = backend_.wait(items, std::exchange(woken_, false) ? Deadline::passed() : deadline);
  if (!waited) return waited;
  std::size_t stored = 0;
  for (const WaitItem& item : items) {
    if (item.ready == Interest::none || stored == events.size()) continue;
    events[stored++] = {registry_.at(item.handle).second, item.ready};
  }
  return stored;
}

}  // namespace everysock::wasi

namespace everysock {

std::unique_ptr<Backend> new_wasi_preview1_backend(std::unique_ptr<Backend> local) {
  return std::make_unique<wasi::Preview1Backend>(std::move(local));
}

}  // namespace everysock
