#include "backends/memory/links.h"

#include <algorithm>
#include <string>

#include "backends/memory/machine.h"

namespace everysock::memory {

Links::Link& Links::link(const Machine& one, const Machine& other) {
  const std::pair<std::size_t, std::size_t> key = std::minmax(one.number(), other.number());
  const auto found = links_.find(key);
  if (found != links_.end()) return found->second;
  Link& link = links_[key];
  const Machine& low = one.number() < other.number() ? one : other;
  const Machine& high = one.number() < other.number() ? other : one;
  link.directions[0].random = Random(seed_, low.name() + '>' + high.name());
  link.directions[1].random = Random(seed_, high.name() + '>' + low.name());
  return link;
}

Links::Direction& Links::direction(Link& link, const Machine& from, const Machine& to) {
  return link.directions[from.number() < to.number() ? 0 : 1];
}

void Links::set(const Machine& one, const Machine& other, const LinkSettings& settings) {
  link(one, other).settings = settings;
}

void Links::set_cut(const Machine& one, const Machine& other, bool cut) { link(one, other).cut = cut; }

bool Links::cut(const Machine& from, const Machine& to) { return &from != &to && link(from, to).cut; }

std::int64_t Links::transit(Link& link, Direction& direction, std::size_t bytes, std::int64_t now) {
  const LinkSettings& settings = settings_of(link);
  std::int64_t departure = now;
  if (settings.bytes_per_second != 0) {
    const double seconds = static_cast<double>(bytes) / static_cast<double>(settings.bytes_per_second);
    departure = std::max(now, direction.busy_until) + static_cast<std::int64_t>(seconds * 1e9);
    direction.busy_until = departure;
  }
  std::int64_t arrival = departure + settings.latency;
  if (settings.jitter > 0) {
    arrival += static_cast<std::int64_t>(direction.random.below(static_cast<std::uint64_t>(settings.jitter) + 1));
  }
  return arrival;
}

std::int64_t Links::arrival(const Machine& from, const Machine& to, std::size_t bytes, std::int64_t now) {
  if (&from == &to) return now;
  Link& way = link(from, to);
  return transit(way, direction(way, from, to), bytes, now);
}

bool Links::lost(const Machine& from, const Machine& to) {
  if (&from == &to) return false;
  Link& way = link(from, to);
  return direction(way, from, to).random.chance(settings_of(way).loss);
}

Links::Datagram Links::datagram(const Machine& from, const Machine& to, std::size_t bytes, std::int64_t now) {
  if (&from == &to) return {1, {now, now}};
  Link& way = link(from, to);
  Direction& towards = direction(way, from, to);
  const LinkSettings& settings = settings_of(way);
  Datagram result;
  if (towards.random.chance(settings.loss)) {
    result.copies = 0;
    return result;
  }
  if (towards.random.chance(settings.duplicate)) result.copies = 2;
  for (int copy = 0; copy < result.copies; ++copy) {
    result.arrival[copy] = transit(way, towards, bytes, now);
    if (towards.random.chance(settings.reorder)) result.arrival[copy] += settings.reorder_delay;
  }
  return result;
}

std::int64_t Links::round_trip(const Machine& one, const Machine& other) {
  return &one == &other ? 0 : 2 * settings_of(link(one, other)).latency;
}

}  // namespace everysock::memory
