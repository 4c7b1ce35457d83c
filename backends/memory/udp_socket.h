// A UDP socket.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UDP_SOCKET_H_
#define EVERYSOCK_BACKENDS_MEMORY_UDP_SOCKET_H_

#include <optional>
#include <set>
#include <string>

#include "backends/memory/datagram_queue.h"
#include "backends/memory/inet_socket.h"

namespace everysock::memory {

class UdpSocket final : public InetSocket {
 public:
  UdpSocket(Machine& machine, SocketClass socket_class, Protocol protocol);
  ~UdpSocket() override;

  Result<void> connect(const Address& address) override;
  Result<void> shutdown(ShutdownHow how) override;
  Result<Address> peer_address() const override;
  Result<std::size_t> send(const SendRequest& request, Gather& data, bool going_on) override;
  Result<std::size_t> receive(ReceiveRequest& request, Scatter& room, bool going_on) override;
  Result<void> set_option(OptionLevel level, Option option, std::span<const std::byte> value) override;
  Readiness readiness() const override;

  // A datagram has come; dropped where the receive buffer is full.
  void arrived(const Endpoint& from, const IpFacts& facts, Gather data);
  // Nobody listens at `at`: an error for a socket that is connected to it.
  void unreachable(const Endpoint& at);
  // Whether it takes datagrams to the group or broadcast address `to`.
  bool takes_group(const Endpoint& to) const;

 protected:
  void release() override;
  bool engaged() const noexcept override { return connected_; }

 private:
  struct Corked {
    Endpoint to;
    IpChoices choices;
    std::string data;
  };

  Result<Endpoint> target_of(const SendRequest& request) const;
  // The pending error, and whether sending has been shut down.
  Result<void> check_open();
  // `begun`: by an earlier call with msg_more, which has passed check_open().
  Result<void> send_datagram(const Endpoint& to, const IpChoices& choices, Gather data, bool begun);
  std::int32_t usual_hops(bool v4, bool multicast) const;
  Result<void> set_membership(Option option, std::span<const std::byte> value);

  bool connected_ = false;  // also to port 0, which takes what is sent as any port does that nobody has
  DatagramQueue queue_;
  std::optional<Corked> corked_;  // by msg_more
  std::set<Ip> groups_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UDP_SOCKET_H_
