// Echo client program (IPv4 or IPv6): the fourth of the documentation's four examples. It tries every address of HOST
// in turn, which create_connection() does in one call.
//   echo_client_any [HOST [PORT]]
#include <everysock/socket.h>

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string host = argc > 1 ? argv[1] : "localhost";  // The remote host
  const int port = argc > 2 ? std::atoi(argv[2]) : 50007;     // The same port as used by the server
  Socket s;
  const auto results = getaddrinfo(host, port, af_unspec, sock_stream).value();
  for (const auto& [af, socktype, proto, canonname, sa] : results) {
    Result<Socket> opened = socket(af, socktype, proto);
    if (!opened) continue;
    if (!opened->connect(sa)) continue;  // closed on the way out of the loop's body
    s = std::move(*opened);
    break;
  }
  if (s.fileno() == -1) {
    std::cout << "could not open socket" << std::endl;
    return 1;
  }
  s.sendall("Hello, world").value();
  const std::string data = s.recv(1024).value();
  std::cout << "Received " << std::quoted(data) << std::endl;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
