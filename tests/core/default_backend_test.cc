// A program of its own, because the default is settled once for each process.
#include "everysock/default_backend.h"

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

TEST_CASE("set_default_backend, before the first use and never again") {
  FakeBackend first, second;
  CHECK(set_default_backend(first));
  CHECK(&default_backend() == &first);
  CHECK_FALSE(set_default_backend(second));
  CHECK_FALSE(set_default_backend(first));
  CHECK(&default_backend() == &first);

  CHECK(socket().value().fileno() == 100);  // what the fake opens
  CHECK(gethostname() == "fake");
  CHECK(second.calls.empty());
}

}  // namespace
}  // namespace everysock
