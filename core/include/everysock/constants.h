// The documented constants, in lower case: AF_INET6 is af_inet6. (The upper-case names are macros of the system
// headers; a program may include both.) constant.h explains their types and what the numbers mean; constant_info.h
// lists them all, with where each is available.
//
// The semantics of each stand in the manual page named at the head of its group and in the Python documentation under
// the upper-case name. Every constant exists everywhere. Where a system lacks one, the call that is given it fails, and
// the error's message() names the constant and the systems that have it.
#ifndef EVERYSOCK_CONSTANTS_H_
#define EVERYSOCK_CONSTANTS_H_

#include "everysock/constants/address_family.h"
#include "everysock/constants/alg.h"
#include "everysock/constants/bluetooth.h"
#include "everysock/constants/can.h"
#include "everysock/constants/ip.h"
#include "everysock/constants/ipv6.h"
#include "everysock/constants/message_flags.h"
#include "everysock/constants/name_flags.h"
#include "everysock/constants/packet.h"
#include "everysock/constants/protocol.h"
#include "everysock/constants/rds.h"
#include "everysock/constants/socket_kind.h"
#include "everysock/constants/socket_option.h"
#include "everysock/constants/tcp.h"
#include "everysock/constants/tipc.h"
#include "everysock/constants/vsock.h"
#include "everysock/constants/windows.h"

#endif  // EVERYSOCK_CONSTANTS_H_
