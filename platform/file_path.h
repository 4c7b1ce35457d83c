// Names of files, between the texts that people and other machines write and what the system knows.
#ifndef EVERYSOCK_PLATFORM_FILE_PATH_H_
#define EVERYSOCK_PLATFORM_FILE_PATH_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace everysock::platform {

// What a text names: any bytes; on Windows UTF-8, and nothing where it is none. (std::filesystem::path takes such a
// text in a way of its own there, or throws.)
std::optional<std::filesystem::path> file_path(std::string_view text);

// The text again, with '/' between the names.
std::string path_text(const std::filesystem::path& path);

// The path without links; an error where it leads to no file.
std::filesystem::path real_path(const std::filesystem::path& path, std::error_code& error);

// Whether a name in the path is one that the system adds to what its directory lists: Windows' short names (GIT~1) and
// names with a dot or a blank more at the end. Rules about names do not see through those.
bool is_alias(const std::filesystem::path& path);

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_FILE_PATH_H_
