// Views of the caller's memory: what send reads and recv writes. Neither owns anything.
#ifndef EVERYSOCK_BUFFER_H_
#define EVERYSOCK_BUFFER_H_

#include <concepts>
#include <cstddef>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace everysock {

// Anything whose elements are bytes of some kind: char, unsigned char, std::byte.
template <typename T>
concept ByteLike = std::same_as<T, char> || std::same_as<T, unsigned char> || std::same_as<T, signed char> ||
    std::same_as<T, std::byte> || std::same_as<T, char8_t>;

// Bytes to read. Made from a string (a literal without its terminating NUL), a vector or array or span of bytes, or a
// pointer and a size.
class ConstBuffer {
 public:
  constexpr ConstBuffer() noexcept = default;
  constexpr ConstBuffer(const void* data, std::size_t size) noexcept : data_(data), size_(size) {}
  constexpr ConstBuffer(std::string_view text) noexcept : data_(text.data()), size_(text.size()) {}
  constexpr ConstBuffer(const char* text) noexcept : ConstBuffer(std::string_view(text)) {}
  ConstBuffer(const std::string& text) noexcept : ConstBuffer(std::string_view(text)) {}
  template <std::ranges::contiguous_range R>
  requires ByteLike<std::ranges::range_value_t<R>> &&(!std::is_array_v<std::remove_reference_t<R>>)&&(
      !std::convertible_to<R, std::string_view>)constexpr ConstBuffer(const R& range) noexcept
      : data_(std::ranges::data(range)), size_(std::ranges::size(range)) {}
  template <ByteLike T, std::size_t N>
  requires(!std::same_as<T, char>) constexpr ConstBuffer(const T (&array)[N]) noexcept : data_(array), size_(N) {}

  constexpr const void* data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  std::string_view view() const noexcept { return {static_cast<const char*>(data_), size_}; }
  // What is left after the first `n` bytes (all of them at most).
  ConstBuffer subspan(std::size_t n) const noexcept {
    n = n < size_ ? n : size_;
    return {static_cast<const char*>(data_) + n, size_ - n};
  }

 private:
  const void* data_ = nullptr;
  std::size_t size_ = 0;
};

// Bytes to write.
class MutableBuffer {
 public:
  constexpr MutableBuffer() noexcept = default;
  constexpr MutableBuffer(void* data, std::size_t size) noexcept : data_(data), size_(size) {}
  template <std::ranges::contiguous_range R>
  requires ByteLike<std::ranges::range_value_t<R>> &&
      (!std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>)constexpr MutableBuffer(
          R&& range) noexcept
      : data_(std::ranges::data(range)), size_(std::ranges::size(range)) {}

  constexpr void* data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr MutableBuffer first(std::size_t n) const noexcept { return {data_, n < size_ ? n : size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace everysock

#endif  // EVERYSOCK_BUFFER_H_
