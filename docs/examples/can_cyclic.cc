// A frame sent again and again by the broadcast manager of the system, which needs no program for that: this one only
// waits for the news that it is over.
//   can_cyclic [INTERFACE [FRAME [MILLISECONDS [COUNT]]]]
// FRAME is in candump's notation: 123#DEADBEEF.
#include <everysock/can_bcm.h>
#include <everysock/socket.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string interface = argc > 1 ? argv[1] : "vcan0";
  const CanFrame frame = CanFrame::parse(argc > 2 ? argv[2] : "123#DEADBEEF").value();
  const std::int64_t milliseconds = argc > 3 ? std::atoi(argv[3]) : 100;
  const int count = argc > 4 ? std::atoi(argv[4]) : 10;

  Socket manager = socket(af_can, sock_dgram, can_bcm).value();
  manager.connect(CanAddress{interface}).value();
  const CanBcmMessage job{.opcode = can_bcm_tx_setup,
                          .flags = can_bcm_settimer | can_bcm_starttimer | can_bcm_tx_countevt,
                          .count = static_cast<std::uint32_t>(count),
                          .ival1 = milliseconds * 1000,
                          .can_id = frame.id,
                          .frames = {frame}};
  manager.send(job.pack().value()).value();

  const CanBcmMessage news = CanBcmMessage::unpack(manager.recv(CanBcmMessage::max_packed).value()).value();
  if (news.opcode != can_bcm_tx_expired) {
    std::cerr << "unexpected news: " << news.opcode << "\n";
    return 1;
  }
  std::cout << "Sent " << frame << " " << count << " times" << std::endl;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
