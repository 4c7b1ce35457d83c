// Fetches a document by HTTP and prints the whole answer, headers first.
//   http_get [HOST [PORT [PATH]]]
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

int main(int argc, char** argv) try {
  const std::string host = argc > 1 ? argv[1] : "127.0.0.1";
  const int port = argc > 2 ? std::atoi(argv[2]) : 80;
  const std::string path = argc > 3 ? argv[3] : "/";

  Socket s = create_connection({host, port}, {.timeout = 5.0}).value();
  s.sendall("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").value();
  while (true) {
    const std::string data = s.recv(4096).value();
    if (data.empty()) break;  // the server has said everything
    std::cout << data;
  }
  std::cout << std::flush;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
