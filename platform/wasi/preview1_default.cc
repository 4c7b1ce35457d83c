// The default backend of programs for WASI preview 1. They link everysock::wasi_preview1, so that this takes the place
// of platform/default_backend.cc, and with it of everything that a component imports.
#include "backends/memory/memory_backend.h"
#include "backends/wasi/wasi_backend.h"
#include "platform/default_backend.h"

namespace everysock::platform {

std::unique_ptr<Backend> new_default_backend() { return new_wasi_preview1_backend(new_memory_backend()); }

}  // namespace everysock::platform
