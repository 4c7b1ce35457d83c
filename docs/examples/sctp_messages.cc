// Messages over SCTP, one to one (RFC 6458, section 4): used as a TCP connection is, but what is sent at once comes at
// once, however much or little it is.
//   sctp_messages serve PORT             takes one association, prints each message and sends it back
//   sctp_messages send HOST PORT TEXT    sends TEXT as a message and prints what comes back
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

constexpr std::size_t kLargest = 65536;

void serve(int port) {
  Socket s = socket(af_inet, sock_stream, ipproto_sctp).value();
  s.bind(InetAddress{"", port}).value();
  s.listen(1).value();
  std::cout << "Listening on " << to_string(s.getsockname().value()) << std::endl;
  auto [conn, addr] = s.accept().value();
  while (true) {
    const ReceivedMessage message = conn.recvmsg(kLargest).value();
    if (message.data.empty()) break;
    // Without MSG_EOR it is the beginning of a larger message.
    const bool whole = message.msg_flags.has(msg_eor);
    std::cout << (whole ? "Message: " : "Part: ") << message.data << std::endl;
    conn.sendall(message.data).value();
  }
}

void send(const InetAddress& server, const std::string& text) {
  Socket s = socket(af_inet, sock_stream, ipproto_sctp).value();
  s.settimeout(10.0).value();
  s.connect(server).value();
  s.send(text).value();
  std::cout << s.recv(kLargest).value() << "\n";
}

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "serve" && argc == 3) {
    serve(std::atoi(argv[2]));
  } else if (what == "send" && argc == 5) {
    send(InetAddress{argv[2], std::atoi(argv[3])}, argv[4]);
  } else {
    std::cerr << "usage: sctp_messages serve PORT | send HOST PORT TEXT\n";
    return 2;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
