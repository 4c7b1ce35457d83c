// A web server in a few lines. Built by Emscripten it runs inside a page, and any client reaches it through the proxy:
// another tab, curl, or http_get beside it. PORT 0 takes a free one; CLIENTS is how many to serve before ending.
//   page_server [HOST [PORT [CLIENTS]]]
#include <everysock/socket.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

// Reads a request up to the empty line that ends it; a client that says nothing for five seconds gets no answer.
bool read_request(Socket& client) {
  client.settimeout(5.0).value();
  std::string request;
  while (request.find("\r\n\r\n") == std::string::npos) {
    const Result<std::string> data = client.recv(4096);
    if (!data || data->empty() || request.size() > 65536) return false;
    request += *data;
  }
  return true;
}

int main(int argc, char** argv) try {
  const std::string host = argc > 1 ? argv[1] : "127.0.0.1";
  const int port = argc > 2 ? std::atoi(argv[2]) : 0;
  const int clients = argc > 3 ? std::atoi(argv[3]) : -1;

  Socket server = create_server({host, port}).value();
  std::cout << "listening on " << to_string(server.getsockname().value()) << std::endl;
  for (int visitor = 1; visitor <= clients || clients < 0; ++visitor) {
    auto [client, address] = server.accept().value();
    if (!read_request(client)) continue;
    const std::string page = "Hello, " + to_string(address) + ". You are visitor " + std::to_string(visitor) +
                             " of a C++ program on the " + std::string(default_backend().name()) + " backend.\n";
    const Result<void> sent =
        client.sendall("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(page.size()) +
                       "\r\nConnection: close\r\n\r\n" + page);
    std::cout << "visitor " << visitor << ": " << to_string(address) << (sent ? "" : ", who left early") << std::endl;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
