// The echo server over other families and protocols of streams: all that differs is the socket and its address.
//   echo_server_families [vsock|mptcp] [PORT]
// vsock reaches from a virtual machine to its host and back; the host finds itself under CID 1, where socat is a
// client: socat - VSOCK-CONNECT:1:50007. mptcp is reached by an internet address, by plain TCP too. PORT 0: any.
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "vsock";
  const int port = argc > 2 ? std::atoi(argv[2]) : 50007;

  Address address = InetAddress{"", port};
  Socket s = [&] {
    if (what == "mptcp") return socket(af_inet, sock_stream, ipproto_mptcp).value();
    address = VsockAddress{vmaddr_cid_any, port == 0 ? vmaddr_port_any : static_cast<std::uint32_t>(port)};
    return socket(af_vsock, sock_stream).value();
  }();
  s.bind(address).value();
  s.listen(1).value();
  std::cout << "Listening on " << to_string(s.getsockname().value()) << std::endl;
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
