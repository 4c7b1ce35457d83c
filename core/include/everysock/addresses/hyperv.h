// Addresses of AF_HYPERV: between virtual machines of Hyper-V and their host. Windows.
//
//   s.bind(HypervAddress{hv_guid_wildcard, "00000ac9-facb-11e6-bd58-64006a7986d3"});
//
// Source: Python documentation, "Socket families" (spec row family/AF_HYPERV); hvsocket.h.
#ifndef EVERYSOCK_ADDRESSES_HYPERV_H_
#define EVERYSOCK_ADDRESSES_HYPERV_H_

#include "everysock/addresses/uuid.h"

namespace everysock {

// A virtual machine (or one of hv_guid_*) and a registered service. UsageErrc::uuid_text, UsageErrc::hyperv_protocol.
struct HypervAddress {
  Uuid vm_id = {};
  Uuid service_id = {};

  friend bool operator==(const HypervAddress&, const HypervAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_HYPERV_H_
