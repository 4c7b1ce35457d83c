// Sending, receiving and readiness of TCP sockets.
#include <algorithm>
#include <utility>

#include "backends/wasi/buffers.h"
#include "backends/wasi/control.h"
#include "backends/wasi/quirks.h"
#include "backends/wasi/tcp_socket.h"

namespace everysock::wasi {
namespace {

constexpr MessageFlags kSendFlags = msg_dontwait | msg_nosignal | msg_more;  // the last is a hint, and no more
constexpr MessageFlags kReceiveFlags = msg_dontwait | msg_peek | msg_waitall | msg_trunc | msg_cmsg_cloexec;
// What one call asks of the host, which copies it.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;

}  // namespace

// ---- receiving ----

// Asks the host for up to `wanted` bytes more.
void TcpSocket::pull(std::size_t wanted) {
  if (!input_ || end_of_input_ || lost_) return;
  if (unread().empty()) {
    received_.clear();
    taken_ = 0;
  }
  ResultArea area;
  wasi_streams_input_stream_read(input_.get(), static_cast<std::int64_t>(std::min(wanted, kMostAtOnce)), area.where());
  if (!area.is_error()) {
    const HostList data(area, 4);
    received_.append(reinterpret_cast<const char*>(data.data()), data.size());
    return;
  }
  const Errc error = stream_error(area, 4);
  end_of_input_ = true;
  if (error == Errc::ok) return;
  lost_ = true;
  error_ = error == Errc::epipe ? Errc::econnreset : error;
}

Result<std::size_t> TcpSocket::receive(ReceiveRequest& request) {
  constexpr Operation kOperation = Operation::recv;
  if (!kReceiveFlags.has(request.flags)) return fail(kOperation, Errc::eopnotsupp);
  look_at_connecting();
  if (state_ == State::connecting) return fail(kOperation, Errc::eagain);
  if (state_ != State::connected) {
    const Errc error = std::exchange(error_, Errc::ok);
    return fail(kOperation, error == Errc::ok ? Errc::enotconn : error);
  }
  const std::size_t wanted = total_size(request.buffers);
  if (wanted == 0) return 0;
  if (request.address != nullptr) *request.address = std::monostate();
  const bool peek = request.flags.has(msg_peek);
  if (unread().empty() || (peek && unread().size() < wanted)) pull(wanted - std::min(wanted, unread().size()));
  if (unread().empty()) {
    if (error_ != Errc::ok) return fail(kOperation, std::exchange(error_, Errc::ok));
    if (end_of_input_ || receiving_ended_) return 0;
    return fail(kOperation, Errc::eagain);
  }
  const std::size_t size = std::min(wanted, unread().size());
  // MSG_TRUNC throws the data away (tcp(7)).
  if (!request.flags.has(msg_trunc)) scatter(unread().substr(0, size), request.buffers);
  if (!peek) taken_ += size;
  return size;
}

// ---- sending ----

// How much the host takes now.
std::size_t TcpSocket::room() {
  if (!output_ || lost_) return 0;
  ResultArea area;
  wasi_streams_output_stream_check_write(output_.get(), area.where());
  if (!area.is_error()) return static_cast<std::size_t>(area.at<std::uint64_t>(8));
  lost_ = true;
  const Errc error = stream_error(area, 8);
  error_ = error == Errc::ok ? Errc::epipe : error;
  return 0;
}

Result<std::size_t> TcpSocket::send(const SendRequest& request) {
  constexpr Operation kOperation = Operation::send;
  if (!kSendFlags.has(request.flags)) return fail(kOperation, Errc::eopnotsupp);
  if (const auto good = check_tcp_control(request.control); !good) return Unexpected(good.error());
  look_at_connecting();
  if (state_ == State::connecting) return fail(kOperation, Errc::eagain);
  if (error_ != Errc::ok) return fail(kOperation, std::exchange(error_, Errc::ok));
  if (state_ != State::connected || sending_ended_) return fail(kOperation, Errc::epipe);
  // What was given in one call goes in one write, so that a waiting peer gets it as a whole where it can.
  std::string gathered;
  if (request.buffers.size() > 1) gathered = gather(request.buffers);
  const std::string_view data = request.buffers.size() == 1 ? request.buffers.front().view() : gathered;
  std::size_t sent = 0;
  while (sent < data.size()) {
    const std::size_t size = std::min({data.size() - sent, room(), kMostAtOnce});
    if (size == 0) {
      if (sent != 0) return sent;
      if (!lost_) return fail(kOperation, Errc::eagain);
      const Errc error = std::exchange(error_, Errc::ok);
      return fail(kOperation, error == Errc::ok ? Errc::epipe : error);
    }
    // Not flushed: hosts send at once, and flushing would wait for a peer that does not receive.
    ResultArea area;
    wasi_streams_output_stream_write(output_.get(), address_of(data.data() + sent), static_cast<std::int32_t>(size),
                                     area.where());
    if (area.is_error()) {
      lost_ = true;
      const Errc error = stream_error(area, 4);
      if (sent == 0) return fail(kOperation, error == Errc::ok ? Errc::epipe : error);
      error_ = error;
      return sent;
    }
    flushing_ = false;
    sent += size;
  }
  return sent;
}

bool TcpSocket::is_drained() {
  if (state_ != State::connected || !output_ || lost_) return true;
  std::size_t wanted = capacity_;
  if (!is_preview2_shim()) {
    // Until a flush is done nothing may be written.
    wanted = 1;
    if (!std::exchange(flushing_, true)) {
      ResultArea area;
      wasi_streams_output_stream_flush(output_.get(), area.where());
      if (area.is_error()) (void)stream_error(area, 4);  // it has ended, as room() will find
    }
  }
  if (room() < wanted && !lost_) return false;
  if (sending_ended_) finish_sending();
  return true;
}

// What is still on its way goes first; is_drained() calls again.
void TcpSocket::finish_sending() {
  if (!output_) return;
  if (!is_preview2_shim()) {
    constexpr std::int32_t send = 1;
    ResultArea area;
    wasi_tcp_tcp_socket_shutdown(socket_.get(), send, area.where());  // an error would say that it has ended already
    return;
  }
  if (room() < capacity_ && !lost_) return;
  output_changes_.reset();
  output_.reset();
}

// ---- readiness ----

Interest TcpSocket::ready(Interest interest) {
  look_at_connecting();
  const auto wants = [interest](Interest one) { return (interest & one) != Interest::none; };
  Interest ready = Interest::none;
  switch (state_) {
    case State::connecting:
      return Interest::none;
    case State::unconnected:  // hung up, as Linux sees it
      return interest;
    case State::listening:
      if (wants(Interest::read)) {
        look_for_peers();
        if (!accepted_.empty() || error_ != Errc::ok) ready = Interest::read;
      }
      return ready;
    case State::connected:
      break;
  }
  if (wants(Interest::read)) {
    if (unread().empty()) pull(65536);
    if (!unread().empty() || end_of_input_ || receiving_ended_) ready = ready | Interest::read;
  }
  if (wants(Interest::write) && (sending_ended_ || room() > 0)) ready = ready | Interest::write;
  return lost_ ? interest : ready;
}

void TcpSocket::add_pollables(Interest interest, std::vector<std::int32_t>& pollables) {
  const auto add = [&pollables](Pollable& pollable, std::int32_t (*subscribe)(std::int32_t), std::int32_t of) {
    if (!pollable) pollable = Pollable(subscribe(of));
    pollables.push_back(pollable.get());
  };
  if (state_ == State::connecting || (state_ == State::listening && (interest & Interest::read) != Interest::none)) {
    add(socket_changes_, wasi_tcp_tcp_socket_subscribe, socket_.get());
    return;
  }
  if (state_ != State::connected) return;
  if ((interest & Interest::read) != Interest::none && input_) {
    add(input_changes_, wasi_streams_input_stream_subscribe, input_.get());
  }
  if ((interest & Interest::write) != Interest::none && output_) {
    add(output_changes_, wasi_streams_output_stream_subscribe, output_.get());
  }
}

}  // namespace everysock::wasi
