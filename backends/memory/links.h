// How hosts are linked, and what becomes of what is sent over a link.
#ifndef EVERYSOCK_BACKENDS_MEMORY_LINKS_H_
#define EVERYSOCK_BACKENDS_MEMORY_LINKS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "backends/memory/memory_backend.h"
#include "backends/memory/random.h"

namespace everysock::memory {

class Machine;

// Links are looked up by the hosts' numbers, so that nothing depends on where in memory a host happens to lie.
class Links {
 public:
  Links(std::uint64_t seed, const LinkSettings& settings) : seed_(seed), default_(settings) {}

  void set(const Machine& one, const Machine& other, const LinkSettings& settings);
  void set_cut(const Machine& one, const Machine& other, bool cut);
  bool cut(const Machine& from, const Machine& to);

  // One way from `from` to `to` for `bytes` that leave at `now`: when they arrive.
  std::int64_t arrival(const Machine& from, const Machine& to, std::size_t bytes, std::int64_t now);
  // Whether chance takes what is sent now. A cut link is asked about on arrival.
  bool lost(const Machine& from, const Machine& to);

  struct Datagram {
    int copies = 1;  // 0: lost
    std::int64_t arrival[2] = {0, 0};
  };
  Datagram datagram(const Machine& from, const Machine& to, std::size_t bytes, std::int64_t now);

  // The time there and back, without jitter.
  std::int64_t round_trip(const Machine& one, const Machine& other);

 private:
  struct Direction {
    Random random{0};
    std::int64_t busy_until = 0;
  };
  struct Link {
    std::optional<LinkSettings> settings;  // none: the default
    bool cut = false;
    Direction directions[2];  // from the host with the lower number, and to it
  };
  Link& link(const Machine& one, const Machine& other);
  Direction& direction(Link& link, const Machine& from, const Machine& to);
  const LinkSettings& settings_of(const Link& link) const { return link.settings ? *link.settings : default_; }
  std::int64_t transit(Link& link, Direction& direction, std::size_t bytes, std::int64_t now);

  const std::uint64_t seed_;
  const LinkSettings default_;
  std::map<std::pair<std::size_t, std::size_t>, Link> links_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_LINKS_H_
