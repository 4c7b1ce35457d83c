#include "factory.h"
#include "winsock_backend.h"

namespace everysock::conformance {

[[maybe_unused]] static const bool added =
    backend_factories()
        .emplace("winsock",
                 BackendFactory{[](const FactoryOptions&, std::string&) { return new_winsock_backend(); }, true})
        .second;

}  // namespace everysock::conformance
