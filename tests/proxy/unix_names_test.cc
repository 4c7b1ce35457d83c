#include "web/proxy/session/unix_names.h"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <string>

namespace everysock::proxy {
namespace {

TEST_CASE("one spelling for each path") {
  CHECK(normal_path("") == "");
  CHECK(normal_path("/tmp/./a//../b") == "/tmp/b");
  CHECK(normal_path("./x") == "x");
  CHECK(normal_path("/../x") == "/x");
  CHECK(normal_path("//") == "/");
  CHECK(normal_path("\xff\\ C:") == "\xff\\ C:");
}

TEST_CASE("the spelling is that of lexically_normal()") {
  constexpr std::array<std::string_view, 7> pieces = {"/", "//", ".", "..", "a", "bc", ".d"};
  // Every sequence of up to six pieces.
  std::size_t count = 1;
  for (int length = 1; length <= 6; ++length) {
    count *= pieces.size();
    for (std::size_t number = 0; number < count; ++number) {
      std::string path;
      for (std::size_t rest = number, i = 0; i < static_cast<std::size_t>(length); ++i, rest /= pieces.size()) {
        path += pieces[rest % pieces.size()];
      }
      if (path.find_first_not_of('/') == std::string::npos) continue;  // libstdc++ keeps them
      const std::string expected = std::filesystem::path(path).lexically_normal().string();
      if (normal_path(path) != expected) {
        CAPTURE(path);
        CHECK(normal_path(path) == expected);
      }
    }
  }
}

}  // namespace
}  // namespace everysock::proxy
