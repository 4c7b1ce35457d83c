// What has come and was not read yet, in bytes or as text, and the reading of it.
#ifndef EVERYSOCK_CORE_READ_LAYER_H_
#define EVERYSOCK_CORE_READ_LAYER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "everysock/error.h"

namespace everysock::internal {

// Sizes are in the layer's units: bytes, or characters of text. `npos` for a size: without limit. A call that fails
// takes nothing away; one that would block gives what there is, if there is anything.
class ReadLayer {
 public:
  static constexpr std::size_t npos = std::string_view::npos;

  virtual ~ReadLayer() = default;

  // As SocketFile's methods of these names.
  Result<std::string> read(Operation operation, std::size_t size);
  Result<std::string> read1(Operation operation, std::size_t size);
  Result<std::string> readline(Operation operation, std::size_t size);

 protected:
  virtual std::string_view buffered() const = 0;
  virtual void drop(std::size_t bytes) = 0;
  // Gets more behind what is buffered, where `wanted` units are lacking: at least one byte, none at the end of the
  // stream. Receives once, unless that gives nothing to read yet.
  virtual Result<std::size_t> fill(Operation operation, std::size_t wanted) = 0;
  // The number of units in `bytes`, which hold whole ones.
  virtual std::size_t units(std::string_view bytes) const = 0;
  // How many of `bytes` its first `size` units take (all of them, if there are fewer).
  virtual std::size_t prefix(std::string_view bytes, std::size_t size) const = 0;
  // How long the first line of `text` is, npos where its end has not come. Nothing before `from` is new.
  virtual std::size_t line_length(std::string_view text, std::size_t from) const = 0;
  // Whether nothing is received beyond what is asked for.
  virtual bool unbuffered() const { return false; }

  std::string take(std::size_t bytes);
};

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_READ_LAYER_H_
