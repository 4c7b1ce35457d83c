// Files made of sockets as streams of the standard library.
#include "everysock/socket_stream.h"
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(stream_kinds, "file_stream/both_ways", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketStream client(REQUIRE_OK(c.client.makefile("rw")));
  SocketStream server(REQUIRE_OK(c.server.makefile("rw")));
  client << "add " << 40 << ' ' << 2 << std::endl;
  std::string verb;
  int a = 0;
  int b = 0;
  server >> verb >> a >> b;
  REQUIRE_EQ(verb, "add");
  server << a + b << '\n' << std::flush;
  std::string line;
  REQUIRE(std::getline(client, line).good());
  REQUIRE_EQ(line, "42");
  REQUIRE(!client.error() && !server.error());
}

CONFORMANCE_OVER(stream_kinds, "file_stream/the_end", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketStream stream(REQUIRE_OK(c.server.makefile("rb")));
  const std::string data = t.pattern(30000);
  REQUIRE_OK(c.client.sendall(data));
  REQUIRE_OK(c.client.close());
  std::string got(data.size() + 1, '\0');
  stream.read(got.data(), static_cast<std::streamsize>(got.size()));
  REQUIRE_EQ(stream.gcount(), data.size());
  REQUIRE(stream.eof());
  REQUIRE(!stream.error());  // nothing went wrong
  got.pop_back();
  REQUIRE(got == data);
}

CONFORMANCE_OVER(stream_kinds, "file_stream/flush_sends", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  {
    SocketStream stream(REQUIRE_OK(c.client.makefile("w")));
    stream << "buffered";
    REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
    stream.flush();
    REQUIRE_EQ(t.receive(c.server, 8), "buffered");
    stream.put('.');
  }
  REQUIRE_EQ(t.receive(c.server, 1), ".");  // sent by the destructor
}

CONFORMANCE_OVER(stream_kinds, "file_stream/characters_in_parts", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  constexpr std::string_view text = "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80";
  SocketStream stream(REQUIRE_OK(c.client.makefile("w")));
  stream << text;
  for (const char byte : text) stream.put(byte);
  stream << text.substr(0, 3) << text.substr(3) << std::flush;
  REQUIRE(stream.good());
  REQUIRE_EQ(t.receive(c.server, 3 * text.size()), std::string(text) + std::string(text) + std::string(text));

  stream << "\xe2\x82" << std::flush;  // the last byte does not come
  REQUIRE(stream.bad());
  REQUIRE(stream.error() == UsageErrc::file_encode);
  REQUIRE_ERROR(stream.close(), UsageErrc::file_encode);
  REQUIRE_OK(stream.close());
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));

  SocketStream replacing(REQUIRE_OK(c.client.makefile("w", -1, {.errors = "replace"})));
  replacing << "\xe2\x82" << std::flush << '.' << std::flush;
  REQUIRE(replacing.good());
  REQUIRE_EQ(t.receive(c.server, 2), "?.");
}

CONFORMANCE_OVER(stream_kinds, "file_stream/unbuffered", Rows({"method/makefile"}), Needs{Feature::threads}) {
  Connection c = t.connected(kind);
  SocketStream stream(REQUIRE_OK(c.client.makefile("wb", 0)));
  const std::string data = t.pattern(1000000);  // more than one send() takes
  std::string received;
  Worker reader = t.spawn([&] { received = t.receive_to_end(c.server); });
  stream << data;
  REQUIRE(stream.good());
  REQUIRE_OK(c.client.shutdown(shut_wr));
  reader.join();
  REQUIRE(received == data);
}

CONFORMANCE_OVER(stream_kinds, "file_stream/errors", Rows({"method/makefile", "exception/OSError"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketStream stream(REQUIRE_OK(c.client.makefile("rwb")));
  REQUIRE_OK(c.client.settimeout(Context::moment));
  REQUIRE_EQ(stream.get(), std::char_traits<char>::eof());
  REQUIRE(stream.error() && stream.error()->is_timeout());

  SocketStream writer(REQUIRE_OK(c.client.makefile("wb")));
  REQUIRE_OK(c.client.shutdown(shut_wr));
  writer << "x" << std::flush;
  REQUIRE(writer.bad());
  REQUIRE(writer.error() == Errc::epipe);
  REQUIRE_ERROR(writer.close(), Errc::epipe);
  REQUIRE(writer.file().closed());

  SocketStream reader(REQUIRE_OK(c.client.makefile("rb")));
  reader << "x";
  REQUIRE(reader.bad());
  REQUIRE(reader.error() == UsageErrc::file_not_writable);
}

CONFORMANCE_OVER(stream_kinds, "file_stream/lines_of_text", Rows({"method/makefile"}), Needs{}) {
  Connection c = t.connected(kind);
  SocketStream stream(REQUIRE_OK(c.server.makefile("r", -1, {.encoding = "latin-1"})));
  REQUIRE_OK(
      c.client.sendall("gr\xfc\xdf"
                       "e\r\nzwei\r\n"));
  std::string line;
  REQUIRE(std::getline(stream, line).good());
  REQUIRE_EQ(line,
             "gr\xc3\xbc\xc3\x9f"
             "e");
  REQUIRE(std::getline(stream, line).good());
  REQUIRE_EQ(line, "zwei");
}

}  // namespace
}  // namespace everysock::conformance
