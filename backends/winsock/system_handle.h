// A handle of the kernel's that is closed with its owner.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_SYSTEM_HANDLE_H_
#define EVERYSOCK_BACKENDS_WINSOCK_SYSTEM_HANDLE_H_

#include "platform/windows/winsock_headers.h"

namespace everysock::winsock {

class SystemHandle {
 public:
  explicit SystemHandle(HANDLE handle) noexcept : handle_(handle) {}
  SystemHandle(const SystemHandle&) = delete;
  SystemHandle& operator=(const SystemHandle&) = delete;
  ~SystemHandle() {
    if (handle_ != nullptr) ::CloseHandle(handle_);
  }
  HANDLE get() const noexcept { return handle_; }

 private:
  HANDLE handle_;
};

// Reset by hand. Its handle is null where the system has none left.
inline SystemHandle new_event() noexcept { return SystemHandle(::CreateEventW(nullptr, TRUE, FALSE, nullptr)); }

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_SYSTEM_HANDLE_H_
