// One end of a conversation with a program that is not everysock's (peer.mjs).
//   peer serve FILE
// listens on 127.0.0.1, writes its TCP and its UDP port to FILE and sends back what comes: of one connection until it
// ends, then each datagram until an empty one.
//   peer ask TCP_PORT UDP_PORT
// sends and compares with what comes back.
#include <everysock/socket.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

using namespace everysock;

namespace {

constexpr double kPatience = 20;
constexpr std::size_t kPieces = 10;
constexpr std::size_t kPiece = 10000;

std::string pattern(std::size_t size, std::size_t seed) {
  std::string data(size, '\0');
  for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<char>((i * 31 + seed * 7) & 0xff);
  return data;
}

Socket bound(SocketKind kind) {
  Socket s = socket(af_inet, kind).value();
  s.settimeout(kPatience).value();
  s.bind({"127.0.0.1", 0}).value();
  return s;
}

int port(const Socket& s) { return std::get<InetAddress>(s.getsockname().value()).port; }

void serve(const std::filesystem::path& file) {
  Socket listener = bound(sock_stream);
  listener.listen().value();
  Socket datagrams = bound(sock_dgram);
  // Appears as a whole or not at all.
  const std::filesystem::path unfinished = file.string() + ".part";
  std::ofstream(unfinished) << port(listener) << " " << port(datagrams) << std::endl;
  std::filesystem::rename(unfinished, file);

  auto [connection, peer] = listener.accept().value();
  connection.settimeout(kPatience).value();
  std::size_t bytes = 0;
  for (std::string data; !(data = connection.recv(4096).value()).empty(); bytes += data.size()) {
    connection.sendall(data).value();
  }
  connection.close().value();
  std::size_t count = 0;
  for (;; ++count) {
    const auto [data, from] = datagrams.recvfrom(65536).value();
    datagrams.sendto(data, from).value();
    if (data.empty()) break;
  }
  std::cout << "served " << bytes << " bytes, " << count << " datagrams" << std::endl;
}

bool ask(int tcp_port, int udp_port) {
  Socket connection = socket(af_inet, sock_stream).value();
  connection.settimeout(kPatience).value();
  connection.connect({"127.0.0.1", tcp_port}).value();
  for (std::size_t i = 0; i < kPieces; ++i) {
    const std::string sent = pattern(kPiece, i);
    connection.sendall(sent).value();
    std::string back;
    while (back.size() < sent.size()) {
      const std::string data = connection.recv(sent.size() - back.size()).value();
      if (data.empty()) return false;
      back += data;
    }
    if (back != sent) return false;
  }
  connection.shutdown(shut_wr).value();
  if (!connection.recv(1).value().empty()) return false;

  Socket datagrams = socket(af_inet, sock_dgram).value();
  datagrams.settimeout(kPatience).value();
  const Address to = InetAddress{"127.0.0.1", udp_port};
  for (std::size_t size : {1, 1472, 9000, 0}) {
    const std::string sent = pattern(size, size);
    datagrams.sendto(sent, to).value();
    const auto back = datagrams.recvfrom(65536).value();
    if (back.data != sent || back.address != to) return false;
  }
  std::cout << "asked " << kPieces * kPiece << " bytes, 3 datagrams" << std::endl;
  return true;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "serve" && argc == 3) {
    serve(argv[2]);
    return 0;
  }
  if (what == "ask" && argc == 4) {
    if (ask(std::atoi(argv[2]), std::atoi(argv[3]))) return 0;
    std::cerr << "what came back is not what was sent\n";
    return 1;
  }
  std::cerr << "usage: peer serve FILE | ask TCP_PORT UDP_PORT\n";
  return 2;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
