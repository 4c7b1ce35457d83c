// Asks a Bluetooth adapter for its address (BTPROTO_HCI, Linux, as root): a command to the controller and the event
// that answers it, as the Bluetooth Core Specification, volume 4, part E lays them out.
//   bluetooth_adapter [NUMBER]
// The adapter must be up: hciconfig hci0 up.
#include <everysock/socket.h>

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const auto number = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);

  Socket s = socket(af_bluetooth, sock_raw, btproto_hci).value();
  // struct hci_ufilter: kinds of packets, two words of events, a command, padding. Events alone, Command Complete
  // alone.
  std::string filter(16, '\0');
  filter[0] = 1 << 4;
  filter[5] = 1 << (0x0e - 8);
  s.setsockopt(sol_hci, hci_filter, filter).value();
  s.bind(HciAddress{number}).value();
  s.settimeout(10.0).value();

  // A command (1): Read_BD_ADDR, no parameters.
  const std::string command{"\x01\x09\x10\x00", 4};
  s.send(command).value();
  while (true) {
    // An event (4), Command Complete, its length, packets allowed, the command, a status, the address from its end.
    const std::string event = s.recv(260).value();
    if (event.size() < 13 || event.substr(4, 2) != command.substr(1, 2)) continue;
    std::cout << "hci" << number << std::hex << std::uppercase << std::setfill('0');
    for (std::size_t i = 12; i >= 7; --i) {
      std::cout << (i == 12 ? ' ' : ':') << std::setw(2) << int{static_cast<unsigned char>(event[i])};
    }
    std::cout << std::endl;
    return 0;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
