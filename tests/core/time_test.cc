#include "everysock/time.h"

#include <doctest/doctest.h>

namespace everysock {
namespace {

TEST_CASE("deadlines") {
  constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
  static_assert(Deadline::never().is_never());
  CHECK(Deadline::after(100, 50) == Deadline(150));
  CHECK(Deadline::after(kEnd - 10, 50).is_never());
  CHECK(Deadline::after(100, kEnd).is_never());
  CHECK(Deadline(150).left(100) == 50);
  CHECK(Deadline(150).left(200) == 0);
  CHECK(Deadline::passed().left(std::numeric_limits<std::int64_t>::min()) == 0);
}

TEST_CASE("time-outs tell nullopt, numbers and the default apart") {
  CHECK(Timeout(std::nullopt).is_none());
  CHECK(Timeout(2.5).seconds() == 2.5);
  CHECK(Timeout(std::optional<double>(1.0)).seconds() == 1.0);
  CHECK(Timeout(std::optional<double>()).is_none());
  CHECK(Timeout::global_default().is_global_default());
  CHECK_FALSE(Timeout::global_default().is_none());
}

}  // namespace
}  // namespace everysock
