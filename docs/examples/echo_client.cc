// Echo client program (IPv4): the second of the documentation's four examples.
//   echo_client [HOST [PORT]]
#include <everysock/socket.h>

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string host = argc > 1 ? argv[1] : "127.0.0.1";  // The remote host
  const int port = argc > 2 ? std::atoi(argv[2]) : 50007;     // The same port as used by the server
  Socket s = socket(af_inet, sock_stream).value();
  s.connect({host, port}).value();
  s.sendall("Hello, world").value();
  const std::string data = s.recv(1024).value();
  std::cout << "Received " << std::quoted(data) << std::endl;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
