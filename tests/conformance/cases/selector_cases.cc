// Selector: adding, changing and removing sockets, waiting and being woken, many sockets at once.
#include <array>
#include <limits>
#include <memory>

#include "everysock/backend_wrapper.h"
#include "framework/case.h"

namespace everysock::conformance {
namespace {

using Events = std::span<const Selector::Event>;

CONFORMANCE_OVER(stream_kinds, "selector/modify", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  int first = 0;
  int second = 0;
  REQUIRE_OK(selector.add(c.server, Interest::write, &first));
  REQUIRE_EQ(REQUIRE_OK(selector.select(Context::patience)).size(), 1u);
  REQUIRE_OK(selector.modify(c.server, Interest::read, &second));
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());
  REQUIRE_OK(c.client.sendall("x"));
  const Events events = REQUIRE_OK(selector.select(Context::patience));
  REQUIRE_EQ(events.size(), 1u);
  REQUIRE(events[0].data == &second);
  REQUIRE_EQ(events[0].ready, Interest::read);
}

CONFORMANCE_OVER(stream_kinds, "selector/remove", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.server, Interest::read));
  REQUIRE_EQ(selector.size(), 1u);
  REQUIRE_OK(c.client.sendall("x"));
  REQUIRE_EQ(REQUIRE_OK(selector.select(Context::patience)).size(), 1u);
  REQUIRE_OK(selector.remove(c.server));
  REQUIRE_EQ(selector.size(), 0u);
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());
  REQUIRE_OK(selector.add(c.server, Interest::read));  // and in again
  REQUIRE_EQ(REQUIRE_OK(selector.select(Context::patience)).size(), 1u);
}

CONFORMANCE("selector/usage", Rows({"behaviour/B57"}), Needs{Feature::inet_dgram}) {
  Socket a = t.bound(udp4);
  Socket b = t.bound(udp4);
  Selector selector = t.selector();
  REQUIRE_ERROR(selector.add(a, Interest::none), UsageErrc::no_interest);
  REQUIRE_OK(selector.add(a, Interest::read));
  REQUIRE_ERROR(selector.add(a, Interest::write), UsageErrc::already_registered);
  REQUIRE_ERROR(selector.modify(a, Interest::none), UsageErrc::no_interest);
  REQUIRE_ERROR(selector.modify(b, Interest::read), UsageErrc::not_registered);
  REQUIRE_ERROR(selector.remove(b), UsageErrc::not_registered);
  REQUIRE_EQ(selector.size(), 1u);
}

CONFORMANCE("selector/bad_time_outs", Rows({"behaviour/B57"}), Needs{}) {
  Selector selector = t.selector();
  REQUIRE_ERROR(selector.select(-1), UsageErrc::negative_timeout);
  REQUIRE_ERROR(selector.select(std::numeric_limits<double>::quiet_NaN()), UsageErrc::negative_timeout);
  REQUIRE_ERROR(selector.select(1e300), UsageErrc::timeout_too_large);
}

CONFORMANCE("selector/closed_socket", Rows({"behaviour/B57", "method/close"}), Needs{Feature::inet_dgram}) {
  Selector selector = t.selector();
  Socket closed = t.open(udp4);
  REQUIRE_OK(closed.close());
  REQUIRE_ERROR(selector.add(closed, Interest::read), Errc::ebadf);
  REQUIRE_EQ(selector.size(), 0u);
}

CONFORMANCE("selector/closed_too_early", Rows({"behaviour/B57", "method/close"}), Needs{Feature::inet_dgram}) {
  // Closed before it was removed: a mistake, but only an idle entry is left of it.
  Selector selector = t.selector();
  Socket s = t.bound(udp4);
  Socket other = t.bound(udp4);
  REQUIRE_OK(selector.add(s, Interest::read_write));
  REQUIRE_OK(selector.add(other, Interest::write));
  REQUIRE_OK(s.close());
  const Events events = REQUIRE_OK(selector.select(Context::patience));
  REQUIRE_EQ(events.size(), 1u);
  REQUIRE(events[0].socket == &other);
  REQUIRE_OK(selector.remove(s));
  REQUIRE_EQ(selector.size(), 1u);
}

CONFORMANCE("selector/mixed_backends", Rows({"behaviour/B57"}), Needs{Feature::inet_dgram}) {
  BackendWrapper another(t.backend());
  Socket s = REQUIRE_OK(socket(af_inet, sock_dgram, {}, another));
  Selector selector = t.selector();
  REQUIRE_ERROR(selector.add(s, Interest::read), UsageErrc::mixed_backends);
}

CONFORMANCE("selector/times_out", Rows({"behaviour/B57"}), Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(s, Interest::read));
  const double start = t.now();
  REQUIRE(REQUIRE_OK(selector.select(0.05)).empty());
  const double took = t.now() - start;
  REQUIRE_GE(took, 0.0495);
  REQUIRE_LT(took, 5.0);
}

CONFORMANCE("selector/looks_without_waiting", Rows({"behaviour/B57"}), Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(s, Interest::read));
  const double start = t.now();
  for (int i = 0; i < 100; ++i) REQUIRE(REQUIRE_OK(selector.select(0)).empty());
  REQUIRE_LT(t.now() - start, 5.0);
}

CONFORMANCE("selector/wake", Rows({"behaviour/B57"}), Needs{Feature::threads}) {
  Selector selector = t.selector();
  Worker waker = t.spawn([&] {
    t.pause(Context::moment);
    selector.wake();
  });
  REQUIRE(REQUIRE_OK(selector.select(std::nullopt)).empty());  // would wait for ever
  waker.join();
}

CONFORMANCE("selector/woken_before", Rows({"behaviour/B57"}), Needs{}) {
  Selector selector = t.selector();
  selector.wake();
  selector.wake();
  const double start = t.now();
  REQUIRE(REQUIRE_OK(selector.select(Context::patience)).empty());
  REQUIRE_LT(t.now() - start, Context::patience / 2);
  REQUIRE(REQUIRE_OK(selector.select(Context::moment)).empty());
  REQUIRE_GE(t.now() - start, Context::moment * 0.99);  // two calls, one wake
}

CONFORMANCE("selector/woken_and_ready", Rows({"behaviour/B57"}), Needs{Feature::inet_dgram}) {
  Socket s = t.bound(udp4);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(s, Interest::write));
  selector.wake();
  // The wake may end a wait on its own, but it does not hide the event.
  Interest seen = interest_in(REQUIRE_OK(selector.select(Context::patience)), s);
  if (seen == Interest::none) seen = interest_in(REQUIRE_OK(selector.select(Context::patience)), s);
  REQUIRE_EQ(seen, Interest::write);
}

CONFORMANCE_OVER((std::array{&tcp4, &udp4, &unix_pair}), "selector/added_while_waiting", Rows({"behaviour/B57"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.client, Interest::read));
  Worker sender = t.spawn([&] {
    t.pause(Context::moment);
    REQUIRE_OK(c.server.send("x"));
  });
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), c.client), Interest::read);
  sender.join();
}

CONFORMANCE_OVER((std::array{&tcp4, &tcp6, &udp4, &unix_pair}), "selector/hundred_connections", Rows({"behaviour/B57"}),
                 Needs{}) {
  std::vector<Connection> connections;
  if (kind.naming == Naming::loopback && kind.type == sock_stream) {
    Socket listener = t.listener(kind, 128);
    for (int i = 0; i < 100; ++i) connections.push_back(t.connect_to(listener, kind));
  } else {
    for (int i = 0; i < 100; ++i) connections.push_back(t.connected(kind));
  }
  Selector selector = t.selector();
  for (Connection& c : connections) REQUIRE_OK(selector.add(c.server, Interest::read, &c));
  REQUIRE_EQ(selector.size(), 100u);
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());

  // Every third speaks; exactly those become ready, and each is answered.
  for (std::size_t i = 0; i < 100; i += 3) REQUIRE_OK(connections[i].client.send("question " + std::to_string(i)));
  std::size_t answered = 0;
  while (answered < 34) {
    const Events events = REQUIRE_OK(selector.select(Context::patience));
    REQUIRE(!events.empty());
    for (const Selector::Event& event : events) {
      const auto& c = *static_cast<Connection*>(event.data);
      REQUIRE(event.socket == &c.server);
      const auto i = static_cast<std::size_t>(&c - connections.data());
      REQUIRE_EQ(i % 3, 0u);
      REQUIRE_EQ(REQUIRE_OK(event.socket->recv(100)), "question " + std::to_string(i));
      REQUIRE_OK(event.socket->send("answer " + std::to_string(i)));
      ++answered;
    }
  }
  for (std::size_t i = 0; i < 100; i += 3)
    REQUIRE_EQ(REQUIRE_OK(connections[i].client.recv(100)), "answer " + std::to_string(i));
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());
}

CONFORMANCE_OVER((std::array{&tcp4, &unix_path}), "selector/echo_server", Rows({"behaviour/B57", "behaviour/B54"}),
                 Needs{}) {
  // A server and its clients, which come, speak and go, all in one loop.
  struct Client {
    Socket socket;
    std::string text;
    std::string answer = {};
  };
  constexpr std::size_t kClients = 12;
  Socket listener = t.listener(kind);
  REQUIRE_OK(listener.setblocking(false));
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(listener, Interest::read));
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<Client>(Client{t.open(kind), t.pattern(1000, i)}));
    Client& client = *clients.back();
    REQUIRE_OK(client.socket.connect(REQUIRE_OK(listener.getsockname())));
    REQUIRE_OK(client.socket.sendall(client.text));
    REQUIRE_OK(selector.add(client.socket, Interest::read, &client));
  }
  std::vector<std::unique_ptr<Socket>> open;
  std::size_t served = 0;
  const auto serve = [&](Socket& socket) {
    if (&socket == &listener) {
      open.push_back(std::make_unique<Socket>(REQUIRE_OK(listener.accept()).socket));
      REQUIRE_OK(open.back()->setblocking(false));
      REQUIRE_OK(selector.add(*open.back(), Interest::read));
      return;
    }
    const std::string data = REQUIRE_OK(socket.recv(4096));
    if (!data.empty()) {
      REQUIRE_OK(socket.sendall(data));
      return;
    }
    REQUIRE_OK(selector.remove(socket));
    std::erase_if(open, [&](const auto& each) { return each.get() == &socket; });
    ++served;
  };
  while (served < kClients) {
    const Events events = REQUIRE_OK(selector.select(Context::patience));
    REQUIRE(!events.empty());
    // Only the first: the others may name a socket that is gone then, and will be reported again.
    auto* client = static_cast<Client*>(events.front().data);
    if (client == nullptr) {
      serve(*events.front().socket);
      continue;
    }
    client->answer += REQUIRE_OK(client->socket.recv(4096));
    if (client->answer.size() < client->text.size()) continue;
    REQUIRE(client->answer == client->text);
    REQUIRE_OK(selector.remove(client->socket));
    REQUIRE_OK(client->socket.close());
  }
}

}  // namespace
}  // namespace everysock::conformance
