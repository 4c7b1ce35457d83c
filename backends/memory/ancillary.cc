#include "backends/memory/ancillary.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "backends/memory/machine.h"

namespace everysock::memory {
namespace {

constexpr std::size_t kMaxHandles = 253;  // SCM_MAX_FD

std::int32_t int_at(const std::string& data, std::size_t index) {
  std::int32_t number = 0;
  std::memcpy(&number, data.data() + index * sizeof(number), sizeof(number));
  return number;
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
    if (portable_level(message.level) != sol_socket) continue;
    if (message.type.value() == scm_rights.value()) {
      const std::size_t count = message.data.size() / sizeof(std::int32_t);
      if (ancillary.sockets().size() + count > kMaxHandles) return fail(kOperation, Errc::einval);
      for (std::size_t i = 0; i < count; ++i) {
        KernelSocket* socket = machine.handles().find(static_cast<Handle>(int_at(message.data, i)));
        if (socket == nullptr) return fail(kOperation, Errc::ebadf);
        ancillary.add(socket->shared_from_this());
      }
    } else if (message.type.value() == scm_credentials.value()) {
      if (message.data.size() != sizeof(Credentials)) return fail(kOperation, Errc::einval);
      const Credentials own = machine.credentials();
      if (int_at(message.data, 0) != own.pid || static_cast<std::uint32_t>(int_at(message.data, 1)) != own.uid ||
          static_cast<std::uint32_t>(int_at(message.data, 2)) != own.gid) {
        return fail(kOperation, Errc::eperm);
      }
    } else {
      const bool of_other_systems = message.type == scm_creds || message.type == scm_creds2;
      return fail(kOperation, of_other_systems ? Errc::enoprotoopt : Errc::einval);
    }
  }
  return ancillary;
}

void deliver_ancillary(Machine& machine, const Ancillary* ancillary, const Credentials* credentials,
                       ReceiveRequest& request, ControlRoom& room) {
  if (credentials != nullptr) {
    const std::uint32_t parts[3] = {static_cast<std::uint32_t>(credentials->pid), credentials->uid, credentials->gid};
    room.put(sol_socket, scm_credentials, {reinterpret_cast<const char*>(parts), sizeof(parts)});
  }
  if (ancillary == nullptr || ancillary->empty()) return;
  const std::size_t wanted = ancillary->sockets().size() * sizeof(std::int32_t);
  const std::size_t count = room.claim(wanted) / sizeof(std::int32_t);
  std::string numbers;
  for (std::size_t i = 0; i < count; ++i) {
    const auto handle =
        machine.handles().add(ancillary->sockets()[i], Operation::recv, !request.flags.has(msg_cmsg_cloexec));
    if (!handle) break;  // the table is full: what does not fit is closed
    const auto number = static_cast<std::int32_t>(*handle);
    numbers.append(reinterpret_cast<const char*>(&number), sizeof(number));
  }
  if (numbers.size() < wanted) room.say_truncated();
  if (!numbers.empty()) room.append({sol_socket, scm_rights, std::move(numbers)});
}

}  // namespace everysock::memory
