// What the runner program asks of the system it runs on.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_HOST_H_
#define EVERYSOCK_TESTS_CONFORMANCE_HOST_H_

#include <string>

namespace everysock::conformance {

std::string host_os();      // "linux"
std::string host_kernel();  // "Linux 6.1.0-18-amd64"
// The commit of the source tree at `directory`; "unknown" if that cannot be found out.
std::string commit_of(const std::string& directory);

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_HOST_H_
