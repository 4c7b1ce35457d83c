#include "framework/context.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include "framework/case.h"

namespace everysock::conformance {

int port_of(const Address& address) {
  if (const auto* inet = std::get_if<InetAddress>(&address)) return inet->port;
  if (const auto* inet6 = std::get_if<Inet6Address>(&address)) return inet6->port;
  fail_case(EVERYSOCK_HERE, "not an Internet address: " + show(address));
}

InetAddress host_and_port_of(Socket& socket) {
  const Address name = REQUIRE_OK(socket.getsockname());
  if (const auto* inet = std::get_if<InetAddress>(&name)) return *inet;
  const auto& inet6 = std::get<Inet6Address>(name);
  return InetAddress{inet6.host, inet6.port};
}

Interest interest_in(std::span<const Selector::Event> events, const Socket& socket) {
  for (const Selector::Event& event : events) {
    if (event.socket == &socket) return event.ready;
  }
  return Interest::none;
}

// ---- Worker ----

Worker::Worker(Context& context, std::function<void()> body)
    : context_(&context),
      exceptions_(std::uncaught_exceptions()),
      thread_(context.backend(), [&context, body = std::move(body)] {
        try {
          body();
        } catch (const Failure& failure) {
          context.record(failure);
        } catch (const std::exception& exception) {
          context.record({std::string("exception in a thread: ") + exception.what(), std::nullopt});
        }
      }) {}

Worker::~Worker() {
  if (thread_.joinable() && std::uncaught_exceptions() > exceptions_) context_->wake_everyone();
}

void Worker::join() {
  thread_.join();
  if (auto failure = context_->failure()) throw Failure(*failure);
}

Worker Context::spawn(std::function<void()> body) {
  const Support threads = backend_.supports(Feature::threads);
  if (!threads.claimed()) fail_case(EVERYSOCK_HERE, "no threads: " + std::string(threads.reason));
  return Worker(*this, std::move(body));
}

// ---- Context: sockets ----

Context::Context(TrackingBackend& backend, std::string_view case_id, std::string directory, std::uint64_t seed)
    : backend_(backend), case_id_(case_id), directory_(std::move(directory)), seed_(seed) {}

Socket Context::open(const Kind& kind) { return REQUIRE_OK(socket(kind.family, kind.type, {}, backend_)); }

Selector Context::selector() { return REQUIRE_OK(Selector::create(backend_)); }

std::string Context::fresh_name() {
  // A hash of the id keeps names short and apart between cases, the counter within one.
  std::uint64_t hash = seed_ ^ 1469598103934665603u;
  for (char c : case_id_) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  const std::lock_guard lock(mutex_);
  return "c" + std::to_string(hash % 1000000007u) + "-" + std::to_string(++names_);
}

std::string Context::fresh_path(std::size_t length) {
  std::string path = directory_.empty() ? fresh_name() : directory_ + "/" + fresh_name();
  if (length != 0) {
    if (path.size() > length) fail_case(EVERYSOCK_HERE, "the fixture's directory has too long a name: " + path);
    path.append(length - path.size(), 'x');
  }
  return path;
}

Address Context::loopback(const Kind& kind, int port) {
  if (kind.family == af_inet6) return Inet6Address{"::1", port};
  return InetAddress{"127.0.0.1", port};
}

Address Context::fresh_address(const Kind& kind) {
  switch (kind.naming) {
    case Naming::loopback:
      return loopback(kind, 0);
    case Naming::path:
      return UnixAddress{fresh_path()};
    case Naming::abstract:
      return UnixAddress{std::string(1, '\0') + "everysock-" + fresh_name() + "-" +
                         std::to_string(reinterpret_cast<std::uintptr_t>(this))};
    case Naming::pair:
      break;
  }
  fail_case(EVERYSOCK_HERE, "this kind of sockets has no addresses");
}

Socket Context::bound(const Kind& kind) {
  Socket s = open(kind);
  REQUIRE_OK(s.bind(fresh_address(kind)));
  return s;
}

Socket Context::listener(const Kind& kind, int backlog) {
  Socket s = bound(kind);
  REQUIRE_OK(s.listen(backlog));
  return s;
}

Connection Context::connect_to(Socket& listener, const Kind& kind) {
  Connection connection;
  connection.client = open(kind);
  REQUIRE_OK(connection.client.connect(REQUIRE_OK(listener.getsockname())));
  REQUIRE(ready(listener, Interest::read));
  connection.server = REQUIRE_OK(listener.accept()).socket;
  return connection;
}

Connection Context::connected(const Kind& kind) {
  if (kind.naming == Naming::pair) {
    auto pair = REQUIRE_OK(socketpair(kind.family, kind.type, {}, backend_));
    return {std::move(pair.first), std::move(pair.second)};
  }
  if (kind.type == sock_dgram) {
    Connection connection{bound(kind), bound(kind)};
    REQUIRE_OK(connection.client.connect(REQUIRE_OK(connection.server.getsockname())));
    REQUIRE_OK(connection.server.connect(REQUIRE_OK(connection.client.getsockname())));
    return connection;
  }
  Socket server = listener(kind);
  return connect_to(server, kind);
}

Address Context::nobody(const Kind& kind) {
  // Bound and closed again: nobody listens there, and the system does not hand the port out again at once.
  Socket s = bound(kind);
  const Address address = REQUIRE_OK(s.getsockname());
  REQUIRE_OK(s.close());
  return address;
}

// ---- Context: data ----

std::string Context::pattern(std::size_t n, std::uint64_t stream) const {
  std::string data(n, '\0');
  std::uint64_t state = seed_ * 6364136223846793005u + stream + 1442695040888963407u;
  // By words: the emulated guest takes seconds for 64 MiB by bytes.
  for (std::size_t i = 0; i < n; i += sizeof(state)) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    std::memcpy(data.data() + i, &state, (std::min)(sizeof(state), n - i));
  }
  return data;
}

std::string Context::receive(Socket& socket, std::size_t n) {
  std::string data(n, '\0');
  std::size_t have = 0;
  while (have < n) {
    const std::size_t got = REQUIRE_OK(socket.recv_into(MutableBuffer(data.data() + have, n - have)));
    if (got == 0) break;
    have += got;
  }
  data.resize(have);
  return data;
}

std::string Context::receive_to_end(Socket& socket) {
  std::string data;
  for (;;) {
    const std::string part = REQUIRE_OK(socket.recv(65536));
    if (part.empty()) return data;
    data += part;
  }
}

void Context::carry(Socket& from, Socket& to, std::string_view data) {
  REQUIRE_OK(from.setblocking(false));
  REQUIRE_OK(to.setblocking(false));
  Selector ends = selector();
  REQUIRE_OK(ends.add(from, Interest::write));
  REQUIRE_OK(ends.add(to, Interest::read));
  std::string piece(50021, '\0');
  std::size_t sent = 0;
  std::size_t have = 0;
  while (have < data.size()) {
    const std::span<const Selector::Event> events = REQUIRE_OK(ends.select(patience));
    REQUIRE(!events.empty());
    for (const Selector::Event& event : events) {
      if (event.socket == &from) {
        const Result<std::size_t> more = from.send(data.substr(sent));
        if (!more) {
          REQUIRE_ERROR(more, Errc::eagain);
          continue;
        }
        sent += *more;
        if (sent == data.size()) REQUIRE_OK(ends.remove(from));
        continue;
      }
      const std::size_t got = REQUIRE_OK(to.recv_into(piece));
      REQUIRE_NE(got, 0u);
      REQUIRE_LE(have + got, sent);
      REQUIRE(data.substr(have, got) == std::string_view(piece).substr(0, got));
      have += got;
    }
  }
}

std::size_t Context::fill(Socket& socket, std::size_t piece) {
  constexpr std::size_t limit = std::size_t{256} << 20;
  const std::string data(piece, 'f');
  REQUIRE_OK(socket.setblocking(false));
  std::size_t total = 0;
  // Buffers further down the line may make room once more: full is what stays full for a moment.
  do {
    for (;;) {
      const Result<std::size_t> sent = socket.send(data);
      if (!sent) {
        REQUIRE_ERROR(sent, Errc::eagain);
        break;
      }
      total += *sent;
      if (total > limit) fail_case(EVERYSOCK_HERE, "the socket takes data without end");
    }
  } while (ready(socket, Interest::write, moment));
  return total;
}

// ---- Context: time ----

double Context::now() { return static_cast<double>(backend_.now()) * 1e-9; }

bool Context::ready(Socket& socket, Interest interest, double seconds) {
  const Deadline deadline = Deadline::after(backend_.now(), static_cast<std::int64_t>(seconds * 1e9));
  for (;;) {
    WaitItem item{socket.handle(), interest};
    const Result<std::size_t> waited = backend_.wait({&item, 1}, deadline);
    if (!waited && waited.error() == Errc::eintr) continue;
    return REQUIRE_OK(waited) == 1;
  }
}

void Context::pause(double seconds) {
  Selector nothing = selector();
  REQUIRE_EQ(REQUIRE_OK(nothing.select(seconds)).size(), 0u);
}

// ---- Context: failures ----

void Context::record(Failure failure) {
  {
    const std::lock_guard lock(mutex_);
    if (failure_) return;
    failure_ = std::move(failure);
  }
  wake_everyone();
}

std::optional<Failure> Context::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

}  // namespace everysock::conformance
