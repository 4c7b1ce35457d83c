#include "platform/posix/errno.h"

#include <errno.h>

#include <array>

namespace everysock::platform {
namespace {

// Native error numbers are small on every system; the table makes the translation one load.
constexpr std::size_t kTableSize = 256;

constexpr auto kPortable = [] {
  std::array<Errc, kTableSize> table{};
  for (auto& entry : table) entry = Errc::eio;
  table[0] = Errc::ok;
// (libc++ makes up large numbers, which no call gives, for names that the system lacks.)
#define EVERYSOCK_NATIVE_ERRNO(native, portable) \
  if (native < kTableSize) table[native] = Errc::portable;
#include "platform/posix/errno_table.inc"
#undef EVERYSOCK_NATIVE_ERRNO
  // Names that are other names' numbers on some systems only.
  table[EWOULDBLOCK] = Errc::eagain;
  table[EOPNOTSUPP] = Errc::eopnotsupp;
#ifdef ENOTSUP
  table[ENOTSUP] = Errc::eopnotsupp;
#endif
#ifdef ENOTCAPABLE
  table[ENOTCAPABLE] = Errc::enoent;  // WASI: nothing that this program was given leads there
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

}  // namespace everysock::platform
