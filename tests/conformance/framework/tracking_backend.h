// Knows which handles of a backend are open, to find the sockets that a case leaves behind.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_TRACKING_BACKEND_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_TRACKING_BACKEND_H_

#include <cstddef>
#include <mutex>
#include <set>
#include <utility>

#include "everysock/backend_wrapper.h"

namespace everysock::conformance {

class TrackingBackend : public BackendWrapper {
 public:
  using BackendWrapper::BackendWrapper;

  std::size_t open_handles() const;
  // Shuts every open socket down in both directions: whoever waits on one of them goes on.
  void shut_down_all();
  // Closes what is open.
  void close_all();

  Result<Handle> open(AddressFamily family, SocketKind kind, Protocol protocol) override;
  Result<std::pair<Handle, Handle>> open_pair(AddressFamily family, SocketKind kind, Protocol protocol) override;
  Result<Handle> adopt(std::int64_t native) override;
  Result<Handle> duplicate(Handle handle) override;
  Result<SharedHandle> adopt_shared(std::string_view data) override;
  Result<Handle> accept(Handle handle, Address* peer) override;
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override;
  Result<void> close(Handle handle) override;
  // Forwarded, which BackendWrapper does not do: a backend's own ones are to be tested as well.
  Result<std::size_t> send_bytes(Handle handle, const void* data, std::size_t size, MessageFlags flags,
                                 Operation operation) override {
    return inner().send_bytes(handle, data, size, flags, operation);
  }
  Result<std::size_t> receive_bytes(Handle handle, void* data, std::size_t size, MessageFlags flags,
                                    Operation operation) override {
    return inner().receive_bytes(handle, data, size, flags, operation);
  }

 private:
  Result<Handle> tracked(Result<Handle> handle);

  mutable std::mutex mutex_;
  std::set<Handle> handles_;
};

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_TRACKING_BACKEND_H_
