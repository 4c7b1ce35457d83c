#include "tests/benchmark/peer/selector_echo_server.h"

#include <memory>
#include <unordered_map>
#include <vector>

#include "everysock/connection.h"
#include "everysock/selector.h"
#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kBuffer = 16384;
constexpr int kBacklog = 4096;

}  // namespace

Socket library_listener(Backend& backend) {
  return must(create_server({"127.0.0.1", 0}, {.backlog = kBacklog}, backend), "create_server");
}

std::uint16_t port_of(const Socket& socket) {
  return static_cast<std::uint16_t>(std::get<InetAddress>(must(socket.getsockname(), "getsockname")).port);
}

void serve_with_selector(Socket& listener) {
  Selector selector = must(Selector::create(*listener.backend()), "Selector::create");
  must(listener.setblocking(false), "setblocking");
  must(selector.add(listener, Interest::read), "add");
  std::unordered_map<Socket*, std::unique_ptr<Socket>> connections;
  std::vector<char> buffer(kBuffer);
  for (;;) {
    for (const Selector::Event& event : must(selector.select(), "select")) {
      if (event.socket == &listener) {
        auto accepted = listener.accept();
        if (!accepted && accepted.error() == Errc::einval) return;
        if (!accepted) continue;
        auto connection = std::make_unique<Socket>(std::move(accepted->socket));
        must(connection->setblocking(false), "setblocking");
        must(selector.add(*connection, Interest::read), "add");
        connections.emplace(connection.get(), std::move(connection));
        continue;
      }
      Socket& connection = *event.socket;
      const auto received = connection.recv_into(buffer);
      if (!received || *received == 0) {
        must(selector.remove(connection), "remove");
        connections.erase(&connection);
        continue;
      }
      if (must(connection.send({buffer.data(), *received}), "send") != *received) give_up("send", "short");
    }
  }
}

}  // namespace everysock::benchmark
