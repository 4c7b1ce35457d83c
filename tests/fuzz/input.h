// What a fuzzer makes its decisions from, taken from the front. At the end of the input all bytes are 0.
#ifndef EVERYSOCK_TESTS_FUZZ_INPUT_H_
#define EVERYSOCK_TESTS_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace everysock::fuzz {

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  bool done() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  std::string_view bytes(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  // Bytes whose number stands in front of them: 16 bits, the low ones first.
  std::string_view message() {
    const std::size_t low = byte();
    return bytes(low | std::size_t{byte()} << 8);
  }

 private:
  std::string_view rest_;
};

}  // namespace everysock::fuzz

#endif  // EVERYSOCK_TESTS_FUZZ_INPUT_H_
