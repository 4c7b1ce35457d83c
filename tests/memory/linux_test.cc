// The simulation against the real kernel: the same scripts must read the same.
#include <doctest/doctest.h>

#include <filesystem>
#include <random>
#include <set>
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

struct Run {
  std::vector<std::string> on_linux;
  std::vector<std::string> in_memory;
};

Run run(const Scenario& scenario) {
  const Directory directory;
  const auto posix = new_posix_backend();
  Script on_linux(*posix, directory.prefix());
  scenario.run(on_linux);
  const auto memory = new_memory_backend(1);
  Script in_memory(*memory);
  scenario.run(in_memory);
  return {lines_of(on_linux.text()), lines_of(in_memory.text())};
}

// The numbers of the lines that differ.
std::set<std::size_t> differences(const Run& run) {
  std::set<std::size_t> numbers;
  for (std::size_t i = 0; i < std::min(run.on_linux.size(), run.in_memory.size()); ++i) {
    if (run.on_linux[i] != run.in_memory[i]) numbers.insert(i);
  }
  return numbers;
}

// Each line with the last note before it and what led to it.
std::string report(const Run& run, const std::set<std::size_t>& numbers) {
  constexpr std::size_t kMost = 40;
  std::string text;
  for (const std::size_t number : numbers) {
    std::size_t note = number;
    while (note > 0 && !run.on_linux[note].starts_with("#")) --note;
    text += run.on_linux[note] + "\n    after  " + run.on_linux[number - 1] + "\n    Linux  " + run.on_linux[number] +
            "\n    memory " + run.in_memory[number] + "\n";
    if (text.size() > kMost * 200) return text + "...\n";
  }
  return text;
}

void compare(std::span<const Scenario> scenarios) {
  // Other programs of this machine have ports as well, and may get one that a script takes for its own: a line that
  // does not differ every time was theirs.
  constexpr int kTries = 4;
  for (const Scenario& scenario : scenarios) {
    CAPTURE(scenario.name);
    Run last = run(scenario);
    REQUIRE(last.on_linux.size() > 3);
    REQUIRE(last.on_linux.size() == last.in_memory.size());
    std::set<std::size_t> differing = differences(last);
    for (int i = 1; i < kTries && !differing.empty(); ++i) {
      last = run(scenario);
      const std::set<std::size_t> now = differences(last);
      std::erase_if(differing, [&](std::size_t number) { return now.count(number) == 0; });
    }
    CHECK_MESSAGE(differing.empty(), scenario.name, "\n", report(last, differing));
  }
}

TEST_CASE("TCP as on Linux") { compare(tcp_scenarios()); }
TEST_CASE("ports as on Linux") { compare(bind_scenarios()); }
TEST_CASE("UDP as on Linux") { compare(udp_scenarios()); }
TEST_CASE("AF_UNIX as on Linux") { compare(unix_scenarios()); }
TEST_CASE("options as on Linux") { compare(option_scenarios()); }

}  // namespace
}  // namespace everysock::testing
