// A directory for this process alone.
#ifndef EVERYSOCK_PLATFORM_PRIVATE_DIRECTORY_H_
#define EVERYSOCK_PLATFORM_PRIVATE_DIRECTORY_H_

#include <string>
#include <string_view>

namespace everysock::platform {

// A new, empty directory that no other user may enter, among the system's temporary files and with a short name (an
// AF_UNIX path has to fit behind it). "" where none could be made, errno says why. The caller removes it.
std::string make_private_directory();

// Where that is, for a message: "TMPDIR or /tmp".
std::string_view private_directory_place() noexcept;

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_PRIVATE_DIRECTORY_H_
