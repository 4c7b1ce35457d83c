// What a system reports now and then: signals in the middle of a call, and a close that fails. A backend over the one
// under test brings them about.
#include <map>
#include <string>

#include "everysock/backend_wrapper.h"
#include "framework/case.h"

namespace everysock::conformance {
namespace {

class FaultyBackend : public BackendWrapper {
 public:
  using BackendWrapper::BackendWrapper;

  int signals = 0;                  // how many of the next calls a signal interrupts
  std::optional<Errc> close_error;  // what close() reports, having closed
  std::map<std::string, int> calls;

  Result<Handle> accept(Handle handle, Address* peer) override {
    if (interrupted("accept")) return fail(Operation::accept, Errc::eintr);
    return inner().accept(handle, peer);
  }
  Result<std::size_t> send(Handle handle, const SendRequest& request) override {
    if (interrupted("send")) return fail(Operation::send, Errc::eintr);
    return inner().send(handle, request);
  }
  Result<std::size_t> receive(Handle handle, ReceiveRequest& request) override {
    if (interrupted("receive")) return fail(Operation::recv, Errc::eintr);
    return inner().receive(handle, request);
  }
  Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) override {
    if (interrupted("wait")) return fail(Operation::select, Errc::eintr);
    return inner().wait(items, deadline);
  }
  // A signal interrupts the call, but the connecting goes on.
  Result<void> connect(Handle handle, const Address& address) override {
    if (!interrupted("connect")) return inner().connect(handle, address);
    const bool blocking = REQUIRE_OK(inner().blocking(handle));
    REQUIRE_OK(inner().set_blocking(handle, false));
    const auto begun = inner().connect(handle, address);
    REQUIRE_OK(inner().set_blocking(handle, blocking));
    if (!begun && begun.error() != Errc::einprogress) return begun;
    return fail(Operation::connect, Errc::eintr);
  }
  Result<void> close(Handle handle) override {
    ++calls["close"];
    const auto closed = inner().close(handle);
    if (close_error) return fail(Operation::close, *close_error);
    return closed;
  }

 private:
  bool interrupted(const char* call) {
    ++calls[call];
    if (signals == 0) return false;
    --signals;
    return true;
  }
};

// A socket of the faulty backend connected to one of the backend under test.
Connection faulty_connection(Context& t, FaultyBackend& faulty, const Kind& kind) {
  Socket listener = t.listener(kind);
  Connection c;
  c.client = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
  REQUIRE_OK(c.client.connect(REQUIRE_OK(listener.getsockname())));
  c.server = REQUIRE_OK(listener.accept()).socket;
  return c;
}

// ---- signals ----

CONFORMANCE_OVER(listener_kinds, "fault/signals_while_sending_and_receiving",
                 Rows({"behaviour/B11", "method/send", "method/recv", "method/sendall"}), Needs{}) {
  for (const Timeout timeout : {Timeout(std::nullopt), Timeout(Context::patience)}) {
    FaultyBackend faulty(t.backend());
    Connection c = faulty_connection(t, faulty, kind);
    REQUIRE_OK(c.client.settimeout(timeout));
    const auto interrupt = [&] { faulty.signals = 5; };
    interrupt();
    REQUIRE_EQ(REQUIRE_OK(c.client.send("one")), 3u);
    REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "one");
    interrupt();
    REQUIRE_OK(c.client.sendall("two"));
    REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "two");
    interrupt();
    REQUIRE_EQ(REQUIRE_OK(c.client.sendmsg({"th", "ree"})), 5u);
    REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "three");
    for (int i = 0; i < 4; ++i) {
      REQUIRE_OK(c.server.send("back"));
      interrupt();
      std::string buffer(10, '-');
      if (i == 0) REQUIRE_EQ(REQUIRE_OK(c.client.recv(10)), "back");
      if (i == 1) REQUIRE_EQ(REQUIRE_OK(c.client.recv_into(buffer)), 4u);
      if (i == 2) REQUIRE_EQ(REQUIRE_OK(c.client.recvfrom(10)).data, "back");
      if (i == 3) REQUIRE_EQ(REQUIRE_OK(c.client.recvmsg(10)).data, "back");
      REQUIRE_EQ(faulty.signals, 0);
    }
  }
}

CONFORMANCE_OVER(listener_kinds, "fault/signals_while_accepting", Rows({"behaviour/B11", "method/accept"}), Needs{}) {
  FaultyBackend faulty(t.backend());
  Socket listener = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
  REQUIRE_OK(listener.bind(t.fresh_address(kind)));
  REQUIRE_OK(listener.listen());
  Socket client = t.open(kind);
  REQUIRE_OK(client.connect(REQUIRE_OK(listener.getsockname())));
  faulty.signals = 5;
  Socket server = REQUIRE_OK(listener.accept()).socket;
  REQUIRE_EQ(faulty.signals, 0);
}

CONFORMANCE_OVER(tcp_kinds, "fault/signals_in_a_file", Rows({"behaviour/B11", "method/makefile"}), Needs{}) {
  FaultyBackend faulty(t.backend());
  Connection c = faulty_connection(t, faulty, kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("rw"));
  REQUIRE_OK(file.write("line\n"));
  faulty.signals = 3;
  REQUIRE_OK(file.flush());
  REQUIRE_OK(c.server.sendall(REQUIRE_OK(c.server.recv(10))));
  faulty.signals = 3;
  REQUIRE_EQ(REQUIRE_OK(file.readline()), "line\n");
}

CONFORMANCE_OVER(tcp_kinds, "fault/signals_do_not_prolong_a_time_out", Rows({"behaviour/B11", "behaviour/B05"}),
                 Needs{}) {
  FaultyBackend faulty(t.backend());
  Connection c = faulty_connection(t, faulty, kind);
  REQUIRE_OK(c.client.settimeout(Context::moment));
  faulty.signals = 10;
  const double before = t.now();
  REQUIRE_TIMEOUT(c.client.recv(1));
  REQUIRE_GE(t.now() - before, Context::moment * 0.99);
  REQUIRE_EQ(faulty.signals, 0);
}

CONFORMANCE_OVER(tcp_kinds, "fault/connect_goes_on_after_a_signal", Rows({"behaviour/B12", "method/connect"}),
                 Needs{}) {
  for (const Timeout timeout : {Timeout(std::nullopt), Timeout(Context::patience)}) {
    FaultyBackend faulty(t.backend());
    Socket listener = t.listener(kind);
    Socket s = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
    REQUIRE_OK(s.settimeout(timeout));
    faulty.signals = 3;  // the connect, and twice the waiting
    REQUIRE_OK(s.connect(REQUIRE_OK(listener.getsockname())));
    REQUIRE_EQ(faulty.calls["connect"], 1);
    REQUIRE_EQ(faulty.signals, 0);
    REQUIRE_EQ(REQUIRE_OK(s.getpeername()), REQUIRE_OK(listener.getsockname()));
    Socket refused = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
    REQUIRE_OK(refused.settimeout(timeout));
    faulty.signals = 1;
    REQUIRE_ERROR(refused.connect(t.nobody(kind)), Errc::econnrefused);  // as SO_ERROR says
  }
}

CONFORMANCE_OVER(tcp_kinds, "fault/nonblocking_connect_reports_a_signal",
                 Rows({"behaviour/B12", "method/connect", "method/connect_ex", "exception/InterruptedError"}),
                 Needs{}) {
  FaultyBackend faulty(t.backend());
  Socket listener = t.listener(kind);
  const Address address = REQUIRE_OK(listener.getsockname());
  for (const bool ex : {false, true}) {
    Socket s = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
    REQUIRE_OK(s.setblocking(false));
    faulty.signals = 1;
    if (ex) {
      REQUIRE_EQ(REQUIRE_OK(s.connect_ex(address)), Errc::eintr);
    } else {
      REQUIRE_ERROR(s.connect(address), Errc::eintr);
    }
    REQUIRE(t.ready(s, Interest::write));  // it went on all the same
    REQUIRE_EQ(REQUIRE_OK(s.getpeername()), address);
  }
}

// ---- close ----

CONFORMANCE_OVER(tcp_kinds, "fault/close_reports_and_is_not_repeated", Rows({"behaviour/B13", "method/close"}),
                 Needs{}) {
  for (const Errc error : {Errc::eio, Errc::eintr, Errc::enospc}) {
    FaultyBackend faulty(t.backend());
    Socket s = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
    faulty.close_error = error;
    const Error reported = REQUIRE_ERROR(s.close(), error);
    REQUIRE_EQ(reported.operation(), Operation::close);
    REQUIRE_EQ(s.fileno(), -1);
    REQUIRE_OK(s.close());
    REQUIRE_EQ(faulty.calls["close"], 1);
  }
}

CONFORMANCE_OVER(tcp_kinds, "fault/close_after_a_reset", Rows({"behaviour/B13", "method/close"}), Needs{}) {
  FaultyBackend faulty(t.backend());
  Socket s = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
  faulty.close_error = Errc::econnreset;
  REQUIRE_OK(s.close());
  REQUIRE_EQ(s.fileno(), -1);
}

CONFORMANCE_OVER(tcp_kinds, "fault/last_file_reports", Rows({"behaviour/B13", "behaviour/B17", "method/makefile"}),
                 Needs{}) {
  FaultyBackend faulty(t.backend());
  Socket s = REQUIRE_OK(socket(kind.family, kind.type, {}, faulty));
  SocketFile file = REQUIRE_OK(s.makefile("rb"));
  faulty.close_error = Errc::eio;
  REQUIRE_OK(s.close());
  REQUIRE_EQ(faulty.calls["close"], 0);
  REQUIRE_ERROR(file.close(), Errc::eio);
  REQUIRE_EQ(faulty.calls["close"], 1);
  REQUIRE_OK(file.close());
  REQUIRE_OK(s.close());
  REQUIRE_EQ(faulty.calls["close"], 1);
}

CONFORMANCE("fault/close_of_a_descriptor", Rows({"behaviour/B13", "function/close"}),
            Needs{Feature::inet_stream, Feature::adopt}) {
  FaultyBackend faulty(t.backend());
  faulty.close_error = Errc::eio;
  REQUIRE_ERROR(close(t.open(tcp4).detach(), faulty), Errc::eio);
  faulty.close_error = Errc::econnreset;
  REQUIRE_OK(close(t.open(tcp4).detach(), faulty));
  REQUIRE_EQ(faulty.calls["close"], 2);
}

}  // namespace
}  // namespace everysock::conformance
