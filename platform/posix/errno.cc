#include "platform/posix/errno.h"

#include <errno.h>
#include <netdb.h>

#include <array>

namespace everysock::platform {
namespace {

// Native error numbers are small on every system; the table makes the translation one load.
constexpr std::size_t kTableSize = 256;

constexpr auto kPortable = [] {
  std::array<Errc, kTableSize> table{};
  for (auto& entry : table) entry = Errc::eio;
  table[0] = Errc::ok;
#define EVERYSOCK_NATIVE_ERRNO(native, portable) table[native] = Errc::portable;
#include "platform/posix/errno_table.inc"
#undef EVERYSOCK_NATIVE_ERRNO
  // Names that are other names' numbers on some systems only.
  table[EWOULDBLOCK] = Errc::eagain;
  table[EOPNOTSUPP] = Errc::eopnotsupp;
#ifdef ENOTSUP
  table[ENOTSUP] = Errc::eopnotsupp;
#endif
  return table;
}();

// Inlined, which -fPIC forbids for the public functions below: every EAGAIN comes this way.
Errc translated(int native_errno) noexcept {
  const auto index = static_cast<std::size_t>(native_errno);
  return index < kTableSize ? kPortable[index] : Errc::eio;
}

}  // namespace

Errc portable_errno(int native_errno) noexcept { return translated(native_errno); }

Error system_error(Operation operation, int native_errno) noexcept {
  return Error(operation, translated(native_errno));
}

Error last_error(Operation operation) noexcept { return Error(operation, translated(errno)); }

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
