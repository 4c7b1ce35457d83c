// From the client to the target.
#include <algorithm>
#include <array>
#include <utility>

#include "web/proxy/session/proxied_socket.h"

namespace everysock::proxy {
namespace {

namespace flag = websocket::flag;

constexpr std::int64_t kFirstRetry = 1'000'000;
constexpr std::int64_t kLongestRetry = 32'000'000;

// Whether a connected datagram socket may report so what became of an earlier datagram.
bool is_news_of_earlier(Error error) {
  return error == Errc::econnrefused || error == Errc::ehostunreach || error == Errc::enetunreach ||
         error == Errc::ehostdown;
}

}  // namespace

// ---- what the client sends ----

Violation ProxiedSocket::on_push(const websocket::Data& data, std::uint8_t flags) {
  const std::string_view bytes = data.data.bytes;
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (!is_stream() || closing()) return websocket::ProtocolError::wrong_state;
  if (state_ == State::failed || state_ == State::dead) return std::nullopt;
  if (size > balance_) return websocket::ProtocolError::credit_exceeded;
  balance_ -= size;
  const bool connected = state_ == State::connected;
  if ((!connected && state_ != State::connecting) || send_broken_ || end_queued_) {
    give_back(size);
    return std::nullopt;
  }
  std::size_t sent = 0;
  if (connected && queue_.empty()) {
    const auto result = send(bytes, flags, nullptr);
    if (result) {
      sent = *result;
      give_back(static_cast<std::int64_t>(sent));
    } else if (result.error() != Errc::eagain) {
      stream_broken(result.error());
      give_back(size);
      return std::nullopt;
    }
  }
  if (sent < bytes.size()) enqueue_stream(bytes.substr(sent), flags);
  return std::nullopt;
}

Violation ProxiedSocket::on_push(const websocket::Datagram& datagram, std::uint8_t flags) {
  const std::string_view bytes = datagram.data.bytes;
  if (is_stream() || closing()) return websocket::ProtocolError::wrong_state;
  if (state_ == State::failed) {
    if (datagram.request != 0) session_.reply_failed(wire_, datagram.request, *last_error_);
    return std::nullopt;
  }
  if (state_ == State::dead) {
    if (datagram.request != 0) session_.reply_failed(wire_, datagram.request, Error(Operation::send, Errc::epipe));
    return std::nullopt;
  }
  if (balance_ <= 0) return websocket::ProtocolError::credit_exceeded;
  const std::size_t cost = bytes.size() + websocket::datagram_overhead;
  balance_ -= static_cast<std::int64_t>(cost);
  auto target = to_reach(Operation::sendto, "datagram", datagram.address);
  if (!target) {
    settle_datagram(cost, datagram.request, tl::unexpected(target.error()));
    return std::nullopt;
  }
  if (queue_.empty() && state_ != State::connecting) {
    const auto result = send_datagram(bytes, flags, *target);
    if (result || result.error() != Errc::eagain || (flags & flag::dont_wait) != 0) {
      settle_datagram(cost, datagram.request, result);
      return std::nullopt;
    }
  } else if (state_ != State::connecting && (flags & flag::dont_wait) != 0) {
    settle_datagram(cost, datagram.request, fail(Operation::sendto, Errc::eagain));
    return std::nullopt;
  }
  if (datagram.request != 0) {
    if (!session_.has_room_for_request()) {
      settle_datagram(cost, datagram.request, fail(Operation::sendto, Errc::enobufs));
      return std::nullopt;
    }
    session_.pending_requests.insert(datagram.request);
  }
  Outgoing item;
  item.bytes = bytes;
  item.address = *std::move(target);
  item.request = datagram.request;
  item.flags = flags;
  item.overhead = websocket::datagram_overhead;
  enqueue(std::move(item));
  return std::nullopt;
}

// ---- to the system ----

Result<std::size_t> ProxiedSocket::send(std::string_view bytes, std::uint8_t flags, const Address* address,
                                        std::span<const ControlMessage> control) {
  const ConstBuffer buffer(bytes);
  SendRequest request{};
  request.buffers = std::span(&buffer, 1);
  request.address = address;
  request.control = control;
  if ((flags & flag::more) != 0) request.flags |= msg_more;
  if ((flags & flag::end_of_record) != 0) request.flags |= msg_eor;
  if ((flags & flag::dont_route) != 0) request.flags |= msg_dontroute;
  for (;;) {
    auto result = session_.context.loop.served().send(handle_, request);
    if (!result && result.error() == Errc::eintr) continue;
    if (result) session_.context.metrics.add(Metric::bytes_from_clients, static_cast<std::int64_t>(*result));
    return result;
  }
}

Result<std::size_t> ProxiedSocket::send_datagram(std::string_view bytes, std::uint8_t flags, const Address& address,
                                                 std::span<const ControlMessage> control) {
  const Address* to = std::holds_alternative<std::monostate>(address) ? nullptr : &address;
  auto result = send(bytes, flags, to, control);
  if (result || family_ == af_unix || !is_news_of_earlier(result.error())) return result;
  const Error news = result.error();
  result = send(bytes, flags, to, control);
  if (result || news == Errc::econnrefused) session_.outbox.add(wire_, websocket::PendingError{news});
  return result;
}

void ProxiedSocket::settle_datagram(std::size_t cost, std::uint32_t request, const Result<std::size_t>& result) {
  if (request != 0) {
    session_.pending_requests.erase(request);
    if (result) {
      session_.outbox.add(wire_, names(request));
    } else {
      session_.reply_failed(wire_, request, result.error());
    }
  } else if (!result) {
    session_.outbox.add(wire_, websocket::PendingError{result.error()});
  }
  if (result && !has_name_) {
    // The system has given it a port: answers may come.
    has_name_ = true;
    update_interest();
  }
  give_back(static_cast<std::int64_t>(cost));
}

void ProxiedSocket::flush() {
  while (!queue_.empty() && !retry_timer_) {
    Outgoing& item = queue_.front();
    if (item.shutdown) {
      // If the connection is gone already, reading tells.
      (void)session_.context.loop.served().shutdown(handle_, *item.shutdown);
    } else if (is_stream()) {
      if (!flush_stream(item)) break;
    } else {
      const auto control = item.control ? item.control->items() : std::span<const ControlMessage>();
      const auto sent = send_datagram(item.bytes, item.flags, item.address, control);
      if (!sent && sent.error() == Errc::eagain && (item.flags & flag::dont_wait) == 0) {
        // Readiness of such a socket says nothing about the room at its peer's.
        if (family_ == af_unix && kind_ == sock_dgram) retry_soon();
        break;
      }
      retry_delay_ = 0;
      session_.context.metrics.add(Metric::queued_to_targets, -static_cast<std::int64_t>(item.bytes.size()));
      settle_datagram(item.bytes.size() + item.overhead, item.request, sent);
    }
    queue_.pop_front();
  }
  if (closing() && queue_.empty()) return finish_close();
  update_interest();
}

// Whether all of it has gone.
bool ProxiedSocket::flush_stream(Outgoing& item) {
  const auto control = item.control ? item.control->items() : std::span<const ControlMessage>();
  const auto sent = send(std::string_view(item.bytes).substr(item.written), item.flags, nullptr, control);
  if (!sent && sent.error() == Errc::eagain) return false;
  if (item.control) {
    // Refused as a whole, or its first bytes have gone.
    const std::size_t size = sent ? *sent : item.bytes.size();
    session_.context.metrics.add(Metric::queued_to_targets, -static_cast<std::int64_t>(size));
    item.control.reset();
    item.written += size;
    settle_datagram(size + std::exchange(item.overhead, 0), std::exchange(item.request, 0), sent);
    return item.written == item.bytes.size();
  }
  if (!sent) {
    stream_broken(sent.error());
    return false;
  }
  item.written += *sent;
  session_.context.metrics.add(Metric::queued_to_targets, -static_cast<std::int64_t>(*sent));
  give_back(static_cast<std::int64_t>(*sent));
  return item.written == item.bytes.size();
}

void ProxiedSocket::retry_soon() {
  retry_delay_ = std::clamp(retry_delay_ * 2, kFirstRetry, kLongestRetry);
  EventLoop& loop = session_.context.loop;
  retry_timer_ = loop.call_at(loop.now() + retry_delay_, [this] {
    retry_timer_.reset();
    if (state_ == State::connecting) {
      try_connect();
    } else {
      flush();
    }
  });
}

void ProxiedSocket::stream_broken(Error error) {
  send_broken_ = true;
  session_.outbox.add(wire_, websocket::PendingError{error}, flag::send_side);
  drop_queue(true);
}

// ---- the queue and the credit for it ----

// Joins what is small, so that the bytes which a client has credit for are also what they cost the proxy.
void ProxiedSocket::enqueue_stream(std::string_view bytes, std::uint8_t flags) {
  if (queue_.empty() || queue_.back().control || queue_.back().bytes.size() >= websocket::max_stream_data) {
    Outgoing item;
    item.bytes = bytes;
    item.flags = flags;
    return enqueue(std::move(item));
  }
  queue_.back().bytes.append(bytes);
  queue_.back().flags = flags;
  session_.context.metrics.add(Metric::queued_to_targets, static_cast<std::int64_t>(bytes.size()));
}

void ProxiedSocket::enqueue(Outgoing item) {
  session_.context.metrics.add(Metric::queued_to_targets, static_cast<std::int64_t>(item.bytes.size()));
  queue_.push_back(std::move(item));
  update_interest();
}

void ProxiedSocket::drop_queue(bool give_credit_back) {
  std::int64_t credit = 0;
  for (const Outgoing& item : queue_) {
    const auto left = static_cast<std::int64_t>(item.bytes.size() - item.written);
    session_.context.metrics.add(Metric::queued_to_targets, -left);
    credit += left;
    credit += static_cast<std::int64_t>(item.overhead);
    if (item.request != 0) session_.pending_requests.erase(item.request);
  }
  queue_.clear();
  end_queued_ = false;
  if (give_credit_back) give_back(credit);
}

void ProxiedSocket::give_back(std::int64_t credit) {
  owed_ += credit;
  if (closing() || state_ == State::dead || state_ == State::failed || owed_ <= 0 || balance_ >= window_ / 2) return;
  std::int64_t amount = std::exchange(owed_, 0);
  // The target keeps up, and the client would send more if it could.
  if (queue_.empty() && !window_stays_ && window_ < kLargestWindow &&
      session_.widened + window_ <= session_.context.quotas.queued_bytes) {
    amount += window_;
    session_.widened += window_;
    window_ *= 2;
  }
  balance_ += amount;
  session_.outbox.add(wire_, websocket::Credit{static_cast<std::uint32_t>(amount)});
}

}  // namespace everysock::proxy
