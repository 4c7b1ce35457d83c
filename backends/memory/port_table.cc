#include "backends/memory/port_table.h"

#include <algorithm>

#include "backends/memory/inet_socket.h"
#include "backends/memory/machine.h"

namespace everysock::memory {
namespace {

constexpr std::int64_t kTimeWait = 60'000'000'000;
constexpr std::size_t kMaxTimeWaits = 256;  // for each port

}  // namespace

PortTable::Claim PortTable::claim_of(const InetSocket& socket) {
  const OptionValues& options = socket.options();
  return {socket.local().ip, is_inet6(socket.socket_class()) && options.v6_only, options.reuse_address,
          options.reuse_port, socket.listening()};
}

bool PortTable::overlap(const Claim& one, const Claim& other) {
  if (one.ip == other.ip) return true;
  if (one.ip.is_v4() && other.ip.is_v4()) return one.ip.is_any() || other.ip.is_any();
  if (other.ip == Ip::v6_any()) return !(other.v6_only && one.ip.is_v4());
  if (one.ip == Ip::v6_any()) return !(one.v6_only && other.ip.is_v4());
  return false;
}

bool PortTable::conflict(const Claim& wanted, const Claim& held, bool stream) {
  if (!overlap(wanted, held)) return false;
  if (wanted.reuse_address && held.reuse_address && !(stream && held.listening)) return false;
  return !(wanted.reuse_port && held.reuse_port);
}

void PortTable::forget_old(const Port& port) const {
  const std::int64_t now = machine_.network().now();
  std::erase_if(port.time_waits, [&](const TimeWait& wait) { return wait.until <= now; });
}

bool PortTable::free_for(const InetSocket& socket, std::uint16_t number) const {
  const auto found = ports_.find(number);
  if (found == ports_.end()) return true;
  const Port& port = found->second;
  forget_old(port);
  const Claim wanted = claim_of(socket);
  const bool stream = is_tcp(socket.socket_class());
  return std::none_of(
             port.sockets.begin(), port.sockets.end(),
             [&](const InetSocket* other) { return other != &socket && conflict(wanted, claim_of(*other), stream); }) &&
         std::none_of(port.time_waits.begin(), port.time_waits.end(),
                      [&](const TimeWait& wait) { return conflict(wanted, wait.claim, stream); });
}

std::uint16_t PortTable::ephemeral() const {
  constexpr std::uint32_t kCount = kLastEphemeral - kFirstEphemeral + 1;
  // Ports of connections that have just ended come second, as with net.ipv4.tcp_tw_reuse.
  constexpr std::uint32_t kTriesForFresh = 64;
  const std::uint64_t start = machine_.random().below(kCount);
  for (std::uint32_t i = 0; i < kCount + kTriesForFresh; ++i) {
    const auto number = static_cast<std::uint16_t>(kFirstEphemeral + (start + i) % kCount);
    const auto found = ports_.find(number);
    if (found == ports_.end()) return number;
    const Port& port = found->second;
    if (!port.sockets.empty()) continue;
    forget_old(port);
    if (!port.time_waits.empty() && i < kTriesForFresh) continue;
    port.time_waits.clear();
    return number;
  }
  return 0;
}

bool PortTable::connected(const Endpoint& local, const Endpoint& remote, const InetSocket* except) const {
  const auto found = ports_.find(local.port);
  if (found == ports_.end()) return false;
  forget_old(found->second);
  return std::any_of(found->second.sockets.begin(), found->second.sockets.end(),
                     [&](const InetSocket* other) {
                       return other != except && other->connected_to(remote) && other->local().ip == local.ip;
                     }) ||
         std::any_of(found->second.time_waits.begin(), found->second.time_waits.end(),
                     [&](const TimeWait& wait) { return wait.remote == remote && wait.claim.ip == local.ip; });
}

void PortTable::add(InetSocket& socket) { ports_[socket.local().port].sockets.push_back(&socket); }

void PortTable::remove(InetSocket& socket) noexcept {
  const auto found = ports_.find(socket.local().port);
  if (found == ports_.end()) return;
  std::vector<InetSocket*>& sockets = found->second.sockets;
  // Mostly one of the latest.
  const auto place = std::find(sockets.rbegin(), sockets.rend(), &socket);
  if (place != sockets.rend()) sockets.erase(std::next(place).base());
  std::erase(found->second.listeners, &socket);
  if (sockets.empty() && found->second.time_waits.empty()) ports_.erase(found);
}

void PortTable::set_listening(InetSocket& socket, bool listening) {
  std::vector<InetSocket*>& listeners = ports_[socket.local().port].listeners;
  std::erase(listeners, &socket);
  if (listening) listeners.push_back(&socket);
}

void PortTable::add_time_wait(const InetSocket& socket) {
  std::vector<TimeWait>& time_waits = ports_[socket.local().port].time_waits;
  if (time_waits.size() >= kMaxTimeWaits) time_waits.erase(time_waits.begin());
  time_waits.push_back({claim_of(socket), socket.remote(), machine_.network().now() + kTimeWait});
}

InetSocket* PortTable::best(const std::vector<InetSocket*>& sockets, const Endpoint& to, const Endpoint& from,
                            bool connected_too) const {
  InetSocket* winner = nullptr;
  int best_score = 0;
  std::uint32_t equals = 0;
  for (InetSocket* socket : sockets) {
    const Claim claim = claim_of(*socket);
    int score = 1;
    if (claim.ip == to.ip) {
      score += 8;
    } else if (!(claim.ip.is_any() && claim.ip.is_v4() == to.ip.is_v4()) &&
               !(claim.ip == Ip::v6_any() && to.ip.is_v4() && !claim.v6_only)) {
      continue;
    }
    if (!is_inet6(socket->socket_class())) ++score;
    if (connected_too && socket->remote().port != 0) {
      if (!socket->connected_to(from)) continue;
      score += 16;
    }
    if (score > best_score) {
      best_score = score;
      winner = socket;
      equals = 1;
    } else if (score == best_score) {
      ++equals;
      if (claim.reuse_port && winner->options().reuse_port) {
        // A group that shares the port: the peer decides who serves it, always the same one.
        std::uint64_t hash = 0xcbf29ce484222325u ^ from.port;
        for (const std::uint8_t byte : from.ip.bytes()) hash = (hash ^ byte) * 0x100000001b3u;
        if (Random(hash + equals).below(equals) == 0) winner = socket;
      } else {
        winner = socket;  // the latest
      }
    }
  }
  return winner;
}

InetSocket* PortTable::find_listener(const Endpoint& to, const Endpoint& from) const {
  const auto found = ports_.find(to.port);
  return found == ports_.end() ? nullptr : best(found->second.listeners, to, from, false);
}

InetSocket* PortTable::find_receiver(const Endpoint& to, const Endpoint& from) const {
  const auto found = ports_.find(to.port);
  return found == ports_.end() ? nullptr : best(found->second.sockets, to, from, true);
}

std::vector<InetSocket*> PortTable::all(std::uint16_t port) const {
  const auto found = ports_.find(port);
  return found == ports_.end() ? std::vector<InetSocket*>() : found->second.sockets;
}

}  // namespace everysock::memory
