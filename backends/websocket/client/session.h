// The engine shared by threads: its mutex, its transport, and how a thread waits for something in it.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_SESSION_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_SESSION_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/client/waiter.h"
#include "backends/websocket/engine/client_engine.h"
#include "backends/websocket/transport.h"
#include "everysock/time.h"

namespace everysock::websocket {

class Session final : private TransportListener {
 public:
  Session(std::string url, ClientEngine::Options options, std::shared_ptr<Transport> transport);
  ~Session();

  // Holds the mutex. When it lets go, those who were woken in the meantime run and the transport hears of new output.
  class Lock {
   public:
    explicit Lock(Session& session) : session_(session), lock_(session.mutex_) {}
    ~Lock() { release(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    ClientEngine& engine() noexcept { return session_.engine_; }
    // Whether the calling thread may sleep.
    bool may_block() const { return session_.transport_ != nullptr && session_.transport_->may_block(); }

    // Whether it may, and is then suspended while its event loop goes on.
    bool may_suspend() const { return may_block() && session_.transport_->sleeper() != nullptr; }

    // Sleeps until the waiter is woken, or the deadline passes (false). Clears `woken`.
    bool wait(Waiter& waiter, Deadline deadline);
    // Sleeps until the reply is there, and says how it ended.
    Result<void> wait(Reply& reply);
    // Has the link up, connecting if need be; where the thread may not sleep, on its way up.
    Result<void> connect(Operation operation);

   private:
    friend class Session;
    void release();

    Session& session_;
    std::unique_lock<std::mutex> lock_;
  };

  // A waiter of the calling thread's, for as long as it is held; made and dropped under the lock.
  class Borrowed {
   public:
    explicit Borrowed(Session& session) : session_(session), waiter_(session.borrow()) {}
    ~Borrowed() { session_.idle_.push_back(waiter_); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    Waiter& operator*() const noexcept { return *waiter_; }
    Waiter* get() const noexcept { return waiter_; }

   private:
    Session& session_;
    Waiter* waiter_;
  };

  WakeList& wake_list() noexcept { return wakes_; }

 private:
  void opened() override;
  void message(std::string_view bytes) override;
  void text_message() override;
  void closed(const LinkEnd& end) override;
  void tick() override;
  std::string next_message() override;

  Waiter* borrow();
  void hang_up(Lock& lock, std::uint16_t code, std::string_view reason, Errc why);

  const std::string url_;
  std::mutex mutex_;
  WakeList wakes_;
  ClientEngine engine_;
  // The transport has been told to open and has not said closed().
  bool transport_busy_ = false;
  // The transport knows that there is output and has not been told that there is none.
  bool output_announced_ = false;
  std::vector<std::unique_ptr<Waiter>> waiters_;
  std::vector<Waiter*> idle_;
  std::shared_ptr<Transport> transport_;
};

// CLOCK_MONOTONIC, in nanoseconds.
std::int64_t monotonic_now() noexcept;

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_CLIENT_SESSION_H_
