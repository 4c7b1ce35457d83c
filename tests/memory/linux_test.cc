// The simulation against the real kernel: the same scripts must read the same.
#include <doctest/doctest.h>

#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "memory_backend.h"
#include "posix_backend.h"
#include "scenarios.h"

namespace everysock::testing {
namespace {

// A directory of its own, removed at the end.
class Directory {
 public:
  Directory() {
    std::random_device random;
    do {
      path_ = std::filesystem::temp_directory_path() / ("es-" + std::to_string(random() % 100000000));
    } while (!std::filesystem::create_directory(path_));
  }
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string prefix() const { return path_.string() + "/"; }

 private:
  std::filesystem::path path_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The lines that differ, each with the last note before it and what led to it; "" if there are none.
std::string difference(const std::string& linux_text, const std::string& memory_text) {
  const std::vector<std::string> one = lines_of(linux_text);
  const std::vector<std::string> other = lines_of(memory_text);
  std::string report;
  std::string note;
  int shown = 0;
  for (std::size_t i = 0; i < std::max(one.size(), other.size()); ++i) {
    const std::string left = i < one.size() ? one[i] : "(end)";
    const std::string right = i < other.size() ? other[i] : "(end)";
    if (left.starts_with("#")) note = left;
    if (left == right) continue;
    if (++shown > 40) return report + "...\n";
    report += note + (i > 0 ? "\n    after  " + one[std::min(i, one.size()) - 1] : "") + "\n    Linux  " + left +
              "\n    memory " + right + "\n";
  }
  return report;
}

std::string difference(const Scenario& scenario) {
  const Directory directory;
  const auto posix = new_posix_backend();
  Script on_linux(*posix, directory.prefix());
  scenario.run(on_linux);
  const auto memory = new_memory_backend(1);
  Script in_memory(*memory);
  scenario.run(in_memory);
  CHECK(on_linux.text().size() > 100);
  return difference(on_linux.text(), in_memory.text());
}

void compare(std::span<const Scenario> scenarios) {
  // Other programs of this machine have ports as well, and may get one that a script takes for its own: a difference
  // that does not come again was theirs.
  constexpr int kTries = 4;
  for (const Scenario& scenario : scenarios) {
    std::string differs = difference(scenario);
    for (int i = 1; i < kTries && !differs.empty(); ++i) differs = difference(scenario);
    CHECK_MESSAGE(differs.empty(), scenario.name, "\n", differs);
  }
}

TEST_CASE("TCP as on Linux") { compare(tcp_scenarios()); }
TEST_CASE("ports as on Linux") { compare(bind_scenarios()); }
TEST_CASE("UDP as on Linux") { compare(udp_scenarios()); }
TEST_CASE("AF_UNIX as on Linux") { compare(unix_scenarios()); }
TEST_CASE("options as on Linux") { compare(option_scenarios()); }

}  // namespace
}  // namespace everysock::testing
