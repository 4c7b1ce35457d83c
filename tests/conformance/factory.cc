#include "factory.h"

namespace everysock::conformance {

std::map<std::string, BackendFactory>& backend_factories() {
  static std::map<std::string, BackendFactory> factories;
  return factories;
}

}  // namespace everysock::conformance
