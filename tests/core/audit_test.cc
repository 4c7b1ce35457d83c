// Audit hooks. They cannot be removed: the one that this program adds listens only where a test says so.
#include "everysock/audit.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "src/audit.h"
#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

thread_local AuditHook listener;

// The first hook, if no test has added one yet; it refuses nothing by itself.
void add_dispatching_hook() {
  static const bool added = add_audit_hook([](const AuditEvent& event) -> Result<void> {
                              if (listener) return listener(event);
                              return {};
                            }).has_value();
  REQUIRE(added);
}

struct Listening {
  explicit Listening(AuditHook hook) {
    add_dispatching_hook();
    listener = std::move(hook);
  }
  ~Listening() { listener = nullptr; }
};

TEST_CASE("audit: an empty hook is refused") {
  const auto added = add_audit_hook(nullptr);
  REQUIRE_FALSE(added);
  CHECK(added.error().message() == "add_audit_hook: Invalid argument [EINVAL]");
}

TEST_CASE("audit: a call that is refused is not made, and gives the hook's error under its own name") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  const Listening hook([](const AuditEvent&) -> Result<void> { return fail(Operation::none, Errc::eperm); });
  CHECK(socket.bind(InetAddress{"127.0.0.1", 80}).error().message() == "bind: Operation not permitted [EPERM]");
  CHECK(socket.connect(InetAddress{"127.0.0.1", 80}).error() == Errc::eperm);
  CHECK(socket.connect_ex(InetAddress{"127.0.0.1", 80}).error() == Errc::eperm);
  CHECK(socket.sendto("x", InetAddress{"127.0.0.1", 80}).error() == Errc::eperm);
  CHECK(socket.sendmsg({"x"}).error() == Errc::eperm);
  CHECK(socket.dup().error() == Errc::eperm);
  CHECK(everysock::socket(af_inet, sock_stream, {}, backend).error() == Errc::eperm);
  CHECK(socket_from_fileno(5, {}, backend).error() == Errc::eperm);
  CHECK(fromfd(5, af_inet, sock_stream, {}, backend).error() == Errc::eperm);
  CHECK(socketpair(af_unix, sock_stream, {}, backend).error() == Errc::eperm);
  CHECK(getfqdn("127.0.0.1", backend).error() == Errc::eperm);
  CHECK(getservbyname("http", {}, backend).error() == Errc::eperm);
  CHECK(getservbyport(80, {}, backend).error() == Errc::eperm);
  CHECK(sethostname("x", backend).error() == Errc::eperm);
  for (const char* call :
       {"bind", "connect", "send", "getservbyname", "getservbyport", "sethostname", "gethostbyaddr"}) {
    CHECK(backend.calls[call] == 0);
  }
  CHECK(backend.calls["open"] == 1);  // the socket from before
}

TEST_CASE("audit: a refused accept closes the connection") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  const Listening hook([](const AuditEvent& event) -> Result<void> {
    CHECK(audit_event_name(event) == "socket.__new__");
    return fail(Operation::none, Errc::eacces);
  });
  CHECK(socket.accept().error().message() == "accept: Permission denied [EACCES]");
  CHECK(backend.calls["accept"] == 1);
  CHECK(backend.calls["close"] == 1);
}

TEST_CASE("audit: hooks are asked in their order, up to the first that refuses; adding one is an event") {
  static std::string order;
  add_dispatching_hook();
  REQUIRE(add_audit_hook([](const AuditEvent& event) -> Result<void> {
    if (listener && audit_event_name(event) == "socket.gethostname") order += "second";
    return {};
  }));
  bool refuse = false;
  FakeBackend backend;
  const Listening hook([&](const AuditEvent& event) -> Result<void> {
    order += "first " + std::string(audit_event_name(event)) + ' ';
    if (refuse) return fail(Operation::none, Errc::eperm);
    return {};
  });
  CHECK(gethostname(backend));
  CHECK(order == "first socket.gethostname second");
  order.clear();
  refuse = true;
  CHECK(gethostname(backend).error() == Errc::eperm);
  CHECK(order == "first socket.gethostname ");
  order.clear();
  CHECK(add_audit_hook([](const AuditEvent&) -> Result<void> { return {}; }).error() == Errc::eperm);
  CHECK(order == "first sys.addaudithook ");
}

TEST_CASE("audit: arguments that are unsound raise nothing") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  int events = 0;
  const Listening hook([&](const AuditEvent&) -> Result<void> {
    ++events;
    return {};
  });
  CHECK_FALSE(socket.bind(InetAddress{"127.0.0.1", 70000}));
  CHECK_FALSE(socket.bind(InetAddress{"a..b", 80}));
  CHECK_FALSE(socket.connect(InetAddress{"no-such-host", 80}));  // not resolved
  CHECK_FALSE(getservbyport(-1, {}, backend));
  CHECK_FALSE(gethostbyname("a\xFF", backend));
  CHECK(events == 0);
}

TEST_CASE("audit: hooks may be added and asked by several threads at once") {
  static std::atomic<int> asked{0};
  add_dispatching_hook();
  constexpr int kThreads = 4;
  constexpr int kHooks = 8;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([] {
      FakeBackend backend;
      for (int hook = 0; hook < kHooks; ++hook) {
        (void)add_audit_hook([](const AuditEvent& event) -> Result<void> {
          if (audit_event_name(event) == "socket.sethostname") asked.fetch_add(1, std::memory_order_relaxed);
          return {};
        });
        (void)gethostname(backend);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  FakeBackend backend;
  asked = 0;
  CHECK(sethostname("name", backend));
  CHECK(asked == kThreads * kHooks);  // none was lost
}

}  // namespace
}  // namespace everysock
