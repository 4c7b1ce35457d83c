// Between UTF-8, which everysock speaks, and the UTF-16 of Windows.
#ifndef EVERYSOCK_PLATFORM_WINDOWS_UTF16_H_
#define EVERYSOCK_PLATFORM_WINDOWS_UTF16_H_

#include <string>
#include <string_view>

namespace everysock::platform {

// What is no UTF-8 (or UTF-16) becomes U+FFFD.
std::wstring to_utf16(std::string_view text);
std::string from_utf16(std::wstring_view text);

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_WINDOWS_UTF16_H_
