// Reading from binary files made of sockets, buffered and not.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::array bufferings = {-1, 0, 1, 7, 100000};

// A connection of which the client has sent `data` and closed.
Socket sent(Context& t, const Kind& kind, std::string_view data) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall(data));
  REQUIRE_OK(c.client.close());
  return std::move(c.server);
}

CONFORMANCE_OVER(stream_kinds, "file_read/to_the_end", Rows({"method/makefile"}), Needs{}) {
  const std::string data = t.pattern(50000);
  for (const int buffering : bufferings) {
    Socket s = sent(t, kind, data);
    SocketFile file = REQUIRE_OK(s.makefile("rb", buffering));
    REQUIRE(REQUIRE_OK(file.read()) == data);
    REQUIRE_EQ(REQUIRE_OK(file.read()), "");
    REQUIRE_EQ(REQUIRE_OK(file.read(10)), "");
    REQUIRE_EQ(REQUIRE_OK(file.readline()), "");
  }
}

CONFORMANCE_OVER(stream_kinds, "file_read/waits_for_all_that_is_asked_for", Rows({"method/makefile"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  Worker sender = t.spawn([&] {
    for (const char* part : {"abc", "defg", "hij"}) {
      REQUIRE_OK(c.client.sendall(part));
      t.pause(Context::moment);
    }
  });
  REQUIRE_EQ(REQUIRE_OK(file.read(9)), "abcdefghi");
  REQUIRE_EQ(REQUIRE_OK(file.read(1)), "j");
  sender.join();
}

CONFORMANCE_OVER(stream_kinds, "file_read/small_pieces", Rows({"method/makefile"}), Needs{}) {
  for (const int buffering : bufferings) {
    Socket s = sent(t, kind, "first part, the rest");
    SocketFile file = REQUIRE_OK(s.makefile("rb", buffering));
    REQUIRE_EQ(REQUIRE_OK(file.read(0)), "");
    REQUIRE_EQ(REQUIRE_OK(file.read(6)), "first ");
    REQUIRE_EQ(REQUIRE_OK(file.read(6)), "part, ");
    REQUIRE_EQ(REQUIRE_OK(file.read()), "the rest");
  }
}

CONFORMANCE_OVER(stream_kinds, "file_read/lines", Rows({"method/makefile"}), Needs{}) {
  for (const int buffering : bufferings) {
    Socket s = sent(t, kind, "one\ntwo\r\n\nlast, without an end");
    SocketFile file = REQUIRE_OK(s.makefile("rb", buffering));
    REQUIRE_EQ(REQUIRE_OK(file.readline()), "one\n");
    REQUIRE_EQ(REQUIRE_OK(file.readline()), "two\r\n");  // bytes stay as they are
    REQUIRE_EQ(REQUIRE_OK(file.readline()), "\n");
    REQUIRE_EQ(REQUIRE_OK(file.readline()), "last, without an end");
    REQUIRE_EQ(REQUIRE_OK(file.readline()), "");
  }
}

CONFORMANCE_OVER(stream_kinds, "file_read/lines_with_a_limit", Rows({"method/makefile"}), Needs{}) {
  for (const int buffering : bufferings) {
    Socket s = sent(t, kind, "abcdef\ngh\n");
    SocketFile file = REQUIRE_OK(s.makefile("rb", buffering));
    REQUIRE_EQ(REQUIRE_OK(file.readline(0)), "");
    REQUIRE_EQ(REQUIRE_OK(file.readline(4)), "abcd");
    REQUIRE_EQ(REQUIRE_OK(file.readline(3)), "ef\n");
    REQUIRE_EQ(REQUIRE_OK(file.readline(100)), "gh\n");
    REQUIRE_EQ(REQUIRE_OK(file.readline(100)), "");
  }
}

CONFORMANCE_OVER(stream_kinds, "file_read/readlines", Rows({"method/makefile"}), Needs{}) {
  Socket s = sent(t, kind, "1\n22\n333\n4444\n5");
  SocketFile file = REQUIRE_OK(s.makefile("rb"));
  REQUIRE((REQUIRE_OK(file.readlines(4)) == std::vector<std::string>{"1\n", "22\n"}));
  REQUIRE((REQUIRE_OK(file.readlines()) == std::vector<std::string>{"333\n", "4444\n", "5"}));
  REQUIRE(REQUIRE_OK(file.readlines()).empty());
}

CONFORMANCE_OVER(stream_kinds, "file_read/iteration", Rows({"method/makefile"}), Needs{}) {
  Socket s = sent(t, kind, "1\n22\n333\n");
  SocketFile file = REQUIRE_OK(s.makefile("rb"));
  std::string joined;
  for (const Result<std::string>& line : file.lines()) joined += REQUIRE_OK(line) + ",";
  REQUIRE_EQ(joined, "1\n,22\n,333\n,");
}

CONFORMANCE_OVER(stream_kinds, "file_read/iteration_ends_behind_an_error", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(Context::moment));
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  REQUIRE_OK(c.client.sendall("line\n"));
  REQUIRE(t.ready(c.server, Interest::read));
  int lines = 0;
  int errors = 0;
  for (const Result<std::string>& line : file.lines()) ++(line ? lines : errors);
  REQUIRE_EQ(lines, 1);
  REQUIRE_EQ(errors, 1);
}

CONFORMANCE_OVER(stream_kinds, "file_read/long_line", Rows({"method/makefile"}), Needs{}) {
  Socket s = sent(t, kind, std::string(40000, 'x') + "\nnext");
  SocketFile file = REQUIRE_OK(s.makefile("rb", 100));
  REQUIRE_EQ(REQUIRE_OK(file.readline()).size(), 40001u);
  REQUIRE_EQ(REQUIRE_OK(file.read()), "next");
}

CONFORMANCE_OVER(stream_kinds, "file_read/read1_takes_what_is_there", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  REQUIRE_OK(c.client.sendall("there"));
  REQUIRE_EQ(REQUIRE_OK(file.read1(2)), "th");
  REQUIRE_EQ(REQUIRE_OK(file.read1(0)), "");
  REQUIRE_EQ(REQUIRE_OK(file.read1()), "ere");
  REQUIRE_OK(c.client.sendall("more"));
  REQUIRE_EQ(REQUIRE_OK(file.read1(100)), "more");
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(REQUIRE_OK(file.read1()), "");
}

CONFORMANCE_OVER(stream_kinds, "file_read/readinto", Rows({"method/makefile"}), Needs{}) {
  const std::string data = t.pattern(30000);
  for (const int buffering : {-1, 7, 100000}) {
    Socket s = sent(t, kind, data);
    SocketFile file = REQUIRE_OK(s.makefile("rb", buffering));
    std::string got(data.size() + 5, '-');
    REQUIRE_EQ(REQUIRE_OK(file.readinto(MutableBuffer(got.data(), 10))), 10u);
    REQUIRE_EQ(REQUIRE_OK(file.readinto(MutableBuffer(got.data(), 0))), 0u);
    REQUIRE_EQ(REQUIRE_OK(file.readinto(MutableBuffer(got.data() + 10, 20000))), 20000u);
    REQUIRE_EQ(REQUIRE_OK(file.readinto(MutableBuffer(got.data() + 20010, 9995))), 9990u);  // the end is before
    REQUIRE(got == data + "-----");
    REQUIRE_EQ(REQUIRE_OK(file.readinto(MutableBuffer(got.data(), 10))), 0u);
  }
}

CONFORMANCE_OVER(stream_kinds, "file_read/unbuffered_gives_one_receive", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb", 0));
  REQUIRE_OK(c.client.sendall("short"));
  REQUIRE_EQ(REQUIRE_OK(file.read(100)), "short");
  REQUIRE_OK(c.client.sendall("again"));
  std::string buffer(100, '-');
  REQUIRE_EQ(REQUIRE_OK(file.readinto(buffer)), 5u);
}

CONFORMANCE_OVER(stream_kinds, "file_read/unbuffered_takes_nothing_beyond", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb", 0));
  REQUIRE_OK(c.client.sendall("line\nthree left"));
  REQUIRE_EQ(REQUIRE_OK(file.readline()), "line\n");
  REQUIRE_EQ(REQUIRE_OK(file.read(5)), "three");
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(100)), " left");  // still the socket's
}

CONFORMANCE_OVER(stream_kinds, "file_read/buffered_takes_more", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  REQUIRE_OK(c.client.sendall("line\nrest"));
  REQUIRE_EQ(REQUIRE_OK(file.readline()), "line\n");
  REQUIRE_OK(c.server.setblocking(false));
  REQUIRE_ERROR(c.server.recv(100), Errc::eagain);  // in the file's buffer
  REQUIRE_EQ(REQUIRE_OK(file.read(4)), "rest");
}

// ---- time-outs ----

CONFORMANCE_OVER(stream_kinds, "file_read/times_out_once", Rows({"method/makefile", "exception/TimeoutError"}),
                 Needs{}) {
  for (const int buffering : {-1, 0}) {
    Connection c = t.connected(kind);
    REQUIRE_OK(c.server.settimeout(Context::moment));
    SocketFile file = REQUIRE_OK(c.server.makefile("rwb", buffering));
    REQUIRE_TIMEOUT(file.read(1));
    REQUIRE_OK(c.client.sendall("late"));
    REQUIRE(t.ready(c.server, Interest::read));
    REQUIRE_ERROR(file.read(1), UsageErrc::file_timed_out);
    REQUIRE_ERROR(file.readline(), UsageErrc::file_timed_out);
    REQUIRE_ERROR(file.read1(), UsageErrc::file_timed_out);
    REQUIRE_EQ(REQUIRE_OK(c.server.recv(10)), "late");  // the socket itself goes on
    REQUIRE_OK(file.write("so does writing"));
    REQUIRE_OK(file.flush());
    REQUIRE_EQ(t.receive(c.client, 15), "so does writing");
  }
}

CONFORMANCE_OVER(stream_kinds, "file_read/what_came_before_a_time_out", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(Context::moment));
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  REQUIRE_OK(c.client.sendall("no end of line"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_TIMEOUT(file.readline());
  REQUIRE_EQ(REQUIRE_OK(file.read(3)), "no ");  // needs no socket
  REQUIRE_EQ(REQUIRE_OK(file.read1()), "end of line");
  REQUIRE_ERROR(file.read1(), UsageErrc::file_timed_out);
}

CONFORMANCE_OVER(stream_kinds, "file_read/timeout_of_the_socket_holds", Rows({"method/makefile", "method/settimeout"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  REQUIRE_OK(c.server.settimeout(Context::moment));  // set after the file was made
  REQUIRE_TIMEOUT(file.read(1));
}

// ---- non-blocking ----

CONFORMANCE_OVER(stream_kinds, "file_read/nonblocking", Rows({"method/makefile", "exception/BlockingIOError"}),
                 Needs{}) {
  for (const int buffering : {-1, 0}) {
    Connection c = t.connected(kind);
    REQUIRE_OK(c.server.setblocking(false));
    SocketFile file = REQUIRE_OK(c.server.makefile("rb", buffering));
    std::string buffer(5, '-');
    REQUIRE(REQUIRE_ERROR(file.read(10), Errc::eagain).would_block());
    REQUIRE_ERROR(file.read(), Errc::eagain);
    REQUIRE_ERROR(file.read1(), Errc::eagain);
    REQUIRE_ERROR(file.readline(), Errc::eagain);
    REQUIRE_ERROR(file.readinto(buffer), Errc::eagain);
    REQUIRE_OK(c.client.sendall("part"));
    REQUIRE(t.ready(c.server, Interest::read));
    REQUIRE_ERROR(file.readline(), Errc::eagain);  // keeps what has come of the line
    REQUIRE_EQ(REQUIRE_OK(file.read(10)), "part");
    REQUIRE_OK(c.client.sendall("abc"));
    REQUIRE(t.ready(c.server, Interest::read));
    REQUIRE_EQ(REQUIRE_OK(file.readinto(buffer)), 3u);
    REQUIRE_EQ(buffer, "abc--");
  }
}

// ---- what cannot be ----

CONFORMANCE_OVER(tcp_kinds, "file_read/reset", Rows({"method/makefile", "exception/OSError"}), Needs{Feature::linger}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  const std::array<std::int32_t, 2> at_once = {1, 0};
  REQUIRE_OK(c.client.setsockopt(sol_socket, so_linger, ConstBuffer(at_once.data(), sizeof at_once)));
  REQUIRE_OK(c.client.close());
  REQUIRE(t.ready(c.server, Interest::read));
  const Error error = REQUIRE_ERROR(file.readline(), Errc::econnreset);
  REQUIRE_EQ(error.operation(), Operation::readline);
}

CONFORMANCE("file_read/usage", Rows({"method/makefile", "exception/ValueError"}), Needs{Feature::inet_stream}) {
  Connection c = t.connected(tcp4);
  SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
  REQUIRE_ERROR(file.read(-2), UsageErrc::negative_size);
  REQUIRE_ERROR(file.read1(-2), UsageErrc::negative_size);
  REQUIRE_ERROR(file.readline(-2), UsageErrc::negative_size);
  REQUIRE_ERROR(file.readinto(MutableBuffer(nullptr, 4)), UsageErrc::null_buffer);
  SocketFile writer = REQUIRE_OK(c.server.makefile("wb"));
  std::string buffer(4, '-');
  REQUIRE_ERROR(writer.read(), UsageErrc::file_not_readable);
  REQUIRE_ERROR(writer.read1(), UsageErrc::file_not_readable);
  REQUIRE_ERROR(writer.readline(), UsageErrc::file_not_readable);
  REQUIRE_ERROR(writer.readlines(), UsageErrc::file_not_readable);
  REQUIRE_ERROR(writer.readinto(buffer), UsageErrc::file_not_readable);
}

}  // namespace
}  // namespace everysock::conformance
