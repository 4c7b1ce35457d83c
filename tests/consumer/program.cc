// What a user of the library compiles, however it was found: one TCP connection to itself, and an error. No exceptions,
// so that it builds with -fno-exceptions too.
#include <everysock/posix_backend.h>
#include <everysock/socket.h>

#include <cstdio>
#include <string>

using namespace everysock;

int fail_with(Error error) {
  std::printf("%s\n", error.message().c_str());
  return 1;
}

int main() {
  Result<Socket> server = create_server({"127.0.0.1", 0});
  if (!server) return fail_with(server.error());
  const Result<Address> name = server->getsockname();
  if (!name) return fail_with(name.error());

  Result<Socket> client = create_connection(std::get<InetAddress>(*name), {.timeout = 5.0});
  if (!client) return fail_with(client.error());
  Result<Accepted> accepted = server->accept();
  if (!accepted) return fail_with(accepted.error());
  if (const Result<void> sent = accepted->socket.sendall("hello"); !sent) return fail_with(sent.error());
  const Result<std::string> received = client->recv(16);
  if (!received) return fail_with(received.error());

  // A port that nobody has any more.
  if (const Result<void> closed = server->close(); !closed) return fail_with(closed.error());
  const Result<Socket> refused = create_connection(std::get<InetAddress>(*name), {.timeout = 5.0});
  if (refused) return 1;
  const std::string status(refused.error().ToStatus().message());
  std::printf("%s, %s, %s\n", received->c_str(), default_backend().name().data(), status.c_str());

  const std::unique_ptr<Backend> backend = new_posix_backend();
  return socket(af_inet, sock_dgram, {}, *backend) ? 0 : 1;
}
