// Writes the Ethernet frames that go through a network interface as a pcap file, which tcpdump -r and Wireshark read.
//   packet_sniffer [INTERFACE [COUNT]] >FILE
// INTERFACE "" stands for all of them. It needs the right to raw sockets (root, or CAP_NET_RAW).
#include <everysock/socket.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

constexpr std::uint32_t kLargest = 65536;
// linux/if_arp.h. The loopback interface's frames have an Ethernet header, too.
constexpr std::uint16_t kEthernet = 1, kLoopback = 772;

// In the order of the machine, as the file's first number lets readers see.
void write(std::initializer_list<std::uint32_t> words) {
  for (const std::uint32_t word : words) std::cout.write(reinterpret_cast<const char*>(&word), sizeof(word));
}

int main(int argc, char** argv) try {
  const std::string interface = argc > 1 ? argv[1] : "";
  const int count = argc > 2 ? std::atoi(argv[2]) : -1;  // frames to write; for ever

  // Without a protocol it hears nothing, until bind() says which and where.
  Socket s = socket(af_packet, sock_raw).value();
  s.setsockopt(sol_socket, so_timestampns, 1).value();
  s.bind(PacketAddress{interface, eth_p_all}).value();
  std::cerr << "Listening" << std::endl;

  // https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html: nanoseconds, version 2.4, LINKTYPE_ETHERNET.
  write({0xa1b23c4d, 2 | 4 << 16, 0, 0, kLargest, 1});
  for (int written = 0; written != count;) {
    const ReceivedMessage message = s.recvmsg(kLargest, 64).value();
    const auto hardware = std::get<PacketAddress>(message.address).hatype;
    if (hardware != kEthernet && hardware != kLoopback) continue;
    Timestamp time;
    for (const ControlMessage& item : message.ancdata) time = Timestamp::from(item).value_or(time);
    const auto size = static_cast<std::uint32_t>(message.data.size());
    write({static_cast<std::uint32_t>(time.seconds), static_cast<std::uint32_t>(time.nanoseconds), size, size});
    std::cout << message.data << std::flush;
    ++written;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
