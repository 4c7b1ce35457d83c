#include "web/proxy/telemetry/metrics.h"

#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

struct Description {
  const char* type;
  const char* name;
  const char* help;
};

constexpr Description kDescriptions[] = {
#define EVERYSOCK_METRIC(enumerator, type, name, help) {#type, name, help},
#include "web/proxy/telemetry/metrics.inc"
#undef EVERYSOCK_METRIC
};

}  // namespace

std::string Metrics::prometheus_text() const {
  std::string text;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Description& metric = kDescriptions[i];
    text += text::join("# HELP ", metric.name, " ", metric.help, "\n# TYPE ", metric.name, " ", metric.type, "\n",
                       metric.name, " ", values_[i], "\n");
  }
  return text;
}

}  // namespace everysock::proxy
