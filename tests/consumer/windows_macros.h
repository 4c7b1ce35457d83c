// The macros of <windows.h> and its kin (minwindef.h, combaseapi.h, wingdi.h, winerror.h, winbase.h ...) that have
// broken other people's headers, on a machine that lacks the real file.
#ifndef EVERYSOCK_TESTS_CONSUMER_WINDOWS_MACROS_H_
#define EVERYSOCK_TESTS_CONSUMER_WINDOWS_MACROS_H_

#define interface struct
#define small char
#define near
#define far
#define hyper long long
#define pascal
#define cdecl
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define TRUE 1
#define FALSE 0
#define ERROR 0
#define NO_ERROR 0L
#define NO_DATA 11004
#define TRY_AGAIN 11002
#define NO_RECOVERY 11003
#define HOST_NOT_FOUND 11001
#define IGNORE 0
#define INFINITE 0xffffffff
#define DELETE (0x00010000L)
#define ABSOLUTE 1
#define RELATIVE 2
#define TRANSPARENT 1
#define OPAQUE 2
#define DIFFERENCE 11
#define STRICT 1
#define DOMAIN 1
#define OVERFLOW 3
#define UNDERFLOW 4
#define SendMessage SendMessageW
#define GetMessage GetMessageW
#define GetObject GetObjectW
#define GetAddrInfo GetAddrInfoW
#define GetNameInfo GetNameInfoW
#define SetPort SetPortW
#define Yield()
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))

#endif  // EVERYSOCK_TESTS_CONSUMER_WINDOWS_MACROS_H_
