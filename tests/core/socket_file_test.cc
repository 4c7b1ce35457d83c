// Files made of sockets: what they ask of a backend, and how often. What they do for a program: the conformance suite.
#include "everysock/socket_file.h"

#include <doctest/doctest.h>

#include <cstring>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

// Receives what `incoming` says, piece by piece, then the end; sends at most `room` bytes at once.
class Peer : public FakeBackend {
 public:
  std::deque<Result<std::string>> incoming;
  std::vector<std::size_t> asked;  // sizes of the receives
  std::size_t room = 1000000;
  std::deque<Error> send_errors;
  std::string sent;

  Result<std::size_t> receive(Handle, ReceiveRequest& request) override {
    const MutableBuffer buffer = request.buffers.front();
    asked.push_back(buffer.size());
    if (incoming.empty()) return 0u;
    Result<std::string>& next = incoming.front();
    if (!next) {
      const Error error = next.error();
      incoming.pop_front();
      return Unexpected(error);
    }
    const std::size_t size = next->copy(static_cast<char*>(buffer.data()), buffer.size());
    next->erase(0, size);
    if (next->empty()) incoming.pop_front();
    return size;
  }
  Result<std::size_t> send(Handle, const SendRequest& request) override {
    ++calls["send"];
    if (!send_errors.empty()) {
      const Error error = send_errors.front();
      send_errors.pop_front();
      return Unexpected(error);
    }
    const std::string_view part = request.buffers.front().view().substr(0, room);
    sent += part;
    return part.size();
  }
};

SocketFile make(Socket& socket, std::string_view mode, int buffering = -1) {
  return std::move(*socket.makefile(mode, buffering));
}

TEST_CASE("a buffer saves receives, its absence takes nothing beyond") {
  Peer peer;
  Socket socket = peer.make_socket();
  peer.incoming = {std::string("a\nb\nc\n")};
  SocketFile buffered = make(socket, "rb");
  for (const char* line : {"a\n", "b\n", "c\n"}) CHECK(buffered.readline() == line);
  CHECK(peer.asked == std::vector<std::size_t>{8192});

  peer.asked.clear();
  peer.incoming = {std::string("ab\nc")};
  SocketFile unbuffered = make(socket, "rb", 0);
  CHECK(unbuffered.readline() == "ab\n");
  CHECK(peer.asked == std::vector<std::size_t>{1, 1, 1});
  CHECK(unbuffered.read(100) == "c");
  CHECK(peer.asked.back() == 100);
}

TEST_CASE("what is larger than the buffer is received at once, and into its place") {
  Peer peer;
  Socket socket = peer.make_socket();
  SocketFile file = make(socket, "rb", 10);
  peer.incoming = {std::string(5000, 'x')};
  std::string memory(5000, '-');
  CHECK(file.readinto(memory) == 5000u);
  CHECK(peer.asked == std::vector<std::size_t>{5000});
  peer.incoming = {std::string(5000, 'x')};
  CHECK(file.read(5000)->size() == 5000);
  CHECK(peer.asked == std::vector<std::size_t>{5000, 5000});
}

TEST_CASE("a read that fails loses nothing") {
  const Unexpected reset = fail(Operation::recv, Errc::econnreset);
  for (const int buffering : {-1, 0, 4}) {
    CAPTURE(buffering);
    Peer peer;
    Socket socket = peer.make_socket();
    SocketFile file = make(socket, "rb", buffering);
    peer.incoming = {std::string("abc"), reset, std::string("def"), reset, std::string("ghi"), reset};
    CHECK(file.readline().error() == Error(Operation::readline, Errc::econnreset));
    std::string memory(20, '-');
    if (buffering != 0) {
      CHECK(file.readinto(memory).error() == Error(Operation::readinto, Errc::econnreset));
    } else {
      CHECK(file.readinto(MutableBuffer(memory.data(), 3)) == 3u);
      CHECK(file.read(3) == "def");
      CHECK(file.read(1).error() == Errc::econnreset);
    }
    CHECK(file.read().error() == Error(Operation::read, Errc::econnreset));
    CHECK(file.read() == (buffering != 0 ? "abcdefghi" : "ghi"));
  }
}

TEST_CASE("a time-out ends reading, and nothing else does") {
  Peer peer;
  Socket socket = peer.make_socket();
  SocketFile file = make(socket, "rwb");
  REQUIRE(socket.settimeout(1));
  peer.incoming = {fail(Operation::recv, Errc::eintr), std::string("x")};
  CHECK(file.read(1) == "x");
  peer.waits = {{2'000'000'000, 0}};
  CHECK(file.read(1).error() == Error::timed_out(Operation::read));
  peer.incoming = {std::string("late")};
  CHECK(file.read(1).error() == Error(Operation::read, UsageErrc::file_timed_out));
  CHECK(file.read(1).error().message() == "read: cannot read from timed out object [usage]");
  CHECK(file.write("out") == 3u);
  CHECK(file.flush());
  CHECK(make(socket, "rb").read(4) == "late");  // another file does not know
}

TEST_CASE("a buffer is sent in as few calls as it can be") {
  Peer peer;
  Socket socket = peer.make_socket();
  SocketFile file = make(socket, "wb", 10);
  for (int i = 0; i < 10; ++i) CHECK(file.write("abc") == 3u);
  CHECK(peer.calls["send"] == 3);  // of 9 bytes each
  CHECK(file.close());
  CHECK(peer.calls["send"] == 4);
  CHECK(peer.sent.size() == 30);
}

TEST_CASE("what the system takes in pieces goes out whole") {
  Peer peer;
  peer.room = 7;
  Socket socket = peer.make_socket();
  SocketFile file = make(socket, "wb", 10);
  std::string all;
  for (const std::size_t size : {1u, 5u, 10u, 11u, 35u, 0u, 3u}) {
    const std::string data(size, static_cast<char>('a' + size));
    CHECK(file.write(data) == size);
    all += data;
  }
  CHECK(file.flush());
  CHECK(peer.sent == all);
  SocketFile unbuffered = make(socket, "wb", 0);
  CHECK(unbuffered.write("0123456789") == 7u);
}

TEST_CASE("what cannot be sent now is kept") {
  const Error again(Operation::send, Errc::eagain);
  Peer peer;
  Socket socket = peer.make_socket();
  SocketFile file = make(socket, "wb", 4);
  CHECK(file.write("abc") == 3u);
  peer.send_errors = {again, again};
  CHECK(file.write("de").error() == Error(Operation::write, Errc::eagain));  // takes nothing
  CHECK(file.flush().error() == Error(Operation::flush, Errc::eagain));
  peer.room = 5;
  peer.send_errors = {};
  CHECK(file.flush());
  CHECK(peer.sent == "abc");
  // In part is as a whole: the rest waits in the buffer, beyond its size.
  class Once : public Peer {
    Result<std::size_t> send(Handle handle, const SendRequest& request) override {
      if (!sent.empty()) return fail(Operation::send, Errc::eagain);
      return Peer::send(handle, request);
    }
  } once;
  once.room = 5;
  Socket other = once.make_socket();
  SocketFile kept = make(other, "wb", 4);
  CHECK(kept.write("0123456789abcdef") == 16u);
  CHECK(once.sent == "01234");
  CHECK(kept.write("more").error() == Errc::eagain);
  once.sent.clear();
  CHECK(kept.flush().error() == Errc::eagain);
  CHECK(once.sent == "56789");
}

TEST_CASE("the first of two failures at the end is the one reported, and the descriptor closes") {
  Peer peer;
  Socket socket = peer.make_socket();
  SocketFile file = make(socket, "wb");
  CHECK(file.write("x") == 1u);
  CHECK(socket.close());
  CHECK(peer.calls["close"] == 0);
  peer.send_errors = {Error(Operation::send, Errc::epipe)};
  peer.close_outcome = fail(Operation::close, Errc::eio);
  CHECK(file.close().error() == Error(Operation::close, Errc::epipe));
  CHECK(peer.calls["close"] == 1);
  CHECK(file.closed());
  CHECK(socket.fileno() == -1);
}

TEST_CASE("who closes the descriptor") {
  Peer peer;
  SUBCASE("the socket, without files") {
    Socket socket = peer.make_socket();
    { SocketFile file = make(socket, "r"); }
    CHECK(peer.calls["close"] == 0);
    CHECK(socket.close());
    CHECK(peer.calls["close"] == 1);
    CHECK(socket.fileno() == -1);
  }
  SUBCASE("the last file, of a socket that is gone") {
    SocketFile first;
    {
      Socket socket = peer.make_socket();
      first = make(socket, "r");
      const SocketFile second = make(socket, "r");
    }
    CHECK(peer.calls["close"] == 0);
    first = SocketFile();
    CHECK(peer.calls["close"] == 1);
  }
  SUBCASE("nobody, after detach") {
    Socket socket = peer.make_socket();
    SocketFile file = make(socket, "rb", 0);
    CHECK(socket.detach() != -1);
    CHECK(file.read(1).error() == Error(Operation::read, Errc::ebadf));
    CHECK(file.close());
    CHECK(socket.close());
    CHECK(peer.calls["close"] == 0);
  }
  SUBCASE("nobody twice, when a closed socket is given another one to hold") {
    Socket socket = peer.make_socket();
    SocketFile file = make(socket, "r");
    CHECK(socket.close());
    socket = peer.make_socket();
    const std::int64_t number = socket.fileno();
    CHECK(file.close());
    CHECK(peer.calls["close"] == 1);
    CHECK(socket.fileno() == number);
  }
}

TEST_CASE("a file reads and writes with the socket's time-out as it is now") {
  Peer peer;
  Socket socket = peer.make_socket();
  REQUIRE(socket.settimeout(5));
  SocketFile file = make(socket, "rb");
  peer.incoming = {std::string("a")};
  CHECK(file.read(1) == "a");
  CHECK(peer.calls["wait"] == 1);
  REQUIRE(socket.setblocking(true));
  peer.incoming = {std::string("b")};
  CHECK(file.read(1) == "b");
  CHECK(peer.calls["wait"] == 1);
}

TEST_CASE("an undecodable byte is named by its place in the stream") {
  Peer peer;
  Socket socket = peer.make_socket();
  SocketFile file = std::move(*socket.makefile("r", 4));
  peer.incoming = {std::string("12\xc3"),
                   std::string("\xa9"
                               "56"),
                   std::string("7\xff"
                               "8")};
  CHECK(file.read(6) ==
        "12\xc3\xa9"
        "567");
  const auto failed = file.read(1);
  REQUIRE_FALSE(failed);
  CHECK(failed.error() == Error(Operation::read, UsageErrc::file_decode, 7));
  CHECK(failed.error().message() == "read: the bytes at offset 7 do not decode [usage]");
}

}  // namespace
}  // namespace everysock
