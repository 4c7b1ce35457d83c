// Every frame, written and read again.
#include <doctest/doctest.h>

#include <array>
#include <set>

#include "tests/websocket/wire.h"

namespace everysock::websocket {
namespace {

template <typename Body>
void round_trip(const Body& body, WireHandle handle, std::uint8_t flags = 0) {
  const std::string bytes = message(handle, body, flags);
  CAPTURE(to_hex(bytes));
  const Direction direction = Body::direction == Direction::to_client ? Direction::to_client : Direction::to_server;
  FrameReader reader(bytes, direction);
  const auto frame = reader.next();
  REQUIRE(frame);
  CHECK(reader.done());
  CHECK(frame->handle == handle);
  CHECK(frame->flags == flags);
  REQUIRE(std::holds_alternative<Body>(frame->body));
  CHECK(std::get<Body>(frame->body) == body);
}

const std::array addresses = {
    Address(),
    Address(InetAddress{"192.0.2.1", 65535}),
    Address(Inet6Address{"fe80::1", 80, 0xfffff, 7}),
    Address(UnixAddress{""}),
    Address(UnixAddress{"/run/app.sock"}),
    Address(UnixAddress{std::string_view("\0abstract\0", 10)}),
    Address(UnixAddress{std::string(108, 'x')}),
    Address(OpaqueAddress{AddressFamily(16), std::string_view("\1\2\3", 3)}),
    Address(OpaqueAddress{AddressFamily::native(16), std::string_view("\1\2\3", 3)}),
    Address(CanAddress{"vcan0"}),
    Address(CanIsotpAddress{"vcan0", 0x123, can_eff_flag | 0x456}),
    Address(CanJ1939Address{"vcan0", 0xfedcba9876543210, 0x3ffff, 0x20}),
    Address(NetlinkAddress{4000000000u, 0x80000001}),
    Address(TipcAddress{tipc_addr_nameseq, 18888, 0, 99, tipc_node_scope}),
    Address(VsockAddress{}),
    Address(PacketAddress{"interface.15ch.", 65535, packet_outgoing, 772, std::string(32, 'h')}),
    Address(AlgAddress{"skcipher", std::string(63, 'n'), 1, 0xffffffff}),
    Address(L2capAddress{"12:34:56:78:9A:BC", 0x1001, 0x40, bdaddr_le_random}),
    Address(RfcommAddress{"12:34:56:78:9A:BC", 30}),
    Address(HciAddress{3, hci_channel_monitor}),
    Address(ScoAddress{"FF:00:00:00:00:01"}),
    Address(QipcrtrAddress{1, 0xfffffffe}),
    Address(HypervAddress{hv_guid_parent, hv_guid_zero}),
    Address(SystemControlAddress{std::string(95, 'c'), 3, 4}),
};

}  // namespace

TEST_CASE("codec: hellos") {
  round_trip(ClientHello{.window = 12345, .token = "t\xc3\xb6ken", .agent = "everysock/0.1"}, session_handle);
  round_trip(ClientHello{.window = max_credit, .token = "", .agent = ""}, session_handle);
  ServerHello hello;
  hello.window = 65536;
  hello.max_sockets = 1;
  hello.max_listeners = 2;
  hello.max_requests = 3;
  hello.ping_interval = 25000;
  hello.hostname = "h";
  hello.backend = "posix";
  round_trip(hello, session_handle);
  hello.supports = {{SupportLevel::native, ""}, {SupportLevel::unsupported, "no such thing"}};
  round_trip(hello, session_handle);
}

TEST_CASE("codec: pings") {
  round_trip(Ping{0x0123456789abcdef}, session_handle);
  round_trip(Pong{~std::uint64_t{0}}, session_handle);
}

TEST_CASE("codec: requests") {
  constexpr WireHandle socket = 0x12345678;
  round_trip(Open{1, af_inet6, sock_dgram, ipproto_udp}, socket);
  round_trip(OpenPair{2, af_unix, sock_seqpacket, {}, 77}, 1);
  round_trip(Close{3}, socket, flag::abort);
  for (const Address& address : addresses) {
    CAPTURE(to_string(address));
    round_trip(Bind{4, address}, socket, flag::pipelined);
    round_trip(Connect{5, address}, first_server_handle, flag::pipelined | flag::dont_wait);
    round_trip(GetNameInfo{6, ni_dgram, address}, session_handle);
  }
  round_trip(Listen{7, 128, 64}, socket);
  round_trip(Shutdown{8, shut_rdwr}, socket);
  round_trip(SetOption{9, ipproto_tcp, 1, {std::string_view("\1\0\0\0", 4)}}, socket);
  round_trip(SetOption{9, sol_socket, 25, {""}}, socket);
  round_trip(GetOption{10, sol_socket, 4, 1024}, socket, flag::pipelined);
  round_trip(GetAddrInfo{11, std::nullopt, "http", af_unspec, sock_stream, {}, ai_passive}, session_handle);
  round_trip(GetAddrInfo{12, "", std::nullopt, af_inet, {}, ipproto_tcp, {}}, session_handle);
  round_trip(IfNameIndex{13}, session_handle);
  round_trip(IfNameToIndex{14, "lo"}, session_handle);
  round_trip(IfIndexToName{15, 0xffffffff}, session_handle);
  round_trip(GetHostByNameEx{16, "localhost"}, session_handle);
  for (const Address& address : addresses) round_trip(GetHostByAddr{17, address}, session_handle);
  round_trip(GetServByName{18, "http", "tcp"}, session_handle);
  round_trip(GetServByName{19, "", std::nullopt}, session_handle);
  round_trip(GetServByPort{20, 65535, "udp"}, session_handle);
  round_trip(GetServByPort{21, 0, std::nullopt}, session_handle);
  round_trip(GetProtoByName{22, "icmp"}, session_handle);
  round_trip(SetHostName{23, "name"}, session_handle);
}

TEST_CASE("codec: replies") {
  for (const Address& address : addresses) round_trip(Done{1, address, addresses[1]}, 9);
  round_trip(Failed{2, Error(Operation::connect, Errc::econnrefused)}, 9);
  round_trip(Failed{3, Error(Operation::getaddrinfo, GaiErrc::noname)}, session_handle);
  round_trip(Failed{4, Error(Operation::bind, UsageErrc::port_out_of_range, -70000)}, 9);
  round_trip(Failed{5, Error::timed_out(Operation::recv)}, 9);
  round_trip(OptionValue{6, {std::string_view("\0\1\2", 3)}}, 9);
  AddressList list{7, {}};
  round_trip(list, session_handle);
  for (const Address& address : addresses)
    list.addresses.push_back({af_inet, sock_stream, ipproto_tcp, "name", address});
  round_trip(list, session_handle);
  round_trip(NameInfoReply{8, "localhost", "http"}, session_handle);
  round_trip(InterfaceList{9, {{1, "lo"}, {2, "eth0"}}}, session_handle);
  round_trip(InterfaceIndex{10, 3}, session_handle);
  round_trip(InterfaceNameReply{11, "eth0"}, session_handle);
  round_trip(HostEntryReply{12, "host", {}, {}}, session_handle);
  round_trip(HostEntryReply{13, "host", {{"alias"}, {"other"}}, {{addresses[0]}, {addresses[1]}}}, session_handle);
  round_trip(ServicePort{14, 80}, session_handle);
  round_trip(ServiceName{15, "http"}, session_handle);
  round_trip(ProtocolNumber{16, ipproto_udp}, session_handle);
  round_trip(Done{17, {}, {}}, session_handle);  // of sethostname
}

TEST_CASE("codec: data and events") {
  round_trip(Data{{"x"}}, 1, flag::more);
  round_trip(Data{{std::string(max_stream_data, 'd')}}, first_server_handle);
  for (const Address& address : addresses) {
    round_trip(Datagram{0, address, {"payload"}}, 1, flag::end_of_record);
    round_trip(Datagram{5, address, {""}}, 1, flag::dont_wait | flag::more | flag::dont_route);
  }
  round_trip(Credit{max_credit}, 1);
  round_trip(End{}, 1);
  round_trip(Reset{Error(Operation::recv, Errc::econnreset)}, 1);
  round_trip(PendingError{Error(Operation::send, Errc::epipe)}, 1, flag::send_side);
  round_trip(Accepted{first_server_handle + 5, addresses[1], addresses[2]}, 1);
}

TEST_CASE("codec: control messages and passed sockets") {
  round_trip(Message{7, addresses[1], {{sol_socket, scm_rights, "abcdefgh"}, {ipproto_ip, ip_ttl, ""}}, {"data"}}, 1,
             flag::dont_wait | flag::more);
  round_trip(Message{0, {}, {}, {""}}, first_server_handle, flag::control_cut | flag::end_of_record);
  for (const PassedState state : {PassedState::open, PassedState::connected, PassedState::listening}) {
    round_trip(Passed{first_server_handle, 5, state, af_inet6, sock_stream, ipproto_tcp, addresses[2], addresses[1]},
               1);
  }
}

TEST_CASE("codec: several frames in one message") {
  std::string bytes;
  append_frame(bytes, 1, Credit{5});
  append_frame(bytes, 2, Data{{"abc"}});
  append_frame(bytes, 1, Credit{6});
  FrameReader reader(bytes, Direction::to_client);
  CHECK(std::get<Credit>(reader.next()->body).amount == 5);
  CHECK(std::get<Data>(reader.next()->body).data.bytes == "abc");
  REQUIRE(!reader.done());
  CHECK(std::get<Credit>(reader.next()->body).amount == 6);
  CHECK(reader.done());
}

TEST_CASE("codec: an empty message holds no frame") { CHECK(FrameReader("", Direction::to_client).done()); }

TEST_CASE("codec: types, flags and reasons are distinct") {
  std::set<int> types;
  const auto note = [&]<typename... Bodies>(std::variant<Bodies...>*) {
    (types.insert(static_cast<int>(Bodies::type_number)), ...);
    CHECK(types.size() == sizeof...(Bodies));
  };
  note(static_cast<FrameBody*>(nullptr));
  std::set<std::string_view> reasons;
  std::size_t count = 0;
#define EVERYSOCK_PROTOCOL_ERROR(enumerator, text, code, description) \
  ++count;                                                            \
  reasons.insert(reason(ProtocolError::enumerator));                  \
  CHECK(reason(ProtocolError::enumerator) == text);                   \
  CHECK(close_code(ProtocolError::enumerator) == code);               \
  CHECK(!describe(ProtocolError::enumerator).empty());
#include "backends/websocket/protocol/protocol_error.inc"
#undef EVERYSOCK_PROTOCOL_ERROR
  CHECK(reasons.size() == count);
}

}  // namespace everysock::websocket
