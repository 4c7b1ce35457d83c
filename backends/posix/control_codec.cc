#include "backends/posix/control_codec.h"

#include <algorithm>
#include <cstring>

#include "platform/posix/constant_tables.h"
#include "platform/posix/control_type_table.h"

namespace everysock::posix {

Result<std::vector<char>> encode_control(std::span<const ControlMessage> messages) {
  std::size_t size = 0;
  for (const ControlMessage& message : messages) size += CMSG_SPACE(message.data.size());
  std::vector<char> buffer(size, '\0');
  std::size_t offset = 0;
  for (const ControlMessage& message : messages) {
    const auto level = platform::native_level(message.level);
    const auto type = platform::native_control_type(message.level, message.type);
    if (!level) return fail(Operation::sendmsg, Errc::einval);
    if (!type) return fail(Operation::sendmsg, Errc::enoprotoopt);
    cmsghdr header{};
    header.cmsg_level = *level;
    header.cmsg_type = *type;
    header.cmsg_len = CMSG_LEN(message.data.size());
    std::memcpy(buffer.data() + offset, &header, sizeof(header));
    std::memcpy(buffer.data() + offset + CMSG_LEN(0), message.data.data(), message.data.size());
    offset += CMSG_SPACE(message.data.size());
  }
  return buffer;
}

bool decode_control(const msghdr& message, std::vector<ControlMessage>& messages) {
  const char* const end = static_cast<const char*>(message.msg_control) + message.msg_controllen;
  const bool cut = (message.msg_flags & MSG_CTRUNC) != 0;
  bool whole = true;
  for (auto* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(const_cast<msghdr*>(&message), header)) {
    const char* const data = reinterpret_cast<const char*>(CMSG_DATA(header));
    if (data > end || header->cmsg_len < CMSG_LEN(0)) return false;
    const std::size_t said = header->cmsg_len - CMSG_LEN(0);
    const auto there = static_cast<std::size_t>(end - data);
    const std::size_t size = std::min(said, there);
    if (said > there) whole = false;
    if (size == 0 && (cut || said > there)) continue;
    messages.push_back({platform::portable_level(header->cmsg_level),
                        platform::portable_control_type(header->cmsg_level, header->cmsg_type),
                        std::string(data, size)});
  }
  return whole;
}

}  // namespace everysock::posix
