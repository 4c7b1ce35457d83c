// Frames on a CAN bus: the last of the documentation's examples. Prints every frame it hears, sends it back, and sends
// one of its own after it.
//   can_raw [INTERFACE [COUNT]]
// A virtual bus to try it on: ip link add vcan0 type vcan && ip link set vcan0 up. candump vcan0 (can-utils) then shows
// what it does, and cansend vcan0 123#DEADBEEF gives it something to do.
#include <everysock/can_frame.h>
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string interface = argc > 1 ? argv[1] : "vcan0";
  const int count = argc > 2 ? std::atoi(argv[2]) : -1;  // frames to hear; for ever

  // create a raw socket and bind it to the 'vcan0' interface
  Socket s = socket(af_can, sock_raw, can_raw).value();
  s.bind(CanAddress{interface}).value();
  std::cout << "Listening on " << interface << std::endl;

  for (int heard = 0; heard != count; ++heard) {
    const std::string cf = s.recvfrom(CanFrame::max_packed).value().data;
    const CanFrame frame = CanFrame::unpack(cf).value();
    std::cout << "Received: " << frame << std::endl;

    if (!s.send(cf)) std::cout << "Error sending CAN frame" << std::endl;

    const CanFrame own{.id = 0x01, .data = "\x01\x02\x03"};
    if (!s.send(own.pack().value())) std::cout << "Error sending CAN frame" << std::endl;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
