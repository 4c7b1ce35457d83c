// Families of one kind of machine each: AF_QIPCRTR and AF_RDS of Linux; those of other systems, which are refused.
#include <array>

#include "framework/case.h"
#include "framework/outcome.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("family/qipcrtr", Rows({"family/AF_QIPCRTR"}), Needs{Feature::qipcrtr, &probe::qipcrtr}) {
  Socket s = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  const auto unbound = std::get<QipcrtrAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(unbound.port, 0u);
  REQUIRE_OK(s.bind(QipcrtrAddress{unbound.node, 0}));
  const auto bound = std::get<QipcrtrAddress>(REQUIRE_OK(s.getsockname()));
  REQUIRE_EQ(bound.node, unbound.node);
  REQUIRE_NE(bound.port, 0u);
  Socket other = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  REQUIRE_ERROR(other.bind(QipcrtrAddress{0xfffffffe, 0}), Errc::einval);  // no node of ours
  REQUIRE_OK(other.connect(bound));
  REQUIRE_NE(std::get<QipcrtrAddress>(REQUIRE_OK(other.getsockname())).port, 0u);
  REQUIRE_ERROR(other.bind(InetAddress{"127.0.0.1", 0}), UsageErrc::address_form);
}

CONFORMANCE("family/rds", Rows({"family/AF_RDS"}), Needs{Feature::rds, &probe::rds}) {
  Socket receiver = REQUIRE_OK(socket(af_rds, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(receiver.settimeout(Context::patience));
  REQUIRE_OK(receiver.bind(InetAddress{"127.0.0.1", 0}));
  const Address name = REQUIRE_OK(receiver.getsockname());
  REQUIRE_NE(port_of(name), 0);
  Socket sender = REQUIRE_OK(socket(af_rds, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(sender.settimeout(Context::patience));
  REQUIRE_OK(sender.bind(InetAddress{"127.0.0.1", 0}));
  const std::string message = t.pattern(2000);
  REQUIRE_OK(sender.sendto(message, name));
  REQUIRE_OK(sender.sendto("and another", name));
  const auto received = REQUIRE_OK(receiver.recvfrom(4000));
  REQUIRE_EQ(received.data, message);
  REQUIRE_EQ(received.address, REQUIRE_OK(sender.getsockname()));
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(4000)), "and another");
  REQUIRE_ERROR(sender.bind(InetAddress{"127.0.0.1", 65536}), UsageErrc::port_out_of_range);
}

struct Foreign {
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  std::string_view name;
};

// Each is of one system, and refused by its name everywhere else.
CONFORMANCE("family/of_one_system",
            Rows({"family/PF_SYSTEM SYSPROTO_CONTROL", "family/AF_HYPERV", "family/AF_DIVERT", "family/AF_LINK"}),
            Needs{Feature::inet_stream}) {
  const std::array families = {
      Foreign{af_system, sock_dgram, sysproto_control, "AF_SYSTEM"},
      Foreign{af_hyperv, sock_stream, hv_protocol_raw, "AF_HYPERV"},
      Foreign{af_divert, sock_raw, {}, "AF_DIVERT"},
      Foreign{af_link, sock_raw, {}, "AF_LINK"},
  };
  for (const Foreign& foreign : families) {
    const auto s = socket(foreign.family, foreign.kind, foreign.protocol, t.backend());
    if (s) continue;
    if (s.error() == Errc::eperm || s.error() == Errc::eacces) continue;
    if (!is_refusal(s.error())) fail_case(EVERYSOCK_HERE, s.error().message(), s.error());
    REQUIRE_EQ(s.error().constant(), foreign.name);
  }
}

}  // namespace
}  // namespace everysock::conformance
