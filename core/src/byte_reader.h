// The bytes of a file: what comes from its socket.
#ifndef EVERYSOCK_CORE_BYTE_READER_H_
#define EVERYSOCK_CORE_BYTE_READER_H_

#include <vector>

#include "src/read_layer.h"
#include "src/shared_socket.h"

namespace everysock::internal {

class ByteReader final : public ReadLayer {
 public:
  // Receives at least `capacity` bytes at once; 0: never more than asked for.
  ByteReader(SharedSocket& socket, std::size_t capacity) : socket_(socket), capacity_(capacity) {}

  // Fills the buffer as far as the stream goes, as ReadLayer::read() does.
  Result<std::size_t> read_into(Operation operation, MutableBuffer buffer);

  std::string_view buffered() const override { return {buffer_.data() + begin_, buffer_.size() - begin_}; }
  void drop(std::size_t bytes) override;
  Result<std::size_t> fill(Operation operation, std::size_t wanted) override;

 private:
  std::size_t units(std::string_view bytes) const override { return bytes.size(); }
  std::size_t prefix(std::string_view bytes, std::size_t size) const override { return bytes.substr(0, size).size(); }
  std::size_t line_length(std::string_view text, std::size_t from) const override;
  bool unbuffered() const override { return capacity_ == 0; }

  // One recv_into().
  Result<std::size_t> receive(Operation operation, MutableBuffer buffer);

  SharedSocket& socket_;
  const std::size_t capacity_;
  bool timed_out_ = false;
  std::string buffer_;
  std::size_t begin_ = 0;  // of what has not been read
};

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_BYTE_READER_H_
