// Reliable datagrams (AF_RDS, Linux): a socket sends to any number of others, and what it sends arrives, once and in
// order, without a connection.
//   rds_messages receive ADDRESS PORT COUNT           prints so many messages and who sent them, and answers each
//   rds_messages send FROM ADDRESS PORT TEXT...       sends from an address of this machine, and prints the answers
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

// A socket has an address of this machine's own, never all of them.
Socket open(const std::string& address, int port) {
  Socket s = socket(af_rds, sock_seqpacket).value();
  s.settimeout(20.0).value();
  s.bind(InetAddress{address, port}).value();
  return s;
}

void receive(const std::string& address, int port, int count) {
  Socket s = open(address, port);
  std::cout << "Listening on " << to_string(s.getsockname().value()) << std::endl;
  for (int i = 0; i < count; ++i) {
    const Received message = s.recvfrom(65536).value();
    std::cout << "From " << std::get<InetAddress>(message.address).host << ": " << message.data << std::endl;
    s.sendto("You said: " + message.data, message.address).value();
  }
}

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "receive" && argc == 5) {
    receive(argv[2], std::atoi(argv[3]), std::atoi(argv[4]));
  } else if (what == "send" && argc > 5) {
    Socket s = open(argv[2], 0);
    for (int i = 5; i < argc; ++i) s.sendto(argv[i], InetAddress{argv[3], std::atoi(argv[4])}).value();
    for (int i = 5; i < argc; ++i) std::cout << s.recv(65536).value() << "\n";
  } else {
    std::cerr << "usage: rds_messages receive ADDRESS PORT COUNT | send FROM ADDRESS PORT TEXT...\n";
    return 2;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
