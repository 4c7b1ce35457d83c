#include "known.h"

#include <fnmatch.h>

namespace everysock::differential {
namespace {

std::vector<std::string> parts_of(const std::string& line) {
  const std::string separator = " | ";
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t end; (end = line.find(separator, start)) != std::string::npos; start = end + separator.size()) {
    parts.push_back(line.substr(start, end - start));
  }
  parts.push_back(line.substr(start));
  return parts;
}

bool matches(const std::string& pattern, const std::string& text) {
  return ::fnmatch(pattern.c_str(), text.c_str(), FNM_NOESCAPE) == 0;
}

}  // namespace

bool KnownDifferences::read(std::istream& text) {
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> parts = parts_of(line);
    if (parts.size() != 4 || parts[3].empty()) {
      mistake_ = line;
      return false;
    }
    all_.push_back({parts[0], parts[1], parts[2], parts[3]});
  }
  return true;
}

bool KnownDifferences::covers(const std::string& operation, const std::string& on_posix, const std::string& in_memory) {
  for (Known& known : all_) {
    if (!matches(known.operation, operation) || !matches(known.on_posix, on_posix) ||
        !matches(known.in_memory, in_memory)) {
      continue;
    }
    ++known.times;
    return true;
  }
  return false;
}

std::vector<std::string> KnownDifferences::tally() const {
  std::vector<std::string> lines;
  for (const Known& known : all_) {
    lines.push_back(std::to_string(known.times) + " times: " + known.operation + ": " + known.reason);
  }
  return lines;
}

}  // namespace everysock::differential
