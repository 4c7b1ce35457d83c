// Writes the first inputs of the binary corpora: fuzz_seeds DIRECTORY makes
// DIRECTORY/{frames,addresses,client,session}/*.
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "backends/posix/sockaddr/codec.h"
#include "backends/websocket/protocol/frame_writer.h"

using namespace everysock;
using namespace everysock::websocket;

namespace {

std::filesystem::path directory;

void save(const std::string& name, const std::string& bytes) {
  std::filesystem::create_directories((directory / name).parent_path());
  std::ofstream(directory / name, std::ios::binary) << bytes;
}

template <typename Body>
std::string frame(WireHandle handle, const Body& body, std::uint8_t flags = 0) {
  std::string bytes;
  append_frame(bytes, handle, body, flags);
  return bytes;
}

const Address inet = InetAddress{"127.0.0.1", 80};
const Address inet6 = Inet6Address{"fe80::1", 80, 5, 2};
const Address path = UnixAddress{"/run/app.sock"};
const Address opaque = OpaqueAddress{AddressFamily(16), "abc"};
const Error refused(Operation::connect, Errc::econnrefused);

void seed_frames() {
  ServerHello hello;
  hello.window = 65536;
  hello.hostname = "host";
  hello.supports = {{SupportLevel::native, ""}, {SupportLevel::unsupported, "why not"}};
  save("frames/client_hello", frame(0, ClientHello{.window = 1000, .token = "token", .agent = "agent"}));
  save("frames/server_hello", frame(0, hello));
  save("frames/pings", frame(0, Ping{1}) + frame(0, Pong{2}));
  save("frames/opens", frame(1, Open{1, af_inet, sock_stream, {}}) + frame(2, OpenPair{2, af_unix, sock_dgram, {}, 3}));
  save("frames/addresses", frame(1, Bind{1, inet}) + frame(1, Connect{2, inet6}, flag::pipelined) +
                               frame(1, Bind{3, path}) + frame(1, Connect{4, opaque}));
  save("frames/requests", frame(1, Listen{1, 5, 5}) + frame(1, Shutdown{2, shut_wr}) +
                              frame(1, SetOption{3, sol_socket, 2, {"abcd"}}) +
                              frame(1, GetOption{4, sol_socket, 2, 4}) + frame(1, Close{5}, flag::abort));
  save("frames/names", frame(0, GetAddrInfo{1, "host", "http", af_inet, sock_stream, {}, ai_passive}) +
                           frame(0, GetNameInfo{2, {}, inet}) + frame(0, IfNameIndex{3}) +
                           frame(0, IfNameToIndex{4, "lo"}) + frame(0, IfIndexToName{5, 1}));
  save("frames/databases", frame(0, GetHostByNameEx{1, "host"}) + frame(0, GetHostByAddr{2, inet}) +
                               frame(0, GetServByName{3, "http", "tcp"}) + frame(0, GetServByPort{4, 80, {}}) +
                               frame(0, GetProtoByName{5, "tcp"}) + frame(0, SetHostName{6, "name"}));
  save("frames/replies", frame(1, Done{1, inet, path}) + frame(1, Failed{2, refused}) +
                             frame(1, OptionValue{3, {"abcd"}}) +
                             frame(0, AddressList{4, {{af_inet, sock_stream, {}, "name", inet}}}) +
                             frame(0, NameInfoReply{5, "h", "s"}) + frame(0, InterfaceList{6, {{1, "lo"}}}) +
                             frame(0, InterfaceIndex{7, 1}) + frame(0, InterfaceNameReply{8, "lo"}));
  save("frames/database_replies", frame(0, HostEntryReply{1, "host", {{"alias"}}, {{inet}, {inet6}}}) +
                                      frame(0, ServicePort{2, 80}) + frame(0, ServiceName{3, "http"}) +
                                      frame(0, ProtocolNumber{4, Protocol(6)}));
  save("frames/data", frame(1, Data{{"data"}}, flag::more) + frame(2, Datagram{7, inet, {"data"}}, flag::dont_wait) +
                          frame(1, Credit{5}));
  save("frames/messages", frame(1, Message{3, inet, {{sol_socket, scm_rights, "abcd"}}, {"data"}}, flag::dont_wait) +
                              frame(1, Message{0, {}, {{ipproto_ip, ip_ttl, "abcd"}}, {"data"}}, flag::control_cut));
  save("frames/passed",
       frame(1, Passed{first_server_handle, 1, PassedState::listening, af_inet, sock_stream, ipproto_tcp, inet, {}}));
  save("frames/events", frame(1, End{}) + frame(1, Reset{refused}) + frame(1, PendingError{refused}, flag::send_side) +
                            frame(1, Accepted{first_server_handle, inet, inet6}));
}

// Every form of an address, as a frame and as the system has it behind the number of its protocol in fuzz_addresses.
void seed_addresses() {
  const struct {
    const char* name;
    char protocol;
    Address address;
  } forms[] = {
      {"inet", 0, inet},
      {"inet6", 0, inet6},
      {"path", 0, path},
      {"abstract", 0, UnixAddress{std::string("\0name", 5)}},
      {"opaque", 0, opaque},
      {"can", 1, CanAddress{"lo"}},
      {"can_isotp", 3, CanIsotpAddress{"lo", 0x123, 0x456}},
      {"can_j1939", 4, CanJ1939Address{"lo", 1, 0x3ffff, 0x20}},
      {"netlink", 0, NetlinkAddress{7, 1}},
      {"tipc", 0, TipcAddress{tipc_addr_nameseq, 18888, 1, 2}},
      {"vsock", 0, VsockAddress{1, 1024}},
      {"packet", 0, PacketAddress{"lo", 0x800, packet_host, 1, "123456"}},
      {"alg", 0, AlgAddress{"hash", "sha256"}},
      {"l2cap", 5, L2capAddress{"01:02:03:04:05:06", 0x1001}},
      {"rfcomm", 6, RfcommAddress{"01:02:03:04:05:06", 3}},
      {"hci", 7, HciAddress{0, hci_channel_user}},
      {"sco", 8, ScoAddress{"01:02:03:04:05:06"}},
      {"qipcrtr", 0, QipcrtrAddress{1, 2}},
  };
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  std::string frames;
  for (const auto& [name, protocol, address] : forms) {
    frames += frame(1, Bind{1, address});
    const auto native = posix::to_native(Operation::bind, address, fd).value();
    save(std::string("addresses/") + name,
         protocol + std::string(reinterpret_cast<const char*>(&native.storage), native.size));
  }
  ::close(fd);
  frames += frame(1, Bind{2, HypervAddress{hv_guid_parent, hv_guid_zero}});
  frames += frame(1, Bind{3, SystemControlAddress{"name", 1, 2}});
  save("frames/families", frames);
}

// A message from the other end, as fuzz_client and fuzz_session take it.
std::string incoming(const std::string& message) {
  return "\x80" + std::string{static_cast<char>(message.size() & 0xff), static_cast<char>(message.size() >> 8)} +
         message;
}

std::string hello() {
  ServerHello body;
  body.features = feature_control;
  body.window = 5000;
  body.max_sockets = 50;
  body.supports.resize(60, {SupportLevel::native, ""});
  return incoming(frame(0, body));
}

std::string steps(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) text += static_cast<char>(byte);
  return text;
}

void seed_client() {
  const std::string tcp = steps({0, 0, 0});
  const std::string udp = steps({0, 0, 1});
  const std::string connect = steps({7, 0, 0, 0, 80});
  save("client/stream", hello() + tcp + connect + incoming(frame(1, Done{1, {}, {}}) + frame(1, Done{2, inet, inet})) +
                            steps({8, 0, 11, 0, 5, 0, 80}) + incoming(frame(1, Data{{"hello"}}) + frame(1, Credit{9})) +
                            steps({13, 0, 2, 1}) + incoming(frame(1, End{})) +
                            steps({13, 0, 9, 1, 10, 0, 1, 1, 4, 0, 0}));
  save("client/refused",
       hello() + tcp + connect + incoming(frame(1, Failed{2, refused})) + steps({8, 0, 18, 0, 4, 0, 1}));
  save("client/reset", hello() + tcp + connect + incoming(frame(1, Done{2, inet, inet}) + frame(1, Reset{refused})) +
                           steps({13, 0, 5, 1, 11, 0, 1, 0, 80}));
  save("client/listener",
       hello() + tcp + steps({6, 0, 0, 3}) + incoming(frame(1, Done{2, inet, {}})) +
           incoming(frame(1, Accepted{first_server_handle, inet, inet}) + frame(first_server_handle, Data{{"x"}})) +
           steps({9, 0, 13, 1, 9, 1, 4, 0, 0}) + incoming(frame(1, Accepted{first_server_handle + 1, inet, inet})));
  save("client/datagrams", hello() + udp + steps({12, 0, 1, 0, 80, 1}) +
                               incoming(frame(1, Done{2, inet, {}}) + frame(1, Datagram{0, inet, {"dgram"}}) +
                                        frame(1, PendingError{refused})) +
                               steps({13, 0, 1, 0, 13, 0, 1, 1}));
  save("client/pair", hello() + steps({1, 1, 0}) + incoming(frame(1, Done{1, UnixAddress{}, UnixAddress{}})) +
                          steps({11, 0, 3, 3, 4, 1, 1}));
  const std::string server_handle("\0\0\0\x80", 4);
  save("client/passed",
       hello() + steps({1, 1, 0}) + tcp + incoming(frame(1, Done{1, UnixAddress{}, UnixAddress{}})) +
           steps({11, 0, 1, 3, 0, 2, 0, 4, 2, 0}) +
           incoming(frame(2, Passed{first_server_handle, 3, PassedState::open, af_inet, sock_stream, {}, {}, {}}) +
                    frame(2, Message{0, {}, {{sol_socket, scm_rights, server_handle}}, {"x"}})) +
           steps({13, 1, 3, 1, 20, 4, 2, 0}));
  save("client/options", hello() + tcp + steps({16, 0, 1, 17, 0, 1}) +
                             incoming(frame(1, Done{2, {}, {}}) + frame(1, OptionValue{3, {"abcd"}})));
  save("client/names", hello() + steps({2, 3, 0}) +
                           incoming(frame(0, AddressList{1, {{af_inet, sock_stream, {}, "", inet}}}) +
                                    frame(0, InterfaceList{2, {{1, "lo"}}})));
  save("client/databases", hello() + steps({3, 1, 0, 80, 3, 2, 3, 3, 0}) +
                               incoming(frame(0, HostEntryReply{1, "host", {{"alias"}}, {{inet}, {inet6}}}) +
                                        frame(0, ServiceName{2, "http"}) + frame(0, Done{3, {}, {}})));
  save("client/early", tcp + udp + connect + hello() + incoming(frame(0, Ping{3})) + steps({19, 9}));
}

// Settings of fuzz_session: a hello with a large window, everything allowed; the same with the rules for localhost
// only.
constexpr int everything = 8 | 16;
constexpr int localhost_only = everything | 2;

Open open(std::uint32_t request, AddressFamily family, SocketKind kind) { return {request, family, kind, {}}; }

void seed_session() {
  const Address target = InetAddress{"127.0.0.1", 80};
  const Address datagrams = InetAddress{"127.0.0.1", 53};
  const std::string turns = steps({8, 4});
  save("session/hello", steps({4}) +
                            incoming(frame(0, ClientHello{.window = 1000, .token = "the token", .agent = "a"})) +
                            incoming(frame(0, Ping{7})));
  save("session/no_token", steps({4}) + incoming(frame(0, ClientHello{.window = 1000, .token = "no", .agent = "a"})));
  save("session/stream", steps({localhost_only}) +
                             incoming(frame(1, open(1, af_inet, sock_stream)) + frame(1, Connect{2, target}, 1)) +
                             turns + steps({0, 0}) + incoming(frame(1, Data{{"hello"}})) + steps({2, 0, 1, 0, 9}) +
                             turns + incoming(frame(1, Credit{500}) + frame(1, Shutdown{3, shut_wr})) + steps({3, 0}) +
                             turns + incoming(frame(1, Close{4})));
  save("session/reset",
       steps({everything}) + incoming(frame(1, open(1, af_inet, sock_stream)) + frame(1, Connect{2, target}, 1)) +
           turns + steps({0, 0, 3, 0x80}) + turns + incoming(frame(1, Data{{"late"}}) + frame(1, Close{3}, 2)));
  save("session/listener",
       steps({everything}) +
           incoming(frame(1, open(1, af_inet, sock_stream)) + frame(1, Bind{2, InetAddress{"127.0.0.1", 99}}) +
                    frame(1, Listen{3, 5, 5}) + frame(2, open(4, af_inet, sock_stream)) +
                    frame(2, Connect{5, InetAddress{"127.0.0.1", 99}})) +
           turns + incoming(frame(2, Data{{"x"}}) + frame(first_server_handle, Data{{"y"}})) + turns +
           incoming(frame(1, Close{6}) + frame(first_server_handle, Close{7}, 2)));
  save("session/unix",
       steps({everything}) +
           incoming(frame(1, open(1, af_unix, sock_seqpacket)) + frame(1, Bind{2, UnixAddress{"/tmp/a"}}) +
                    frame(1, Listen{3, 0, 1}) + frame(2, open(4, af_unix, sock_seqpacket)) +
                    frame(2, Connect{5, UnixAddress{"/tmp/a"}}) + frame(2, Datagram{6, {}, {"packet"}})) +
           turns + incoming(frame(2, Close{7}, 2)) + turns);
  save("session/pair", steps({everything}) +
                           incoming(frame(1, OpenPair{1, af_unix, sock_stream, {}, 2}) +
                                    frame(1, Data{{std::string(3000, 'x')}}) + frame(2, Credit{7})) +
                           steps({5, 0}) + turns + incoming(frame(2, Close{2})));
  ClientHello with_control{.features = feature_control, .window = 100000, .token = "the token", .agent = "a"};
  save("session/passed",
       steps({4}) + incoming(frame(0, with_control)) +
           incoming(frame(1, OpenPair{1, af_unix, sock_stream, {}, 2}) + frame(3, open(2, af_inet, sock_dgram)) +
                    frame(1, Message{3, {}, {{sol_socket, scm_rights, std::string_view("\3\0\0\0", 4)}}, {"x"}}) +
                    frame(1, Message{4, {}, {{sol_socket, scm_credentials, "0123456789ab"}}, {"y"}}) +
                    frame(3, Close{5})) +
           turns + incoming(frame(first_server_handle, Credit{5000}) + frame(first_server_handle, Close{6})) + turns);
  save("session/datagrams",
       steps({localhost_only}) +
           incoming(frame(1, open(1, af_inet, sock_dgram)) + frame(1, Datagram{2, datagrams, {"question"}})) +
           steps({4, 50}) + turns +
           incoming(frame(1, Connect{3, datagrams}) + frame(1, Datagram{0, {}, {"again"}}) + frame(1, Connect{4, {}})));
  save(
      "session/options",
      steps({everything}) + incoming(frame(1, open(1, af_inet, sock_stream)) +
                                     frame(1, SetOption{2, sol_socket, 13, {std::string_view("\1\0\0\0\5\0\0\0", 8)}}) +
                                     frame(1, GetOption{3, sol_socket, 4, 4})));
  save("session/names",
       steps({everything}) + incoming(frame(0, GetAddrInfo{1, "h", "80", af_inet, sock_stream, {}, {}}) +
                                      frame(0, GetNameInfo{2, {}, target}) + frame(0, IfNameIndex{3}) +
                                      frame(0, IfNameToIndex{4, "lo"}) + frame(0, IfIndexToName{5, 1})));
  save("session/databases",
       steps({everything}) + incoming(frame(0, GetHostByNameEx{1, "h"}) + frame(0, GetHostByAddr{2, target}) +
                                      frame(0, GetServByName{3, "http", {}}) + frame(0, GetServByPort{4, 80, "tcp"}) +
                                      frame(0, GetProtoByName{5, "tcp"}) + frame(0, SetHostName{6, "name"})));
  save("session/forbidden",
       steps({8 | 1}) +
           incoming(frame(1, open(1, af_inet6, sock_stream)) + frame(1, Connect{2, Inet6Address{"::1", 80}}) +
                    frame(1, Bind{3, Inet6Address{"::", 0}}) + frame(1, Listen{4, 1, 1})));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  directory = arguments[1];
  seed_frames();
  seed_addresses();
  seed_client();
  seed_session();
  return 0;
}
