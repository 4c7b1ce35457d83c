#include <cstdlib>

#include "platform/per_thread.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::platform {
namespace {

// What a slot of the system's holds: its callback is told no more.
struct Held {
  void (*destroy)(void*);
  void* object;
};

void WINAPI end(void* value) {
  auto* const held = static_cast<Held*>(value);
  held->destroy(held->object);
  delete held;
}

}  // namespace

// Fiber-local storage is thread-local where there are no fibers, and alone has a callback. A process that has no room
// for a slot has none for an object either, and ends as it does without memory.
ThreadSlot::ThreadSlot(void (*destroy)(void* object)) : destroy_(destroy), index_(::FlsAlloc(end)) {
  if (index_ == FLS_OUT_OF_INDEXES) std::abort();
}

void* ThreadSlot::get() const noexcept {
  auto* const held = static_cast<Held*>(::FlsGetValue(index_));
  return held != nullptr ? held->object : nullptr;
}

void ThreadSlot::set(void* object) const {
  if (!::FlsSetValue(index_, new Held{destroy_, object})) std::abort();
}

}  // namespace everysock::platform
