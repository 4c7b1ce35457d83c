// What a case throws ends the program, once the runner has reported it.
#include <cxxabi.h>

#include <cstdlib>
#include <string>
#include <typeinfo>

#include "framework/check.h"
#include "framework/runner.h"

namespace __cxxabiv1 {
extern "C" {

void* __cxa_allocate_exception(size_t size) noexcept { return std::malloc(size); }

__attribute__((noreturn)) void __cxa_throw(void* thrown, std::type_info* type, void* (*)(void*)) {
  using everysock::conformance::Failure;
  if (*type == typeid(Failure)) {
    everysock::conformance::end_run_early(*static_cast<const Failure*>(thrown));
  } else {
    everysock::conformance::end_run_early({std::string("exception of type ") + type->name(), std::nullopt});
  }
  std::exit(1);
}

}  // extern "C"
}  // namespace __cxxabiv1
