#include "platform/program_arguments.h"

// clang-format off
#include "platform/windows/winsock_headers.h"
#include <shellapi.h>
// clang-format on

#include "platform/windows/utf16.h"

namespace everysock::platform {

std::vector<std::string> program_arguments(int argc, char** argv) {
  int count = 0;
  wchar_t** const wide = ::CommandLineToArgvW(::GetCommandLineW(), &count);
  if (wide == nullptr) return {argv + 1, argv + argc};  // no memory; better these than none
  std::vector<std::string> arguments;
  for (int i = 1; i < count; ++i) arguments.push_back(from_utf16(wide[i]));
  ::LocalFree(wide);
  return arguments;
}

}  // namespace everysock::platform
