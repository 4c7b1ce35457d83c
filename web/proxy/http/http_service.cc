#include "web/proxy/http/http_service.h"

#include "web/proxy/policy/ip_address.h"

namespace everysock::proxy {
namespace {

bool is_loopback(const Address& peer) {
  const auto endpoint = ip_endpoint(peer);
  const auto address = endpoint ? IpAddress::literal(endpoint->host) : std::nullopt;
  return address && address->is_loopback();
}

}  // namespace

HttpResponse HttpService::respond(const HttpRequest& request, const Address& peer) const {
  if (wants_websocket(request)) return gate_.upgrade(request);
  if (auto refusal = gate_.refuse_host(request)) return *std::move(refusal);
  if (request.target == "/metrics" && metrics_access_ != MetricsAccess::off) {
    if (metrics_access_ == MetricsAccess::loopback && !is_loopback(peer)) {
      return HttpResponse::text(403,
                                "Metrics are for this machine only. (everysock-proxy --metrics all changes that.)");
    }
    if (request.method != "GET" && request.method != "HEAD")
      return HttpResponse::text(405, "Metrics are read with GET.");
    HttpResponse response = HttpResponse::text(200, "");
    response.fields.front().second = "text/plain; version=0.0.4; charset=utf-8";
    response.body = metrics_text_();
    return response;
  }
  if (files_) return files_->respond(request);
  return HttpResponse::text(404, "everysock-proxy serves no files here (--serve DIR does), only the WebSocket.");
}

}  // namespace everysock::proxy
