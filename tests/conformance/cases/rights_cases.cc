// Sockets passed in messages (SCM_RIGHTS): what arrives is the same socket.
#include "cases/ancillary_support.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(rights_kinds, "rights/passed",
                 Rows({"method/sendmsg", "method/recvmsg", "behaviour/B32", "constant/SCM_RIGHTS",
                       "constant/SOL_SOCKET"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_EQ(REQUIRE_OK(send_with(c.client, "take it", rights_of({&x}))), 7u);
  REQUIRE_OK(x.close());
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(100, room_for(4)));
  REQUIRE_EQ(message.data, "take it");
  REQUIRE(!message.msg_flags.has(msg_ctrunc));
  REQUIRE_EQ(message.ancdata.size(), 1u);
  REQUIRE_EQ(message.ancdata[0].data.size(), 4u);
  std::vector<Socket> got = sockets_in(t, message.ancdata);
  require_connection(t, got.at(0), y);
  REQUIRE_OK(got.at(0).close());
  require_gone(t, y);
}

CONFORMANCE_OVER(rights_kinds, "rights/original_stays_open", Rows({"method/sendmsg", "behaviour/B32"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(send_with(c.client, "m", rights_of({&x})));
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(100, 100)).ancdata);
  REQUIRE_EQ(got.size(), 1u);
  REQUIRE_NE(got[0].fileno(), x.fileno());
  for (int round = 0; round < 3; ++round) {
    require_connection(t, x, y);
    require_connection(t, got[0], y);
    // Whoever reads first has it.
    REQUIRE_OK(y.sendall("for any"));
    REQUIRE_EQ(t.receive(round % 2 == 0 ? got[0] : x, 7), "for any");
  }
  REQUIRE_OK(x.close());
  require_connection(t, got[0], y);
  REQUIRE_OK(got[0].close());
  require_gone(t, y);
}

CONFORMANCE_OVER(rights_kinds, "rights/what_waited_goes_along", Rows({"behaviour/B32"}), Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(y.sendall("early"));
  REQUIRE(t.ready(x, Interest::read));
  REQUIRE_OK(send_with(c.client, "m", rights_of({&x})));
  REQUIRE_OK(x.close());
  REQUIRE_OK(y.sendall(", late"));
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(100, 100)).ancdata);
  REQUIRE_EQ(t.receive(got.at(0), 11), "early, late");
  REQUIRE_OK(y.close());
  REQUIRE_EQ(REQUIRE_OK(got[0].recv(1)), "");
}

CONFORMANCE_OVER(rights_kinds, "rights/several", Rows({"method/recvmsg", "behaviour/B32"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  std::vector<Socket> kept;
  Rights rights;
  std::vector<Socket> passed;
  for (int i = 0; i < 5; ++i) {
    auto [x, y] = stream_pair(t);
    rights.descriptors.push_back(x.fileno());
    passed.push_back(std::move(x));
    kept.push_back(std::move(y));
  }
  REQUIRE_OK(send_with(c.client, "m", rights.message()));
  passed.clear();
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(100, 100)).ancdata);
  REQUIRE_EQ(got.size(), kept.size());
  for (std::size_t i = 0; i < got.size(); ++i) require_connection(t, got[i], kept[i]);
}

CONFORMANCE_OVER(rights_kinds, "rights/several_items", Rows({"method/sendmsg", "behaviour/B32"}),
                 Needs{Feature::pass_handles}) {
  // The system may make one item of them, and Linux does.
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  auto [v, w] = stream_pair(t);
  const std::array items = {rights_of({&x}), rights_of({&v, &x})};
  REQUIRE_OK(c.client.sendmsg({"m"}, items));
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(100, 200)).ancdata);
  REQUIRE_EQ(got.size(), 3u);
  require_connection(t, got[0], y);
  require_connection(t, got[1], w);
  require_connection(t, got[2], y);
}

CONFORMANCE_OVER(rights_kinds, "rights/the_most", Rows({"method/sendmsg", "function/send_fds"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  Rights most{std::vector<std::int64_t>(253, x.fileno())};
  REQUIRE_OK(send_with(c.client, "m", most.message()));
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(100, 2000)).ancdata);
  REQUIRE_EQ(got.size(), 253u);
  require_connection(t, got.back(), y);
  most.descriptors.push_back(x.fileno());
  REQUIRE_ERROR(send_with(c.client, "m", most.message()), Errc::einval);
}

CONFORMANCE_OVER(rights_kinds, "rights/cut", Rows({"method/recvmsg", "behaviour/B29", "behaviour/B30"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  const ControlMessage three = rights_of({&x, &x, &x});
  // Neither a header that does not fit nor half a descriptor is handed out.
  struct Expected {
    std::ptrdiff_t room;
    std::size_t descriptors;
  };
  for (const auto [room, descriptors] :
       {Expected{0, 0}, {1, 0}, {15, 0}, {16, 0}, {19, 0}, {20, 1}, {23, 1}, {24, 2}, {27, 2}, {28, 3}, {32, 3}}) {
    REQUIRE_OK(send_with(c.client, "m", three));
    REQUIRE(t.ready(c.server, Interest::read));
    const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(10, room));
    const std::vector<Socket> got = sockets_in(t, message.ancdata);
    REQUIRE_EQ(message.data, "m");
    REQUIRE_EQ(got.size(), descriptors);
    REQUIRE_EQ(message.ancdata.size(), descriptors == 0 ? 0u : 1u);
    REQUIRE_EQ(message.msg_flags.has(msg_ctrunc), descriptors < 3);
  }
  // What was cut off has been closed.
  REQUIRE_OK(x.close());
  require_gone(t, y);
}

CONFORMANCE_OVER(rights_kinds, "rights/not_asked_for", Rows({"method/recv", "method/recvfrom", "behaviour/B31"}),
                 Needs{Feature::pass_handles}) {
  // Whoever receives without room for them leaves none open.
  Connection c = t.connected(kind);
  std::array<char, 10> memory;
  for (int way = 0; way < 5; ++way) {
    auto [x, y] = stream_pair(t);
    REQUIRE_OK(send_with(c.client, "m", rights_of({&x})));
    REQUIRE_OK(x.close());
    REQUIRE(t.ready(c.server, Interest::read));
    if (way == 0) REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "m");
    if (way == 1) REQUIRE_EQ(REQUIRE_OK(c.server.recvfrom(10)).data, "m");
    if (way == 2) REQUIRE_EQ(REQUIRE_OK(c.server.recv_into(memory)), 1u);
    if (way == 3) REQUIRE(REQUIRE_OK(c.server.recvmsg(10)).msg_flags.has(msg_ctrunc));
    if (way == 4) REQUIRE(REQUIRE_OK(c.server.recvmsg_into({memory})).msg_flags.has(msg_ctrunc));
    require_gone(t, y);
  }
}

CONFORMANCE_OVER(rights_kinds, "rights/never_received", Rows({"method/close", "behaviour/B31"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(send_with(c.client, "m", rights_of({&x})));
  REQUIRE_OK(x.close());
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_OK(c.server.close());
  require_gone(t, y);
}

CONFORMANCE_OVER(rights_kinds, "rights/inheritable", Rows({"behaviour/B15", "method/get_inheritable"}),
                 Needs{Feature::pass_handles, Feature::inheritable}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  for (const MessageFlags flags : {MessageFlags(), msg_cmsg_cloexec}) {
    REQUIRE_OK(send_with(c.client, "m", rights_of({&x})));
    REQUIRE(t.ready(c.server, Interest::read));
    const std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(10, 100, flags)).ancdata);
    REQUIRE_EQ(REQUIRE_OK(got.at(0).get_inheritable()), flags == MessageFlags());
  }
}

CONFORMANCE_OVER(rights_kinds, "rights/peeked", Rows({"method/recvmsg"}),
                 Needs{Feature::pass_handles, Feature::msg_peek}) {
  // Looking gives descriptors as well, and leaves the message with its own.
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(send_with(c.client, "m", rights_of({&x})));
  REQUIRE_OK(x.close());
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> seen = sockets_in(t, REQUIRE_OK(c.server.recvmsg(10, 100, msg_peek)).ancdata);
  require_connection(t, seen.at(0), y);
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(10, 100)).ancdata);
  REQUIRE_NE(seen[0].fileno(), got.at(0).fileno());
  REQUIRE_OK(seen[0].close());
  require_connection(t, got[0], y);
}

CONFORMANCE_OVER(rights_kinds, "rights/bad_descriptor", Rows({"method/sendmsg", "function/send_fds"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  const std::int64_t closed = x.fileno();
  REQUIRE_OK(x.close());
  REQUIRE_ERROR(send_with(c.client, "m", Rights{{closed}}.message()), Errc::ebadf);
  REQUIRE_ERROR(send_with(c.client, "m", Rights{{-1}}.message()), Errc::ebadf);
  // One bad one spoils them all, and nothing has been sent.
  REQUIRE_ERROR(send_with(c.client, "m", Rights{{y.fileno(), closed}}.message()), Errc::ebadf);
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
}

CONFORMANCE_OVER(rights_kinds, "rights/odd_sizes", Rows({"method/sendmsg", "behaviour/B32"}),
                 Needs{Feature::pass_handles}) {
  // Trailing parts of an int are ignored; no descriptor at all is no ancillary data.
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  ControlMessage item = rights_of({&x});
  item.data += "ab";
  REQUIRE_OK(send_with(c.client, "m", item));
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(10, 100)).ancdata);
  REQUIRE_EQ(got.size(), 1u);
  require_connection(t, got[0], y);
  for (const std::string_view data : {"", "abc"}) {
    REQUIRE_OK(send_with(c.client, "n", {sol_socket, scm_rights, std::string(data)}));
    REQUIRE(t.ready(c.server, Interest::read));
    const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(10, 100));
    REQUIRE_EQ(message.data, "n");
    REQUIRE(message.ancdata.empty());
    REQUIRE(!message.msg_flags.has(msg_ctrunc));
  }
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_pair}), "rights/end_a_piece_of_the_stream", Rows({"method/recvmsg"}),
                 Needs{Feature::pass_handles}) {
  // What follows a message with descriptors comes in another call, so that it stays plain which bytes they belong to.
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(c.client.sendall("one "));
  REQUIRE_OK(send_with(c.client, "two ", rights_of({&x})));
  REQUIRE_OK(c.client.sendall("three"));
  std::string data;
  std::vector<ControlMessage> items;
  while (items.empty()) {
    REQUIRE(t.ready(c.server, Interest::read));
    ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(100, 100));
    data += message.data;
    items = std::move(message.ancdata);
  }
  REQUIRE_EQ(data, "one two ");
  REQUIRE_EQ(sockets_in(t, items).size(), 1u);
  REQUIRE_EQ(t.receive(c.server, 5), "three");
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_pair}), "rights/read_in_parts", Rows({"method/recvmsg"}),
                 Needs{Feature::pass_handles}) {
  // They come with the first byte of their message, once.
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(send_with(c.client, "abc", rights_of({&x})));
  for (const std::string_view part : {"a", "b", "c"}) {
    REQUIRE(t.ready(c.server, Interest::read));
    const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(1, 100));
    REQUIRE_EQ(message.data, part);
    REQUIRE_EQ(sockets_in(t, message.ancdata).size(), part == "a" ? 1u : 0u);
  }
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_pair}), "rights/with_much_data", Rows({"method/sendmsg"}),
                 Needs{Feature::pass_handles, Feature::threads}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  const std::string data = t.pattern(std::size_t{1} << 20);
  const ControlMessage item = rights_of({&x});
  Worker writer = t.spawn([&] { REQUIRE_EQ(REQUIRE_OK(send_with(c.client, data, item)), data.size()); });
  const ReceivedMessage first = REQUIRE_OK(c.server.recvmsg(1000, 100));
  REQUIRE_EQ(sockets_in(t, first.ancdata).size(), 1u);
  REQUIRE(first.data + t.receive(c.server, data.size() - first.data.size()) == data);
  writer.join();
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_pair}), "rights/need_a_byte", Rows({"method/sendmsg"}),
                 Needs{Feature::pass_handles}) {
  // A stream has no empty messages that could carry anything.
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_EQ(REQUIRE_OK(send_with(c.client, "", rights_of({&x}))), 0u);
  REQUIRE_OK(c.client.sendall("z"));
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(10, 100));
  REQUIRE_EQ(message.data, "z");
  REQUIRE(message.ancdata.empty());
}

CONFORMANCE_OVER((std::array{&seqpacket_pair, &unix_dgram_pair}), "rights/with_an_empty_message",
                 Rows({"method/sendmsg"}), Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_EQ(REQUIRE_OK(send_with(c.client, "", rights_of({&x}))), 0u);
  REQUIRE_OK(x.close());
  REQUIRE(t.ready(c.server, Interest::read));
  const ReceivedMessage message = REQUIRE_OK(c.server.recvmsg(10, 100));
  REQUIRE_EQ(message.data, "");
  std::vector<Socket> got = sockets_in(t, message.ancdata);
  require_connection(t, got.at(0), y);
}

CONFORMANCE_OVER(rights_kinds, "rights/outlive_their_sender", Rows({"method/close", "behaviour/B32"}),
                 Needs{Feature::pass_handles}) {
  Connection c = t.connected(kind);
  auto [x, y] = stream_pair(t);
  REQUIRE_OK(send_with(c.client, "m", rights_of({&x})));
  REQUIRE_OK(x.close());
  REQUIRE_OK(c.client.close());
  REQUIRE(t.ready(c.server, Interest::read));
  std::vector<Socket> got = sockets_in(t, REQUIRE_OK(c.server.recvmsg(10, 100)).ancdata);
  require_connection(t, got.at(0), y);
}

CONFORMANCE("rights/passed_over_itself", Rows({"behaviour/B32"}), Needs{Feature::pass_handles}) {
  // A socket in its own queue: nobody can ever receive it, and nobody needs to.
  auto [a, b] = stream_pair(t);
  REQUIRE_OK(send_with(a, "m", rights_of({&b})));
  REQUIRE_OK(send_with(b, "m", rights_of({&a, &b})));
  REQUIRE(t.ready(a, Interest::read));
  REQUIRE(t.ready(b, Interest::read));
  const std::vector<Socket> got = sockets_in(t, REQUIRE_OK(a.recvmsg(10, 100)).ancdata);
  REQUIRE_EQ(got.size(), 2u);
}

}  // namespace
}  // namespace everysock::conformance
