// What a program was started with.
#ifndef EVERYSOCK_PLATFORM_PROGRAM_ARGUMENTS_H_
#define EVERYSOCK_PLATFORM_PROGRAM_ARGUMENTS_H_

#include <string>
#include <vector>

namespace everysock::platform {

// What main() got, without the program's name; on Windows, where main() gets another encoding, in UTF-8.
std::vector<std::string> program_arguments(int argc, char** argv);

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_PROGRAM_ARGUMENTS_H_
