#include "web/proxy/client_connection.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace everysock::proxy {
namespace {

std::int64_t nanoseconds(double seconds) { return static_cast<std::int64_t>(seconds * 1e9); }

// How many pieces of output one system call takes.
constexpr std::size_t kPieces = 32;

// docs/protocol.md, section 8.
constexpr double kPingsWithoutAnswer = 2.5;

}  // namespace

ClientConnection::ClientConnection(std::uint64_t id, Socket socket, Address peer, SessionContext& context,
                                   Limits limits, Owner& owner)
    : id_(id),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      context_(context),
      limits_(limits),
      owner_(owner),
      watch_(context.loop.watch_own(socket_.handle(), *this)),
      websocket_(context.quotas.message_bytes,
                 [this](std::string_view message) {
                   if (closing_since_ != 0) return;
                   context_.metrics.add(Metric::messages_from_clients);
                   session_->receive(message);
                 }),
      session_(std::make_shared<Session>(id, context, *this)) {
  const std::int64_t now = context.loop.now();
  started_ = last_input_ = last_ping_ = now;
  context_.metrics.add(Metric::clients);
  context_.metrics.add(Metric::clients_accepted);
  const std::string peer_text = to_string(peer_);
  context_.audit.write("client", id_, {{"peer", peer_text}});
}

ClientConnection::~ClientConnection() {
  context_.loop.forget(*this);
  if (timer_) context_.loop.cancel(*timer_);
  context_.metrics.add(Metric::clients, -1);
  context_.metrics.add(Metric::queued_to_clients, -static_cast<std::int64_t>(queued_before_));
}

void ClientConnection::start(std::string_view input) {
  // Request and response are small messages: waiting for more to send would cost each of them a delayed
  // acknowledgement.
  if (!socket_.setsockopt(ipproto_tcp, tcp_nodelay, 1)) return end("the connection broke");
  on_timer();
  websocket_.receive(input);
  context_.loop.at_turn_end(*this);
}

void ClientConnection::refuse(std::string_view input, CloseCode code, std::string_view reason) {
  close(code, reason);
  websocket_.receive(input);
}

void ClientConnection::on_timer() {
  timer_.reset();
  const std::int64_t now = context_.loop.now();
  std::int64_t next = last_input_ + nanoseconds(limits_.ping_seconds * kPingsWithoutAnswer);
  if (now >= next && closing_since_ == 0) return close(CloseCode::policy_violation, "idle-timeout");
  if (websocket_.close_sent() || closing_since_ != 0) {
    const std::int64_t deadline = closing_since_ + nanoseconds(limits_.close_seconds);
    if (now >= deadline) return end("the client did not close");
    next = deadline;
  } else {
    if (!session_->greeted()) {
      const std::int64_t deadline = started_ + nanoseconds(limits_.hello_seconds);
      if (now >= deadline) {
        return close(CloseCode::policy_violation, "hello-timeout");
      }
      next = std::min(next, deadline);
    }
    if (now >= last_ping_ + nanoseconds(limits_.ping_seconds)) {
      last_ping_ = now;
      // The first is answered by the browser even while the page is busy; the second tells the page that we live.
      websocket_.ping();
      if (session_->greeted()) session_->ping(static_cast<std::uint64_t>(now));
      context_.loop.at_turn_end(*this);
    }
    next = std::min(next, last_ping_ + nanoseconds(limits_.ping_seconds));
  }
  timer_ = context_.loop.call_at(next, [this] { on_timer(); });
}

void ClientConnection::close(CloseCode code, std::string_view reason) {
  if (over_ || closing_since_ != 0) return;
  take_session_output();
  websocket_.close(code, reason);
  closing_since_ = context_.loop.now();
  context_.audit.write("closing", id_, {{"code", static_cast<std::int64_t>(code)}, {"reason", reason}});
  if (timer_) context_.loop.cancel(*timer_);
  on_timer();
  context_.loop.at_turn_end(*this);
}

void ClientConnection::on_ready(Interest ready) {
  if ((ready & Interest::read) != Interest::none) receive();
  if (!over_) context_.loop.at_turn_end(*this);
}

void ClientConnection::receive() {
  const auto count = socket_.recv_into(context_.scratch);
  if (!count) {
    if (!count.error().would_block()) end("the connection broke");
    return;
  }
  if (*count == 0) return end(websocket_.close_received() ? "closed" : "the client went away");
  last_input_ = context_.loop.now();
  // While our close frame is on its way, only the answer to it matters.
  websocket_.receive({context_.scratch.data(), *count});
}

void ClientConnection::take_session_output() {
  while (session_->has_output()) {
    websocket_.send(session_->take_output());
    context_.metrics.add(Metric::messages_to_clients);
  }
}

void ClientConnection::on_turn_end() {
  if (over_) return;
  context_.metrics.add(Metric::client_turns);
  if (closing_since_ == 0) session_->gather_output();
  take_session_output();
  context_.loop.forget(*this);  // what was gathered just now has asked for another turn, and is taken
  if (!flush()) return end("the connection broke");
  if (websocket_.close_sent()) {
    finish_closing();
  } else {
    session_->on_queue_changed();
  }
  if (!over_) update_interest();
}

// Our close frame is queued or out. When both frames have passed, the server hangs up (RFC 6455 7.1.1). If the client
// broke the protocol, its frame will not be understood: then the end of its stream has to do.
void ClientConnection::finish_closing() {
  if (closing_since_ == 0) {
    closing_since_ = context_.loop.now();
    if (timer_) context_.loop.cancel(*timer_);
    on_timer();
  }
  session_->stop();
  if (over_ || websocket_.queued() > 0) return;
  if (websocket_.close_received()) return end("closed");
  if (!websocket_.wants_input() && !std::exchange(write_ended_, true) && !socket_.shutdown(shut_wr)) {
    end("the connection broke");
  }
}

bool ClientConnection::flush() {
  while (websocket_.queued() > 0) {
    std::array<ConstBuffer, kPieces> pieces;
    const std::size_t count = websocket_.output(pieces);
    const auto sent = socket_.sendmsg(std::span(pieces).first(count));
    if (!sent) {
      if (!sent.error().would_block()) return false;
      break;
    }
    std::size_t offered = 0;
    for (std::size_t i = 0; i < count; ++i) offered += pieces[i].size();
    websocket_.written(*sent);
    if (*sent < offered) break;
  }
  context_.metrics.add(Metric::queued_to_clients,
                       static_cast<std::int64_t>(websocket_.queued()) - static_cast<std::int64_t>(queued_before_));
  queued_before_ = websocket_.queued();
  return true;
}

// A client that does not read what it gets is not listened to either: that bounds what waits for it.
void ClientConnection::update_interest() {
  Interest interest = Interest::none;
  const bool listening = websocket_.wants_input() || websocket_.close_sent();
  if (listening && websocket_.queued() < context_.quotas.queued_bytes) interest = Interest::read;
  if (websocket_.queued() > 0) interest = interest | Interest::write;
  if (!watch_.set(interest)) end("the connection broke");
}

void ClientConnection::end(std::string_view reason) {
  if (over_) return;
  over_ = true;
  watch_ = {};
  context_.audit.write("client-gone", id_,
                       {{"reason", reason}, {"code", static_cast<std::int64_t>(websocket_.close_code())}});
  owner_.on_closed(*this);
}

}  // namespace everysock::proxy
