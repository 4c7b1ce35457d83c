#include "backends/wasi/abi.h"

extern "C" {

// In wasi_world.o, which a program has to contain.
void everysock_wasi_world();

// Where the host gets memory for what it returns.
__attribute__((export_name("cabi_realloc"))) void* cabi_realloc(void* old, std::size_t, std::size_t alignment,
                                                                std::size_t size) {
  if (size == 0) return reinterpret_cast<void*>(alignment);
  void* memory = std::realloc(old, size);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // extern "C"

namespace everysock::wasi {

std::int32_t network() noexcept {
  static const std::int32_t handle = [] {
    everysock_wasi_world();
    return wasi_instance_network_instance_network();
  }();
  return handle;
}

}  // namespace everysock::wasi
