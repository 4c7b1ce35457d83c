// docs/protocol.md and the code say the same.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "tests/websocket/wire.h"

namespace everysock::websocket {
namespace {

std::string specification() {
  std::ifstream file(EVERYSOCK_SOURCE_DIR "/docs/protocol.md");
  REQUIRE(file);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The bytes of each example of section 12: the lines between ``` whose first column is hex.
std::vector<std::string> examples() {
  std::vector<std::string> blocks;
  std::istringstream lines(specification());
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) {
      inside = !inside;
      if (inside) blocks.emplace_back();
    } else if (inside) {
      constexpr std::size_t comment_column = 43;
      blocks.back() += from_hex(line.substr(0, comment_column));
    }
  }
  return blocks;
}

}  // namespace

TEST_CASE("specification: the examples are what the codec writes") {
  const auto blocks = examples();
  REQUIRE(blocks.size() == 5);

  CHECK(to_hex(blocks[0]) == to_hex(message(0, ClientHello{.window = 1 << 20, .token = "s3cret", .agent = "es"})));
  CHECK(blocks[0].size() == 48);

  const Address redis = InetAddress{"127.0.0.1", 6379};
  std::string request;
  append_frame(request, 1, Open{1, af_inet, sock_stream, {}});
  append_frame(request, 1, Connect{2, redis}, flag::pipelined);
  append_frame(request, 1, Data{{"PING\r\n"}});
  CHECK(to_hex(blocks[1]) == to_hex(request));
  CHECK(blocks[1].size() == 69);

  std::string answer;
  append_frame(answer, 1, Done{1, {}, {}});
  append_frame(answer, 1, Done{2, InetAddress{"127.0.0.1", 40000}, redis});
  append_frame(answer, 1, Data{{"+PONG\r\n"}});
  CHECK(to_hex(blocks[2]) == to_hex(answer));

  CHECK(to_hex(blocks[3]) == to_hex(message(1, Failed{2, Error(Operation::connect, Errc::econnrefused)})));

  std::string pushed;
  append_frame(pushed, 2, Datagram{0, InetAddress{"127.0.0.1", 53}, {"hi"}});
  append_frame(pushed, 1, Credit{65536});
  CHECK(to_hex(blocks[4]) == to_hex(pushed));
}

TEST_CASE("specification: every refusal is tabled with its code") {
  const std::string text = specification();
#define EVERYSOCK_PROTOCOL_ERROR(enumerator, reason_text, code, description) \
  CHECK_MESSAGE(text.find("| " #code " | `" reason_text "` |") != std::string::npos, reason_text);
#include "backends/websocket/protocol/protocol_error.inc"
#undef EVERYSOCK_PROTOCOL_ERROR
}

TEST_CASE("specification: limits and versions") {
  const std::string text = specification();
  CHECK(text.find("262,144") != std::string::npos);
  CHECK(min_max_frame == 262144);
  CHECK(min_max_message == 1048576);
  CHECK(max_stream_data == 32768);
  CHECK(datagram_overhead == 64);
  CHECK(subprotocol == "everysock.v1");
}

}  // namespace everysock::websocket
