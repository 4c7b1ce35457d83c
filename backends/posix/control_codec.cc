#include "backends/posix/control_codec.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "platform/posix/constant_tables.h"

namespace everysock::posix {
namespace {
constexpr std::size_t kMostData = std::numeric_limits<std::int32_t>::max() / 2;
}

Result<std::vector<char>> encode_control(std::span<const ControlMessage> messages) {
  std::size_t size = 0;
  for (const ControlMessage& message : messages) {
    if (message.data.size() > kMostData) return fail(Operation::sendmsg, Errc::einval);
    size += CMSG_SPACE(message.data.size());
    if (size > kMostData) return fail(Operation::sendmsg, Errc::einval);
  }
  std::vector<char> buffer(size, '\0');
  std::size_t offset = 0;
  for (const ControlMessage& message : messages) {
    const auto level = platform::native_level(message.level);
    if (!level) return fail(Operation::sendmsg, Errc::einval);
    cmsghdr header{};
    header.cmsg_level = *level;
    header.cmsg_type = static_cast<int>(message.type.value());
    header.cmsg_len = CMSG_LEN(message.data.size());
    std::memcpy(buffer.data() + offset, &header, sizeof(header));
    std::memcpy(buffer.data() + offset + CMSG_LEN(0), message.data.data(), message.data.size());
    offset += CMSG_SPACE(message.data.size());
  }
  return buffer;
}

void decode_control(const msghdr& message, std::vector<ControlMessage>& messages) {
  const char* const end = static_cast<const char*>(message.msg_control) + message.msg_controllen;
  auto* header = CMSG_FIRSTHDR(&message);
  while (header != nullptr) {
    const char* const data = reinterpret_cast<const char*>(CMSG_DATA(header));
    if (data > end || header->cmsg_len < CMSG_LEN(0)) return;
    const std::size_t said = header->cmsg_len - CMSG_LEN(0);
    const std::size_t there = static_cast<std::size_t>(end - data);
    messages.push_back({platform::portable_level(header->cmsg_level),
                        ControlType(static_cast<std::uint32_t>(header->cmsg_type)),
                        std::string(data, std::min(said, there))});
    header = CMSG_NXTHDR(const_cast<msghdr*>(&message), header);
  }
}

}  // namespace everysock::posix
