#include "backends/posix/control_codec.h"

#include <doctest/doctest.h>

#include <cstring>

namespace everysock::posix {
namespace {

std::vector<ControlMessage> decode(std::vector<char>& buffer, std::size_t size) {
  msghdr message{};
  message.msg_control = buffer.data();
  message.msg_controllen = size;
  std::vector<ControlMessage> messages;
  decode_control(message, messages);
  return messages;
}

const std::vector<ControlMessage> kTwo = {{sol_socket, scm_rights, std::string("\1\0\0\0\2\0\0\0", 8)},
                                          {ipproto_ip, ControlType(2), "abc"}};

TEST_CASE("items survive the way there and back") {
  auto buffer = encode_control(kTwo);
  REQUIRE(buffer);
  CHECK(buffer->size() == CMSG_SPACE(8) + CMSG_SPACE(3));
  CHECK(decode(*buffer, buffer->size()) == kTwo);
  const auto* first = reinterpret_cast<const cmsghdr*>(buffer->data());
  CHECK(first->cmsg_level == SOL_SOCKET);
  CHECK(first->cmsg_len == CMSG_LEN(8));
}

TEST_CASE("a cut item is given as far as it goes, one without any of its data is not") {
  auto buffer = encode_control(kTwo);
  REQUIRE(buffer);
  for (std::size_t size = 0; size <= buffer->size(); ++size) {
    CAPTURE(size);
    const auto messages = decode(*buffer, size);
    if (size <= CMSG_LEN(0)) CHECK(messages.empty());
    if (size > CMSG_LEN(0) && size < CMSG_LEN(8)) {
      REQUIRE(messages.size() == 1);
      CHECK(messages[0].data.size() == size - CMSG_LEN(0));
    }
  }
}

TEST_CASE("a header that says less than a header ends the list") {
  auto buffer = encode_control(kTwo);
  REQUIRE(buffer);
  const decltype(cmsghdr::cmsg_len) bad = 1;
  std::memcpy(buffer->data(), &bad, sizeof(bad));
  CHECK(decode(*buffer, buffer->size()).empty());
}

TEST_CASE("an item that says to be longer than the buffer is not whole") {
  auto buffer = encode_control(kTwo);
  REQUIRE(buffer);
  msghdr message{};
  message.msg_control = buffer->data();
  std::vector<ControlMessage> messages;
  message.msg_controllen = buffer->size();
  CHECK(decode_control(message, messages));
  message.msg_controllen = CMSG_LEN(7);
  CHECK(!decode_control(message, messages));
}

TEST_CASE("types that the system numbers differently, and types that it lacks") {
  auto buffer = encode_control(std::vector<ControlMessage>{{sol_socket, scm_timestampns, "x"}});
  REQUIRE(buffer);
  CHECK(reinterpret_cast<const cmsghdr*>(buffer->data())->cmsg_type == SCM_TIMESTAMPNS);
  CHECK(decode(*buffer, buffer->size()).at(0).type == scm_timestampns);
  CHECK(encode_control(std::vector<ControlMessage>{{sol_local, scm_creds2, "x"}}).error() == Errc::einval);
}

}  // namespace
}  // namespace everysock::posix
