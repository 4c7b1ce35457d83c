// The backends that the runner program can make. Each factory_*.cc adds one; CMake takes those whose backend is built.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FACTORY_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FACTORY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "everysock/backend.h"

namespace everysock::conformance {

struct FactoryOptions {
  std::uint64_t seed = 1;
  std::string proxy_url;
  std::string token;
};

struct BackendFactory {
  // Null, with a reason in `error`, where the backend cannot be had.
  std::function<std::unique_ptr<Backend>(const FactoryOptions&, std::string& error)> make;
  // AF_UNIX paths are files of this machine, so that the runner gives them a directory of their own.
  bool paths_are_files = false;
};

std::map<std::string, BackendFactory>& backend_factories();

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FACTORY_H_
