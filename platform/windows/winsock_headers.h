// Winsock's headers in the order they need, and by value what MinGW-w64 10's lack of Windows 10's.
#ifndef EVERYSOCK_PLATFORM_WINDOWS_WINSOCK_HEADERS_H_
#define EVERYSOCK_PLATFORM_WINDOWS_WINSOCK_HEADERS_H_

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#ifndef NOMINMAX
#define NOMINMAX
#endif

// clang-format off
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <mstcpip.h>
#include <afunix.h>
#include <iphlpapi.h>
#include <netioapi.h>
// clang-format on

// ws2def.h
#ifndef AF_LINK
#define AF_LINK 33
#endif
#ifndef AF_HYPERV
#define AF_HYPERV 34
#endif

// ws2ipdef.h
#ifndef TCP_KEEPIDLE
#define TCP_KEEPIDLE 3
#endif
#ifndef TCP_MAXSEG
#define TCP_MAXSEG 4
#endif
#ifndef TCP_FASTOPEN
#define TCP_FASTOPEN 15
#endif
#ifndef TCP_KEEPCNT
#define TCP_KEEPCNT 16
#endif
#ifndef TCP_KEEPINTVL
#define TCP_KEEPINTVL 17
#endif

// ws2bth.h, which defines identifiers that want <initguid.h>
#ifndef BTHPROTO_RFCOMM
#define BTHPROTO_RFCOMM 3
#endif

// hvsocket.h, for the same reason
#ifndef HV_PROTOCOL_RAW
#define HV_PROTOCOL_RAW 1
#endif

#endif  // EVERYSOCK_PLATFORM_WINDOWS_WINSOCK_HEADERS_H_
