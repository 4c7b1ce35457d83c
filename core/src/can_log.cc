// Lines of candump's logs.
#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "everysock/can_frame.h"

namespace everysock {
namespace {

constexpr Operation kOperation = Operation::can_frame;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::string_view kBlanks = " \t\r\n";

Unexpected not_a_line(std::size_t position) {
  return fail(kOperation, UsageErrc::can_text, static_cast<std::int32_t>(position + 1));
}

void append_decimal(std::string& text, std::int64_t number, std::size_t digits) {
  const std::string decimal = std::to_string(number);
  if (decimal.size() < digits) text.append(digits - decimal.size(), '0');
  text += decimal;
}

// Decimal digits and nothing else.
std::optional<std::int64_t> decimal(std::string_view digits) {
  std::int64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, number);
  if (digits.starts_with('-') || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return number;
}

// "1436509052.249713", "1436509052.249713001".
std::optional<std::int64_t> nanoseconds_in(std::string_view time) {
  const std::size_t point = time.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  const std::string_view fraction = time.substr(point + 1);
  const auto seconds = decimal(time.substr(0, point));
  const auto part = decimal(fraction);
  if (!seconds || !part || (fraction.size() != 6 && fraction.size() != 9)) return std::nullopt;
  if (*seconds >= std::numeric_limits<std::int64_t>::max() / kSecond) return std::nullopt;
  return *seconds * kSecond + *part * (fraction.size() == 6 ? 1000 : 1);
}

}  // namespace

std::string CanLogLine::str() const {
  const std::int64_t part = nanoseconds % kSecond;
  const bool microseconds = part % 1000 == 0;
  std::string text = "(";
  append_decimal(text, nanoseconds / kSecond, 10);
  text += '.';
  append_decimal(text, microseconds ? part / 1000 : part, microseconds ? 6 : 9);
  return text + ") " + ifname.str() + ' ' + frame.str();
}

Result<CanLogLine> CanLogLine::parse(std::string_view line) {
  if (!line.starts_with('(')) return not_a_line(0);
  const std::size_t close = line.find(')');
  if (close == std::string_view::npos) return not_a_line(line.size());
  const auto nanoseconds = nanoseconds_in(line.substr(1, close - 1));
  if (!nanoseconds) return not_a_line(1);

  // The name, with blanks around it: candump aligns names of different lengths.
  const std::size_t name = line.find_first_not_of(kBlanks, close + 1);
  if (name == std::string_view::npos || name == close + 1) return not_a_line(close + 1);
  const std::size_t name_end = line.find_first_of(kBlanks, name);
  const std::size_t begin = line.find_first_not_of(kBlanks, name_end);
  if (begin == std::string_view::npos) return not_a_line(line.size());
  CanLogLine result{.nanoseconds = *nanoseconds, .ifname = line.substr(name, name_end - name)};
  if (result.ifname.too_long()) {
    return fail(kOperation, UsageErrc::interface_name_too_long, static_cast<std::int32_t>(result.ifname.size()));
  }

  const std::size_t end = (std::min)(line.find_first_of(kBlanks, begin), line.size());
  const std::size_t rest = line.find_first_not_of(kBlanks, end);
  if (rest != std::string_view::npos) {
    const bool direction = line[rest] == 'R' || line[rest] == 'T';
    if (!direction) return not_a_line(rest);
    if (line.find_first_not_of(kBlanks, rest + 1) != std::string_view::npos) return not_a_line(rest + 1);
  }
  auto frame = CanFrame::parse(line.substr(begin, end - begin));
  if (!frame) {
    const Error error = frame.error();
    if (error == UsageErrc::can_text) return not_a_line(begin + static_cast<std::size_t>(error.detail()) - 1);
    return Unexpected(error);
  }
  result.frame = std::move(*frame);
  return result;
}

}  // namespace everysock
