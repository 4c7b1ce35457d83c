#include "web/proxy/websocket/websocket.h"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

constexpr std::size_t kMax = 70000;

struct Harness {
  std::vector<std::string> messages;
  WebSocket websocket{kMax, [this](std::string_view message) { messages.emplace_back(message); }};

  std::string output() {
    std::string bytes;
    std::array<ConstBuffer, 4> pieces;
    while (const std::size_t count = websocket.output(pieces)) {
      std::size_t size = 0;
      for (std::size_t i = 0; i < count; ++i) {
        bytes += pieces[i].view();
        size += pieces[i].size();
      }
      websocket.written(size);
    }
    return bytes;
  }
};

std::string close_frame(std::uint16_t code, std::string_view reason) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  payload += reason;
  return std::string{'\x88', static_cast<char>(payload.size())} + payload;
}

TEST_CASE("messages come whole, however they are cut") {
  std::string bytes = masked_frame(0x82, "one") + masked_frame(0x02, "tw") + masked_frame(0x00, "o, ") +
                      masked_frame(0x89, "ping") + masked_frame(0x80, "cut") + masked_frame(0x82, "") +
                      masked_frame(0x82, std::string(65536, 'x'));
  for (const std::size_t step : {1u, 2u, 3u, 7u, 1000u, 100000u}) {
    Harness harness;
    for (std::size_t i = 0; i < bytes.size(); i += step) harness.websocket.receive(bytes.substr(i, step));
    REQUIRE(harness.messages.size() == 4);
    CHECK(harness.messages[0] == "one");
    CHECK(harness.messages[1] == "two, cut");
    CHECK(harness.messages[2].empty());
    CHECK(harness.messages[3] == std::string(65536, 'x'));
    CHECK(harness.output() == std::string("\x8a\x04ping", 6));
  }
}

TEST_CASE("what is sent") {
  Harness harness;
  harness.websocket.send("hi");
  harness.websocket.send(std::string(200, 'a'));
  harness.websocket.ping();
  harness.websocket.send(std::string(70000, 'b'));
  CHECK(harness.websocket.queued() == 4 + 204 + 2 + 70010);
  CHECK(harness.output() == std::string("\x82\x02hi") + "\x82\x7e" + std::string("\x00\xc8", 2) +
                                std::string(200, 'a') + std::string("\x89\x00", 2) + "\x82\x7f" +
                                std::string("\x00\x00\x00\x00\x00\x01\x11\x70", 8) + std::string(70000, 'b'));
  CHECK(harness.websocket.queued() == 0);
}

TEST_CASE("output can be written byte by byte") {
  Harness harness;
  harness.websocket.send("hello");
  harness.websocket.send("world");
  std::string bytes;
  while (harness.websocket.queued() > 0) {
    std::array<ConstBuffer, 1> piece;
    REQUIRE(harness.websocket.output(piece) == 1);
    bytes += piece[0].view().substr(0, 1);
    harness.websocket.written(1);
  }
  CHECK(bytes == "\x82\x05hello\x82\x05world");
}

TEST_CASE("closing, from either side") {
  Harness first;
  first.websocket.receive(masked_frame(0x88, std::string("\x03\xe8", 2)));
  CHECK(first.websocket.close_received());
  CHECK(first.output() == close_frame(1000, ""));
  CHECK_FALSE(first.websocket.wants_input());
  first.websocket.send("too late");
  CHECK(first.websocket.queued() == 0);
  Harness second;
  second.websocket.close(CloseCode::going_away, "bye");
  CHECK(second.output() == close_frame(1001, "bye"));
  second.websocket.receive(masked_frame(0x88, std::string("\x03\xe9", 2)));
  CHECK(second.websocket.close_received());
}

TEST_CASE("frames that break the protocol close it with the right code") {
  const auto answer_to = [](const std::string& bytes) {
    Harness harness;
    harness.websocket.receive(bytes);
    harness.websocket.receive(masked_frame(0x82, "more"));
    CHECK(harness.messages.empty());
    CHECK_FALSE(harness.websocket.wants_input());
    const std::string output = harness.output();
    REQUIRE(output.size() >= 4);
    CHECK(output[0] == '\x88');
    return std::pair((static_cast<unsigned char>(output[2]) << 8) + static_cast<unsigned char>(output[3]),
                     output.substr(4));
  };
  CHECK(answer_to(std::string("\x82\x02hi")).first == 1002);                  // not masked
  CHECK(answer_to(masked_frame(0xc2, "x")).first == 1002);                    // a reserved bit
  CHECK(answer_to(masked_frame(0x83, "x")).first == 1002);                    // a reserved opcode
  CHECK(answer_to(masked_frame(0x8b, "x")).first == 1002);                    // a reserved control opcode
  CHECK(answer_to(masked_frame(0x80, "x")).first == 1002);                    // a continuation of nothing
  CHECK(answer_to(masked_frame(0x09, "x")).first == 1002);                    // a ping in pieces
  CHECK(answer_to(masked_frame(0x89, std::string(126, 'x'))).first == 1002);  // a long ping
  CHECK(answer_to(masked_frame(0x02, "x") + masked_frame(0x82, "y")).first == 1002);
  CHECK(answer_to(masked_frame(0x88, std::string("\x03\xec", 2))).first == 1002);  // 1004
  CHECK(answer_to(masked_frame(0x81, "text")) == std::pair(1003, std::string("text-message")));
  CHECK(answer_to(masked_frame(0x82, std::string(kMax + 1, 'x'))) == std::pair(1009, std::string("message-too-large")));
  CHECK(answer_to(masked_frame(0x02, std::string(kMax, 'x')) + masked_frame(0x80, "x")) ==
        std::pair(1009, std::string("message-too-large")));
  // A length of 2^63 - 1, of which nothing is ever reserved.
  CHECK(answer_to(std::string("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10) + "mask").first == 1009);
}

TEST_CASE("any bytes are survived") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    Harness harness;
    for (int i = 0; i < 4; ++i) {
      std::string bytes(random() % 64, '\0');
      for (char& byte : bytes) byte = static_cast<char>(random());
      if (random() % 2 == 0) bytes = masked_frame(static_cast<unsigned char>(0x80u | random() % 16), bytes);
      harness.websocket.receive(bytes);
    }
    harness.output();
    CHECK(harness.websocket.queued() == 0);
  }
}

}  // namespace
}  // namespace everysock::proxy
