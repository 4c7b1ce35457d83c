#include <algorithm>
#include <array>

#include "everysock/socket.h"
#include "src/socket_wait.h"

namespace everysock {
namespace {

constexpr Operation kOperation = Operation::sendfile;
constexpr std::size_t kBlockSize = 8192;
// More than this at once helps nobody, and not every system counts further.
constexpr std::int64_t kLargestRequest = std::int64_t{1} << 30;

std::int32_t clamp(std::int64_t number) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(number, INT32_MIN, INT32_MAX));
}

// One call of sendfile(), its arguments checked.
class Transfer {
 public:
  Transfer(Socket& socket, FileSource& file, std::int64_t offset, std::int64_t count)
      : socket_(socket), file_(file), offset_(offset), left_(count) {}

  Result<std::size_t> run() {
    const auto sent = send_somehow();
    // Where a file without positions stands is its own affair.
    const auto moved = file_.seek(offset_);
    if (!sent) return Unexpected(sent.error().in(kOperation));
    if (!moved && moved.error() != Errc::espipe) return Unexpected(moved.error().in(kOperation));
    return total_;
  }

 private:
  Result<void> send_somehow() {
    if (const auto number = file_.fileno()) {
      const auto sent = send_by_system(*number);
      // This file or this socket may be none that the system can do it with; what else is wrong shows again.
      if (sent || total_ > 0 || sent.error().domain() != ErrorDomain::system) return sent;
    }
    const auto positioned = file_.seek(offset_);
    if (!positioned && !(offset_ == 0 && positioned.error() == Errc::espipe)) return positioned;
    return send_in_blocks();
  }

  Result<void> send_by_system(std::int64_t number) {
    while (left_ > 0) {
      const auto size = static_cast<std::size_t>(std::min(left_, kLargestRequest));
      // Less than was asked for may be the end of the file, which must not be waited for: always try again.
      const auto sent = SocketIo::run(
          socket_, Interest::write, kOperation,
          [&] { return socket_.backend()->send_file(socket_.handle(), number, offset_, size); },
          [](std::size_t) { return true; });
      if (!sent) return Unexpected(sent.error());
      if (*sent == 0) break;
      advance(*sent);
    }
    return {};
  }

  Result<void> send_in_blocks() {
    std::array<char, kBlockSize> memory;
    while (left_ > 0) {
      const auto size = static_cast<std::size_t>(std::min<std::int64_t>(left_, kBlockSize));
      const auto read = file_.read(MutableBuffer(memory.data(), size));
      if (!read) return Unexpected(read.error());
      if (*read == 0) break;
      ConstBuffer block(memory.data(), *read);
      while (!block.empty()) {
        const auto sent = SocketIo::run(
            socket_, Interest::write, kOperation,
            [&] {
              return socket_.backend()->send(socket_.handle(), {.buffers = {&block, 1}});
            },
            [&](std::size_t taken) { return taken == block.size(); });
        if (!sent) return Unexpected(sent.error());
        advance(*sent);
        block = block.subspan(*sent);
      }
    }
    return {};
  }

  void advance(std::size_t sent) {
    total_ += sent;
    offset_ += static_cast<std::int64_t>(sent);
    left_ -= static_cast<std::int64_t>(sent);
  }

  Socket& socket_;
  FileSource& file_;
  std::int64_t offset_;  // of what is to be sent next
  std::int64_t left_;
  std::size_t total_ = 0;
};

}  // namespace

Result<std::size_t> Socket::sendfile(FileSource& file, std::int64_t offset, std::optional<std::int64_t> count) {
  if (!file.binary()) return fail(kOperation, UsageErrc::sendfile_text);
  if (type_ != sock_stream) return fail(kOperation, UsageErrc::not_a_stream);
  if (offset < 0) return fail(kOperation, UsageErrc::sendfile_offset, clamp(offset));
  if (count && *count <= 0) return fail(kOperation, UsageErrc::sendfile_count, clamp(*count));
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  if (!getblocking()) return fail(kOperation, UsageErrc::sendfile_nonblocking);
  return Transfer(*this, file, offset, count.value_or(INT64_MAX)).run();
}

}  // namespace everysock
