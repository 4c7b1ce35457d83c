// sendfile: regular files, other sources, positions, time-outs.
#include <array>
#include <cstdio>
#include <memory>
#include <sstream>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

constexpr std::size_t kMuch = std::size_t{64} << 20;

using CFile = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// A regular file of its own with this content, at its beginning.
CFile regular_file(std::string_view content) {
  CFile file(std::tmpfile(), std::fclose);
  REQUIRE(file != nullptr);
  REQUIRE_EQ(std::fwrite(content.data(), 1, content.size(), file.get()), content.size());
  std::rewind(file.get());
  return file;
}

// A source that the system cannot read by itself, and that counts how it is read.
class Unhurried : public FileSource {
 public:
  explicit Unhurried(std::string content) : content_(std::move(content)) {}
  Result<std::size_t> read(MutableBuffer buffer) override {
    largest = std::max(largest, buffer.size());
    if (fails_at && position >= *fails_at) return fail(Operation::read, Errc::eio);
    const std::size_t part = position < content_.size() ? content_.copy(static_cast<char*>(buffer.data()),
                                                                        std::min(buffer.size(), piece), position)
                                                        : 0;
    position += part;
    return part;
  }
  Result<void> seek(std::int64_t offset) override {
    if (!seekable) return fail(Operation::none, Errc::espipe);
    position = static_cast<std::size_t>(offset);
    return {};
  }
  bool binary() const override { return !text; }

  std::size_t position = 0;
  std::size_t piece = 1000000;  // the most that one read gives
  std::size_t largest = 0;      // the most that one read asked for
  std::optional<std::size_t> fails_at;
  bool seekable = true;
  bool text = false;

 private:
  std::string content_;
};

// What arrives of a sendfile() that shall succeed, of so little that it need not be received meanwhile.
std::string little_sent(Context& t, const Kind& kind, FileSource& source, std::int64_t offset = 0,
                        std::optional<std::int64_t> count = std::nullopt) {
  Connection c = t.connected(kind);
  const std::size_t size = REQUIRE_OK(c.client.sendfile(source, offset, count));
  REQUIRE_OK(c.client.close());
  std::string received = t.receive_to_end(c.server);
  REQUIRE_EQ(size, received.size());
  return received;
}

// The same of any size.
std::string sent(Context& t, const Kind& kind, FileSource& source, std::int64_t offset,
                 std::optional<std::int64_t> count, Timeout timeout) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(timeout));
  std::string received;
  Worker reader = t.spawn([&] { received = t.receive_to_end(c.server); });
  const std::size_t size = REQUIRE_OK(c.client.sendfile(source, offset, count));
  REQUIRE_OK(c.client.close());
  reader.join();
  REQUIRE_EQ(size, received.size());
  return received;
}

CONFORMANCE_OVER(stream_kinds, "sendfile/whole_file", Rows({"method/sendfile"}), Needs{}) {
  const std::string data = t.pattern(20000);
  const CFile file = regular_file(data);
  StdioFile source(file.get());
  REQUIRE(little_sent(t, kind, source) == data);
  REQUIRE_EQ(std::ftell(file.get()), 20000);
}

CONFORMANCE_OVER(stream_kinds, "sendfile/from_an_offset", Rows({"method/sendfile"}), Needs{}) {
  const std::string data = t.pattern(20000);
  const CFile file = regular_file(data);
  StdioFile source(file.get());
  REQUIRE(little_sent(t, kind, source, 5000) == data.substr(5000));
  REQUIRE_EQ(std::ftell(file.get()), 20000);
  // The offset counts, not where the file stands.
  REQUIRE(little_sent(t, kind, source, 0, 10) == data.substr(0, 10));
  REQUIRE_EQ(std::ftell(file.get()), 10);
}

CONFORMANCE_OVER(stream_kinds, "sendfile/count", Rows({"method/sendfile"}), Needs{}) {
  const std::string data = t.pattern(50000);
  const CFile file = regular_file(data);
  StdioFile source(file.get());
  for (const std::int64_t count : {1, 8191, 8192, 8193, 20000}) {
    REQUIRE(little_sent(t, kind, source, 100, count) == data.substr(100, static_cast<std::size_t>(count)));
    REQUIRE_EQ(std::ftell(file.get()), 100 + count);
  }
  REQUIRE(little_sent(t, kind, source, 49990, 1000) == data.substr(49990));  // no more than there is
  REQUIRE_EQ(std::ftell(file.get()), 50000);
}

CONFORMANCE_OVER(stream_kinds, "sendfile/nothing_to_send", Rows({"method/sendfile"}), Needs{}) {
  Connection c = t.connected(kind);
  const CFile empty = regular_file("");
  StdioFile source(empty.get());
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(source)), 0u);
  const CFile file = regular_file("short");
  StdioFile behind(file.get());
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(behind, 5)), 0u);
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(behind, 1000)), 0u);
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(behind, 1000, 10)), 0u);
  REQUIRE(!t.ready(c.server, Interest::read, Context::moment));
}

CONFORMANCE_OVER(stream_kinds, "sendfile/with_a_time_out", Rows({"method/sendfile", "behaviour/B01"}),
                 Needs{Feature::threads}) {
  // More than the buffers hold, so that it waits for room; as long as it takes where there is no time-out.
  const std::string data = t.pattern(2000000);
  const CFile file = regular_file(data);
  StdioFile source(file.get());
  for (const Timeout timeout : {Timeout(Context::patience), Timeout(std::nullopt)}) {
    REQUIRE(sent(t, kind, source, 0, std::nullopt, timeout) == data);
    REQUIRE_EQ(std::ftell(file.get()), 2000000);
  }
}

CONFORMANCE_OVER(stream_kinds, "sendfile/times_out", Rows({"method/sendfile", "exception/TimeoutError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(Context::moment));
  const CFile file = regular_file(std::string(kMuch, 'x'));
  StdioFile source(file.get());
  const Error error = REQUIRE_TIMEOUT(c.client.sendfile(source));
  REQUIRE_EQ(error.operation(), Operation::sendfile);
  // The position tells how much went.
  const long position = std::ftell(file.get());
  REQUIRE_LT(0, position);
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(t.receive_to_end(c.server).size(), position);
}

CONFORMANCE_OVER(stream_kinds, "sendfile/peer_goes_away", Rows({"method/sendfile", "exception/OSError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.shutdown(shut_wr));
  const CFile file = regular_file("for nobody");
  StdioFile source(file.get());
  std::fseek(file.get(), 3, SEEK_SET);
  const Error error = REQUIRE_ERROR(c.client.sendfile(source, 2), Errc::epipe);
  REQUIRE_EQ(error.operation(), Operation::sendfile);
  REQUIRE_EQ(std::ftell(file.get()), 2);
}

// ---- other sources ----

CONFORMANCE_OVER(stream_kinds, "sendfile/fallback", Rows({"method/sendfile", "behaviour/B37"}),
                 Needs{Feature::threads}) {
  const std::string data = t.pattern(100000);
  for (const Timeout timeout : {Timeout(std::nullopt), Timeout(Context::patience)}) {
    Unhurried source(data);
    source.position = 77;
    REQUIRE(sent(t, kind, source, 1000, std::nullopt, timeout) == data.substr(1000));
    REQUIRE_EQ(source.largest, 8192u);
    REQUIRE_EQ(source.position, data.size());
    REQUIRE(sent(t, kind, source, 0, 10000, timeout) == data.substr(0, 10000));
    REQUIRE_EQ(source.position, 10000u);
    source.piece = 7;
    REQUIRE(sent(t, kind, source, 0, 100, timeout) == data.substr(0, 100));
  }
}

CONFORMANCE_OVER(stream_kinds, "sendfile/fallback_times_out", Rows({"method/sendfile", "behaviour/B37"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.settimeout(Context::moment));
  Unhurried source(std::string(kMuch, 'x'));
  REQUIRE_TIMEOUT(c.client.sendfile(source));
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(t.receive_to_end(c.server).size(), source.position);
}

CONFORMANCE_OVER(stream_kinds, "sendfile/source_fails", Rows({"method/sendfile", "behaviour/B37"}), Needs{}) {
  Connection c = t.connected(kind);
  Unhurried source("0123456789");
  source.piece = 4;
  source.fails_at = 8;
  const Error error = REQUIRE_ERROR(c.client.sendfile(source), Errc::eio);
  REQUIRE_EQ(error.operation(), Operation::sendfile);
  REQUIRE_EQ(source.position, 8u);
  REQUIRE_EQ(t.receive(c.server, 8), "01234567");
}

CONFORMANCE_OVER(stream_kinds, "sendfile/without_positions", Rows({"method/sendfile", "behaviour/B37"}), Needs{}) {
  Connection c = t.connected(kind);
  Unhurried source("0123456789");
  source.seekable = false;
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(source, 0, 4)), 4u);
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(source)), 6u);  // from where it stands
  REQUIRE_EQ(t.receive(c.server, 10), "0123456789");
  REQUIRE_ERROR(c.client.sendfile(source, 1), Errc::espipe);
}

CONFORMANCE_OVER(stream_kinds, "sendfile/standard_stream", Rows({"method/sendfile", "behaviour/B37"}), Needs{}) {
  Connection c = t.connected(kind);
  std::istringstream text("from the memory");
  StreamFile source(text);
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(source, 5)), 10u);
  REQUIRE_EQ(t.receive(c.server, 10), "the memory");
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(source, 0, 4)), 4u);  // the end it met is no obstacle
  REQUIRE_EQ(t.receive(c.server, 4), "from");
  REQUIRE_EQ(static_cast<std::int64_t>(text.tellg()), 4);
  for (const std::int64_t offset : {15, 16, 1000}) REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(source, offset)), 0u);
  REQUIRE_OK(c.client.close());
  REQUIRE_EQ(t.receive_to_end(c.server), "");
}

CONFORMANCE_OVER(stream_kinds, "sendfile/descriptor", Rows({"method/sendfile"}), Needs{}) {
  Connection c = t.connected(kind);
  const CFile file = regular_file("by its number");
  StdioFile named(file.get());
  DescriptorFile source(static_cast<int>(named.fileno().value()));
  REQUIRE_EQ(REQUIRE_OK(c.client.sendfile(source, 3)), 10u);
  REQUIRE_EQ(t.receive(c.server, 10), "its number");
  std::array<char, 4> buffer;
  REQUIRE_EQ(REQUIRE_OK(source.read(buffer)), 0u);  // it stands at the end
  REQUIRE_OK(source.seek(3));
  REQUIRE_EQ(REQUIRE_OK(source.read(buffer)), 4u);
  DescriptorFile none(-1);
  REQUIRE_ERROR(c.client.sendfile(none), Errc::ebadf);
}

CONFORMANCE("sendfile/no_such_file", Rows({"method/sendfile"}), Needs{}) {
  REQUIRE_ERROR(StdioFile::open("/no/such/file"), Errc::enoent);
  REQUIRE_ERROR(StdioFile::open(std::string("nul\0inside", 10)), UsageErrc::embedded_nul);
}

// By the system itself: without this, files still go out by the fallback.
CONFORMANCE_OVER(stream_kinds, "sendfile/by_the_system", Rows({"method/sendfile", "behaviour/B37"}),
                 Needs{Feature::send_file}) {
  Connection c = t.connected(kind);
  const CFile file = regular_file("0123456789");
  const std::int64_t number = StdioFile(file.get()).fileno().value();
  REQUIRE_EQ(REQUIRE_OK(t.backend().send_file(c.client.handle(), number, 2, 5)), 5u);
  REQUIRE_EQ(t.receive(c.server, 5), "23456");
  REQUIRE_EQ(std::ftell(file.get()), 0);
  REQUIRE_EQ(REQUIRE_OK(t.backend().send_file(c.client.handle(), number, 10, 5)), 0u);
}

// ---- usage ----

CONFORMANCE_OVER(stream_kinds, "sendfile/nonblocking", Rows({"method/sendfile", "exception/ValueError"}), Needs{}) {
  Connection c = t.connected(kind);
  REQUIRE_OK(c.client.setblocking(false));
  Unhurried source("x");
  REQUIRE_ERROR(c.client.sendfile(source), UsageErrc::sendfile_nonblocking);
}

CONFORMANCE_OVER(message_kinds, "sendfile/no_stream", Rows({"method/sendfile", "exception/ValueError"}), Needs{}) {
  Connection c = t.connected(kind);
  Unhurried source("x");
  REQUIRE_ERROR(c.client.sendfile(source), UsageErrc::not_a_stream);
}

CONFORMANCE("sendfile/usage", Rows({"method/sendfile", "method/close", "exception/ValueError"}),
            Needs{Feature::inet_stream}) {
  Connection c = t.connected(tcp4);
  Unhurried source("0123456789");
  source.position = 4;
  REQUIRE_ERROR(c.client.sendfile(source, 0, 0), UsageErrc::sendfile_count);
  const Error count = REQUIRE_ERROR(c.client.sendfile(source, 0, -7), UsageErrc::sendfile_count);
  REQUIRE_EQ(count.message(), "sendfile: count must be a positive integer, not -7 [usage]");
  REQUIRE_ERROR(c.client.sendfile(source, -1), UsageErrc::sendfile_offset);
  source.text = true;
  REQUIRE_ERROR(c.client.sendfile(source), UsageErrc::sendfile_text);
  std::istringstream text("text");
  StreamFile text_file(text, StreamFile::Mode::text);
  REQUIRE_ERROR(c.client.sendfile(text_file), UsageErrc::sendfile_text);
  source.text = false;
  REQUIRE_EQ(source.position, 4u);  // nothing was touched
  REQUIRE_OK(c.client.close());
  REQUIRE_ERROR(c.client.sendfile(source), Errc::ebadf);
}

}  // namespace
}  // namespace everysock::conformance
