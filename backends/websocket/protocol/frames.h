// The frames of everysock.v1 as C++ values: docs/protocol.md is the specification, this is its vocabulary. Both ends,
// the client engine here and the session in web/proxy, use it.
//
//   std::string message;
//   append_frame(message, handle, Connect{.request = 7, .address = InetAddress{"127.0.0.1", 80}});
//
// Each body names its fields once, in wire order, in fields(); frame_writer.h and frame_reader.h go over them. Text and
// data fields are views: of the caller's memory when writing, of the message when reading.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAMES_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAMES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "everysock/address.h"
#include "everysock/constants.h"
#include "everysock/error.h"
#include "everysock/feature.h"

namespace everysock::websocket {

// ---- numbers of the protocol ----

inline constexpr std::string_view subprotocol = "everysock.v1";
inline constexpr std::uint32_t protocol_magic = 0x4b435345;  // "ESCK"
inline constexpr std::uint16_t protocol_version = 1;

inline constexpr std::size_t header_size = 12;
// What every implementation takes; a hello may name more, never less.
inline constexpr std::uint32_t min_max_frame = 256 * 1024;     // bytes of payload
inline constexpr std::uint32_t min_max_message = 1024 * 1024;  // bytes of a WebSocket message
// Bits of the features in a hello.
inline constexpr std::uint32_t feature_control = 0x01;  // Message and Passed
// Senders keep stream data frames this short, so that sockets take turns.
inline constexpr std::uint32_t max_stream_data = 32 * 1024;
// What a datagram costs beyond its bytes, and a control message beyond its data.
inline constexpr std::uint32_t datagram_overhead = 64;
inline constexpr std::uint32_t control_overhead = 16;
// What all the control messages of one message may cost: its senders and receivers give ENOBUFS and MSG_CTRUNC beyond.
inline constexpr std::size_t max_control = 64 * 1024;
inline constexpr std::uint32_t max_credit = 0x7fffffff;
// The client's hello, its token and agent: a server may refuse more before it knows the client.
inline constexpr std::size_t max_token = 1024;
inline constexpr std::size_t max_agent = 256;

// Socket handles on the wire. The client chooses below, the server (for accepted connections) above.
using WireHandle = std::uint32_t;
inline constexpr WireHandle session_handle = 0;
inline constexpr WireHandle first_server_handle = 0x80000000;
constexpr bool chosen_by_server(WireHandle handle) noexcept { return handle >= first_server_handle; }

enum class FrameType : std::uint8_t {
  client_hello = 0x01,
  server_hello = 0x02,
  ping = 0x03,
  pong = 0x04,

  open = 0x10,
  open_pair = 0x11,
  close = 0x12,
  bind = 0x13,
  listen = 0x14,
  connect = 0x15,
  shutdown = 0x16,
  set_option = 0x17,
  get_option = 0x18,
  getaddrinfo = 0x20,
  getnameinfo = 0x21,
  if_nameindex = 0x22,
  if_nametoindex = 0x23,
  if_indextoname = 0x24,
  gethostbyname_ex = 0x25,
  gethostbyaddr = 0x26,
  getservbyname = 0x27,
  getservbyport = 0x28,
  getprotobyname = 0x29,
  sethostname = 0x2a,

  done = 0x30,
  failed = 0x31,
  option_value = 0x32,
  address_list = 0x33,
  name_info = 0x34,
  interface_list = 0x35,
  interface_index = 0x36,
  interface_name = 0x37,
  host_entry = 0x38,
  service_port = 0x39,
  service_name = 0x3a,
  protocol_number = 0x3b,

  data = 0x40,
  datagram = 0x41,
  credit = 0x42,
  end = 0x43,
  reset = 0x44,
  error = 0x45,
  accepted = 0x46,
  message = 0x47,
  passed = 0x48,
};

// Bits of the header's flags, by frame type.
namespace flag {
inline constexpr std::uint8_t pipelined = 0x01;      // requests on a handle: fail with the one before
inline constexpr std::uint8_t abort = 0x02;          // close: drop what is queued, reset the connection
inline constexpr std::uint8_t dont_wait = 0x02;      // connect, datagram: EAGAIN rather than waiting for room
inline constexpr std::uint8_t more = 0x04;           // data, datagram: MSG_MORE
inline constexpr std::uint8_t end_of_record = 0x08;  // datagram: MSG_EOR
inline constexpr std::uint8_t dont_route = 0x10;     // datagram: MSG_DONTROUTE
inline constexpr std::uint8_t control_cut = 0x20;    // message to the client: MSG_CTRUNC
inline constexpr std::uint8_t send_side = 0x01;      // error: nothing more can be sent; receiving goes on
}  // namespace flag

enum class Direction : std::uint8_t { to_server = 1, to_client = 2, both = 3 };

// Which handles the header of a frame may bear.
enum class HandleKind : std::uint8_t {
  session,        // 0
  client_chosen,  // a socket that the client names
  socket,         // any socket
  any,            // a socket or the session
};

// ---- field types ----

// The rest of the payload, to its end.
struct Rest {
  std::string_view bytes;
  friend bool operator==(const Rest&, const Rest&) = default;
};

// One entry of a server hello's table, by the number of the Feature.
struct WireSupport {
  SupportLevel level = SupportLevel::unsupported;
  std::string_view reason;
  friend bool operator==(const WireSupport&, const WireSupport&) = default;
  template <typename Self, typename F>
  static void fields(Self& self, F&& f) {
    f(self.level, self.reason);
  }
};

struct WireAddressInfo {
  AddressFamily family;
  SocketKind type;
  Protocol proto;
  std::string_view canonname;
  Address address;
  friend bool operator==(const WireAddressInfo&, const WireAddressInfo&) = default;
  template <typename Self, typename F>
  static void fields(Self& self, F&& f) {
    f(self.family, self.type, self.proto, self.canonname, self.address);
  }
};

struct WireInterface {
  std::uint32_t index = 0;
  std::string_view name;
  friend bool operator==(const WireInterface&, const WireInterface&) = default;
  template <typename Self, typename F>
  static void fields(Self& self, F&& f) {
    f(self.index, self.name);
  }
};

struct WireAlias {
  std::string_view name;
  friend bool operator==(const WireAlias&, const WireAlias&) = default;
  template <typename Self, typename F>
  static void fields(Self& self, F&& f) {
    f(self.name);
  }
};

struct WireHostAddress {
  Address address;  // with port 0
  friend bool operator==(const WireHostAddress&, const WireHostAddress&) = default;
  template <typename Self, typename F>
  static void fields(Self& self, F&& f) {
    f(self.address);
  }
};

// One control message. In SCM_RIGHTS the data are wire handles, u32 each.
struct WireControl {
  OptionLevel level;
  ControlType type;
  std::string_view data;
  friend bool operator==(const WireControl&, const WireControl&) = default;
  template <typename Self, typename F>
  static void fields(Self& self, F&& f) {
    f(self.level, self.type, self.data);
  }
};

// What they cost in credit.
inline std::size_t control_cost(const std::vector<WireControl>& control) noexcept {
  std::size_t cost = 0;
  for (const WireControl& item : control) cost += item.data.size() + control_overhead;
  return cost;
}

// What a socket that has been passed to the client is like.
enum class PassedState : std::uint8_t { open, connected, listening };

// ---- bodies ----

// What a body declares about itself: its type, who sends it, the flags it may carry, the handles it may bear
// and its fields.
#define EVERYSOCK_FRAME(Body, frame_type, frame_direction, frame_flags, handle, ...) \
  static constexpr FrameType type_number = FrameType::frame_type;                    \
  static constexpr Direction direction = Direction::frame_direction;                 \
  static constexpr std::uint8_t allowed_flags = frame_flags;                         \
  static constexpr HandleKind handle_kind = HandleKind::handle;                      \
  friend bool operator==(const Body&, const Body&) = default;                        \
  template <typename Self, typename F>                                               \
  static void fields([[maybe_unused]] Self& self, [[maybe_unused]] F&& f) {          \
    f(__VA_ARGS__);                                                                  \
  }

struct ClientHello {
  std::uint32_t magic = protocol_magic;
  std::uint16_t version = protocol_version;
  std::uint16_t reserved = 0;
  std::uint32_t features = 0;
  std::uint32_t max_frame = min_max_frame;
  std::uint32_t max_message = min_max_message;
  std::uint32_t window = 0;  // the credit that every socket starts with, for data to the client
  std::string_view token;
  std::string_view agent;  // for the server's log: "everysock/0.1"
  EVERYSOCK_FRAME(ClientHello, client_hello, to_server, 0, session, self.magic, self.version, self.reserved,
                  self.features, self.max_frame, self.max_message, self.window, self.token, self.agent)
};

struct ServerHello {
  std::uint16_t version = protocol_version;
  std::uint16_t reserved = 0;
  std::uint32_t features = 0;
  std::uint32_t max_frame = min_max_frame;
  std::uint32_t max_message = min_max_message;
  std::uint32_t window = 0;  // the credit that every socket starts with, for data to the server
  std::uint32_t max_sockets = 0;
  std::uint32_t max_listeners = 0;
  std::uint32_t max_requests = 0;
  std::uint32_t ping_interval = 0;  // milliseconds
  std::string_view hostname;
  std::string_view backend;  // "posix"
  std::vector<WireSupport> supports;
  EVERYSOCK_FRAME(ServerHello, server_hello, to_client, 0, session, self.version, self.reserved, self.features,
                  self.max_frame, self.max_message, self.window, self.max_sockets, self.max_listeners,
                  self.max_requests, self.ping_interval, self.hostname, self.backend, self.supports)
};

struct Ping {
  std::uint64_t payload = 0;
  EVERYSOCK_FRAME(Ping, ping, both, 0, session, self.payload)
};

struct Pong {
  std::uint64_t payload = 0;
  EVERYSOCK_FRAME(Pong, pong, both, 0, session, self.payload)
};

struct Open {
  std::uint32_t request = 0;
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  EVERYSOCK_FRAME(Open, open, to_server, 0, client_chosen, self.request, self.family, self.kind, self.protocol)
};

struct OpenPair {
  std::uint32_t request = 0;
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  WireHandle second = 0;  // the header's handle is the first
  EVERYSOCK_FRAME(OpenPair, open_pair, to_server, 0, client_chosen, self.request, self.family, self.kind, self.protocol,
                  self.second)
};

struct Close {
  std::uint32_t request = 0;
  EVERYSOCK_FRAME(Close, close, to_server, flag::abort, socket, self.request)
};

struct Bind {
  std::uint32_t request = 0;
  Address address;
  EVERYSOCK_FRAME(Bind, bind, to_server, flag::pipelined, socket, self.request, self.address)
};

struct Listen {
  std::uint32_t request = 0;
  std::uint32_t backlog = 0;
  std::uint32_t accept_credit = 0;  // how many connections may be pushed before more credit comes
  EVERYSOCK_FRAME(Listen, listen, to_server, flag::pipelined, socket, self.request, self.backlog, self.accept_credit)
};

struct Connect {
  std::uint32_t request = 0;
  Address address;  // monostate: a datagram socket loses its peer
  EVERYSOCK_FRAME(Connect, connect, to_server, flag::pipelined | flag::dont_wait, socket, self.request, self.address)
};

struct Shutdown {
  std::uint32_t request = 0;
  ShutdownHow how;
  EVERYSOCK_FRAME(Shutdown, shutdown, to_server, flag::pipelined, socket, self.request, self.how)
};

struct SetOption {
  std::uint32_t request = 0;
  OptionLevel level;
  std::uint32_t option = 0;
  Rest value;
  EVERYSOCK_FRAME(SetOption, set_option, to_server, flag::pipelined, socket, self.request, self.level, self.option,
                  self.value)
};

struct GetOption {
  std::uint32_t request = 0;
  OptionLevel level;
  std::uint32_t option = 0;
  std::uint32_t size = 0;  // bytes at most
  EVERYSOCK_FRAME(GetOption, get_option, to_server, flag::pipelined, socket, self.request, self.level, self.option,
                  self.size)
};

struct GetAddrInfo {
  std::uint32_t request = 0;
  std::optional<std::string_view> host;
  std::optional<std::string_view> service;
  AddressFamily family;
  SocketKind type;
  Protocol proto;
  AddressInfoFlags flags;
  EVERYSOCK_FRAME(GetAddrInfo, getaddrinfo, to_server, 0, session, self.request, self.host, self.service, self.family,
                  self.type, self.proto, self.flags)
};

struct GetNameInfo {
  std::uint32_t request = 0;
  NameInfoFlags flags;
  Address address;
  EVERYSOCK_FRAME(GetNameInfo, getnameinfo, to_server, 0, session, self.request, self.flags, self.address)
};

struct IfNameIndex {
  std::uint32_t request = 0;
  EVERYSOCK_FRAME(IfNameIndex, if_nameindex, to_server, 0, session, self.request)
};

struct IfNameToIndex {
  std::uint32_t request = 0;
  std::string_view name;
  EVERYSOCK_FRAME(IfNameToIndex, if_nametoindex, to_server, 0, session, self.request, self.name)
};

struct IfIndexToName {
  std::uint32_t request = 0;
  std::uint32_t index = 0;
  EVERYSOCK_FRAME(IfIndexToName, if_indextoname, to_server, 0, session, self.request, self.index)
};

struct GetHostByNameEx {
  std::uint32_t request = 0;
  std::string_view name;
  EVERYSOCK_FRAME(GetHostByNameEx, gethostbyname_ex, to_server, 0, session, self.request, self.name)
};

struct GetHostByAddr {
  std::uint32_t request = 0;
  Address address;
  EVERYSOCK_FRAME(GetHostByAddr, gethostbyaddr, to_server, 0, session, self.request, self.address)
};

struct GetServByName {
  std::uint32_t request = 0;
  std::string_view name;
  std::optional<std::string_view> protocol;
  EVERYSOCK_FRAME(GetServByName, getservbyname, to_server, 0, session, self.request, self.name, self.protocol)
};

struct GetServByPort {
  std::uint32_t request = 0;
  std::uint16_t port = 0;
  std::optional<std::string_view> protocol;
  EVERYSOCK_FRAME(GetServByPort, getservbyport, to_server, 0, session, self.request, self.port, self.protocol)
};

struct GetProtoByName {
  std::uint32_t request = 0;
  std::string_view name;
  EVERYSOCK_FRAME(GetProtoByName, getprotobyname, to_server, 0, session, self.request, self.name)
};

struct SetHostName {
  std::uint32_t request = 0;
  std::string_view name;
  EVERYSOCK_FRAME(SetHostName, sethostname, to_server, 0, session, self.request, self.name)
};

// Replies bear the handle of their request.
struct Done {
  std::uint32_t request = 0;
  Address local;  // the socket's names as they are now, where the request may have changed them
  Address peer;
  EVERYSOCK_FRAME(Done, done, to_client, 0, any, self.request, self.local, self.peer)
};

struct Failed {
  std::uint32_t request = 0;
  Error error = Error(Operation::none, Errc::ok);
  EVERYSOCK_FRAME(Failed, failed, to_client, 0, any, self.request, self.error)
};

struct OptionValue {
  std::uint32_t request = 0;
  Rest value;
  EVERYSOCK_FRAME(OptionValue, option_value, to_client, 0, socket, self.request, self.value)
};

struct AddressList {
  std::uint32_t request = 0;
  std::vector<WireAddressInfo> addresses;
  EVERYSOCK_FRAME(AddressList, address_list, to_client, 0, session, self.request, self.addresses)
};

struct NameInfoReply {
  std::uint32_t request = 0;
  std::string_view host;
  std::string_view service;
  EVERYSOCK_FRAME(NameInfoReply, name_info, to_client, 0, session, self.request, self.host, self.service)
};

struct InterfaceList {
  std::uint32_t request = 0;
  std::vector<WireInterface> interfaces;
  EVERYSOCK_FRAME(InterfaceList, interface_list, to_client, 0, session, self.request, self.interfaces)
};

struct InterfaceIndex {
  std::uint32_t request = 0;
  std::uint32_t index = 0;
  EVERYSOCK_FRAME(InterfaceIndex, interface_index, to_client, 0, session, self.request, self.index)
};

struct InterfaceNameReply {
  std::uint32_t request = 0;
  std::string_view name;
  EVERYSOCK_FRAME(InterfaceNameReply, interface_name, to_client, 0, session, self.request, self.name)
};

struct HostEntryReply {
  std::uint32_t request = 0;
  std::string_view hostname;
  std::vector<WireAlias> aliases;
  std::vector<WireHostAddress> addresses;
  EVERYSOCK_FRAME(HostEntryReply, host_entry, to_client, 0, session, self.request, self.hostname, self.aliases,
                  self.addresses)
};

struct ServicePort {
  std::uint32_t request = 0;
  std::uint16_t port = 0;
  EVERYSOCK_FRAME(ServicePort, service_port, to_client, 0, session, self.request, self.port)
};

struct ServiceName {
  std::uint32_t request = 0;
  std::string_view name;
  EVERYSOCK_FRAME(ServiceName, service_name, to_client, 0, session, self.request, self.name)
};

struct ProtocolNumber {
  std::uint32_t request = 0;
  Protocol number;
  EVERYSOCK_FRAME(ProtocolNumber, protocol_number, to_client, 0, session, self.request, self.number)
};

// Bytes of a stream, never none.
struct Data {
  Rest data;
  EVERYSOCK_FRAME(Data, data, both, flag::more, socket, self.data)
};

// One message with its boundaries.
struct Datagram {
  std::uint32_t request = 0;  // to the server: not 0 asks for a reply; to the client: 0
  Address address;            // to the server: where to (monostate: the peer); to the client: who sent it
  Rest data;
  EVERYSOCK_FRAME(Datagram, datagram, both, flag::dont_wait | flag::more | flag::end_of_record | flag::dont_route,
                  socket, self.request, self.address, self.data)
};

// Bytes (or, on a listening socket, connections) that may be sent in addition.
struct Credit {
  std::uint32_t amount = 0;
  EVERYSOCK_FRAME(Credit, credit, both, 0, socket, self.amount)
};

// The peer has finished sending.
struct End {
  EVERYSOCK_FRAME(End, end, to_client, 0, socket)
};

// The connection is gone, in both directions.
struct Reset {
  Error error = Error(Operation::none, Errc::ok);
  EVERYSOCK_FRAME(Reset, reset, to_client, 0, socket, self.error)
};

// A pending error: the socket lives on.
struct PendingError {
  Error error = Error(Operation::none, Errc::ok);
  EVERYSOCK_FRAME(PendingError, error, to_client, flag::send_side, socket, self.error)
};

// A connection that the listening socket of the header has taken.
struct Accepted {
  WireHandle accepted = 0;
  Address local;
  Address peer;
  EVERYSOCK_FRAME(Accepted, accepted, to_client, 0, socket, self.accepted, self.local, self.peer)
};

// A datagram, or bytes of a stream, with control messages.
struct Message {
  std::uint32_t request = 0;  // to the server: never 0, answered as a datagram's; to the client: 0
  Address address;            // as a datagram's
  std::vector<WireControl> control;
  Rest data;
  EVERYSOCK_FRAME(Message, message, both,
                  flag::dont_wait | flag::more | flag::end_of_record | flag::dont_route | flag::control_cut, socket,
                  self.request, self.address, self.control, self.data)
};

// A socket that the next Message on the header's handle brings in SCM_RIGHTS.
struct Passed {
  WireHandle passed = 0;
  WireHandle former = 0;  // the client's handle for the same socket, which it has passed before; 0: none is known
  PassedState state = PassedState::open;
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  Address local;
  Address peer;
  EVERYSOCK_FRAME(Passed, passed, to_client, 0, socket, self.passed, self.former, self.state, self.family, self.kind,
                  self.protocol, self.local, self.peer)
};

#undef EVERYSOCK_FRAME

using FrameBody =
    std::variant<ClientHello, ServerHello, Ping, Pong, Open, OpenPair, Close, Bind, Listen, Connect, Shutdown,
                 SetOption, GetOption, GetAddrInfo, GetNameInfo, IfNameIndex, IfNameToIndex, IfIndexToName,
                 GetHostByNameEx, GetHostByAddr, GetServByName, GetServByPort, GetProtoByName, SetHostName, Done,
                 Failed, OptionValue, AddressList, NameInfoReply, InterfaceList, InterfaceIndex, InterfaceNameReply,
                 HostEntryReply, ServicePort, ServiceName, ProtocolNumber, Data, Datagram, Credit, End, Reset,
                 PendingError, Accepted, Message, Passed>;

struct Frame {
  WireHandle handle = session_handle;
  std::uint8_t flags = 0;
  FrameBody body;

  bool has(std::uint8_t flag) const noexcept { return (flags & flag) != 0; }
  FrameType type() const noexcept {
    return std::visit([](const auto& body) { return body.type_number; }, body);
  }
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_PROTOCOL_FRAMES_H_
