// What the proxy answers to HTTP requests: files, metrics, and the way into a WebSocket.
#ifndef EVERYSOCK_WEB_PROXY_HTTP_HTTP_SERVICE_H_
#define EVERYSOCK_WEB_PROXY_HTTP_HTTP_SERVICE_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "everysock/address.h"
#include "web/proxy/http/handshake.h"
#include "web/proxy/http/http_message.h"
#include "web/proxy/http/static_files.h"

namespace everysock::proxy {

// Who may read /metrics.
enum class MetricsAccess { off, loopback, all };

class HttpService {
 public:
  HttpService(Gate gate, std::optional<StaticFiles> files, MetricsAccess metrics_access,
              std::function<std::string()> metrics_text)
      : gate_(std::move(gate)),
        files_(std::move(files)),
        metrics_access_(metrics_access),
        metrics_text_(std::move(metrics_text)) {}

  // The answer to one request of `peer`; a status of 101 means that the connection becomes a WebSocket.
  HttpResponse respond(const HttpRequest& request, const Address& peer) const;

 private:
  Gate gate_;
  std::optional<StaticFiles> files_;
  MetricsAccess metrics_access_;
  std::function<std::string()> metrics_text_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_HTTP_SERVICE_H_
