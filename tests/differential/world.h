// One backend with what a program of operations needs of it. Posix: the kernel's loopback, in a directory of its own.
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_WORLD_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_WORLD_H_

#include <memory>
#include <span>
#include <string>

#include "everysock/socket.h"

namespace everysock::differential {

class World {
 public:
  virtual ~World() = default;

  virtual Backend& backend() = 0;
  // Waits until all that these sockets have sent has arrived, and all that this led to. False: it went on past the
  // deadline.
  virtual bool settle(std::span<const Socket> sockets) = 0;
  // What AF_UNIX paths and abstract names start with.
  virtual std::string directory() const = 0;
  virtual std::string abstract_prefix() const = 0;
  virtual bool unlink(const std::string& path) = 0;
};

// A new world for each program: nothing of the one before is left.
class Universe {
 public:
  virtual ~Universe() = default;
  virtual std::unique_ptr<World> new_world() = 0;
};

// Moves this process into a network namespace of its own, if it may, so that nobody else's ports and packets are seen.
// Otherwise returns why it may not.
std::string isolate_network();

// Binds the calling thread to one processor, which settle() relies on. "", or why it cannot.
std::string stay_on_one_processor();

std::unique_ptr<Universe> new_posix_universe();
std::unique_ptr<Universe> new_memory_universe();

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_WORLD_H_
