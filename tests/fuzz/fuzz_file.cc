// Text files made of sockets: what is read does not depend on how the bytes are cut into receives and the reading into
// calls, and what surrogateescape has read writes as the same bytes again.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/core/fake_backend.h"
#include "tests/fuzz/input.h"

using namespace everysock;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Sends `incoming` in pieces of the sizes that `cut` stands for; 0: as large as the receiver has room. Keeps what it
// gets.
class Peer : public FakeBackend {
 public:
  Peer(std::string_view incoming, std::size_t cut) : incoming_(incoming), cut_(cut) {}

  Result<std::size_t> receive(Handle, ReceiveRequest& request) override {
    const MutableBuffer buffer = request.buffers.front();
    const std::size_t most = cut_ == 0 ? incoming_.size() : 1 + ++received_ * cut_ % 13;
    const std::size_t size = incoming_.copy(static_cast<char*>(buffer.data()), std::min(buffer.size(), most));
    incoming_.remove_prefix(size);
    return size;
  }
  Result<std::size_t> send(Handle, const SendRequest& request) override {
    const std::string_view part = request.buffers.front().view();
    sent += part;
    return part.size();
  }
  std::string sent;

 private:
  std::string_view incoming_;
  std::size_t cut_;
  std::size_t received_ = 0;
};

struct Outcome {
  std::string text;
  std::int32_t undecodable = -1;  // the offset, where there is such a byte
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

// After a call that failed: what can still be read, and where the failure is.
void drain(SocketFile& file, Outcome& outcome) {
  for (;;) {
    const auto part = file.read1();
    if (!part) {
      require(part.error() == UsageErrc::file_decode);
      outcome.undecodable = part.error().detail();
      return;
    }
    require(!part->empty());
    outcome.text += *part;
  }
}

Outcome read_at_once(SocketFile& file) {
  Outcome outcome;
  if (const auto all = file.read()) {
    outcome.text = *all;
  } else {
    drain(file, outcome);
  }
  return outcome;
}

Outcome read_in_parts(SocketFile& file, std::size_t choice) {
  Outcome outcome;
  for (std::size_t call = 0;; ++call) {
    const std::ptrdiff_t size = 1 + static_cast<std::ptrdiff_t>(call % 5);
    const std::size_t kind = (call * 7 + choice) % 4;
    const auto part = kind == 0   ? file.readline()
                      : kind == 1 ? file.readline(size)
                      : kind == 2 ? file.read(size)
                                  : file.read1(size);
    if (!part) {
      drain(file, outcome);
      return outcome;
    }
    if (part->empty()) return outcome;
    if (kind != 0) require(characters(*part) <= static_cast<std::size_t>(size));
    outcome.text += *part;
  }
}

SocketFile make(Peer& peer, std::string_view mode, int buffering, const MakefileOptions& options) {
  Socket socket = peer.make_socket();
  return std::move(*socket.makefile(mode, buffering, options));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<std::string_view, 3> encodings = {"utf-8", "latin-1", "ascii"};
  constexpr std::array<std::string_view, 4> handlers = {"strict", "ignore", "replace", "surrogateescape"};
  constexpr std::array<std::optional<std::string_view>, 5> newlines = {std::nullopt, "", "\n", "\r", "\r\n"};
  fuzz::Input input(data, size);
  MakefileOptions options;
  options.encoding = encodings[input.byte() % encodings.size()];
  options.errors = handlers[input.byte() % handlers.size()];
  options.newline = newlines[input.byte() % newlines.size()];
  const int buffering = 2 + input.byte();
  const std::size_t cut = input.byte();
  const std::string bytes(input.bytes(size));  // a copy without slack, so that the sanitizers see a byte too far

  Peer whole(bytes, 0);
  SocketFile at_once = make(whole, "r", -1, options);
  const Outcome outcome = read_at_once(at_once);
  Peer cutting(bytes, cut);
  SocketFile in_parts = make(cutting, "r", buffering, options);
  require(read_in_parts(in_parts, cut) == outcome);
  require(outcome.undecodable < static_cast<std::int32_t>(bytes.size()));

  const bool reversible = options.errors == "surrogateescape" && (options.newline == "" || options.newline == "\n");
  if (reversible) {
    Peer reader("", 0);
    SocketFile file = make(reader, "w", buffering, options);
    require(file.write(outcome.text) == characters(outcome.text));
    require(file.flush().has_value());
    require(reader.sent == bytes);
  }
  return 0;
}
