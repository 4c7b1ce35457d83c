// How a call waits: it tries, watches the socket, sleeps, and tries again.
#ifndef EVERYSOCK_BACKENDS_MEMORY_BLOCKING_H_
#define EVERYSOCK_BACKENDS_MEMORY_BLOCKING_H_

#include <cstdint>
#include <memory>

#include "backends/memory/kernel_socket.h"
#include "backends/memory/network.h"

namespace everysock::memory {

// Wakes a thread when a socket changes.
class ThreadWatcher final : public Watcher {
 public:
  ThreadWatcher(Network& network, KnownThread& thread, Interest interest)
      : Watcher(interest), network_(network), thread_(thread) {}
  void changed() override { network_.wake(thread_); }

 private:
  Network& network_;
  KnownThread& thread_;
};

// One blocking (or not) call on one socket. It keeps the socket alive while it lasts.
class BlockingCall {
 public:
  // `timeout` in microseconds from now, 0 for none, bounds the whole call.
  BlockingCall(Session& session, KernelSocket& socket, bool waits, std::int64_t timeout)
      : session_(session), socket_(socket.shared_from_this()), waits_(waits) {
    if (timeout > 0 && timeout <= INT64_MAX / 1000) {
      deadline_ = Deadline::after(session.network().now(), timeout * 1000);
    }
  }

  bool waits() const noexcept { return waits_; }

  // Waits until `what` of `watched` may have changed. Errc::ok: try again; otherwise what the call fails with: EAGAIN
  // (it does not wait, or its time is up), EDEADLK, EBADF (closed meanwhile).
  Errc wait(KernelSocket& watched, Interest what) {
    if (!waits_) {
      session_.network().look_was_vain(session_);
      return Errc::eagain;
    }
    const std::shared_ptr<KernelSocket> kept = watched.shared_from_this();
    ThreadWatcher watcher(session_.network(), session_.thread(), what);
    watched.watchers().add(watcher);
    // Closing the socket itself ends the wait as well.
    ThreadWatcher closing(session_.network(), session_.thread(), Interest::read_write);
    if (kept != socket_) socket_->watchers().add(closing);
    const Network::Awakening awakening = session_.network().sleep(session_, deadline_);
    if (awakening == Network::Awakening::deadlock) return Errc::edeadlk;
    if (awakening == Network::Awakening::passed) return Errc::eagain;
    return socket_->released() ? Errc::ebadf : Errc::ok;
  }
  Errc wait(Interest what) { return wait(*socket_, what); }

 private:
  Session& session_;
  const std::shared_ptr<KernelSocket> socket_;
  const bool waits_;
  Deadline deadline_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_BLOCKING_H_
