// What the command line comes to.
#ifndef EVERYSOCK_WEB_PROXY_CONFIG_H_
#define EVERYSOCK_WEB_PROXY_CONFIG_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "everysock/host.h"
#include "web/proxy/client_connection.h"
#include "web/proxy/http/http_connection.h"
#include "web/proxy/http/http_service.h"
#include "web/proxy/http/static_files.h"
#include "web/proxy/policy/access_policy.h"
#include "web/proxy/policy/quota.h"
#include "web/proxy/policy/secret.h"

namespace everysock::proxy {

enum class ServedBackend { posix, memory };

struct Config {
  Host listen{"127.0.0.1"};
  std::uint16_t port = 8765;
  ServedBackend backend = ServedBackend::posix;
  std::optional<StaticFiles> files;
  AccessPolicy::Rules rules;
  std::vector<std::string> hosts;  // besides the listening address
  std::vector<std::string> origins;
  Secret token;
  std::vector<std::string> unix_paths;  // real ones that clients may use
  std::size_t max_clients = 64;
  Quotas quotas;
  ClientConnection::Limits client_limits;
  HttpConnection::Limits http_limits{10, 30};
  std::size_t lookup_threads = 4;
  MetricsAccess metrics_access = MetricsAccess::loopback;
  std::string audit;       // a path, "-" for the standard error stream, "" for none
  std::string ready_file;  // "" for none
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_CONFIG_H_
