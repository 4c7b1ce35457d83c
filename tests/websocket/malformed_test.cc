// Everything that a reader must refuse, each with its exact reason.
#include <doctest/doctest.h>

#include "tests/websocket/wire.h"

namespace everysock::websocket {
namespace {

// The reason with which `bytes` are refused, "" if they are not.
std::string_view refusal(std::string_view bytes, Direction direction = Direction::to_server,
                         std::uint32_t max_frame = min_max_frame) {
  FrameReader reader(bytes, direction, max_frame);
  while (!reader.done()) {
    const auto frame = reader.next();
    if (!frame) return reason(frame.error());
  }
  return "";
}

std::string_view refusal_hex(std::string_view hex, Direction direction = Direction::to_server) {
  return refusal(from_hex(hex), direction);
}

}  // namespace

TEST_CASE("malformed: frames that end early") {
  const std::string whole = message(7, Bind{1, server_address});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(refusal(whole.substr(0, size)) == "truncated-frame");
  }
  CHECK(refusal(whole + whole.substr(0, 5)) == "truncated-frame");
}

TEST_CASE("malformed: too large") {
  std::string bytes = message(1, Datagram{0, {}, {std::string(min_max_frame - 5, 'x')}});
  CHECK(refusal(bytes) == "");
  bytes = message(1, Datagram{0, {}, {std::string(min_max_frame - 4, 'x')}});
  CHECK(refusal(bytes) == "frame-too-large");
  CHECK(refusal(bytes, Direction::to_server, min_max_frame + 1) == "");
  CHECK(refusal(message(1, Data{{std::string(max_stream_data + 1, 'x')}})) == "frame-too-large");
  // The length alone is enough: the payload need not come.
  CHECK(refusal_hex("40 00 00 00 01 00 00 00 01 00 04 00") == "frame-too-large");
  CHECK(refusal_hex("40 00 00 00 01 00 00 00 ff ff ff ff") == "frame-too-large");
}

TEST_CASE("malformed: header fields") {
  CHECK(refusal_hex("42 00 00 00 01 00 00 00 04 00 00 00 01 00 00 00") == "");
  CHECK(refusal_hex("42 00 01 00 01 00 00 00 04 00 00 00 01 00 00 00") == "bad-reserved");
  CHECK(refusal_hex("42 00 00 80 01 00 00 00 04 00 00 00 01 00 00 00") == "bad-reserved");
  CHECK(refusal_hex("42 01 00 00 01 00 00 00 04 00 00 00 01 00 00 00") == "bad-flags");
  CHECK(refusal_hex("42 00 00 00 00 00 00 00 04 00 00 00 01 00 00 00") == "bad-handle");
  for (const std::string_view type : {"00", "05", "0f", "19", "1f", "2b", "2f", "3c", "3f", "49", "50", "80", "ff"}) {
    CAPTURE(type);
    CHECK(refusal_hex(std::string(type) + "00 00 00 01 00 00 00 00 00 00 00") == "unknown-type");
  }
}

TEST_CASE("malformed: flags that a type does not have") {
  CHECK(refusal(message(1, Open{1, af_inet, sock_stream, {}}, flag::pipelined)) == "bad-flags");
  CHECK(refusal(message(1, Close{1}, flag::pipelined)) == "bad-flags");
  CHECK(refusal(message(1, Bind{1, {}}, 0x02)) == "bad-flags");
  // The place kept for control messages.
  CHECK(refusal(message(1, Data{{"x"}}, 0x80)) == "bad-flags");
  CHECK(refusal(message(1, Datagram{0, {}, {"x"}}, 0x80)) == "bad-flags");
}

TEST_CASE("malformed: the wrong direction") {
  CHECK(refusal(message(0, ServerHello{})) == "wrong-direction");
  CHECK(refusal(message(1, Done{1, {}, {}})) == "wrong-direction");
  CHECK(refusal(message(1, End{})) == "wrong-direction");
  CHECK(refusal(message(1, Accepted{first_server_handle, {}, {}})) == "wrong-direction");
  CHECK(refusal(message(0, ClientHello{}), Direction::to_client) == "wrong-direction");
  CHECK(refusal(message(1, Close{1}), Direction::to_client) == "wrong-direction");
  CHECK(refusal(message(0, IfNameIndex{1}), Direction::to_client) == "wrong-direction");
}

TEST_CASE("malformed: handles of the wrong range") {
  CHECK(refusal(message(first_server_handle, Open{1, af_inet, sock_stream, {}})) == "bad-handle");
  CHECK(refusal(message(0, Open{1, af_inet, sock_stream, {}})) == "bad-handle");
  CHECK(refusal(message(1, OpenPair{1, af_unix, sock_stream, {}, 0})) == "bad-handle");
  CHECK(refusal(message(1, OpenPair{1, af_unix, sock_stream, {}, first_server_handle})) == "bad-handle");
  CHECK(refusal(message(0, Bind{1, {}})) == "bad-handle");
  CHECK(refusal(message(1, Ping{1})) == "bad-handle");
  CHECK(refusal(message(1, IfNameIndex{1})) == "bad-handle");
  CHECK(refusal(message(1, Accepted{5, {}, {}}), Direction::to_client) == "bad-handle");
  CHECK(refusal(message(0, OptionValue{1, {"x"}}), Direction::to_client) == "bad-handle");
  CHECK(refusal(message(1, HostEntryReply{1, "", {}, {}}), Direction::to_client) == "bad-handle");
}

TEST_CASE("malformed: payloads shorter or longer than their fields") {
  CHECK(refusal_hex("42 00 00 00 01 00 00 00 03 00 00 00 01 00 00") == "bad-length");
  CHECK(refusal_hex("42 00 00 00 01 00 00 00 05 00 00 00 01 00 00 00 00") == "bad-length");
  CHECK(refusal_hex("43 00 00 00 01 00 00 00 01 00 00 00 00", Direction::to_client) == "bad-length");
  CHECK(refusal_hex("40 00 00 00 01 00 00 00 00 00 00 00") == "bad-length");  // data without data
  // A text of 5 bytes of which 4 are there.
  CHECK(refusal_hex("23 00 00 00 00 00 00 00 0a 00 00 00 01 00 00 00 05 00 61 62 63 64") == "bad-length");
  // A list of 65535 elements in 2 bytes.
  CHECK(refusal_hex("33 00 00 00 00 00 00 00 06 00 00 00 01 00 00 00 ff ff", Direction::to_client) == "bad-length");
  // Every proper prefix of a payload that has no open end.
  const std::string whole = message(0, GetAddrInfo{1, "host", "http", af_inet, sock_stream, ipproto_tcp, {}});
  for (std::size_t size = header_size; size < whole.size(); ++size) {
    std::string cut = whole.substr(0, size);
    cut[8] = static_cast<char>(size - header_size);
    CAPTURE(size);
    CHECK(refusal(cut) == "bad-length");
  }
}

TEST_CASE("malformed: addresses") {
  // bind, request 1, then the address.
  CHECK(refusal_hex("13 00 00 00 01 00 00 00 05 00 00 00 01 00 00 00 15") == "bad-address");
  CHECK(refusal_hex("13 00 00 00 01 00 00 00 05 00 00 00 01 00 00 00 ff") == "bad-address");
  CHECK(refusal_hex("13 00 00 00 01 00 00 00 05 00 00 00 01 00 00 00 01") == "bad-length");
  CHECK(refusal_hex("13 00 00 00 01 00 00 00 04 00 00 00 01 00 00 00") == "bad-length");
  std::string path = message(1, Bind{1, UnixAddress{std::string(108, 'x')}});
  path[header_size + 5] = 109;
  path += 'x';
  path[8] = static_cast<char>(path.size() - header_size);
  CHECK(refusal(path) == "bad-address");
  std::string opaque = message(1, Bind{1, OpaqueAddress{AddressFamily(5), std::string(126, 'x')}});
  CHECK(refusal(opaque) == "");
  opaque[header_size + 9] = 127;
  opaque += 'x';
  opaque[8] = static_cast<char>(opaque.size() - header_size);
  CHECK(refusal(opaque) == "bad-address");
  std::string interface_name = message(1, Bind{1, CanAddress{std::string(15, 'i')}});
  CHECK(refusal(interface_name) == "");
  interface_name[header_size + 5] = 16;
  CHECK(refusal(interface_name) == "bad-length");
  interface_name += 'i';
  interface_name[8] = static_cast<char>(interface_name.size() - header_size);
  CHECK(refusal(interface_name) == "bad-address");
  // Every proper prefix of an address.
  const std::string whole = message(1, Bind{1, PacketAddress{"lo", 1, packet_host, 1, "123456"}});
  for (std::size_t size = header_size + 4; size < whole.size(); ++size) {
    std::string cut = whole.substr(0, size);
    cut[8] = static_cast<char>(size - header_size);
    CAPTURE(size);
    CHECK(refusal(cut) == "bad-length");
  }
}

TEST_CASE("malformed: values that do not exist") {
  CHECK(refusal_hex("31 00 00 00 01 00 00 00 0c 00 00 00 01 00 00 00 05 00 00 00 00 00 00 00", Direction::to_client) ==
        "bad-value");
  // An optional text that is neither there nor not there.
  CHECK(refusal_hex("20 00 00 00 00 00 00 00 05 00 00 00 01 00 00 00 02") == "bad-value");
  ServerHello hello;
  hello.supports = {{static_cast<SupportLevel>(5), ""}};
  CHECK(refusal(message(0, hello), Direction::to_client) == "bad-value");
  Passed passed{first_server_handle, 1, static_cast<PassedState>(3), af_unix, sock_stream, {}, {}, {}};
  CHECK(refusal(message(1, passed), Direction::to_client) == "bad-value");
}

TEST_CASE("malformed: control messages and passed sockets") {
  const auto with = [](std::string_view data) {
    return message(1, Message{1, {}, {{sol_socket, scm_rights, data}}, {}});
  };
  CHECK(refusal(with("abcd")) == "");
  CHECK(refusal(with("abcde")) == "bad-length");
  const std::string large(max_control - control_overhead, 'x');
  CHECK(refusal(with(large)) == "");
  CHECK(refusal(message(1, Message{1, {}, {{sol_ip, ip_ttl, large}, {sol_ip, ip_ttl, ""}}, {}})) == "frame-too-large");
  // A list that says to be longer than the frame.
  CHECK(refusal_hex("47 00 00 00 01 00 00 00 07 00 00 00 01 00 00 00 00 ff ff") == "bad-length");
  const Passed passed{5, 1, PassedState::open, af_unix, sock_stream, {}, {}, {}};
  CHECK(refusal(message(1, passed), Direction::to_client) == "bad-handle");
  CHECK(refusal(message(1, Passed{first_server_handle, 1, {}, af_unix, sock_stream, {}, {}, {}})) == "wrong-direction");
}

TEST_CASE("malformed: hellos") {
  ClientHello hello;
  CHECK(refusal(message(0, hello)) == "");
  hello.magic = 0x20544547;  // "GET "
  CHECK(refusal(message(0, hello)) == "bad-magic");
  hello = {};
  hello.reserved = 1;
  CHECK(refusal(message(0, hello)) == "bad-reserved");
  hello = {};
  hello.max_frame = min_max_frame - 1;
  CHECK(refusal(message(0, hello)) == "bad-value");
  hello = {};
  hello.max_message = min_max_message - 1;
  CHECK(refusal(message(0, hello)) == "bad-value");
  hello = {};
  hello.window = max_credit + 1u;
  CHECK(refusal(message(0, hello)) == "bad-value");
  hello = {};
  const std::string long_text(max_token + 1, 't');
  hello.token = long_text;
  CHECK(refusal(message(0, hello)) == "bad-value");
  hello = {};
  hello.agent = std::string_view(long_text).substr(0, max_agent + 1);
  CHECK(refusal(message(0, hello)) == "bad-value");

  ServerHello answer;
  CHECK(refusal(message(0, answer), Direction::to_client) == "");
  answer.reserved = 1;
  CHECK(refusal(message(0, answer), Direction::to_client) == "bad-reserved");
  answer = {};
  answer.max_frame = 100;
  CHECK(refusal(message(0, answer), Direction::to_client) == "bad-value");
}

TEST_CASE("malformed: nothing is read beyond the offending frame") {
  std::string bytes = message(1, Credit{1});
  bytes += from_hex("ff 00 00 00 01 00 00 00 00 00 00 00");
  bytes += message(1, Credit{2});
  FrameReader reader(bytes, Direction::to_client);
  CHECK(reader.next());
  const auto second = reader.next();
  REQUIRE(!second);
  CHECK(second.error() == ProtocolError::unknown_type);
}

}  // namespace everysock::websocket
