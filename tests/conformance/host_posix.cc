#include <stdio.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "host.h"

namespace everysock::conformance {

std::string host_os() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  std::string os = name.sysname;
  std::ranges::transform(os, os.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return os;
}

std::string host_kernel() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  return std::string(name.sysname) + " " + name.release;
}

std::string commit_of(const std::string& directory) {
  std::string answer;
  if (FILE* git = popen(("git -C '" + directory + "' rev-parse --short=12 HEAD 2>/dev/null").c_str(), "r")) {
    std::array<char, 64> line;
    if (fgets(line.data(), line.size(), git)) answer = line.data();
    pclose(git);
  }
  while (!answer.empty() && answer.back() == '\n') answer.pop_back();
  return answer.empty() ? "unknown" : answer;
}

}  // namespace everysock::conformance
