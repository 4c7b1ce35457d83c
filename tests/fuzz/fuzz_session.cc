// The proxy's session against a client that sends anything, between it and a network in memory with two targets. The
// input is a byte of settings and a sequence of steps: a message from the client (a byte from 0x80 and the message), or
// what happens meanwhile.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "backends/memory/memory_backend.h"
#include "backends/websocket/protocol/frame_writer.h"
#include "everysock/socket.h"
#include "tests/fuzz/client_view.h"
#include "tests/fuzz/input.h"
#include "web/proxy/session/session.h"

using namespace everysock;
using namespace everysock::proxy;
using everysock::fuzz::ClientView;
using everysock::fuzz::Input;
namespace ws = everysock::websocket;

namespace {

AccessPolicy policy_of(int choice) {
  AccessPolicy::Rules rules;
  if (choice != 1) {
    rules.connect = {TargetRule::parse(choice == 2 ? "localhost:80" : "*").value()};
    rules.bind = {TargetRule::parse(choice == 2 ? "localhost" : "*").value()};
    rules.set_hostname = choice == 0;
    rules.lookup = {NamePattern::parse(choice == 2 ? "*.example" : "*").value()};
  }
  return AccessPolicy(std::move(rules));
}

// A server of TCP and one of UDP: what they do is the input's choice.
class Targets {
 public:
  explicit Targets(Backend& backend) {
    listener_ = create_server({"127.0.0.1", 80}, {.backlog = 3}, backend).value();
    listener_.setblocking(false).value();
    udp_ = socket(af_inet, sock_dgram | sock_nonblock, {}, backend).value();
    udp_.bind({"127.0.0.1", 53}).value();
  }

  void accept() {
    if (auto accepted = listener_.accept()) {
      accepted->socket.setblocking(false).value();
      connections_.push_back(std::move(accepted->socket));
    }
  }
  void send(std::uint8_t which, std::size_t size) {
    if (Socket* const connection = pick(which)) (void)connection->send(std::string(size, 'x')).has_value();
  }
  void receive(std::uint8_t which) {
    if (Socket* const connection = pick(which)) (void)connection->recv(4096).has_value();
  }
  void finish(std::uint8_t which, bool reset) {
    Socket* const connection = pick(which);
    if (connection == nullptr) return;
    const std::array<std::int32_t, 2> at_once = {1, 0};
    if (reset) connection->setsockopt(sol_socket, so_linger, ConstBuffer(at_once.data(), sizeof at_once)).value();
    connection->close().value();
    std::erase_if(connections_, [&](const Socket& socket) { return &socket == connection; });
  }
  void answer_datagram(std::size_t size) {
    const auto received = udp_.recvfrom(4096);
    if (received) (void)udp_.sendto(std::string(size, 'y'), received->address).has_value();
  }

 private:
  Socket* pick(std::uint8_t which) {
    return connections_.empty() ? nullptr : &connections_[which % connections_.size()];
  }
  Socket listener_;
  Socket udp_;
  std::deque<Socket> connections_;
};

class Proxy final : public ClientLink, public TurnEndHandler {
 public:
  explicit Proxy(Input input)
      : input_(input), settings_(input_.byte()), policy_(policy_of(settings_ & 3)), loop_(make_loop()) {}

  void run() {
    {
      Targets targets(*backend_);
      if ((settings_ & 8) != 0) say_hello();
      while (!input_.done()) {
        const std::uint8_t step = input_.byte();
        if (step >= 0x80) {
          receive(input_.message());
        } else {
          meanwhile(targets, step);
        }
        turn();
      }
      session_->stop();
      session_.reset();
    }
    turn();
    // Nothing is left behind.
    if (metrics_.value(Metric::sockets) != 0 || metrics_.value(Metric::listeners) != 0 ||
        metrics_.value(Metric::queued_to_targets) != 0) {
      std::abort();
    }
    const Socket first = socket(af_inet, sock_stream, {}, *backend_).value();
    if (first.fileno() != 3) std::abort();
  }

 private:
  std::unique_ptr<EventLoop> make_loop() { return EventLoop::create(*backend_, *backend_).value(); }

  void say_hello() {
    std::string message;
    append_frame(
        message, ws::session_handle,
        ws::ClientHello{.window = (settings_ & 16) != 0 ? 2000u : 100'000u, .token = token_text, .agent = "f"});
    receive(message);
  }

  void receive(std::string_view message) {
    if (closed_ || queued_ >= quotas_.queued_bytes) return;
    // A copy without slack, so that the sanitizers see a byte too far.
    const std::string copy(message);
    view_.sends(copy);
    session_->receive(copy);
  }

  void meanwhile(Targets& targets, std::uint8_t step) {
    const std::uint8_t argument = input_.byte();
    switch (step % 9) {
      case 0:
        targets.accept();
        break;
      case 1:
        targets.send(argument, std::size_t{input_.byte()} * 200);
        break;
      case 2:
        targets.receive(argument);
        break;
      case 3:
        targets.finish(argument, (argument & 0x80) != 0);
        break;
      case 4:
        targets.answer_datagram(argument);
        break;
      case 5:
        reading_ = !reading_;
        if (reading_) queued_ = 0;
        break;
      case 6:
        network_.sleep_for(std::int64_t{argument} * 100'000'000);
        break;
      case 7:
        if (!closed_ && session_->greeted()) session_->ping(argument);
        break;
      default:
        for (int i = 0; i < argument % 8; ++i) turn();
    }
  }

  // ---- what a ClientConnection does ----

  void turn() { loop_->turn(Deadline::passed()).value(); }
  void output_pending() override { loop_->at_turn_end(*this); }
  std::size_t queued() const override { return queued_; }
  void close(CloseCode, std::string_view reason) override {
    if (closed_) return;
    take_output();
    if (reason.empty()) std::abort();
    closed_ = true;
    loop_->at_turn_end(*this);
  }
  void on_turn_end() override {
    if (session_ == nullptr) return;
    if (closed_) return session_->stop();
    session_->gather_output();
    take_output();
    session_->on_queue_changed();
  }
  void take_output() {
    while (session_->has_output()) {
      const std::string message = session_->take_output();
      view_.receives(message);
      if (!reading_) queued_ += message.size();
    }
  }

  static constexpr const char* token_text = "the token";

  Input input_;
  const int settings_;
  MemoryNetwork network_;
  std::unique_ptr<Backend> backend_ = network_.new_host("proxy", {"10.0.0.1"}).value();
  const AccessPolicy policy_;
  const Secret token_{(settings_ & 4) != 0 ? token_text : ""};
  const Quotas quotas_{.sockets = 8, .listeners = 2, .queued_bytes = 300'000};
  Metrics metrics_;
  std::ostringstream log_;
  AuditLog audit_{log_};
  const UnixSettings unix_settings_{.directory = "", .nonce = "n", .allowed = {"/run/"}};
  std::unique_ptr<EventLoop> loop_;
  LookupPool lookups_{*loop_, 0};
  SessionContext context_{*loop_,
                          lookups_,
                          policy_,
                          token_,
                          quotas_,
                          metrics_,
                          audit_,
                          unix_settings_,
                          "fuzz",
                          25'000,
                          std::vector<char>(ws::min_max_frame - 128)};
  ClientView view_;
  bool reading_ = true;
  std::size_t queued_ = 0;
  bool closed_ = false;
  std::shared_ptr<Session> session_ = std::make_shared<Session>(1, context_, *this);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Proxy(Input(data, size)).run();
  return 0;
}
