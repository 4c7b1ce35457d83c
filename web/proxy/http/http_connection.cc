#include "web/proxy/http/http_connection.h"

#include <algorithm>
#include <array>
#include <utility>

namespace everysock::proxy {
namespace {

constexpr std::size_t kChunk = 64u << 10;
// Then the others' turn comes.
constexpr int kChunksPerTurn = 4;
constexpr double kLingerSeconds = 2;

}  // namespace

HttpConnection::HttpConnection(EventLoop& loop, Socket socket, Address peer, Limits limits, Owner& owner)
    : loop_(loop),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      limits_(limits),
      owner_(owner),
      watch_(loop.watch_own(socket_.handle(), *this)) {}

HttpConnection::~HttpConnection() {
  if (timer_) loop_.cancel(*timer_);
}

void HttpConnection::start() {
  set_deadline(limits_.request_seconds);
  if (!watch_.set(Interest::read)) end();
}

void HttpConnection::set_deadline(double seconds) {
  if (timer_) loop_.cancel(*timer_);
  timer_ = loop_.call_at(loop_.now() + static_cast<std::int64_t>(seconds * 1e9), [this] {
    timer_.reset();
    on_deadline();
  });
}

void HttpConnection::on_deadline() {
  if (phase_ == Phase::request && request_begun_) {
    begin_response(HttpResponse::text(408, "The request took too long."), false, false);
    advance();
  } else {
    end();
  }
}

void HttpConnection::end() {
  if (phase_ == Phase::over) return;
  phase_ = Phase::over;
  watch_ = {};
  owner_.on_closed(*this);
}

void HttpConnection::on_ready(Interest ready) {
  if ((ready & Interest::read) != Interest::none) receive();
  if (phase_ != Phase::over) advance();
}

void HttpConnection::receive() {
  std::array<char, 16u << 10> buffer;
  const auto count = socket_.recv_into(buffer);
  if (!count) {
    if (!count.error().would_block()) end();
    return;
  }
  if (*count == 0) return end();
  if (phase_ == Phase::lingering) return;
  input_.append(buffer.data(), *count);
}

// Answers what has come, as far as it goes without waiting.
void HttpConnection::advance() {
  for (;;) {
    if (phase_ == Phase::request) {
      if (!input_.empty() && !request_begun_) {
        request_begun_ = true;
        set_deadline(limits_.request_seconds);
      }
      input_.erase(0, parser_.feed(input_));
      if (parser_.error()) {
        begin_response(*std::move(parser_.error()), false, false);
      } else if (parser_.has_request()) {
        const HttpRequest request = parser_.take_request();
        begin_response(owner_.respond(request, peer_), request.keep_alive, request.method == "HEAD");
      } else {
        if (!watch_.set(Interest::read)) end();
        return;
      }
    }
    if (phase_ != Phase::response || !write_response()) return;
    if (response_->status == 101) {
      phase_ = Phase::over;
      watch_ = {};
      return owner_.on_upgrade(*this, std::move(socket_), std::move(input_), response_->refusal);
    }
    response_.reset();
    request_begun_ = false;
    if (keep_alive_) {
      phase_ = Phase::request;
      set_deadline(limits_.idle_seconds);
      continue;
    }
    // Closing at once would reset the connection if unread input is left, and could take the response with it.
    phase_ = Phase::lingering;
    set_deadline(kLingerSeconds);
    if (!socket_.shutdown(shut_wr) || !watch_.set(Interest::read)) end();
    return;
  }
}

void HttpConnection::begin_response(HttpResponse response, bool keep_alive, bool head) {
  phase_ = Phase::response;
  keep_alive_ = keep_alive;
  output_ = serialize_header(response, keep_alive);
  output_written_ = 0;
  if (!head) output_ += response.body;
  file_left_ = !head && response.file ? response.file_size : 0;
  response_ = std::move(response);
  set_deadline(limits_.idle_seconds);
}

bool HttpConnection::write_response() {
  for (int chunk = 0; chunk < kChunksPerTurn; ++chunk) {
    if (output_written_ == output_.size()) {
      if (file_left_ == 0) return true;
      output_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, file_left_)));
      output_written_ = 0;
      response_->file->read(output_.data(), static_cast<std::streamsize>(output_.size()));
      if (!*response_->file) {
        // It has become shorter. The promised length cannot be kept, so the peer has to see that the rest is missing.
        end();
        return false;
      }
      file_left_ -= output_.size();
    }
    const auto count = socket_.send(ConstBuffer(output_).subspan(output_written_));
    if (!count) {
      if (!count.error().would_block() || !watch_.set(Interest::write)) end();
      return false;
    }
    output_written_ += *count;
    set_deadline(limits_.idle_seconds);
  }
  if (!watch_.set(Interest::write)) end();
  return false;
}

}  // namespace everysock::proxy
