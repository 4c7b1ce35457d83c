// What a request has brought.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_REPLY_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_REPLY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backends/websocket/engine/watcher.h"
#include "everysock/error.h"
#include "everysock/resolver.h"

namespace everysock::websocket {

// Belongs to whoever waits; must stay until `ended`, or until ClientEngine::forget().
struct Reply {
  Watcher* watcher = nullptr;
  bool ended = false;
  std::optional<Error> error;  // none: it was done
  std::string text;            // an option's value, a host, an interface's name, a service's
  std::string service;
  std::uint32_t number = 0;
  std::vector<AddressInfo> addresses;
  std::vector<InterfaceName> interfaces;
  HostEntry host;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_REPLY_H_
