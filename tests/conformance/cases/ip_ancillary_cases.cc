// What IP tells of a datagram, and lets a sender choose, as ancillary data: RFC 3542, ip(7), ipv6(7).
#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

// The sender, and a receiver that is bound to the wildcard of its family.
struct Datagrams {
  Socket sender;
  Socket receiver;
  Address to;  // the receiver's loopback address
};

Datagrams datagrams(Context& t, const Kind& kind) {
  Datagrams d{t.bound(kind), t.open(kind), {}};
  if (kind.family == af_inet) {
    REQUIRE_OK(d.receiver.bind(InetAddress{"", 0}));
  } else {
    REQUIRE_OK(d.receiver.bind(Inet6Address{"::", 0}));
  }
  d.to = t.loopback(kind, port_of(REQUIRE_OK(d.receiver.getsockname())));
  return d;
}

ReceivedMessage receive_message(Context& t, Socket& receiver, std::ptrdiff_t room = 256) {
  REQUIRE(t.ready(receiver, Interest::read));
  return REQUIRE_OK(receiver.recvmsg(100, room));
}

Result<std::size_t> send_with_to(Datagrams& d, const ControlMessage& item) {
  return d.sender.sendmsg({"m"}, {&item, 1}, {}, &d.to);
}

// Sends one datagram as it comes and gives the ancillary data that it brings.
std::vector<ControlMessage> arrive(Context& t, Datagrams& d) {
  REQUIRE_OK(d.sender.sendto("m", d.to));
  return receive_message(t, d.receiver).ancdata;
}

void require_switch(Socket& s, OptionLevel level, Option option) {
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(level, option)), 0);
  REQUIRE_OK(s.setsockopt(level, option, 1));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(level, option)), 1);
}

// ---- where it went to ----

CONFORMANCE("ip_ancillary/packet_info", Rows({"constant/IP_PKTINFO", "method/recvmsg"}),
            Needs{Feature::inet_dgram, Feature::packet_info, Feature::interfaces}) {
  Datagrams d = datagrams(t, udp4);
  require_switch(d.receiver, ipproto_ip, ip_pktinfo);
  const auto items = arrive(t, d);
  REQUIRE_EQ(items.size(), 1u);
  const auto info = find_control<Ipv4PacketInfo>(items);
  REQUIRE(info.has_value());
  REQUIRE(info->destination == "127.0.0.1");
  REQUIRE(info->local == "127.0.0.1");
  REQUIRE_EQ(info->interface_index, loopback_interface(t.backend()));
  REQUIRE_OK(d.receiver.setsockopt(ipproto_ip, ip_pktinfo, 0));
  REQUIRE(arrive(t, d).empty());
}

CONFORMANCE("ip_ancillary/packet_info_of_another_address", Rows({"constant/IP_PKTINFO", "method/sendmsg"}),
            Needs{Feature::inet_dgram, Feature::packet_info, &probe::ipv4_loopbacks}) {
  Datagrams d = datagrams(t, udp4);
  REQUIRE_OK(d.receiver.setsockopt(ipproto_ip, ip_pktinfo, 1));
  d.to = InetAddress{"127.0.0.2", port_of(d.to)};
  auto info = find_control<Ipv4PacketInfo>(arrive(t, d));
  REQUIRE(info.has_value());
  REQUIRE(info->destination == "127.0.0.2");
  // The answer can come from the address that was asked.
  Socket other = t.open(udp4);
  REQUIRE_OK(other.bind(InetAddress{"", 0}));
  const Address back = t.loopback(udp4, port_of(REQUIRE_OK(d.sender.getsockname())));
  const ControlMessage from = Ipv4PacketInfo{0, "127.0.0.2", {}}.message();
  REQUIRE_OK(other.sendmsg({"answer"}, {&from, 1}, {}, &back));
  const ReceivedMessage answer = receive_message(t, d.sender);
  REQUIRE_EQ(answer.address, Address(InetAddress{"127.0.0.2", port_of(REQUIRE_OK(other.getsockname()))}));
}

CONFORMANCE("ip_ancillary/packet_info6", Rows({"constant-group/IPV6_*", "method/recvmsg"}),
            Needs{Feature::inet6_dgram, Feature::packet_info, Feature::interfaces, &probe::ipv6_loopback}) {
  Datagrams d = datagrams(t, udp6);
  require_switch(d.receiver, ipproto_ipv6, ipv6_recvpktinfo);
  const auto items = arrive(t, d);
  REQUIRE_EQ(items.size(), 1u);
  REQUIRE(find_control<Ipv6PacketInfo>(items) == (Ipv6PacketInfo{"::1", loopback_interface(t.backend())}));
  REQUIRE_OK(d.receiver.setsockopt(ipproto_ipv6, ipv6_recvpktinfo, 0));
  REQUIRE(arrive(t, d).empty());
  // Sending: the address and the interface to send by.
  const ControlMessage from = Ipv6PacketInfo{"::1", loopback_interface(t.backend())}.message();
  REQUIRE_OK(send_with_to(d, from));
  REQUIRE_EQ(receive_message(t, d.receiver).address, REQUIRE_OK(d.sender.getsockname()));
}

CONFORMANCE("ip_ancillary/packet_info_of_ipv4_peers", Rows({"constant-group/IPV6_*"}),
            Needs{Feature::inet6_dgram, Feature::packet_info, Feature::dual_stack, &probe::dual_stack}) {
  Socket receiver = t.open(udp6);
  REQUIRE_OK(receiver.setsockopt(ipproto_ipv6, ipv6_v6only, 0));
  REQUIRE_OK(receiver.bind(Inet6Address{"::", 0}));
  REQUIRE_OK(receiver.setsockopt(ipproto_ipv6, ipv6_recvpktinfo, 1));
  Socket sender = t.bound(udp4);
  REQUIRE_OK(sender.sendto("m", InetAddress{"127.0.0.1", port_of(REQUIRE_OK(receiver.getsockname()))}));
  const auto info = find_control<Ipv6PacketInfo>(receive_message(t, receiver).ancdata);
  REQUIRE(info.has_value());
  REQUIRE(info->address == "::ffff:127.0.0.1");
}

CONFORMANCE("ip_ancillary/packet_info_that_cannot_be", Rows({"constant/IP_PKTINFO", "method/sendmsg"}),
            Needs{Feature::inet_dgram, Feature::packet_info}) {
  Datagrams d = datagrams(t, udp4);
  // Nobody's address here: EINVAL, or since Linux 6.14 what a route that cannot be had gives.
  const auto sent = send_with_to(d, Ipv4PacketInfo{0, "192.0.2.1", {}}.message());
  REQUIRE(!sent);
  if (sent.error() != Errc::enetunreach) REQUIRE_ERROR(sent, Errc::einval);
  REQUIRE_ERROR(send_with_to(d, Ipv4PacketInfo{99999, "0.0.0.0", {}}.message()), Errc::enodev);
  REQUIRE_ERROR(send_with_to(d, {ipproto_ip, ip_pktinfo, std::string(11, '\0')}), Errc::einval);
  REQUIRE_ERROR(send_with_to(d, {ipproto_ip, ip_pktinfo, std::string(13, '\0')}), Errc::einval);
  REQUIRE_OK(send_with_to(d, Ipv4PacketInfo{}.message()));
}

CONFORMANCE("ip_ancillary/packet_info6_that_cannot_be", Rows({"constant-group/IPV6_*", "method/sendmsg"}),
            Needs{Feature::inet6_dgram, Feature::packet_info, &probe::ipv6_loopback}) {
  Datagrams d = datagrams(t, udp6);
  REQUIRE_ERROR(send_with_to(d, Ipv6PacketInfo{"2001:db8::1", 0}.message()), Errc::einval);
  REQUIRE_ERROR(send_with_to(d, Ipv6PacketInfo{"::", 99999}.message()), Errc::enodev);
  REQUIRE_ERROR(send_with_to(d, {ipproto_ipv6, ipv6_pktinfo, std::string(19, '\0')}), Errc::einval);
  REQUIRE_OK(send_with_to(d, Ipv6PacketInfo{}.message()));
}

// ---- how far it may go, and how it is served ----

CONFORMANCE("ip_ancillary/ttl", Rows({"constant/IP_RECVTTL", "constant-group/IP_*", "method/sendmsg"}),
            Needs{Feature::inet_dgram, Feature::ip_ancillary}) {
  Datagrams d = datagrams(t, udp4);
  require_switch(d.receiver, ipproto_ip, ip_recvttl);
  REQUIRE(find_control<TimeToLive>(arrive(t, d)) == TimeToLive{REQUIRE_OK(d.sender.getsockopt(ipproto_ip, ip_ttl))});
  REQUIRE_OK(d.sender.setsockopt(ipproto_ip, ip_ttl, 42));
  REQUIRE(find_control<TimeToLive>(arrive(t, d)) == TimeToLive{42});
  // For one datagram.
  REQUIRE_OK(send_with_to(d, TimeToLive{7}.message()));
  REQUIRE(find_control<TimeToLive>(receive_message(t, d.receiver).ancdata) == TimeToLive{7});
  REQUIRE(find_control<TimeToLive>(arrive(t, d)) == TimeToLive{42});
  for (const std::int32_t bad : {0, 256, -1}) REQUIRE_ERROR(send_with_to(d, TimeToLive{bad}.message()), Errc::einval);
  REQUIRE_ERROR(send_with_to(d, {ipproto_ip, ip_ttl, "\1"}), Errc::einval);
  REQUIRE_OK(d.receiver.setsockopt(ipproto_ip, ip_recvttl, 0));
  REQUIRE(arrive(t, d).empty());
}

CONFORMANCE("ip_ancillary/tos", Rows({"constant/IP_RECVTOS", "constant-group/IP_*", "method/sendmsg"}),
            Needs{Feature::inet_dgram, Feature::ip_ancillary}) {
  Datagrams d = datagrams(t, udp4);
  require_switch(d.receiver, ipproto_ip, ip_recvtos);
  const auto items = arrive(t, d);
  REQUIRE_EQ(items.size(), 1u);
  REQUIRE_EQ(items[0].data, std::string(1, '\0'));
  REQUIRE_OK(d.sender.setsockopt(ipproto_ip, ip_tos, 0x10));
  REQUIRE(find_control<TypeOfService>(arrive(t, d)) == TypeOfService{0x10});
  REQUIRE_OK(send_with_to(d, TypeOfService{0x28}.message()));
  REQUIRE(find_control<TypeOfService>(receive_message(t, d.receiver).ancdata) == TypeOfService{0x28});
  // A byte will do.
  REQUIRE_OK(send_with_to(d, {ipproto_ip, ip_tos, "\x20"}));
  REQUIRE(find_control<TypeOfService>(receive_message(t, d.receiver).ancdata) == TypeOfService{0x20});
  REQUIRE(find_control<TypeOfService>(arrive(t, d)) == TypeOfService{0x10});
  for (const std::int32_t bad : {256, -1}) REQUIRE_ERROR(send_with_to(d, TypeOfService{bad}.message()), Errc::einval);
  REQUIRE_ERROR(send_with_to(d, {ipproto_ip, ip_tos, "ab"}), Errc::einval);
  REQUIRE_OK(d.receiver.setsockopt(ipproto_ip, ip_recvtos, 0));
  REQUIRE(arrive(t, d).empty());
}

CONFORMANCE("ip_ancillary/hop_limit", Rows({"constant-group/IPV6_*", "method/sendmsg", "method/recvmsg"}),
            Needs{Feature::inet6_dgram, Feature::ip_ancillary, &probe::ipv6_loopback}) {
  Datagrams d = datagrams(t, udp6);
  require_switch(d.receiver, ipproto_ipv6, ipv6_recvhoplimit);
  REQUIRE(find_control<HopLimit>(arrive(t, d)) ==
          HopLimit{REQUIRE_OK(d.sender.getsockopt(ipproto_ipv6, ipv6_unicast_hops))});
  REQUIRE_OK(d.sender.setsockopt(ipproto_ipv6, ipv6_unicast_hops, 33));
  REQUIRE(find_control<HopLimit>(arrive(t, d)) == HopLimit{33});
  for (const std::int32_t once : {7, 0, 255}) {
    REQUIRE_OK(send_with_to(d, HopLimit{once}.message()));
    REQUIRE(find_control<HopLimit>(receive_message(t, d.receiver).ancdata) == HopLimit{once});
  }
  REQUIRE(find_control<HopLimit>(arrive(t, d)) == HopLimit{33});
  for (const std::int32_t bad : {256, -2}) REQUIRE_ERROR(send_with_to(d, HopLimit{bad}.message()), Errc::einval);
  REQUIRE_ERROR(send_with_to(d, {ipproto_ipv6, ipv6_hoplimit, "ab"}), Errc::einval);
  REQUIRE_OK(d.receiver.setsockopt(ipproto_ipv6, ipv6_recvhoplimit, 0));
  REQUIRE(arrive(t, d).empty());
}

CONFORMANCE("ip_ancillary/traffic_class", Rows({"constant-group/IPV6_*", "method/sendmsg", "method/recvmsg"}),
            Needs{Feature::inet6_dgram, Feature::ip_ancillary, &probe::ipv6_loopback}) {
  Datagrams d = datagrams(t, udp6);
  require_switch(d.receiver, ipproto_ipv6, ipv6_recvtclass);
  REQUIRE(find_control<TrafficClass>(arrive(t, d)) == TrafficClass{0});
  REQUIRE_OK(d.sender.setsockopt(ipproto_ipv6, ipv6_tclass, 0x10));
  REQUIRE(find_control<TrafficClass>(arrive(t, d)) == TrafficClass{0x10});
  REQUIRE_OK(send_with_to(d, TrafficClass{0x28}.message()));
  REQUIRE(find_control<TrafficClass>(receive_message(t, d.receiver).ancdata) == TrafficClass{0x28});
  REQUIRE(find_control<TrafficClass>(arrive(t, d)) == TrafficClass{0x10});
  for (const std::int32_t bad : {256, -2}) REQUIRE_ERROR(send_with_to(d, TrafficClass{bad}.message()), Errc::einval);
  REQUIRE_ERROR(send_with_to(d, {ipproto_ipv6, ipv6_tclass, "ab"}), Errc::einval);
  REQUIRE_OK(d.receiver.setsockopt(ipproto_ipv6, ipv6_recvtclass, 0));
  REQUIRE(arrive(t, d).empty());
}

// ---- all together ----

CONFORMANCE("ip_ancillary/all_at_once", Rows({"method/recvmsg", "method/sendmsg", "behaviour/B28"}),
            Needs{Feature::inet_dgram, Feature::ip_ancillary, Feature::packet_info}) {
  Datagrams d = datagrams(t, udp4);
  for (const Option option : {ip_pktinfo, ip_recvttl, ip_recvtos}) {
    REQUIRE_OK(d.receiver.setsockopt(ipproto_ip, option, 1));
  }
  const std::array items = {TimeToLive{9}.message(), TypeOfService{0x10}.message()};
  const auto send = [&] { REQUIRE_OK(d.sender.sendmsg({"m"}, items, {}, &d.to)); };
  send();
  const std::ptrdiff_t room = room_for(12) + room_for(4) + room_for(1);
  const ReceivedMessage whole = receive_message(t, d.receiver, room);
  REQUIRE(!whole.msg_flags.has(msg_ctrunc));
  REQUIRE_EQ(whole.ancdata.size(), 3u);
  REQUIRE(find_control<TimeToLive>(whole.ancdata) == TimeToLive{9});
  REQUIRE(find_control<TypeOfService>(whole.ancdata) == TypeOfService{0x10});
  REQUIRE(find_control<Ipv4PacketInfo>(whole.ancdata).has_value());
  // With less room: as many as there is room for, from the first.
  for (std::ptrdiff_t less = 0; less < room - 7; ++less) {
    send();
    const ReceivedMessage cut = receive_message(t, d.receiver, less);
    REQUIRE(cut.msg_flags.has(msg_ctrunc));
    REQUIRE_EQ(cut.data, "m");
    REQUIRE_LE(cut.ancdata.size(), whole.ancdata.size());
    for (std::size_t i = 0; i < cut.ancdata.size(); ++i) {
      REQUIRE(cut.ancdata[i].type == whole.ancdata[i].type);
      REQUIRE(!cut.ancdata[i].data.empty());
      REQUIRE_EQ(cut.ancdata[i].data, whole.ancdata[i].data.substr(0, cut.ancdata[i].data.size()));
    }
  }
}

CONFORMANCE_OVER(udp_kinds, "ip_ancillary/only_where_asked_for", Rows({"method/recv", "method/recvfrom"}),
                 Needs{Feature::ip_ancillary}) {
  Datagrams d = datagrams(t, kind);
  const bool v4 = kind.family == af_inet;
  REQUIRE_OK(d.receiver.setsockopt(v4 ? OptionLevel(ipproto_ip) : OptionLevel(ipproto_ipv6),
                                   v4 ? ip_recvttl : ipv6_recvhoplimit, 1));
  REQUIRE_OK(d.sender.sendto("one", d.to));
  REQUIRE_OK(d.sender.sendto("two", d.to));
  REQUIRE_OK(d.sender.sendto("three", d.to));
  REQUIRE(t.ready(d.receiver, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(d.receiver.recv(10)), "one");
  REQUIRE_EQ(REQUIRE_OK(d.receiver.recvfrom(10)).data, "two");
  REQUIRE(REQUIRE_OK(d.receiver.recvmsg(10)).msg_flags.has(msg_ctrunc));
}

CONFORMANCE_OVER(udp_kinds, "ip_ancillary/means_nothing_here", Rows({"method/sendmsg"}),
                 Needs{Feature::control_messages}) {
  // Descriptors and credentials are of AF_UNIX: other sockets take no notice of them.
  Datagrams d = datagrams(t, kind);
  REQUIRE_OK(send_with_to(d, rights_of({&d.sender})));
  REQUIRE(receive_message(t, d.receiver).ancdata.empty());
  REQUIRE_OK(send_with_to(d, Credentials{1, 0, 0}.message()));
  REQUIRE(receive_message(t, d.receiver).ancdata.empty());
}

CONFORMANCE_OVER(tcp_kinds, "ip_ancillary/streams", Rows({"method/sendmsg"}), Needs{Feature::control_messages}) {
  // A stream takes no notice of what is of other levels or of AF_UNIX, and refuses what is nothing at all.
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(send_with(c.client, "a", TimeToLive{7}.message())), 1u);
  REQUIRE_EQ(REQUIRE_OK(send_with(c.client, "b", rights_of({&c.client}))), 1u);
  REQUIRE_ERROR(send_with(c.client, "c", {sol_socket, ControlType(777), "data"}), Errc::einval);
  REQUIRE_EQ(t.receive(c.server, 2), "ab");
}

}  // namespace
}  // namespace everysock::conformance
