#include "framework/expectations.h"

namespace everysock::conformance {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool one_glob_matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    for (std::size_t taken = 0; taken <= text.size(); ++taken) {
      if (one_glob_matches(pattern.substr(1), text.substr(taken))) return true;
    }
    return false;
  }
  return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
         one_glob_matches(pattern.substr(1), text.substr(1));
}

}  // namespace

ParsedExpectations parse_expectations(std::string_view text) {
  ParsedExpectations parsed;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t blank = line.find_first_of(blanks);
    const std::string_view reason = blank == std::string_view::npos ? std::string_view() : trimmed(line.substr(blank));
    const std::string where = "line " + std::to_string(number) + ": ";
    if (reason.empty()) {
      parsed.error = where + "an id and a reason are needed";
      return parsed;
    }
    if (!parsed.expectations.emplace(line.substr(0, blank), reason).second) {
      parsed.error = where + std::string(line.substr(0, blank)) + " stands there twice";
      return parsed;
    }
  }
  return parsed;
}

bool glob_matches(std::string_view pattern, std::string_view text) {
  bool matches = false;
  for (;;) {
    const std::size_t comma = pattern.find(',');
    std::string_view alternative = pattern.substr(0, comma);
    const bool takes = !alternative.starts_with('!');
    if (!takes) alternative.remove_prefix(1);
    if (one_glob_matches(alternative, text)) matches = takes;
    if (comma == std::string_view::npos) return matches;
    pattern.remove_prefix(comma + 1);
  }
}

}  // namespace everysock::conformance
