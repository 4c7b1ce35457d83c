#include "web/proxy/telemetry/audit_log.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include <nlohmann/json.hpp>

#include "platform/file_path.h"
#include "web/proxy/text.h"

namespace everysock::proxy {

Parsed<AuditLog> AuditLog::open(const std::string& path) {
  if (path == "-") return AuditLog(std::cerr);
  const auto name = platform::file_path(path);
  errno = name ? 0 : EILSEQ;
  auto file = std::make_unique<std::ofstream>(name.value_or(""), std::ios::app);
  if (!*file) {
    return tl::unexpected(text::join("expected a file that can be written: ", std::strerror(errno != 0 ? errno : EIO)));
  }
  AuditLog log(*file);
  log.file_ = std::move(file);
  return log;
}

void AuditLog::write(std::string_view event, std::uint64_t client, std::initializer_list<Field> fields) {
  if (!enabled()) return;
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone());
  line["event"] = std::string(event);
  if (client != 0) line["client"] = client;
  for (const auto& [name, value] : fields) {
    auto& item = line[std::string(name)];
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      item = std::string(*text);
    } else {
      item = std::get<std::int64_t>(value);
    }
  }
  *out_ << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n' << std::flush;
}

}  // namespace everysock::proxy
