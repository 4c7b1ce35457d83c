#include "web/proxy/policy/quota.h"

#include <doctest/doctest.h>

#include "web/proxy/policy/secret.h"

namespace everysock::proxy {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TEST_CASE("a rate limit allows a burst, then the rate") {
  RateLimit limit(10);
  int taken = 0;
  while (limit.take(kSecond)) ++taken;
  CHECK(taken == 50);
  taken = 0;
  while (limit.take(2 * kSecond)) ++taken;
  CHECK(taken == 10);
  taken = 0;
  while (limit.take(1000 * kSecond)) ++taken;
  CHECK(taken == 50);
}

TEST_CASE("less than one a second still allows one") {
  RateLimit limit(0.1);
  CHECK(limit.take(0));
  CHECK_FALSE(limit.take(kSecond));
  CHECK(limit.take(11 * kSecond));
}

TEST_CASE("tokens") {
  CHECK(Secret().matches("anything"));
  const Secret secret("0123456789abcdef");
  CHECK(secret.is_set());
  CHECK(secret.matches("0123456789abcdef"));
  CHECK_FALSE(secret.matches(""));
  CHECK_FALSE(secret.matches("0123456789abcdeF"));
  CHECK_FALSE(secret.matches("0123456789abcde"));
  CHECK_FALSE(secret.matches("0123456789abcdef0123456789abcdef"));
  CHECK(Secret::from_text("short").error() == "expected a token of 16 to 1024 characters, not 5");
  CHECK(Secret::from_file("/nonexistent/token").error() ==
        "expected a readable file with a token in its first line: No such file or directory");
}

}  // namespace
}  // namespace everysock::proxy
