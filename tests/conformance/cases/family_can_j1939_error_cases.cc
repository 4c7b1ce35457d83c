// CAN_J1939: messages that do not arrive, and what comes with those that do. Linux, Documentation/networking/j1939.rst;
// SAE J1939-21 for the frames.
#include <cstring>

#include "can_support.h"

namespace everysock::conformance {
namespace {

Socket node(Context& t, const CanJ1939Address& address) {
  Socket s = open_can(t, sock_dgram, can_j1939);
  REQUIRE_OK(s.bind(address));
  return s;
}

CanJ1939Address at(std::uint8_t address, std::uint32_t pgn = j1939_no_pgn) {
  return {.ifname = "vcan0", .pgn = pgn, .addr = address};
}

// What the error queue tells of a message: struct sock_extended_err.
struct Told {
  Errc error;
  std::uint8_t origin;
  std::uint32_t info;
};

Told told(Context& t, Socket& s) {
  REQUIRE(t.ready(s, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(s.recvmsg(200, 256, msg_errqueue));
  REQUIRE(message.msg_flags.has(msg_errqueue));
  for (const ControlMessage& item : message.ancdata) {
    if (item.level != sol_can_j1939 || item.type != scm_j1939_errqueue) continue;
    REQUIRE_EQ(item.data.size(), 16u);
    std::uint32_t number = 0;
    std::uint32_t info = 0;
    std::memcpy(&number, item.data.data(), sizeof(number));
    std::memcpy(&info, item.data.data() + 8, sizeof(info));
    return {Errc(number), static_cast<std::uint8_t>(item.data[4]), info};
  }
  fail_case(EVERYSOCK_HERE, "the error queue told nothing of J1939");
}

CONFORMANCE("family/can_j1939_absent", Rows({"protocol/CAN_J1939", "method/sendto"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  Socket s = node(t, at(0x72));
  // Nobody answers what is announced for 1.25 s.
  const double start = t.now();
  REQUIRE_OK(s.sendto(t.pattern(100), at(0x73, 0x12300)));
  REQUIRE_ERROR(s.recv(100), Errc::ehostunreach);
  REQUIRE_GE(t.now() - start, 1.2);
  // One frame needs no answer. From a socket of its own: Linux tells of the abort that it sends itself too, some time
  // later.
  Socket other = node(t, at(0x76));
  REQUIRE_OK(other.sendto("eight by", at(0x73, 0x12300)));
}

CONFORMANCE("family/can_j1939_error_queue",
            Rows({"protocol/CAN_J1939", "constant-group/J1939_* / SO_J1939_* / SCM_J1939_*", "method/recvmsg"}),
            Needs{Feature::can_j1939, Feature::error_queue, &probe::can_interface}) {
  Socket s = node(t, at(0x70));
  REQUIRE_OK(s.setsockopt(sol_can_j1939, so_j1939_errqueue, 1));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_j1939, so_j1939_errqueue)), 1);
  REQUIRE_OK(s.setblocking(false));
  REQUIRE_ERROR(s.recvmsg(10, 256, msg_errqueue), Errc::eagain);
  REQUIRE_OK(s.sendto(t.pattern(100), at(0x71, 0x12300)));
  const Told news = told(t, s);
  REQUIRE_EQ(news.error, Errc::ehostunreach);
  REQUIRE_EQ(news.origin, 1u);  // this machine
  REQUIRE_EQ(news.info, j1939_ee_info_tx_abort);
}

CONFORMANCE("family/can_j1939_bad_destination", Rows({"family/AF_CAN CAN_J1939", "method/sendto", "method/connect"}),
            Needs{Feature::can_j1939, &probe::can_interfaces}) {
  Socket unbound = open_can(t, sock_dgram, can_j1939);
  REQUIRE_ERROR(unbound.sendto("x", at(0x75, 0x12300)), Errc::ebadfd);
  Socket s = node(t, at(0x74));
  REQUIRE_ERROR(s.sendto("x", CanJ1939Address{.ifname = "vcan1", .pgn = 0x12300, .addr = 0x75}), Errc::ebadfd);
  REQUIRE_ERROR(s.sendto("x", CanJ1939Address{.ifname = "nosuch0", .pgn = 0x12300, .addr = 0x75}), Errc::enodev);
  REQUIRE_ERROR(s.sendto("x", at(0x75, 0x12345)), Errc::einval);
  REQUIRE_ERROR(s.connect(at(0x75, 0x12345)), Errc::einval);
  // A name that nobody has claimed has no address.
  REQUIRE_ERROR(s.sendto("x", CanJ1939Address{.ifname = "vcan0", .name = 0x1234, .pgn = 0x12300}), Errc::eaddrnotavail);
}

CONFORMANCE("family/can_j1939_claims", Rows({"family/AF_CAN CAN_J1939", "protocol/CAN_J1939", "method/bind"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  // Who has a name claims an address first; a quarter of a second later it is known by its name.
  constexpr std::uint64_t name = 0x8000'0000'0000'1234;
  Socket s = node(t, {.ifname = "vcan0", .name = name, .addr = 0x76});
  REQUIRE_OK(s.setsockopt(sol_socket, so_broadcast, 1));
  std::string claim(8, '\0');
  std::memcpy(claim.data(), &name, sizeof(name));
  REQUIRE_OK(s.sendto(claim, at(j1939_no_addr, j1939_pgn_address_claimed)));
  Socket sender = node(t, at(0x77));
  const CanJ1939Address by_name{.ifname = "vcan0", .name = name, .pgn = 0x12300, .addr = j1939_no_addr};
  const double end = t.now() + Context::patience;
  while (!sender.sendto("by name", by_name)) {
    REQUIRE_LT(t.now(), end);
    t.pause(0.02);
  }
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "by name");
  // And its messages bear the name.
  REQUIRE_OK(s.sendto("from a name", at(0x77, 0x12300)));
  const auto received = REQUIRE_OK(sender.recvfrom(100));
  REQUIRE_EQ(std::get<CanJ1939Address>(received.address).name, name);
  REQUIRE_EQ(std::get<CanJ1939Address>(received.address).addr, 0x76);
}

CONFORMANCE("family/can_j1939_ancillary",
            Rows({"protocol/CAN_J1939", "constant-group/J1939_* / SO_J1939_* / SCM_J1939_*", "method/recvmsg"}),
            Needs{Feature::can_j1939, Feature::control_messages, &probe::can_interface}) {
  Socket sender = node(t, at(0x78));
  Socket s = node(t, at(0x79));
  REQUIRE_EQ(REQUIRE_OK(sender.getsockopt(sol_can_j1939, so_j1939_send_prio)), 6);
  REQUIRE_OK(sender.setsockopt(sol_can_j1939, so_j1939_send_prio, 3));
  REQUIRE_ERROR(sender.setsockopt(sol_can_j1939, so_j1939_send_prio, 8), Errc::edom);
  REQUIRE_OK(sender.sendto("urgent", at(0x79, 0x12300)));
  const ReceivedMessage message = REQUIRE_OK(s.recvmsg(100, 128));
  REQUIRE_EQ(message.data, "urgent");
  REQUIRE_EQ(message.ancdata.size(), 2u);
  const ControlMessage destination{sol_can_j1939, scm_j1939_dest_addr, "\x79"};
  const ControlMessage priority{sol_can_j1939, scm_j1939_prio, "\x03"};
  REQUIRE(message.ancdata[0] == destination);
  REQUIRE(message.ancdata[1] == priority);
}

CONFORMANCE("family/can_j1939_filters",
            Rows({"protocol/CAN_J1939", "constant-group/J1939_* / SO_J1939_* / SCM_J1939_*", "method/setsockopt"}),
            Needs{Feature::can_j1939, &probe::can_interface}) {
  // struct j1939_filter: one sender's messages of one group.
  struct {
    std::uint64_t name, name_mask;
    std::uint32_t pgn, pgn_mask;
    std::uint8_t addr, addr_mask, padding[6];
  } const filter{0, 0, 0x12400, j1939_pgn_max, 0x7a, 0xff, {}};
  Socket wanted = node(t, at(0x7a));
  Socket other = node(t, at(0x7b));
  Socket s = node(t, at(0x7c));
  REQUIRE_OK(s.setsockopt(sol_can_j1939, so_j1939_filter, ConstBuffer(&filter, sizeof(filter))));
  REQUIRE_ERROR(s.setsockopt(sol_can_j1939, so_j1939_filter, "too short"), Errc::einval);
  REQUIRE_OK(other.sendto("another's", at(0x7c, 0x12400)));
  REQUIRE_OK(wanted.sendto("another group", at(0x7c, 0x12300)));
  REQUIRE_OK(wanted.sendto("wanted", at(0x7c, 0x12400)));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "wanted");
}

}  // namespace
}  // namespace everysock::conformance
