// AI_*: getaddrinfo flags, getaddrinfo(3); NI_*: getnameinfo flags and sizes, getnameinfo(3); EAI_*: the codes of
// gaierror, RFC 3493. A flag that the system lacks gives EAI_BADFLAGS.
#ifndef EVERYSOCK_CONSTANTS_NAME_FLAGS_H_
#define EVERYSOCK_CONSTANTS_NAME_FLAGS_H_

#include "everysock/constant.h"
#include "everysock/error.h"

namespace everysock {

inline constexpr AddressInfoFlags ai_passive{0x1};
inline constexpr AddressInfoFlags ai_canonname{0x2};
inline constexpr AddressInfoFlags ai_numerichost{0x4};
inline constexpr AddressInfoFlags ai_v4mapped{0x8};
inline constexpr AddressInfoFlags ai_all{0x10};
inline constexpr AddressInfoFlags ai_addrconfig{0x20};
inline constexpr AddressInfoFlags ai_numericserv{0x400};

// Of BSD and macOS.
inline constexpr AddressInfoFlags ai_v4mapped_cfg{0x10000};
inline constexpr AddressInfoFlags ai_default = ai_v4mapped_cfg | ai_addrconfig;
inline constexpr AddressInfoFlags ai_mask = ai_passive | ai_canonname | ai_numerichost | ai_numericserv | ai_addrconfig;

// Flags of getnameinfo. ni_idn asks for names in Unicode.
inline constexpr NameInfoFlags ni_numerichost{0x1};
inline constexpr NameInfoFlags ni_numericserv{0x2};
inline constexpr NameInfoFlags ni_nofqdn{0x4};
inline constexpr NameInfoFlags ni_namereqd{0x8};
inline constexpr NameInfoFlags ni_dgram{0x10};
inline constexpr NameInfoFlags ni_idn{0x20};

// How long a host and a service name can be, with a terminating NUL.
inline constexpr int ni_maxhost = 1025;
inline constexpr int ni_maxserv = 32;

// Codes. Errors never have eai_system (it becomes the system error behind it) or eai_max.
inline constexpr GaiErrc eai_addrfamily = GaiErrc::addrfamily;
inline constexpr GaiErrc eai_again = GaiErrc::again;
inline constexpr GaiErrc eai_badflags = GaiErrc::badflags;
inline constexpr GaiErrc eai_badhints = GaiErrc::badhints;
inline constexpr GaiErrc eai_fail = GaiErrc::fail;
inline constexpr GaiErrc eai_family = GaiErrc::family;
inline constexpr GaiErrc eai_max = GaiErrc::max;
inline constexpr GaiErrc eai_memory = GaiErrc::memory;
inline constexpr GaiErrc eai_nodata = GaiErrc::nodata;
inline constexpr GaiErrc eai_noname = GaiErrc::noname;
inline constexpr GaiErrc eai_overflow = GaiErrc::overflow;
inline constexpr GaiErrc eai_protocol = GaiErrc::protocol;
inline constexpr GaiErrc eai_service = GaiErrc::service;
inline constexpr GaiErrc eai_socktype = GaiErrc::socktype;
inline constexpr GaiErrc eai_system = GaiErrc::system;

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_NAME_FLAGS_H_
