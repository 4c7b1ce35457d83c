#include "platform/posix/constant_tables.h"

#include <doctest/doctest.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "platform/posix/errno.h"

namespace everysock::platform {
namespace {

TEST_CASE("families and kinds") {
  CHECK(native_family(af_inet6) == AF_INET6);
  CHECK(portable_family(AF_UNIX) == af_unix);
  CHECK(native_family(AddressFamily(250)) == std::nullopt);
  CHECK(native_family(AddressFamily::native(250)) == 250);
  CHECK(portable_family(250) == AddressFamily::native(250));
  CHECK(native_kind(sock_dgram | sock_nonblock | sock_cloexec) == SOCK_DGRAM);
  CHECK(native_kind(SocketKind(9)) == std::nullopt);
  CHECK(portable_kind(SOCK_SEQPACKET) == sock_seqpacket);
}

TEST_CASE("options and levels") {
  CHECK(native_level(sol_socket) == SOL_SOCKET);
  CHECK(native_level(ipproto_ipv6) == IPPROTO_IPV6);
  CHECK(portable_level(SOL_SOCKET) == sol_socket);
  CHECK(native_option(so_reuseport) == SO_REUSEPORT);
  CHECK(native_option(tcp_nodelay) == TCP_NODELAY);
  CHECK(native_option(ipv6_v6only) == IPV6_V6ONLY);
  CHECK(native_option(Option(sol_socket, 9999)) == std::nullopt);
  CHECK(native_option(Option::native(9999)) == 9999);
}

TEST_CASE("flags translate bit by bit, or not at all") {
  CHECK(native_message_flags(msg_peek | msg_dontwait) == (MSG_PEEK | MSG_DONTWAIT));
  CHECK(native_message_flags({}) == 0);
  CHECK(native_message_flags(MessageFlags(0x80000000) | msg_peek) == std::nullopt);
  CHECK(portable_message_flags(MSG_TRUNC | MSG_CTRUNC) == (msg_trunc | msg_ctrunc));
  CHECK(native_address_info_flags(ai_passive | ai_numerichost) == (AI_PASSIVE | AI_NUMERICHOST));
  CHECK(native_address_info_flags(AddressInfoFlags(0x4000000)) == std::nullopt);
  CHECK(native_name_info_flags(ni_namereqd) == NI_NAMEREQD);
  CHECK(native_shutdown_how(shut_rdwr) == SHUT_RDWR);
  CHECK(native_shutdown_how(ShutdownHow(7)) == std::nullopt);
}

TEST_CASE("error numbers") {
  CHECK(portable_errno(0) == Errc::ok);
  CHECK(portable_errno(ECONNREFUSED) == Errc::econnrefused);
  CHECK(portable_errno(EWOULDBLOCK) == Errc::eagain);
  CHECK(portable_errno(ENOTSUP) == Errc::eopnotsupp);
  CHECK(portable_errno(-1) == Errc::eio);
  CHECK(portable_errno(100000) == Errc::eio);
  CHECK(gai_error(Operation::getaddrinfo, EAI_NONAME) == GaiErrc::noname);
  errno = EMFILE;
  CHECK(gai_error(Operation::getaddrinfo, EAI_SYSTEM) == Error(Operation::getaddrinfo, Errc::emfile));
  CHECK(gai_error(Operation::getaddrinfo, -9999) == GaiErrc::fail);
}

}  // namespace
}  // namespace everysock::platform
