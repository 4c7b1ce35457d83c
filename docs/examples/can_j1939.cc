// SAE J1939: a message of any length from one control unit to another; the kernel cuts it into frames.
//   can_j1939 receive INTERFACE ADDRESS             prints the first message that comes to ADDRESS
//   can_j1939 send INTERFACE FROM TO GROUP TEXT     GROUP is the number of the parameter group
// Addresses and groups are in hexadecimal. With can-utils: j1939cat vcan0:0x80 :0x90,0x12300, j1939cat vcan0:0x90 -r.
#include <everysock/socket.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

std::uint32_t number(const char* text) { return static_cast<std::uint32_t>(std::strtoul(text, nullptr, 16)); }
std::uint8_t unit(const char* text) { return static_cast<std::uint8_t>(number(text)); }

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (!(what == "receive" && argc == 4) && !(what == "send" && argc == 7)) {
    std::cerr << "usage: can_j1939 receive INTERFACE ADDRESS | send INTERFACE FROM TO GROUP TEXT\n";
    return 2;
  }
  Socket s = socket(af_can, sock_dgram, can_j1939).value();
  s.settimeout(20.0).value();
  s.bind(CanJ1939Address{.ifname = argv[2], .addr = unit(argv[3])}).value();
  if (what == "send") {
    s.sendto(argv[6], CanJ1939Address{.pgn = number(argv[5]), .addr = unit(argv[4])}).value();
    return 0;
  }
  std::cerr << "Listening" << std::endl;
  const Received message = s.recvfrom(1 << 16).value();
  const auto& from = std::get<CanJ1939Address>(message.address);
  std::cout << "From " << std::hex << std::uppercase << int{from.addr} << ", group " << from.pgn << ": " << message.data
            << std::endl;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
