#include "framework/tracking_backend.h"

#include <span>

#include "everysock/control_messages.h"

namespace everysock::conformance {

std::size_t TrackingBackend::open_handles() const {
  const std::lock_guard lock(mutex_);
  return handles_.size();
}

void TrackingBackend::shut_down_all() {
  const std::lock_guard lock(mutex_);
  for (Handle handle : handles_) (void)inner().shutdown(handle, shut_rdwr);
}

void TrackingBackend::close_all() {
  const std::lock_guard lock(mutex_);
  for (Handle handle : handles_) (void)inner().close(handle);
  handles_.clear();
}

Result<Handle> TrackingBackend::tracked(Result<Handle> handle) {
  if (handle) {
    const std::lock_guard lock(mutex_);
    handles_.insert(*handle);
  }
  return handle;
}

Result<Handle> TrackingBackend::open(AddressFamily family, SocketKind kind, Protocol protocol) {
  return tracked(inner().open(family, kind, protocol));
}

Result<std::pair<Handle, Handle>> TrackingBackend::open_pair(AddressFamily family, SocketKind kind, Protocol protocol) {
  Result<std::pair<Handle, Handle>> pair = inner().open_pair(family, kind, protocol);
  if (pair) {
    const std::lock_guard lock(mutex_);
    handles_.insert({pair->first, pair->second});
  }
  return pair;
}

Result<Handle> TrackingBackend::adopt(std::int64_t native) { return tracked(inner().adopt(native)); }
Result<Handle> TrackingBackend::duplicate(Handle handle) { return tracked(inner().duplicate(handle)); }
Result<SharedHandle> TrackingBackend::adopt_shared(std::string_view data) {
  Result<SharedHandle> shared = inner().adopt_shared(data);
  if (shared) (void)tracked(shared->handle);
  return shared;
}
Result<Handle> TrackingBackend::accept(Handle handle, Address* peer) { return tracked(inner().accept(handle, peer)); }

// What comes in messages is the case's as well.
Result<std::size_t> TrackingBackend::receive(Handle handle, ReceiveRequest& request) {
  const std::size_t before = request.control == nullptr ? 0 : request.control->size();
  Result<std::size_t> received = inner().receive(handle, request);
  if (!received || request.control == nullptr) return received;
  for (const ControlMessage& item : std::span(*request.control).subspan(before)) {
    const auto rights = Rights::from(item);
    if (!rights) continue;
    const std::lock_guard lock(mutex_);
    for (const std::int64_t fd : rights->descriptors) handles_.insert(static_cast<Handle>(fd));
  }
  return received;
}

Result<void> TrackingBackend::close(Handle handle) {
  {
    // First, so that a handle of the same number which is opened meanwhile stays known.
    const std::lock_guard lock(mutex_);
    handles_.erase(handle);
  }
  return inner().close(handle);
}

}  // namespace everysock::conformance
