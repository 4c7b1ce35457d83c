#include "web/proxy/loop/event_loop.h"

#include <algorithm>

namespace everysock::proxy {

Result<std::unique_ptr<EventLoop>> EventLoop::create(Backend& own, Backend& served) {
  std::unique_ptr<EventLoop> loop(new EventLoop(own, served));
  auto own_poller = own.new_poller();
  if (!own_poller) return tl::unexpected(own_poller.error());
  loop->own_poller_ = *std::move(own_poller);
  if (&own == &served) return loop;

  auto served_poller = served.new_poller();
  if (!served_poller) return tl::unexpected(served_poller.error());
  loop->served_poller_ = *std::move(served_poller);
  const auto joined = loop->served_poller_->set_callback([raw = loop.get()] {
    raw->served_ready_.store(true, std::memory_order_release);
    raw->own_poller_->wake();
  });
  if (!joined) return tl::unexpected(joined.error());
  return loop;
}

EventLoop::EventLoop(Backend& own, Backend& served) : own_(own), served_(served), now_(own.now()) {}

EventLoop::~EventLoop() {
  // The served backend may be in the middle of a callback; once this returns, it makes no other.
  if (served_poller_ != nullptr) (void)served_poller_->set_callback({});
}

// ---- watches ----

EventLoop::Watch EventLoop::make_watch(Poller& poller, Handle handle, ReadyHandler& handler) {
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t index = free_slots_.back();
  free_slots_.pop_back();
  slots_[index].handler = &handler;
  Watch watch;
  watch.loop_ = this;
  watch.poller_ = &poller;
  watch.handle_ = handle;
  watch.token_ = std::uint64_t{slots_[index].generation} << 32 | index;
  return watch;
}

EventLoop::Watch EventLoop::watch_served(Handle handle, ReadyHandler& handler) {
  return make_watch(served_poller_ != nullptr ? *served_poller_ : *own_poller_, handle, handler);
}

void EventLoop::release(std::uint64_t token) {
  const auto index = static_cast<std::uint32_t>(token);
  slots_[index].handler = nullptr;
  ++slots_[index].generation;
  free_slots_.push_back(index);
}

EventLoop::Watch& EventLoop::Watch::operator=(Watch&& other) noexcept {
  reset();
  loop_ = std::exchange(other.loop_, nullptr);
  poller_ = other.poller_;
  handle_ = other.handle_;
  token_ = other.token_;
  interest_ = std::exchange(other.interest_, Interest::none);
  return *this;
}

EventLoop::Watch::~Watch() { reset(); }

void EventLoop::Watch::reset() {
  if (loop_ == nullptr) return;
  // Fails only where the handle is closed already, which has ended the watch.
  if (interest_ != Interest::none) (void)poller_->remove(handle_);
  interest_ = Interest::none;
  std::exchange(loop_, nullptr)->release(token_);
}

Result<void> EventLoop::Watch::set(Interest interest) {
  if (interest == interest_ || loop_ == nullptr) return {};
  // A poller reports failures whatever the interest is, so no interest means no watch.
  const auto result = interest == Interest::none    ? poller_->remove(handle_)
                      : interest_ == Interest::none ? poller_->add(handle_, interest, token_)
                                                    : poller_->modify(handle_, interest, token_);
  if (result) interest_ = interest;
  return result;
}

// ---- ends of turns, timers, posted work ----

void EventLoop::at_turn_end(TurnEndHandler& handler) {
  if (std::find(turn_end_.begin(), turn_end_.end(), &handler) == turn_end_.end()) turn_end_.push_back(&handler);
}

void EventLoop::forget(TurnEndHandler& handler) {
  std::erase(turn_end_, &handler);
  std::replace(turn_end_now_.begin(), turn_end_now_.end(), &handler, static_cast<TurnEndHandler*>(nullptr));
}

EventLoop::Timer EventLoop::call_at(std::int64_t when, std::function<void()> callback) {
  const Timer timer(when, next_timer_++);
  timers_.emplace(timer, std::move(callback));
  return timer;
}

void EventLoop::cancel(const Timer& timer) { timers_.erase(timer); }

void EventLoop::run_timers() {
  while (!timers_.empty() && timers_.begin()->first.first <= now_) {
    auto node = timers_.extract(timers_.begin());
    node.mapped()();
  }
}

void EventLoop::post(std::function<void()> work) {
  {
    const std::lock_guard lock(posted_mutex_);
    posted_.push_back(std::move(work));
  }
  own_poller_->wake();
}

void EventLoop::run_posted() {
  std::vector<std::function<void()>> posted;
  {
    const std::lock_guard lock(posted_mutex_);
    posted.swap(posted_);
  }
  for (const auto& work : posted) work();
}

// ---- turns ----

void EventLoop::stop() {
  stopping_.store(true, std::memory_order_release);
  own_poller_->wake();
}

Result<void> EventLoop::run() {
  while (!stopping_.load(std::memory_order_acquire)) {
    const auto result = turn(Deadline::never());
    if (!result) return result;
  }
  return {};
}

Result<std::size_t> EventLoop::dispatch(Poller& poller, Deadline deadline) {
  // While the loop sleeps, a simulated clock need not wait for it.
  const bool sleeps_elsewhere = &poller != served_poller_.get() && served_poller_ != nullptr && deadline.left(now_) > 0;
  if (sleeps_elsewhere) served_.thread_waits_elsewhere(true);
  const auto count = poller.wait(events_, deadline);
  if (sleeps_elsewhere) served_.thread_waits_elsewhere(false);
  now_ = own_.now();
  if (!count) {
    if (count.error() == Errc::eintr) return 0;
    return count;
  }
  for (std::size_t i = 0; i < *count; ++i) {
    const ReadyEvent& event = events_[i];
    const Slot& slot = slots_[static_cast<std::uint32_t>(event.token)];
    // The handler of an earlier event of this turn may have ended this watch.
    if (slot.handler == nullptr || slot.generation != event.token >> 32) continue;
    slot.handler->on_ready(event.ready);
  }
  return count;
}

Result<void> EventLoop::turn(Deadline deadline) {
  // Asked for between two turns: this one's end is not to be waited for.
  if (!turn_end_.empty()) deadline = Deadline::passed();
  if (!timers_.empty() && timers_.begin()->first.first < deadline.nanoseconds()) {
    deadline = Deadline(timers_.begin()->first.first);
  }
  if (served_poller_ == nullptr) {
    const auto count = dispatch(*own_poller_, deadline);
    if (!count) return tl::unexpected(count.error());
  } else {
    if (served_ready_.load(std::memory_order_acquire)) deadline = Deadline::passed();
    const auto own_count = dispatch(*own_poller_, deadline);
    if (!own_count) return tl::unexpected(own_count.error());
    if (served_ready_.exchange(false, std::memory_order_acq_rel)) {
      const auto count = dispatch(*served_poller_, Deadline::passed());
      if (!count) return tl::unexpected(count.error());
      // Readiness is a level: what has not been dealt with is asked for again, without a callback.
      if (*count > 0) served_ready_.store(true, std::memory_order_release);
    }
  }
  run_posted();
  run_timers();
  turn_end_now_.swap(turn_end_);
  for (std::size_t i = 0; i < turn_end_now_.size(); ++i) {
    if (turn_end_now_[i] != nullptr) turn_end_now_[i]->on_turn_end();
  }
  turn_end_now_.clear();
  return {};
}

}  // namespace everysock::proxy
