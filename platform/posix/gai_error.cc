// What getaddrinfo(3) and getnameinfo(3) say.
#include <netdb.h>

#include "platform/posix/errno.h"

namespace everysock::platform {

Error gai_error(Operation operation, int native_code) noexcept {
  switch (native_code) {
    case EAI_SYSTEM:
      return last_error(operation);
    case EAI_BADFLAGS:
      return Error(operation, GaiErrc::badflags);
    case EAI_NONAME:
      return Error(operation, GaiErrc::noname);
    case EAI_AGAIN:
      return Error(operation, GaiErrc::again);
    case EAI_FAMILY:
      return Error(operation, GaiErrc::family);
    case EAI_SOCKTYPE:
      return Error(operation, GaiErrc::socktype);
    case EAI_SERVICE:
      return Error(operation, GaiErrc::service);
    case EAI_MEMORY:
      return Error(operation, GaiErrc::memory);
    case EAI_OVERFLOW:
      return Error(operation, GaiErrc::overflow);
#ifdef EAI_NODATA
    case EAI_NODATA:
      return Error(operation, GaiErrc::nodata);
#endif
#ifdef EAI_ADDRFAMILY
    case EAI_ADDRFAMILY:
      return Error(operation, GaiErrc::addrfamily);
#endif
    default:
      return Error(operation, GaiErrc::fail);
  }
}

}  // namespace everysock::platform
