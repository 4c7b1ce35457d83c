// The way out of a file: what has been written and not been sent.
#ifndef EVERYSOCK_CORE_FILE_WRITER_H_
#define EVERYSOCK_CORE_FILE_WRITER_H_

#include <cstddef>
#include <string>

#include "src/shared_socket.h"

namespace everysock::internal {

class FileWriter {
 public:
  // Sends when `capacity` bytes would be exceeded; 0: each write at once.
  FileWriter(SharedSocket& socket, std::size_t capacity) : socket_(socket), capacity_(capacity) {}

  // Takes all of `data` and returns its size; without a buffer what one send() takes.
  Result<std::size_t> write(ConstBuffer data);
  Result<void> flush(Operation operation);

 private:
  // One send().
  Result<std::size_t> send(Operation operation, ConstBuffer data);

  SharedSocket& socket_;
  const std::size_t capacity_;
  std::string pending_;
};

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_FILE_WRITER_H_
