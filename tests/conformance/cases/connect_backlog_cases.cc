// A full backlog holds connections back: they stay in progress, time out, and go on when there is room.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

// Fills the listener's backlog, so that a further connection attempt hangs. Returns what fills it.
std::vector<Socket> fill_backlog(Context& t, const Kind& kind, const Address& address) {
  std::vector<Socket> fillers;
  for (int i = 0; i < 20; ++i) {
    Socket s = t.open(kind);
    REQUIRE_OK(s.setblocking(false));
    const Result<void> connected = s.connect(address);
    const bool pending = !connected && connected.error() == Errc::einprogress;
    if (!connected && !pending) {
      REQUIRE_ERROR(connected, Errc::eagain);  // AF_UNIX says so at once
      return fillers;
    }
    const bool done = t.ready(s, Interest::write, 0.3);
    fillers.push_back(std::move(s));
    if (!done) return fillers;
  }
  fail_case(EVERYSOCK_HERE, "20 connections do not fill a backlog of 0");
}

CONFORMANCE_OVER(tcp_kinds, "connect/ex_in_progress", Rows({"method/connect_ex", "exception/BlockingIOError"}),
                 Needs{}) {
  Socket listener = t.listener(kind);
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(REQUIRE_OK(listener.getsockname()))), Errc::einprogress);
  REQUIRE(t.ready(client, Interest::write));
  REQUIRE_OK(client.getpeername());
}

CONFORMANCE_OVER(tcp_kinds, "connect/already", Rows({"method/connect"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const Address address = REQUIRE_OK(listener.getsockname());
  std::vector<Socket> fillers = fill_backlog(t, kind, address);
  Socket& hanging = fillers.back();
  REQUIRE(REQUIRE_ERROR(hanging.connect(address), Errc::ealready).would_block());
}

CONFORMANCE_OVER(tcp_kinds, "connect/times_out", Rows({"method/connect", "behaviour/B06", "exception/timeout"}),
                 Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const Address address = REQUIRE_OK(listener.getsockname());
  const std::vector<Socket> fillers = fill_backlog(t, kind, address);
  Socket client = t.open(kind);
  REQUIRE_OK(client.settimeout(0.1));
  const double start = t.now();
  const Error error = REQUIRE_TIMEOUT(client.connect(address));
  REQUIRE_GE(t.now() - start, 0.099);
  REQUIRE_LT(t.now() - start, 5.0);
  REQUIRE_EQ(error.message(), "connect: timed out");
}

CONFORMANCE_OVER(tcp_kinds, "connect/ex_times_out", Rows({"method/connect_ex"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const Address address = REQUIRE_OK(listener.getsockname());
  const std::vector<Socket> fillers = fill_backlog(t, kind, address);
  Socket client = t.open(kind);
  REQUIRE_OK(client.settimeout(0.05));
  REQUIRE_EQ(REQUIRE_OK(client.connect_ex(address)), Errc::eagain);
}

CONFORMANCE_OVER((std::array{&unix_path, &unix_abstract, &seqpacket}), "connect/backlog_full",
                 Rows({"method/listen", "method/connect"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 1);
  const Address address = REQUIRE_OK(listener.getsockname());
  const std::vector<Socket> fillers = fill_backlog(t, kind, address);
  REQUIRE_EQ(fillers.size(), 2u);  // Linux: the backlog and one more
  Socket client = t.open(kind);
  REQUIRE_OK(client.setblocking(false));
  REQUIRE_ERROR(client.connect(address), Errc::eagain);
  REQUIRE_OK(listener.accept());
  REQUIRE_OK(client.connect(address));  // there is room again
}

CONFORMANCE_OVER(tcp_kinds, "connect/backlog_drains", Rows({"method/listen"}), Needs{Feature::backlog}) {
  Socket listener = t.listener(kind, 0);
  const std::vector<Socket> fillers = fill_backlog(t, kind, REQUIRE_OK(listener.getsockname()));
  for (std::size_t i = 0; i + 1 < fillers.size(); ++i) REQUIRE_OK(listener.accept());
  // The one that was held back is let in when its system tries again.
  REQUIRE(t.ready(listener, Interest::read));
  REQUIRE_OK(listener.accept());
}

}  // namespace
}  // namespace everysock::conformance
