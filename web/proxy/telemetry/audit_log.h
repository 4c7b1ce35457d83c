// Who did what, one JSON object per line, never a byte of anybody's data.
#ifndef EVERYSOCK_WEB_PROXY_TELEMETRY_AUDIT_LOG_H_
#define EVERYSOCK_WEB_PROXY_TELEMETRY_AUDIT_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "web/proxy/policy/rule.h"

namespace everysock::proxy {

//   {"time":"2026-11-21T04:05:06.789Z","event":"connect","client":3,"target":"127.0.0.1:6379","outcome":"refused",
//    "reason":"no --allow-connect rule covers it"}
//
// docs/proxy.md lists the events. One thread.
class AuditLog {
 public:
  using Value = std::variant<std::string_view, std::int64_t>;
  using Field = std::pair<std::string_view, Value>;

  // Writes nothing.
  AuditLog() = default;
  // "-" is the standard error stream; anything else a file, which is appended to.
  static Parsed<AuditLog> open(const std::string& path);
  // For tests: `out` must outlive the log.
  explicit AuditLog(std::ostream& out) : out_(&out) {}

  bool enabled() const noexcept { return out_ != nullptr; }
  // `client` 0 stands for no client in particular. Bytes that are no UTF-8 (socket names may hold any) are replaced.
  void write(std::string_view event, std::uint64_t client, std::initializer_list<Field> fields);

 private:
  std::unique_ptr<std::ostream> file_;
  std::ostream* out_ = nullptr;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_TELEMETRY_AUDIT_LOG_H_
