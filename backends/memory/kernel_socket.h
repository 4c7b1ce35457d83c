// A socket as the simulated kernel sees it: what a handle stands for. One subclass for each family and kind.
#ifndef EVERYSOCK_BACKENDS_MEMORY_KERNEL_SOCKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_KERNEL_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "backends/memory/ancillary.h"
#include "backends/memory/buffers.h"
#include "backends/memory/options.h"
#include "backends/memory/wait_queue.h"
#include "everysock/backend.h"

namespace everysock::memory {

class Machine;
class Network;

// What poll(2) would report.
struct Readiness {
  bool in = false;
  bool out = false;
  bool error = false;
  bool hang_up = false;

  Interest of(Interest asked) const noexcept {
    if (error || hang_up) return asked;
    return ((in ? Interest::read : Interest::none) | (out ? Interest::write : Interest::none)) & asked;
  }
};

// Which directions have been shut down, here or by the peer.
struct Shutdown {
  bool receive = false;
  bool send = false;
  bool both() const noexcept { return receive && send; }
};

// No function here waits: what would have to answers EAGAIN (connect: EINPROGRESS), and syscalls.cc waits and asks
// again. All are called with the network's lock held.
class KernelSocket : public std::enable_shared_from_this<KernelSocket> {
 public:
  KernelSocket(Machine& machine, SocketClass socket_class, AddressFamily family, SocketKind kind, Protocol protocol);
  KernelSocket(const KernelSocket&) = delete;
  KernelSocket& operator=(const KernelSocket&) = delete;
  virtual ~KernelSocket();

  Machine& machine() const noexcept { return machine_; }
  Network& network() const noexcept;
  SocketClass socket_class() const noexcept { return class_; }
  AddressFamily family() const noexcept { return family_; }
  SocketKind kind() const noexcept { return kind_; }
  Protocol protocol() const noexcept { return protocol_; }
  virtual bool is_byte_stream() const noexcept { return false; }

  // ---- what all handles on the socket share ----
  bool nonblocking = false;
  const OptionValues& options() const noexcept { return options_; }
  // Handles on it, in tables and on their way in messages. The socket is released when the last one goes.
  void add_handle() noexcept { ++handles_; }
  void drop_handle();
  int handles() const noexcept { return handles_; }
  bool released() const noexcept { return released_; }

  // ---- operations ----
  virtual Result<void> bind(const Address& address) = 0;
  virtual Result<void> listen(int backlog);
  // EAGAIN: nobody there yet.
  virtual Result<std::shared_ptr<KernelSocket>> accept(Address* peer);
  // EINPROGRESS: started, and not done however fast; EALREADY: still not done. Once connecting() is false another call
  // has the outcome. EAGAIN: no room at the listener.
  virtual Result<void> connect(const Address& address) = 0;
  virtual bool connecting() const noexcept { return false; }
  virtual Result<void> shutdown(ShutdownHow how) = 0;
  virtual Result<Address> local_address() const = 0;
  virtual Result<Address> peer_address() const = 0;

  // One try. `going_on` says that a part has gone already: then an error is left for the next call, and 0 returned.
  virtual Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) = 0;
  // One try, as send(). 0 with `going_on` means that nothing more will come in this call.
  virtual Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) = 0;
  // Streams: whether a receive for `wanted` bytes would not have to wait for more.
  virtual bool has_received(std::size_t /*wanted*/) const { return true; }
  // Datagrams: whether a receive that finds nothing ends instead of waiting.
  bool receives_nothing_more() const noexcept { return shutdown_.receive; }

  virtual Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value);
  virtual Result<std::size_t> get_option(OptionLevel level, Option option, std::span<std::byte> value);

  virtual Readiness readiness() const = 0;

  // ---- waiting ----
  WaitQueue& watchers() noexcept { return watchers_; }
  // The socket whose change ends the wait of a send or connect that has just given EAGAIN: mostly this one.
  std::shared_ptr<KernelSocket> waited_for();
  void notify(Interest what = Interest::read_write) { watchers_.notify(what); }

  // Whether close() should wait (so_linger) until this is false.
  virtual bool lingering() const noexcept { return false; }

 protected:
  // The last handle has gone.
  virtual void release() = 0;
  virtual OptionContext option_context() const;
  // What so_peercred shows: nobody where it has no meaning.
  virtual Credentials peer_credentials() const { return {}; }
  void wait_for(const std::shared_ptr<KernelSocket>& other) { waited_for_ = other; }

  // The pending error (so_error): reading takes it.
  Errc take_error() noexcept {
    const Errc error = error_;
    error_ = Errc::ok;
    return error;
  }

  OptionValues options_;
  Errc error_ = Errc::ok;
  Shutdown shutdown_;

 private:
  Machine& machine_;
  const SocketClass class_;
  const AddressFamily family_;
  const SocketKind kind_;
  const Protocol protocol_;
  int handles_ = 0;
  bool released_ = false;
  std::uint64_t cookie_ = 0;  // once somebody has asked for it
  WaitQueue watchers_;
  std::weak_ptr<KernelSocket> waited_for_;
};

// Which directions `how` names.
Result<Shutdown> directions_of(ShutdownHow how);

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_KERNEL_SOCKET_H_
