#include "backends/websocket/browser/doorbell.h"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

using everysock::websocket::Doorbell;

// clang-format off
extern "C" EMSCRIPTEN_KEEPALIVE int everysock_doorbell_answer(void* bell) {
  return static_cast<Doorbell*>(bell)->end_event() ? 1 : 0;
}

EM_JS(int, everysock_doorbell_can_wait, (), { return typeof Atomics.waitAsync == 'function' ? 1 : 0; });

// `state` is 0 (asleep) while nobody has rung. The program's bells are in Module.everysockBells.
EM_JS(void, everysock_doorbell_listen, (void* bell, void* state), {
  const bells = (Module.everysockBells ||= new Map());
  const listener = {};
  bells.set(bell, listener);
  const listen = () => {
    while (bells.get(bell) === listener && _everysock_doorbell_answer(bell)) {
      const ring = Atomics.waitAsync(HEAP32, state >> 2, 0);
      if (ring.async) {
        ring.value.then(listen);
        return;
      }
    }
  };
  listen();
});
EM_JS(void, everysock_doorbell_stop, (void* bell), { Module.everysockBells?.delete(bell); });
// clang-format on

namespace everysock::websocket {

void Doorbell::listen(Owner& owner) {
  owner_ = &owner;
  thread_ = pthread_self();
  if (everysock_doorbell_can_wait() != 0) {
    everysock_doorbell_listen(this, &state_);
  } else {
    // A queue of its own: the system's is also worked through in the middle of other calls.
    messages_ = em_proxying_queue_create();
    end_event();
  }
}

void Doorbell::ring() {
  if (state_.exchange(rung, std::memory_order_acq_rel) != asleep) return;
  if (messages_ == nullptr) {
    __builtin_wasm_memory_atomic_notify(reinterpret_cast<int*>(&state_), 1);
  } else {
    emscripten_proxy_async(
        messages_, thread_, [](void* bell) { static_cast<Doorbell*>(bell)->end_event(); }, this);
  }
}

void Doorbell::stop() noexcept {
  stopped_ = true;
  everysock_doorbell_stop(this);
  // A waitAsync left behind would take a wake from whoever uses this memory next.
  __builtin_wasm_memory_atomic_notify(reinterpret_cast<int*>(&state_), 1);
}

bool Doorbell::end_event() {
  std::uint32_t seen = awake;
  do {
    state_.exchange(awake, std::memory_order_acq_rel);
    owner_->answer();
    if (stopped_) return false;
    seen = awake;
  } while (!state_.compare_exchange_strong(seen, asleep, std::memory_order_acq_rel));
  return true;
}

}  // namespace everysock::websocket
