// A backend that does what a test tells it to, and counts what is asked of it.
#ifndef EVERYSOCK_TESTS_CORE_FAKE_BACKEND_H_
#define EVERYSOCK_TESTS_CORE_FAKE_BACKEND_H_

#include <deque>
#include <map>
#include <string>

#include "everysock/backend.h"
#include "everysock/socket.h"

namespace everysock {

// One socket's worth of script: each call of send, receive, accept or connect takes the next outcome; a wait() takes
// the next entry of `waits`, which says how far the clock moves and whether anything is ready afterwards.
class FakeBackend : public Backend, public Resolver {
 public:
  struct Wait {
    std::int64_t takes = 0;
    Result<std::size_t> outcome = 1;
  };

  std::deque<Result<std::size_t>> transfers;
  std::deque<Result<void>> connects;
  std::deque<Wait> waits;
  std::deque<Result<std::vector<AddressInfo>>> lookups;
  std::deque<Result<HostEntry>> entries;
  std::map<std::string, int> calls;
  std::int64_t clock = 0;
  int pending_error = 0;
  bool is_blocking = true;
  Address last_address;
  Deadline last_deadline;
  Result<void> blocking_outcome;
  Result<void> close_outcome;
  Result<void> option_outcome;

  Socket make_socket(AddressFamily family = af_inet, SocketKind kind = sock_stream) {
    return std::move(*socket(family, kind, {}, *this));
  }

  std::string_view name() const override { return "fake"; }
  Support supports(Feature) const override { return {SupportLevel::emulated, {}}; }
  std::int64_t now() override {
    ++calls["now"];
    return clock;
  }
  Result<Handle> open(AddressFamily, SocketKind, Protocol) override;
  Result<std::pair<Handle, Handle>> open_pair(AddressFamily, SocketKind, Protocol) override;
  Result<Handle> adopt(std::int64_t native) override { return static_cast<Handle>(native); }
  std::int64_t native(Handle handle) const override { return static_cast<std::int64_t>(handle); }
  Result<Handle> duplicate(Handle) override { return open({}, {}, {}); }
  Result<void> close(Handle) override;
  Result<bool> inheritable(Handle) override { return false; }
  Result<void> set_inheritable(Handle, bool) override { return {}; }
  Result<void> bind(Handle, const Address& address) override;
  Result<void> listen(Handle, int) override { return {}; }
  Result<Handle> accept(Handle, Address*) override;
  Result<void> connect(Handle, const Address& address) override;
  Result<void> shutdown(Handle, ShutdownHow) override { return {}; }
  Result<Address> local_address(Handle) override { return InetAddress{"0.0.0.0", 0}; }
  Result<Address> peer_address(Handle) override { return fail(Operation::getpeername, Errc::enotconn); }
  Result<std::size_t> send(Handle, const SendRequest& request) override;
  Result<std::size_t> receive(Handle, ReceiveRequest& request) override;
  Result<std::size_t> get_option(Handle, OptionLevel, Option option, std::span<std::byte> value) override;
  Result<void> set_option(Handle, OptionLevel, Option, std::span<const std::byte>) override { return option_outcome; }
  Result<void> set_blocking(Handle, bool blocking) override;
  Result<bool> blocking(Handle) override { return is_blocking; }
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override;
  Result<std::unique_ptr<Poller>> new_poller() override { return fail(Operation::select, Errc::eopnotsupp); }
  Resolver& resolver() override { return *this; }

  Result<std::vector<AddressInfo>> getaddrinfo(const AddressInfoQuery& query) override;
  Result<NameInfo> getnameinfo(const Address&, NameInfoFlags) override { return NameInfo{"host", "service"}; }
  Result<HostEntry> gethostbyname_ex(const std::string& name) override;
  Result<HostEntry> gethostbyaddr(const Address& address) override;
  Result<std::uint16_t> getservbyname(const std::string& name, const std::optional<std::string>& protocol) override;
  Result<std::string> getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) override;
  Result<Protocol> getprotobyname(const std::string& name) override;
  Result<std::string> gethostname() override { return std::string("fake"); }
  Result<void> sethostname(std::string_view name) override;
  Result<std::vector<InterfaceName>> if_nameindex() override { return std::vector<InterfaceName>{}; }
  Result<std::uint32_t> if_nametoindex(std::string_view) override { return 1u; }
  Result<std::string> if_indextoname(std::uint32_t) override { return std::string("lo"); }

  AddressInfoQuery last_query;
  std::string last_name;
  std::optional<std::string> last_protocol;

 private:
  std::int64_t next_handle_ = 100;
};

}  // namespace everysock

#endif  // EVERYSOCK_TESTS_CORE_FAKE_BACKEND_H_
