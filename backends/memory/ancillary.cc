#include "backends/memory/ancillary.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "backends/memory/machine.h"

namespace everysock::memory {
namespace {

constexpr std::size_t kMaxHandles = 253;  // SCM_MAX_FD
constexpr std::size_t kHeader = 16;       // struct cmsghdr

std::int32_t int_at(const std::string& data, std::size_t index) {
  std::int32_t number = 0;
  std::memcpy(&number, data.data() + index * sizeof(number), sizeof(number));
  return number;
}

// Takes a message of up to `size` payload bytes out of what is left of the room for control data; none if not even the
// header fits.
std::size_t claim_room(std::size_t& room, std::size_t size) {
  if (room < kHeader) return 0;
  const std::size_t payload = std::min(size, room - kHeader);
  const std::size_t padded = kHeader + (payload + 7) / 8 * 8;
  room -= std::min(room, padded);
  return payload;
}

}  // namespace

Ancillary& Ancillary::operator=(Ancillary&& other) noexcept {
  drop();
  sockets_ = std::move(other.sockets_);
  other.sockets_.clear();
  return *this;
}

Ancillary::~Ancillary() { drop(); }

void Ancillary::add(std::shared_ptr<KernelSocket> socket) {
  socket->add_handle();
  sockets_.push_back(std::move(socket));
}

void Ancillary::drop() noexcept {
  for (const std::shared_ptr<KernelSocket>& socket : std::exchange(sockets_, {})) socket->drop_handle();
}

Result<Ancillary> collect_ancillary(Machine& machine, std::span<const ControlMessage> control) {
  constexpr Operation kOperation = Operation::send;
  Ancillary ancillary;
  for (const ControlMessage& message : control) {
    if (message.level != sol_socket) continue;
    if (message.type == scm_rights) {
      const std::size_t count = message.data.size() / sizeof(std::int32_t);
      if (ancillary.sockets().size() + count > kMaxHandles) return fail(kOperation, Errc::einval);
      for (std::size_t i = 0; i < count; ++i) {
        KernelSocket* socket = machine.handles().find(static_cast<Handle>(int_at(message.data, i)));
        if (socket == nullptr) return fail(kOperation, Errc::ebadf);
        ancillary.add(socket->shared_from_this());
      }
    } else if (message.type == scm_credentials) {
      if (message.data.size() != sizeof(Credentials)) return fail(kOperation, Errc::einval);
      const Credentials own = machine.credentials();
      if (int_at(message.data, 0) != own.pid || static_cast<std::uint32_t>(int_at(message.data, 1)) != own.uid ||
          static_cast<std::uint32_t>(int_at(message.data, 2)) != own.gid) {
        return fail(kOperation, Errc::eperm);
      }
    } else {
      return fail(kOperation, Errc::einval);
    }
  }
  return ancillary;
}

void deliver_ancillary(Machine& machine, const Ancillary* ancillary, const Credentials* credentials,
                       ReceiveRequest& request) {
  std::size_t room = request.control == nullptr ? 0 : request.control_capacity;
  if (credentials != nullptr) {
    const std::uint32_t parts[3] = {static_cast<std::uint32_t>(credentials->pid), credentials->uid, credentials->gid};
    const std::size_t size = claim_room(room, sizeof(parts));
    if (size < sizeof(parts)) request.received_flags |= msg_ctrunc;
    if (size > 0) {
      request.control->push_back(
          {sol_socket, scm_credentials, std::string(reinterpret_cast<const char*>(parts), size)});
    }
  }
  if (ancillary == nullptr || ancillary->empty()) return;
  const std::size_t wanted = ancillary->sockets().size() * sizeof(std::int32_t);
  const std::size_t count = claim_room(room, wanted) / sizeof(std::int32_t);
  std::string numbers;
  for (std::size_t i = 0; i < count; ++i) {
    const auto handle =
        machine.handles().add(ancillary->sockets()[i], Operation::recv, !request.flags.has(msg_cmsg_cloexec));
    if (!handle) break;  // the table is full: what does not fit is closed
    const auto number = static_cast<std::int32_t>(*handle);
    numbers.append(reinterpret_cast<const char*>(&number), sizeof(number));
  }
  if (numbers.size() < wanted) request.received_flags |= msg_ctrunc;
  if (!numbers.empty()) request.control->push_back({sol_socket, scm_rights, std::move(numbers)});
}

}  // namespace everysock::memory
