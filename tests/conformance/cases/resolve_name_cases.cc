// getnameinfo, and the names of this machine and of its interfaces. No case asks a name server.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr NameInfoFlags numeric = ni_numerichost | ni_numericserv;

// ---- getnameinfo ----

CONFORMANCE("resolve/nameinfo_numeric", Rows({"function/getnameinfo", "constant-group/NI_*"}),
            Needs{Feature::getnameinfo}) {
  NameInfo info = REQUIRE_OK(getnameinfo(InetAddress{"127.0.0.1", 80}, numeric, t.backend()));
  REQUIRE_EQ(info.host, "127.0.0.1");
  REQUIRE_EQ(info.service, "80");
  info = REQUIRE_OK(getnameinfo(Inet6Address{"::1", 443}, numeric, t.backend()));
  REQUIRE_EQ(info.host, "::1");
  REQUIRE_EQ(info.service, "443");
  info = REQUIRE_OK(getnameinfo(InetAddress{"::1", 443}, numeric, t.backend()));  // the short form
  REQUIRE_EQ(info.host, "::1");
}

CONFORMANCE("resolve/nameinfo_service", Rows({"function/getnameinfo", "constant-group/NI_*"}),
            Needs{Feature::getnameinfo, Feature::services}) {
  REQUIRE_EQ(REQUIRE_OK(getnameinfo(InetAddress{"127.0.0.1", 80}, ni_numerichost, t.backend())).service, "http");
  REQUIRE_EQ(REQUIRE_OK(getnameinfo(InetAddress{"127.0.0.1", 54321}, ni_numerichost, t.backend())).service, "54321");
}

CONFORMANCE("resolve/nameinfo_of_a_name", Rows({"function/getnameinfo", "exception/gaierror"}),
            Needs{Feature::getnameinfo}) {
  REQUIRE_ERROR(getnameinfo(InetAddress{"localhost", 80}, {}, t.backend()), GaiErrc::noname);
}

CONFORMANCE("resolve/nameinfo_scope", Rows({"function/getnameinfo", "behaviour/B23"}),
            Needs{Feature::getnameinfo, Feature::scope_id, Feature::interfaces}) {
  const InterfaceName first = REQUIRE_OK(if_nameindex(t.backend())).at(0);
  REQUIRE_EQ(REQUIRE_OK(getnameinfo(Inet6Address{"fe80::1", 80, 0, first.index}, numeric, t.backend())).host,
             "fe80::1%" + first.name);
  REQUIRE_EQ(REQUIRE_OK(getnameinfo(Inet6Address{"fe80::1", 80, 0, 99999}, numeric, t.backend())).host,
             "fe80::1%99999");
}

CONFORMANCE("resolve/nameinfo_bad_arguments", Rows({"function/getnameinfo", "exception/OverflowError"}),
            Needs{Feature::getnameinfo}) {
  REQUIRE_ERROR(getnameinfo(InetAddress{"127.0.0.1", -1}, numeric, t.backend()), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(getnameinfo(InetAddress{"127.0.0.1", 65536}, numeric, t.backend()), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(getnameinfo(Inet6Address{"::1", 80, 1 << 20, 0}, numeric, t.backend()),
                UsageErrc::flowinfo_out_of_range);
  REQUIRE_ERROR(getnameinfo(Inet6Address{"127.0.0.1", 80}, numeric, t.backend()), UsageErrc::address_form);
  REQUIRE_ERROR(getnameinfo(UnixAddress{"/tmp/x"}, numeric, t.backend()), GaiErrc::family);
}

CONFORMANCE("resolve/nameinfo_name", Rows({"function/getnameinfo"}), Needs{Feature::getnameinfo, &probe::localhost}) {
  REQUIRE_EQ(REQUIRE_OK(getnameinfo(InetAddress{"127.0.0.1", 80}, ni_numericserv, t.backend())).host, "localhost");
}

CONFORMANCE("resolve/nameinfo_of_a_peer", Rows({"function/getnameinfo", "method/getpeername"}),
            Needs{Feature::getnameinfo, Feature::inet_stream, Feature::listen}) {
  Connection c = t.connected(tcp4);
  const Address peer = REQUIRE_OK(c.client.getpeername());
  const NameInfo info = REQUIRE_OK(getnameinfo(peer, numeric, t.backend()));
  REQUIRE_EQ(info.host, "127.0.0.1");
  REQUIRE_EQ(info.service, std::to_string(port_of(peer)));
}

// ---- this machine ----

CONFORMANCE("resolve/gethostname", Rows({"function/gethostname"}), Needs{}) {
  const std::string name = REQUIRE_OK(gethostname(t.backend()));
  REQUIRE(!name.empty());
  REQUIRE_EQ(name, REQUIRE_OK(gethostname(t.backend())));
}

CONFORMANCE("resolve/interfaces",
            Rows({"function/if_nameindex", "function/if_nametoindex", "function/if_indextoname", "example/E19"}),
            Needs{Feature::interfaces}) {
  const std::vector<InterfaceName> names = REQUIRE_OK(if_nameindex(t.backend()));
  REQUIRE(!names.empty());
  for (const InterfaceName& each : names) {
    REQUIRE_NE(each.index, 0u);
    REQUIRE(!each.name.empty());
    REQUIRE_EQ(REQUIRE_OK(if_nametoindex(each.name, t.backend())), each.index);
    REQUIRE_EQ(REQUIRE_OK(if_indextoname(each.index, t.backend())), each.name);
  }
}

CONFORMANCE("resolve/no_such_interface", Rows({"function/if_nametoindex", "function/if_indextoname"}),
            Needs{Feature::interfaces}) {
  REQUIRE_ERROR(if_nametoindex("nosuchif0", t.backend()), Errc::enodev);
  REQUIRE_ERROR(if_nametoindex(std::string(100, 'x'), t.backend()), Errc::enodev);
  REQUIRE_ERROR(if_indextoname(0, t.backend()), Errc::enxio);
  REQUIRE_ERROR(if_indextoname(1 << 20, t.backend()), Errc::enxio);
}

}  // namespace
}  // namespace everysock::conformance
