// sendfile(): when the system's is asked, and when it is given up.
#include <doctest/doctest.h>

#include <sstream>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

class SendingBackend : public FakeBackend {
 public:
  struct Request {
    std::int64_t file;
    std::int64_t offset;
    std::size_t count;
    friend bool operator==(const Request&, const Request&) = default;
  };
  std::deque<Result<std::size_t>> outcomes;
  std::vector<Request> requests;

  Result<std::size_t> send_file(Handle, std::int64_t file, std::int64_t offset, std::size_t count) override {
    requests.push_back({file, offset, count});
    if (outcomes.empty()) return 0u;
    const auto outcome = outcomes.front();
    outcomes.pop_front();
    return outcome;
  }
};

// Ten bytes, with a number of the system's.
class Numbered : public FileSource {
 public:
  Result<std::size_t> read(MutableBuffer buffer) override { return stream_.read(buffer); }
  Result<void> seek(std::int64_t offset) override {
    position = offset;
    return stream_.seek(offset);
  }
  std::optional<std::int64_t> fileno() const override { return 33; }
  std::int64_t position = -1;

 private:
  std::istringstream text_{"0123456789"};
  StreamFile stream_{text_};
};

using Requests = std::vector<SendingBackend::Request>;

TEST_CASE("the system's sendfile goes on until the end, or the count") {
  SendingBackend backend;
  Socket socket = backend.make_socket();
  Numbered file;
  backend.outcomes = {4, fail(Operation::sendfile, Errc::eintr), 3, 0};
  CHECK(socket.sendfile(file, 2) == 7u);
  constexpr std::size_t most = std::size_t{1} << 30;
  CHECK(backend.requests == Requests{{33, 2, most}, {33, 6, most}, {33, 6, most}, {33, 9, most}});
  CHECK(file.position == 9);

  backend.requests.clear();
  backend.outcomes = {4, 1};
  CHECK(socket.sendfile(file, 0, 5) == 5u);
  CHECK(backend.requests == Requests{{33, 0, 5}, {33, 4, 1}});
  CHECK(file.position == 5);
  CHECK(backend.calls["send"] == 0);
}

TEST_CASE("where the system cannot do it at all, the file is read") {
  for (const Errc error : {Errc::einval, Errc::eopnotsupp, Errc::enosys}) {
    SendingBackend backend;
    Socket socket = backend.make_socket();
    Numbered file;
    backend.outcomes = {fail(Operation::sendfile, error)};
    CHECK(socket.sendfile(file, 2, 6) == 6u);
    CHECK(backend.requests.size() == 1);
    CHECK(backend.calls["send"] == 1);
    CHECK(file.position == 8);
  }
}

TEST_CASE("what fails later is an error, and the position tells how far it got") {
  SendingBackend backend;
  Socket socket = backend.make_socket();
  Numbered file;
  backend.outcomes = {4, fail(Operation::sendfile, Errc::econnreset)};
  CHECK(socket.sendfile(file).error() == Error(Operation::sendfile, Errc::econnreset));
  CHECK(file.position == 4);
  CHECK(backend.calls["send"] == 0);
}

TEST_CASE("a time-out bounds each wait, and is none of the system's failures") {
  constexpr std::int64_t second = 1'000'000'000;
  const Unexpected again = fail(Operation::sendfile, Errc::eagain);
  SendingBackend backend;
  Socket socket = backend.make_socket();
  REQUIRE(socket.settimeout(3));
  Numbered file;
  backend.outcomes = {again, 2, again, 2, again, 2, 0};
  backend.waits = {{2 * second, 1}, {2 * second, 1}, {2 * second, 1}};
  CHECK(socket.sendfile(file) == 6u);  // six seconds in all, and none for the end of the file

  backend.outcomes = {again};
  backend.waits = {{4 * second, 0}};
  CHECK(socket.sendfile(file).error() == Error::timed_out(Operation::sendfile));
  CHECK(file.position == 0);
  CHECK(backend.calls["send"] == 0);
}

TEST_CASE("a backend without the call is asked once") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  Numbered file;
  CHECK(socket.sendfile(file) == 10u);
  CHECK(file.position == 10);
}

TEST_CASE("a standard stream that fails") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  std::istringstream text("text");
  StreamFile file(text);
  text.setstate(std::ios::badbit);
  CHECK(socket.sendfile(file).error() == Error(Operation::sendfile, Errc::eio));
}

TEST_CASE("behind the end of a standard stream there is nothing to read") {
  std::istringstream text("text");
  StreamFile file(text);
  char buffer[8];
  for (const std::int64_t offset : {4, 5, 1000}) {
    CHECK(file.seek(offset));
    CHECK(file.read(buffer) == 0u);
  }
  CHECK(file.seek(2));
  CHECK(file.read(buffer) == 2u);
}

TEST_CASE("a standard stream without positions is read on from where it stands") {
  // Gives its characters and no place: what std::cin is on a pipe.
  struct Pipe : std::stringbuf {
    using std::stringbuf::stringbuf;
    pos_type seekoff(off_type, std::ios::seekdir, std::ios::openmode) override { return pos_type(off_type(-1)); }
    pos_type seekpos(pos_type, std::ios::openmode) override { return pos_type(off_type(-1)); }
  } pipe("text");
  std::istream stream(&pipe);
  StreamFile file(stream);
  char buffer[3];
  CHECK(file.read(buffer) == 3u);
  CHECK(file.seek(0).error() == Errc::espipe);
  CHECK(file.seek(1000).error() == Errc::espipe);
  CHECK(file.read(buffer) == 1u);
}

}  // namespace
}  // namespace everysock
