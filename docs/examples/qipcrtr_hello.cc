// A service on the bus of Qualcomm's processors (AF_QIPCRTR, Linux) and its client, which find each other by the name
// service of the kernel. qrtr-lookup (qrtr-tools) lists what is there.
//   qipcrtr_hello serve       answers one message to the service 18888, instance 1
//   qipcrtr_hello ask TEXT    waits until somebody serves it, and sends TEXT there
#include <everysock/socket.h>

#include <cstdint>
#include <iostream>
#include <string>

using namespace everysock;

constexpr std::uint32_t kService = 18888, kInstance = 1;

// The name service's port, its commands and its messages: include/uapi/linux/qrtr.h, struct qrtr_ctrl_pkt. A command, a
// service, an instance, a node and a port, each in 4 bytes, the lowest first.
constexpr std::uint32_t kControl = 0xfffffffe, kNewServer = 4, kNewLookup = 10;

std::string message(std::uint32_t command, std::uint32_t node = 0, std::uint32_t port = 0) {
  std::string bytes;
  for (const std::uint32_t number : {command, kService, kInstance, node, port}) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift);
  }
  return bytes;
}

std::uint32_t number_of(const std::string& bytes, std::size_t which) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes.at(4 * which + i));
  return number;
}

// Where a socket is, whose port is chosen first.
QipcrtrAddress bind_to_any(Socket& s) {
  const auto node = std::get<QipcrtrAddress>(s.getsockname().value()).node;
  s.bind(QipcrtrAddress{node, 0}).value();
  return std::get<QipcrtrAddress>(s.getsockname().value());
}

// The next message that is none of the name service's, which goes on telling what comes and goes.
Received receive(Socket& s) {
  Received message = s.recvfrom(1000).value();
  while (std::get<QipcrtrAddress>(message.address).port == kControl) message = s.recvfrom(1000).value();
  return message;
}

void serve() {
  Socket s = socket(af_qipcrtr, sock_dgram).value();
  const QipcrtrAddress here = bind_to_any(s);
  s.sendto(message(kNewServer, here.node, here.port), QipcrtrAddress{here.node, kControl}).value();
  std::cout << "Serving on node " << here.node << ", port " << here.port << std::endl;
  const Received request = receive(s);
  std::cout << "Asked: " << request.data << std::endl;
  s.sendto("You said: " + request.data, request.address).value();
}

void ask(const std::string& text) {
  Socket s = socket(af_qipcrtr, sock_dgram).value();
  s.settimeout(5.0).value();
  const QipcrtrAddress here = bind_to_any(s);
  s.sendto(message(kNewLookup), QipcrtrAddress{here.node, kControl}).value();
  // Those that are there, one that is nothing but zeros, those that come later.
  std::string news;
  do {
    news = s.recv(1000).value();
  } while (number_of(news, 0) != kNewServer || number_of(news, 1) != kService);
  const QipcrtrAddress service{number_of(news, 3), number_of(news, 4)};
  s.sendto(text, service).value();
  std::cout << receive(s).data << "\n";
}

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "serve") {
    serve();
  } else if (what == "ask" && argc == 3) {
    ask(argv[2]);
  } else {
    std::cerr << "usage: qipcrtr_hello serve | ask TEXT\n";
    return 2;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
