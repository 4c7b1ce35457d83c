// The one file of core that knows there are concrete backends: it asks the platform for its own.
#include "everysock/default_backend.h"

#include <atomic>

#include "platform/default_backend.h"

namespace everysock {
namespace {
std::atomic<Backend*> chosen{nullptr};
}

Backend& default_backend() {
  if (Backend* backend = chosen.load(std::memory_order_acquire)) return *backend;
  // Never destroyed: sockets with static storage may outlive any order of destruction.
  static Backend* const own = platform::new_default_backend().release();
  Backend* expected = nullptr;
  return chosen.compare_exchange_strong(expected, own) ? *own : *expected;
}

bool set_default_backend(Backend& backend) {
  Backend* expected = nullptr;
  return chosen.compare_exchange_strong(expected, &backend);
}

}  // namespace everysock
