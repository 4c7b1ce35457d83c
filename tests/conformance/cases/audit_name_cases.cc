// Audit events of the functions about names: what is heard before each call, and that a hook that refuses prevents it.
#include "framework/audit_listener.h"
#include "framework/case.h"

namespace everysock::conformance {
namespace {

// Makes a call that is refused: gives the event, and what the call said.
struct Heard {
  std::string event;
  Error error;
};
template <typename Call>
Heard refused(Call call) {
  AuditListener listener;
  listener.refuse();
  const auto result = call();
  REQUIRE(!result);
  const auto events = listener.take();
  REQUIRE_EQ(events.size(), 1u);
  return {events.front(), result.error()};
}

CONFORMANCE("audit/getaddrinfo", Rows({"behaviour/B66", "function/getaddrinfo"}), Needs{Feature::getaddrinfo}) {
  const Heard heard =
      refused([&] { return getaddrinfo("127.0.0.1", 80, af_inet, sock_stream, ipproto_tcp, {}, t.backend()); });
  REQUIRE_EQ(heard.event, "socket.getaddrinfo(\"127.0.0.1\", \"80\", AF_INET, SOCK_STREAM, 6)");
  REQUIRE_EQ(heard.error.message(), "getaddrinfo: Operation not permitted [EPERM]");
  AuditListener listener;
  REQUIRE_OK(getaddrinfo(std::nullopt, "80", af_inet, sock_stream, {}, {}, t.backend()));
  REQUIRE_EQ(listener.take().at(0), "socket.getaddrinfo(none, \"80\", AF_INET, SOCK_STREAM, 0)");
  REQUIRE_ERROR(getaddrinfo("a..b", 80, af_inet, {}, {}, {}, t.backend()), UsageErrc::host_label);
  REQUIRE(listener.take().empty());
}

CONFORMANCE("audit/gethostbyname", Rows({"behaviour/B67"}), Needs{}) {
  const Heard simple = refused([&] { return gethostbyname("127.0.0.1", t.backend()); });
  REQUIRE_EQ(simple.event, "socket.gethostbyname(\"127.0.0.1\")");
  REQUIRE_EQ(simple.error.message(), "gethostbyname: Operation not permitted [EPERM]");
  const Heard whole = refused([&] { return gethostbyname_ex("127.0.0.1", t.backend()); });
  REQUIRE_EQ(whole.event, "socket.gethostbyname(\"127.0.0.1\")");  // the same
  REQUIRE_EQ(whole.error.message(), "gethostbyname_ex: Operation not permitted [EPERM]");
  AuditListener listener;
  REQUIRE_OK(gethostbyname("127.0.0.1", t.backend()));
  REQUIRE_EQ(listener.take().at(0), simple.event);
}

CONFORMANCE("audit/gethostname", Rows({"behaviour/B68", "function/gethostname"}), Needs{}) {
  const Heard heard = refused([&] { return gethostname(t.backend()); });
  REQUIRE_EQ(heard.event, "socket.gethostname()");
  REQUIRE_EQ(heard.error.message(), "gethostname: Operation not permitted [EPERM]");
  AuditListener listener;
  REQUIRE_OK(gethostname(t.backend()));
  REQUIRE_EQ(listener.take().at(0), heard.event);
}

CONFORMANCE("audit/gethostbyaddr", Rows({"behaviour/B69", "function/gethostbyaddr", "function/getfqdn"}),
            Needs{Feature::host_database}) {
  const Heard heard = refused([&] { return gethostbyaddr("127.0.0.1", t.backend()); });
  REQUIRE_EQ(heard.event, "socket.gethostbyaddr(\"127.0.0.1\")");
  REQUIRE_EQ(heard.error.message(), "gethostbyaddr: Operation not permitted [EPERM]");
  const Heard inside = refused([&] { return getfqdn("127.0.0.1", t.backend()); });
  REQUIRE_EQ(inside.event, heard.event);
  REQUIRE_EQ(inside.error.message(), "getfqdn: Operation not permitted [EPERM]");
  AuditListener listener;
  REQUIRE_ERROR(gethostbyaddr("::", t.backend()), HostErrc::host_not_found);
  REQUIRE_EQ(listener.take().at(0), "socket.gethostbyaddr(\"::\")");
}

CONFORMANCE("audit/getnameinfo", Rows({"behaviour/B70", "function/getnameinfo"}), Needs{Feature::getnameinfo}) {
  const NameInfoFlags numeric = ni_numerichost | ni_numericserv;
  const Heard heard = refused([&] { return getnameinfo(InetAddress{"127.0.0.1", 80}, numeric, t.backend()); });
  REQUIRE_EQ(heard.event, "socket.getnameinfo(127.0.0.1:80)");
  REQUIRE_EQ(heard.error.message(), "getnameinfo: Operation not permitted [EPERM]");
  AuditListener listener;
  REQUIRE_OK(getnameinfo(InetAddress{"127.0.0.1", 80}, numeric, t.backend()));
  REQUIRE_EQ(listener.take().at(0), heard.event);
}

CONFORMANCE("audit/getservbyname", Rows({"behaviour/B71", "function/getservbyname"}), Needs{Feature::services}) {
  const Heard heard = refused([&] { return getservbyname("http", "tcp", t.backend()); });
  REQUIRE_EQ(heard.event, "socket.getservbyname(\"http\", \"tcp\")");
  REQUIRE_EQ(heard.error.message(), "getservbyname: Operation not permitted [EPERM]");
  AuditListener listener;
  REQUIRE_OK(getservbyname("http", std::nullopt, t.backend()));
  REQUIRE_EQ(listener.take().at(0), "socket.getservbyname(\"http\", none)");
}

CONFORMANCE("audit/getservbyport", Rows({"behaviour/B72", "function/getservbyport"}), Needs{Feature::services}) {
  const Heard heard = refused([&] { return getservbyport(80, "tcp", t.backend()); });
  REQUIRE_EQ(heard.event, "socket.getservbyport(80, \"tcp\")");
  REQUIRE_EQ(heard.error.message(), "getservbyport: Operation not permitted [EPERM]");
  AuditListener listener;
  REQUIRE_OK(getservbyport(80, std::nullopt, t.backend()));
  REQUIRE_EQ(listener.take().at(0), "socket.getservbyport(80, none)");
}

CONFORMANCE("audit/sethostname", Rows({"behaviour/B73"}), Needs{}) {
  const std::string name = REQUIRE_OK(gethostname(t.backend()));
  const Heard heard = refused([&] { return sethostname(name, t.backend()); });
  REQUIRE_EQ(heard.event, "socket.sethostname(\"" + name + "\")");
  REQUIRE_EQ(heard.error.message(), "sethostname: Operation not permitted [EPERM]");
  REQUIRE_EQ(REQUIRE_OK(gethostname(t.backend())), name);
}

}  // namespace
}  // namespace everysock::conformance
