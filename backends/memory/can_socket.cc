#include "backends/memory/can_socket.h"

#include <utility>

#include "backends/memory/ip_control.h"

namespace everysock::memory {

Result<void> CanSocket::bind(const Address&) { return fail(Operation::bind, Errc::eopnotsupp); }

Result<void> CanSocket::connect(const Address&) { return fail(Operation::connect, Errc::eopnotsupp); }

Result<void> CanSocket::shutdown(ShutdownHow) { return fail(Operation::shutdown, Errc::eopnotsupp); }

Result<Address> CanSocket::local_address() const { return fail(Operation::getsockname, Errc::eopnotsupp); }

Result<Address> CanSocket::peer_address() const { return fail(Operation::getpeername, Errc::eopnotsupp); }

Result<std::uint32_t> CanSocket::index_of(Operation operation, const InterfaceText& name) {
  if (name.empty()) return 0u;
  const std::uint32_t index = name.too_long() ? 0 : interface_index(name.view());
  if (index == 0) return fail(operation, Errc::enodev);
  return index;
}

Result<std::uint32_t> CanSocket::index_in(Operation operation, const Address& address) {
  const auto* can = std::get_if<CanAddress>(&address);
  if (can == nullptr) return fail(operation, Errc::einval);
  return index_of(operation, can->ifname);
}

void CanSocket::deliver(std::string bytes, std::uint32_t interface, MessageFlags flags) {
  const auto limit = static_cast<std::size_t>(options_.receive_buffer);
  if (inbox_.put({std::move(bytes), interface, flags, network().now()}, limit)) notify(Interest::read);
}

void CanSocket::report(Errc error) {
  error_ = error;
  notify();
}

Result<std::size_t> CanSocket::receive(ReceiveRequest& request, Scatter& room, bool) {
  constexpr Operation kOperation = Operation::recv;
  if (const Errc error = take_error(); error != Errc::ok) return fail(kOperation, error);
  if (inbox_.empty()) return fail(kOperation, Errc::eagain);
  const CanInbox::Letter& letter = inbox_.front();
  const std::size_t size = letter.bytes.size();
  const std::size_t copied = room.put(reinterpret_cast<const std::byte*>(letter.bytes.data()), size);
  request.received_flags |= letter.flags;
  if (copied < size && tells_truncation()) request.received_flags |= msg_trunc;
  if (request.address != nullptr) *request.address = sender_on(letter.interface);
  ControlRoom control(request);
  put_timestamp(options_, letter.arrival, control);
  if (!request.flags.has(msg_peek)) inbox_.pop();
  return request.flags.has(msg_trunc) && tells_length() ? size : copied;
}

void CanSocket::release() {
  forget();
  inbox_.clear();
}

}  // namespace everysock::memory
