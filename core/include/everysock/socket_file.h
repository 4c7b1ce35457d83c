// Files made of sockets: what Socket::makefile() returns.
//
//   SocketFile file = s.makefile("rw").value();          // text: UTF-8, lines end in '\n' whatever the peer sends
//   file.write("GET / HTTP/1.0\r\n\r\n").value();
//   file.flush().value();
//   for (Result<std::string> line : file.lines()) {
//     if (!line) return report(line.error());
//     std::cout << *line;
//   }
//
//   SocketFile raw = s.makefile("rb", 0).value();        // binary and unbuffered: one read() is one recv()
//
// As a std::iostream: socket_stream.h.
//
// Source: Python documentation, socket.makefile (spec row method/makefile, behaviour/B17) and the io module, whose
// open() defines the arguments.
#ifndef EVERYSOCK_SOCKET_FILE_H_
#define EVERYSOCK_SOCKET_FILE_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "everysock/buffer.h"
#include "everysock/error.h"

namespace everysock {

class Socket;
class SharedSocket;

// How a text file turns bytes into text. For binary files all of them must be left out.
struct MakefileOptions {
  // "utf-8" (when left out), "latin-1" or "ascii", in any of their usual spellings. Text is always UTF-8 in the
  // program; this is what travels.
  std::optional<std::string_view> encoding = std::nullopt;

  // What becomes of bytes that do not decode and characters that do not encode:
  //   "strict"           an error, file_decode or file_encode (when left out)
  //   "ignore"           they are left out
  //   "replace"          U+FFFD when reading, '?' when writing
  //   "surrogateescape"  byte 0xNN reads as the lone surrogate U+DCNN (in the three bytes that UTF-8's scheme has for
  //                      it), which writes as that byte again: nothing is lost on the way
  std::optional<std::string_view> errors = std::nullopt;

  // Where lines end:
  //   left out  reading: at "\n", "\r" or "\r\n", each of which reads as "\n"; writing: as it is
  //   ""        reading: at "\n", "\r" or "\r\n", which stay as they are; writing: as it is
  //   "\n"      at "\n" alone
  //   "\r"      at "\r" alone, which "\n" becomes when written
  //   "\r\n"    at "\r\n" alone, which "\n" becomes when written
  // (Python writes "\n" as the system's line end where this is left out. What goes to a peer does not depend on the
  // system here.)
  std::optional<std::string_view> newline = std::nullopt;
};

// A file over a socket's descriptor. Move-only; the destructor flushes and closes it without reporting errors.
//
// The descriptor is shared with the Socket and counted: it closes when the Socket has been closed (or destroyed) and
// every file made of it as well. Until then the Socket keeps working, even after its close(). Closing files alone
// never closes an open Socket. Detaching the Socket takes the descriptor from its files, too (EBADF).
//
// The socket must be blocking, or have a time-out, which holds for each receive and send that a call needs:
//   - A read that times out fails with Error::is_timeout(). Since nobody knows what the peer was about to say, every
//     further read that needs the socket fails with UsageErrc::file_timed_out. Writing goes on.
//   - On a non-blocking socket a call that can do nothing gives EAGAIN; one that can do a part does that.
// Whatever a failed read had got stays in the file: read1() still gives it.
//
// Sizes count bytes in a binary file and characters (code points) in a text file.
//
// Errors common to all methods: UsageErrc::file_closed on a closed or moved-from file, file_not_readable and
// file_not_writable by the mode, negative_size for a size below -1, EBADF where the Socket was detached, and what
// recv() and send() give. Reading text also gives file_decode, as soon as a call needs what does not decode and from
// then on; the text before that can be read by lines or sizes.
//
// Threads: one may read while another writes. Anything else takes one thread at a time. A file and its Socket may be in
// different threads; closing the last of them must not run beside another use.
class SocketFile {
 public:
  // A closed file.
  SocketFile() noexcept;
  SocketFile(SocketFile&& other) noexcept;
  SocketFile& operator=(SocketFile&& other) noexcept;
  ~SocketFile();

  // ---- facts ----

  // The mode as makefile() got it; of a binary file "rb", "wb" or "rwb". Survives close().
  const std::string& mode() const noexcept { return mode_; }
  // The descriptor, -1 once the file is closed. (On Windows no file descriptor of the C library.)
  std::int64_t fileno() const noexcept;
  std::int64_t name() const noexcept { return fileno(); }
  bool closed() const noexcept { return impl_ == nullptr; }
  // Whether it gives and takes text, by the mode.
  bool is_text() const noexcept { return mode_.find('b') == std::string::npos; }
  bool readable() const noexcept;
  bool writable() const noexcept;

  // ---- reading ----

  // Waits for `size` bytes or characters, or the end of the stream; all that comes up to there for -1. Less than `size`
  // is the end; so is "" for a size that is not 0. An unbuffered file returns what one recv() gives (-1 excepted).
  Result<std::string> read(std::ptrdiff_t size = -1);

  // At most `size` of what is there, waiting only where nothing is: at most one recv(). -1: as much as the buffer
  // holds.
  Result<std::string> read1(std::ptrdiff_t size = -1);

  // As read(buffer.size()), into the caller's memory. Usage error in text files.
  Result<std::size_t> readinto(MutableBuffer buffer);

  // One line with its end, or `size` of it if that is shorter. Without an end it is the last one; "" is the end of the
  // stream. A peer may send a line of any length: give a size to bound it. Unbuffered files ask for one byte at a time,
  // so that nothing beyond the line is taken.
  Result<std::string> readline(std::ptrdiff_t size = -1);

  // All lines up to the end; with a positive `hint` no further ones once that many bytes or characters have come.
  Result<std::vector<std::string>> readlines(std::ptrdiff_t hint = -1);

  // The lines as a range to go through once: Result<std::string> each, ending at the end of the stream or behind the
  // first error.
  class Lines;
  Lines lines();

  // ---- writing ----

  // Takes all of `data` (of a text file: UTF-8 text) and returns its size in bytes or characters. It goes out when the
  // buffer is full, at the end of a line (buffering 1), by flush() or by close(). An unbuffered file returns what one
  // send() took. An EAGAIN takes nothing; after any other error nobody knows how much of it went out. Usage error
  // file_encode, before anything is taken, where text does not encode.
  Result<std::size_t> write(ConstBuffer data);

  // Writes each, adding nothing between them.
  Result<void> writelines(std::span<const std::string> lines);

  // Sends what has been written. What an error leaves unsent stays, for the next flush(). Does nothing in a file that
  // is only read.
  Result<void> flush();

  // Flushes and closes. An error of either is reported, and the file is closed all the same. A second close does
  // nothing.
  Result<void> close();

 private:
  friend class Socket;
  struct Impl;
  SocketFile(std::unique_ptr<Impl> impl, std::string mode) noexcept;

  // The file if it is open for reading, or writing.
  Result<Impl*> reading(Operation operation) const noexcept;
  Result<Impl*> writing(Operation operation) const noexcept;

  std::unique_ptr<Impl> impl_;
  std::string mode_;
};

class SocketFile::Lines {
 public:
  class iterator {
   public:
    using value_type = Result<std::string>;
    using reference = Result<std::string>&;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    reference operator*() const noexcept { return *lines_->line_; }
    iterator& operator++() {
      lines_->advance();
      return *this;
    }
    void operator++(int) { lines_->advance(); }
    friend bool operator==(const iterator& at, std::default_sentinel_t) noexcept { return at.ended(); }

   private:
    friend class Lines;
    explicit iterator(Lines* lines) noexcept : lines_(lines) {}
    bool ended() const noexcept { return !lines_->line_; }
    Lines* lines_;
  };

  // `file` must outlive the range.
  explicit Lines(SocketFile& file) noexcept : file_(&file) {}
  // Reads the first line.
  iterator begin() {
    advance();
    return iterator(this);
  }
  std::default_sentinel_t end() const noexcept { return {}; }

 private:
  void advance() {
    const bool failed = line_ && !*line_;
    line_.reset();
    if (failed) return;
    line_.emplace(file_->readline());
    if (*line_ && (*line_)->empty()) line_.reset();
  }

  SocketFile* file_;
  std::optional<Result<std::string>> line_;
};

inline SocketFile::Lines SocketFile::lines() { return Lines(*this); }

}  // namespace everysock

#endif  // EVERYSOCK_SOCKET_FILE_H_
