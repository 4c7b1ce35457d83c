// The engine's questions about names.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/websocket/wire.h"

namespace everysock::websocket {
namespace {

using Texts = std::vector<std::string>;

TEST_CASE("names: an entry of the host database, with what is no host left out") {
  Wire wire;
  Reply reply;
  CHECK(wire.engine.gethostbyname_ex("host", reply));
  const auto asked = wire.expect<GetHostByNameEx>();
  CHECK(wire.handle == session_handle);
  CHECK(asked.name == "host");
  const HostEntryReply entry{
      asked.request,
      "host.example",
      {{"alias"}, {"other"}},
      {{InetAddress{"10.0.0.1", 0}}, {UnixAddress{"/x"}}, {Inet6Address{"::1", 0}}, {Address()}}};
  CHECK(!wire.send(session_handle, entry));
  CHECK(reply.ended);
  CHECK(reply.host == HostEntry{"host.example", {"alias", "other"}, {"10.0.0.1", "::1"}});
}

TEST_CASE("names: services and protocols") {
  Wire wire;
  Reply port, service, protocol;
  CHECK(wire.engine.getservbyname("http", "tcp", port));
  CHECK(!wire.send(session_handle, ServicePort{wire.expect<GetServByName>().request, 80}));
  CHECK(port.number == 80);
  CHECK(wire.engine.getservbyport(80, std::nullopt, service));
  CHECK(!wire.send(session_handle, ServiceName{wire.expect<GetServByPort>().request, "http"}));
  CHECK(service.text == "http");
  CHECK(wire.engine.getprotobyname("udp", protocol));
  CHECK(!wire.send(session_handle, ProtocolNumber{wire.expect<GetProtoByName>().request, ipproto_udp}));
  CHECK(protocol.number == ipproto_udp.value());
}

TEST_CASE("names: texts too long for a frame ask nobody") {
  Wire wire;
  Reply reply;
  const std::string text(70000, 'x');
  CHECK(wire.engine.gethostbyname_ex(text, reply).error() == HostErrc::host_not_found);
  CHECK(wire.engine.getservbyname(text, std::nullopt, reply).error() == UsageErrc::service_not_found);
  CHECK(wire.engine.getservbyname("http", text, reply).error() == UsageErrc::service_not_found);
  CHECK(wire.engine.getservbyport(80, text, reply).error() == UsageErrc::port_not_found);
  CHECK(wire.engine.getprotobyname(text, reply).error() == UsageErrc::protocol_not_found);
  CHECK(wire.engine.sethostname(text, reply).error() == Errc::einval);
  CHECK(wire.quiet());
}

TEST_CASE("names: the machine is called as was asked for once that is done, and not where it failed") {
  Wire wire;
  Reply refused, done;
  CHECK(wire.engine.sethostname("no", refused));
  CHECK(!wire.send(session_handle, Failed{wire.expect<SetHostName>().request, Error(Operation::none, Errc::eacces)}));
  CHECK(refused.error == Error(Operation::sethostname, Errc::eacces));
  CHECK(wire.engine.server().hostname == "proxy.example");
  CHECK(wire.engine.sethostname("yes", done));
  CHECK(!wire.send(session_handle, Done{wire.expect<SetHostName>().request, {}, {}}));
  CHECK(wire.engine.server().hostname == "yes");
}

TEST_CASE("names: done on the session is no reply to a socket's request") {
  Wire wire;
  const SocketPointer socket = wire.opened();
  CHECK(wire.engine.bind(socket, InetAddress{"127.0.0.1", 0}, nullptr));
  const auto error = wire.send(session_handle, Done{wire.expect<Bind>().request, {}, {}});
  REQUIRE(error);
  CHECK(reason(*error) == "unknown-request");
}

}  // namespace
}  // namespace everysock::websocket
