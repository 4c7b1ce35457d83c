#include "platform/private_directory.h"

#include <stdlib.h>

namespace everysock::platform {
namespace {

constexpr std::size_t kLongestParent = 48;

}  // namespace

std::string make_private_directory() {
  const char* parent = std::getenv("TMPDIR");
  std::string path = parent != nullptr ? parent : "";
  if (path.empty() || path.size() > kLongestParent) path = "/tmp";
  path += "/everysock-XXXXXX";
  return mkdtemp(path.data()) != nullptr ? path : std::string();
}

std::string_view private_directory_place() noexcept { return "TMPDIR or /tmp"; }

}  // namespace everysock::platform
