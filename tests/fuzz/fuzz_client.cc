// The client engine against a server that says anything, while a program does anything with its sockets. The input is a
// sequence of steps: an operation of the program (a byte below 0x80 and its arguments), or a message from the server.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/engine/client_engine.h"
#include "tests/fuzz/input.h"

using namespace everysock;
using namespace everysock::websocket;
using everysock::fuzz::Input;

namespace {

class Program {
 public:
  explicit Program(Input input) : input_(input) {}

  void run() {
    engine_.begin(0);
    while (!input_.done()) {
      const std::uint8_t step = input_.byte();
      if (step >= 0x80) {
        listen_to_server();
      } else {
        operate(step % 20);
      }
      check();
    }
    engine_.lost(Errc::enetdown);
    for (const auto& reply : replies_) {
      if (!reply.ended) std::abort();
    }
  }

 private:
  void listen_to_server() {
    const std::string message(input_.message());
    if (engine_.receive(message, now_)) {
      engine_.lost(Errc::enetdown);
      sockets_.clear();
      engine_.begin(now_);
    }
    now_ += 1'000'000;
  }

  SocketPointer any() { return sockets_.empty() ? nullptr : sockets_[input_.byte() % sockets_.size()]; }

  Reply* maybe_reply() {
    if (input_.byte() % 2 == 0) return nullptr;
    return &replies_.emplace_back();
  }
  // Replies to requests that were refused at once never come.
  template <typename T>
  void settle(const Result<T>& result, Reply* reply) {
    if (!result && reply != nullptr) reply->ended = true;
  }
  void settle(const Result<bool>& settled, Reply* reply) {
    if (reply != nullptr && (!settled || *settled)) reply->ended = true;
  }

  Address address() {
    switch (input_.byte() % 4) {
      case 0:
        return InetAddress{"127.0.0.1", input_.byte()};
      case 1:
        return Inet6Address{"::1", input_.byte(), 0, 0};
      case 2:
        return UnixAddress{input_.bytes(input_.byte() % 108)};
      default:
        return {};
    }
  }

  void operate(int operation) {
    constexpr std::array families = {af_inet, af_inet6, af_unix};
    constexpr std::array kinds = {sock_stream, sock_dgram, sock_seqpacket};
    if (operation == 0) {
      if (auto socket = engine_.open(families[input_.byte() % 3], kinds[input_.byte() % 3], {}, nullptr)) {
        sockets_.push_back(*socket);
      }
      return;
    }
    if (operation == 1) {
      Reply* const reply = maybe_reply();
      const auto pair = engine_.open_pair(af_unix, kinds[input_.byte() % 3], {}, reply);
      settle(pair, reply);
      if (pair) sockets_.insert(sockets_.end(), {pair->first, pair->second});
      return;
    }
    if (operation == 2) {
      const AddressInfoQuery query{.host = "h", .service = {}, .family = {}, .type = {}, .proto = {}, .flags = {}};
      Reply& reply = replies_.emplace_back();
      settle(engine_.getaddrinfo(query, reply), &reply);
      return;
    }
    if (operation == 3) {
      Reply& reply = replies_.emplace_back();
      switch (input_.byte() % 4) {
        case 0:
          settle(engine_.if_nameindex(reply), &reply);
          break;
        case 1:
          settle(engine_.gethostbyaddr(address(), reply), &reply);
          break;
        case 2:
          settle(engine_.getservbyport(80, "tcp", reply), &reply);
          break;
        default:
          settle(engine_.sethostname(input_.bytes(input_.byte() % 8), reply), &reply);
      }
      return;
    }
    const SocketPointer socket = any();
    if (socket == nullptr) return;
    Reply* reply = nullptr;
    switch (operation) {
      case 4:
        engine_.close(*socket, maybe_reply());
        break;
      case 5:
        reply = maybe_reply();
        settle(engine_.bind(socket, address(), reply), reply);
        break;
      case 6:
        reply = maybe_reply();
        settle(engine_.listen(socket, input_.byte(), reply), reply);
        break;
      case 7: {
        reply = maybe_reply();
        const auto step = engine_.connect(socket, address(), false, reply);
        if (reply != nullptr && (!step || *step != ConnectStep::asked)) reply->ended = true;
        break;
      }
      case 8:
        (void)engine_.connect_outcome(*socket);
        break;
      case 9:
        if (auto accepted = engine_.accept(*socket)) sockets_.push_back(*accepted);
        break;
      case 10:
        reply = maybe_reply();
        settle(engine_.shutdown(socket, ShutdownHow(input_.byte() % 4), reply), reply);
        break;
      case 11:
      case 12:
        send(socket);
        break;
      case 13:
      case 14:
      case 15:
        receive(*socket);
        break;
      case 16:
        reply = maybe_reply();
        settle(engine_.set_option(socket, sol_socket, so_keepalive, value_, reply), reply);
        break;
      case 17:
        reply = maybe_reply();
        settle(engine_.get_option(socket, sol_socket, so_rcvbuf, 4, reply), reply);
        break;
      case 18:
        (void)engine_.local_option(*socket, sol_socket, so_error, value_);
        break;
      default:
        // What a transport does.
        for (int i = input_.byte(); i > 0 && engine_.has_output(); --i) (void)engine_.take_output();
    }
  }

  void send(const SocketPointer& socket) {
    const std::string data(std::size_t{input_.byte()} * 300, 'x');
    const ConstBuffer buffer(data);
    const Address to = address();
    const SendRequest request{.buffers = {&buffer, 1}, .flags = {}, .address = &to, .control = {}};
    if (input_.byte() % 4 == 0) return send_sockets(socket, request);
    if (socket->is_stream()) {
      (void)engine_.send_bytes(*socket, request, 0);
      return;
    }
    Reply* const reply = engine_.wants_reply(*socket, request) ? maybe_reply() : nullptr;
    settle(engine_.send_packet(socket, request, false, reply), reply);
  }

  void send_sockets(const SocketPointer& socket, const SendRequest& request) {
    const SocketPointer passed = any();
    const std::uint32_t wire = passed->wire;
    const std::string handle(reinterpret_cast<const char*>(&wire), sizeof(wire));
    Reply* const reply = maybe_reply();
    const auto sent = engine_.send_message(socket, request, {{sol_socket, scm_rights, handle}}, false, reply);
    settle(sent, reply);
    if (sent) engine_.note_passed(passed);
  }

  void receive(SocketState& socket) {
    std::string room(std::size_t{input_.byte()} * 8, '\0');
    const MutableBuffer buffer(room);
    Address from;
    const MessageFlags flags = input_.byte() % 4 == 0 ? msg_peek : MessageFlags();
    std::vector<ControlMessage> control;
    ReceiveRequest request{.buffers = {&buffer, 1}, .flags = flags, .address = &from, .received_flags = {}};
    request.control = &control;
    request.control_capacity = std::size_t{input_.byte()} * 4;
    (void)engine_.receive(socket, request, 0, [&](const SocketPointer& received) {
      ++received->duplicates;
      sockets_.push_back(received);
      return 0;
    });
  }

  // What holds whatever happens.
  void check() {
    constexpr std::int64_t window = 5000;
    for (const SocketPointer& socket : sockets_) {
      // One that was passed may hold what two handles had credit for.
      std::size_t held = socket->bytes.size();
      for (const Packet& packet : socket->packets) held += packet.data.size() + packet.overhead;
      const bool bounded = socket->passed_as == 0;
      if (bounded && static_cast<std::int64_t>(held) > window + min_max_frame + datagram_overhead) std::abort();
      if (socket->send_credit > max_credit) std::abort();
      (void)socket->readiness();
    }
  }

  Input input_;
  std::int64_t now_ = 0;
  ClientEngine engine_{{.token = "token", .agent = "fuzz", .window = 5000}};
  std::vector<SocketPointer> sockets_;
  std::deque<Reply> replies_;
  std::array<std::byte, 4> value_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Program(Input(data, size)).run();
  return 0;
}
