#include "backends/winsock/winsock_backend.h"

#include <chrono>

#include "backends/winsock/backend.h"

namespace everysock {
namespace winsock {
namespace {

// Once for the process, by whichever thread comes first. There is no WSACleanup: sockets may outlive every backend.
void start_winsock() {
  [[maybe_unused]] static const int started = [] {
    WSADATA data;
    return ::WSAStartup(MAKEWORD(2, 2), &data);
  }();
}

}  // namespace

std::int64_t monotonic_now() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::int64_t WinsockBackend::now() { return monotonic_now(); }

}  // namespace winsock

std::unique_ptr<Backend> new_winsock_backend() {
  // Where it does not start, every call says so (ENETDOWN).
  winsock::start_winsock();
  return std::make_unique<winsock::WinsockBackend>();
}

}  // namespace everysock
