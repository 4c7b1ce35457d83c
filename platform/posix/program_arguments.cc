#include "platform/program_arguments.h"

namespace everysock::platform {

std::vector<std::string> program_arguments(int argc, char** argv) { return {argv + 1, argv + argc}; }

}  // namespace everysock::platform
