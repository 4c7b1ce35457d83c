// Control messages in the engine, and the sockets that they bring.
#include <doctest/doctest.h>

#include "everysock/control_messages.h"
#include "tests/websocket/wire.h"

namespace everysock::websocket {
namespace {

constexpr WireHandle kNew = first_server_handle;

std::string as_data(WireHandle handle) {
  std::string data;
  for (int shift = 0; shift < 32; shift += 8) data.push_back(static_cast<char>((handle >> shift) & 0xff));
  return data;
}

std::string_view name(const std::optional<ProtocolError>& error) { return error ? reason(*error) : "fine"; }

Message bringing(std::string_view handle, std::string_view text) {
  return {0, {}, {{sol_socket, scm_rights, handle}}, {text}};
}

Passed stream(WireHandle former, PassedState state = PassedState::connected) {
  return {kNew, former, state, af_inet, sock_stream, ipproto_tcp, client_address, server_address};
}

struct Received {
  std::string text;
  std::vector<ControlMessage> control;
  MessageFlags flags;
  std::vector<SocketPointer> sockets;
};

Received receive(ClientEngine& engine, SocketState& socket, std::size_t room = 100, MessageFlags flags = {}) {
  Received result;
  result.text.resize(100);
  const MutableBuffer buffer(result.text);
  ReceiveRequest request{};
  request.buffers = {&buffer, 1};
  request.flags = flags;
  request.control = &result.control;
  request.control_capacity = room;
  const auto size = engine.receive(socket, request, 0, [&](const SocketPointer& passed) {
    ++passed->duplicates;
    result.sockets.push_back(passed);
    return 7;
  });
  REQUIRE(size);
  result.text.resize(*size);
  result.flags = request.received_flags;
  return result;
}

struct Fixture {
  Wire wire;
  SocketPointer channel = wire.connected(af_unix);
  ClientEngine& engine = wire.engine;
  const std::string handle = as_data(kNew);
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a socket that comes is open, and has credit once it has been received") {
  CHECK(!wire.send(channel->wire, stream(0)));
  CHECK(!wire.send(channel->wire, bringing(handle, "m")));
  CHECK(wire.quiet());
  const Received got = receive(engine, *channel);
  CHECK(got.text == "m");
  REQUIRE(got.sockets.size() == 1);
  CHECK(Rights::from(got.control.at(0)) == Rights{{7}});
  CHECK(got.sockets[0]->phase == Phase::connected);
  CHECK(engine.peer_address(*got.sockets[0]).value() == server_address);
  CHECK(wire.expect<Credit>().amount == 1000);
  CHECK(wire.handle == kNew);
  CHECK(!wire.send(kNew, Data{{"hello"}}));
  CHECK(receive_text(engine, *got.sockets[0]) == "hello");
}

TEST_CASE_FIXTURE(Fixture, "one that does not fit is closed") {
  CHECK(!wire.send(channel->wire, stream(0)));
  CHECK(!wire.send(channel->wire, bringing(handle, "m")));
  const Received got = receive(engine, *channel, 16);
  CHECK(got.flags.has(msg_ctrunc));
  CHECK(got.control.empty());
  wire.expect<Close>();
  CHECK(wire.handle == kNew);
}

TEST_CASE_FIXTURE(Fixture, "one that nobody receives is closed with the socket that it came to") {
  CHECK(!wire.send(channel->wire, stream(0)));
  CHECK(!wire.send(channel->wire, bringing(handle, "m")));
  engine.close(*channel, nullptr);
  wire.expect<Close>();
  CHECK(wire.handle == kNew);
  wire.expect<Close>();
  CHECK(wire.handle == channel->wire);
}

TEST_CASE_FIXTURE(Fixture, "peeking leaves the socket in the message") {
  CHECK(!wire.send(channel->wire, stream(0)));
  CHECK(!wire.send(channel->wire, bringing(handle, "m")));
  const SocketPointer first = receive(engine, *channel, 100, msg_peek).sockets.at(0);
  CHECK(--first->duplicates > 0);  // closed by the program, not by the message
  CHECK(receive(engine, *channel).sockets.at(0) == first);
  CHECK(first->duplicates == 1);
}

TEST_CASE_FIXTURE(Fixture, "a socket of the program's comes back with what it had not read") {
  const SocketPointer passed = wire.connected();
  engine.note_passed(passed);
  const WireHandle former = passed->wire;
  CHECK(!wire.send(former, Data{{"early "}}));
  SUBCASE("closed meanwhile") {
    engine.close(*passed, nullptr);
    const auto close = wire.expect<Close>();
    CHECK(wire.flags == 0);                     // no reset: somebody else goes on with it
    CHECK(!wire.send(former, Data{{"late"}}));  // it crossed the close
    CHECK(!wire.send(former, Done{close.request, {}, {}}));
    CHECK(!wire.send(channel->wire, stream(former)));
    CHECK(!wire.send(channel->wire, bringing(handle, "m")));
    CHECK(receive(engine, *channel).sockets.at(0) == passed);
    CHECK(receive_text(engine, *passed) == "early late");
    CHECK(!wire.send(kNew, Data{{"later"}}));
    CHECK(receive_text(engine, *passed) == "later");
  }
  SUBCASE("still open") {
    CHECK(!wire.send(channel->wire, stream(former)));
    CHECK(!wire.send(channel->wire, bringing(handle, "m")));
    CHECK(receive(engine, *channel).sockets.at(0) == passed);
    CHECK(wire.quiet());
    engine.close(*passed, nullptr);
    wire.expect<Close>();
    CHECK(wire.handle == kNew);
    wire.expect<Close>();
    CHECK(wire.handle == former);
  }
}

TEST_CASE_FIXTURE(Fixture, "on a stream, control messages stay with their bytes") {
  const std::string ttl("\x2a\0\0\0", 4);
  CHECK(!wire.send(channel->wire, Data{{"plain "}}));
  CHECK(!wire.send(channel->wire, stream(0)));
  CHECK(!wire.send(channel->wire, bringing(handle, "with ")));
  CHECK(!wire.send(channel->wire, Data{{"behind"}}));
  const Received got = receive(engine, *channel);
  CHECK(got.text == "plain with ");
  CHECK(got.sockets.size() == 1);
  CHECK(receive(engine, *channel).text == "behind");
}

TEST_CASE_FIXTURE(Fixture, "what a server may not do with them") {
  CHECK(name(wire.send(channel->wire, bringing(handle, "m"))) == "unknown-handle");
  CHECK(!wire.send(channel->wire, stream(0)));
  CHECK(name(wire.send(channel->wire, stream(0))) == "handle-in-use");
  CHECK(name(wire.send(99, stream(0))) == "unknown-handle");
  Message asks = bringing(handle, "m");
  asks.request = 1;
  CHECK(name(wire.send(channel->wire, asks)) == "bad-value");
  CHECK(name(wire.send(channel->wire, bringing(handle, ""))) == "bad-length");
  Passed more = stream(0);
  for (more.passed = kNew + 1; more.passed < kNew + 253; ++more.passed) REQUIRE(!wire.send(channel->wire, more));
  CHECK(name(wire.send(channel->wire, more)) == "too-many-handles");
}

TEST_CASE_FIXTURE(Fixture, "the credit that a message costs") {
  const ConstBuffer text("text");
  const SendRequest request{.buffers = {&text, 1}, .flags = {}, .address = nullptr, .control = {}};
  Reply reply;
  CHECK(engine.send_message(channel, request, {{sol_socket, scm_credentials, "0123456789ab"}}, true, &reply).value() ==
        4);
  CHECK(channel->send_credit == 1000 - 4 - 64 - 16 - 12);
  const auto sent = wire.expect<Message>();
  CHECK(wire.flags == flag::dont_wait);
  CHECK(sent.data.bytes == "text");
  CHECK(!wire.send(channel->wire, Failed{sent.request, Error(Operation::send, Errc::eperm)}));
  CHECK(reply.error == Error(Operation::send, Errc::eperm));
}

}  // namespace everysock::websocket
