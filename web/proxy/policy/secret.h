// The token that a client shows in its hello.
#ifndef EVERYSOCK_WEB_PROXY_POLICY_SECRET_H_
#define EVERYSOCK_WEB_PROXY_POLICY_SECRET_H_

#include <string>
#include <string_view>

#include "web/proxy/policy/rule.h"

namespace everysock::proxy {

// Compares in a time that depends on the length of `guess` alone, so that nobody learns the token byte by byte.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view text) : text_(text) {}
  // The first line of a file. "expected a readable file ..." and "expected a token of at least 16 characters ...".
  static Parsed<Secret> from_file(const std::string& path);
  static Parsed<Secret> from_text(std::string_view text);

  // Without a token set, everything matches.
  bool is_set() const noexcept { return !text_.empty(); }
  bool matches(std::string_view guess) const noexcept;

 private:
  std::string text_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_POLICY_SECRET_H_
