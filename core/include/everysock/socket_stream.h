// A socket's file as a stream of the standard library.
//
//   SocketStream stream(s.makefile("rw").value());
//   stream << "PING\r\n" << std::flush;
//   std::string answer;
//   if (!std::getline(stream, answer)) return report(stream.error());
//
// Not included by <everysock/socket.h>: a program that does not use it pays nothing for it.
#ifndef EVERYSOCK_SOCKET_STREAM_H_
#define EVERYSOCK_SOCKET_STREAM_H_

#include <istream>
#include <optional>
#include <streambuf>
#include <string>
#include <string_view>

#include "everysock/error.h"
#include "everysock/socket_file.h"

namespace everysock {

// Reads and writes through a SocketFile: text files give and take UTF-8 text, binary ones bytes. What is put into the
// stream is in the file's buffer at once (a character of text when its last byte has come); std::flush sends it.
// Without positions: seeking fails.
//
// Streams know only that something went wrong; error() says what. A read that fails looks like the end of the stream
// (eofbit, failbit), a write sets badbit.
//
// Threads: as SocketFile.
class SocketStreambuf : public std::streambuf {
 public:
  explicit SocketStreambuf(SocketFile file) : file_(std::move(file)) {}
  // Flushes and closes the file without reporting errors.
  ~SocketStreambuf() override;

  SocketFile& file() noexcept { return file_; }
  // Flushes and closes the file. An error of either is reported, and the file is closed all the same.
  Result<void> close();
  // The first failure of a read or write; nullopt at a mere end of the stream.
  const std::optional<Error>& error() const noexcept { return error_; }

 protected:
  int_type underflow() override;
  int_type overflow(int_type byte) override;
  std::streamsize xsputn(const char* from, std::streamsize size) override;
  int sync() override;

 private:
  Result<void> write(std::string_view bytes);
  // Writes what was kept back, now that nothing follows.
  Result<void> write_part();
  void keep(Error error) noexcept;

  SocketFile file_;
  std::string area_;
  std::string part_;  // a character of text whose last bytes have not come
  std::optional<Error> error_;
};

// std::iostream over a SocketStreambuf of its own.
class SocketStream : public std::iostream {
 public:
  explicit SocketStream(SocketFile file) : std::iostream(nullptr), buffer_(std::move(file)) { rdbuf(&buffer_); }

  SocketFile& file() noexcept { return buffer_.file(); }
  const std::optional<Error>& error() const noexcept { return buffer_.error(); }
  // As SocketStreambuf::close().
  Result<void> close() { return buffer_.close(); }

 private:
  SocketStreambuf buffer_;
};

}  // namespace everysock

#endif  // EVERYSOCK_SOCKET_STREAM_H_
