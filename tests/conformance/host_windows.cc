#include <stdio.h>

#include <array>

#include "host.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::conformance {
namespace {

// Wine's ntdll tells its version, Windows' has no such function.
std::string wine_version() {
  using Function = const char*(CDECL*)();
  const auto function = reinterpret_cast<Function>(
      reinterpret_cast<void*>(::GetProcAddress(::GetModuleHandleW(L"ntdll"), "wine_get_version")));
  return function != nullptr ? function() : "";
}

std::string windows_version() {
  using Function = LONG(WINAPI*)(OSVERSIONINFOW*);  // GetVersionEx() tells programs without a manifest an old one
  const auto function = reinterpret_cast<Function>(
      reinterpret_cast<void*>(::GetProcAddress(::GetModuleHandleW(L"ntdll"), "RtlGetVersion")));
  OSVERSIONINFOW version{};
  version.dwOSVersionInfoSize = sizeof(version);
  if (function == nullptr || function(&version) != 0) return "Windows";
  return "Windows " + std::to_string(version.dwMajorVersion) + "." + std::to_string(version.dwMinorVersion) + "." +
         std::to_string(version.dwBuildNumber);
}

}  // namespace

std::string host_os() { return wine_version().empty() ? "windows" : "wine"; }

std::string host_kernel() {
  const std::string wine = wine_version();
  return wine.empty() ? windows_version() : "Wine " + wine + " as " + windows_version();
}

std::string commit_of(const std::string& directory) {
  std::string answer;
  if (FILE* git = ::_popen(("git -C \"" + directory + "\" rev-parse --short=12 HEAD 2>NUL").c_str(), "r")) {
    std::array<char, 64> line;
    if (fgets(line.data(), line.size(), git)) answer = line.data();
    ::_pclose(git);
  }
  while (!answer.empty() && (answer.back() == '\n' || answer.back() == '\r')) answer.pop_back();
  return answer.empty() ? "unknown" : answer;
}

}  // namespace everysock::conformance
