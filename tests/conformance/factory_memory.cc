#include "factory.h"
#include "memory_backend.h"

namespace everysock::conformance {

[[maybe_unused]] static const bool added =
    backend_factories()
        .emplace("memory", BackendFactory{[](const FactoryOptions& options, std::string&) {
                                            return new_memory_backend(options.seed);
                                          },
                                          false})
        .second;

}  // namespace everysock::conformance
