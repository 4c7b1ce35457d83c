// Writing to binary files made of sockets, buffered and not.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

// Whether nothing comes within a moment.
bool silent(Context& t, Socket& socket) { return !t.ready(socket, Interest::read, Context::moment); }

CONFORMANCE_OVER(stream_kinds, "file_write/flush_sends", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb"));
  REQUIRE_EQ(REQUIRE_OK(file.write("written ")), 8u);
  REQUIRE_EQ(REQUIRE_OK(file.write("")), 0u);
  REQUIRE_EQ(REQUIRE_OK(file.write("twice\n")), 6u);
  REQUIRE(silent(t, c.server));
  REQUIRE_OK(file.flush());
  REQUIRE_EQ(t.receive(c.server, 14), "written twice\n");
  REQUIRE_OK(file.flush());
  REQUIRE(silent(t, c.server));
}

CONFORMANCE_OVER(stream_kinds, "file_write/close_sends", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb"));
  REQUIRE_OK(file.write("kept until the end"));
  REQUIRE_OK(file.close());
  REQUIRE_EQ(t.receive(c.server, 18), "kept until the end");
}

CONFORMANCE_OVER(stream_kinds, "file_write/destructor_sends", Rows({"method/makefile", "method/__enter__ / __exit__"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  { REQUIRE_OK(REQUIRE_OK(c.client.makefile("wb")).write("left behind")); }
  REQUIRE_EQ(t.receive(c.server, 11), "left behind");
}

CONFORMANCE_OVER(stream_kinds, "file_write/full_buffer_sends", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb", 10));
  REQUIRE_OK(file.write("0123456789"));
  REQUIRE(silent(t, c.server));
  REQUIRE_OK(file.write("x"));
  REQUIRE_EQ(t.receive(c.server, 10), "0123456789");
  REQUIRE_OK(file.write("more than the buffer holds"));
  REQUIRE_EQ(t.receive(c.server, 27), "xmore than the buffer holds");
}

CONFORMANCE_OVER(stream_kinds, "file_write/line_buffered", Rows({"method/makefile"}), Needs{}) {
  for (const char* mode : {"w", "wb"}) {
    Connection c = t.connected(kind);
    SocketFile file = REQUIRE_OK(c.client.makefile(mode, 1));
    REQUIRE_OK(file.write("half a "));
    REQUIRE(silent(t, c.server));
    REQUIRE_OK(file.write("line\nand"));
    REQUIRE_EQ(t.receive(c.server, 15), "half a line\nand");
  }
}

CONFORMANCE_OVER(stream_kinds, "file_write/unbuffered", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb", 0));
  REQUIRE_EQ(REQUIRE_OK(file.write("at once")), 7u);
  REQUIRE_EQ(t.receive(c.server, 7), "at once");
}

CONFORMANCE_OVER(stream_kinds, "file_write/writelines", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb"));
  REQUIRE_OK(file.writelines(std::array<std::string, 3>{"one\n", "two", "three\n"}));
  REQUIRE_OK(file.writelines({}));
  REQUIRE_OK(file.flush());
  REQUIRE_EQ(t.receive(c.server, 13), "one\ntwothree\n");
}

CONFORMANCE_OVER(stream_kinds, "file_write/much", Rows({"method/makefile"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  const std::string data = t.pattern(1 << 20);
  Worker reader = t.spawn([&] {
    SocketFile file = REQUIRE_OK(c.server.makefile("rb"));
    REQUIRE(REQUIRE_OK(file.read()) == data);
  });
  {
    SocketFile file = REQUIRE_OK(c.client.makefile("wb"));
    for (std::size_t at = 0; at < data.size();) {
      const std::size_t size = std::min<std::size_t>(data.size() - at, 1 + at % 20000);
      at += REQUIRE_OK(file.write(ConstBuffer(data.data() + at, size)));
    }
    REQUIRE_OK(file.close());
  }
  REQUIRE_OK(c.client.shutdown(shut_wr));
  reader.join();
}

CONFORMANCE_OVER(stream_kinds, "file_write/both_ways", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile client = REQUIRE_OK(c.client.makefile("rwb"));
  SocketFile server = REQUIRE_OK(c.server.makefile("rwb"));
  for (const char* line : {"first\n", "second\n"}) {
    REQUIRE_OK(client.write(line));
    REQUIRE_OK(client.flush());
    REQUIRE_OK(server.write("echo " + REQUIRE_OK(server.readline())));
    REQUIRE_OK(server.flush());
    REQUIRE_EQ(REQUIRE_OK(client.readline()), std::string("echo ") + line);
  }
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_EQ(REQUIRE_OK(server.readline()), "");
}

// ---- failures ----

CONFORMANCE_OVER(stream_kinds, "file_write/nonblocking", Rows({"method/makefile", "exception/BlockingIOError"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb", 100));
  const std::size_t filling = t.fill(c.client);
  std::string expected;
  // What fits into the buffer is taken; then nothing is, until there is room.
  for (;;) {
    const auto written = file.write("0123456789");
    if (!written) {
      REQUIRE_ERROR(written, Errc::eagain);
      break;
    }
    REQUIRE_EQ(*written, 10u);
    expected += "0123456789";
    REQUIRE_LE(expected.size(), std::size_t{1} << 24);
  }
  REQUIRE_NE(expected.size(), 0u);
  if (const auto flushed = file.flush(); !flushed) REQUIRE_ERROR(flushed, Errc::eagain);  // room may come late
  REQUIRE_EQ(t.receive(c.server, filling).size(), filling);
  REQUIRE_OK(c.client.setblocking(true));
  REQUIRE_OK(file.flush());  // what was kept
  REQUIRE(t.receive(c.server, expected.size()) == expected);
}

CONFORMANCE_OVER(stream_kinds, "file_write/nonblocking_unbuffered", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb", 0));
  const std::string much(std::size_t{64} << 20, 'x');
  REQUIRE_OK(c.client.setblocking(false));
  const std::size_t part = REQUIRE_OK(file.write(much));  // one send, which takes what fits
  REQUIRE_LT(part, much.size());
  REQUIRE_EQ(t.receive(c.server, part).size(), part);
}

CONFORMANCE_OVER(stream_kinds, "file_write/times_out", Rows({"method/makefile", "exception/TimeoutError"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb"));
  REQUIRE_OK(c.client.settimeout(Context::moment));
  const std::string much(std::size_t{64} << 20, 'x');
  const Error error = REQUIRE_TIMEOUT(file.write(much));
  REQUIRE_EQ(error.operation(), Operation::write);
}

CONFORMANCE_OVER(stream_kinds, "file_write/broken_pipe", Rows({"method/makefile", "exception/OSError"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb"));
  REQUIRE_OK(c.client.shutdown(shut_wr));
  REQUIRE_OK(file.write("for nobody"));
  const Error flushing = REQUIRE_ERROR(file.flush(), Errc::epipe);
  REQUIRE_EQ(flushing.operation(), Operation::flush);
  const Error closing = REQUIRE_ERROR(file.close(), Errc::epipe);  // tried once more, and closed all the same
  REQUIRE_EQ(closing.operation(), Operation::close);
  REQUIRE(file.closed());
  REQUIRE_OK(file.close());
}

CONFORMANCE("file_write/usage", Rows({"method/makefile", "exception/ValueError"}), Needs{Feature::inet_stream}) {
  Connection c = t.connected(tcp4);
  SocketFile file = REQUIRE_OK(c.client.makefile("rb"));
  REQUIRE_ERROR(file.write("x"), UsageErrc::file_not_writable);
  REQUIRE_ERROR(file.writelines(std::array<std::string, 1>{"x"}), UsageErrc::file_not_writable);
  REQUIRE_OK(file.flush());
  SocketFile writer = REQUIRE_OK(c.client.makefile("wb"));
  REQUIRE_ERROR(writer.write(ConstBuffer(nullptr, 4)), UsageErrc::null_buffer);
}

}  // namespace
}  // namespace everysock::conformance
