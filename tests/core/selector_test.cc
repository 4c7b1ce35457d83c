#include "everysock/selector.h"

#include <doctest/doctest.h>

#include <deque>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

// What the pollers of a ScriptedBackend do; outlives them.
struct Script {
  Result<void> add, remove, callback;
  std::deque<Result<std::size_t>> waits;
  int watched = 0;
};

class ScriptedPoller : public Poller {
 public:
  explicit ScriptedPoller(Script& script) : script_(script) {}
  Result<void> add(Handle, Interest, std::uint64_t) override {
    if (script_.add) ++script_.watched;
    return script_.add;
  }
  Result<void> modify(Handle, Interest, std::uint64_t) override { return {}; }
  Result<void> remove(Handle) override { return script_.remove; }
  Result<std::size_t> wait(std::span<ReadyEvent>, Deadline) override {
    const auto outcome = script_.waits.front();
    script_.waits.pop_front();
    return outcome;
  }
  void wake() override {}
  Result<void> set_callback(std::function<void()>) override { return script_.callback; }

 private:
  Script& script_;
};

class ScriptedBackend : public FakeBackend {
 public:
  Script script;
  Result<std::unique_ptr<Poller>> new_poller() override { return std::make_unique<ScriptedPoller>(script); }
};

TEST_CASE("what the backend's poller refuses is reported and leaves nothing behind") {
  ScriptedBackend backend;
  Socket s = backend.make_socket();
  Selector selector = Selector::create(backend).value();
  backend.script.add = fail(Operation::none, Errc::enospc);
  CHECK(selector.add(s, Interest::read).error() == Error(Operation::select, Errc::enospc));
  CHECK(selector.size() == 0);
  backend.script.add = {};
  CHECK(selector.add(s, Interest::read));
  CHECK(selector.size() == 1);

  backend.script.remove = fail(Operation::none, Errc::eio);
  CHECK(selector.remove(s).error() == Error(Operation::select, Errc::eio));
  CHECK(selector.size() == 0);
  CHECK(backend.script.watched == 1);
}

TEST_CASE("a socket that was closed behind the selector's back is removed without complaint") {
  for (Errc gone : {Errc::ebadf, Errc::enoent}) {
    ScriptedBackend backend;
    Socket s = backend.make_socket();
    Selector selector = Selector::create(backend).value();
    REQUIRE(selector.add(s, Interest::read));
    backend.script.remove = fail(Operation::none, gone);
    CHECK(selector.remove(s));
    CHECK(selector.remove(s).error() == UsageErrc::not_registered);
  }
}

TEST_CASE("a signal does not end select, another error does") {
  ScriptedBackend backend;
  Selector selector = Selector::create(backend).value();
  backend.script.waits = {fail(Operation::none, Errc::eintr), std::size_t{0}, fail(Operation::none, Errc::enomem)};
  CHECK(selector.select(1).value().empty());
  CHECK(selector.select(1).error() == Error(Operation::select, Errc::enomem));
  CHECK(backend.script.waits.empty());
}

TEST_CASE("callbacks are the poller's to have") {
  ScriptedBackend backend;
  Selector selector = Selector::create(backend).value();
  CHECK(selector.set_callback([] {}));
  backend.script.callback = fail(Operation::none, Errc::eopnotsupp);
  CHECK(selector.set_callback([] {}).error() == Error(Operation::select, Errc::eopnotsupp));
}

TEST_CASE("a selector can be moved") {
  ScriptedBackend backend;
  Socket s = backend.make_socket();
  Selector first = Selector::create(backend).value();
  REQUIRE(first.add(s, Interest::read));
  Selector second = Selector::create(backend).value();
  second = std::move(first);
  CHECK(second.size() == 1);
}

}  // namespace
}  // namespace everysock
