#include "tests/core/fake_backend.h"

#include <cstring>

namespace everysock {
namespace {

template <typename T>
T take(std::deque<T>& script, T otherwise) {
  if (script.empty()) return otherwise;
  T front = script.front();
  script.pop_front();
  return front;
}

}  // namespace

Result<Handle> FakeBackend::open(AddressFamily, SocketKind, Protocol) {
  ++calls["open"];
  return static_cast<Handle>(next_handle_++);
}

Result<std::pair<Handle, Handle>> FakeBackend::open_pair(AddressFamily, SocketKind, Protocol) {
  const auto first = static_cast<Handle>(next_handle_++);
  return std::pair(first, static_cast<Handle>(next_handle_++));
}

Result<void> FakeBackend::close(Handle) {
  ++calls["close"];
  return close_outcome;
}

Result<void> FakeBackend::bind(Handle, const Address& address) {
  ++calls["bind"];
  last_address = address;
  return {};
}

Result<Handle> FakeBackend::accept(Handle, Address*) {
  ++calls["accept"];
  const auto outcome = take(transfers, Result<std::size_t>(0));
  if (!outcome) return Unexpected(outcome.error());
  return static_cast<Handle>(next_handle_++);
}

Result<void> FakeBackend::connect(Handle, const Address& address) {
  ++calls["connect"];
  last_address = address;
  return take(connects, Result<void>());
}

Result<std::size_t> FakeBackend::send(Handle, const SendRequest& request) {
  ++calls["send"];
  if (request.address != nullptr) last_address = *request.address;
  std::size_t size = 0;
  for (const ConstBuffer& buffer : request.buffers) size += buffer.size();
  return take(transfers, Result<std::size_t>(size));
}

Result<std::size_t> FakeBackend::receive(Handle, ReceiveRequest& request) {
  ++calls["receive"];
  const auto size = take(transfers, Result<std::size_t>(0));
  if (size && !request.buffers.empty()) {
    std::memset(request.buffers[0].data(), 'x', std::min(*size, request.buffers[0].size()));
  }
  return size;
}

Result<std::size_t> FakeBackend::get_option(Handle, OptionLevel, Option option, std::span<std::byte> value) {
  const int number = option == so_error ? pending_error : option == so_domain ? static_cast<int>(af_inet.value()) : 1;
  std::memcpy(value.data(), &number, std::min(sizeof(number), value.size()));
  return std::min(sizeof(number), value.size());
}

Result<void> FakeBackend::set_blocking(Handle, bool blocking) {
  ++calls["set_blocking"];
  if (!blocking_outcome) return blocking_outcome;
  is_blocking = blocking;
  return {};
}

Result<std::size_t> FakeBackend::wait(std::span<WaitItem> items, Deadline deadline) {
  ++calls["wait"];
  last_deadline = deadline;
  const Wait script = take(waits, Wait{});
  clock += script.takes;
  if (!script.outcome) return script.outcome;
  for (WaitItem& item : items) item.ready = *script.outcome > 0 ? item.interest : Interest::none;
  return script.outcome;
}

Result<std::vector<AddressInfo>> FakeBackend::getaddrinfo(const AddressInfoQuery& query) {
  ++calls["getaddrinfo"];
  last_query = query;
  return take(lookups, Result<std::vector<AddressInfo>>(fail(Operation::getaddrinfo, GaiErrc::noname)));
}

Result<HostEntry> FakeBackend::gethostbyname_ex(const std::string& name) {
  ++calls["gethostbyname_ex"];
  last_name = name;
  return take(entries, Result<HostEntry>(fail(Operation::gethostbyname_ex, HostErrc::host_not_found)));
}

Result<HostEntry> FakeBackend::gethostbyaddr(const Address& address) {
  ++calls["gethostbyaddr"];
  last_address = address;
  return take(entries, Result<HostEntry>(fail(Operation::gethostbyaddr, HostErrc::host_not_found)));
}

Result<std::uint16_t> FakeBackend::getservbyname(const std::string& name, const std::optional<std::string>& protocol) {
  ++calls["getservbyname"];
  last_name = name;
  last_protocol = protocol;
  return std::uint16_t{80};
}

Result<std::string> FakeBackend::getservbyport(std::uint16_t, const std::optional<std::string>& protocol) {
  ++calls["getservbyport"];
  last_protocol = protocol;
  return std::string("http");
}

Result<Protocol> FakeBackend::getprotobyname(const std::string& name) {
  ++calls["getprotobyname"];
  last_name = name;
  return ipproto_tcp;
}

Result<void> FakeBackend::sethostname(std::string_view name) {
  ++calls["sethostname"];
  last_name = name;
  return {};
}

}  // namespace everysock
