// CAN_ISOTP in detail: messages of one and of many frames, and the frames themselves, with a CAN_RAW socket as the
// peer. ISO 15765-2; Linux, Documentation/networking/iso15765-2.rst.
#include <initializer_list>

#include "can_support.h"
#include "everysock/can_isotp.h"

namespace everysock::conformance {
namespace {

constexpr std::uint32_t kHere = 0x640;   // what the socket receives with
constexpr std::uint32_t kThere = 0x648;  // what it transmits with

Socket transport(Context& t, std::uint32_t receive = kHere, std::uint32_t transmit = kThere) {
  Socket s = open_can(t, sock_dgram, can_isotp);
  REQUIRE_OK(s.bind(CanIsotpAddress{"vcan0", receive, transmit}));
  return s;
}

Socket transport(Context& t, const CanIsotpOptions& options) {
  Socket s = open_can(t, sock_dgram, can_isotp);
  REQUIRE_OK(s.setsockopt(sol_can_isotp, can_isotp_opts, options.pack()));
  REQUIRE_OK(s.bind(CanIsotpAddress{"vcan0", kHere, kThere}));
  return s;
}

CONFORMANCE("family/can_isotp_both_directions", Rows({"protocol/CAN_ISOTP", "family/AF_CAN CAN_ISOTP"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  const std::uint32_t identifiers[][2] = {{0x123, 0x321}, {can_eff_flag | 0x18da00f1, can_eff_flag | 0x18daf100}};
  for (const auto& [one, other] : identifiers) {
    Socket a = transport(t, one, other);
    Socket b = transport(t, other, one);
    // Of one frame, of two, and of sixteen times the numbers that frames have.
    for (const std::size_t size : std::initializer_list<std::size_t>{1, 7, 8, 13, 14, 200, 1800, 4095, 4096}) {
      const std::string message = t.pattern(size, size);
      REQUIRE_EQ(REQUIRE_OK(a.send(message)), size);
      const auto received = REQUIRE_OK(b.recvfrom(5000));
      REQUIRE_EQ(received.data, message);
      // Whose it is says no more than the interface.
      REQUIRE_EQ(received.address, Address(CanIsotpAddress{"vcan0"}));
      REQUIRE_OK(b.send(message));
      REQUIRE_EQ(REQUIRE_OK(a.recv(5000)), message);
    }
  }
}

CONFORMANCE("family/can_isotp_sends_frames", Rows({"protocol/CAN_ISOTP"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket peer = raw_can_for(t, kThere);
  Socket s = transport(t);
  REQUIRE_OK(s.send("\x11\x22\x33"));
  REQUIRE_EQ(hear(peer), "648#03112233");
  REQUIRE_OK(s.send("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  REQUIRE_EQ(hear(peer), "648#101A414243444546");
  say(peer, "640#300200");  // two frames, as fast as you can
  REQUIRE_EQ(hear(peer), "648#214748494A4B4C4D");
  REQUIRE_EQ(hear(peer), "648#224E4F5051525354");
  REQUIRE(!t.ready(peer, Interest::read, Context::moment));
  say(peer, "640#310000");  // wait
  say(peer, "640#300000");
  REQUIRE_EQ(hear(peer), "648#2355565758595A");
}

CONFORMANCE("family/can_isotp_takes_frames", Rows({"protocol/CAN_ISOTP"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket peer = raw_can_for(t, kThere);
  Socket s = open_can(t, sock_dgram, can_isotp);
  const CanIsotpFlowControl flow{.bs = 1, .stmin = 0x7f};
  REQUIRE_OK(s.setsockopt(sol_can_isotp, can_isotp_recv_fc, flow.pack()));
  REQUIRE_OK(s.bind(CanIsotpAddress{"vcan0", kHere, kThere}));
  say(peer, "640#0341424300000000");
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "ABC");
  say(peer, "640#1010414243444546");
  REQUIRE_EQ(hear(peer), "648#30017F");
  say(peer, "640#214748494A4B4C4D");
  REQUIRE_EQ(hear(peer), "648#30017F");
  say(peer, "640#224E4F50");
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "ABCDEFGHIJKLMNOP");
  // A message that is longer than its buffer is cut, and the next is the next.
  say(peer, "640#03414243");
  say(peer, "640#03444546");
  const auto cut = REQUIRE_OK(s.recvmsg(2));
  REQUIRE_EQ(cut.data, "AB");
  REQUIRE(cut.msg_flags.has(msg_trunc));
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "DEF");
}

CONFORMANCE("family/can_isotp_extended_addresses", Rows({"protocol/CAN_ISOTP"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket peer = raw_can_for(t, kThere);
  Socket s = transport(
      t, CanIsotpOptions{
             .flags = can_isotp_extend_addr | can_isotp_rx_ext_addr, .ext_address = 0xe1, .rx_ext_address = 0xe2});
  REQUIRE_OK(s.send("ABC"));
  REQUIRE_EQ(hear(peer), "648#E103414243");
  say(peer, "640#E303585858");  // somebody else's
  say(peer, "640#E203444546");
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "DEF");
  REQUIRE_OK(s.send("ABCDEFGHIJ"));
  REQUIRE_EQ(hear(peer), "648#E1100A4142434445");
  say(peer, "640#E2300000");
  REQUIRE_EQ(hear(peer), "648#E121464748494A");
}

CONFORMANCE("family/can_isotp_padding", Rows({"protocol/CAN_ISOTP"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket peer = raw_can_for(t, kThere);
  Socket s = transport(t, CanIsotpOptions{.flags = can_isotp_tx_padding | can_isotp_rx_padding | can_isotp_chk_pad_len |
                                                   can_isotp_chk_pad_data,
                                          .txpad_content = 0xaa,
                                          .rxpad_content = 0x55});
  REQUIRE_OK(s.send("ABC"));
  REQUIRE_EQ(hear(peer), "648#03414243AAAAAAAA");
  say(peer, "640#0344454655555555");
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "DEF");
  for (const char* bad : {"640#0344454655555500", "640#03444546"}) {
    say(peer, bad);
    REQUIRE_ERROR(s.recv(100), Errc::ebadmsg);
  }
  say(peer, "640#100A414243444546");
  REQUIRE_EQ(hear(peer), "648#300000AAAAAAAAAA");
  say(peer, "640#214748494A555555");
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "ABCDEFGHIJ");
}

CONFORMANCE("family/can_isotp_fd_frames", Rows({"protocol/CAN_ISOTP"}),
            Needs{Feature::can_isotp, Feature::can_fd, &probe::can_interface}) {
  const CanIsotpLinkLayer link{.mtu = 72, .tx_dl = 64, .tx_flags = canfd_brs};
  Socket peer = raw_can_for(t, kThere);
  REQUIRE_OK(peer.setsockopt(sol_can_raw, can_raw_fd_frames, 1));
  Socket a = open_can(t, sock_dgram, can_isotp);
  Socket b = open_can(t, sock_dgram, can_isotp);
  for (Socket* s : {&a, &b}) REQUIRE_OK(s->setsockopt(sol_can_isotp, can_isotp_ll_opts, link.pack()));
  REQUIRE_OK(a.bind(CanIsotpAddress{"vcan0", kHere, kThere}));
  REQUIRE_OK(b.bind(CanIsotpAddress{"vcan0", kThere, kHere}));
  REQUIRE_OK(a.send("ABCDEFGH"));
  REQUIRE_EQ(hear(peer), "648##100084142434445464748CCCC");
  REQUIRE_EQ(REQUIRE_OK(b.recv(100)), "ABCDEFGH");
  const std::string message = t.pattern(3000);
  REQUIRE_OK(a.send(message));
  REQUIRE_EQ(REQUIRE_OK(b.recv(5000)), message);
}

CONFORMANCE("family/can_isotp_options", Rows({"protocol/CAN_ISOTP", "method/setsockopt", "method/getsockopt"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket s = open_can(t, sock_dgram, can_isotp);
  const auto options = [&] {
    return REQUIRE_OK(CanIsotpOptions::unpack(REQUIRE_OK(s.getsockopt(sol_can_isotp, can_isotp_opts, 12))));
  };
  const auto link = [&] {
    return REQUIRE_OK(CanIsotpLinkLayer::unpack(REQUIRE_OK(s.getsockopt(sol_can_isotp, can_isotp_ll_opts, 3))));
  };
  REQUIRE(options() == CanIsotpOptions{});
  REQUIRE(link() == CanIsotpLinkLayer{});
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_isotp, can_isotp_recv_fc, 3)), CanIsotpFlowControl{}.pack());
  // One address stands for both directions as long as nothing else is said.
  REQUIRE_OK(s.setsockopt(sol_can_isotp, can_isotp_opts, CanIsotpOptions{.ext_address = 7}.pack()));
  REQUIRE_EQ(options().rx_ext_address, 7u);
  for (const Option gap : {can_isotp_tx_stmin, can_isotp_rx_stmin}) {
    REQUIRE_OK(s.setsockopt(sol_can_isotp, gap, 123456));
    REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_isotp, gap)), 123456);
  }
  const auto both = CanIsotpOptions{.flags = can_isotp_sf_broadcast | can_isotp_cf_broadcast};
  REQUIRE_ERROR(s.setsockopt(sol_can_isotp, can_isotp_opts, both.pack()), Errc::einval);
  for (const CanIsotpLinkLayer bad : {CanIsotpLinkLayer{.mtu = 17}, CanIsotpLinkLayer{.tx_dl = 12},
                                      CanIsotpLinkLayer{.mtu = 72, .tx_dl = 13}, CanIsotpLinkLayer{.tx_flags = 1}}) {
    REQUIRE_ERROR(s.setsockopt(sol_can_isotp, can_isotp_ll_opts, bad.pack()), Errc::einval);
  }
  REQUIRE_ERROR(s.setsockopt(sol_can_isotp, can_isotp_opts, "too short"), Errc::einval);
  REQUIRE_OK(s.setsockopt(sol_can_isotp, can_isotp_opts, CanIsotpOptions{}.pack()));
  REQUIRE_OK(s.bind(CanIsotpAddress{"vcan0", kHere, kThere}));
  REQUIRE_ERROR(s.setsockopt(sol_can_isotp, can_isotp_opts, CanIsotpOptions{}.pack()), Errc::eisconn);
}

CONFORMANCE("family/can_isotp_broadcast", Rows({"protocol/CAN_ISOTP"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket peer = raw_can_for(t, kThere);
  Socket single = transport(t, CanIsotpOptions{.flags = can_isotp_sf_broadcast});
  REQUIRE_OK(single.send("ABC"));
  REQUIRE_EQ(hear(peer), "648#03414243");
  REQUIRE_ERROR(single.send("too many for one"), Errc::einval);
  REQUIRE_OK(single.close());
  // Without flow control.
  Socket many = transport(t, CanIsotpOptions{.flags = can_isotp_cf_broadcast});
  REQUIRE_OK(many.send("ABCDEFGHIJ"));
  REQUIRE_EQ(hear(peer), "648#100A414243444546");
  REQUIRE_EQ(hear(peer), "648#214748494A");
}

CONFORMANCE("family/can_isotp_alone", Rows({"protocol/CAN_ISOTP", "method/settimeout"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket peer = raw_can_for(t, kThere);
  Socket s = transport(t);
  REQUIRE_OK(s.settimeout(0.05));
  REQUIRE_TIMEOUT(s.recv(100));
  REQUIRE_OK(s.settimeout(Context::patience));
  // Nobody tells it to go on.
  const double start = t.now();
  REQUIRE_OK(s.send("ABCDEFGHIJ"));
  REQUIRE_ERROR(s.recv(100), Errc::ecomm);
  REQUIRE_GE(t.now() - start, 0.9);
  REQUIRE_EQ(hear(peer), "648#100A414243444546");
  // Told that it is too much.
  REQUIRE_OK(s.send("ABCDEFGHIJ"));
  REQUIRE_EQ(hear(peer), "648#100A414243444546");
  say(peer, "640#320000");
  REQUIRE_ERROR(s.recv(100), Errc::emsgsize);
  // The rest stays away, or has the wrong number.
  say(peer, "640#100A414243444546");
  REQUIRE_ERROR(s.recv(100), Errc::etimedout);
  say(peer, "640#100A414243444546");
  say(peer, "640#224748494A");
  REQUIRE_ERROR(s.recv(100), Errc::eilseq);
  // And it goes on all the same.
  say(peer, "640#03414243");
  REQUIRE_EQ(REQUIRE_OK(s.recv(100)), "ABC");
}

CONFORMANCE("family/can_isotp_bad_address", Rows({"family/AF_CAN CAN_ISOTP", "method/bind"}),
            Needs{Feature::can_isotp, &probe::can_interface}) {
  Socket s = open_can(t, sock_dgram, can_isotp);
  REQUIRE_ERROR(s.send("x"), Errc::eaddrnotavail);
  for (const char* interface : {"nosuch0", "", "lo"}) {
    REQUIRE_ERROR(s.bind(CanIsotpAddress{interface, kHere, kThere}), Errc::enodev);
  }
  REQUIRE_ERROR(s.bind(CanIsotpAddress{"sixteen-bytes-ab", 1, 2}), UsageErrc::interface_name_too_long);
  for (const std::uint32_t bad : {0x800u, can_rtr_flag | 1u, can_err_flag | 1u, can_eff_flag | can_rtr_flag | 1u}) {
    REQUIRE_ERROR(s.bind(CanIsotpAddress{"vcan0", bad, kThere}), Errc::einval);
    REQUIRE_ERROR(s.bind(CanIsotpAddress{"vcan0", kHere, bad}), Errc::einval);
  }
  REQUIRE_ERROR(s.bind(CanIsotpAddress{"vcan0", kHere, kHere}), Errc::eaddrnotavail);
  REQUIRE_OK(s.bind(CanIsotpAddress{"vcan0", kHere, kThere}));
  REQUIRE_ERROR(s.bind(CanIsotpAddress{"vcan0", kHere, kThere}), Errc::einval);
  REQUIRE_ERROR(s.connect(CanIsotpAddress{"vcan0", kHere, kThere}), Errc::eopnotsupp);
  REQUIRE_ERROR(s.send(""), Errc::einval);
}

}  // namespace
}  // namespace everysock::conformance
