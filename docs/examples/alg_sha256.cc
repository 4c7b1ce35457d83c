// The SHA-256 of a file or of standard input, computed by the kernel, in the format of sha256sum.
//   alg_sha256 [FILE]
#include <everysock/socket.h>

#include <cstdint>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string name = argc > 1 ? argv[1] : "-";
  std::ifstream file;
  if (name != "-") {
    file.open(name, std::ios::binary);
    if (!file) {
      std::cerr << name << ": cannot be read\n";
      return 1;
    }
  }
  std::istream& input = name == "-" ? std::cin : file;

  Socket algorithm = socket(af_alg, sock_seqpacket).value();
  algorithm.bind(AlgAddress{"hash", "sha256"}).value();
  Socket hash = algorithm.accept().value().socket;
  std::string piece(65536, '\0');
  while (input) {
    input.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    // msg_more: the hash is not asked for yet.
    hash.sendall(piece.substr(0, static_cast<std::size_t>(input.gcount())), msg_more).value();
  }

  if (input.bad()) {
    std::cerr << name << ": cannot be read\n";
    return 1;
  }

  const std::string digest = hash.recv(32).value();
  std::cout << std::hex << std::setfill('0');
  for (const char byte : digest) std::cout << std::setw(2) << int{static_cast<std::uint8_t>(byte)};
  std::cout << "  " << name << "\n";
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
