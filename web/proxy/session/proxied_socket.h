// One socket of a client: the server's half of docs/protocol.md, sections 4 to 6, over a handle of the served backend.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_PROXIED_SOCKET_H_
#define EVERYSOCK_WEB_PROXY_SESSION_PROXIED_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/protocol/connections.h"
#include "backends/websocket/protocol/frames.h"
#include "backends/websocket/protocol/protocol_error.h"
#include "everysock/backend.h"
#include "web/proxy/loop/event_loop.h"
#include "web/proxy/session/outgoing_control.h"
#include "web/proxy/session/session_state.h"

namespace everysock::proxy {

// What a frame that breaks the protocol is answered with; nothing for all others.
using Violation = std::optional<websocket::ProtocolError>;

class ProxiedSocket final : public ReadyHandler {
 public:
  enum class State { failed, open, connecting, connected, dead, listening };

  // A socket that is open; `handle` is non-blocking and belongs to the object from now on.
  ProxiedSocket(SessionState& session, websocket::WireHandle wire, Handle handle, AddressFamily family, SocketKind kind,
                State state);
  // One that could not be opened: every request on it fails with `error`.
  ProxiedSocket(SessionState& session, websocket::WireHandle wire, AddressFamily family, SocketKind kind, Error error);
  ~ProxiedSocket() override;

  // Whether a request fails with the failure of one before it: requests that the client sent without waiting.
  std::optional<Error> error_before(bool pipelined);

  // Requests, each answered now or later.
  void on_request(const websocket::Bind& request, std::uint8_t flags);
  void on_request(const websocket::Listen& request, std::uint8_t flags);
  void on_request(const websocket::Connect& request, std::uint8_t flags);
  void on_request(const websocket::Shutdown& request, std::uint8_t flags);
  void on_request(const websocket::SetOption& request, std::uint8_t flags);
  void on_request(const websocket::GetOption& request, std::uint8_t flags);
  void on_request(const websocket::Close& request, std::uint8_t flags);

  Violation on_push(const websocket::Data& data, std::uint8_t flags);
  Violation on_push(const websocket::Datagram& datagram, std::uint8_t flags);
  Violation on_push(const websocket::Message& message, std::uint8_t flags);
  Violation on_push(const websocket::Credit& credit, std::uint8_t flags);

  // Takes one piece of what the target has sent and gives it to the client. Whether it is another one's turn next, and
  // this one's again later.
  bool take_turn();
  // After a pause of all sockets, because the client was slow.
  void resume();
  // There is room in the quota again.
  void room_for_sockets();
  // For a pair: both ends can be read from the start.
  void start();
  // The two ends of an AF_UNIX connection within the session, as far as that is known.
  static void pair(ProxiedSocket& one, ProxiedSocket& other);

  bool closing() const noexcept { return close_request_ != 0; }
  websocket::Done names(std::uint32_t request) const;

 private:
  // Something for the target, in its order behind what waits already.
  struct Outgoing {
    std::string bytes;
    std::size_t written = 0;
    Address address;            // datagrams
    std::uint32_t request = 0;  // datagrams: who waits for the reply, or 0
    std::uint8_t flags = 0;
    std::optional<ShutdownHow> shutdown;  // instead of bytes
    // Of a datagram, and of the first bytes of a stream's message: what it costs beyond its bytes, and what goes with
    // it.
    std::size_t overhead = 0;
    std::optional<OutgoingControl> control = {};
  };

  // proxied_socket.cc: the life of the socket
  void on_ready(Interest ready) override;
  bool is_stream() const noexcept { return kind_ == sock_stream; }
  bool has_connections() const noexcept { return websocket::has_connections(family_, kind_); }
  bool wants_read() const;
  void update_interest();
  void fail_request(std::uint32_t request, Error error);
  void finish_close();

  // proxied_socket_requests.cc: names and connections
  Result<Address> to_bind(const Address& address);
  // With the policy's word; the outcome goes to the audit log as `event`.
  Result<Address> to_reach(Operation operation, std::string_view event, const Address& address);
  bool accepts_ipv4() const;
  ProxiedSocket* find_unix_listener() const;
  void wait_to_be_accepted_by(ProxiedSocket& listener);
  void unpair();
  void reset_unix_peer();
  Address to_client(const Address& address) const;
  void remember_sender(const Address& address);
  // Accepts for all of the client's listeners what waits for them now.
  void fetch_waiting_connections();
  void try_connect();
  void finish_connect();
  void on_connected();
  void on_connect_failed(Error error);
  Result<void> begin_listening(const websocket::Listen& request);
  // If it is one, in the client's quota.
  void count_listener(int amount);
  void release();
  void accept_some();
  void accept_one(Handle accepted, const Address& peer);

  // proxied_socket_send.cc: from the client to the target
  void flush();
  Result<std::size_t> send(std::string_view bytes, std::uint8_t flags, const Address* address,
                           std::span<const ControlMessage> control = {});
  Result<std::size_t> send_datagram(std::string_view bytes, std::uint8_t flags, const Address& address,
                                    std::span<const ControlMessage> control = {});
  void settle_datagram(std::size_t cost, std::uint32_t request, const Result<std::size_t>& result);
  bool flush_stream(Outgoing& item);
  void stream_broken(Error error);
  void enqueue(Outgoing item);
  void enqueue_stream(std::string_view bytes, std::uint8_t flags);
  void drop_queue(bool give_credit_back);
  void give_back(std::int64_t credit);
  void retry_soon();

  // proxied_socket_control.cc: control messages both ways
  Result<OutgoingControl> to_send(const std::vector<websocket::WireControl>& items);
  Result<void> pass_sockets(std::string_view handles, OutgoingControl& control);
  // Room for all that a system gives with one message: 253 descriptors, and a few items beside them.
  static constexpr std::size_t kControlRoom = 4096;
  // For messages that may come with control messages: makes room for them.
  void ask_control(ReceiveRequest& request, std::vector<ControlMessage>& control) const;
  // Whether something has come, or would have.
  static bool has_control(const ReceiveRequest& request) {
    return request.control != nullptr && (!request.control->empty() || request.received_flags.has(msg_ctrunc));
  }
  void push_message(const Address& sender, std::string_view bytes, std::uint8_t flags, const ReceiveRequest& request);
  std::optional<websocket::WireHandle> announce(std::int64_t native);
  void forget_connectors();
  bool shares_name() const;

  // proxied_socket_receive.cc: from the target to the client
  bool receive_stream();
  bool receive_message();
  bool end_of_stream();
  void reset(Error error);

  SessionState& session_;
  const websocket::WireHandle wire_;
  const AddressFamily family_;
  const SocketKind kind_;
  Handle handle_ = Handle::invalid;
  State state_;
  EventLoop::Watch watch_;
  std::optional<Error> last_error_;

  std::optional<UnixAddress> unix_name_;  // the real one, once bound
  // AF_UNIX connections have no reset that could be asked of the system: it gives one to the peer where data was left
  // unread, and here the client has it. So the session remembers who is connected to whom.
  ProxiedSocket* unix_peer_ = nullptr;
  ProxiedSocket* unix_listener_ = nullptr;      // whose accept() this connection still waits for
  std::deque<ProxiedSocket*> unix_connectors_;  // at a listener, in the order of accept(); null: gone
  bool end_is_reset_ = false;
  bool passed_ = false;        // has gone in a message: somebody else may go on with it
  bool knows_peers_ = true;    // whether the session has seen all who connect to it
  bool asks_control_ = false;  // an option says that messages come with control messages
  bool bound_ = false;
  bool has_name_ = false;  // so that datagrams may come
  // Who has sent datagrams to a socket that was bound, the latest last: it may answer them.
  std::deque<Address> heard_from_;
  std::optional<std::int32_t> linger_seconds_;  // so_linger, where it has been switched on
  std::uint32_t connect_request_ = 0;
  Address connect_target_;
  std::string connect_text_;
  bool connect_waits_ = false;
  std::uint32_t close_request_ = 0;
  std::optional<EventLoop::Timer> retry_timer_;
  std::int64_t retry_delay_ = 0;
  std::optional<EventLoop::Timer> close_timer_;

  // To the target.
  std::deque<Outgoing> queue_;
  std::int64_t balance_ = kInitialWindow;  // what the client may still send
  std::int64_t owed_ = 0;                  // taken from it, and not given back yet
  std::uint32_t window_ = kInitialWindow;
  bool window_stays_ = false;  // the client has chosen a size by so_sndbuf
  bool send_broken_ = false;
  bool end_queued_ = false;  // a shutdown stands in the queue: nothing follows

  // To the client.
  std::int64_t credit_;
  std::int64_t accept_credit_ = 0;
  bool read_ended_ = false;
  bool has_turn_ = false;  // stands in SessionState::readable
  bool paused_ = false;
  bool accept_paused_ = false;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_PROXIED_SOCKET_H_
