#include "backends/posix/posix_backend.h"

#include <time.h>

#include "backends/posix/backend.h"

namespace everysock {
namespace posix {
namespace {

constexpr Support kNative{SupportLevel::native, {}};

constexpr Support unsupported(std::string_view reason) { return {SupportLevel::unsupported, reason}; }

}  // namespace

Support PosixBackend::supports(Feature feature) const {
  switch (feature) {
    case Feature::socketpair_inet:
      return unsupported("the system has socket pairs for AF_UNIX alone");
    case Feature::virtual_clock:
      return unsupported("time is real here");
    case Feature::share:
      return unsupported("sharing with share() is Windows'; pass descriptors with send_fds()");
    case Feature::ioctl:
      return unsupported("ioctl() is Windows'; the descriptor is what ioctl(2) and fcntl(2) take");
#if !defined(__linux__) && !defined(__APPLE__) && !defined(__FreeBSD__)
    case Feature::send_file:
      return unsupported("the system has no sendfile; the portable fallback is used");
#endif
    case Feature::hyperv:
      return unsupported("AF_HYPERV is Windows'");
#ifndef __linux__
    case Feature::unix_abstract:
    case Feature::unix_autobind:
      return unsupported("abstract AF_UNIX names are Linux's");
    case Feature::msg_trunc:
    case Feature::msg_more:
      return unsupported("the flag is Linux's");
#endif
    default:
      return kNative;
  }
}

std::int64_t monotonic_now() noexcept {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::int64_t PosixBackend::now() { return monotonic_now(); }

}  // namespace posix

std::unique_ptr<Backend> new_posix_backend() { return std::make_unique<posix::PosixBackend>(); }

}  // namespace everysock
