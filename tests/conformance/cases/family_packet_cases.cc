// AF_PACKET: packet(7).
#include "everysock/can_frame.h"
#include "waiting_support.h"

namespace everysock::conformance {
namespace {

// IEEE 802: for experiments, so nobody else's.
constexpr std::int32_t experiments = 0x88b5;
const std::string no_hardware_address(6, '\0');

Socket open_packet(Context& t, SocketKind kind = sock_dgram) {
  Socket s = REQUIRE_OK(socket(af_packet, kind, {}, t.backend()));
  REQUIRE_OK(s.settimeout(Context::patience));
  return s;
}

CONFORMANCE("family/packet_names", Rows({"family/AF_PACKET"}), Needs{Feature::packet, &probe::packet}) {
  Socket s = open_packet(t);
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(PacketAddress{}));
  REQUIRE_OK(s.bind(PacketAddress{"lo", experiments}));
  // The system adds the interface's hardware: ARPHRD_LOOPBACK.
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()),
             Address(PacketAddress{"lo", experiments, packet_host, 772, no_hardware_address}));
  REQUIRE_ERROR(s.bind(PacketAddress{"nosuch0", experiments}), Errc::enodev);
}

CONFORMANCE("family/packet_transfer", Rows({"family/AF_PACKET", "method/sendto", "method/recvfrom_into"}),
            Needs{Feature::packet, &probe::packet}) {
  Socket receiver = open_packet(t);
  REQUIRE_OK(receiver.bind(PacketAddress{"lo", experiments}));
  Socket sender = open_packet(t);
  const std::string frame = t.pattern(100);
  const Address to = PacketAddress{"lo", experiments, packet_host, 0, no_hardware_address};
  REQUIRE_EQ(REQUIRE_OK(sender.sendto(frame, to)), frame.size());
  std::string received(2000, '\0');
  const auto [size, from] = REQUIRE_OK(receiver.recvfrom_into(received));
  REQUIRE_EQ(received.substr(0, size), frame);
  REQUIRE_EQ(from, Address(PacketAddress{"lo", experiments, packet_host, 772, no_hardware_address}));
}

CONFORMANCE("family/packet_whole_frame", Rows({"family/AF_PACKET", "constant-group/SOCK_*"}),
            Needs{Feature::packet, &probe::packet}) {
  Socket receiver = open_packet(t, sock_raw);
  REQUIRE_OK(receiver.bind(PacketAddress{"lo", experiments}));
  Socket sender = open_packet(t, sock_raw);
  REQUIRE_OK(sender.bind(PacketAddress{"lo", 0}));
  // With its header: destination, source, protocol.
  const std::string frame = no_hardware_address + no_hardware_address + "\x88\xb5" + t.pattern(60, 1);
  REQUIRE_EQ(REQUIRE_OK(sender.send(frame)), frame.size());
  REQUIRE_EQ(REQUIRE_OK(receiver.recv(2000)), frame);
}

CONFORMANCE("family/packet_form", Rows({"family/AF_PACKET", "behaviour/B51"}), Needs{Feature::packet, &probe::packet}) {
  Socket s = open_packet(t);
  REQUIRE_ERROR(s.bind(PacketAddress{"lo", -1}), UsageErrc::packet_protocol);
  const Error error = REQUIRE_ERROR(s.bind(PacketAddress{"lo", 65536}), UsageErrc::packet_protocol);
  REQUIRE_EQ(error.detail(), 65536);
  REQUIRE_ERROR(s.sendto("x", PacketAddress{"lo", 1, packet_host, 0, "123456789"}), UsageErrc::packet_address_length);
  REQUIRE_ERROR(s.bind(PacketAddress{"an-interface-nam"}), UsageErrc::interface_name_too_long);
  REQUIRE_ERROR(s.bind(PacketAddress{std::string("l\0o", 3)}), UsageErrc::embedded_nul);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 0}), UsageErrc::address_form);
}

CONFORMANCE("family/packet_time_out", Rows({"family/AF_PACKET", "method/settimeout"}),
            Needs{Feature::packet, &probe::packet}) {
  Socket s = REQUIRE_OK(socket(af_packet, sock_dgram, {}, t.backend()));
  REQUIRE_OK(s.bind(PacketAddress{"lo", 0x88b6}));  // IEEE 802: for experiments, and no case's
  receive_in_vain(s);
  REQUIRE_ERROR(s.sendto("x", PacketAddress{"nosuch0", 0x88b6}), Errc::enodev);
}

CONFORMANCE("family/packet_both_directions", Rows({"family/AF_PACKET", "method/sendto", "method/recvfrom"}),
            Needs{Feature::packet, &probe::packet}) {
  // Protocols of their own, so that each hears the other alone.
  constexpr std::int32_t ours = 0x88b7;  // IEEE 802: of an organisation's own
  Socket a = open_packet(t);
  Socket b = open_packet(t);
  REQUIRE_OK(a.bind(PacketAddress{"lo", experiments}));
  REQUIRE_OK(b.bind(PacketAddress{"lo", ours}));
  REQUIRE_OK(a.sendto("there", PacketAddress{"lo", ours, packet_host, 0, no_hardware_address}));
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "there");
  REQUIRE_OK(b.sendto("and back", PacketAddress{"lo", experiments, packet_host, 0, no_hardware_address}));
  const auto back = REQUIRE_OK(a.recvfrom(100));
  REQUIRE_EQ(back.data, "and back");
  REQUIRE_EQ(std::get<PacketAddress>(back.address).proto, experiments);
}

// On a bus: a proxy's own traffic would be among what a socket sees of every protocol on the loopback interface.
CONFORMANCE("family/packet_every_protocol", Rows({"family/AF_PACKET", "constant-group/PACKET_*"}),
            Needs{Feature::packet, Feature::can_raw, &probe::packet, &probe::can_interface}) {
  constexpr std::int32_t ethertype_can = 0x000c;
  constexpr std::uint16_t hardware = 280;  // ARPHRD_CAN
  Socket sniffer = open_packet(t);
  REQUIRE_OK(sniffer.bind(PacketAddress{"vcan0", eth_p_all}));
  REQUIRE_EQ(REQUIRE_OK(sniffer.getsockname()), Address(PacketAddress{"vcan0", eth_p_all, packet_host, hardware}));
  Socket sender = REQUIRE_OK(socket(af_can, sock_raw, can_raw, t.backend()));
  REQUIRE_OK(sender.bind(CanAddress{"vcan0"}));
  const std::string frame = REQUIRE_OK(REQUIRE_OK(CanFrame::parse("123#1122")).pack());
  REQUIRE_OK(sender.send(frame));
  // On its way out, which a socket of one protocol does not see, and on its way in.
  for (PacketType type : {packet_outgoing, packet_broadcast}) {
    const auto seen = REQUIRE_OK(sniffer.recvfrom(100));
    REQUIRE_EQ(seen.data, frame);
    REQUIRE_EQ(seen.address, Address(PacketAddress{"vcan0", ethertype_can, type, hardware}));
  }
}

CONFORMANCE("family/packet_types", Rows({"family/AF_PACKET", "constant-group/PACKET_*"}),
            Needs{Feature::packet, &probe::packet}) {
  Socket receiver = open_packet(t);
  REQUIRE_OK(receiver.bind(PacketAddress{"lo", experiments}));
  Socket sender = open_packet(t, sock_raw);
  REQUIRE_OK(sender.bind(PacketAddress{"lo", 0}));
  const std::string source("\x02\0\0\0\0\x02", 6);  // locally administered, as is somebody else's below
  const struct {
    std::string destination;
    PacketType type;
  } frames[] = {{no_hardware_address, packet_host},
                {std::string("\x01\0\x5e\0\0\x01", 6), packet_multicast},
                {std::string("\x02\0\0\0\0\x01", 6), packet_otherhost}};
  for (const auto& [destination, type] : frames) {
    const std::string data = t.pattern(50);
    REQUIRE_OK(sender.send(destination + source + "\x88\xb5" + data));
    const auto received = REQUIRE_OK(receiver.recvfrom(2000));
    REQUIRE_EQ(received.data, data);
    REQUIRE_EQ(received.address, Address(PacketAddress{"lo", experiments, type, 772, source}));
  }
}

CONFORMANCE("family/packet_told_fields", Rows({"family/AF_PACKET", "method/bind", "method/sendto"}),
            Needs{Feature::packet, &probe::packet}) {
  // What the system tells of a frame it does not take from a program: pkttype and hatype, and bind() no address.
  const PacketAddress strange{"lo", experiments, packet_otherhost, 9, std::string(8, '\x03')};
  Socket receiver = open_packet(t);
  REQUIRE_OK(receiver.bind(strange));
  const Address name = PacketAddress{"lo", experiments, packet_host, 772, no_hardware_address};
  REQUIRE_EQ(REQUIRE_OK(receiver.getsockname()), name);
  Socket sender = open_packet(t);
  REQUIRE_OK(sender.sendto("told", PacketAddress{"lo", experiments, packet_outgoing, 9, no_hardware_address}));
  const auto received = REQUIRE_OK(receiver.recvfrom(100));
  REQUIRE_EQ(received.data, "told");
  REQUIRE_EQ(received.address, name);
}

CONFORMANCE("family/packet_of_a_protocol", Rows({"family/AF_PACKET", "constant-group/PACKET_*"}),
            Needs{Feature::packet, Feature::inet6_dgram, &probe::packet, &probe::ipv6_loopback}) {
  // Others' packets: a datagram on its way through the loopback interface.
  Socket sniffer = open_packet(t);
  REQUIRE_OK(sniffer.bind(PacketAddress{"lo", ethertype_ipv6}));
  Socket receiver = t.bound(udp6);
  Socket sender = t.open(udp6);
  const std::string datagram = t.pattern(77);
  REQUIRE_OK(sender.sendto(datagram, REQUIRE_OK(receiver.getsockname())));
  for (;;) {
    const auto packet = REQUIRE_OK(sniffer.recvfrom(65536));
    if (!packet.data.ends_with(datagram)) continue;
    REQUIRE_EQ(packet.address, Address(PacketAddress{"lo", ethertype_ipv6, packet_host, 772, no_hardware_address}));
    break;
  }
}

}  // namespace
}  // namespace everysock::conformance
