#include "backends/memory/calendar.h"

#include <utility>

namespace everysock::memory {

struct Calendar::OwnedAction final : Event {
  explicit OwnedAction(std::function<void()> action) : action(std::move(action)) {}
  void happen() override {
    const std::unique_ptr<OwnedAction> self(this);
    action();
  }
  void discard() override { delete this; }
  std::function<void()> action;
};

Event::~Event() {
  if (calendar_ != nullptr) calendar_->cancel(*this);
}

Calendar::~Calendar() {
  while (!heap_.empty()) {
    Event* event = heap_.back();
    cancel(*event);
    event->discard();
  }
}

void Calendar::schedule(Event& event, std::int64_t moment) {
  if (event.scheduled()) cancel(event);
  event.calendar_ = this;
  event.moment_ = moment;
  event.order_ = next_order_++;
  heap_.push_back(&event);
  event.place_ = heap_.size() - 1;
  sift_up(event.place_);
}

void Calendar::schedule(std::int64_t moment, std::function<void()> action) {
  schedule(*new OwnedAction(std::move(action)), moment);
}

void Calendar::cancel(Event& event) noexcept {
  if (event.calendar_ != this) return;
  const std::size_t place = event.place_;
  event.calendar_ = nullptr;
  Event* last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  put(place, last);
  sift_up(place);
  sift_down(last->place_);
}

void Calendar::advance_to(std::int64_t moment) {
  if (moment > now_) now_ = moment;
  while (!heap_.empty() && heap_.front()->moment_ <= now_) {
    Event& event = *heap_.front();
    cancel(event);
    event.happen();
  }
}

void Calendar::sift_up(std::size_t place) noexcept {
  Event* event = heap_[place];
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (!before(*event, *heap_[parent])) break;
    put(place, heap_[parent]);
    place = parent;
  }
  put(place, event);
}

void Calendar::sift_down(std::size_t place) noexcept {
  Event* event = heap_[place];
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && before(*heap_[child + 1], *heap_[child])) ++child;
    if (!before(*heap_[child], *event)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, event);
}

}  // namespace everysock::memory
