// A program for WASI preview 1: takes up the socket that is its standard input, and gives back what comes, until the
// end.
#include <everysock/socket.h>

#include <cstdio>
#include <string>

using namespace everysock;

int main() {
  Result<Socket> made = socket(af_inet, sock_stream);
  std::fprintf(stderr, "%s\n", made ? "made a socket" : made.error().message().c_str());

  Socket s = socket_from_fileno(0, {.family = af_inet, .type = {}, .proto = ipproto_tcp}).value();
  std::fprintf(stderr, "type %s\n", s.type() == sock_stream ? "stream" : "other");
  std::fprintf(stderr, "%s\n", s.getsockname().error().message().c_str());
  for (;;) {
    const std::string data = s.recv(1024).value();
    if (data.empty()) break;
    s.sendall("echo " + data).value();
  }
  // No shutdown(): Node.js 20 dies of sock_shutdown on a descriptor that it did not open itself.
  (void)s.detach();
}
