// The command line.
#ifndef EVERYSOCK_WEB_PROXY_OPTIONS_H_
#define EVERYSOCK_WEB_PROXY_OPTIONS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "web/proxy/config.h"

namespace everysock::proxy {

// Either what to run with, or what to print and the exit status: --help gives 0, a mistake gives 2 and a text that
// names the flag, what it was given and what was expected.
struct CommandLine {
  std::optional<Config> config;
  std::string text;
  int status = 0;
};

// `arguments` without the program's name; `environment` looks up a variable.
CommandLine parse_command_line(const std::vector<std::string>& arguments,
                               const std::function<std::optional<std::string>(const std::string&)>& environment);

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_OPTIONS_H_
