#include "tests/fuzz/client_view.h"

#include <cstdlib>
#include <type_traits>
#include <variant>

#include "backends/websocket/protocol/frame_reader.h"

namespace everysock::fuzz {
namespace {

namespace ws = websocket;

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

void ClientView::sends(std::string_view message) {
  ws::FrameReader reader(message, ws::Direction::to_server);
  while (!reader.done()) {
    const auto frame = reader.next();
    if (!frame) return;
    std::visit(
        [&](const auto& body) {
          using Body = std::decay_t<decltype(body)>;
          if constexpr (requires { body.request; }) {
            if (body.request != 0) ++waiting_[body.request];
          }
          if constexpr (std::is_same_v<Body, ws::ClientHello>) window_ = body.window;
          if constexpr (std::is_same_v<Body, ws::Open>) granted(frame->handle, window_);
          if constexpr (std::is_same_v<Body, ws::OpenPair>) {
            granted(frame->handle, window_);
            granted(body.second, window_);
          }
          if constexpr (std::is_same_v<Body, ws::Listen>) granted(frame->handle, body.accept_credit);
          if constexpr (std::is_same_v<Body, ws::Credit>) granted(frame->handle, body.amount);
        },
        frame->body);
  }
}

void ClientView::replied(std::uint32_t request) {
  const auto found = waiting_.find(request);
  must(found != waiting_.end());
  if (--found->second == 0) waiting_.erase(found);
}

void ClientView::receives(std::string_view message) {
  must(!message.empty() && message.size() <= ws::min_max_message);
  ws::FrameReader reader(message, ws::Direction::to_client);
  while (!reader.done()) {
    const auto frame = reader.next();
    must(frame.has_value());
    std::visit(
        [&](const auto& body) {
          using Body = std::decay_t<decltype(body)>;
          if constexpr (std::is_same_v<Body, ws::Datagram>) {
            must(balance_[frame->handle] > 0);  // the last one may be longer than the credit
            used(frame->handle, static_cast<std::int64_t>(body.data.bytes.size()) + ws::datagram_overhead);
          } else if constexpr (std::is_same_v<Body, ws::Message>) {
            must(balance_[frame->handle] > 0);
            const std::size_t overhead = ws::datagram_overhead + ws::control_cost(body.control);
            used(frame->handle, static_cast<std::int64_t>(body.data.bytes.size() + overhead));
          } else if constexpr (requires { body.request; }) {
            replied(body.request);
          }
          if constexpr (std::is_same_v<Body, ws::Data>) {
            must(!body.data.bytes.empty() && body.data.bytes.size() <= ws::max_stream_data);
            used(frame->handle, static_cast<std::int64_t>(body.data.bytes.size()));
            must(balance_[frame->handle] >= 0);
          }
          if constexpr (std::is_same_v<Body, ws::Accepted>) {
            must(ws::chosen_by_server(body.accepted));
            must(balance_[frame->handle] > 0);
            used(frame->handle, 1);
            granted(body.accepted, window_);
          }
        },
        frame->body);
  }
}

}  // namespace everysock::fuzz
