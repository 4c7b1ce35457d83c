// Counters and gauges, shown at /metrics in the Prometheus text format.
#ifndef EVERYSOCK_WEB_PROXY_TELEMETRY_METRICS_H_
#define EVERYSOCK_WEB_PROXY_TELEMETRY_METRICS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace everysock::proxy {

enum class Metric : std::uint8_t {
#define EVERYSOCK_METRIC(enumerator, type, name, help) enumerator,
#include "web/proxy/telemetry/metrics.inc"
#undef EVERYSOCK_METRIC
  count
};

// One thread.
class Metrics {
 public:
  void add(Metric metric, std::int64_t amount = 1) noexcept { values_[static_cast<std::size_t>(metric)] += amount; }
  std::int64_t value(Metric metric) const noexcept { return values_[static_cast<std::size_t>(metric)]; }
  std::string prometheus_text() const;

 private:
  std::array<std::int64_t, static_cast<std::size_t>(Metric::count)> values_{};
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_TELEMETRY_METRICS_H_
