#include "factory.h"
#include "posix_backend.h"

namespace everysock::conformance {

[[maybe_unused]] static const bool added =
    backend_factories()
        .emplace("posix", BackendFactory{[](const FactoryOptions&, std::string&) { return new_posix_backend(); }, true})
        .second;

}  // namespace everysock::conformance
