// Writes down what goes over a CAN bus, when and where, in the format of candump's logs, which canplayer plays back.
//   can_log [INTERFACE [COUNT]]
// INTERFACE "" stands for all of them.
#include <everysock/can_frame.h>
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string interface = argc > 1 ? argv[1] : "";
  const int count = argc > 2 ? std::atoi(argv[2]) : -1;  // frames to write down; for ever

  Socket s = socket(af_can, sock_raw, can_raw).value();
  s.setsockopt(sol_can_raw, can_raw_fd_frames, 1).value();
  // What a burst may fill before this program gets to run; Linux allows as much as /proc/sys/net/core/rmem_max says.
  s.setsockopt(sol_socket, so_rcvbuf, 8 << 20).value();
  s.setsockopt(sol_socket, so_timestampns, 1).value();
  s.bind(CanAddress{interface}).value();
  std::cerr << "Listening" << std::endl;

  for (int written = 0; written != count; ++written) {
    const ReceivedMessage message = s.recvmsg(CanFrame::max_packed, 64).value();
    CanLogLine line;
    line.ifname = std::get<CanAddress>(message.address).ifname;
    line.frame = CanFrame::unpack(message.data).value();
    for (const ControlMessage& item : message.ancdata) {
      if (const auto time = Timestamp::from(item)) line.nanoseconds = time->seconds * 1'000'000'000 + time->nanoseconds;
    }
    std::cout << line << "\n";
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
