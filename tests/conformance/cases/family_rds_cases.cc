// AF_RDS: reliable datagrams. rds(7).
#include "waiting_support.h"

namespace everysock::conformance {
namespace {

Socket open_rds(Context& t) {
  Socket s = REQUIRE_OK(socket(af_rds, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

CONFORMANCE("family/rds", Rows({"family/AF_RDS"}), Needs{Feature::rds, &probe::rds}) {
  Socket receiver = open_rds(t);
  REQUIRE_OK(receiver.bind(InetAddress{"127.0.0.1", 0}));
  const Address name = REQUIRE_OK(receiver.getsockname());
  REQUIRE_NE(port_of(name), 0);
  Socket sender = open_rds(t);
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

CONFORMANCE("family/rds_both_directions", Rows({"family/AF_RDS", "method/connect", "method/recvfrom"}),
            Needs{Feature::rds, &probe::rds}) {
  Socket server = open_rds(t);
  REQUIRE_OK(server.bind(InetAddress{"127.0.0.1", 0}));
  Socket client = open_rds(t);
  REQUIRE_OK(client.bind(InetAddress{"127.0.0.1", 0}));
  REQUIRE_OK(client.connect(REQUIRE_OK(server.getsockname())));
  REQUIRE_EQ(REQUIRE_OK(client.getpeername()), REQUIRE_OK(server.getsockname()));
  REQUIRE_OK(client.send("question"));
  const auto question = REQUIRE_OK(server.recvfrom(100));
  REQUIRE_EQ(question.data, "question");
  REQUIRE_OK(server.sendto("answer", question.address));
  REQUIRE_EQ(REQUIRE_OK(client.recv(100)), "answer");
}

CONFORMANCE("family/rds_bad_address", Rows({"family/AF_RDS", "method/bind", "method/sendto"}),
            Needs{Feature::rds, &probe::rds}) {
  Socket s = open_rds(t);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"127.0.0.1", 4000}), Errc::enotconn);  // from where?
  REQUIRE_ERROR(s.bind(InetAddress{"0.0.0.0", 0}), Errc::einval);                // of one address it must be
  REQUIRE_ERROR(s.bind(InetAddress{"192.0.2.1", 0}), Errc::eaddrnotavail);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 65536}), UsageErrc::port_out_of_range);
  REQUIRE_ERROR(s.bind(UnixAddress{"path"}), UsageErrc::address_form);
  REQUIRE_OK(s.bind(InetAddress{"127.0.0.1", 0}));
  Socket other = open_rds(t);
  REQUIRE_ERROR(other.bind(REQUIRE_OK(s.getsockname())), Errc::eaddrinuse);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 0}), Errc::einval);  // it has one
  REQUIRE_ERROR(s.sendto("x", InetAddress{"0.0.0.0", 4000}), Errc::einval);
  REQUIRE_ERROR(s.sendto("x", InetAddress{"224.0.0.1", 4000}), Errc::einval);
  // Nobody is there any more: messages are taken all the same, and wait.
  const Address gone = REQUIRE_OK(s.getsockname());
  REQUIRE_OK(s.close());
  Socket sender = open_rds(t);
  REQUIRE_OK(sender.bind(InetAddress{"127.0.0.1", 0}));
  REQUIRE_OK(sender.sendto("kept", gone));
}

CONFORMANCE("family/rds_time_out", Rows({"family/AF_RDS", "method/settimeout"}), Needs{Feature::rds, &probe::rds}) {
  Socket s = open_rds(t);
  REQUIRE_OK(s.bind(InetAddress{"127.0.0.1", 0}));
  receive_in_vain(s);
}

}  // namespace
}  // namespace everysock::conformance
