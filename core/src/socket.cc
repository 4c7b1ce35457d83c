// Socket's life, names, connections and modes. Data: socket_data.cc; options: socket_options.cc.
#include "everysock/socket.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "src/audit.h"
#include "src/named_error.h"
#include "src/renamed.h"
#include "src/resolve.h"
#include "src/shared_socket.h"
#include "src/socket_factory.h"
#include "src/socket_wait.h"

namespace everysock {
namespace {

using internal::renamed;
using internal::with_resolved;

Result<void> finish_connect(Socket& socket, Operation operation, Deadline deadline) {
  const auto waited = SocketIo::wait(socket, Interest::write, operation, deadline);
  if (!waited) return Unexpected(waited.error());
  const auto outcome = socket.getsockopt(sol_socket, so_error);
  if (!outcome) return Unexpected(outcome.error().in(operation));
  if (*outcome != 0 && static_cast<Errc>(*outcome) != Errc::eisconn) {
    return fail(operation, static_cast<Errc>(*outcome));
  }
  return {};
}

// Connects in the socket's mode.
Result<void> connect_resolved(Socket& socket, const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  const std::int64_t timeout = SocketIo::timeout(socket);
  const Deadline deadline = SocketIo::deadline(socket);
  const auto begun = socket.backend()->connect(socket.handle(), address);
  if (begun) return {};
  // A signal interrupts the call but not the connecting; without a time-out of 0 it is waited for.
  const bool goes_on = begun.error() == Errc::eintr ? timeout != 0 : begun.error() == Errc::einprogress && timeout > 0;
  if (!goes_on) return Unexpected(begun.error().in(kOperation));
  return finish_connect(socket, kOperation, deadline);
}

}  // namespace

Socket::Socket(Socket&& other) noexcept
    : backend_(other.backend_),
      family_(other.family_),
      type_(other.type_),
      proto_(other.proto_),
      timeout_(other.timeout_.load(std::memory_order_relaxed)),
      receive_ready_(other.receive_ready_.load(std::memory_order_relaxed)),
      send_ready_(other.send_ready_.load(std::memory_order_relaxed)),
      shared_(std::move(other.shared_)) {
  handle_ = shared_ ? shared_->move_owner(*this) : other.handle_;
  other.handle_ = Handle::invalid;
}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this == &other) return *this;
  leave();
  backend_ = other.backend_;
  shared_ = std::move(other.shared_);
  handle_ = shared_ ? shared_->move_owner(*this) : other.handle_;
  other.handle_ = Handle::invalid;
  family_ = other.family_;
  type_ = other.type_;
  proto_ = other.proto_;
  timeout_.store(other.timeout_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  receive_ready_.store(other.receive_ready_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  send_ready_.store(other.send_ready_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  return *this;
}

void Socket::leave() noexcept {
  if (!shared_) {
    (void)close();  // nobody is left to tell
    return;
  }
  shared_->leave();
  shared_.reset();
  handle_ = Handle::invalid;
}

std::int64_t Socket::fileno() const noexcept { return handle_ == Handle::invalid ? -1 : backend_->native(handle_); }

Result<void> Socket::close() {
  if (shared_) return shared_->close_owner();
  if (handle_ == Handle::invalid) return {};
  const auto closed = backend_->close(std::exchange(handle_, Handle::invalid));
  if (!closed && closed.error() != Errc::econnreset) return Unexpected(closed.error().in(Operation::close));
  return {};
}

std::int64_t Socket::detach() noexcept {
  const std::int64_t native = fileno();
  if (shared_) shared_->detach();
  handle_ = Handle::invalid;
  return native;
}

Result<Socket> Socket::dup() const {
  constexpr Operation kOperation = Operation::dup;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  const auto allowed = internal::audit<audit::SocketNew>(kOperation, family_, type_, proto_);
  if (!allowed) return Unexpected(allowed.error());
  const auto copy = backend_->duplicate(handle_);
  if (!copy) return Unexpected(copy.error().in(kOperation));
  return SocketFactory::wrap(*backend_, *copy, family_, type_, proto_, SocketIo::timeout(*this));
}

// ---- names and connections ----

Result<void> Socket::bind(const Address& address) {
  constexpr Operation kOperation = Operation::bind;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  return with_resolved(kOperation, *backend_, family_, proto_, address, [&](const Address& local) -> Result<void> {
    if (const auto allowed = internal::audit<audit::Bind>(kOperation, *this, address); !allowed) return allowed;
    return renamed(kOperation, backend_->bind(handle_, local));
  });
}

Result<void> Socket::bind(const InetAddress& address) { return bind(Address(address)); }

Result<void> Socket::listen(int backlog) {
  if (handle_ == Handle::invalid) return fail(Operation::listen, Errc::ebadf);
  return renamed(Operation::listen, backend_->listen(handle_, std::max(backlog, 0)));
}

Result<Accepted> Socket::accept() {
  constexpr Operation kOperation = Operation::accept;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  Address peer;
  // AF_ALG's accept() has no address to give, and fails (ECONNABORTED) where one is asked for.
  Address* const wanted = family_ == af_alg ? nullptr : &peer;
  const auto handle = SocketIo::run(
      *this, Interest::read, kOperation, [&] { return backend_->accept(handle_, wanted); },
      [](Handle) { return false; });
  if (!handle) return Unexpected(handle.error());
  if (const auto allowed = internal::audit<audit::SocketNew>(kOperation, family_, type_, proto_); !allowed) {
    (void)backend_->close(*handle);  // the hook's error says more
    return Unexpected(allowed.error());
  }
  auto socket = SocketFactory::with_default_timeout(kOperation, *backend_, *handle, family_, type_, proto_);
  if (!socket) return Unexpected(socket.error());
  return Accepted{std::move(*socket), std::move(peer)};
}

Result<void> Socket::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  return with_resolved(kOperation, *backend_, family_, proto_, address, [&](const Address& peer) -> Result<void> {
    if (const auto allowed = internal::audit<audit::Connect>(kOperation, *this, address); !allowed) return allowed;
    return connect_resolved(*this, peer);
  });
}

Result<void> Socket::connect(const InetAddress& address) { return connect(Address(address)); }

Result<Errc> Socket::connect_ex(const Address& address) {
  if (handle_ == Handle::invalid) return Errc::ebadf;
  return with_resolved(Operation::connect, *backend_, family_, proto_, address,
                       [&](const Address& peer) -> Result<Errc> {
                         const auto allowed = internal::audit<audit::Connect>(Operation::connect, *this, address);
                         if (!allowed) return Unexpected(allowed.error());
                         const auto connected = connect_resolved(*this, peer);
                         if (connected) return Errc::ok;
                         if (connected.error().is_timeout()) return Errc::eagain;
                         if (connected.error().domain() != ErrorDomain::system) return Unexpected(connected.error());
                         return connected.error().errc();
                       });
}

Result<Errc> Socket::connect_ex(const InetAddress& address) { return connect_ex(Address(address)); }

Result<void> Socket::shutdown(ShutdownHow how) {
  if (handle_ == Handle::invalid) return fail(Operation::shutdown, Errc::ebadf);
  const auto done = backend_->shutdown(handle_, how);
  if (!done) return Unexpected(internal::naming(done.error().in(Operation::shutdown), describe(how), *backend_));
  return {};
}

Result<Address> Socket::getsockname() const {
  if (handle_ == Handle::invalid) return fail(Operation::getsockname, Errc::ebadf);
  return renamed(Operation::getsockname, backend_->local_address(handle_));
}

Result<Address> Socket::getpeername() const {
  if (handle_ == Handle::invalid) return fail(Operation::getpeername, Errc::ebadf);
  return renamed(Operation::getpeername, backend_->peer_address(handle_));
}

// ---- modes ----

Result<void> Socket::setblocking(bool flag) {
  const auto done = settimeout(flag ? Timeout(std::nullopt) : Timeout(0));
  if (!done) return Unexpected(done.error().in(Operation::setblocking));
  return {};
}

bool Socket::getblocking() const noexcept { return SocketIo::timeout(*this) != 0; }

Result<void> Socket::settimeout(Timeout timeout) {
  constexpr Operation kOperation = Operation::settimeout;
  const auto nanoseconds = internal::timeout_nanoseconds(kOperation, timeout);
  if (!nanoseconds) return Unexpected(nanoseconds.error());
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  const auto done = backend_->set_blocking(handle_, *nanoseconds == internal::kBlocking);
  if (!done) return Unexpected(done.error().in(kOperation));
  SocketIo::set_timeout(*this, *nanoseconds);
  if (shared_) SocketIo::set_timeout(shared_->io(), *nanoseconds);
  return {};
}

std::optional<double> Socket::gettimeout() const noexcept {
  return internal::timeout_seconds(SocketIo::timeout(*this));
}

Result<bool> Socket::get_inheritable() const {
  if (handle_ == Handle::invalid) return fail(Operation::get_inheritable, Errc::ebadf);
  return renamed(Operation::get_inheritable, backend_->inheritable(handle_));
}

Result<void> Socket::set_inheritable(bool inheritable) {
  if (handle_ == Handle::invalid) return fail(Operation::set_inheritable, Errc::ebadf);
  return renamed(Operation::set_inheritable, backend_->set_inheritable(handle_, inheritable));
}

std::string repr(const Socket& socket) {
  const auto name = [](auto constant) {
    const ConstantInfo* const info = describe(constant);
    return info == nullptr ? std::to_string(constant.value()) : std::string(info->name);
  };
  const bool closed = socket.fileno() == -1;
  std::string text =
      absl::StrCat("<Socket", closed ? " [closed]" : "", " fd=", socket.fileno(), ", family=", name(socket.family()),
                   ", type=", name(socket.type()), ", proto=", socket.proto().value());
  if (!closed) {
    const auto append = [&](const char* which, const Result<Address>& name) {
      const auto* unix_name = name ? std::get_if<UnixAddress>(&*name) : nullptr;
      if (name && (unix_name == nullptr || !unix_name->is_unnamed())) absl::StrAppend(&text, which, to_string(*name));
    };
    append(", laddr=", socket.getsockname());
    append(", raddr=", socket.getpeername());
  }
  return text + ">";
}

}  // namespace everysock
