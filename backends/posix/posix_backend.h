// The backend for systems with BSD sockets: Linux first.
#ifndef EVERYSOCK_BACKENDS_POSIX_POSIX_BACKEND_H_
#define EVERYSOCK_BACKENDS_POSIX_POSIX_BACKEND_H_

#include <memory>

#include "everysock/backend.h"

namespace everysock {

// Handles are file descriptors. Stateless: any number may exist, and sockets of one may be adopted by another.
std::unique_ptr<Backend> new_posix_backend();

}  // namespace everysock

#endif  // EVERYSOCK_BACKENDS_POSIX_POSIX_BACKEND_H_
