#include "memory_backend.h"
#include "world.h"

namespace everysock::differential {
namespace {

class MemoryWorld final : public World {
 public:
  MemoryWorld() : backend_(network_.new_host("localhost").value()) {}

  Backend& backend() override { return *backend_; }
  bool settle(std::span<const Socket> /*sockets*/) override {
    network_.sleep_for(1);
    return true;
  }
  std::string directory() const override { return "/tmp/"; }
  std::string abstract_prefix() const override { return "/tmp"; }
  bool unlink(const std::string& path) override { return network_.unlink("localhost", path).has_value(); }

 private:
  MemoryNetwork network_;
  std::unique_ptr<Backend> backend_;
};

class MemoryUniverse final : public Universe {
 public:
  std::unique_ptr<World> new_world() override { return std::make_unique<MemoryWorld>(); }
};

}  // namespace

std::unique_ptr<Universe> new_memory_universe() { return std::make_unique<MemoryUniverse>(); }

}  // namespace everysock::differential
