#include "tests/benchmark/targets/selector_load.h"

#include <array>

#include "everysock/connection.h"
#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kMessage = 64;

void send_message(Socket& connection) {
  const std::array<char, kMessage> message{};
  if (must(connection.send(message), "send") != message.size()) give_up("send", "short");
}

void receive_message(Socket& connection) {
  std::array<char, kMessage> message;
  if (must(connection.recv_into(message), "recv_into") != message.size()) give_up("recv_into", "short");
}

}  // namespace

SelectorLoad::SelectorLoad(Backend& backend, std::uint16_t port, std::size_t connections)
    : selector_(must(Selector::create(backend), "Selector::create")) {
  for (std::size_t i = 0; i < connections; ++i) {
    auto connection =
        std::make_unique<Socket>(must(create_connection({"127.0.0.1", port}, {}, backend), "create_connection"));
    must(selector_.add(*connection, Interest::read), "add");
    connections_.push_back(std::move(connection));
  }
}

void SelectorLoad::run(std::size_t operations) {
  std::size_t to_send = operations;
  for (std::size_t i = 0; i < connections_.size() && to_send > 0; ++i, --to_send) send_message(*connections_[i]);
  for (std::size_t left = operations; left > 0;) {
    for (const Selector::Event& event : must(selector_.select(), "select")) {
      receive_message(*event.socket);
      --left;
      if (to_send == 0) continue;
      --to_send;
      send_message(*event.socket);
    }
  }
}

}  // namespace everysock::benchmark
