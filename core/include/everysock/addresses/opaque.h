// Addresses that the library does not take apart.
//
// Source: spec rows family/unknown family, family/AF_LINK.
#ifndef EVERYSOCK_ADDRESSES_OPAQUE_H_
#define EVERYSOCK_ADDRESSES_OPAQUE_H_

#include "everysock/constants.h"
#include "everysock/inline_text.h"

namespace everysock {

// An address of a family, or of a length, that the library cannot decode (AF_LINK has no documented form): the system's
// own bytes after the family. A socket of the same family takes it as it is.
struct OpaqueAddress {
  AddressFamily family;
  InlineText<126> data;

  friend bool operator==(const OpaqueAddress&, const OpaqueAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_OPAQUE_H_
