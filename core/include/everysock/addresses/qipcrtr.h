// Addresses of AF_QIPCRTR: services of Qualcomm's processors. Linux.
//
// Source: Python documentation, "Socket families" (spec row family/AF_QIPCRTR); Linux, include/uapi/linux/qrtr.h.
#ifndef EVERYSOCK_ADDRESSES_QIPCRTR_H_
#define EVERYSOCK_ADDRESSES_QIPCRTR_H_

#include <cstdint>

namespace everysock {

// Port 0 is that of an unbound socket; bind() and the first connect() choose one.
struct QipcrtrAddress {
  std::uint32_t node = 0;
  std::uint32_t port = 0;

  friend bool operator==(const QipcrtrAddress&, const QipcrtrAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_QIPCRTR_H_
