// Who has which port: the rules of bind(2) and the choice of the receiving socket. One table for TCP and one for UDP
// on every machine; IPv4 and IPv6 share it, as dual-stack sockets use both.
#ifndef EVERYSOCK_BACKENDS_MEMORY_PORT_TABLE_H_
#define EVERYSOCK_BACKENDS_MEMORY_PORT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "backends/memory/ip.h"

namespace everysock::memory {

class InetSocket;
class Machine;

class PortTable {
 public:
  static constexpr std::uint16_t kFirstEphemeral = 32768;
  static constexpr std::uint16_t kLastEphemeral = 60999;

  explicit PortTable(Machine& machine) : machine_(machine) {}

  // Whether `socket` may have (its local address, `port`) beside all who have it already.
  bool free_for(const InetSocket& socket, std::uint16_t port) const;
  // A port nobody has; 0 when all are taken.
  std::uint16_t ephemeral() const;
  // Whether a connection between the two endpoints exists (or has ended too recently).
  bool connected(const Endpoint& local, const Endpoint& remote, const InetSocket* except) const;

  void add(InetSocket& socket);
  void remove(InetSocket& socket) noexcept;
  // A socket of this port has begun or ceased to listen.
  void set_listening(InetSocket& socket, bool listening);
  // Keeps the connection's endpoints taken for a minute (TIME_WAIT).
  void add_time_wait(const InetSocket& socket);

  // The listening socket that a connection from `from` to `to` goes to; null: refused.
  InetSocket* find_listener(const Endpoint& to, const Endpoint& from) const;
  // The socket that a datagram goes to.
  InetSocket* find_receiver(const Endpoint& to, const Endpoint& from) const;
  // All sockets bound to the port, in the order in which they were.
  std::vector<InetSocket*> all(std::uint16_t port) const;

 private:
  // What Linux compares of a socket, or of what is left of one.
  struct Claim {
    Ip ip;
    bool v6_only = false;
    bool reuse_address = false;
    bool reuse_port = false;
    bool listening = false;
  };
  struct TimeWait {
    Claim claim;
    Endpoint remote;
    std::int64_t until = 0;
  };
  struct Port {
    std::vector<InetSocket*> sockets;
    std::vector<InetSocket*> listeners;
    mutable std::vector<TimeWait> time_waits;
  };
  static Claim claim_of(const InetSocket& socket);
  static bool overlap(const Claim& one, const Claim& other);
  static bool conflict(const Claim& wanted, const Claim& held, bool stream);
  void forget_old(const Port& port) const;
  InetSocket* best(const std::vector<InetSocket*>& sockets, const Endpoint& to, const Endpoint& from,
                   bool connected_too) const;

  Machine& machine_;
  std::unordered_map<std::uint16_t, Port> ports_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_PORT_TABLE_H_
