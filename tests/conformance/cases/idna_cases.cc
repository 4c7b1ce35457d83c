// Host names that are not ASCII. No case asks a name server: the only name of another script that every machine knows
// is "localhost" in full-width letters.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr const char* wide_localhost = "\uFF2C\uFF4F\uFF43\uFF41\uFF4C\uFF28\uFF4F\uFF53\uFF54";
constexpr const char* wide_loopback = "\uFF11\uFF12\uFF17\u3002\uFF10\uFF0E\uFF10\uFF61\uFF11";  // 127.0.0.1

CONFORMANCE("idna/getaddrinfo", Rows({"behaviour/B59", "function/getaddrinfo"}),
            Needs{Feature::getaddrinfo, &probe::localhost}) {
  const auto infos = REQUIRE_OK(getaddrinfo(wide_localhost, 80, af_inet, sock_stream, {}, ai_canonname, t.backend()));
  REQUIRE_EQ(infos.at(0).address, Address(InetAddress{"127.0.0.1", 80}));
  REQUIRE_EQ(infos.at(0).canonname, "localhost");
}

CONFORMANCE("idna/numeric", Rows({"behaviour/B59"}), Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(gethostbyname(wide_loopback, t.backend())), "127.0.0.1");
}

CONFORMANCE("idna/bind_and_connect", Rows({"behaviour/B59", "family/AF_INET"}),
            Needs{Feature::getaddrinfo, Feature::inet_stream, Feature::listen, &probe::localhost}) {
  Socket listener = t.open(tcp4);
  REQUIRE_OK(listener.bind(InetAddress{wide_localhost, 0}));
  REQUIRE_OK(listener.listen());
  Socket client = t.open(tcp4);
  REQUIRE_OK(client.connect(InetAddress{wide_localhost, port_of(REQUIRE_OK(listener.getsockname()))}));
  REQUIRE_EQ(std::get<InetAddress>(REQUIRE_OK(client.getpeername())).host, Host("127.0.0.1"));
  REQUIRE_OK(listener.accept());
}

CONFORMANCE("idna/unencodable", Rows({"behaviour/B59", "family/AF_INET"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  // Not UTF-8, a no-break space, a right-to-left override.
  for (const char* host : {"\xFF", "a\u00A0\u00FC", "\u202E\u00FC"}) {
    const Error error = REQUIRE_ERROR(s.connect(InetAddress{host, 80}), UsageErrc::host_encoding);
    REQUIRE_EQ(error.message(), "connect: encoding of hostname failed [usage]");
    REQUIRE_ERROR(s.bind(InetAddress{host, 0}), UsageErrc::host_encoding);
    REQUIRE_ERROR(gethostbyname(host, t.backend()), UsageErrc::host_encoding);
    REQUIRE_ERROR(getaddrinfo(host, 80, af_unspec, {}, {}, {}, t.backend()), UsageErrc::host_encoding);
  }
  std::string long_label;
  for (int i = 0; i < 60; ++i) long_label += "\u00FC";
  REQUIRE_ERROR(s.connect(InetAddress{long_label, 80}), UsageErrc::host_label);
  REQUIRE_ERROR(s.connect(InetAddress{"\u3002\u00FC", 80}), UsageErrc::host_label);
}

}  // namespace
}  // namespace everysock::conformance
