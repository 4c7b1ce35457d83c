#include "web/proxy/session/session.h"

#include <array>
#include <utility>

#include "backends/websocket/protocol/frame_reader.h"
#include "everysock/constant_info.h"
#include "web/proxy/policy/family_rule.h"
#include "web/proxy/session/socket_kinds.h"
#include "web/proxy/text.h"

namespace everysock::proxy {

namespace ws = websocket;
using ws::ProtocolError;

namespace {

constexpr std::size_t kFeatures = 0
#define EVERYSOCK_FEATURE(enumerator, text) +1
#include "everysock/feature.inc"
#undef EVERYSOCK_FEATURE
    ;

// What this proxy does not do, whatever its backend can.
constexpr std::pair<Feature, std::string_view> kNotProxied[] = {
    {Feature::raw, "the proxy opens no raw sockets"},
    {Feature::ipv6_extension_headers, "the proxy sends no extension headers"},
    {Feature::error_queue, "the proxy carries no error queue"},
    {Feature::msg_oob, "the proxy carries no out-of-band data"},
    {Feature::adopt, "descriptors do not pass through a proxy"},
    {Feature::inheritable, "the sockets are another process's"},
    {Feature::raw_constants, "the system's numbers are another machine's"},
    {Feature::bind_to_device, "the proxy's rules speak of addresses, not of devices"},
    {Feature::ipv6_options, "the proxy sets the common options alone"},
    {Feature::source_multicast, "the proxy's rules speak of groups, not of sources"},
    {Feature::udplite, "the proxy opens TCP and UDP sockets alone"},
    {Feature::mptcp, "the proxy opens TCP and UDP sockets alone"},
    {Feature::sctp, "the proxy opens TCP and UDP sockets alone"},
    {Feature::alg, "accept() without listen() is not in the protocol"},
};

ws::WireSupport support_of(const Backend& backend, const AccessPolicy& policy, Feature feature) {
  if (const auto family = family_of(feature); family && policy.family(*family)) {
    return {SupportLevel::unsupported, "the proxy's rules do not allow the family (--allow-family)"};
  }
  for (const auto& [missing, reason] : kNotProxied) {
    if (missing == feature) return {SupportLevel::unsupported, reason};
  }
  // Its answer is then the proxy's, whatever the system can.
  if (feature == Feature::sethostname && policy.set_hostname()) return {SupportLevel::emulated, "refused by the proxy"};
  const Support support = backend.supports(feature);
  return {support.level, support.reason};
}

}  // namespace

// ---- messages ----

void Session::receive(std::string_view message) {
  ws::FrameReader reader(message, ws::Direction::to_server);
  while (!stopped_ && !reader.done()) {
    const auto frame = reader.next();
    if (!frame)
      return hang_up(greeted_ || frame.error() != ProtocolError::unknown_type ? frame.error()
                                                                              : ProtocolError::expected_hello);
    if (const auto violation = on_frame(*frame)) return hang_up(*violation);
  }
}

void Session::hang_up(ProtocolError error) {
  if (error == ProtocolError::bad_token) {
    state_.context.metrics.add(Metric::tokens_refused);
  } else {
    state_.context.metrics.add(Metric::protocol_errors);
  }
  state_.link.close(static_cast<CloseCode>(ws::close_code(error)), ws::reason(error));
  stopped_ = true;
}

void Session::stop() {
  stopped_ = true;
  state_.close_all();
}

void Session::gather_output() {
  state_.retired.clear();
  while (!stopped_ && !state_.readable.empty() && !state_.congested()) {
    ProxiedSocket* const socket = state_.readable.front();
    state_.readable.pop_front();
    if (socket->take_turn()) state_.readable.push_back(socket);
  }
}

void Session::on_queue_changed() {
  if (stopped_ || state_.congested()) return;
  for (ProxiedSocket* const socket : state_.readable) socket->resume();
}

void Session::ping(std::uint64_t payload) { state_.outbox.add(ws::session_handle, ws::Ping{payload}); }

// ---- the hello ----

Violation Session::on_hello(const ws::ClientHello& hello) {
  if (greeted_) return ProtocolError::duplicate_hello;
  if (hello.version != ws::protocol_version) return ProtocolError::bad_version;
  if (!state_.context.token.matches(hello.token)) return ProtocolError::bad_token;
  greeted_ = true;
  state_.client_window = hello.window;
  state_.features = hello.features & ws::feature_control;
  state_.context.audit.write("hello", state_.client, {{"agent", hello.agent}});
  send_hello();
  return std::nullopt;
}

void Session::send_hello() {
  const Backend& backend = state_.context.loop.served();
  ws::ServerHello hello;
  hello.features = state_.features;
  hello.window = kInitialWindow;
  hello.max_message = static_cast<std::uint32_t>(state_.context.quotas.message_bytes);
  hello.max_sockets = static_cast<std::uint32_t>(state_.context.quotas.sockets);
  hello.max_listeners = static_cast<std::uint32_t>(state_.context.quotas.listeners);
  hello.max_requests = kMaxRequests;
  hello.ping_interval = state_.context.ping_milliseconds;
  hello.hostname = state_.context.hostname;
  hello.backend = backend.name();
  for (std::size_t i = 0; i < kFeatures; ++i) {
    hello.supports.push_back(support_of(backend, state_.context.policy, static_cast<Feature>(i)));
  }
  state_.outbox.add(ws::session_handle, hello);
}

// ---- frames ----

Violation Session::on_frame(const ws::Frame& frame) {
  if (const auto* hello = std::get_if<ws::ClientHello>(&frame.body)) return on_hello(*hello);
  if (!greeted_) return ProtocolError::expected_hello;
  return std::visit(
      [&](const auto& body) -> Violation {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (requires { on_body(frame, body); }) {
          return on_body(frame, body);
        } else if constexpr (requires(ProxiedSocket & socket) { socket.on_request(body, frame.flags); }) {
          return on_socket_request(frame, body);
        } else if constexpr (requires(ProxiedSocket & socket) { socket.on_push(body, frame.flags); }) {
          return on_push(frame, body);
        } else if constexpr (requires { names_.on_request(body, weak_from_this()); }) {
          return on_name_request(body);
        } else if constexpr (std::is_same_v<Body, ws::Pong>) {
          return std::nullopt;  // that it came is all it says
        } else {
          return ProtocolError::wrong_direction;  // the reader has seen to that
        }
      },
      frame.body);
}

Violation Session::on_body(const ws::Frame&, const ws::Ping& ping) {
  state_.outbox.add(ws::session_handle, ws::Pong{ping.payload});
  return std::nullopt;
}

ProxiedSocket* Session::find(ws::WireHandle handle) {
  const auto found = state_.sockets.find(handle);
  return found == state_.sockets.end() ? nullptr : found->second.get();
}

template <typename Request>
Violation Session::on_socket_request(const ws::Frame& frame, const Request& request) {
  ProxiedSocket* const socket = find(frame.handle);
  if (socket == nullptr) return ProtocolError::unknown_handle;
  if (!state_.request_is_new(request.request)) return ProtocolError::request_in_use;
  if (socket->closing()) return ProtocolError::wrong_state;
  state_.context.metrics.add(Metric::operations);
  if constexpr (!std::is_same_v<Request, ws::Close>) {
    if (const auto error = socket->error_before(frame.has(ws::flag::pipelined))) {
      state_.reply_failed(frame.handle, request.request, *error);
      return std::nullopt;
    }
    if (!state_.has_room_for_request()) {
      state_.reply_failed(frame.handle, request.request, Error(Operation::none, Errc::enobufs));
      return std::nullopt;
    }
  }
  socket->on_request(request, frame.flags);
  return std::nullopt;
}

template <typename Push>
Violation Session::on_push(const ws::Frame& frame, const Push& push) {
  ProxiedSocket* const socket = find(frame.handle);
  if (socket == nullptr) return ProtocolError::unknown_handle;
  if constexpr (std::is_same_v<Push, ws::Message>) {
    if ((state_.features & ws::feature_control) == 0) return ProtocolError::unknown_type;
    if (!state_.request_is_new(push.request)) return ProtocolError::request_in_use;
  }
  if constexpr (std::is_same_v<Push, ws::Datagram>) {
    if (push.request != 0 && !state_.request_is_new(push.request)) return ProtocolError::request_in_use;
  }
  return socket->on_push(push, frame.flags);
}

template <typename Request>
Violation Session::on_name_request(const Request& request) {
  if (!state_.request_is_new(request.request)) return ProtocolError::request_in_use;
  state_.context.metrics.add(Metric::operations);
  if (!state_.has_room_for_request()) {
    state_.reply_failed(ws::session_handle, request.request, Error(Operation::none, Errc::enobufs));
  } else {
    names_.on_request(request, weak_from_this());
  }
  return std::nullopt;
}

// ---- opening ----

Result<void> Session::check_kind(Operation operation, AddressFamily family, SocketKind kind, Protocol protocol) {
  const auto allowed = proxy::check_kind(operation, state_.context.policy, family, kind, protocol);
  if (!allowed && allowed.error() == Errc::eafnosupport) {
    const ConstantInfo* const info = describe(family);
    const auto refusal = state_.context.policy.family(family);
    state_.audit_refusal("open", info != nullptr ? info->name : "unknown family", refusal.value_or(""));
  }
  return allowed;
}

ProxiedSocket& Session::add_open(ws::WireHandle handle, Handle backend_handle, AddressFamily family, SocketKind kind,
                                 ProxiedSocket::State state) {
  auto socket = std::make_unique<ProxiedSocket>(state_, handle, backend_handle, family, kind, state);
  return *state_.sockets.emplace(handle, std::move(socket)).first->second;
}

Violation Session::add_failed(ws::WireHandle handle, AddressFamily family, SocketKind kind, Error error) {
  if (state_.failed_sockets >= 2 * state_.context.quotas.sockets) return ProtocolError::too_many_handles;
  state_.sockets.emplace(handle, std::make_unique<ProxiedSocket>(state_, handle, family, kind, error));
  return std::nullopt;
}

Violation Session::on_body(const ws::Frame& frame, const ws::Open& open) {
  if (find(frame.handle) != nullptr) return ProtocolError::handle_in_use;
  if (!state_.request_is_new(open.request)) return ProtocolError::request_in_use;
  state_.context.metrics.add(Metric::operations);
  Backend& backend = state_.context.loop.served();
  const auto result = [&]() -> Result<Handle> {
    if (const auto allowed = check_kind(Operation::socket, open.family, open.kind, open.protocol); !allowed) {
      return Unexpected(allowed.error());
    }
    if (!state_.has_room_for_socket()) {
      state_.context.metrics.add(Metric::quota_refused);
      return fail(Operation::socket, Errc::emfile);
    }
    return backend.open(open.family, open.kind | sock_nonblock, open.protocol);
  }();
  if (!result) {
    state_.reply_failed(frame.handle, open.request, result.error());
    return add_failed(frame.handle, open.family, open.kind, result.error());
  }
  ProxiedSocket& socket = add_open(frame.handle, *result, open.family, open.kind, ProxiedSocket::State::open);
  // Elsewhere what a socket is called from the start is known to everybody.
  const bool has_own_name = needs_family_rule(open.family);
  state_.outbox.add(frame.handle, has_own_name ? socket.names(open.request)
                                               : ws::Done{.request = open.request, .local = {}, .peer = {}});
  socket.start();
  return std::nullopt;
}

Violation Session::on_body(const ws::Frame& frame, const ws::OpenPair& open) {
  if (frame.handle == open.second) return ProtocolError::handle_in_use;
  if (find(frame.handle) != nullptr || find(open.second) != nullptr) return ProtocolError::handle_in_use;
  if (!state_.request_is_new(open.request)) return ProtocolError::request_in_use;
  state_.context.metrics.add(Metric::operations);
  Backend& backend = state_.context.loop.served();
  const auto result = [&]() -> Result<std::pair<Handle, Handle>> {
    if (const auto allowed = check_kind(Operation::socketpair, open.family, open.kind, open.protocol); !allowed) {
      return Unexpected(allowed.error());
    }
    if (state_.open_sockets() + 2 > state_.context.quotas.sockets) {
      state_.context.metrics.add(Metric::quota_refused);
      return fail(Operation::socketpair, Errc::emfile);
    }
    return backend.open_pair(open.family, open.kind | sock_nonblock, open.protocol);
  }();
  if (!result) {
    state_.reply_failed(frame.handle, open.request, result.error());
    if (const auto violation = add_failed(frame.handle, open.family, open.kind, result.error())) return violation;
    return add_failed(open.second, open.family, open.kind, result.error());
  }
  ProxiedSocket& first = add_open(frame.handle, result->first, open.family, open.kind, ProxiedSocket::State::connected);
  ProxiedSocket& second =
      add_open(open.second, result->second, open.family, open.kind, ProxiedSocket::State::connected);
  state_.outbox.add(frame.handle, first.names(open.request));
  ProxiedSocket::pair(first, second);
  first.start();
  second.start();
  return std::nullopt;
}

}  // namespace everysock::proxy
