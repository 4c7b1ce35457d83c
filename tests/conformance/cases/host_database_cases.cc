// gethostbyname and its relatives, services and protocols, and what this machine is called. No case asks a name server.
#include <algorithm>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::string_view with_nul("local\0host", 10);

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

// ---- hosts ----

CONFORMANCE("hosts/gethostbyname_of_numbers", Rows({"function/gethostbyname", "family/AF_INET"}), Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(gethostbyname("127.0.0.1", t.backend())), "127.0.0.1");
  REQUIRE_EQ(REQUIRE_OK(gethostbyname("192.0.2.1", t.backend())), "192.0.2.1");
  REQUIRE_EQ(REQUIRE_OK(gethostbyname("", t.backend())), "0.0.0.0");
  REQUIRE_EQ(REQUIRE_OK(gethostbyname("<broadcast>", t.backend())), "255.255.255.255");
}

CONFORMANCE("hosts/gethostbyname", Rows({"function/gethostbyname"}), Needs{Feature::getaddrinfo, &probe::localhost}) {
  REQUIRE_EQ(REQUIRE_OK(gethostbyname("localhost", t.backend())), "127.0.0.1");
}

CONFORMANCE("hosts/own_address", Rows({"example/E18", "function/gethostbyname", "function/gethostname"}),
            Needs{Feature::getaddrinfo}) {
  // Not every host knows its own name: "assumes a valid mapping", says the documentation.
  const auto address = gethostbyname(REQUIRE_OK(gethostname(t.backend())), t.backend());
  if (address) {
    REQUIRE_EQ(REQUIRE_OK(inet_aton(*address)).size(), 4u);
  } else {
    REQUIRE(address.error().domain() == ErrorDomain::gai);
  }
}

CONFORMANCE("hosts/gethostbyname_knows_no_ipv6", Rows({"function/gethostbyname", "exception/gaierror"}),
            Needs{Feature::getaddrinfo}) {
  const Error error = REQUIRE_ERROR(gethostbyname("::1", t.backend()), GaiErrc::addrfamily);
  REQUIRE_EQ(error.message(), "gethostbyname: Address family for hostname not supported [EAI_ADDRFAMILY]");
}

CONFORMANCE("hosts/gethostbyname_of_no_host", Rows({"function/gethostbyname", "exception/gaierror"}),
            Needs{Feature::getaddrinfo}) {
  const auto address = gethostbyname("no such host", t.backend());
  REQUIRE(!address);
  REQUIRE(address.error().domain() == ErrorDomain::gai);
  REQUIRE(address.error().operation() == Operation::gethostbyname);
}

CONFORMANCE("hosts/gethostbyname_ex", Rows({"function/gethostbyname_ex"}),
            Needs{Feature::host_database, &probe::localhost}) {
  const HostEntry named = REQUIRE_OK(gethostbyname_ex("localhost", t.backend()));
  REQUIRE_EQ(named.hostname, "localhost");
  REQUIRE(contains(named.ipaddrlist, "127.0.0.1"));
  for (const std::string& address : named.ipaddrlist) REQUIRE(Host(address).is_ipv4());
  // A number gives itself.
  const HostEntry numeric = REQUIRE_OK(gethostbyname_ex("192.0.2.1", t.backend()));
  REQUIRE(numeric == HostEntry({"192.0.2.1", {}, {"192.0.2.1"}}));
}

CONFORMANCE("hosts/gethostbyname_ex_of_no_host",
            Rows({"function/gethostbyname_ex", "exception/herror", "exception/gaierror"}),
            Needs{Feature::host_database, Feature::getaddrinfo}) {
  // A name that leads nowhere is a gai error; what is no name at all, an herror.
  const auto entry = gethostbyname_ex("no such host", t.backend());
  REQUIRE(!entry);
  REQUIRE(entry.error().domain() == ErrorDomain::gai);
  REQUIRE(entry.error().operation() == Operation::gethostbyname_ex);
  REQUIRE_ERROR(gethostbyname_ex("", t.backend()), HostErrc::no_recovery);
}

CONFORMANCE("hosts/gethostbyaddr", Rows({"function/gethostbyaddr", "family/AF_INET6"}),
            Needs{Feature::host_database, &probe::localhost}) {
  const HostEntry entry = REQUIRE_OK(gethostbyaddr("127.0.0.1", t.backend()));
  REQUIRE_EQ(entry.hostname, "localhost");
  REQUIRE_EQ(entry.ipaddrlist.size(), 1u);
  REQUIRE_EQ(entry.ipaddrlist[0], "127.0.0.1");
  // A name is resolved first, to either version of IP.
  const HostEntry named = REQUIRE_OK(gethostbyaddr("localhost", t.backend()));
  REQUIRE(named.ipaddrlist.at(0) == "127.0.0.1" || named.ipaddrlist.at(0) == "::1");
}

CONFORMANCE("hosts/gethostbyaddr_without_a_name", Rows({"function/gethostbyaddr", "exception/herror"}),
            Needs{Feature::host_database}) {
  const Error error = REQUIRE_ERROR(gethostbyaddr("::", t.backend()), HostErrc::host_not_found);
  REQUIRE(error.domain() == ErrorDomain::herror);
  REQUIRE_EQ(error.errc(), Errc::ok);
  REQUIRE_EQ(error.message(), "gethostbyaddr: Unknown host [HOST_NOT_FOUND]");
}

CONFORMANCE("hosts/gethostbyaddr_of_no_host", Rows({"function/gethostbyaddr", "exception/gaierror"}),
            Needs{Feature::host_database, Feature::getaddrinfo}) {
  const auto entry = gethostbyaddr("no such host", t.backend());
  REQUIRE(!entry);
  REQUIRE(entry.error().domain() == ErrorDomain::gai);
  REQUIRE_ERROR(gethostbyaddr("", t.backend()), GaiErrc::noname);
}

CONFORMANCE("hosts/getfqdn", Rows({"function/getfqdn"}), Needs{Feature::host_database, &probe::localhost}) {
  const HostEntry entry = REQUIRE_OK(gethostbyaddr("127.0.0.1", t.backend()));
  const std::string name = REQUIRE_OK(getfqdn(" 127.0.0.1\n", t.backend()));
  REQUIRE(name == entry.hostname || contains(entry.aliaslist, name));
  // Nothing that can be looked up: what was given.
  REQUIRE_EQ(REQUIRE_OK(getfqdn("no such host", t.backend())), "no such host");
}

CONFORMANCE("hosts/bad_names", Rows({"behaviour/B52"}), Needs{}) {
  const std::string long_label = std::string(64, 'x') + ".example";
  std::string long_name;
  for (int i = 0; i < 128; ++i) long_name += "a.";
  for (const auto& [host, refusal] :
       {std::pair(with_nul, UsageErrc::embedded_nul), std::pair(std::string_view("a..b"), UsageErrc::host_label),
        std::pair(std::string_view(long_label), UsageErrc::host_label),
        std::pair(std::string_view(long_name), UsageErrc::host_too_long)}) {
    REQUIRE_ERROR(gethostbyname(host, t.backend()), refusal);
    REQUIRE_ERROR(gethostbyname_ex(host, t.backend()), refusal);
    REQUIRE_ERROR(gethostbyaddr(host, t.backend()), refusal);
    REQUIRE_ERROR(getfqdn(host, t.backend()), refusal);
  }
}

// ---- services and protocols ----

CONFORMANCE("services/by_name", Rows({"function/getservbyname"}), Needs{Feature::services}) {
  REQUIRE_EQ(REQUIRE_OK(getservbyname("http", "tcp", t.backend())), 80);
  REQUIRE_EQ(REQUIRE_OK(getservbyname("http", std::nullopt, t.backend())), 80);
  REQUIRE_EQ(REQUIRE_OK(getservbyname("domain", "udp", t.backend())), 53);
  REQUIRE_EQ(REQUIRE_OK(getservbyname("tftp", std::nullopt, t.backend())), 69);  // of udp only
}

CONFORMANCE("services/by_port", Rows({"function/getservbyport"}), Needs{Feature::services}) {
  REQUIRE_EQ(REQUIRE_OK(getservbyport(80, "tcp", t.backend())), "http");
  REQUIRE_EQ(REQUIRE_OK(getservbyport(80, std::nullopt, t.backend())), "http");
  REQUIRE_EQ(REQUIRE_OK(getservbyport(53, "udp", t.backend())), "domain");
}

CONFORMANCE("services/unknown", Rows({"function/getservbyname", "function/getservbyport", "exception/OSError"}),
            Needs{Feature::services}) {
  const Error name = REQUIRE_ERROR(getservbyname("no-such-service", "tcp", t.backend()), UsageErrc::service_not_found);
  REQUIRE_EQ(name.message(), "getservbyname: service/proto not found [usage]");
  REQUIRE_ERROR(getservbyname("http", "no-such-protocol", t.backend()), UsageErrc::service_not_found);
  REQUIRE_ERROR(getservbyname("", std::nullopt, t.backend()), UsageErrc::service_not_found);
  const Error port = REQUIRE_ERROR(getservbyport(54321, "tcp", t.backend()), UsageErrc::port_not_found);
  REQUIRE_EQ(port.message(), "getservbyport: port/proto not found [usage]");
  REQUIRE_ERROR(getservbyport(80, "no-such-protocol", t.backend()), UsageErrc::port_not_found);
}

CONFORMANCE("services/bad_arguments", Rows({"behaviour/B52", "exception/OverflowError"}), Needs{}) {
  const Error error = REQUIRE_ERROR(getservbyport(65536, "tcp", t.backend()), UsageErrc::port_out_of_range);
  REQUIRE_EQ(error.message(), "getservbyport: port must be 0-65535, not 65536 [usage]");
  REQUIRE_ERROR(getservbyport(-1, std::nullopt, t.backend()), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(getservbyport(80, with_nul, t.backend()), UsageErrc::embedded_nul);
  REQUIRE_ERROR(getservbyname(with_nul, std::nullopt, t.backend()), UsageErrc::embedded_nul);
  REQUIRE_ERROR(getservbyname("http", with_nul, t.backend()), UsageErrc::embedded_nul);
  REQUIRE_ERROR(getprotobyname(with_nul, t.backend()), UsageErrc::embedded_nul);
}

CONFORMANCE("services/protocols", Rows({"function/getprotobyname"}), Needs{Feature::services}) {
  REQUIRE_EQ(REQUIRE_OK(getprotobyname("tcp", t.backend())), ipproto_tcp);
  REQUIRE_EQ(REQUIRE_OK(getprotobyname("udp", t.backend())), ipproto_udp);
  REQUIRE_EQ(REQUIRE_OK(getprotobyname("icmp", t.backend())), ipproto_icmp);
  REQUIRE_EQ(REQUIRE_OK(getprotobyname("ICMP", t.backend())), ipproto_icmp);  // an alias
  const Error error = REQUIRE_ERROR(getprotobyname("no-such-protocol", t.backend()), UsageErrc::protocol_not_found);
  REQUIRE_EQ(error.message(), "getprotobyname: protocol not found [usage]");
}

// ---- this machine ----

CONFORMANCE("hosts/sethostname", Rows({"function/sethostname", "function/gethostname"}), Needs{Feature::sethostname}) {
  // The name that it has: another one would be everyone's on this machine.
  const std::string name = REQUIRE_OK(gethostname(t.backend()));
  const auto set = sethostname(name, t.backend());
  // It takes a privilege, and of a proxy the permission.
  const bool may_not = !set && (set.error() == Errc::eperm || set.error() == Errc::eacces);
  if (!may_not) REQUIRE_OK(set);
  REQUIRE_EQ(REQUIRE_OK(gethostname(t.backend())), name);
}

CONFORMANCE("hosts/sethostname_to_what_is_no_name", Rows({"function/sethostname"}), Needs{Feature::sethostname}) {
  const std::string name = REQUIRE_OK(gethostname(t.backend()));
  REQUIRE_ERROR(sethostname(with_nul, t.backend()), UsageErrc::embedded_nul);
  const auto too_long = sethostname(std::string(300, 'x'), t.backend());
  REQUIRE(!too_long);
  // Whichever is looked at first.
  const bool may_not = too_long.error() == Errc::eperm || too_long.error() == Errc::eacces;
  if (!may_not) REQUIRE_ERROR(too_long, Errc::einval);
  REQUIRE_EQ(REQUIRE_OK(gethostname(t.backend())), name);
}

}  // namespace
}  // namespace everysock::conformance
