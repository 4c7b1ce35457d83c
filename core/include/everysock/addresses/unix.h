// Addresses of AF_UNIX.
//
// Source: Python documentation, "Socket families" (spec rows family/AF_UNIX*); unix(7).
#ifndef EVERYSOCK_ADDRESSES_UNIX_H_
#define EVERYSOCK_ADDRESSES_UNIX_H_

#include "everysock/inline_text.h"

namespace everysock {

// AF_UNIX. A path of at most 107 bytes; or, on Linux, an abstract name: a NUL byte followed by up to 107 bytes of any
// value; or "", an unnamed socket (to bind(): "choose a free abstract name"). The bytes are passed as they are.
// UsageErrc::path_too_long, UsageErrc::embedded_nul.
struct UnixAddress {
  InlineText<108> path;

  bool is_unnamed() const noexcept { return path.empty(); }
  bool is_abstract() const noexcept { return !path.empty() && path.view().front() == '\0'; }
  friend bool operator==(const UnixAddress&, const UnixAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_UNIX_H_
