// Echo server program (IPv4): the first of the documentation's four examples. It serves one client, then ends.
//   echo_server [HOST [PORT]]
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string host = argc > 1 ? argv[1] : "";        // Symbolic name meaning all available interfaces
  const int port = argc > 2 ? std::atoi(argv[2]) : 50007;  // Arbitrary non-privileged port
  Socket s = socket(af_inet, sock_stream).value();
  s.bind({host, port}).value();
  s.listen(1).value();
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
