// Echo server program (IPv4 or IPv6): the third of the documentation's four examples. It listens on the first address
// that the system offers for HOST; create_server() with dualstack_ipv6 serves both families at once.
//   echo_server_any [HOST [PORT]]
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  std::optional<std::string> host;  // None: all available interfaces
  if (argc > 1) host = argv[1];
  const int port = argc > 2 ? std::atoi(argv[2]) : 50007;  // Arbitrary non-privileged port
  Socket s;
  const auto results = getaddrinfo(host, port, af_unspec, sock_stream, {}, ai_passive).value();
  for (const auto& [af, socktype, proto, canonname, sa] : results) {
    Result<Socket> opened = socket(af, socktype, proto);
    if (!opened) continue;
    if (!opened->bind(sa) || !opened->listen(1)) continue;  // closed on the way out of the loop's body
    s = std::move(*opened);
    break;
  }
  if (s.fileno() == -1) {
    std::cout << "could not open socket" << std::endl;
    return 1;
  }
  auto [conn, addr] = s.accept().value();
  std::cout << "Connected by " << to_string(addr) << std::endl;
  while (true) {
    const std::string data = conn.recv(1024).value();
    if (data.empty()) break;
    conn.sendall(data).value();
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
