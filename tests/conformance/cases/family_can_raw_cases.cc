// CAN_RAW in detail: who hears what. Linux, Documentation/networking/can.rst.
#include <vector>

#include "can_support.h"

namespace everysock::conformance {
namespace {

struct Filter {
  std::uint32_t id;
  std::uint32_t mask;
};
constexpr std::uint32_t kInverted = can_err_flag;  // CAN_INV_FILTER

void set_filters(Socket& s, const std::vector<Filter>& filters) {
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_filter, ConstBuffer(filters.data(), filters.size() * sizeof(Filter))));
}

void say_all(Socket& s, std::initializer_list<const char*> frames) {
  for (const char* frame : frames) say(s, frame);
}

CONFORMANCE("family/can_raw_both_directions", Rows({"protocol/CAN_RAW", "example/E07"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket a = raw_can(t);
  Socket b = raw_can(t);
  for (const char* frame : {"123#", "7FF#1122334455667788", "00000123#01", "1FFFFFFF#AB", "123#R", "123#R8"}) {
    say(a, frame);
    REQUIRE_EQ(hear(b), frame);
    say(b, frame);
    REQUIRE_EQ(hear(a), frame);
  }
}

CONFORMANCE("family/can_raw_time_out", Rows({"protocol/CAN_RAW", "method/settimeout"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket s = raw_can(t);
  REQUIRE_OK(s.settimeout(0.05));
  const double start = t.now();
  REQUIRE_TIMEOUT(s.recv(16));
  REQUIRE_GE(t.now() - start, 0.045);
  REQUIRE_OK(s.setblocking(false));
  REQUIRE_ERROR(s.recv(16), Errc::eagain);
  say(s, "123#");  // which it does not hear itself
  REQUIRE(!t.ready(s, Interest::read, Context::moment));
  REQUIRE(t.ready(s, Interest::write));
}

CONFORMANCE("family/can_raw_bad_address", Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "method/bind", "method/sendto"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket s = open_can(t, sock_raw, can_raw);
  const std::string frame = REQUIRE_OK(CanFrame{.id = 1}.pack());
  REQUIRE_ERROR(s.send(frame), Errc::enxio);  // on all interfaces at once
  for (const char* absent : {"nosuch0", "vcan", "vcan00"}) {
    REQUIRE_ERROR(s.bind(CanAddress{absent}), Errc::enodev);
    REQUIRE_ERROR(s.sendto(frame, CanAddress{absent}), Errc::enodev);
  }
  REQUIRE_ERROR(s.bind(CanAddress{"lo"}), Errc::enodev);  // which is no CAN interface
  REQUIRE_ERROR(s.sendto(frame, CanAddress{"lo"}), Errc::eperm);
  REQUIRE_ERROR(s.sendto(frame, CanAddress{""}), Errc::enxio);
  REQUIRE_ERROR(s.sendto(frame, CanAddress{"sixteen-bytes-ab"}), UsageErrc::interface_name_too_long);
  REQUIRE_ERROR(s.sendto(frame, InetAddress{"127.0.0.1", 1}), UsageErrc::address_form);
  // Nothing of this has bound it.
  REQUIRE_EQ(REQUIRE_OK(s.getsockname()), Address(CanAddress{}));
}

CONFORMANCE("family/can_raw_has_no_connections", Rows({"protocol/CAN_RAW", "method/shutdown"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket s = raw_can(t);
  REQUIRE_ERROR(s.connect(CanAddress{"vcan0"}), Errc::eopnotsupp);
  REQUIRE_ERROR(s.listen(), Errc::eopnotsupp);
  REQUIRE_ERROR(s.shutdown(shut_wr), Errc::eopnotsupp);
}

CONFORMANCE("family/can_raw_all_interfaces", Rows({"family/AF_CAN (CAN_RAW, CAN_BCM)", "method/recvfrom"}),
            Needs{Feature::can_raw, &probe::can_interfaces}) {
  Socket all = raw_can(t, "");
  Socket first = raw_can(t, "vcan0");
  Socket second = raw_can(t, "vcan1");
  say(second, "002#22");
  say(first, "001#11");
  for (const char* interface : {"vcan1", "vcan0"}) {
    const auto received = REQUIRE_OK(all.recvfrom(16));
    REQUIRE_EQ(received.address, Address(CanAddress{interface}));
  }
  // The buses do not hear each other.
  say(second, "003#");
  say(first, "004#");
  Socket again = raw_can(t, "vcan0");
  REQUIRE_OK(again.bind(CanAddress{"vcan1"}));  // it may change its mind
  REQUIRE_EQ(REQUIRE_OK(again.getsockname()), Address(CanAddress{"vcan1"}));
  say(first, "005#");
  say(second, "006#");
  REQUIRE_EQ(hear(again), "006#");
}

CONFORMANCE("family/can_raw_inverted_filter", Rows({"protocol/CAN_RAW", "constant-group/CAN_*"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = raw_can(t);
  set_filters(s, {{0x100 | kInverted, can_sff_mask}});
  say_all(sender, {"100#", "101#", "100#", "102#"});
  REQUIRE_EQ(hear(s), "101#");
  REQUIRE_EQ(hear(s), "102#");
}

CONFORMANCE("family/can_raw_join_filters", Rows({"constant/CAN_RAW_JOIN_FILTERS", "constant-group/CAN_*"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = raw_can(t);
  // 0x100 to 0x10f, but for 0x101 and 0x102.
  set_filters(s, {{0x100, 0x7f0}, {0x101 | kInverted, can_sff_mask}, {0x102 | kInverted, can_sff_mask}});
  say_all(sender, {"200#", "102#", "103#"});
  // Any of the filters will do as long as they are not joined, and a frame comes once however many take it.
  REQUIRE_EQ(hear(s), "200#");
  REQUIRE_EQ(hear(s), "102#");
  REQUIRE_EQ(hear(s), "103#");
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_join_filters, 1));
  say_all(sender, {"200#", "101#", "102#", "103#", "110#", "10F#"});
  REQUIRE_EQ(hear(s), "103#");
  REQUIRE_EQ(hear(s), "10F#");
}

CONFORMANCE("family/can_raw_extended_filter", Rows({"constant-group/CAN_*"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket standard = raw_can(t);
  set_filters(standard, {{0x123, can_eff_flag | can_eff_mask}});
  Socket extended = raw_can(t);
  set_filters(extended, {{can_eff_flag | 0x123, can_eff_flag | can_eff_mask}});
  Socket requests = raw_can(t);
  set_filters(requests, {{can_rtr_flag, can_rtr_flag}});
  say_all(sender, {"00000123#01", "123#02", "123#R"});
  REQUIRE_EQ(hear(extended), "00000123#01");
  REQUIRE_EQ(hear(standard), "123#02");
  REQUIRE_EQ(hear(standard), "123#R");
  REQUIRE_EQ(hear(requests), "123#R");
}

CONFORMANCE("family/can_raw_without_filters", Rows({"constant-group/CAN_*", "method/getsockopt"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = raw_can(t);
  // At first there is one that takes everything.
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_raw, can_raw_filter, 64)), std::string(8, '\0'));
  set_filters(s, {});
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_raw, can_raw_filter, 64)), "");
  say(sender, "123#");
  REQUIRE(!t.ready(s, Interest::read, Context::moment));
  set_filters(s, {{1, can_sff_mask}, {2, can_sff_mask}});
  REQUIRE_ERROR(s.getsockopt(sol_can_raw, can_raw_filter, 8), Errc::erange);
  REQUIRE_ERROR(s.setsockopt(sol_can_raw, can_raw_filter, "1234567"), Errc::einval);
  REQUIRE_ERROR(s.setsockopt(sol_can_raw, can_raw_loopback, "1"), Errc::einval);
}

CONFORMANCE("family/can_raw_error_filter", Rows({"protocol/CAN_RAW", "constant-group/CAN_*"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  // Error frames come from controllers; on a virtual bus a program can play one.
  constexpr std::uint32_t kController = 0x4;
  constexpr std::uint32_t kBusOff = 0x40;
  Socket sender = raw_can(t);
  Socket plain = raw_can(t);
  Socket s = raw_can(t);
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_err_filter, static_cast<int>(kBusOff)));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_raw, can_raw_err_filter)), static_cast<int>(kBusOff));
  set_filters(s, {});
  say_all(sender, {"20000004#0000000000000000", "123#", "20000040#0000000000000000"});
  REQUIRE_EQ(hear(s), "20000040#0000000000000000");
  REQUIRE_EQ(hear(plain), "123#");
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_err_filter, static_cast<int>(kBusOff | kController)));
  say_all(sender, {"20000008#0000000000000000", "20000004#0000000000000000"});
  REQUIRE_EQ(hear(s), "20000004#0000000000000000");
}

CONFORMANCE("family/can_raw_loopback", Rows({"protocol/CAN_RAW", "constant-group/CAN_*"}),
            Needs{Feature::can_raw, &probe::can_interface}) {
  Socket s = raw_can(t);
  Socket other = raw_can(t);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_raw, can_raw_loopback)), 1);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_raw, can_raw_recv_own_msgs)), 0);
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_recv_own_msgs, 1));
  say(s, "001#");
  REQUIRE_EQ(hear(s), "001#");
  REQUIRE_EQ(hear(other), "001#");
  // Only for whoever is elsewhere, which on a virtual bus is nobody.
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_loopback, 0));
  say(s, "002#");
  REQUIRE_OK(s.setsockopt(sol_can_raw, can_raw_loopback, 1));
  say(s, "003#");
  REQUIRE_EQ(hear(s), "003#");
  REQUIRE_EQ(hear(other), "003#");
}

CONFORMANCE("family/can_fd_both_directions", Rows({"constant/CAN_RAW_FD_FRAMES"}),
            Needs{Feature::can_fd, &probe::can_interface}) {
  Socket a = raw_can(t);
  Socket b = raw_can(t);
  Socket classic = raw_can(t);
  for (Socket* s : {&a, &b}) REQUIRE_OK(s->setsockopt(sol_can_raw, can_raw_fd_frames, 1));
  // Both kinds go on, and whoever has not asked for FD frames is spared them.
  for (const char* frame : {"123##1AABB", "1F334455##0", "123#11",
                            "123##3"
                            "00112233445566778899AABB"}) {
    say(a, frame);
    REQUIRE_EQ(hear(b), frame);
    say(b, frame);
    REQUIRE_EQ(hear(a), frame);
  }
  REQUIRE_EQ(hear(classic), "123#11");
  CanFrame frame{.format = CanFormat::fd, .id = 1, .data = std::string(64, 'x')};
  std::string bytes = REQUIRE_OK(frame.pack());
  bytes[4] = 65;
  REQUIRE_ERROR(a.send(bytes), Errc::einval);
}

CONFORMANCE("family/can_xl_frames", Rows({"protocol/CAN_RAW"}), Needs{Feature::can_xl, &probe::can_interface}) {
  Socket sender = raw_can(t);
  Socket s = raw_can(t);
  const CanFrame frame{.format = CanFormat::xl,
                       .id = 0x123,
                       .flags = canxl_xlf | canxl_sec,
                       .sdt = 3,
                       .af = 0x12345678,
                       .data = t.pattern(2048)};
  const std::string bytes = REQUIRE_OK(frame.pack());
  REQUIRE_ERROR(sender.send(bytes), Errc::einval);
  for (Socket* one : {&sender, &s}) REQUIRE_OK(one->setsockopt(sol_can_raw, can_raw_xl_frames, 1));
  REQUIRE_EQ(REQUIRE_OK(sender.send(bytes)), 2060u);
  REQUIRE_EQ(REQUIRE_OK(s.recv(CanFrame::max_packed)), bytes);
  // They bring FD frames along.
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_can_raw, can_raw_fd_frames)), 1);
  REQUIRE_ERROR(s.setsockopt(sol_can_raw, can_raw_fd_frames, 0), Errc::einval);
  say(sender, "123##0AA");
  REQUIRE_EQ(hear(s), "123##0AA");
}

}  // namespace
}  // namespace everysock::conformance
