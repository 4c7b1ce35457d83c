// AF_QIPCRTR: Linux, include/uapi/linux/qrtr.h.
#include "waiting_support.h"

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

CONFORMANCE("family/qipcrtr_both_directions", Rows({"family/AF_QIPCRTR", "method/sendto", "method/recvfrom"}),
            Needs{Feature::qipcrtr, &probe::qipcrtr}) {
  Socket server = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  REQUIRE_OK(server.settimeout(Context::patience));
  const std::uint32_t node = std::get<QipcrtrAddress>(REQUIRE_OK(server.getsockname())).node;
  REQUIRE_OK(server.bind(QipcrtrAddress{node, 0x4010}));
  REQUIRE_EQ(REQUIRE_OK(server.getsockname()), Address(QipcrtrAddress{node, 0x4010}));
  Socket client = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  REQUIRE_OK(client.settimeout(Context::patience));
  REQUIRE_OK(client.connect(QipcrtrAddress{node, 0x4010}));
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), Address(QipcrtrAddress{node, 0x4010}));
  const std::string message = t.pattern(1000);
  REQUIRE_OK(client.send(message));
  const auto received = REQUIRE_OK(server.recvfrom(2000));
  REQUIRE_EQ(received.data, message);
  REQUIRE_EQ(received.address, REQUIRE_OK(client.getsockname()));
  REQUIRE_OK(server.sendto("back", received.address));
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "back");
}

CONFORMANCE("family/qipcrtr_bad_address", Rows({"family/AF_QIPCRTR", "method/bind", "method/sendto"}),
            Needs{Feature::qipcrtr, &probe::qipcrtr}) {
  Socket s = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  const std::uint32_t node = std::get<QipcrtrAddress>(REQUIRE_OK(s.getsockname())).node;
  REQUIRE_OK(s.bind(QipcrtrAddress{node, 0x4012}));
  Socket other = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  REQUIRE_ERROR(other.bind(QipcrtrAddress{node, 0x4012}), Errc::eaddrinuse);
  REQUIRE_ERROR(other.bind(QipcrtrAddress{node + 7, 0x4013}), Errc::einval);
  // Nobody has the port; there is no such node.
  REQUIRE_ERROR(s.sendto("x", QipcrtrAddress{node, 0x7ff0}), Errc::enodev);
  REQUIRE_ERROR(s.sendto("x", QipcrtrAddress{node + 7, 0x4012}), Errc::econnreset);
}

CONFORMANCE("family/qipcrtr_time_out", Rows({"family/AF_QIPCRTR", "method/settimeout"}),
            Needs{Feature::qipcrtr, &probe::qipcrtr}) {
  Socket s = REQUIRE_OK(socket(af_qipcrtr, sock_dgram, {}, t.backend()));
  const auto node = std::get<QipcrtrAddress>(REQUIRE_OK(s.getsockname())).node;
  REQUIRE_OK(s.bind(QipcrtrAddress{node, 0}));
  receive_in_vain(s);
}

}  // namespace
}  // namespace everysock::conformance
