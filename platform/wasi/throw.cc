// There are no exceptions on WASI: nothing unwinds the stack, and the C++ library has no __cxa_throw. With these a
// program may be written and compiled as elsewhere; what it throws ends it with the text that most programs would print
// at the end of main(). Weak, so that a program can bring its own.
#include <cxxabi.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <typeinfo>

#include "everysock/error.h"

namespace {

std::string text_of(const void* thrown, const std::type_info& type) {
  using Failure = tl::bad_expected_access<everysock::Error>;
  if (type == typeid(Failure)) return static_cast<const Failure*>(thrown)->error().message();
  if (type == typeid(std::runtime_error)) return static_cast<const std::runtime_error*>(thrown)->what();
  return std::string("terminated by an exception of type ") + type.name() + ", which cannot be caught on WASI";
}

}  // namespace

namespace __cxxabiv1 {
extern "C" {

__attribute__((weak)) void* __cxa_allocate_exception(size_t size) noexcept {
  if (void* memory = std::malloc(size)) return memory;
  std::abort();
}

__attribute__((weak)) void __cxa_free_exception(void* thrown) noexcept { std::free(thrown); }

__attribute__((weak, noreturn)) void __cxa_throw(void* thrown, std::type_info* type, void* (*)(void*)) {
  std::fprintf(stderr, "%s\n", text_of(thrown, *type).c_str());
  std::exit(EXIT_FAILURE);
}

}  // extern "C"
}  // namespace __cxxabiv1
