// TCP_INFO: struct tcp_info of linux/tcp.h.
#include <algorithm>
#include <array>
#include <cstring>

#include "backends/memory/tcp_socket.h"

namespace everysock::memory {
namespace {

constexpr std::size_t kInfoSize = 232;  // as of Linux 5.4
constexpr std::size_t kSendSegment = 16;
constexpr std::size_t kReceiveSegment = 20;
constexpr std::size_t kBytesReceived = 128;

}  // namespace

Result<std::size_t> TcpSocket::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (portable_option(portable_level(level), option) != tcp_info) return KernelSocket::get_option(level, option, value);

  std::array<std::byte, kInfoSize> info{};
  const auto put = [&](std::size_t offset, auto number) { std::memcpy(info.data() + offset, &number, sizeof(number)); };
  put(0, linux_state());
  std::array<std::byte, 4> segment{};
  if (const auto size = KernelSocket::get_option(sol_tcp, tcp_maxseg, segment); !size) return size;
  std::copy(segment.begin(), segment.end(), info.begin() + kSendSegment);
  std::copy(segment.begin(), segment.end(), info.begin() + kReceiveSegment);
  if (const TcpStream* in = inbound()) put(kBytesReceived, in->arrived);
  return write_bytes(value, info);
}

std::uint8_t TcpSocket::linux_state() const noexcept {
  switch (state_) {
    case State::established:
      return 1;
    case State::syn_sent:
      return 2;
    case State::syn_received:
      return 3;
    case State::fin_wait_1:
      return 4;
    case State::fin_wait_2:
      return 5;
    case State::closed:
      return 7;
    case State::close_wait:
      return 8;
    case State::last_ack:
      return 9;
    case State::listening:
      return 10;
    case State::closing:
      return 11;
  }
  return 7;
}

}  // namespace everysock::memory
