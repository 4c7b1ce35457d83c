#include "platform/file_path.h"

namespace everysock::platform {

namespace fs = std::filesystem;

std::optional<fs::path> file_path(std::string_view text) { return fs::path(text); }

std::string path_text(const fs::path& path) { return path.string(); }

fs::path real_path(const fs::path& path, std::error_code& error) { return fs::canonical(path, error); }

bool is_alias(const fs::path&) { return false; }

}  // namespace everysock::platform
