// Text files made of sockets: encodings, their errors, and line ends.
#include <array>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::array text_kinds = {&tcp4, &unix_pair};

// A text file that reads `data`, which is all that comes.
struct Incoming {
  Socket socket;
  SocketFile file;
};
Incoming incoming(Context& t, const Kind& kind, std::string_view data, const MakefileOptions& options = {}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.sendall(data));
  REQUIRE_OK(c.client.close());
  SocketFile file = REQUIRE_OK(c.server.makefile("r", -1, options));
  return {std::move(c.server), std::move(file)};
}

std::string read_text(Context& t, const Kind& kind, std::string_view data, const MakefileOptions& options = {}) {
  return REQUIRE_OK(incoming(t, kind, data, options).file.read());
}

// What goes out for `text`.
std::string written(Context& t, const Kind& kind, std::string_view text, const MakefileOptions& options = {}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(REQUIRE_OK(c.client.makefile("w", -1, options)).write(text));
  REQUIRE_OK(c.client.close());
  return t.receive_to_end(c.server);
}

// ---- encodings ----

CONFORMANCE_OVER(text_kinds, "file_text/utf8_both_ways", Rows({"method/makefile"}), Needs{}) {
  const std::string text = "\xd8\xa7, \xe2\x82\xac, \xf0\x9f\x98\x80, z\xc3\xa9ro\n";  // two, three, four and one bytes
  REQUIRE_EQ(read_text(t, kind, text), text);
  REQUIRE_EQ(written(t, kind, text), text);
  REQUIRE_EQ(read_text(t, kind, text, {.encoding = "UTF8"}), text);
}

CONFORMANCE_OVER(text_kinds, "file_text/latin1", Rows({"method/makefile"}), Needs{}) {
  for (const char* name : {"latin-1", "latin_1", "ISO-8859-1", "l1"}) {
    REQUIRE_EQ(read_text(t, kind, "gr\xfc\xdf\x80", {.encoding = name}), "gr\xc3\xbc\xc3\x9f\xc2\x80");
    REQUIRE_EQ(written(t, kind, "gr\xc3\xbc\xc3\x9f\xc2\x80", {.encoding = name}), "gr\xfc\xdf\x80");
  }
}

CONFORMANCE_OVER(text_kinds, "file_text/ascii", Rows({"method/makefile"}), Needs{}) {
  REQUIRE_EQ(read_text(t, kind, "plain\n", {.encoding = "ascii"}), "plain\n");
  REQUIRE_EQ(written(t, kind, "plain\n", {.encoding = "US-ASCII"}), "plain\n");
}

CONFORMANCE_OVER(text_kinds, "file_text/sizes_are_characters", Rows({"method/makefile"}), Needs{}) {
  Incoming in = incoming(t, kind,
                         "\xe2\x82\xac\xe2\x82\xac"
                         "a\xc3\xa9"
                         "bc\n\xc3\xa9\n");
  REQUIRE_EQ(REQUIRE_OK(in.file.read(1)), "\xe2\x82\xac");
  REQUIRE_EQ(REQUIRE_OK(in.file.read(3)),
             "\xe2\x82\xac"
             "a\xc3\xa9");
  REQUIRE_EQ(REQUIRE_OK(in.file.readline(1)), "b");
  REQUIRE_EQ(REQUIRE_OK(in.file.read1(1)), "c");
  REQUIRE((REQUIRE_OK(in.file.readlines(3)) == std::vector<std::string>{"\n", "\xc3\xa9\n"}));
  Connection c = t.connected(kind);
  REQUIRE_EQ(REQUIRE_OK(REQUIRE_OK(c.client.makefile("w")).write("\xe2\x82\xac and \xc3\xa9")), 7u);
}

CONFORMANCE_OVER(text_kinds, "file_text/character_in_two_pieces", Rows({"method/makefile"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.server.makefile());
  Worker sender = t.spawn([&] {
    for (const char byte : std::string("\xf0\x9f\x98\x80")) {
      REQUIRE_OK(c.client.sendall(std::string_view(&byte, 1)));
      t.pause(Context::moment);
    }
  });
  REQUIRE_EQ(REQUIRE_OK(file.read(1)), "\xf0\x9f\x98\x80");
  sender.join();
}

CONFORMANCE_OVER(text_kinds, "file_text/much_text", Rows({"method/makefile"}), Needs{}) {
  // More than either file's buffer holds.
  std::string text;
  for (int i = 0; i < 12000; ++i) text += i % 3 == 0 ? "\xe2\x82\xac" : i % 7 == 0 ? "\n" : "x";
  Connection c = t.connected(kind);
  SocketFile writer = REQUIRE_OK(c.client.makefile("w"));
  REQUIRE_EQ(REQUIRE_OK(writer.write(text)), 12000u);
  REQUIRE_OK(writer.close());
  REQUIRE_OK(c.client.close());
  SocketFile reader = REQUIRE_OK(c.server.makefile("r", 1000));
  std::string got;
  for (const Result<std::string>& line : reader.lines()) got += REQUIRE_OK(line);
  REQUIRE(got == text);
}

// ---- what does not decode ----

CONFORMANCE_OVER(text_kinds, "file_text/strict_decoding", Rows({"method/makefile", "exception/ValueError"}), Needs{}) {
  Incoming in = incoming(t, kind, "good\nhalf\xff rest");
  REQUIRE_EQ(REQUIRE_OK(in.file.readline()), "good\n");
  const Error error = REQUIRE_ERROR(in.file.readline(), UsageErrc::file_decode);
  REQUIRE_EQ(error.operation(), Operation::readline);
  REQUIRE_EQ(error.detail(), 9);                    // bytes before it
  REQUIRE_EQ(REQUIRE_OK(in.file.read(4)), "half");  // the text before it
  REQUIRE_ERROR(in.file.read(1), UsageErrc::file_decode);
  REQUIRE_ERROR(in.file.read(), UsageErrc::file_decode);  // it stays
  REQUIRE_ERROR(incoming(t, kind, "\xe9", {.encoding = "ascii"}).file.read(), UsageErrc::file_decode);
  REQUIRE_ERROR(incoming(t, kind, "cut \xe2\x82").file.read(), UsageErrc::file_decode);
}

CONFORMANCE_OVER(text_kinds, "file_text/lenient_decoding", Rows({"method/makefile"}), Needs{}) {
  const std::string bytes =
      "a\xff"
      "b\xe2\x82"
      "c\xe2\x82";
  REQUIRE_EQ(read_text(t, kind, bytes, {.errors = "ignore"}), "abc");
  REQUIRE_EQ(read_text(t, kind, bytes, {.errors = "replace"}),
             "a\xef\xbf\xbd"
             "b\xef\xbf\xbd"
             "c\xef\xbf\xbd");
  REQUIRE_EQ(read_text(t, kind, "\xc3\xa9", {.encoding = "ascii", .errors = "replace"}), "\xef\xbf\xbd\xef\xbf\xbd");
  REQUIRE_EQ(read_text(t, kind, "\xc3\xa9", {.encoding = "ascii", .errors = "ignore"}), "");
}

CONFORMANCE_OVER(text_kinds, "file_text/surrogateescape_keeps_every_byte", Rows({"method/makefile"}), Needs{}) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) {
    if (byte != '\r') bytes += static_cast<char>(byte);
  }
  bytes += "\xc3\xa9 \xe2\x82";
  for (const char* encoding : {"utf-8", "ascii", "latin-1"}) {
    const MakefileOptions options{.encoding = encoding, .errors = "surrogateescape"};
    REQUIRE(written(t, kind, read_text(t, kind, bytes, options), options) == bytes);
  }
  REQUIRE_EQ(read_text(t, kind, "\xff", {.errors = "surrogateescape"}), "\xed\xb3\xbf");  // U+DCFF
}

CONFORMANCE_OVER(text_kinds, "file_text/encoding_errors", Rows({"method/makefile", "exception/ValueError"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("w", -1, {.encoding = "latin-1"}));
  const Error error = REQUIRE_ERROR(file.write("\xc3\xa9\xe2\x82\xac"), UsageErrc::file_encode);
  REQUIRE_EQ(error.operation(), Operation::write);
  REQUIRE_EQ(error.detail(), 1);  // characters before it
  REQUIRE_OK(file.write("nothing of it was taken"));
  REQUIRE_OK(file.flush());
  REQUIRE_EQ(t.receive(c.server, 23), "nothing of it was taken");
  SocketFile utf8 = REQUIRE_OK(c.client.makefile("w"));
  REQUIRE_ERROR(utf8.write("no text: \xff"), UsageErrc::file_encode);
  REQUIRE_ERROR(utf8.write("\xed\xb3\xbf"), UsageErrc::file_encode);  // a lone surrogate
  REQUIRE_EQ(written(t, kind, "\xe2\x82\xac!", {.encoding = "ascii", .errors = "ignore"}), "!");
  REQUIRE_EQ(written(t, kind, "\xe2\x82\xac!", {.encoding = "ascii", .errors = "replace"}), "?!");
  REQUIRE_EQ(written(t, kind, "\xc3\xa9!", {.encoding = "ascii", .errors = "replace"}), "?!");
}

// ---- line ends ----

using Lines = std::vector<std::string>;

CONFORMANCE_OVER(text_kinds, "file_text/universal_newlines", Rows({"method/makefile"}), Needs{}) {
  const std::string bytes = "unix\nold mac\rdos\r\n\r\r\n\nlast\r";
  REQUIRE((REQUIRE_OK(incoming(t, kind, bytes).file.readlines()) ==
           Lines{"unix\n", "old mac\n", "dos\n", "\n", "\n", "\n", "last\n"}));
  REQUIRE_EQ(read_text(t, kind, bytes), "unix\nold mac\ndos\n\n\n\nlast\n");
}

CONFORMANCE_OVER(text_kinds, "file_text/newlines_untranslated", Rows({"method/makefile"}), Needs{}) {
  const std::string bytes = "unix\nold mac\rdos\r\n\r\r\n\nlast\r";
  REQUIRE((REQUIRE_OK(incoming(t, kind, bytes, {.newline = ""}).file.readlines()) ==
           Lines{"unix\n", "old mac\r", "dos\r\n", "\r", "\r\n", "\n", "last\r"}));
}

CONFORMANCE_OVER(text_kinds, "file_text/newline_of_ones_own", Rows({"method/makefile"}), Needs{}) {
  const std::string bytes = "a\nb\rc\r\nd";
  REQUIRE((REQUIRE_OK(incoming(t, kind, bytes, {.newline = "\n"}).file.readlines()) == Lines{"a\n", "b\rc\r\n", "d"}));
  REQUIRE((REQUIRE_OK(incoming(t, kind, bytes, {.newline = "\r"}).file.readlines()) == Lines{"a\nb\r", "c\r", "\nd"}));
  REQUIRE((REQUIRE_OK(incoming(t, kind, bytes, {.newline = "\r\n"}).file.readlines()) == Lines{"a\nb\rc\r\n", "d"}));
}

CONFORMANCE_OVER(text_kinds, "file_text/newline_in_two_pieces", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketFile translating = REQUIRE_OK(c.server.makefile());
  REQUIRE_OK(c.client.sendall("first\r"));
  REQUIRE_EQ(REQUIRE_OK(translating.readline()), "first\n");  // does not wait for what may follow
  REQUIRE_OK(c.client.sendall("\nsecond\n"));
  REQUIRE_EQ(REQUIRE_OK(translating.readline()), "second\n");
  SocketFile exact = REQUIRE_OK(c.server.makefile("r", -1, {.newline = "\r\n"}));
  REQUIRE_OK(c.client.sendall("third\r"));
  REQUIRE_EQ(REQUIRE_OK(exact.read1()), "third\r");
  REQUIRE_OK(c.client.sendall("\nfourth\r"));
  REQUIRE_EQ(REQUIRE_OK(exact.read(1)), "\n");
  REQUIRE_OK(c.client.sendall("\n"));
  REQUIRE_EQ(REQUIRE_OK(exact.readline()), "fourth\r\n");
}

CONFORMANCE_OVER(text_kinds, "file_text/written_newlines", Rows({"method/makefile"}), Needs{}) {
  const std::string text = "one\ntwo\r\n";
  REQUIRE_EQ(written(t, kind, text), text);
  REQUIRE_EQ(written(t, kind, text, {.newline = ""}), text);
  REQUIRE_EQ(written(t, kind, text, {.newline = "\n"}), text);
  REQUIRE_EQ(written(t, kind, text, {.newline = "\r"}), "one\rtwo\r\r");
  REQUIRE_EQ(written(t, kind, text, {.newline = "\r\n"}), "one\r\ntwo\r\r\n");
  Connection c = t.connected(kind);
  SocketFile file = REQUIRE_OK(c.client.makefile("w", -1, {.newline = "\r\n"}));
  REQUIRE_EQ(REQUIRE_OK(file.write("x\n")), 2u);  // characters of the text, not of what goes out
}

// ---- the rest ----

CONFORMANCE_OVER(text_kinds, "file_text/times_out", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.settimeout(Context::moment));
  SocketFile file = REQUIRE_OK(c.server.makefile("rw"));
  REQUIRE_OK(c.client.sendall("half"));
  REQUIRE_TIMEOUT(file.readline());
  REQUIRE_EQ(REQUIRE_OK(file.read1()), "half");
  REQUIRE_ERROR(file.readline(), UsageErrc::file_timed_out);
}

CONFORMANCE_OVER(text_kinds, "file_text/nonblocking", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.server.setblocking(false));
  SocketFile file = REQUIRE_OK(c.server.makefile());
  REQUIRE_ERROR(file.read(1), Errc::eagain);
  REQUIRE_OK(c.client.sendall("\xc3"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_ERROR(file.read(1), Errc::eagain);  // half a character
  REQUIRE_OK(c.client.sendall("\xa9"));
  REQUIRE(t.ready(c.server, Interest::read));
  REQUIRE_EQ(REQUIRE_OK(file.read(5)), "\xc3\xa9");
}

CONFORMANCE("file_text/no_readinto", Rows({"method/makefile"}), Needs{Feature::inet_stream}) {
  Connection c = t.connected(tcp4);
  SocketFile file = REQUIRE_OK(c.server.makefile());
  std::array<char, 4> buffer;
  REQUIRE_ERROR(file.readinto(buffer), UsageErrc::file_text);
}

}  // namespace
}  // namespace everysock::conformance
