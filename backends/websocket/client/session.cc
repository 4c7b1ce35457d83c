#include "backends/websocket/client/session.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace everysock::websocket {
namespace {

constexpr std::uint16_t normal_closure = 1000;

// What a link that ended like this means to a program.
Errc meaning_of(const LinkEnd& end) {
  if (end.refused) return Errc::eacces;
  for (const ProtocolError refusal : {ProtocolError::bad_token, ProtocolError::bad_origin, ProtocolError::bad_host}) {
    if (end.code == close_code(refusal) && end.reason == reason(refusal)) return Errc::eacces;
  }
  return Errc::enetdown;
}

}  // namespace

std::int64_t monotonic_now() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Session::Session(std::string url, ClientEngine::Options options, std::shared_ptr<Transport> transport)
    : url_(std::move(url)), engine_(std::move(options)), transport_(std::move(transport)) {}

Session::~Session() {
  if (transport_ == nullptr) return;
  transport_->close(normal_closure, "");
  transport_->stop();
}

// ---- the lock ----

void Session::Lock::release() {
  if (!lock_.owns_lock()) return;
  WakeList wakes = std::move(session_.wakes_);
  session_.wakes_.waiters.clear();
  session_.wakes_.callbacks.clear();
  const bool announce = session_.engine_.has_output() && !session_.output_announced_ && session_.transport_ != nullptr;
  if (announce) session_.output_announced_ = true;
  lock_.unlock();
  for (Waiter* waiter : wakes.waiters) waiter->notify();
  for (const auto& callback : wakes.callbacks) (*callback)();
  if (announce) session_.transport_->output_ready();
}

bool Session::Lock::wait(Waiter& waiter, Deadline deadline) {
  if (session_.engine_.has_output() || !session_.wakes_.waiters.empty() || !session_.wakes_.callbacks.empty()) {
    release();
    lock_.lock();
  }
  const auto woken = [&] { return waiter.woken; };
  bool in_time = true;
  if (waiter.sleeper != nullptr) {
    const auto passed = [&] { return !deadline.is_never() && deadline.left(monotonic_now()) == 0; };
    while (!woken() && !passed()) waiter.sleeper->sleep(lock_, deadline);
    in_time = woken();
  } else if (deadline.is_never()) {
    waiter.condition.wait(lock_, woken);
  } else {
    const std::chrono::steady_clock::time_point moment{std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::nanoseconds(deadline.nanoseconds()))};
    in_time = waiter.condition.wait_until(lock_, moment, woken);
  }
  waiter.woken = false;
  return in_time;
}

Result<void> Session::Lock::wait(Reply& reply) {
  const Borrowed waiter(session_);
  reply.watcher = waiter.get();
  while (!reply.ended) wait(*waiter, Deadline::never());
  reply.watcher = nullptr;
  if (reply.error) return Unexpected(*reply.error);
  return {};
}

Result<void> Session::Lock::connect(Operation operation) {
  using Link = ClientEngine::Link;
  if (session_.transport_ == nullptr) return fail(operation, Errc::enetdown);
  const Borrowed waiter(session_);
  ClientEngine& engine = session_.engine_;
  bool tried = false;
  for (;;) {
    if (engine.link() == Link::up) return {};
    if (engine.link() != Link::connecting) {
      if (tried) return fail(operation, engine.link_error());
      if (!session_.transport_busy_) {
        tried = true;
        session_.transport_busy_ = true;
        engine.begin(monotonic_now());
        session_.output_announced_ = true;  // the transport asks by itself when it has opened
        session_.transport_->open(session_.url_, session_);
        continue;
      }
      // The last WebSocket is being dropped; closed() is about to come.
    } else {
      tried = true;
    }
    if (!may_block()) {
      if (engine.link() == Link::connecting) return {};
      return fail(operation, Errc::enetdown);
    }
    engine.watch_link(*waiter);
    wait(*waiter, Deadline::never());
    engine.unwatch_link(*waiter);
  }
}

Waiter* Session::borrow() {
  Sleeper* const sleeper = transport_->sleeper();
  const auto idle = std::ranges::find(idle_.rbegin(), idle_.rend(), sleeper, &Waiter::sleeper);
  if (idle == idle_.rend()) {
    waiters_.push_back(std::make_unique<Waiter>(wakes_, sleeper));
    return waiters_.back().get();
  }
  Waiter* const waiter = *idle;
  std::swap(*idle, idle_.back());
  idle_.pop_back();
  waiter->woken = false;
  return waiter;
}

// ---- the transport's side ----

void Session::opened() {}

void Session::message(std::string_view bytes) {
  Lock lock(*this);
  if (const auto error = engine_.receive(bytes, monotonic_now())) {
    hang_up(lock, close_code(*error), reason(*error), Errc::enetdown);
  }
}

void Session::text_message() {
  Lock lock(*this);
  constexpr ProtocolError error = ProtocolError::text_message;
  hang_up(lock, close_code(error), reason(error), Errc::enetdown);
}

void Session::closed(const LinkEnd& end) {
  Lock lock(*this);
  transport_busy_ = false;
  if (engine_.link() == ClientEngine::Link::lost) {
    engine_.wake_link_watchers();  // those who wait for the transport to be free
  } else {
    engine_.lost(meaning_of(end));
  }
}

void Session::tick() {
  Lock lock(*this);
  constexpr ProtocolError error = ProtocolError::idle_timeout;
  if (engine_.silent(monotonic_now())) hang_up(lock, close_code(error), reason(error), Errc::enetdown);
}

std::string Session::next_message() {
  // Nobody can have been woken, nor output been made: no Lock is needed.
  const std::lock_guard lock(mutex_);
  std::string message = engine_.take_output();
  if (message.empty()) output_announced_ = false;
  return message;
}

void Session::hang_up(Lock& lock, std::uint16_t code, std::string_view reason, Errc why) {
  engine_.lost(why);
  lock.release();
  transport_->close(code, reason);
}

}  // namespace everysock::websocket
