#include "backends/winsock/control_codec.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "backends/winsock/errors.h"
#include "backends/winsock/socket_info.h"
#include "everysock/constant_info.h"
#include "platform/windows/constant_tables.h"

namespace everysock::winsock {
namespace {

// WSA_CMSGDATA_ALIGN and WSA_CMSGHDR_ALIGN of mswsock.h, on which MinGW-w64 warns: both are 8 on 64-bit Windows.
constexpr std::size_t kAlignment = alignof(std::max_align_t) < 8 ? alignof(std::max_align_t) : 8;
constexpr std::size_t aligned(std::size_t size) { return (size + kAlignment - 1) & ~(kAlignment - 1); }
constexpr std::size_t kHeader = aligned(sizeof(WSACMSGHDR));

// As Linux sets aside for one message (net.core.optmem_max); WSAMSG has no limit of its own.
constexpr std::size_t kMostControl = std::size_t{128} * 1024;

// Linux's struct in_pktinfo is interface, local and destination address; Windows' IN_PKTINFO is address and interface.
constexpr std::size_t kLinuxPacketInfo = 12;

// Nothing for data that the type cannot have.
std::optional<std::string> native_data(const ControlMessage& message) {
  const ControlType type = message.type;
  if (message.level == ipproto_ip && type == ControlType(ip_pktinfo)) {
    if (message.data.size() != kLinuxPacketInfo) return std::nullopt;
    return message.data.substr(4, 4) + message.data.substr(0, 4);
  }
  const bool packet_info6 = message.level == ipproto_ipv6 && type == ControlType(ipv6_pktinfo);
  if (packet_info6 && message.data.size() != sizeof(IN6_PKTINFO)) return std::nullopt;
  // Linux takes one byte as well.
  if (message.level == ipproto_ip && type == ControlType(ip_tos) && message.data.size() == 1) {
    return message.data + std::string(3, '\0');
  }
  return message.data;
}

std::string portable_data(const WSACMSGHDR& header, std::string_view data) {
  if (header.cmsg_level != IPPROTO_IP) return std::string(data);
  if (header.cmsg_type == IP_PKTINFO && data.size() >= sizeof(IN_PKTINFO)) {
    // What the datagram was sent to; the local address is the same but for groups, which Windows does not tell.
    const std::string address(data.substr(0, 4));
    return std::string(data.substr(4, 4)) + address + address;
  }
  if (header.cmsg_type == IP_TOS || header.cmsg_type == IP_TCLASS) return std::string(data.substr(0, 1));
  return std::string(data);
}

// Those that mean nothing to Internet sockets, where Linux passes them over.
bool means_nothing(const ControlMessage& message, const SocketInfo& socket) {
  if (message.level == sol_socket) {
    return message.type == ControlType(scm_rights) || message.type == ControlType(scm_credentials);
  }
  if (socket.kind == SOCK_STREAM) return true;
  return message.level != (socket.family == AF_INET6 ? OptionLevel(ipproto_ipv6) : OptionLevel(ipproto_ip));
}

Error unknown(const ControlMessage& message) {
  const bool named = !message.type.is_native() && describe(Option(message.level, message.type.value())) != nullptr;
  return Error(Operation::sendmsg, named ? Errc::enoprotoopt : Errc::einval);
}

}  // namespace

Result<std::vector<char>> encode_control(std::span<const ControlMessage> messages, SOCKET socket) {
  const auto info = socket_info(socket);
  if (!info) return Unexpected(last_error(Operation::sendmsg, socket));
  std::size_t size = 0;
  for (const ControlMessage& message : messages) size += kHeader + aligned(message.data.size());
  if (size > kMostControl) return fail(Operation::sendmsg, Errc::enobufs);
  std::vector<char> buffer;
  for (const ControlMessage& message : messages) {
    if (means_nothing(message, *info)) continue;
    const auto level = platform::native_level(message.level);
    const auto type = platform::native_control_type(message.level, message.type);
    if (!level || !type || message.level == sol_socket) return Unexpected(unknown(message));
    const auto data = native_data(message);
    if (!data) return fail(Operation::sendmsg, Errc::einval);
    WSACMSGHDR header{};
    header.cmsg_level = *level;
    header.cmsg_type = *type;
    header.cmsg_len = kHeader + data->size();
    const std::size_t offset = buffer.size();
    buffer.resize(offset + kHeader + aligned(data->size()));
    std::memcpy(buffer.data() + offset, &header, sizeof(header));
    std::memcpy(buffer.data() + offset + kHeader, data->data(), data->size());
  }
  return buffer;
}

void decode_control(const WSAMSG& message, std::vector<ControlMessage>& messages) {
  std::string_view left(message.Control.buf, message.Control.len);
  while (left.size() >= kHeader) {
    WSACMSGHDR header;
    std::memcpy(&header, left.data(), sizeof(header));
    if (header.cmsg_len < kHeader) return;
    const std::string_view data = left.substr(kHeader, header.cmsg_len - kHeader);
    messages.push_back({platform::portable_level(header.cmsg_level),
                        platform::portable_control_type(header.cmsg_level, header.cmsg_type),
                        portable_data(header, data)});
    left.remove_prefix(std::min(left.size(), aligned(header.cmsg_len)));
  }
}

}  // namespace everysock::winsock
