// What the libraries of WASI's toolchain refer to and do not have.
#include <pthread.h>

#include <cstdint>

extern "C" {

void* everysock_wasi_values[EVERYSOCK_WASI_KEYS];
unsigned everysock_wasi_keys;

// Debian's compiler-rt for wasm32 was built with a stack protector, its C library has none.
std::uintptr_t __stack_chk_guard = 0x595e9fbd;
[[noreturn]] void __stack_chk_fail() { __builtin_trap(); }

// The one thread ends with the program.
int __cxa_atexit(void (*destroy)(void*), void* object, void* module);
int __cxa_thread_atexit(void (*destroy)(void*), void* object, void* module) {
  return __cxa_atexit(destroy, object, module);
}

}  // extern "C"
