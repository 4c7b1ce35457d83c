// The three modes of a socket: blocking, non-blocking, with a time-out; and the default of new sockets.
#include <limits>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr double kShort = 0.03;

// Sets the default time-out for as long as it lives.
class DefaultTimeout {
 public:
  explicit DefaultTimeout(Timeout timeout) { REQUIRE_OK(setdefaulttimeout(timeout)); }
  ~DefaultTimeout() { (void)setdefaulttimeout(std::nullopt); }
  DefaultTimeout(const DefaultTimeout&) = delete;
  DefaultTimeout& operator=(const DefaultTimeout&) = delete;
};

// ---- modes ----

CONFORMANCE("timeout/modes",
            Rows({"method/setblocking", "method/settimeout", "method/gettimeout", "method/getblocking", "example/E17"}),
            Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_EQ(s.gettimeout(), std::nullopt);  // new sockets block
  REQUIRE(s.getblocking());
  REQUIRE_OK(s.setblocking(false));
  REQUIRE_EQ(s.gettimeout(), std::optional(0.0));
  REQUIRE(!s.getblocking());
  REQUIRE_OK(s.setblocking(true));
  REQUIRE_EQ(s.gettimeout(), std::nullopt);
  REQUIRE_OK(s.settimeout(2.5));
  REQUIRE_EQ(s.gettimeout(), std::optional(2.5));
  REQUIRE(s.getblocking());  // waits, if not for ever
  REQUIRE_OK(s.settimeout(0));
  REQUIRE(!s.getblocking());
  REQUIRE_OK(s.settimeout(std::nullopt));
  REQUIRE(s.getblocking());
  REQUIRE_EQ(s.gettimeout(), std::nullopt);
}

CONFORMANCE("timeout/bad_values", Rows({"method/settimeout", "exception/ValueError", "exception/OverflowError"}),
            Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.settimeout(3));
  REQUIRE_ERROR(s.settimeout(-1), UsageErrc::negative_timeout);
  REQUIRE_ERROR(s.settimeout(-1e-9), UsageErrc::negative_timeout);
  REQUIRE_ERROR(s.settimeout(std::numeric_limits<double>::quiet_NaN()), UsageErrc::negative_timeout);
  REQUIRE_ERROR(s.settimeout(std::numeric_limits<double>::infinity()), UsageErrc::timeout_too_large);
  REQUIRE_ERROR(s.settimeout(1e20), UsageErrc::timeout_too_large);
  REQUIRE_EQ(s.gettimeout(), std::optional(3.0));  // unchanged
}

CONFORMANCE("timeout/survives_close", Rows({"method/gettimeout"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.settimeout(1.5));
  REQUIRE_OK(s.close());
  REQUIRE_EQ(s.gettimeout(), std::optional(1.5));
  REQUIRE_ERROR(s.settimeout(1), Errc::ebadf);
  REQUIRE_ERROR(s.setblocking(true), Errc::ebadf);
}

CONFORMANCE("timeout/type_is_unaffected", Rows({"attribute/type", "behaviour/B16"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  for (const Timeout& timeout : {Timeout(0), Timeout(1), Timeout(std::nullopt)}) {
    REQUIRE_OK(s.settimeout(timeout));
    REQUIRE_EQ(s.type(), sock_stream);
  }
}

CONFORMANCE("timeout/descriptor_mode", Rows({"behaviour/B03"}), Needs{Feature::inet_stream}) {
  Socket s = t.open(tcp4);
  REQUIRE(REQUIRE_OK(t.backend().blocking(s.handle())));
  REQUIRE_OK(s.settimeout(5));
  REQUIRE(!REQUIRE_OK(t.backend().blocking(s.handle())));
  REQUIRE_OK(s.settimeout(0));
  REQUIRE(!REQUIRE_OK(t.backend().blocking(s.handle())));
  REQUIRE_OK(s.settimeout(std::nullopt));
  REQUIRE(REQUIRE_OK(t.backend().blocking(s.handle())));
}

CONFORMANCE("timeout/nonblocking_from_the_start",
            Rows({"function/socket", "example/E12", "behaviour/B16", "constant/SOCK_NONBLOCK",
                  "constant/SOCK_CLOEXEC"}),
            Needs{Feature::inet_dgram}) {
  Socket s = REQUIRE_OK(socket(af_inet, sock_dgram | sock_nonblock | sock_cloexec, {}, t.backend()));
  REQUIRE_EQ(s.type(), sock_dgram);
  REQUIRE_EQ(s.gettimeout(), std::optional(0.0));
  REQUIRE(!REQUIRE_OK(t.backend().blocking(s.handle())));
  REQUIRE_OK(s.bind({"127.0.0.1", 0}));
  REQUIRE_ERROR(s.recv(1), Errc::eagain);
}

// ---- the default ----

CONFORMANCE("timeout/default_of_new_sockets",
            Rows({"function/setdefaulttimeout", "function/getdefaulttimeout", "behaviour/B02"}),
            Needs{Feature::inet_stream}) {
  REQUIRE_EQ(getdefaulttimeout(), std::nullopt);
  Socket before = t.open(tcp4);
  const DefaultTimeout default_timeout(7.5);
  REQUIRE_EQ(getdefaulttimeout(), std::optional(7.5));
  Socket after = t.open(tcp4);
  REQUIRE_EQ(after.gettimeout(), std::optional(7.5));
  REQUIRE(!REQUIRE_OK(t.backend().blocking(after.handle())));
  REQUIRE_EQ(before.gettimeout(), std::nullopt);
  REQUIRE_OK(setdefaulttimeout(0));
  REQUIRE(!t.open(tcp4).getblocking());
  REQUIRE_OK(setdefaulttimeout(std::nullopt));
  REQUIRE_EQ(getdefaulttimeout(), std::nullopt);
  REQUIRE(t.open(tcp4).getblocking());
}

CONFORMANCE("timeout/default_bad_values", Rows({"function/setdefaulttimeout"}), Needs{}) {
  REQUIRE_ERROR(setdefaulttimeout(-1), UsageErrc::negative_timeout);
  REQUIRE_ERROR(setdefaulttimeout(std::numeric_limits<double>::quiet_NaN()), UsageErrc::negative_timeout);
  REQUIRE_ERROR(setdefaulttimeout(1e300), UsageErrc::timeout_too_large);
  REQUIRE_EQ(getdefaulttimeout(), std::nullopt);
}

CONFORMANCE("timeout/default_and_sock_nonblock", Rows({"behaviour/B02", "constant/SOCK_NONBLOCK"}),
            Needs{Feature::inet_stream}) {
  const DefaultTimeout default_timeout(7.5);
  Socket s = REQUIRE_OK(socket(af_inet, sock_stream | sock_nonblock, {}, t.backend()));
  REQUIRE_EQ(s.gettimeout(), std::optional(0.0));
}

CONFORMANCE("timeout/default_of_pairs", Rows({"function/socketpair", "behaviour/B02"}),
            Needs{Feature::unix_stream, Feature::socketpair_unix}) {
  const DefaultTimeout default_timeout(kShort);
  Connection c = t.connected(unix_pair);
  REQUIRE_EQ(c.client.gettimeout(), std::optional(kShort));
  REQUIRE_EQ(c.server.gettimeout(), std::optional(kShort));
  REQUIRE_TIMEOUT(c.client.recv(1));
}

CONFORMANCE_OVER(listener_kinds, "timeout/default_of_accepted", Rows({"method/accept", "behaviour/B07"}), Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  const DefaultTimeout default_timeout(kShort);
  Accepted accepted = REQUIRE_OK(listener.accept());
  REQUIRE_EQ(accepted.socket.gettimeout(), std::optional(kShort));
  REQUIRE_TIMEOUT(accepted.socket.recv(1));
}

CONFORMANCE_OVER(listener_kinds, "timeout/accepted_from_a_time_out_listener", Rows({"method/accept", "behaviour/B08"}),
                 Needs{}) {
  Socket listener = t.listener(kind);
  REQUIRE_OK(listener.settimeout(Context::patience));
  Connection c = t.connect_to(listener, kind);
  REQUIRE_EQ(c.server.gettimeout(), std::nullopt);
  REQUIRE(c.server.getblocking());
  REQUIRE(REQUIRE_OK(t.backend().blocking(c.server.handle())));
}

CONFORMANCE_OVER(listener_kinds, "timeout/accepted_from_a_nonblocking_listener",
                 Rows({"method/accept", "behaviour/B09"}), Needs{}) {
  Socket listener = t.listener(kind);
  REQUIRE_OK(listener.setblocking(false));
  Connection c = t.connect_to(listener, kind);
  REQUIRE_EQ(c.server.gettimeout(), std::nullopt);
}

}  // namespace
}  // namespace everysock::conformance
