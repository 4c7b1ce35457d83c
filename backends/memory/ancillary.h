// What travels beside the bytes on AF_UNIX sockets: handles (SCM_RIGHTS) and credentials (SCM_CREDENTIALS).
#ifndef EVERYSOCK_BACKENDS_MEMORY_ANCILLARY_H_
#define EVERYSOCK_BACKENDS_MEMORY_ANCILLARY_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "everysock/backend.h"
#include "everysock/control_room.h"

namespace everysock::memory {

class KernelSocket;
class Machine;

// struct ucred.
struct Credentials {
  std::int32_t pid = 0;
  std::uint32_t uid = 0xffffffff;
  std::uint32_t gid = 0xffffffff;

  friend bool operator==(const Credentials&, const Credentials&) = default;
};

// Sockets on their way from one handle table to another. Holds them open, as a handle does.
class Ancillary {
 public:
  Ancillary() = default;
  Ancillary(Ancillary&&) noexcept = default;
  Ancillary& operator=(Ancillary&& other) noexcept;
  ~Ancillary();

  void add(std::shared_ptr<KernelSocket> socket);
  bool empty() const noexcept { return sockets_.empty(); }
  const std::vector<std::shared_ptr<KernelSocket>>& sockets() const noexcept { return sockets_; }

 private:
  void drop() noexcept;
  std::vector<std::shared_ptr<KernelSocket>> sockets_;
};

// What a sender on `machine` puts beside its message. EBADF: a handle that is not open. EINVAL: malformed, or more
// than 253 handles. EPERM: credentials that are not the sender's own.
Result<Ancillary> collect_ancillary(Machine& machine, std::span<const ControlMessage> control);

// Hands what came to the receiver, either of which may be null: handles get numbers of `machine`'s table, as far as
// the room reaches; msg_ctrunc says that something was left out.
void deliver_ancillary(Machine& machine, const Ancillary* ancillary, const Credentials* credentials,
                       ReceiveRequest& request, ControlRoom& room);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_ANCILLARY_H_
