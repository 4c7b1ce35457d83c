// A network that exists only in this process: hosts, links between them and a clock of its own, all decided by one
// seed. For tests of programs that use sockets: no ports taken, no privileges, no waiting.
//
//   MemoryNetwork network({.seed = 7});
//   std::unique_ptr<Backend> alpha = network.new_host("alpha", {"10.0.0.1", "fd00::1"}).value();
//   std::unique_ptr<Backend> beta = network.new_host("beta", {"10.0.0.2"}).value();
//   network.set_link("alpha", "beta", {.latency = 20'000'000, .loss = 0.01}).value();
//
//   Socket server = create_server({"beta", 80}, {}, *beta).value();
//   Socket client = create_connection({"beta", 80}, {}, *alpha).value();   // takes 40 ms of the network's own time
//
// Each host is a Backend, as if the program ran on that machine: it has loopback (127.0.0.0/8 and ::1 on interface
// "lo", index 1), the addresses it was given (on "eth0", index 2), two CAN buses of its own ("vcan0" and "vcan1", 3 and
// 4), a table of handles (small integers from 3 up, the lowest free one first) and a namespace for AF_UNIX paths that
// is no file system. Errors, option values and readiness are those of Linux.
//
// Time. The clock (Backend::now()) stands still while the program computes and jumps to the next event (an arrival, a
// time-out) when every thread known to the network waits: a time-out of 30 s takes no time at all. A call that fails
// because it would block, and a look at readiness that finds nothing, cost one microsecond of it when no other thread
// is running, so that a loop which polls does get somewhere; now() alone does not move it. See docs/memory.md for the
// rules about threads; in short:
//   - a thread is known from its first call, or from the moment everysock::Thread announces it, until it ends;
//   - it counts as waiting inside a blocking call of the network's, and inside everysock::Thread::join();
//   - a Poller with a callback is as good as a thread that waits, and counts as running from the callback until wait();
//   - a known thread that does neither, and calls nothing for `grace` of real time, is presumed to wait for something
//     else (std::thread::join(), say) until its next call;
//   - when all known threads wait and nothing will ever happen, their calls fail with EDEADLK after `deadlock_after`
//     of real time.
// Programs with one thread, and programs built around a Selector in one thread, run exactly the same way every time.
#ifndef EVERYSOCK_BACKENDS_MEMORY_MEMORY_BACKEND_H_
#define EVERYSOCK_BACKENDS_MEMORY_MEMORY_BACKEND_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "everysock/backend.h"
#include "everysock/error.h"

namespace everysock {

namespace memory {
class Network;
}  // namespace memory

// What happens to what is sent from one host to another. Times are nanoseconds of the network's clock. Within a host
// everything arrives at once and nothing is lost.
struct LinkSettings {
  std::int64_t latency = 0;  // one way
  std::int64_t jitter = 0;   // up to this much is added, evenly distributed; streams stay in order all the same
  // The probability, 0 to 1, that a datagram or a piece of a stream is lost. Streams send it again: a loss is a delay.
  double loss = 0;
  // The probability that a datagram is held back for `reorder_delay` and so may be overtaken.
  double reorder = 0;
  std::int64_t reorder_delay = 1'000'000;
  double duplicate = 0;                // the probability that a datagram arrives twice
  std::uint64_t bytes_per_second = 0;  // in each direction; 0: no limit
};

struct NetworkSettings {
  std::uint64_t seed = 0;
  LinkSettings link = {};  // of every pair of hosts that set_link() does not name

  // Nanoseconds of real time; see "Time" above. Negative: for ever.
  std::int64_t grace = 500'000'000;
  std::int64_t deadlock_after = 10'000'000'000;

  // The clock keeps pace with the real one and never jumps, and no call fails with EDEADLK: for a network whose sockets
  // are used from outside the program, too, as everysock-proxy's are. Needs threads; ignored where there are none.
  bool real_time = false;

  std::int32_t max_handles = 65536;  // per host; then EMFILE
};

// The factory and the switchboard. Any thread may call any function at any time. Hosts keep what they need of the
// network alive: they may outlive this object.
class MemoryNetwork {
 public:
  explicit MemoryNetwork(const NetworkSettings& settings = {});
  ~MemoryNetwork();
  MemoryNetwork(const MemoryNetwork&) = delete;
  MemoryNetwork& operator=(const MemoryNetwork&) = delete;

  // A machine called `name` with these numeric addresses, each with an optional prefix length ("10.0.0.1/24"; left
  // out: 24 and 64). Destroying the Backend closes its sockets, as the end of a process does, and leaves the machine
  // in place: connections to it are refused from then on. The same name may then be given again, with the same
  // addresses or none, for the next process on that machine.
  // EINVAL: not a host name, or not an address. EADDRINUSE: another host has it. EEXIST: the name is taken.
  Result<std::unique_ptr<Backend>> new_host(std::string_view name, const std::vector<std::string>& addresses = {});

  // A further name (an alias, a fully qualified name) that resolves to `host`. ENOENT: no such host. EEXIST. EINVAL.
  Result<void> add_name(std::string_view name, std::string_view host);

  // How the two hosts are linked from now on, in both directions. ENOENT. EINVAL: negative times, probabilities outside
  // 0 to 1.
  Result<void> set_link(std::string_view one, std::string_view other, const LinkSettings& settings);

  // Cuts the link between two hosts, or mends it. Datagrams on a cut link are lost, streams stall and go on when it is
  // mended, unless that takes so long that they give up (ETIMEDOUT). ENOENT.
  Result<void> partition(std::string_view one, std::string_view other);
  Result<void> heal(std::string_view one, std::string_view other);
  // Cuts or mends the links between `host` and all others.
  Result<void> isolate(std::string_view host);
  Result<void> rejoin(std::string_view host);

  // AF_UNIX paths lie in directories, as everywhere. The current one exists, and "/tmp", "/var/tmp", "/dev/shm",
  // "/run",
  // "/var/run" and "/home" with all above them; others, and those above them, are made here. ENOENT: no such host.
  Result<void> make_directory(std::string_view host, std::string_view path);
  // Removes an AF_UNIX path from `host`, as unlink(2) does. ENOENT.
  Result<void> unlink(std::string_view host, std::string_view path);

  // The network's clock, as Backend::now() of every host.
  std::int64_t now() const;
  // Has `action` called when the clock has reached `moment`, from whichever thread is then waiting (with real_time:
  // from a thread of the network's). It may call this object and backends, but must not block.
  void at(std::int64_t moment, std::function<void()> action);
  // Lets the calling thread sleep until the clock has reached `moment`.
  void sleep_until(std::int64_t moment);
  void sleep_for(std::int64_t nanoseconds) { sleep_until(now() + nanoseconds); }

 private:
  std::shared_ptr<memory::Network> network_;
};

// One host ("localhost") with loopback alone, on a network of its own.
std::unique_ptr<Backend> new_memory_backend(const NetworkSettings& settings);
std::unique_ptr<Backend> new_memory_backend(std::uint64_t seed = 0);

}  // namespace everysock

#endif  // EVERYSOCK_BACKENDS_MEMORY_MEMORY_BACKEND_H_
