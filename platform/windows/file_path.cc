#include "platform/file_path.h"

#include <algorithm>

#include "platform/windows/utf16.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::platform {
namespace {

namespace fs = std::filesystem;

// What a function of the system writes that takes a buffer and tells how much it needs; "" where it fails.
template <typename Write>
std::wstring written(Write write) {
  std::wstring text(MAX_PATH, L'\0');
  for (;;) {
    const DWORD size = write(text.data(), static_cast<DWORD>(text.size()));
    const bool fits = size < text.size();
    text.resize(size);
    if (fits) return text;
  }
}

std::error_code last_error() { return {static_cast<int>(::GetLastError()), std::system_category()}; }

// Windows leaves these characters out.
bool ends_beyond_its_name(const fs::path& name) {
  const std::wstring& text = name.native();
  return text.find_last_not_of(L". ") + 1 != text.size() && text != L"." && text != L"..";
}

bool same_but_for_case(const std::wstring& a, const std::wstring& b) {
  return ::CompareStringOrdinal(a.data(), static_cast<int>(a.size()), b.data(), static_cast<int>(b.size()), TRUE) ==
         CSTR_EQUAL;
}

}  // namespace

std::optional<fs::path> file_path(std::string_view text) {
  const std::wstring wide = to_utf16(text);
  if (from_utf16(wide) != text) return std::nullopt;
  return fs::path(wide);
}

std::string path_text(const fs::path& path) { return from_utf16(path.generic_wstring()); }

fs::path real_path(const fs::path& path, std::error_code& error) {
  error.clear();
  constexpr DWORD kEverybody = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  // Directories, too, open with FILE_FLAG_BACKUP_SEMANTICS alone.
  const HANDLE file =
      ::CreateFileW(path.c_str(), 0, kEverybody, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  if (file == INVALID_HANDLE_VALUE) {
    error = last_error();
    return {};
  }
  std::wstring real = written(
      [&](wchar_t* text, DWORD size) { return ::GetFinalPathNameByHandleW(file, text, size, FILE_NAME_NORMALIZED); });
  if (real.empty()) error = last_error();
  ::CloseHandle(file);
  constexpr std::wstring_view kLong = L"\\\\?\\";
  constexpr std::wstring_view kLongShare = L"\\\\?\\UNC\\";
  if (real.starts_with(kLongShare)) {
    real.replace(0, kLongShare.size(), L"\\\\");
  } else if (real.starts_with(kLong)) {
    real.erase(0, kLong.size());
  }
  return real;
}

bool is_alias(const fs::path& path) {
  if (std::any_of(path.begin(), path.end(), ends_beyond_its_name)) return true;
  fs::path usual = path;
  usual.make_preferred();
  const std::wstring own =
      written([&](wchar_t* text, DWORD size) { return ::GetLongPathNameW(usual.c_str(), text, size); });
  // Of what is not there, no name is a second one.
  return !own.empty() && !same_but_for_case(own, usual.native());
}

}  // namespace everysock::platform
