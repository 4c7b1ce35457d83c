// How files are made of sockets, and what keeps the descriptor open.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(stream_kinds, "file_life/closing_the_socket_waits_for_the_file",
                 Rows({"method/makefile", "method/close", "behaviour/B17"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("rwb"));
  const std::int64_t number = c.client.fileno();
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(c.client.fileno(), number);  // still open, and working
  REQUIRE_OK(c.client.sendall("socket "));
  REQUIRE_OK(file.write("file"));
  REQUIRE_OK(file.flush());
  REQUIRE_EQ(t.receive(c.server, 11), "socket file");
  REQUIRE_OK(c.client.close());
  REQUIRE_OK(file.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");  // now it is closed
  REQUIRE_EQ(c.client.fileno(), -1);
  REQUIRE_ERROR(c.client.send("x"), Errc::ebadf);
}

CONFORMANCE_OVER(stream_kinds, "file_life/closing_the_file_keeps_the_socket",
                 Rows({"method/makefile", "behaviour/B17"}), Needs{}) {
  Connection c = t.connected(kind);
  {
    SocketFile file = REQUIRE_OK(c.client.makefile("rb"));
    REQUIRE_EQ(file.fileno(), c.client.fileno());  // the same descriptor, not a duplicate
    REQUIRE_OK(file.close());
  }
  REQUIRE_OK(c.client.sendall("still open"));
  REQUIRE_EQ(t.receive(c.server, 10), "still open");
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
}

CONFORMANCE_OVER(stream_kinds, "file_life/the_last_of_several", Rows({"method/makefile", "behaviour/B17"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile reader = REQUIRE_OK(c.client.makefile("rb"));
  SocketFile writer = REQUIRE_OK(c.client.makefile("w"));
  REQUIRE_OK(c.client.close());
  SocketFile late = REQUIRE_OK(c.client.makefile("wb", 0));  // closed, but not yet
  REQUIRE_OK(reader.close());
  REQUIRE_OK(reader.close());  // does not count twice
  REQUIRE_OK(writer.write("one"));
  REQUIRE_OK(writer.close());
  REQUIRE_OK(late.write(" two"));
  REQUIRE_EQ(t.receive(c.server, 7), "one two");
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
  REQUIRE_OK(late.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
  REQUIRE_ERROR(c.client.makefile(), Errc::ebadf);
}

CONFORMANCE_OVER(stream_kinds, "file_life/survives_the_socket",
                 Rows({"method/makefile", "behaviour/B17", "behaviour/B19"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file;
  {
    Socket gone = std::move(c.client);
    file = REQUIRE_OK(gone.makefile("rwb"));
  }
  REQUIRE_OK(file.write("alone"));
  REQUIRE_OK(file.flush());
  REQUIRE_EQ(t.receive(c.server, 5), "alone");
  REQUIRE_OK(c.server.sendall("answer"));
  REQUIRE_EQ(REQUIRE_OK(file.read(6)), "answer");
  file = SocketFile();
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
}

CONFORMANCE_OVER(stream_kinds, "file_life/socket_moves_on", Rows({"method/makefile", "behaviour/B17"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("rb"));
  Socket moved = std::move(c.client);
  REQUIRE_OK(moved.settimeout(Context::moment));
  REQUIRE_TIMEOUT(file.read(1));  // the file follows
  REQUIRE_OK(moved.close());
  REQUIRE_NE(moved.fileno(), -1);
  Socket again = std::move(moved);
  REQUIRE_EQ(moved.fileno(), -1);
  REQUIRE_NE(again.fileno(), -1);
  REQUIRE_OK(file.close());
  REQUIRE_EQ(again.fileno(), -1);
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
}

CONFORMANCE_OVER(stream_kinds, "file_life/another_socket_in_its_place", Rows({"method/makefile", "behaviour/B17"}),
                 Needs{}) {
  Connection c = t.connected(kind);
  Connection other = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("wb", 0));
  c.client = std::move(other.client);  // leaves the file alone
  REQUIRE_OK(file.write("old"));
  REQUIRE_EQ(t.receive(c.server, 3), "old");
  REQUIRE_OK(file.close());
  REQUIRE_EQ(REQUIRE_OK(c.server.recv(1)), "");
  REQUIRE_OK(c.client.sendall("new"));
  REQUIRE_EQ(t.receive(other.server, 3), "new");
}

CONFORMANCE_OVER(stream_kinds, "file_life/moved_file", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("rb"));
  REQUIRE_OK(c.server.sendall("ab"));
  REQUIRE_EQ(REQUIRE_OK(file.read(1)), "a");
  SocketFile moved = std::move(file);
  REQUIRE(file.closed());
  REQUIRE_ERROR(file.read(1), UsageErrc::file_closed);
  REQUIRE_EQ(REQUIRE_OK(moved.read(1)), "b");  // with what was buffered
}

CONFORMANCE_OVER(stream_kinds, "file_life/detached", Rows({"method/makefile", "method/detach"}),
                 Needs{Feature::adopt}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("rwb", 0));
  Socket again = REQUIRE_OK(socket_from_fileno(c.client.detach(), {}, t.backend()));
  REQUIRE_EQ(file.fileno(), -1);
  REQUIRE_ERROR(file.read(1), Errc::ebadf);
  REQUIRE_ERROR(file.write("x"), Errc::ebadf);
  REQUIRE_OK(file.close());
  REQUIRE_OK(again.sendall("goes on"));
  REQUIRE_EQ(t.receive(c.server, 7), "goes on");
}

CONFORMANCE_OVER(stream_kinds, "file_life/duplicates_close_apart", Rows({"method/makefile", "method/dup"}),
                 Needs{Feature::duplicate}) {
  Connection c = t.connected(kind);
  Socket copy = REQUIRE_OK(c.client.dup());
  SocketFile file = REQUIRE_OK(copy.makefile("wb", 0));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(c.client.fileno(), -1);
  REQUIRE_OK(copy.close());
  REQUIRE_OK(file.write("x"));
  REQUIRE_EQ(t.receive(c.server, 1), "x");
}

CONFORMANCE_OVER(stream_kinds, "file_life/closed_in_another_thread", Rows({"method/makefile", "behaviour/B17"}),
                 Needs{Feature::threads}) {
  for (int i = 0; i < 20; ++i) {
    Connection c = t.connected(kind);
    SocketFile file = REQUIRE_OK(c.client.makefile("wb"));
    REQUIRE_OK(file.write("bye"));
    Worker closing = t.spawn([&, mine = std::make_shared<SocketFile>(std::move(file))] { REQUIRE_OK(mine->close()); });
    { const Socket gone = std::move(c.client); }  // meanwhile
    closing.join();
    REQUIRE_EQ(t.receive_to_end(c.server), "bye");
  }
}

CONFORMANCE_OVER(stream_kinds, "file_life/reading_and_writing_threads", Rows({"method/makefile"}),
                 Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("rw"));
  Worker echo = t.spawn([&] { REQUIRE_OK(c.server.sendall(t.receive(c.server, 5000))); });
  Worker writer = t.spawn([&] {
    for (int i = 0; i < 500; ++i) REQUIRE_OK(file.write("012345678\n"));
    REQUIRE_OK(file.flush());
  });
  for (int i = 0; i < 500; ++i) REQUIRE_EQ(REQUIRE_OK(file.readline()), "012345678\n");
  writer.join();
  echo.join();
}

// ---- facts ----

CONFORMANCE("file_life/modes", Rows({"method/makefile"}), Needs{Feature::inet_stream}) {
  struct Mode {
    const char* given;
    const char* shown;
    bool reads;
    bool writes;
  };
  constexpr std::array<Mode, 12> modes = {{{"", "", true, false},
                                           {"r", "r", true, false},
                                           {"w", "w", false, true},
                                           {"rw", "rw", true, true},
                                           {"wr", "wr", true, true},
                                           {"rr", "rr", true, false},
                                           {"b", "rb", true, false},
                                           {"rb", "rb", true, false},
                                           {"br", "rb", true, false},
                                           {"wb", "wb", false, true},
                                           {"rwb", "rwb", true, true},
                                           {"bwr", "rwb", true, true}}};
  Connection c = t.connected(tcp4);
  for (const Mode& mode : modes) {
    SocketFile file = REQUIRE_OK(c.client.makefile(mode.given));
    REQUIRE_EQ(file.mode(), mode.shown);
    REQUIRE_EQ(file.readable(), mode.reads);
    REQUIRE_EQ(file.writable(), mode.writes);
    REQUIRE(!file.closed());
    REQUIRE_EQ(file.name(), c.client.fileno());
    REQUIRE_OK(file.close());
    REQUIRE(file.closed());
    REQUIRE_EQ(file.name(), -1);
    REQUIRE_EQ(file.mode(), mode.shown);
    REQUIRE(!file.readable() && !file.writable());
  }
}

CONFORMANCE("file_life/usage", Rows({"method/makefile", "exception/ValueError"}), Needs{Feature::inet_stream}) {
  Connection c = t.connected(tcp4);
  Socket& s = c.client;
  for (const char* mode : {"a", "r+", "rU", "rwbx", "R", " r"}) {
    const Error error = REQUIRE_ERROR(s.makefile(mode), UsageErrc::file_mode);
    REQUIRE_EQ(error.operation(), Operation::makefile);
  }
  REQUIRE_ERROR(s.makefile("r", 0), UsageErrc::file_buffering_text);
  REQUIRE_ERROR(s.makefile("rw", 0), UsageErrc::file_buffering_text);
  REQUIRE_ERROR(s.makefile("rb", -2), UsageErrc::file_buffering);
  REQUIRE_ERROR(s.makefile("rb", -1, {.encoding = "utf-8"}), UsageErrc::file_binary_encoding);
  REQUIRE_ERROR(s.makefile("rb", -1, {.errors = "strict"}), UsageErrc::file_binary_encoding);
  REQUIRE_ERROR(s.makefile("rb", -1, {.newline = "\n"}), UsageErrc::file_binary_encoding);
  REQUIRE_ERROR(s.makefile("r", -1, {.encoding = "ebcdic"}), UsageErrc::file_encoding);
  REQUIRE_ERROR(s.makefile("r", -1, {.errors = "xmlcharrefreplace"}), UsageErrc::file_errors);
  REQUIRE_ERROR(s.makefile("r", -1, {.newline = "\n\n"}), UsageErrc::file_newline);
  REQUIRE_ERROR(s.makefile("r", -1, {.newline = "\n\r"}), UsageErrc::file_newline);
  REQUIRE_OK(s.close());  // a refused file keeps nothing open
  REQUIRE_EQ(s.fileno(), -1);
  REQUIRE_ERROR(s.makefile("x"), UsageErrc::file_mode);
  REQUIRE_ERROR(s.makefile(), Errc::ebadf);
  REQUIRE_ERROR(Socket().makefile(), Errc::ebadf);
}

CONFORMANCE("file_life/closed_file", Rows({"method/makefile", "exception/ValueError"}), Needs{Feature::inet_stream}) {
  Connection c = t.connected(tcp4);
  SocketFile file = REQUIRE_OK(c.client.makefile("rwb"));
  REQUIRE_OK(file.close());
  REQUIRE_OK(file.close());
  std::array<char, 4> buffer;
  REQUIRE_ERROR(file.read(), UsageErrc::file_closed);
  REQUIRE_ERROR(file.read1(), UsageErrc::file_closed);
  REQUIRE_ERROR(file.readinto(buffer), UsageErrc::file_closed);
  REQUIRE_ERROR(file.readline(), UsageErrc::file_closed);
  REQUIRE_ERROR(file.readlines(), UsageErrc::file_closed);
  REQUIRE_ERROR(file.write("x"), UsageErrc::file_closed);
  REQUIRE_ERROR(file.writelines(std::array<std::string, 1>{"x"}), UsageErrc::file_closed);
  REQUIRE_ERROR(file.flush(), UsageErrc::file_closed);
  REQUIRE_ERROR(SocketFile().read(), UsageErrc::file_closed);
}

CONFORMANCE_OVER(connected_kinds, "file_life/of_every_kind", Rows({"method/makefile"}), Needs{}) {
  // Of messages, an unbuffered file gives and takes one at a time.
  Connection c = t.connected(kind);
  SocketFile writer = REQUIRE_OK(c.client.makefile("wb", 0));
  SocketFile reader = REQUIRE_OK(c.server.makefile("rb", 0));
  REQUIRE_OK(writer.write("message"));
  REQUIRE_EQ(REQUIRE_OK(reader.read(100)), "message");
}

}  // namespace
}  // namespace everysock::conformance
