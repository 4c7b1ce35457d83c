// Writes the first inputs of the corpora: fuzz_seeds DIRECTORY makes DIRECTORY/frames/* and DIRECTORY/client/*.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

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
  save("frames/replies", frame(1, Done{1, inet, path}) + frame(1, Failed{2, refused}) +
                             frame(1, OptionValue{3, {"abcd"}}) +
                             frame(0, AddressList{4, {{af_inet, sock_stream, {}, "name", inet}}}) +
                             frame(0, NameInfoReply{5, "h", "s"}) + frame(0, InterfaceList{6, {{1, "lo"}}}) +
                             frame(0, InterfaceIndex{7, 1}) + frame(0, InterfaceNameReply{8, "lo"}));
  save("frames/data", frame(1, Data{{"data"}}, flag::more) + frame(2, Datagram{7, inet, {"data"}}, flag::dont_wait) +
                          frame(1, Credit{5}));
  save("frames/events", frame(1, End{}) + frame(1, Reset{refused}) + frame(1, PendingError{refused}, flag::send_side) +
                            frame(1, Accepted{first_server_handle, inet, inet6}));
}

// A message from the server, as fuzz_client takes it.
std::string server(const std::string& message) {
  return "\x80" + std::string{static_cast<char>(message.size() & 0xff), static_cast<char>(message.size() >> 8)} +
         message;
}

std::string hello() {
  ServerHello body;
  body.window = 5000;
  body.max_sockets = 50;
  body.supports.resize(60, {SupportLevel::native, ""});
  return server(frame(0, body));
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
  save("client/stream", hello() + tcp + connect + server(frame(1, Done{1, {}, {}}) + frame(1, Done{2, inet, inet})) +
                            steps({8, 0, 11, 0, 5, 0, 80}) + server(frame(1, Data{{"hello"}}) + frame(1, Credit{9})) +
                            steps({13, 0, 2, 1}) + server(frame(1, End{})) +
                            steps({13, 0, 9, 1, 10, 0, 1, 1, 4, 0, 0}));
  save("client/refused",
       hello() + tcp + connect + server(frame(1, Failed{2, refused})) + steps({8, 0, 18, 0, 4, 0, 1}));
  save("client/reset", hello() + tcp + connect + server(frame(1, Done{2, inet, inet}) + frame(1, Reset{refused})) +
                           steps({13, 0, 5, 1, 11, 0, 1, 0, 80}));
  save("client/listener",
       hello() + tcp + steps({6, 0, 0, 3}) + server(frame(1, Done{2, inet, {}})) +
           server(frame(1, Accepted{first_server_handle, inet, inet}) + frame(first_server_handle, Data{{"x"}})) +
           steps({9, 0, 13, 1, 9, 1, 4, 0, 0}) + server(frame(1, Accepted{first_server_handle + 1, inet, inet})));
  save("client/datagrams", hello() + udp + steps({12, 0, 1, 0, 80, 1}) +
                               server(frame(1, Done{2, inet, {}}) + frame(1, Datagram{0, inet, {"dgram"}}) +
                                      frame(1, PendingError{refused})) +
                               steps({13, 0, 1, 0, 13, 0, 1, 1}));
  save("client/pair", hello() + steps({1, 1, 0}) + server(frame(1, Done{1, UnixAddress{}, UnixAddress{}})) +
                          steps({11, 0, 3, 3, 4, 1, 1}));
  save("client/options", hello() + tcp + steps({16, 0, 1, 17, 0, 1}) +
                             server(frame(1, Done{2, {}, {}}) + frame(1, OptionValue{3, {"abcd"}})));
  save("client/names", hello() + steps({2, 3}) +
                           server(frame(0, AddressList{1, {{af_inet, sock_stream, {}, "", inet}}}) +
                                  frame(0, InterfaceList{2, {{1, "lo"}}})));
  save("client/early", tcp + udp + connect + hello() + server(frame(0, Ping{3})) + steps({19, 9}));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  directory = arguments[1];
  seed_frames();
  seed_client();
  return 0;
}
