// Which backend a platform's programs get when they name none.
#ifndef EVERYSOCK_PLATFORM_DEFAULT_BACKEND_H_
#define EVERYSOCK_PLATFORM_DEFAULT_BACKEND_H_

#include <memory>

#include "everysock/backend.h"

namespace everysock::platform {

std::unique_ptr<Backend> new_default_backend();

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_DEFAULT_BACKEND_H_
