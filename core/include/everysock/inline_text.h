// Text of bounded length held in place, so that addresses can be returned without allocating.
#ifndef EVERYSOCK_INLINE_TEXT_H_
#define EVERYSOCK_INLINE_TEXT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace everysock {

// Up to N bytes of any value. Longer text can be put in, so that writing an address never fails, but is not kept: it
// is remembered as too long, and the call that is given it refuses it with an error that names the length.
template <std::size_t N>
class InlineText {
 public:
  constexpr InlineText() noexcept = default;
  constexpr InlineText(std::string_view text) noexcept : size_(text.size()) {
    std::copy_n(text.data(), (std::min)(text.size(), N), bytes_.data());
  }
  constexpr InlineText(const char* text) noexcept : InlineText(std::string_view(text)) {}
  InlineText(const std::string& text) noexcept : InlineText(std::string_view(text)) {}

  static constexpr std::size_t capacity() noexcept { return N; }
  // The length of what was put in, which may exceed capacity().
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr bool too_long() const noexcept { return size_ > N; }
  constexpr std::string_view view() const noexcept { return {bytes_.data(), (std::min)(size_, N)}; }
  std::string str() const { return std::string(view()); }

  friend constexpr bool operator==(const InlineText& a, const InlineText& b) noexcept {
    return a.size_ == b.size_ && a.view() == b.view();
  }
  friend constexpr bool operator==(const InlineText& a, std::string_view b) noexcept {
    return !a.too_long() && a.view() == b;
  }
  friend constexpr bool operator==(const InlineText& a, const char* b) noexcept { return a == std::string_view(b); }
  friend bool operator==(const InlineText& a, const std::string& b) noexcept { return a == std::string_view(b); }
  friend std::ostream& operator<<(std::ostream& out, const InlineText& text) { return out << text.view(); }

 private:
  std::size_t size_ = 0;
  std::array<char, N> bytes_{};
};

}  // namespace everysock

#endif  // EVERYSOCK_INLINE_TEXT_H_
