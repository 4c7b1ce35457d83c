// From the target to the client.
#include <algorithm>
#include <utility>

#include "web/proxy/session/proxied_socket.h"

namespace everysock::proxy {

Violation ProxiedSocket::on_push(const websocket::Credit& credit, std::uint8_t) {
  if (closing()) return websocket::ProtocolError::wrong_state;
  std::int64_t& balance = state_ == State::listening ? accept_credit_ : credit_;
  if (balance + credit.amount > websocket::max_credit) return websocket::ProtocolError::credit_overflow;
  const bool waited = std::exchange(balance, balance + credit.amount) == 0;
  // At once, so that the backlog has room again for the requests that follow.
  if (waited && state_ == State::listening && wants_read()) accept_some();
  update_interest();
  return std::nullopt;
}

bool ProxiedSocket::receive_stream() {
  const auto size = static_cast<std::size_t>(std::min<std::int64_t>(credit_, websocket::max_stream_data));
  const MutableBuffer buffer(session_.context.scratch.data(), size);
  ReceiveRequest request{};
  request.buffers = std::span(&buffer, 1);
  std::vector<ControlMessage> control;
  ask_control(request, control);
  const auto count = session_.context.loop.served().receive(handle_, request);
  if (!count) {
    if (!count.error().would_block() && count.error() != Errc::eintr) reset(count.error());
    return false;
  }
  if (*count == 0) return end_of_stream();
  session_.context.metrics.add(Metric::bytes_to_clients, static_cast<std::int64_t>(*count));
  const std::string_view bytes(session_.context.scratch.data(), *count);
  if (has_control(request)) {
    push_message({}, bytes, 0, request);
  } else {
    credit_ -= static_cast<std::int64_t>(*count);
    session_.outbox.add(wire_, websocket::Data{{bytes}});
  }
  return *count == size && credit_ > 0;
}

bool ProxiedSocket::receive_message() {
  // Room for the largest frame that has its control messages as well.
  const std::size_t size = session_.context.scratch.size() - kControlRoom;
  const MutableBuffer buffer(session_.context.scratch.data(), size);
  Address sender;
  ReceiveRequest request{};
  request.buffers = std::span(&buffer, 1);
  request.address = &sender;
  std::vector<ControlMessage> control;
  ask_control(request, control);
  Backend& backend = session_.context.loop.served();
  const auto count = backend.receive(handle_, request);
  if (!count) {
    const Error error = count.error();
    if (error.would_block() || error == Errc::eintr) return false;
    if (has_connections()) {
      reset(error);
    } else {
      session_.outbox.add(wire_, websocket::PendingError{error});
    }
    return false;
  }
  if (*count == 0 && has_connections() && !has_control(request)) {
    // An empty message, or the end. Only the end lasts.
    ReceiveRequest again{};
    again.buffers = request.buffers;
    again.flags = msg_peek;
    const auto next = backend.receive(handle_, again);
    if (next && *next == 0) return end_of_stream();
  }
  remember_sender(sender);
  session_.context.metrics.add(Metric::bytes_to_clients, static_cast<std::int64_t>(*count));
  const std::uint8_t flags = request.received_flags.has(msg_eor) ? websocket::flag::end_of_record : 0;
  const std::string_view bytes(session_.context.scratch.data(), *count);
  if (has_control(request)) {
    push_message(to_client(sender), bytes, flags, request);
  } else {
    credit_ -= static_cast<std::int64_t>(*count) + websocket::datagram_overhead;
    session_.outbox.add(wire_, websocket::Datagram{.request = 0, .address = to_client(sender), .data = {bytes}}, flags);
  }
  return credit_ > 0;
}

bool ProxiedSocket::end_of_stream() {
  if (end_is_reset_) {
    reset(Error(Operation::recv, Errc::econnreset));
  } else {
    read_ended_ = true;
    session_.outbox.add(wire_, websocket::End{});
  }
  return false;
}

void ProxiedSocket::reset(Error error) {
  state_ = State::dead;
  read_ended_ = true;
  for (const Outgoing& item : queue_) {
    if (item.request != 0) session_.reply_failed(wire_, item.request, error);
  }
  drop_queue(false);
  session_.outbox.add(wire_, websocket::Reset{error});
  if (closing()) finish_close();
}

}  // namespace everysock::proxy
