#include "platform/windows/wsa_error.h"

#include <doctest/doctest.h>

#include "platform/windows/constant_tables.h"
#include "platform/windows/utf16.h"
#include "platform/windows/winsock_headers.h"

namespace everysock::platform {
namespace {

TEST_CASE("every code of Winsock's calls has a portable one") {
  for (int code = WSABASEERR; code <= WSAEREMOTE; ++code) {
    CAPTURE(code);
    const bool defined = code == WSAEINTR || code == WSAEBADF || code == WSAEACCES || code == WSAEFAULT ||
                         code == WSAEINVAL || code == WSAEMFILE || code >= WSAEWOULDBLOCK;
    CHECK((portable_wsa_error(code) != Errc::eio) == defined);
  }
  CHECK(portable_wsa_error(0) == Errc::ok);
  CHECK(portable_wsa_error(WSAEWOULDBLOCK) == Errc::eagain);
  CHECK(portable_wsa_error(WSAESHUTDOWN) == Errc::epipe);
  CHECK(portable_wsa_error(WSA_OPERATION_ABORTED) == Errc::ebadf);
  CHECK(portable_wsa_error(123456) == Errc::eio);
}

TEST_CASE("resolver failures") {
  CHECK(wsa_gai_error(Operation::getaddrinfo, WSAHOST_NOT_FOUND) == GaiErrc::noname);
  CHECK(wsa_gai_error(Operation::getaddrinfo, WSAEAFNOSUPPORT) == GaiErrc::family);
  CHECK(wsa_gai_error(Operation::getaddrinfo, WSAENOBUFS) == Errc::enobufs);
  CHECK(wsa_host_error(Operation::gethostbyaddr, WSANO_DATA) == HostErrc::no_data);
  CHECK(wsa_host_error(Operation::gethostbyaddr, WSAENETDOWN) == Errc::enetdown);
}

TEST_CASE("constants keep their numbers apart") {
  CHECK(native_family(af_inet6) == AF_INET6);
  CHECK(native_family(af_bluetooth) == AF_BTH);
  CHECK(native_family(af_can) == std::nullopt);
  CHECK(portable_family(AF_HYPERV) == af_hyperv);
  CHECK(portable_family(99) == AddressFamily::native(99));
  CHECK(native_protocol(af_inet, ipproto_pgm) == IPPROTO_PGM);
  CHECK(native_protocol(af_inet, ipproto_bip) == std::nullopt);
  CHECK(native_level(sol_rfcomm) == 3);
  CHECK(native_level(sol_local) == std::nullopt);
  CHECK(native_option(so_exclusiveaddruse) == SO_EXCLUSIVEADDRUSE);
  CHECK(native_option(tcp_cork) == std::nullopt);
  CHECK(native_message_flags(msg_peek | msg_oob) == (MSG_PEEK | MSG_OOB));
  CHECK(native_message_flags(msg_trunc) == std::nullopt);
  CHECK(portable_message_flags(MSG_TRUNC | MSG_CTRUNC) == (msg_trunc | msg_ctrunc));
}

TEST_CASE("UTF-16") {
  CHECK(to_utf16("b\xc3\xbc"
                 "cher") == L"b\u00fccher");
  CHECK(from_utf16(L"b\u00fccher") ==
        "b\xc3\xbc"
        "cher");
  CHECK(from_utf16(to_utf16("\xf0\x9f\x90\x8d")) == "\xf0\x9f\x90\x8d");
  CHECK(to_utf16("").empty());
  CHECK(from_utf16(to_utf16("a\xff")) == "a\xef\xbf\xbd");
}

}  // namespace
}  // namespace everysock::platform
