// Sockets in messages over pairs of another backend: they arrive as themselves, and are let go however they are lost.
#include "backends/wasi/passing.h"

#include <memory>
#include <string>

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "backends/memory/memory_backend.h"
#include "everysock/control_messages.h"

namespace everysock::wasi {
namespace {

// One that tells of its end.
class Probe : public Socket {
 public:
  explicit Probe(int& alive) : Socket(af_inet, sock_stream, ipproto_tcp), alive_(alive) { ++alive_; }
  ~Probe() override { --alive_; }
  Result<void> bind(const Address&) override { return {}; }
  Result<void> listen(int) override { return {}; }
  Result<std::shared_ptr<Socket>> accept(Address*) override { return fail(Operation::accept, Errc::eagain); }
  Result<void> connect(const Address&) override { return {}; }
  Result<void> shutdown(ShutdownHow) override { return {}; }
  Result<Address> local_address() override { return Address(); }
  Result<Address> peer_address() override { return Address(); }
  Result<std::size_t> send(const SendRequest&) override { return 0; }
  Result<std::size_t> receive(ReceiveRequest&) override { return 0; }
  Result<std::size_t> get_option(OptionLevel, Option, std::span<std::byte>) override { return 0; }
  Result<void> set_option(OptionLevel, Option, std::span<const std::byte>) override { return {}; }
  Interest ready(Interest) override { return Interest::none; }
  void add_pollables(Interest, std::vector<std::int32_t>&) override {}
  bool is_drained() override { return drained; }

  bool drained = true;

 private:
  int& alive_;
};

// Owns an end of a pair, as a socket of the backend does.
class End : public Probe {
 public:
  End(Passing& passing, Handle handle, int& alive) : Probe(alive), passing_(passing), handle_(handle) {}
  ~End() override { passing_.close(handle_); }

 private:
  Passing& passing_;
  const Handle handle_;
};

class Fixture {
 public:
  Fixture() {
    const auto pair = local->open_pair(af_unix, sock_dgram | sock_nonblock, Protocol()).value();
    from = pair.first;
    to = pair.second;
  }
  ~Fixture() {
    table.remove_all();
    passing.drop_all();
    CHECK(alive == 0);
  }

  Handle probe() { return table.add(std::make_shared<Probe>(alive)); }
  Result<std::size_t> send(Handle over, std::vector<Handle> handles) {
    Rights rights;
    for (const Handle handle : handles) rights.descriptors.push_back(static_cast<std::int64_t>(handle));
    return send(over, rights.message());
  }
  Result<std::size_t> send(Handle over, const ControlMessage& item) {
    const ConstBuffer data = "m";
    return passing.send(over, {.buffers = {&data, 1}, .control = {&item, 1}});
  }
  std::vector<Handle> receive(std::size_t room, MessageFlags flags = {}) {
    char byte;
    const MutableBuffer buffer(&byte, 1);
    std::vector<ControlMessage> items;
    ReceiveRequest request{.buffers = {&buffer, 1}, .flags = flags, .control_capacity = room, .control = &items};
    REQUIRE(passing.receive(to, request).value() == 1);
    truncated = request.received_flags.has(msg_ctrunc);
    std::vector<Handle> handles;
    for (const ControlMessage& item : items) {
      const Rights rights = Rights::from(item).value();
      for (const std::int64_t number : rights.descriptors) handles.push_back(Handle{number});
    }
    return handles;
  }

  std::unique_ptr<Backend> local = new_memory_backend(1);
  SocketTable table;
  Passing passing{*local, table};
  Handle from;
  Handle to;
  int alive = 0;
  bool truncated = false;
};

TEST_CASE_FIXTURE(Fixture, "What arrives is the same socket, by handles of its own") {
  const Handle one = probe();
  const Handle two = probe();
  const auto first = table.find(one);
  const auto second = table.find(two);
  REQUIRE(send(from, {one, two, one}).value() == 1);
  table.remove(one);
  const std::vector<Handle> got = receive(100);
  REQUIRE(got.size() == 3);
  CHECK(table.find(got[0]) == first);
  CHECK(table.find(got[1]) == second);
  CHECK(table.find(got[2]) == first);
  CHECK(got[1] != two);
  CHECK(!truncated);
  CHECK(*table.inheritable(got[0]));
  REQUIRE(send(from, {two}).value() == 1);
  CHECK(!*table.inheritable(receive(100, msg_cmsg_cloexec).at(0)));
}

TEST_CASE_FIXTURE(Fixture, "A message on its way keeps its sockets open, and lets them go when it is lost") {
  const Handle handle = probe();
  REQUIRE(send(from, {handle}).value() == 1);
  table.remove(handle);
  CHECK(alive == 1);
  SUBCASE("with the socket that it waits in") { passing.close(to); }
  SUBCASE("for want of room") {
    CHECK(receive(0).empty());
    CHECK(truncated);
  }
  SUBCASE("received and closed") { table.remove(receive(100).at(0)); }
  CHECK(alive == 0);
}

TEST_CASE_FIXTURE(Fixture, "What there is no room for is cut off at the end") {
  const Handle one = probe();
  const Handle two = probe();
  const auto first = table.find(one);
  REQUIRE(send(from, {one, two}).value() == 1);
  table.remove(one);
  table.remove(two);
  const std::vector<Handle> got = receive(20);
  REQUIRE(got.size() == 1);
  CHECK(table.find(got[0]) == first);
  CHECK(truncated);
  CHECK(alive == 1);
}

TEST_CASE_FIXTURE(Fixture, "Looking at a message leaves it its sockets") {
  const Handle handle = probe();
  REQUIRE(send(from, {handle}).value() == 1);
  table.remove(handle);
  const Handle seen = receive(100, msg_peek).at(0);
  CHECK(table.find(seen));
  table.remove(seen);
  CHECK(alive == 1);
  CHECK(table.find(receive(100).at(0)));
}

TEST_CASE_FIXTURE(Fixture, "A lost message takes along what waits in the sockets that it carries") {
  const auto [inner_from, inner_to] = local->open_pair(af_unix, sock_dgram, Protocol()).value();
  const Handle passed = table.add(std::make_shared<End>(passing, inner_to, alive));
  const Handle within = probe();
  REQUIRE(send(inner_from, {within}).value() == 1);
  REQUIRE(send(from, {passed}).value() == 1);
  table.remove(within);
  table.remove(passed);
  CHECK(alive == 2);
  passing.close(to);
  CHECK(alive == 0);
}

TEST_CASE_FIXTURE(Fixture, "A socket whose data has not gone outlives its message") {
  auto socket = std::make_shared<Probe>(alive);
  Probe& unfinished = *socket;
  unfinished.drained = false;
  const Handle handle = table.add(std::move(socket));
  REQUIRE(send(from, {handle}).value() == 1);
  table.remove(handle);
  passing.close(to);
  CHECK(!table.settle());
  CHECK(alive == 1);
  unfinished.drained = true;
  CHECK(table.settle());
  CHECK(alive == 0);
}

TEST_CASE_FIXTURE(Fixture, "Nothing goes with a handle that is not open, with too many, or with credentials") {
  const Handle handle = probe();
  CHECK(send(from, {handle, Handle{77}}).error() == Errc::ebadf);
  CHECK(send(from, {Handle::invalid}).error() == Errc::ebadf);
  CHECK(send(from, std::vector<Handle>(254, handle)).error() == Errc::einval);
  CHECK(send(from, Credentials{1, 0, 0}.message()).error() == Errc::eopnotsupp);
  // The other backend's own handles are out of reach, however the level is written.
  ControlMessage own = Rights{{static_cast<std::int64_t>(to)}}.message();
  CHECK(send(from, own).error() == Errc::ebadf);
  own.level = OptionLevel::native(1);
  CHECK(send(from, own).error() == Errc::ebadf);
  WaitItem item{to, Interest::read};
  CHECK(local->wait({&item, 1}, Deadline::passed()).value() == 0);
  table.remove(handle);
  CHECK(alive == 0);
}

TEST_CASE_FIXTURE(Fixture, "A socket in its own queue") {
  const auto [a, b] = local->open_pair(af_unix, sock_dgram, Protocol()).value();
  const Handle handle = table.add(std::make_shared<End>(passing, b, alive));
  REQUIRE(send(a, {handle}).value() == 1);
  table.remove(handle);
  CHECK(alive == 1);  // until the program ends
}

}  // namespace
}  // namespace everysock::wasi
