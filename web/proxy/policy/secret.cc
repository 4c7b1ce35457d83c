#include "web/proxy/policy/secret.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "platform/file_path.h"
#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

constexpr std::size_t kMinLength = 16;
constexpr std::size_t kMaxLength = 1024;

}  // namespace

Parsed<Secret> Secret::from_text(std::string_view text) {
  if (text.size() < kMinLength || text.size() > kMaxLength) {
    return tl::unexpected(
        text::join("expected a token of ", kMinLength, " to ", kMaxLength, " characters, not ", text.size()));
  }
  return Secret(text);
}

Parsed<Secret> Secret::from_file(const std::string& path) {
  const auto name = platform::file_path(path);
  errno = name ? 0 : EILSEQ;
  std::ifstream file(name.value_or(""));
  std::string line;
  if (!std::getline(file, line) && !file.eof()) {
    return tl::unexpected(text::join("expected a readable file with a token in its first line: ",
                                     std::strerror(errno != 0 ? errno : EIO)));
  }
  line.resize(line.find_last_not_of(" \t\r") + 1);
  return from_text(line);
}

bool Secret::matches(std::string_view guess) const noexcept {
  if (!is_set()) return true;
  // Volatile keeps the compiler from leaving the loop early.
  volatile unsigned difference = guess.size() == text_.size() ? 0u : 1u;
  for (std::size_t i = 0; i < guess.size(); ++i) {
    difference =
        difference | (static_cast<unsigned char>(guess[i]) ^ static_cast<unsigned char>(text_[i % text_.size()]));
  }
  return difference == 0;
}

}  // namespace everysock::proxy
