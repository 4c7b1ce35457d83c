#include "tests/websocket/wire.h"

#include <cctype>

namespace everysock::websocket {

std::string server_hello(std::uint32_t window, std::uint32_t max_sockets, std::uint32_t ping_interval) {
  ServerHello hello;
  hello.features = feature_control;
  hello.window = window;
  hello.max_sockets = max_sockets;
  hello.max_listeners = 10;
  hello.max_requests = 100;
  hello.ping_interval = ping_interval;
  hello.hostname = "proxy.example";
  hello.backend = "test";
  constexpr std::size_t features = 64;
  hello.supports.resize(features, WireSupport{SupportLevel::native, ""});
  return message(session_handle, hello);
}

std::string from_hex(std::string_view text) {
  std::string bytes;
  int high = -1;
  for (const char c : text) {
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) continue;
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    if (high < 0) {
      high = digit;
    } else {
      bytes += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  return bytes;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    if (!text.empty()) text += ' ';
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

Wire::Wire(std::uint32_t server_window, std::uint32_t client_window)
    : engine({.token = "s3cret", .agent = "test", .window = client_window}) {
  engine.begin(0);
  CHECK(expect<ClientHello>().token == "s3cret");
  REQUIRE(!engine.receive(server_hello(server_window), 0));
  REQUIRE(engine.link() == ClientEngine::Link::up);
}

void Wire::pull() {
  while (engine.has_output()) {
    std::string bytes = engine.take_output();
    while (!bytes.empty()) {
      REQUIRE(bytes.size() >= header_size);
      std::size_t length = 0;
      for (std::size_t i = 0; i < 4; ++i)
        length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[8 + i])) << (8 * i);
      frames_.push_back(bytes.substr(0, header_size + length));
      bytes.erase(0, header_size + length);
    }
  }
}

Frame Wire::next() {
  pull();
  REQUIRE_MESSAGE(!frames_.empty(), "the client has sent nothing");
  current_ = std::move(frames_.front());
  frames_.pop_front();
  FrameReader reader(current_, Direction::to_server);
  auto frame = reader.next();
  REQUIRE(frame);
  REQUIRE(reader.done());
  return *frame;
}

bool Wire::quiet() {
  pull();
  return frames_.empty();
}

SocketPointer Wire::opened(AddressFamily family, SocketKind kind) {
  auto socket = engine.open(family, kind, {}, nullptr);
  REQUIRE(socket);
  const Open open = expect<Open>();
  CHECK(handle == (*socket)->wire);
  REQUIRE(!send(handle, Done{.request = open.request, .local = {}, .peer = {}}));
  return *socket;
}

SocketPointer Wire::connected(AddressFamily family, SocketKind kind) {
  SocketPointer socket = opened(family, kind);
  const auto step = engine.connect(socket, server_address, false, nullptr);
  REQUIRE(step);
  CHECK(*step == ConnectStep::started);
  const Connect connect = expect<Connect>();
  REQUIRE(!send(handle, Done{.request = connect.request, .local = client_address, .peer = server_address}));
  REQUIRE(engine.connect_outcome(*socket));
  return socket;
}

SocketPointer Wire::listening(int backlog) {
  SocketPointer socket = opened();
  REQUIRE(engine.listen(socket, backlog, nullptr));
  const Listen listen = expect<Listen>();
  CHECK(listen.backlog + listen.accept_credit == static_cast<std::uint32_t>(backlog));
  REQUIRE(!send(handle, Done{.request = listen.request, .local = server_address, .peer = {}}));
  REQUIRE(socket->phase == Phase::listening);
  return socket;
}

Result<std::size_t> send_text(ClientEngine& engine, SocketState& socket, std::string_view text) {
  const ConstBuffer buffer(text);
  return engine.send_bytes(socket, SendRequest{.buffers = {&buffer, 1}, .flags = {}, .control = {}}, 0);
}

std::string receive_text(ClientEngine& engine, SocketState& socket, std::size_t size, MessageFlags flags) {
  std::string text(size, '\0');
  const MutableBuffer buffer(text);
  ReceiveRequest request{.buffers = {&buffer, 1}, .flags = flags, .received_flags = {}};
  const auto received = engine.receive(socket, request, 0, [](const SocketPointer&) { return 0; });
  if (!received) return "!" + std::string(received.error().name());
  text.resize(*received);
  return text;
}

}  // namespace everysock::websocket
