#include "platform/private_directory.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

TEST_CASE("make_private_directory: new ones, empty, to be written to") {
  const std::string first = everysock::platform::make_private_directory();
  const std::string second = everysock::platform::make_private_directory();
  REQUIRE(!first.empty());
  CHECK(first != second);
  for (const std::string& each : {first, second}) {
    CHECK(std::filesystem::is_empty(each));
    std::ofstream(std::filesystem::path(each) / "mine") << "text";
    CHECK(std::filesystem::file_size(std::filesystem::path(each) / "mine") == 4);
    CHECK(std::filesystem::remove_all(each) == 2);
  }
}
