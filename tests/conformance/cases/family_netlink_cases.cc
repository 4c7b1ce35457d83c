// AF_NETLINK: netlink(7), rtnetlink(7).
#include <cstring>

#include "waiting_support.h"

namespace everysock::conformance {
namespace {

Socket open_netlink(Context& t) {
  Socket s = REQUIRE_OK(socket(af_netlink, sock_raw, netlink_route, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

NetlinkAddress name_of(const Socket& s) {
  const Address name = REQUIRE_OK(s.getsockname());
  REQUIRE(std::holds_alternative<NetlinkAddress>(name));
  return std::get<NetlinkAddress>(name);
}

// struct nlmsghdr and struct ifinfomsg: RTM_GETLINK, of all interfaces.
std::string links_request() {
  struct {
    std::uint32_t length;
    std::uint16_t type;
    std::uint16_t flags;
    std::uint32_t sequence;
    std::uint32_t port;
    std::uint8_t about[16];
  } request{};
  constexpr std::uint16_t get_link = 18;
  constexpr std::uint16_t request_and_dump = 0x301;
  request.length = sizeof(request);
  request.type = get_link;
  request.flags = request_and_dump;
  request.sequence = 7;
  return {reinterpret_cast<const char*>(&request), sizeof(request)};
}

CONFORMANCE("family/netlink_names", Rows({"family/AF_NETLINK", "constant-group/NETLINK_*"}),
            Needs{Feature::netlink, &probe::netlink}) {
  Socket s = open_netlink(t);
  REQUIRE_EQ(name_of(s).pid, 0u);
  REQUIRE_OK(s.bind(NetlinkAddress{}));
  REQUIRE_NE(name_of(s).pid, 0u);
  REQUIRE_EQ(name_of(s).groups, 0u);
  Socket other = open_netlink(t);
  REQUIRE_OK(other.bind(NetlinkAddress{0, 1}));  // RTMGRP_LINK
  REQUIRE_NE(name_of(other).pid, name_of(s).pid);
  REQUIRE_EQ(name_of(other).groups, 1u);
  Socket third = open_netlink(t);
  REQUIRE_ERROR(third.bind(NetlinkAddress{name_of(s).pid}), Errc::eaddrinuse);
}

CONFORMANCE("family/netlink_answers", Rows({"family/AF_NETLINK", "method/recvfrom"}),
            Needs{Feature::netlink, &probe::netlink}) {
  Socket s = open_netlink(t);
  REQUIRE_OK(s.bind(NetlinkAddress{}));
  REQUIRE_EQ(REQUIRE_OK(s.sendto(links_request(), NetlinkAddress{})), 32u);
  const auto answer = REQUIRE_OK(s.recvfrom(65536));
  REQUIRE_EQ(answer.address, Address(NetlinkAddress{}));  // the kernel
  REQUIRE_LT(32u, answer.data.size());
  std::uint32_t sequence = 0;
  std::memcpy(&sequence, answer.data.data() + 8, sizeof(sequence));
  REQUIRE_EQ(sequence, 7u);
}

CONFORMANCE("family/netlink_form", Rows({"family/AF_NETLINK", "behaviour/B51"}),
            Needs{Feature::netlink, &probe::netlink}) {
  Socket s = open_netlink(t);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 0}), UsageErrc::address_form);
  REQUIRE_ERROR(s.bind(VsockAddress{}), UsageErrc::address_form);
  REQUIRE_ERROR(s.sendto("x", Address()), UsageErrc::address_required);
}

CONFORMANCE("family/netlink_time_out", Rows({"family/AF_NETLINK", "method/settimeout"}),
            Needs{Feature::netlink, &probe::netlink}) {
  Socket s = REQUIRE_OK(socket(af_netlink, sock_raw, netlink_route, t.backend()));
  REQUIRE_OK(s.bind(NetlinkAddress{}));
  receive_in_vain(s);
  // Nobody has this port.
  REQUIRE_ERROR(s.sendto("x", NetlinkAddress{0x7ffffff0}), Errc::econnrefused);
}

CONFORMANCE("family/netlink_between_programs", Rows({"family/AF_NETLINK", "constant-group/NETLINK_*", "method/sendto"}),
            Needs{Feature::netlink, &probe::netlink}) {
  Socket one = REQUIRE_OK(socket(af_netlink, sock_dgram, netlink_usersock, t.backend()));
  Socket other = REQUIRE_OK(socket(af_netlink, sock_dgram, netlink_usersock, t.backend()));
  for (Socket* s : {&one, &other}) {
    REQUIRE_OK(s->settimeout(Context::patience));
    REQUIRE_OK(s->bind(NetlinkAddress{}));
  }
  REQUIRE_OK(one.connect(NetlinkAddress{name_of(other).pid}));
  REQUIRE_EQ(REQUIRE_OK(one.getpeername()), Address(NetlinkAddress{name_of(other).pid}));
  REQUIRE_OK(one.send("there"));
  const auto there = REQUIRE_OK(other.recvfrom(100));
  REQUIRE_EQ(there.data, "there");
  REQUIRE_EQ(there.address, Address(NetlinkAddress{name_of(one).pid}));
  REQUIRE_OK(other.sendto("and back", there.address));
  REQUIRE_EQ(REQUIRE_OK(one.recv(100)), "and back");
}

CONFORMANCE("family/netlink_groups", Rows({"family/AF_NETLINK", "method/bind", "method/sendto"}),
            Needs{Feature::netlink, &probe::netlink, &probe::packet}) {  // packet: groups take the same privileges
  constexpr std::uint32_t group = 1U << 16;
  Socket listener = REQUIRE_OK(socket(af_netlink, sock_dgram, netlink_usersock, t.backend()));
  REQUIRE_OK(listener.settimeout(Context::patience));
  REQUIRE_OK(listener.bind(NetlinkAddress{0, group}));
  Socket taker = REQUIRE_OK(socket(af_netlink, sock_dgram, netlink_usersock, t.backend()));
  REQUIRE_OK(taker.settimeout(Context::patience));
  REQUIRE_OK(taker.bind(NetlinkAddress{}));
  // To one in particular, and to all of a group.
  Socket sender = REQUIRE_OK(socket(af_netlink, sock_dgram, netlink_usersock, t.backend()));
  REQUIRE_OK(sender.sendto("news", NetlinkAddress{name_of(taker).pid, group}));
  REQUIRE_EQ(REQUIRE_OK(taker.recv(100)), "news");
  REQUIRE_EQ(REQUIRE_OK(listener.recv(100)), "news");
}

CONFORMANCE("family/netlink_bad_fields", Rows({"family/AF_NETLINK", "method/bind", "method/sendto"}),
            Needs{Feature::netlink, &probe::netlink, &probe::packet}) {
  // No mask is wrong: a protocol has at least 32 groups.
  constexpr std::uint32_t every_group = 0xffffffff;
  Socket s = REQUIRE_OK(socket(af_netlink, sock_dgram, netlink_usersock, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  REQUIRE_OK(s.bind(NetlinkAddress{0, every_group}));
  const std::uint32_t pid = name_of(s).pid;
  REQUIRE_EQ(name_of(s).groups, every_group);
  // A second bind changes the groups and no more.
  REQUIRE_ERROR(s.bind(NetlinkAddress{pid + 1, 0}), Errc::einval);
  REQUIRE_EQ(name_of(s).groups, every_group);
  REQUIRE_OK(s.bind(NetlinkAddress{pid, 0}));
  REQUIRE_EQ(name_of(s), (NetlinkAddress{pid, 0}));
  // A group without members is no error, a port that nobody has is one.
  Socket sender = REQUIRE_OK(socket(af_netlink, sock_dgram, netlink_usersock, t.backend()));
  REQUIRE_OK(sender.sendto("x", NetlinkAddress{pid, 1U << 31}));
  REQUIRE_EQ(REQUIRE_OK(s.recv(10)), "x");
  REQUIRE_ERROR(sender.sendto("x", NetlinkAddress{0x7ffffff0, 1U << 31}), Errc::econnrefused);
}

}  // namespace
}  // namespace everysock::conformance
