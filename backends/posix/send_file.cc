// The systems' sendfile, of three different forms.
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#ifdef __linux__
#include <sys/sendfile.h>
#endif

#include "backends/posix/backend.h"
#include "platform/posix/errno.h"

namespace everysock::posix {
namespace {

using platform::last_error;

bool is_regular(int file) noexcept {
  struct stat status {};
  return ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

#if defined(__linux__)

// sendfile(2) has no MSG_NOSIGNAL. Here SIGPIPE is held back from this thread, and taken away where the call raised it.
class WithoutSigpipe {
 public:
  WithoutSigpipe() noexcept {
    sigset_t pending;
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    ::sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
  }
  ~WithoutSigpipe() {
    const int error = errno;
    const timespec at_once{};
    if (!was_pending_ && error == EPIPE) {
      while (::sigtimedwait(&sigpipe_, nullptr, &at_once) < 0 && errno == EINTR) {
      }
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = error;
  }

 private:
  sigset_t sigpipe_;
  sigset_t before_;
  bool was_pending_;
};

ssize_t send_file(int socket, int file, off_t offset, std::size_t count) noexcept {
  const WithoutSigpipe quiet;
  errno = 0;
  return ::sendfile(socket, file, &offset, count);
}

#elif defined(__APPLE__) || defined(__FreeBSD__)

// These report what went even where they fail. SO_NOSIGPIPE is set when the socket is made.
ssize_t send_file(int socket, int file, off_t offset, std::size_t count) noexcept {
#ifdef __APPLE__
  off_t sent = static_cast<off_t>(count);
  const int outcome = ::sendfile(file, socket, offset, &sent, nullptr, 0);
#else
  off_t sent = 0;
  const int outcome = ::sendfile(file, socket, offset, count, nullptr, &sent, 0);
#endif
  if (outcome < 0 && !(sent > 0 && (errno == EAGAIN || errno == EINTR))) return -1;
  return static_cast<ssize_t>(sent);
}

#else

ssize_t send_file(int, int, off_t, std::size_t) noexcept {
  errno = EOPNOTSUPP;
  return -1;
}

#endif

}  // namespace

Result<std::size_t> PosixBackend::send_file(Handle handle, std::int64_t file, std::int64_t offset, std::size_t count) {
  const int source = static_cast<int>(file);
  if (source != file || !is_regular(source)) return fail(Operation::sendfile, Errc::eopnotsupp);
  const ssize_t sent = posix::send_file(descriptor(handle), source, static_cast<off_t>(offset), count);
  if (sent < 0) return Unexpected(last_error(Operation::sendfile));
  return static_cast<std::size_t>(sent);
}

}  // namespace everysock::posix
