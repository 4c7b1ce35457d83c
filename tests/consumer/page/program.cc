// What a user of an installed build for pages compiles: two threads, one of which blocks, on the network in memory (no
// proxy is needed), and the name of the backend that a page has.
#include <everysock/memory_backend.h>
#include <everysock/socket.h>
#include <everysock/thread.h>

#include <cstdio>
#include <memory>
#include <string>

using namespace everysock;

int main() {
  const std::unique_ptr<Backend> memory = new_memory_backend();
  Socket server = create_server({"127.0.0.1", 80}, {}, *memory).value();
  Thread client(*memory, [&] { create_connection({"127.0.0.1", 80}, {}, *memory).value().sendall("hello").value(); });
  const std::string received = server.accept().value().socket.recv(16).value();
  client.join();
  std::printf("%s, %s\n", received.c_str(), default_backend().name().data());
}
