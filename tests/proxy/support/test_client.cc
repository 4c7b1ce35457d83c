#include "tests/proxy/support/test_client.h"

#include <doctest/doctest.h>

#include <ostream>
#include <sstream>
#include <stdexcept>

#include "backends/websocket/protocol/frame_reader.h"

namespace everysock::proxy {

namespace ws = websocket;

std::string masked_frame(unsigned char first_byte, std::string_view payload) {
  constexpr char mask[] = {'\x11', '\x22', '\x33', '\x44'};
  std::string frame(1, static_cast<char>(first_byte));
  const std::size_t size = payload.size();
  if (size < 126) {
    frame += static_cast<char>(0x80u | size);
  } else {
    const int bytes = size <= 0xffff ? 2 : 8;
    frame += static_cast<char>(bytes == 2 ? 0xfe : 0xff);
    for (int i = bytes - 1; i >= 0; --i) frame += static_cast<char>(static_cast<std::uint64_t>(size) >> (8 * i) & 0xff);
  }
  frame.append(mask, 4);
  for (std::size_t i = 0; i < size; ++i) frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  return frame;
}

std::ostream& operator<<(std::ostream& out, const CloseFrame& frame) {
  return out << frame.code << " \"" << frame.reason << "\"";
}

TestClient::TestClient(std::uint16_t port) {
  socket_ = create_connection({"127.0.0.1", port}, {.timeout = 10.0}).value();
  socket_.setsockopt(ipproto_tcp, tcp_nodelay, 1).value();
}

TestClient TestClient::greeted(std::uint16_t port, std::string_view token, std::uint32_t window) {
  TestClient client(port);
  const std::string header = client.upgrade();
  REQUIRE(header.starts_with("HTTP/1.1 101 "));
  client.hello(token, window);
  client.expect<ws::ServerHello>(ws::session_handle);
  return client;
}

// ---- HTTP ----

void TestClient::send_raw(std::string_view bytes) { socket_.sendall(bytes).value(); }

std::string TestClient::read_to_end() {
  std::string all = std::exchange(input_, {});
  for (;;) {
    const auto piece = socket_.recv(65536);
    if (!piece && piece.error() == Errc::econnreset) return all;
    if (piece.value().empty()) return all;
    all += *piece;
  }
}

std::string TestClient::read_header() {
  std::size_t end;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
    const std::string piece = socket_.recv(4096).value();
    if (piece.empty()) return std::exchange(input_, {});
    input_ += piece;
  }
  std::string header = input_.substr(0, end + 4);
  input_.erase(0, end + 4);
  return header;
}

std::string TestClient::upgrade(const Fields& changes) {
  const std::uint16_t port = static_cast<std::uint16_t>(std::get<InetAddress>(socket_.getpeername().value()).port);
  Fields fields = {{"Host", "127.0.0.1:" + std::to_string(port)},
                   {"Upgrade", "websocket"},
                   {"Connection", "Upgrade"},
                   {"Sec-WebSocket-Version", "13"},
                   {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                   {"Sec-WebSocket-Protocol", "everysock.v1"}};
  for (const auto& [name, value] : changes) {
    std::erase_if(fields, [&, n = name](const auto& field) { return field.first == n; });
    if (!value.empty()) fields.emplace_back(name, value);
  }
  std::string request = "GET / HTTP/1.1\r\n";
  for (const auto& [name, value] : fields) request += name + ": " + value + "\r\n";
  send_raw(request + "\r\n");
  return read_header();
}

// ---- WebSocket ----

std::string TestClient::read_bytes(std::size_t size) {
  while (input_.size() < size) {
    const auto piece = socket_.recv(1 << 18);
    if (!piece && piece.error() == Errc::econnreset) return {};
    if (piece.value().empty()) return {};
    input_ += *piece;
  }
  std::string bytes = input_.substr(0, size);
  input_.erase(0, size);
  return bytes;
}

std::optional<std::pair<unsigned char, std::string>> TestClient::read_websocket_frame() {
  const std::string head = read_bytes(2);
  if (head.size() < 2) return std::nullopt;
  std::uint64_t size = static_cast<unsigned char>(head[1]);
  if (size >= 126) {
    const std::string length = read_bytes(size == 126 ? 2 : 8);
    size = 0;
    for (const char byte : length) size = size << 8 | static_cast<unsigned char>(byte);
  }
  std::string payload = size > 0 ? read_bytes(size) : "";
  if (payload.size() < size) return std::nullopt;
  return std::pair(static_cast<unsigned char>(head[0]), std::move(payload));
}

std::string TestClient::read_message() {
  for (;;) {
    auto frame = read_websocket_frame();
    if (!frame) throw std::runtime_error("the proxy ended the connection, where a message was expected");
    if (frame->first == 0x82) return std::move(frame->second);
    if (frame->first == 0x88) throw std::runtime_error("the proxy closed: " + frame->second.substr(2));
  }
}

CloseFrame TestClient::read_close() {
  for (;;) {
    const auto frame = read_websocket_frame();
    if (!frame) return {1006, ""};
    if (frame->first != 0x88) continue;
    const std::string& payload = frame->second;
    if (payload.size() < 2) return {1005, ""};
    return {static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]), payload.substr(2)};
  }
}

// ---- everysock.v1 ----

void TestClient::flush() {
  send_message(outgoing_);
  outgoing_.clear();
}

void TestClient::hello(std::string_view token, std::uint32_t window) {
  ws::ClientHello hello;
  hello.window = window;
  hello.token = token;
  hello.agent = "test";
  add(ws::session_handle, hello);
  flush();
}

ws::Frame TestClient::read_frame() {
  for (;;) {
    while (rest_.empty()) rest_ = messages_.emplace_back(read_message());
    ws::FrameReader reader(rest_, ws::Direction::to_client);
    const auto frame = reader.next();
    REQUIRE(frame.has_value());
    const std::uint32_t size = [&] {
      std::uint32_t length = 0;
      for (int i = 3; i >= 0; --i)
        length = length << 8 | static_cast<unsigned char>(rest_[static_cast<std::size_t>(8 + i)]);
      return length;
    }();
    rest_.remove_prefix(ws::header_size + size);
    if (frame->type() != ws::FrameType::ping) return *frame;
  }
}

void TestClient::fail_unexpected(const ws::Frame& frame, ws::WireHandle handle, int type) {
  std::ostringstream text;
  text << std::hex << "expected frame 0x" << type << " of handle " << handle << ", got 0x"
       << static_cast<int>(frame.type()) << " of handle " << frame.handle;
  if (const auto* failed = std::get_if<ws::Failed>(&frame.body)) text << ": " << failed->error.message();
  throw std::runtime_error(text.str());
}

Error TestClient::expect_failed(ws::WireHandle handle, std::uint32_t request) {
  const auto failed = expect<ws::Failed>(handle);
  CHECK(failed.request == request);
  return failed.error;
}

void TestClient::open(ws::WireHandle handle, AddressFamily family, SocketKind kind) {
  const std::uint32_t request = next_request();
  add(handle, ws::Open{.request = request, .family = family, .kind = kind, .protocol = {}}).flush();
  CHECK(expect<ws::Done>(handle).request == request);
}

ws::Done TestClient::request_connect(ws::WireHandle handle, const Address& address) {
  const std::uint32_t request = next_request();
  add(handle, ws::Connect{.request = request, .address = address}).flush();
  const auto done = expect<ws::Done>(handle);
  CHECK(done.request == request);
  return done;
}

Error TestClient::failing_connect(ws::WireHandle handle, const Address& address) {
  const std::uint32_t request = next_request();
  add(handle, ws::Connect{.request = request, .address = address}).flush();
  return expect_failed(handle, request);
}

std::string TestClient::read_data(ws::WireHandle handle, std::size_t size) {
  std::string data;
  while (data.size() < size) {
    const ws::Frame frame = read_frame();
    if (std::holds_alternative<ws::Credit>(frame.body)) continue;
    const auto* piece = std::get_if<ws::Data>(&frame.body);
    if (piece == nullptr || frame.handle != handle)
      fail_unexpected(frame, handle, static_cast<int>(ws::FrameType::data));
    data += piece->data.bytes;
    add(handle, ws::Credit{static_cast<std::uint32_t>(piece->data.bytes.size())}).flush();
  }
  return data;
}

}  // namespace everysock::proxy
