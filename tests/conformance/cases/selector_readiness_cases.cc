// Selector: which events a socket has, and when.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

using Events = std::span<const Selector::Event>;

CONFORMANCE_OVER(connected_kinds, "selector/readable", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  int tag = 0;
  REQUIRE_OK(selector.add(c.server, Interest::read, &tag));
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());
  REQUIRE_OK(c.client.send("x"));
  const Events events = REQUIRE_OK(selector.select(Context::patience));
  REQUIRE_EQ(events.size(), 1u);
  REQUIRE(events[0].socket == &c.server);
  REQUIRE(events[0].data == &tag);
  REQUIRE_EQ(events[0].ready, Interest::read);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "x");
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());
}

CONFORMANCE_OVER(connected_kinds, "selector/writable", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.client, Interest::write));
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), c.client), Interest::write);
}

CONFORMANCE_OVER(stream_kinds, "selector/full_is_not_writable", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  std::size_t sent = t.fill(c.client);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.client, Interest::write));
  // Buffers on the way may make room late: full is what is full at last.
  while (!REQUIRE_OK(selector.select(Context::moment)).empty()) sent += t.fill(c.client);
  REQUIRE_EQ(t.receive(c.server, sent).size(), sent);
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), c.client), Interest::write);
}

CONFORMANCE_OVER(connected_kinds, "selector/both_in_one_event", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.send("x"));
  REQUIRE(t.ready(c.server, Interest::read));
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.server, Interest::read_write));
  const Events events = REQUIRE_OK(selector.select(Context::patience));
  REQUIRE_EQ(events.size(), 1u);  // each socket appears once
  REQUIRE_EQ(events[0].ready, Interest::read_write);
}

CONFORMANCE_OVER(connected_kinds, "selector/level_triggered", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.server, Interest::read));
  REQUIRE_OK(c.client.send("abc"));
  for (int i = 0; i < 3; ++i)
    REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), c.server), Interest::read);
}

CONFORMANCE_OVER(listener_kinds, "selector/listener", Rows({"behaviour/B57", "method/accept"}), Needs{}) {
  Socket listener = t.listener(kind);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(listener, Interest::read));
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());
  Socket client = t.open(kind);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), listener), Interest::read);
  REQUIRE_OK(listener.accept());
  REQUIRE(REQUIRE_OK(selector.select(0)).empty());
}

CONFORMANCE_OVER(tcp_kinds, "selector/connecting", Rows({"behaviour/B57", "method/connect"}), Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE_ERROR(client.connect(REQUIRE_OK(listener.getsockname())), Errc::einprogress);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(client, Interest::write));
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), client), Interest::write);
  REQUIRE_OK(client.send("connected"));
}

CONFORMANCE_OVER(tcp_kinds, "selector/connecting_in_vain", Rows({"behaviour/B57", "method/connect"}),
                 Needs{Feature::connect_refused}) {
  Socket deaf = t.bound(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE_ERROR(client.connect(REQUIRE_OK(deaf.getsockname())), Errc::einprogress);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(client, Interest::read_write));
  // A socket that failed is ready for whatever was asked.
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), client), Interest::read_write);
}

CONFORMANCE_OVER(stream_kinds, "selector/end_of_stream", Rows({"behaviour/B57"}), Needs{}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.server, Interest::read));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), c.server), Interest::read);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), c.server), Interest::read);  // and stays so
}

CONFORMANCE_OVER(tcp_kinds, "selector/reset", Rows({"behaviour/B57"}), Needs{Feature::linger}) {
  Connection c = t.connected(kind);
  Selector selector = t.selector();
  REQUIRE_OK(selector.add(c.server, Interest::read));
  const std::array<std::int32_t, 2> at_once = {1, 0};
  REQUIRE_OK(c.client.setsockopt(sol_socket, so_linger, ConstBuffer(at_once.data(), sizeof at_once)));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(interest_in(REQUIRE_OK(selector.select(Context::patience)), c.server), Interest::read);
  REQUIRE_ERROR(c.server.recv(1), Errc::econnreset);
}

}  // namespace
}  // namespace everysock::conformance
