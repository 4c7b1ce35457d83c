// Sends one frame of the Ethernet protocol 88B5, which is set aside for experiments, to all on an interface.
//   packet_send INTERFACE TEXT
// It needs the right to raw sockets (root, or CAP_NET_RAW).
#include <everysock/socket.h>

#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: packet_send INTERFACE TEXT\n";
    return 2;
  }
  constexpr std::int32_t for_experiments = 0x88b5;
  const std::string all(6, '\xff');

  Socket s = socket(af_packet, sock_dgram).value();
  s.sendto(argv[2], PacketAddress{argv[1], for_experiments, packet_broadcast, 0, all}).value();
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
