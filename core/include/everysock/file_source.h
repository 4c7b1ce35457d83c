// What Socket::sendfile() sends from.
//
//   StdioFile page = StdioFile::open("page.html").value();
//   s.sendfile(page).value();
//
//   std::istringstream text("from memory");
//   StreamFile memory(text);
//   s.sendfile(memory, 5).value();                       // "memory"
//
// A source of another kind derives from FileSource.
//
// Threads: a source belongs to one thread at a time.
#ifndef EVERYSOCK_FILE_SOURCE_H_
#define EVERYSOCK_FILE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "everysock/buffer.h"
#include "everysock/error.h"

namespace everysock {

class FileSource {
 public:
  virtual ~FileSource() = default;

  // Reads at most buffer.size() bytes at the position, which moves on, and returns how many: 0 only at the end. Errors
  // of the file's system.
  virtual Result<std::size_t> read(MutableBuffer buffer) = 0;

  // Moves the position to `offset` bytes (not negative) from the start, which may lie behind the end. ESPIPE where the
  // source has no positions: it is read on from where it is.
  virtual Result<void> seek(std::int64_t offset) = 0;

  // The number by which the system may read the source without its help, at any offset and without moving its
  // position; nullopt where there is none.
  virtual std::optional<std::int64_t> fileno() const { return std::nullopt; }

  // Whether the bytes are sent as they are. sendfile() refuses a source in text mode.
  virtual bool binary() const { return true; }
};

// A file of the C library. Its descriptor is what the system's sendfile reads: what the program itself has written
// must have been flushed.
class StdioFile final : public FileSource {
 public:
  // Opens for reading, in binary mode. ENOENT, EACCES, EISDIR, EMFILE; usage error for a path with a NUL in it.
  // fopen(3).
  static Result<StdioFile> open(const std::string& path);
  // Uses `file`, which stays the caller's and must outlive this. On Windows it must be open in binary mode.
  explicit StdioFile(std::FILE* file) noexcept : file_(file, [](std::FILE*) { return 0; }) {}

  Result<std::size_t> read(MutableBuffer buffer) override;
  Result<void> seek(std::int64_t offset) override;
  std::optional<std::int64_t> fileno() const override;
  // The C file, to ask for its position (ftell(3)).
  std::FILE* get() const noexcept { return file_.get(); }

 private:
  using Close = int (*)(std::FILE*);
  StdioFile(std::FILE* file, Close close) noexcept : file_(file, close) {}
  std::unique_ptr<std::FILE, Close> file_;
};

// A descriptor of the system's, which stays the caller's. EBADF from the calls where it is none.
class DescriptorFile final : public FileSource {
 public:
  explicit DescriptorFile(int descriptor) noexcept : descriptor_(descriptor) {}

  Result<std::size_t> read(MutableBuffer buffer) override;
  Result<void> seek(std::int64_t offset) override;
  std::optional<std::int64_t> fileno() const override { return descriptor_; }

 private:
  int descriptor_;
};

// Any std::istream, which must outlive this: std::ifstream, std::istringstream. A stream that reports a failure gives
// EIO, one that cannot seek ESPIPE.
class StreamFile final : public FileSource {
 public:
  // A stream does not tell how it was opened. Where it was without std::ios::binary, say so, and sendfile() refuses it.
  enum class Mode : std::uint8_t { binary, text };
  explicit StreamFile(std::istream& stream, Mode mode = Mode::binary) noexcept : stream_(&stream), mode_(mode) {}

  Result<std::size_t> read(MutableBuffer buffer) override;
  Result<void> seek(std::int64_t offset) override;
  bool binary() const override { return mode_ == Mode::binary; }

 private:
  std::istream* stream_;
  Mode mode_;
};

}  // namespace everysock

#endif  // EVERYSOCK_FILE_SOURCE_H_
