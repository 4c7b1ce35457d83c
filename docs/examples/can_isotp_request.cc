// Asks a control unit something, and prints its answer: ISO-TP, whose messages are longer than a CAN frame.
//   can_isotp_request [INTERFACE [TO [FROM [REQUEST]]]]
// Identifiers and request are in hexadecimal; identifiers of 8 digits are extended. By default it asks the engine's
// control unit for the vehicle's identification number (ISO 14229, ReadDataByIdentifier F190). To play that unit with
// can-utils: isotprecv -s 7E8 -d 7E0 vcan0, and then echo 62 F1 90 41 42 43 | isotpsend -s 7E8 -d 7E0 vcan0.
#include <everysock/socket.h>

#include <cstdint>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>

using namespace everysock;

std::uint32_t identifier(const std::string& text) {
  const auto number = static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 16));
  return text.size() == 8 ? number | can_eff_flag : number;
}

std::string bytes(const std::string& hexadecimal) {
  std::string result;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2) {
    result += static_cast<char>(std::strtoul(hexadecimal.substr(i, 2).c_str(), nullptr, 16));
  }
  return result;
}

int main(int argc, char** argv) try {
  const std::string interface = argc > 1 ? argv[1] : "vcan0";
  const std::uint32_t to = identifier(argc > 2 ? argv[2] : "7E0");
  const std::uint32_t from = identifier(argc > 3 ? argv[3] : "7E8");
  const std::string request = bytes(argc > 4 ? argv[4] : "22F190");

  Socket s = socket(af_can, sock_dgram, can_isotp).value();
  s.settimeout(5.0).value();
  s.bind(CanIsotpAddress{interface, from, to}).value();
  s.send(request).value();
  const std::string answer = s.recv(4096).value();
  std::cout << "Answer:" << std::hex << std::uppercase << std::setfill('0');
  for (const char byte : answer) std::cout << " " << std::setw(2) << int{static_cast<unsigned char>(byte)};
  std::cout << std::endl;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
