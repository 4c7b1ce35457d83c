#include "src/host_name.h"

#include <algorithm>
#include <optional>

#include "everysock/host.h"
#include "everysock/idna.h"
#include "src/idna/idna.h"

namespace everysock {
namespace {

// RFC 1035 2.3.4: 255 bytes on the wire, where each label has a length in front and the root one is counted.
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxName = 253;
// Of text that is still to be translated: more can never become a name.
constexpr std::size_t kMaxText = 4096;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Unexpected too_long(Operation operation, std::size_t size) {
  return fail(operation, UsageErrc::host_too_long, static_cast<std::int32_t>(std::min<std::size_t>(size, INT32_MAX)));
}

bool has_bad_label(std::string_view name) {
  if (name.empty()) return false;
  for (;;) {
    const std::size_t dot = name.find('.');
    const std::size_t size = std::min(dot, name.size());
    if (size == 0 || size > kMaxLabel) return true;
    if (dot == std::string_view::npos || dot + 1 == name.size()) return false;
    name.remove_prefix(dot + 1);
  }
}

}  // namespace

namespace internal {

Result<std::string> to_host_name(Operation operation, std::string_view host) {
  if (host.find('\0') != std::string_view::npos) return fail(operation, UsageErrc::embedded_nul);
  std::string name;
  if (is_ascii(host)) {
    name = host;
  } else {
    if (host.size() > kMaxText) return too_long(operation, host.size());
    auto translated = idna::to_ascii(host);
    if (!translated) return fail(operation, UsageErrc::host_encoding);
    name = *std::move(translated);
  }
  if (!Host(name).is_name()) return name;
  if (has_bad_label(name)) return fail(operation, UsageErrc::host_label);
  const std::size_t size = name.size() - (name.ends_with('.') ? 1 : 0);
  if (size > kMaxName) return too_long(operation, size);
  return name;
}

}  // namespace internal

Result<std::string> idna_encode(std::string_view host) { return internal::to_host_name(Operation::none, host); }

}  // namespace everysock
