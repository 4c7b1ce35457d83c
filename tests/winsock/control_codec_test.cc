#include "backends/winsock/control_codec.h"

#include <doctest/doctest.h>

#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "everysock/control_messages.h"

namespace everysock::winsock {
namespace {

// A datagram socket of its own, for which messages are meant.
class Datagrams {
 public:
  explicit Datagrams(int family) {
    WSADATA data;
    REQUIRE(::WSAStartup(MAKEWORD(2, 2), &data) == 0);
    socket_ = ::socket(family, SOCK_DGRAM, 0);
    REQUIRE(socket_ != INVALID_SOCKET);
  }
  Datagrams(const Datagrams&) = delete;
  Datagrams& operator=(const Datagrams&) = delete;
  ~Datagrams() {
    ::closesocket(socket_);
    ::WSACleanup();
  }
  Result<std::vector<char>> encode(std::span<const ControlMessage> messages) const {
    return encode_control(messages, socket_);
  }

 private:
  SOCKET socket_;
};

std::vector<ControlMessage> decoded(std::vector<char> bytes) {
  WSAMSG message{};
  message.Control = {static_cast<u_long>(bytes.size()), bytes.data()};
  std::vector<ControlMessage> messages;
  decode_control(message, messages);
  return messages;
}

TEST_CASE("control messages survive the way there and back") {
  const std::vector<ControlMessage> messages = {TimeToLive{33}.message(), {ipproto_ip, ip_tos, std::string(1, '\x20')}};
  const auto bytes = Datagrams(AF_INET).encode(messages);
  REQUIRE(bytes);
  CHECK(decoded(*bytes) == messages);
  const std::vector<ControlMessage> messages6 = {Ipv6PacketInfo{Host("fe80::1"), 7}.message(), HopLimit{3}.message()};
  const auto bytes6 = Datagrams(AF_INET6).encode(messages6);
  REQUIRE(bytes6);
  CHECK(decoded(*bytes6) == messages6);
}

TEST_CASE("the packet information of IPv4 has another form") {
  const std::vector<ControlMessage> messages = {Ipv4PacketInfo{7, Host("127.0.0.2"), Host()}.message()};
  const auto bytes = Datagrams(AF_INET).encode(messages);
  REQUIRE(bytes);
  IN_PKTINFO native;
  REQUIRE(bytes->size() == sizeof(WSACMSGHDR) + sizeof(native));
  std::memcpy(&native, bytes->data() + sizeof(WSACMSGHDR), sizeof(native));
  CHECK(native.ipi_ifindex == 7);
  CHECK(native.ipi_addr.s_addr == (::htonl)(0x7f000002));
  const auto back = decoded(*bytes);
  REQUIRE(back.size() == 1);
  const auto info = Ipv4PacketInfo::from(back[0]);
  REQUIRE(info);
  CHECK(info->interface_index == 7);
  CHECK(info->local == "127.0.0.2");
  CHECK(info->destination == "127.0.0.2");
}

TEST_CASE("what means nothing is passed over, and what Windows lacks is refused") {
  const Datagrams socket(AF_INET);
  const std::vector<ControlMessage> nothing = {Rights{{1}}.message(), {ipproto_tcp, ControlType(1), "data"}};
  REQUIRE(socket.encode(nothing));
  CHECK(socket.encode(nothing)->empty());
  const auto refusal = [&](const ControlMessage& message) { return socket.encode({&message, 1}).error(); };
  CHECK(refusal({ipproto_ip, ip_recverr, "data"}) == Errc::enoprotoopt);
  CHECK(refusal({ipproto_ip, ControlType(777), "data"}) == Errc::einval);
  CHECK(refusal({sol_socket, ControlType(777), "data"}) == Errc::einval);
  CHECK(refusal({ipproto_ip, ip_pktinfo, "four"}) == Errc::einval);
  CHECK(refusal({ipproto_tcp, ControlType(1), std::string(1 << 20, 'x')}) == Errc::enobufs);
  const ControlMessage one = TimeToLive{1}.message();
  CHECK(encode_control({&one, 1}, INVALID_SOCKET).error() == Errc::ebadf);
}

TEST_CASE("a buffer that ends early is read as far as it goes") {
  const std::vector<ControlMessage> messages = {TimeToLive{33}.message(), TimeToLive{1}.message()};
  const auto bytes = Datagrams(AF_INET).encode(messages);
  REQUIRE(bytes);
  for (std::size_t size = 0; size < bytes->size(); ++size) {
    CHECK(decoded({bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(size)}).size() <= 2);
  }
  std::vector<char> bad = *bytes;
  bad[0] = 3;  // shorter than its header
  CHECK(decoded(bad).empty());
}

}  // namespace
}  // namespace everysock::winsock
