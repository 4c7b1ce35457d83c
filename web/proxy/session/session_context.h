// What all sessions share.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_SESSION_CONTEXT_H_
#define EVERYSOCK_WEB_PROXY_SESSION_SESSION_CONTEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "web/proxy/lookup_pool.h"
#include "web/proxy/loop/event_loop.h"
#include "web/proxy/policy/access_policy.h"
#include "web/proxy/policy/quota.h"
#include "web/proxy/policy/secret.h"
#include "web/proxy/session/unix_names.h"
#include "web/proxy/telemetry/audit_log.h"
#include "web/proxy/telemetry/metrics.h"

namespace everysock::proxy {

struct SessionContext {
  EventLoop& loop;
  LookupPool& lookups;
  const AccessPolicy& policy;
  const Secret& token;
  const Quotas& quotas;
  Metrics& metrics;
  AuditLog& audit;
  const UnixSettings& unix_settings;
  std::string hostname;  // what clients are told
  std::uint32_t ping_milliseconds;
  // Where bytes that come in are put for the length of a call: no larger than what fits a frame to a client.
  std::vector<char> scratch;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_SESSION_CONTEXT_H_
