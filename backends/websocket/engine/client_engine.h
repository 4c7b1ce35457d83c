// The client's side of everysock.v1 without I/O: messages in, messages out, time passed in; no locks, no threads, no
// waiting. Operations do what can be done now and say EAGAIN where they would have to wait; websocket_backend.cc waits.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_CLIENT_ENGINE_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_CLIENT_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "backends/websocket/engine/reply.h"
#include "backends/websocket/engine/socket_state.h"
#include "backends/websocket/protocol/frame_writer.h"
#include "backends/websocket/protocol/frames.h"
#include "backends/websocket/protocol/protocol_error.h"
#include "everysock/backend.h"

namespace everysock::websocket {

using SocketPointer = std::shared_ptr<SocketState>;

// What the server's hello said, kept until the next one.
struct ServerFacts {
  std::uint32_t features = 0;
  std::uint32_t window = 0;
  std::uint32_t max_frame = min_max_frame;
  std::uint32_t max_sockets = 0;   // 0: not known yet
  std::int64_t ping_interval = 0;  // nanoseconds
  std::string hostname;
  std::string backend;
  std::vector<Support> supports;
};

// The end of a connect(), as far as it is known.
enum class ConnectStep : std::uint8_t {
  connected,
  started,  // the socket's phase will tell
  asked,    // the Reply will tell
};

// Sockets that the program has given back, or that the link has lost, fail every call: EBADF, ENETDOWN.
class ClientEngine {
 public:
  struct Options {
    std::string token;
    std::string agent;
    std::uint32_t window = 1024 * 1024;  // credit of each socket for data to the client
  };
  explicit ClientEngine(Options options) : options_(std::move(options)) {}

  // ---- the link (link.cc) ----

  enum class Link : std::uint8_t { idle, connecting, up, lost };
  Link link() const noexcept { return link_; }
  // Why the last link was lost: ENETDOWN, or EACCES where the server did not let us in.
  Errc link_error() const noexcept { return link_error_; }
  const ServerFacts& server() const noexcept { return server_; }
  // Whether messages may have control messages.
  bool carries_control() const noexcept { return (server_.features & feature_control) != 0; }

  // A WebSocket is being opened: queues the hello. Everything sent from now on goes behind it.
  void begin(std::int64_t now);
  // A whole message came. Nothing: all is well; otherwise the link is to be closed with this error, and lost() called.
  std::optional<ProtocolError> receive(std::string_view message, std::int64_t now);
  // The WebSocket is gone, or could not be opened: all sockets are dead, everyone is woken.
  void lost(Errc why);
  // Whether the server has been silent for so long that the link is as good as dead.
  bool silent(std::int64_t now) const noexcept;
  // Woken when the link comes up or is lost.
  void watch_link(Watcher& watcher) { link_watchers_.push_back(&watcher); }
  void unwatch_link(Watcher& watcher);
  void wake_link_watchers();

  // ---- output ----

  bool has_output() const noexcept { return !output_.empty(); }
  // The next message to be sent, "" for none.
  std::string take_output();

  // ---- requests on sockets (requests.cc, connections.cc) ----
  // Where a Reply is given, it tells how the request ended; where it is null, a failure becomes the socket's pending
  // error.

  Result<SocketPointer> open(AddressFamily family, SocketKind kind, Protocol protocol, Reply* reply);
  Result<std::pair<SocketPointer, SocketPointer>> open_pair(AddressFamily family, SocketKind kind, Protocol protocol,
                                                            Reply* reply);
  void close(SocketState& socket, Reply* reply);
  Result<void> bind(const SocketPointer& socket, const Address& address, Reply* reply);
  Result<void> listen(const SocketPointer& socket, int backlog, Reply* reply);
  Result<SocketPointer> accept(SocketState& socket);
  // `dont_wait`: a full AF_UNIX backlog is EAGAIN.
  Result<ConnectStep> connect(const SocketPointer& socket, const Address& address, bool dont_wait, Reply* reply);
  // How the connect that was started ended; EALREADY while it goes on.
  Result<void> connect_outcome(SocketState& socket);
  // True: done, as far as the program can see; false: the Reply will tell.
  Result<bool> shutdown(const SocketPointer& socket, ShutdownHow how, Reply* reply);
  Result<Address> local_address(const SocketState& socket) const;
  Result<Address> peer_address(const SocketState& socket) const;
  // The Reply is not waited for any more.
  void forget(const Reply& reply);

  // ---- data (stream_data.cc, packet_data.cc) ----

  // Streams: takes the bytes from `offset` on, as far as credit goes, and returns how many.
  Result<std::size_t> send_bytes(SocketState& socket, const SendRequest& request, std::size_t offset);
  // Other kinds: the whole message. With a Reply the server is asked how it went.
  Result<std::size_t> send_packet(const SocketPointer& socket, const SendRequest& request, bool dont_wait,
                                  Reply* reply);
  // Whether the fate of this message should be asked for (docs/protocol.md, section 7).
  bool wants_reply(const SocketState& socket, const SendRequest& request) const;
  // The same with control messages: of a stream, the first piece.
  Result<std::size_t> send_message(const SocketPointer& socket, const SendRequest& request,
                                   const std::vector<WireControl>& control, bool dont_wait, Reply* reply);
  // Into the request's buffers, behind the `offset` bytes that they hold already. EAGAIN where nothing is there.
  // `hand_out` makes the number that the program gets for a socket which came with the message.
  using HandOut = std::function<std::int32_t(const SocketPointer&)>;
  Result<std::size_t> receive(SocketState& socket, ReceiveRequest& request, std::size_t offset,
                              const HandOut& hand_out);

  // ---- passing sockets (passed_sockets.cc) ----

  // The program is about to send the socket to somebody.
  void note_passed(const SocketPointer& socket);

  // ---- options (options.cc) ----

  // The answer, where the client knows it by itself.
  std::optional<Result<std::size_t>> local_option(SocketState& socket, OptionLevel level, Option option,
                                                  std::span<std::byte> value);
  // The value that was set or seen last: for threads that cannot wait for the server's.
  std::optional<std::string> known_option(const SocketState& socket, Option option) const;
  Result<void> get_option(const SocketPointer& socket, OptionLevel level, Option option, std::size_t size,
                          Reply* reply);
  // True: settled; false: the Reply will tell.
  Result<bool> set_option(const SocketPointer& socket, OptionLevel level, Option option,
                          std::span<const std::byte> value, Reply* reply);

  // ---- names (names.cc) ----

  Result<void> getaddrinfo(const AddressInfoQuery& query, Reply& reply);
  Result<void> getnameinfo(const Address& address, NameInfoFlags flags, Reply& reply);
  Result<void> if_nameindex(Reply& reply);
  Result<void> if_nametoindex(std::string_view name, Reply& reply);
  Result<void> if_indextoname(std::uint32_t index, Reply& reply);
  Result<void> gethostbyname_ex(std::string_view name, Reply& reply);
  Result<void> gethostbyaddr(const Address& address, Reply& reply);
  Result<void> getservbyname(std::string_view name, std::optional<std::string_view> protocol, Reply& reply);
  Result<void> getservbyport(std::uint16_t port, std::optional<std::string_view> protocol, Reply& reply);
  Result<void> getprotobyname(std::string_view name, Reply& reply);
  Result<void> sethostname(std::string_view name, Reply& reply);

  // What this client claims, with the server's word where it has given it (support.cc).
  Support supports(Feature feature) const;

 private:
  // A request that has not been answered.
  struct Pending {
    FrameType type;
    WireHandle handle = session_handle;
    SocketPointer socket = {};  // whose state the answer changes; null for the session's requests and close
    Reply* reply = nullptr;
    Operation operation = Operation::none;
    SocketPointer second = {};  // open_pair
    Address address = {};       // connect, datagram: where to
    KnownOption option = {};    // set_option, get_option
    ShutdownHow how = {};       // shutdown
    bool optimistic = false;    // nobody waits for it: counted in SocketState::unanswered
  };
  // A handle that lives on the wire. No socket: the program has closed it, the server has not answered yet.
  struct Live {
    SocketPointer socket = {};
    std::int64_t accept_credit = 0;  // what is left of a closed listener's
    SocketPointer kept = {};  // a closed socket that had been passed: what still comes may be received by its heir
    std::int64_t kept_credit = 0;
  };

  // link.cc
  std::string& out();
  WireHandle new_handle();
  Result<void> usable(const SocketState& socket, Operation operation) const;
  template <typename Body>
  void send_request(Pending pending, Body body, std::uint8_t flags = 0) {
    while (next_request_ == 0 || pending_.contains(next_request_)) ++next_request_;
    body.request = next_request_;
    append_frame(out(), pending.handle, body, flags);
    pending_.emplace(next_request_++, std::move(pending));
  }
  // A request that fails with the one before it, where nobody waited for that one.
  template <typename Body>
  void send_on_socket(Pending pending, Body body, std::uint8_t flags = 0) {
    SocketState& socket = *pending.socket;
    if (socket.unanswered > 0) flags |= flag::pipelined;
    pending.optimistic = pending.reply == nullptr && pending.type != FrameType::connect;
    if (pending.optimistic) ++socket.unanswered;
    send_request(std::move(pending), std::move(body), flags);
  }
  Pending pending(FrameType type, const SocketPointer& socket, Reply* reply, Operation operation) const {
    return Pending{.type = type, .handle = socket->wire, .socket = socket, .reply = reply, .operation = operation};
  }
  // The program has read what cost so much.
  void give_back(SocketState& socket, std::size_t cost);
  Result<std::size_t> receive_packet(SocketState& socket, ReceiveRequest& request, const HandOut& hand_out);
  Result<std::size_t> receive_bytes(SocketState& socket, ReceiveRequest& request, std::size_t offset,
                                    const HandOut& hand_out);
  // What the other system would refuse when the bytes are on their way already.
  bool refuses(MessageFlags flags) const;
  // stream_data.cc, packet_data.cc: what is in the way of sending.
  Result<void> check_stream(SocketState& socket, const SendRequest& request, std::size_t offset);
  Result<void> check_packet(SocketState& socket, const SendRequest& request, std::size_t control);

  // passed_sockets.cc
  // The control messages of a frame; the sockets that they bring must have been announced.
  std::optional<IncomingControl> incoming(const Message& body, std::uint8_t flags);
  void deliver(IncomingControl& control, ReceiveRequest& request, const HandOut& hand_out);
  SocketPointer take_up(PassedSocket& passed);
  SocketPointer socket_of(const PassedSocket& passed);
  void revive(const SocketPointer& socket, WireHandle wire);
  void drop(PassedSocket& passed);
  void drop(IncomingControl& control);
  // Everything that has come and will not be received.
  void discard_input(SocketState& socket);
  void close_wire(WireHandle wire);

  // Whom data is for, and what it costs; nobody where the program has closed the socket for good.
  struct Recipient {
    SocketPointer socket = {};
    std::int64_t* credit = nullptr;
    bool kept = false;
  };
  static Recipient recipient(Live& entry) {
    if (entry.socket != nullptr) return {entry.socket, &entry.socket->receive_credit, false};
    return {entry.kept, &entry.kept_credit, true};
  }

  // frames_in.cc: each checks and takes one frame.
  using Outcome = std::optional<ProtocolError>;
  Outcome handle_frame(const Frame& frame);
  Outcome on(const Frame& frame, const ServerHello& body);
  Outcome on(const Frame& frame, const Ping& body);
  Outcome on(const Frame& frame, const Pong& body);
  Outcome on(const Frame& frame, const Data& body);
  Outcome on(const Frame& frame, const Datagram& body);
  Outcome on(const Frame& frame, const Credit& body);
  Outcome on(const Frame& frame, const End& body);
  Outcome on(const Frame& frame, const Reset& body);
  Outcome on(const Frame& frame, const PendingError& body);
  Outcome on(const Frame& frame, const Accepted& body);
  Outcome on(const Frame& frame, const Message& body);
  Outcome on(const Frame& frame, const Passed& body);
  template <typename Body>
  Outcome on(const Frame& frame, const Body& body);  // replies; the rest is wrong_direction

  // replies.cc
  template <typename Body>
  Outcome on_reply(const Frame& frame, const Body& body);
  void fill(const Pending& pending, const Done& body);
  void fill(const Pending& pending, const OptionValue& body);
  void fill(const Pending& pending, const AddressList& body);
  void fill(const Pending& pending, const NameInfoReply& body);
  void fill(const Pending& pending, const InterfaceList& body);
  void fill(const Pending& pending, const InterfaceIndex& body);
  void fill(const Pending& pending, const InterfaceNameReply& body);
  void fill(const Pending& pending, const HostEntryReply& body);
  void fill(const Pending& pending, const ServicePort& body);
  void fill(const Pending& pending, const ServiceName& body);
  void fill(const Pending& pending, const ProtocolNumber& body);
  void failed(const Pending& pending, Error error);
  void connected(const Pending& pending, const Done& body);
  void remember(SocketState& socket, const KnownOption& option);
  void apply(SocketState& socket, const KnownOption& option);

  Options options_;
  Link link_ = Link::idle;
  Errc link_error_ = Errc::enetdown;
  ServerFacts server_;
  std::int64_t last_heard_ = 0;

  std::deque<std::string> output_;
  std::size_t unsent_pongs_ = 0;
  absl::flat_hash_map<WireHandle, Live> live_;
  absl::flat_hash_map<std::uint32_t, Pending> pending_;
  std::uint32_t next_request_ = 1;
  WireHandle next_handle_ = 1;
  std::vector<Watcher*> link_watchers_;
  // Sockets that the next message brings, by handle.
  absl::flat_hash_map<WireHandle, PassedSocket> announced_;
  // The sockets that were passed last, by the handle under which the server knows them.
  std::deque<std::pair<WireHandle, SocketPointer>> passed_;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_CLIENT_ENGINE_H_
