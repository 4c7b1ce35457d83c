// Small help with text. (abseil's functions take a string_view of their own on Debian, so these stand in for them.)
#ifndef EVERYSOCK_WEB_PROXY_TEXT_H_
#define EVERYSOCK_WEB_PROXY_TEXT_H_

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace everysock::proxy::text {

inline void append(std::string& out, std::string_view piece) { out += piece; }
template <std::integral T>
void append(std::string& out, T number) {
  out += std::to_string(number);
}

// The pieces, texts and whole numbers, one after another.
template <typename... Pieces>
std::string join(const Pieces&... pieces) {
  std::string out;
  (append(out, pieces), ...);
  return out;
}

// ASCII only, whatever the locale.
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_alphanumeric(char c) noexcept { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z'); }
bool all_digits(std::string_view text) noexcept;

std::string lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;
bool ends_with_ignoring_case(std::string_view text, std::string_view suffix) noexcept;

// Without blanks, tabs and line ends around it.
std::string_view trim(std::string_view text) noexcept;
// Takes `prefix` off, if it is there.
bool consume_prefix(std::string_view& text, std::string_view prefix) noexcept;
// The parts between the separators: one more than there are separators.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace everysock::proxy::text

#endif  // EVERYSOCK_WEB_PROXY_TEXT_H_
